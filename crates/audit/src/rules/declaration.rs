//! What a rule says about itself: everything that documentation, settings and the check of a
//! regulation file need, in one value.

use worktime::Limit;

use super::{ClientRule, DealRule, EmployeeRule, GroupRule, StageRule};
use crate::regulation::{Entry, Names, ParamValue, Severity};

/// A text in both languages of the interface.
#[derive(Clone, Copy, Debug)]
pub struct Both {
    /// Russian.
    pub ru: &'static str,
    /// English.
    pub en: &'static str,
}

impl Both {
    /// The text in a language.
    pub fn get(&self, lang: wording::Lang) -> &'static str {
        match lang {
            wording::Lang::Ru => self.ru,
            wording::Lang::En => self.en,
        }
    }
}

/// What is judged as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// One deal's timeline.
    Deal,
    /// All deals of one client.
    Client,
    /// One employee's work across deals.
    Employee,
    /// The closings of a group's members.
    Group,
    /// The open deals of one stage.
    Stage,
}

/// What a parameter takes, and its default.
#[derive(Clone, Copy, Debug)]
pub enum ParamKind {
    /// A duration such as `15m`.
    Limit(&'static str),
    /// A whole number.
    Count(u32),
    /// A whole number; none by default.
    CountIfGiven,
    /// One of these words; the first by default.
    Choice(&'static [&'static str]),
    /// A number between 0 and 1.
    Share(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A regular expression; none by default.
    Pattern,
    /// How a title is to be made, with placeholders; none by default.
    Template,
    /// A condition; none by default.
    Expression,
    /// A text; none by default.
    Text,
    /// One of the ten indicators; the rule's own by default.
    Indicator,
    /// A list of stages.
    Stages,
    /// A list of custom fields.
    Fields,
    /// A list of loss reasons.
    Reasons,
    /// A list of channels.
    Channels,
    /// A list of task types; all by default.
    TaskTypes,
    /// A list of texts.
    Texts(&'static [&'static str]),
    /// Stage → duration.
    StageLimits,
    /// One field: value → duration.
    FieldLimits,
    /// Stage → list of stages.
    StageStages,
    /// Stage → list of task types.
    StageTaskTypes,
    /// Stage → list of fields.
    StageFields,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name in regulations.
    pub name: &'static str,
    /// What it takes.
    pub kind: ParamKind,
    /// What it means.
    pub help: Both,
}

/// The texts of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// A few words to call it by.
    pub title: Both,
    /// What it is for.
    pub purpose: Both,
    /// How to mend what it finds.
    pub mend: Both,
    /// The finding in one sentence: a Fluent pattern. Variables: see [`crate::message`].
    pub message: Both,
}

/// Two small histories, in the lines of [`crate::examples`].
#[derive(Clone, Copy, Debug)]
pub struct Examples {
    /// Lines of the regulation's entry besides `use`.
    pub settings: &'static str,
    /// A history in which the rule finds something.
    pub breaks: &'static str,
    /// One much like it in which it finds nothing.
    pub keeps: &'static str,
}

/// How the judging part of a rule is made from an entry of a regulation.
#[derive(Clone, Copy)]
pub enum Build {
    /// A rule over one deal.
    Deal(fn(&Entry, &Names<'_>) -> Box<dyn DealRule>),
    /// A rule over a client's deals.
    Client(fn(&Entry, &Names<'_>) -> Box<dyn ClientRule>),
    /// A rule over an employee's work.
    Employee(fn(&Entry, &Names<'_>) -> Box<dyn EmployeeRule>),
    /// A rule over a group's closings.
    Group(fn(&Entry, &Names<'_>) -> Box<dyn GroupRule>),
    /// A rule over the deals of a stage.
    Stage(fn(&Entry, &Names<'_>) -> Box<dyn StageRule>),
}

/// A rule.
#[derive(Clone, Copy)]
pub struct Declaration {
    /// Its name in regulations; never reused for another meaning.
    pub code: &'static str,
    /// The indicator it belongs to, 1 to 10.
    pub indicator: u8,
    /// Severity where the regulation names none.
    pub severity: Severity,
    /// Its own parameters.
    pub params: &'static [Param],
    /// Its texts.
    pub texts: Texts,
    /// Its examples.
    pub examples: Examples,
    /// Its judging part.
    pub build: Build,
}

impl Declaration {
    /// What it judges as one.
    pub fn scope(&self) -> Scope {
        match self.build {
            Build::Deal(_) => Scope::Deal,
            Build::Client(_) => Scope::Client,
            Build::Employee(_) => Scope::Employee,
            Build::Group(_) => Scope::Group,
            Build::Stage(_) => Scope::Stage,
        }
    }

    /// The parameter of this name.
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|param| param.name == name)
    }
}

impl ParamKind {
    /// The value where a regulation gives none.
    pub fn default(self) -> ParamValue {
        match self {
            ParamKind::Limit(text) => {
                ParamValue::Limit(Limit::parse(text).expect("a declared default is a duration"))
            }
            ParamKind::Count(count) => ParamValue::Count(count),
            ParamKind::Share(share) => ParamValue::Share(share),
            ParamKind::Flag(flag) => ParamValue::Flag(flag),
            ParamKind::Choice(words) => ParamValue::Choice(words.first().copied().unwrap_or("")),
            ParamKind::Pattern
            | ParamKind::Template
            | ParamKind::CountIfGiven
            | ParamKind::Expression
            | ParamKind::Text
            | ParamKind::Indicator => ParamValue::Absent,
            ParamKind::Texts(texts) => {
                ParamValue::Words(texts.iter().map(|text| (*text).into()).collect())
            }
            ParamKind::Stages
            | ParamKind::Fields
            | ParamKind::Reasons
            | ParamKind::Channels
            | ParamKind::TaskTypes => ParamValue::Words(Vec::new()),
            ParamKind::StageLimits => ParamValue::Limits(Vec::new()),
            ParamKind::FieldLimits => ParamValue::FieldLimits(None),
            ParamKind::StageStages | ParamKind::StageTaskTypes | ParamKind::StageFields => {
                ParamValue::Lists(Vec::new())
            }
        }
    }
}

/// A limit, for declarations.
pub(crate) const fn limit(default: &'static str, help: Both) -> Param {
    Param {
        name: "limit",
        kind: ParamKind::Limit(default),
        help,
    }
}

/// The time until something owed counts as a fault, for declarations.
pub(crate) const fn grace(default: &'static str) -> Param {
    let help = Both {
        ru: "сколько времени даётся, прежде чем появится замечание",
        en: "time allowed before it becomes a finding",
    };
    Param {
        name: "grace",
        kind: ParamKind::Limit(default),
        help,
    }
}

/// Losses left out by their reason, for declarations.
pub(crate) const EXCEPT_REASONS: Param = Param {
    name: "except_reasons",
    kind: ParamKind::Reasons,
    help: Both {
        ru: "закрытия с этими причинами не учитываются",
        en: "closings with one of these reasons are left out",
    },
};
