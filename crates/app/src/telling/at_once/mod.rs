//! What is told at once: what was just found is planned, what is due is sent, a flood as one message.

mod sent;
mod written;

use std::collections::BTreeMap;

use audit::judge::{Deal, Finding};
use history::Instant;
use notes::Site;
use store::companies;
use store::tellings::{self, Telling};

use super::chats::{Chats, Told};
use super::people::{Reader, readers};
use super::plan::{Recipient, Tells, Whom, plan};
use super::settings::{self, Settings};
use crate::audits::{Audit, Audits};
use crate::error::Error;
use crate::life::book::Book;
use crate::life::office::{self, Office};
use crate::permissions::Access;
use sent::{Sent, To};

/// How many findings are planned in one transaction: SQLite's only writer is not to be held long.
const AT_ONCE: i64 = 100;

/// Whether a finding that was just raised is to be told at once at all, by its entry and its age.
pub(crate) fn concerns(
    audit: &Audit,
    finding: &Finding,
    settings: &Settings,
    now: Instant,
) -> bool {
    let versions = audit.live().regulation().versions();
    let entry = &versions[usize::from(finding.version)].entries[usize::from(finding.entry)];
    now.saturating_sub(finding.at) <= settings.within_ms() && Tells::of(entry).at_once()
}

/// Settles whom what was just found is told to, and when. How many findings it settled.
pub(super) async fn plan_new(audits: &Audits, company: &str, now: Instant) -> Result<usize, Error> {
    let store = audits.store();
    let mut reader = store.reader().await?;
    let new = tellings::unplanned(&mut reader, company, AT_ONCE).await?;
    if new.is_empty() {
        return Ok(0);
    }
    let settings = settings::load(&mut reader, company).await?;
    let people = readers(&mut reader, company, &[], &settings, now).await?;
    let chats = Chats::load(&mut reader, company, now).await?;
    drop(reader);
    let audit = audits.read(company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let chats = chats.told(office, &settings, now);
    let planned: Vec<(&str, Vec<Telling>)> = new
        .iter()
        .map(|(id, _)| {
            (
                id.as_str(),
                tell(&audit, office, (&people, &chats), id, now),
            )
        })
        .collect();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    for (finding, whom) in &planned {
        tellings::plan(&mut tx, company, finding, whom, now).await?;
    }
    tx.commit().await?;
    Ok(planned.len())
}

/// Who is told of a finding at once, and when; nobody where it does not stand any more.
fn tell(
    audit: &Audit,
    office: Office<'_>,
    (people, chats): (&[Reader], &[Told]),
    id: &str,
    now: Instant,
) -> Vec<Telling> {
    let Some(finding) = audit.finding(id) else {
        return Vec::new();
    };
    let versions = office.regulation.versions();
    let entry = &versions[usize::from(finding.version)].entries[usize::from(finding.entry)];
    let history = office.history;
    let employee = history.people.ids.get(finding.employee.0);
    let answered = answered(office, finding);
    let lead = office.lead(answered, finding.at);
    let mut recipients = Vec::new();
    for reader in people {
        let is = |id: &str| !id.is_empty() && reader.employee == id;
        let by_access = match reader.access {
            Access::Coordinator => Some(Whom::Coordinator),
            Access::Head => Some(Whom::Head),
            Access::Director => Some(Whom::Director),
            _ => None,
        };
        let whom = [
            is(employee).then_some(Whom::Employee),
            is(lead).then_some(Whom::Lead),
            by_access,
        ];
        recipients.extend(whom.into_iter().flatten().map(|whom| Recipient {
            person: &reader.person,
            whom,
            hours: reader.hours(office, now),
            rota: reader.rota(office, now),
            paused: reader.paused,
        }));
    }
    let planned = plan(&Tells::of(entry), &recipients, now);
    let telling = planned.into_iter().map(|planned| Telling {
        finding: id.to_owned(),
        person: planned.person.to_owned(),
        instead_of: match (planned.stands_in, planned.named) {
            (true, Whom::Employee) => employee.to_owned(),
            (true, Whom::Lead) => lead.to_owned(),
            _ => String::new(),
        },
        put_at: now,
        due_at: planned.due,
    });
    let group = office.group(answered, finding.at);
    let hearing = chats.iter().filter(|told| {
        told.chat.gets.at_once && told.hears_of(group) && told.reader.paused.is_none()
    });
    let in_chats = hearing.map(|told| Telling {
        finding: id.to_owned(),
        person: told.chat.id.clone(),
        instead_of: String::new(),
        put_at: now,
        due_at: told.open(office, now),
    });
    telling.chain(in_chats).collect()
}

/// Whom a finding is held against; of what is held against nobody who answered for the deal at the
/// breach. Empty: nobody.
fn answered<'a>(office: Office<'a>, finding: &Finding) -> &'a str {
    let history = office.history;
    let mut employee = finding.employee;
    if employee.is_none() && finding.deal.is_some() {
        let mut deal = Deal::new(history, i64::MAX, &[]);
        let timeline = history.timelines.deal(finding.deal).until(finding.at);
        deal.walk(timeline, |_, _| ());
        employee = deal.responsible;
    }
    history.people.ids.get(employee.0)
}

/// Sends what is due: to each person and chat at most one message in a window, with everything in it that is
/// due by then and still holds.
pub(super) async fn send_due(
    audits: &Audits,
    company: &str,
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    let store = audits.store();
    let mut conn = store.reader().await?;
    let due = tellings::due(&mut conn, company, now).await?;
    if due.is_empty() {
        return Ok(());
    }
    let settings = settings::load(&mut conn, company).await?;
    let mut waiting: BTreeMap<String, Vec<Telling>> = BTreeMap::new();
    for telling in due {
        waiting
            .entry(telling.person.clone())
            .or_default()
            .push(telling);
    }
    for person in waiting.keys().cloned().collect::<Vec<_>>() {
        let last = tellings::last(&mut conn, company, &person).await?;
        if last.is_some_and(|last| now < last.saturating_add(settings.window_ms())) {
            waiting.remove(&person);
        }
    }
    let ids: Vec<&str> = waiting.keys().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let people = readers(&mut conn, company, &ids, &settings, now).await?;
    let chats = Chats::load(&mut conn, company, now).await?;
    drop(conn);
    let audit = audits.read(company, now).await?;
    let book = Book::open(store, company).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let mut chats = chats.told(office, &settings, now);
    chats.retain(|told| told.chat.gets.at_once);
    let mut letters = Vec::new();
    for (whom, tellings) in &waiting {
        let person = people.iter().find(|reader| reader.person == *whom);
        let chat = chats.iter().find(|told| told.chat.id == *whom);
        let to = match (person, chat) {
            (Some(reader), _) => Some(To::Person(reader)),
            (None, Some(told)) => Some(To::Chat(told, settings.chat_names)),
            (None, None) => None,
        };
        letters.push(match to {
            Some(to) => Sent::of(to, (&*audit, &book, office), tellings, site, now),
            None => Sent::nothing(whom, tellings),
        });
    }
    drop(book);
    drop(audit);
    for sent in letters {
        sent.put(audits, company, now).await?;
    }
    Ok(())
}
