//! Lists of deals: nobody finds in them what is not theirs.

use std::sync::Arc;

use app::audits::Audits;
use app::deal_list::{Asked, DealList, list};
use figures::Span;
use figures::deals::Kind;
use history::{Kind as What, Record};
use store::{Store, on_both};

use crate::live::{created, send, settled};
use crate::office::{World, at};

on_both!(
    everybody_lists_what_they_may_open,
    what_somebody_had_is_told_to_nobody_else,
    a_list_comes_in_parts,
);

const ALL: Asked<'_> = Asked {
    kind: None,
    stage: "",
    pipeline: "",
    employee: "",
    nobody: false,
    group: "",
    source: "",
    span: Span::Dates(None, None),
};

fn of_boris(deal: &str) -> Record<'_> {
    Record {
        employee: "boris",
        amount: Some(500.0),
        ..created(deal)
    }
}

fn change<'a>(deal: &'a str, kind: What, stage: &'a str, employee: &'a str) -> Record<'a> {
    Record {
        deal,
        at: at(3, 10),
        kind: Some(kind),
        stage,
        employee,
        ..Record::default()
    }
}

/// Anna has one deal, Boris another; a third was Boris's when it was lost, and is Anna's by now.
async fn company(world: &World) -> Audits {
    let audits = settled(world).await;
    let lost = change("d3", What::StageChanged, "lost", "");
    let handed = Record {
        at: at(3, 12),
        ..change("d3", What::ResponsibleChanged, "", "anna")
    };
    let events = [created("d1"), of_boris("d2"), of_boris("d3"), lost, handed];
    send(&audits, world, &events, at(3, 13)).await;
    audits
}

async fn listed(audits: &Audits, world: &World, person: &str, asked: Asked<'_>) -> DealList {
    let actor = world.actor(person);
    let now = at(4, 9);
    let whole = |count| 0..count;
    list(audits, &actor, &asked, whole, now).await.unwrap()
}

async fn ids(audits: &Audits, world: &World, person: &str, asked: Asked<'_>) -> Vec<String> {
    let found = listed(audits, world, person, asked).await;
    assert_eq!(found.count, found.lines.len());
    found.lines.into_iter().map(|line| line.deal.id).collect()
}

async fn everybody_lists_what_they_may_open(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    let all = async |person| ids(&audits, &world, person, ALL).await;
    assert_eq!(all("p-director").await, ["d2", "d3", "d1"]);
    assert_eq!(all("p-clara").await, ["d2", "d3", "d1"]);
    assert_eq!(all("p-anna").await, ["d3", "d1"]);
    assert_eq!(all("p-boris").await, ["d2"]);
    let worked = Asked {
        kind: Some(Kind::InWork),
        ..ALL
    };
    assert_eq!(ids(&audits, &world, "p-boris", worked).await, ["d2"]);
    let hung = Asked {
        kind: Some(Kind::Hung),
        ..ALL
    };
    assert!(ids(&audits, &world, "p-director", hung).await.is_empty());
}

async fn what_somebody_had_is_told_to_nobody_else(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    let lost = Asked {
        kind: Some(Kind::Lost),
        employee: "boris",
        ..ALL
    };
    assert_eq!(ids(&audits, &world, "p-director", lost).await, ["d3"]);
    // Anna may open the deal, but not ask what Boris lost; nor does the line name him.
    assert!(ids(&audits, &world, "p-anna", lost).await.is_empty());
    let own = listed(
        &audits,
        &world,
        "p-anna",
        Asked {
            employee: "",
            ..lost
        },
    )
    .await;
    assert_eq!(own.lines[0].employee, "anna");
    let seen = listed(&audits, &world, "p-clara", lost).await;
    assert_eq!(seen.lines[0].employee, "boris");
    for asked in [
        Asked {
            group: "north",
            ..ALL
        },
        Asked {
            nobody: true,
            ..ALL
        },
        Asked {
            employee: "nobody at all",
            ..ALL
        },
    ] {
        assert!(ids(&audits, &world, "p-anna", asked).await.is_empty());
    }
    let foreign = Asked {
        group: "north",
        ..ALL
    };
    assert_eq!(ids(&audits, &world, "p-clara", foreign).await.len(), 3);
}

async fn a_list_comes_in_parts(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = company(&world).await;
    let actor = world.actor("p-director");
    let part = async |range| {
        let found = list(&audits, &actor, &ALL, |_| range, at(4, 9)).await;
        let found = found.unwrap();
        assert_eq!((found.count, found.sum, found.unpriced), (3, 100_000, 1));
        let ids = found.lines.into_iter().map(|line| line.deal.id);
        ids.collect::<Vec<_>>()
    };
    assert_eq!(part(0..2).await, ["d2", "d3"]);
    assert_eq!(part(2..9).await, ["d1"]);
    assert!(part(9..12).await.is_empty());
}
