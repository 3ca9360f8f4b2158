//! The findings that a number of the comparison counts.

use app::compare::{self, Comparison, Part};
use app::permissions::{Deed, Reach};
use askama::Template;
use audit::judge::Finding;
use audit::message::Speaker;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use history::{EmployeeId, GroupId, StageId};
use std::ops::Range;

use super::super::address;
use super::super::names::Names;
use super::super::numbered::Pages;
use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, show};
use super::asked::{self, Asked};
use super::ground;
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;
use ::figures::compare::Pair;

/// Findings on one page.
const SHOWN: usize = 50;
/// Findings in one file.
const IN_FILE: usize = 50_000;

#[derive(Template)]
#[template(path = "compare_findings.html")]
struct ListPage {
    page: Page,
    /// The way back to the comparison.
    back: String,
    span: String,
    count: String,
    zone: String,
    table: Table,
    pages: Pages,
}

pub(super) async fn findings(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, words) = (state.now(), member.words());
    match member.actor.reach(Deed::SeeFindings)? {
        Reach::All => {}
        _ => return Err(app::Error::Denied(Deed::SeeFindings).into()),
    }
    let ground = ground(&state, &member).await?;
    let pair = asked.pair(ground.today);
    let side = usize::from(asked.side != "before");
    let own = own_address(&asked, pair);
    let read = |found: &Comparison<'_>| {
        let all = match part(found, &asked) {
            Some(part) => found.findings(side, &part),
            // What nobody knows has no findings.
            None => Vec::new(),
        };
        let pages = Pages::of(own.clone(), asked.page, all.len(), SHOWN);
        let shown = match download.is_wanted() {
            true => 0..all.len().min(IN_FILE),
            false => pages.range(),
        };
        ListPage {
            page: member.page(words.text("compare-findings-title")),
            back: asked::address(pair, "/compare", &asked.version),
            span: report::span(found.sides.spans[side], words.0),
            count: words.count("pipelines-findings", all.len()),
            zone: found.sides.audited.zone().name().to_owned(),
            table: table(&member, found, &all, shown),
            pages,
        }
    };
    let asked_for = asked.wanted(pair);
    let shown = compare::compare(&state.audits, &member.actor, asked_for, now, read).await?;
    if let Some(file) = download.answer(words, &[&shown.table])? {
        return Ok(file);
    }
    Ok(show(StatusCode::OK, &shown))
}

fn own_address(asked: &Asked, pair: Pair) -> String {
    let list = asked::address(pair, "/compare/findings", &asked.version);
    let parameters = [
        ("side", asked.side.as_str()),
        ("rule", &asked.rule),
        ("employee", &asked.employee),
        ("group", &asked.group),
        ("stage", &asked.stage),
        ("no_stage", &asked.no_stage),
    ];
    address::with(&list, &parameters)
}

/// What the list is narrowed by; none: by something that nobody knows.
fn part<'a>(found: &Comparison<'_>, asked: &'a Asked) -> Option<Part<'a>> {
    let history = found.sides.audited.history;
    let people = &history.people;
    let mut part = Part::default();
    if !asked.rule.is_empty() {
        part.rule = Some(&asked.rule);
    }
    if !asked.employee.is_empty() {
        part.employee = Some(people.ids.find(&asked.employee).map(EmployeeId)?);
    }
    if !asked.group.is_empty() {
        part.group = Some(people.group_ids.find(&asked.group).map(GroupId)?);
    }
    if !asked.stage.is_empty() {
        let stage = history.pipelines.stage_ids.find(&asked.stage);
        part.stage = Some(stage.map(StageId)?);
    }
    if asked.no_stage == "yes" {
        part.stage = Some(StageId::NONE);
    }
    Some(part)
}

fn table(member: &Member, found: &Comparison<'_>, all: &[&Finding], shown: Range<usize>) -> Table {
    let (words, audited) = (member.words(), &found.sides.audited);
    let names = Names::of(audited, words.0);
    let speaker = Speaker::new(audited.history, audited.regulation, words.0);
    let mut table = Table::new(member, "findings", words.text("compare-findings-title"))
        .column(words.text("col-when"))
        .column(words.text("filter-severity"))
        .column(words.text("col-finding"))
        .column(words.text("col-employee"))
        .column(words.text("filter-stage"))
        .column(words.text("deals-deal"));
    let shown = shown.start.min(all.len())..shown.end.min(all.len());
    for finding in &all[shown] {
        let severity = words.word("severity", audited.severity(finding).as_str());
        let (deal, href) = match finding.deal.is_none() {
            true => (String::new(), String::new()),
            false => {
                let id = audited.history.deals.get(finding.deal.0);
                (speaker.deal(finding.deal), address::deal(id))
            }
        };
        table.push(Row::of(vec![
            Value::Moment(audited.zone().datetime(finding.at)).into(),
            Cell::text(severity),
            Cell::text(speaker.message(finding)).small(names.rule(audited.rule(finding))),
            Cell::text(names.person(finding.employee)),
            Cell::text(names.stage(finding.stage)),
            Cell::text(deal).to(href),
        ]));
    }
    table
}
