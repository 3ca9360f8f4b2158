//! Reports of weeks and months as something that is kept: generated, looked over by a specialist,
//! sent, and from then on as they were.
//!
//! A draft is the document as it was generated; words that a specialist changes stand beside it, never
//! in it. Sending makes the files of all forms and keeps them, so a report that was sent can be shown
//! again byte for byte whatever has become of its figures.

mod passages;
mod press;
mod schedule;
mod send;
mod trouble;

use std::collections::BTreeMap;

use figures::Span;
use history::Instant;
use jiff::civil::Date;
use report::document::Document;
use store::{Store, artefacts, reports};
use wording::Lang;

pub use passages::Passage;
pub use press::{File, Form, NoPress, Press, Printed};
pub use schedule::{Schedule, keep_reporting, round, save, see};
pub use send::send;
pub use store::reports::Report;
pub use trouble::{Failed, failures, try_again};

use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::life::office::{self, Office};
use crate::period_report::{Asked, Whom, period_report};
use crate::permissions::{Deed, Reach, Whose};

/// How long the words of one text may be, in bytes.
const MOST_TEXT: usize = 5_000;

/// What a report is on, as the store names it.
pub const COMPANY: &str = "company";
/// A group.
pub const GROUP: &str = "group";
/// An employee.
pub const EMPLOYEE: &str = "employee";

/// The kind of a period, as the store names it; none: reports are not made of such.
pub fn kind(span: Span) -> Option<&'static str> {
    match span {
        Span::Week(_) => Some("week"),
        Span::Month(_) => Some("month"),
        Span::Dates(..) => None,
    }
}

/// The period of a kind, `week` or `month`, that a day belongs to.
///
/// # Errors
/// Where reports are made of no such kind, or it is no day.
pub fn period(kind: &str, day: &str) -> Result<Span, Fault> {
    let day: Date = day.trim().parse().map_err(|_| {
        let said = format!("{day:?} is no day; write one such as 2026-04-06");
        Fault::new("day", "date", said)
    })?;
    match kind {
        "week" => Ok(Span::week_of(day)),
        "month" => Ok(Span::month_of(day)),
        _ => {
            let said = format!("{kind:?} is no period of a report; write week or month");
            Err(Fault::new("kind", "unfit", said))
        }
    }
}

/// The scope and subject by which the store names whom a report is on.
fn named<'a>(whom: Whom<'a>) -> (&'static str, &'a str) {
    match whom {
        Whom::Company => (COMPANY, ""),
        Whom::Group(id) => (GROUP, id),
        Whom::Employee(id) => (EMPLOYEE, id),
    }
}

/// Whether somebody makes reports, changes their words and sends them.
pub fn writes(actor: &Actor) -> bool {
    matches!(actor.reach(Deed::WriteReports), Ok(Reach::All))
}

/// A report with what stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What it is.
    pub report: Report,
    /// As it was generated.
    pub generated: Document,
    /// Words that a specialist changed, by their ids.
    pub texts: BTreeMap<String, String>,
}

impl Kept {
    /// The document as it is read.
    pub fn document(&self) -> Document {
        self.generated.with_texts(&self.texts)
    }

    fn of(whole: reports::Whole) -> Result<Kept, Error> {
        let unreadable = |error: serde_json::Error| {
            let id = &whole.report.id;
            Error::Inside(format!("the report {id:?} cannot be read: {error}"))
        };
        Ok(Kept {
            generated: Document::from_json(&whole.document).map_err(unreadable)?,
            texts: serde_json::from_str(&whole.texts).map_err(unreadable)?,
            report: whole.report,
        })
    }
}

