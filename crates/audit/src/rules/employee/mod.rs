//! Rules over one employee's work across deals.

pub(super) mod copied_task_result;
pub(super) mod crm_time;
pub(super) mod late_start;
pub(super) mod lead_queue;
pub(super) mod mass_closing;
pub(super) mod overload;
pub(super) mod response_order;
pub(super) mod task_pileup;

use history::{EmployeeId, Instant};
use jiff::civil::Date;

use crate::judge::{Action, Filter, Scene, WorkFacts};

/// Days since 1970-01-01.
fn day_number(date: Date) -> i32 {
    let first = Date::constant(1970, 1, 1);
    first.until(date).map_or(0, |span| span.get_days())
}

/// The intervals of a clock that start on a local date, earliest first: those of the date
/// itself, and what absences leave of a night begun the day before.
fn starting_on(clock: &worktime::Clock, scene: &Scene<'_>, date: Date) -> Vec<(Instant, Instant)> {
    let zone = &scene.version.zone;
    let before = date
        .yesterday()
        .map_or_else(|_| Vec::new(), |day| clock.intervals_on(day));
    let mut starting = before;
    starting.extend(clock.intervals_on(date));
    starting.retain(|(from, _)| zone.date(*from) == date);
    starting.sort();
    starting
}

/// The actions of an employee that a rule looks at, and the days on which work is expected.
struct Attendance {
    actions: Vec<Instant>,
    first: Date,
    last: Date,
}

impl Attendance {
    /// None: the employee never did anything that the rule looks at.
    fn of(facts: &WorkFacts<'_>, filter: &Filter<'_>, scene: &Scene<'_>) -> Option<Attendance> {
        let looked_at = |action: &&Action| filter.stage(action.stage);
        let actions: Vec<Instant> = facts
            .actions
            .iter()
            .filter(looked_at)
            .map(|action| action.at)
            .collect();
        let zone = &scene.version.zone;
        let (first, last) = (zone.date(*actions.first()?), zone.date(*actions.last()?));
        let employee = scene.history.people.get(facts.employee);
        let hired = employee
            .and_then(|employee| employee.hired)
            .unwrap_or(Date::MIN);
        let end = match employee {
            Some(employee) if employee.left.is_some() => employee.left,
            Some(employee) if !employee.active => Some(last),
            _ => None,
        };
        Some(Attendance {
            actions,
            first: first.max(hired),
            last: end.unwrap_or(Date::MAX),
        })
    }

    /// Calls `each` for every day on which hours start, until it says that it looked past
    /// `now`. Days are bounded: a clock without hours ends the search.
    fn each_day(
        &self,
        scene: &Scene<'_>,
        employee: EmployeeId,
        mut each: impl FnMut(Date, &[(Instant, Instant)]) -> Ahead,
    ) -> Option<Instant> {
        /// How far ahead of `now` the next day of work is looked for.
        const DAYS_AHEAD: i32 = 370;
        let clock = scene.clocks.of(scene.clock, employee);
        let today = scene.version.zone.date(scene.now);
        let mut ahead = 0;
        let mut date = self.first;
        while date <= self.last {
            let hours = starting_on(clock, scene, date);
            if !hours.is_empty() && matches!(each(date, &hours), Ahead::Seen) {
                return None;
            }
            if date > today {
                ahead += 1;
            }
            if ahead > DAYS_AHEAD {
                return Some(scene.version.zone.start_of_day(date));
            }
            date = date.tomorrow().ok()?;
        }
        None
    }
}

/// Whether a day's verdict lies after `now`: those after it do, too.
enum Ahead {
    /// Not yet.
    Go,
    /// It does.
    Seen,
}
