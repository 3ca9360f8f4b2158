//! `handover-without-note`

use super::MIN_LETTERS;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule};
use history::{EmployeeId, Event, Instant};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "handover-without-note",
    indicator: 6,
    severity: Severity::Violation,
    params: &[grace("2h")],
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
