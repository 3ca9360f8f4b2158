//! Worked examples, most of them from bug reports against other systems (named in brackets).

use crate::support::*;

#[test]
fn a_limit_runs_into_the_next_morning_and_its_warning_too() {
    // [glpi-project/glpi PR#22678]
    let clock = weekdays("UTC", "08:00-18:00").clock();
    let start = at("UTC", "2026-11-23 17:00");
    assert_eq!(
        shown("UTC", clock.add_work(start, 4 * HOUR)),
        "Tue 2026-11-24 11:00"
    );
    assert_eq!(
        shown("UTC", clock.add_work(start, 3 * HOUR)),
        "Tue 2026-11-24 10:00"
    );
}

#[test]
fn a_calendar_of_all_hours_loses_no_minute_at_midnight() {
    // [zammad/zammad#3180]
    let clock = daily("UTC", "00:00-24:00").clock();
    let start = at("UTC", "2026-11-23 23:30");
    assert_eq!(
        clock.add_work(start, HOUR),
        Some(at("UTC", "2026-11-24 00:30"))
    );
}

#[test]
fn what_is_asked_on_sunday_waits_from_monday_morning() {
    // [frappe/helpdesk#2075]
    let clock = weekdays("UTC", "10:00-19:00").clock();
    let (asked, answered) = (at("UTC", "2026-11-22 15:00"), at("UTC", "2026-11-23 10:10"));
    assert_eq!(clock.work(asked, answered), 10 * MINUTE);
}

#[test]
fn an_interval_over_midnight_is_resumed_the_next_evening() {
    // [chatwoot/chatwoot#5254]
    let clock = daily("UTC", "21:00-02:00").clock();
    let start = at("UTC", "2026-11-21 01:00");
    assert_eq!(
        shown("UTC", clock.add_work(start, 2 * HOUR)),
        "Sat 2026-11-21 22:00"
    );
}

#[test]
fn the_offset_of_the_zone_does_not_touch_the_start_of_the_shift() {
    // [odoo/odoo#18166]
    let clock = daily("Etc/GMT-10", "09:00-17:00").clock();
    let at = |text| at("Etc/GMT-10", text);
    assert_eq!(
        clock.work(at("2026-11-23 09:10"), at("2026-11-23 09:40")),
        30 * MINUTE
    );
    assert_eq!(
        clock.work(at("2026-11-23 09:10"), at("2026-11-23 10:40")),
        90 * MINUTE
    );
}

#[test]
fn a_week_may_have_one_working_day() {
    // [osTicket/osTicket#6739]
    let clock = calendar("UTC", ["", "08:00-17:00", "", "", "", "", ""]).clock();
    let start = at("UTC", "2026-11-24 16:00");
    assert_eq!(
        shown("UTC", clock.add_work(start, 2 * HOUR)),
        "Tue 2026-12-01 09:00"
    );
}

#[test]
fn a_night_shift_lasts_seven_or_nine_hours_when_clocks_change() {
    // [zendesk/biz PR#37]
    let clock = daily("Europe/Berlin", "22:00-06:00").clock();
    let lengths = |date| {
        clock
            .intervals_on(day(date))
            .iter()
            .map(|(from, to)| to - from)
            .collect::<Vec<_>>()
    };
    assert_eq!(lengths("2026-03-27"), [8 * HOUR]);
    assert_eq!(lengths("2026-03-28"), [7 * HOUR]);
    assert_eq!(lengths("2026-10-24"), [9 * HOUR]);
}

#[test]
fn a_short_day_before_a_holiday_ends_the_hours_early() {
    // [bokmann/business_time#183]: Friday 22 February 2019 is shortened, Saturday is a holiday.
    let start = at("Europe/Moscow", "2019-02-22 16:30");
    let by_hand = weekdays("Europe/Moscow", "09:00-18:00")
        .on("2019-02-22", "09:00-17:00")
        .clock();
    assert_eq!(
        shown("Europe/Moscow", by_hand.add_work(start, HOUR)),
        "Mon 2019-02-25 09:30"
    );
    let by_law = weekdays("Europe/Moscow", "09:00-18:00").russian().clock();
    assert_eq!(by_law.add_work(start, HOUR), by_hand.add_work(start, HOUR));
}

#[test]
fn closed_days_are_stepped_over() {
    // [zammad/zammad#390], where 11 November was counted both as closed and as open
    let open = daily("Europe/Berlin", "09:00-21:00");
    let start = at("Europe/Berlin", "2016-11-09 23:00");
    let both = open
        .clone()
        .on("2016-11-11", "")
        .on("2016-11-13", "")
        .clock();
    assert_eq!(
        shown("Europe/Berlin", both.add_work(start, 48 * HOUR)),
        "Tue 2016-11-15 21:00"
    );
    assert_eq!(
        shown("Europe/Berlin", open.clock().add_work(start, 48 * HOUR)),
        "Sun 2016-11-13 21:00"
    );
}

#[test]
fn a_limit_that_ends_with_the_day_ends_on_that_day() {
    let clock = weekdays("UTC", "08:00-18:00").clock();
    let start = at("UTC", "2026-11-23 16:00");
    assert_eq!(
        shown("UTC", clock.add_work(start, 2 * HOUR)),
        "Mon 2026-11-23 18:00"
    );
    assert_eq!(
        shown("UTC", clock.add_work(start, 2 * HOUR + 1)),
        "Tue 2026-11-24 08:00"
    );
}
