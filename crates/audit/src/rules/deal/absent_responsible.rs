//! Finds deals on which a client or a task waits while the responsible is away.

use history::{Employee, EmployeeId, Instant};
use worktime::Limit;

use crate::judge::{Deal, Holder, NO_EVENT, Shape, Signals, Start, Step, Stretches, Subject, Task};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "absent-responsible",
    indicator: 4,
    severity: Severity::Remark,
    params: &[grace("1h")],
    texts: Texts {
        title: Both {
            ru: "Ответственного нет на месте",
            en: "The responsible is away",
        },
        purpose: Both {
            ru: "Пока сотрудник болеет или в отпуске, его клиенты ждут, и никто этого не видит. \
                 Правило находит открытые сделки, ответственный по которым отсутствует, а клиент \
                 ждёт (пропущенный звонок, сообщение без ответа, ни одного ответа на заявку) или \
                 наступил срок задачи. Отсчёт кончается попыткой связаться, передачей сделки, \
                 выполнением того, что ждёт, или возвращением сотрудника; это сигнал \
                 звеньевому, а не упрёк тому, кого нет.",
            en: "While a person is ill or on leave, their clients wait and nobody sees it. The \
                 rule finds open deals whose responsible is away while the client waits (a \
                 missed call, an unanswered message, no answer to a lead at all) or a task is \
                 due. The clock stops at a contact attempt, a handover, when what waits is done, \
                 or when the person is back; it tells the team lead and reproaches nobody.",
        },
        mend: Both {
            ru: "Передайте сделку тому, кто на месте, или попросите коллегу ответить клиенту. \
                 Перед отпуском передавайте сделки заранее, а на случай болезни договоритесь, \
                 кто кого подменяет.",
            en: "Hand the deal to somebody present, or ask a colleague to answer the client. Hand \
                 deals over before a leave, and agree who stands in for whom in case of illness.",
        },
        message: Both {
            ru: "По сделке «{ $deal }» ждут с { $since }, а ответственного нет на месте \
                 ({ $responsible }): за { $limit } никто не связался с клиентом и не взял \
                 сделку.",
            en: "Something waits on the deal “{ $deal }” (since { $since }) while its responsible \
                 is away ({ $responsible }), and within { $limit } nobody contacted the client \
                 or took the deal over.",
        },
    },
    // Nobody is absent in the examples' company but Elena, who is on leave from the 3rd to the 9th.
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=elena text="Лоджия — Носов, Дубна"
2 10:10 d1 message_out employee=elena
4 11:00 d1 message_in text="Когда приедет замерщик"
4 16:00 d1 responsible_changed employee=anna actor=clara
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=elena text="Лоджия — Носов, Дубна"
2 10:10 d1 message_out employee=elena
4 11:00 d1 message_in text="Когда приедет замерщик"
4 11:40 d1 responsible_changed employee=anna actor=clara
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let employees = &names.history.people.employees;
    Box::new(AbsentResponsible {
        grace: entry.limit("grace"),
        away: employees.iter().map(away).collect(),
    })
}

/// When somebody is away, in order; what touches or overlaps is one.
fn away(employee: &Employee) -> Vec<(Instant, Instant)> {
    let absences = employee.absences.iter();
    let mut all: Vec<(Instant, Instant)> = absences
        .map(|absence| (absence.from, absence.to.unwrap_or(Instant::MAX)))
        .collect();
    all.sort_unstable();
    let mut away: Vec<(Instant, Instant)> = Vec::new();
    for (from, to) in all {
        match away.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => away.push((from, to)),
        }
    }
    away
}

struct AbsentResponsible {
    grace: Limit,
    /// By employee.
    away: Vec<Vec<(Instant, Instant)>>,
}

impl DealRule for AbsentResponsible {
    fn listens(&self) -> Signals {
        const TASKS: Signals = Signals::TASK_ADDED
            .and(Signals::TASK_MOVED)
            .and(Signals::TASK_COMPLETED)
            .and(Signals::TASK_REMOVED);
        Signals::CREATED
            | Signals::OPENED
            | Signals::CLOSED
            | Signals::RESPONSIBLE
            | Signals::MISSED_CALL
            | Signals::MESSAGE_IN
            | Signals::ATTEMPT
            | Signals::REMOVED
            | TASKS
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            client: None,
            tasks: Vec::new(),
            since: None,
        })
    }
}

