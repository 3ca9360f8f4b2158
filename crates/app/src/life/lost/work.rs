//! Opening, listing and deciding the checks of lost deals.

use std::collections::BTreeMap;

use history::{Instant, Timeline};
use serde_json::json;
use store::checks::{self, Check, Closing, Filter};
use store::{Connection, Store, companies};

use super::check::{
    Answer, Change, Status, Verdict, addressee, changes, may_decide, returned as shares,
};
use super::facts::{Facts, Gather, Loss, losses};
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::life::decide::{MOST_TEXT, who};
use crate::life::office::Office;
use crate::life::settings::{self, Settings};
use crate::life::share::Share;
use crate::life::tell::{To, tell};
use crate::permissions::{Access, Deed, Whose};

/// A check with what is in its row, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The row.
    pub check: Check,
    /// Where it stands.
    pub status: Status,
    /// What the timeline tells.
    pub facts: Facts,
    /// The answers; empty where there are none yet.
    pub answers: Vec<Answer>,
    /// Whether whoever sees it may decide it now.
    pub may_decide: bool,
}

fn status(check: &Check) -> Result<Status, Error> {
    Status::parse(&check.status).ok_or_else(|| {
        Error::Store(store::StoreError::Unreadable {
            what: "status of a check",
            value: check.status.clone(),
        })
    })
}

fn inside(error: serde_json::Error) -> Error {
    Error::Inside(format!("a check cannot be written or read: {error}"))
}

/// Brings the checks of a deal up to its timeline: opens one for a new loss, and closes that of a
/// deal which was opened again. To be called when the timeline of a deal has changed; called again
/// it does nothing. Gives what was done.
///
/// # Errors
/// Where the store fails.
pub async fn follow(
    store: &Store,
    company: &str,
    office: Office<'_>,
    timeline: Timeline<'_>,
    now: Instant,
) -> Result<Vec<Change>, Error> {
    let history = office.history;
    let deal = history.deals.get(timeline.deal().0);
    let losses = losses(history, timeline);
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, company).await?;
    let oldest = settings.oldest_loss(now);
    let known = standing(&mut reader, company, deal).await?;
    drop(reader);
    if changes(&losses, &known, oldest).is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let known = standing(&mut tx, company, deal).await?;
    let changes = changes(&losses, &known, oldest);
    for change in &changes {
        match change {
            Change::Open(loss) => {
                let gather = Gather {
                    talk_ms: i64::from(office.version().talk_seconds) * 1000,
                    clock: office.clock(""),
                    zone: &office.version().zone,
                    objections: &settings.objections,
                };
                let facts = Facts::of(history, timeline, loss.at, gather);
                let check = opened(&settings, office, deal, (loss, &facts), now)?;
                open(&mut tx, company, &check, now).await?;
            }
            Change::Moot { lost_at, .. } => {
                let found = checks::of(&mut tx, company, deal).await?;
                if let Some(check) = found.iter().find(|check| check.lost_at == *lost_at) {
                    close_as_moot(&mut tx, company, check, now).await?;
                }
            }
        }
    }
    tx.commit().await?;
    Ok(changes)
}

async fn standing(
    conn: &mut Connection,
    company: &str,
    deal: &str,
) -> Result<Vec<(Instant, Status)>, Error> {
    let checks = checks::of(conn, company, deal).await?;
    let pairs = checks
        .iter()
        .map(|check| Ok((check.lost_at, status(check)?)));
    pairs.collect()
}

fn opened(
    settings: &Settings,
    office: Office<'_>,
    deal: &str,
    (loss, facts): (&Loss, &Facts),
    now: Instant,
) -> Result<Check, Error> {
    let history = office.history;
    let responsible = history.people.ids.get(loss.responsible.0);
    let lead = office.lead(responsible, now);
    let addressee = addressee(settings.lost_deals_to, responsible, lead);
    Ok(Check {
        id: store::new_id(),
        deal: deal.to_owned(),
        lost_at: loss.at,
        stage: history.pipelines.stage_ids.get(loss.stage.0).to_owned(),
        responsible: responsible.to_owned(),
        addressee: addressee.unwrap_or_default().to_owned(),
        facts: serde_json::to_string(facts).map_err(inside)?,
        opened_at: now,
        status: Status::Open.as_str().to_owned(),
        ..Check::default()
    })
}

