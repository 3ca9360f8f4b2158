//! A finding as pages show it, and its own page.

use app::audits::Audit;
use app::deals;
use app::life::decide;
use app::life::decision::{Cause, Decision, Move, MoveKind, Outcome};
use app::life::finding::State;
use app::life::office::Office;
use app::life::seen::{self, Seen};
use app::life::tell;
use app::permissions::Deed;
use app::{Actor, Instant};
use askama::Template;
use audit::message::Speaker;
use audit::regulation::{Entry, Version};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State as Shared};
use axum::http::{Response, StatusCode};
use axum::routing::get;
use figures::View;
use history::{DealId, EmployeeId, StageId};
use wording::{Value, money, one_line};

use super::act;
use super::address;
use super::outcomes::Done;
pub(super) use super::outcomes::Outcomes;
use super::visitor::Visitor;
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Characters of a foreign text shown in full.
const LONG: usize = 4000;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/findings/{id}", get(one).post(act::act))
}

/// A finding as pages show it.
pub(super) struct Shown {
    pub id: String,
    pub href: String,
    pub severity: &'static str,
    /// The finding in one sentence.
    pub message: String,
    /// What the regulation calls its rule.
    pub rule: String,
    /// The rule's page; empty: made by hand.
    pub rule_href: String,
    pub deal: String,
    /// The deal's page; empty: not for these eyes.
    pub deal_href: String,
    pub employee: String,
    pub stage: String,
    /// The deal's price; empty: none.
    pub amount: String,
    /// Since when, and for how long.
    pub since: String,
    pub state: String,
    /// Until when it may be disputed, where it may.
    pub deadline: String,
    /// The cause that was named; empty: not acknowledged.
    pub cause: String,
    pub again: bool,
    /// What the specialist recommends.
    pub recommendation: String,
    /// Why it does not count.
    pub note: String,
    pub can_acknowledge: bool,
    pub can_cure: bool,
    pub can_dispute: bool,
    pub can_decide: bool,
    pub can_reopen: bool,
    /// Until when its dispute is to be decided; empty: none waits.
    pub verdict: String,
    /// Whether that is over.
    pub is_late: bool,
}

impl Shown {
    /// Whether it may be chosen to do something with it together with others.
    pub fn can_choose(&self) -> bool {
        self.can_acknowledge || self.can_cure || self.can_dispute
    }

    /// Whether the reader may do anything with it.
    pub fn can_do(&self) -> bool {
        self.can_acknowledge
            || self.can_cure
            || self.can_dispute
            || self.can_decide
            || self.can_reopen
    }

    pub fn causes(&self) -> impl Iterator<Item = &'static str> + use<> {
        Cause::ALL.iter().map(|cause| cause.as_str())
    }

    pub fn outcomes(&self) -> impl Iterator<Item = &'static str> + use<> {
        Outcome::ALL.iter().map(|outcome| outcome.as_str())
    }
}

/// Puts what a company knows into words for one reader.
pub(super) struct Teller<'a> {
    pub words: Words,
    pub speaker: Speaker<'a>,
    pub audit: &'a Audit,
    pub office: Office<'a>,
    pub now: Instant,
    /// Whoever reads.
    pub visitor: &'a Visitor,
    actor: &'a Actor,
}

