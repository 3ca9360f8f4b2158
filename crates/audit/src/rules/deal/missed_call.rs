//! Finds missed calls that nobody returned in time.

use super::OneClock;
use crate::judge::Signals;
use crate::regulation::{Entry, Names, Severity};
use crate::rules::DealRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, limit};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "missed-call",
    indicator: 1,
    severity: Severity::Violation,
    params: &[limit(
        "15m",
        Both {
            ru: "срок, чтобы перезвонить или написать",
            en: "time to call or write back",
        },
    )],
    texts: Texts {
        title: Both {
            ru: "Пропущенный звонок",
            en: "Missed call",
        },
        purpose: Both {
            ru: "Клиент звонит сам, когда вопрос для него важен, и ждёт недолго. Отсчёт идёт с \
                 входящего звонка по открытой сделке, на который никто не ответил, и кончается \
                 попыткой связаться или закрытием сделки; пока клиент ждёт, его новые звонки \
                 считаются вместе с первым.",
            en: "Clients call when the matter is important to them, and they do not wait long. \
                 The clock starts at an incoming call on an open deal that nobody answered and \
                 stops at a contact attempt or when the deal is closed; further missed calls in \
                 the meantime count together with the first.",
        },
        mend: Both {
            ru: "Перезвоните или напишите клиенту. Просматривайте пропущенные после каждого \
                 разговора, а на время встреч договаривайтесь с коллегой о подмене.",
            en: "Call or write back. Look through missed calls after every conversation, and \
                 agree with a colleague who takes them while you are in a meeting.",
        },
        message: Both {
            ru: "Пропущен звонок клиента по сделке «{ $deal }» ({ $since }): за { $limit } ему \
                 не перезвонили и не написали.",
            en: "A call from the client on the deal “{ $deal }” was missed ({ $since }), and \
                 nobody called or wrote back within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Кухня — Белова, Химки"
2 11:00 d1 call_in amount=0
2 12:30 d1 call_out employee=anna amount=140
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Кухня — Белова, Химки"
2 11:00 d1 call_in amount=0
2 11:10 d1 call_out employee=anna amount=140
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(OneClock {
        limit: entry.limit("limit"),
        starts: Signals::MISSED_CALL,
        cures: Signals::ATTEMPT | Signals::CLOSED,
    })
}
