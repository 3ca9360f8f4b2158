//! `lead-queue`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::rules::{EmployeeRule, Fact};
use history::Instant;
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lead-queue",
    indicator: 1,
    severity: Severity::Remark,
    params: &[
        Param {
            name: "limit",
            kind: ParamKind::Count(1),
            help: Both {
                ru: "сколько новых сделок одновременно могут ждать первой попытки связаться",
                en: "deals that may wait for the first contact attempt at once",
            },
        },
        grace("15m"),
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
    build: Build::Employee(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn EmployeeRule> {
    Box::new(LeadQueue {
        limit: entry.count("limit"),
        grace: entry.limit("grace"),
    })
}

struct LeadQueue {
    limit: u32,
    grace: Limit,
}

impl EmployeeRule for LeadQueue {
    fn needs(&self) -> Fact {
        Fact::Waiting
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let mut waiting = 0i64;
        let mut since: Option<(Instant, Evidence)> = None;
        let mut say = |(start, event): (Instant, Evidence), cure: Option<(Instant, Evidence)>| {
            let Some(breach) = scene.time(facts.employee).breach(start, self.grace) else {
                return;
            };
            out.push(Raise {
                until: cure.map(|(at, _)| at),
                count: self.limit,
                evidence: std::iter::once(event)
                    .chain(cure.map(|(_, event)| event))
                    .collect(),
                ..Raise::against(facts.employee, Subject::Deal, start, breach)
            });
        };
        for instant in facts.waiting.chunk_by(|a, b| a.at == b.at) {
            let counted = instant.iter().filter(|change| filter.stage(change.stage));
            waiting += counted.map(|change| i64::from(change.by)).sum::<i64>();
            let last = &instant[instant.len() - 1];
            let here = (last.at, Evidence::Event(last.event));
            match since {
                None if waiting > i64::from(self.limit) => since = Some(here),
                Some(start) if waiting <= i64::from(self.limit) => {
                    since = None;
                    say(start, Some(here));
                }
                _ => {}
            }
        }
        if let Some(start) = since {
            say(start, None);
        }
    }
}