impl<'a> Teller<'a> {
    pub fn new(loaded: &'a Loaded, member: &'a Member, now: Instant) -> Teller<'a> {
        let (audit, words) = (loaded.audit(), member.words());
        let live = audit.live();
        Teller {
            speaker: Speaker::new(live.history(), live.regulation(), words.0),
            office: loaded.office(),
            actor: &member.actor,
            visitor: &member.visitor,
            audit,
            words,
            now,
        }
    }

    pub fn version(&self) -> &'a Version {
        self.office.version()
    }

    /// An instant in the company's zone.
    pub fn moment(&self, at: Instant) -> String {
        let zone = &self.version().zone;
        wording::moment_near(zone.datetime(at), zone.datetime(self.now), self.words.0)
    }

    /// Money in the company's currency.
    pub fn money(&self, hundredths: i64) -> String {
        money(
            hundredths,
            &self.audit.live().history().account.currency,
            self.words.0,
        )
    }

    /// An employee by name.
    pub fn employee(&self, id: &str) -> String {
        let known = self.audit.live().history().people.ids.find(id);
        known.map_or_else(String::new, |id| self.speaker.person(EmployeeId(id)))
    }

    /// A stage by name.
    pub fn stage(&self, id: &str) -> String {
        let known = self.audit.live().history().pipelines.stage_ids.find(id);
        known.map_or_else(String::new, |id| self.speaker.stage(StageId(id)))
    }

    /// A group by name.
    pub fn group(&self, id: &str) -> String {
        let people = &self.audit.live().history().people;
        let known = people.group_ids.find(id);
        let group = known.and_then(|at| people.groups.get(at as usize));
        one_line(group.map_or(id, |group| &group.name), 60)
    }

    /// The entry of a rule: the latest version's that has it.
    pub fn entry(&self, rule: &str) -> Option<(&'a Version, &'a Entry)> {
        let versions = self.audit.live().regulation().versions();
        let found = versions.iter().rev().find_map(|version| {
            let entry = version.entries.iter().find(|entry| entry.name == rule);
            entry.map(|entry| (version, entry))
        });
        // Those of the version in force go first.
        let latest = self.version();
        let own = latest.entries.iter().find(|entry| entry.name == rule);
        own.map(|entry| (latest, entry)).or(found)
    }

    /// What the regulation calls a rule.
    pub fn rule(&self, rule: &str) -> String {
        let entry = self.entry(rule);
        one_line(
            entry.map_or(rule, |(_, entry)| entry.title(self.words.0)),
            80,
        )
    }

    /// A deal by its title, and its page, where the reader may open it.
    pub fn deal(&self, id: &str) -> (String, String) {
        let Some(number) = self.audit.live().history().deals.find(id) else {
            return (one_line(id, 60), String::new());
        };
        let is_seen = deals::is_seen(self.audit, self.office, self.actor, id, self.now);
        let href = match is_seen {
            true => address::deal(id),
            false => String::new(),
        };
        (self.speaker.deal(DealId(number)), href)
    }

    /// A finding.
    pub fn finding(&self, seen: &Seen) -> Shown {
        let (row, words) = (&seen.finding, self.words);
        let by_hand = seen.hand.as_ref();
        let message = match (by_hand, self.audit.finding(&row.id)) {
            (Some(hand), _) => one_line(&hand.way.text, LONG),
            (None, Some(judged)) => self.speaker.message(judged),
            (None, None) => self.rule(&row.rule),
        };
        let (deal, deal_href) = match row.deal.as_str() {
            "" => Default::default(),
            id => self.deal(id),
        };
        // To where it stands on the timeline.
        let deal_href = match deal_href.as_str() {
            "" => deal_href,
            _ => address::place(&row.deal, &row.id),
        };
        let can = |kind| seen.allowed.contains(&kind);
        let recommendation = by_hand.map(|hand| one_line(&hand.way.recommendation, LONG));
        Shown {
            href: address::finding(&row.id),
            severity: seen.severity().as_str(),
            message,
            rule: self.rule(&row.rule),
            rule_href: match by_hand {
                Some(_) => String::new(),
                None => address::rule(&row.rule),
            },
            deal,
            deal_href,
            employee: self.employee(&row.employee),
            stage: self.stage(&row.stage),
            amount: row
                .amount
                .filter(|amount| *amount > 0)
                .map(|amount| self.money(amount))
                .unwrap_or_default(),
            since: self.since(seen),
            state: words.word("state", seen.state.as_str()),
            deadline: match seen.deadline {
                Some(at) if can(MoveKind::Dispute) => {
                    words.say("finding-deadline", &[("at", self.moment(at).into())])
                }
                _ => String::new(),
            },
            cause: match seen.life.acknowledged {
                Some((_, cause)) => words.word("cause", cause.as_str()),
                None => String::new(),
            },
            again: seen.again,
            recommendation: recommendation.unwrap_or_default(),
            note: match seen.view {
                View::Advice => words.text("view-advice"),
                View::Exempt(_) => words.text("view-exempt"),
                View::Held => words.text("view-held"),
                View::Withdrawn => words.text("view-withdrawn"),
                View::Counts(_) | View::Dismissed => String::new(),
            },
            can_acknowledge: can(MoveKind::Acknowledge) && seen.state != State::Cured,
            can_cure: can(MoveKind::Cure),
            can_dispute: can(MoveKind::Dispute),
            can_decide: can(MoveKind::Decide),
            can_reopen: can(MoveKind::Reopen),
            verdict: seen.verdict_until.map_or_else(String::new, |at| {
                let id = match at < self.now {
                    true => "finding-verdict-late",
                    false => "finding-verdict",
                };
                words.say(id, &[("at", self.moment(at).into())])
            }),
            is_late: seen.verdict_until.is_some_and(|at| at < self.now),
            id: row.id.clone(),
        }
    }

    fn since(&self, seen: &Seen) -> String {
        let row = &seen.finding;
        let at = Value::Text(self.moment(row.at).into());
        match row.until.or(seen.life.marked) {
            Some(until) => self.words.say(
                "finding-cured",
                &[("at", at), ("until", self.moment(until).into())],
            ),
            None => self.words.say("finding-since", &[("at", at)]),
        }
    }
}

