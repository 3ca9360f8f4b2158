//! Mistakes that other systems made, each by name. Those that are worked examples stand with the
//! vectors.

use std::process::Command;
use std::sync::Arc;

use worktime::{Clock, Limit, Schedule};

use crate::support::*;

#[test]
fn a_holiday_is_a_day_off_and_not_an_observance() {
    // [zammad/zammad#390] 8 July, 25 January and 12 April are observed in Russia and worked.
    let clock = weekdays("Europe/Moscow", "09:00-18:00").russian().clock();
    for observed in ["2024-07-08", "2024-01-25", "2024-04-12"] {
        assert_eq!(clock.intervals_on(day(observed)).len(), 1, "{observed}");
    }
}

#[test]
fn holidays_count_in_every_method() {
    // [bokmann/business_time#175, pm4py#558]: one path forgot the calendar that it was given.
    let clock = weekdays("Europe/Moscow", "09:00-18:00").russian().clock();
    let noon = at("Europe/Moscow", "2025-05-01 12:00");
    assert!(!clock.is_working(noon));
    assert_eq!(clock.work(noon, noon + HOUR), 0);
    assert_eq!(
        shown("Europe/Moscow", clock.add_work(noon, HOUR)),
        "Mon 2025-05-05 10:00"
    );
    assert!(clock.intervals_on(day("2025-05-01")).is_empty());
    let absent_elsewhere = clock.without(&[(0, Some(1))]);
    assert_eq!(absent_elsewhere.work(noon, noon + HOUR), 0);
}

#[test]
fn a_working_day_is_as_long_as_the_regulation_says() {
    // [pm4py#559]: hours / 24 instead of hours / 8
    let clock = weekdays("UTC", "09:00-13:00 14:00-18:00").clock();
    let start = at("UTC", "2026-11-23 09:00");
    let limit = Limit::parse("3wd").unwrap();
    assert_eq!(
        shown("UTC", limit.breach(&clock, start, 8 * HOUR)),
        "Wed 2026-11-25 18:00"
    );
    assert_eq!(
        shown("UTC", limit.breach(&clock, start, 4 * HOUR)),
        "Tue 2026-11-24 13:00"
    );
}

#[test]
fn clocks_do_not_share_settings() {
    // [bokmann/business_time#181, #221, zendesk/biz#16]: global settings leaked from one request to
    // another.
    let (day, night) = (
        daily("UTC", "09:00-18:00").clock(),
        daily("UTC", "22:00-06:00").clock(),
    );
    let start = at("UTC", "2026-11-23 00:00");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    assert_eq!(day.work(start, start + DAY), 9 * HOUR);
                    assert_eq!(night.work(start, start + DAY), 8 * HOUR);
                }
            });
        }
    });
}

#[test]
fn a_short_lunch_is_no_working_time() {
    // [frappe/helpdesk#2212]
    let clock = weekdays("UTC", "09:00-12:45 13:00-18:00").clock();
    let start = at("UTC", "2026-11-23 12:40");
    assert_eq!(
        shown("UTC", clock.add_work(start, 10 * MINUTE)),
        "Mon 2026-11-23 13:05"
    );
}

#[test]
fn a_clock_change_in_the_middle_of_the_day_spoils_neither_day_nor_month() {
    // [zendesk/biz PR#37, bryntum/support#5964]
    let clock = weekdays("Europe/Berlin", "09:00-17:00").clock();
    for date in [
        "2026-03-27",
        "2026-03-30",
        "2026-04-30",
        "2026-10-23",
        "2026-10-26",
        "2026-11-30",
    ] {
        let lengths: Vec<_> = clock
            .intervals_on(day(date))
            .iter()
            .map(|(from, to)| to - from)
            .collect();
        assert_eq!(lengths, [8 * HOUR], "{date}");
        let start = at("Europe/Berlin", &format!("{date} 09:00"));
        assert_eq!(clock.intervals_on(day(date))[0].0, start);
    }
    let sunday = daily("Europe/Berlin", "00:00-24:00").clock();
    assert_eq!(
        sunday.work(
            at("Europe/Berlin", "2026-03-29 00:00"),
            at("Europe/Berlin", "2026-03-30 00:00")
        ),
        23 * HOUR
    );
    assert_eq!(
        sunday.work(
            at("Europe/Berlin", "2026-10-25 00:00"),
            at("Europe/Berlin", "2026-10-26 00:00")
        ),
        25 * HOUR
    );
}

