//! Finds people who hold more open deals in one stage than they can handle.

use std::collections::BTreeMap;

use history::{Instant, StageId};

use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
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
        title: Both {
            ru: "Слишком много сделок на этапе",
            en: "Too many deals in one stage",
        },
        purpose: Both {
            ru: "Когда у одного человека на одном этапе слишком много сделок, до всех руки не \
                 дойдут. Правило считает открытые сделки сотрудника по этапам; замечание длится, \
                 пока на этапе их больше лимита. Это сигнал звеньевому о нагрузке, а не упрёк \
                 сотруднику.",
            en: "A person with too many deals in one stage cannot attend to all of them. The \
                 rule counts a person's open deals by stage; a finding lasts while a stage holds \
                 more than the limit. It tells the team lead about the load; it is no reproach.",
        },
        mend: Both {
            ru: "Разберите сделки этапа: те, где решения не будет, закройте с причиной, \
                 остальным назначьте следующий шаг. Если сделок просто много, попросите \
                 звеньевого передать часть коллегам.",
            en: "Go through the deals of the stage: close those that will come to nothing, with \
                 a reason, and give the others a next step. If there are simply too many, ask \
                 your team lead to pass some to colleagues.",
        },
        message: Both {
            ru: "{ $person }: открытых сделок на этапе «{ $stage }» больше { $count }, столько \
                 одному человеку не вести.",
            en: "{ $person } holds more than { $count } open { $count ->
                [one] deal
               *[other] deals
            } in the stage “{ $stage }”, which is more than one person can handle.",
        },
    },
    examples: Examples {
        settings: "limit = 2",
        breaks: r#"
2 10:00 d1 created stage=offer employee=anna
2 11:00 d2 created stage=offer employee=anna
2 12:00 d3 created stage=offer employee=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=offer employee=anna
2 11:00 d2 created stage=offer employee=anna
2 12:00 d3 created stage=offer employee=boris
"#,
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
