//! «Что изменить в регламенте?»: the text, checked as one types, and what would change before it is
//! put in force. The text lives in the form: nothing is lost until it is in force.

use app::Error;
use app::permissions::Deed;
use app::regulation::{self, Kept, Review, Versions};
use app::what_if::{self, Tried, WhatIf};
use askama::Template;
use audit::regulation::edit;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use jiff::ToSpan;
use serde::Deserialize;

use super::super::address::with;
use super::super::table::Table;
use super::super::what_if::{Asked as Trial, Summary};
use super::super::{Member, Page, show};
use super::checked::Checked;
use super::difference::{Line, parts, table};
use super::{Teller, find, version_of};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// Rows of the field at least.
const ROWS: usize = 24;

#[derive(Template)]
#[template(path = "regulation_edit.html")]
struct EditPage {
    page: Page,
    /// Why it was not put in force; empty: nobody has asked.
    refused: String,
    /// What differs from what came meanwhile; empty: nothing came.
    meanwhile: String,
    draft: Draft,
    checked: Checked,
}

impl EditPage {
    fn rows(&self) -> usize {
        (self.draft.text.lines().count() + 2).max(ROWS)
    }
}

#[derive(Template)]
#[template(path = "regulation_preview.html")]
struct PreviewPage {
    page: Page,
    draft: Draft,
    since: String,
    /// What should be known before.
    warnings: Vec<String>,
    differences: Table,
    parts: Vec<Vec<Line>>,
    summary: Summary,
}

/// What a form of the page sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Draft {
    form_token: String,
    /// The number of the last text that its author has seen.
    base: String,
    /// The first day in its own field, and what it was when the form was shown.
    effective: String,
    effective_was: String,
    text: String,
    /// `check`, `compare` or `put`.
    r#do: String,
}

impl Draft {
    /// The text as it is kept. The field of the first day counts where it was touched; else the
    /// text does.
    fn settle(&mut self) {
        let text = self.text.replace("\r\n", "\n");
        self.text = text.trim_start_matches('\u{feff}').to_owned();
        if self.effective != self.effective_was {
            let date = self.effective.parse().ok();
            if (date.is_some() || self.effective.is_empty())
                && let Some(text) = edit::set_effective(&self.text, date)
            {
                self.text = text;
            }
        }
        if let Some(effective) = edit::effective(&self.text) {
            self.effective_was.clone_from(&effective);
            self.effective = effective;
        }
    }
}

/// From which text to begin: a kept one, or the one in force with something tried.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    version: String,
}

pub(super) async fn begin(
    State(state): State<AppState>,
    member: Member,
    Query(from): Query<From>,
    Query(trial): Query<Trial>,
) -> Result<Response<Body>, Problem> {
    let (now, actor) = (state.now(), &member.actor);
    actor.reach(Deed::ManageRegulation)?;
    let versions = regulation::history(&state.audits, actor, now).await?;
    let text = match from.version.as_str() {
        "" => versions.all[versions.current].version.text.clone(),
        number => find(&versions, number)?.version.text.clone(),
    };
    let teller = Teller::new(&versions, member.words(), now)?;
    let mut draft = Draft {
        base: versions.last.to_string(),
        text: match trial.tried(&version_of(&versions.all[versions.current])?) {
            Some(tried) => {
                let audit = state.audits.read(&actor.company, now).await?;
                what_if::text(audit.live().regulation(), &tried, now)?
            }
            None => text,
        },
        ..Draft::default()
    };
    draft.settle();
    // What was found before should stay; whoever wants otherwise says so.
    let tomorrow = teller.zone.date(now).saturating_add(1.day());
    draft.effective = tomorrow.to_string();
    answer(&state, &member, draft, String::new(), String::new()).await
}

/// The page with the text as it is.
async fn answer(
    state: &AppState,
    member: &Member,
    draft: Draft,
    refused: String,
    meanwhile: String,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let review = review(state, member, &draft).await?;
    let shown = EditPage {
        page: member.page(words.text("regulation-edit-title")),
        checked: Checked::of(&review, &draft.text, words),
        refused,
        meanwhile,
        draft,
    };
    Ok(show(StatusCode::OK, &shown))
}

async fn review(state: &AppState, member: &Member, draft: &Draft) -> Result<Review, Problem> {
    let when = (member.words().0, state.now());
    let audits = &state.audits;
    Ok(regulation::review(audits, &member.actor, &draft.text, when).await?)
}

/// What is said about the text alone, for those who type.
pub(super) async fn check(
    State(state): State<AppState>,
    member: Member,
    Form(mut draft): Form<Draft>,
) -> Result<Response<Body>, Problem> {
    member.actor.reach(Deed::ManageRegulation)?;
    member.visitor.check(&draft.form_token)?;
    draft.settle();
    let review = review(&state, &member, &draft).await?;
    let checked = Checked::of(&review, &draft.text, member.words());
    Ok(show(StatusCode::OK, &checked))
}

