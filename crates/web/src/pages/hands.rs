//! The deals of people who are away that need somebody's hand today.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ::figures::Audited;
use ::figures::own::OpenDeal;
use app::desk;
use audit::message::Speaker;
use history::EmployeeId;
use wording::{Value as Said, one_line};

use super::table::{Cell, Row, Table, Value};
use super::{Member, Words, address};
use crate::problem::Problem;
use crate::state::AppState;

/// Deals that are shown; the file has all of them.
const SHOWN: usize = 30;

/// The deals of some people who are away that need a hand, with why each of them is away, and how many
/// more there are than are shown.
pub(super) async fn of(
    state: &AppState,
    member: &Member,
    absent: &BTreeMap<String, String>,
) -> Result<(Table, String), Problem> {
    let (words, now) = (member.words(), state.now());
    let people: Vec<&str> = absent.keys().map(String::as_str).collect();
    let is_file = member.visitor.path.contains("format=");
    let most = if is_file { usize::MAX } else { SHOWN };
    let read = |audited: &Audited<'_>, hands: Vec<(EmployeeId, Vec<OpenDeal>)>| {
        let hands = hands.into_iter();
        let mut deals: Vec<(EmployeeId, OpenDeal)> = hands
            .flat_map(|(who, deals)| deals.into_iter().map(move |deal| (who, deal)))
            .collect();
        deals.sort_by_key(|(_, deal)| {
            let grave = (deal.lasting.1, deal.waits.is_some());
            (Reverse(grave), Reverse(deal.price), deal.deal)
        });
        let more = match deals.len().saturating_sub(most) {
            0 => String::new(),
            more => words.count("hands-more", more),
        };
        deals.truncate(most);
        (table(audited, &deals, absent, member), more)
    };
    Ok(desk::need_a_hand(&state.audits, &member.actor, &people, now, read).await?)
}

fn table(
    audited: &Audited<'_>,
    deals: &[(EmployeeId, OpenDeal)],
    absent: &BTreeMap<String, String>,
    member: &Member,
) -> Table {
    let (words, history) = (member.words(), audited.history);
    let speaker = Speaker::new(history, audited.regulation, words.0);
    let mut table = Table::new(member, "hands", words.text("hands-title"))
        .column(words.text("month-col-deal"))
        .column(words.text("col-employee"))
        .column(words.text("filter-stage"))
        .number(words.text("col-money"))
        .column(words.text("hands-what"));
    for (who, deal) in deals {
        let id = history.people.ids.get(who.0);
        let price = deal.price.filter(|_| !deal.guessed);
        let price = price.map_or(Value::Empty, |price| {
            Value::Money(price, history.account.currency.clone())
        });
        let href = address::deal(history.deals.get(deal.deal.0));
        table.push(Row::of(vec![
            Cell::text(speaker.deal(deal.deal)).to(href),
            Cell::text(speaker.person(*who)).small(absent.get(id).cloned().unwrap_or_default()),
            Cell::text(one_line(history.pipelines.stage_name(deal.stage), 60)),
            price.into(),
            Cell::text(needed(audited, deal, words)),
        ]));
    }
    table
}

/// What a deal needs.
fn needed(audited: &Audited<'_>, deal: &OpenDeal, words: Words) -> String {
    let zone = audited.zone();
    let now = zone.datetime(audited.now);
    let moment = |at| wording::moment_near(zone.datetime(at), now, words.0);
    let said = |id: &str, at| words.say(id, &[("at", Said::Text(moment(at).into()))]);
    let mut needed = Vec::new();
    if let Some(at) = deal.waits {
        needed.push(said("hands-waits", at));
    }
    let today = zone.end_of_day(zone.date(audited.now));
    if let Some((due, text)) = deal.task.filter(|(due, _)| *due < today) {
        let text = one_line(audited.history.texts.get(text), 60);
        let task = said("hands-task", due);
        needed.push(match text.is_empty() {
            true => task,
            false => format!("{task}: «{text}»"),
        });
    }
    if deal.lasting.0 > 0 {
        needed.push(words.count("hands-lasting", deal.lasting.0 as usize));
    }
    needed.join(" · ")
}
