//! What is kept up to date event by event is what one audit of everything finds.

// Helpers of tests may fail loudly too; the made-up companies are those of the judge's laws.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../../audit/tests/laws/demands.rs"]
mod demands;
#[allow(dead_code)]
#[path = "../../../audit/tests/laws/world.rs"]
mod world;

use std::collections::BTreeMap;

use audit::judge::{Clocks, Judge, Tenure};
use audit::regulation::{ClockKind, Regulation};
use history::{Builder, EmployeeId, History, Instant};
use live::{Change, Live, Row, What};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use demands::{Demands, demands};
use world::{BEGINNING, DAY, Happening, Person, World, as_record, day, reference, world};

/// What a company lives through, in the order of arrival.
#[derive(Clone, Debug)]
enum Turn {
    /// So many of the next events arrive together.
    Events(usize),
    /// Time passes, in minutes.
    Time(i64),
    /// Time passes until something falls due.
    Due,
    /// So many of the people are listed from now on.
    People(usize),
    /// The regulation gets a version from a day on.
    Version(i64),
    /// The program is started anew.
    Restart,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        8 => (1..9usize).prop_map(Turn::Events),
        4 => (0..5000i64).prop_map(Turn::Time),
        4 => Just(Turn::Due),
        1 => (0..7usize).prop_map(Turn::People),
        1 => (0..30i64).prop_map(Turn::Version),
        2 => Just(Turn::Restart),
    ]
}

/// What was done so far, enough to audit it in one go.
struct Past<'w> {
    people: &'w [Person],
    arrived: &'w [Happening],
    versions: Vec<i64>,
    demands: &'w Demands,
}

impl Past<'_> {
    fn history(&self) -> History {
        let mut builder = Builder::of(&reference(self.people));
        for happening in self.arrived {
            as_record(happening, |record| builder.event(record)).unwrap();
        }
        builder.build()
    }

    fn regulation(&self) -> Regulation {
        let dates: Vec<_> = self.versions.iter().map(|n| day(*n)).collect();
        self.demands.starting_on(&dates)
    }

    /// The findings of one audit, as text.
    fn audited(&self, now: Instant) -> Vec<String> {
        let (history, regulation) = (self.history(), self.regulation());
        let findings = Judge::new(&history, &regulation).judge(now, None).findings;
        let show = |finding: &audit::judge::Finding| {
            let version = &regulation.versions()[finding.version as usize];
            let entry = &version.entries[finding.entry as usize];
            format!(
                "{} {:?} {:?} {:?} {} {} {:?} {} {:?} {}",
                entry.name,
                history.deals.get(finding.deal.0),
                history.people.ids.get(finding.employee.0),
                history.pipelines.stage_ids.get(finding.stage.0),
                finding.start,
                finding.at,
                finding.until,
                entry.severity.as_str(),
                finding.amount,
                finding.count,
            )
        };
        let mut shown: Vec<String> = findings.iter().map(show).collect();
        shown.sort();
        shown
    }
}

fn show(row: &Row) -> String {
    let (identity, values) = (&row.identity, &row.values);
    format!(
        "{} {:?} {:?} {:?} {} {} {:?} {} {:?} {}",
        identity.rule,
        values.deal,
        values.employee,
        values.stage,
        identity.start,
        values.at,
        values.until,
        values.severity,
        values.amount,
        values.count,
    )
}

fn rows(live: &Live) -> Vec<Row> {
    (0..live.len() as u32)
        .map(|n| live.row(n).unwrap())
        .collect()
}

fn standing(live: &Live) -> Vec<String> {
    let rows = rows(live);
    let mut shown: Vec<String> = rows.iter().filter(|row| row.standing).map(show).collect();
    shown.sort();
    shown
}

/// The lists that are made when they are first asked for are those of what stands now.
fn in_order(live: &Live) -> Result<(), TestCaseError> {
    let mut standing: Vec<_> = live.standing().collect();
    standing.sort_by_key(|(number, finding)| (finding.at, *number));
    let numbers: Vec<u32> = standing.iter().map(|(number, _)| *number).collect();
    prop_assert_eq!(live.by_breach(), numbers);
    let tenures: Vec<Tenure> = live.tenures().copied().collect();
    prop_assert_eq!(live.all_tenures(), tenures);
    let clocks = Clocks::new(live.regulation().latest(), live.history());
    let listed = (0..live.history().people.ids.len() as u32).map(EmployeeId);
    for employee in listed.chain([EmployeeId::NONE]) {
        let theirs = standing.iter().filter(|(_, one)| one.employee == employee);
        let theirs: Vec<u32> = theirs.map(|(number, _)| *number).collect();
        prop_assert_eq!(live.against(employee), theirs);
        let tenures = live.tenures().filter(|one| one.employee == employee);
        let tenures: Vec<Tenure> = tenures.copied().collect();
        prop_assert_eq!(live.tenures_of(employee), tenures);
        let month = |clocks: &Clocks| {
            let clock = clocks.less_absences(ClockKind::Responsible, employee);
            clock.work(BEGINNING, BEGINNING + 30 * DAY)
        };
        prop_assert_eq!(month(live.clocks()), month(&clocks));
    }
    Ok(())
}

/// What somebody who is told only of changes knows.
#[derive(Default)]
struct Follower(Vec<Row>);

