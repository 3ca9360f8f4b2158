//! Durations and civil dates. The caller has chosen the zone; nothing here can shift an hour.

use jiff::civil::{Date, DateTime};

use crate::numbers::{HARD_SPACE, integer, signed};
use crate::vocabulary::{common, words};
use crate::{Lang, Value};

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// A length of time in at most two units, rounded to the smaller: `3 дн 4 ч`, `3 ч 20 мин`,
/// `5 мин 30 с`, `45 с`. A day is 24 hours. Below a minute there are whole seconds.
pub fn duration(ms: i64, lang: Lang) -> String {
    length(ms, true, lang)
}

/// A length of working time: `3 ч 20 мин раб.`, `3 h 20 min working`. Hours are not folded into
/// days, because a working day has no length that would suit every calendar.
pub fn working_duration(ms: i64, lang: Lang) -> String {
    let length = length(ms, false, lang);
    common(lang).text("working-time", &[("duration", Value::from(length))])
}

/// A day: `14 апр 2026`, `14 Apr 2026`.
pub fn date(date: Date, lang: Lang) -> String {
    format!("{} {}", day_and_month(date, lang), date.year())
}

/// A minute of a day: `вт 14 апр 2026, 09:40`. Seconds are cut off, as by a clock.
pub fn moment(moment: DateTime, lang: Lang) -> String {
    let day = moment.date();
    format!(
        "{} {}, {}",
        weekday(day, lang),
        date(day, lang),
        clock(moment)
    )
}

/// [`moment`] without the year: `вт 14 апр, 09:40`.
pub fn moment_short(moment: DateTime, lang: Lang) -> String {
    let day = moment.date();
    format!(
        "{} {}, {}",
        weekday(day, lang),
        day_and_month(day, lang),
        clock(moment)
    )
}

/// [`moment`], without the year where it is that of `now`.
pub fn moment_near(at: DateTime, now: DateTime, lang: Lang) -> String {
    match at.year() == now.year() {
        true => moment_short(at, lang),
        false => moment(at, lang),
    }
}

fn length(ms: i64, with_days: bool, lang: Lang) -> String {
    let words = words(lang);
    let total = ms.unsigned_abs();
    // Every step rounds the whole length anew, so that 59.6 s becomes a minute and 59 min 59.6 s
    // an hour, and nothing is rounded twice.
    let seconds = rounded(total, SECOND);
    let minutes = rounded(total, MINUTE);
    let hours = rounded(total, HOUR);
    let (big, small) = if seconds < 3600 {
        ((seconds / 60, &words.minute), (seconds % 60, &words.second))
    } else if minutes < 24 * 60 || !with_days {
        ((minutes / 60, &words.hour), (minutes % 60, &words.minute))
    } else {
        ((hours / 24, &words.day), (hours % 24, &words.hour))
    };
    let part = |(count, unit): (u64, &String)| {
        // A count of seconds made of milliseconds always fits.
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        format!("{}{HARD_SPACE}{unit}", integer(count, lang))
    };
    let text = match (big.0, small.0) {
        (0, _) => part(small),
        (_, 0) => part(big),
        _ => format!("{} {}", part(big), part(small)),
    };
    signed(ms < 0 && seconds > 0, &text)
}

fn rounded(total: u64, unit: u64) -> u64 {
    (total + unit / 2) / unit
}

fn day_and_month(date: Date, lang: Lang) -> String {
    let month = name(&words(lang).months, date.month() - 1);
    format!("{}{HARD_SPACE}{month}", date.day())
}

fn weekday(date: Date, lang: Lang) -> &'static str {
    name(
        &words(lang).weekdays,
        date.weekday().to_monday_zero_offset(),
    )
}

