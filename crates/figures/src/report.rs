//! Everything that a report says, as one set of figures.

use std::collections::BTreeMap;

use history::EmployeeId;

use crate::change::{Changes, changes};
use crate::counts::Counts;
use crate::funnel::{Factors, Flow, Funnel, funnels};
use crate::indicators::{Indicators, indicators};
use crate::light::Lights;
use crate::worst::{WorstDeal, worst};
use crate::{Audited, Period, Span, again};

/// How many weeks a trend shows.
pub const TREND_WEEKS: usize = 12;
/// Over how many days up to the end of the period the funnel is taken.
const FUNNEL_DAYS: i32 = 90;

/// What to report.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The period.
    pub span: Span,
    /// How many of the worst deals are told.
    pub worst: usize,
}

/// A report's figures.
pub struct Report<'a> {
    /// What they were made of.
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
    /// The lights of the last weeks, the oldest first.
    pub trend: Vec<(Span, Lights)>,
    /// The ten indicators: the company's under nobody, then everybody's.
    pub indicators: BTreeMap<EmployeeId, Indicators>,
    /// Those of the period before.
    pub indicators_before: Option<BTreeMap<EmployeeId, Indicators>>,
    /// Findings counted.
    pub counts: Counts<'a>,
    /// What changed since the period before.
    pub changes: Option<Changes<'a>>,
    /// The days over which the funnel is taken.
    pub funnel_span: Span,
    /// The funnel of each pipeline.
    pub funnels: Vec<Funnel>,
    /// The funnel by responsible, all pipelines in a row.
    pub funnels_by_person: BTreeMap<EmployeeId, Vec<Funnel>>,
    /// The worst deals.
    pub worst: Vec<WorstDeal<'a>>,
}

impl<'a> Report<'a> {
    /// Reckons a report. `alone` is the same history judged by the latest version of the regulation
    /// alone, where there are several: two periods are compared by one version.
    pub fn of(audited: Audited<'a>, alone: Option<Audited<'a>>, options: Options) -> Report<'a> {
        let (flow, again) = (Flow::of(&audited), again(&audited));
        Report::made(audited, alone, options, (&flow, &again))
    }

    /// The same of a flow and repetitions that are known.
    pub(crate) fn made(
        audited: Audited<'a>,
        alone: Option<Audited<'a>>,
        options: Options,
        (flow, again): (&Flow, &[bool]),
    ) -> Report<'a> {
        let zone = audited.zone();
        let period = options.span.period(zone);
        let before = options.span.before();
        let period_before = before.map(|span| span.period(zone));
        let lights = Lights::of(&audited, period);
        let lights_before = period_before.map(|period| Lights::of(&audited, period));
        let counts = Counts::of(&audited, period, period_before, again);
        let factors = Factors::of(&audited, flow);
        let funnel_span = funnel_span(&audited, options.span);
        let funnel_period = funnel_span.period(zone);
        let by_person = flow.split(|cut| cut.employee);
        let trend = options.span.weeks(TREND_WEEKS, zone, audited.now);
        Report {
            changes: period_before.map(|before| match &alone {
                Some(alone) => changed(alone, before, period),
                None => changes(
                    lights_before.as_ref().unwrap_or(&Lights::default()),
                    &lights,
                    &counts,
                ),
            }),
            trend: trend
                .into_iter()
                .map(|week| (week, Lights::of(&audited, week.period(zone))))
                .collect(),
            indicators: indicators(&audited, period, &lights),
            indicators_before: period_before
                .zip(lights_before.as_ref())
                .map(|(period, lights)| indicators(&audited, period, lights)),
            funnels: funnels(&audited, flow, &factors, funnel_period),
            funnels_by_person: by_person
                .into_iter()
                .map(|(person, flow)| (person, funnels(&audited, &flow, &factors, funnel_period)))
                .collect(),
            worst: worst(&audited, period, options.worst),
            audited,
            span: options.span,
            period,
            before,
            lights,
            lights_before,
            counts,
            funnel_span,
        }
    }
}

/// What changed from one period to another.
fn changed<'a>(audited: &Audited<'a>, before: Period, after: Period) -> Changes<'a> {
    let counts = Counts::of(audited, after, Some(before), &again(audited));
    let lights = |period| Lights::of(audited, period);
    changes(&lights(before), &lights(after), &counts)
}

/// A week is too short for a funnel: the days up to the end of the period.
fn funnel_span(audited: &Audited<'_>, span: Span) -> Span {
    let (from, to) = span.dates();
    let last = to.unwrap_or_else(|| audited.zone().date(audited.now));
    let first = last.saturating_sub(jiff::ToSpan::days(FUNNEL_DAYS - 1));
    match (span, from) {
        (Span::Dates(..), None) => Span::Dates(None, to),
        (_, Some(from)) if from < first => Span::Dates(Some(from), Some(last)),
        _ => Span::Dates(Some(first), Some(last)),
    }
}
