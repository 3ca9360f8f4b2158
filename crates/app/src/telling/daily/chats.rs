//! The notes of group chats: the figures of a lead's or a head's note, without the findings themselves.

use history::Instant;
use notes::Site;
use store::companies;
use store::notes::{self as kept, CHAT};

use super::{Due, due, facts};
use crate::audits::Audits;
use crate::error::Error;
use crate::life::office::{self, Office};
use crate::telling::chats::{Chats, Told, send_to_chat};
use crate::telling::settings;

/// Sends group chats the notes that are due: one a chat a day.
pub(in crate::telling) async fn send_due(
    audits: &Audits,
    company: &str,
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    let mut conn = audits.store().reader().await?;
    let settings = settings::load(&mut conn, company).await?;
    let chats = Chats::load(&mut conn, company, now).await?;
    let last = kept::last(&mut conn, company).await?;
    drop(conn);
    let audit = audits.read(company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let all = chats.told(office, &settings, now).into_iter();
    let wanted = all.filter(|told| told.chat.gets.daily);
    let due: Vec<(Told, Due)> = wanted
        .filter_map(|told| {
            let kind = match told.chat.about.as_str() {
                "" => notes::Reader::Head,
                _ => notes::Reader::Lead,
            };
            let due = due(&told.reader, kind, (office, &settings), &last, now)?;
            Some((told, due))
        })
        .collect();
    drop(audit);
    for (told, due) in due {
        write(
            audits,
            company,
            (&told, &due),
            (settings.chat_names, site),
            now,
        )
        .await?;
    }
    Ok(())
}

/// Makes a chat's note, keeps it and sends it, unless somebody has done so.
async fn write(
    audits: &Audits,
    company: &str,
    (told, due): (&Told, &Due),
    (names, site): (bool, Site<'_>),
    now: Instant,
) -> Result<(), Error> {
    let facts = facts::facts(audits, &told.actor(company), due, now).await?;
    let letter = facts
        .says_anything()
        .then(|| notes::chat_daily(&facts, names, due.reader.lang, site));
    let note = due.note((store::new_id(), CHAT), &facts, letter.as_ref(), now)?;
    let mut tx = audits.store().begin().await?;
    companies::lock(&mut tx, company).await?;
    if !kept::add(&mut tx, company, &note).await? {
        return Ok(tx.rollback().await?);
    }
    if let Some(letter) = &letter {
        let message = ("note.chat", note.day.as_str(), letter);
        send_to_chat(&mut tx, company, &told.chat.id, message, (now, now)).await?;
    }
    Ok(tx.commit().await?)
}
