//! What was just done on a page, told at its top, with the way to take it back.

use app::Actor;
use app::life::finding::State;
use app::life::seen::{self, Seen};
use app::life::undo::{self, Own};
use serde::Deserialize;

use super::act;
use super::address::{self, without};
use super::finding::Teller;
use crate::state::AppState;

/// What was just done.
pub(super) struct Done {
    pub what: String,
    pub more: String,
    /// Whether it could not be done.
    pub refused: bool,
    /// Of many, those to which it was not done: page, message and reason.
    pub failures: Vec<[String; 3]>,
    /// How to take it back; none: it cannot be.
    pub undo: Option<Undo>,
    /// What the button for that says.
    pub undo_word: String,
}

impl Done {
    /// What was done to one finding, or could not be, and which one.
    pub fn plain(what: String, more: String, refused: bool) -> Done {
        Done {
            what,
            more,
            refused,
            failures: Vec::new(),
            undo: None,
            undo_word: String::new(),
        }
    }
}

/// A form that takes back what was just done.
pub(super) struct Undo {
    pub form_token: String,
    pub next: String,
    pub findings: Vec<String>,
}

/// What stands in an address about what was just done.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Outcomes {
    done: String,
    refused: String,
    failed: String,
    undone: String,
}

/// The names of these parameters.
const NAMES: [&str; 4] = ["done", "refused", "failed", "undone"];

/// The ids of a parameter.
fn ids(list: &str) -> Vec<&str> {
    list.split('~').filter(|id| !id.is_empty()).collect()
}

impl Outcomes {
    /// It in words; none where nothing was done, or not to a finding for these eyes.
    pub async fn told(&self, state: &AppState, actor: &Actor, teller: &Teller<'_>) -> Option<Done> {
        if self.refused == "none" || (!self.refused.is_empty() && self.done.is_empty()) {
            let refused = act::known(&self.refused);
            return (!refused.is_empty()).then(|| teller.refused(refused));
        }
        let (done, undone) = (ids(&self.done), ids(&self.undone));
        let all: Vec<&str> = done.iter().chain(&undone).copied().collect();
        let found = undo::own_last(&state.store, actor, teller.office, &all, teller.now).await;
        let found = found.ok()?;
        let failures = self.failures(state, actor, teller).await;
        let told = match (&done[..], &undone[..]) {
            ([one], []) if failures.is_empty() => {
                let seen = seen::see(&state.store, actor, teller.office, one, teller.now).await;
                let refused = act::known(&self.refused);
                teller.done(&seen.ok()?, refused)
            }
            (_, []) => teller.done_to_many("bulk-done", &found, |own| own != Own::TakenBack),
            _ => teller.done_to_many("bulk-undone", &found, |own| own == Own::TakenBack),
        };
        let open = found.iter().filter(|(_, own)| *own == Own::Open);
        let open: Vec<String> = open.map(|(seen, _)| seen.finding.id.clone()).collect();
        let undo = (!told.refused && !open.is_empty()).then(|| Undo {
            form_token: teller.visitor.form_token(),
            next: without(&teller.visitor.path, &NAMES),
            findings: open,
        });
        let told = Done {
            undo,
            failures,
            ..told
        };
        (!told.what.is_empty() || !told.failures.is_empty()).then_some(told)
    }

    async fn failures(
        &self,
        state: &AppState,
        actor: &Actor,
        teller: &Teller<'_>,
    ) -> Vec<[String; 3]> {
        let pairs = ids(&self.failed).into_iter();
        let pairs: Vec<(&str, &str)> = pairs.filter_map(|pair| pair.split_once('.')).collect();
        let all: Vec<&str> = pairs.iter().map(|(_, id)| *id).collect();
        let (store, office) = (&state.store, teller.office);
        let found = seen::some(store, actor, office, &all, teller.now).await;
        let found = found.unwrap_or_default().into_iter();
        let failure = |seen: Seen| {
            let id = seen.finding.id.as_str();
            let (code, _) = pairs.iter().find(|(_, one)| *one == id)?;
            let code = act::known(code);
            let why = (!code.is_empty()).then(|| teller.words.word("refused", code))?;
            Some([address::finding(id), teller.finding(&seen).message, why])
        };
        found.filter_map(failure).collect()
    }
}

impl Teller<'_> {
    /// What the reader has just done to a finding, and what came of it.
    fn done(&self, seen: &Seen, refused: &str) -> Done {
        let words = self.words;
        let what = match refused {
            "" => match (seen.state, seen.life.acknowledged) {
                (State::Acknowledged, Some((_, cause))) => {
                    let cause = words.word("cause", cause.as_str());
                    words.say("done-acknowledged", &[("cause", cause.into())])
                }
                (state, _) => words.word("done", state.as_str()),
            },
            _ => words.word("refused", refused),
        };
        Done {
            what,
            more: self.finding(seen).message,
            refused: !refused.is_empty(),
            failures: Vec::new(),
            undo: None,
            undo_word: self.words.text("undo"),
        }
    }

    /// What the reader has just done to many, of those to which it was done indeed.
    fn done_to_many(
        &self,
        message: &str,
        found: &[(Seen, Own)],
        is_done: impl Fn(Own) -> bool,
    ) -> Done {
        let done: Vec<&Seen> = found
            .iter()
            .filter(|(_, own)| is_done(*own))
            .map(|(seen, _)| seen)
            .collect();
        Done {
            what: match done.len() {
                0 => String::new(),
                count => self.words.count(message, count),
            },
            more: match done[..] {
                [one] => self.finding(one).message,
                _ => String::new(),
            },
            refused: false,
            failures: Vec::new(),
            undo: None,
            undo_word: self.words.text("undo"),
        }
    }

    /// That nothing was done.
    fn refused(&self, why: &str) -> Done {
        Done {
            what: self.words.word("refused", why),
            more: String::new(),
            refused: true,
            failures: Vec::new(),
            undo: None,
            undo_word: self.words.text("undo"),
        }
    }
}
