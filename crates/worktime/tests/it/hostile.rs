//! Questions that nobody would ask on purpose. None may panic, and all must end soon.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jiff::civil::Date;
use proptest::prelude::*;
use worktime::{Clock, Instant, Schedule, Shift, Zone};

use crate::support::*;

static BERLIN: LazyLock<Clock> = LazyLock::new(|| {
    weekdays("Europe/Berlin", "09:00-13:00 14:00-18:00")
        .russian()
        .clock()
});
static NIGHTS: LazyLock<Clock> = LazyLock::new(|| {
    Clock::new(Schedule::Shift(Arc::new(shift(
        "America/New_York",
        "3/2",
        "2026-01-01",
        "22:00-06:00",
    ))))
});

fn first() -> Instant {
    jiff::Timestamp::MIN.as_millisecond()
}

fn last() -> Instant {
    jiff::Timestamp::MAX.as_millisecond()
}

#[test]
fn instants_outside_all_time_are_moved_to_its_ends() {
    for clock in [&*BERLIN, &*NIGHTS] {
        assert_eq!(
            clock.work(Instant::MIN, Instant::MAX),
            clock.work(first(), last())
        );
        assert_eq!(
            clock.add_work(Instant::MIN, HOUR),
            clock.add_work(first(), HOUR)
        );
        assert_eq!(clock.add_work(Instant::MAX, 1), None);
        assert_eq!(clock.add_work(0, Instant::MAX), None);
        assert_eq!(clock.add_work(Instant::MAX, 0), Some(Instant::MAX));
        assert!(!clock.is_working(Instant::MIN) && !clock.is_working(Instant::MAX));
        let _ = (clock.intervals_on(Date::MIN), clock.intervals_on(Date::MAX));
    }
    let always = Clock::always();
    assert_eq!(always.work(Instant::MIN, Instant::MAX), i64::MAX);
    assert_eq!(always.add_work(Instant::MAX, 1), None);
    let zone = Zone::utc();
    assert_eq!(zone.date(Instant::MAX), zone.date(last()));
    assert_eq!(zone.end_of_day(Date::MAX), last());
    assert_eq!(zone.start_of_day(Date::MIN), first());
}

#[test]
fn a_year_of_work_far_from_now_is_a_year_of_work() {
    // 2000, 2400 and 6000 begin on a Saturday and have 260 weekdays; none of 2400 and 6000 is a
    // known holiday.
    let clock = weekdays("UTC", "09:00-13:00 14:00-18:00").clock();
    for year in [-4000, 0, 1600, 2000, 2400, 6000, 9600] {
        let start = Zone::utc().start_of_day(Date::new(year, 1, 1).unwrap());
        let end = Zone::utc().start_of_day(Date::new(year + 1, 1, 1).unwrap());
        assert_eq!(clock.work(start, end), 260 * 8 * HOUR, "{year}");
        assert_eq!(
            clock.add_work(start, 260 * 8 * HOUR),
            Some(end - 54 * HOUR),
            "{year}"
        );
    }
}

#[test]
fn four_centuries_are_as_long_as_any_other_four() {
    // The calendar repeats after 400 years, clock changes included once their rule is settled.
    let clock = weekdays("Europe/Berlin", "00:30-04:00 09:00-18:00").clock();
    let starts = [2100, 2500, 2900, 8100]
        .map(|year| Zone::utc().start_of_day(Date::new(year, 1, 1).unwrap()));
    let lengths = starts.map(|start| clock.work(start, start + 146_097 * DAY));
    assert_eq!(lengths, [lengths[0]; 4]);
    for start in starts {
        assert_eq!(
            clock.add_work(start, lengths[0] - 1).map(|t| t - start),
            clock
                .add_work(starts[0], lengths[0] - 1)
                .map(|t| t - starts[0])
        );
    }
}