fn about(check: &Check) -> serde_json::Value {
    json!({ "check": check.id, "deal": check.deal, "responsible": check.responsible })
}

async fn open(
    conn: &mut Connection,
    company: &str,
    check: &Check,
    now: Instant,
) -> Result<(), Error> {
    checks::open(conn, company, check).await?;
    let line = Note::new("check.open", "check", &check.id).with("deal", &check.deal);
    note(conn, company, "", line, now).await?;
    let employees = [check.addressee.as_str()];
    let to = if check.addressee.is_empty() {
        To::accesses(&[Access::Head])
    } else {
        To::employees(&employees)
    };
    tell(
        conn,
        company,
        to,
        "",
        ("check.opened", &check.id, &about(check)),
        now,
    )
    .await
}

async fn close_as_moot(
    conn: &mut Connection,
    company: &str,
    check: &Check,
    now: Instant,
) -> Result<(), Error> {
    let closing = Closing {
        status: Status::Moot.as_str(),
        at: now,
        author: "",
        answers: "",
        comment: "",
    };
    if checks::close(conn, company, &check.id, closing).await? {
        let line = Note::new("check.moot", "check", &check.id).with("deal", &check.deal);
        note(conn, company, "", line, now).await?;
    }
    Ok(())
}

fn seen(actor: &Actor, office: Office<'_>, check: Check, now: Instant) -> Result<Seen, Error> {
    let status = status(&check)?;
    let own = actor.employee.as_deref().unwrap_or_default();
    let own = !own.is_empty() && own == check.responsible;
    let answers = match check.answers.as_str() {
        "" => Vec::new(),
        kept => serde_json::from_str(kept).map_err(inside)?,
    };
    Ok(Seen {
        facts: serde_json::from_str(&check.facts).map_err(inside)?,
        may_decide: status == Status::Open && !own && reaches(actor, office, &check, now),
        status,
        answers,
        check,
    })
}

/// Whether a check is somebody's to decide: a lead decides those that came to the lead.
fn reaches(actor: &Actor, office: Office<'_>, check: &Check, now: Instant) -> bool {
    match actor.whose(Deed::DecideLostDeals) {
        Ok(Whose::Everyone) => true,
        Ok(whose) => {
            let mine = actor.employee.as_deref() == Some(check.addressee.as_str());
            mine && office.within(&whose, &check.responsible, now)
        }
        Err(_) => false,
    }
}

async fn find(
    conn: &mut Connection,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<Check, Error> {
    let whose = actor.whose(Deed::SeeLostDeals)?;
    let found = checks::find(conn, &actor.company, id).await?;
    let visible = found.filter(|check| office.within(&whose, &check.responsible, now));
    visible.ok_or_else(|| Error::NotFound {
        what: "check",
        id: id.to_owned(),
    })
}

/// A check.
///
/// # Errors
/// Where it is not for these eyes.
pub async fn see(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<Seen, Error> {
    let mut reader = store.reader().await?;
    let check = find(&mut reader, actor, office, id, now).await?;
    seen(actor, office, check, now)
}

/// Which checks; what is none does not narrow.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Which<'a> {
    /// Of this status.
    pub status: Option<Status>,
    /// Of deals that this employee lost; empty: nobody answered for them.
    pub responsible: Option<&'a str>,
}

/// At most `limit` checks that somebody may see behind `after` (loss and id of the last of the page
/// before), the latest loss first; only of one status where it is given.
///
/// # Errors
/// Where the access does not allow it.
pub async fn list(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    status: Option<Status>,
    paging: (Option<(Instant, &str)>, i64),
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let which = Which {
        status,
        ..Which::default()
    };
    list_of(store, actor, office, which, paging, now).await
}

/// [`list`], narrowed to the deals that one employee lost, too.
///
/// # Errors
/// Where the access does not allow it.
pub async fn list_of(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    which: Which<'_>,
    (after, limit): (Option<(Instant, &str)>, i64),
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let whose = actor.whose(Deed::SeeLostDeals)?;
    let reachable = office.reachable(&whose, now);
    let mut people: Option<Vec<&str>> = reachable
        .as_ref()
        .map(|people| people.iter().map(String::as_str).collect());
    if let Some(one) = which.responsible {
        let seen = people.is_none_or(|people| people.contains(&one));
        people = Some(if seen { vec![one] } else { Vec::new() });
    }
    let filter = Filter {
        status: which.status.map(Status::as_str),
        responsible: people.as_deref(),
    };
    let mut reader = store.reader().await?;
    let page = checks::page(&mut reader, &actor.company, filter, after, limit).await?;
    page.into_iter()
        .map(|check| seen(actor, office, check, now))
        .collect()
}

/// A verdict that somebody wants to give.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// One answer to each question.
    pub answers: Vec<Answer>,
    /// The verdict.
    pub verdict: Verdict,
    /// What is said with it.
    pub comment: String,
}

