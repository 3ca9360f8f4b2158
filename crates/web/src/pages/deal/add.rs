//! The form for a finding that somebody makes while looking at a deal.

use app::Instant;
use app::life::by_hand;
use app::life::hand::{Draft, Target};
use app::permissions::{Deed, Whose};
use app::{Error, Fault, deals};
use audit::regulation::Severity;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use history::Kind;
use serde::Deserialize;
use wording::one_line;

use super::super::Member;
use super::super::address::{self, with};
use super::super::finding::Teller;
use super::rows::Happened;
use super::{Asked, deal_page};
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// What somebody has written so far.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Typed {
    form_token: String,
    /// The event's number; empty: the deal as it stands now.
    pub event: String,
    pub kind: String,
    pub severity: String,
    pub text: String,
    pub recommendation: String,
    /// Whom it is held against; empty: nobody.
    pub employee: String,
}

/// The form as it is shown.
pub(super) struct Shown {
    pub action: String,
    pub typed: Typed,
    /// The event that it is pinned to.
    pub about: String,
    pub severities: Vec<(&'static str, bool)>,
    /// Ids and names, and who is chosen.
    pub people: Vec<(String, String, bool)>,
    /// Kinds of fault to choose from.
    pub kinds: Vec<String>,
    /// What is wrong with the kind and the text; empty: nothing.
    pub kind_fault: String,
    pub text_fault: String,
    /// The page without the form.
    pub back: String,
}

/// Whether somebody may add findings to a deal, by who answers for it.
pub(super) fn may(member: &Member, teller: &Teller<'_>, responsible: &str) -> bool {
    let whose = member.actor.whose(Deed::AddFinding);
    whose.is_ok_and(|whose| teller.office.within(&whose, responsible, teller.now))
}

/// What a form is about.
pub(super) struct About<'a> {
    pub deal: &'a deals::Deal,
    pub event: Option<&'a Happened>,
    /// Everything that happened in the deal.
    pub events: &'a [Happened],
    /// Kinds of fault that were named before.
    pub named: Vec<String>,
}

pub(super) fn form(
    member: &Member,
    teller: &Teller<'_>,
    about: &About<'_>,
    typed: Option<&Typed>,
    faults: &[Fault],
) -> Result<Shown, Problem> {
    let words = teller.words;
    let whose = member.actor.whose(Deed::AddFinding)?;
    let asked = typed.cloned().unwrap_or_else(|| Typed {
        event: about
            .event
            .map_or_else(String::new, |event| event.number.to_string()),
        severity: Severity::Remark.as_str().to_owned(),
        employee: holder(teller, about),
        ..Typed::default()
    });
    let fault = |field: &str| match faults.iter().any(|fault| fault.field == field) {
        true => words.word("add-fault", field),
        false => String::new(),
    };
    let own = address::deal(&about.deal.id);
    let entries = teller.version().entries.iter();
    let rules = entries.map(|entry| teller.rule(&entry.name));
    let mut kinds: Vec<String> = about.named.clone();
    let mut rules: Vec<String> = rules.filter(|rule| !kinds.contains(rule)).collect();
    rules.sort();
    rules.dedup();
    kinds.extend(rules);
    let severities = Severity::ALL.iter().map(|one| one.as_str());
    Ok(Shown {
        action: format!("{own}/findings"),
        about: match about.event {
            Some(event) => {
                let kind = event.kind.map_or("", Kind::as_str);
                let what = words.text(&format!("kind-{kind}"));
                let at = teller.moment(event.at);
                words.say("add-about", &[("what", what.into()), ("at", at.into())])
            }
            None => words.text("add-about-deal"),
        },
        severities: severities
            .map(|severity| (severity, severity == asked.severity))
            .collect(),
        people: people(teller, about, &whose, &asked.employee),
        kinds,
        kind_fault: fault("kind"),
        text_fault: fault("text"),
        back: match about.event {
            Some(event) => {
                let number = event.number.to_string();
                format!("{}#e-{number}", with(&own, &[("event", &number)]))
            }
            None => own,
        },
        typed: asked,
    })
}

