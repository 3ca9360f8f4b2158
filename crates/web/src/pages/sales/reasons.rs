//! «Кто сливает лиды?»: who loses more than the others of their group, and for which reasons; how
//! soon and after how many attempts.

use ::figures::Told;
use ::figures::funnel::{Against, Loser, Losses, Part, Typical};
use app::sales::{self, Sales};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::{EmployeeId, GroupId};
use serde::Deserialize;
use wording::{Value as Say, decimal, integer};

use super::super::table::{Cell, Download, Row, Table, Value};
use super::super::{Member, Page, show};
use super::Teller;
use super::filter::{Asked, Filter};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// How many reasons are told apart.
const REASONS: usize = 8;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/reasons", get(reasons))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    #[serde(flatten)]
    asked: Asked,
    #[serde(flatten)]
    download: Download,
}

/// A difference that is hardly chance, in words.
struct Difference {
    said: String,
    href: String,
    /// Whether it is sure.
    sure: bool,
}

struct Shown {
    filter: Filter,
    span: String,
    zone: String,
    empty: bool,
    differences: Vec<Difference>,
    /// How many comparisons were made, and how many would differ by chance.
    compared: String,
    people: Table,
    by_reason: Table,
}

#[derive(Template)]
#[template(path = "reasons.html")]
struct ReasonsPage {
    page: Page,
    shown: Shown,
}

async fn reasons(
    State(state): State<AppState>,
    member: Member,
    Query(Address {
        mut asked,
        download,
    }): Query<Address>,
) -> Result<Response<Body>, Problem> {
    let read = |sales: &Sales<'_>| {
        asked = std::mem::take(&mut asked).cleaned(sales);
        // Somebody is compared with the others, so nobody is chosen.
        asked.employee.clear();
        shown(&Teller::new(sales, &member, &asked), &member)
    };
    let shown = sales::sales(&state.audits, &member.actor, state.now(), read).await?;
    let tables = [&shown.people, &shown.by_reason];
    if let Some(file) = download.answer(member.words(), &tables)? {
        return Ok(file);
    }
    let page = member.page(member.words().text("reasons-title"));
    Ok(show(StatusCode::OK, &ReasonsPage { page, shown }))
}

fn shown(teller: &Teller<'_>, member: &Member) -> Shown {
    let (sales, words) = (teller.sales, teller.words);
    let flow = teller.chosen.flow(sales);
    let losses = Losses::of(&sales.audited, &flow, teller.chosen.period, REASONS);
    let fields = ["pipeline", "group", "source", "period"];
    Shown {
        filter: Filter::of(teller, "/reasons", &fields),
        span: report::span(teller.chosen.span, words.0),
        zone: teller.zone(),
        empty: losses.all.0 == 0,
        differences: differences(teller, &losses),
        compared: compared(teller, &losses),
        people: people(teller, member, &losses),
        by_reason: by_reason(teller, member, &losses),
    }
}

/// The people with their groups.
fn everybody(losses: &Losses) -> impl Iterator<Item = (GroupId, &Loser)> {
    let groups = losses.groups.iter();
    groups.flat_map(|(group, losers)| losers.iter().map(|loser| (*group, loser)))
}

fn is_telling(against: &Against) -> bool {
    matches!(against.told(), Told::Look | Told::Sure) && against.is_more()
}

/// What differs from the others for the worse, the surest first.
fn differences(teller: &Teller<'_>, losses: &Losses) -> Vec<Difference> {
    let words = teller.words;
    let mut all = Vec::new();
    for (_, loser) in everybody(losses) {
        let whose = ("employee", teller.person_id(loser.employee));
        if is_telling(&loser.lost) {
            let href = teller.list(Part::Lost, &[whose]);
            let args = said(teller, loser.employee, &loser.lost);
            all.push(difference(
                words.say("reasons-differs", &args),
                href,
                &loser.lost,
            ));
        }
        let reasons = losses.reasons.iter().zip(&loser.reasons);
        for ((reason, _), against) in reasons.filter(|(_, against)| is_telling(against)) {
            let given = ("reason", teller.reason_id(*reason));
            let href = teller.list(Part::LostFor(*reason), &[whose, given]);
            let mut args = said(teller, loser.employee, against);
            args.push(("reason", Say::Text(teller.reason(*reason).into())));
            all.push(difference(
                words.say("reasons-differs-by", &args),
                href,
                against,
            ));
        }
    }
    all.sort_by_key(|one| !one.sure);
    all
}

fn difference(said: String, href: String, against: &Against) -> Difference {
    Difference {
        said,
        href,
        sure: against.told() == Told::Sure,
    }
}

fn said(
    teller: &Teller<'_>,
    person: EmployeeId,
    against: &Against,
) -> Vec<(&'static str, Say<'static>)> {
    let lang = teller.words.0;
    let number = |number: u64| Say::Text(integer(number as i64, lang).into());
    let share = |share: Option<f64>| {
        let share = share.map_or_else(String::new, |share| teller.percent(share));
        Say::Text(share.into())
    };
    vec![
        ("name", Say::Text(teller.person(person).into())),
        ("part", number(against.own.0)),
        ("whole", number(against.own.1)),
        ("share", share(against.share())),
        ("others", share(against.others_share())),
    ]
}

