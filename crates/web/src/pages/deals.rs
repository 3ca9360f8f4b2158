//! «Какие сделки …?»: the deals that a number counts, narrowed by what the address says.

use std::ops::Range;

use ::figures::Span;
use ::figures::deals::Kind;
use app::deal_list::{self, DealList, Line};
use app::permissions::{Deed, Whose};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use jiff::civil::Date;
use serde::Deserialize;
use wording::{integer, one_line};

use super::address::{self, with};
use super::field::{self, Field};
use super::finding::Teller;
use super::numbered::Pages;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Deals on one page.
const SHOWN: usize = 50;
/// Deals in one file.
const IN_FILE: usize = 50_000;
/// Characters of a foreign name.
const NAME: usize = 80;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/deals", get(list))
}

/// The state of the filter, as the address says it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    kind: String,
    pipeline: String,
    stage: String,
    employee: String,
    nobody: String,
    group: String,
    source: String,
    from: String,
    to: String,
    page: usize,
}

impl Asked {
    fn kind(&self) -> Option<Kind> {
        Kind::parse(&self.kind)
    }

    /// The address of the list, from its beginning.
    fn address(&self) -> String {
        let parameters = [
            ("kind", self.kind.as_str()),
            ("pipeline", &self.pipeline),
            ("stage", &self.stage),
            ("employee", &self.employee),
            ("nobody", &self.nobody),
            ("group", &self.group),
            ("source", &self.source),
            ("from", &self.from),
            ("to", &self.to),
        ];
        with("/deals", &parameters)
    }

    fn wanted(&self) -> deal_list::Asked<'_> {
        // One that cannot be read does not narrow.
        let date = |text: &str| -> Option<Date> { text.parse().ok() };
        deal_list::Asked {
            kind: self.kind(),
            stage: &self.stage,
            pipeline: &self.pipeline,
            employee: &self.employee,
            nobody: self.nobody == "yes",
            group: &self.group,
            source: &self.source,
            span: Span::Dates(date(&self.from), date(&self.to)),
        }
    }
}

