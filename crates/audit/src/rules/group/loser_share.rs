//! Finds people who lose a larger share of their deals than their group.

use super::{Hit, PARAMS, Share};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::GroupRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "loser-share",
    indicator: 9,
    severity: Severity::Violation,
    params: &[PARAMS[0], PARAMS[1], PARAMS[2]],
    texts: Texts {
        title: Both {
            ru: "Доля отказов",
            en: "Share of losses",
        },
        purpose: Both {
            ru: "Если отказов у одного заметно больше, чем у коллег, ему, скорее всего, нужна \
                 помощь. Правило сравнивает за календарный месяц долю отказов среди закрытых \
                 сделок сотрудника с той же долей у остальной группы и отмечает разницу, которую \
                 трудно объяснить случаем; закрытых сделок должно хватать у обеих сторон.",
            en: "A person who loses clearly more than colleagues most likely needs help. Over a \
                 calendar month, the rule compares the share of losses among a person's closed \
                 deals with that of the rest of the group, and marks a difference that chance \
                 hardly explains; both sides need enough closed deals.",
        },
        mend: Both {
            ru: "Попросите звеньевого разобрать с вами несколько отказов и послушать звонки. \
                 Выберите одно, что стоит изменить в разговоре, и поработайте над этим месяц.",
            en: "Ask your team lead to go through some losses with you and to listen to the \
                 calls. Choose one thing to change in the conversation and work on it for a \
                 month.",
        },
        message: Both {
            ru: "{ $person }: за { $subject } отказов среди закрытых сделок — { $count }, их \
                 доля заметно выше, чем у остальной группы.",
            en: "{ $person } lost { $count } { $count ->
                [one] deal
               *[other] deals
            } in { $subject }, a clearly larger share of closed deals than the rest of the group.",
        },
    },
    examples: Examples {
        settings: "closings = 3",
        breaks: r#"
2 10:00 a1 created stage=offer employee=anna
2 10:00 a2 created stage=offer employee=anna
2 10:00 a3 created stage=offer employee=anna
2 10:00 b1 created stage=offer employee=boris
2 10:00 b2 created stage=offer employee=boris
2 10:00 b3 created stage=offer employee=boris
3 11:00 b1 stage_changed stage=won actor=boris
4 11:00 b2 stage_changed stage=won actor=boris
5 11:00 b3 stage_changed stage=won actor=boris
10 15:00 a1 stage_changed stage=lost actor=anna
11 15:00 a2 stage_changed stage=lost actor=anna
12 15:00 a3 stage_changed stage=lost actor=anna
"#,
        keeps: r#"
2 10:00 a1 created stage=offer employee=anna
2 10:00 a2 created stage=offer employee=anna
2 10:00 a3 created stage=offer employee=anna
2 10:00 b1 created stage=offer employee=boris
2 10:00 b2 created stage=offer employee=boris
2 10:00 b3 created stage=offer employee=boris
3 11:00 b1 stage_changed stage=lost actor=boris
4 11:00 b2 stage_changed stage=won actor=boris
5 11:00 b3 stage_changed stage=won actor=boris
10 15:00 a1 stage_changed stage=lost actor=anna
11 15:00 a2 stage_changed stage=won actor=anna
12 15:00 a3 stage_changed stage=won actor=anna
"#,
    },
    build: Build::Group(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn GroupRule> {
    Share::build(Hit::Lost, entry, names)
}
