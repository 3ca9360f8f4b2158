//! What the schedule could not do: waited with, longer each time, and shown to whoever keeps the company.

use figures::Span;
use history::Instant;
use store::troubles::{self, Trouble};
use store::{Connection, reports};

use super::schedule::Schedule;
use super::{Report, kind};
use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// How long to wait after each try in vain, in minutes; after all of them as long as after the last.
const WAITS: [i64; 6] = [1, 5, 15, 60, 180, 360];
/// How long what is not tried any more is still shown, in milliseconds: 30 days.
const SHOWN: i64 = 30 * 86_400_000;

/// Making the reports of a period.
pub(super) const MAKE: &str = "make";
/// Sending a report.
pub(super) const SEND: &str = "send";

/// What is known to have failed in a company.
pub(super) struct Known(Vec<Trouble>);

impl Known {
    pub async fn load(conn: &mut Connection, company: &str) -> Result<Known, Error> {
        Ok(Known(troubles::list(conn, company).await?))
    }

    fn of(&self, (deed, subject): (&str, &str)) -> Option<&Trouble> {
        let mut all = self.0.iter();
        all.find(|one| (one.deed.as_str(), one.subject.as_str()) == (deed, subject))
    }

    /// Whether something is not to be tried yet.
    pub fn waits(&self, what: (&str, &str), now: Instant) -> bool {
        self.of(what).is_some_and(|one| now < one.next_at)
    }

    /// Notes that something could not be done, and when it is to be tried again.
    pub async fn failed(
        &self,
        audits: &Audits,
        company: &str,
        what: (&str, &str),
        error: &Error,
        now: Instant,
    ) -> Result<(), Error> {
        let (deed, subject) = what;
        tracing::error!(company, deed, subject, %error, "cannot do with a report what is due");
        let before = self.of(what).map_or(0, |one| one.tries);
        let trouble = Trouble {
            deed: deed.to_owned(),
            subject: subject.to_owned(),
            tries: before.saturating_add(1),
            why: wording::one_line(&error.to_string(), 500),
            failed_at: now,
            next_at: now.saturating_add(wait(before)),
        };
        let mut tx = audits.store().begin().await?;
        troubles::note(&mut tx, company, &trouble).await?;
        troubles::forget(&mut tx, company, now.saturating_sub(SHOWN)).await?;
        Ok(tx.commit().await?)
    }
}

/// How long to wait after a try that so many in vain were before, in milliseconds.
fn wait(before: i64) -> i64 {
    let place = usize::try_from(before).unwrap_or(0).min(WAITS.len() - 1);
    WAITS[place] * 60_000
}

/// A period, as troubles name it: `week:2026-03-02`.
pub(super) fn period(span: Span, from_day: &str) -> String {
    format!("{}:{from_day}", kind(span).unwrap_or_default())
}

/// What could not be done, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The report that cannot be sent; none: those of a period cannot be made.
    pub report: Option<Report>,
    /// `week` or `month`.
    pub kind: String,
    /// The first day of the period.
    pub from_day: String,
    /// How often it was tried.
    pub tries: i64,
    /// What was in the way the last time.
    pub why: String,
    /// When that was.
    pub failed_at: Instant,
    /// When it is tried again; none: the period has passed, and nobody tries it any more.
    pub next_at: Option<Instant>,
}

/// What of the company's reports could not be made or sent by the schedule, the latest first.
///
/// # Errors
/// Where the access does not allow it.
pub async fn failures(audits: &Audits, actor: &Actor, now: Instant) -> Result<Vec<Failed>, Error> {
    actor.reach(Deed::SeeSettings)?;
    let company = actor.company.as_str();
    let mut conn = audits.store().reader().await?;
    let known = troubles::list(&mut conn, company).await?;
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let schedule = Schedule::load(&mut conn, company).await?;
    let mut shown = Vec::new();
    for trouble in known {
        let report = match trouble.deed.as_str() {
            SEND => match reports::get(&mut conn, company, &trouble.subject).await? {
                Some(whole) if whole.report.sent_at.is_none() => Some(whole.report),
                // Sent by hand, or made anew.
                _ => continue,
            },
            _ => None,
        };
        let (kind, from_day) = match &report {
            Some(report) => (report.kind.as_str(), report.from_day.as_str()),
            None => trouble.subject.split_once(':').unwrap_or_default(),
        };
        shown.push(Failed {
            kind: kind.to_owned(),
            from_day: from_day.to_owned(),
            tries: trouble.tries,
            failed_at: trouble.failed_at,
            next_at: Some(trouble.next_at),
            why: trouble.why,
            report,
        });
    }
    drop(conn);
    let zone = {
        let audit = audits.read(company, now).await?;
        audit.live().regulation().latest().zone.clone()
    };
    let due = schedule.due(&zone, now);
    for failed in &mut shown {
        let is_tried = due.iter().any(|(span, from_day)| {
            kind(*span) == Some(&failed.kind) && *from_day == failed.from_day
        });
        if !is_tried || (failed.report.is_some() && schedule.by_hand) {
            failed.next_at = None;
        }
    }
    Ok(shown)
}

/// Lets what could not be done be tried again at once.
///
/// # Errors
/// Where the access does not allow it, or there is nothing of the kind.
pub async fn try_again(audits: &Audits, actor: &Actor, now: Instant) -> Result<(), Error> {
    actor.reach(Deed::ManageSettings)?;
    let mut tx = audits.store().begin().await?;
    if troubles::hurry(&mut tx, &actor.company, now).await? == 0 {
        let said = "nothing of the reports waits to be tried again";
        return Err(Error::Conflict(said.to_owned()));
    }
    let line = Note::new("report.retry", "company", &actor.company);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_waits_longer_each_time_and_never_for_ever() {
        let waits: Vec<i64> = (0..9).map(|before| wait(before) / 60_000).collect();
        assert_eq!(waits, [1, 5, 15, 60, 180, 360, 360, 360, 360]);
        assert_eq!(wait(i64::MAX), 360 * 60_000);
    }
}
