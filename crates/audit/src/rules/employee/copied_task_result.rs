//! `copied-task-result`

use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts, grace,
};

use std::collections::VecDeque;

use history::{DealId, TextFacts};
use rustc_hash::FxHashMap;

use crate::judge::{Completion, Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
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
                ru: "на скольких разных сделках за сутки один и тот же результат — уже копия",
                en: "different deals within 24 hours on which one result is a copy",
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

const WINDOW_MS: i64 = 24 * 3_600_000;

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn EmployeeRule> {
    let ignore = entry.words("ignore");
    Box::new(CopiedTaskResult {
        times: entry.count("times"),
        ignore: ignore
            .iter()
            .map(|word| TextFacts::of(&word.text).folded)
            .collect(),
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
        for completion in facts
            .completions
            .iter()
            .filter(|completion| filter.stage(completion.stage))
        {
            let text = scene.history.texts.facts(completion.text).folded;
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
