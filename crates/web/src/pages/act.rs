//! What somebody does with a finding, from whatever page they see it on.

use app::Error;
use app::life::decide::{self, Asked};
use app::life::decision::{Cause, Move, Outcome};
use app::life::refused::Why;
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use serde::Deserialize;

use super::address::{local, with};
use super::{Member, address};
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// What was just done, for the top of the page.
pub(super) struct Done {
    pub what: String,
    pub more: String,
    /// Whether it could not be done.
    pub refused: bool,
}

#[derive(Deserialize)]
pub(super) struct Deed {
    form_token: String,
    /// Where to go on.
    #[serde(default)]
    next: String,
    /// `acknowledge:CAUSE`, `cure`, `dispute`, `decide:OUTCOME` or `reopen`.
    r#do: String,
    #[serde(default)]
    text: String,
}

impl Deed {
    fn made(&self) -> Option<Move> {
        let (word, detail) = self.r#do.split_once(':').unwrap_or((&self.r#do, ""));
        Some(match word {
            "acknowledge" => Move::Acknowledged(Cause::parse(detail)?),
            "cure" => Move::Cured,
            "dispute" => Move::Disputed,
            "decide" => Move::Decided(Outcome::parse(detail)?),
            "reopen" => Move::Reopened,
            _ => return None,
        })
    }
}

/// Does it, and goes back to the page that it was asked on, which tells what came of it.
pub(super) async fn act(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<Deed>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let made = form.made();
    let made = made.ok_or_else(|| Problem::field("do", "unfit", "no such deed"))?;
    let asked = Asked {
        // A dispute half written must not go along with an acknowledgement.
        text: match made {
            Move::Disputed | Move::Decided(_) => form.text.clone(),
            _ => String::new(),
        },
        made,
    };
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (actor, office) = (&member.actor, loaded.office());
    let done = decide::decide(&state.store, actor, office, &id, &asked, state.now()).await;
    let refused = match done {
        Ok(_) => "",
        Err(Error::Refused(refused)) => code(refused.why),
        Err(Error::Invalid(faults)) if faults.iter().any(|fault| fault.field == "text") => "text",
        Err(error) => return Err(error.into()),
    };
    let own = address::finding(&id);
    let next = match local(&form.next) {
        "/" => own.as_str(),
        next => next,
    };
    let to = with(next, &[("done", &id), ("refused", refused)]);
    Ok(Redirect::to(&to))
}

/// The word for a refusal in addresses and messages.
fn code(why: Why) -> &'static str {
    match why {
        Why::Withdrawn => "withdrawn",
        Why::Held => "held",
        Why::AlreadyTold => "already-told",
        Why::AlreadyAcknowledged => "already-acknowledged",
        Why::AlreadyCured => "already-cured",
        Why::DisputeWaits => "dispute-waits",
        Why::NotDisputed => "not-disputed",
        Why::AlreadyDecided => "already-decided",
        Why::Dismissed => "dismissed",
        Why::TooLate(_) => "too-late",
        Why::OwnDispute => "own-dispute",
        Why::HeldAgainstYou => "held-against-you",
        Why::MadeByYou => "made-by-you",
        Why::NothingToReopen => "nothing-to-reopen",
    }
}

/// Every word for a refusal.
pub(super) const REFUSALS: [&str; 15] = [
    "withdrawn",
    "held",
    "already-told",
    "already-acknowledged",
    "already-cured",
    "dispute-waits",
    "not-disputed",
    "already-decided",
    "dismissed",
    "too-late",
    "own-dispute",
    "held-against-you",
    "made-by-you",
    "nothing-to-reopen",
    "text",
];

/// A word for a refusal that an address names; empty: none that is known.
pub(super) fn known(word: &str) -> &'static str {
    let known = REFUSALS.into_iter().find(|known| *known == word);
    known.unwrap_or_default()
}
