//! Finds open deals that nobody active is responsible for.

use history::{EmployeeId, Instant};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use worktime::Limit;

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "no-responsible",
    indicator: 4,
    severity: Severity::Gross,
    params: &[grace("15m")],
    texts: Texts {
        title: Both {
            ru: "Сделка без ответственного",
            en: "Deal without a responsible person",
        },
        purpose: Both {
            ru: "Сделкой, у которой ответственного нет или он уже не работает, не занимается \
                 никто. Отсчёт идёт, пока у открытой сделки нет действующего ответственного, и \
                 кончается его назначением или закрытием сделки. Замечание относится к тому, кто \
                 отвечал за сделку последним.",
            en: "A deal whose responsible person is missing or no longer works here is nobody's. \
                 The clock runs while an open deal has no active responsible person and stops \
                 when one is set or the deal is closed. It is held against whoever was \
                 responsible last.",
        },
        mend: Both {
            ru: "Назначьте ответственного из тех, кто работает сейчас. Когда сотрудник уходит, \
                 передавайте его сделки до последнего рабочего дня.",
            en: "Make somebody responsible who works here now. When a colleague leaves, hand \
                 their deals over before the last working day.",
        },
        message: Both {
            ru: "У сделки «{ $deal }» с { $since } нет действующего ответственного, и за \
                 { $limit } его не назначили.",
            en: "The deal “{ $deal }” has had no active responsible person since { $since }, and \
                 none was set within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=new employee=dmitry text="Двери — Орлов, Клин"
2 12:00 d1 responsible_changed employee=anna actor=clara
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=dmitry text="Двери — Орлов, Клин"
2 10:10 d1 responsible_changed employee=anna actor=clara
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let people = &names.history.people;
    // A person that turns inactive does so at midnight, with no event.
    let inactive = (0..people.employees.len() as u32).filter_map(|id| {
        let from = people.inactive_from(EmployeeId(id))?;
        let from = if from == Date::MIN {
            Instant::MIN
        } else {
            names.zone.start_of_day(from)
        };
        Some((EmployeeId(id), from))
    });
    Box::new(NoResponsible {
        grace: entry.limit("grace"),
        inactive: inactive.collect(),
    })
}

struct NoResponsible {
    grace: Limit,
    /// From when on people are inactive.
    inactive: FxHashMap<EmployeeId, Instant>,
}

impl NoResponsible {
    /// From when on the deal has nobody who answers for it, if nothing changes; none: never.
    fn alone_from(&self, responsible: EmployeeId, since: Instant) -> Option<Instant> {
        if responsible.is_none() {
            return Some(since);
        }
        self.inactive.get(&responsible).map(|from| since.max(*from))
    }
}

impl DealRule for NoResponsible {
    fn listens(&self) -> Signals {
        Signals::OPENED | Signals::CLOSED | Signals::RESPONSIBLE
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            waiting: None,
        })
    }
}

struct Judge<'r> {
    rule: &'r NoResponsible,
    waiting: Option<Start>,
}

impl Judge<'_> {
    fn say(&mut self, cure: Option<(Instant, u32)>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.push(
                start,
                cure,
                Holder::LastResponsible,
                Shape::Limited,
                Subject::Deal,
                0,
            );
        }
    }
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if !deal.is_open() {
            return self.say(step.cure(), out);
        }
        let alone = self.rule.alone_from(deal.responsible, step.event.at);
        if alone != Some(step.event.at) {
            // Somebody active is responsible, though perhaps not for ever.
            self.say(step.cure(), out);
        } else if self.waiting.is_some_and(|start| start.at > step.event.at) {
            // The midnight that was waited for does not come: the deal is alone already.
            self.waiting = None;
        }
        if self.waiting.is_none() {
            self.waiting = alone.map(|at| Start {
                at,
                index: step.index,
            });
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        self.say(None, out);
    }
}
