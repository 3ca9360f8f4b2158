//! Finds moves between stages that the regulation does not allow.

use history::{StageId, StageKind};

use crate::judge::{Deal, Holder, Shape, Signals, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity, Word};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
use crate::rules::{DealJudge, DealRule};

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
        title: Both {
            ru: "Порядок этапов",
            en: "Order of stages",
        },
        purpose: Both {
            ru: "Если этапы перескакивать, по воронке уже не видно, где теряются клиенты. \
                 Правило смотрит на переводы между открытыми этапами одной воронки: с этапа, \
                 названного в регламенте, можно перейти только на разрешённые. Замечание \
                 относится к тому, кто сделал перевод.",
            en: "When stages are skipped, the pipeline no longer shows where clients are lost. \
                 The rule looks at moves between open stages of one pipeline: out of a stage that \
                 the regulation names, only the allowed ones may follow. It is held against \
                 whoever made the move.",
        },
        mend: Both {
            ru: "Верните сделку на этап, где она на самом деле, и ведите её по порядку. Если \
                 такой переход бывает нужен, попросите РОПа разрешить его в регламенте.",
            en: "Put the deal back into the stage where it really is and take it through in \
                 order. If such a move is needed at times, ask the head of sales to allow it in \
                 the regulation.",
        },
        message: Both {
            ru: "Сделку «{ $deal }» перевели с этапа «{ $subject }» на «{ $stage }», а регламент \
                 такого перехода не допускает.",
            en: "The deal “{ $deal }” was moved from the stage “{ $subject }” to “{ $stage }”, \
                 which the regulation does not allow.",
        },
    },
    examples: Examples {
        settings: r#"allowed = { new = ["work"], work = ["offer"] }"#,
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь"
2 15:00 d1 stage_changed stage=offer actor=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь"
2 11:00 d1 stage_changed stage=work actor=anna
2 15:00 d1 stage_changed stage=offer actor=anna
"#,
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
