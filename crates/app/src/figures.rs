//! Figures of a period for whoever may see them: lights, counts, indicators, and what decisions
//! leave out of them.

use std::collections::BTreeMap;

use crate::actor::Actor;
use crate::audits::{Audit, Audits, heavy};
use crate::error::Error;
use crate::life::book::Book;
use crate::life::by_hand;
use crate::life::exemption::Exemption;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Whose};
use audit::judge::{Tenure, TimelineProblems};
use figures::light::Lights;
use figures::{
    Audited, Considered, Count, Counts, Indicators, Period, Span, View, WorstDeal, again,
    indicators, worst,
};
use history::{EmployeeId, Instant};

const NO_PROBLEMS: &TimelineProblems = &TimelineProblems {
    without_created: 0,
    before_created: 0,
    created_twice: 0,
    after_removed: 0,
    task_not_open: 0,
    task_twice: 0,
    task_without_due: 0,
};

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
    /// Findings made by hand that count, by severity: they stand beside the light.
    pub by_hand: [u64; 3],
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
/// them to `read`. A lead's are of the people that are in the group now. Without a period it is
/// the last full week.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn figures<T>(
    audits: &Audits,
    actor: &Actor,
    span: Option<Span>,
    now: Instant,
    read: impl FnOnce(&Figures<'_>) -> T,
) -> Result<T, Error> {
    let whose = actor.whose(Deed::SeeFigures)?;
    // A whole company is much work and much memory: no more at a time than there are cores.
    let _turn = match &whose {
        Whose::Everyone => Some(audits.turn().await),
        _ => None,
    };
    let audit = audits.read(&actor.company, now).await?;
    let book = Book::open(audits.store(), &actor.company).await?;
    let live = audit.live();
    let zone = &live.regulation().latest().zone;
    let span = span.unwrap_or_else(|| Span::last_full_week(zone, now));
    let people = Office::of(live, office::clocks(live)).reachable(&whose, now);
    let by_hand = by_hand::count(&book, people.as_deref(), span.period(zone))?;
    let reckoned = |considered: &Considered, tenures: &[Tenure]| {
        let mut figures = reckon(&audit, &book, considered, tenures, span, now);
        figures.by_hand = by_hand;
        read(&figures)
    };
    Ok(match people {
        Some(people) => {
            let people = numbers(&audit, &people);
            let tenures = people.iter().flat_map(|one| live.tenures_of(*one));
            let tenures: Vec<Tenure> = tenures.copied().collect();
            reckoned(&book.considered_against(&audit, &people), &tenures)
        }
        None => heavy(|| {
            let reckoned = |considered: &Considered| reckoned(considered, live.all_tenures());
            audit.considered(&book, reckoned)
        }),
    })
}

/// How much each exemption hides of the findings of people that the actor may see, of all time, by
/// its id.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn hidden(
    audits: &Audits,
    actor: &Actor,
    now: Instant,
) -> Result<BTreeMap<String, Count>, Error> {
    let whose = actor.whose(Deed::SeeExemptions)?;
    let audit = audits.read(&actor.company, now).await?;
    let book = Book::open(audits.store(), &actor.company).await?;
    if book.exemptions().is_empty() {
        return Ok(BTreeMap::new());
    }
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let hidden = |considered: &Considered| {
        let live = audit.live();
        let (history, regulation) = (live.history(), live.regulation());
        let audited = considered.audited(history, regulation, &[], NO_PROBLEMS, now);
        let left_out = considered.left_out(&audited, Period::EVER).into_iter();
        let hidden = left_out.filter_map(|(view, count)| match view {
            View::Exempt(place) => Some((book.exemptions().get(place)?.id.clone(), count)),
            _ => None,
        });
        hidden.collect()
    };
    Ok(match office.reachable(&whose, now) {
        Some(people) => hidden(&book.considered_against(&audit, &numbers(&audit, &people))),
        None => heavy(|| audit.considered(&book, hidden)),
    })
}

fn numbers(audit: &Audit, people: &[String]) -> Vec<EmployeeId> {
    let ids = &audit.live().history().people.ids;
    let known = people.iter().filter_map(|id| ids.find(id));
    known.map(EmployeeId).collect()
}

fn reckon<'a>(
    audit: &'a Audit,
    book: &'a Book,
    considered: &'a Considered,
    tenures: &'a [Tenure],
    span: Span,
    now: Instant,
) -> Figures<'a> {
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
        by_hand: [0; 3],
        indicators: indicators(&audited, period, &lights),
        worst: worst(&audited, period, WORST),
        left_out: considered.left_out(&audited, period),
        exemptions: book.exemptions(),
        advice: book.advice().iter().map(String::as_str).collect(),
        audited,
        span,
        period,
        before,
        lights,
    }
}
