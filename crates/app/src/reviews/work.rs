//! The queue of deals to look at; taking one, finishing it, and what was looked at.

use std::collections::{BTreeMap, BTreeSet};

use history::{EmployeeId, Instant};
use store::reviews::{self, Ending, Filter, Review};
use store::{Connection, Store, companies, handmade};

use super::choose::{Candidate, LATELY, Order, candidates, put_in_order};
use super::{Case, Kind, Outcome};
use crate::actor::Actor;
use crate::audits::heavy;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::life::office::Office;
use crate::permissions::{Deed, Reach};

/// A case that is open for longer asks how long it really took: nobody looks at a deal overnight.
pub const LONGEST: Instant = 2 * 3_600_000;
/// What a case may take, in minutes.
const MOST_MINUTES: i64 = 24 * 60;

/// What of the queue is wanted.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wanted<'a> {
    /// In which order.
    pub order: Order,
    /// Only deals of this employee; empty: everybody's.
    pub employee: &'a str,
}

/// A deal of the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// The deal.
    pub deal: String,
    /// Who answers for it.
    pub employee: String,
    /// Where it stands.
    pub stage: String,
    /// Its price, in hundredths.
    pub price: Option<i64>,
    /// When it was lost, where it is.
    pub lost_at: Option<Instant>,
    /// When something last happened in it.
    pub last_at: Instant,
}

/// How much of a person's work was looked at lately.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Share {
    /// The employee.
    pub employee: String,
    /// Deals of theirs that were looked at lately, wait for it, or are in somebody's hand.
    pub deals: u64,
    /// Those that were looked at lately, while they were theirs.
    pub looked: u64,
    /// Those that wait for it.
    pub waiting: u64,
}

/// What there is to look at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Queue {
    /// The deals in their order; those that somebody has in hand are not among them.
    pub waiting: Vec<Waiting>,
    /// How much of whose work was looked at, the least first.
    pub people: Vec<Share>,
}

/// What was looked at lately, and what somebody has in hand.
#[derive(Default)]
struct Lately {
    /// How many cases each employee's work was, and which deals they were of.
    turns: BTreeMap<String, (u64, BTreeSet<String>)>,
    in_hand: BTreeSet<String>,
}

async fn lately(conn: &mut Connection, company: &str, now: Instant) -> Result<Lately, Error> {
    let deals = Filter {
        kind: Some(Kind::Deal.as_str()),
        ..Filter::default()
    };
    let done = Filter {
        from: Some(now.saturating_sub(LATELY)),
        in_hand: Some(false),
        ..deals
    };
    let open = Filter {
        in_hand: Some(true),
        ..deals
    };
    let mut lately = Lately::default();
    for row in reviews::all(conn, company, &done).await? {
        let case = Case::of(row)?;
        if case.is_done() {
            let (turns, deals) = lately.turns.entry(case.row.employee).or_default();
            *turns += 1;
            deals.insert(case.row.subject);
        }
    }
    let open = reviews::all(conn, company, &open).await?;
    lately.in_hand = open.into_iter().map(|row| row.subject).collect();
    Ok(lately)
}

/// The queue of deals to look at.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn queue(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    wanted: Wanted<'_>,
    now: Instant,
) -> Result<Queue, Error> {
    actor.reach(Deed::Review)?;
    let mut reader = store.reader().await?;
    let lately = lately(&mut reader, &actor.company, now).await?;
    drop(reader);
    // Another day, another draw; another company, too.
    let today = office.version().zone.date(now);
    let seed = format!("{}:{today}", actor.company);
    Ok(heavy(|| {
        let all = candidates(office, actor.employee.as_deref(), now);
        arranged(office, all, &lately, wanted, &seed)
    }))
}

