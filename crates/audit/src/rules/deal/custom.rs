//! Finds deals of which a condition holds that the company wrote itself.

use cel::Value;
use history::{ChannelId, FieldId, History, Kind};
use rustc_hash::FxHashMap;
use worktime::Limit;

use crate::judge::{Deal, Signals, Start, Step, Stretches};
use crate::regulation::{Entry, Expression, Names, ParamValue, Severity};
use crate::rules::declaration::{
    Both, Build, Declaration, Examples, Param, ParamKind, Texts, grace,
};
use crate::rules::{DealJudge, DealRule};

macro_rules! variables {
    ($($variable:ident = $name:literal),* $(,)?) => {
        /// What a condition may ask for, besides fields; `when` says in words what each means.
        #[derive(Clone, Copy)]
        enum Variable { $($variable),* }

        /// Their names.
        pub(crate) const VARIABLES: &[&str] = &[$($name),*];

        impl Variable {
            const ALL: &[Variable] = &[$(Variable::$variable),*];

            fn named(name: &str) -> Option<Variable> {
                let place = VARIABLES.iter().position(|known| *known == name)?;
                Some(Variable::ALL[place])
            }
        }
    };
}

variables! {
    Stage = "stage",
    StageName = "stage_name",
    Pipeline = "pipeline",
    Responsible = "responsible",
    Title = "title",
    Price = "price",
    Client = "client",
    Source = "source",
    Reason = "reason",
    OpenTasks = "open_tasks",
    Attempts = "attempts",
    Conversations = "conversations",
    Calls = "calls",
    Meetings = "meetings",
    MessagesIn = "messages_in",
    MessagesOut = "messages_out",
    Notes = "notes",
}

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "custom",
    indicator: 7,
    severity: Severity::Remark,
    params: &[
        Param {
            name: "when",
            kind: ParamKind::Expression,
            help: Both {
                ru: "условие на языке CEL",
                en: "a condition in CEL",
            },
        },
        grace("15m"),
        Param {
            name: "title",
            kind: ParamKind::Text,
            help: Both {
                ru: "как назвать правило",
                en: "what to call the rule",
            },
        },
        Param {
            name: "message",
            kind: ParamKind::Text,
            help: Both {
                ru: "текст замечания; {deal}, {person}, {stage}, {limit} и {since} заменятся",
                en: "the finding's text; {deal}, {person}, {stage}, {limit} and {since} are filled in",
            },
        },
        Param {
            name: "indicator",
            kind: ParamKind::Indicator,
            help: Both {
                ru: "к какому показателю относится, от 1 до 10",
                en: "the indicator it belongs to, 1 to 10",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Своё правило",
            en: "A rule of your own",
        },
        purpose: Both {
            ru: "У каждой компании есть требования, которых нет больше ни у кого. Условие пишут на \
                 языке CEL, например open_tasks == 0 && price > 100000. Отсчёт идёт с момента, \
                 когда условие на открытой сделке стало верным, и кончается, когда оно стало \
                 неверным или сделку закрыли. О сделке известно: stage — этап и pipeline — воронка \
                 (идентификаторы), stage_name — название этапа, responsible — ответственный, client \
                 — клиент (идентификаторы), title — название, price — сумма в рублях или другой \
                 валюте CRM (пустая — null), source — откуда пришла, reason — причина отказа с \
                 последнего открытия, open_tasks — сколько задач открыто, и сколько всего было: \
                 attempts — попыток связаться, conversations — разговоров, calls — звонков, \
                 meetings — встреч, messages_in и messages_out — сообщений от клиента и клиенту, \
                 notes — заметок; поля — field[\"Город\"], пустое поле — \"\". Чего нет, то \
                 пустой текст. Времени в условии нет: сколько ждать, говорит grace. Если условие \
                 нельзя вычислить, оно считается неверным.",
            en: "Every company demands things that nobody else does. The condition is written in \
                 CEL, for example open_tasks == 0 && price > 100000. The clock starts when the \
                 condition turns true on an open deal and stops when it turns false or the deal is \
                 closed. Known of a deal are: stage and pipeline (ids), stage_name, responsible and \
                 client (ids), title, price in whole units of the currency (null where it is empty), \
                 source (the channel that it came from), reason (of a loss, since the last opening), \
                 open_tasks (how many are open), and how many there were in all: attempts (contact \
                 attempts), conversations, calls, meetings, messages_in and messages_out (from and \
                 to the client), notes; fields are field[\"City\"], an empty one is \"\". What is \
                 not there is an empty text. There is no time in a condition: how long to wait is \
                 said by grace. A condition that cannot be reckoned counts as false.",
        },
        mend: Both {
            ru: "Приведите сделку к тому, чего требует правило: что именно, сказано в его условии. \
                 Если правило срабатывает там, где не должно, уточните условие в регламенте.",
            en: "Bring the deal to what the rule asks for; its condition says what that is. Where \
                 it finds what it should not, make the condition in the regulation more exact.",
        },
        message: Both {
            ru: "По сделке «{ $deal }» нарушено правило «{ $rule }»: за { $limit } ничего не \
                 исправили (отсчёт с { $since }).",
            en: "The deal “{ $deal }” breaks the rule “{ $rule }”, and nothing was mended within \
                 { $limit } (counted from { $since }).",
        },
    },
    examples: Examples {
        settings: "when = 'stage == \"offer\" && field[\"Город\"] == \"\"'\ntitle = \"Город до предложения\"",
        breaks: r#"
2 10:00 d1 created stage=work employee=anna text="Окна — Иванова"
2 11:00 d1 stage_changed stage=offer
2 13:00 d1 field_set field=Город text=Тверь
"#,
        keeps: r#"
2 10:00 d1 created stage=work employee=anna text="Окна — Иванова"
2 11:00 d1 stage_changed stage=offer
2 11:10 d1 field_set field=Город text=Тверь
"#,
    },
    build: Build::Deal(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn DealRule> {
    let ParamValue::Expression(when) = entry.value("when") else {
        unreachable!("a regulation without `when` has a mistake");
    };
    let field = |name: &str| (name.to_owned(), names.field(&name.into()));
    Box::new(Custom {
        grace: entry.limit("grace"),
        changes: changes(&when),
        asked: asked(&when),
        fields: when.fields().map(field).collect(),
        when,
    })
}

/// The variables that a condition names.
fn asked(when: &Expression) -> Vec<Variable> {
    let named = VARIABLES.iter().filter(|name| when.names(name));
    named.filter_map(|name| Variable::named(name)).collect()
}

/// What can change the condition.
fn changes(when: &Expression) -> Signals {
    let mut changes = Signals::NONE;
    for variable in asked(when) {
        changes |= match variable {
            Variable::Stage | Variable::StageName | Variable::Pipeline => Signals::ENTERED,
            Variable::Responsible => Signals::RESPONSIBLE,
            Variable::Title => Signals::RENAMED,
            Variable::Price => Signals::PRICE,
            Variable::Reason => Signals::REASON,
            Variable::OpenTasks => {
                Signals::TASK_ADDED | Signals::TASK_COMPLETED | Signals::TASK_REMOVED
            }
            Variable::Attempts | Variable::Meetings | Variable::MessagesOut => Signals::ATTEMPT,
            Variable::Conversations => Signals::CONVERSATION,
            Variable::Calls => Signals::CONTACT,
            Variable::MessagesIn => Signals::MESSAGE_IN,
            Variable::Notes => Signals::NOTE,
            // The client and the source are those of the deal's beginning.
            Variable::Client | Variable::Source => Signals::NONE,
        };
    }
    if when.fields().next().is_some() {
        changes |= Signals::FIELD;
    }
    changes
}

struct Custom {
    when: Expression,
    grace: Limit,
    changes: Signals,
    /// The variables that the condition names.
    asked: Vec<Variable>,
    fields: Vec<(String, FieldId)>,
}

impl DealRule for Custom {
    fn listens(&self) -> Signals {
        self.changes | Signals::BEGUN | Signals::OPENED | Signals::CLOSED
    }

    fn limit(&self) -> Limit {
        self.grace
    }

    fn judge(&self) -> Box<dyn DealJudge + '_> {
        Box::new(Judge {
            rule: self,
            seen: Seen::default(),
            waiting: None,
            state: Vec::new(),
            known: FxHashMap::default(),
        })
    }
}

/// What happened on the deal, as far as the condition asks.
#[derive(Default)]
struct Seen {
    source: Option<ChannelId>,
    attempts: i64,
    conversations: i64,
    calls: i64,
    meetings: i64,
    messages_in: i64,
    messages_out: i64,
    notes: i64,
}

impl Seen {
    fn take(&mut self, step: &Step) {
        let (signals, kind) = (step.signals, step.event.kind);
        let attempt = signals.any(Signals::ATTEMPT);
        let contact = signals.any(Signals::CONTACT);
        self.attempts += i64::from(attempt);
        self.conversations += i64::from(signals.any(Signals::CONVERSATION));
        self.calls += i64::from(contact && kind.is_call());
        self.meetings += i64::from(attempt && kind == Kind::Meeting);
        self.messages_in += i64::from(signals.any(Signals::MESSAGE_IN));
        self.messages_out += i64::from(attempt && kind == Kind::MessageOut);
        self.notes += i64::from(signals.any(Signals::NOTE));
        if signals.any(Signals::CREATED) {
            self.source = Some(step.event.channel);
        }
    }

    /// What the value of a variable follows from, as a number.
    fn number(&self, variable: Variable, deal: &Deal<'_>, step: &Step) -> i64 {
        match variable {
            Variable::Stage | Variable::StageName | Variable::Pipeline => i64::from(deal.stage.0),
            Variable::Responsible => i64::from(deal.responsible.0),
            Variable::Title => i64::from(deal.title.0),
            Variable::Price => deal.prices.at(step.event.at).flatten().unwrap_or(i64::MIN),
            Variable::Client => i64::from(deal.client.0),
            Variable::Source => self.source.map_or(-1, |id| i64::from(id.0)),
            Variable::Reason => deal.reason.map_or(-1, |(id, _)| i64::from(id.0)),
            Variable::OpenTasks => deal.open_tasks as i64,
            Variable::Attempts => self.attempts,
            Variable::Conversations => self.conversations,
            Variable::Calls => self.calls,
            Variable::Meetings => self.meetings,
            Variable::MessagesIn => self.messages_in,
            Variable::MessagesOut => self.messages_out,
            Variable::Notes => self.notes,
        }
    }

    fn value(&self, variable: Variable, deal: &Deal<'_>, step: &Step) -> Value {
        let history: &History = deal.history;
        let pipelines = &history.pipelines;
        let text = |text: &str| Value::from(text);
        match variable {
            Variable::Stage => text(pipelines.stage_ids.get(deal.stage.0)),
            Variable::StageName => text(pipelines.stage_name(deal.stage)),
            Variable::Pipeline => {
                let pipeline = pipelines.pipeline(deal.stage);
                let listed = pipeline.and_then(|id| pipelines.pipelines.get(id.0 as usize));
                text(listed.map_or("", |pipeline| pipeline.id.as_str()))
            }
            Variable::Responsible => text(history.people.ids.get(deal.responsible.0)),
            Variable::Title => text(history.texts.get(deal.title)),
            Variable::Price => match deal.prices.at(step.event.at).flatten() {
                Some(hundredths) => Value::Float(hundredths as f64 / 100.0),
                None => Value::Null,
            },
            Variable::Client => text(history.clients.get(deal.client.0)),
            Variable::Source => text(self.source.map_or("", |id| history.channels.get(id.0))),
            Variable::Reason => text(deal.reason.map_or("", |(id, _)| history.fields.get(id.0))),
            Variable::OpenTasks => Value::Int(deal.open_tasks as i64),
            Variable::Attempts => Value::Int(self.attempts),
            Variable::Conversations => Value::Int(self.conversations),
            Variable::Calls => Value::Int(self.calls),
            Variable::Meetings => Value::Int(self.meetings),
            Variable::MessagesIn => Value::Int(self.messages_in),
            Variable::MessagesOut => Value::Int(self.messages_out),
            Variable::Notes => Value::Int(self.notes),
        }
    }
}

/// States remembered at most.
const MOST_KNOWN: usize = 1 << 14;

struct Judge<'r> {
    rule: &'r Custom,
    seen: Seen,
    waiting: Option<Start>,
    /// What the condition follows from now.
    state: Vec<i64>,
    /// States that the condition was reckoned in: deals come back to few of them.
    known: FxHashMap<Box<[i64]>, bool>,
}

