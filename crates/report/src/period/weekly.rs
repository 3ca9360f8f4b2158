//! Rules of which the regulation tells by the week alone: they are in no note, so the weekly report
//! names them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use audit::judge::Finding;
use audit::regulation::{Entry, Tell};
use figures::light::Who;
use figures::{Span, concerned, gravest};
use wording::Value;

use super::Teller;
use crate::document::{Block, Item, Run};
use crate::words::word;

/// Whom a report on somebody is for, as regulations call them.
fn readers(who: Who) -> &'static [&'static str] {
    match who {
        Who::Company => &["coordinator", "head", "director"],
        Who::Group(_) => &["lead"],
        Who::Employee(_) => &["employee"],
    }
}

/// Whether an entry is told to one of them by the week, as its author wrote.
fn is_weekly(entry: &Entry, readers: &[&str]) -> bool {
    let is_told = |reader: &&str| entry.tells.get(*reader) == Some(&Tell::Weekly);
    readers.iter().any(is_told)
}

impl Teller<'_> {
    /// The rules that only the weekly report tells of, each with what it found and examples; nothing
    /// where there are none, and in reports on other periods.
    pub(super) fn only_here(&self, who: Who) -> Vec<Block> {
        let report = self.report();
        if !matches!(report.span, Span::Week(_)) {
            return Vec::new();
        }
        let audited = &report.audited;
        let readers = readers(who);
        let is_told = |finding: &&Finding| is_weekly(audited.entry(finding).1, readers);
        let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in self.found(who).filter(is_told) {
            found
                .entry(audited.rule(finding))
                .or_default()
                .push(finding);
        }
        let entries = audited.regulation.latest().entries.iter();
        let told = entries.filter(|entry| is_weekly(entry, readers));
        let told: BTreeSet<&str> = told.map(|entry| entry.name.as_str()).collect();
        let nothing: Vec<&str> = told
            .into_iter()
            .filter(|rule| !found.contains_key(rule))
            .collect();
        let mut found: Vec<(&str, Vec<&Finding>)> = found.into_iter().collect();
        found.sort_by_key(|(rule, found)| (Reverse(found.len()), *rule));
        let mut items: Vec<Item> = found
            .into_iter()
            .map(|(rule, found)| self.told_here(who, rule, &found))
            .collect();
        if !nothing.is_empty() {
            items.push(self.nothing_of(&nothing));
        }
        let note = Block::Text {
            id: String::new(),
            text: vec![Run::plain(word(self.lang, "weekly-note"))],
        };
        self.points("weekly", who, items, vec![note])
    }

    /// What a rule found.
    fn told_here(&self, who: Who, rule: &str, found: &[&Finding]) -> Item {
        let deals = concerned(found.iter().copied()).deals;
        let args = [
            ("count", Value::Count(found.len() as i64)),
            ("deals", Value::Count(deals as i64)),
        ];
        let examples = gravest(&self.report().audited, found.iter().copied());
        let examples = examples.into_iter().map(|finding| {
            let page = self.deal_page(finding.deal);
            self.finding(finding, page)
        });
        Item {
            id: String::new(),
            text: vec![
                Run::strong(format!("{}.", self.rule(rule))),
                Run::plain(format!(" {} ", self.say("growth-rule", &args))),
                Run::link(word(self.lang, "advice-all"), self.findings(who, rule)),
            ],
            examples: examples.collect(),
        }
    }

    /// Rules that found nothing.
    fn nothing_of(&self, rules: &[&str]) -> Item {
        let quoted = rules.iter().map(|rule| {
            let rule = self.rule(rule);
            self.say("beside-reason", &[("reason", rule.into())])
        });
        let quoted: Vec<String> = quoted.collect();
        let said = self.say("weekly-nothing", &[("rules", quoted.join(", ").into())]);
        Item {
            text: vec![Run::plain(said)],
            ..Item::default()
        }
    }
}
