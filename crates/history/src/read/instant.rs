//! Instants as files write them.

use jiff::Timestamp;

use crate::Instant;

/// What a cell with an instant must hold, for messages.
pub(crate) const EXPECTED: &str =
    "an instant like 2026-03-01T09:00:00+03:00, or whole Unix milliseconds";

/// An instant from RFC 3339 text with an offset, or from integer Unix milliseconds.
/// Parts of a millisecond are cut off.
pub fn parse_instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        return in_range(text.parse().ok()?);
    }
    let at: Timestamp = text.parse().ok()?;
    Some(at.as_nanosecond().div_euclid(1_000_000) as i64)
}

/// The instant, if the calendar reaches that far.
pub(crate) fn in_range(ms: i64) -> Option<Instant> {
    Timestamp::from_millisecond(ms).ok().map(|_| ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_mean_the_same() {
        assert_eq!(parse_instant("1970-01-01T03:00:00.5+03:00"), Some(500));
        assert_eq!(parse_instant("500"), Some(500));
        assert_eq!(parse_instant("1969-12-31T23:59:59.9999Z"), Some(-1));
        assert_eq!(parse_instant("-1"), Some(-1));
        for bad in [
            "",
            "-",
            "2026-03-01",
            "2026-03-01T09:00:00",
            "99999999999999999999",
            "9223372036854775807",
            "завтра",
        ] {
            assert_eq!(parse_instant(bad), None, "{bad:?}");
        }
    }
}
