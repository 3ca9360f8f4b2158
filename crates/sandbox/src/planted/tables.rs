//! The people and the pipelines of the company without faults.

use std::ops::Range;
use std::path::Path;

use history::write::{self, AbsenceRow, EmployeeRow, GroupRow, StageRow};
use history::{Account, Instant};

use crate::SandboxError;
use crate::days::ZONE;

pub(super) const NEW: &str = "sales:new";
pub(super) const CONTACT: &str = "sales:contact";
pub(super) const QUALIFIED: &str = "sales:qualified";
pub(super) const WAITING: &str = "sales:waiting";
pub(super) const OFFER: &str = "sales:offer";
pub(super) const READY: &str = "sales:ready";
pub(super) const PICKING: &str = "sales:picking";
pub(super) const WON: &str = "sales:won";
pub(super) const LOST: &str = "sales:lost";
pub(super) const SHOP_NEW: &str = "retail:new";
pub(super) const SHOP_CONTACT: &str = "retail:contact";
pub(super) const SHOP_QUALIFIED: &str = "retail:qualified";
pub(super) const SHOP_WON: &str = "retail:won";
pub(super) const SHOP_LOST: &str = "retail:lost";

/// Pipeline, its name, stage, its name, what standing there means.
const STAGES: [[&str; 5]; 14] = [
    ["sales", "Продажи", NEW, "Новая заявка", "open"],
    ["sales", "Продажи", CONTACT, "Контакт установлен", "open"],
    [
        "sales",
        "Продажи",
        QUALIFIED,
        "Квалификация проведена",
        "open",
    ],
    ["sales", "Продажи", WAITING, "База ожидания", "open"],
    ["sales", "Продажи", OFFER, "Предложение отправлено", "open"],
    ["sales", "Продажи", READY, "Готов к выдаче", "open"],
    ["sales", "Продажи", PICKING, "Сборка заказа", "open"],
    ["sales", "Продажи", WON, "Успешно реализовано", "won"],
    ["sales", "Продажи", LOST, "Закрыто и не реализовано", "lost"],
    ["retail", "Магазин", SHOP_NEW, "Новая заявка", "open"],
    [
        "retail",
        "Магазин",
        SHOP_CONTACT,
        "Контакт установлен",
        "open",
    ],
    [
        "retail",
        "Магазин",
        SHOP_QUALIFIED,
        "Квалификация проведена",
        "open",
    ],
    ["retail", "Магазин", SHOP_WON, "Успешно реализовано", "won"],
    [
        "retail",
        "Магазин",
        SHOP_LOST,
        "Закрыто и не реализовано",
        "lost",
    ],
];

/// Id, name, group, job; the ranges below are places in it.
pub(super) const PEOPLE: [(&str, &str, &str, &str); 19] = [
    ("p01", "Антон Беляев", "sales", "seller"),
    ("p02", "Вера Климова", "sales", "seller"),
    ("p03", "Глеб Дроздов", "sales", "seller"),
    ("p04", "Дина Юсупова", "sales", "seller"),
    ("p05", "Егор Синицын", "sales", "seller"),
    ("p06", "Жанна Котова", "sales", "seller"),
    ("p07", "Захар Лыков", "base", "seller"),
    ("p08", "Инна Мохова", "base", "seller"),
    ("p09", "Кирилл Носов", "base", "seller"),
    ("p10", "Лидия Окунева", "base", "seller"),
    ("p11", "Мария Пескова", "office", "manager"),
    ("p12", "Никита Рогов", "office", "manager"),
    ("p13", "Олеся Седова", "shop-1", "seller"),
    ("p14", "Павел Трунов", "shop-1", "seller"),
    ("p15", "Рита Ушакова", "shop-1", "seller"),
    ("p16", "Семён Фокин", "shop-2", "seller"),
    ("p17", "Таисия Хохлова", "shop-2", "seller"),
    ("p18", "Эдуард Чистов", "shop-2", "seller"),
    ("p19", "Юрий Шилов", "desk", "seller"),
];
pub(super) const SELLERS: Range<usize> = 0..6;
pub(super) const BASE: Range<usize> = 6..10;
pub(super) const OFFICE: Range<usize> = 10..12;
pub(super) const SHOPS: [Range<usize>; 2] = [12..15, 15..18];
pub(super) const DESK: usize = 18;

const GROUPS: [(&str, &str); 6] = [
    ("sales", "Продажи"),
    ("base", "Работа с базой"),
    ("office", "Офис"),
    ("shop-1", "Магазин на Заречной"),
    ("shop-2", "Магазин на Полевой"),
    ("desk", "Приёмная"),
];

/// Writes everything but the events.
pub(super) fn write(folder: &Path) -> Result<(), SandboxError> {
    let account = Account {
        name: "Авторазбор «Без помарок»".into(),
        timezone: ZONE.into(),
        currency: "RUB".into(),
    };
    write::write_account(folder, &account)?;
    let groups = GROUPS.map(|(id, name)| GroupRow {
        id: id.into(),
        name: name.into(),
        lead: String::new(),
    });
    write::write_groups(folder, &groups)?;
    let people = PEOPLE.map(|(id, name, group, role)| EmployeeRow {
        id: id.into(),
        name: name.into(),
        group: group.into(),
        role: role.into(),
        active: true,
        shift: String::new(),
        hired: String::new(),
        left: String::new(),
    });
    write::write_employees(folder, &people)?;
    let mut sort = 0;
    let stages = STAGES.map(|[pipeline, pipeline_name, stage, name, kind]| {
        sort += 10;
        StageRow {
            pipeline: pipeline.into(),
            pipeline_name: pipeline_name.into(),
            stage: stage.into(),
            stage_name: name.into(),
            sort,
            kind: kind.into(),
        }
    });
    Ok(write::write_stages(folder, &stages)?)
}

/// Writes who is away when.
pub(super) fn write_absences(
    folder: &Path,
    absences: &[(usize, Instant, Instant)],
) -> Result<(), SandboxError> {
    let row = |(who, from, to): &(usize, Instant, Instant)| AbsenceRow {
        employee: PEOPLE[*who].0.into(),
        from: super::rfc3339(*from),
        to: super::rfc3339(*to),
        kind: "trip".into(),
    };
    let rows: Vec<AbsenceRow> = absences.iter().map(row).collect();
    Ok(write::write_absences(folder, &rows)?)
}
