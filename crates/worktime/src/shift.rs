//! Shift patterns.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::zone::day_number;
use crate::{Hours, Zone};

/// So many days on, so many off, over and over, before the anchor as after it.
///
/// Holidays and the exceptions of a calendar do not touch a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The zone of the hours.
    pub zone: Zone,
    /// Days on. With none there is never any work.
    pub on: u32,
    /// Days off after them. With none every day is on.
    pub off: u32,
    /// A first day on.
    pub anchor: Date,
    /// The hours of a day on.
    pub hours: Hours,
}

/// A text that is no shift pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a shift pattern; write the days on and the days off as `3/3`, 1 to 366 on and 0 to 366 off"
)]
pub struct PatternError(pub String);

impl Shift {
    /// The longest run of days on, or off, that a pattern may have.
    const LONGEST: u32 = 366;

    /// Reads `3/3` as three days on and three off.
    ///
    /// # Errors
    ///
    /// When the text is not two whole numbers with a slash between them, the first from 1 to 366
    /// and the second from 0 to 366.
    ///
    /// ```
    /// use worktime::Shift;
    ///
    /// assert_eq!(Shift::parse_pattern("2/1").unwrap(), (2, 1));
    /// assert_eq!(Shift::parse_pattern("7/0").unwrap(), (7, 0)); // every day
    /// assert!(Shift::parse_pattern("0/7").is_err());
    /// assert!(Shift::parse_pattern("3-3").is_err());
    /// ```
    pub fn parse_pattern(text: &str) -> Result<(u32, u32), PatternError> {
        let number = |part: &str| {
            let digits = part.trim();
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            plain
                .then(|| digits.parse().ok().filter(|n| *n <= Self::LONGEST))
                .flatten()
        };
        let parsed = text
            .split_once('/')
            .and_then(|(on, off)| Some((number(on)?, number(off)?)));
        parsed
            .filter(|(on, _)| *on > 0)
            .ok_or_else(|| PatternError(text.to_owned()))
    }

    /// The hours that start on a date; closed on a day off.
    ///
    /// # Example: the pattern runs both ways from its anchor
    ///
    /// ```
    /// use jiff::civil::date;
    /// use worktime::{Hours, Shift, Zone};
    ///
    /// let shift = Shift {
    ///     zone: Zone::utc(),
    ///     on: 2,
    ///     off: 1,
    ///     anchor: date(2026, 1, 1),
    ///     hours: Hours::parse(&["10:00-20:00"]).unwrap(),
    /// };
    /// let on = |d| !shift.hours_on(d).is_empty();
    /// assert!(on(date(2026, 1, 1)) && on(date(2026, 1, 2)) && !on(date(2026, 1, 3)));
    /// assert!(!on(date(2025, 12, 31)) && on(date(2025, 12, 30)) && on(date(2025, 12, 29)));
    /// ```
    pub fn hours_on(&self, d: Date) -> Cow<'_, Hours> {
        if self.is_on(d) {
            Cow::Borrowed(&self.hours)
        } else {
            Cow::Owned(Hours::closed())
        }
    }

    fn is_on(&self, d: Date) -> bool {
        let period = i64::from(self.on) + i64::from(self.off);
        // No days at all make no period; `on` is then 0 as well.
        period > 0
            && (day_number(d) - day_number(self.anchor)).rem_euclid(period) < i64::from(self.on)
    }
}
