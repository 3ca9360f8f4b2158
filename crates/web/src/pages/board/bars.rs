//! Where it is narrow, and what is found most often: counts with bars.

use std::cmp::Reverse;

use ::figures::Count;
use history::StageId;
use wording::{integer, one_line};

use super::super::address;
use super::{NAME, Number, Teller};

/// How many are shown.
const SHOWN: usize = 10;

/// A count beside those of others.
pub(super) struct Bar {
    pub name: String,
    /// The page of what is counted; empty: there is none.
    pub page: String,
    /// What it belongs to.
    pub under: String,
    /// How long the bar is, of 100.
    pub length: u64,
    pub number: Number,
    pub before: String,
    pub money: String,
    pub deals: String,
}

/// The stages with most findings, most first.
pub(super) fn stages(teller: &Teller<'_>) -> Vec<Bar> {
    let pipelines = &teller.figures.audited.history.pipelines;
    let counts = teller.figures.counts.stages.iter();
    let mut counts: Vec<(StageId, &Count)> = counts.map(|(id, count)| (*id, count)).collect();
    counts.retain(|(_, count)| count.findings > 0);
    counts.sort_by_key(|(_, count)| Reverse((count.findings, count.concerned.sum)));
    let most = counts.first().map_or(0, |(_, count)| count.findings);
    let bar = |(id, count): &(StageId, &Count)| {
        let pipeline = pipelines.pipeline(*id);
        let pipeline = pipeline.and_then(|id| pipelines.pipelines.get(id.0 as usize));
        let key = pipelines.stage_ids.get(id.0);
        let mut number = teller.number(count.findings, "counted", &[("stage", key)]);
        let name = match id.is_none() {
            // No filter asks for what has no stage.
            true => {
                number.href.clear();
                teller.words.text("board-no-stage")
            }
            false => one_line(pipelines.stage_name(*id), NAME),
        };
        Bar {
            under: pipeline.map_or_else(String::new, |one| one_line(&one.name, NAME)),
            page: String::new(),
            name,
            ..bar(teller, count, number, most)
        }
    };
    counts.iter().take(SHOWN).map(bar).collect()
}

/// The rules with most findings, most first, and how many more there are.
pub(super) fn rules(teller: &Teller<'_>) -> (Vec<Bar>, usize) {
    let counts = teller.figures.counts.rules.iter();
    let mut counts: Vec<(&str, &Count)> = counts.map(|(rule, count)| (*rule, count)).collect();
    counts.sort_by_key(|(_, count)| Reverse((count.findings, count.before)));
    let most = counts.first().map_or(0, |(_, count)| count.findings);
    let bar = |(rule, count): &(&str, &Count)| {
        let number = teller.number(count.findings, "counted", &[("rule", rule)]);
        Bar {
            name: teller.rule(rule),
            page: address::rule(rule),
            under: String::new(),
            ..bar(teller, count, number, most)
        }
    };
    let bars = counts.iter().take(SHOWN).map(bar).collect();
    (bars, counts.len().saturating_sub(SHOWN))
}

fn bar(teller: &Teller<'_>, count: &Count, number: Number, most: u64) -> Bar {
    let lang = teller.lang;
    let before = |before: u64| integer(before as i64, lang);
    Bar {
        name: String::new(),
        page: String::new(),
        under: String::new(),
        length: (100 * count.findings).div_ceil(most.max(1)),
        number,
        before: count.before.map_or_else(|| "—".to_owned(), before),
        money: teller.money(count.concerned.sum),
        deals: integer(count.concerned.deals as i64, lang),
    }
}
