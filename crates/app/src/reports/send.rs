//! Sending a report: its files are made and kept, and those whom it is for are told, each once.

use history::Instant;
use notes::{Attachment, Letter};
use report::Look;
use report::document::{Block, Document};
use serde_json::json;
use store::artefacts::{self, NewArtefact};
use store::{Connection, companies, reports, troubles};

use super::press::{self, File, Form, Press};
use super::trouble::SEND;
use super::{COMPANY, EMPLOYEE, GROUP, Kept, Report, missing};
use crate::actor::Actor;
use crate::audits::{Audit, Audits, heavy};
use crate::error::Error;
use crate::journal::{Note, note};
use crate::life::office::{self, Office};
use crate::permissions::{Access, Deed};
use crate::telling::{self, Chats, Message, Reader, readers};

/// What the outbox calls it.
const KIND: &str = "report";

/// Sends a draft to those whom it is for: on the company to directors, heads and coordinators, on a group
/// to its lead, on both to the chats that hear about them, on an employee to them and their lead. From then on the
/// report stays as it is.
///
/// # Errors
/// Where the access does not allow it, there is no such draft, or one of its files cannot be made;
/// nothing goes out then.
pub async fn send(
    audits: &Audits,
    actor: &Actor,
    id: &str,
    press: &dyn Press,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::WriteReports)?;
    send_by(audits, &actor.company, &actor.person, id, press, now).await
}

/// The same by `author`; by nobody, if the schedule does it.
pub(super) async fn send_by(
    audits: &Audits,
    company: &str,
    author: &str,
    id: &str,
    press: &dyn Press,
    now: Instant,
) -> Result<(), Error> {
    let store = audits.store();
    let mut reader = store.reader().await?;
    let whole = reports::get(&mut reader, company, id).await?;
    drop(reader);
    let kept = Kept::of(whole.ok_or_else(|| missing(id))?)?;
    let made = heavy(|| Made::of(&kept, press))?;
    let audit = audits.read(company, now).await?;
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    if !reports::send(&mut tx, company, id, (author, now)).await? {
        let said = "the report was sent already; make it anew to send another";
        return Err(Error::Conflict(said.to_owned()));
    }
    let letter = made.keep(&mut tx, company, &kept, now).await?;
    let told = tell(&mut tx, company, (&kept, &letter), &audit, now).await?;
    tell_chats(&mut tx, company, (&kept, &made, &letter), &audit, now).await?;
    troubles::remove(&mut tx, company, (SEND, id)).await?;
    let line = Note::new("report.send", "report", id).with("people", &told.to_string());
    note(&mut tx, company, author, line, now).await?;
    Ok(tx.commit().await?)
}

/// The files of a report, and its message.
struct Made {
    files: Vec<(Form, File)>,
    pictures: Vec<File>,
    /// The first chapter as a letter; it shows the pictures by their charts' ids.
    html: String,
    /// What the message says in chats that may hear names, and in those that may not.
    texts: [String; 2],
}

impl Made {
    fn of(kept: &Kept, press: &dyn Press) -> Result<Made, Error> {
        let files = Form::ALL.into_iter();
        let files = files.map(|form| Ok((form, press::file(kept, form, press)?)));
        let files = files.collect::<Result<Vec<_>, Error>>()?;
        let document = kept.document();
        let message = report::message(&document, None);
        let look = Look {
            base: Some(press.base()).filter(|base| !base.is_empty()),
            pictures: Some("cid:"),
        };
        let html = report::page(&own(&document), &look);
        let mut pictures = Vec::new();
        for chart in &message.pictures {
            let bytes = press.picture(&document, chart).map_err(|why| {
                let id = &kept.report.id;
                Error::Inside(format!(
                    "the chart {chart:?} of {id:?} cannot be drawn: {why}"
                ))
            })?;
            pictures.push(File {
                name: format!("{chart}.png"),
                media_type: "image/png".to_owned(),
                bytes,
            });
        }
        let nameless = report::message(&nameless(&document), None).text;
        Ok(Made {
            files,
            pictures,
            texts: [message.text, nameless],
            html,
        })
    }

