//! «Что мне исправить?»: what an employee has to mend, how they stand, and what went well.

use std::collections::{BTreeMap, BTreeSet};

use ::figures::light::Tally;
use app::figures::{self, Figures};
use app::life::finding::State as Stand;
use app::life::seen::Seen;
use app::life::tell;
use app::life::todo::{Todo, todo};
use app::permissions::Deed;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::EmployeeId;
use jiff::civil::Date;
use serde::Deserialize;
use store::findings::Filter;
use wording::integer;

use super::address::with;
use super::finding::{Outcomes, Shown, Teller};
use super::light::{Light, Weeks, Whose};
use super::numbered::Pages;
use super::outcomes::Done;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Findings on one page.
const SHOWN: usize = 30;
/// Those in work that are shown below.
const BELOW: usize = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/mine", get(mine))
}

/// How somebody stands.
pub(super) struct Standing {
    /// The period that the light is of.
    pub span: String,
    pub light: Light,
    pub spark: String,
    pub praise: Vec<String>,
    pub rules: Table,
}

#[derive(Template)]
#[template(path = "mine.html")]
struct MinePage {
    page: Page,
    done: Option<Done>,
    zone: String,
    standing: Standing,
    /// How many there are to mend, how many of them are gross, and the money in their deals.
    total: String,
    gross: String,
    money: String,
    open: Vec<Shown>,
    pages: Pages,
    disputed: Vec<Shown>,
    acknowledged: Vec<Shown>,
    /// How many more there are of each than are shown.
    more: [String; 2],
    next: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    page: usize,
    #[serde(flatten)]
    outcomes: Outcomes,
    #[serde(flatten)]
    download: Download,
}

async fn mine(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    actor.reach(Deed::SeeFindings)?;
    let employee = actor.employee.clone().ok_or(app::Error::NoEmployee)?;
    let read = |figures: &Figures<'_>| standing(figures, &employee, &member);
    let standing = figures::figures(&state.audits, actor, None, now, read).await?;
    if let Some(file) = asked.download.answer(words, &[&standing.rules])? {
        return Ok(file);
    }
    let loaded = Loaded::of(&state, actor).await?;
    let own = [employee.as_str()];
    let filter = Filter {
        employees: Some(&own),
        ..Filter::default()
    };
    let list = || todo(&state.store, actor, loaded.office(), &filter, now);
    let mut found = list().await?;
    let pages = Pages::of("/mine", asked.page, found.open.len(), SHOWN);
    let (seen, fresh) = on_page(&found, &pages);
    tell::shown(&state.store, actor, loaded.office(), &seen, now).await?;
    if !fresh.is_empty() {
        // Being told starts the term for a dispute.
        found = list().await?;
    }
    let teller = Teller::new(&loaded, &member, now);
    let mut open: Vec<Shown> = pages
        .part(&found.open)
        .map(|seen| teller.finding(seen))
        .collect();
    for shown in &mut open {
        shown.employee.clear();
        if fresh.contains(&shown.id) {
            shown.state = words.word("state", Stand::New.as_str());
        }
    }
    let below = |list: &[Seen]| -> Vec<Shown> {
        list.iter()
            .take(BELOW)
            .map(|seen| teller.finding(seen))
            .collect()
    };
    let more = |list: &[Seen]| match list.len().saturating_sub(BELOW) {
        0 => String::new(),
        more => words.count("list-more", more),
    };
    let shown = MinePage {
        page: member.page(words.text("mine-title")),
        done: asked.outcomes.told(&state, actor, &teller).await,
        zone: teller.version().zone.name().to_owned(),
        standing,
        total: integer(found.open.len() as i64, words.0),
        gross: gross(&found, words),
        money: teller.money(found.money().sum),
        open,
        disputed: below(&found.disputed),
        acknowledged: below(&found.acknowledged),
        more: [more(&found.disputed), more(&found.acknowledged)],
        next: pages.here(),
        pages,
    };
    Ok(show(StatusCode::OK, &shown))
}

/// The findings that a page shows, and the ids of those that nobody was told yet.
fn on_page(todo: &Todo, pages: &Pages) -> (Vec<store::findings::Finding>, BTreeSet<String>) {
    let shown = pages.part(&todo.open);
    let below = [&todo.disputed, &todo.acknowledged];
    let below = below.into_iter().flat_map(|list| list.iter().take(BELOW));
    let shown: Vec<&Seen> = shown.chain(below).collect();
    let fresh = shown.iter().filter(|seen| seen.state == Stand::New);
    let fresh = fresh.map(|seen| seen.finding.id.clone()).collect();
    (
        shown.iter().map(|seen| seen.finding.clone()).collect(),
        fresh,
    )
}

