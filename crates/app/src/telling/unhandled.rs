//! What people leave lying for some of their working days: notes not read, findings not answered.
//! The director hears of it once a day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use figures::View;
use history::Instant;
use jiff::civil::Date;
use notes::{Day, Left, Moment, Site, Unhandled};
use serde_json::json;
use store::companies;
use store::notes::{self as kept, Note};

use super::daily::is_due;
use super::people::{Reader, readers};
use super::said::Said;
use super::send::{Message, send};
use super::settings::{self, Settings};
use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::life::book::Book;
use crate::life::finding::State;
use crate::life::memory::facts;
use crate::life::office::{self, Office};
use crate::permissions::{Access, Deed};
use wording::Lang;
use worktime::Zone;

/// How far back unread notes are looked for, in milliseconds: 90 days.
const BACK: i64 = 90 * 86_400_000;

/// What somebody leaves lying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lying {
    /// The employee who they are; empty: nobody of the CRM.
    pub employee: String,
    /// Of whoever is no employee, the person; else empty.
    pub person: String,
    /// The name.
    pub name: String,
    /// Notes not read for so many of their working days.
    pub notes: u64,
    /// When the oldest of them was sent.
    pub notes_since: Option<Instant>,
    /// Findings told so many of their working days ago or more, with nothing done about them.
    pub findings: u64,
    /// When the oldest of them was told.
    pub findings_since: Option<Instant>,
}

impl Lying {
    /// The page with the list of these findings; empty: of nobody of the CRM there is none.
    pub fn link(&self) -> String {
        match self.employee.as_str() {
            "" => String::new(),
            employee => {
                let query = super::daily::escaped(employee);
                format!("/findings?state=told&open=yes&employee={query}")
            }
        }
    }
}

/// What everybody leaves lying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lies {
    /// The day on which.
    pub day: Date,
    /// After how many working days something is told.
    pub days: u32,
    /// By person, those with most first.
    pub people: Vec<Lying>,
}

impl Lies {
    /// The same as facts of a note, in a zone.
    pub fn told(&self, zone: &Zone) -> Unhandled {
        let moment = |at: Option<Instant>| at.map(|at| Moment(zone.datetime(at)));
        let left = self.people.iter().map(|lying| Left {
            employee: lying.employee.clone(),
            name: lying.name.clone(),
            notes: lying.notes,
            notes_since: moment(lying.notes_since),
            findings: lying.findings,
            findings_since: moment(lying.findings_since),
            link: lying.link(),
        });
        Unhandled {
            day: Day(self.day),
            days: self.days.into(),
            people: left.collect(),
        }
    }
}

/// What lies unanswered now.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn see(audits: &Audits, actor: &Actor, now: Instant) -> Result<Lies, Error> {
    actor.reach(Deed::SeeUnhandled)?;
    let mut conn = audits.store().reader().await?;
    let settings = settings::load(&mut conn, &actor.company).await?;
    let people = readers(&mut conn, &actor.company, &[], &settings, now).await?;
    drop(conn);
    reckon(audits, &actor.company, &settings, &people, now).await
}

