//! Where money hangs now: stage by stage, with both factors of what is at risk.

use ::figures::funnel::Hung;
use history::StageId;
use wording::Value as Said;

use super::super::address::with;
use super::super::table::{Cell, Row, Table, Value};
use super::{Number, Teller};

/// All the money that hangs.
pub(super) struct Total {
    /// What it may be worth.
    pub money: Number,
    /// In how many deals.
    pub deals: String,
}

/// The list of the deals that hang; empty: not for these eyes.
fn list(teller: &Teller<'_>, stage: &str) -> String {
    match teller.lists.sees_deals() {
        true => with("/deals", &[("kind", "hung"), ("stage", stage)]),
        false => String::new(),
    }
}

/// The sum over all stages.
pub(super) fn total(teller: &Teller<'_>) -> Total {
    let hung = teller.overview.hung.iter();
    let money = hung.clone().filter_map(|(_, hung)| hung.money());
    let money: i64 = money.fold(0, i64::saturating_add);
    let deals: u64 = hung.map(|(_, hung)| hung.deals).sum();
    let href = match deals {
        0 => String::new(),
        _ => list(teller, ""),
    };
    Total {
        money: Number {
            text: teller.money(money),
            href,
        },
        deals: teller.words.count("board-in-deals", deals as usize),
    }
}

/// A line for each stage where deals hang.
pub(super) fn table(teller: &Teller<'_>) -> Table {
    let words = teller.words;
    let hung = &teller.overview.hung;
    let most = hung.iter().filter_map(|(_, hung)| hung.money()).max();
    let most = most.unwrap_or(0).max(1) as f64;
    let mut table = Table::new(teller.member, "hung", words.text("board-hung"))
        .column(words.text("filter-stage"))
        .number(words.text("board-hung-deals"))
        .number(words.text("board-hung-sum"))
        .number(words.text("board-hung-chance"))
        .number(words.text("board-hung-money"));
    for (stage, hung) in hung {
        table.push(Row::of(row(teller, *stage, hung, most)));
    }
    table
}

fn row(teller: &Teller<'_>, stage: StageId, hung: &Hung, most: f64) -> Vec<Cell> {
    let words = teller.words;
    let (reached, won) = hung.reached;
    let base = [
        ("won", Said::Count(won as i64)),
        ("reached", Said::Count(reached as i64)),
    ];
    let chance = Cell::from(Value::share(won, reached)).small(words.say("board-hung-base", &base));
    let guessed = match hung.guessed {
        0 => String::new(),
        guessed => words.count("board-hung-guessed", guessed as usize),
    };
    let money = match hung.money() {
        Some(money) => teller.money_cell(money).bar(money as f64 / most),
        None => Cell::text(words.text("pipelines-little-data")),
    };
    let name = Cell::text(teller.names.stage(stage)).small(teller.names.pipeline_of(stage));
    let deals = Cell::from(Value::Count(hung.deals));
    vec![
        name,
        deals.to(list(teller, teller.names.stage_id(stage))),
        teller.money_cell(hung.sum).small(guessed),
        chance,
        money,
    ]
}
