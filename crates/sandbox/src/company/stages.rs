//! The pipelines of the company.

use history::write::StageRow;

pub(super) const NEW: &str = "sales:new";
pub(super) const CONTACT: &str = "sales:contact";
pub(super) const QUALIFIED: &str = "sales:qualified";
pub(super) const OFFER: &str = "sales:offer";
pub(super) const WAITING: &str = "sales:waiting";
pub(super) const READY: &str = "sales:ready";
pub(super) const WON: &str = "sales:won";
pub(super) const LOST: &str = "sales:lost";

pub(super) const REQUEST: &str = "wholesale:request";
pub(super) const TERMS: &str = "wholesale:terms";
pub(super) const INVOICE: &str = "wholesale:invoice";
pub(super) const SHIPMENT: &str = "wholesale:shipment";
pub(super) const WHOLESALE_WON: &str = "wholesale:won";
pub(super) const WHOLESALE_LOST: &str = "wholesale:lost";

pub(super) const WARM: &str = "warmup:warm";
pub(super) const INTEREST: &str = "warmup:interest";
pub(super) const WARM_LOST: &str = "warmup:lost";

pub(super) const ASKED: &str = "couriers:asked";
pub(super) const DIRECTIONS: &str = "couriers:directions";
pub(super) const ARRIVED: &str = "couriers:won";
pub(super) const MISSED: &str = "couriers:lost";

pub(super) const CLAIM: &str = "returns:claim";
pub(super) const CHECKING: &str = "returns:checking";
pub(super) const RETURN_WON: &str = "returns:won";
pub(super) const RETURN_LOST: &str = "returns:lost";

pub(super) const OFFERED: &str = "buying:offered";
pub(super) const INSPECTED: &str = "buying:inspected";
pub(super) const PRICED: &str = "buying:priced";
pub(super) const BOUGHT: &str = "buying:won";
pub(super) const BUYING_LOST: &str = "buying:lost";

pub(super) const SERVICE_ASKED: &str = "service:asked";
pub(super) const BOOKED: &str = "service:booked";
pub(super) const FITTING: &str = "service:fitting";
pub(super) const FITTED: &str = "service:won";
pub(super) const SERVICE_LOST: &str = "service:lost";

/// Pipeline, its name, and its stages: id, name, kind.
type Pipeline = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const PIPELINES: [Pipeline; 7] = [
    (
        "sales",
        "Продажи",
        &[
            (NEW, "Новая заявка", "open"),
            (CONTACT, "Контакт установлен", "open"),
            (QUALIFIED, "Квалификация проведена", "open"),
            (OFFER, "Предложение отправлено", "open"),
            (WAITING, "База ожидания", "open"),
            (READY, "Готов к выдаче", "open"),
            (WON, "Успешно реализовано", "won"),
            (LOST, "Закрыто и не реализовано", "lost"),
        ],
    ),
    (
        "wholesale",
        "Опт",
        &[
            (REQUEST, "Запрос", "open"),
            (TERMS, "Согласование условий", "open"),
            (INVOICE, "Счёт выставлен", "open"),
            (SHIPMENT, "Отгрузка", "open"),
            (WHOLESALE_WON, "Успешно реализовано", "won"),
            (WHOLESALE_LOST, "Закрыто и не реализовано", "lost"),
        ],
    ),
    (
        "warmup",
        "Прогрев",
        &[
            (WARM, "На прогреве", "open"),
            (INTEREST, "Появился интерес", "open"),
            ("warmup:won", "Купил с прогрева", "won"),
            (WARM_LOST, "Отказ окончательный", "lost"),
        ],
    ),
    (
        "couriers",
        "Курьеры",
        &[
            (ASKED, "Спросил дорогу", "open"),
            (DIRECTIONS, "Схема отправлена", "open"),
            (ARRIVED, "Доехал", "won"),
            (MISSED, "Не приехал", "lost"),
        ],
    ),
    (
        "returns",
        "Возвраты",
        &[
            (CLAIM, "Обращение", "open"),
            (CHECKING, "Проверка детали", "open"),
            (RETURN_WON, "Вопрос решён", "won"),
            (RETURN_LOST, "В возврате отказано", "lost"),
        ],
    ),
    (
        "buying",
        "Закупка деталей",
        &[
            (OFFERED, "Деталь предложена", "open"),
            (INSPECTED, "Осмотр", "open"),
            (PRICED, "Цена согласована", "open"),
            (BOUGHT, "Выкуплено", "won"),
            (BUYING_LOST, "Не выкуплено", "lost"),
        ],
    ),
    (
        "service",
        "Сервис",
        &[
            (SERVICE_ASKED, "Заявка на установку", "open"),
            (BOOKED, "Записан", "open"),
            (FITTING, "В ремзоне", "open"),
            (FITTED, "Установлено", "won"),
            (SERVICE_LOST, "Отменено", "lost"),
        ],
    ),
];

/// What standing in a stage means.
pub(super) fn kind_of(stage: &str) -> &'static str {
    let mut stages = PIPELINES.iter().flat_map(|pipeline| pipeline.2);
    let found = stages.find(|(id, ..)| *id == stage);
    found.map_or("open", |(.., kind)| kind)
}

/// The lines of `stages.csv`.
pub(super) fn rows() -> Vec<StageRow> {
    let mut rows = Vec::new();
    for (pipeline, pipeline_name, stages) in PIPELINES {
        for (place, (stage, stage_name, kind)) in stages.iter().enumerate() {
            rows.push(StageRow {
                pipeline: pipeline.into(),
                pipeline_name: pipeline_name.into(),
                stage: (*stage).into(),
                stage_name: (*stage_name).into(),
                sort: (place as i64 + 1) * 10,
                kind: (*kind).into(),
            });
        }
    }
    rows
}
