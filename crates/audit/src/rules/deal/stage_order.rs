//! `stage-order`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity, Word};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use history::{StageId, StageKind};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "stage-order",
    indicator: 2,
    severity: Severity::Remark,
    params: &[Param {
        name: "allowed",
        kind: ParamKind::StageStages,
        help: Both {
            ru: "с какого этапа на какие можно переводить сделку",
            en: "from which stage a deal may move to which",
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
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let resolve = |(from, to): &(Word, Vec<Word>)| {
        (
            names.stage(from),
            to.iter().map(|stage| names.stage(stage)).collect(),
        )
    };
    Box::new(StageOrder {
        allowed: entry.lists("allowed").iter().map(resolve).collect(),
    })
}

struct StageOrder {
    allowed: Vec<(StageId, Vec<StageId>)>,
}

impl DealRule for StageOrder {
    fn listens(&self) -> Signals {
        Signals::ENTERED
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge { rule: self })
    }
}

struct Judge<'r> {
    rule: &'r StageOrder,
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let both_open = deal.is_open() && step.kind_before == StageKind::Open;
        if step.signals.any(Signals::BEGUN) || !both_open {
            return;
        }
        let pipelines = &deal.history.pipelines;
        let pipeline = pipelines.pipeline(step.stage_before);
        if pipeline.is_none() || pipeline != pipelines.pipeline(deal.stage) {
            return;
        }
        let named = self
            .rule
            .allowed
            .iter()
            .find(|(from, _)| *from == step.stage_before);
        if named.is_some_and(|(_, to)| !to.contains(&deal.stage)) {
            let subject = Subject::Stage(step.stage_before);
            out.push(
                step.start(),
                None,
                Holder::Person(step.event.actor),
                Shape::Momentary,
                subject,
                0,
            );
        }
    }

    fn end(&mut self, _: &Deal<'_>, _: &mut Stretches<'_>) {}
}
