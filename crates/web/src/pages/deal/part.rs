//! Which part of a long timeline is shown, and the ways to the others.

use app::Instant;
use jiff::civil::Date;
use worktime::Zone;

/// Events in a part.
pub(super) const PART: usize = 100;

/// A part of a timeline; parts are counted from its end, so that the latest one is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// How many parts lie behind it.
    pub back: usize,
    /// Its first event, and the one behind its last.
    pub from: usize,
    pub to: usize,
    /// How many events there are in all.
    all: usize,
}

impl Part {
    /// The part so many before the latest one; what is beyond the beginning is the first.
    pub fn back(back: usize, all: usize) -> Part {
        let back = back.min(all.saturating_sub(1) / PART);
        let to = all - back * PART;
        Part {
            back,
            from: to.saturating_sub(PART),
            to,
            all,
        }
    }

    /// The part with an event.
    pub fn of_event(event: usize, all: usize) -> Part {
        Part::back(all.saturating_sub(event + 1) / PART, all)
    }

    /// The part with an instant: where the last event stands that is not after it.
    pub fn of_instant(at: Instant, events: &[Instant]) -> Part {
        let behind = events.partition_point(|event| *event <= at);
        Part::of_event(behind.saturating_sub(1), events.len())
    }

    /// Whether it is the latest.
    pub fn is_last(&self) -> bool {
        self.to == self.all
    }

    /// Whether something that is no event stands in it.
    pub fn holds(&self, at: Instant, events: &[Instant]) -> bool {
        let is_before = self.from > 0 && at < events[self.from];
        let is_behind = self.to < self.all && at >= events[self.to];
        !is_before && !is_behind
    }
}

/// The months of a timeline, each with its first date and how many events it has.
pub(super) fn months(events: &[Instant], zone: &Zone) -> Vec<(Date, usize)> {
    let mut months: Vec<(Date, usize)> = Vec::new();
    for at in events {
        let first = zone.date(*at).first_of_month();
        match months.last_mut() {
            Some((month, count)) if *month == first => *count += 1,
            _ => months.push((first, 1)),
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn parts_hold_every_event_once_and_the_latest_is_full() {
        for all in [0, 1, PART, PART + 1, 5 * PART + 7] {
            let latest = Part::back(0, all);
            assert_eq!(latest.to - latest.from, all.min(PART));
            assert!(latest.is_last());
            let mut next = all;
            for back in 0..=all / PART {
                let part = Part::back(back, all);
                if part.back == back {
                    assert_eq!(part.to, next);
                    next = part.from;
                }
            }
            assert_eq!(next, 0, "{all}");
            for event in 0..all {
                let part = Part::of_event(event, all);
                assert!((part.from..part.to).contains(&event));
            }
        }
        assert_eq!(Part::back(99, 150), Part::back(1, 150));
    }

    #[test]
    fn what_is_no_event_stands_in_one_part() {
        let events: Vec<Instant> = (0..250).map(|n| n * 10).collect();
        let parts: Vec<Part> = (0..3).map(|back| Part::back(back, events.len())).collect();
        for at in [-5, 0, 499, 500, 505, 1499, 1500, 9999] {
            let holding: Vec<_> = parts
                .iter()
                .filter(|part| part.holds(at, &events))
                .collect();
            assert_eq!(holding.len(), 1, "{at}");
            assert_eq!(*holding[0], Part::of_instant(at, &events), "{at}");
        }
        assert!(Part::back(0, 0).holds(7, &[]));
    }

    #[test]
    fn months_count_their_events() {
        let zone = Zone::new("Europe/Moscow").expect("a zone");
        let at = |month, day| zone.start_of_day(date(2026, month, day));
        let events = [at(3, 1), at(3, 31), at(4, 1) - 1, at(4, 1), at(6, 5)];
        let expected = [
            (date(2026, 3, 1), 3),
            (date(2026, 4, 1), 1),
            (date(2026, 6, 1), 1),
        ];
        assert_eq!(months(&events, &zone), expected);
    }
}
