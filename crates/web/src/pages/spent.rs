//! «Сколько ушло времени?»: how long quality control looked, by person, by what was looked at, by
//! week and by day. Whoever looks sees their own.

use std::collections::BTreeMap;

use app::accounts;
use app::reviews::time::{self, Tally, Times};
use app::reviews::{Kind, Outcome};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use wording::{duration, one_line};

use super::address::with;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// How many weeks are told of.
const WEEKS: usize = 12;
/// How many days.
const DAYS: usize = 14;
const MINUTE: i64 = 60_000;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/queue/time", get(spent))
}

#[derive(Template)]
#[template(path = "spent.html")]
struct SpentPage {
    page: Page,
    zone: String,
    /// The sum of everything in one sentence.
    sum: String,
    is_empty: bool,
    people: Table,
    weeks: Table,
    days: Table,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    #[serde(flatten)]
    download: Download,
}

async fn spent(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let names = accounts::names(&state.store, actor).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let zone = &loaded.office().version().zone;
    let times = time::times(&state.store, actor, zone, WEEKS, now).await?;
    let tables = Tables {
        member: &member,
        words,
        names: &names,
        today: zone.date(now),
        times: &times,
    };
    let (people, weeks, days) = (tables.people(), tables.weeks(), tables.days());
    if let Some(file) = asked.download.answer(words, &[&people, &weeks, &days])? {
        return Ok(file);
    }
    let shown = SpentPage {
        page: member.page(words.text("spent-title")),
        zone: zone.name().to_owned(),
        sum: tables.sum(),
        is_empty: people.is_empty(),
        people,
        weeks,
        days,
    };
    Ok(show(StatusCode::OK, &shown))
}

/// Which cases a number counts.
#[derive(Clone, Copy, Default)]
struct Which<'a> {
    reviewer: &'a str,
    kind: Option<Kind>,
    /// The first and the last day.
    days: Option<(Date, Date)>,
}

struct Tables<'a> {
    member: &'a Member,
    words: Words,
    names: &'a BTreeMap<String, String>,
    today: Date,
    times: &'a Times,
}

impl Tables<'_> {
    fn name(&self, reviewer: &str) -> String {
        let name = self.names.get(reviewer);
        name.map_or_else(|| "—".to_owned(), |name| one_line(name, 60))
    }

    fn sum(&self) -> String {
        let (all, words) = (&self.times.all, self.words);
        let done = usize::try_from(all.done()).unwrap_or(usize::MAX);
        let args = [
            ("count", wording::Value::Count(done as i64)),
            ("clean", wording::Value::Count(all.clean as i64)),
            ("length", duration(all.ms, words.0).into()),
        ];
        words.say("spent-sum", &args)
    }

    fn table(&self, id: &'static str, first: &str) -> Table {
        let words = self.words;
        Table::new(self.member, id, words.text(&format!("spent-{id}")))
            .column(words.text(first))
            .number(words.text("spent-col-done"))
            .number(words.text("spent-col-clean"))
            .number(words.text("spent-col-found"))
            .number(words.text("spent-col-put-back"))
            .number(words.text("spent-col-findings"))
            .number(words.text("spent-col-minutes"))
            .number(words.text("spent-col-each"))
    }

    fn cells(&self, name: Cell, tally: &Tally, which: Which<'_>) -> Vec<Cell> {
        let count = |count: u64, outcome: &str| {
            let cell = Cell::from(Value::Count(count));
            match count {
                0 => cell,
                _ => cell.to(self.list(which, outcome)),
            }
        };
        let minutes = |ms: i64| Cell::from(Value::Decimal(ms as f64 / MINUTE as f64));
        vec![
            name,
            count(tally.done(), "done"),
            count(tally.clean, Outcome::Clean.as_str()),
            count(tally.found, Outcome::Found.as_str()),
            count(tally.put_back, Outcome::PutBack.as_str()),
            Cell::from(Value::Count(tally.findings)),
            minutes(tally.ms),
            tally.each().map_or_else(|| Value::Empty.into(), minutes),
        ]
    }

    /// The list of the cases that a number counts.
    fn list(&self, which: Which<'_>, outcome: &str) -> String {
        let first = self
            .times
            .weeks
            .last()
            .map_or(self.today, |(monday, _)| *monday);
        let (from, to) = which.days.unwrap_or((first, self.today));
        let parameters = [
            ("reviewer", which.reviewer),
            ("kind", which.kind.map_or("", Kind::as_str)),
            ("outcome", outcome),
            ("from", &from.to_string()),
            ("to", &to.to_string()),
        ];
        with("/queue/done", &parameters)
    }

    /// By the person who looked, and below by what was looked at.
    fn people(&self) -> Table {
        let mut table = self.table("people", "spent-col-person");
        for (id, by) in &self.times.people {
            let which = Which {
                reviewer: id,
                ..Which::default()
            };
            let name = Cell::text(self.name(id));
            table.push(Row::sum(self.cells(name, &by.all, which)));
            for (kind, tally) in &by.kinds {
                let name = Cell::text(self.words.word("review-kind", kind.as_str()));
                let kind = Some(*kind);
                let which = Which { kind, ..which };
                table.push(Row::of(self.cells(name, tally, which)).below());
            }
        }
        table
    }

    fn weeks(&self) -> Table {
        let mut table = self.table("weeks", "spent-col-week");
        for (monday, by) in &self.times.weeks {
            let days = (*monday, monday.saturating_add(6.days()));
            self.stretch(&mut table, days, (&by.all, &by.people));
        }
        table
    }

    fn days(&self) -> Table {
        let mut table = self.table("days", "spent-col-day");
        for (day, by) in self.times.days.iter().take(DAYS) {
            self.stretch(&mut table, (*day, *day), (&by.all, &by.people));
        }
        table
    }

    /// A stretch of days, and below who looked in it.
    fn stretch(
        &self,
        table: &mut Table,
        days: (Date, Date),
        (all, people): (&Tally, &BTreeMap<String, Tally>),
    ) {
        let which = Which {
            days: Some(days),
            ..Which::default()
        };
        let name = Cell::from(Value::Day(days.0));
        table.push(Row::sum(self.cells(name, all, which)));
        // One's own looking needs no name.
        if self.times.people.len() > 1 {
            for (id, tally) in people {
                let which = Which {
                    reviewer: id,
                    ..which
                };
                let name = Cell::text(self.name(id));
                table.push(Row::of(self.cells(name, tally, which)).below());
            }
        }
    }
}
