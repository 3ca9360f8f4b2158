//! The page of a check: what is known of the deal, the five questions, and the verdict.

use std::collections::HashMap;

use app::Error;
use app::accounts;
use app::life::lost::check::{Answer, Question, Reply, Status, Verdict};
use app::life::lost::work::{self, Asked, Seen};
use app::permissions::Deed;
use askama::Template;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use wording::{duration, integer, one_line, working_duration};

use super::super::address::with;
use super::super::finding::Teller;
use super::super::{Member, Page, show};
use super::{NAME, check_address, reason, who};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Characters of a foreign text shown in full.
const LONG: usize = 4000;
/// What a question may be answered with.
const REPLIES: [&str; 3] = ["yes", "no", "not_applicable"];

/// A question with what is answered.
struct Asking {
    name: &'static str,
    question: String,
    /// What the facts say to it; may be empty.
    facts: String,
    reply: String,
    text: String,
}

impl Asking {
    /// What it may be answered with.
    fn replies(&self) -> [&'static str; 3] {
        REPLIES
    }

    /// Whether this is answered.
    fn is(&self, reply: &str) -> bool {
        self.reply == reply
    }
}

/// What is known of a lost deal, in words.
struct Known {
    /// Names and values.
    facts: Vec<(String, String)>,
    attempts: Vec<[String; 3]>,
    /// When, the text, and the words that were looked for.
    objections: Vec<[String; 3]>,
    stages: Vec<[String; 2]>,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    page: Page,
    href: String,
    deal: String,
    /// The deal's page; empty: not for these eyes.
    deal_href: String,
    status: String,
    /// When and by whom it was closed; empty: it is open.
    closed: String,
    known: Known,
    questions: Vec<Asking>,
    comment: String,
    may_decide: bool,
    /// Why it cannot be decided by the reader; empty: it can.
    why_not: String,
    fault: String,
    zone: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Refused {
    refused: String,
}

/// What was typed into the form, by field.
pub(super) type Typed = HashMap<String, String>;

pub(super) async fn one(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(refused): Query<Refused>,
) -> Result<Response<Body>, Problem> {
    let loaded = Loaded::of(&state, &member.actor).await?;
    let fault = match refused.refused.as_str() {
        "" => "",
        _ => "lost-refused",
    };
    let shown = check_page(&state, &member, &loaded, &id, (&Typed::new(), fault)).await?;
    Ok(show(StatusCode::OK, &shown))
}

pub(super) async fn decide(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response<Body>, Problem> {
    let field = |name: &str| typed.get(name).map_or("", String::as_str);
    member.visitor.check(field("form_token"))?;
    let verdict = Verdict::parse(field("verdict"));
    let verdict = verdict.ok_or_else(|| Problem::field("verdict", "unfit", "no such verdict"))?;
    let questions = Question::ALL.iter().copied();
    let answer = |question: Question| {
        let reply = match field(question.as_str()) {
            "yes" => Reply::Yes,
            "no" => Reply::No,
            "not_applicable" => Reply::NotApplicable,
            _ => return None,
        };
        let text = field(&format!("{}_text", question.as_str())).to_owned();
        Some(Answer {
            question,
            reply,
            text,
        })
    };
    let asked = Asked {
        answers: questions.filter_map(answer).collect(),
        verdict,
        comment: field("comment").to_owned(),
    };
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (office, actor, now) = (loaded.office(), &member.actor, state.now());
    match work::decide(&state.store, actor, office, (&id, &asked), now).await {
        Ok(_) => Ok(Redirect::to(&with("/lost", &[("done", &id)])).into_response()),
        // What was typed stays.
        Err(Error::Invalid(faults)) => {
            let fault = match faults.iter().any(|fault| fault.code == "too_long") {
                true => "lost-too-long",
                false => "lost-unanswered",
            };
            let shown = check_page(&state, &member, &loaded, &id, (&typed, fault)).await?;
            Ok(show(StatusCode::UNPROCESSABLE_ENTITY, &shown))
        }
        Err(Error::Conflict(_)) => {
            let path = with(&check_address(&id), &[("refused", "yes")]);
            Ok(Redirect::to(&path).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn check_page(
    state: &AppState,
    member: &Member,
    loaded: &Loaded,
    id: &str,
    (typed, fault): (&Typed, &str),
) -> Result<CheckPage, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let (office, teller) = (loaded.office(), Teller::new(loaded, member, now));
    let seen = work::see(&state.store, actor, office, id, now).await?;
    let check = &seen.check;
    let (deal, deal_href) = teller.deal(&check.deal);
    let own = actor.employee.as_deref() == Some(check.responsible.as_str());
    let why_not = match (seen.status, own) {
        (Status::Open, true) => "lost-own",
        (Status::Open, false) => "lost-not-yours",
        _ => "lost-over",
    };
    Ok(CheckPage {
        page: member.page(words.text("check-title")),
        href: check_address(id),
        deal,
        deal_href,
        status: words.word("lost-status-one", seen.status.as_str()),
        closed: closed(state, member, &teller, &seen).await?,
        known: known(&teller, &seen),
        questions: questions(&teller, &seen, typed),
        comment: match typed.get("comment") {
            Some(comment) => comment.clone(),
            None => one_line(&check.comment, LONG),
        },
        may_decide: seen.may_decide,
        why_not: words.text(why_not),
        fault: match fault {
            "" => String::new(),
            fault => words.text(fault),
        },
        zone: teller.version().zone.name().to_owned(),
    })
}

/// When a check was closed, and by whom.
async fn closed(
    state: &AppState,
    member: &Member,
    teller: &Teller<'_>,
    seen: &Seen,
) -> Result<String, Problem> {
    let Some(at) = seen.check.closed_at else {
        return Ok(String::new());
    };
    let mut name = String::new();
    if !seen.check.closed_by.is_empty() && member.actor.reach(Deed::SeePeople).is_ok() {
        let people = accounts::people(&state.store, &member.actor, "", 1000).await?;
        let found = people.iter().find(|one| one.id == seen.check.closed_by);
        name = found.map_or_else(String::new, |one| one_line(&one.name, NAME));
    }
    let at = teller.moment(at);
    Ok(match name.is_empty() {
        true => at,
        false => format!("{at}, {name}"),
    })
}

fn questions(teller: &Teller<'_>, seen: &Seen, typed: &Typed) -> Vec<Asking> {
    let words = teller.words;
    let asking = |question: Question| {
        let name = question.as_str();
        let given = seen.answers.iter().find(|one| one.question == question);
        let known = |reply: &&String| REPLIES.contains(&reply.as_str());
        let reply = typed.get(name).filter(known).cloned();
        let reply = reply.or_else(|| given.map(|one| reply_word(one.reply).to_owned()));
        let text = typed.get(&format!("{name}_text")).cloned();
        let text = text.or_else(|| given.map(|one| one_line(&one.text, LONG)));
        Asking {
            name,
            question: words.word("lost-question", name),
            facts: match question {
                Question::Attempts => hours(teller, seen),
                Question::ObjectionsHandled => {
                    words.count("lost-fact-objections", seen.facts.objections.len())
                }
                _ => String::new(),
            },
            reply: reply.unwrap_or_default(),
            text: text.unwrap_or_default(),
        }
    };
    Question::ALL.iter().copied().map(asking).collect()
}

fn reply_word(reply: Reply) -> &'static str {
    match reply {
        Reply::Yes => "yes",
        Reply::No => "no",
        Reply::NotApplicable => "not_applicable",
    }
}

/// How many attempts went unanswered at the end, and at which hours.
fn hours(teller: &Teller<'_>, seen: &Seen) -> String {
    let words = teller.words;
    let hours = seen.facts.unanswered_hours();
    let hours = hours.iter().enumerate().filter(|(_, count)| **count > 0);
    let hours: Vec<String> = hours
        .map(|(hour, count)| format!("{hour:02}:00 × {count}"))
        .collect();
    let said = words.count("lost-fact-unanswered", seen.facts.unanswered as usize);
    match hours.is_empty() {
        true => said,
        false => format!("{said}: {}", hours.join(", ")),
    }
}

fn known(teller: &Teller<'_>, seen: &Seen) -> Known {
    let (facts, check, words) = (&seen.facts, &seen.check, teller.words);
    let number = |number: u32| integer(i64::from(number), words.0);
    let named = |id: &str, value: String| (words.text(id), value);
    let mut all = vec![
        named("lost-col-who", who(teller, &check.responsible)),
        named("lost-col-when", teller.moment(check.lost_at)),
        named("lost-col-reason", reason(words, &facts.reason)),
    ];
    if !facts.comment.trim().is_empty() {
        all.push(named("lost-comment", one_line(&facts.comment, LONG)));
    }
    let price = facts.amount.map_or("—".to_owned(), |sum| teller.money(sum));
    let messages = format!(
        "{} / {}",
        number(facts.messages_in),
        number(facts.messages_out)
    );
    all.extend([
        named("lost-col-price", price),
        named("lost-col-attempts", number(facts.attempts.len() as u32)),
        named("lost-col-unanswered", number(facts.unanswered)),
        named("lost-col-talks", number(facts.conversations)),
        named("lost-talk", duration(facts.talk_ms, words.0)),
        named("lost-messages", messages),
        named("lost-meetings", number(facts.meetings)),
    ]);
    let attempts = facts.attempts.iter().rev().map(|attempt| {
        let reached = match attempt.reached {
            true => words.text("lost-reached"),
            false => words.text("lost-not-reached"),
        };
        let kind = words.text(&format!("kind-{}", attempt.kind));
        let what = format!("{kind}, {}", who(teller, &attempt.employee));
        [teller.moment(attempt.at), what, reached]
    });
    let objections = facts.objections.iter().map(|objection| {
        let found = objection.words.iter().map(|word| one_line(word, NAME));
        let found = found.collect::<Vec<_>>().join(", ");
        [
            teller.moment(objection.at),
            one_line(&objection.text, LONG),
            found,
        ]
    });
    let stages = facts.stages.iter().map(|stay| {
        let name = match stay.stage.is_empty() {
            true => words.text("sales-no-stage"),
            false => teller.stage(&stay.stage),
        };
        [name, working_duration(stay.work_ms, words.0)]
    });
    Known {
        facts: all,
        attempts: attempts.collect(),
        objections: objections.collect(),
        stages: stages.collect(),
    }
}
