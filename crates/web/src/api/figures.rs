//! Figures of a period: the same numbers as in reports.

use ::figures::light::{Colour, Tally};
use ::figures::{Count, Span, View};
use app::Instant;
use app::figures::{self, Figures};
use audit::regulation::Light;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wording::Lang;

use super::{language, some};
use crate::extract::{Caller, Json, Query};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Of which period. One of `week`, `month`, or `from` and `to`; without any, the last full week.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct When {
    /// The ISO week that holds this date, such as `2026-03-01`.
    week: Option<String>,
    /// The month that holds this date.
    month: Option<String>,
    /// The first day.
    from: Option<String>,
    /// The last day.
    to: Option<String>,
    /// `ru` (if absent) or `en`.
    #[param(pattern = "^(ru|en)$")]
    language: Option<String>,
}

/// The figures of a period.
#[derive(Serialize, ToSchema)]
struct Shown {
    /// The first day; absent: since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The last day; absent: until now.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// The instant everything is judged at.
    now: Instant,
    /// The IANA name of the zone of all days.
    zone: String,
    /// The company's light, or that of the people one may see figures of.
    light: LightShown,
    groups: Vec<LightOf>,
    employees: Vec<LightOf>,
    all: CountShown,
    rules: Vec<RuleCount>,
    stages: Vec<CountOf>,
    /// By weekday, Monday first.
    weekdays: Vec<u64>,
    /// By hour of the day.
    hours: Vec<u64>,
    /// The ten indicators, findings and rate per 100 deals in work each.
    indicators: Vec<Indicator>,
    worst: Vec<Worst>,
    /// Findings made by hand, passed on and neither dismissed nor exempted: they are counted beside
    /// the light and are in none of the other figures.
    by_hand: ByHandCount,
    /// What decisions leave out of all these figures.
    left_out: LeftOut,
}

/// A light.
#[derive(Serialize, ToSchema)]
pub(crate) struct LightShown {
    /// `green`, `yellow`, `red`, or `too_little_data`.
    colour: &'static str,
    /// Weighted findings per 100 deals in work.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<f64>,
    /// The 90 % interval of the rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<(f64, f64)>,
    /// Whether the interval holds a threshold.
    borderline: bool,
    /// Deals in work.
    deals: u64,
    remarks: u64,
    violations: u64,
    gross: u64,
    /// The rate of the period before.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate_before: Option<f64>,
}

/// The light of a group or an employee.
#[derive(Serialize, ToSchema)]
struct LightOf {
    id: String,
    name: String,
    #[serde(flatten)]
    light: LightShown,
}

/// Findings counted.
#[derive(Serialize, ToSchema)]
#[schema(as = Count)]
pub(crate) struct CountShown {
    findings: u64,
    remarks: u64,
    violations: u64,
    gross: u64,
    /// Those that repeat what the same person had settled not long before.
    again: u64,
    /// Distinct deals concerned.
    deals: u64,
    /// The sum of these deals, each once, in hundredths.
    sum: i64,
    /// Findings in the period before.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<u64>,
}

/// Findings of a rule.
#[derive(Serialize, ToSchema)]
struct RuleCount {
    rule: String,
    title: String,
    #[serde(flatten)]
    count: CountShown,
}

/// Findings of a stage.
#[derive(Serialize, ToSchema)]
struct CountOf {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(flatten)]
    count: CountShown,
}

/// One of the ten indicators.
#[derive(Serialize, ToSchema)]
struct Indicator {
    findings: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<f64>,
}

/// A deal with grave findings.
#[derive(Serialize, ToSchema)]
struct Worst {
    deal: String,
    /// The sum of the weights of its findings.
    weight: f64,
    findings: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
}

/// Findings made by hand, counted.
#[derive(Serialize, ToSchema)]
struct ByHandCount {
    findings: u64,
    remarks: u64,
    violations: u64,
    gross: u64,
}

impl ByHandCount {
    fn of(severities: [u64; 3]) -> ByHandCount {
        let [remarks, violations, gross] = severities;
        ByHandCount {
            findings: remarks + violations + gross,
            remarks,
            violations,
            gross,
        }
    }
}

/// What decisions leave out.
#[derive(Serialize, ToSchema)]
struct LeftOut {
    /// Dismissed by disputes.
    dismissed: CountShown,
    /// Of rules that have fallen to advice.
    advice: CountShown,
    /// The names of these rules.
    advice_rules: Vec<String>,
    /// By exemption, those that hide something in the period.
    exemptions: Vec<Hidden>,
}

/// What an exemption hides.
#[derive(Serialize, ToSchema)]
struct Hidden {
    /// The exemption.
    exemption: String,
    reason: String,
    #[serde(flatten)]
    count: CountShown,
}

fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "green",
        Colour::Yellow => "yellow",
        Colour::Red => "red",
        Colour::TooLittleData => "too_little_data",
    }
}

pub(crate) fn light(tally: &Tally, before: Option<&Tally>, settings: &Light) -> LightShown {
    let [remarks, violations, gross] = tally.findings;
    LightShown {
        colour: colour(tally.colour(settings)),
        rate: tally.rate(settings),
        interval: tally.interval(settings),
        borderline: tally.is_borderline(settings),
        deals: tally.deals,
        remarks,
        violations,
        gross,
        rate_before: before.and_then(|before| before.rate(settings)),
    }
}

pub(crate) fn count(count: &Count) -> CountShown {
    let [remarks, violations, gross] = count.severities;
    CountShown {
        findings: count.findings,
        remarks,
        violations,
        gross,
        again: count.again,
        deals: count.concerned.deals,
        sum: count.concerned.sum,
        before: count.before,
    }
}