fn arranged(
    office: Office<'_>,
    all: Vec<Candidate>,
    lately: &Lately,
    wanted: Wanted<'_>,
    seed: &str,
) -> Queue {
    let history = office.history;
    let deal = |id: history::DealId| history.deals.get(id.0);
    let person = |id: EmployeeId| history.people.ids.get(id.0);
    let mut shares: BTreeMap<EmployeeId, [u64; 3]> = BTreeMap::new();
    let mut turns: BTreeMap<EmployeeId, u64> = BTreeMap::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for (employee, (times, deals)) in &lately.turns {
        done.extend(deals.iter().map(String::as_str));
        let id = office.employee(employee);
        if id.is_some() {
            let looked = deals.len() as u64;
            shares.insert(id, [looked, looked, 0]);
            turns.insert(id, *times);
        }
    }
    let mut waiting = Vec::new();
    for one in all.into_iter().filter(|one| !done.contains(deal(one.deal))) {
        let [deals, _, waits] = shares.entry(one.employee).or_default();
        *deals += 1;
        if !lately.in_hand.contains(deal(one.deal)) {
            *waits += 1;
            waiting.push(one);
        }
    }
    if !wanted.employee.is_empty() {
        waiting.retain(|one| person(one.employee) == wanted.employee);
    }
    put_in_order(&mut waiting, wanted.order, &turns, seed, (deal, person));
    let people = shares
        .into_iter()
        .map(|(id, [deals, looked, waiting])| Share {
            employee: person(id).to_owned(),
            deals,
            looked,
            waiting,
        });
    let mut people: Vec<Share> = people.collect();
    // Compared without dividing: 1 of 3 is less than 2 of 5.
    people.sort_by(|a, b| {
        let (left, right) = (a.looked * b.deals, b.looked * a.deals);
        left.cmp(&right).then(b.deals.cmp(&a.deals))
    });
    let waiting = waiting.into_iter().map(|one| Waiting {
        deal: deal(one.deal).to_owned(),
        employee: person(one.employee).to_owned(),
        stage: history.pipelines.stage_ids.get(one.stage.0).to_owned(),
        price: one.price,
        lost_at: one.lost_at,
        last_at: one.last_at,
    });
    Queue {
        waiting: waiting.collect(),
        people,
    }
}

/// Why a deal could not be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Busy {
    /// Whoever asks has another case in hand.
    WithAnother,
    /// Somebody else has this one in hand.
    InHand,
    /// It is of their own work.
    Own,
}

/// Takes a deal to look at it. Whoever has it in hand already goes on with it.
///
/// # Errors
/// Where the access does not allow it, or there is no such deal.
pub async fn take(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (deal, order): (&str, Option<Order>),
    now: Instant,
) -> Result<Result<Case, Busy>, Error> {
    actor.reach(Deed::Review)?;
    let history = office.history;
    let number = history.deals.find(deal).map(history::DealId);
    let number = number.ok_or_else(|| Error::NotFound {
        what: "deal",
        id: deal.to_owned(),
    })?;
    let mut walked = audit::judge::Deal::new(history, i64::MAX, &[]);
    walked.walk(history.timelines.deal(number).until(now), |_, _| {});
    let employee = history.people.ids.get(walked.responsible.0);
    if !employee.is_empty() && actor.employee.as_deref() == Some(employee) {
        return Ok(Err(Busy::Own));
    }
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    if let Some(case) = hand(&mut tx, actor).await? {
        return Ok(match case.row.subject == deal {
            true => Ok(case),
            false => Err(Busy::WithAnother),
        });
    }
    let row = Review {
        id: store::new_id(),
        kind: Kind::Deal.as_str().to_owned(),
        subject: deal.to_owned(),
        employee: employee.to_owned(),
        reviewer: actor.person.clone(),
        chosen: order.map_or("own", Order::as_str).to_owned(),
        started_at: now,
        ..Review::default()
    };
    if !reviews::start(&mut tx, company, &row).await? {
        return Ok(Err(Busy::InHand));
    }
    tx.commit().await?;
    Ok(Ok(Case::of(row)?))
}

async fn hand(conn: &mut Connection, actor: &Actor) -> Result<Option<Case>, Error> {
    let filter = Filter {
        reviewer: Some(&actor.person),
        in_hand: Some(true),
        ..Filter::default()
    };
    let rows = reviews::all(conn, &actor.company, &filter).await?;
    Ok(rows.into_iter().next().map(Case::of).transpose()?)
}