/// Gives the verdict on a check.
///
/// # Errors
/// Where the access does not allow it, the check is over or about the actor's own deal, or a
/// question has no answer.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (id, asked): (&str, &Asked),
    now: Instant,
) -> Result<Seen, Error> {
    use super::check::Refused;
    actor.whose(Deed::DecideLostDeals)?;
    let answers = serde_json::to_string(&asked.answers).map_err(inside)?;
    if answers.len() + asked.comment.len() > 6 * MOST_TEXT {
        let message = "answers and comment are longer than 60000 bytes together";
        return Err(Fault::new("answers", "too_long", message).into());
    }
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let check = find(&mut tx, actor, office, id, now).await?;
    let may = may_decide(
        status(&check)?,
        &check.responsible,
        who(actor),
        &asked.answers,
    );
    may.map_err(|refused| match refused {
        Refused::Unanswered(_) | Refused::AnsweredTwice(_) => {
            Fault::new("answers", "unfit", refused.to_string()).into()
        }
        _ => Error::Conflict(refused.to_string()),
    })?;
    if !reaches(actor, office, &check, now) {
        return Err(Error::Denied(Deed::DecideLostDeals));
    }
    let closing = Closing {
        status: asked.verdict.as_str(),
        at: now,
        author: &actor.person,
        answers: &answers,
        comment: &asked.comment,
    };
    checks::close(&mut tx, company, id, closing).await?;
    let line = Note::new("check.decide", "check", id).with("verdict", asked.verdict.as_str());
    note(&mut tx, company, &actor.person, line, now).await?;
    let kind = match asked.verdict {
        Verdict::ClosedRightly => "check.closed_rightly",
        Verdict::BackToWork => "check.back_to_work",
    };
    let employees = [
        check.responsible.as_str(),
        office.lead(&check.responsible, now),
    ];
    let to = To::employees(&employees);
    tell(
        &mut tx,
        company,
        to,
        &actor.person,
        (kind, id, &about(&check)),
        now,
    )
    .await?;
    let check = find(&mut tx, actor, office, id, now).await?;
    let seen = seen(actor, office, check, now)?;
    tx.commit().await?;
    Ok(seen)
}

/// The share of checked deals that went back to work, by who was responsible at the loss; of those
/// whose checks somebody may see.
///
/// # Errors
/// Where the access does not allow it.
pub async fn returned(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<BTreeMap<String, Share>, Error> {
    let whose = actor.whose(Deed::SeeLostDeals)?;
    let mut reader = store.reader().await?;
    let rows = checks::verdicts(&mut reader, &actor.company).await?;
    let known = rows.iter().filter_map(|(responsible, word)| {
        let status = Status::parse(word)?;
        let visible = office.within(&whose, responsible, now);
        visible.then_some((responsible.as_str(), status))
    });
    let shares = shares(known).into_iter();
    Ok(shares
        .map(|(person, share)| (person.to_owned(), share))
        .collect())
}
