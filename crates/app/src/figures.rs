//! Figures of a period for whoever may see them: lights, counts, indicators, and what decisions
//! leave out of them.

use std::collections::BTreeMap;

use audit::judge::{Finding, Tenure, TimelineProblems};
use figures::light::Lights;
use figures::{
    Audited, Considered, Count, Counts, Indicators, Period, Span, View, WorstDeal, again,
    indicators, worst,
};
use history::{EmployeeId, Instant};
use store::StoreError;

use crate::actor::Actor;
use crate::audits::{Audit, Audits, heavy};
use crate::error::Error;
use crate::life::exemption::Exemption;
use crate::life::ledger::Ledger;
use crate::life::office::Office;
use crate::permissions::Deed;

/// How many of the worst deals are told.
const WORST: usize = 10;

/// The figures of a period.
pub struct Figures<'a> {
    /// What they are made of.
    pub audited: Audited<'a>,
    /// The period.
    pub span: Span,
    /// Its instants.
    pub period: Period,
    /// The period of the same kind before.
    pub before: Option<Span>,
    /// The lights.
    pub lights: Lights,
    /// Those of the period before.
    pub lights_before: Option<Lights>,
    /// Findings counted.
    pub counts: Counts<'a>,
    /// The ten indicators: of all under nobody, then everybody's.
    pub indicators: BTreeMap<EmployeeId, Indicators>,
    /// The worst deals.
    pub worst: Vec<WorstDeal<'a>>,
    /// How much decisions leave out. [`View::Exempt`] is a place in `exemptions`.
    pub left_out: BTreeMap<View, Count>,
    /// The company's exemptions.
    pub exemptions: &'a [Exemption],
    /// Rules that have fallen to advice.
    pub advice: Vec<&'a str>,
}

/// Reckons the figures of a period, of the people that the actor may see figures of, and gives
/// them to `read`. A lead's are of the people that are in the group now.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn figures<T>(
    audits: &Audits,
    actor: &Actor,
    span: Span,
    now: Instant,
    read: impl FnOnce(&Figures<'_>) -> T,
) -> Result<T, Error> {
    let whose = actor.whose(Deed::SeeFigures)?;
    let audit = audits.read(&actor.company, now).await?;
    let mut reader = audits.store().reader().await?;
    let ledger = Ledger::whole(&mut reader, &actor.company).await?;
    drop(reader);
    heavy(|| {
        let people = audit.with_office(|office| office.reachable(&whose, now));
        let people = people.map(|people| numbers(&audit, &people));
        let seen = |employee: EmployeeId| {
            let among = |people: &Vec<EmployeeId>| people.contains(&employee);
            people.as_ref().is_none_or(among)
        };
        let considered = consider(&audit, &ledger, |finding| seen(finding.employee))?;
        let tenures = audit.live().tenures().copied();
        let tenures: Vec<Tenure> = tenures.filter(|tenure| seen(tenure.employee)).collect();
        Ok(read(&reckon(
            &audit,
            &ledger,
            &considered,
            &tenures,
            span,
            now,
        )))
    })
}

fn numbers(audit: &Audit, people: &[String]) -> Vec<EmployeeId> {
    let ids = &audit.live().history().people.ids;
    let known = people.iter().filter_map(|id| ids.find(id));
    known.map(EmployeeId).collect()
}

/// Parts the standing findings by what people decided.
fn consider(
    audit: &Audit,
    ledger: &Ledger,
    seen: impl Fn(&Finding) -> bool,
) -> Result<Considered, StoreError> {
    let regulation = audit.live().regulation();
    let (mut findings, mut looks) = (Vec::new(), Vec::new());
    for held in audit.standing().filter(|held| seen(held.finding)) {
        let version = &regulation.versions()[held.finding.version as usize];
        let entry = &version.entries[held.finding.entry as usize];
        findings.push(held.finding.clone());
        looks.push(if ledger.is_untouched(held.id, &entry.name) {
            (View::Counts(entry.severity), None, None)
        } else {
            match audit.kept(held.id) {
                Some(finding) => ledger.look(&finding)?,
                None => (View::Withdrawn, None, None),
            }
        });
    }
    let mut looks = looks.into_iter();
    Ok(Considered::of(&findings, |_| {
        looks.next().unwrap_or((View::Withdrawn, None, None))
    }))
}

fn reckon<'a>(
    audit: &'a Audit,
    ledger: &'a Ledger,
    considered: &'a Considered,
    tenures: &'a [Tenure],
    span: Span,
    now: Instant,
) -> Figures<'a> {
    const NO_PROBLEMS: &TimelineProblems = &TimelineProblems {
        without_created: 0,
        before_created: 0,
        created_twice: 0,
        after_removed: 0,
        task_not_open: 0,
        task_twice: 0,
        task_without_due: 0,
    };
    let live = audit.live();
    let (history, regulation) = (live.history(), live.regulation());
    let audited = considered.audited(history, regulation, tenures, NO_PROBLEMS, now);
    let zone = audited.zone();
    let period = span.period(zone);
    let before = span.before();
    let period_before = before.map(|span| span.period(zone));
    let lights = Lights::of(&audited, period);
    Figures {
        lights_before: period_before.map(|period| Lights::of(&audited, period)),
        counts: Counts::of(&audited, period, period_before, &again(&audited)),
        indicators: indicators(&audited, period, &lights),
        worst: worst(&audited, period, WORST),
        left_out: considered.left_out(&audited, period),
        exemptions: ledger.exemptions(),
        advice: ledger.advice().iter().map(String::as_str).collect(),
        audited,
        span,
        period,
        before,
        lights,
    }
}

impl Audit {
    /// Lends the company's office by the version of the regulation that is in force last.
    pub fn with_office<T>(&self, work: impl FnOnce(Office<'_>) -> T) -> T {
        let history = self.live().history();
        let version = self.live().regulation().latest();
        let clocks = audit::judge::Clocks::new(version, history);
        work(Office::new(history, version, &clocks))
    }
}
