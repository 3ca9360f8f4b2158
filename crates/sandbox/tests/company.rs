//! The small company: equal everywhere, whole, and with the people and stories promised.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

#[path = "company/simulation.rs"]
mod simulation;
#[path = "company/stories.rs"]
mod stories;
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use history::write::Format;
use history::{EmployeeId, History, Kind, Role, StageKind};
use jiff::Timestamp;
use sandbox::company::{Options, regulation, write};
use sandbox::{SandboxError, Summary};

fn until() -> Timestamp {
    "2026-04-20T18:00:00+03:00".parse().unwrap()
}

fn make(folder: &Path, options: &Options) -> (Summary, History) {
    let summary = write(folder, options, Format::Csv, None).unwrap();
    (summary, support::read(folder))
}

#[test]
fn the_same_bytes_on_every_machine() {
    let first = tempfile::tempdir().unwrap();
    make(first.path(), &Options::new(until()));
    assert_eq!(support::hash(first.path()), 13_501_789_228_248_030_070);
}

#[test]
fn has_the_people_and_every_kind_of_event() {
    let folder = tempfile::tempdir().unwrap();
    let (summary, history) = make(folder.path(), &Options::new(until()));
    support::check_timelines(&history);
    support::check_names(&history);
    assert_eq!((summary.deals, summary.employees), (2_200, 18));
    assert!(
        (30_000..70_000).contains(&summary.events),
        "{}",
        summary.events
    );
    for kind in Kind::ALL {
        assert!(summary.count(*kind) > 0, "{kind:?} never occurs");
    }
    let people = &history.people.employees;
    let sellers = people.iter().filter(|person| {
        let shift = &person.memberships[0].shift;
        person.active && person.memberships[0].role == Some(Role::Seller) && shift.is_some()
    });
    assert_eq!(sellers.count(), 8);
    assert_eq!(people.iter().filter(|person| !person.active).count(), 1);
    assert!(people.iter().any(|person| !person.absences.is_empty()));
    assert_eq!(history.people.groups.len(), 3);
    assert_eq!(history.pipelines.pipelines.len(), 7);
    let (first, last) = history.timelines.span().unwrap();
    let end = until().as_millisecond();
    assert!(last < end && end - last < 86_400_000);
    assert!(first >= end - 26 * 7 * 86_400_000);
}

/// Of each deal: the stage it ended in, and who had it then.
fn ends(history: &History) -> Vec<(StageKind, EmployeeId)> {
    let mut ends = Vec::new();
    for timeline in history.timelines.iter().filter(|t| !t.is_empty()) {
        let (mut kind, mut who) = (StageKind::Open, EmployeeId::NONE);
        for event in timeline.iter() {
            if matches!(event.kind, Kind::Created | Kind::StageChanged) {
                kind = history.pipelines.kind(event.stage());
            }
            if matches!(event.kind, Kind::Created | Kind::ResponsibleChanged) {
                who = event.employee;
            }
        }
        ends.push((kind, who));
    }
    ends
}

#[test]
fn one_has_left_deals_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (_, history) = make(folder.path(), &Options::new(until()));
    let behind = ends(&history).into_iter().filter(|(kind, who)| {
        let person = history.people.get(*who);
        *kind == StageKind::Open && person.is_some_and(|person| !person.active)
    });
    assert!(behind.count() >= 2);
}

#[test]
fn one_closes_in_bulk_whatever_the_seed() {
    for seed in 1..=12 {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            seed,
            ..Options::new(until())
        };
        let (_, history) = make(folder.path(), &options);
        support::check_timelines(&history);
        let mut hours: BTreeMap<(u32, i64), u32> = BTreeMap::new();
        for timeline in history.timelines.iter() {
            for event in timeline.iter().filter(|e| e.kind == Kind::StageChanged) {
                if history.pipelines.kind(event.stage()) == StageKind::Lost {
                    *hours
                        .entry((event.actor.0, event.at / 3_600_000))
                        .or_default() += 1;
                }
            }
        }
        let most = hours.values().max().copied().unwrap_or_default();
        assert!((10..=24).contains(&most), "seed {seed}: {most} in an hour");
    }
}