fn gross(todo: &Todo, words: Words) -> String {
    let gross = |seen: &&Seen| seen.severity() == audit::regulation::Severity::Gross;
    words.count("mine-gross", todo.open.iter().filter(gross).count())
}

pub(super) fn standing(figures: &Figures<'_>, employee: &str, member: &Member) -> Standing {
    let words = member.words();
    let audited = &figures.audited;
    let limits = &audited.regulation.latest().light;
    let known = audited.history.people.ids.find(employee).map(EmployeeId);
    let me = known.unwrap_or(EmployeeId::NONE);
    let of = |lights: &::figures::light::Lights| lights.people.get(&me).copied();
    let tally = of(&figures.lights).unwrap_or_default();
    let before = figures.lights_before.as_ref().and_then(of);
    let weeks = Weeks::of(figures);
    let mut rules: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut deals = BTreeSet::new();
    for finding in audited
        .within(figures.period)
        .filter(|one| one.employee == me)
    {
        rules.entry(audited.rule(finding)).or_default().0 += 1;
        deals.insert(finding.deal);
    }
    let zone = audited.zone();
    let earlier = figures.before.map(|span| span.period(zone));
    let earlier = earlier
        .into_iter()
        .flat_map(|period| audited.within(period));
    for finding in earlier.filter(|one| one.employee == me) {
        rules.entry(audited.rule(finding)).or_default().1 += 1;
    }
    let title = |rule: &str| {
        let entries = &audited.regulation.latest().entries;
        let entry = entries.iter().find(|entry| entry.name == rule);
        entry.map_or(rule, |entry| entry.title(words.0)).to_owned()
    };
    deals.remove(&history::DealId::NONE);
    let mended = rules
        .iter()
        .filter(|(_, (now, before))| *now == 0 && *before > 0);
    let mended: Vec<String> = mended.map(|(rule, _)| title(rule)).collect();
    let (from, to) = figures.span.dates();
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let (from, to) = (date(from), date(to));
    let mut counted: Vec<(&str, (u64, u64))> = rules.into_iter().collect();
    counted.sort_by_key(|(_, (now, before))| std::cmp::Reverse((*now, *before)));
    let most = counted.iter().map(|(_, (now, _))| *now).max().unwrap_or(0);
    let all: u64 = counted.iter().map(|(_, (now, _))| *now).sum();
    let mut found = Table::new(member, "rules", words.text("mine-rules"))
        .column(words.text("col-rule"))
        .number(words.text("col-found"))
        .number(words.text("col-before"));
    for (rule, (now, before)) in counted {
        let list = [
            ("figures", "counted"),
            ("employee", employee),
            ("rule", rule),
            ("from", &from),
            ("to", &to),
        ];
        let share = now as f64 / most.max(1) as f64;
        let count = Cell::from(Value::Count(now)).to(with("/findings", &list));
        found.push(Row::of(vec![
            Cell::text(title(rule)).to(super::address::rule(rule)),
            count.bar(share).small(part(now, all, words)),
            Value::Count(before).into(),
        ]));
    }
    Standing {
        span: report::span(figures.span, words.0),
        light: Light::of(words, limits, &tally, before.as_ref()),
        spark: weeks.spark(words, limits, Whose::Person(me)),
        praise: praise(
            words,
            &tally,
            deals.len(),
            &mended,
            weeks.green(limits, Whose::Person(me)),
        ),
        rules: found,
    }
}

/// Which part of all findings some are; nothing of nothing.
fn part(some: u64, all: u64, words: Words) -> String {
    if some == 0 {
        return String::new();
    }
    let share = Value::Share(some, all).text(words.0);
    words.say("mine-part", &[("share", share.into())])
}

/// What went well.
fn praise(
    words: Words,
    tally: &Tally,
    deals_with_findings: usize,
    mended: &[String],
    green_weeks: usize,
) -> Vec<String> {
    let mut praise = Vec::new();
    if green_weeks > 1 {
        praise.push(words.count("praise-green", green_weeks));
    }
    let clean = tally.deals.saturating_sub(deals_with_findings as u64) as i64;
    if clean > 0 {
        let args = [
            ("clean", wording::Value::Count(clean)),
            ("deals", wording::Value::Count(tally.deals as i64)),
        ];
        praise.push(words.say("praise-clean", &args));
    }
    if !mended.is_empty() {
        let named = mended.iter().map(|title| format!("«{title}»"));
        let named = named.collect::<Vec<_>>().join(", ");
        praise.push(words.say("praise-mended", &[("rules", named.into())]));
    }
    praise
}
