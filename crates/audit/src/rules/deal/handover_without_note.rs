//! Finds deals handed over without a word about where they stand.

use history::{EmployeeId, Event, Instant};
use worktime::Limit;

use super::MIN_LETTERS;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, grace};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "handover-without-note",
    indicator: 6,
    severity: Severity::Violation,
    params: &[grace("2h")],
    texts: Texts {
        title: Both {
            ru: "Передача без записи",
            en: "Handover without a note",
        },
        purpose: Both {
            ru: "Новому ответственному не стоит начинать с вопросов, на которые клиент уже \
                 отвечал. Когда открытую сделку, по которой уже связывались с клиентом или писали \
                 примечания, передают от сотрудника к сотруднику, прежний ответственный или тот, \
                 кто передаёт, пишет содержательное примечание: не раньше чем за 24 часа до \
                 передачи и не позже срока после неё. Более поздняя запись замечания не снимает.",
            en: "The new responsible person should not begin with questions that the client has \
                 already answered. When an open deal that has had a contact attempt or a note \
                 goes from one person to another, the former responsible or whoever hands it over \
                 writes a note that says something: no earlier than 24 hours before the handover \
                 and no later than the limit after it. A later note does not undo the finding.",
        },
        mend: Both {
            ru: "Допишите, что важно знать о клиенте: потребность, договорённости, следующий \
                 шаг. В следующий раз сделайте это до передачи.",
            en: "Add what is worth knowing about the client: the need, what was agreed, the next \
                 step. Next time do it before the handover.",
        },
        message: Both {
            ru: "Сделку «{ $deal }» передали ({ $since }) без примечания о том, что в ней \
                 происходит: за { $limit } его не написали.",
            en: "The deal “{ $deal }” was handed over on { $since } without a note on where it \
                 stands, and none was written within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Ворота — Зуев, Истра"
2 10:30 d1 call_out employee=anna amount=90
3 11:00 d1 responsible_changed employee=boris actor=clara
3 15:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Ворота — Зуев, Истра"
2 10:30 d1 call_out employee=anna amount=90
3 10:50 d1 note_added actor=anna text="Нужны откатные, проём 4 м, ждёт расчёт к среде"
3 11:00 d1 responsible_changed employee=boris actor=clara
3 15:00 now
"#,
    },
    build: Build::Deal(build),
};

/// How long before a handover its note may have been written.
const BEFORE_MS: i64 = 24 * 3_600_000;

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(HandoverWithoutNote {
        grace: entry.limit("grace"),
    })
}

struct HandoverWithoutNote {
    grace: Limit,
}

impl DealRule for HandoverWithoutNote {
    fn listens(&self) -> Signals {
        Signals::RESPONSIBLE | Signals::NOTE
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            notes: Vec::new(),
            waiting: Vec::new(),
        })
    }
}

struct Handover {
    start: Start,
    former: EmployeeId,
    actor: EmployeeId,
}

struct Judge {
    /// The last note that says something, by author.
    notes: Vec<(EmployeeId, Instant)>,
    waiting: Vec<Handover>,
}

impl Judge {
    fn note(&mut self, author: EmployeeId, at: Instant) {
        match self.notes.iter_mut().find(|(known, _)| *known == author) {
            Some(note) => note.1 = at,
            None => self.notes.push((author, at)),
        }
    }

    fn say(handover: &Handover, cure: Option<(Instant, u32)>, out: &mut Stretches<'_>) {
        let holder = Holder::Person(handover.former);
        out.push(
            handover.start,
            cure,
            holder,
            Shape::OnlyInTime,
            Subject::Deal,
            0,
        );
    }
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let Event { at, actor, .. } = step.event;
        if step.signals.any(Signals::NOTE) {
            if actor.is_some() && !deal.history.texts.is_junk(step.event.text, MIN_LETTERS) {
                self.note(actor, at);
                self.waiting.retain(|handover| {
                    let theirs = handover.former == actor || handover.actor == actor;
                    if theirs {
                        Self::say(handover, step.cure(), out);
                    }
                    !theirs
                });
            }
            return;
        }
        let former = step.responsible_before;
        let handed_over =
            former.is_some() && deal.responsible.is_some() && former != deal.responsible;
        if !handed_over || !deal.is_open() || !deal.touched_before {
            return;
        }
        let explained = self.notes.iter().any(|(author, written)| {
            (*author == former || *author == actor) && *written >= at.saturating_sub(BEFORE_MS)
        });
        if !explained {
            self.waiting.push(Handover {
                start: step.start(),
                former,
                actor,
            });
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        for handover in self.waiting.drain(..) {
            Self::say(&handover, None, out);
        }
        self.notes.clear();
    }
}