struct Judge<'r> {
    rule: &'r AbsentResponsible,
    /// Since when the client waits.
    client: Option<Start>,
    /// By the task's place: when it is due, which may be yet to come.
    tasks: Vec<Option<Start>>,
    /// Since when anything waits without a break.
    since: Option<Start>,
}

/// Whether a task is the responsible's to do, or nobody's.
fn is_theirs(task: &Task, deal: &Deal<'_>) -> bool {
    task.employee.is_none() || task.employee == deal.responsible
}

impl Judge<'_> {
    /// What waits first, or will.
    fn first(&self) -> Option<Start> {
        let waiting = self.client.iter().chain(self.tasks.iter().flatten());
        waiting.min_by_key(|start| start.at).copied()
    }

    /// From `since` until `end` something waited while this person answered for the deal.
    fn say(&mut self, person: EmployeeId, end: Option<(Instant, u32)>, out: &mut Stretches<'_>) {
        let Some(since) = self.since.take() else {
            return;
        };
        let away = self.rule.away.get(person.index());
        for (from, to) in away.into_iter().flatten() {
            let at = since.at.max(*from);
            if *to <= at {
                continue;
            }
            if end.is_some_and(|(end, _)| end <= at) {
                break;
            }
            let back = (*to < Instant::MAX).then_some((*to, NO_EVENT));
            let cure = match end {
                Some((end, _)) if end > *to => back,
                Some(_) => end,
                None => back,
            };
            let start = Start { at, ..since };
            let nobody = Holder::Person(EmployeeId::NONE);
            out.push(start, cure, nobody, Shape::Limited, Subject::Deal, 0);
        }
    }

    /// All open tasks of the responsible, due from `step` on at the earliest.
    fn retake(&mut self, deal: &Deal<'_>, step: &Step) {
        self.tasks.clear();
        for place in 0..deal.tasks.len() {
            self.take(deal, place, step);
        }
    }

    fn take(&mut self, deal: &Deal<'_>, place: usize, step: &Step) {
        let task = &deal.tasks[place];
        if self.tasks.len() <= place {
            self.tasks.resize(place + 1, None);
        }
        self.tasks[place] = (task.open && is_theirs(task, deal)).then(|| Start {
            at: task.due.max(step.event.at),
            index: step.index,
        });
    }

    /// What waits after a step on an open deal.
    fn follow(&mut self, deal: &Deal<'_>, step: &Step, handover: bool) {
        let (at, signals) = (step.event.at, step.signals);
        if signals.any(Signals::OPENED) || handover {
            self.retake(deal, step);
        }
        if handover && self.client.is_some() {
            self.client = Some(step.start());
        }
        if step.task != usize::MAX {
            self.take(deal, step.task, step);
        }
        if signals.any(Signals::ATTEMPT) {
            self.client = None;
            let due = |start: &Start| start.at <= at;
            self.tasks
                .iter_mut()
                .for_each(|task| *task = task.filter(|start| !due(start)));
        }
        let asks = Signals::CREATED | Signals::MISSED_CALL | Signals::MESSAGE_IN;
        if signals.any(asks) && self.client.is_none() {
            self.client = Some(step.start());
        }
    }
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let at = step.event.at;
        let begun = |start: &Start| start.at <= at;
        self.since = self.since.or_else(|| self.first().filter(begun));
        let handover = deal.responsible != step.responsible_before;
        if deal.is_open() && deal.removed.is_none() {
            self.follow(deal, step, handover);
        } else {
            self.client = None;
            self.tasks.clear();
        }
        let cured = handover || step.signals.any(Signals::ATTEMPT);
        if cured || !self.first().is_some_and(|start| begun(&start)) {
            self.say(step.responsible_before, step.cure(), out);
        }
        self.since = self.since.or_else(|| self.first().filter(begun));
    }

    fn end(&mut self, deal: &Deal<'_>, out: &mut Stretches<'_>) {
        if deal.removed.is_none() {
            self.since = self.since.or_else(|| self.first());
            self.say(deal.responsible, None, out);
        }
        self.client = None;
        self.tasks.clear();
        self.since = None;
    }
}
