//! How soon leads are answered and reached, with those that never were in the base.

use stats::{Interval, Survival, wilson};

use super::{CONFIDENCE, Lead};

/// Within how many working minutes a lead is answered.
pub const ANSWERED_WITHIN: [i64; 3] = [5, 15, 60];
/// Within how many hours of plain time a client is reached: an hour, a day, four days.
pub const REACHED_WITHIN: [i64; 3] = [1, 24, 96];

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// How soon leads were answered.
#[derive(Clone, Debug, Default)]
pub struct Speed {
    /// All leads: the base of every share.
    pub leads: u64,
    /// Leads with no contact attempt so far.
    pub unanswered: u64,
    /// Answered within each of [`ANSWERED_WITHIN`].
    pub answered: [u64; 3],
    /// Reached within each of [`REACHED_WITHIN`].
    pub reached: [u64; 3],
    /// The median working time to the first contact attempt, in milliseconds, with the unanswered
    /// counted as waiting; none where fewer than half are known to be answered.
    pub median: Option<i64>,
}

impl Speed {
    pub(super) fn of(leads: &[&Lead]) -> Speed {
        let within = |limit: i64, time: fn(&Lead) -> Option<i64>| {
            let hits = leads
                .iter()
                .filter(|lead| time(lead).is_some_and(|time| time <= limit));
            hits.count() as u64
        };
        let waits: Vec<(i64, bool)> = leads
            .iter()
            .map(|lead| match lead.answered {
                Some(time) => (time, true),
                // Closed without an answer: it waits for ever.
                None if lead.given_up => (i64::MAX, false),
                None => (lead.waited, false),
            })
            .collect();
        Speed {
            leads: leads.len() as u64,
            unanswered: leads.iter().filter(|lead| lead.answered.is_none()).count() as u64,
            answered: ANSWERED_WITHIN.map(|minutes| within(minutes * MINUTE, |lead| lead.answered)),
            reached: REACHED_WITHIN.map(|hours| within(hours * HOUR, |lead| lead.reached)),
            median: Survival::new(&waits).median(),
        }
    }

    /// The 95 % interval of a share of the leads.
    pub fn interval(&self, hits: u64) -> Option<Interval> {
        wilson(hits, self.leads, CONFIDENCE)
    }
}
