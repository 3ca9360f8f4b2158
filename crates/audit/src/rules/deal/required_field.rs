//! Finds deals in a stage without the fields that it requires.

use history::{FieldId, StageId, TextId};
use worktime::Limit;

use super::MIN_LETTERS;
use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretches, Subject};
use crate::regulation::{Entry, Names, Severity, Word};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "required-field",
    indicator: 7,
    severity: Severity::Remark,
    params: &[
        grace("15m"),
        Param {
            name: "fields",
            kind: ParamKind::StageFields,
            help: Both {
                ru: "какие поля нужны на каком этапе",
                en: "which fields are needed in which stage",
            },
        },
        Param {
            name: "text_fields",
            kind: ParamKind::Fields,
            help: Both {
                ru: "поля, в которых отписка вроде «+» или «ок» — всё равно что пусто",
                en: "fields in which a filler such as “+” or “ok” counts as empty",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Обязательное поле",
            en: "Required field",
        },
        purpose: Both {
            ru: "По полям ищут, отбирают и считают: пустое поле портит все отчёты сразу. Отсчёт \
                 идёт со входа на этап, для которого регламент требует поле, если оно пусто, и \
                 кончается его заполнением или переходом на другой этап; по каждому полю \
                 замечание своё.",
            en: "Fields are what people search, sort and count by: an empty one spoils every \
                 report at once. The clock starts on entering a stage for which the regulation \
                 requires a field, if it is empty, and stops when it is filled or the deal moves \
                 to another stage; each field is a finding of its own.",
        },
        mend: Both {
            ru: "Заполните поле настоящим значением. Если клиент его ещё не назвал, спросите при \
                 следующем контакте, прежде чем вести сделку дальше.",
            en: "Fill the field with a real value. If the client has not told you yet, ask at \
                 the next contact before you take the deal further.",
        },
        message: Both {
            ru: "Поле «{ $subject }» в сделке «{ $deal }» не заполнено за { $limit } после входа \
                 на этап «{ $stage }».",
            en: "The field “{ $subject }” of the deal “{ $deal }” was not filled within \
                 { $limit } of entering the stage “{ $stage }”.",
        },
    },
    examples: Examples {
        settings: r#"fields = { offer = ["Бюджет", "Потребность"] }
text_fields = ["Потребность"]"#,
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Окна — Иванова, Тверь"
2 10:20 d1 field_set field=Потребность text="+" actor=anna
2 11:00 d1 stage_changed stage=offer actor=anna
2 12:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Окна — Иванова, Тверь"
2 10:20 d1 field_set field=Потребность text="Три окна и балконная дверь" actor=anna
2 11:00 d1 stage_changed stage=offer actor=anna
2 11:05 d1 field_set field=Бюджет text="до 180 000" actor=anna
2 12:00 now
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    // The ordinal of a name among all names of the entry tells messages about fields that
    // no event has ever set.
    let mut ordinal = 0;
    let resolve = |(stage, fields): &(Word, Vec<Word>)| -> (StageId, Vec<(FieldId, u32)>) {
        let fields = fields.iter().map(|field| {
            ordinal += 1;
            (names.field(field), ordinal)
        });
        (names.stage(stage), fields.collect())
    };
    let texts = entry.words("text_fields");
    Box::new(RequiredField {
        grace: entry.limit("grace"),
        fields: entry
            .lists("fields")
            .iter()
            .map(resolve)
            .filter(|(stage, _)| stage.is_some())
            .collect(),
        texts: texts
            .iter()
            .map(|field| names.field(field))
            .filter(|field| field.is_some())
            .collect(),
    })
}

struct RequiredField {
    grace: Limit,
    fields: Vec<(StageId, Vec<(FieldId, u32)>)>,
    /// Fields in which junk counts as empty.
    texts: Vec<FieldId>,
}

impl RequiredField {
    fn is_empty(&self, deal: &Deal<'_>, field: FieldId, value: TextId) -> bool {
        value.is_none()
            || (self.texts.contains(&field) && deal.history.texts.is_junk(value, MIN_LETTERS))
    }
}

impl DealRule for RequiredField {
    fn listens(&self) -> Signals {
        Signals::ENTERED | Signals::FIELD
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            waiting: Vec::new(),
        })
    }
}

struct Judge<'r> {
    rule: &'r RequiredField,
    waiting: Vec<(Start, FieldId, u32)>,
}

impl Judge<'_> {
    fn say(&mut self, cure: Option<(i64, u32)>, out: &mut Stretches<'_>) {
        for (start, field, ordinal) in self.waiting.drain(..) {
            out.push(
                start,
                cure,
                Holder::Responsible,
                Shape::Limited,
                Subject::Field(field),
                ordinal,
            );
        }
    }
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        if step.signals.any(Signals::FIELD) {
            let filled = step.event.field();
            if self.rule.is_empty(deal, filled, step.event.text) {
                return;
            }
            self.waiting.retain(|(start, field, ordinal)| {
                if *field == filled {
                    let subject = Subject::Field(filled);
                    out.push(
                        *start,
                        step.cure(),
                        Holder::Responsible,
                        Shape::Limited,
                        subject,
                        *ordinal,
                    );
                }
                *field != filled
            });
            return;
        }
        self.say(step.cure(), out);
        let named = self
            .rule
            .fields
            .iter()
            .find(|(stage, _)| *stage == deal.stage);
        let Some((_, fields)) = named.filter(|_| deal.ever_open) else {
            return;
        };
        for (field, ordinal) in fields {
            if self.rule.is_empty(deal, *field, deal.field(*field)) {
                self.waiting.push((step.start(), *field, *ordinal));
            }
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        self.say(None, out);
    }
}
