//! What somebody does with a finding, from whatever page they see it on.

use app::Error;
use app::life::decide::{self, Asked};
use app::life::decision::{Cause, Move, Outcome};
use app::life::refused::Why;
use app::life::seen::Seen;
use app::life::undo;
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use serde::Deserialize;

use super::address::{local, with};
use super::{Member, address};
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Deed {
    form_token: String,
    /// Where to go on.
    #[serde(default)]
    next: String,
    r#do: String,
    #[serde(default)]
    text: String,
}

/// What somebody wants to do with findings: `acknowledge:CAUSE`, `cure`, `dispute`,
/// `decide:OUTCOME` or `reopen`.
fn asked(deed: &str, text: &str) -> Result<Asked, Problem> {
    let (word, detail) = deed.split_once(':').unwrap_or((deed, ""));
    let made = match word {
        "acknowledge" => Cause::parse(detail).map(Move::Acknowledged),
        "cure" => Some(Move::Cured),
        "dispute" => Some(Move::Disputed),
        "decide" => Outcome::parse(detail).map(Move::Decided),
        "reopen" => Some(Move::Reopened),
        _ => None,
    };
    let made = made.ok_or_else(|| Problem::field("do", "unfit", "no such deed"))?;
    Ok(Asked {
        // A dispute half written must not go along with an acknowledgement.
        text: match made {
            Move::Disputed | Move::Decided(_) => text.to_owned(),
            _ => String::new(),
        },
        made,
    })
}

/// Does it, and goes back to the page that it was asked on, which tells what came of it.
pub(super) async fn act(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<Deed>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let asked = asked(&form.r#do, &form.text)?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (actor, office) = (&member.actor, loaded.office());
    let done = decide::decide(&state.store, actor, office, &id, &asked, state.now()).await;
    let refused = match done {
        Ok(_) => "",
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => refusal(error)?,
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

/// A form that names many findings.
#[derive(Default)]
pub(super) struct Many {
    form_token: String,
    next: String,
    r#do: String,
    text: String,
    /// Those that were chosen, and all that were shown.
    chosen: Vec<String>,
    shown: Vec<String>,
    /// Whether all that were shown are meant.
    all: bool,
}

impl Many {
    fn of(fields: Vec<(String, String)>) -> Many {
        let mut many = Many::default();
        for (name, value) in fields {
            match name.as_str() {
                "form_token" => many.form_token = value,
                "next" => many.next = value,
                "do" => many.r#do = value,
                "text" => many.text = value,
                "finding" => many.chosen.push(value),
                "shown" => many.shown.push(value),
                "all" => many.all = value == "yes",
                _ => {}
            }
        }
        many
    }

    /// The findings that are meant.
    fn ids(&self) -> Vec<&str> {
        let meant = if self.all { &self.shown } else { &self.chosen };
        meant.iter().map(String::as_str).collect()
    }

    /// The page that was come from; that of all findings, where none is named.
    fn next(&self) -> &str {
        match local(&self.next) {
            "/" => "/findings",
            next => next,
        }
    }

    /// Back to the page, which tells what came of it: `word` of those that it was done to, and why it
    /// was not done to others.
    fn answer(&self, word: &str, results: Vec<Result<Seen, Error>>) -> Result<Redirect, Problem> {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for (id, result) in self.ids().into_iter().zip(results) {
            match result {
                Ok(_) => done.push(id.to_owned()),
                Err(error) => failed.push(format!("{}.{id}", refusal(error)?)),
            }
        }
        let (done, failed) = (done.join("~"), failed.join("~"));
        let to = with(self.next(), &[(word, &done), ("failed", &failed)]);
        Ok(Redirect::to(&to))
    }

    /// Back to the page, where nothing was done at all.
    fn refused(&self, why: &str) -> Redirect {
        Redirect::to(&with(self.next(), &[("refused", why)]))
    }
}

/// Does the same to many findings, each for itself.
pub(super) async fn act_on_many(
    State(state): State<AppState>,
    member: Member,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Redirect, Problem> {
    let many = Many::of(fields);
    member.visitor.check(&many.form_token)?;
    let asked = asked(&many.r#do, &many.text)?;
    let ids = many.ids();
    if ids.is_empty() {
        return Ok(many.refused("none"));
    }
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (actor, office, now) = (&member.actor, loaded.office(), state.now());
    match decide::decide_many(&state.store, actor, office, &ids, &asked, now).await {
        Ok(results) => many.answer("done", results),
        Err(error @ Error::Invalid(_)) => Ok(many.refused(refusal(error)?)),
        Err(error) => Err(error.into()),
    }
}

/// Takes back what was just done to findings.
pub(super) async fn undo(
    State(state): State<AppState>,
    member: Member,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Redirect, Problem> {
    let many = Many::of(fields);
    member.visitor.check(&many.form_token)?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (actor, office, now) = (&member.actor, loaded.office(), state.now());
    let results = undo::undo_many(&state.store, actor, office, &many.ids(), now).await?;
    many.answer("undone", results)
}

/// The word for why something was not done; other errors are passed on.
fn refusal(error: Error) -> Result<&'static str, Problem> {
    match error {
        Error::Refused(refused) => Ok(code(refused.why)),
        Error::Invalid(faults) if faults.iter().any(|fault| fault.field == "text") => Ok("text"),
        Error::NotFound { .. } => Ok("not-found"),
        Error::Denied(_) => Ok("denied"),
        error => Err(error.into()),
    }
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
        Why::NothingToUndo => "nothing-to-undo",
        Why::NotYourDecision => "not-your-decision",
        Why::DecidedSince => "decided-since",
        Why::TooLateToUndo => "too-late-to-undo",
    }
}

/// Every word for a refusal.
pub(super) const REFUSALS: [&str; 22] = [
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
    "nothing-to-undo",
    "not-your-decision",
    "decided-since",
    "too-late-to-undo",
    "text",
    "not-found",
    "denied",
    "none",
];

/// A word for a refusal that an address names; empty: none that is known.
pub(super) fn known(word: &str) -> &'static str {
    let known = REFUSALS.into_iter().find(|known| *known == word);
    known.unwrap_or_default()
}
