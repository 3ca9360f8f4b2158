//! What takes a while to reckon of an audit and is asked for often: kept until the audit changes,
//! or followed where it is known of which deals.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use audit::judge::{Judge, Verdict};
use audit::regulation::Regulation;
use figures::funnel::Flow;
use history::{DealId, Instant};

use super::Audit;

/// For how long time may pass without reckoning anew, in milliseconds: what has not ended is that
/// much longer by then, and nothing else differs.
const STALE: Instant = 60_000;

/// What is kept.
#[derive(Default)]
pub(super) struct Scratch {
    flow: Mutex<Option<Walked>>,
    alone: Mutex<Vec<(usize, Arc<Alone>)>>,
}

/// A flow that is followed.
struct Walked {
    /// When all deals were walked.
    made: Instant,
    /// When some were walked last.
    until: Instant,
    flow: Arc<Flow>,
    /// To these something has happened since.
    touched: Vec<DealId>,
}

/// A history judged by one version of the regulation alone, as if it had been in force since ever.
pub struct Alone {
    /// The version.
    pub regulation: Regulation,
    /// What it finds.
    pub verdict: Verdict,
    /// The instant it was judged at.
    pub now: Instant,
}

fn fresh(made: Instant, now: Instant) -> bool {
    (made..made.saturating_add(STALE)).contains(&now)
}

/// Others wait here: they ask for the same.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Scratch {
    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Scratch::default();
    }

    /// Takes note of deals to which something has happened.
    pub fn touch(&mut self, deals: impl IntoIterator<Item = DealId>) {
        self.alone = Mutex::default();
        let flow = self.flow.get_mut();
        if let Some(walked) = flow.unwrap_or_else(PoisonError::into_inner) {
            walked.touched.extend(deals);
        }
    }
}

impl Audit {
    /// Everything that deals went through up to `now`, or up to at most a minute before; and up to
    /// when.
    pub fn flow(&self, now: Instant) -> (Instant, Arc<Flow>) {
        let mut kept = locked(&self.scratch.flow);
        let walked = figures::Audited {
            history: self.live.history(),
            regulation: self.live.regulation(),
            findings: &[],
            marks: &[],
            tenures: &[],
            problems: crate::figures::NO_PROBLEMS,
            now,
            in_order: false,
        };
        match &mut *kept {
            Some(known) if fresh(known.made, now) && known.until <= now => {
                if !known.touched.is_empty() {
                    let mut touched = std::mem::take(&mut known.touched);
                    touched.sort_unstable();
                    touched.dedup();
                    Arc::make_mut(&mut known.flow).follow(&walked, &touched);
                    known.until = now;
                }
            }
            _ => {
                *kept = None;
                *kept = Some(Walked {
                    made: now,
                    until: now,
                    flow: Arc::new(Flow::of(&walked)),
                    touched: Vec::new(),
                });
            }
        }
        kept.as_ref().map_or_else(
            || (now, Arc::default()),
            |known| (known.until, known.flow.clone()),
        )
    }

    /// What a version of the regulation finds alone, by its place; none: there is no such version.
    pub fn alone(&self, version: usize, now: Instant) -> Option<Arc<Alone>> {
        let regulation = self.live.regulation().alone(version)?;
        let mut kept = locked(&self.scratch.alone);
        kept.retain(|(_, alone)| fresh(alone.now, now));
        if let Some((_, alone)) = kept.iter().find(|(place, _)| *place == version) {
            return Some(alone.clone());
        }
        let verdict = Judge::new(self.live.history(), &regulation).judge(now, None);
        let alone = Arc::new(Alone {
            regulation,
            verdict,
            now,
        });
        kept.push((version, alone.clone()));
        Some(alone)
    }
}
