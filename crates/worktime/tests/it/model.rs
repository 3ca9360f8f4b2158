//! A naive second implementation, minute by minute, and clocks compared with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;
use proptest::prelude::*;
use worktime::{Calendar, Clock, Country, Hours, Instant, Schedule, Shift};

use crate::support::*;

/// A schedule before it is built: what the model reads and the clock is made from.
#[derive(Clone, Debug)]
pub enum Plan {
    Company {
        zone: &'static str,
        week: [Vec<String>; 7],
        russian: bool,
        exceptions: Vec<(i64, Vec<String>)>,
    },
    Shift {
        zone: &'static str,
        on: u32,
        off: u32,
        anchor: i64,
        hours: Vec<String>,
    },
    Dated(Vec<(i64, Plan)>),
}

/// Where clocks change, where chunks of compiled time meet, and an ordinary day.
pub const CENTRES: [&str; 9] = [
    "2026-03-29", // Berlin forward
    "2026-10-25", // Berlin back
    "2026-03-08", // New York forward
    "2026-11-01", // New York back
    "2011-03-27", // Moscow forward, for good
    "2014-10-26", // Moscow back, for good
    "2025-11-15", // 51 chunks of 2^35 ms from 1970
    "1970-01-01", // where the block in place begins
    "2024-05-01", // holidays
];
pub const ZONES: [&str; 4] = [
    "Europe/Berlin",
    "Europe/Moscow",
    "America/New_York",
    "Asia/Kathmandu",
];
/// Days before and after the centre that the model covers.
pub const RADIUS: i64 = 12;

fn texts(hours: &[String]) -> Hours {
    Hours::parse(&hours.iter().map(String::as_str).collect::<Vec<_>>()).unwrap()
}

impl Plan {
    /// The schedule, with all dates counted in days from a centre.
    pub fn schedule(&self, centre: Date) -> Schedule {
        let date = |days: &i64| centre + days.days();
        match self {
            Plan::Company {
                zone: name,
                week,
                russian,
                exceptions,
            } => Schedule::Company(Arc::new(Calendar {
                zone: zone(name),
                week: week.each_ref().map(|day| texts(day)),
                country: russian.then_some(Country::Russia),
                exceptions: exceptions
                    .iter()
                    .map(|(days, hours)| (date(days), texts(hours)))
                    .collect::<BTreeMap<_, _>>(),
            })),
            Plan::Shift {
                zone: name,
                on,
                off,
                anchor,
                hours,
            } => {
                let (zone, anchor, hours) = (zone(name), date(anchor), texts(hours));
                Schedule::Shift(Arc::new(Shift {
                    zone,
                    on: *on,
                    off: *off,
                    anchor,
                    hours,
                }))
            }
            Plan::Dated(parts) => Schedule::Dated(
                parts
                    .iter()
                    .map(|(from, part)| (date(from), part.schedule(centre)))
                    .collect(),
            ),
        }
    }

    fn zone_and_hours(&self, centre: Date, d: Date) -> (&'static str, Hours) {
        let days = i64::from((d - centre).get_days());
        match self {
            Plan::Company { zone, .. } => match self.schedule(centre) {
                Schedule::Company(calendar) => (zone, calendar.hours_on(d).into_owned()),
                _ => unreachable!("a company's plan makes a company's schedule"),
            },
            Plan::Shift {
                zone,
                on,
                off,
                anchor,
                hours,
            } => {
                let place = (days - anchor).rem_euclid(i64::from(on + off));
                (
                    zone,
                    if place < i64::from(*on) {
                        texts(hours)
                    } else {
                        Hours::closed()
                    },
                )
            }
            Plan::Dated(parts) => {
                let mut sorted: Vec<_> = parts.iter().collect();
                sorted.sort_by_key(|(from, _)| *from);
                let begun = sorted.iter().rfind(|(from, _)| *from <= days);
                begun.unwrap_or(&sorted[0]).1.zone_and_hours(centre, d)
            }
        }
    }
}

/// Which minutes are worked, from the first instant on.
pub struct Model {
    pub start: Instant,
    pub end: Instant,
    open: Vec<bool>,
    by_date: BTreeMap<Date, BTreeSet<i64>>,
    absences: Vec<(Instant, Instant)>,
}

