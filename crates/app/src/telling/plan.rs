//! Who is told of a finding, and how soon: pure.

use audit::regulation::{Entry, Severity, Tell};
use history::Instant;

use super::hours::Hours;

/// Whom a regulation's `tells` may name, the nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Whom {
    /// Whom the finding is held against.
    Employee,
    /// Who led their group at the breach.
    Lead,
    /// The coordinator.
    Coordinator,
    /// The head of sales.
    Head,
    /// The director.
    Director,
}

impl Whom {
    /// All of them, in the order of [`Tell::WHOM`].
    pub const ALL: [Whom; 5] = [
        Whom::Employee,
        Whom::Lead,
        Whom::Coordinator,
        Whom::Head,
        Whom::Director,
    ];

    /// Who hears of it where everybody of this kind is away.
    fn above(self) -> Option<Whom> {
        match self {
            Whom::Employee => Some(Whom::Lead),
            Whom::Lead | Whom::Coordinator => Some(Whom::Head),
            Whom::Head => Some(Whom::Director),
            Whom::Director => None,
        }
    }
}

/// Who is told how soon by an entry of a regulation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tells([Tell; 5]);

impl Tells {
    /// As the entry says. Whom it does not name: of overdue tasks and of what is gross the employee
    /// and the head hear at once, of everything else the employee with the daily note; the lead
    /// hears of all with the note, the head with the weekly report.
    pub fn of(entry: &Entry) -> Tells {
        let urgent = entry.severity == Severity::Gross || entry.rule.code == "overdue-task";
        Tells(std::array::from_fn(|place| {
            let said = entry.tells.get(Tell::WHOM[place]).copied();
            said.unwrap_or(match Whom::ALL[place] {
                Whom::Employee | Whom::Head if urgent => Tell::Now,
                Whom::Employee | Whom::Lead => Tell::Daily,
                Whom::Head => Tell::Weekly,
                Whom::Coordinator | Whom::Director => Tell::Never,
            })
        }))
    }

    /// How soon somebody is told.
    pub fn whom(&self, whom: Whom) -> Tell {
        self.0[whom as usize]
    }

    /// Whether anybody is to be told at once.
    pub fn at_once(&self) -> bool {
        self.0.contains(&Tell::Now)
    }
}

/// Somebody who may be told.
#[derive(Clone, Copy)]
pub struct Recipient<'a> {
    /// The person.
    pub person: &'a str,
    /// As whom.
    pub whom: Whom,
    /// When they may be told something, absences taken off.
    pub hours: Hours<'a>,
    /// The same as if they were never absent.
    pub rota: Hours<'a>,
    /// Until when their notices are paused; none: they are not.
    pub paused: Option<Instant>,
}

impl Recipient<'_> {
    /// Whether an absence keeps them from hearing of something on the day on which they would.
    fn is_away(&self, now: Instant) -> bool {
        let Some(planned) = self.rota.open(now) else {
            return false;
        };
        let zone = self.hours.zone;
        self.hours
            .open(now)
            .is_none_or(|open| zone.date(open) > zone.date(planned))
    }

    /// When they hear of something that is to be told at once; none: with the next note.
    fn due(&self, now: Instant) -> Option<Instant> {
        let due = self.hours.open(now)?;
        self.paused.is_none_or(|until| until <= now).then_some(due)
    }
}

/// That somebody is told at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Planned<'a> {
    /// The person.
    pub person: &'a str,
    /// Whom the regulation names.
    pub named: Whom,
    /// Whether they hear of it in the place of whom the regulation names, who is away.
    pub stands_in: bool,
    /// When.
    pub due: Instant,
}

/// Who is told of a finding at once, and when. `people` are all who might be, of every kind. Whoever
/// is not listed hears of it with the note, as the regulation says.
///
/// It goes out in working hours and outside quiet hours. Where everybody of a kind is away it goes to
/// the next above: from the employee to the lead, from there to the head and to the director. Where
/// notices are paused nothing goes out; the note after the pause has it.
pub fn plan<'a>(tells: &Tells, people: &[Recipient<'a>], now: Instant) -> Vec<Planned<'a>> {
    let mut planned: Vec<Planned<'a>> = Vec::new();
    for named in Whom::ALL {
        if tells.whom(named) != Tell::Now {
            continue;
        }
        let (whom, present) = present(named, people, now);
        for recipient in present {
            let Some(due) = recipient.due(now) else {
                continue;
            };
            // One hears of it once, for oneself rather than for another.
            if planned.iter().any(|known| known.person == recipient.person) {
                continue;
            }
            planned.push(Planned {
                person: recipient.person,
                named,
                stands_in: whom != named,
                due,
            });
        }
    }
    planned
}

/// Who of a kind is there; where there are some and all are away, who is there of the next above.
fn present<'p, 'a>(
    named: Whom,
    people: &'p [Recipient<'a>],
    now: Instant,
) -> (Whom, Vec<&'p Recipient<'a>>) {
    let of = |whom: Whom| people.iter().filter(move |one| one.whom == whom);
    let mut whom = named;
    if of(named).next().is_none() {
        return (named, Vec::new());
    }
    loop {
        let there: Vec<&Recipient<'a>> = of(whom).filter(|one| !one.is_away(now)).collect();
        if !there.is_empty() {
            return (whom, there);
        }
        match whom.above() {
            Some(above) => whom = above,
            // Nobody is there at all: it waits for whom it was meant for.
            None => return (named, of(named).collect()),
        }
    }
}
