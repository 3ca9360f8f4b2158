//! Finds bursts in which one person gives up many deals at once.

use history::FieldId;
use worktime::Limit;

use crate::judge::{Closing, Evidence, Filter, Raise, Raised, Scene, Subject, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, EXCEPT_REASONS, Examples, Param, ParamKind, Texts,
};
use crate::rules::{EmployeeRule, Fact};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "mass-closing",
    indicator: 9,
    severity: Severity::Gross,
    params: &[
        Param {
            name: "times",
            kind: ParamKind::Count(10),
            help: Both {
                ru: "сколько закрытий в отказ подряд — уже замечание",
                en: "losses in a row that make a finding",
            },
        },
        Param {
            name: "window",
            kind: ParamKind::Limit("60m"),
            help: Both {
                ru: "за какое время они сделаны",
                en: "the time within which they are made",
            },
        },
        EXCEPT_REASONS,
    ],
    texts: Texts {
        title: Both {
            ru: "Массовое закрытие",
            en: "Bulk closing",
        },
        purpose: Both {
            ru: "Когда сделки закрывают десятками за минуты, вместе со старыми пропадают и \
                 живые, и без проверки об этом никто не узнает. Правило считает закрытия в отказ \
                 одним сотрудником: замечание появляется, когда их набралось заданное число за \
                 заданное время, и серия идёт, пока перерыв между закрытиями не больше этого \
                 времени.",
            en: "When deals are closed by the dozen within minutes, live ones go with the old, \
                 and without a check nobody learns of it. The rule counts the deals that one \
                 person moves to lost: a finding appears when the set number falls within the set \
                 time, and the burst goes on while each pause between closings is no longer than \
                 that.",
        },
        mend: Both {
            ru: "Верните в работу сделки, по которым клиент ещё не решил. Если воронку надо \
                 разобрать, договоритесь о порядке с РОПом заранее и укажите причину у каждой \
                 сделки.",
            en: "Reopen the deals on which the client has not decided yet. If the pipeline has \
                 to be cleared, agree with the head of sales beforehand how, and give a reason on \
                 every deal.",
        },
        message: Both {
            ru: "{ $person }: { $count } { $count ->
                [one] закрытие
                [few] закрытия
               *[other] закрытий
            } в отказ подряд, первое — { $since }.",
            en: "{ $person } moved deals to lost { $count } { $count ->
                [one] time
               *[other] times
            } in a row, beginning on { $since }.",
        },
    },
    examples: Examples {
        settings: r#"times = 3
window = "10m""#,
        breaks: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d2 created stage=work employee=anna
2 10:00 d3 created stage=work employee=anna
6 17:40 d1 stage_changed stage=lost actor=anna
6 17:42 d2 stage_changed stage=lost actor=anna
6 17:45 d3 stage_changed stage=lost actor=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna
2 10:00 d2 created stage=work employee=anna
2 10:00 d3 created stage=work employee=anna
4 12:10 d1 stage_changed stage=lost actor=anna
6 11:30 d2 stage_changed stage=lost actor=anna
6 17:45 d3 stage_changed stage=lost actor=anna
"#,
    },
    build: Build::Employee(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn EmployeeRule> {
    let excepted = entry.words("except_reasons");
    Box::new(MassClosing {
        times: entry.count("times").max(1) as usize,
        window: entry.limit("window"),
        excepted: excepted
            .iter()
            .map(|word| names.field(word))
            .filter(|id| id.is_some())
            .collect(),
    })
}

struct MassClosing {
    times: usize,
    window: Limit,
    excepted: Vec<FieldId>,
}

impl EmployeeRule for MassClosing {
    fn needs(&self) -> Fact {
        Fact::Closings
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let window = self.window.calendar_ms(scene.version.day_length_ms);
        let counts = |closing: &&Closing| {
            let excepted = closing.reason.is_some() && self.excepted.contains(&closing.reason);
            closing.lost && !excepted && filter.stage(closing.stage)
        };
        // Closings since the last burst ended; in a burst, its own.
        let mut recent: Vec<&Closing> = Vec::new();
        let mut burst: Option<usize> = None;
        for closing in facts.closings.iter().filter(counts) {
            if burst.is_some()
                && recent
                    .last()
                    .is_some_and(|last| closing.at - last.at > window)
            {
                self.say(facts, &recent, burst.take(), out);
                recent.clear();
            }
            recent.push(closing);
            let enough = recent.len() >= self.times;
            if burst.is_none()
                && enough
                && closing.at - recent[recent.len() - self.times].at <= window
            {
                recent.drain(..recent.len() - self.times);
                burst = Some(self.times - 1);
            }
        }
        self.say(facts, &recent, burst, out);
    }
}

impl MassClosing {
    fn say(
        &self,
        facts: &WorkFacts<'_>,
        closings: &[&Closing],
        burst: Option<usize>,
        out: &mut Raised<'_>,
    ) {
        let Some(opened_by) = burst else { return };
        out.push(Raise {
            count: closings.len() as u32,
            evidence: closings
                .iter()
                .map(|closing| Evidence::Event(closing.event))
                .collect(),
            ..Raise::against(
                facts.employee,
                Subject::Deal,
                closings[0].at,
                closings[opened_by].at,
            )
        });
    }
}