#[test]
fn readings_that_are_skipped_or_come_twice() {
    let lengths = |text, date| {
        let clock = daily("Europe/Berlin", text).clock();
        clock
            .intervals_on(day(date))
            .iter()
            .map(|(from, to)| (to - from) / MINUTE)
            .collect::<Vec<_>>()
    };
    // 02:00 to 03:00 does not exist on 29 March: both ends move on by an hour.
    assert_eq!(lengths("02:10-02:50", "2026-03-29"), [40]);
    assert_eq!(lengths("01:30-02:30", "2026-03-29"), [60]);
    assert_eq!(lengths("02:30-03:15", "2026-03-29"), [0; 0]);
    assert_eq!(lengths("02:30-03:45", "2026-03-29"), [15]);
    assert_eq!(lengths("01:15-02:15 02:45-04:00", "2026-03-29"), [60, 15]);
    // It comes twice on 25 October: from the first start to the second end.
    assert_eq!(lengths("02:10-02:50", "2026-10-25"), [100]);
    assert_eq!(lengths("01:15-02:15 02:45-04:00", "2026-10-25"), [60 + 165]);
}

#[test]
fn the_zone_of_the_server_changes_nothing() {
    // [chatwoot/chatwoot#4028, RocketChat PR#32287, frappe/erpnext PR#38745]
    let vectors = |zone: &str| {
        let tests = std::env::current_exe().unwrap();
        let run = Command::new(tests)
            .env("TZ", zone)
            .args(["vectors::", "national::"])
            .output()
            .unwrap();
        assert!(
            run.status.success(),
            "{zone}: {}",
            String::from_utf8_lossy(&run.stdout)
        );
    };
    vectors("Pacific/Apia");
    vectors("America/Los_Angeles");
}

#[test]
fn a_month_is_that_of_the_calendar_and_not_of_who_looks() {
    // [odoo/odoo PR#15746, PR#22432, #26256]: 22 or 23 days by the zone of the viewer
    let far_east = weekdays("Asia/Vladivostok", "09:00-17:00").clock();
    let zone = zone("Asia/Vladivostok");
    let work = far_east.work(
        zone.start_of_day(day("2026-06-01")),
        zone.end_of_day(day("2026-06-30")),
    );
    assert_eq!(work, 22 * 8 * HOUR);
    assert_eq!(zone.date(at("UTC", "2026-05-31 20:00")), day("2026-06-01"));
}

#[test]
fn people_of_several_zones_keep_their_own_day() {
    // [odoo/odoo PR#243890: 16 h instead of 8 h, PR#262805: 48 h instead of 40 h]
    let weeks = ["Europe/Moscow", "Asia/Vladivostok", "America/New_York"].map(|name| {
        let zone = zone(name);
        let clock = weekdays(name, "09:00-17:00").clock();
        clock.work(
            zone.start_of_day(day("2026-11-23")),
            zone.end_of_day(day("2026-11-29")),
        )
    });
    assert_eq!(weeks, [40 * HOUR; 3]);
}

#[test]
fn an_empty_week_invents_no_deadline() {
    // [osTicket/osTicket PR#4807]: 150 days
    let clock = calendar("Europe/Moscow", [""; 7]).russian().clock();
    let start = at("Europe/Moscow", "2026-11-23 12:00");
    assert_eq!(clock.add_work(start, 1), None);
    assert_eq!(clock.work(start, start + 1000 * DAY), 0);
    let one_day = calendar("Europe/Moscow", [""; 7])
        .on("2026-12-01", "10:00-12:00")
        .clock();
    assert_eq!(
        shown("Europe/Moscow", one_day.add_work(start, 2 * HOUR)),
        "Tue 2026-12-01 12:00"
    );
    assert_eq!(one_day.add_work(start, 2 * HOUR + 1), None);
}

#[test]
fn no_country_means_no_holidays() {
    // [osTicket/osTicket PR#5509]: holidays of the USA for every new installation
    let clock = daily("America/New_York", "09:00-17:00").clock();
    for holiday in ["2026-01-01", "2026-07-04", "2026-11-26", "2026-12-25"] {
        assert_eq!(clock.intervals_on(day(holiday)).len(), 1, "{holiday}");
    }
}

#[test]
fn a_start_before_the_opening_hour_waits_for_it() {
    // [apache/incubator-kie-issues#1648, kiegroup/jbpm PR#1830]
    let clock = weekdays("UTC", "09:00-17:00").clock();
    let early = at("UTC", "2026-11-23 05:00");
    assert_eq!(
        shown("UTC", clock.add_work(early, HOUR)),
        "Mon 2026-11-23 10:00"
    );
    assert_eq!(clock.work(early, at("UTC", "2026-11-23 09:00")), 0);
}

#[test]
fn several_intervals_a_day_and_one_over_midnight() {
    // [apache/incubator-kie-issues#1651]: fires two days late
    let clock = daily("UTC", "08:00-12:00 20:00-02:00").clock();
    let start = at("UTC", "2026-11-23 11:00");
    assert_eq!(
        shown("UTC", clock.add_work(start, 8 * HOUR)),
        "Tue 2026-11-24 09:00"
    );
    assert_eq!(clock.work(start, start + DAY), 10 * HOUR);
}

