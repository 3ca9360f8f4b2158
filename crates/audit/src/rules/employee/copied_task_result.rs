//! Finds one and the same task result written on many deals.

use std::collections::VecDeque;

use history::{DealId, TextId, folded_hash};
use rustc_hash::FxHashMap;

use crate::judge::{Completion, Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
use crate::rules::{EmployeeRule, Fact};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "copied-task-result",
    indicator: 5,
    severity: Severity::Remark,
    params: &[
        Param {
            name: "times",
            kind: ParamKind::Count(5),
            help: Both {
                ru: "на скольких сделках за сутки одинаковый результат — уже замечание",
                en: "deals with the same result within 24 hours that make a finding",
            },
        },
        Param {
            name: "ignore",
            kind: ParamKind::Texts(&[
                "недозвон",
                "не дозвонился",
                "не дозвонилась",
                "не берёт трубку",
                "не берет трубку",
                "автоответчик",
            ]),
            help: Both {
                ru: "результаты, которые повторять можно",
                en: "results that may be repeated",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Одинаковые результаты задач",
            en: "Copied task results",
        },
        purpose: Both {
            ru: "Один и тот же текст на многих сделках говорит, что задачи закрывали списком. \
                 Правило считает разные сделки, на которых один сотрудник за 24 часа записал \
                 одинаковый результат; пустые результаты и тексты из списка разрешённых не \
                 считаются.",
            en: "The same text on many deals tells that tasks were ticked off as a list. The \
                 rule counts different deals on which one person wrote the same result within 24 \
                 hours; results that say nothing and texts of the permitted list are left out.",
        },
        mend: Both {
            ru: "Откройте эти сделки и напишите, что было с каждым клиентом. Если фраза \
                 повторяется по делу, попросите РОПа добавить её в список разрешённых.",
            en: "Open these deals and write what happened with each client. If the phrase is \
                 rightly repeated, ask the head of sales to add it to the permitted list.",
        },
        message: Both {
            ru: "{ $person }: за сутки один и тот же результат задач записан на { $count } \
                 { $count ->
                [one] сделке
               *[other] сделках
            }.",
            en: "{ $person } wrote one and the same task result on { $count } { $count ->
                [one] deal
               *[other] deals
            } within 24 hours.",
        },
    },
    examples: Examples {
        settings: "times = 3",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d2 created stage=work employee=anna
2 10:00 d3 created stage=work employee=anna
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00"
2 10:05 d2 task_added task=t2 employee=anna due="3 12:00"
2 10:05 d3 task_added task=t3 employee=anna due="3 12:00"
3 11:00 d1 task_completed task=t1 actor=anna text="Клиент думает"
3 11:01 d2 task_completed task=t2 actor=anna text="Клиент думает"
3 11:02 d3 task_completed task=t3 actor=anna text="Клиент думает"
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d2 created stage=work employee=anna
2 10:00 d3 created stage=work employee=anna
2 10:05 d1 task_added task=t1 employee=anna due="3 12:00"
2 10:05 d2 task_added task=t2 employee=anna due="3 12:00"
2 10:05 d3 task_added task=t3 employee=anna due="3 12:00"
3 11:00 d1 task_completed task=t1 actor=anna text="Сравнивает с ценой соседей, ответит в пятницу"
3 11:20 d2 task_completed task=t2 actor=anna text="Ждёт премию, перезвонить десятого"
3 11:40 d3 task_completed task=t3 actor=anna text="Согласен на замер, записала на четверг"
"#,
    },
    build: Build::Employee(build),
};

const WINDOW_MS: i64 = 24 * 3_600_000;

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn EmployeeRule> {
    let ignore = entry.words("ignore");
    Box::new(CopiedTaskResult {
        times: entry.count("times").max(1),
        ignore: ignore.iter().map(|word| folded_hash(&word.text)).collect(),
    })
}

struct CopiedTaskResult {
    times: u32,
    /// Hashes of results that may be repeated.
    ignore: Vec<u64>,
}

/// The last day's completions with one result.
#[derive(Default)]
struct Window<'a> {
    recent: VecDeque<&'a Completion>,
    deals: FxHashMap<DealId, u32>,
}

impl<'a> Window<'a> {
    fn add(&mut self, completion: &'a Completion) {
        while let Some(oldest) = self
            .recent
            .front()
            .filter(|old| completion.at - old.at > WINDOW_MS)
        {
            let deal = oldest.event.deal;
            let times = self
                .deals
                .get_mut(&deal)
                .expect("deals of the window are counted");
            *times -= 1;
            if *times == 0 {
                self.deals.remove(&deal);
            }
            self.recent.pop_front();
        }
        self.recent.push_back(completion);
        *self.deals.entry(completion.event.deal).or_default() += 1;
    }
}

impl EmployeeRule for CopiedTaskResult {
    fn needs(&self) -> Fact {
        Fact::Completions
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let mut windows: FxHashMap<u64, Window<'_>> = FxHashMap::default();
        // One text is written many times, and folding it is not free.
        let mut hashes: FxHashMap<TextId, u64> = FxHashMap::default();
        for completion in facts
            .completions
            .iter()
            .filter(|completion| filter.stage(completion.stage))
        {
            let hash = || scene.history.texts.folded_hash(completion.text);
            let text = *hashes.entry(completion.text).or_insert_with(hash);
            if self.ignore.contains(&text) {
                continue;
            }
            let window = windows.entry(text).or_default();
            window.add(completion);
            if window.deals.len() < self.times as usize {
                continue;
            }
            let window = std::mem::take(window);
            let start = window
                .recent
                .front()
                .map_or(completion.at, |first| first.at);
            out.push(Raise {
                count: window.deals.len() as u32,
                evidence: window
                    .recent
                    .iter()
                    .map(|copy| Evidence::Event(copy.event))
                    .collect(),
                ..Raise::against(facts.employee, Subject::Text(text), start, completion.at)
            });
        }
    }
}
