//! What makes two findings the same one: in numbers while judging, in words where it is kept.

use audit::judge::{Key, Subject};
use audit::rules::Scope;
use history::{
    ClientId, DealId, EmployeeId, FieldId, History, Instant, Names, Renumbered, StageId, TaskId,
};

/// The identity of a finding within a company, in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// The name of the rule's entry in the regulation.
    pub rule: String,
    /// What the rule judges as one: a word of [`SCOPES`].
    pub scope: &'static str,
    /// Which deal, client, employee, stage; of a group rule the employee. A client without an
    /// id is its deal, written `deal:ID`.
    pub key: String,
    /// What it is about within the scope: empty, or `task:ID`, `field:ID`, `stage:ID`,
    /// `day:DATE`, `month:YYYY-MM`, `text:HASH`.
    pub subject: String,
    /// When what is judged began.
    pub start: Instant,
    /// Tells findings apart that are otherwise the same, from 0.
    pub ordinal: u32,
}

/// The words for scopes.
pub const SCOPES: [&str; 5] = ["deal", "client", "employee", "group", "stage"];

pub(crate) fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Deal => SCOPES[0],
        Scope::Client => SCOPES[1],
        Scope::Employee => SCOPES[2],
        Scope::Group => SCOPES[3],
        Scope::Stage => SCOPES[4],
    }
}

/// The word for the scope of a rule whose findings belong to such a holder.
pub(crate) fn scope_of(holder: Holder) -> &'static str {
    scope_word(match holder {
        Holder::Key(Key::Deal(_)) => Scope::Deal,
        Holder::Key(Key::Client(..)) => Scope::Client,
        Holder::Key(Key::Employee(_)) => Scope::Employee,
        Holder::Member(_) | Holder::Key(Key::Month(_)) => Scope::Group,
        Holder::Key(Key::Stage(_)) => Scope::Stage,
    })
}

/// An identity in the numbers of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Slot {
    /// By the names of rules that a company has seen.
    pub rule: u32,
    pub holder: Holder,
    pub subject: SubjectOrder,
    pub start: Instant,
    pub ordinal: u32,
}

/// Whom a rule's finding belongs to: the key that is judged, but of group rules the employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Holder {
    Key(Key),
    Member(EmployeeId),
}

/// A subject that can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SubjectOrder(u8, u64);

impl From<Subject> for SubjectOrder {
    fn from(subject: Subject) -> SubjectOrder {
        match subject {
            Subject::Deal => SubjectOrder(0, 0),
            Subject::Task(id) => SubjectOrder(1, id.0.into()),
            Subject::Field(id) => SubjectOrder(2, id.0.into()),
            Subject::Stage(id) => SubjectOrder(3, id.0.into()),
            Subject::Day(day) => SubjectOrder(4, day as u32 as u64),
            Subject::Month(month) => SubjectOrder(5, month as u32 as u64),
            Subject::Text(hash) => SubjectOrder(6, hash),
        }
    }
}

impl SubjectOrder {
    fn words(self, history: &History) -> String {
        let SubjectOrder(kind, value) = self;
        let named = |names: &Names| names.get(value as u32).to_owned();
        match kind {
            0 => String::new(),
            1 => format!("task:{}", named(&history.tasks)),
            2 => format!("field:{}", named(&history.fields)),
            3 => format!("stage:{}", named(&history.pipelines.stage_ids)),
            4 => {
                let days = i64::from(value as u32 as i32);
                let date = jiff::civil::date(1970, 1, 1)
                    .saturating_add(jiff::Span::new().days(days.clamp(-4_000_000, 2_900_000)));
                format!("day:{date}")
            }
            5 => {
                let month = value as u32 as i32;
                let (year, month) = (1970 + month.div_euclid(12), month.rem_euclid(12) + 1);
                format!("month:{year:04}-{month:02}")
            }
            _ => format!("text:{value:016x}"),
        }
    }

