//! Finds deals whose title is not what the regulation asks for.

use regex::Regex;
use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, ParamValue, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "deal-title",
    indicator: 8,
    severity: Severity::Remark,
    params: &[
        grace("1h"),
        Param {
            name: "pattern",
            kind: ParamKind::Pattern,
            help: Both {
                ru: "образец: регулярное выражение для всего названия (без него замечания получают пустые названия и данные машиной)",
                en: "pattern: a regular expression for the whole title (without it, empty titles and those given by a machine are found)",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Название сделки",
            en: "Title of a deal",
        },
        purpose: Both {
            ru: "По понятному названию сделку находят за секунду, не открывая карточку. Отсчёт \
                 идёт с появления сделки или переименования, если название не подходит под \
                 образец, а без образца — если оно пустое или дано машиной («Новая сделка», \
                 «Заявка с сайта»); кончается он подходящим названием или закрытием сделки.",
            en: "With a clear title a deal is found in a second, without opening its card. The \
                 clock starts when a deal is created or renamed with a title that does not fit \
                 the pattern or, where there is no pattern, is empty or given by a machine (“Deal \
                 #…”, “Lead #…”); it stops when the title fits or the deal is closed.",
        },
        mend: Both {
            ru: "Переименуйте сделку так, как принято в компании, например «Окна — Иванова, \
                 Тверь». Удобнее всего это делать при первом разговоре.",
            en: "Rename the deal the way your company does, for example “Windows — Ivanova, \
                 Tver”. The first conversation is the easiest moment for it.",
        },
        message: Both {
            ru: "Сделке «{ $deal }» за { $limit } не дали название, какого требует регламент.",
            en: "The deal “{ $deal }” was not given a title of the kind that the regulation asks \
                 for within { $limit }.",
        },
    },
    examples: Examples {
        settings: "pattern = '.+ — .+, .+'",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Заявка с сайта 1208"
2 15:00 now
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Заявка с сайта 1208"
2 10:25 d1 renamed text="Окна — Иванова, Тверь" actor=anna
2 15:00 now
"#,
    },
    build: Build::Deal(build),
};

/// How titles begin that nobody has given.
const MACHINE_TITLES: &[&str] = &[
    "сделка №",
    "сделка #",
    "новая сделка",
    "заявка с сайта",
    "входящий звонок",
    "deal #",
    "lead #",
];

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn DealRule> {
    let pattern = match entry.value("pattern") {
        ParamValue::Pattern(pattern) => Some(pattern),
        _ => None,
    };
    Box::new(DealTitle {
        grace: entry.limit("grace"),
        pattern,
    })
}

/// Whether a title begins like this, whatever its case; `beginning` is lower-case.
fn begins(title: &str, beginning: &str) -> bool {
    let mut letters = title.chars().flat_map(char::to_lowercase);
    beginning
        .chars()
        .all(|letter| letters.next() == Some(letter))
}

struct DealTitle {
    grace: Limit,
    pattern: Option<Regex>,
}

impl DealTitle {
    fn fits(&self, deal: &Deal<'_>) -> bool {
        let title = deal.history.texts.get(deal.title).trim();
        match &self.pattern {
            Some(pattern) => pattern.is_match(title),
            None => {
                !title.is_empty() && !MACHINE_TITLES.iter().any(|machine| begins(title, machine))
            }
        }
    }
}

impl DealRule for DealTitle {
    fn listens(&self) -> Signals {
        Signals::BEGUN | Signals::RENAMED | Signals::CLOSED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            waiting: None,
        })
    }
}

struct Judge<'r> {
    rule: &'r DealTitle,
    waiting: Option<Start>,
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        let bad = deal.is_open() && !self.rule.fits(deal);
        match self.waiting {
            None if bad => self.waiting = Some(step.start()),
            Some(start) if !bad => {
                self.waiting = None;
                out.owed(start, step.cure());
            }
            _ => {}
        }
    }

    fn end(&mut self, _: &Deal<'_>, out: &mut Stretches<'_>) {
        if let Some(start) = self.waiting.take() {
            out.owed(start, None);
        }
    }
}