/// Checks the text, shows what would change, or puts it in force.
pub(super) async fn go_on(
    State(state): State<AppState>,
    member: Member,
    Form(mut draft): Form<Draft>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    actor.reach(Deed::ManageRegulation)?;
    member.visitor.check(&draft.form_token)?;
    draft.settle();
    let versions = regulation::history(&state.audits, actor, now).await?;
    if draft.r#do != "check" && draft.base != versions.last.to_string() {
        return overtaken(&state, &member, draft, &versions).await;
    }
    match draft.r#do.as_str() {
        "compare" => compare(&state, &member, draft, &versions).await,
        "put" => {
            let text = (draft.text.as_str(), draft.base.parse().ok());
            let put = regulation::add(&state.audits, actor, text, words.0, now).await;
            match put {
                Ok(_) => {
                    let to = with("/regulation", &[("done", "put")]);
                    Ok(Redirect::to(&to).into_response())
                }
                Err(Error::Invalid(_)) => {
                    let refused = words.text("regulation-refused-mistakes");
                    answer(&state, &member, draft, refused, String::new()).await
                }
                Err(Error::Conflict(_)) => {
                    let versions = regulation::history(&state.audits, actor, now).await?;
                    overtaken(&state, &member, draft, &versions).await
                }
                Err(error) => Err(error.into()),
            }
        }
        _ => answer(&state, &member, draft, String::new(), String::new()).await,
    }
}

/// Says that another text came meanwhile. Whoever goes on then does so knowingly.
async fn overtaken(
    state: &AppState,
    member: &Member,
    mut draft: Draft,
    versions: &Versions,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let teller = Teller::new(versions, words, state.now())?;
    let last = versions.all.iter().max_by_key(|kept| kept.version.number);
    let refused = last.map_or_else(String::new, |last| {
        let args = [
            ("name", teller.author(last).into()),
            ("at", teller.moment(last.version.added_at).into()),
        ];
        match last.version.withdrawn {
            true => words.say("regulation-overtaken-withdrawn", &args),
            false => words.say("regulation-overtaken", &args),
        }
    });
    let text = |number: &str| find(versions, number).is_ok();
    let (from, to) = (draft.base.clone(), versions.last.to_string());
    let meanwhile = match text(&from) && text(&to) {
        true => with("/regulation/diff", &[("from", &from), ("to", &to)]),
        false => "/regulation".to_owned(),
    };
    draft.base = to;
    answer(state, member, draft, refused, meanwhile).await
}

/// What would change, before it does.
async fn compare(
    state: &AppState,
    member: &Member,
    draft: Draft,
    versions: &Versions,
) -> Result<Response<Body>, Problem> {
    let (now, words) = (state.now(), member.words());
    let review = review(state, member, &draft).await?;
    let version = match review.version {
        Some(version) if review.mistakes.is_empty() => version,
        _ => {
            let refused = words.text("regulation-refused-mistakes");
            return answer(state, member, draft, refused, String::new()).await;
        }
    };
    let teller = Teller::new(versions, words, now)?;
    let current = &versions.all[versions.current];
    let tried = Tried::Text(draft.text.clone());
    let read = |what_if: &WhatIf<'_>| Summary::of(what_if, member, None);
    let (audits, actor, when) = (&state.audits, &member.actor, (words.0, now));
    let summary = what_if::what_if(audits, actor, (&tried, None), when, read).await?;
    let shown = PreviewPage {
        page: member.page(words.text("regulation-preview-title")),
        since: match version.effective {
            Some(date) => wording::date(date, words.0),
            None => words.text("regulation-ever"),
        },
        warnings: warnings(&teller, &draft, &version),
        differences: table(member, &version_of(current)?, &version),
        parts: parts(&current.version.text, &draft.text),
        summary,
        draft,
    };
    Ok(show(StatusCode::OK, &shown))
}

/// What should be known before a text is put in force.
fn warnings(
    teller: &Teller<'_>,
    draft: &Draft,
    version: &audit::regulation::Version,
) -> Vec<String> {
    let words = teller.words;
    let own = |kept: &&Kept| kept.counts && kept.version.number > 0;
    let own: Vec<&Kept> = teller.versions.all.iter().filter(own).collect();
    let same = own
        .iter()
        .find(|kept| kept.version.effective == draft.effective);
    let today = teller.zone.date(teller.now);
    let mut warnings = Vec::new();
    match version.effective {
        None => warnings.push(words.text("regulation-warn-ever")),
        Some(date) if date <= today => warnings.push(words.text("regulation-warn-past")),
        Some(_) => {}
    }
    if let Some(same) = same {
        let args = [("name", teller.author(same).into())];
        warnings.push(words.say("regulation-warn-replaces", &args));
    }
    if own.is_empty() && version.effective.is_some() {
        warnings.push(words.text("regulation-warn-starter"));
    }
    warnings
}