/// Makes the draft of a report; an earlier draft of the same period on the same people gives way.
///
/// # Errors
/// Where the access does not allow it, the period is no week or month or has not begun, or there is no
/// such group or employee.
pub async fn make(
    audits: &Audits,
    actor: &Actor,
    (whom, span): (Whom<'_>, Span),
    lang: Lang,
    now: Instant,
) -> Result<Report, Error> {
    actor.reach(Deed::WriteReports)?;
    let asked = Asked {
        whom,
        span: Some(span),
        chapters: matches!(whom, Whom::Company | Whom::Group(_)),
        lang,
    };
    let document = period_report(audits, actor, asked, now).await?;
    let today = {
        let audit = audits.read(&actor.company, now).await?;
        audit.live().regulation().latest().zone.date(now)
    };
    let report = draft(named(whom), span, &document, (&actor.person, now))?;
    if span.dates().0.is_some_and(|first| first > today) {
        let said = "that period has not begun; name one that is over, or this one";
        return Err(Fault::new("period", "future", said).into());
    }
    let mut tx = audits.store().begin().await?;
    keep(&mut tx, &actor.company, &report, &document).await?;
    let line = Note::new("report.make", "report", &report.id)
        .with("scope", &report.scope)
        .with("subject", &report.subject)
        .with("from", &report.from_day);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    tx.commit().await?;
    Ok(report)
}

/// A draft of a document.
fn draft(
    (scope, subject): (&str, &str),
    span: Span,
    document: &Document,
    (author, now): (&str, Instant),
) -> Result<Report, Error> {
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let kind = kind(span).ok_or_else(|| {
        let said = "reports are made of a week or of a month";
        Fault::new("period", "unfit", said)
    })?;
    let (from, to) = span.dates();
    Ok(Report {
        id: store::new_id(),
        kind: kind.to_owned(),
        scope: scope.to_owned(),
        subject: subject.to_owned(),
        from_day: day(from),
        to_day: day(to),
        language: document.lang.clone(),
        title: format!("{}. {}", document.title, document.subtitle),
        made_at: now,
        made_by: author.to_owned(),
        ..Report::default()
    })
}

async fn keep(
    conn: &mut store::Connection,
    company: &str,
    report: &Report,
    document: &Document,
) -> Result<(), Error> {
    let json = document.to_json();
    let json = json.map_err(|error| Error::Inside(error.to_string()))?;
    Ok(reports::put(conn, company, report, &json).await?)
}

/// Which reports somebody may see: those on themselves, on groups that they lead and on the people
/// there, or all. Drafts are for those who write them.
struct Seen {
    which: reports::Which,
}

impl Seen {
    async fn by(audits: &Audits, actor: &Actor, now: Instant) -> Result<Seen, Error> {
        let whose = actor.whose(Deed::SeeReports)?;
        let writes = writes(actor);
        let audit = audits.read(&actor.company, now).await?;
        let office = Office::of(audit.live(), office::clocks(audit.live()));
        let people = office.reachable(&whose, now);
        let of = people.map(|people| {
            let people = people.into_iter().map(|one| (EMPLOYEE.to_owned(), one));
            let groups = match &whose {
                Whose::Groups { groups, .. } => groups.iter().cloned().collect(),
                _ => Vec::new(),
            };
            let groups = groups.into_iter().map(|one| (GROUP.to_owned(), one));
            people.chain(groups).collect()
        });
        Ok(Seen {
            which: reports::Which {
                of,
                is_sent: !writes,
                ..reports::Which::default()
            },
        })
    }

    fn sees(&self, report: &Report) -> bool {
        let is_of = |of: &Vec<(String, String)>| {
            of.iter()
                .any(|(scope, subject)| (scope, subject) == (&report.scope, &report.subject))
        };
        let is_of = self.which.of.as_ref().is_none_or(is_of);
        is_of && (report.sent_at.is_some() || !self.which.is_sent)
    }
}

/// At most `limit` reports that somebody may see, those of the latest days first, behind `after` (last
/// day and id of the last one seen).
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn list(
    audits: &Audits,
    actor: &Actor,
    after: Option<(&str, &str)>,
    limit: i64,
    now: Instant,
) -> Result<Vec<Report>, Error> {
    let seen = Seen::by(audits, actor, now).await?;
    let mut reader = audits.store().reader().await?;
    Ok(reports::page(&mut reader, &actor.company, &seen.which, after, limit).await?)
}

/// A report.
///
/// # Errors
/// Where there is none of that id for this actor.
pub async fn open(audits: &Audits, actor: &Actor, id: &str, now: Instant) -> Result<Kept, Error> {
    let seen = Seen::by(audits, actor, now).await?;
    let mut reader = audits.store().reader().await?;
    let found = reports::get(&mut reader, &actor.company, id).await?;
    let found = found.filter(|whole| seen.sees(&whole.report));
    Kept::of(found.ok_or_else(|| missing(id))?)
}

fn missing(id: &str) -> Error {
    Error::NotFound {
        what: "report",
        id: id.to_owned(),
    }
}

/// Changes words of a draft: those of `texts`, by their ids. Words like those that were generated are
/// no change.
///
/// # Errors
/// Where the access does not allow it, there is no such draft or no such text, or one is too long.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    id: &str,
    texts: &BTreeMap<String, String>,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::WriteReports)?;
    let mut tx = store.begin().await?;
    let whole = reports::get(&mut tx, &actor.company, id).await?;
    let kept = Kept::of(whole.ok_or_else(|| missing(id))?)?;
    let generated = kept.generated.texts();
    let mut all = kept.texts;
    for (text, words) in texts {
        let Some(was) = generated.get(text) else {
            let said = format!("the report has no text {text:?}");
            return Err(Fault::new("texts", "unknown", said).into());
        };
        if words.len() > MOST_TEXT {
            let said = format!("at most {MOST_TEXT} bytes of text are kept");
            return Err(Fault::new("texts", "too_long", said).into());
        }
        // A browser sends line ends of its own.
        let words = words.replace("\r\n", "\n").trim().to_owned();
        match words == was.trim() {
            true => all.remove(text),
            false => all.insert(text.clone(), words),
        };
    }
    let json = serde_json::to_string(&all).map_err(|error| Error::Inside(error.to_string()))?;
    let author = (actor.person.as_str(), now);
    if !reports::edit(&mut tx, &actor.company, id, &json, author).await? {
        let said = "the report was sent and stays as it is; make it anew to change it";
        return Err(Error::Conflict(said.to_owned()));
    }
    let line = Note::new("report.edit", "report", id);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// A report as a file: the one that went out, or of a draft the one that would.
///
/// # Errors
/// Where there is no such report for this actor, its files are kept no longer, or the file cannot be
/// made.
pub async fn file(
    audits: &Audits,
    actor: &Actor,
    (id, form): (&str, Form),
    press: &dyn Press,
    now: Instant,
) -> Result<File, Error> {
    let kept = open(audits, actor, id, now).await?;
    if kept.report.files_gone_at.is_some() {
        return Err(Error::FilesGone(id.to_owned()));
    }
    let mut reader = audits.store().reader().await?;
    if let Some(sent) = reports::file(&mut reader, &actor.company, id, form.name()).await? {
        let found = artefacts::get(&mut reader, &actor.company, &sent).await?;
        let found = found.ok_or_else(|| Error::Inside(format!("the file {sent:?} is gone")))?;
        return Ok(File {
            name: found.name,
            media_type: found.media_type,
            bytes: found.bytes,
        });
    }
    drop(reader);
    crate::audits::heavy(|| press::file(&kept, form, press))
}