impl Model {
    pub fn new(plan: &Plan, centre: Date, absences: &[(Instant, Option<Instant>)]) -> Model {
        let start = zone("UTC").start_of_day(centre - RADIUS.days());
        let end = start + 2 * RADIUS * DAY;
        let mut open = vec![false; usize::try_from((end - start) / MINUTE).unwrap()];
        let mut by_date = BTreeMap::new();
        for days in -RADIUS - 4..=RADIUS + 4 {
            let d = centre + days.days();
            let (name, hours) = plan.zone_and_hours(centre, d);
            let tz = TimeZoneDatabase::bundled().get(name).unwrap();
            let minutes: &mut BTreeSet<i64> = by_date.entry(d).or_default();
            for (from, to) in hours.spans() {
                let reading = |minute: u16| d.at(0, 0, 0, 0) + i64::from(minute).minutes();
                let from = tz
                    .to_ambiguous_zoned(reading(*from))
                    .compatible()
                    .unwrap()
                    .timestamp()
                    .as_millisecond();
                let to = tz
                    .to_ambiguous_zoned(reading(*to))
                    .later()
                    .unwrap()
                    .timestamp()
                    .as_millisecond();
                assert!(from % MINUTE == 0 && to % MINUTE == 0);
                minutes.extend(from / MINUTE..to / MINUTE);
            }
            for minute in minutes.iter() {
                if let Some(slot) = usize::try_from(minute - start / MINUTE)
                    .ok()
                    .and_then(|i| open.get_mut(i))
                {
                    *slot = true;
                }
            }
        }
        let absences = absences
            .iter()
            .map(|(from, to)| (*from, to.unwrap_or(Instant::MAX)))
            .collect();
        Model {
            start,
            end,
            open,
            by_date,
            absences,
        }
    }

    fn absent(&self, t: Instant) -> bool {
        self.absences
            .iter()
            .any(|(from, to)| (*from..*to).contains(&t))
    }

    pub fn is_working(&self, t: Instant) -> bool {
        self.open[usize::try_from((t - self.start) / MINUTE).unwrap()] && !self.absent(t)
    }

