//! The clocks of one version of a regulation: the company's, everybody's own, and plain time.

use std::sync::Arc;

use history::{Employee, EmployeeId, History};
use jiff::civil::Date;
use worktime::{Clock, Schedule};

use crate::regulation::{ClockKind, Regulation, Version};
use crate::rules::Time;

/// All clocks of a version.
pub struct Clocks {
    company: Clock,
    always: Clock,
    /// By employee: the shift, or the company's hours.
    rotas: Vec<Clock>,
    /// By employee: the same less absences.
    people: Vec<Clock>,
    /// By employee: the company's hours less absences.
    company_less_absences: Vec<Clock>,
    day_length_ms: i64,
}

impl Clocks {
    /// The clocks of each version of a regulation.
    pub fn of_all(regulation: &Regulation, history: &History) -> Vec<Arc<Clocks>> {
        let versions = regulation.versions().iter();
        versions
            .map(|version| Arc::new(Clocks::new(version, history)))
            .collect()
    }

    /// The clocks of a version for the people of a history.
    pub fn new(version: &Version, history: &History) -> Clocks {
        let company = Clock::new(Schedule::Company(version.calendar.clone()));
        // People of one shift share its windows, which are computed only once.
        let shifts = version.shifts.iter();
        let shifts: Vec<(&str, Clock)> = shifts
            .map(|(name, shift)| (name.as_str(), Clock::new(Schedule::Shift(shift.clone()))))
            .collect();
        let own = |employee: &Employee| match &employee.memberships[..] {
            [only] => {
                let shift = only
                    .shift
                    .as_deref()
                    .and_then(|name| shifts.iter().find(|(known, _)| *known == name));
                shift.map_or_else(|| company.clone(), |(_, clock)| clock.clone())
            }
            _ => Clock::new(schedule_over_time(version, employee)),
        };
        let less = |clock: &Clock, employee: &Employee| {
            let away: Vec<_> = employee
                .absences
                .iter()
                .map(|absence| (absence.from, absence.to))
                .collect();
            if away.is_empty() {
                clock.clone()
            } else {
                clock.without(&away)
            }
        };
        let employees = &history.people.employees;
        let rotas: Vec<Clock> = employees.iter().map(own).collect();
        let people = rotas.iter().zip(employees);
        Clocks {
            people: people.map(|(own, employee)| less(own, employee)).collect(),
            rotas,
            company_less_absences: employees
                .iter()
                .map(|employee| less(&company, employee))
                .collect(),
            company,
            always: Clock::always(),
            day_length_ms: version.day_length_ms,
        }
    }

    /// The clock of a kind as it runs for a person; nobody, and people that the account does
    /// not list, have the company's.
    pub fn of(&self, kind: ClockKind, person: EmployeeId) -> &Clock {
        match kind {
            ClockKind::Company => &self.company,
            ClockKind::Always => &self.always,
            ClockKind::Responsible => self.people.get(person.index()).unwrap_or(&self.company),
        }
    }

    /// The hours that a person's shift or the company gives them, absences left aside.
    pub fn rota(&self, person: EmployeeId) -> &Clock {
        self.rotas.get(person.index()).unwrap_or(&self.company)
    }

    /// As [`Clocks::of`], less the person's absences whatever the kind.
    pub fn less_absences(&self, kind: ClockKind, person: EmployeeId) -> &Clock {
        match kind {
            ClockKind::Company => self
                .company_less_absences
                .get(person.index())
                .unwrap_or(&self.company),
            _ => self.of(kind, person),
        }
    }

    /// Time on a clock.
    pub fn time(&self, kind: ClockKind, person: EmployeeId) -> Time<'_> {
        Time {
            clock: self.of(kind, person),
            day_length_ms: self.day_length_ms,
        }
    }
}

/// The hours of somebody who changed shift: each membership's from its first day on.
fn schedule_over_time(version: &Version, employee: &Employee) -> Schedule {
    let schedule_on = |date: Date| {
        let membership = employee
            .memberships
            .iter()
            .find(|membership| membership.covers(date));
        let shift =
            membership.and_then(|membership| version.shifts.get(membership.shift.as_deref()?));
        match shift {
            Some(shift) => Schedule::Shift(shift.clone()),
            None => Schedule::Company(version.calendar.clone()),
        }
    };
    let bounds = employee
        .memberships
        .iter()
        .flat_map(|membership| [membership.from, membership.to]);
    let mut dates: Vec<Date> = bounds.flatten().collect();
    dates.push(Date::MIN);
    dates.sort();
    dates.dedup();
    Schedule::Dated(
        dates
            .into_iter()
            .map(|date| (date, schedule_on(date)))
            .collect(),
    )
}

// Clocks are shared by all threads that judge.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Arc<Clocks>>();
};
