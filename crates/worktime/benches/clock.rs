//! What a question to a clock costs: `cargo bench -p worktime`.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use jiff::civil::date;
use worktime::{Calendar, Clock, Country, Hours, Instant, Schedule, Shift, Zone};

const HOUR: i64 = 3_600_000;
const QUESTIONS: usize = 4096;

fn main() {
    divan::main();
}

fn moscow() -> Zone {
    Zone::new("Europe/Moscow").expect("a known zone")
}

fn company(zone: &str) -> Clock {
    let day = Hours::parse(&["09:00-13:00", "14:00-18:00"]).expect("good hours");
    let mut week = [(); 7].map(|()| day.clone());
    week[5..].fill(Hours::closed());
    let zone = Zone::new(zone).expect("a known zone");
    let calendar = Calendar {
        zone,
        week,
        country: Some(Country::Russia),
        exceptions: BTreeMap::new(),
    };
    Clock::new(Schedule::Company(Arc::new(calendar)))
}

fn shift() -> Clock {
    let hours = Hours::parse(&["10:00-20:00"]).expect("good hours");
    let shift = Shift {
        zone: moscow(),
        on: 3,
        off: 3,
        anchor: date(2026, 1, 1),
        hours,
    };
    Clock::new(Schedule::Shift(Arc::new(shift)))
}

/// Ten absences in two years, a fortnight each.
fn with_absences() -> Clock {
    let day = 24 * HOUR;
    let start = moscow().start_of_day(date(2024, 1, 1));
    let absences: Vec<_> = (0..10)
        .map(|i| (start + i * 73 * day, Some(start + (i * 73 + 14) * day)))
        .collect();
    company("Europe/Moscow").without(&absences)
}

/// Instants over three years in no order.
fn instants() -> Vec<Instant> {
    let start = moscow().start_of_day(date(2024, 1, 1));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        start + i64::try_from(state % (3 * 365 * 86_400_000)).expect("three years fit")
    };
    (0..QUESTIONS).map(|_| next()).collect()
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Company,
    Shift,
    Absences,
}

impl Kind {
    fn clock(self) -> Clock {
        match self {
            Kind::Company => company("Europe/Moscow"),
            Kind::Shift => shift(),
            Kind::Absences => with_absences(),
        }
    }
}

const KINDS: [Kind; 3] = [Kind::Company, Kind::Shift, Kind::Absences];

fn ask(bencher: Bencher<'_, '_>, clock: &Clock, question: impl Fn(&Clock, Instant) -> i64 + Sync) {
    let instants = instants();
    bencher
        .counter(divan::counter::ItemsCount::new(QUESTIONS))
        .bench(|| {
            instants.iter().fold(0_i64, |sum, t| {
                sum.wrapping_add(question(black_box(clock), *t))
            })
        });
}

#[divan::bench(args = KINDS)]
fn add_15_minutes(bencher: Bencher<'_, '_>, kind: Kind) {
    ask(bencher, &kind.clock(), |clock, t| {
        clock.add_work(t, HOUR / 4).unwrap_or(0)
    });
}

#[divan::bench(args = KINDS)]
fn add_40_hours(bencher: Bencher<'_, '_>, kind: Kind) {
    ask(bencher, &kind.clock(), |clock, t| {
        clock.add_work(t, 40 * HOUR).unwrap_or(0)
    });
}

#[divan::bench(args = KINDS)]
fn add_500_hours(bencher: Bencher<'_, '_>, kind: Kind) {
    ask(bencher, &kind.clock(), |clock, t| {
        clock.add_work(t, 500 * HOUR).unwrap_or(0)
    });
}

#[divan::bench(args = KINDS)]
fn work_over_three_days(bencher: Bencher<'_, '_>, kind: Kind) {
    ask(bencher, &kind.clock(), |clock, t| {
        clock.work(t, t + 72 * HOUR)
    });
}

#[divan::bench(args = KINDS)]
fn work_over_two_years(bencher: Bencher<'_, '_>, kind: Kind) {
    ask(bencher, &kind.clock(), |clock, t| {
        clock.work(t, t + 730 * 24 * HOUR)
    });
}

/// The first question to a clock pays for compiling; Berlin has clock changes.
#[divan::bench(args = ["Europe/Moscow", "Europe/Berlin"])]
fn first_question(bencher: Bencher<'_, '_>, zone: &str) {
    let start = moscow().start_of_day(date(2024, 1, 1));
    bencher
        .with_inputs(|| company(zone))
        .bench_values(|clock| clock.add_work(start, HOUR));
}

/// The dearest question there is: all time from year −9999 to 9999, asked first.
#[divan::bench(sample_count = 5)]
fn first_question_over_all_time(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| company("Europe/Berlin"))
        .bench_values(|clock| clock.work(Instant::MIN, Instant::MAX));
}

#[divan::bench]
fn second_question_over_all_time(bencher: Bencher<'_, '_>) {
    let clock = company("Europe/Berlin");
    bencher.bench(|| clock.work(black_box(Instant::MIN), Instant::MAX));
}

#[divan::bench]
fn intervals_on_a_date(bencher: Bencher<'_, '_>) {
    let clock = company("Europe/Moscow");
    bencher.bench(|| clock.intervals_on(black_box(date(2025, 6, 10))));
}
