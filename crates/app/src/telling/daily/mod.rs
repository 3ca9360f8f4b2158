//! The daily note: who is due one, what it says, and that it was sent.

mod chats;
mod facts;
mod waits;

use figures::Span;
use history::Instant;
use jiff::ToSpan;
use jiff::civil::Date;
use notes::{Daily, Letter, Site};
use serde_json::json;
use store::companies;
use store::notes::{self as kept, Last, Note};

use super::people::{Reader, readers};
use super::send::{Message, send};
use super::settings::{self, Settings};
use crate::accounts;
use crate::audits::Audits;
use crate::error::Error;
use crate::life::office::{self, Office};
use crate::permissions::Access;

pub(super) use chats::send_due as send_due_to_chats;

/// How many days a note looks back at most.
const LONGEST: i32 = 62;
/// How many days are looked through for the working day before.
const BEFORE: i32 = 14;

/// A note that is due.
struct Due {
    reader: Reader,
    kind: notes::Reader,
    today: Date,
    /// The days that it covers.
    from: Date,
    to: Date,
    /// Since when notices had been paused, where the pause is over since the note before.
    paused_since: Option<Date>,
}

/// Sends the notes that are due: one a person a day.
pub(super) async fn send_due(
    audits: &Audits,
    company: &str,
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    let mut conn = audits.store().reader().await?;
    let settings = settings::load(&mut conn, company).await?;
    let people = readers(&mut conn, company, &[], &settings, now).await?;
    let last = kept::last(&mut conn, company).await?;
    drop(conn);
    let audit = audits.read(company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let due: Vec<Due> = people
        .iter()
        .filter_map(|reader| due(reader, kind_of(reader)?, (office, &settings), &last, now))
        .collect();
    drop(audit);
    for due in due {
        write(audits, company, &due, &people, site, now).await?;
    }
    Ok(())
}

/// Who gets which note.
fn kind_of(reader: &Reader) -> Option<notes::Reader> {
    match reader.access {
        Access::Employee if !reader.employee.is_empty() => Some(notes::Reader::Employee),
        Access::Lead if !reader.employee.is_empty() => Some(notes::Reader::Lead),
        Access::Coordinator => Some(notes::Reader::Coordinator),
        Access::Head => Some(notes::Reader::Head),
        _ => None,
    }
}

/// Whether somebody is due their note of today by now.
pub(super) fn is_due(
    reader: &Reader,
    office: Office<'_>,
    settings: &Settings,
    last: &[Last],
    now: Instant,
) -> bool {
    let today = office.version().zone.date(now);
    let mut last = last.iter().filter(|last| last.person == reader.person);
    let is_made = last.any(|last| last.made.parse::<Date>().is_ok_and(|made| made >= today));
    if is_made || reader.paused.is_some() {
        return false;
    }
    let hours = reader.hours(office, now);
    let at = hours.note(today, settings.note_time(), settings.note_after_ms());
    at.is_some_and(|at| at <= now) && hours.open(now) == Some(now)
}

/// The note that somebody is due by now; none: they are not.
fn due(
    reader: &Reader,
    kind: notes::Reader,
    (office, settings): (Office<'_>, &Settings),
    last: &[Last],
    now: Instant,
) -> Option<Due> {
    if !is_due(reader, office, settings, last, now) {
        return None;
    }
    let zone = &office.version().zone;
    let today = zone.date(now);
    let last = last.iter().find(|last| last.person == reader.person);
    let day = |text: &str| text.parse::<Date>().ok();
    let yesterday = today.yesterday().ok()?;
    let rota = reader.rota(office, now);
    let worked_before = || {
        let days = (1..=BEFORE).filter_map(|days| today.checked_sub(days.days()).ok());
        days.into_iter()
            .find(|day| !rota.clock.intervals_on(*day).is_empty())
    };
    let sent = last.and_then(|last| day(&last.sent));
    let from = sent.or_else(worked_before).unwrap_or(yesterday);
    let earliest = today.checked_sub(LONGEST.days()).ok()?;
    let from = from.clamp(earliest, yesterday);
    let pause = reader.paused_since(zone.start_of_day(from), now);
    let paused_since = pause.map(|at| zone.date(at));
    // The first note after a pause has all of it.
    let from = paused_since.map_or(from, |since| since.min(from));
    Some(Due {
        reader: reader.clone(),
        kind,
        today,
        from: from.max(earliest),
        to: yesterday,
        paused_since,
    })
}

/// Makes a note, keeps it and sends it, unless somebody has done so.
async fn write(
    audits: &Audits,
    company: &str,
    due: &Due,
    people: &[Reader],
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    let store = audits.store();
    let person = due.reader.person.as_str();
    let mut conn = store.reader().await?;
    let actor = accounts::actor_of(&mut conn, company, person).await?;
    drop(conn);
    let Some(actor) = actor else {
        return Ok(());
    };
    let facts = match due.kind {
        notes::Reader::Coordinator => waits::facts(audits, &actor, due, people, now).await?,
        _ => facts::facts(audits, &actor, due, now).await?,
    };
    let id = store::new_id();
    let link = format!("/notes/{id}");
    let letter = facts
        .says_anything()
        .then(|| facts.letter(due.reader.lang, &link, site));
    let note = due.note((id, reader_word(due.kind)), &facts, letter.as_ref(), now)?;
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    if !kept::add(&mut tx, company, &note).await? {
        return Ok(tx.rollback().await?);
    }
    if let Some(letter) = &letter {
        let named: Vec<&str> = facts.worst.iter().map(|one| one.finding.as_str()).collect();
        let message = Message {
            kind: "note.daily",
            key: &note.day,
            payload: &json!({ "note": note.id, "findings": named }),
            letter,
        };
        send(&mut tx, company, person, &message, (now, now)).await?;
    }
    Ok(tx.commit().await?)
}

fn reader_word(kind: notes::Reader) -> &'static str {
    match kind {
        notes::Reader::Employee => "employee",
        notes::Reader::Lead => "lead",
        notes::Reader::Coordinator => "coordinator",
        notes::Reader::Head => "head",
    }
}

impl Due {
    fn span(&self) -> Span {
        Span::days(Some(self.from), Some(self.to))
    }

    /// A note that says nothing yet.
    fn empty(&self) -> Daily {
        Daily {
            reader: self.kind,
            day: notes::Day(self.today),
            from: notes::Day(self.from),
            to: notes::Day(self.to),
            checked: None,
            found: None,
            people: Vec::new(),
            more_people: 0,
            away: Vec::new(),
            worst: Vec::new(),
            waits: None,
            unchecked: None,
            paused_since: self.paused_since.map(notes::Day),
            currency: String::new(),
        }
    }

    /// The note as it is kept; without a letter there is nothing to say.
    fn note(
        &self,
        (id, reader): (String, &str),
        facts: &Daily,
        letter: Option<&Letter>,
        now: Instant,
    ) -> Result<Note, Error> {
        let figures = serde_json::to_string(facts);
        let words = letter.cloned().unwrap_or_default();
        Ok(Note {
            id,
            person: self.reader.person.clone(),
            day: self.today.to_string(),
            reader: reader.to_owned(),
            figures: figures.map_err(|error| Error::Inside(error.to_string()))?,
            language: self.reader.lang.to_string(),
            subject: words.subject,
            text: words.text,
            html: words.html,
            sent_at: now,
            read_at: None,
        })
    }

    /// A list of findings as a page shows it, of the days of the note.
    fn list(&self, parameters: &[(&str, &str)]) -> String {
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let days = [
            ("figures", "counted"),
            ("from", from.as_str()),
            ("to", to.as_str()),
        ];
        let all = days.iter().chain(parameters);
        let query = all.filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = query
            .map(|(key, value)| format!("{key}={}", escaped(value)))
            .collect();
        format!("/findings?{}", query.join("&"))
    }
}

/// A value of an address.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                safe.push(char::from(byte));
            }
            byte => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    safe
}
