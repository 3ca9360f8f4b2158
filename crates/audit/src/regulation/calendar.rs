//! The zone, the calendar and the shifts of a regulation file.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use worktime::{Calendar, Country, Hours, Limit, Shift, Zone};

use super::parse::{Reader, Spanned, Table};
use super::{Expected, Mistake, What};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const EIGHT_HOURS_MS: i64 = 8 * 3_600_000;

impl Reader {
    /// The zone of all local dates and hours; UTC where it is missing, which is a mistake.
    pub(super) fn zone(&mut self, top: Table<'_>) -> Zone {
        if top.get("timezone").is_none() {
            let (key, table) = ("timezone", String::new());
            let what = What::MissingKey { key, table };
            self.mistakes.push(Mistake::nowhere(what));
        }
        let named = |text: &str| Zone::new(text).ok();
        self.parsed(top, "timezone", named, Expected::Zone)
            .unwrap_or_else(Zone::utc)
    }

    /// The company's hours, and what `1wd` is worth in milliseconds.
    pub(super) fn calendar(&mut self, top: Table<'_>, zone: &Zone) -> (Calendar, i64) {
        let mut calendar = Calendar {
            zone: zone.clone(),
            week: std::array::from_fn(|_| Hours::closed()),
            country: None,
            exceptions: BTreeMap::new(),
        };
        let Some(table) = self.table(top, "calendar", "calendar") else {
            return (calendar, EIGHT_HOURS_MS);
        };
        self.known_keys(table, &["country", "day_length", "week", "exception"]);
        calendar.country = self.parsed(table, "country", Country::parse, Expected::Country);
        if let Some(week) = self.table(table, "week", "calendar.week") {
            self.known_keys(week, &WEEKDAYS);
            for (day, name) in calendar.week.iter_mut().zip(WEEKDAYS) {
                if let Some(value) = week.get(name) {
                    *day = self.hours(name, value);
                }
            }
        }
        let exceptions = self.exceptions(table);
        // Without a week there is no working time at all, not even on excepted dates.
        if table.get("week").is_some() {
            calendar.exceptions = exceptions;
        }
        (calendar, self.day_length(table))
    }

    fn day_length(&mut self, calendar: Table<'_>) -> i64 {
        const KEY: &str = "day_length";
        let read = calendar
            .get(KEY)
            .and_then(|value| Some((value, self.as_limit(KEY, value)?)));
        let Some((value, limit)) = read else {
            return EIGHT_HOURS_MS;
        };
        if !matches!(limit, Limit::Minutes(1..) | Limit::Hours(1..)) {
            self.bad(KEY, value, Expected::DayLength);
        }
        limit.plain_ms(EIGHT_HOURS_MS)
    }

    fn hours(&mut self, key: &str, value: &Spanned<'_>) -> Hours {
        if value.get_ref().as_array().is_none() {
            self.bad(key, value, Expected::HoursList);
            return Hours::closed();
        }
        let words = self.as_words(key, value).unwrap_or_default();
        for word in &words {
            if let Err(error) = Hours::parse(&[&word.text]) {
                let what = What::BadValue {
                    key: key.to_owned(),
                    value: format!("\"{}\"", word.text),
                    expected: Box::new(Expected::Hours(error)),
                    nearest: None,
                };
                self.add(word.place.clone(), what);
            }
        }
        let spans: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Hours::parse(&spans).unwrap_or_default()
    }

    fn exceptions(&mut self, calendar: Table<'_>) -> BTreeMap<Date, Hours> {
        let mut exceptions = BTreeMap::new();
        for (table, place) in self.tables(calendar, "exception", "[calendar.exception]") {
            self.known_keys(table, &["date", "hours"]);
            for key in ["date", "hours"] {
                if table.get(key).is_none() {
                    self.missing(place.clone(), key, table.name);
                }
            }
            let hours = table.get("hours").map(|value| self.hours("hours", value));
            let date = self.date(table, "date");
            if let (Some(date), Some(hours)) = (date, hours)
                && exceptions.insert(date, hours).is_some()
            {
                let place = table.get("date").map_or(place, |date| date.span());
                self.add(place, What::SameException(date.to_string()));
            }
        }
        exceptions
    }

    pub(super) fn shifts(&mut self, top: Table<'_>, zone: &Zone) -> BTreeMap<String, Arc<Shift>> {
        let Some(all) = self.table(top, "shift", "shift") else {
            return BTreeMap::new();
        };
        let mut shifts = BTreeMap::new();
        for (name, value) in all.table {
            let label = format!("shift.{}", name.get_ref());
            let Some(table) = self.as_table(&label, value) else {
                continue;
            };
            let table = Table {
                table,
                name: &label,
            };
            self.known_keys(table, &["pattern", "anchor", "hours"]);
            for key in ["pattern", "anchor", "hours"] {
                if table.get(key).is_none() {
                    self.missing(name.span(), key, &label);
                }
            }
            if let Some(shift) = self.shift(table, zone) {
                shifts.insert(name.get_ref().to_string(), Arc::new(shift));
            }
        }
        shifts
    }

    fn shift(&mut self, table: Table<'_>, zone: &Zone) -> Option<Shift> {
        let days = |text: &str| Shift::parse_pattern(text).ok();
        let pattern = self.parsed(table, "pattern", days, Expected::ShiftPattern);
        let anchor = self.date(table, "anchor");
        let hours = table.get("hours").map(|value| self.hours("hours", value));
        let (on, off) = pattern?;
        Some(Shift {
            zone: zone.clone(),
            on,
            off,
            anchor: anchor?,
            hours: hours?,
        })
    }
}
