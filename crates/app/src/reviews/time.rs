//! How long looking took: by person, by what was looked at, by day and week.

use std::collections::BTreeMap;

use figures::Span;
use history::Instant;
use jiff::civil::Date;
use store::Store;
use store::reviews::{self, Filter};
use worktime::Zone;

use super::work::seen;
use super::{Case, Kind, Outcome};
use crate::actor::Actor;
use crate::error::Error;

/// Cases that were finished, and their time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Cases in which nothing was found.
    pub clean: u64,
    /// Cases in which something was found.
    pub found: u64,
    /// Cases that were put back.
    pub put_back: u64,
    /// Findings that were made.
    pub findings: u64,
    /// Milliseconds spent on all of them, those put back included.
    pub ms: i64,
}

impl Tally {
    fn add(&mut self, case: &Case) {
        match case.outcome {
            Some(Outcome::Clean) => self.clean += 1,
            Some(Outcome::Found) => self.found += 1,
            Some(Outcome::PutBack) => self.put_back += 1,
            None => return,
        }
        self.findings += case.row.found.max(0).unsigned_abs();
        self.ms = self.ms.saturating_add(case.row.spent_ms);
    }

    /// Cases that were looked at to the end.
    pub fn done(&self) -> u64 {
        self.clean + self.found
    }

    /// Milliseconds a case that was looked at to the end; none: there is none.
    pub fn each(&self) -> Option<i64> {
        let done = i64::try_from(self.done()).ok().filter(|done| *done > 0);
        done.map(|done| self.ms / done)
    }
}

/// Tallies of a person: in all, and by what was looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ByKind {
    /// In all.
    pub all: Tally,
    /// By kind.
    pub kinds: BTreeMap<Kind, Tally>,
}

/// Tallies of a stretch of time: in all, and by the person who looked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ByPerson {
    /// In all.
    pub all: Tally,
    /// By person.
    pub people: BTreeMap<String, Tally>,
}

/// How long looking took in some weeks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Times {
    /// Everything.
    pub all: Tally,
    /// By the person who looked.
    pub people: BTreeMap<String, ByKind>,
    /// By ISO week, the latest first; weeks without any stand here, too.
    pub weeks: Vec<(Date, ByPerson)>,
    /// By day, the latest first; days without any are left out.
    pub days: Vec<(Date, ByPerson)>,
}

/// How long looking took in the last `weeks` ISO weeks, the present one included; of everybody, or
/// of one's own.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn times(
    store: &Store,
    actor: &Actor,
    zone: &Zone,
    weeks: usize,
    now: Instant,
) -> Result<Times, Error> {
    let spans = Span::week_of(zone.date(now)).weeks(weeks, zone, now);
    let first = spans.first().map(|span| span.period(zone).from);
    let filter = Filter {
        from: first,
        in_hand: Some(false),
        ..Filter::default()
    };
    let Some(filter) = seen(actor, filter)? else {
        return Ok(Times::default());
    };
    let mut reader = store.reader().await?;
    let rows = reviews::all(&mut reader, &actor.company, &filter).await?;
    let cases: Result<Vec<Case>, _> = rows.into_iter().map(Case::of).collect();
    Ok(summed(&cases?, &spans, zone))
}

fn summed(cases: &[Case], spans: &[Span], zone: &Zone) -> Times {
    let mondays = spans.iter().filter_map(|span| span.dates().0);
    let mut weeks: BTreeMap<Date, ByPerson> = mondays
        .map(|monday| (monday, ByPerson::default()))
        .collect();
    let mut days: BTreeMap<Date, ByPerson> = BTreeMap::new();
    let mut times = Times::default();
    for case in cases {
        let day = zone.date(case.row.started_at);
        let monday = Span::week_of(day).dates().0.unwrap_or(day);
        times.all.add(case);
        let person = times.people.entry(case.row.reviewer.clone()).or_default();
        person.all.add(case);
        person.kinds.entry(case.kind).or_default().add(case);
        for stretch in [weeks.entry(monday), days.entry(day)] {
            let stretch = stretch.or_default();
            stretch.all.add(case);
            let person = stretch.people.entry(case.row.reviewer.clone());
            person.or_default().add(case);
        }
    }
    times.weeks = weeks.into_iter().rev().collect();
    times.days = days.into_iter().rev().collect();
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use store::reviews::Review;

    const MINUTE: i64 = 60_000;

    fn case(reviewer: &str, started_at: Instant, outcome: Outcome, found: i64) -> Case {
        Case {
            row: Review {
                reviewer: reviewer.to_owned(),
                started_at,
                found,
                spent_ms: 6 * MINUTE,
                ..Review::default()
            },
            kind: Kind::Deal,
            outcome: Some(outcome),
        }
    }

    #[test]
    fn days_and_weeks_are_local_and_sums_agree() {
        let zone = Zone::new("Europe/Moscow").unwrap();
        let monday = date(2026, 3, 9);
        let midnight = zone.start_of_day(monday);
        let cases = [
            // In UTC both lie on Sunday.
            case("anna", midnight - 1, Outcome::Clean, 0),
            case("anna", midnight, Outcome::Found, 2),
            case("boris", midnight + 1, Outcome::PutBack, 0),
        ];
        let spans = Span::week_of(monday).weeks(3, &zone, midnight);
        let times = summed(&cases, &spans, &zone);
        let weeks: Vec<_> = times
            .weeks
            .iter()
            .map(|(day, by)| (*day, by.all.ms))
            .collect();
        let expected = [
            (monday, 12 * MINUTE),
            (date(2026, 3, 2), 6 * MINUTE),
            (date(2026, 2, 23), 0),
        ];
        assert_eq!(weeks, expected);
        assert_eq!(times.days.len(), 2);
        assert_eq!(times.days[0].1.people["boris"].put_back, 1);
        let anna = &times.people["anna"];
        assert_eq!((anna.all.done(), anna.all.findings), (2, 2));
        assert_eq!(anna.kinds[&Kind::Deal], anna.all);
        // The time of what was put back was spent on what was done.
        assert_eq!(times.all.each(), Some(9 * MINUTE));
        assert_eq!(times.people["boris"].all.each(), None);
    }
}
