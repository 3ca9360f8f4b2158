//! «Что посмотрено?»: what quality control has looked at, narrowed by what the address says.

use std::collections::BTreeMap;

use app::accounts;
use app::reviews::choose::LATELY;
use app::reviews::{Case, Kind, Outcome, work};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use jiff::civil::Date;
use serde::Deserialize;
use store::reviews::Filter;
use wording::one_line;

use super::address::with;
use super::finding::Teller;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Cases on one page.
const SHOWN: i64 = 100;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/queue/done", get(list))
}

/// What a field of the filter offers: value, words, and whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "looked.html")]
struct LookedPage {
    page: Page,
    zone: String,
    reviewers: Vec<Choice>,
    employees: Vec<Choice>,
    outcomes: Vec<Choice>,
    kind: String,
    from: String,
    to: String,
    narrowed: bool,
    table: Table,
    first: Option<String>,
    later: Option<String>,
}

/// The state of the filter, as the address says it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    reviewer: String,
    employee: String,
    kind: String,
    /// An outcome, or `done`: looked at to the end.
    outcome: String,
    from: String,
    to: String,
    /// Only what was looked at as lately as the queue remembers.
    lately: String,
    after: String,
    #[serde(flatten)]
    download: Download,
}

impl Asked {
    fn address(&self) -> String {
        let parameters = [
            ("reviewer", self.reviewer.as_str()),
            ("employee", &self.employee),
            ("kind", &self.kind),
            ("outcome", &self.outcome),
            ("from", &self.from),
            ("to", &self.to),
            ("lately", &self.lately),
        ];
        with("/queue/done", &parameters)
    }

    fn after(&self) -> Option<(i64, &str)> {
        let (at, id) = self.after.split_once('.')?;
        Some((at.parse().ok()?, id))
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let names = accounts::names(&state.store, actor).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let zone = &teller.version().zone;
    let day = |text: &str| text.parse::<Date>().ok();
    let from = day(&asked.from).map(|day| zone.start_of_day(day));
    let filter = Filter {
        kind: some(&asked.kind),
        reviewer: some(&asked.reviewer),
        employee: some(&asked.employee),
        outcome: Outcome::parse(&asked.outcome).map(Outcome::as_str),
        from: from.or_else(|| some(&asked.lately).map(|_| now - LATELY)),
        to: day(&asked.to).map(|day| zone.end_of_day(day)),
        is_done: asked.outcome == "done" || asked.lately == "yes",
        ..Filter::default()
    };
    let paging = (asked.after(), SHOWN + 1);
    let mut cases = work::list(&state.store, actor, filter, paging).await?;
    let more = cases.len() as i64 > SHOWN;
    cases.truncate(SHOWN as usize);
    let table = table(&member, &teller, &cases, &names);
    if let Some(file) = asked.download.answer(words, &[&table])? {
        return Ok(file);
    }
    let address = asked.address();
    let last = cases.last().filter(|_| more).map(|case| &case.row);
    let shown = LookedPage {
        page: member.page(words.text("looked-title")),
        zone: zone.name().to_owned(),
        reviewers: reviewers(&names, &asked.reviewer),
        employees: employees(&teller, &asked.employee),
        outcomes: outcomes(&teller, &asked.outcome),
        narrowed: address != "/queue/done",
        table,
        later: last.map(|row| {
            let after = format!("{}.{}", row.started_at, row.id);
            with(&address, &[("after", &after)])
        }),
        first: (!asked.after.is_empty()).then_some(address),
        kind: asked.kind,
        from: asked.from,
        to: asked.to,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn reviewers(names: &BTreeMap<String, String>, chosen: &str) -> Vec<Choice> {
    let all = names.iter().map(|(id, name)| {
        let name = one_line(name, 60);
        (id.clone(), name, id == chosen)
    });
    let mut all: Vec<Choice> = all.collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

fn employees(teller: &Teller<'_>, chosen: &str) -> Vec<Choice> {
    let people = &teller.audit.live().history().people;
    let ids = (0u32..).take(people.employees.len());
    let all = ids.map(|at| {
        let id = people.ids.get(at);
        (id.to_owned(), teller.employee(id), id == chosen)
    });
    let mut all: Vec<Choice> = all.collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

fn outcomes(teller: &Teller<'_>, chosen: &str) -> Vec<Choice> {
    let words = Outcome::ALL.iter().map(|outcome| outcome.as_str());
    let words = std::iter::once("done").chain(words);
    words
        .map(|word| {
            (
                word.to_owned(),
                teller.words.word("looked", word),
                word == chosen,
            )
        })
        .collect()
}

fn table(
    member: &Member,
    teller: &Teller<'_>,
    cases: &[Case],
    names: &BTreeMap<String, String>,
) -> Table {
    let words = teller.words;
    let zone = &teller.version().zone;
    let mut table = Table::new(member, "looked", words.text("looked-title"))
        .column(words.text("looked-col-deal"))
        .column(words.text("looked-col-when"))
        .column(words.text("looked-col-employee"))
        .column(words.text("looked-col-reviewer"))
        .column(words.text("looked-col-outcome"))
        .number(words.text("looked-col-findings"))
        .number(words.text("looked-col-minutes"))
        .column(words.text("looked-col-chosen"));
    for case in cases {
        let row = &case.row;
        let (title, href) = match case.kind {
            Kind::Deal => teller.deal(&row.subject),
        };
        let outcome = case.outcome.map_or("in_hand", Outcome::as_str);
        let minutes = match case.outcome {
            Some(_) => Value::Decimal(row.spent_ms as f64 / 60_000.0),
            None => Value::Empty,
        };
        let name = names.get(&row.reviewer).map_or("—", String::as_str);
        table.push(Row::of(vec![
            Cell::text(title).to(href),
            Cell::from(Value::Moment(zone.datetime(row.started_at))),
            Cell::text(teller.employee(&row.employee)),
            Cell::text(one_line(name, 60)),
            Cell::text(words.word("looked", outcome)),
            Cell::from(Value::Count(row.found.max(0).unsigned_abs())),
            minutes.into(),
            Cell::text(words.word("chosen", &row.chosen)),
        ]));
    }
    table
}