    /// Instants between which nothing changes: minutes and ends of absences.
    fn steps(&self, from: Instant, to: Instant) -> Vec<Instant> {
        let first = from.div_euclid(MINUTE) + 1;
        let mut steps: Vec<_> = (first..=to.div_euclid(MINUTE))
            .map(|m| m * MINUTE)
            .collect();
        steps.extend([from, to]);
        steps.extend(
            self.absences
                .iter()
                .flat_map(|(a, b)| [*a, *b])
                .filter(|t| (from..=to).contains(t)),
        );
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    pub fn work(&self, a: Instant, b: Instant) -> i64 {
        self.steps(a, b.max(a))
            .windows(2)
            .filter(|step| self.is_working(step[0]))
            .map(|step| step[1] - step[0])
            .sum()
    }

    /// `None` where it lies after the end of the model.
    pub fn add_work(&self, a: Instant, d: i64) -> Option<Instant> {
        let mut left = d;
        for step in self.steps(a, self.end).windows(2) {
            if left <= 0 {
                return Some(step[0]);
            }
            if self.is_working(step[0]) {
                let length = step[1] - step[0];
                if left <= length {
                    return Some(step[0] + left);
                }
                left -= length;
            }
        }
        None
    }
}

fn interval() -> impl Strategy<Value = String> {
    (0_u16..24 * 60, 1_u16..20 * 60, prop::bool::weighted(0.1)).prop_map(
        |(from, length, to_the_end)| {
            let to = if to_the_end {
                24 * 60
            } else {
                (from + length) % (24 * 60)
            };
            format!(
                "{:02}:{:02}-{:02}:{:02}",
                from / 60,
                from % 60,
                to / 60,
                to % 60
            )
        },
    )
}

fn day_hours() -> impl Strategy<Value = Vec<String>> {
    let hard = prop::sample::select(vec![
        vec!["09:00-13:00", "14:00-18:00"],
        vec!["22:00-06:00"],
        vec!["02:10-02:50"],
        vec!["01:15-02:15", "02:45-04:00"],
        vec!["00:00-24:00"],
        vec!["00:00-02:30", "23:00-07:00"],
    ]);
    let hard = hard.prop_map(|day| day.into_iter().map(str::to_owned).collect());
    prop_oneof![1 => Just(Vec::new()), 2 => prop::collection::vec(interval(), 1..4), 2 => hard]
}

fn constant_plan() -> impl Strategy<Value = Plan> {
    let exceptions = prop::collection::vec((-RADIUS..RADIUS, day_hours()), 0..4);
    let week = prop::array::uniform7(day_hours());
    let company = (
        prop::sample::select(&ZONES),
        week,
        any::<bool>(),
        exceptions,
    )
        .prop_map(|(zone, week, russian, exceptions)| Plan::Company {
            zone,
            week,
            russian,
            exceptions,
        });
    let shift = (
        prop::sample::select(&ZONES),
        1_u32..5,
        0_u32..5,
        -40_i64..40,
        day_hours(),
    )
        .prop_map(|(zone, on, off, anchor, hours)| Plan::Shift {
            zone,
            on,
            off,
            anchor,
            hours,
        });
    prop_oneof![3 => company, 2 => shift]
}

pub fn plan() -> impl Strategy<Value = Plan> {
    let parts = prop::collection::btree_map(-RADIUS..RADIUS, constant_plan(), 1..4);
    let dated = parts.prop_map(|parts| Plan::Dated(parts.into_iter().rev().collect()));
    prop_oneof![3 => constant_plan(), 1 => dated]
}

pub fn centre() -> impl Strategy<Value = Date> {
    prop::sample::select(&CENTRES).prop_map(day)
}

/// Instants within the model, in milliseconds from its start; most of them on whole minutes or hours,
/// so that questions meet ends of intervals and of absences.
pub fn offset() -> impl Strategy<Value = i64> {
    rounded(0..2 * RADIUS * DAY)
}

fn rounded(range: std::ops::Range<i64>) -> impl Strategy<Value = i64> {
    (range, prop::sample::select(vec![1, MINUTE, HOUR])).prop_map(|(t, unit)| t - t % unit)
}

pub fn absences() -> impl Strategy<Value = Vec<(i64, Option<i64>)>> {
    let length = prop_oneof![9 => rounded(-HOUR..4 * DAY).prop_map(Some), 1 => Just(None)];
    prop::collection::vec((offset(), length), 0..4).prop_map(|spans| {
        spans
            .into_iter()
            .map(|(from, length)| (from, length.map(|l| from + l)))
            .collect()
    })
}

/// Absences counted from the start of the model, as instants.
pub fn shifted(absences: &[(i64, Option<i64>)], start: Instant) -> Vec<(Instant, Option<Instant>)> {
    absences
        .iter()
        .map(|(from, to)| (start + from, to.map(|t| start + t)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn clocks_agree_with_the_model(
        plan in plan(),
        centre in centre(),
        absences in absences(),
        questions in prop::collection::vec((offset(), offset(), rounded(0..60 * HOUR)), 4),
    ) {
        let start = zone("UTC").start_of_day(centre - RADIUS.days());
        let absences = shifted(&absences, start);
        let model = Model::new(&plan, centre, &absences);
        let clock = Clock::new(plan.schedule(centre)).without(&absences);
        for (a, b, d) in questions {
            let (a, b) = (start + a, start + b);
            prop_assert_eq!(clock.is_working(a), model.is_working(a), "is_working {}", a);
            prop_assert_eq!(clock.work(a, b), model.work(a, b), "work {} {}", a, b);
            match model.add_work(a, d) {
                Some(end) => prop_assert_eq!(clock.add_work(a, d), Some(end), "add_work {} {}", a, d),
                None => prop_assert!(clock.add_work(a, d).is_none_or(|end| end >= model.end), "add_work {} {}", a, d),
            }
        }
    }

    #[test]
    fn intervals_of_a_date_agree_with_the_model(
        plan in plan(),
        centre in centre(),
        absences in absences(),
    ) {
        let start = zone("UTC").start_of_day(centre - RADIUS.days());
        let whole_minutes: Vec<_> =
            absences.iter().map(|(from, to)| (from - from % MINUTE, to.map(|t| t - t % MINUTE))).collect();
        let absences = shifted(&whole_minutes, start);
        let model = Model::new(&plan, centre, &absences);
        let clock = Clock::new(plan.schedule(centre)).without(&absences);
        for (d, minutes) in &model.by_date {
            let intervals = clock.intervals_on(*d);
            prop_assert!(intervals.windows(2).all(|pair| pair[0].1 < pair[1].0), "sorted and apart: {:?}", intervals);
            let found: BTreeSet<_> = intervals.iter().flat_map(|(from, to)| from / MINUTE..to / MINUTE).collect();
            let expected = minutes.iter().copied().filter(|m| !model.absent(m * MINUTE)).collect();
            prop_assert_eq!(found, expected, "{}", d);
        }
    }
}
