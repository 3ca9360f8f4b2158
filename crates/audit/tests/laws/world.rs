//! Made-up companies and what happens in them: small, and full of awkward cases.

use std::fmt;
use std::path::Path;

use history::write::{
    AbsenceRow, EmployeeRow, EventWriter, Format, MembershipRow, StageRow, write_account,
    write_stages,
};
use history::{
    Absence, AbsenceKind, Account, Builder, Employee, GroupId, History, Instant, Kind, Membership,
    Record, Reference, Role, StageKind,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// 2026-03-02, a Monday, 00:00 UTC: clocks change in America on the 8th, in Europe on the 29th.
pub const BEGINNING: Instant = 1_772_409_600_000;

/// The local date so many days after the first.
pub fn day(n: i64) -> Date {
    date(2026, 3, 2).saturating_add(n.days())
}

/// Stages with their pipelines; events name one more, which the account does not list.
const STAGES: [(&str, &str, StageKind); 12] = [
    ("sales", "new", StageKind::Open),
    ("sales", "work", StageKind::Open),
    ("sales", "offer", StageKind::Open),
    ("sales", "won", StageKind::Won),
    ("sales", "lost", StageKind::Lost),
    ("sales", "lost-too", StageKind::Lost),
    ("warm", "w-new", StageKind::Open),
    ("warm", "w-won", StageKind::Won),
    ("warm", "w-lost", StageKind::Lost),
    ("couriers", "c-road", StageKind::Open),
    ("couriers", "c-done", StageKind::Won),
    ("couriers", "c-back", StageKind::Lost),
];
const PEOPLE: usize = 6;
const DEALS: u8 = 6;
const TEXTS: [&str; 7] = [
    "",
    "ок",
    "клиент думает до пятницы",
    "договорились о замере",
    "Новая сделка",
    "Окна — Иванова, Тверь",
    "аааааа",
];
const FIELDS: [&str; 3] = ["Бюджет", "ИНН", ""];
const REASONS: [&str; 3] = ["Дорого", "Передумал", ""];
const CHANNELS: [&str; 3] = ["", "call", "mail"];

/// An employee.
#[derive(Clone, Debug)]
pub struct Person {
    memberships: Vec<Place>,
    absences: Vec<(i64, Option<i64>)>,
    active: bool,
    left: Option<i64>,
    hired: Option<i64>,
}

/// A group, a role and a shift for some days.
#[derive(Clone, Copy, Debug)]
struct Place {
    group: u8,
    role: u8,
    shift: u8,
    from: Option<i64>,
    days: Option<i64>,
}

/// Something that happens; columns that its kind does not use say nothing.
#[derive(Clone)]
pub struct Happening {
    pub at: Instant,
    pub deal: u8,
    pub kind: Kind,
    seq: Option<i64>,
    actor: u8,
    employee: u8,
    stage: u8,
    task: u8,
    due: Option<Instant>,
    text: u8,
    field: u8,
    amount: Option<u16>,
    channel: u8,
}

/// A company and all that happens in it.
#[derive(Clone, Debug)]
pub struct World {
    pub people: Vec<Person>,
    pub happenings: Vec<Happening>,
}

impl fmt::Debug for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Names::of("", self);
        let record = self.record(&names);
        write!(f, "{} {} {}", record.at, record.deal, self.kind.as_str())?;
        let columns = [
            ("actor", record.actor),
            ("employee", record.employee),
            ("stage", record.stage),
            ("task", record.task),
            ("text", record.text),
            ("field", record.field),
            ("channel", record.channel),
            ("client", record.client),
        ];
        for (column, value) in columns.iter().filter(|(_, value)| !value.is_empty()) {
            write!(f, " {column}={value:?}")?;
        }
        let numbers = [
            ("seq", record.seq),
            ("due", record.due),
            ("amount", record.amount.map(|amount| amount as i64)),
        ];
        for (column, value) in numbers {
            value.map_or(Ok(()), |value| write!(f, " {column}={value}"))?;
        }
        Ok(())
    }
}

/// The ids that a happening names; `prefix` keeps two companies apart.
struct Names {
    deal: String,
    actor: String,
    employee: String,
    task: String,
    client: String,
}

