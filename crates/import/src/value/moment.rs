//! Dates and times of any form.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// A form that dates may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DateFormat {
    /// `strptime` directives.
    Pattern {
        pattern: String,
        has_time: bool,
        has_zone: bool,
        has_month_name: bool,
    },
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMs,
    /// Days since 1899-12-30.
    Excel,
}

/// What a date says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// An instant: the text named a zone.
    Instant(i64),
    /// A local date with its time of day.
    Local(DateTime),
    /// A local date.
    Day(Date),
}

impl DateFormat {
    /// The form a mapping means by `word`; none where it is neither a name nor a pattern
    /// that can be read back.
    pub fn parse(word: &str) -> Option<DateFormat> {
        match word {
            "unix" => return Some(DateFormat::Unix),
            "unix_ms" => return Some(DateFormat::UnixMs),
            "excel" => return Some(DateFormat::Excel),
            _ => {}
        }
        let directives = directives(word);
        let has = |letters: &str| directives.iter().any(|d| letters.contains(*d));
        let format = DateFormat::Pattern {
            pattern: word.to_owned(),
            has_time: has("HIklTRs"),
            has_zone: has("zQs"),
            has_month_name: has("bBh"),
        };
        let sample: Zoned = "2021-04-16T13:02:03+00:00[UTC]".parse().ok()?;
        let written = strtime::format(word, &sample).ok()?;
        format.read(&written).map(|_| format)
    }

    /// The forms tried where a mapping names none.
    pub fn usual() -> Vec<DateFormat> {
        ["%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"]
            .iter()
            .filter_map(|pattern| DateFormat::parse(pattern))
            .collect()
    }

    fn read(&self, text: &str) -> Option<Moment> {
        match self {
            DateFormat::Unix => {
                let seconds: f64 = text.parse().ok()?;
                in_range(seconds * 1000.0)
            }
            DateFormat::UnixMs => in_range(text.parse().ok()?),
            DateFormat::Excel => from_excel_days(text.replace(',', ".").parse().ok()?),
            DateFormat::Pattern {
                pattern,
                has_time,
                has_zone,
                has_month_name,
            } => {
                let read: BrokenDownTime = if *has_month_name && !text.is_ascii() {
                    let short = pattern.replace("%B", "%b");
                    strtime::parse(short, with_english_months(text)).ok()?
                } else {
                    strtime::parse(pattern, text).ok()?
                };
                if *has_zone {
                    return Some(Moment::Instant(read.to_timestamp().ok()?.as_millisecond()));
                }
                if *has_time {
                    return Some(Moment::Local(read.to_datetime().ok()?));
                }
                Some(Moment::Day(read.to_date().ok()?))
            }
        }
    }
}

/// The letters of a pattern's directives.
fn directives(pattern: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c == '%' {
            let skipped = |c: &char| !c.is_ascii_alphabetic() && *c != '%';
            found.extend(chars.by_ref().find(|c| !skipped(c)));
        }
    }
    found
}

/// Reads a date: ISO 8601 in any case, then each of `formats`.
pub(crate) fn parse(text: &str, formats: &[DateFormat]) -> Option<Moment> {
    let text = text.trim();
    iso(text).or_else(|| formats.iter().find_map(|format| format.read(text)))
}

/// The year first, then month and day: nothing else looks like it.
fn iso(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    if bytes.len() == 10 {
        return Some(Moment::Day(text.parse().ok()?));
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        let ms = at.as_nanosecond().div_euclid(1_000_000);
        return Some(Moment::Instant(i64::try_from(ms).ok()?));
    }
    Some(Moment::Local(text.parse().ok()?))
}

fn in_range(ms: f64) -> Option<Moment> {
    if !ms.is_finite() || ms.abs() > 9.0e15 {
        return None;
    }
    let at = Timestamp::from_millisecond(ms.floor() as i64).ok()?;
    Some(Moment::Instant(at.as_millisecond()))
}

/// A spreadsheet's day count, to the nearest millisecond.
pub(crate) fn from_excel_days(days: f64) -> Option<Moment> {
    if !days.is_finite() || !(1.0..3_000_000.0).contains(&days) {
        return None;
    }
    let epoch = jiff::civil::date(1899, 12, 30);
    let ms = (days.fract() * 86_400_000.0).round() as i64;
    let whole = jiff::Span::new().try_days(days.trunc() as i64).ok()?;
    let date = epoch.checked_add(whole).ok()?;
    if ms == 0 {
        return Some(Moment::Day(date));
    }
    let span = jiff::Span::new().try_milliseconds(ms).ok()?;
    let at = date.to_datetime(Time::midnight()).checked_add(span).ok()?;
    Some(Moment::Local(at))
}