#[derive(Template)]
#[template(path = "one_finding.html")]
struct FindingPage {
    page: Page,
    finding: Shown,
    done: Option<Done>,
    /// What proves it: when, what, a text.
    evidence: Vec<[String; 3]>,
    /// What people decided: when, what, a text.
    decisions: Vec<[String; 3]>,
    /// Where one may decide not to pay attention to its like; empty: one may not.
    exempt: String,
}

async fn one(
    Shared(state): Shared<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(outcomes): Query<Outcomes>,
) -> Result<Response<Body>, Problem> {
    let now = state.now();
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (office, actor, words) = (loaded.office(), &member.actor, member.words());
    let seen = seen::see(&state.store, actor, office, &id, now).await?;
    let shown = std::slice::from_ref(&seen.finding);
    tell::shown(&state.store, actor, office, shown, now).await?;
    // Being told starts the term for a dispute.
    let seen = seen::see(&state.store, actor, office, &id, now).await?;
    let made = decide::decisions_on(&state.store, actor, office, &id, now).await?;
    let teller = Teller::new(&loaded, &member, now);
    let judged = teller.audit.finding(&id);
    let evidence = judged.map_or(Vec::new(), |finding| teller.speaker.evidence(finding));
    let evidence = evidence.into_iter().map(|(at, kind, text)| {
        let what = match kind {
            "action" => words.text("evidence-action"),
            kind => words.text(&format!("kind-{kind}")),
        };
        [teller.moment(at), what, one_line(&text, LONG)]
    });
    let decisions = made.iter().map(|decision| told(&teller, decision));
    let shown = FindingPage {
        page: member.page(words.text("finding-title")),
        done: outcomes.told(&state, actor, &teller).await,
        evidence: evidence.collect(),
        decisions: decisions.collect(),
        exempt: exempt(&teller, &seen, actor),
        finding: teller.finding(&seen),
    };
    Ok(show(StatusCode::OK, &shown))
}

/// The form for an exemption that would cover a finding.
fn exempt(teller: &Teller<'_>, seen: &Seen, actor: &Actor) -> String {
    if actor.reach(Deed::Exempt).is_err() || seen.exemption.is_some() {
        return String::new();
    }
    let row = &seen.finding;
    // A kind of fault that somebody named is no rule.
    let rule = match seen.hand {
        Some(_) => "",
        None => row.rule.as_str(),
    };
    let from = teller.version().zone.date(row.at).to_string();
    let scope = [
        ("rule", rule),
        ("deal", &row.deal),
        ("employee", &row.employee),
        ("from", &from),
    ];
    format!("{}#make", address::with("/exemptions", &scope))
}

fn told(teller: &Teller<'_>, decision: &Decision) -> [String; 3] {
    let words = teller.words;
    let what = match decision.made {
        Move::Told => words.text("decision-told"),
        Move::Acknowledged(cause) => {
            let cause = words.word("cause", cause.as_str());
            words.say("done-acknowledged", &[("cause", cause.into())])
        }
        Move::Cured => words.text("decision-cured"),
        Move::Disputed => words.text("decision-disputed"),
        Move::Decided(outcome) => words.word("done", outcome.as_str()),
        Move::Reopened => words.text("decision-reopened"),
        Move::Undone => words.text("decision-undone"),
    };
    // With what was told stands the channel.
    let text = match decision.made {
        Move::Told => String::new(),
        _ => one_line(&decision.text, LONG),
    };
    // The words for what was just done lead on to what it was done to.
    let what = what.trim_end_matches(':').to_owned();
    [teller.moment(decision.at), what, text]
}
