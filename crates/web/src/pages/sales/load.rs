//! «Кто перегружен, а кто опаздывает?»: what everybody has on their hands beside how much of it is
//! overdue.

use ::figures::funnel::{Burden, Load, Loads, Part};
use app::sales::{self, Sales};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use wording::{Value as Say, decimal, integer};

use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, show};
use super::Teller;
use super::chart::Scatter;
use super::filter::{Asked, Filter};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/load", get(load))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    #[serde(flatten)]
    asked: Asked,
    #[serde(flatten)]
    download: Download,
}

struct Shown {
    filter: Filter,
    zone: String,
    /// What each person's load comes to, in a sentence, those to help first.
    said: Vec<(&'static str, String)>,
    scatter: Scatter,
    table: Table,
}

#[derive(Template)]
#[template(path = "load.html")]
struct LoadPage {
    page: Page,
    shown: Shown,
}

async fn load(
    State(state): State<AppState>,
    member: Member,
    Query(Address {
        mut asked,
        download,
    }): Query<Address>,
) -> Result<Response<Body>, Problem> {
    let read = |sales: &Sales<'_>| {
        asked = std::mem::take(&mut asked).cleaned(sales);
        asked.employee.clear();
        shown(&Teller::new(sales, &member, &asked), &member)
    };
    let shown = sales::sales(&state.audits, &member.actor, state.now(), read).await?;
    if let Some(file) = download.answer(member.words(), &[&shown.table])? {
        return Ok(file);
    }
    let page = member.page(member.words().text("load-title"));
    Ok(show(StatusCode::OK, &LoadPage { page, shown }))
}

fn shown(teller: &Teller<'_>, member: &Member) -> Shown {
    let sales = teller.sales;
    let flow = teller.chosen.flow(sales);
    let loads = Loads::of(&sales.audited, &flow, sales.clocks);
    let telling = |load: &&Load| !matches!(load.burden, Burden::Even | Burden::TooLittleData);
    Shown {
        filter: Filter::of(teller, "/load", &["pipeline", "group"]),
        zone: teller.zone(),
        said: loads
            .people
            .iter()
            .filter(telling)
            .map(|load| (load.burden.as_str(), sentence(teller, load)))
            .collect(),
        scatter: Scatter::of(teller, &loads),
        table: table(teller, member, &loads),
    }
}

fn sentence(teller: &Teller<'_>, load: &Load) -> String {
    let (words, lang) = (teller.words, teller.words.0);
    let number = |number: u64| Say::Text(integer(number as i64, lang).into());
    let per_day = load.deals_per_day().unwrap_or(0.0);
    let others = load.tasks.others_share().unwrap_or(0.0);
    let args = [
        ("name", Say::Text(teller.person(load.employee).into())),
        ("deals", Say::Count(load.deals as i64)),
        ("day", decimal(per_day, 1, lang).into()),
        ("part", number(load.tasks.own.0)),
        ("whole", number(load.tasks.own.1)),
        (
            "share",
            teller.percent(load.tasks.share().unwrap_or(0.0)).into(),
        ),
        ("others", teller.percent(others).into()),
    ];
    words.say(&format!("load-said-{}", load.burden.as_str()), &args)
}

fn table(teller: &Teller<'_>, member: &Member, loads: &Loads) -> Table {
    let words = teller.words;
    let mut table = Table::new(member, "load", words.text("load-table"))
        .column(words.text("col-employee"))
        .column(words.text("load-col-burden"))
        .number(words.text("load-col-deals"))
        .number(words.text("load-col-deals-day"))
        .number(words.text("load-col-tasks"))
        .number(words.text("load-col-due-day"))
        .number(words.text("load-col-overdue"))
        .number(words.text("load-col-share"))
        .number(words.text("load-col-days"));
    let most = loads.people.iter().filter_map(Load::deals_per_day);
    let most = most.fold(1e-9, f64::max);
    for load in &loads.people {
        let whose = [("employee", teller.person_id(load.employee))];
        let day = |number: Option<f64>| Cell::from(number.map_or(Value::Empty, Value::Decimal));
        let tasks = |part: Part| teller.list(part, &whose);
        let burden = words.word("burden", load.burden.as_str());
        let per_day = day(load.deals_per_day());
        table.push(Row::of(vec![
            Cell::text(teller.person(load.employee)),
            match load.over_limit {
                true => Cell::text(burden).small(words.text("load-over-limit")),
                false => Cell::text(burden),
            },
            teller.count(load.deals, teller.standing(Part::Standing, &whose)),
            match load.deals_per_day() {
                Some(deals) => per_day.bar(deals / most),
                None => per_day.small(words.text("sales-little-data")),
            },
            teller.count(load.tasks.own.1, tasks(Part::Tasks)),
            day(load.due_per_day()),
            teller.count(load.tasks.own.0, tasks(Part::OverdueTasks)),
            teller.share(load.tasks.own, tasks(Part::OverdueTasks)),
            Cell::from(Value::Decimal(load.days)),
        ]));
    }
    table
}