fn shown(figures: &Figures<'_>, lang: Lang) -> Shown {
    let audited = &figures.audited;
    let (history, version) = (audited.history, audited.regulation.latest());
    let settings = &version.light;
    let (people, stages) = (&history.people, &history.pipelines);
    let before = figures.lights_before.as_ref();
    let (from, to) = figures.span.dates();
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let groups = figures.lights.groups.iter().map(|(id, tally)| LightOf {
        id: people.group_ids.get(id.0).to_owned(),
        name: people
            .groups
            .get(id.index())
            .map_or("", |group| &group.name)
            .to_owned(),
        light: light(
            tally,
            before.and_then(|before| before.groups.get(id)),
            settings,
        ),
    });
    let employees = figures.lights.people.iter().map(|(id, tally)| LightOf {
        id: people.ids.get(id.0).to_owned(),
        name: people.name(*id).to_owned(),
        light: light(
            tally,
            before.and_then(|before| before.people.get(id)),
            settings,
        ),
    });
    let title = |rule: &str| {
        let entry = version.entries.iter().find(|entry| entry.name == rule);
        entry.map_or(rule, |entry| entry.title(lang)).to_owned()
    };
    let rules = figures
        .counts
        .rules
        .iter()
        .map(|(rule, of_rule)| RuleCount {
            rule: (*rule).to_owned(),
            title: title(rule),
            count: count(of_rule),
        });
    let by_stage = figures.counts.stages.iter().map(|(id, of_stage)| CountOf {
        id: some(stages.stage_ids.get(id.0)),
        name: stages.stage_name(*id).to_owned(),
        count: count(of_stage),
    });
    let worst = figures.worst.iter().map(|worst| Worst {
        deal: history.deals.get(worst.deal.0).to_owned(),
        weight: worst.weight,
        findings: worst.findings.len() as u64,
        amount: worst.amount(),
    });
    let all = figures.indicators.get(&history::EmployeeId::NONE);
    let indicators = all.map_or(Vec::new(), |all| {
        let of = |(n, findings): (usize, &u64)| Indicator {
            findings: *findings,
            rate: all.rate(n + 1),
        };
        all.findings.iter().enumerate().map(of).collect()
    });
    Shown {
        from: date(from),
        to: date(to),
        now: audited.now,
        zone: version.zone.name().to_owned(),
        light: light(
            &figures.lights.company,
            before.map(|before| &before.company),
            settings,
        ),
        groups: groups.collect(),
        employees: employees.collect(),
        all: count(&figures.counts.all),
        rules: rules.collect(),
        stages: by_stage.collect(),
        weekdays: figures.counts.weekdays.to_vec(),
        hours: figures.counts.hours.to_vec(),
        indicators,
        worst: worst.collect(),
        by_hand: ByHandCount::of(figures.by_hand),
        left_out: left_out(figures),
    }
}

fn left_out(figures: &Figures<'_>) -> LeftOut {
    let nothing = Count::default();
    let of = |view: View| count(figures.left_out.get(&view).unwrap_or(&nothing));
    let hidden = figures.left_out.iter().filter_map(|(view, of_view)| {
        let View::Exempt(place) = view else {
            return None;
        };
        let exemption = figures.exemptions.get(*place)?;
        Some(Hidden {
            exemption: exemption.id.clone(),
            reason: exemption.reason.clone(),
            count: count(of_view),
        })
    });
    LeftOut {
        dismissed: of(View::Dismissed),
        advice: of(View::Advice),
        advice_rules: figures
            .advice
            .iter()
            .map(|rule| (*rule).to_owned())
            .collect(),
        exemptions: hidden.collect(),
    }
}

/// Which period is asked for; none: the last full week, which only the company's zone tells.
fn span(when: &When) -> Result<Option<Span>, Problem> {
    let date = |field: &'static str, text: &Option<String>| -> Result<Option<Date>, Problem> {
        let Some(text) = text else { return Ok(None) };
        let parsed = text.parse().map(Some);
        parsed.map_err(|_| Problem::field(field, "date", "a date like 2026-03-01"))
    };
    let (week, month) = (date("week", &when.week)?, date("month", &when.month)?);
    let (from, to) = (date("from", &when.from)?, date("to", &when.to)?);
    let asked = [
        week.is_some(),
        month.is_some(),
        from.is_some() || to.is_some(),
    ];
    if asked.into_iter().filter(|asked| *asked).count() > 1 {
        let told = "give one of `week`, `month`, or `from` and `to`";
        return Err(Problem::field("from", "period", told));
    }
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Problem::field("to", "period", "it lies before `from`"));
    }
    Ok(week
        .map(Span::week_of)
        .or(month.map(Span::month_of))
        .or((from.is_some() || to.is_some()).then(|| Span::days(from, to))))
}

/// The figures of a period, of the people that one may see figures of.
#[utoipa::path(
    get, path = "/api/v1/figures", tag = "figures", operation_id = "figures", params(When),
    responses((status = 200, description = "The figures", body = Shown), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(when): Query<When>,
) -> Result<Json<Shown>, Problem> {
    let lang = when.language.as_deref().map_or(Ok(Lang::Ru), language)?;
    let (span, now) = (span(&when)?, state.now());
    let read = |figures: &Figures<'_>| shown(figures, lang);
    Ok(Json(
        figures::figures(&state.audits, &actor, span, now, read).await?,
    ))
}
