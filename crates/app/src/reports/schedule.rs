//! Reports by schedule: made in the morning after a week or month is over, looked over by those who
//! write reports, and sent some hours later.

use std::sync::Arc;
use std::time::Duration;

use figures::Span;
use figures::light::Who;
use history::Instant;
use notes::{Letter, Site};
use report::document::Document;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Connection, Store, reports, settings, troubles};
use wording::Lang;
use worktime::Zone;

use super::press::Press;
use super::send::send_by;
use super::trouble::{self, Known, MAKE, SEND};
use super::{COMPANY, EMPLOYEE, GROUP, draft, keep};
use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::life::office::{self, Office};
use crate::period_report::{Whom, on_everybody};
use crate::permissions::{Access, Deed};
use crate::telling::{self, Message, readers, time};

/// When reports are made and sent. Each may be left out and has its default then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Schedule {
    /// Whether every Monday there are reports of the week.
    pub weekly: bool,
    /// Whether on every first day of a month there are reports of the month.
    pub monthly: bool,
    /// Whether each group has one.
    pub groups: bool,
    /// Whether each employee has one.
    pub people: bool,
    /// At what local time they are made, `06:00`.
    pub make_at: String,
    /// At what local time of that day they are sent, `10:00`; until then words can be changed.
    pub send_at: String,
    /// Whether they wait until somebody sends them.
    pub by_hand: bool,
    /// The language of their words.
    pub language: String,
}

impl Default for Schedule {
    fn default() -> Schedule {
        Schedule {
            weekly: true,
            monthly: true,
            groups: true,
            people: true,
            make_at: "06:00".to_owned(),
            send_at: "10:00".to_owned(),
            by_hand: false,
            language: "ru".to_owned(),
        }
    }
}

impl Schedule {
    fn check(&self) -> Result<(), Fault> {
        for (field, text) in [("make_at", &self.make_at), ("send_at", &self.send_at)] {
            if time(text).is_none() {
                let said = format!("{text:?} is no time; write one such as 09:30");
                return Err(Fault::new(field, "time", said));
            }
        }
        if time(&self.send_at) < time(&self.make_at) {
            let said = "reports cannot be sent before they are made".to_owned();
            return Err(Fault::new("send_at", "order", said));
        }
        if self.language.parse::<Lang>().is_err() {
            let said = format!("{:?} is no language; write ru or en", self.language);
            return Err(Fault::new("language", "unknown", said));
        }
        Ok(())
    }

    fn lang(&self) -> Lang {
        self.language.parse().unwrap_or(Lang::Ru)
    }

    fn wants(&self, whom: Whom<'_>) -> bool {
        match whom {
            Whom::Company => true,
            Whom::Group(_) => self.groups,
            Whom::Employee(_) => self.people,
        }
    }

    /// The schedule of a company.
    pub(super) async fn load(conn: &mut Connection, company: &str) -> Result<Schedule, Error> {
        read(conn, company, KEY).await
    }

    /// The periods whose reports are made and sent now, each with its first day.
    pub(super) fn due(&self, zone: &Zone, now: Instant) -> Vec<(Span, String)> {
        let spans = self.spans(zone, now).into_iter();
        spans
            .filter_map(|span| Some((span, Due::of(self, span, zone)?.from_day)))
            .collect()
    }

    /// The periods of which there are to be reports, by the last ones that are over.
    fn spans(&self, zone: &Zone, now: Instant) -> Vec<Span> {
        let week = self.weekly.then(|| Span::last_full_week(zone, now));
        let month = self.monthly.then(|| Span::last_full_month(zone, now));
        week.into_iter().chain(month).collect()
    }
}

/// The keys in the store: what is wanted, and what was made last.
const KEY: &str = "reports";
const DONE: &str = "reports.made";

/// The first day of the last week and month of which the schedule made reports.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Done {
    week: String,
    month: String,
}

impl Done {
    fn of(&mut self, span: Span) -> &mut String {
        match span {
            Span::Month(_) => &mut self.month,
            _ => &mut self.week,
        }
    }
}

async fn read<T: Default + for<'de> Deserialize<'de>>(
    conn: &mut Connection,
    company: &str,
    key: &str,
) -> Result<T, Error> {
    let Some(kept) = settings::get(conn, company, key).await? else {
        return Ok(T::default());
    };
    serde_json::from_str(&kept)
        .map_err(|error| Error::Inside(format!("the setting {key:?} cannot be read: {error}")))
}

fn written(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Inside(error.to_string()))
}

/// The schedule of the company.
///
/// # Errors
/// Where the access does not allow it.
pub async fn see(store: &Store, actor: &Actor) -> Result<Schedule, Error> {
    actor.reach(Deed::SeeSettings)?;
    Schedule::load(&mut *store.reader().await?, &actor.company).await
}

/// Changes the schedule of the company.
///
/// # Errors
/// Where the access does not allow it, or a value cannot be.
pub async fn save(
    store: &Store,
    actor: &Actor,
    changed: &Schedule,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageSettings)?;
    changed.check()?;
    let mut tx = store.begin().await?;
    let before = Schedule::load(&mut tx, &actor.company).await?;
    let (before, after) = (written(&before)?, written(changed)?);
    settings::set(&mut tx, &actor.company, KEY, &after).await?;
    let line = Note::new("settings.change", "settings", KEY).change("value", &before, &after);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// Makes and sends what is due by `now`. Done twice it makes and sends it once. What cannot be done is