#[test]
fn any_size_and_any_end() {
    for (deals, end) in [
        (0, "2026-01-05T12:00:00Z"),
        (1, "2016-05-05T12:00:00Z"),
        (50, "2024-12-31T21:00:00Z"),
        (3_000, "2099-01-01T00:00:00Z"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            deals,
            ..Options::new(end.parse().unwrap())
        };
        let (summary, history) = make(folder.path(), &options);
        support::check_timelines(&history);
        assert_eq!(summary.deals, deals as u64, "{end}");
    }
}

#[test]
fn refuses_the_impossible() {
    let folder = tempfile::tempdir().unwrap();
    let many = Options {
        deals: 1_000_000,
        ..Options::new(until())
    };
    let refused = write(folder.path(), &many, Format::Csv, None);
    assert!(matches!(refused, Err(SandboxError::TooManyDeals { .. })));
}

#[test]
fn the_regulation_fits() {
    let folder = tempfile::tempdir().unwrap();
    let (_, history) = make(folder.path(), &Options::new(until()));
    let regulation: toml::Table = regulation().parse().unwrap();
    assert_eq!(
        regulation["timezone"].as_str(),
        Some(&*history.account.timezone)
    );
    let shifts = regulation["shift"].as_table().unwrap();
    for person in &history.people.employees {
        if let Some(shift) = &person.memberships[0].shift {
            assert!(shifts.contains_key(shift), "{shift}");
        }
    }
    for pipeline in regulation["pipelines"]["robot"].as_array().unwrap() {
        assert!(
            history
                .pipelines
                .find_pipeline(pipeline.as_str().unwrap())
                .is_some()
        );
    }
    for rule in regulation["rule"].as_array().unwrap() {
        for key in ["limits", "fields"] {
            for stage in rule
                .get(key)
                .and_then(|v| v.as_table())
                .into_iter()
                .flatten()
            {
                let known = history.pipelines.stage_ids.find(stage.0);
                assert!(known.is_some(), "{}", stage.0);
            }
        }
        for pipeline in rule
            .get("pipelines")
            .and_then(|v| v.as_array())
            .into_iter()
            .flatten()
        {
            assert!(
                history
                    .pipelines
                    .find_pipeline(pipeline.as_str().unwrap())
                    .is_some()
            );
        }
    }
}

/// Open deals of a stage that nobody answers for and that have no open task; their roubles.
fn piled(history: &History, stage: &str) -> (u32, i64) {
    let stage = history.pipelines.stage_ids.find(stage).unwrap();
    let (mut deals, mut roubles) = (0, 0);
    for timeline in history.timelines.iter().filter(|t| !t.is_empty()) {
        let (mut stands, mut who, mut tasks, mut price) = (0, EmployeeId::NONE, 0, 0);
        for event in timeline.iter() {
            match event.kind {
                Kind::Created => (stands, who) = (event.stage().0, event.employee),
                Kind::StageChanged => stands = event.stage().0,
                Kind::ResponsibleChanged => who = event.employee,
                Kind::PriceSet => price = event.money().unwrap_or_default() / 100,
                Kind::TaskAdded => tasks += 1,
                Kind::TaskCompleted | Kind::TaskRemoved => tasks -= 1,
                _ => {}
            }
        }
        if stands == stage && who == EmployeeId::NONE && tasks == 0 {
            deals += 1;
            roubles += price;
        }
    }
    (deals, roubles)
}

#[test]
fn hundreds_of_deals_piled_up_without_task_or_responsible() {
    let folder = tempfile::tempdir().unwrap();
    let (_, history) = make(folder.path(), &Options::new(until()));
    let (deals, _) = piled(&history, "sales:qualified");
    assert!((500..530).contains(&deals), "{deals}");
}

#[test]
fn millions_lie_in_the_graveyard_of_what_is_ready() {
    let folder = tempfile::tempdir().unwrap();
    let (_, history) = make(folder.path(), &Options::new(until()));
    let (deals, roubles) = piled(&history, "sales:ready");
    assert!(
        (50..60).contains(&deals) && roubles > 1_500_000,
        "{deals}: {roubles}"
    );
}