/// Tells the directors who are due it today what lies unanswered. Where nothing does nobody is told.
pub(super) async fn send_due(
    audits: &Audits,
    company: &str,
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    let store = audits.store();
    let mut conn = store.reader().await?;
    let settings = settings::load(&mut conn, company).await?;
    let people = readers(&mut conn, company, &[], &settings, now).await?;
    let last = kept::last(&mut conn, company).await?;
    drop(conn);
    let audit = audits.read(company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let zone = office.version().zone.clone();
    let today = zone.date(now);
    let directors = people.iter().filter(|one| one.access == Access::Director);
    let due: Vec<&Reader> = directors
        .filter(|reader| is_due(reader, office, &settings, &last, now))
        .collect();
    drop(audit);
    if due.is_empty() {
        return Ok(());
    }
    let lies = reckon(audits, company, &settings, &people, now).await?;
    let unhandled = lies.told(&zone);
    let figures =
        serde_json::to_string(&unhandled).map_err(|error| Error::Inside(error.to_string()))?;
    for reader in due {
        let letter = unhandled.letter(reader.lang, site);
        let nobody = unhandled.people.is_empty();
        let words = if nobody {
            notes::Letter::default()
        } else {
            letter
        };
        let note = Note {
            id: store::new_id(),
            person: reader.person.clone(),
            day: today.to_string(),
            reader: "director".to_owned(),
            figures: figures.clone(),
            language: reader.lang.to_string(),
            subject: words.subject.clone(),
            text: words.text.clone(),
            html: words.html.clone(),
            sent_at: now,
            read_at: None,
        };
        let mut tx = store.begin().await?;
        companies::lock(&mut tx, company).await?;
        if !kept::add(&mut tx, company, &note).await? {
            tx.rollback().await?;
            continue;
        }
        if !nobody {
            let message = Message {
                kind: "note.unhandled",
                key: &note.day,
                payload: &json!({ "note": note.id, "people": unhandled.people.len() }),
                letter: &words,
            };
            send(&mut tx, company, &reader.person, &message, (now, now)).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

fn earliest(one: Option<Instant>, other: Instant) -> Option<Instant> {
    Some(one.map_or(other, |one| one.min(other)))
}

async fn reckon(
    audits: &Audits,
    company: &str,
    settings: &Settings,
    people: &[Reader],
    now: Instant,
) -> Result<Lies, Error> {
    let store = audits.store();
    let mut conn = store.reader().await?;
    let unread = kept::unread(&mut conn, company, now.saturating_sub(BACK)).await?;
    drop(conn);
    let audit = audits.read(company, now).await?;
    let book = Book::open(store, company).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let wait = i64::from(settings.unhandled_after) * office.version().day_length_ms;
    let live = audit.live();
    // By employee where somebody is one, else by person.
    let mut lies: BTreeMap<(&str, &str), Lying> = BTreeMap::new();
    for (person, sent) in &unread {
        let reader = people.iter().find(|reader| reader.person == *person);
        let Some(reader) = reader.filter(|reader| reader.access != Access::Director) else {
            continue;
        };
        if reader.hours(office, now).clock.work(*sent, now) >= wait {
            let key = match reader.employee.as_str() {
                "" => ("", person.as_str()),
                employee => (employee, ""),
            };
            let lie = lies.entry(key).or_default();
            lie.notes += 1;
            lie.notes_since = earliest(lie.notes_since, *sent);
        }
    }
    for (number, finding) in live.standing() {
        if finding.until.is_some() || finding.employee.is_none() {
            continue;
        }
        let id = live.kept().id(number);
        let Some(told) = book.told(id) else {
            continue;
        };
        let employee = live.history().people.ids.get(finding.employee.0);
        // An absence stops the clock.
        if office.clock(employee).work(told, now) < wait {
            continue;
        }
        let Some(standing) = live.stands(number) else {
            continue;
        };
        let facts = facts(live, &standing);
        let counts = matches!(book.view(id, &facts), View::Counts(_));
        if counts && book.life(id).state(&facts) == State::Told {
            let lie = lies.entry((employee, "")).or_default();
            lie.findings += 1;
            lie.findings_since = earliest(lie.findings_since, told);
        }
    }
    let said = Said::new(&audit, Lang::Ru);
    let named = lies.into_iter().map(|((employee, person), lie)| {
        let known = people.iter().find(|reader| reader.person == person);
        Lying {
            employee: employee.to_owned(),
            person: person.to_owned(),
            name: match employee {
                "" => known.map_or_else(String::new, |reader| wording::one_line(&reader.name, 60)),
                employee => said.employee(employee),
            },
            ..lie
        }
    });
    let mut people: Vec<Lying> = named.collect();
    people.sort_by_key(|lying| Reverse((lying.findings, lying.notes)));
    Ok(Lies {
        day: office.version().zone.date(now),
        days: settings.unhandled_after,
        people,
    })
}