/// The case that somebody has in hand, with the findings that they have made on the way so far.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn in_hand(store: &Store, actor: &Actor) -> Result<Option<Case>, Error> {
    actor.reach(Deed::Review)?;
    let mut reader = store.reader().await?;
    let Some(mut case) = hand(&mut reader, actor).await? else {
        return Ok(None);
    };
    let row = &case.row;
    let since = (row.subject.as_str(), row.started_at);
    case.row.found = handmade::made(&mut reader, &actor.company, &row.reviewer, since).await?;
    Ok(Some(case))
}

/// How a case is finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Finish {
    /// Whether it is put back for another time.
    pub put_back: bool,
    /// How many minutes it took; none: the time since it was taken.
    pub minutes: Option<i64>,
}

/// Finishes one's own case. It is clean where one has made no finding about the deal since taking
/// it.
///
/// # Errors
/// Where the access does not allow it, one has no such case, it is finished, or it was in hand for
/// so long that one has to say how long it took.
pub async fn finish(
    store: &Store,
    actor: &Actor,
    (id, asked): (&str, Finish),
    now: Instant,
) -> Result<Case, Error> {
    actor.reach(Deed::Review)?;
    let missing = || Error::NotFound {
        what: "review",
        id: id.to_owned(),
    };
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let found = reviews::find(&mut tx, company, id).await?;
    let own = found.filter(|row| row.reviewer == actor.person);
    let mut row = own.ok_or_else(missing)?;
    if row.ended_at.is_some() {
        return Err(Error::Conflict("the review is finished".to_owned()));
    }
    row.spent_ms = spent(&row, asked.minutes, now)?;
    let since = (row.subject.as_str(), row.started_at);
    row.found = handmade::made(&mut tx, company, &row.reviewer, since).await?;
    let outcome = match (asked.put_back, row.found) {
        (true, _) => Outcome::PutBack,
        (false, 0) => Outcome::Clean,
        (false, _) => Outcome::Found,
    };
    outcome.as_str().clone_into(&mut row.outcome);
    row.ended_at = Some(now);
    let ending = Ending {
        at: now,
        outcome: &row.outcome,
        found: row.found,
        spent_ms: row.spent_ms,
    };
    if !reviews::finish(&mut tx, company, id, ending).await? {
        return Err(missing());
    }
    let line = Note::new("review.finish", &row.kind, &row.subject).with("outcome", &row.outcome);
    note(&mut tx, company, &actor.person, line, now).await?;
    tx.commit().await?;
    Ok(Case::of(row)?)
}

fn spent(row: &Review, minutes: Option<i64>, now: Instant) -> Result<i64, Error> {
    let passed = (now - row.started_at).max(0);
    let fault = |code, message: &str| Fault::new("minutes", code, message).into();
    match minutes {
        Some(minutes) if !(0..=MOST_MINUTES).contains(&minutes) => {
            Err(fault("unfit", "from 0 to 1440 minutes"))
        }
        Some(minutes) => Ok(minutes * 60_000),
        None if passed > LONGEST => Err(fault(
            "missing",
            "it was in hand for long: say how many minutes it took",
        )),
        None => Ok(passed),
    }
}

/// The filter narrowed to what somebody may see; none: nothing.
pub(super) fn seen<'f>(actor: &'f Actor, filter: Filter<'f>) -> Result<Option<Filter<'f>>, Error> {
    let own = actor.person.as_str();
    Ok(match actor.reach(Deed::SeeReviews)? {
        Reach::All => Some(filter),
        _ if filter.reviewer.is_none_or(|asked| asked == own) => Some(Filter {
            reviewer: Some(own),
            ..filter
        }),
        _ => None,
    })
}

/// A page of cases that somebody may see, the one taken last first: all, or those of their own
/// looking.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: Filter<'_>,
    (after, limit): (Option<(Instant, &str)>, i64),
) -> Result<Vec<Case>, Error> {
    let Some(filter) = seen(actor, filter)? else {
        return Ok(Vec::new());
    };
    let mut reader = store.reader().await?;
    let rows = reviews::page(&mut reader, &actor.company, &filter, after, limit).await?;
    Ok(rows.into_iter().map(Case::of).collect::<Result<_, _>>()?)
}
