//! What was worked off in a period: how many findings were mended, and of how many.

use std::collections::BTreeMap;

use history::Instant;

use crate::light::Who;
use crate::{Audited, Period};

/// What was worked off in a period.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct WorkedOff {
    /// Findings that were mended in it.
    pub mended: u64,
    /// Of how many: those that were open when it began, and those whose breach lies in it.
    pub of: u64,
}

/// How a finding enters what was worked off in a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Worked {
    /// It was mended in the period.
    Mended,
    /// It could have been.
    Open,
}

/// When something was done about a finding.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Done {
    /// When the facts cured it.
    pub until: Option<Instant>,
    /// When a person marked it as cured.
    pub cured: Option<Instant>,
    /// When it was acknowledged.
    pub acknowledged: Option<Instant>,
}

impl Done {
    /// How a finding of this breach enters what was worked off in a period; none: it does not. What
    /// was acknowledged before and lasts still is left out.
    pub fn worked(&self, breach: Instant, period: Period) -> Option<Worked> {
        if breach >= period.to {
            return None;
        }
        let mended = [self.until, self.cured].into_iter().flatten().min();
        match mended {
            Some(at) if at < period.from => None,
            Some(at) if period.holds(at) => Some(Worked::Mended),
            Some(_) => Some(Worked::Open),
            None if self.acknowledged.is_some_and(|at| at < period.from) => None,
            None => Some(Worked::Open),
        }
    }
}

impl WorkedOff {
    fn add(&mut self, worked: Worked) {
        self.mended += u64::from(worked == Worked::Mended);
        self.of += 1;
    }
}

/// What was worked off in a period of the findings of the company, of each group as it was at the
/// breach and of each employee.
pub fn worked_off(audited: &Audited<'_>, period: Period) -> BTreeMap<Who, WorkedOff> {
    let mut all: BTreeMap<Who, WorkedOff> = BTreeMap::new();
    for (place, finding) in audited.findings.iter().enumerate() {
        let mark = audited.marks.get(place);
        let done = Done {
            until: finding.until,
            cured: mark.and_then(|mark| mark.cured),
            acknowledged: mark.and_then(|mark| mark.acknowledged),
        };
        let Some(worked) = done.worked(finding.at, period) else {
            continue;
        };
        all.entry(Who::Company).or_default().add(worked);
        if finding.employee.is_some() {
            let who = Who::Employee(finding.employee);
            all.entry(who).or_default().add(worked);
            let group = audited.group(finding);
            if group.is_some() {
                all.entry(Who::Group(group)).or_default().add(worked);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: Period = Period { from: 100, to: 200 };

    fn worked(breach: Instant, times: [Option<Instant>; 3]) -> Option<Worked> {
        let [until, cured, acknowledged] = times;
        let done = Done {
            until,
            cured,
            acknowledged,
        };
        done.worked(breach, WEEK)
    }

    #[test]
    fn what_was_open_or_new_could_be_mended() {
        assert_eq!(worked(50, [None; 3]), Some(Worked::Open));
        assert_eq!(worked(150, [None; 3]), Some(Worked::Open));
        assert_eq!(worked(50, [Some(100), None, None]), Some(Worked::Mended));
        assert_eq!(worked(150, [None, Some(199), None]), Some(Worked::Mended));
        // Mended later: it was open all the time.
        assert_eq!(worked(150, [Some(200), None, None]), Some(Worked::Open));
        // The first of both counts.
        assert_eq!(worked(50, [Some(90), Some(150), None]), None);
        assert_eq!(
            worked(50, [Some(250), Some(150), None]),
            Some(Worked::Mended)
        );
    }

    #[test]
    fn what_is_of_other_days_is_left_out() {
        assert_eq!(worked(200, [Some(201), None, None]), None);
        assert_eq!(worked(50, [Some(99), None, None]), None);
        // Acknowledged before, and nobody asks for it any more.
        assert_eq!(worked(50, [None, None, Some(99)]), None);
        assert_eq!(worked(50, [None, None, Some(100)]), Some(Worked::Open));
        assert_eq!(
            worked(50, [Some(150), None, Some(60)]),
            Some(Worked::Mended)
        );
    }
}
