//! Finds deals that stand in a stage longer than it allows.

use history::{FieldId, Instant, StageId, TextId};
use worktime::Limit;

use crate::judge::{Deal, Holder, Shape, Signals, Start, Step, Stretch, Stretches, Subject};
use crate::regulation::{Entry, Names, ParamValue, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, limit,
};
use crate::rules::{DealJudge, DealRule, Time};

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
                ru: "свои сроки для этапов",
                en: "limits of their own for stages",
            },
        },
        Param {
            name: "limits_by",
            kind: ParamKind::FieldLimits,
            help: Both {
                ru: "сроки по значению поля, например по причине ожидания",
                en: "limits by a field's value, such as the reason for waiting",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Сделка застряла на этапе",
            en: "Deal stuck in a stage",
        },
        purpose: Both {
            ru: "Сделка, которая стоит на месте, — это замершие деньги и знак узкого места в \
                 воронке. Отсчёт идёт со входа на открытый этап и кончается уходом с него; у \
                 этапа и у причины ожидания может быть свой срок, а повторный перевод на тот же \
                 этап отсчёт не обнуляет.",
            en: "A deal that does not move is money at a standstill and a sign of a bottleneck. \
                 The clock starts on entering an open stage and stops on leaving it; a stage, or \
                 a reason for waiting, may have a limit of its own, and moving a deal into the \
                 stage it is already in does not restart the clock.",
        },
        mend: Both {
            ru: "Решите, что дальше: переведите сделку на следующий этап, закройте её с причиной \
                 или передайте на прогрев. Если клиент ждёт по понятной причине, укажите её в \
                 сделке и поставьте задачу на эту дату.",
            en: "Decide what comes next: move the deal on, close it with a reason, or pass it to \
                 nurturing. If the client is waiting for a good reason, enter the reason in the \
                 deal and set a task for that date.",
        },
        message: Both {
            ru: "Сделка «{ $deal }» за { $limit } не ушла с этапа «{ $stage }», на котором она с \
                 { $since }.",
            en: "The deal “{ $deal }” did not leave the stage “{ $stage }” within { $limit }; it \
                 has been there since { $since }.",
        },
    },
    examples: Examples {
        settings: r#"limits = { offer = "3d" }"#,
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Кухня — Белова, Химки"
3 12:00 d1 stage_changed stage=offer actor=anna
9 11:00 d1 stage_changed stage=won actor=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Кухня — Белова, Химки"
3 12:00 d1 stage_changed stage=offer actor=anna
5 16:00 d1 stage_changed stage=won actor=anna
"#,
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