impl Follower {
    fn follow(&mut self, live: &Live, changes: &[Change]) -> Result<(), TestCaseError> {
        for change in changes {
            let row = live.row(change.number).unwrap();
            let number = change.number as usize;
            match change.what {
                What::Raised => prop_assert_eq!(number, self.0.len()),
                What::Returned => prop_assert!(!self.0[number].standing),
                What::Withdrawn | What::Changed => {
                    prop_assert!(self.0[number].standing);
                    prop_assert_eq!(&self.0[number].identity, &row.identity);
                }
                What::Moved => prop_assert_ne!(&self.0[number].identity, &row.identity),
            }
            prop_assert_eq!(row.standing, change.what != What::Withdrawn);
            if number == self.0.len() {
                self.0.push(row);
            } else {
                self.0[number] = row;
            }
        }
        prop_assert_eq!(&self.0, &rows(live));
        in_order(live)?;
        let mut identities: BTreeMap<_, usize> = BTreeMap::new();
        for row in self.0.iter().filter(|row| row.standing) {
            *identities.entry(&row.identity).or_default() += 1;
        }
        prop_assert!(
            identities.values().all(|times| *times == 1),
            "an identity stands twice"
        );
        Ok(())
    }
}

fn config() -> ProptestConfig {
    let more = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if more { default.cases } else { 48 },
        failure_persistence: None,
        ..default
    }
}

fn live_through(world: &World, demands: &Demands, turns: &[Turn]) -> Result<(), TestCaseError> {
    let mut past = Past {
        people: &world.people[..3],
        arrived: &[],
        versions: Vec::new(),
        demands,
    };
    let (mut live, changes) = Live::open(past.history(), past.regulation(), Vec::new(), BEGINNING);
    let mut follower = Follower::default();
    follower.follow(&live, &changes)?;
    for turn in turns {
        let now = live.now();
        let changes = match turn {
            Turn::Events(count) => {
                let from = past.arrived.len();
                let to = world.happenings.len().min(from + count);
                past.arrived = &world.happenings[..to];
                let mut changes = Vec::new();
                // Some come together, some one by one.
                if count % 2 == 0 {
                    for happening in &world.happenings[from..to] {
                        let one = as_record(happening, |record| {
                            live.add(std::slice::from_ref(record), now)
                        });
                        follower.follow(&live, &one)?;
                    }
                } else {
                    changes = together(&mut live, &world.happenings[from..to], now);
                }
                changes
            }
            Turn::Time(minutes) => live.tick(now + minutes * 60_000),
            Turn::Due => match live.wake_up() {
                Some(at) => {
                    prop_assert!(at > now, "{at} is no later than {now}");
                    let before = standing(&live);
                    let nothing = live.tick(at - 1);
                    prop_assert!(
                        nothing.is_empty(),
                        "before the wake-up at {}: {:?}",
                        at,
                        nothing
                    );
                    prop_assert_eq!(before, past.audited(at - 1));
                    live.tick(at)
                }
                None => live.tick(now + DAY),
            },
            Turn::People(count) => {
                past.people = &world.people[..(*count).min(world.people.len())];
                live.relist(&reference(past.people), now)
            }
            Turn::Version(day) if !past.versions.contains(day) => {
                past.versions.push(*day);
                live.regulate(past.regulation(), now)
            }
            Turn::Version(_) => Vec::new(),
            Turn::Restart => {
                let kept = follower.0.clone();
                let (anew, changes) = Live::open(past.history(), past.regulation(), kept, now);
                live = anew;
                prop_assert!(changes.is_empty(), "a restart changed {:?}", changes);
                changes
            }
        };
        follower.follow(&live, &changes)?;
        prop_assert_eq!(
            standing(&live),
            past.audited(live.now()),
            "after {:?}",
            turn
        );
    }
    Ok(())
}

fn together(live: &mut Live, happenings: &[Happening], now: Instant) -> Vec<Change> {
    fn with(
        happenings: &[Happening],
        records: &mut Vec<history::Record<'_>>,
        then: &mut dyn FnMut(&[history::Record<'_>]),
    ) {
        match happenings.split_first() {
            None => then(records),
            Some((first, rest)) => as_record(first, |record| {
                let mut more = records.clone();
                more.push(record.clone());
                with(rest, &mut more, then);
            }),
        }
    }
    let mut changes = Vec::new();
    with(happenings, &mut Vec::new(), &mut |records| {
        changes = live.add(records, now)
    });
    changes
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn live_equals_one_audit(
        world in world(60).prop_shuffle_arrival(),
        demands in demands(),
        turns in prop::collection::vec(turn(), 1..24),
    ) {
        live_through(&world, &demands, &turns)?;
    }
}

trait Arrival: Strategy<Value = World> + Sized {
    /// Events arrive in any order.
    fn prop_shuffle_arrival(self) -> BoxedStrategy<World>
    where
        Self: 'static,
    {
        let worlds = (self, any::<bool>(), any::<u64>());
        let shuffled = worlds.prop_map(|(mut world, in_order, seed)| {
            if in_order {
                world.happenings.sort_by_key(|happening| happening.at);
            } else {
                // Any order will do that is not that of time.
                let key = |n: usize| (n as u64 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let mut keyed: Vec<(u64, Happening)> = world
                    .happenings
                    .drain(..)
                    .enumerate()
                    .map(|(n, happening)| (key(n), happening))
                    .collect();
                keyed.sort_by_key(|(key, _)| *key);
                world.happenings = keyed.into_iter().map(|(_, happening)| happening).collect();
            }
            world
        });
        shuffled.boxed()
    }
}

impl<S: Strategy<Value = World> + Sized> Arrival for S {}
