//! «Что меняется?»: the findings of every rule over twelve weeks, and whether the last change may as
//! well be chance.

use std::cmp::Reverse;

use ::figures::{Change, Span};
use app::overview::{self, RuleTrends};
use app::permissions::Whose;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;

use super::address::{self, with};
use super::field::{self, Field};
use super::finding::Teller;
use super::lists::Lists;
use super::names::Names;
use super::period::{self, Chooser};
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, change, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/trends", get(trends))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    week: String,
    employee: String,
}

#[derive(Template)]
#[template(path = "trends.html")]
struct TrendsPage {
    page: Page,
    chooser: Chooser,
    fields: Vec<Field>,
    /// The week, for the form.
    week: String,
    zone: String,
    /// Whether several versions of the regulation judged these weeks.
    has_versions: bool,
    is_empty: bool,
    table: Table,
}

async fn trends(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let span = period::date(&asked.week).map(Span::week_of);
    let path = with("/trends", &[("employee", &asked.employee)]);
    let read = |found: &RuleTrends<'_>| {
        let last = found.trends.weeks.last().copied();
        let last = last.unwrap_or(Span::Dates(None, None));
        let chooser = Chooser::weeks(&path, &found.audited, last, words);
        (chooser, table(&member, &asked, found))
    };
    let (chooser, table) =
        overview::trends(&state.audits, actor, span, &asked.employee, now, read).await?;
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let people = field::people(&teller, &Whose::Everyone);
    let shown = TrendsPage {
        page: member.page(words.text("trends-title")),
        chooser,
        fields: vec![Field::of(words, "employee", &asked.employee, people)],
        week: asked.week,
        zone: teller.version().zone.name().to_owned(),
        has_versions: loaded.audit().live().regulation().versions().len() > 1,
        is_empty: table.is_empty(),
        table,
    };
    Ok(show(StatusCode::OK, &shown))
}

/// The counts of some findings week by week, and the lists that they count.
struct Weekly<'a> {
    words: Words,
    lists: Lists,
    found: &'a RuleTrends<'a>,
    employee: &'a str,
}

impl Weekly<'_> {
    /// Leaves a line's parameters to a list of each week.
    fn counts(&self, counts: &[u64], part: &[(&str, &str)]) -> Vec<Cell> {
        let weeks = self.found.trends.weeks.iter();
        let cell = |(week, count): (&Span, &u64)| {
            let mut all = vec![("employee", self.employee)];
            all.extend(part);
            let href = match *count {
                0 => String::new(),
                _ => self.lists.findings(*week, "counted", &all),
            };
            Cell::from(Value::Count(*count)).to(href)
        };
        weeks.zip(counts).map(cell).collect()
    }

    fn row(&self, name: Cell, counts: &[u64], part: &[(&str, &str)]) -> Vec<Cell> {
        let rate = |(count, deals): (&u64, &u64)| {
            let enough = *deals > 0;
            enough.then(|| 100.0 * *count as f64 / *deals as f64)
        };
        let rates = counts.iter().zip(&self.found.trends.deals).map(rate);
        let trend = Value::Trend(rates.collect());
        let none = Change {
            findings: (0, 0),
            deals: (0, 0),
        };
        let changed = self.found.trends.change(counts).unwrap_or(none);
        let mut cells = vec![name, trend.into(), change::told(self.words, &changed)];
        cells.extend(self.counts(counts, part));
        cells
    }

    fn deals(&self) -> Vec<Cell> {
        let trends = &self.found.trends;
        let empty = || Cell::from(Value::Text(String::new()));
        let mut cells = vec![Cell::text(self.words.text("board-deals")), empty(), empty()];
        let of = [("kind", "in_work"), ("employee", self.employee)];
        cells.extend(trends.weeks.iter().zip(&trends.deals).map(|(week, count)| {
            let href = match *count {
                0 => String::new(),
                _ => self.lists.deals(*week, &of),
            };
            Cell::from(Value::Count(*count)).to(href)
        }));
        cells
    }
}

fn table(member: &Member, asked: &Asked, found: &RuleTrends<'_>) -> Table {
    let words = member.words();
    let weekly = Weekly {
        words,
        lists: Lists::of(&member.actor),
        found,
        employee: &asked.employee,
    };
    let (trends, names) = (&found.trends, Names::of(&found.audited, words.0));
    let mut table = Table::new(member, "trends", words.text("trends-title"))
        .column(words.text("col-rule"))
        .column(words.text("trends-chart"))
        .column(words.text("trends-change"));
    for week in &trends.weeks {
        let monday = week.dates().0.unwrap_or_default();
        table = table.number(period::day(monday, words.0));
    }
    let mut rules: Vec<(&str, &Vec<u64>)> = trends
        .rules
        .iter()
        .map(|(rule, counts)| (*rule, counts))
        .collect();
    if rules.is_empty() {
        return table;
    }
    let recent = |counts: &[u64]| counts.iter().rev().take(4).sum::<u64>();
    rules.sort_by_key(|(_, counts)| {
        let changed = trends.change(counts);
        let rank = changed.map_or(3, |changed| ::figures::compare::rank(&changed));
        (rank, Reverse(recent(counts)))
    });
    table.push(Row::sum(weekly.deals()));
    let all = Cell::text(words.text("trends-all"));
    table.push(Row::sum(weekly.row(all, &trends.all, &[])));
    for (rule, counts) in rules {
        let name = Cell::text(names.rule(rule)).to(address::rule(rule));
        table.push(Row::of(weekly.row(name, counts, &[("rule", rule)])));
    }
    table
}
