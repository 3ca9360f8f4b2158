//! «Кто в какой воронке силён?»: the light of every person in every pipeline.

use std::cmp::Reverse;

use ::figures::light::{Colour, Lights, Tally};
use app::overview::{self, ByPipeline};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::{EmployeeId, GroupId};
use wording::Value as Said;

use super::light::Whose;
use super::lists::Lists;
use super::names::Names;
use super::period::{Asked, Chooser};
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, deals, show};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/pipelines", get(pipelines))
}

#[derive(Template)]
#[template(path = "pipelines.html")]
struct PipelinesPage {
    page: Page,
    chooser: Chooser,
    zone: String,
    help: String,
    is_empty: bool,
    table: Table,
}

async fn pipelines(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let read = |found: &ByPipeline<'_>| {
        let limits = found.audited.regulation.latest().light;
        let least = Said::Count(i64::from(limits.min_deals));
        PipelinesPage {
            page: member.page(words.text("pipelines-title")),
            chooser: Chooser::new("/pipelines", &found.audited, found.span, words),
            zone: found.audited.zone().name().to_owned(),
            help: words.say("pipelines-help", &[("least", least)]),
            is_empty: found.pipelines.is_empty(),
            table: Heat::new(found, &member).table(&member),
        }
    };
    let shown = overview::by_pipeline(&state.audits, actor, asked.span(), now, read).await?;
    if let Some(file) = download.answer(words, &[&shown.table])? {
        return Ok(file);
    }
    Ok(show(StatusCode::OK, &shown))
}

/// Makes the table: people down, pipelines across.
struct Heat<'a> {
    found: &'a ByPipeline<'a>,
    names: Names<'a>,
    words: Words,
    lists: Lists,
}

impl<'a> Heat<'a> {
    fn new(found: &'a ByPipeline<'a>, member: &Member) -> Heat<'a> {
        let words = member.words();
        Heat {
            names: Names::of(&found.audited, words.0),
            lists: Lists::of(&member.actor),
            words,
            found,
        }
    }

    fn table(&self, member: &Member) -> Table {
        let (words, found) = (self.words, self.found);
        let mut table = Table::new(member, "pipelines", words.text("pipelines-title"))
            .column(words.text("board-name"))
            .number(words.text("pipelines-all"));
        for (pipeline, _) in &found.pipelines {
            table = table.number(self.names.pipeline(*pipeline));
        }
        if found.pipelines.is_empty() {
            return table;
        }
        table.push(Row::sum(self.row(Whose::Company)));
        let mut people: Vec<EmployeeId> = found.lights.people.keys().copied().collect();
        people.sort_by_key(|person| self.place(Whose::Person(*person)));
        let mut groups: Vec<GroupId> = found.lights.groups.keys().copied().collect();
        groups.sort_by_key(|group| self.place(Whose::Group(*group)));
        let last = found.span.dates().1;
        for group in groups {
            table.push(Row::sum(self.row(Whose::Group(group))));
            let (within, others) = people
                .into_iter()
                .partition(|one| self.names.group_at(*one, last) == group);
            people = others;
            for person in within {
                table.push(Row::of(self.row(Whose::Person(person))).below());
            }
        }
        for person in people {
            table.push(Row::of(self.row(Whose::Person(person))));
        }
        table
    }

    /// The worst come first, those with too little data last.
    fn place(&self, whose: Whose) -> (bool, Reverse<u64>) {
        let limits = &self.found.audited.regulation.latest().light;
        let tally = whose.of(&self.found.lights).copied().unwrap_or_default();
        let little = tally.colour(limits) == Colour::TooLittleData;
        let rate = tally.rate(limits).unwrap_or(0.0);
        (little, Reverse((rate * 1000.0) as u64))
    }

    fn row(&self, whose: Whose) -> Vec<Cell> {
        let name = match whose {
            Whose::Company => self.words.text("board-company"),
            Whose::Group(group) => self.names.group(group),
            Whose::Person(person) => self.names.person(person),
        };
        let mut cells = vec![Cell::text(name), self.cell(whose, &self.found.lights, "")];
        for (pipeline, lights) in &self.found.pipelines {
            cells.push(self.cell(whose, lights, self.names.pipeline_id(*pipeline)));
        }
        cells
    }

    fn cell(&self, whose: Whose, lights: &Lights, pipeline: &str) -> Cell {
        let Some(tally) = whose.of(lights) else {
            return Value::Empty.into();
        };
        let limits = &self.found.audited.regulation.latest().light;
        let found: u64 = tally.findings.iter().sum();
        if tally.deals == 0 && found == 0 {
            return Value::Empty.into();
        }
        let colour = tally.colour(limits);
        let value = match (colour, tally.rate(limits)) {
            (Colour::TooLittleData, _) | (_, None) => {
                Value::Text(self.words.text("pipelines-little-data"))
            }
            (_, Some(rate)) => Value::Decimal(rate),
        };
        Cell::from(value)
            .lit(colour)
            .to(self.list(whose, tally, pipeline))
            .small(self.base(tally, found))
    }

    /// The findings that the rate counts or, where there are none, the deals that it rests on.
    fn list(&self, whose: Whose, tally: &Tally, pipeline: &str) -> String {
        let (key, id) = match whose {
            Whose::Company => ("", ""),
            Whose::Group(group) => ("group", self.names.group_id(group)),
            Whose::Person(person) => ("employee", self.names.person_id(person)),
        };
        let span = self.found.span;
        let part = [(key, id), ("pipeline", pipeline)];
        let findings = self.lists.findings(span, "counted", &part);
        if tally.findings != [0; 3] && !findings.is_empty() {
            return findings;
        }
        let deals = [("kind", "in_work"), part[0], part[1]];
        self.lists.deals(span, &deals)
    }

    /// «7 замечаний · 31 сделка».
    fn base(&self, tally: &Tally, found: u64) -> String {
        let findings = self.words.count("pipelines-findings", found as usize);
        format!("{findings} · {}", deals::count(self.words, tally.deals))
    }
}
