//! Goals as pages show them: what is to be reached, and how far somebody is.

use ::figures::goal::{Progress, Reached};
use app::goals::{Goal, RULE};

use super::address::{self, with};
use super::finding::Teller;
use super::table::{Cell, Row, Table, Value};
use super::{Member, Words};

/// A value of a goal's measure.
fn value(goal: &Goal, value: Option<i64>) -> Value {
    match value {
        None => Value::Empty,
        Some(count) if goal.measure == RULE => Value::Count(count.unsigned_abs()),
        Some(hundredths) => Value::Decimal(hundredths as f64 / 100.0),
    }
}

/// What a goal is about.
pub(super) fn title(goal: &Goal, teller: &Teller<'_>) -> String {
    match goal.measure.as_str() {
        RULE => teller.words.named("goal-rule", &teller.rule(&goal.rule)),
        _ => teller.words.text("goal-light"),
    }
}

/// The list that the month which lasts counts.
fn list(goal: &Goal, progress: &Progress) -> String {
    let month = progress.months.last();
    let (from, to) = month.map_or((None, None), |month| month.span.dates());
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |d| d.to_string());
    let (from, to) = (date(from), date(to));
    let parameters = [
        ("figures", "counted"),
        ("employee", goal.employee.as_str()),
        ("rule", &goal.rule),
        ("from", &from),
        ("to", &to),
    ];
    with("/findings", &parameters)
}

/// A table of goals, of several people with their names.
pub(super) fn table(
    member: &Member,
    teller: &Teller<'_>,
    goals: &[(Goal, Progress)],
    of_several: bool,
) -> Table {
    let words = teller.words;
    let mut table = Table::new(member, "goals", words.text("goals-title"));
    if of_several {
        table = table.column(words.text("col-employee"));
    }
    table = table
        .column(words.text("goal-what"))
        .number(words.text("goal-at-most"))
        .number(words.text("goal-now"))
        .number(words.text("goal-before"))
        .column(words.text("goal-months"))
        .column(words.text("goal-how"));
    for (goal, progress) in goals {
        let mut cells = Vec::new();
        if of_several {
            let name = Cell::text(teller.employee(&goal.employee));
            cells.push(name.to(address::person(&goal.employee)));
        }
        cells.extend(own(teller, goal, progress));
        table.push(Row::of(cells));
    }
    table
}

fn own(teller: &Teller<'_>, goal: &Goal, progress: &Progress) -> [Cell; 6] {
    let words = teller.words;
    let mut months = progress.months.iter().rev();
    let (now, before) = (months.next(), months.next());
    let what = Cell::text(title(goal, teller)).small(wording::one_line(&goal.text, 200));
    let what = match goal.measure.as_str() {
        RULE => what.to(address::rule(&goal.rule)),
        _ => what,
    };
    let deals = now.map_or(0, |month| month.deals);
    let mut this = Cell::from(value(goal, now.and_then(|month| month.value)));
    // What is not there leads nowhere.
    if now.is_some_and(|month| month.value.is_some_and(|value| value > 0)) {
        this = this.to(list(goal, progress));
    }
    let past = progress.months.iter();
    let past = past.map(|month| value(goal, month.value).text(words.0));
    [
        what,
        value(goal, Some(goal.at_most)).into(),
        this.small(words.count("goal-deals", deals as usize)),
        value(goal, before.and_then(|month| month.value)).into(),
        Cell::text(past.collect::<Vec<_>>().join(" · ")),
        Cell::text(reached(words, progress.reached)),
    ]
}

/// Where a month stands against its goal, as a sign and words.
fn reached(words: Words, reached: Reached) -> String {
    words.text(match reached {
        Reached::Kept => "goal-kept",
        Reached::Missed => "goal-missed",
        Reached::TooLittleData => "goal-too-little",
    })
}
