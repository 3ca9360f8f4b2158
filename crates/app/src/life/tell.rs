//! Telling people: messages into the outbox, and what comes back when one was shown or delivered.

use std::collections::BTreeSet;

use history::Instant;
use serde_json::{Value, json};
use store::findings::Finding;
use store::outbox::{self, NewMessage};
use store::{Connection, Store, admissions, companies, decisions, findings, handmade};

use super::book::Book;
use super::decision::Move;
use super::hand::Step;
use super::office::Office;
use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::Access;
use crate::telling;

/// The channel of what is shown rather than delivered.
pub(super) const SCREEN: &str = "screen";

/// Whom a message is for.
#[derive(Clone, Copy, Default)]
pub(crate) struct To<'a> {
    /// Everybody with one of these accesses.
    pub accesses: &'a [Access],
    /// Whoever is one of these employees.
    pub employees: &'a [&'a str],
    /// These people.
    pub persons: &'a [&'a str],
}

impl<'a> To<'a> {
    pub fn employees(employees: &'a [&'a str]) -> To<'a> {
        To {
            employees,
            ..To::default()
        }
    }

    pub fn accesses(accesses: &'a [Access]) -> To<'a> {
        To {
            accesses,
            ..To::default()
        }
    }
}

/// Puts a message for each of them, but not for `author`, who knows. `key` names what happened.
pub(crate) async fn tell(
    conn: &mut Connection,
    company: &str,
    to: To<'_>,
    author: &str,
    what: (&str, &str, &Value),
    now: Instant,
) -> Result<(), Error> {
    tell_from(conn, company, to, author, what, (now, now)).await
}

/// The same for a message that is put `now` and goes out from `due` on.
pub(super) async fn tell_from(
    conn: &mut Connection,
    company: &str,
    to: To<'_>,
    author: &str,
    (kind, key, payload): (&str, &str, &Value),
    (now, due): (Instant, Instant),
) -> Result<(), Error> {
    let accesses: Vec<&str> = to.accesses.iter().map(|access| access.name()).collect();
    let found = admissions::persons(conn, company, &accesses, to.employees).await?;
    let named = to.persons.iter().map(|person| (*person).to_owned());
    let mut people: BTreeSet<String> = found.into_iter().chain(named).collect();
    people.remove(author);
    people.remove("");
    let written = payload.to_string();
    for person in people {
        let message = NewMessage {
            key: &format!("{kind}:{key}:{person}"),
            channel: "app",
            recipient: &person,
            kind,
            payload: &written,
            due_at: due,
        };
        outbox::put(conn, company, now, message).await?;
        let what = (kind, key, payload);
        telling::follow(conn, company, &person, what, (now, due)).await?;
    }
    Ok(())
}

/// What a message says about a finding.
pub(super) fn about(finding: &Finding, text: &str) -> Value {
    json!({
        "finding": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "deal": finding.deal,
        "employee": finding.employee,
        "text": text,
    })
}

/// That findings were shown to somebody on a screen or given to a program of theirs: what is held
/// against them is told from now on, and what was made by hand about people they lead is read.
pub async fn shown(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    shown: &[Finding],
    now: Instant,
) -> Result<(), Error> {
    let Some(employee) = actor.employee.as_deref() else {
        return Ok(());
    };
    reached(
        store,
        &actor.company,
        &actor.person,
        employee,
        (office, shown),
        SCREEN,
        now,
    )
    .await
}

/// That a message about these findings reached a person in a channel. Unknown findings and people
/// are left alone.
pub async fn delivered(
    store: &Store,
    company: &str,
    office: Office<'_>,
    (person, channel): (&str, &str),
    ids: &[&str],
    at: Instant,
) -> Result<(), Error> {
    let mut reader = store.reader().await?;
    let admission = admissions::get(&mut reader, company, person).await?;
    let Some(employee) = admission.and_then(|admission| admission.employee) else {
        return Ok(());
    };
    let told = findings::some(&mut reader, company, ids).await?;
    drop(reader);
    reached(
        store,
        company,
        person,
        &employee,
        (office, &told),
        channel,
        at,
    )
    .await
}

async fn reached(
    store: &Store,
    company: &str,
    person: &str,
    employee: &str,
    (office, told): (Office<'_>, &[Finding]),
    channel: &str,
    at: Instant,
) -> Result<(), Error> {
    let concerns = |finding: &&Finding| {
        finding.employee == employee || office.lead(&finding.employee, at) == employee
    };
    let told: Vec<Finding> = told.iter().filter(concerns).cloned().collect();
    if told.is_empty() {
        return Ok(());
    }
    // Most of what is shown was told before: that needs no turn to write.
    let book = Book::open(store, company).await?;
    let nothing = news(&book, &told, employee, (channel, at))?.is_empty();
    drop(book);
    if nothing {
        return Ok(());
    }
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let book = Book::of(&mut tx, company, &told).await?;
    let (made, cause) = Move::Told.words();
    let mut first = Vec::new();
    for (finding, news) in news(&book, &told, employee, (channel, at))? {
        match news {
            News::Told => first.push(decisions::NewDecision {
                finding: &finding.id,
                at,
                author: person,
                made,
                cause,
                text: channel,
                takes_back: None,
            }),
            News::Step(step) => {
                let step = handmade::NewStep {
                    finding: &finding.id,
                    at,
                    author: person,
                    step: step.as_str(),
                    text: channel,
                    recommendation: "",
                };
                handmade::append(&mut tx, company, step).await?;
            }
        }
    }
    decisions::append(&mut tx, company, &first).await?;
    Ok(tx.commit().await?)
}

/// What is to be written down when a finding reaches somebody.
enum News {
    Told,
    Step(Step),
}

fn news<'f>(
    book: &Book,
    findings: &'f [Finding],
    employee: &str,
    (channel, at): (&str, Instant),
) -> Result<Vec<(&'f Finding, News)>, Error> {
    let mut news = Vec::new();
    for finding in findings {
        let facts = book.facts(finding)?;
        if facts.withdrawn || facts.held {
            continue;
        }
        if facts.employee == employee {
            // A channel may report late what it delivered early.
            if book.life(&finding.id).told.is_none_or(|told| at < told) {
                news.push((finding, News::Told));
            }
        } else if let Some(hand) = book.hand(&finding.id) {
            let step = if channel == SCREEN {
                Step::Read
            } else {
                Step::Delivered
            };
            if hand.way.check(step, "").is_ok() {
                news.push((finding, News::Step(step)));
            }
        }
    }
    Ok(news)
}
