//! Figures of a period for whoever may see them: lights, counts, indicators, and what decisions
//! leave out of them.

use std::collections::BTreeMap;

use crate::actor::Actor;
use crate::audits::{Audit, Audits, Reading, heavy};
use crate::error::Error;
use crate::life::book::Book;
use crate::life::books::Opened;
use crate::life::by_hand;
use crate::life::exemption::Exemption;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Whose};
use audit::judge::{Tenure, TimelineProblems};
use audit::regulation::Regulation;
use figures::light::Lights;
use figures::{
    Audited, Considered, Count, Counts, Indicators, Period, Span, View, WorstDeal, again,
    indicators, worst,
};
use history::{EmployeeId, History, Instant};
use tokio::sync::OwnedSemaphorePermit;

/// No figure of a server asks for lines that no rule saw.
pub(crate) const NO_PROBLEMS: &TimelineProblems = &TimelineProblems {
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
    figures_with(audits, actor, span, now, |figures, _| read(figures)).await
}

/// The same, beside the audit that they come from.
pub(crate) async fn figures_with<T>(
    audits: &Audits,
    actor: &Actor,
    span: Option<Span>,
    now: Instant,
    read: impl FnOnce(&Figures<'_>, &Audit) -> T,
) -> Result<T, Error> {
    let ground = Ground::of(audits, actor, now).await?;
    let zone = &ground.regulation().latest().zone;
    let span = span.unwrap_or_else(|| Span::last_full_week(zone, now));
    let by_hand = by_hand::count(&ground.book, ground.people.as_deref(), span.period(zone))?;
    Ok(ground.read(|audit, considered, audited| {
        let mut figures = reckon(&ground.book, considered, audited, span);
        figures.by_hand = by_hand;
        read(&figures, audit)
    }))
}

/// What figures are made of, for whoever may see them: a company's audit, what people decided, and
/// whose figures they are.
pub(crate) struct Ground {
    audit: Reading,
    book: Opened,
    /// The people; none: everybody.
    people: Option<Vec<String>>,
    numbers: Option<Vec<EmployeeId>>,
    now: Instant,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Ground {
    /// What the actor may see figures of.
    pub async fn of(audits: &Audits, actor: &Actor, now: Instant) -> Result<Ground, Error> {
        let whose = actor.whose(Deed::SeeFigures)?;
        // A whole company is much work and much memory: no more at a time than there are cores.
        let turn = match &whose {
            Whose::Everyone => audits.turn().await,
            _ => None,
        };
        let audit = audits.read(&actor.company, now).await?;
        let book = Book::open(audits.store(), &actor.company).await?;
        let clocks = office::clocks(audit.live());
        let people = Office::of(audit.live(), clocks).reachable(&whose, now);
        Ok(Ground {
            numbers: people.as_ref().map(|people| numbers(&audit, people)),
            people,
            book,
            audit,
            now,
            _turn: turn,
        })
    }

    /// The company's history.
    pub fn history(&self) -> &History {
        self.audit.live().history()
    }

    /// The company's regulation.
    pub fn regulation(&self) -> &Regulation {
        self.audit.live().regulation()
    }

    /// Whether figures are of this person, too; nobody is among everybody only.
    pub fn sees(&self, employee: EmployeeId) -> bool {
        let among = |people: &Vec<EmployeeId>| people.contains(&employee);
        self.numbers.as_ref().is_none_or(among)
    }

    /// Gives the findings that count to `read`, with the audit that they come from and what is left
    /// out.
    pub fn read<T>(&self, read: impl FnOnce(&Audit, &Considered, &Audited<'_>) -> T) -> T {
        let live = self.audit.live();
        let with = |considered: &Considered, tenures: &[Tenure]| {
            let (history, regulation) = (live.history(), live.regulation());
            let audited = considered.audited(history, regulation, tenures, NO_PROBLEMS, self.now);
            read(&self.audit, considered, &audited)
        };
        heavy(|| match &self.numbers {
            Some(people) => {
                let tenures = people.iter().flat_map(|one| live.tenures_of(*one));
                let tenures: Vec<Tenure> = tenures.copied().collect();
                with(&self.book.considered_against(&self.audit, people), &tenures)
            }
            None => {
                let with = |considered: &Considered| with(considered, live.all_tenures());
                self.audit.considered(&self.book, with)
            }
        })
    }

    /// The book of decisions.
    pub fn book(&self) -> &Book {
        &self.book
    }
}

/// Gives what figures of the people that the actor may see figures of are made of to `read`, with
/// the office of their company.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn audited<T>(
    audits: &Audits,
    actor: &Actor,
    now: Instant,
    read: impl FnOnce(&Audited<'_>, Office<'_>) -> T,
) -> Result<T, Error> {
    let ground = Ground::of(audits, actor, now).await?;
    Ok(ground.read(|audit, _, audited| {
        let live = audit.live();
        read(audited, Office::of(live, office::clocks(live)))
    }))
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
    book: &'a Book,
    considered: &Considered,
    audited: &Audited<'a>,
    span: Span,
) -> Figures<'a> {
    let audited = *audited;
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