fn compared(teller: &Teller<'_>, losses: &Losses) -> String {
    let (words, lang) = (teller.words, teller.words.0);
    let compared = losses.compared;
    let (look, sure) = compared.by_chance();
    let digits = |number: f64| decimal(number, if number < 10.0 { 1 } else { 0 }, lang);
    let args = [
        ("count", Say::Count(compared.made as i64)),
        ("look", digits(look).into()),
        ("sure", digits(sure).into()),
        ("found", Say::Count((compared.look + compared.sure) as i64)),
    ];
    words.say("reasons-compared", &args)
}

fn people(teller: &Teller<'_>, member: &Member, losses: &Losses) -> Table {
    let words = teller.words;
    let mut table = Table::new(member, "people", words.text("reasons-people"))
        .column(words.text("col-employee"))
        .column(words.text("sales-filter-group"))
        .number(words.text("reasons-col-closed"))
        .number(words.text("reasons-col-lost"))
        .number(words.text("reasons-col-others"))
        .column(words.text("reasons-col-told"))
        .number(words.text("reasons-col-time"))
        .number(words.text("reasons-col-attempts"));
    for (group, loser) in everybody(losses) {
        let whose = [("employee", teller.person_id(loser.employee))];
        let lost = &loser.lost;
        let list = teller.list(Part::Lost, &whose);
        table.push(Row::of(vec![
            Cell::text(teller.person(loser.employee)),
            Cell::text(teller.group(group)),
            teller.count(lost.own.1, teller.list(Part::Closed, &whose)),
            teller.share(lost.own, list.clone()),
            Cell::from(Value::share(lost.others.0, lost.others.1)).small(teller.base(lost.others)),
            Cell::text(teller.told(lost)),
            typical(teller, &loser.time, list.clone(), &|ms| teller.days(ms)),
            typical(teller, &loser.attempts, list, &|attempts| attempts as f64),
        ]));
    }
    table
}

/// A median with its interval.
fn typical(
    teller: &Teller<'_>,
    typical: &Typical,
    list: String,
    in_units: &dyn Fn(i64) -> f64,
) -> Cell {
    let lang = teller.words.0;
    let Some(median) = typical.median else {
        return Cell::from(Value::Empty);
    };
    let shown = |value: i64| decimal(in_units(value), 1, lang);
    let small = match typical.interval {
        Some((low, high)) => {
            let ends = [("low", shown(low).into()), ("high", shown(high).into())];
            teller.words.say("sales-interval", &ends)
        }
        None => teller.words.text("sales-little-data"),
    };
    Cell::from(Value::Decimal(in_units(median)))
        .to(list)
        .small(small)
}

fn by_reason(teller: &Teller<'_>, member: &Member, losses: &Losses) -> Table {
    let words = teller.words;
    let table = Table::new(member, "reasons", words.text("reasons-by-reason"))
        .column(words.text("col-employee"))
        .number(words.text("reasons-col-losses"));
    let column =
        |table: Table, (reason, _): &(history::FieldId, u64)| table.number(teller.reason(*reason));
    let mut table = losses.reasons.iter().fold(table, column);
    for (_, loser) in everybody(losses).filter(|(_, loser)| loser.lost.own.0 > 0) {
        let whose = ("employee", teller.person_id(loser.employee));
        let mut cells = vec![
            Cell::text(teller.person(loser.employee)),
            teller.count(loser.lost.own.0, teller.list(Part::Lost, &[whose])),
        ];
        let reasons = losses.reasons.iter().zip(&loser.reasons);
        cells.extend(reasons.map(|((reason, _), against)| {
            let given = ("reason", teller.reason_id(*reason));
            let list = teller.list(Part::LostFor(*reason), &[whose, given]);
            let cell = teller.count(against.own.0, list);
            let share = against.share().unwrap_or(0.0);
            let small = match (against.told(), against.own.0) {
                (_, 0) => return cell,
                (Told::Look | Told::Sure, _) => {
                    let told = teller.told(against);
                    format!("{} · {told}", teller.percent(share))
                }
                _ => teller.percent(share),
            };
            cell.small(small).heat(share)
        }));
        table.push(Row::of(cells));
    }
    if !table.is_empty() {
        table.push(all_row(teller, losses));
    }
    table
}

/// Everybody's reasons, to compare with by eye.
fn all_row(teller: &Teller<'_>, losses: &Losses) -> Row {
    let lost = losses.all.1;
    let mut cells = vec![
        Cell::text(teller.words.text("sales-all")),
        teller.count(lost, teller.list(Part::Lost, &[])),
    ];
    cells.extend(losses.reasons.iter().map(|(reason, count)| {
        let given = [("reason", teller.reason_id(*reason))];
        let list = teller.list(Part::LostFor(*reason), &given);
        let cell = teller.count(*count, list);
        cell.small(teller.percent(*count as f64 / lost.max(1) as f64))
    }));
    Row::sum(cells)
}
