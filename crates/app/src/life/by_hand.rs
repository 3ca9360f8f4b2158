//! Making findings by hand, passing them on and exempting them.

use figures::{Period, View};
use history::{Instant, Kind};
use store::events;
use store::findings::{self, Finding};
use store::handmade::{self, Handmade, NewStep};
use store::{Connection, Store, companies};

use super::again::{again, repeating};
use super::book::Book;
use super::decide::MOST_TEXT;
use super::hand::{Draft, Step, Target, Unfit};
use super::office::Office;
use super::seen::{Eyes, Seen};
use super::settings;
use super::tell::{To, about, tell};
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::{Access, Deed};

fn fault(unfit: Unfit) -> Error {
    let field = match unfit {
        Unfit::NoDeal => "deal",
        Unfit::NoEmployee => "employee",
        Unfit::NoEvent => "event",
        Unfit::NoKind => "kind",
        Unfit::NoText => "text",
        Unfit::NoReason => "reason",
        Unfit::Future => "at",
        _ => return Error::Conflict(unfit.to_string()),
    };
    Fault::new(field, "unfit", unfit.to_string()).into()
}

fn check_length(field: &'static str, text: &str) -> Result<(), Error> {
    if text.len() > MOST_TEXT {
        let message = "at most 10000 bytes of text are kept";
        return Err(Fault::new(field, "too_long", message).into());
    }
    Ok(())
}

/// Makes a finding by hand. It goes to the coordinator, or straight on where the company has set
/// that.
///
/// # Errors
/// Where the access does not allow it, or the draft says too little.
pub async fn make(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    draft: &Draft,
    now: Instant,
) -> Result<Finding, Error> {
    let whose = actor.whose(Deed::AddFinding)?;
    draft.check(now).map_err(fault)?;
    check_length("text", &draft.text)?;
    check_length("recommendation", &draft.recommendation)?;
    if draft.kind.len() > store::MAX_NAME {
        let message = format!("at most {} bytes", store::MAX_NAME);
        return Err(Fault::new("kind", "too_long", message).into());
    }
    let employee = draft.employee.as_str();
    let unknown = |field: &'static str, id: &str| {
        Fault::new(field, "unknown", format!("there is no {field} {id:?}"))
    };
    if !employee.is_empty() && office.employee(employee).is_none() {
        return Err(unknown("employee", employee).into());
    }
    if !draft.deal.is_empty() && !office.has_deal(&draft.deal) {
        return Err(unknown("deal", &draft.deal).into());
    }
    if !office.within(&whose, employee, now) {
        return Err(Error::Denied(Deed::AddFinding));
    }
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    let sequence = companies::lock(&mut tx, company).await?;
    let settings = settings::load(&mut tx, company).await?;
    check_event(&mut tx, company, draft).await?;
    let id = store::new_id();
    let finding = Finding {
        id: id.clone(),
        rule: draft.kind.clone(),
        scope: "hand".to_owned(),
        scope_key: id.clone(),
        start: draft.at,
        severity: draft.severity.as_str().to_owned(),
        deal: draft.deal.clone(),
        employee: draft.employee.clone(),
        at: draft.at,
        standing: true,
        raised_seq: sequence,
        changed_seq: sequence,
        raised_at: now,
        changed_at: now,
        ..Finding::default()
    };
    findings::insert(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let made = Handmade {
        finding: id.clone(),
        target: draft.target.as_str().to_owned(),
        event: draft.event.clone(),
        maker: actor.person.clone(),
    };
    handmade::add(&mut tx, company, &made).await?;
    let step = NewStep {
        finding: &id,
        at: now,
        author: &actor.person,
        step: Step::Made.as_str(),
        text: &draft.text,
        recommendation: &draft.recommendation,
    };
    handmade::append(&mut tx, company, step).await?;
    let line = Note::new("finding.make", "finding", &id)
        .with("kind", &draft.kind)
        .with("employee", &draft.employee);
    note(&mut tx, company, &actor.person, line, now).await?;
    if settings.skip_coordinator {
        let passed = NewStep {
            author: "",
            step: Step::PassedOn.as_str(),
            ..step
        };
        handmade::append(&mut tx, company, passed).await?;
        pass_to_people(&mut tx, actor, office, &finding, &draft.text, now).await?;
    } else {
        let to = To::accesses(&[Access::Coordinator]);
        let message = ("finding.made", id.as_str(), &about(&finding, &draft.text));
        tell(&mut tx, company, to, &actor.person, message, now).await?;
    }
    tx.commit().await?;
    Ok(finding)
}

/// The pinned event must be one of the deal's, and a call or a message where the finding is about
/// one.
async fn check_event(conn: &mut Connection, company: &str, draft: &Draft) -> Result<(), Error> {
    if draft.event.is_empty() {
        return Ok(());
    }
    let rows = events::of_deal(conn, company, &draft.deal).await?;
    let mut kind = None;
    for row in &rows {
        let event = row.event()?;
        if event.key == draft.event {
            kind = event.record.kind;
        }
    }
    let fits = match (draft.target, kind) {
        (_, None) => false,
        (Target::Call, Some(kind)) => kind.is_call(),
        (Target::Chat, Some(kind)) => matches!(kind, Kind::MessageIn | Kind::MessageOut),
        (Target::Deal | Target::Person, Some(_)) => true,
    };
    if fits {
        return Ok(());
    }
    let what = match draft.target {
        Target::Call => "call",
        Target::Chat => "message",
        Target::Deal | Target::Person => "event",
    };
    let message = format!("the deal {:?} has no {what} {:?}", draft.deal, draft.event);
    Err(Fault::new("event", "unknown", message).into())
}

