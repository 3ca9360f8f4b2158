//! What people are to reach: set by those who lead them, seen by them, measured month by month.

use ::figures::goal::{Measure, Months, Progress};
use history::{EmployeeId, Instant};
use serde_json::json;
use store::goals;
use store::{Store, companies};

pub use store::goals::Goal;

use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::{Error, Fault};
use crate::figures;
use crate::journal::{Note, note};
use crate::life::office::{self, Office};
use crate::life::tell::{To, tell};
use crate::permissions::Deed;

/// The measure of a light.
pub const LIGHT: &str = "light";
/// The measure of a rule's findings.
pub const RULE: &str = "rule";

/// The most that a goal may allow: beyond it nothing is asked.
const MOST: i64 = 1_000_000;
/// How long a text may be, in bytes.
const MOST_TEXT: usize = 2_000;

/// A goal that somebody wants to set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Whose it is to be.
    pub employee: String,
    /// The rule whose findings of a month are counted; none: the rate of the light.
    pub rule: Option<String>,
    /// At most so much: findings a month, or hundredths of the rate.
    pub at_most: i64,
    /// What is said with it.
    pub text: String,
}

impl Asked {
    fn check(&self, office: Office<'_>) -> Result<(), Error> {
        if let Some(rule) = &self.rule
            && !office.has_rule(rule)
        {
            return Err(Fault::new("rule", "unknown", format!("there is no rule {rule:?}")).into());
        }
        if !(0..=MOST).contains(&self.at_most) {
            let message = format!("write a number from 0 to {MOST}");
            return Err(Fault::new("at_most", "unfit", message).into());
        }
        if self.text.len() > MOST_TEXT {
            let message = format!("at most {MOST_TEXT} bytes of text are kept");
            return Err(Fault::new("text", "too_long", message).into());
        }
        Ok(())
    }
}

/// Whether somebody may set goals of an employee: nobody sets their own. Whoever is not within reach
/// looks like nobody.
fn may_set(actor: &Actor, office: Office<'_>, employee: &str, now: Instant) -> Result<(), Error> {
    let whose = actor.whose(Deed::SetGoals)?;
    if office.employee(employee).is_none() || !office.within(&whose, employee, now) {
        return Err(Error::NotFound {
            what: "employee",
            id: employee.to_owned(),
        });
    }
    match actor.employee.as_deref() == Some(employee) {
        false => Ok(()),
        true => Err(Error::Denied(Deed::SetGoals)),
    }
}

/// Whether somebody may set goals of an employee.
pub fn sets(actor: &Actor, office: Office<'_>, employee: &str, now: Instant) -> bool {
    may_set(actor, office, employee, now).is_ok()
}

/// Sets a goal; one of the same person and measure gives way to it.
///
/// # Errors
/// Where the access does not allow it, or the goal cannot be.
pub async fn set(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    asked: &Asked,
    now: Instant,
) -> Result<Goal, Error> {
    may_set(actor, office, &asked.employee, now)?;
    asked.check(office)?;
    let goal = Goal {
        id: store::new_id(),
        employee: asked.employee.clone(),
        measure: asked.rule.as_ref().map_or(LIGHT, |_| RULE).to_owned(),
        rule: asked.rule.clone().unwrap_or_default(),
        at_most: asked.at_most,
        text: asked.text.trim().to_owned(),
        author: actor.person.clone(),
        set_at: now,
        ..Goal::default()
    };
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    for before in goals::in_force(&mut tx, company).await? {
        let same = before.employee == goal.employee && before.measure == goal.measure;
        if same && before.rule == goal.rule {
            goals::end(&mut tx, company, &before.id, now, &actor.person).await?;
        }
    }
    goals::add(&mut tx, company, &goal).await?;
    let line = Note::new("goal.set", "employee", &goal.employee)
        .with("measure", &goal.measure)
        .with("rule", &goal.rule)
        .with("at_most", &goal.at_most.to_string());
    note(&mut tx, company, &actor.person, line, now).await?;
    let payload = json!({
        "goal": goal.id,
        "measure": goal.measure,
        "rule": goal.rule,
        "at_most": goal.at_most,
        "text": goal.text,
    });
    let whom = [goal.employee.as_str()];
    let what = ("goal.set", goal.id.as_str(), &payload);
    tell(
        &mut tx,
        company,
        To::employees(&whom),
        &actor.person,
        what,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(goal)
}

/// Lets a goal go.
///
/// # Errors
/// Where the access does not allow it, or there is no such goal in force.
pub async fn end(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<Goal, Error> {
    let whose = actor.whose(Deed::SetGoals)?;
    let company = actor.company.as_str();
    let mut tx = store.begin().await?;
    companies::lock(&mut tx, company).await?;
    let found = goals::find(&mut tx, company, id).await?;
    let in_reach =
        found.filter(|goal| goal.ended_at.is_none() && office.within(&whose, &goal.employee, now));
    let goal = in_reach.ok_or_else(|| Error::NotFound {
        what: "goal",
        id: id.to_owned(),
    })?;
    may_set(actor, office, &goal.employee, now)?;
    goals::end(&mut tx, company, id, now, &actor.person).await?;
    let line = Note::new("goal.end", "employee", &goal.employee)
        .with("measure", &goal.measure)
        .with("rule", &goal.rule);
    note(&mut tx, company, &actor.person, line, now).await?;
    tx.commit().await?;
    Ok(goal)
}

/// The goals in force of people that somebody may see goals of, with how far each is; only those of
/// `employee` where one is given.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn goals(
    audits: &Audits,
    actor: &Actor,
    employee: Option<&str>,
    now: Instant,
) -> Result<Vec<(Goal, Progress)>, Error> {
    let whose = actor.whose(Deed::SeeGoals)?;
    let audit = audits.read(&actor.company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let mut reader = audits.store().reader().await?;
    let mut found = goals::in_force(&mut reader, &actor.company).await?;
    drop(reader);
    found.retain(|goal| {
        employee.is_none_or(|one| goal.employee == one)
            && office.within(&whose, &goal.employee, now)
    });
    drop(audit);
    // Most people have none, and lights of half a year are much to reckon.
    if found.is_empty() {
        return Ok(Vec::new());
    }
    figures::audited(audits, actor, now, |audited, _| {
        let months = Months::of(audited);
        let people = &audited.history.people.ids;
        let with = |goal: Goal| {
            let employee = people
                .find(&goal.employee)
                .map_or(EmployeeId::NONE, EmployeeId);
            let measure = match goal.measure.as_str() {
                RULE => Measure::Rule(&goal.rule),
                _ => Measure::Light,
            };
            let progress = months.progress(employee, measure, goal.at_most);
            (goal, progress)
        };
        found.into_iter().map(with).collect()
    })
    .await
}
