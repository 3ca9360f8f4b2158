//! Instants that depend on other events, and the order of all of them.

use std::collections::HashMap;

use history::{Instant, Kind};

use super::draft::{Draft, When};
use super::eval::Eval;
use super::rows::{Built, note};
use crate::mapping::Early;
use crate::report::{Effect, Problems, Reason};

/// An event with its instants known.
pub(crate) struct Final {
    pub at: Instant,
    pub due: Option<Instant>,
    pub draft: Draft,
    rank: u8,
}

/// All events in order: by time, then deal, then created first, then in the order in which
/// the rows and rules made them. What must not be written is taken out and reported.
pub(crate) fn finish(eval: Eval<'_>, built: &mut Built, problems: &mut Problems) -> Vec<Final> {
    let drafts = std::mem::take(&mut built.drafts.events);
    let mut stage = Finishing {
        eval,
        built,
        problems,
    };
    let (drafts, created) = stage.without_twins(drafts);
    let events = stage.timed(drafts, &created);
    let events = stage.not_early(events, &created);
    let mut events = stage.with_last(events);
    let order = stage.deal_order();
    events.sort_by_key(|event| (event.at, order[event.draft.deal as usize], event.rank));
    events
}

struct Finishing<'a, 'b> {
    eval: Eval<'a>,
    built: &'b mut Built,
    problems: &'b mut Problems,
}

impl Finishing<'_, '_> {
    fn note(&mut self, draft: &Draft, reason: Reason, effect: Effect) {
        let deal = self.built.drafts.names.get(draft.deal).to_owned();
        let value = format!("{} of {deal}", draft.kind.as_str());
        note(
            &self.eval,
            self.problems,
            (draft.from, ""),
            &value,
            reason,
            effect,
        );
        if effect == Effect::EventDropped {
            self.built.outcome(draft.from).events -= 1;
        }
    }

    /// Leaves out every further creation of a deal; tells when each deal was created.
    fn without_twins(&mut self, drafts: Vec<Draft>) -> (Vec<Draft>, HashMap<u32, Instant>) {
        let mut created: HashMap<u32, Instant> = HashMap::new();
        let mut kept = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let (Kind::Created, When::At(at)) = (draft.kind, draft.at) {
                if created.contains_key(&draft.deal) {
                    self.note(&draft, Reason::CreatedTwice, Effect::EventDropped);
                    continue;
                }
                created.insert(draft.deal, at);
            }
            kept.push(draft);
        }
        (kept, created)
    }

    /// Puts what happens "at the creation" there.
    fn timed(&mut self, drafts: Vec<Draft>, created: &HashMap<u32, Instant>) -> Vec<Draft> {
        let mut kept = Vec::with_capacity(drafts.len());
        let mut unknown: std::collections::HashSet<u32> = Default::default();
        let exact = |when: When, deal: u32| match when {
            When::Created => created.get(&deal).map(|at| When::At(*at)),
            when => Some(when),
        };
        for mut draft in drafts {
            let deal = draft.deal;
            let at = exact(draft.at, deal);
            let due = draft.due.map(|due| exact(due, deal));
            let (Some(at), true) = (at, due != Some(None)) else {
                self.note(&draft, Reason::DealUnknown, Effect::EventDropped);
                continue;
            };
            if deal != u32::MAX && !created.contains_key(&deal) && unknown.insert(deal) {
                self.note(&draft, Reason::DealUnknown, Effect::Kept);
            }
            draft.at = at;
            draft.due = due.flatten();
            kept.push(draft);
        }
        kept
    }

    /// Deals with events before their deal's creation as their rules ask.
    fn not_early(&mut self, drafts: Vec<Draft>, created: &HashMap<u32, Instant>) -> Vec<Draft> {
        let mut kept = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            let born = created.get(&draft.deal);
            if let (When::At(at), Some(&born)) = (draft.at, born)
                && at < born
            {
                match draft.early {
                    Early::Drop => {
                        self.note(&draft, Reason::BeforeCreated, Effect::EventDropped);
                        continue;
                    }
                    Early::Clamp => {
                        self.note(&draft, Reason::PutAtCreation, Effect::Kept);
                        draft.at = When::At(born);
                    }
                    Early::Keep => {}
                }
            }
            kept.push(draft);
        }
        kept
    }

    /// Puts what happens "last" at the last of the deal's other events.
    fn with_last(&mut self, drafts: Vec<Draft>) -> Vec<Final> {
        let mut last: HashMap<u32, Instant> = HashMap::new();
        for draft in &drafts {
            if let When::At(at) = draft.at {
                let latest = last.entry(draft.deal).or_insert(at);
                *latest = at.max(*latest);
            }
        }
        let exact = |when: When, deal: u32| match when {
            When::At(at) => Some(at),
            _ => last.get(&deal).copied(),
        };
        let mut events = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let rank = rank(&draft);
            let Some(at) = exact(draft.at, draft.deal) else {
                self.note(&draft, Reason::DealUnknown, Effect::EventDropped);
                continue;
            };
            let due = draft.due.and_then(|due| exact(due, draft.deal));
            events.push(Final {
                at,
                due,
                draft,
                rank,
            });
        }
        events
    }

    /// For each text, its place among all texts: deals of one instant stand in the order of
    /// their ids, whatever the order of the files.
    fn deal_order(&self) -> DealOrder {
        let names = &self.built.drafts.names;
        let mut ids: Vec<u32> = (0..names.len() as u32).collect();
        ids.sort_by_key(|id| names.get(*id));
        let mut places = vec![0; ids.len()];
        for (place, id) in ids.into_iter().enumerate() {
            places[id as usize] = place as u32 + 1;
        }
        DealOrder(places)
    }
}

struct DealOrder(Vec<u32>);

impl std::ops::Index<usize> for DealOrder {
    type Output = u32;

    /// Events without a deal come first.
    fn index(&self, id: usize) -> &u32 {
        self.0.get(id).unwrap_or(&0)
    }
}

/// Among events of one instant: the creation first, what is put last after the others, the
/// removal at the end.
fn rank(draft: &Draft) -> u8 {
    match (draft.kind, draft.at) {
        (Kind::Created, _) => 0,
        (Kind::Removed, _) => 3,
        (_, When::Last) => 2,
        _ => 1,
    }
}