impl Names {
    fn of(prefix: &str, happening: &Happening) -> Names {
        let person = |place: u8| match place as usize {
            0 => String::new(),
            place if place <= PEOPLE => format!("{prefix}e{place}"),
            _ => format!("{prefix}stranger"),
        };
        let loose = happening.kind.may_lack_deal() && happening.task < 2;
        Names {
            deal: if loose {
                String::new()
            } else {
                format!("{prefix}d{}", happening.deal)
            },
            actor: person(happening.actor),
            employee: person(happening.employee),
            // The last id is one that all deals may name.
            task: match happening.task {
                0 => String::new(),
                4 => format!("{prefix}t"),
                n => format!("{prefix}t{}-{n}", happening.deal),
            },
            client: client(happening.deal).map_or(String::new(), |n| format!("{prefix}c{n}")),
        }
    }
}

/// The client of a deal: of some deals the same one, of some none.
pub fn client(deal: u8) -> Option<u8> {
    [Some(1), Some(1), None, Some(2), Some(2), None][deal as usize % 6]
}

impl Happening {
    fn record<'a>(&self, names: &'a Names) -> Record<'a> {
        let kind = self.kind;
        let is = |kinds: &[Kind]| kinds.contains(&kind);
        let task = is(&[
            Kind::TaskAdded,
            Kind::TaskMoved,
            Kind::TaskCompleted,
            Kind::TaskRemoved,
        ]);
        let contact = is(&[
            Kind::CallIn,
            Kind::CallOut,
            Kind::MessageIn,
            Kind::MessageOut,
            Kind::Meeting,
        ]);
        let when = |used: bool, value: &'a str| if used { value } else { "" };
        let stage = STAGES
            .get(self.stage as usize)
            .map_or("unlisted", |(_, stage, _)| stage);
        Record {
            seq: self.seq,
            deal: &names.deal,
            at: self.at,
            kind: Some(kind),
            actor: when(!contact || self.channel == 2, &names.actor),
            stage: when(is(&[Kind::Created, Kind::StageChanged]), stage),
            employee: when(
                contact || is(&[Kind::Created, Kind::ResponsibleChanged, Kind::TaskAdded]),
                &names.employee,
            ),
            task: when(task, &names.task),
            due: self.due.filter(|_| is(&[Kind::TaskAdded, Kind::TaskMoved])),
            text: TEXTS[self.text as usize % TEXTS.len()],
            field: match kind {
                Kind::FieldSet => FIELDS[self.field as usize],
                Kind::LossReasonSet => REASONS[self.field as usize],
                _ => "",
            },
            amount: self.amount.map(f64::from),
            client: when(
                is(&[Kind::Created, Kind::Payment, Kind::ClientLeft]),
                &names.client,
            ),
            channel: CHANNELS[self.channel as usize % CHANNELS.len()],
            ..Record::default()
        }
    }
}

/// The history of one company.
pub fn history<'w>(world: &World, happenings: impl IntoIterator<Item = &'w Happening>) -> History {
    together(&[("", world, happenings.into_iter().collect())])
}

/// The history of companies that have nothing to do with one another.
pub fn together(parts: &[(&str, &World, Vec<&Happening>)]) -> History {
    let mut builder = Builder::new(Account::default());
    for (pipeline, stage, kind) in STAGES {
        builder
            .stage(pipeline, stage, stage, kind)
            .expect("stages differ");
    }
    for (prefix, world, _) in parts {
        for (n, person) in (1..).zip(&world.people) {
            let employee = person.employee(&mut builder, prefix);
            builder
                .employee(&format!("{prefix}e{n}"), employee)
                .expect("people differ");
        }
    }
    for (prefix, _, happenings) in parts {
        for happening in happenings {
            let names = Names::of(prefix, happening);
            builder
                .event(&happening.record(&names))
                .unwrap_or_else(|reason| panic!("{happening:?}: {reason}"));
        }
    }
    builder.build()
}

/// People and stages as tables have them.
pub fn reference(people: &[Person]) -> Reference {
    let mut reference = Reference {
        stages: stage_rows(),
        ..Reference::default()
    };
    for (n, person) in (1..).zip(people) {
        person.write(&format!("e{n}"), &mut reference);
    }
    reference
}

