//! The people of the large company, its pipelines, and its other short lists.

use history::Instant;
use history::write::{AbsenceRow, EmployeeRow, GroupRow, StageRow};
use jiff::Timestamp;

use super::BulkOptions;
use super::office::Office;
use super::pending::NONE;
use crate::chance::Chance;
use crate::days::{DAY, HOUR};
use crate::words::{MEN, WOMEN};

/// Sources, messengers and task types; the constants below are places in it.
pub(super) const CHANNELS: [&str; 9] = [
    "site",
    "phone",
    "whatsapp",
    "telegram",
    "avito",
    "Связаться",
    "Звонок",
    "Предложение",
    "Встреча",
];
pub(super) const SITE: u16 = 0;
pub(super) const PHONE: u16 = 1;
pub(super) const MESSENGERS: [u16; 3] = [2, 3, 4];
pub(super) const TASK_FIRST: u16 = 5;
pub(super) const TASKS: [u16; 3] = [6, 7, 8];

/// Custom fields, then reasons of losses.
pub(super) const FIELDS: [&str; 11] = [
    "Город",
    "Марка и модель",
    "Бюджет",
    "Срок покупки",
    "Дорого",
    "Купил у других",
    "Не дозвонились",
    "Передумал",
    "Нет в наличии",
    "Нецелевой",
    "Дубль",
];
pub(super) const REASONS: std::ops::Range<u16> = 4..11;

/// Open stages of each pipeline.
pub(super) const OPEN_STAGES: u16 = 5;
const ALL_STAGES: u16 = OPEN_STAGES + 2;

struct Pipeline {
    id: &'static str,
    name: &'static str,
    stages: [(&'static str, &'static str); ALL_STAGES as usize],
}

macro_rules! pipeline {
    ($id:literal, $name:literal, $($stage:literal $title:literal),*) => {
        Pipeline {
            id: $id,
            name: $name,
            stages: [
                $((concat!($id, ":", $stage), $title),)*
                (concat!($id, ":142"), "Успешно реализовано"),
                (concat!($id, ":143"), "Закрыто и не реализовано"),
            ],
        }
    };
}

const PIPELINES: [Pipeline; 4] = [
    pipeline!(
        "7812034", "Розница",
        "62345101" "Новая заявка", "62345102" "Контакт установлен",
        "62345103" "Квалификация проведена", "62345104" "Предложение отправлено",
        "62345105" "Готов к выдаче"
    ),
    pipeline!(
        "7812035", "Опт",
        "62345201" "Запрос", "62345202" "Переговоры", "62345203" "Условия согласованы",
        "62345204" "Счёт выставлен", "62345205" "Отгрузка"
    ),
    pipeline!(
        "7812036", "Сервис",
        "62345301" "Обращение", "62345302" "Запись", "62345303" "Приёмка",
        "62345304" "В работе", "62345305" "К выдаче"
    ),
    pipeline!(
        "7812037", "Партнёры",
        "62345401" "Знакомство", "62345402" "Встреча", "62345403" "Условия",
        "62345404" "Договор", "62345405" "Первый заказ"
    ),
];

/// The number of a pipeline's stage; `OPEN_STAGES` is won, one more is lost.
pub(super) fn stage(pipeline: u16, place: u16) -> u16 {
    pipeline * ALL_STAGES + place
}

pub(super) fn stage_id(number: u16) -> &'static str {
    if number == NONE {
        return "";
    }
    let pipeline = &PIPELINES[usize::from(number / ALL_STAGES)];
    pipeline.stages[usize::from(number % ALL_STAGES)].0
}

/// The lines of `stages.csv`.
pub(super) fn stage_rows() -> Vec<StageRow> {
    let mut rows = Vec::new();
    for pipeline in &PIPELINES {
        for (place, (id, name)) in pipeline.stages.iter().enumerate() {
            let kind = match place as u16 {
                OPEN_STAGES => "won",
                place if place > OPEN_STAGES => "lost",
                _ => "open",
            };
            rows.push(StageRow {
                pipeline: pipeline.id.into(),
                pipeline_name: pipeline.name.into(),
                stage: (*id).into(),
                stage_name: (*name).into(),
                sort: (place as i64 + 1) * 10,
                kind: kind.into(),
            });
        }
    }
    rows
}

const GROUPS: usize = 10;
const GROUP_SIZE: usize = 20;
const EMPLOYEES: usize = GROUPS * GROUP_SIZE;
/// Which groups work in which pipeline.
const GROUPS_OF: [std::ops::Range<usize>; 4] = [0..5, 5..7, 7..9, 9..10];
/// How many of a hundred leads come to each pipeline.
pub(super) const SHARES: [(u32, u16); 4] = [(58, 0), (17, 1), (18, 2), (7, 3)];

