//! How much everybody has on their hands, beside how much of it is overdue: who is overloaded, and
//! who is just late.

use std::collections::{BTreeMap, BTreeSet};

use audit::judge::Clocks;
use audit::regulation::ClockKind;
use history::EmployeeId;

use super::now::TASKS_OF;
use super::{Against, Flow};
use crate::{Audited, Told};

/// Fewer open tasks than this tell nothing about the share overdue.
const ENOUGH_TASKS: u64 = 10;
/// Fewer working days than this in four weeks tell nothing about a day.
const ENOUGH_DAYS: f64 = 3.0;
/// The rule that says that somebody holds more deals at a stage than they may.
pub(super) const OVERLOAD: &str = "overload";
/// How many times the colleagues' median is much.
const MUCH: f64 = 1.5;

/// What somebody has on their hands now.
#[derive(Clone, Debug)]
pub struct Load {
    /// Who.
    pub employee: EmployeeId,
    /// Open deals that they answer for.
    pub deals: u64,
    /// Open tasks that they are to do: those overdue of all, and those of the others who are shown.
    pub tasks: Against,
    /// Tasks that were due in the last four weeks, done or not.
    pub due: u64,
    /// Their own working days in the last four weeks.
    pub days: f64,
    /// Whether a finding lasts that they hold more deals at a stage than the regulation allows.
    pub over_limit: bool,
    /// What that comes to.
    pub burden: Burden,
}

/// What a load comes to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Burden {
    /// Much work, and a share overdue that is no chance.
    Overloaded,
    /// No more work than others have, and a share overdue that is no chance.
    Late,
    /// Much work, and no more overdue than with others.
    Copes,
    /// Like others.
    Even,
    /// Too few tasks to tell.
    TooLittleData,
}

impl Burden {
    /// The word for it in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Burden::Overloaded => "overloaded",
            Burden::Late => "late",
            Burden::Copes => "copes",
            Burden::Even => "even",
            Burden::TooLittleData => "too-little-data",
        }
    }
}

impl Load {
    /// Open deals for each working day of a week: what somebody touches in a day who touches every
    /// deal once a week. None where they hardly worked.
    pub fn deals_per_day(&self) -> Option<f64> {
        self.per_day(self.deals as f64).map(|deals| deals * 4.0)
    }

    /// Tasks that fell due on a working day. None where they hardly worked.
    pub fn due_per_day(&self) -> Option<f64> {
        self.per_day(self.due as f64)
    }

    fn per_day(&self, number: f64) -> Option<f64> {
        (self.days >= ENOUGH_DAYS).then(|| number / self.days)
    }
}

/// Everybody's load now.
#[derive(Clone, Debug, Default)]
pub struct Loads {
    /// By person, who has most deals a day first; whoever has neither deals nor tasks is left out.
    pub people: Vec<Load>,
    /// The median of deals for each working day; none where nobody's is known.
    pub typical: Option<f64>,
}

impl Loads {
    /// The loads of those who answer for deals or tasks in a flow; `clocks` are the latest
    /// version's.
    pub fn of(audited: &Audited<'_>, flow: &Flow, clocks: &Clocks) -> Loads {
        let mut people: BTreeMap<EmployeeId, Load> = BTreeMap::new();
        let mut whose = |employee: EmployeeId, count: &dyn Fn(&mut Load)| {
            if employee.is_some() {
                count(people.entry(employee).or_insert_with(|| idle(employee)));
            }
        };
        for standing in &flow.standing {
            whose(standing.cut.employee, &|load| load.deals += 1);
        }
        for task in &flow.tasks {
            let (past, open) = (task.cut.at < audited.now, task.open);
            whose(task.cut.employee, &|load| {
                load.tasks.own.1 += u64::from(open);
                load.tasks.own.0 += u64::from(open && past);
                let recent = task.cut.at >= audited.now.saturating_sub(TASKS_OF);
                load.due += u64::from(past && recent);
            });
        }
        let mut people: Vec<Load> = people.into_values().collect();
        people.retain(|load| load.deals + load.tasks.own.1 > 0);
        let all = people.iter().fold((0, 0), |all, load| {
            (all.0 + load.tasks.own.0, all.1 + load.tasks.own.1)
        });
        let over_limit = over_limit(audited);
        for load in &mut people {
            load.tasks.others = (all.0 - load.tasks.own.0, all.1 - load.tasks.own.1);
            load.days = days(audited, clocks, load.employee);
            load.over_limit = over_limit.contains(&load.employee);
        }
        let mut loads = Loads {
            typical: median(people.iter().filter_map(Load::deals_per_day).collect()),
            people,
        };
        loads.judge();
        loads
    }

    fn judge(&mut self) {
        for load in &mut self.people {
            let much = load.deals_per_day().zip(self.typical);
            let much = load.over_limit || much.is_some_and(|(own, typical)| own >= MUCH * typical);
            let told = load.tasks.told_of(ENOUGH_TASKS);
            let late = matches!(told, Told::Look | Told::Sure) && load.tasks.is_more();
            load.burden = match (told, much, late) {
                (Told::TooLittleData, ..) => Burden::TooLittleData,
                (_, true, true) => Burden::Overloaded,
                (_, false, true) => Burden::Late,
                (_, true, false) => Burden::Copes,
                (_, false, false) => Burden::Even,
            };
        }
        let key = |load: &Load| load.deals_per_day().unwrap_or(-1.0);
        self.people
            .sort_by(|a, b| (a.burden.cmp(&b.burden)).then(key(b).total_cmp(&key(a))));
    }
}

fn idle(employee: EmployeeId) -> Load {
    Load {
        employee,
        deals: 0,
        tasks: Against::default(),
        due: 0,
        days: 0.0,
        over_limit: false,
        burden: Burden::TooLittleData,
    }
}

/// Somebody's working days in the last four weeks, on their own clock less absences.
fn days(audited: &Audited<'_>, clocks: &Clocks, employee: EmployeeId) -> f64 {
    let clock = clocks.less_absences(ClockKind::Responsible, employee);
    let worked = clock.work(audited.now.saturating_sub(TASKS_OF), audited.now);
    let length = audited.regulation.latest().day_length_ms;
    if length > 0 {
        worked as f64 / length as f64
    } else {
        0.0
    }
}

/// Those of whom a finding of the rule `overload` lasts.
fn over_limit(audited: &Audited<'_>) -> BTreeSet<EmployeeId> {
    let lasting = audited.findings.iter().filter(|finding| {
        finding.until.is_none() && audited.entry(finding).1.rule.code == OVERLOAD
    });
    lasting.map(|finding| finding.employee).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some((values[last / 2] + values[values.len() / 2]) / 2.0)
}
