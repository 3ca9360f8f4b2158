//! Working hours drawn to scale: of a day with what happened on it, and of a silence.

use app::Instant;
use jiff::ToSpan;
use jiff::civil::Date;
use worktime::{Clock, Zone};

use super::super::Words;

/// How wide a drawing is, in its own units: the minutes of a day.
const WIDE: i64 = 1440;
/// Silences that are longer are told only, not drawn: their days would be hairlines.
const DRAWN_DAYS: i64 = 21;
const DAY: i64 = 24 * 3_600_000;

/// A stretch of time and the drawing that it is put into.
struct Scale {
    from: Instant,
    to: Instant,
}

impl Scale {
    fn x(&self, at: Instant) -> i64 {
        let at = at.clamp(self.from, self.to) - self.from;
        at * WIDE / (self.to - self.from).max(1)
    }

    /// Working hours light, all else shaded, and a mark at each instant.
    fn drawn(&self, hours: &[(Instant, Instant)], marks: &[(Instant, &str)]) -> String {
        let mut svg = format!(
            "<svg class=\"hours\" viewBox=\"0 0 {WIDE} 16\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\"><rect class=\"off\" width=\"{WIDE}\" height=\"16\"/>"
        );
        for (from, to) in hours {
            let (left, right) = (self.x(*from), self.x(*to));
            if left < right {
                let width = right - left;
                svg.push_str(&format!(
                    "<rect class=\"work\" x=\"{left}\" width=\"{width}\" height=\"16\"/>"
                ));
            }
        }
        let mut before = None;
        for (at, class) in marks {
            // Marks on one spot say no more than one of them.
            let mark = (self.x(*at), *class);
            if before.replace(mark) != Some(mark) {
                let x = mark.0.min(WIDE - 6);
                svg.push_str(&format!(
                    "<rect class=\"{class}\" x=\"{x}\" width=\"6\" height=\"16\"/>"
                ));
            }
        }
        svg.push_str("</svg>");
        svg
    }
}

/// A day's working hours with marks at what happened: drawn, and in words.
pub(super) fn day(
    clock: &Clock,
    zone: &Zone,
    (date, marks): (Date, &[(Instant, &str)]),
    words: Words,
) -> (String, String) {
    let scale = Scale {
        from: zone.start_of_day(date),
        to: zone.end_of_day(date),
    };
    let hours = clock.intervals_on(date);
    let time = |at: Instant| {
        let local = zone.datetime(at);
        format!("{:02}:{:02}", local.hour(), local.minute())
    };
    let told: Vec<String> = hours
        .iter()
        .map(|(from, to)| format!("{}–{}", time(*from), time(*to)))
        .collect();
    let told = match told.is_empty() {
        true => words.text("deal-day-off"),
        false => words.say("deal-hours", &[("hours", told.join(", ").into())]),
    };
    (scale.drawn(&hours, marks), told)
}

/// The working hours of a silence; empty: it is too long to be drawn.
pub(super) fn silence(clock: &Clock, zone: &Zone, from: Instant, to: Instant) -> String {
    if to - from > DRAWN_DAYS * DAY {
        return String::new();
    }
    // Last night's shift may end on the first day.
    let first = zone.date(from).saturating_sub(1.day());
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
    let last = zone.date(to);
    let hours = days
        .take_while(|day| *day <= last)
        .flat_map(|day| clock.intervals_on(day));
    let hours: Vec<(Instant, Instant)> = hours.collect();
    Scale { from, to }.drawn(&hours, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_to_scale() {
        let scale = Scale { from: 0, to: DAY };
        let hour = DAY / 24;
        let svg = scale.drawn(&[(9 * hour, 18 * hour)], &[(12 * hour, "mark")]);
        assert!(svg.contains("<rect class=\"work\" x=\"540\" width=\"540\""));
        assert!(svg.contains("<rect class=\"mark\" x=\"720\""));
        // What lies outside is cut off, what is nothing is not drawn, and nothing is drawn twice.
        let marks = [(2 * DAY, "mark"), (2 * DAY, "mark")];
        let svg = scale.drawn(&[(-hour, 0), (23 * hour, 30 * hour)], &marks);
        assert!(svg.contains("<rect class=\"work\" x=\"1380\" width=\"60\""));
        assert_eq!(svg.matches("\"work\"").count(), 1);
        assert_eq!(svg.matches("\"mark\" x=\"1434\"").count(), 1);
        assert_eq!(Scale { from: 5, to: 5 }.x(9), 0);
    }
}