#[derive(Template)]
#[template(path = "deals.html")]
struct DealsPage {
    page: Page,
    fields: Vec<Field>,
    /// What of the filter has no field of its own: name, value.
    hidden: Vec<(&'static str, String)>,
    /// The same in words.
    also: String,
    from: String,
    to: String,
    narrowed: bool,
    /// What the list is about.
    about: String,
    /// How many there are, and how much they are worth.
    sum: String,
    zone: String,
    table: Table,
    pages: Pages,
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let whose = actor.whose(Deed::ReadHistory)?;
    let address = asked.address();
    let pages = |count| Pages::of(address.clone(), asked.page, count, SHOWN);
    let part = |count: usize| -> Range<usize> {
        match download.is_wanted() {
            true => 0..count.min(IN_FILE),
            false => pages(count).range(),
        }
    };
    let found = deal_list::list(&state.audits, actor, &asked.wanted(), part, now).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let table = table(&member, &teller, asked.kind(), &found);
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let kind = asked.kind().map_or("any", Kind::as_str);
    let shown = DealsPage {
        page: member.page(words.word("deals-title", kind)),
        fields: fields(&asked, &teller, &whose),
        hidden: hidden(&asked),
        also: also(&asked, &teller),
        narrowed: address != "/deals",
        about: words.word("deals-about", kind),
        sum: sum(&teller, &found),
        zone: teller.version().zone.name().to_owned(),
        pages: pages(found.count),
        from: asked.from,
        to: asked.to,
        table,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn sum(teller: &Teller<'_>, found: &DealList) -> String {
    let words = teller.words;
    let of = [
        ("count", wording::Value::Count(found.count as i64)),
        ("sum", teller.money(found.sum).into()),
    ];
    let mut said = words.say("deals-sum", &of);
    if found.unpriced > 0 {
        said.push(' ');
        said.push_str(&words.count("deals-unpriced", found.unpriced));
    }
    said
}

fn table(member: &Member, teller: &Teller<'_>, kind: Option<Kind>, found: &DealList) -> Table {
    let words = teller.words;
    let closed = matches!(kind, Some(Kind::Won | Kind::Lost));
    let since = match kind {
        Some(Kind::Won) => "deals-won-at",
        Some(Kind::Lost) => "deals-lost-at",
        _ => "deals-since",
    };
    let title = words.word("deals-title", kind.map_or("any", Kind::as_str));
    let currency = &teller.audit.live().history().account.currency;
    let mut table = Table::new(member, "deals", title)
        .column(words.text("deals-deal"))
        .column(words.text("deals-client"))
        .column(words.text("filter-stage"))
        .column(words.text("col-employee"))
        .number(words.text("deals-price"))
        .column(words.text(since));
    if !closed {
        table = table.number(words.text("deals-worked"));
    }
    for line in &found.lines {
        let mut cells = cells(teller, currency, line);
        if !closed {
            cells.push(Value::Work(line.worked).into());
        }
        table.push(Row::of(cells));
    }
    table
}

fn cells(teller: &Teller<'_>, currency: &str, line: &Line) -> Vec<Cell> {
    let (words, deal) = (teller.words, &line.deal);
    let title = match deal.title.is_empty() {
        true => format!("{} {}", words.text("deal-title"), one_line(&deal.id, NAME)),
        false => one_line(&deal.title, NAME),
    };
    let removed = match deal.removed_at {
        Some(at) => words.say("deal-removed", &[("at", teller.moment(at).into())]),
        None => String::new(),
    };
    let pipelines = &teller.audit.live().history().pipelines;
    let stage = pipelines
        .stage_ids
        .find(&deal.stage.0)
        .map(history::StageId);
    let pipeline = stage.and_then(|stage| pipelines.pipeline(stage));
    let pipeline = pipeline.and_then(|id| pipelines.pipelines.get(id.0 as usize));
    let pipeline = pipeline.map_or_else(String::new, |one| one_line(&one.name, NAME));
    let employee = match teller.employee(&line.employee) {
        name if name.is_empty() => words.text("deal-nobody"),
        name => name,
    };
    let price = match deal.price {
        Some(price) => Value::Money(price, currency.to_owned()),
        None => Value::Empty,
    };
    let since = teller.version().zone.datetime(line.since);
    vec![
        Cell::text(title).to(address::deal(&deal.id)).small(removed),
        Cell::text(one_line(&deal.client, NAME)),
        Cell::text(one_line(&deal.stage.1, NAME)).small(pipeline),
        Cell::text(employee),
        price.into(),
        Value::Moment(since).into(),
    ]
}

fn fields(asked: &Asked, teller: &Teller<'_>, whose: &Whose) -> Vec<Field> {
    let words = teller.words;
    let kinds = Kind::ALL.map(Kind::as_str);
    let kinds = kinds.map(|kind| (kind.to_owned(), words.word("deals-kind", kind)));
    let history = teller.audit.live().history();
    let mut fields = vec![Field::of(words, "kind", &asked.kind, kinds.to_vec())];
    let pipelines = field::pipelines(history);
    if pipelines.len() > 1 {
        fields.push(Field::of(words, "pipeline", &asked.pipeline, pipelines));
    }
    let stages = field::stages(teller);
    fields.push(Field::of(words, "stage", &asked.stage, stages));
    let people = field::people(teller, whose);
    // One's own need no choice.
    if people.len() > 1 {
        fields.push(Field::of(words, "employee", &asked.employee, people));
    }
    let groups = field::groups(teller);
    if *whose == Whose::Everyone && !groups.is_empty() {
        fields.push(Field::of(words, "group", &asked.group, groups));
    }
    fields
}

fn hidden(asked: &Asked) -> Vec<(&'static str, String)> {
    let hidden = [("source", &asked.source), ("nobody", &asked.nobody)];
    let said = hidden.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| (name, value.clone())).collect()
}

fn also(asked: &Asked, teller: &Teller<'_>) -> String {
    let words = teller.words;
    let mut also: Vec<String> = Vec::new();
    if !asked.source.is_empty() {
        also.push(words.named("deals-of-source", &asked.source));
    }
    if asked.nobody == "yes" {
        also.push(words.text("deals-of-nobody"));
    }
    also.join(" ")
}

/// How many deals a number counts, in words.
pub(super) fn count(words: super::Words, count: u64) -> String {
    let shown = integer(count as i64, words.0);
    let of = [
        ("count", wording::Value::Count(count as i64)),
        ("shown", shown.into()),
    ];
    words.say("deals-count", &of)
}
