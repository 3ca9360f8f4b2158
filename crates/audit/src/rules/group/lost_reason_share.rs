//! Finds people who put losses down to certain reasons unlike their group.

use super::{Hit, PARAMS, Share};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::GroupRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "lost-reason-share",
    indicator: 9,
    severity: Severity::Violation,
    params: &[
        PARAMS[0],
        PARAMS[1],
        PARAMS[2],
        Param {
            name: "reasons",
            kind: ParamKind::Reasons,
            help: Both {
                ru: "причины, доля которых сравнивается",
                en: "the reasons whose share is compared",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Отказы по одной причине",
            en: "Losses put down to one reason",
        },
        purpose: Both {
            ru: "Если «нецелевых заявок» у одного намного больше, чем у коллег с такими же \
                 заявками, стоит послушать звонки. Правило сравнивает за календарный месяц долю \
                 отказов сотрудника с названными причинами с той же долей у остальной группы и \
                 отмечает разницу, которую трудно объяснить случаем; отказов должно хватать у \
                 обеих сторон.",
            en: "If one person has far more “bad leads” than colleagues with the same leads, the \
                 calls are worth listening to. Over a calendar month, the rule compares the share \
                 of a person's losses with the named reasons with that of the rest of the group, \
                 and marks a difference that chance hardly explains; both sides need enough \
                 losses.",
        },
        mend: Both {
            ru: "Разберите несколько таких отказов со звеньевым: о чём спросили клиента, прежде \
                 чем признать заявку нецелевой. Прежде чем ставить эту причину, задайте \
                 уточняющие вопросы.",
            en: "Go through some of these losses with your team lead: what was the client asked \
                 before the lead was called bad? Put your clarifying questions before you give \
                 this reason.",
        },
        message: Both {
            ru: "{ $person }: за { $subject } отказов по причинам, за которыми следит регламент, \
                 — { $count }, их доля заметно выше, чем у остальной группы.",
            en: "{ $person } put { $count } { $count ->
                [one] loss
               *[other] losses
            } in { $subject } down to reasons that the regulation watches, a clearly larger share \
                 than the rest of the group.",
        },
    },
    examples: Examples {
        settings: r#"reasons = ["Нецелевая заявка"]
closings = 3"#,
        breaks: r#"
2 10:00 a1 created stage=new employee=anna
2 10:00 a2 created stage=new employee=anna
2 10:00 a3 created stage=new employee=anna
2 10:00 b1 created stage=new employee=boris
2 10:00 b2 created stage=new employee=boris
2 10:00 b3 created stage=new employee=boris
3 11:00 b1 loss_reason_set field="Дорого" text="Сравнил с конкурентами" actor=boris
3 11:00 b1 stage_changed stage=lost actor=boris
4 11:00 b2 loss_reason_set field="Дорого" text="Бюджет вдвое меньше" actor=boris
4 11:00 b2 stage_changed stage=lost actor=boris
5 11:00 b3 loss_reason_set field="Передумал" text="Ремонт отложен до осени" actor=boris
5 11:00 b3 stage_changed stage=lost actor=boris
10 15:00 a1 loss_reason_set field="Нецелевая заявка" text="Не туда позвонил" actor=anna
10 15:00 a1 stage_changed stage=lost actor=anna
11 15:00 a2 loss_reason_set field="Нецелевая заявка" text="Искал другую фирму" actor=anna
11 15:00 a2 stage_changed stage=lost actor=anna
12 15:00 a3 loss_reason_set field="Нецелевая заявка" text="Просто спросить" actor=anna
12 15:00 a3 stage_changed stage=lost actor=anna
"#,
        keeps: r#"
2 10:00 a1 created stage=new employee=anna
2 10:00 a2 created stage=new employee=anna
2 10:00 a3 created stage=new employee=anna
2 10:00 b1 created stage=new employee=boris
2 10:00 b2 created stage=new employee=boris
2 10:00 b3 created stage=new employee=boris
3 11:00 b1 loss_reason_set field="Нецелевая заявка" text="Не туда позвонил" actor=boris
3 11:00 b1 stage_changed stage=lost actor=boris
4 11:00 b2 loss_reason_set field="Дорого" text="Бюджет вдвое меньше" actor=boris
4 11:00 b2 stage_changed stage=lost actor=boris
5 11:00 b3 loss_reason_set field="Передумал" text="Ремонт отложен до осени" actor=boris
5 11:00 b3 stage_changed stage=lost actor=boris
10 15:00 a1 loss_reason_set field="Нецелевая заявка" text="Искал другую фирму" actor=anna
10 15:00 a1 stage_changed stage=lost actor=anna
11 15:00 a2 loss_reason_set field="Дорого" text="Сравнил с конкурентами" actor=anna
11 15:00 a2 stage_changed stage=lost actor=anna
12 15:00 a3 loss_reason_set field="Дорого" text="Нашёл дешевле на рынке" actor=anna
12 15:00 a3 stage_changed stage=lost actor=anna
"#,
    },
    build: Build::Group(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn GroupRule> {
    let reasons = entry.words("reasons");
    let known = reasons
        .iter()
        .map(|word| names.field(word))
        .filter(|reason| reason.is_some());
    Share::build(Hit::LostFor(known.collect()), entry, names)
}
