//! Two periods judged by one version of the regulation, whatever judged them in daily work.

use std::sync::Arc;

use app::audits::{Audits, RegulationChange};
use app::compare::{self, Comparison, Part};
use app::life::decide::{Asked, decide};
use app::life::decision::{Move, Outcome};
use app::life::office::{self, Office};
use app::{Error, Instant};
use audit::examples;
use figures::compare::Pair;
use figures::{Change, Span, Told};
use history::{Kind, Record};
use jiff::civil::date;
use store::regulations::NewVersion;
use store::{Store, on_both};

use crate::live::{created, nobody, send, settled};
use crate::office::{World, at};

on_both!(
    one_version_judges_both_sides,
    decisions_hold_for_what_is_judged_anew,
    nobody_compares_what_is_not_theirs,
    periods_that_overlap_are_not_told_from_chance,
);

fn asked(version: &str) -> compare::Asked<'_> {
    let week = |day| Span::Week(date(2026, 3, day));
    compare::Asked {
        pair: Pair {
            before: week(2),
            after: week(9),
        },
        version,
    }
}

/// A lead of the 10th, in the second week, that waits two hours.
fn later(deal: &str) -> [Record<'_>; 2] {
    let first = Record {
        at: at(10, 10),
        ..created(deal)
    };
    let call = Record {
        deal,
        at: at(10, 12),
        kind: Some(Kind::CallOut),
        actor: "anna",
        employee: "anna",
        amount: Some(60.0),
        ..Record::default()
    };
    [first, call]
}

/// From the 9th on a lead may wait for three hours, and only the earlier version is strict.
async fn versions(audits: &Audits, world: &World) {
    let rule = "[[rule]]\nuse = \"first-response\"\nlimit = \"3h\"\n";
    let text = format!(
        "effective = \"2026-03-09\"\n{}\n{rule}",
        examples::REGULATION
    );
    let change = RegulationChange::Add {
        versions: vec![NewVersion {
            file: "later.toml".to_owned(),
            effective: "2026-03-09".to_owned(),
            text,
            author: String::new(),
        }],
        base: None,
    };
    audits
        .change_regulation(&world.company, &change, nobody(), at(20, 9))
        .await
        .unwrap();
}

const NOW: (i8, i8) = (20, 10);

fn now() -> Instant {
    at(NOW.0, NOW.1)
}

async fn company(world: &World) -> Audits {
    let audits = settled(world).await;
    let first = [created("d1"), created("d2")];
    send(&audits, world, &first, at(2, 12)).await;
    for deal in ["d3", "d4"] {
        send(&audits, world, &later(deal), at(10, 13)).await;
    }
    audits
}

/// The company's findings before and after, and whether all was judged anew.
async fn counted(
    audits: &Audits,
    world: &World,
    person: &str,
    version: &str,
) -> ((u64, u64), bool) {
    let read = |found: &Comparison<'_>| {
        let change: Change = found.sides.changes.as_ref().unwrap().company.unwrap();
        // What is counted is what the lists hold.
        let held = |side| found.findings(side, &Part::default()).len() as u64;
        assert_eq!((held(0), held(1)), change.findings);
        (change.findings, found.is_rejudged)
    };
    let actor = world.actor(person);
    compare::compare(audits, &actor, asked(version), now(), read)
        .await
        .unwrap()
}

async fn one_version_judges_both_sides(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    // One version since ever: what was found is what there is.
    assert_eq!(
        counted(&audits, &world, "p-director", "").await,
        ((2, 2), false)
    );
    versions(&audits, &world).await;
    // By the one in force the later leads were in time; so, as if it had always been in force, are
    // none of the earlier ones: they were never answered.
    assert_eq!(
        counted(&audits, &world, "p-director", "").await,
        ((2, 0), true)
    );
    let strict = counted(&audits, &world, "p-director", "since-ever").await;
    assert_eq!(strict, ((2, 2), true));
    let again = counted(&audits, &world, "p-director", "2026-03-09").await;
    assert_eq!(again, ((2, 0), true));
    let error = compare::compare(
        &audits,
        &world.actor("p-director"),
        asked("2020-01-01"),
        now(),
        |_| (),
    )
    .await;
    assert!(matches!(error, Err(Error::NotFound { .. })));
}

async fn decisions_hold_for_what_is_judged_anew(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    versions(&audits, &world).await;
    let audit = audits.read(&world.company, now()).await.unwrap();
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let held = audit.standing().next().unwrap();
    let made = |made| Asked {
        made,
        text: "because".to_owned(),
    };
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    let disputed = made(Move::Disputed);
    decide(&world.store, &anna, office, held.id, &disputed, now())
        .await
        .unwrap();
    let dismissed = made(Move::Decided(Outcome::Dismissed));
    decide(&world.store, &head, office, held.id, &dismissed, now())
        .await
        .unwrap();
    drop(audit);
    for version in ["", "since-ever"] {
        let ((before, _), rejudged) = counted(&audits, &world, "p-head", version).await;
        assert_eq!((before, rejudged), (1, true), "{version}");
    }
}

async fn nobody_compares_what_is_not_theirs(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    versions(&audits, &world).await;
    // Anna's own, nothing of Boris, all of the lead's group.
    assert_eq!(counted(&audits, &world, "p-anna", "").await.0, (2, 0));
    assert_eq!(counted(&audits, &world, "p-boris", "").await.0, (0, 0));
    assert_eq!(counted(&audits, &world, "p-clara", "").await.0, (2, 0));
}

async fn periods_that_overlap_are_not_told_from_chance(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    let actor = world.actor("p-director");
    let overlapping = compare::Asked {
        pair: Pair {
            before: Span::Dates(Some(date(2026, 3, 2)), Some(date(2026, 3, 9))),
            ..asked("").pair
        },
        version: "",
    };
    let told = compare::compare(&audits, &actor, overlapping, now(), |found| {
        found.sides.changes.is_some()
    });
    assert!(!told.await.unwrap());
    let told = compare::compare(&audits, &actor, asked(""), now(), |found| {
        found
            .sides
            .changes
            .as_ref()
            .unwrap()
            .company
            .unwrap()
            .told()
    });
    assert_eq!(told.await.unwrap(), Told::Chance);
}
