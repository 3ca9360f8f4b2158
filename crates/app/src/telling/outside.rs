//! What people's decisions put into the inbox, by the channels outside the program: as a job, because
//! the words and the hours are nobody's business who decides.

use audit::judge::Clocks;
use history::{Builder, Instant};
use notes::{Happened, Site};
use serde_json::{Value, json};
use store::outbox::{self, NewMessage};
use store::{Connection, Store, reference};
use wording::one_line;

use super::people::readers;
use super::send::{Message, channels, send_outside};
use super::settings;
use crate::audits::{in_force, regulation_of};
use crate::error::Error;
use crate::life::office::Office;

/// The kind of the job.
pub const OUTSIDE_JOB: &str = "telling.outside";
/// The channel of jobs.
const JOBS: &str = "job";

/// Puts the job for a message that was put into somebody's inbox, where they want to hear of it outside
/// the program, too.
pub(crate) async fn follow(
    conn: &mut Connection,
    company: &str,
    person: &str,
    (kind, key, payload): (&str, &str, &Value),
    (now, due): (Instant, Instant),
) -> Result<(), Error> {
    if channels(conn, company, person).await?.is_empty() {
        return Ok(());
    }
    let carried = json!({ "kind": kind, "key": key, "payload": payload });
    let job = NewMessage {
        // Like the message's own, so that what is recalled takes this along.
        key: &format!("{kind}:{key}:{OUTSIDE_JOB}:{person}"),
        channel: JOBS,
        recipient: person,
        kind: OUTSIDE_JOB,
        payload: &carried.to_string(),
        due_at: due,
    };
    outbox::put(conn, company, now, job).await?;
    Ok(())
}

/// Does the job: puts the letter for each channel that the person chose, at an hour at which they may
/// be told; `site` is where the interface stands. Done again it does nothing. It needs no audit in memory.
///
/// # Errors
/// Where the store or the company's regulation cannot be read, or the job carries something else.
pub async fn outside(
    store: &Store,
    company: &str,
    (person, payload): (&str, &str),
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    let carried: Value = serde_json::from_str(payload)
        .map_err(|error| Error::Inside(format!("the job carries no message: {error}")))?;
    let (kind, key) = (word(&carried, "kind"), word(&carried, "key"));
    let said = &carried["payload"];
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, company).await?;
    let people = readers(&mut reader, company, &[person], &settings, now).await?;
    let Some(to) = people.first() else {
        return Ok(());
    };
    let tables = reference::load(&mut reader, company).await?;
    let versions = in_force(&mut reader, company).await?;
    drop(reader);
    let regulation = regulation_of(&versions)?;
    let history = Builder::of(&tables).build();
    let clocks = Clocks::new(regulation.latest(), &history);
    let office = Office {
        history: &history,
        regulation: &regulation,
        clocks: &clocks,
        live: None,
    };
    let open = to.hours(office, now).open(now);
    let Some(due) = open.map(|open| open.max(to.paused.unwrap_or(open))) else {
        return Ok(());
    };
    let rule = word(said, "rule");
    let entries = office.version().entries.iter();
    let title = entries
        .into_iter()
        .find(|entry| entry.name == rule)
        .map_or(rule, |entry| entry.title(to.lang));
    let employee = word(said, "employee");
    let name = history.people.name(office.employee(employee));
    let happened = Happened {
        kind: kind.to_owned(),
        deal: one_line(word(said, "deal"), 60),
        person: match employee == to.employee || employee.is_empty() {
            true => String::new(),
            false => one_line(name, 60),
        },
        rule: one_line(title, 80),
        text: one_line(word(said, "text"), 300),
        link: link(kind, said),
    };
    let Some(letter) = happened.letter(to.lang, site) else {
        return Ok(());
    };
    let message = Message {
        kind,
        key,
        payload: said,
        letter: &letter,
    };
    let mut tx = store.begin().await?;
    send_outside(&mut tx, company, person, &message, (now, due)).await?;
    Ok(tx.commit().await?)
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The page about what happened.
fn link(kind: &str, said: &Value) -> String {
    let finding = word(said, "finding");
    match kind.split_once('.').map_or(kind, |(noun, _)| noun) {
        "finding" if kind == "finding.made" => "/queue".to_owned(),
        "finding" if !finding.is_empty() => format!("/findings/{finding}"),
        "check" => "/lost".to_owned(),
        "exemption" => "/exemptions".to_owned(),
        "rule" => "/rules".to_owned(),
        "goal" => "/month".to_owned(),
        _ => String::new(),
    }
}
