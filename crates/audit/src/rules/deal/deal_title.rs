//! Finds deals whose title is not what the regulation asks for.

use regex::Regex;
use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Names, ParamValue, Severity, Template};
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
            name: "template",
            kind: ParamKind::Template,
            help: Both {
                ru: "шаблон названия; вместо слов в фигурных скобках должно стоять что-то осмысленное, хотя бы два знака",
                en: "template of the title; words in braces stand for something that says something, two characters at least",
            },
        },
        Param {
            name: "pattern",
            kind: ParamKind::Pattern,
            help: Both {
                ru: "образец: регулярное выражение для всего названия; если он есть, шаблон и названия от машины не проверяются",
                en: "pattern: a regular expression for the whole title; where it is given, neither the template nor machines' titles are asked about",
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
                 шаблон, пустое или дано машиной («Новая сделка», «Заявка с сайта»), а если \
                 задан образец — если не подходит под образец; кончается он подходящим названием \
                 или закрытием сделки.",
            en: "With a clear title a deal is found in a second, without opening its card. The \
                 clock starts when a deal is created or renamed with a title that does not fit \
                 the template, is empty or given by a machine (“Deal #…”, “Lead #…”) or, where \
                 there is a pattern, does not fit the pattern; it stops when the title fits or \
                 the deal is closed.",
        },
        mend: Both {
            ru: "Переименуйте сделку так, как принято в компании, например «Окна — Иванова, \
                 Тверь». Удобнее всего это делать при первом разговоре.",
            en: "Rename the deal the way your company does, for example “Windows — Ivanova, \
                 Tver”. The first conversation is the easiest moment for it.",
        },
        message: Both {
            ru: "Сделке «{ $deal }» за { $limit } не дали название, какого требует \
                 регламент{ $proposal }.",
            en: "The deal “{ $deal }” was not given a title of the kind that the regulation asks \
                 for within { $limit }{ $proposal }.",
        },
    },
    examples: Examples {
        settings: "template = '{product} — {client}, {city}'",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Заявка с сайта 1208"
2 10:05 d1 field_set field=product text=Окна
2 10:05 d1 field_set field=client text=Иванова
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
    let form = match (entry.value("pattern"), entry.value("template")) {
        (ParamValue::Pattern(pattern), _) => Form::Pattern(pattern),
        (_, ParamValue::Template(template)) => Form::Template(template),
        _ => Form::Anything,
    };
    Box::new(DealTitle {
        grace: entry.limit("grace"),
        form,
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
    form: Form,
}

/// What a title must be.
enum Form {
    /// What matches.
    Pattern(Regex),
    /// Made like this, and not by a machine.
    Template(Template),
    /// Anything that a machine did not give.
    Anything,
}

/// Whether nobody gave this title.
fn is_machines(title: &str) -> bool {
    title.is_empty() || MACHINE_TITLES.iter().any(|machine| begins(title, machine))
}

impl DealTitle {
    fn fits(&self, deal: &Deal<'_>) -> bool {
        let title = deal.history.texts.get(deal.title).trim();
        match &self.form {
            Form::Pattern(pattern) => pattern.is_match(title),
            Form::Template(template) => !is_machines(title) && template.fits(title),
            Form::Anything => !is_machines(title),
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
