//! «По каким графикам работают?»: the shifts of the regulation and who works by which.

use app::calendar::{self, Plan};
use app::employees::{self, Listed};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;
use wording::{Value as Word, one_line};
use worktime::{Hours, Shift};

use crate::extract::Query;
use crate::pages::address::with;
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table, Value};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/admin/shifts", get(list))
}

/// Hours as people write them; empty: none.
pub(super) fn hours(hours: &Hours) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    let end = |minutes: u16| match minutes {
        1440 => "24:00".to_owned(),
        minutes => time(minutes),
    };
    let spans = hours.spans().iter();
    let spans = spans.map(|(from, to)| format!("{}–{}", time(*from), end(*to)));
    spans.collect::<Vec<_>>().join(", ")
}

fn pattern(words: Words, shift: &Shift) -> String {
    let count = |days: u32| Word::Count(i64::from(days));
    match shift.off {
        0 => words.text("shifts-daily"),
        off => words.say(
            "shifts-pattern",
            &[("on", count(shift.on)), ("off", count(off))],
        ),
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (actor, words, now) = (&member.actor, member.words(), state.now());
    let roster = employees::roster(&state.audits, actor, now).await?;
    let (plan, days) = calendar::month(&state.audits, actor, None, now).await?;
    let mut shifts = Table::new(&member, "shifts", words.text("shifts-title"))
        .column(words.text("admin-col-shift"))
        .column(words.text("shifts-col-pattern"))
        .column(words.text("admin-col-hours"))
        .column(words.text("shifts-col-anchor"))
        .number(words.text("shifts-col-people"));
    let on = |name: &str| {
        let people = roster.people.iter();
        let people = people.filter(|one| one.is_active() && one.shift == name);
        people.count() as u64
    };
    for (name, shift) in &plan.shifts {
        let href = with("/admin/employees", &[("shift", name)]);
        shifts.push(Row::of(vec![
            Cell::text(one_line(name, 80)),
            Cell::text(pattern(words, shift)),
            Cell::text(hours(&shift.hours)),
            Value::Day(shift.anchor).into(),
            Cell::from(Value::Count(on(name))).to(href),
        ]));
    }
    drop(days);
    let unknown = unknown(&member, &plan, &roster.people);
    if let Some(file) = download.answer(words, &[&shifts, &unknown])? {
        return Ok(file);
    }
    let usual = words.count("shifts-usual", usize::try_from(on("")).unwrap_or(0));
    let mut sheet = Sheet::new(member.page(words.text("shifts-title")))
        .text("shifts-why")
        .table(shifts, "shifts-empty")
        .with(Block::Text(usual));
    if !unknown.is_empty() {
        sheet = sheet
            .heading("shifts-unknown")
            .lead("shifts-unknown-why")
            .table(unknown, "shifts-empty");
    }
    Ok(sheet.links(super::regulation_link(words)).show())
}

/// Those whose shift the regulation does not know.
fn unknown(member: &Member, plan: &Plan, people: &[Listed]) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "unknown", words.text("shifts-unknown"))
        .column(words.text("admin-col-employee"))
        .column(words.text("admin-col-shift"));
    for one in people.iter().filter(|one| plan.lacks_shift_of(one)) {
        table.push(Row::of(vec![
            Cell::text(one_line(one.name(), 80)).to(super::employees::address(one.id())),
            Cell::text(one_line(&one.shift, 80)),
        ]));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_written_as_people_write_them() {
        let said = |spans: &[&str]| hours(&Hours::parse(spans).expect("hours"));
        assert_eq!(said(&[]), "");
        assert_eq!(
            said(&["9:00-13:00", "14:00-18:00"]),
            "09:00–13:00, 14:00–18:00"
        );
        assert_eq!(said(&["22:00-06:00"]), "22:00–06:00");
        assert_eq!(said(&["00:00-24:00"]), "00:00–24:00");
    }
}
