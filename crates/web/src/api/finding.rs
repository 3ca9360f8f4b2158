//! A finding as the API shows it.

use ::figures::View;
use app::audits::Audit;
use app::life::book::Hand;
use app::life::decision::MoveKind;
use app::life::finding::{Dispute, Life, State};
use app::life::hand::Reaction;
use app::life::seen::Seen;
use app::life::tell;
use app::{Actor, Instant};
use audit::message::Speaker;
use audit::regulation::{Entry, Severity};
use history::{DealId, EmployeeId, StageId};
use serde::Serialize;
use utoipa::ToSchema;
use wording::Lang;

use super::names::{CauseName, MoveName, OutcomeName, SeverityName, StateName, TargetName};
use super::some;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// A finding, as whoever asks may see it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Finding {
    pub id: String,
    /// The name of its rule in the regulation; the kind of fault, where it was made by hand.
    rule: String,
    /// What the regulation calls the rule.
    title: String,
    /// What is judged as one: `deal`, `client`, `employee`, `group` or `stage`; `hand`: it was made
    /// by hand.
    scope: String,
    /// How grave it is by its rule.
    #[schema(value_type = SeverityName)]
    severity: String,
    /// How it enters the figures: `counts`, `dismissed`, `exempt`, `advice` (its rule has fallen to
    /// advice), `held` (made by hand and not passed on) or `withdrawn`. What was made by hand is
    /// counted beside the light.
    view: &'static str,
    /// How grave it is in the figures, where it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<SeverityName>)]
    counts_as: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal_title: Option<String>,
    /// Whom it is held against; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee_name: Option<String>,
    /// The stage of the deal at the breach.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage_name: Option<String>,
    /// The breach.
    at: Instant,
    /// When the facts cured it; absent: it lasts, or there is nothing to cure.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Instant>,
    /// The deal's price at the breach, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    /// The finding in one sentence; absent of what is withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// What proves it.
    evidence: Vec<Proof>,
    /// Where it stands. What is `new` here, and shown to the person it is held against, is told
    /// from now on.
    #[schema(value_type = StateName)]
    state: &'static str,
    /// When the person first saw it, in any channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    told_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged: Option<Acknowledged>,
    /// When somebody marked it as cured.
    #[serde(skip_serializing_if = "Option::is_none")]
    cured_at: Option<Instant>,
    /// The dispute since the last reopening.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispute: Option<DisputeShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened_at: Option<Instant>,
    /// Until when it may be disputed; absent: it is not told yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispute_until: Option<Instant>,
    /// Until when a dispute that waits is to be decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_until: Option<Instant>,
    /// Whether it repeats what the same person had settled at most 60 days before.
    again: bool,
    /// The exemption that hides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    exemption: Option<String>,
    /// What whoever asks may do with it now.
    #[schema(value_type = Vec<MoveName>)]
    allowed: Vec<&'static str>,
    /// The file of the version of the regulation that it was judged by.
    #[serde(skip_serializing_if = "Option::is_none")]
    regulation: Option<String>,
    raised_at: Instant,
    changed_at: Instant,
    /// What it has besides, where it was made by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_hand: Option<ByHand>,
}

/// What proves a finding.
#[derive(Serialize, ToSchema)]
struct Proof {
    at: Instant,
    /// The kind of event; `action`: something that an employee did.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// That the person agrees.
#[derive(Serialize, ToSchema)]
struct Acknowledged {
    /// Since when.
    at: Instant,
    #[schema(value_type = CauseName)]
    cause: &'static str,
}

/// A dispute.
#[derive(Serialize, ToSchema)]
struct DisputeShown {
    /// The person who began it.
    by: String,
    at: Instant,
    /// How it ended; absent: it waits for its judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<OutcomeName>)]
    outcome: Option<&'static str>,
    /// The person who judged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    judged_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judged_at: Option<Instant>,
}

impl DisputeShown {
    fn of(dispute: Dispute) -> DisputeShown {
        let verdict = dispute.verdict;
        DisputeShown {
            by: dispute.by,
            at: dispute.at,
            outcome: verdict.as_ref().map(|(outcome, ..)| outcome.as_str()),
            judged_at: verdict.as_ref().map(|(_, _, at)| *at),
            judged_by: verdict.map(|(_, by, _)| by),
        }
    }
}

/// What a finding made by hand has besides.
#[derive(Serialize, ToSchema)]
struct ByHand {
    #[schema(value_type = TargetName)]
    target: &'static str,
    /// The key of the event that it is pinned to.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    /// The person who made it.
    maker: String,
    /// `with_coordinator`, `passed_on` or `exempted`.
    place: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommendation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_on_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exempted_at: Option<Instant>,
    /// Why nobody should pay attention to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    exempted_why: Option<String>,
    /// When it reached the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered_at: Option<Instant>,
    /// When the lead first read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_at: Option<Instant>,
    /// How fast the lead reacted, in the lead's working time from delivery on.
    #[serde(skip_serializing_if = "Option::is_none")]
    reaction: Option<ReactionShown>,
}

/// A lead's reaction.
#[derive(Serialize, ToSchema)]
struct ReactionShown {
    /// Until the lead first read it or worked it off; absent: not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_ms: Option<i64>,
    /// Until it was worked off; absent: not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    worked_off_ms: Option<i64>,
    /// How long it has been waiting unread.
    waiting_ms: i64,
}

impl ByHand {
    fn of(hand: Hand, reaction: Option<Reaction>) -> ByHand {
        let way = hand.way;
        let place = way.place().as_str();
        let (exempted_at, exempted_why) = way.exempted.unzip();
        ByHand {
            target: hand.target.as_str(),
            event: some(&hand.event),
            maker: hand.maker,
            place,
            recommendation: some(&way.recommendation),
            passed_on_at: way.passed_on,
            exempted_at,
            exempted_why,
            delivered_at: way.delivered,
            read_at: way.read,
            reaction: reaction.map(|reaction| ReactionShown {
                first_ms: reaction.first_ms,
                worked_off_ms: reaction.worked_off_ms,
                waiting_ms: reaction.waiting_ms,
            }),
        }
    }
}

/// Shows findings to somebody: what is held against them is told from now on.
pub(crate) async fn show(
    state: &AppState,
    actor: &Actor,
    loaded: &Loaded,
    seen: Vec<Seen>,
    lang: Lang,
) -> Result<Vec<Finding>, Problem> {
    let rows: Vec<_> = seen.iter().map(|seen| seen.finding.clone()).collect();
    let now = state.now();
    tell::shown(&state.store, actor, loaded.office(), &rows, now).await?;
    let live = loaded.audit().live();
    let words = Words {
        audit: loaded.audit(),
        speaker: Speaker::new(live.history(), live.regulation(), lang),
    };
    Ok(seen.into_iter().map(|seen| words.finding(seen)).collect())
}

/// Shows one finding to somebody.
pub(crate) async fn show_one(
    state: &AppState,
    actor: &Actor,
    loaded: &Loaded,
    seen: Seen,
    lang: Lang,
) -> Result<Finding, Problem> {
    let mut shown = show(state, actor, loaded, vec![seen], lang).await?;
    let one = shown.pop();
    one.ok_or_else(|| Problem::inside(&"one finding was to be shown"))
}

/// Puts findings into words.
struct Words<'a> {
    audit: &'a Audit,
    speaker: Speaker<'a>,
}

