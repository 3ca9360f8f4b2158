//! What holds of every clock.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use worktime::{Clock, Hours, Instant, Limit, Shift};

use crate::model::{Plan, RADIUS, absences, centre, offset, plan, shifted};
use crate::support::*;

/// A clock with absences and the start of the weeks in which questions are asked.
fn clock_of(plan: &Plan, centre: Date, absences: &[(i64, Option<i64>)]) -> (Clock, Instant) {
    let start = zone("UTC").start_of_day(centre - RADIUS.days());
    (
        Clock::new(plan.schedule(centre)).without(&shifted(absences, start)),
        start,
    )
}

/// Instants years apart as well as minutes apart.
fn wide() -> impl Strategy<Value = i64> {
    let years = |n: i64| -n * 365 * DAY..n * 365 * DAY;
    prop_oneof![6 => offset(), 6 => years(3), 1 => years(80)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn work_is_not_negative_and_not_longer_than_time(
        p in plan(),
        c in centre(),
        away in absences(),
        a in wide(),
        b in wide(),
    ) {
        let (clock, start) = clock_of(&p, c, &away);
        let work = clock.work(start + a, start + b);
        prop_assert!(0 <= work && work <= (b - a).max(0));
    }

    #[test]
    fn work_is_additive(
        p in plan(),
        c in centre(),
        away in absences(),
        mut points in prop::array::uniform3(wide()),
    ) {
        let (clock, start) = clock_of(&p, c, &away);
        points.sort_unstable();
        let [a, b, c] = points.map(|t| start + t);
        prop_assert_eq!(clock.work(a, b) + clock.work(b, c), clock.work(a, c));
    }

    #[test]
    fn what_was_added_was_worked(
        p in plan(),
        c in centre(),
        away in absences(),
        a in wide(),
        d in 0..3000 * HOUR,
    ) {
        let (clock, start) = clock_of(&p, c, &away);
        if let Some(end) = clock.add_work(start + a, d) {
            prop_assert_eq!(clock.work(start + a, end), d);
            prop_assert!(d == 0 || clock.work(start + a, end - 1) < d, "the earliest such instant");
            prop_assert!(d == 0 || clock.is_working(end - 1));
            prop_assert!(end - (start + a) >= d);
        }
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(
        p in plan(),
        c in centre(),
        away in absences(),
        a in wide(),
        d in 1..300 * HOUR,
        e in 1..300 * HOUR,
    ) {
        let (clock, start) = clock_of(&p, c, &away);
        let twice = clock.add_work(start + a, d).and_then(|end| clock.add_work(end, e));
        prop_assert_eq!(twice, clock.add_work(start + a, d + e));
    }

    #[test]
    fn more_never_comes_earlier(
        p in plan(),
        c in centre(),
        away in absences(),
        a in wide(),
        later in 0..400 * DAY,
        d in 0..500 * HOUR,
        more in 0..50 * HOUR,
    ) {
        let (clock, start) = clock_of(&p, c, &away);
        let end = |a, d| clock.add_work(a, d).unwrap_or(Instant::MAX);
        let a = start + a;
        prop_assert!(end(a, d) <= end(a, d + more));
        prop_assert!(end(a, d) <= end(a + later, d));
        prop_assert!(clock.work(a, a + later) <= clock.work(a, a + later + more));
    }

    #[test]
    fn absences_only_take_away(
        p in plan(),
        c in centre(),
        away in absences(),
        more in absences(),
        a in wide(),
        b in wide(),
        d in 0..200 * HOUR,
    ) {
        let (clock, start) = clock_of(&p, c, &away);
        let less = clock.without(&shifted(&more, start));
        let (a, b) = (start + a, start + b);
        prop_assert!(less.work(a, b) <= clock.work(a, b));
        prop_assert!(clock.add_work(a, d).unwrap_or(Instant::MAX) <= less.add_work(a, d).unwrap_or(Instant::MAX));
        prop_assert!(!less.is_working(a) || clock.is_working(a));
        // Once or in two steps, the same.
        let at_once: Vec<_> = away.iter().chain(&more).copied().collect();
        let (together, _) = clock_of(&p, c, &at_once);
        prop_assert_eq!(together.work(a, b), less.work(a, b));
        prop_assert_eq!(together.add_work(a, d), less.add_work(a, d));
    }

    #[test]
    fn more_hours_are_more_work(on in 1_u32..5, off in 0_u32..5, a in wide(), b in wide()) {
        let clock_with = |text: &str| {
            let hours = hours(text);
            let shift = Shift { zone: zone("Europe/Berlin"), on, off, anchor: day("2026-03-28"), hours };
            Clock::new(worktime::Schedule::Shift(std::sync::Arc::new(shift)))
        };
        let (few, many) = (clock_with("02:10-02:50 09:00-18:00"), clock_with("02:00-03:00 08:00-18:00 22:00-23:00"));
        prop_assert!(few.work(a, b) <= many.work(a, b));
    }

    #[test]
    fn all_hours_are_wall_clock_time(
        a in wide(),
        b in wide(),
        d in 0..5000 * HOUR,
        name in prop::sample::select(&crate::model::ZONES),
    ) {
        let all = daily(name, "00:00-24:00").clock();
        prop_assert_eq!(all.work(a, b), Clock::always().work(a, b));
        prop_assert_eq!(all.add_work(a, d), Clock::always().add_work(a, d));
        prop_assert_eq!(Clock::always().work(a, b), (b - a).max(0));
    }

    #[test]
    fn what_was_asked_before_changes_nothing(
        p in plan(),
        c in centre(),
        away in absences(),
        asked in prop::collection::vec((wide(), wide()), 6),
    ) {
        let (warm, start) = clock_of(&p, c, &away);
        for (a, b) in asked {
            let (a, b) = (start + a, start + b);
            let (fresh, _) = clock_of(&p, c, &away);
            prop_assert_eq!(warm.add_work(a, b.abs() % (900 * HOUR)), fresh.add_work(a, b.abs() % (900 * HOUR)));
            let (fresh, _) = clock_of(&p, c, &away);
            prop_assert_eq!(warm.work(a, b), fresh.work(a, b));
        }
    }

    #[test]
    fn far_work_is_the_sum_of_near_work(
        p in plan(),
        c in centre(),
        a in wide(),
        years in 15_i64..60,
    ) {
        // Beyond sixteen chunks the answer comes from totals; year by year it does not.
        let (clock, start) = clock_of(&p, c, &[]);
        let steps: Vec<_> = (0..=years).map(|y| start + a + y * 365 * DAY).collect();
        let near: i64 = steps.windows(2).map(|s| clock.work(s[0], s[1])).sum();
        let (fresh, _) = clock_of(&p, c, &[]);
        prop_assert_eq!(fresh.work(steps[0], steps[steps.len() - 1]), near);
        let end = fresh.add_work(steps[0], near);
        prop_assert!(near == 0 || end.is_some_and(|end| end <= steps[steps.len() - 1] && clock.work(steps[0], end) == near));
    }

    #[test]
    fn intervals_of_all_dates_are_all_work(p in plan(), c in centre(), away in absences()) {
        let (clock, start) = clock_of(&p, c, &away);
        let inside = |t: i64| t.clamp(start, start + 2 * RADIUS * DAY);
        let mut intervals: Vec<_> = (-RADIUS - 4..=RADIUS + 4).flat_map(|d| clock.intervals_on(c + d.days())).collect();
        intervals.sort_unstable();
        let mut last = start;
        let mut sum = 0;
        for (from, to) in intervals {
            sum += inside(to).max(last) - inside(from).max(last);
            last = last.max(inside(to));
        }
        prop_assert_eq!(sum, clock.work(start, start + 2 * RADIUS * DAY));
    }

    #[test]
    fn a_breach_is_never_nearer_than_its_lower_bound(
        p in plan(),
        c in centre(),
        a in wide(),
        n in 0_u32..200,
        unit in prop::sample::select(vec!["m", "h", "wd", "d"]),
    ) {
        let (clock, start) = clock_of(&p, c, &[]);
        let limit = Limit::parse(&format!("{n}{unit}")).unwrap();
        if let Some(breach) = limit.breach(&clock, start + a, 8 * HOUR) {
            prop_assert!(breach - (start + a) >= limit.at_least(8 * HOUR));
        }
        prop_assert_eq!(limit.to_string().parse::<Limit>().unwrap(), limit);
        let always = limit.breach(&Clock::always(), start, 8 * HOUR);
        prop_assert_eq!(always, Some(start + limit.plain_ms(8 * HOUR)));
    }

    #[test]
    fn hours_are_read_as_written(from in 0_u16..1440, length in 1_u16..1440) {
        let to = (from + length) % 1440;
        let text = format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
        let hours = Hours::parse(&[&text]).unwrap();
        prop_assert_eq!(hours.spans(), [(from, from + length)]);
        let shorter = hours.shortened_by_an_hour();
        let left: u16 = shorter.spans().iter().map(|(a, b)| b - a).sum();
        prop_assert_eq!(left, length.saturating_sub(60));
    }
}
