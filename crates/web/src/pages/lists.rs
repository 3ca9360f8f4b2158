//! The lists that numbers of a period lead to, where their reader may open them.

use ::figures::Span;
use app::Actor;
use app::permissions::{Deed, Reach};

use super::address::with;

/// Which lists somebody may open as a whole.
#[derive(Clone, Copy)]
pub(super) struct Lists {
    findings: bool,
    deals: bool,
    /// Findings of rules that have fallen to advice, too.
    pub advice: bool,
}

impl Lists {
    /// Those of somebody.
    pub fn of(actor: &Actor) -> Lists {
        let all = |deed| actor.reach(deed).is_ok_and(|reach| reach == Reach::All);
        Lists {
            findings: all(Deed::SeeFindings),
            deals: all(Deed::ReadHistory),
            advice: all(Deed::DecideStanding),
        }
    }

    /// Whether they may see findings.
    pub fn sees_findings(self) -> bool {
        self.findings
    }

    /// Whether they may see all deals.
    pub fn sees_deals(self) -> bool {
        self.deals
    }

    /// The findings of a period that enter the figures in some way; empty: not for these eyes.
    pub fn findings(self, span: Span, part: &str, parameters: &[(&str, &str)]) -> String {
        match self.findings {
            true => dated("/findings", span, &[("figures", part)], parameters),
            false => String::new(),
        }
    }

    /// The deals of a period; empty: not for these eyes.
    pub fn deals(self, span: Span, parameters: &[(&str, &str)]) -> String {
        match self.deals {
            true => dated("/deals", span, &[], parameters),
            false => String::new(),
        }
    }
}

fn dated(path: &str, span: Span, first: &[(&str, &str)], then: &[(&str, &str)]) -> String {
    let (from, to) = span.dates();
    let text = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |d| d.to_string());
    let (from, to) = (text(from), text(to));
    let mut all = first.to_vec();
    all.extend(then);
    all.extend([("from", from.as_str()), ("to", &to)]);
    with(path, &all)
}