/// Shows a happening as an event of a company alone.
pub fn as_record<T>(happening: &Happening, show: impl FnOnce(&Record<'_>) -> T) -> T {
    show(&happening.record(&Names::of("", happening)))
}

fn stage_rows() -> Vec<StageRow> {
    let row = |(pipeline, stage, kind): &(&str, &str, StageKind)| StageRow {
        pipeline: (*pipeline).to_owned(),
        stage: (*stage).to_owned(),
        kind: kind.as_str().to_owned(),
        ..StageRow::default()
    };
    STAGES.iter().map(row).collect()
}

/// Writes what happens into a folder, with the stages but without people.
pub fn write(folder: &Path, format: Format, world: &World) {
    write_account(folder, &Account::default()).expect("the folder is there");
    write_stages(folder, &stage_rows()).expect("as above");
    let mut writer = EventWriter::create(folder, format).expect("as above");
    for happening in &world.happenings {
        let names = Names::of("", happening);
        writer.write(&happening.record(&names)).expect("as above");
    }
    writer.finish().expect("as above");
}

impl Place {
    fn group(&self) -> String {
        match self.group {
            0 => String::new(),
            n => format!("g{n}"),
        }
    }

    fn role(&self) -> String {
        let role = Role::ALL.get(self.role as usize);
        role.map_or(String::new(), |role| role.as_str().to_owned())
    }

    fn shift(&self) -> String {
        ["", "three", "night", "unlisted"][self.shift as usize % 4].to_owned()
    }
}

impl Person {
    fn write(&self, id: &str, reference: &mut Reference) {
        let date = |n: Option<i64>| n.map_or(String::new(), |n| day(n).to_string());
        let always = self
            .memberships
            .iter()
            .find(|place| (place.from, place.days) == (None, None));
        let said = |say: fn(&Place) -> String| always.map_or(String::new(), say);
        reference.employees.push(EmployeeRow {
            id: id.to_owned(),
            group: said(Place::group),
            role: said(Place::role),
            shift: said(Place::shift),
            active: self.active,
            hired: date(self.hired),
            left: date(self.left),
            ..EmployeeRow::default()
        });
        for place in &self.memberships {
            let to = place.days.map(|days| place.from.unwrap_or_default() + days);
            if (place.from, to) != (None, None) {
                reference.memberships.push(MembershipRow {
                    employee: id.to_owned(),
                    group: place.group(),
                    role: place.role(),
                    shift: place.shift(),
                    from: date(place.from),
                    to: date(to),
                });
            }
        }
        for (from, length) in &self.absences {
            let from = BEGINNING + from * MINUTE;
            reference.absences.push(AbsenceRow {
                employee: id.to_owned(),
                from: from.to_string(),
                to: length.map_or(String::new(), |length| (from + length * MINUTE).to_string()),
                kind: "vacation".to_owned(),
            });
        }
    }

    fn employee(&self, builder: &mut Builder, prefix: &str) -> Employee {
        let mut membership = |place: &Place| Membership {
            group: match place.group {
                0 => GroupId::NONE,
                n => builder.group(&format!("{prefix}g{n}"), ""),
            },
            role: Role::ALL.get(place.role as usize).copied(),
            shift: [None, Some("three"), Some("night"), Some("unlisted")][place.shift as usize % 4]
                .map(str::to_owned),
            from: place.from.map(day),
            to: place
                .days
                .map(|days| day(place.from.unwrap_or_default() + days)),
        };
        let away = |(from, length): &(i64, Option<i64>)| {
            let from = BEGINNING + from * MINUTE;
            Absence {
                from,
                to: length.map(|length| from + length * MINUTE),
                kind: AbsenceKind::Vacation,
            }
        };
        Employee {
            name: String::new(),
            active: self.active,
            hired: self.hired.map(day),
            left: self.left.map(day),
            memberships: self.memberships.iter().map(&mut membership).collect(),
            absences: self.absences.iter().map(away).collect(),
        }
    }
}

/// Minutes since the beginning; working hours and a few days more often than others, so that
/// much happens at one instant.
fn minutes() -> impl Strategy<Value = i64> {
    let daytime =
        |days: i64| (0..days, 0..40i64).prop_map(|(day, slot)| day * 1440 + 420 + slot * 15);
    prop_oneof![
        6 => daytime(4),
        3 => daytime(32),
        2 => (0..32 * 24 * 4i64).prop_map(|quarter| quarter * 15),
        1 => 0..32 * 1440i64,
    ]
}

fn place() -> impl Strategy<Value = Place> {
    (
        0..3u8,
        0..6u8,
        0..6u8,
        option::of(0..30i64),
        option::of(1..20i64),
    )
        .prop_map(|(group, role, shift, from, days)| Place {
            group,
            role,
            shift,
            from,
            days,
        })
}

fn person() -> impl Strategy<Value = Person> {
    // Most belong somewhere for all time; some come from elsewhere.
    let last = (1..3u8, 0..3u8, 0..6u8).prop_map(|(group, role, shift)| Place {
        group,
        role,
        shift,
        from: None,
        days: None,
    });
    (
        vec(place(), 0..2),
        option::weighted(0.9, last),
        vec((minutes(), option::weighted(0.9, 30..4000i64)), 0..3),
        any::<[bool; 2]>(),
        option::weighted(0.3, -3..30i64),
        option::weighted(0.2, -3..30i64),
    )
        .prop_map(
            |(mut memberships, last, absences, active, left, hired)| Person {
                memberships: {
                    memberships.extend(last);
                    memberships
                },
                absences,
                active: active != [false; 2],
                left,
                hired,
            },
        )
}

/// What mostly happens in a world; the fewer things there are, the more they have to do with
/// one another.
#[derive(Clone, Copy, Debug)]
struct Theme {
    kinds: &'static [Kind],
    deals: u8,
    people: u8,
    tasks: u8,
    /// Of all stages, so many of these in a row.
    stages: &'static [u8],
}

/// Every kind, the open stages and the common kinds more often.
const ANYTHING: Theme = Theme {
    kinds: Kind::ALL,
    deals: DEALS,
    people: PEOPLE as u8 + 2,
    tasks: 5,
    stages: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
};
const TASKS: Theme = Theme {
    kinds: &[
        Kind::TaskAdded,
        Kind::TaskAdded,
        Kind::TaskAdded,
        Kind::TaskMoved,
        Kind::TaskMoved,
        Kind::TaskCompleted,
        Kind::TaskCompleted,
        Kind::TaskRemoved,
        Kind::StageChanged,
        Kind::ResponsibleChanged,
    ],
    deals: 4,
    people: 4,
    tasks: 5,
    stages: &[0, 1, 2, 3, 4, 12],
};
const CLOSINGS: Theme = Theme {
    kinds: &[
        Kind::StageChanged,
        Kind::StageChanged,
        Kind::StageChanged,
        Kind::StageChanged,
        Kind::LossReasonSet,
        Kind::ResponsibleChanged,
        Kind::FieldSet,
        Kind::CallOut,
    ],
    deals: DEALS,
    people: 4,
    tasks: 2,
    stages: &[0, 1, 2, 3, 4, 4, 5, 8, 11],
};
const TALKS: Theme = Theme {
    kinds: &[
        Kind::CallIn,
        Kind::CallOut,
        Kind::MessageIn,
        Kind::MessageOut,
        Kind::NoteAdded,
        Kind::Meeting,
        Kind::ResponsibleChanged,
        Kind::StageChanged,
        Kind::TaskAdded,
        Kind::TaskCompleted,
        Kind::Payment,
        Kind::Payment,
    ],
    deals: 4,
    people: 4,
    tasks: 3,
    stages: &[0, 1, 2, 3, 4, 9],
};

impl Theme {
    /// The same happening among fewer things.
    fn among(&self, happening: &mut Happening, kind: u8) {
        happening.kind = self.kinds[kind as usize % self.kinds.len()];
        happening.deal %= self.deals;
        happening.actor %= self.people;
        happening.employee %= self.people;
        happening.task %= self.tasks;
        happening.stage = self.stages[happening.stage as usize % self.stages.len()];
    }
}

prop_compose! {
    fn happening()(
        at in minutes(),
        deal in 0..DEALS,
        seq in option::weighted(0.1, -2..3i64),
        (actor, employee) in (0..PEOPLE as u8 + 2, 0..PEOPLE as u8 + 2),
        stage in any::<u8>(),
        (task, due) in (0..5u8, option::weighted(0.95, minutes())),
        (text, field, channel) in (0..7u8, 0..3u8, 0..3u8),
        amount in option::of(prop_oneof![Just(0), Just(29), Just(30), 0..500u16]),
    ) -> Happening {
        let instant = |minutes: i64| BEGINNING + minutes * MINUTE;
        Happening {
            at: instant(at),
            deal,
            kind: Kind::NoteAdded,
            seq,
            actor,
            employee,
            stage,
            task,
            due: due.map(instant),
            text,
            field,
            amount,
            channel,
        }
    }
}

/// A task from its setting to its end: it does what tasks at random seldom do.
fn errand() -> impl Strategy<Value = Vec<Happening>> {
    let later = || (0..200i64, -60..3000i64);
    (
        happening(),
        later(),
        vec(later(), 0..4),
        option::weighted(0.8, later()),
        2..4u8,
    )
        .prop_map(|(added, first, moves, completed, text)| {
            let mut at = added.at;
            let mut next = |kind, (quarters, due): (i64, i64), text| {
                at += quarters * 15 * MINUTE;
                let due = Some(at + due * MINUTE);
                Happening {
                    at,
                    kind,
                    due,
                    text,
                    ..added.clone()
                }
            };
            let mut happenings = vec![next(Kind::TaskAdded, first, added.text)];
            happenings.extend(moves.into_iter().map(|to| next(Kind::TaskMoved, to, 0)));
            happenings.extend(completed.map(|to| next(Kind::TaskCompleted, to, text)));
            happenings
        })
}

/// How a deal begins: mostly with `created`, early, in an open stage.
fn creation() -> impl Strategy<Value = Option<Happening>> {
    let early = (happening(), 0..60i64, 0..8u8, any::<bool>());
    let created = early.prop_map(|(happening, quarter, stage, open)| Happening {
        at: BEGINNING + quarter * 15 * MINUTE,
        kind: Kind::Created,
        stage: if open {
            [0, 1, 2, 6][stage as usize % 4]
        } else {
            happening.stage % (STAGES.len() as u8 + 1)
        },
        seq: None,
        ..happening
    });
    option::weighted(0.85, created)
}

/// A deal closed with a reason, from an open stage that it had just entered.
fn ending() -> impl Strategy<Value = Vec<Happening>> {
    let ways = prop::sample::select(vec![(0, 4), (1, 4), (2, 5), (2, 3), (1, 3), (6, 8), (6, 7)]);
    (happening(), ways, 0..3i64).prop_map(|(event, (open, closed), order)| {
        let step = |kind, stage, later: i64| Happening {
            at: event.at + later * 15 * MINUTE,
            kind,
            stage,
            ..event.clone()
        };
        vec![
            step(Kind::StageChanged, open, 0),
            // Before the closing, with it, or after it.
            step(Kind::LossReasonSet, 0, order),
            step(Kind::StageChanged, closed, 1),
        ]
    })
}

/// A company with up to so many events.
pub fn world(events: usize) -> impl Strategy<Value = World> {
    let theme = prop::sample::select(vec![ANYTHING, TASKS, CLOSINGS, TALKS]);
    let happenings = vec((happening(), any::<u8>()), 0..events);
    let errands = prop_oneof![vec(errand(), 0..3), vec(errand(), 0..events / 4)];
    let endings = prop_oneof![vec(ending(), 0..3), vec(ending(), 0..events / 4)];
    (
        theme,
        vec(person(), PEOPLE),
        vec(creation(), DEALS as usize),
        happenings,
        errands,
        endings,
        any::<bool>(),
    )
        .prop_map(
            |(theme, people, creations, happenings, errands, endings, seqs)| {
                let themed = happenings.into_iter().map(|(mut happening, kind)| {
                    theme.among(&mut happening, kind);
                    happening
                });
                let mut happenings: Vec<Happening> = themed.collect();
                for (deal, creation) in (0..).zip(creations) {
                    let creation = creation.map(|it| Happening {
                        deal,
                        employee: it.employee % theme.people,
                        ..it
                    });
                    happenings.extend(creation);
                }
                happenings.extend(endings.into_iter().flatten());
                for (task, errand) in (10..).zip(errands) {
                    happenings.extend(errand.into_iter().map(|mut happening| {
                        happening.deal %= theme.deals;
                        happening.actor %= 3;
                        happening.employee %= 3;
                        Happening { task, ..happening }
                    }));
                }
                // A history where nothing has a `seq` is the common case.
                if !seqs {
                    happenings.iter_mut().for_each(|event| event.seq = None);
                }
                World { people, happenings }
            },
        )
}

/// The same company, no two events at one instant.
pub fn world_of_distinct_instants(events: usize) -> impl Strategy<Value = World> {
    world(events).prop_map(|mut world| {
        (0..)
            .zip(&mut world.happenings)
            .for_each(|(n, event)| event.at += n);
        world
    })
}

/// An instant at or near something that happens, or anywhere.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    near: u8,
    n: u16,
}

impl Moment {
    pub fn in_world(self, world: &World) -> Instant {
        let happenings = &world.happenings;
        let near = happenings
            .get(self.n as usize % happenings.len().max(1))
            .map_or(BEGINNING, |event| event.at);
        match self.near {
            0 | 1 => near,
            2 => near - 1,
            3 => near + 1,
            4 => near + i64::from(self.n % 100) * 15 * MINUTE,
            _ => BEGINNING + i64::from(self.n % 400) * DAY / 10,
        }
    }
}

pub fn moment() -> impl Strategy<Value = Moment> {
    (0..6u8, any::<u16>()).prop_map(|(near, n)| Moment { near, n })
}
