//! The working hours of one day.

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The working hours of one day: intervals in minutes after midnight, sorted, none of them
/// overlapping.
///
/// An interval may end after 24:00: `22:00-06:00` is (1320, 1800) and belongs to the day on which
/// it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hours {
    spans: Vec<(u16, u16)>,
}

/// A text that is no interval of working hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not two times with a hyphen between them.
    #[error("`{0}` is not an interval; write it as `09:00-18:00`")]
    NotAnInterval(String),
    /// A time of the interval is none.
    #[error("`{time}` in `{span}` is not a time from 00:00 to 24:00")]
    NotATime {
        /// The interval as written.
        span: String,
        /// The part of it that is no time.
        time: String,
    },
    /// The interval starts at 24:00: it belongs to the next day.
    #[error("`{0}` starts at 24:00; write it on the next day, from 00:00")]
    StartsAtDayEnd(String),
    /// Both times are the same. The whole day is `00:00-24:00`.
    #[error("`{0}` has no length; the whole day is `00:00-24:00`")]
    Empty(String),
}

impl Hours {
    /// Reads intervals such as `09:00-18:00`, in any order.
    ///
    /// Intervals that overlap become one; intervals that only touch stay apart, which matters to
    /// [`Hours::shortened_by_an_hour`]. No interval at all is a day off.
    ///
    /// # Errors
    ///
    /// When a text is not two times from 00:00 to 24:00 with a hyphen between them, when it starts
    /// at 24:00, or when both times are equal.
    ///
    /// # Example: lunch, night, the end of the day
    ///
    /// ```
    /// use worktime::Hours;
    ///
    /// let lunch = Hours::parse(&["14:00-18:00", "09:00-13:00"]).unwrap();
    /// assert_eq!(lunch.spans(), [(540, 780), (840, 1080)]);
    ///
    /// let night = Hours::parse(&["22:00-06:00"]).unwrap();
    /// assert_eq!(night.spans(), [(1320, 1800)]);
    ///
    /// let whole_day = Hours::parse(&["00:00-24:00"]).unwrap();
    /// assert_eq!(whole_day.spans(), [(0, 1440)]); // no minute lost before midnight
    ///
    /// assert!(Hours::parse(&["09:00-09:00"]).is_err());
    /// ```
    pub fn parse(spans: &[&str]) -> Result<Hours, HoursError> {
        let mut parsed = spans
            .iter()
            .map(|s| parse_span(s))
            .collect::<Result<Vec<_>, _>>()?;
        parsed.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::with_capacity(parsed.len());
        for (from, to) in parsed {
            match merged.last_mut() {
                Some(last) if from < last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Ok(Hours { spans: merged })
    }

    /// A day off.
    pub fn closed() -> Hours {
        Hours::default()
    }

    /// Whether it is a day off.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The intervals in minutes after midnight, sorted; ends may lie past 1440.
    pub fn spans(&self) -> &[(u16, u16)] {
        &self.spans
    }

    /// The hours of a day shortened by law: the last interval ends an hour earlier, and vanishes if
    /// it is no longer than an hour.
    ///
    /// # Example: the last interval alone is shortened
    ///
    /// ```
    /// use worktime::Hours;
    ///
    /// let day = Hours::parse(&["09:00-13:00", "14:00-18:00"]).unwrap();
    /// assert_eq!(day.shortened_by_an_hour().spans(), [(540, 780), (840, 1020)]);
    ///
    /// let short_evening = Hours::parse(&["09:00-18:00", "19:00-20:00"]).unwrap();
    /// assert_eq!(short_evening.shortened_by_an_hour().spans(), [(540, 1080)]);
    ///
    /// assert!(Hours::closed().shortened_by_an_hour().is_empty());
    /// ```
    pub fn shortened_by_an_hour(&self) -> Hours {
        let mut spans = self.spans.clone();
        if let Some((from, to)) = spans.pop()
            && to - from > 60
        {
            spans.push((from, to - 60));
        }
        Hours { spans }
    }
}

fn parse_span(text: &str) -> Result<(u16, u16), HoursError> {
    let (from, to) = text
        .split_once('-')
        .ok_or_else(|| HoursError::NotAnInterval(text.to_owned()))?;
    let time = |part: &str| {
        let time = part.trim();
        parse_time(time).ok_or_else(|| HoursError::NotATime {
            span: text.to_owned(),
            time: time.to_owned(),
        })
    };
    let (from, to) = (time(from)?, time(to)?);
    match (from, to) {
        (DAY, _) => Err(HoursError::StartsAtDayEnd(text.to_owned())),
        _ if from == to => Err(HoursError::Empty(text.to_owned())),
        _ if to < from => Ok((from, to + DAY)),
        _ => Ok((from, to)),
    }
}

/// `9:00`, `09:00` or `24:00`, in minutes.
fn parse_time(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_interval() {
        let refused = |text: &str| Hours::parse(&[text]).unwrap_err();
        assert!(matches!(refused("09:00"), HoursError::NotAnInterval(_)));
        assert!(matches!(
            refused("09:00-24:01"),
            HoursError::NotATime { .. }
        ));
        assert!(matches!(
            refused("09:60-10:00"),
            HoursError::NotATime { .. }
        ));
        assert!(matches!(
            refused("+9:00-10:00"),
            HoursError::NotATime { .. }
        ));
        assert!(matches!(
            refused("09:00-10:00-11:00"),
            HoursError::NotATime { .. }
        ));
        assert!(matches!(refused("-"), HoursError::NotATime { .. }));
        assert!(matches!(
            refused("24:00-02:00"),
            HoursError::StartsAtDayEnd(_)
        ));
        assert!(matches!(refused("00:00-00:00"), HoursError::Empty(_)));
        assert_eq!(
            refused("9h-10:00").to_string(),
            "`9h` in `9h-10:00` is not a time from 00:00 to 24:00"
        );
    }

    #[test]
    fn overlapping_intervals_become_one_and_touching_ones_stay_apart() {
        let hours = Hours::parse(&["12:00-18:00", "09:00-13:00"]).unwrap();
        assert_eq!(hours.spans(), [(540, 1080)]);
        let hours = Hours::parse(&["09:00-17:30", "17:30-18:00"]).unwrap();
        assert_eq!(hours.spans(), [(540, 1050), (1050, 1080)]);
        let hours = Hours::parse(&["20:00-06:00", "22:00-23:00"]).unwrap();
        assert_eq!(hours.spans(), [(1200, 1800)]);
    }

    #[test]
    fn midnight_as_an_end_may_be_written_both_ways() {
        assert_eq!(
            Hours::parse(&["22:00-00:00"]),
            Hours::parse(&["22:00-24:00"])
        );
    }
}