fn name(names: &'static [String], at: i8) -> &'static str {
    usize::try_from(at)
        .ok()
        .and_then(|at| names.get(at))
        .map_or("", String::as_str)
}

fn clock(moment: DateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain_spaces;
    use Lang::{En, Ru};
    use jiff::civil;

    const S: i64 = 1000;
    const M: i64 = 60 * S;
    const H: i64 = 60 * M;
    const D: i64 = 24 * H;

    #[test]
    fn durations_have_at_most_two_units() {
        assert_eq!(duration(3 * H + 20 * M, Ru), "3\u{A0}ч 20\u{A0}мин");
        for (ms, ru, en) in [
            (0, "0 с", "0 s"),
            (499, "0 с", "0 s"),
            (-499, "0 с", "0 s"),
            (500, "1 с", "1 s"),
            (45 * S, "45 с", "45 s"),
            (59_600, "1 мин", "1 min"),
            (59_499, "59 с", "59 s"),
            (5 * M + 30 * S, "5 мин 30 с", "5 min 30 s"),
            (59 * M + 59_499, "59 мин 59 с", "59 min 59 s"),
            (59 * M + 59_600, "1 ч", "1 h"),
            (3 * H + 20 * M, "3 ч 20 мин", "3 h 20 min"),
            (3 * H + 20 * M + 29 * S, "3 ч 20 мин", "3 h 20 min"),
            (3 * H + 20 * M + 30 * S, "3 ч 21 мин", "3 h 21 min"),
            (3 * H + 59 * M + 40 * S, "4 ч", "4 h"),
            (23 * H + 59 * M + 29 * S, "23 ч 59 мин", "23 h 59 min"),
            (23 * H + 59 * M + 30 * S, "1 дн", "1 d"),
            (D + 29 * M, "1 дн", "1 d"),
            (D + 23 * H + 30 * M, "2 дн", "2 d"),
            (3 * D + 4 * H, "3 дн 4 ч", "3 d 4 h"),
            (1500 * D, "1 500 дн", "1,500 d"),
            (-(3 * D + 4 * H), "−3 дн 4 ч", "−3 d 4 h"),
            (-59_600, "−1 мин", "−1 min"),
            (i64::MAX, "106 751 991 167 дн 7 ч", "106,751,991,167 d 7 h"),
            (
                i64::MIN,
                "−106 751 991 167 дн 7 ч",
                "−106,751,991,167 d 7 h",
            ),
        ] {
            assert_eq!(plain_spaces(&duration(ms, Ru)), ru, "{ms}");
            assert_eq!(plain_spaces(&duration(ms, En)), en, "{ms}");
        }
    }

    #[test]
    fn working_hours_are_not_folded_into_days() {
        for (ms, ru, en) in [
            (0, "0 с раб.", "0 s working"),
            (59_600, "1 мин раб.", "1 min working"),
            (3 * H + 20 * M, "3 ч 20 мин раб.", "3 h 20 min working"),
            (24 * H, "24 ч раб.", "24 h working"),
            (52 * H + 20 * M, "52 ч 20 мин раб.", "52 h 20 min working"),
            (2000 * H, "2 000 ч раб.", "2,000 h working"),
            (-90 * M, "−1 ч 30 мин раб.", "−1 h 30 min working"),
        ] {
            assert_eq!(plain_spaces(&working_duration(ms, Ru)), ru);
            assert_eq!(plain_spaces(&working_duration(ms, En)), en);
        }
    }

    #[test]
    fn a_longer_time_never_reads_shorter() {
        // Over every carry: the printed length, read back, does not fall.
        let read = |text: &str| -> i64 {
            let text = plain_spaces(text);
            let words: Vec<&str> = text.split(' ').collect();
            let unit = |word| match word {
                "s" => S,
                "min" => M,
                "h" => H,
                _ => D,
            };
            words
                .chunks(2)
                .map(|pair| pair[0].parse::<i64>().unwrap() * unit(pair[1]))
                .sum()
        };
        let mut last = 0;
        for ms in (0..3 * D).step_by(977) {
            let now = read(&duration(ms, En));
            assert!(now >= last, "{ms}");
            last = now;
        }
    }

    #[test]
    fn dates_and_moments() {
        let day = civil::date(2026, 4, 14);
        assert_eq!(date(day, Ru), "14\u{A0}апр 2026");
        assert_eq!(plain_spaces(&date(day, En)), "14 Apr 2026");
        let at = day.at(9, 40, 59, 999_999_999);
        assert_eq!(plain_spaces(&moment(at, Ru)), "вт 14 апр 2026, 09:40");
        assert_eq!(plain_spaces(&moment(at, En)), "Tue 14 Apr 2026, 09:40");
        assert_eq!(plain_spaces(&moment_short(at, Ru)), "вт 14 апр, 09:40");
        assert_eq!(plain_spaces(&moment_short(at, En)), "Tue 14 Apr, 09:40");
        let later = civil::date(2027, 1, 1).at(0, 0, 0, 0);
        assert_eq!(moment_near(at, at, Ru), moment_short(at, Ru));
        assert_eq!(moment_near(at, later, Ru), moment(at, Ru));
    }

    #[test]
    fn months_weekdays_and_the_ends_of_the_calendar() {
        let months: Vec<String> = (1..=12)
            .map(|month| plain_spaces(&date(civil::date(2026, month, 1), Ru)))
            .collect();
        assert_eq!(months[0], "1 янв 2026");
        assert_eq!(months[4], "1 мая 2026");
        assert_eq!(months[11], "1 дек 2026");
        let weekdays: Vec<&str> = (13..=19)
            .map(|day| weekday(civil::date(2026, 4, day), Ru))
            .collect();
        assert_eq!(weekdays, ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]);
        assert_eq!(
            plain_spaces(&date(civil::date(2024, 2, 29), Ru)),
            "29 фев 2024"
        );
        assert_eq!(plain_spaces(&date(Date::MIN, En)), "1 Jan -9999");
        assert_eq!(
            plain_spaces(&moment(DateTime::MAX, En)),
            "Fri 31 Dec 9999, 23:59"
        );
        // An hour that clocks in some zones skip is an hour like any other.
        let skipped = civil::date(2026, 3, 29).at(2, 30, 0, 0);
        assert_eq!(plain_spaces(&moment(skipped, Ru)), "вс 29 мар 2026, 02:30");
        let midnight = civil::date(2026, 1, 1).at(0, 0, 0, 0);
        assert_eq!(plain_spaces(&moment_short(midnight, Ru)), "чт 1 янв, 00:00");
    }
}
