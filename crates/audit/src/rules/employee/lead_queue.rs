//! Finds people with more leads waiting for a first contact attempt than allowed.

use history::Instant;
use worktime::Limit;

use crate::judge::{Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{EmployeeRule, Fact};

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
                ru: "сколько новых сделок могут сразу ждать первой попытки связаться",
                en: "deals that may wait for the first contact attempt at once",
            },
        },
        grace("15m"),
    ],
    texts: Texts {
        title: Both {
            ru: "Очередь новых заявок",
            en: "Queue of new leads",
        },
        purpose: Both {
            ru: "Если взять много заявок сразу, часть из них остынет. Правило считает открытые \
                 сделки сотрудника, по которым ещё не было ни одной попытки связаться: отсчёт \
                 идёт с момента, когда их стало больше лимита, и кончается, когда их снова не \
                 больше.",
            en: "Whoever takes many leads at once lets some of them go cold. The rule counts a \
                 person's open deals that have not had a single contact attempt: the clock starts \
                 when they exceed the limit and stops when they are back at it.",
        },
        mend: Both {
            ru: "Свяжитесь с теми, кто ждёт, начиная с самой старой заявки, или попросите \
                 звеньевого передать часть коллегам. Новую заявку берите, когда по прежней уже \
                 была попытка связаться.",
            en: "Contact those who wait, the oldest lead first, or ask your team lead to pass \
                 some to colleagues. Take a new lead once the one before it has had a contact \
                 attempt.",
        },
        message: Both {
            ru: "{ $person }: первой попытки связаться ждут сразу больше { $count } { $count ->
                [one] новой сделки
               *[other] новых сделок
            }, и за { $limit } очередь не разобрана.",
            en: "{ $person } had more than { $count } new { $count ->
                [one] deal
               *[other] deals
            } waiting for a first contact attempt at once, and the queue was not worked off \
                 within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь"
2 10:05 d2 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:40 d1 call_out employee=anna amount=120
2 10:50 d2 call_out employee=anna amount=60
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь"
2 10:05 d2 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:12 d1 call_out employee=anna amount=120
2 10:18 d2 call_out employee=anna amount=60
"#,
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
        for instant in facts.waiting.chunk_by(|a, b| a.change.at == b.change.at) {
            let counted = instant.iter().filter(|one| filter.stage(one.change.stage));
            waiting += counted.map(|one| i64::from(one.change.by)).sum::<i64>();
            let last = &instant[instant.len() - 1].change;
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
