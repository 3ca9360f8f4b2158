//! Finds messages from clients that nobody answered in time.

use super::OneClock;
use crate::judge::Signals;
use crate::regulation::{Entry, Names, Severity};
use crate::rules::DealRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Texts, limit};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "unanswered-message",
    indicator: 1,
    severity: Severity::Violation,
    params: &[limit(
        "30m",
        Both {
            ru: "срок на ответ",
            en: "time to answer",
        },
    )],
    texts: Texts {
        title: Both {
            ru: "Сообщение без ответа",
            en: "Unanswered message",
        },
        purpose: Both {
            ru: "Вопрос в чате или письме — такое же обращение, как звонок, и клиент видит, \
                 сколько ждёт. Отсчёт идёт с входящего сообщения по открытой сделке и кончается \
                 попыткой связаться (сообщение, звонок, встреча) или закрытием сделки; пока \
                 клиент ждёт, его новые сообщения считаются вместе с первым.",
            en: "A question in a chat or a letter is a request like a call, and the client sees \
                 how long it waits. The clock starts at an incoming message on an open deal and \
                 stops at a contact attempt (a message, a call, a meeting) or when the deal is \
                 closed; further messages in the meantime count together with the first.",
        },
        mend: Both {
            ru: "Ответьте клиенту. Если ответа пока нет, напишите, когда он будет, и поставьте \
                 себе задачу.",
            en: "Answer the client. If you have no answer yet, say when there will be one, and \
                 set yourself a task.",
        },
        message: Both {
            ru: "Сообщение клиента по сделке «{ $deal }» ({ $since }) за { $limit } осталось без \
                 ответа.",
            en: "A message from the client on the deal “{ $deal }” ({ $since }) was not answered \
                 within { $limit }.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=work employee=boris text="Балкон — Седов, Мытищи"
2 14:00 d1 message_in channel=whatsapp text="Когда приедет замерщик?"
2 16:00 d1 message_out employee=boris channel=whatsapp text="Завтра с 10 до 12"
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=boris text="Балкон — Седов, Мытищи"
2 14:00 d1 message_in channel=whatsapp text="Когда приедет замерщик?"
2 14:20 d1 message_out employee=boris channel=whatsapp text="Завтра с 10 до 12"
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    Box::new(OneClock {
        limit: entry.limit("limit"),
        starts: Signals::MESSAGE_IN,
        cures: Signals::ATTEMPT | Signals::CLOSED,
    })
}
