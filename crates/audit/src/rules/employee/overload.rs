//! `overload`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use std::collections::BTreeMap;

use history::{Instant, StageId};

use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::rules::{EmployeeRule, Fact};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "overload",
    indicator: 2,
    severity: Severity::Remark,
    params: &[Param {
        name: "limit",
        kind: ParamKind::Count(100),
        help: Both {
            ru: "сколько открытых сделок на одном этапе посильно одному человеку",
            en: "open deals in one stage that one person can handle",
        },
    }],
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
    Box::new(Overload {
        limit: entry.count("limit"),
    })
}

struct Overload {
    limit: u32,
}

#[derive(Default)]
struct Held {
    deals: i64,
    since: Option<(Instant, Evidence)>,
}

impl EmployeeRule for Overload {
    fn needs(&self) -> Fact {
        Fact::Holdings
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        _: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let mut stages: BTreeMap<StageId, Held> = BTreeMap::new();
        let mut say = |stage: StageId,
                       (start, event): (Instant, Evidence),
                       cure: Option<(Instant, Evidence)>| {
            out.push(Raise {
                stage,
                until: cure.map(|(at, _)| at),
                count: self.limit,
                evidence: std::iter::once(event)
                    .chain(cure.map(|(_, event)| event))
                    .collect(),
                ..Raise::against(facts.employee, Subject::Stage(stage), start, start)
            });
        };
        for instant in facts.holdings.chunk_by(|a, b| a.at == b.at) {
            for change in instant.iter().filter(|change| filter.stage(change.stage)) {
                stages.entry(change.stage).or_default().deals += i64::from(change.by);
            }
            for change in instant {
                let Some(held) = stages.get_mut(&change.stage) else {
                    continue;
                };
                let here = (change.at, Evidence::Event(change.event));
                match held.since {
                    None if held.deals > i64::from(self.limit) => held.since = Some(here),
                    Some(start) if held.deals <= i64::from(self.limit) => {
                        held.since = None;
                        say(change.stage, start, Some(here));
                    }
                    _ => {}
                }
            }
        }
        for (stage, held) in stages {
            if let Some(start) = held.since {
                say(stage, start, None);
            }
        }
    }
}
