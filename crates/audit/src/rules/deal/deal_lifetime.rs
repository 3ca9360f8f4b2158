//! Finds deals that live in one pipeline longer than allowed.

use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, limit};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "deal-lifetime",
    indicator: 2,
    severity: Severity::Violation,
    params: &[limit(
        "30d",
        Both {
            ru: "сколько сделка может жить в одной воронке",
            en: "how long a deal may stay in one pipeline",
        },
    )],
    texts: Texts {
        title: Both {
            ru: "Срок жизни сделки",
            en: "Lifetime of a deal",
        },
        purpose: Both {
            ru: "Сделка, которая живёт слишком долго, редко кончается продажей, а внимания \
                 требует каждый день. Отсчёт идёт с появления сделки или её прихода из другой \
                 воронки и кончается закрытием или уходом в другую воронку; в каждой воронке \
                 отсчёт свой.",
            en: "A deal that lives too long seldom ends in a sale, yet asks for attention every \
                 day. The clock starts when the deal appears or comes from another pipeline and \
                 stops when it is closed or leaves for another one; each pipeline has a clock of \
                 its own.",
        },
        mend: Both {
            ru: "Спросите клиента прямо, решает ли он сейчас: доведите сделку до решения, \
                 закройте её с причиной или передайте в воронку прогрева.",
            en: "Ask the client plainly whether they are deciding now: bring the deal to a \
                 decision, close it with a reason, or pass it to a nurturing pipeline.",
        },
        message: Both {
            ru: "Сделка «{ $deal }» за { $limit } не закрыта и не ушла в другую воронку: она \
                 здесь с { $since }.",
            en: "The deal “{ $deal }” was neither closed nor moved to another pipeline within \
                 { $limit }; it has been in this one since { $since }.",
        },
    },
    examples: Examples {
        settings: r#"limit = "7d""#,
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Пневмостойка — Гришин, Пермь"
4 15:00 d1 stage_changed stage=offer actor=anna
10 12:00 d1 stage_changed stage=won actor=anna
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Пневмостойка — Гришин, Пермь"
4 15:00 d1 stage_changed stage=offer actor=anna
6 12:00 d1 stage_changed stage=won actor=anna
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(DealLifetime {
        limit: entry.limit("limit"),
    })
}

struct DealLifetime {
    limit: Limit,
}

impl DealRule for DealLifetime {
    fn listens(&self) -> Signals {
        Signals::ENTERED
    }

    fn limit(&self) -> Limit {
        self.limit
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge { waiting: None })
    }
}

struct Judge {
    waiting: Option<Start>,
}

impl DealJudge for Judge {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let pipelines = &deal.history.pipelines;
        let moved = pipelines.pipeline(deal.stage) != pipelines.pipeline(step.stage_before);
        if (moved || !deal.is_open())
            && let Some(start) = self.waiting.take()
        {
            out.owed(start, step.cure());
        }
        if deal.is_open() && self.waiting.is_none() {
            self.waiting = Some(step.start());
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}