/// Whom a finding is most likely held against: whoever acted, else who answered for the deal then.
fn holder(teller: &Teller<'_>, about: &About<'_>) -> String {
    let known = |id: &str| teller.office.employee(id).is_some();
    let event = about.event;
    if let Some(event) = event.filter(|event| known(&event.actor)) {
        return event.actor.clone();
    }
    let at = event.map_or(teller.now, |event| event.at);
    let mut held = about.deal.responsibles.iter().rev();
    let held = held.find(|(from, _)| *from <= at);
    held.map_or_else(String::new, |(_, employee)| employee.clone())
}

/// Whoever has had a part in the deal and may be named; nobody, too, for those who may name anyone.
fn people(
    teller: &Teller<'_>,
    about: &About<'_>,
    whose: &Whose,
    chosen: &str,
) -> Vec<(String, String, bool)> {
    let responsible = about.deal.responsibles.iter().rev();
    let mut ids: Vec<&str> = responsible.map(|(_, employee)| employee.as_str()).collect();
    for event in about.events {
        ids.extend([event.actor.as_str(), &event.employee]);
    }
    let mut people: Vec<(String, String, bool)> = Vec::new();
    for id in ids {
        let may = !id.is_empty()
            && teller.office.employee(id).is_some()
            && teller.office.within(whose, id, teller.now);
        if may && people.iter().all(|(known, ..)| known != id) {
            people.push((id.to_owned(), teller.employee(id), id == chosen));
        }
    }
    if *whose == Whose::Everyone {
        let nobody = teller.words.text("add-nobody");
        people.push((String::new(), nobody, chosen.is_empty()));
    }
    people
}

/// Makes the finding and shows it in its place; what cannot be is told beside what was written.
pub(super) async fn add(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (now, actor) = (state.now(), &member.actor);
    let whose = actor.whose(Deed::AddFinding)?;
    let (deal, events) = deals::deal(&state.audits, actor, &id, now, |event| {
        Happened::of(event.received, event.key, &event.record)
    })
    .await?;
    let loaded = Loaded::of(&state, actor).await?;
    let office = loaded.office();
    if !office.within(&whose, &deal.responsible, now) {
        return Err(Error::Denied(Deed::AddFinding).into());
    }
    let pinned = events
        .iter()
        .find(|event| event.number.to_string() == typed.event);
    let draft = draft(&deal.id, pinned, &typed, now)?;
    let made = by_hand::make(&state.store, actor, office, &draft, now).await;
    drop(loaded);
    match made {
        Ok(finding) => {
            let own = address::deal(&deal.id);
            let to = match actor.reach(Deed::SeeFindings) {
                Ok(_) => {
                    let to = with(&own, &[("finding", &finding.id), ("added", "yes")]);
                    format!("{to}#f-{}", finding.id)
                }
                Err(_) => with(&own, &[("event", &typed.event), ("added", "yes")]),
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Invalid(faults)) => {
            let asked = Asked::adding(&typed.event);
            let written = Some((&typed, faults.as_slice()));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            deal_page(&state, &member, &id, (&asked, written, status)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn draft(
    deal: &str,
    event: Option<&Happened>,
    typed: &Typed,
    now: Instant,
) -> Result<Draft, Problem> {
    if event.is_none() && !typed.event.is_empty() {
        return Err(Problem::field("event", "unknown", "there is no such event"));
    }
    let mut severities = Severity::ALL.iter().copied();
    let severity = severities.find(|one| one.as_str() == typed.severity);
    let unfit = || Problem::field("severity", "unfit", "there is no such severity");
    Ok(Draft {
        target: match event.and_then(|event| event.kind) {
            Some(kind) if kind.is_call() => Target::Call,
            Some(Kind::MessageIn | Kind::MessageOut) => Target::Chat,
            _ => Target::Deal,
        },
        deal: deal.to_owned(),
        employee: typed.employee.clone(),
        kind: one_line(typed.kind.trim(), 120),
        severity: severity.ok_or_else(unfit)?,
        at: event.map_or(now, |event| event.at),
        text: typed.text.trim().to_owned(),
        recommendation: typed.recommendation.trim().to_owned(),
        event: event.map_or_else(String::new, |event| event.key.clone()),
    })
}
