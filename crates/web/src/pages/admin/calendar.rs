//! «Когда мы работаем?»: the week and the days of a month by the regulation, and who works when.

use app::calendar::{self, Day, Plan};
use app::employees::{self, Worked};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use wording::{Value as Word, one_line};
use worktime::production_calendar::DayKind;

use super::shifts::hours;
use crate::extract::Query;
use crate::pages::address::with;
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Cell as MonthDay, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/admin/calendar", get(show))
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// A day of the month and the week that are shown; empty: today.
    day: String,
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (actor, words, now) = (&member.actor, member.words(), state.now());
    let wanted = asked.day.parse::<Date>().ok();
    // Years that no calendar of ours reaches are of no use to anybody.
    let wanted = wanted.filter(|day| (1990..2200).contains(&day.year()));
    let (plan, days) = calendar::month(&state.audits, actor, wanted, now).await?;
    let day = wanted.unwrap_or(plan.today);
    let monday = monday(day);
    let week = employees::week(&state.audits, actor, monday, now).await?;
    let people = people(&member, monday, week);
    if let Some(file) = download.answer(words, &[&people])? {
        return Ok(file);
    }
    let month = words.say(
        "calendar-month",
        &[
            (
                "month",
                words.text(&format!("month-{}", day.month())).into(),
            ),
            ("year", Word::Text(day.year().to_string().into())),
        ],
    );
    let sheet = Sheet::new(member.page(words.text("calendar-title")))
        .with(Block::Facts(facts(words, &plan)))
        .links(super::regulation_link(words));
    let missing = plan.missing_years();
    let sheet = match missing.first() {
        None => sheet,
        Some(year) => {
            let year = Word::Text(year.to_string().into());
            sheet.with(Block::Alert(
                words.say("calendar-missing", &[("year", year)]),
            ))
        }
    };
    let titles = WEEKDAYS.map(|day| words.word("weekday", day)).into();
    let sheet = sheet
        .form(chooser(words, day))
        .with(Block::Heading(month))
        .links(steps(words, day))
        .with(Block::Month(grid(words, &plan, &days), titles))
        .heading("calendar-who")
        .with(Block::Lead(span(words, monday)))
        .table(people, "calendar-nobody");
    Ok(sheet.show())
}

fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

fn span(words: Words, monday: Date) -> String {
    let sunday = monday.checked_add(6.days()).unwrap_or(monday);
    let date = |date: Date| Word::Text(wording::date(date, words.0).into());
    words.say(
        "calendar-week",
        &[("from", date(monday)), ("last", date(sunday))],
    )
}

/// The week of the regulation, and what else it says of time.
fn facts(words: Words, plan: &Plan) -> Vec<(String, String, String)> {
    let fact = |word: &str, value: String| (words.text(word), value, String::new());
    let mut facts = vec![fact("calendar-zone", plan.zone.name().to_owned())];
    for (day, name) in plan.week.iter().zip(WEEKDAYS) {
        let said = match day.is_empty() {
            true => words.text("calendar-off"),
            false => hours(day),
        };
        facts.push((words.word("weekday-long", name), said, String::new()));
    }
    let length = wording::working_duration(plan.day_length_ms, words.0);
    facts.push(fact("calendar-day-length", length));
    let law = match &plan.known {
        None => words.text("calendar-no-law"),
        Some(years) => {
            let year = |year: &i16| Word::Text(year.to_string().into());
            words.say(
                "calendar-law",
                &[("first", year(years.start())), ("last", year(years.end()))],
            )
        }
    };
    facts.push(fact("calendar-production", law));
    facts
}

fn chooser(words: Words, day: Date) -> Form {
    Form::asking("day", "/admin/calendar", words.text("admin-show"))
        .with(Field::day(words, "day", "calendar-day", &day.to_string()).optional())
        .or_to("/admin/calendar")
}

fn steps(words: Words, day: Date) -> Vec<(String, String)> {
    let first = day.first_of_month();
    let to = |date: Option<Date>, word: &str| {
        let day = date.unwrap_or(first).to_string();
        (with("/admin/calendar", &[("day", &day)]), words.text(word))
    };
    let before = first.checked_sub(1.month()).ok();
    let after = first.checked_add(1.month()).ok();
    vec![to(before, "calendar-before"), to(after, "calendar-after")]
}

/// The days of a month by weeks, with nothing before its first and behind its last day.
fn grid(words: Words, plan: &Plan, days: &[Day]) -> Vec<Vec<Option<MonthDay>>> {
    let first = days
        .first()
        .map(|day| day.date.weekday().to_monday_zero_offset());
    let blank = usize::from(first.unwrap_or(0).unsigned_abs());
    let mut cells: Vec<Option<MonthDay>> = (0..blank).map(|_| None).collect();
    cells.extend(days.iter().map(|day| Some(month_day(words, plan, day))));
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(cells.len().min(7));
        cells.resize_with(7, || None);
        weeks.push(std::mem::replace(&mut cells, rest));
    }
    weeks
}

fn month_day(words: Words, plan: &Plan, day: &Day) -> MonthDay {
    let note = match (day.own, day.law) {
        (true, _) => words.text("calendar-own"),
        (false, Some(DayKind::Off)) => words.text("calendar-holiday"),
        (false, Some(DayKind::Shortened)) => words.text("calendar-shortened"),
        (false, Some(DayKind::Working | DayKind::ShortenedWorking)) => words.text("calendar-moved"),
        (false, None) => String::new(),
    };
    MonthDay {
        day: day.date.day().to_string(),
        class: match (day.date == plan.today, day.hours.is_empty()) {
            (true, true) => "today off",
            (true, false) => "today",
            (false, true) => "off",
            (false, false) => "",
        },
        hours: match day.hours.is_empty() {
            true => words.text("calendar-off"),
            false => hours(&day.hours),
        },
        note,
    }
}

/// Who works when in a week.
fn people(
    member: &Member,
    monday: Date,
    (roster, weeks): (employees::Roster, Vec<[Worked; 7]>),
) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "week", words.text("calendar-who"))
        .column(words.text("admin-col-employee"));
    for (day, name) in (0i64..).zip(WEEKDAYS) {
        let date = monday.checked_add(day.days()).unwrap_or(monday);
        table = table.column(format!("{} {}", words.word("weekday", name), date.day()));
    }
    for (one, week) in roster.people.iter().zip(weeks) {
        let name = Cell::text(one_line(one.name(), 80)).to(super::employees::address(one.id()));
        let days = week.iter().map(|worked| cell(words, worked));
        table.push(Row::of(std::iter::once(name).chain(days).collect()));
    }
    table
}

fn cell(words: Words, worked: &Worked) -> Cell {
    let time = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    let spans = worked.hours.iter();
    let spans: Vec<String> = spans
        .map(|(from, to)| format!("{}–{}", time(*from), time(*to)))
        .collect();
    let away = worked.away.map(|kind| words.word("absence", kind.as_str()));
    match (spans.is_empty(), away) {
        (true, Some(away)) => Cell::text(away),
        (true, None) => Cell::text("—"),
        (false, away) => Cell::text(spans.join(", ")).small(away.unwrap_or_default()),
    }
}
