//! What a director is shown of a period: its figures with what came before, the deals that were lost
//! in it, and the money that hangs now.

use figures::deals::Closed;
use figures::funnel::{Factors, Flow, Hung, hung_by_stage};
use figures::light::Lights;
use figures::{Audited, Period, Span, TREND_WEEKS, Trends, lights_by_pipeline};
use history::{EmployeeId, Instant, PipelineId, StageId};

use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::figures::{Figures, Ground, figures_with};
use crate::permissions::{Deed, Reach};

/// For how many months lights are looked back at.
const MONTHS: usize = 6;

/// A period as a director sees it.
pub struct Overview<'a> {
    /// Its figures.
    pub figures: &'a Figures<'a>,
    /// The lights of the weeks up to the period, the oldest first.
    pub weeks: Vec<(Span, Lights)>,
    /// Those of the months, if the period is one of them; else up to the last month that was over
    /// by then.
    pub months: Vec<(Span, Lights)>,
    /// The deals closed in the period.
    pub closed: Closed,
    /// The money that hangs at each stage now.
    pub hung: Vec<(StageId, Hung)>,
}

/// Only whoever sees figures of the whole company.
fn all(actor: &Actor) -> Result<(), Error> {
    match actor.reach(Deed::SeeFigures)? {
        Reach::All => Ok(()),
        _ => Err(Error::Denied(Deed::SeeFigures)),
    }
}

/// Reckons the overview of a period and gives it to `read`. Without a period it is the last full
/// week.
///
/// # Errors
/// Where the access does not reach the whole company, or the store fails.
pub async fn overview<T>(
    audits: &Audits,
    actor: &Actor,
    span: Option<Span>,
    now: Instant,
    read: impl FnOnce(&Overview<'_>) -> T,
) -> Result<T, Error> {
    all(actor)?;
    figures_with(audits, actor, span, now, |figures, audit| {
        let (_, flow) = audit.flow(now);
        read(&Overview::of(figures, &flow))
    })
    .await
}

impl<'a> Overview<'a> {
    fn of(figures: &'a Figures<'a>, flow: &Flow) -> Overview<'a> {
        let audited = &figures.audited;
        let zone = audited.zone();
        let factors = Factors::of(audited, flow);
        let lights = |spans: Vec<Span>| {
            let lights = |span: Span| (span, Lights::of(audited, span.period(zone)));
            spans.into_iter().map(lights).collect()
        };
        let weeks = figures.span.weeks(TREND_WEEKS, zone, audited.now);
        Overview {
            weeks: lights(weeks),
            months: lights(months(figures)),
            closed: Closed::of(audited, flow, figures.period),
            hung: hung_by_stage(audited, flow, &factors),
            figures,
        }
    }
}

/// The months that a run of them is told of: up to the period, where it is a month, else up to the
/// last one that is over at its end.
fn months(figures: &Figures<'_>) -> Vec<Span> {
    let today = figures.audited.zone().date(figures.audited.now);
    let last = match figures.span {
        Span::Month(_) => Some(figures.span),
        span => {
            let end = span.dates().1.unwrap_or(today).min(today);
            let month = Span::month_of(end);
            match month.dates().1 == Some(end) {
                true => Some(month),
                false => month.before(),
            }
        }
    };
    let months = std::iter::successors(last, |month| month.before());
    let mut months: Vec<Span> = months.take(MONTHS).collect();
    months.reverse();
    months
}

/// The findings of each rule over the weeks up to a period.
pub struct RuleTrends<'a> {
    /// What they are made of.
    pub audited: Audited<'a>,
    /// The weeks with their counts.
    pub trends: Trends<'a>,
}

/// Counts the findings of each rule over the weeks up to the end of a period, of the company or of
/// one employee. Without a period it is the last full week.
///
/// # Errors
/// Where the access does not reach the whole company, the store fails, or nobody has that id.
pub async fn trends<T>(
    audits: &Audits,
    actor: &Actor,
    span: Option<Span>,
    employee: &str,
    now: Instant,
    read: impl FnOnce(&RuleTrends<'_>) -> T,
) -> Result<T, Error> {
    all(actor)?;
    let ground = Ground::of(audits, actor, now).await?;
    let people = &ground.history().people.ids;
    let whose = match employee {
        "" => None,
        id => Some(
            people
                .find(id)
                .map(EmployeeId)
                .ok_or_else(|| Error::NotFound {
                    what: "employee",
                    id: id.to_owned(),
                })?,
        ),
    };
    Ok(ground.read(|_, _, audited| {
        let span = span.unwrap_or_else(|| Span::last_full_week(audited.zone(), now));
        read(&RuleTrends {
            audited: *audited,
            trends: Trends::of(audited, span, whose),
        })
    }))
}

/// Lights of people within each pipeline.
pub struct ByPipeline<'a> {
    /// What they are made of.
    pub audited: Audited<'a>,
    /// The period.
    pub span: Span,
    /// Its instants.
    pub period: Period,
    /// The lights of everything.
    pub lights: Lights,
    /// Those of each pipeline.
    pub pipelines: Vec<(PipelineId, Lights)>,
}

/// Reckons the lights of people within each pipeline in a period. Without one it is the last full
/// month.
///
/// # Errors
/// Where the access does not reach the whole company, or the store fails.
pub async fn by_pipeline<T>(
    audits: &Audits,
    actor: &Actor,
    span: Option<Span>,
    now: Instant,
    read: impl FnOnce(&ByPipeline<'_>) -> T,
) -> Result<T, Error> {
    all(actor)?;
    let ground = Ground::of(audits, actor, now).await?;
    Ok(ground.read(|audit, _, audited| {
        let zone = audited.zone();
        let last_month = || Span::month_of(zone.date(now)).before();
        let span = span.or_else(last_month);
        let span = span.unwrap_or(Span::Dates(None, None));
        let period = span.period(zone);
        let (_, flow) = audit.flow(now);
        read(&ByPipeline {
            audited: *audited,
            span,
            period,
            lights: Lights::of(audited, period),
            pipelines: lights_by_pipeline(audited, &flow, period)
                .into_iter()
                .collect(),
        })
    }))
}