/// Tells the person and the lead of a finding that was passed on.
async fn pass_to_people(
    conn: &mut Connection,
    actor: &Actor,
    office: Office<'_>,
    finding: &Finding,
    text: &str,
    now: Instant,
) -> Result<(), Error> {
    let employees = [
        finding.employee.as_str(),
        office.lead(&finding.employee, now),
    ];
    let message = (
        "finding.passed_on",
        finding.id.as_str(),
        &about(finding, text),
    );
    let to = To::employees(&employees);
    tell(conn, &actor.company, to, &actor.person, message, now).await
}

/// What the coordinator does with a finding made by hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// Passes it on, in these words; none: in those of the specialist.
    PassOn {
        /// The text.
        text: Option<String>,
        /// The recommendation.
        recommendation: Option<String>,
    },
    /// Decides that nobody should pay attention to it.
    Exempt {
        /// Why.
        reason: String,
    },
}

/// Passes a finding made by hand on, or exempts it.
///
/// # Errors
/// Where the access does not allow it, there is no such finding made by hand, or the coordinator
/// is done with it.
pub async fn route(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (id, route): (&str, &Route),
    now: Instant,
) -> Result<Seen, Error> {
    let whose = actor.whose(Deed::PassOn)?;
    let eyes = Eyes::new(actor, office, now)?;
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let settings = settings::load(&mut tx, company).await?;
    let (finding, book) = eyes.find(&mut tx, id).await?;
    if !office.within(&whose, &finding.employee, now) {
        return Err(Error::Denied(Deed::PassOn));
    }
    let Some(hand) = book.hand(id) else {
        let message = format!("the finding {id:?} was not made by hand");
        return Err(Error::Conflict(message));
    };
    let (step, text, recommendation) = match route {
        Route::PassOn {
            text,
            recommendation,
        } => (
            Step::PassedOn,
            text.as_ref().unwrap_or(&hand.way.text),
            recommendation.as_ref().unwrap_or(&hand.way.recommendation),
        ),
        Route::Exempt { reason } => (Step::Exempted, reason, &String::new()),
    };
    hand.way.check(step, text).map_err(fault)?;
    check_length("text", text)?;
    check_length("recommendation", recommendation)?;
    let taken = NewStep {
        finding: id,
        at: now,
        author: &actor.person,
        step: step.as_str(),
        text,
        recommendation,
    };
    handmade::append(&mut tx, company, taken).await?;
    let action = match step {
        Step::PassedOn => "finding.pass_on",
        _ => "finding.exempt",
    };
    let line = Note::new(action, "finding", id);
    note(&mut tx, company, &actor.person, line, now).await?;
    if step == Step::PassedOn {
        pass_to_people(&mut tx, actor, office, &finding, text, now).await?;
    }
    // Whoever made it learns what became of it.
    let persons = [hand.maker.as_str()];
    let to = To {
        persons: &persons,
        ..To::default()
    };
    let message = match step {
        Step::PassedOn => "finding.passed_on",
        _ => "finding.exempted",
    };
    let payload = about(&finding, text);
    tell(
        &mut tx,
        company,
        to,
        &actor.person,
        (message, id, &payload),
        now,
    )
    .await?;
    let book = Book::of(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let again = again(&mut tx, company, std::slice::from_ref(&finding)).await?;
    let seen = eyes.seen(finding, &book, &settings, again[0])?;
    tx.commit().await?;
    Ok(seen)
}

/// The findings made by hand that wait for the coordinator, the one made first first.
///
/// # Errors
/// Where the access does not allow it.
pub async fn waiting(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let whose = actor.whose(Deed::PassOn)?;
    let eyes = Eyes::new(actor, office, now)?;
    let company = actor.company.as_str();
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, company).await?;
    let ids = handmade::waiting(&mut reader, company).await?;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    // Ids sort by the time they were made.
    let mut findings = findings::some(&mut reader, company, &ids).await?;
    findings.retain(|finding| office.within(&whose, &finding.employee, now));
    let book = Book::of(&mut reader, company, &findings).await?;
    drop(reader);
    let again = repeating(store, &eyes, &findings).await?;
    let seen = findings.into_iter().zip(again);
    seen.map(|(finding, again)| eyes.seen(finding, &book, &settings, again))
        .collect()
}

/// The kinds of fault that were named by hand before, the commonest first: for whoever names another.
///
/// # Errors
/// Where the access does not allow it.
pub async fn kinds(store: &Store, actor: &Actor) -> Result<Vec<String>, Error> {
    const MOST: i64 = 40;
    actor.reach(Deed::AddFinding)?;
    let mut reader = store.reader().await?;
    Ok(handmade::kinds(&mut reader, &actor.company, MOST).await?)
}

/// How many findings made by hand stand in a period, by severity: those that were passed on and
/// neither dismissed nor exempted. Those held against people whom `people` does not name are not
/// counted; none: everybody's are.
pub(crate) fn count(
    book: &Book,
    people: Option<&[String]>,
    period: Period,
) -> Result<[u64; 3], Error> {
    let mut count = [0; 3];
    for finding in book.made() {
        let among = people.is_none_or(|people| people.contains(&finding.employee));
        if finding.standing
            && among
            && period.holds(finding.at)
            && let View::Counts(severity) = book.view(&finding.id, &book.facts(finding)?)
        {
            count[severity as usize] += 1;
        }
    }
    Ok(count)
}
