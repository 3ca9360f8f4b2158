//! Stretches of a person's absence, laid over a schedule.

use crate::Instant;
use crate::clock::Base;

/// Absences, sorted and apart, with the working time between them.
pub(crate) struct Absences {
    /// Half-open; one without an end ends with time itself.
    spans: Vec<(Instant, Instant)>,
    /// Of each absence the working time between the end of the first one and its start.
    between: Vec<i64>,
}

impl Absences {
    /// Absences of which some may overlap, touch or be empty.
    pub(crate) fn new(base: &Base, mut spans: Vec<(Instant, Instant)>) -> Absences {
        spans.retain(|(from, to)| from < to);
        crate::schedule::merge(&mut spans);
        let mut sum = 0_i64;
        let gaps = spans.windows(2).map(|pair| base.work(pair[0].1, pair[1].0));
        let between = std::iter::once(0).chain(gaps.map(|gap| {
            sum = sum.saturating_add(gap);
            sum
        }));
        let between = between.take(spans.len()).collect();
        Absences { spans, between }
    }

    pub(crate) fn spans(&self) -> &[(Instant, Instant)] {
        &self.spans
    }

    /// As [`crate::Clock::work`].
    pub(crate) fn work(&self, base: &Base, a: Instant, b: Instant) -> i64 {
        let first = self.next(a);
        let touched = self.spans[first..].partition_point(|(from, _)| *from < b);
        if touched == 0 {
            return base.work(a, b);
        }
        let last = first + touched - 1;
        let head = base.work(a, self.spans[first].0);
        let middle = self.between[last] - self.between[first];
        let tail = base.work(self.spans[last].1, b);
        head.saturating_add(middle).saturating_add(tail)
    }

    /// As [`crate::Clock::add_work`], for `d` > 0.
    pub(crate) fn add(&self, base: &Base, a: Instant, d: i64) -> Option<Instant> {
        let first = self.next(a);
        let Some((from, _)) = self.spans.get(first) else {
            return base.add(a, d);
        };
        let mut rest = d;
        if a < *from {
            match base.add(a, d) {
                Some(reached) if reached <= *from => return Some(reached),
                _ => rest -= base.work(a, *from),
            }
        }
        // From here the count runs from the end of the first absence, between absences only.
        let target = rest.saturating_add(self.between[first]);
        let gap = first + self.between[first + 1..].partition_point(|work| *work < target);
        base.add(self.spans[gap].1, target - self.between[gap])
    }

    pub(crate) fn contains(&self, t: Instant) -> bool {
        self.spans
            .get(self.next(t))
            .is_some_and(|(from, _)| *from <= t)
    }

    /// Cuts the absences out of intervals that are sorted and apart.
    pub(crate) fn cut(&self, intervals: &[(Instant, Instant)]) -> Vec<(Instant, Instant)> {
        let mut left = Vec::with_capacity(intervals.len());
        for (from, to) in intervals {
            let mut at = *from;
            for (away, back) in self.spans[self.next(at)..]
                .iter()
                .take_while(|(away, _)| away < to)
            {
                if at < *away {
                    left.push((at, *away));
                }
                at = *back;
            }
            if at < *to {
                left.push((at, *to));
            }
        }
        left
    }

    /// The index of the first absence that ends after an instant.
    fn next(&self, t: Instant) -> usize {
        self.spans.partition_point(|(_, to)| *to <= t)
    }
}
