//! What stands beside the figures of somebody: findings made by hand, and those that people's
//! decisions leave out.

use std::collections::BTreeMap;

use audit::regulation::Severity;
use figures::Count;
use figures::light::Who;
use wording::{Value, one_line};

use super::Teller;
use crate::document::{Block, Item, Run};
use crate::words::word;

/// The most reasons that are told.
const REASONS: usize = 3;
/// The longest reason, and the longest name, in letters.
const REASON: usize = 120;
const NAME: usize = 60;

/// What people decided about findings that are not in the light.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Decided {
    /// Made by hand and passed on to whom it is held against.
    ByHand,
    /// Made by hand and kept from them.
    Kept,
    /// Found by a rule, and nobody is to pay attention to it.
    Exempt,
    /// Found by a rule or by hand, and dismissed after a dispute.
    Dismissed,
}

impl Decided {
    /// The word for it, in messages.
    fn word(self) -> &'static str {
        match self {
            Decided::ByHand => "hand",
            Decided::Kept => "kept",
            Decided::Exempt => "exempt",
            Decided::Dismissed => "dismissed",
        }
    }

    /// How the list of findings is narrowed to these; empty: no list has them.
    fn figures(self) -> &'static str {
        match self {
            Decided::ByHand => "by_hand",
            Decided::Kept => "",
            Decided::Exempt => "exempt",
            Decided::Dismissed => "dismissed",
        }
    }
}

/// Findings of somebody that are not in the light, because of one kind of decision.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What was decided.
    pub decided: Decided,
    /// How many, how grave they are, and the money of their deals.
    pub count: Count,
    /// The names of those who decided, each with about how many; an empty name: the program, as the
    /// company told it.
    pub by: BTreeMap<String, u64>,
    /// Why, in their words; empty: they need not say.
    pub reasons: Vec<String>,
}

/// What stands beside the figures of everybody, each kind of decision once.
pub type AllBeside = BTreeMap<Who, Vec<Beside>>;

impl Teller<'_> {
    /// What stands beside the figures of somebody, a point for each kind of decision.
    pub(super) fn beside(&self, who: Who) -> Vec<Block> {
        let known = self.asked.beside.get(&who).into_iter().flatten();
        let items = known.map(|beside| self.decided(who, beside)).collect();
        self.points("beside", who, items, Vec::new())
    }

    fn decided(&self, who: Who, beside: &Beside) -> Item {
        let count = &beside.count;
        let kind = beside.decided.word();
        let mut said = vec![self.say(&format!("beside-{kind}"), &self.amount(count))];
        match (count.severities[Severity::Gross as usize], count.findings) {
            (0, _) => {}
            (1, 1) => said.push(self.say("say-only-gross", &[])),
            (gross, _) => said.push(self.say("say-gross", &[("gross", number(gross))])),
        }
        said.extend(self.by(beside));
        said.extend(self.reasons(&beside.reasons));
        let mut text = vec![Run::plain(said.join(" "))];
        let figures = beside.decided.figures();
        if !figures.is_empty() {
            let link = self.list(who, &[("figures", figures)]);
            text.push(Run::plain(" ".to_owned()));
            text.push(Run::link(word(self.lang, "beside-list"), link));
        }
        Item {
            text,
            ..Item::default()
        }
    }

    /// How many there are, in how many deals, and the money of these.
    fn amount(&self, count: &Count) -> Vec<(&'static str, Value<'static>)> {
        let concerned = &count.concerned;
        let has_sum = match concerned.sum {
            0 => "no",
            _ => "yes",
        };
        vec![
            ("count", number(count.findings)),
            ("deals", number(concerned.deals)),
            ("has-sum", has_sum.into()),
            ("sum", self.money(concerned.sum).into()),
        ]
    }

    /// Who decided, whoever decided most first.
    fn by(&self, beside: &Beside) -> Vec<String> {
        let mut people: Vec<(&String, u64)> = beside.by.iter().map(|(n, c)| (n, *c)).collect();
        people.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let several = people.len() > 1;
        let (program, people): (Vec<_>, Vec<_>) =
            people.into_iter().partition(|(name, _)| name.is_empty());
        let named = people.iter().map(|(name, count)| {
            let name = one_line(name, NAME);
            match several {
                true => format!("{name} ({count})"),
                false => name,
            }
        });
        let named: Vec<String> = named.collect();
        let mut said = Vec::new();
        if !named.is_empty() {
            let args = [
                ("names", named.join(", ").into()),
                ("decided", beside.decided.word().into()),
            ];
            said.push(self.say("beside-by", &args));
        }
        if let [(_, count)] = program[..] {
            said.push(self.say("beside-by-program", &[("count", number(count))]));
        }
        said
    }

    fn reasons(&self, reasons: &[String]) -> Option<String> {
        let quoted = reasons.iter().take(REASONS).map(|reason| {
            let reason = one_line(reason, REASON);
            self.say("beside-reason", &[("reason", reason.into())])
        });
        let quoted: Vec<String> = quoted.collect();
        let args = [
            ("count", number(quoted.len() as u64)),
            ("reasons", quoted.join(", ").into()),
        ];
        (!quoted.is_empty()).then(|| self.say("beside-reasons", &args))
    }
}

fn number(n: u64) -> Value<'static> {
    Value::Count(n as i64)
}