#[test]
fn a_pause_counts_in_the_time_of_the_limit() {
    // [glpi-project/glpi PR#14937]: a pause in calendar time taken from a limit in working time
    let clock = weekdays("UTC", "09:00-17:00").clock();
    let (friday, monday) = (at("UTC", "2026-11-20 16:00"), at("UTC", "2026-11-23 10:00"));
    let paused = clock.without(&[(friday, Some(monday))]);
    let start = at("UTC", "2026-11-20 15:00");
    assert_eq!(
        shown("UTC", paused.add_work(start, 2 * HOUR)),
        "Mon 2026-11-23 11:00"
    );
}

#[test]
fn what_is_done_when_an_absence_begins_is_done_then() {
    let clock = daily("UTC", "00:00-24:00").clock();
    let at = |hour: i64| at("UTC", "2026-11-23 00:00") + hour * HOUR;
    let away = clock.without(&[
        (at(10), Some(at(11))),
        (at(12), Some(at(13))),
        (at(15), None),
    ]);
    let ends = [9, 10, 11, 12, 13].map(|start| away.add_work(at(start), HOUR));
    assert_eq!(ends, [10, 12, 12, 14, 14].map(|end| Some(at(end))));
    assert_eq!(away.add_work(at(10), 3 * HOUR), Some(at(15)));
    assert_eq!(away.add_work(at(10), 3 * HOUR + 1), None);
}

#[test]
fn nothing_is_rounded_to_minutes_nor_dropped_outside_the_hours() {
    // [fivetran/dbt_zendesk PR#136]
    let clock = weekdays("UTC", "09:00-17:00").clock();
    let morning = at("UTC", "2026-11-23 09:00");
    assert_eq!(clock.work(morning - 5, morning + 1), 1);
    assert_eq!(clock.add_work(morning - 5, 1), Some(morning + 1));
    let evening = at("UTC", "2026-11-23 20:00");
    assert_eq!(clock.work(evening, evening + HOUR), 0);
    assert_eq!(clock.work(morning, evening), 8 * HOUR);
}

#[test]
fn who_changes_shift_keeps_the_old_hours_before_that() {
    let company = Schedule::Company(Arc::new(weekdays("UTC", "09:00-18:00")));
    let nights = Schedule::Shift(Arc::new(shift("UTC", "2/2", "2026-11-23", "22:00-06:00")));
    let days = Schedule::Shift(Arc::new(shift("UTC", "1/1", "2026-12-01", "10:00-12:00")));
    let changes = vec![
        (day("2026-11-27"), days),
        (day("2026-11-20"), company),
        (day("2026-11-23"), nights),
    ];
    let clock = Clock::new(Schedule::Dated(changes));
    let hours_of = |date| {
        clock
            .intervals_on(day(date))
            .iter()
            .map(|(from, to)| (to - from) / HOUR)
            .collect::<Vec<_>>()
    };
    assert_eq!(hours_of("2026-10-05"), [9]); // before the first change: the first schedule
    assert_eq!(hours_of("2026-11-20"), [9]);
    assert_eq!(hours_of("2026-11-24"), [8]);
    assert_eq!(hours_of("2026-11-25"), [0; 0]);
    assert_eq!(hours_of("2026-11-27"), [2]);
    // The last night of the old shift would have begun on the 27th; that of the 24th is finished on
    // the 25th.
    assert_eq!(
        clock.work(at("UTC", "2026-11-25 00:00"), at("UTC", "2026-11-25 12:00")),
        6 * HOUR
    );
}

#[test]
fn of_two_schedules_from_one_date_the_later_in_the_list_holds() {
    let [short, long] =
        ["10:00-12:00", "09:00-18:00"].map(|text| Schedule::Company(Arc::new(daily("UTC", text))));
    let clock = Clock::new(Schedule::Dated(vec![
        (day("2026-11-20"), long),
        (day("2026-11-20"), short),
    ]));
    for date in ["2026-11-01", "2026-11-20", "2026-11-21"] {
        let intervals = clock.intervals_on(day(date));
        assert_eq!(intervals[0].1 - intervals[0].0, 2 * HOUR, "{date}");
    }
}

#[test]
fn a_schedule_of_nothing_is_never_any_work() {
    let clock = Clock::new(Schedule::Dated(Vec::new()));
    assert_eq!(clock.add_work(0, 1), None);
    assert_eq!(clock.work(0, DAY), 0);
    assert!(!clock.is_working(0));
    assert!(clock.intervals_on(day("2026-01-01")).is_empty());
}