impl Words<'_> {
    fn finding(&self, seen: Seen) -> Finding {
        let (row, life) = (seen.finding, seen.life);
        let judged = self.audit.finding(&row.id);
        let message = match (&seen.hand, judged) {
            (Some(hand), _) => Some(hand.way.text.clone()),
            (None, judged) => judged.map(|finding| self.speaker.message(finding)),
        };
        let evidence = judged.map_or(Vec::new(), |finding| self.speaker.evidence(finding));
        let evidence = evidence.into_iter().map(|(at, kind, text)| Proof {
            at,
            kind,
            text: some(&text),
        });
        let entry = match judged {
            Some(finding) => Some(self.speaker.entry(finding).1),
            None if seen.hand.is_some() => None,
            None => entry(self.audit, &row.regulation, &row.rule),
        };
        let title = entry.map_or(row.rule.as_str(), |entry| entry.title(self.speaker.lang()));
        let (view, counts_as) = told(seen.view);
        let (told_at, acknowledged, cured_at, dispute, reopened_at) = parts(life);
        let history = self.audit.live().history();
        let deal = history.deals.find(&row.deal);
        let employee = history.people.ids.find(&row.employee);
        let stage = history.pipelines.stage_ids.find(&row.stage);
        Finding {
            title: title.to_owned(),
            view,
            counts_as: counts_as.map(Severity::as_str),
            deal_title: deal.map(|deal| self.speaker.deal(DealId(deal))),
            deal: some(&row.deal),
            employee_name: employee.map(|one| self.speaker.person(EmployeeId(one))),
            employee: some(&row.employee),
            stage_name: stage.map(|stage| self.speaker.stage(StageId(stage))),
            stage: some(&row.stage),
            at: row.at,
            until: row.until,
            amount: row.amount,
            message,
            evidence: evidence.collect(),
            state: State::as_str(seen.state),
            told_at,
            acknowledged,
            cured_at,
            dispute,
            reopened_at,
            dispute_until: seen.deadline,
            verdict_until: seen.verdict_until,
            again: seen.again,
            exemption: seen.exemption,
            allowed: seen.allowed.into_iter().map(MoveKind::as_str).collect(),
            regulation: some(&row.regulation),
            raised_at: row.raised_at,
            changed_at: row.changed_at,
            by_hand: seen.hand.map(|hand| ByHand::of(hand, seen.reaction)),
            id: row.id,
            rule: row.rule,
            scope: row.scope,
            severity: row.severity,
        }
    }
}

type Parts = (
    Option<Instant>,
    Option<Acknowledged>,
    Option<Instant>,
    Option<DisputeShown>,
    Option<Instant>,
);

fn parts(life: Life) -> Parts {
    let acknowledged = life.acknowledged.map(|(at, cause)| Acknowledged {
        at,
        cause: cause.as_str(),
    });
    let dispute = life.dispute.map(DisputeShown::of);
    (life.told, acknowledged, life.marked, dispute, life.reopened)
}

/// The entry of a rule in the version of a file, else in the latest one that has it.
fn entry<'a>(audit: &'a Audit, file: &str, rule: &str) -> Option<&'a Entry> {
    let versions = audit.live().regulation().versions();
    let own = versions.iter().filter(|version| version.file == file);
    let mut versions = own.chain(versions.iter().rev());
    versions.find_map(|version| version.entries.iter().find(|entry| entry.name == rule))
}

fn told(view: View) -> (&'static str, Option<Severity>) {
    match view {
        View::Counts(severity) => ("counts", Some(severity)),
        View::Dismissed => ("dismissed", None),
        View::Exempt(_) => ("exempt", None),
        View::Advice => ("advice", None),
        View::Held => ("held", None),
        View::Withdrawn => ("withdrawn", None),
    }
}