/// noted ([`super::failures`]) and tried again by a later call, after a while.
///
/// # Errors
/// Where the store or the company's audit fails.
pub async fn round(
    audits: &Audits,
    company: &str,
    press: &dyn Press,
    now: Instant,
) -> Result<(), Error> {
    let mut reader = audits.store().reader().await?;
    let schedule = Schedule::load(&mut reader, company).await?;
    let mut done: Done = read(&mut reader, company, DONE).await?;
    let known = Known::load(&mut reader, company).await?;
    drop(reader);
    let zone = {
        let audit = audits.read(company, now).await?;
        audit.live().regulation().latest().zone.clone()
    };
    for span in schedule.spans(&zone, now) {
        let Some(due) = Due::of(&schedule, span, &zone) else {
            continue;
        };
        if now < due.made {
            continue;
        }
        if *done.of(span) != due.from_day {
            let period = trouble::period(span, &due.from_day);
            let what = (MAKE, period.as_str());
            if known.waits(what, now) {
                continue;
            }
            let mut after = done.clone();
            *after.of(span) = due.from_day.clone();
            let asked = (&schedule, span, period.as_str());
            match make(audits, company, asked, (&after, press.base()), now).await {
                Ok(()) => done = after,
                Err(error) => {
                    known.failed(audits, company, what, &error, now).await?;
                    continue;
                }
            }
        }
        if now >= due.sent && !schedule.by_hand {
            let of = (span, due.from_day.as_str());
            send_drafts(audits, company, of, (press, &known), now).await?;
        }
    }
    Ok(())
}

/// How often to look.
const EVERY: Duration = Duration::from_secs(60);

/// Makes and sends the reports of all companies when they are due, until the end of the program. `clock`
/// tells the time.
pub async fn keep_reporting(
    audits: Audits,
    press: Arc<dyn Press>,
    clock: impl Fn() -> Instant + Send,
) {
    loop {
        let now = clock();
        for company in audits.companies() {
            if let Err(error) = round(&audits, &company, &*press, now).await {
                tracing::error!(company, %error, "cannot make the reports of a company");
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// When the reports of a period are due.
struct Due {
    from_day: String,
    made: Instant,
    sent: Instant,
}

impl Due {
    fn of(schedule: &Schedule, span: Span, zone: &Zone) -> Option<Due> {
        let (from, to) = span.dates();
        let day = to?.tomorrow().ok()?;
        let at = |text: &str| Some(zone.instant_from(day.to_datetime(time(text)?)));
        Some(Due {
            from_day: from?.to_string(),
            made: at(&schedule.make_at)?,
            sent: at(&schedule.send_at)?,
        })
    }
}

/// Makes the drafts of a period, all or none, and tells those who may look them over.
async fn make(
    audits: &Audits,
    company: &str,
    (schedule, span, period): (&Schedule, Span, &str),
    (done, base): (&Done, &str),
    now: Instant,
) -> Result<(), Error> {
    let wants = |whom: Whom<'_>| schedule.wants(whom);
    let made = on_everybody(audits, company, (span, schedule.lang()), wants, now).await?;
    let mut documents: Vec<(&str, String, Document)> = Vec::new();
    let audit = audits.read(company, now).await?;
    let people = &audit.live().history().people;
    for (who, document) in made {
        let (scope, subject) = match who {
            Who::Company => (COMPANY, ""),
            Who::Group(group) => (GROUP, people.group_ids.get(group.0)),
            Who::Employee(id) => (EMPLOYEE, people.ids.get(id.0)),
        };
        documents.push((scope, subject.to_owned(), document));
    }
    let mut tx = audits.store().begin().await?;
    settings::set(&mut tx, company, DONE, &written(done)?).await?;
    troubles::remove(&mut tx, company, (MAKE, period)).await?;
    let mut first = None;
    for (scope, subject, document) in &documents {
        let report = draft((scope, subject), span, document, ("", now))?;
        keep(&mut tx, company, &report, document).await?;
        first.get_or_insert(report);
    }
    if let Some(report) = first {
        let office = Office::of(audit.live(), office::clocks(audit.live()));
        let settings = telling::settings(&mut tx, company).await?;
        let people = readers(&mut tx, company, &[], &settings, now).await?;
        let writers = people
            .iter()
            .filter(|one| matches!(one.access, Access::Specialist | Access::Coordinator));
        for reader in writers {
            let letter = drafts(documents.len(), schedule, base, reader.lang);
            let message = Message {
                kind: "report.drafts",
                key: &format!("{}:{}", report.kind, report.from_day),
                payload: &json!({ "reports": documents.len() }),
                letter: &letter,
            };
            let open = reader.hours(office, now).open(now).unwrap_or(now);
            telling::send(&mut tx, company, &reader.person, &message, (now, open)).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// That drafts wait to be looked over.
fn drafts(count: usize, schedule: &Schedule, base: &str, lang: Lang) -> Letter {
    let send_at = (!schedule.by_hand).then_some(schedule.send_at.as_str());
    notes::drafts(count as u64, send_at, lang, Site(base))
}

async fn send_drafts(
    audits: &Audits,
    company: &str,
    (span, from_day): (Span, &str),
    (press, known): (&dyn Press, &Known),
    now: Instant,
) -> Result<(), Error> {
    let which = reports::Which {
        kind: super::kind(span).unwrap_or_default().to_owned(),
        from_day: from_day.to_owned(),
        ..reports::Which::default()
    };
    let mut reader = audits.store().reader().await?;
    let all = reports::page(&mut reader, company, &which, None, i64::MAX).await?;
    drop(reader);
    for report in all.iter().filter(|report| report.sent_at.is_none()) {
        let what = (SEND, report.id.as_str());
        if known.waits(what, now) {
            continue;
        }
        match send_by(audits, company, "", &report.id, press, now).await {
            // Somebody was quicker.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => known.failed(audits, company, what, &error, now).await?,
        }
    }
    Ok(())
}