    /// Keeps the files; the letter that carries them.
    async fn keep(
        &self,
        conn: &mut Connection,
        company: &str,
        kept: &Kept,
        now: Instant,
    ) -> Result<Letter, Error> {
        let report = &kept.report;
        let mut attachments = Vec::new();
        for (form, file) in &self.files {
            let attached = add(conn, company, file, now).await?;
            let form_kept = (form.name(), attached.artefact.as_str());
            reports::add_file(conn, company, &report.id, form_kept).await?;
            if matches!(form, Form::Pdf | Form::Workbook) {
                attachments.push(attached);
            }
        }
        let mut pictures = Vec::new();
        let mut html = self.html.clone();
        for file in &self.pictures {
            let picture = add(conn, company, file, now).await?;
            let chart = file.name.trim_end_matches(".png");
            let shown = format!("\"cid:{}\"", picture.artefact);
            html = html.replace(&format!("\"cid:{chart}\""), &shown);
            pictures.push(picture);
        }
        Ok(Letter {
            subject: report.title.clone(),
            text: self.texts[0].clone(),
            html,
            attachments,
            pictures,
            link: format!("/reports/{}", report.id),
            ..Letter::default()
        })
    }
}

async fn add(
    conn: &mut Connection,
    company: &str,
    file: &File,
    now: Instant,
) -> Result<Attachment, Error> {
    let new = NewArtefact {
        name: &file.name,
        media_type: &file.media_type,
        bytes: &file.bytes,
    };
    Ok(Attachment {
        artefact: artefacts::add(conn, company, now, new).await?,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
    })
}

/// The first chapter of a document; whatever belongs to others begins with a page of its own.
fn own(document: &Document) -> Document {
    let own = document.blocks.iter();
    let own = own.take_while(|block| !matches!(block, Block::Break));
    Document {
        blocks: own.cloned().collect(),
        data: Vec::new(),
        ..document.clone()
    }
}

/// The part of a report on the company or a group that names nobody: its figures and its own charts.
fn nameless(document: &Document) -> Document {
    let mut own = own(document);
    let is_figure = |block: &Block| matches!(block, Block::Cards(_) | Block::Chart { .. });
    own.blocks.retain(is_figure);
    own
}

/// Tells those whom a report is for, when they may be told; how many.
async fn tell(
    conn: &mut Connection,
    company: &str,
    (kept, letter): (&Kept, &Letter),
    audit: &Audit,
    now: Instant,
) -> Result<usize, Error> {
    let report = &kept.report;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let settings = telling::settings(conn, company).await?;
    let people = readers(conn, company, &[], &settings, now).await?;
    let addressees = people.iter().filter(|one| is_for(report, one, office, now));
    let mut told = 0;
    for reader in addressees {
        let open = reader.hours(office, now).open(now).unwrap_or(now);
        let message = Message {
            kind: KIND,
            key: &report.id,
            payload: &json!({ "report": report.id }),
            letter,
        };
        let due = reader.paused.map_or(open, |paused| open.max(paused));
        telling::send(conn, company, &reader.person, &message, (now, due)).await?;
        told += 1;
    }
    Ok(told)
}

/// Whether a report is for somebody.
fn is_for(report: &Report, reader: &Reader, office: Office<'_>, now: Instant) -> bool {
    let employee = reader.employee.as_str();
    let is = |other: &str| !employee.is_empty() && employee == other;
    match report.scope.as_str() {
        COMPANY => matches!(
            reader.access,
            Access::Director | Access::Head | Access::Coordinator
        ),
        GROUP => is(office.leader(&report.subject)),
        EMPLOYEE => is(&report.subject) || is(office.lead(&report.subject, now)),
        _ => false,
    }
}

/// Tells the chats that hear about whom the report is on; names only where the company allows them
/// there.
async fn tell_chats(
    conn: &mut Connection,
    company: &str,
    (kept, made, letter): (&Kept, &Made, &Letter),
    audit: &Audit,
    now: Instant,
) -> Result<(), Error> {
    let settings = telling::settings(conn, company).await?;
    let [named, nameless] = &made.texts;
    let letter = Letter {
        text: if settings.chat_names { named } else { nameless }.clone(),
        // What a file or the page says of people is for those whom it is sent to.
        attachments: Vec::new(),
        html: String::new(),
        link: String::new(),
        ..letter.clone()
    };
    let report = &kept.report;
    let wanted = match report.scope.as_str() {
        COMPANY => Some(""),
        GROUP => Some(report.subject.as_str()),
        _ => None,
    };
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let all = Chats::load(conn, company, now).await?;
    for told in all.told(office, &settings, now) {
        let chat = &told.chat;
        if chat.gets.reports && Some(chat.about.as_str()) == wanted {
            let message = ("report.chat", report.id.as_str(), &letter);
            let due = told.open(office, now);
            telling::send_to_chat(conn, company, &chat.id, message, (now, due)).await?;
        }
    }
    Ok(())
}
