//! Finds people who lose deals straight from the middle of the pipeline unlike their group.

use super::{Hit, PARAMS, Share};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::GroupRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lost-mid-share",
    indicator: 9,
    severity: Severity::Violation,
    params: &[
        PARAMS[0],
        PARAMS[1],
        PARAMS[2],
        Param {
            name: "stages_mid",
            kind: ParamKind::Stages,
            help: Both {
                ru: "этапы середины воронки, отказы с которых сравниваются",
                en: "stages of mid-pipeline from which losses are compared",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Отказы с середины воронки",
            en: "Losses from mid-pipeline",
        },
        purpose: Both {
            ru: "Сделку, где клиент долго решает, легче закрыть, чем довести. Правило сравнивает \
                 за календарный месяц долю отказов сотрудника, сделанных прямо с названных \
                 этапов, с той же долей у остальной группы и отмечает разницу, которую трудно \
                 объяснить случаем; отказов должно хватать у обеих сторон.",
            en: "A deal over which the client takes long is easier to close than to bring home. \
                 Over a calendar month, the rule compares the share of a person's losses made \
                 straight from the named stages with that of the rest of the group, and marks a \
                 difference that chance hardly explains; both sides need enough losses.",
        },
        mend: Both {
            ru: "Посмотрите эти сделки вместе со звеньевым: кому из клиентов можно предложить \
                 ещё один шаг. Сделку с долгим решением оставляйте в работе с задачей или \
                 передавайте на прогрев.",
            en: "Look at these deals together with your team lead: to whom could one more step \
                 be offered? Keep a slow deal open with a task, or pass it to nurturing.",
        },
        message: Both {
            ru: "{ $person }: за { $subject } отказов прямо с середины воронки — { $count }, их \
                 доля заметно выше, чем у остальной группы.",
            en: "{ $person } lost { $count } { $count ->
                [one] deal
               *[other] deals
            } straight from mid-pipeline in { $subject }, a clearly larger share than the rest of \
                 the group.",
        },
    },
    examples: Examples {
        settings: r#"stages_mid = ["work", "offer"]
closings = 3"#,
        breaks: r#"
2 10:00 a1 created stage=work employee=anna
2 10:00 a2 created stage=work employee=anna
2 10:00 a3 created stage=offer employee=anna
2 10:00 b1 created stage=new employee=boris
2 10:00 b2 created stage=new employee=boris
2 10:00 b3 created stage=new employee=boris
3 11:00 b1 stage_changed stage=lost actor=boris
4 11:00 b2 stage_changed stage=lost actor=boris
5 11:00 b3 stage_changed stage=lost actor=boris
10 15:00 a1 stage_changed stage=lost actor=anna
11 15:00 a2 stage_changed stage=lost actor=anna
12 15:00 a3 stage_changed stage=lost actor=anna
"#,
        keeps: r#"
2 10:00 a1 created stage=work employee=anna
2 10:00 a2 created stage=new employee=anna
2 10:00 a3 created stage=new employee=anna
2 10:00 b1 created stage=offer employee=boris
2 10:00 b2 created stage=new employee=boris
2 10:00 b3 created stage=new employee=boris
3 11:00 b1 stage_changed stage=lost actor=boris
4 11:00 b2 stage_changed stage=lost actor=boris
5 11:00 b3 stage_changed stage=lost actor=boris
10 15:00 a1 stage_changed stage=lost actor=anna
11 15:00 a2 stage_changed stage=lost actor=anna
12 15:00 a3 stage_changed stage=lost actor=anna
"#,
    },
    build: Build::Group(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn GroupRule> {
    let stages = entry.words("stages_mid");
    let known = stages
        .iter()
        .map(|word| names.stage(word))
        .filter(|stage| stage.is_some());
    Share::build(Hit::LostFrom(known.collect()), entry, names)
}
