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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use worktime::{Calendar, Clock, Country, Hours as Open, Schedule, Shift, Zone};

    use super::super::hours::Quiet;
    use super::*;

    fn open(texts: &[&str]) -> Open {
        Open::parse(texts).expect("hours")
    }

    fn office(zone: &Zone) -> Clock {
        let day = open(&["09:00-13:00", "14:00-18:00"]);
        let off = Open::closed();
        let week = [
            day.clone(),
            day.clone(),
            day.clone(),
            day.clone(),
            day,
            off.clone(),
            off,
        ];
        Clock::new(Schedule::Company(Arc::new(Calendar {
            zone: zone.clone(),
            week,
            country: Some(Country::Russia),
            exceptions: Default::default(),
        })))
    }

    fn shift(zone: &Zone) -> Clock {
        Clock::new(Schedule::Shift(Arc::new(Shift {
            zone: zone.clone(),
            on: 3,
            off: 3,
            anchor: date(2026, 4, 13),
            hours: open(&["10:00-20:00"]),
        })))
    }

    fn moscow() -> Zone {
        Zone::new("Europe/Moscow").expect("a zone")
    }

    fn at(zone: &Zone, month: i8, day: i8, hour: i8, minute: i8) -> Instant {
        zone.instant_from(date(2026, month, day).at(hour, minute, 0, 0))
    }

    fn all(tell: Tell) -> Tells {
        Tells([tell; 5])
    }

    fn only(whom: Whom) -> Tells {
        let mut tells = [Tell::Never; 5];
        tells[whom as usize] = Tell::Now;
        Tells(tells)
    }

    #[test]
    fn something_at_once_waits_for_hours_in_which_one_may_be_told() {
        let zone = moscow();
        let (office, shift) = (office(&zone), shift(&zone));
        let evening = [Quiet::parse("17:30-09:30").expect("quiet")];
        // 14 April 2026 is a Tuesday; 1 May, a Friday, is a holiday, 30 April a short day.
        for (what, clock, quiet, found, told) in [
            (
                "at work",
                &office,
                &[][..],
                (4, 14, 11, 20),
                (4, 14, 11, 20),
            ),
            ("at lunch", &office, &[], (4, 14, 13, 20), (4, 14, 14, 0)),
            ("at night", &office, &[], (4, 14, 23, 0), (4, 15, 9, 0)),
            (
                "on the weekend",
                &office,
                &[],
                (4, 18, 12, 0),
                (4, 20, 9, 0),
            ),
            ("on a holiday", &office, &[], (5, 1, 12, 0), (5, 4, 9, 0)),
            (
                "after a short day",
                &office,
                &[],
                (4, 30, 17, 30),
                (5, 4, 9, 0),
            ),
            (
                "within quiet hours",
                &office,
                &evening,
                (4, 14, 17, 40),
                (4, 15, 9, 30),
            ),
            (
                "before quiet hours end",
                &office,
                &evening,
                (4, 14, 9, 10),
                (4, 14, 9, 30),
            ),
            (
                "on a shift's day off",
                &shift,
                &[],
                (4, 16, 12, 0),
                (4, 19, 10, 0),
            ),
            (
                "on a shift's Sunday",
                &shift,
                &[],
                (4, 19, 12, 0),
                (4, 19, 12, 0),
            ),
        ] {
            let hours = Hours {
                clock,
                zone: &zone,
                quiet,
            };
            let (month, day, hour, minute) = found;
            let now = at(&zone, month, day, hour, minute);
            let anna = Recipient {
                person: "anna",
                whom: Whom::Employee,
                hours,
                rota: hours,
                paused: None,
            };
            let planned = plan(&all(Tell::Now), &[anna], now);
            let (month, day, hour, minute) = told;
            assert_eq!(planned.len(), 1, "{what}");
            assert_eq!(
                planned[0].due,
                at(&zone, month, day, hour, minute),
                "{what}"
            );
            assert!(!planned[0].stands_in, "{what}");
        }
    }

    #[test]
    fn hours_hold_where_clocks_change() {
        let zone = Zone::new("Europe/Berlin").expect("a zone");
        let clock = Clock::new(Schedule::Shift(Arc::new(Shift {
            zone: zone.clone(),
            on: 1,
            off: 0,
            anchor: date(2026, 1, 1),
            hours: open(&["09:00-18:00"]),
        })));
        let hours = Hours {
            clock: &clock,
            zone: &zone,
            quiet: &[],
        };
        for (month, day) in [(3, 28), (10, 24)] {
            let evening = at(&zone, month, day, 20, 0);
            let morning = at(&zone, month, day + 1, 9, 0);
            assert_eq!(hours.open(evening), Some(morning), "{month}");
            let note = hours.note(date(2026, month, day + 1), None, 1_800_000);
            assert_eq!(note, Some(at(&zone, month, day + 1, 9, 30)), "{month}");
        }
    }

    #[test]
    fn a_note_is_due_after_work_begins_in_the_companys_zone() {
        let zone = Zone::new("Asia/Yekaterinburg").expect("a zone");
        let (office, shift) = (office(&zone), shift(&zone));
        let quiet = [Quiet::parse("08:00-10:15").expect("quiet")];
        let hours = |clock, quiet| Hours {
            clock,
            zone: &zone,
            quiet,
        };
        let half = 30 * 60_000;
        let tuesday = date(2026, 4, 14);
        let due = |hours: Hours<'_>, day, time| hours.note(day, time, half);
        let at = |hour, minute| Some(at(&zone, 4, 14, hour, minute));
        assert_eq!(due(hours(&office, &[]), tuesday, None), at(9, 30));
        assert_eq!(due(hours(&shift, &[]), tuesday, None), at(10, 30));
        assert_eq!(due(hours(&office, &quiet), tuesday, None), at(10, 15));
        let eight = Some(jiff::civil::time(8, 0, 0, 0));
        assert_eq!(due(hours(&office, &[]), tuesday, eight), at(9, 0));
        let noon = Some(jiff::civil::time(13, 15, 0, 0));
        assert_eq!(due(hours(&office, &[]), tuesday, noon), at(14, 0));
        // After work it would reach nobody.
        let night = Some(jiff::civil::time(22, 0, 0, 0));
        assert_eq!(due(hours(&office, &[]), tuesday, night), None);
        assert_eq!(due(hours(&office, &[]), date(2026, 4, 18), None), None);
        assert_eq!(due(hours(&shift, &[]), date(2026, 4, 16), None), None);
    }

    #[test]
    fn what_would_reach_somebody_away_goes_to_the_next_above() {
        let zone = moscow();
        let clock = office(&zone);
        let away = clock.without(&[(at(&zone, 4, 13, 0, 0), Some(at(&zone, 4, 20, 0, 0)))]);
        let dentist = clock.without(&[(at(&zone, 4, 14, 9, 0), Some(at(&zone, 4, 14, 12, 0)))]);
        let rota = Hours {
            clock: &clock,
            zone: &zone,
            quiet: &[],
        };
        let one = |person, whom, clock| Recipient {
            person,
            whom,
            hours: Hours { clock, ..rota },
            rota,
            paused: None,
        };
        let now = at(&zone, 4, 14, 10, 0);
        let told = |tells: Tells, people: &[Recipient<'_>]| -> Vec<(String, bool)> {
            let planned = plan(&tells, people, now);
            let told = planned
                .iter()
                .map(|one| (one.person.to_owned(), one.stands_in));
            told.collect()
        };
        let said = |person: &str, stands_in| vec![(person.to_owned(), stands_in)];
        let employee = only(Whom::Employee);
        let people = |anna, clara, head| {
            [
                one("anna", Whom::Employee, anna),
                one("clara", Whom::Lead, clara),
                one("head", Whom::Head, head),
                one("director", Whom::Director, &clock),
            ]
        };
        let (here, gone) = (&clock, &away);
        assert_eq!(
            told(employee, &people(here, here, here)),
            said("anna", false)
        );
        assert_eq!(
            told(employee, &people(gone, here, here)),
            said("clara", true)
        );
        assert_eq!(
            told(employee, &people(gone, gone, here)),
            said("head", true)
        );
        assert_eq!(
            told(employee, &people(gone, gone, gone)),
            said("director", true)
        );
        assert_eq!(
            told(only(Whom::Head), &people(here, here, gone)),
            said("director", true)
        );
        // Some hours away are no absence: it waits.
        assert_eq!(
            told(employee, &people(&dentist, here, here)),
            said("anna", false)
        );
        // Nobody stands in for somebody who cannot come in at all.
        assert_eq!(told(employee, &people(here, here, here)[1..]), []);
        // Where nobody is there it waits.
        let alone = [one("anna", Whom::Employee, gone)];
        assert_eq!(told(employee, &alone), said("anna", false));
        assert_eq!(plan(&employee, &alone, now)[0].due, at(&zone, 4, 20, 9, 0));
    }

    #[test]
    fn a_pause_leaves_it_to_the_note_and_everybody_hears_once() {
        let zone = moscow();
        let clock = office(&zone);
        let hours = Hours {
            clock: &clock,
            zone: &zone,
            quiet: &[],
        };
        let one = |person, whom, paused| Recipient {
            person,
            whom,
            hours,
            rota: hours,
            paused,
        };
        let now = at(&zone, 4, 14, 10, 0);
        let people = [
            one("clara", Whom::Employee, None),
            one("clara", Whom::Lead, None),
            one("head", Whom::Head, Some(now + 1)),
            one("other head", Whom::Head, Some(now)),
        ];
        let planned = plan(&all(Tell::Now), &people, now);
        let told: Vec<_> = planned.iter().map(|one| (one.person, one.named)).collect();
        assert_eq!(
            told,
            [("clara", Whom::Employee), ("other head", Whom::Head)]
        );
        for tell in [Tell::Daily, Tell::Weekly, Tell::Never] {
            assert_eq!(plan(&all(tell), &people, now), []);
        }
    }

    #[test]
    fn overdue_tasks_and_gross_violations_are_told_at_once() {
        let regulation = audit::regulation::Version::parse(audit::regulation::STARTER, "s.toml");
        let regulation = regulation.expect("the starter");
        for entry in &regulation.entries {
            let tells = Tells::of(entry);
            let urgent = entry.severity == Severity::Gross || entry.rule.code == "overdue-task";
            for (whom, word) in [(Whom::Employee, "employee"), (Whom::Head, "head")] {
                if urgent && !entry.tells.contains_key(word) {
                    assert_eq!(tells.whom(whom), Tell::Now, "{} {word}", entry.name);
                }
            }
            for (whom, word) in Whom::ALL.into_iter().zip(Tell::WHOM) {
                if let Some(said) = entry.tells.get(*word) {
                    assert_eq!(tells.whom(whom), *said, "{} {word}", entry.name);
                }
            }
        }
        let overdue = regulation
            .entries
            .iter()
            .find(|one| one.rule.code == "overdue-task");
        let overdue = Tells::of(overdue.expect("the starter has it"));
        assert_eq!(overdue.whom(Whom::Employee), Tell::Now);
        assert_eq!(overdue.whom(Whom::Head), Tell::Now);
    }
}
