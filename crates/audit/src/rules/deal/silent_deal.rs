//! Finds open deals on which nobody has been in contact for too long.

use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, limit};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "silent-deal",
    indicator: 6,
    severity: Severity::Remark,
    params: &[limit(
        "5wd",
        Both {
            ru: "сколько сделка может быть без единого контакта",
            en: "how long a deal may go without any contact",
        },
    )],
    texts: Texts {
        title: Both {
            ru: "Тишина в сделке",
            en: "Silent deal",
        },
        purpose: Both {
            ru: "Клиент, с которым давно не говорили, уходит молча. Отсчёт начинается заново с \
                 каждой попытки связаться и с каждого звонка или сообщения клиента, а до первого \
                 контакта идёт с появления сделки или её возврата в работу; закрытие сделки его \
                 останавливает.",
            en: "Clients whom nobody talks to leave without a word. The clock starts anew at \
                 every contact attempt and every call or message from the client, and before the \
                 first contact it runs from the creation or reopening of the deal; closing the \
                 deal stops it.",
        },
        mend: Both {
            ru: "Свяжитесь с клиентом: узнайте, что изменилось, и предложите следующий шаг. Если \
                 ждёте его решения, договоритесь о дате и поставьте задачу.",
            en: "Contact the client: ask what has changed and offer a next step. If you are \
                 waiting for a decision, agree on a date and set a task.",
        },
        message: Both {
            ru: "По сделке «{ $deal }» за { $limit } не было ни одного контакта с клиентом: \
                 тишина с { $since }.",
            en: "There was no contact with the client on the deal “{ $deal }” for { $limit }; it \
                 has been silent since { $since }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=offer employee=anna text="Кухня — Белова, Химки"
2 10:05 d1 call_out employee=anna amount=180
9 12:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=offer employee=anna text="Кухня — Белова, Химки"
2 10:05 d1 call_out employee=anna amount=180
5 16:00 d1 message_out employee=anna text="Добрый день! Удалось посмотреть предложение?"
9 12:00 now
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(SilentDeal {
        limit: entry.limit("limit"),
    })
}

struct SilentDeal {
    limit: Limit,
}

impl DealRule for SilentDeal {
    fn listens(&self) -> Signals {
        Signals::OPENED | Signals::CONTACT | Signals::CLOSED
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
        if let Some(start) = self.waiting.take() {
            out.owed(start, step.cure());
        }
        if deal.is_open() {
            self.waiting = Some(step.start());
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}
