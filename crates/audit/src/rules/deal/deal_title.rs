//! `deal-title`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, ParamValue, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use regex::Regex;
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "deal-title",
    indicator: 8,
    severity: Severity::Remark,
    params: &[
        grace("1h"),
        Param {
            name: "pattern",
            kind: ParamKind::Pattern,
            help: Both {
                ru: "регулярное выражение, которому должно отвечать всё название; без него плохи названия, данные машиной",
                en: "a regular expression that the whole title must match; without it titles given by a machine are bad",
            },
        },
    ],
    texts: Texts {
        title: Both { ru: "", en: "" },
        purpose: Both { ru: "", en: "" },
        mend: Both { ru: "", en: "" },
        message: Both { ru: "", en: "" },
    },
    examples: Examples {
        settings: "",
        breaks: "",
        keeps: "",
    },
    build: Build::Deal(build),
};

/// How titles begin that nobody has given.
const MACHINE_TITLES: &[&str] = &[
    "сделка №",
    "сделка #",
    "новая сделка",
    "заявка с сайта",
    "входящий звонок",
    "deal #",
    "lead #",
];

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    let pattern = match entry.value("pattern") {
        ParamValue::Pattern(pattern) => Some(pattern),
        _ => None,
    };
    Box::new(DealTitle {
        grace: entry.limit("grace"),
        pattern,
    })
}

struct DealTitle {
    grace: Limit,
    pattern: Option<Regex>,
}

impl DealTitle {
    fn fits(&self, deal: &Deal<'_>) -> bool {
        let title = deal.history.texts.get(deal.title).trim();
        match &self.pattern {
            Some(pattern) => pattern.is_match(title),
            None => {
                let folded = title.to_lowercase();
                !title.is_empty()
                    && !MACHINE_TITLES
                        .iter()
                        .any(|machine| folded.starts_with(machine))
            }
        }
    }
}

impl DealRule for DealTitle {
    fn listens(&self) -> Signals {
        Signals::BEGUN | Signals::RENAMED | Signals::CLOSED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            waiting: None,
        })
    }
}

struct Judge<'r> {
    rule: &'r DealTitle,
    waiting: Option<Start>,
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let bad = deal.is_open() && !self.rule.fits(deal);
        match self.waiting {
            None if bad => self.waiting = Some(step.start()),
            Some(start) if !bad => {
                self.waiting = None;
                out.owed(start, step.cure());
            }
            _ => {}
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}
