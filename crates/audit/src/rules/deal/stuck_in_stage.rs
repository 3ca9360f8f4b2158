//! `stuck-in-stage`

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretch, Stretches, Subject};
use crate::regulation::{Entry, Names, ParamValue, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace, limit,
};
use crate::rules::{DealJudge, DealRule, Time};
use history::{FieldId, Instant, StageId, TextId};
use worktime::Limit;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "stuck-in-stage",
    indicator: 2,
    severity: Severity::Violation,
    params: &[
        limit(
            "7d",
            Both {
                ru: "сколько сделка может стоять на этапе",
                en: "how long a deal may stand in a stage",
            },
        ),
        Param {
            name: "limits",
            kind: ParamKind::StageLimits,
            help: Both {
                ru: "свой срок для этапа",
                en: "a limit of its own for a stage",
            },
        },
        Param {
            name: "limits_by",
            kind: ParamKind::FieldLimits,
            help: Both {
                ru: "свой срок по значению поля, например по причине ожидания",
                en: "a limit by a field's value, such as the reason for waiting",
            },
        },
    ],
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

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let ParamValue::Limits(limits) = entry.value("limits") else {
        unreachable!("declared a table")
    };
    let ParamValue::FieldLimits(by) = entry.value("limits_by") else {
        unreachable!("declared a table")
    };
    let limits = limits
        .iter()
        .map(|(stage, limit)| (names.stage(stage), *limit));
    Box::new(StuckInStage {
        limit: entry.limit("limit"),
        limits: limits.filter(|(stage, _)| stage.is_some()).collect(),
        by: by
            .map(|(field, values)| (names.field(&field), values))
            .filter(|(field, _)| field.is_some()),
    })
}

struct StuckInStage {
    limit: Limit,
    limits: Vec<(StageId, Limit)>,
    by: Option<(FieldId, Vec<(String, Limit)>)>,
}

impl StuckInStage {
    fn all_limits(&self) -> impl Iterator<Item = Limit> + '_ {
        let by = self
            .by
            .iter()
            .flat_map(|(_, values)| values.iter().map(|(_, limit)| *limit));
        std::iter::once(self.limit)
            .chain(self.limits.iter().map(|(_, limit)| *limit))
            .chain(by)
    }

    /// The limit in force in a stage while the field has a value.
    fn in_force(&self, stage: StageId, value: &str) -> Limit {
        let by = self.by.iter().flat_map(|(_, values)| values);
        if let Some((_, limit)) = by.into_iter().find(|(known, _)| known == value) {
            return *limit;
        }
        let own = self.limits.iter().find(|(known, _)| *known == stage);
        own.map_or(self.limit, |(_, limit)| *limit)
    }
}

impl DealRule for StuckInStage {
    fn listens(&self) -> Signals {
        Signals::ENTERED
    }

    fn floor(&self, day_length_ms: i64) -> i64 {
        self.all_limits()
            .map(|limit| limit.at_least(day_length_ms))
            .min()
            .unwrap_or(0)
    }

    fn watches(&self) -> Option<FieldId> {
        self.by.as_ref().map(|(field, _)| *field)
    }

    fn breach(&self, deal: &Deal<'_>, stretch: &Stretch, time: &Time<'_>) -> Option<Instant> {
        let Subject::Stage(stage) = stretch.subject else {
            return None;
        };
        let Some((field, _)) = &self.by else {
            return time.breach(stretch.start, self.in_force(stage, ""));
        };
        let text = |value| deal.history.texts.get(value);
        let mut since = stretch.start;
        let mut value = deal
            .watched(*field)
            .at(stretch.start)
            .unwrap_or(TextId::NONE);
        let changes = deal.watched(*field).changes();
        let later = &changes[changes.partition_point(|(at, _)| *at <= stretch.start)..];
        for (until, next) in later
            .iter()
            .map(|(at, next)| (*at, Some(*next)))
            .chain([(Instant::MAX, None)])
        {
            let runs_out = time.breach(stretch.start, self.in_force(stage, text(value)));
            if let Some(breach) = runs_out.map(|breach| breach.max(since))
                && breach < until
            {
                return Some(breach);
            }
            since = until;
            value = next?;
        }
        None
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge { waiting: None })
    }
}

struct Judge {
    waiting: Option<(Start, StageId)>,
}

impl Judge {
    fn say(&mut self, cure: Option<(Instant, u32)>, out: &mut Stretches<'_>) {
        if let Some((start, stage)) = self.waiting.take() {
            out.push(
                start,
                cure,
                Holder::Responsible,
                Shape::Limited,
                Subject::Stage(stage),
                0,
            );
        }
    }
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        self.say(step.cure(), out);
        if deal.is_open() {
            self.waiting = Some((step.start(), deal.stage));
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        self.say(None, out);
    }
}
