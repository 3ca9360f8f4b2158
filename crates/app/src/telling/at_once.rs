//! What is told at once: what was just found is planned, what is due is sent, a flood as one message.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use audit::judge::{Deal, Finding};
use audit::regulation::Severity;
use figures::View;
use history::Instant;
use notes::{AtOnce, Of, Site, Told};
use serde_json::{Value, json};
use store::tellings::{self, Telling};
use store::{Connection, companies};

use super::people::{Reader, readers};
use super::plan::{Recipient, Tells, Whom, plan};
use super::said::Said;
use super::send::{Message, send};
use super::settings::{self, Settings};
use crate::audits::{Audit, Audits};
use crate::error::Error;
use crate::life::book::Book;
use crate::life::books::Opened;
use crate::life::finding::State;
use crate::life::memory::facts;
use crate::life::office::{self, Office};
use crate::permissions::Access;

/// How many findings are planned in one transaction: SQLite's only writer is not to be held long.
const AT_ONCE: i64 = 100;
/// How many findings a message names; the rest it counts.
const NAMED: usize = 5;

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
    drop(reader);
    let audit = audits.read(company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let planned: Vec<(&str, Vec<Telling>)> = new
        .iter()
        .map(|(id, _)| (id.as_str(), tell(&audit, office, &people, id, now)))
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
    people: &[Reader],
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
    let lead = lead_at(office, finding);
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
    telling.collect()
}

/// Who led the group, at the breach, of whom a finding is held against; of what is held against nobody
/// that of who answered for the deal. Empty: nobody.
fn lead_at<'a>(office: Office<'a>, finding: &Finding) -> &'a str {
    let history = office.history;
    let mut employee = finding.employee;
    if employee.is_none() && finding.deal.is_some() {
        let mut deal = Deal::new(history, i64::MAX, &[]);
        let timeline = history.timelines.deal(finding.deal).until(finding.at);
        deal.walk(timeline, |_, _| ());
        employee = deal.responsible;
    }
    office.lead(history.people.ids.get(employee.0), finding.at)
}

/// Sends what is due: to each person at most one message in a window, with everything in it that is
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
    drop(conn);
    let audit = audits.read(company, now).await?;
    let book = Book::open(store, company).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let mut letters = Vec::new();
    for (person, tellings) in &waiting {
        let reader = people.iter().find(|reader| reader.person == *person);
        letters.push(match reader {
            Some(reader) => Sent::of(reader, (&*audit, &book, office), tellings, site, now),
            None => Sent::nothing(person, tellings),
        });
    }
    drop(book);
    drop(audit);
    for sent in letters {
        sent.put(audits, company, now).await?;
    }
    Ok(())
}

/// What becomes of what is due to a person.
struct Sent {
    person: String,
    /// What is told now.
    told: Vec<String>,
    /// What does not hold any more, or is left to the note.
    dropped: Vec<String>,
    /// What is put off, and until when.
    put_off: Option<Instant>,
    message: Option<(&'static str, Value, notes::Letter)>,
}

impl Sent {
    fn nothing(person: &str, tellings: &[Telling]) -> Sent {
        Sent {
            person: person.to_owned(),
            told: Vec::new(),
            dropped: tellings.iter().map(|one| one.finding.clone()).collect(),
            put_off: None,
            message: None,
        }
    }