/// The instant meant: local times in `zone`, dates at `time` (midnight where there is none).
/// A local time that a change of the clocks leaves out is moved on by the change; of one
/// that exists twice the first counts.
pub(crate) fn to_instant(moment: Moment, zone: &TimeZone, time: Option<Time>) -> Option<i64> {
    let local = match moment {
        Moment::Instant(ms) => return Some(ms),
        Moment::Local(at) => at,
        Moment::Day(day) => day.to_datetime(time.unwrap_or(Time::midnight())),
    };
    Some(zone.to_timestamp(local).ok()?.as_millisecond())
}

/// Russian names of months, by their first three letters.
const MONTHS: [(&str, &str); 13] = [
    ("янв", "Jan"),
    ("фев", "Feb"),
    ("мар", "Mar"),
    ("апр", "Apr"),
    ("мая", "May"),
    ("май", "May"),
    ("июн", "Jun"),
    ("июл", "Jul"),
    ("авг", "Aug"),
    ("сен", "Sep"),
    ("окт", "Oct"),
    ("ноя", "Nov"),
    ("дек", "Dec"),
];

/// «16 апр. 2021 г.» as "16 Apr 2021": what patterns with names of months read.
fn with_english_months(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split_inclusive(|c: char| !c.is_alphabetic());
    let mut result = String::with_capacity(text.len());
    for word in words {
        let month = MONTHS.iter().find(|(russian, _)| word.starts_with(russian));
        match month {
            Some((_, english)) => {
                result.push_str(english);
                let tail = word.trim_start_matches(|c: char| c.is_alphabetic());
                result.push_str(tail.trim_start_matches('.'));
            }
            None => result.push_str(word),
        }
    }
    let trimmed = result.trim_end_matches("г.").trim_end_matches("г");
    trimmed.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, formats: &[&str]) -> Option<i64> {
        let formats: Vec<_> = formats
            .iter()
            .map(|f| DateFormat::parse(f).expect("a format"))
            .collect();
        let zone = TimeZone::get("Europe/Berlin").expect("bundled");
        to_instant(parse(text, &formats)?, &zone, None)
    }

    fn utc(text: &str) -> Option<i64> {
        history::read::parse_instant(text)
    }

    #[test]
    fn dates_of_many_forms() {
        let cases = [
            ("21.06.2024 15:30", "%d.%m.%Y %H:%M", "2024-06-21T13:30:00Z"),
            (
                "16 Apr, 2021 00:02:00",
                "%d %b, %Y %H:%M:%S",
                "2021-04-15T22:02:00Z",
            ),
            ("990201 7:02:47", "%y%m%d %H:%M:%S", "1999-02-01T06:02:47Z"),
            (
                "16 апр. 2021 г., 00:02",
                "%d %b %Y г., %H:%M",
                "2021-04-15T22:02:00Z",
            ),
            ("1 марта 2021", "%d %B %Y", "2021-02-28T23:00:00Z"),
            ("1617235200", "unix", "2021-04-01T00:00:00Z"),
            ("44287,5", "excel", "2021-04-01T10:00:00Z"),
            (
                "04/16/2021 1:02 PM",
                "%m/%d/%Y %I:%M %p",
                "2021-04-16T11:02:00Z",
            ),
            (
                "2021-04-16T00:02:00+0300",
                "%Y-%m-%dT%H:%M:%S%z",
                "2021-04-15T21:02:00Z",
            ),
        ];
        for (text, format, expected) in cases {
            assert_eq!(read(text, &[format]), utc(expected), "{text}");
        }
    }

    #[test]
    fn iso_needs_no_format() {
        for (text, expected) in [
            ("2024-05-10 17:34:00", "2024-05-10T15:34:00Z"),
            ("2024-05-10", "2024-05-09T22:00:00Z"),
            (
                "2011-10-11 13:45:40.276000+02:00",
                "2011-10-11T11:45:40.276Z",
            ),
            ("2020-04-01T17:31:32.000Z", "2020-04-01T17:31:32Z"),
        ] {
            assert_eq!(read(text, &[]), utc(expected), "{text}");
        }
        for bad in ["", "вчера", "2024-13-01", "31.02.2024", "2024-05-1x"] {
            assert_eq!(read(bad, &["%d.%m.%Y"]), None, "{bad}");
        }
    }

    #[test]
    fn clocks_that_change() {
        let formats = ["%d.%m.%Y %H:%M"];
        let gap = read("31.03.2024 02:30", &formats);
        assert_eq!(gap, utc("2024-03-31T01:30:00Z"));
        let twice = read("27.10.2024 02:30", &formats);
        assert_eq!(twice, utc("2024-10-27T00:30:00Z"));
    }

    #[test]
    fn a_pattern_that_cannot_be_read_back_is_none() {
        for bad in ["%Й", "%", "%H:%M", "DD.MM.YYYY %q"] {
            assert_eq!(DateFormat::parse(bad), None, "{bad}");
        }
        assert!(DateFormat::parse("%d.%m.%Y %H:%M:%S%.f").is_some());
    }
}
