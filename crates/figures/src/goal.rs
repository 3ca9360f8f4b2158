//! How far somebody is with what they are to reach: a measure, month by month.

use history::EmployeeId;

use crate::light::{Colour, Lights};
use crate::{Audited, Period, Span};

/// How many months are looked at, the one that lasts included.
const MONTHS: usize = 6;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure<'a> {
    /// Weighted findings per 100 deals in work, in hundredths.
    Light,
    /// Findings of the rule of this name.
    Rule(&'a str),
}

/// A month of a measure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Month {
    /// The month.
    pub span: Span,
    /// The measure, in its unit; none: too little data.
    pub value: Option<i64>,
    /// The deals in work that it rests on.
    pub deals: u64,
}

/// Where a month stands against a goal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reached {
    /// Within it so far.
    Kept,
    /// Beyond it.
    Missed,
    /// Nobody can tell yet.
    TooLittleData,
}

/// How far somebody is with a goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Progress {
    /// The months, the oldest first; the last one lasts still.
    pub months: Vec<Month>,
    /// Where the last month stands.
    pub reached: Reached,
}

/// The months up to now with everybody's lights.
pub struct Months<'a> {
    audited: Audited<'a>,
    months: Vec<(Span, Lights)>,
}

impl<'a> Months<'a> {
    /// The months up to the one in which the audit's instant lies.
    pub fn of(audited: &Audited<'a>) -> Months<'a> {
        let zone = audited.zone();
        let last = Span::month_of(zone.date(audited.now));
        let months = std::iter::successors(Some(last), |month| month.before());
        let lights = |span: Span| (span, Lights::of(audited, span.period(zone)));
        let mut months: Vec<(Span, Lights)> = months.take(MONTHS).map(lights).collect();
        months.reverse();
        Months {
            audited: *audited,
            months,
        }
    }

    /// How far somebody is with at most `at_most` of a measure.
    pub fn progress(&self, employee: EmployeeId, measure: Measure<'_>, at_most: i64) -> Progress {
        let limits = &self.audited.regulation.latest().light;
        let mut months = Vec::with_capacity(self.months.len());
        for (span, lights) in &self.months {
            let tally = lights.people.get(&employee).copied().unwrap_or_default();
            let value = match measure {
                Measure::Light => {
                    let known = tally.colour(limits) != Colour::TooLittleData;
                    let rate = tally.rate(limits).filter(|_| known);
                    rate.map(|rate| (rate * 100.0).round() as i64)
                }
                Measure::Rule(rule) => {
                    let period = span.period(self.audited.zone());
                    Some(self.count(employee, rule, period))
                }
            };
            months.push(Month {
                span: *span,
                value,
                deals: tally.deals,
            });
        }
        let last = months.last().and_then(|month| month.value);
        Progress {
            reached: match last {
                Some(value) if value <= at_most => Reached::Kept,
                Some(_) => Reached::Missed,
                None => Reached::TooLittleData,
            },
            months,
        }
    }

    fn count(&self, employee: EmployeeId, rule: &str, period: Period) -> i64 {
        let found = self.audited.within(period);
        let own = found.filter(|one| one.employee == employee && self.audited.rule(one) == rule);
        own.count() as i64
    }
}
