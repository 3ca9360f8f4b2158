//! What people have on their desk: their open deals with what these may be worth, what they won, and
//! which deals of absent people need a hand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use figures::own::{Chances, OpenDeal, Won, call_order, in_hand, won};
use figures::{Audited, Considered, Span};
use history::{EmployeeId, Instant};
use rustc_hash::FxHashSet;
use store::findings;

use crate::actor::Actor;
use crate::audits::{Audit, Audits, Held, heavy};
use crate::error::Error;
use crate::figures::NO_PROBLEMS;
use crate::life::book::Book;
use crate::life::office::{self, Office};
use crate::permissions::Deed;

/// What shares of deals companies win, as they were last reckoned.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<HashMap<String, Reckoned>>>);

/// Shares, and when that was.
type Reckoned = (Instant, Arc<Chances>);

/// For how long shares of 90 days may lag behind the events, in milliseconds.
const FRESH: i64 = 15 * 60_000;

impl Kept {
    /// The shares of a company. They walk through its whole history, so they are kept for a while.
    fn of(&self, company: &str, audit: &Audit, now: Instant) -> Arc<Chances> {
        let live = audit.live();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, chances)) = kept.get(company)
            && (0..FRESH).contains(&(now - at))
        {
            return chances.clone();
        }
        drop(kept);
        let nothing = Considered::default();
        let audited = nothing.audited(live.history(), live.regulation(), &[], NO_PROBLEMS, now);
        let chances = Arc::new(Chances::of(&audited, &audit.flow(now).1));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(company.to_owned(), (now, chances.clone()));
        chances
    }
}

/// What somebody has on their desk.
pub struct Desk<'a> {
    /// What it is made of: the history, and what was found about the open deals.
    pub audited: Audited<'a>,
    /// The month that lasts.
    pub month: Span,
    /// The deals that they won in it, the latest first.
    pub won: Vec<Won>,
    /// Their open deals in the order in which they are worth a call.
    pub open: Vec<OpenDeal>,
}

/// Gives what an employee has on their desk to `read`.
///
/// # Errors
/// Where the access does not allow it, there is no such employee for this actor, or the store fails.
pub async fn desk<T>(
    audits: &Audits,
    actor: &Actor,
    employee: &str,
    now: Instant,
    read: impl FnOnce(&Desk<'_>) -> T,
) -> Result<T, Error> {
    let people = [employee];
    hands(audits, actor, &people, now, |audited, hands| {
        let (employee, open) = hands
            .into_iter()
            .next()
            .unwrap_or((EmployeeId::NONE, Vec::new()));
        let month = Span::month_of(audited.zone().date(audited.now));
        read(&Desk {
            won: won(audited, employee, month.period(audited.zone())),
            audited: *audited,
            month,
            open,
        })
    })
    .await
}

/// Gives those open deals of some employees to `read` that need a hand before the end of the day:
/// something is due, the client waits, or something that was found lasts. Those worth most come first.
///
/// # Errors
/// Where the access does not allow it, one of them is no employee for this actor, or the store fails.
pub async fn need_a_hand<T>(
    audits: &Audits,
    actor: &Actor,
    employees: &[&str],
    now: Instant,
    read: impl FnOnce(&Audited<'_>, Vec<(EmployeeId, Vec<OpenDeal>)>) -> T,
) -> Result<T, Error> {
    hands(audits, actor, employees, now, |audited, mut hands| {
        let today = audited.zone().date(audited.now);
        let end = audited.zone().end_of_day(today);
        for (_, open) in &mut hands {
            open.retain(|deal| deal.needs_a_hand(end));
        }
        read(audited, hands)
    })
    .await
}

/// Gives the open deals of some employees to `read`, in the order in which they are worth a call.
async fn hands<T>(
    audits: &Audits,
    actor: &Actor,
    employees: &[&str],
    now: Instant,
    read: impl FnOnce(&Audited<'_>, Vec<(EmployeeId, Vec<OpenDeal>)>) -> T,
) -> Result<T, Error> {
    let whose = actor.whose(Deed::ReadHistory)?;
    let company = actor.company.as_str();
    let audit = audits.read(company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let mut people = Vec::with_capacity(employees.len());
    for id in employees {
        let known = office.employee(id);
        if known.is_none() || !office.within(&whose, id, now) {
            return Err(Error::NotFound {
                what: "employee",
                id: (*id).to_owned(),
            });
        }
        people.push(known);
    }
    let live = audit.live();
    let tenures = live.tenures().copied();
    let tenures: Vec<_> = tenures
        .filter(|one| people.contains(&one.employee))
        .collect();
    let open = tenures.iter().filter(|one| one.from <= now && now < one.to);
    let deals: FxHashSet<_> = open.map(|tenure| tenure.deal).collect();
    // Whoever a finding is held against, it is about their deal.
    let held = audit
        .standing()
        .filter(|held| held.finding.until.is_none() && deals.contains(&held.finding.deal));
    let held: Vec<Held<'_>> = held.collect();
    let ids: Vec<&str> = held.iter().map(|held| held.id).collect();
    let mut reader = audits.store().reader().await?;
    let rows = findings::some(&mut reader, company, &ids).await?;
    let book = Book::of(&mut reader, company, &rows).await?;
    drop(reader);
    heavy(|| {
        let chances = audits.chances.of(company, &audit, now);
        let considered = book.looked_at(&audit, held);
        let (history, regulation) = (live.history(), live.regulation());
        let audited = considered.audited(history, regulation, &tenures, NO_PROBLEMS, now);
        let today = audited.zone().start_of_day(audited.zone().date(now));
        let hands = people.into_iter().map(|employee| {
            let mut open = in_hand(&audited, &chances, employee);
            call_order(&audited, &mut open, today);
            (employee, open)
        });
        Ok(read(&audited, hands.collect()))
    })
}