    fn read(words: &str, history: &History) -> Option<SubjectOrder> {
        let find = |names: &Names, id: &str| {
            if id.is_empty() {
                Some(u32::MAX)
            } else {
                names.find(id)
            }
        };
        if words.is_empty() {
            return Some(Subject::Deal.into());
        }
        let (kind, id) = words.split_once(':')?;
        Some(match kind {
            "task" => Subject::Task(TaskId(find(&history.tasks, id)?)).into(),
            "field" => Subject::Field(FieldId(find(&history.fields, id)?)).into(),
            "stage" => Subject::Stage(StageId(find(&history.pipelines.stage_ids, id)?)).into(),
            "day" => {
                let date: jiff::civil::Date = id.parse().ok()?;
                let days = (date - jiff::civil::date(1970, 1, 1)).get_days();
                Subject::Day(days).into()
            }
            "month" => {
                let (year, month) = id.rsplit_once('-')?;
                let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
                Subject::Month((year - 1970) * 12 + month - 1).into()
            }
            "text" => Subject::Text(u64::from_str_radix(id, 16).ok()?).into(),
            _ => return None,
        })
    }

    fn month(self) -> Option<i32> {
        (self.0 == 5).then_some(self.1 as u32 as i32)
    }
}

impl Slot {
    /// In words; `rules` are the names of rules by number.
    pub fn words(&self, rules: &Names, history: &History) -> Identity {
        let employee = |id: EmployeeId| history.people.ids.get(id.0).to_owned();
        let deal = |id: DealId| history.deals.get(id.0).to_owned();
        let (scope, key) = match self.holder {
            Holder::Key(Key::Deal(id)) => (Scope::Deal, deal(id)),
            Holder::Key(Key::Client(id, of)) if id.is_none() => {
                (Scope::Client, format!("deal:{}", deal(of)))
            }
            Holder::Key(Key::Client(id, _)) => {
                (Scope::Client, history.clients.get(id.0).to_owned())
            }
            Holder::Key(Key::Employee(id)) => (Scope::Employee, employee(id)),
            Holder::Member(id) => (Scope::Group, employee(id)),
            Holder::Key(Key::Month(_)) => (Scope::Group, String::new()),
            Holder::Key(Key::Stage(id)) => (
                Scope::Stage,
                history.pipelines.stage_ids.get(id.0).to_owned(),
            ),
        };
        Identity {
            rule: rules.get(self.rule).to_owned(),
            scope: scope_word(scope),
            key,
            subject: self.subject.words(history),
            start: self.start,
            ordinal: self.ordinal,
        }
    }

    /// In numbers, with the key that is judged; none where the history does not know what the
    /// words name.
    pub fn read(words: &Identity, rules: &mut Names, history: &History) -> Option<(Key, Slot)> {
        let find = |names: &Names, id: &str| {
            if id.is_empty() {
                Some(u32::MAX)
            } else {
                names.find(id)
            }
        };
        let subject = SubjectOrder::read(&words.subject, history)?;
        let scope = SCOPES.iter().position(|scope| *scope == words.scope)?;
        let key = match scope {
            0 => Key::Deal(DealId(find(&history.deals, &words.key)?)),
            1 => match find(&history.clients, &words.key) {
                Some(client) => Key::Client(ClientId(client), DealId(0)),
                None => {
                    let deal = find(&history.deals, words.key.strip_prefix("deal:")?)?;
                    Key::Client(ClientId::NONE, DealId(deal))
                }
            },
            2 => Key::Employee(EmployeeId(find(&history.people.ids, &words.key)?)),
            3 => Key::Month(subject.month()?),
            _ => Key::Stage(StageId(find(&history.pipelines.stage_ids, &words.key)?)),
        };
        let holder = match key {
            Key::Month(_) => Holder::Member(EmployeeId(find(&history.people.ids, &words.key)?)),
            key => Holder::Key(key),
        };
        let slot = Slot {
            rule: rules.intern(&words.rule),
            holder,
            subject,
            start: words.start,
            ordinal: words.ordinal,
        };
        Some((key, slot))
    }

    /// After employees and stages got other numbers.
    pub fn renumber(&mut self, numbers: &Renumbered) {
        self.holder = match self.holder {
            Holder::Member(id) => Holder::Member(numbers.employee(id)),
            Holder::Key(key) => Holder::Key(renumbered_key(key, numbers)),
        };
        if self.subject.0 == 3 {
            let stage = numbers.stage(StageId(self.subject.1 as u32));
            self.subject = Subject::Stage(stage).into();
        }
    }
}

pub(crate) fn renumbered_key(key: Key, numbers: &Renumbered) -> Key {
    match key {
        Key::Employee(id) => Key::Employee(numbers.employee(id)),
        Key::Stage(id) => Key::Stage(numbers.stage(id)),
        other => other,
    }
}