    fn of(
        reader: &Reader,
        (audit, book, office): (&Audit, &Opened, Office<'_>),
        tellings: &[Telling],
        site: Site<'_>,
        now: Instant,
    ) -> Sent {
        let open = reader.hours(office, now).open(now);
        let Some(open) = open.filter(|_| reader.paused.is_none()) else {
            return Sent::nothing(&reader.person, tellings);
        };
        if open > now {
            // They were there when it was planned, and are not now.
            return Sent {
                told: tellings.iter().map(|one| one.finding.clone()).collect(),
                dropped: Vec::new(),
                put_off: Some(open),
                ..Sent::nothing(&reader.person, &[])
            };
        }
        let (holds, over): (Vec<&Telling>, Vec<&Telling>) = tellings
            .iter()
            .partition(|one| still_holds(audit, book, reader, &one.finding));
        let ids = |list: &[&Telling]| list.iter().map(|one| one.finding.clone()).collect();
        let message = (!holds.is_empty()).then(|| written(reader, audit, &holds, site));
        Sent {
            person: reader.person.clone(),
            told: ids(&holds),
            dropped: ids(&over),
            put_off: None,
            message,
        }
    }

    async fn put(&self, audits: &Audits, company: &str, now: Instant) -> Result<(), Error> {
        let mut tx = audits.store().begin().await?;
        companies::lock(&mut tx, company).await?;
        if let Some(due) = self.put_off {
            for finding in &self.told {
                tellings::put_off(&mut tx, company, (finding, &self.person), due).await?;
            }
            return Ok(tx.commit().await?);
        }
        let key = self.told.first().map_or("", String::as_str);
        let told = self.settle(&mut tx, company, &self.told, key, now).await?;
        self.settle(&mut tx, company, &self.dropped, "", now)
            .await?;
        if told < self.told.len() {
            // Somebody else was quicker with some of them: the rest goes with the next look.
            return Ok(tx.rollback().await?);
        }
        if let Some((kind, payload, letter)) = &self.message {
            let message = Message {
                kind,
                key,
                payload,
                letter,
            };
            send(&mut tx, company, &self.person, &message, (now, now)).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn settle(
        &self,
        conn: &mut Connection,
        company: &str,
        findings: &[String],
        message: &str,
        now: Instant,
    ) -> Result<usize, Error> {
        let mut settled = 0;
        for finding in findings {
            let which = (finding.as_str(), self.person.as_str());
            settled += usize::from(tellings::settle(conn, company, which, message, now).await?);
        }
        Ok(settled)
    }
}

/// Whether there is something about a finding that the reader is to hear: it counts, lasts, and nobody
/// has answered it; of one's own, that one has not seen it yet.
fn still_holds(audit: &Audit, book: &Opened, reader: &Reader, id: &str) -> bool {
    let live = audit.live();
    let standing = live
        .kept()
        .number(id)
        .and_then(|number| live.stands(number));
    let Some(standing) = standing else {
        return false;
    };
    let facts = facts(live, &standing);
    if facts.until.is_some() || !matches!(book.view(id, &facts), View::Counts(_)) {
        return false;
    }
    match book.life(id).state(&facts) {
        State::New => true,
        State::Told | State::Upheld | State::Partly => facts.employee != reader.employee,
        _ => false,
    }
}

/// The message: kind, what the inbox keeps of it, and the letter.
fn written(
    reader: &Reader,
    audit: &Audit,
    tellings: &[&Telling],
    site: Site<'_>,
) -> (&'static str, Value, notes::Letter) {
    let said = Said::new(audit, reader.lang);
    let live = audit.live();
    let mut found: Vec<(&Telling, live::Standing<'_>)> = tellings
        .iter()
        .filter_map(|telling| {
            let number = live.kept().number(&telling.finding)?;
            Some((*telling, live.stands(number)?))
        })
        .collect();
    found.sort_by_cached_key(|(telling, standing)| {
        let finding = standing.finding;
        let amount = Reverse(finding.amount.unwrap_or(0));
        let severity: Severity = standing.severity;
        (
            Reverse(severity),
            amount,
            finding.at,
            telling.finding.clone(),
        )
    });
    let people: BTreeSet<&str> = found
        .iter()
        .map(|(_, standing)| live.history().people.ids.get(standing.finding.employee.0))
        .collect();
    let own = people.iter().all(|one| *one == reader.employee) && !reader.employee.is_empty();
    let told = found.iter().take(NAMED).map(|(telling, standing)| {
        let finding = standing.finding;
        let employee = live.history().people.ids.get(finding.employee.0);
        Told {
            finding: telling.finding.clone(),
            deal: said.deal(live.history().deals.get(finding.deal.0)),
            person: match employee == reader.employee {
                true => String::new(),
                false => said.employee(employee),
            },
            instead_of: said.employee(&telling.instead_of),
            text: said.message(finding),
            rule: said.rule(standing.rule),
            severity: standing.severity.as_str().to_owned(),
            link: format!("/findings/{}", telling.finding),
        }
    });
    let message = AtOnce {
        of: if own { Of::Own } else { Of::Others },
        told: told.collect(),
        count: found.len() as u64,
        link: match reader.access {
            _ if own => "/mine",
            Access::Lead => "/group",
            _ => "/findings?open=yes",
        }
        .to_owned(),
    };
    let letter = message.letter(reader.lang, site);
    match (found.as_slice(), message.told.as_slice()) {
        ([(_, standing)], [one]) => {
            let payload = json!({
                "finding": one.finding,
                "rule": standing.rule,
                "severity": one.severity,
                "deal": live.history().deals.get(standing.finding.deal.0),
                "employee": live.history().people.ids.get(standing.finding.employee.0),
            });
            ("finding.raised", payload, letter)
        }
        _ => {
            let named: Vec<&str> = message
                .told
                .iter()
                .map(|one| one.finding.as_str())
                .collect();
            let payload = json!({ "findings": named, "count": message.count });
            ("findings.raised", payload, letter)
        }
    }
}