impl Judge<'_> {
    /// Whether a step can have changed the condition.
    fn may_change(&self, step: &Step) -> bool {
        let begins = Signals::BEGUN | Signals::OPENED;
        if step.signals.any(Signals::FIELD) {
            let mut fields = self.rule.fields.iter();
            return fields.any(|(_, field)| *field == step.event.field());
        }
        step.signals.any(self.rule.changes | begins)
    }

    fn holds(&mut self, deal: &Deal<'_>, step: &Step) -> bool {
        self.state.clear();
        let asked = self.rule.asked.iter();
        self.state
            .extend(asked.map(|variable| self.seen.number(*variable, deal, step)));
        let fields = self.rule.fields.iter();
        self.state
            .extend(fields.map(|(_, id)| i64::from(deal.field(*id).0)));
        if let Some(holds) = self.known.get(&self.state[..]) {
            return *holds;
        }
        let holds = self.reckon(deal, step);
        if self.known.len() < MOST_KNOWN {
            self.known
                .insert(self.state.clone().into_boxed_slice(), holds);
        }
        holds
    }

    fn reckon(&self, deal: &Deal<'_>, step: &Step) -> bool {
        let field = |name: &str| {
            let id = self.rule.fields.iter().find(|(known, _)| known == name);
            let value = id
                .filter(|(_, id)| id.is_some())
                .map(|(_, id)| deal.field(*id));
            value.map_or_else(String::new, |value| {
                deal.history.texts.get(value).to_owned()
            })
        };
        let value = |name: &str| {
            let variable = Variable::named(name);
            variable.map_or(Value::Null, |variable| {
                self.seen.value(variable, deal, step)
            })
        };
        self.rule.when.holds(value, field)
    }
}

impl DealJudge for Judge<'_> {
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>) {
        self.seen.take(step);
        let holds = if !deal.is_open() {
            false
        } else if self.may_change(step) {
            self.holds(deal, step)
        } else {
            return;
        };
        match self.waiting {
            None if holds => self.waiting = Some(step.start()),
            Some(start) if !holds => {
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
        self.seen = Seen::default();
    }
}