#[test]
fn an_empty_week_is_answered_without_a_walk() {
    let started = std::time::Instant::now();
    for _ in 0..100 {
        let clock = calendar("Europe/Berlin", [""; 7])
            .on("2020-05-04", "10:00-11:00")
            .on("2030-05-04", "10:00-11:00")
            .clock();
        assert_eq!(clock.work(Instant::MIN, Instant::MAX), 2 * HOUR);
        assert_eq!(clock.add_work(Instant::MIN, 3 * HOUR), None);
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn shifts_without_days_on_or_with_huge_ones() {
    let never = Shift {
        on: 0,
        off: 0,
        ..shift("UTC", "1/1", "2026-01-01", "10:00-20:00")
    };
    assert_eq!(
        Clock::new(Schedule::Shift(Arc::new(never))).add_work(0, 1),
        None
    );
    let rare = Shift {
        on: u32::MAX,
        off: u32::MAX,
        ..shift("UTC", "1/1", "9999-12-30", "10:00-20:00")
    };
    let clock = Clock::new(Schedule::Shift(Arc::new(rare)));
    assert_eq!(clock.work(Instant::MIN, Instant::MAX), 10 * HOUR);
    assert_eq!(
        clock.add_work(0, 5 * HOUR),
        Some(at("UTC", "9999-12-30 15:00"))
    );
}

#[test]
fn hundreds_of_intervals_a_day() {
    let text: Vec<String> = (0..720)
        .map(|i| {
            format!(
                "{:02}:{:02}-{:02}:{:02}",
                i / 30,
                i % 30 * 2,
                i / 30,
                i % 30 * 2 + 1
            )
        })
        .collect();
    let clock = daily("UTC", &text.join(" ")).clock();
    assert_eq!(clock.work(0, 100 * DAY), 100 * 12 * HOUR);
    assert_eq!(clock.add_work(0, 12 * HOUR), Some(DAY - MINUTE));
    assert_eq!(clock.add_work(0, 120 * 12 * HOUR), Some(120 * DAY - MINUTE));
}

#[test]
fn absences_over_all_time() {
    let clock = BERLIN.without(&[
        (Instant::MIN, Some(0)),
        (50 * 365 * DAY, None),
        (5, Some(5)),
        (9, Some(3)),
    ]);
    assert_eq!(
        clock.work(Instant::MIN, Instant::MAX),
        BERLIN.work(0, 50 * 365 * DAY)
    );
    assert_eq!(clock.add_work(Instant::MIN, HOUR), BERLIN.add_work(0, HOUR));
    let always = Clock::always().without(&[(Instant::MIN, Some(0)), (10, Some(Instant::MAX))]);
    assert_eq!(always.work(Instant::MIN, Instant::MAX), 10);
    assert_eq!(always.add_work(Instant::MIN, 10), Some(10));
    assert_eq!(always.add_work(Instant::MIN, 11), None);
    assert_eq!(always.add_work(Instant::MIN, i64::MAX), None);
    assert!(always.is_working(0) && !always.is_working(10) && !always.is_working(-1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_numbers_are_answered(
        points in prop::array::uniform3(any::<i64>()),
        far in prop::array::uniform3(-4e14..4e14),
        d in any::<i64>(),
    ) {
        for clock in [&*BERLIN, &*NIGHTS, &Clock::always()] {
            for mut t in [points, far.map(|t| t as i64)] {
                t.sort_unstable();
                let [a, b, c] = t;
                prop_assert_eq!(clock.work(b, a), 0);
                let (ab, bc) = (clock.work(a, b), clock.work(b, c));
                prop_assert!(0 <= ab && ab <= b.saturating_sub(a));
                prop_assert_eq!(ab.saturating_add(bc), clock.work(a, c));
                let d = d % (1 << 46);
                if let Some(end) = clock.add_work(a, d) {
                    prop_assert_eq!(clock.work(a, end), d.max(0));
                }
            }
        }
    }

    #[test]
    fn zones_go_there_and_back(
        t in -3.7e14..2.5e14,
        name in prop::sample::select(vec!["Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "Africa/Monrovia"]),
    ) {
        let t = t as i64;
        let zone = zone(name);
        let reading = zone.datetime(t);
        prop_assert!(zone.instant_from(reading) <= t && t <= zone.instant_to(reading));
        let d = zone.date(t);
        prop_assert!(zone.start_of_day(d) <= t && t < zone.end_of_day(d));
    }
}