struct Employee {
    id: String,
    name: String,
    /// Per cent of slips where others make few.
    slips: u32,
    /// The midnight from which on the person is gone.
    gone: Instant,
    left: String,
    away: Vec<(Instant, Instant, &'static str)>,
}

/// Everybody.
pub(super) struct Staff(Vec<Employee>);

impl Staff {
    pub fn hire(office: &Office, options: &BulkOptions) -> Staff {
        let mut chance = Chance::new(options.seed, u64::MAX - 1);
        let until = options.until.as_millisecond();
        let start = |chance: &mut Chance, latest: i64| {
            let days_ago = chance.between(latest, 350);
            let day = office.days.index(until - days_ago * DAY);
            office.days.get(day).midnight
        };
        let mut id = 6_012_000;
        let mut employees = Vec::new();
        for number in 0..EMPLOYEES {
            id += chance.between(3, 4_000);
            // Leads stay.
            let leaves = number % GROUP_SIZE != 0 && chance.hit(5);
            let gone = if leaves {
                start(&mut chance, 30)
            } else {
                Instant::MAX
            };
            let mut away = Vec::new();
            let vacation = start(&mut chance, 20);
            away.push((vacation, vacation + 14 * DAY, "vacation"));
            if chance.hit(60) {
                let sick = start(&mut chance, 10) + 9 * HOUR;
                away.push((sick, sick + chance.between(2, 7) * DAY, "sick"));
            }
            employees.push(Employee {
                id: id.to_string(),
                name: name(&mut chance),
                slips: chance.weighted(&[(30, 3), (35, 8), (20, 15), (10, 30), (5, 55)]),
                gone,
                left: last_day(office, gone),
                away,
            });
        }
        Staff(employees)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn id(&self, number: u16) -> &str {
        self.0.get(usize::from(number)).map_or("", |e| &e.id)
    }

    /// Per cent of slips.
    pub fn slips(&self, number: u16) -> u32 {
        self.0[usize::from(number)].slips
    }

    pub fn gone(&self, number: u16, at: Instant) -> bool {
        self.0[usize::from(number)].gone <= at
    }

    /// When somebody is back who is away at `at`; `at` for everybody else.
    pub fn back(&self, number: u16, at: Instant) -> Instant {
        let away = &self.0[usize::from(number)].away;
        let mut back = at;
        for (from, to, _) in away {
            if (*from..*to).contains(&back) {
                back = *to;
            }
        }
        back
    }

    /// The lead of somebody's group.
    pub fn lead(&self, number: u16) -> u16 {
        number - number % GROUP_SIZE as u16
    }

    /// Somebody of a pipeline's groups who is here at `at`.
    pub fn choose(&self, pipeline: u16, at: Instant, chance: &mut Chance) -> u16 {
        let groups = &GROUPS_OF[usize::from(pipeline)];
        let first = (groups.start * GROUP_SIZE) as i64;
        let last = (groups.end * GROUP_SIZE) as i64 - 1;
        for _ in 0..8 {
            let number = chance.between(first, last) as u16;
            if !self.gone(number, at) && self.back(number, at) == at {
                return number;
            }
        }
        first as u16
    }

    pub fn group_rows(&self) -> Vec<GroupRow> {
        let row = |group: usize| GroupRow {
            id: format!("g{}", group + 1),
            name: format!("Группа {}", group + 1),
            lead: self.0[group * GROUP_SIZE].id.clone(),
        };
        (0..GROUPS).map(row).collect()
    }

    pub fn employee_rows(&self) -> Vec<EmployeeRow> {
        let row = |(number, employee): (usize, &Employee)| {
            let role = match number / GROUP_SIZE {
                _ if number % GROUP_SIZE == 0 => "lead",
                0..5 => "seller",
                5..7 => "manager",
                7..9 => "performer",
                _ => "manager",
            };
            EmployeeRow {
                id: employee.id.clone(),
                name: employee.name.clone(),
                group: format!("g{}", number / GROUP_SIZE + 1),
                role: role.into(),
                active: employee.left.is_empty(),
                left: employee.left.clone(),
                ..EmployeeRow::default()
            }
        };
        self.0.iter().enumerate().map(row).collect()
    }

    pub fn absence_rows(&self) -> Vec<AbsenceRow> {
        let mut rows = Vec::new();
        for employee in &self.0 {
            for (from, to, kind) in &employee.away {
                rows.push(AbsenceRow {
                    employee: employee.id.clone(),
                    from: rfc3339(*from),
                    to: rfc3339(*to),
                    kind: (*kind).into(),
                });
            }
        }
        rows
    }
}

fn last_day(office: &Office, gone: Instant) -> String {
    if gone == Instant::MAX {
        return String::new();
    }
    office.days.date(gone - HOUR).to_string()
}

fn name(chance: &mut Chance) -> String {
    let (first, surnames) = if chance.hit(50) { MEN } else { WOMEN };
    format!("{} {}", chance.pick(first), chance.pick(surnames))
}

fn rfc3339(at: Instant) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
