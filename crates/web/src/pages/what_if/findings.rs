//! The findings behind a number of what-if.

use app::what_if::{self, Part, Tried, WhatIf};
use askama::Template;
use audit::judge::Finding;
use audit::message::Speaker;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use history::{EmployeeId, StageId};
use wording::Value as Word;

use super::super::numbered::Pages;
use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, address, show};
use super::Asked;
use crate::extract::Query;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

/// Findings on one page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "what_if_findings.html")]
struct FindingsPage {
    page: Page,
    /// How many there are.
    count: String,
    zone: String,
    /// Where the numbers are.
    back: String,
    findings: Table,
    pages: Pages,
}

pub(super) async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, words, actor) = (state.now(), member.words(), &member.actor);
    what_if::sees(actor)?;
    let absent = || Problem::new(Kind::NotFound, "there are no such findings");
    let part = Part::parse(asked.get("part")).ok_or_else(absent)?;
    let audit = state.audits.read(&actor.company, now).await?;
    let regulation = audit.live().regulation();
    let version = &regulation.versions()[app::regulation::current(regulation, now)];
    let nothing = || Tried::Text(version.source.to_string());
    let tried = asked.tried(version).unwrap_or_else(nothing);
    drop(audit);
    let read = |what_if: &WhatIf<'_>| shown(what_if, part, &asked, &member);
    let asking = (&tried, asked.span());
    let reckoned = what_if::what_if(&state.audits, actor, asking, (words.0, now), read).await?;
    let shown = reckoned?;
    if let Some(file) = download.answer(words, &[&shown.findings])? {
        return Ok(file);
    }
    Ok(show(StatusCode::OK, &shown))
}

/// Whether a finding is one of those asked for.
fn is_asked(what_if: &WhatIf<'_>, part: Part, asked: &Asked, finding: &Finding) -> bool {
    let side = what_if.side(part);
    let (people, pipelines) = (&side.history.people, &side.history.pipelines);
    let wanted = |key: &str, own: &str| matches!(asked.get(key), "") || asked.get(key) == own;
    wanted("by_rule", side.rule(finding))
        && wanted("by_stage", pipelines.stage_ids.get(finding.stage.0))
        && wanted("by_person", people.ids.get(finding.employee.0))
        && (asked.get("no_stage").is_empty() || finding.stage == StageId::NONE)
        && (asked.get("nobody").is_empty() || finding.employee == EmployeeId::NONE)
}

fn shown(
    what_if: &WhatIf<'_>,
    part: Part,
    asked: &Asked,
    member: &Member,
) -> Result<FindingsPage, app::Error> {
    let words = member.words();
    let mut findings = what_if.findings(part)?;
    findings.retain(|finding| is_asked(what_if, part, asked, finding));
    let path = asked.address("/regulation/what-if/findings", &[]);
    let page = asked.get("page").parse().unwrap_or(1);
    let pages = Pages::of(path, page, findings.len(), SHOWN);
    let title = |id: &str| words.text(&format!("what-if-col-{id}"));
    let mut table = Table::new(member, "findings", words.text("what-if-findings"))
        .column(title("finding"))
        .column(title("severity"))
        .column(title("person"))
        .column(title("stage"))
        .column(title("deal"))
        .number(title("sum"))
        .column(title("when"));
    let side = what_if.side(part);
    let speaker = Speaker::new(side.history, side.regulation, words.0);
    for finding in pages.part(&findings) {
        table.push(row(what_if, part, finding, (&speaker, words)));
    }
    let count = Word::Count(findings.len() as i64);
    let own = [
        "part",
        "by_rule",
        "by_stage",
        "by_person",
        "no_stage",
        "nobody",
    ];
    let none = own.map(|key| (key, ""));
    Ok(FindingsPage {
        page: member.page(words.word("what-if-title", part.as_str())),
        count: words.say("what-if-found", &[("count", count)]),
        zone: side.zone().name().to_owned(),
        back: asked.address("/regulation/what-if", &none),
        findings: table,
        pages,
    })
}

fn row(
    what_if: &WhatIf<'_>,
    part: Part,
    finding: &Finding,
    (speaker, words): (&Speaker<'_>, super::Words),
) -> Row {
    let side = what_if.side(part);
    let history = side.history;
    // What is only tried has no page.
    let own = what_if.id(part, finding).map(address::finding);
    let deal = match finding.deal.is_none() {
        true => Cell::from(Value::Empty),
        false => {
            let href = address::deal(history.deals.get(finding.deal.0));
            Cell::text(speaker.deal(finding.deal)).to(href)
        }
    };
    let stage = match finding.stage == StageId::NONE {
        true => Cell::from(Value::Empty),
        false => Cell::text(speaker.stage(finding.stage)),
    };
    let amount = finding.amount.map_or(Value::Empty, |amount| {
        Value::Money(amount, history.account.currency.clone())
    });
    Row::of(vec![
        Cell::text(speaker.message(finding)).to(own.unwrap_or_default()),
        Cell::severity(words, side.severity(finding)),
        Cell::text(speaker.person(finding.employee)),
        stage,
        deal,
        amount.into(),
        Value::Moment(side.zone().datetime(finding.at)).into(),
    ])
}
