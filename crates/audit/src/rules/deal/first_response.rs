//! Finds leads that nobody tried to contact in time.

use super::OneClock;
use crate::judge::Signals;
use crate::regulation::{Entry, Names, Severity};
use crate::rules::DealRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, limit};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "first-response",
    indicator: 1,
    severity: Severity::Violation,
    params: &[limit(
        "15m",
        Both {
            ru: "срок на первую попытку связаться",
            en: "time for the first contact attempt",
        },
    )],
    texts: Texts {
        title: Both {
            ru: "Первый ответ на заявку",
            en: "First response to a lead",
        },
        purpose: Both {
            ru: "Чем раньше клиенту ответили, тем вероятнее продажа: через час он уже говорит с \
                 другими. Отсчёт идёт с появления сделки на открытом этапе и кончается первой \
                 попыткой связаться (исходящий звонок, сообщение, встреча или принятый звонок \
                 клиента) либо закрытием сделки.",
            en: "The sooner clients get an answer, the likelier the sale: an hour later they are \
                 talking to somebody else. The clock starts when a deal appears in an open stage \
                 and stops at the first contact attempt (an outgoing call, a message, a meeting, \
                 or an answered call from the client) or when the deal is closed.",
        },
        mend: Both {
            ru: "Позвоните или напишите клиенту сейчас. Чтобы успевать, держите уведомления о \
                 новых заявках включёнными, а если заняты, сразу передайте заявку коллеге.",
            en: "Call or write to the client now. To be in time, keep notifications of new leads \
                 on, and pass a lead to a colleague at once if you are busy.",
        },
        message: Both {
            ru: "Первая попытка связаться не сделана за { $limit } после появления сделки \
                 «{ $deal }».",
            en: "Nobody tried to contact the client within { $limit } after the deal “{ $deal }” \
                 appeared.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь" channel=site
2 10:40 d1 call_out employee=anna amount=75
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь" channel=site
2 10:12 d1 call_out employee=anna amount=75
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(OneClock {
        limit: entry.limit("limit"),
        starts: Signals::CREATED,
        cures: Signals::ATTEMPT | Signals::CLOSED,
    })
}
