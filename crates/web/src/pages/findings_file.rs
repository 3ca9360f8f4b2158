//! All findings of a filter as a table to take away.

use app::Actor;
use app::life::office::Office;
use app::life::seen::{self, Seen, Wanted};
use app::life::tell;
use store::findings::{Filter, Finding};

use super::Member;
use super::finding::Teller;
use super::table::{Cell, Row, Table, Value};
use crate::problem::Problem;
use crate::state::AppState;

/// The most rows of a file.
const ROWS: usize = 20_000;
/// How many are read at once.
const CHUNK: usize = 500;

/// The findings that the filter lets through, the latest breach first.
pub(super) async fn table(
    state: &AppState,
    member: &Member,
    teller: &Teller<'_>,
    narrowed: (&Filter<'_>, &Wanted<'_>),
) -> Result<Table, Problem> {
    let all = whole(state, &member.actor, teller.office, narrowed, teller.now).await?;
    let words = teller.words;
    let mut table = Table::new(member, "findings", words.text("findings-title"))
        .column(words.text("filter-rule"))
        .column(words.text("filter-severity"))
        .column(words.text("col-finding"))
        .column(words.text("col-employee"))
        .column(words.text("finding-deal-column"))
        .column(words.text("filter-stage"))
        .number(words.text("col-money"))
        .column(words.text("col-when"))
        .column(words.text("col-until"))
        .column(words.text("filter-state"));
    for seen in &all {
        table.push(row(teller, seen));
    }
    Ok(table)
}

fn row(teller: &Teller<'_>, seen: &Seen) -> Row {
    let (shown, finding) = (teller.finding(seen), &seen.finding);
    let zone = &teller.version().zone;
    let currency = &teller.audit.live().history().account.currency;
    let money = finding.amount.filter(|amount| *amount > 0);
    let money = money.map_or(Value::Empty, |amount| {
        Value::Money(amount, currency.clone())
    });
    let until = finding.until.or(seen.life.marked);
    let until = until.map_or(Value::Empty, |until| Value::Moment(zone.datetime(until)));
    Row::of(vec![
        Cell::text(shown.rule),
        Cell::severity(teller.words, seen.severity()),
        Cell::text(shown.message),
        Cell::text(shown.employee),
        Cell::text(shown.deal),
        Cell::text(shown.stage),
        money.into(),
        Value::Moment(zone.datetime(finding.at)).into(),
        until.into(),
        Cell::text(shown.state),
    ])
}

async fn whole(
    state: &AppState,
    actor: &Actor,
    office: Office<'_>,
    narrowed: (&Filter<'_>, &Wanted<'_>),
    now: app::Instant,
) -> Result<Vec<Seen>, Problem> {
    let (mut all, mut after): (Vec<Seen>, _) = (Vec::new(), None);
    while all.len() < ROWS {
        let paging = (after.as_ref(), CHUNK);
        let page = seen::search(&state.store, actor, office, narrowed, paging, now).await?;
        // Who takes them away has seen them.
        let rows: Vec<Finding> = page
            .findings
            .iter()
            .map(|seen| seen.finding.clone())
            .collect();
        tell::shown(&state.store, actor, office, &rows, now).await?;
        all.extend(page.findings);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    all.truncate(ROWS);
    Ok(all)
}
