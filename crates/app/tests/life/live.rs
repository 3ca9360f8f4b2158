//! From an event to the check of a lost deal and to figures that people have looked at.

use std::sync::Arc;

use app::Instant;
use app::audits::{Audits, RegulationChange, TableChange};
use app::journal::Note;
use app::life::book::Book;
use app::life::decide::{Asked, decide};
use app::life::decision::{Move, Outcome};
use app::life::lost::check::Status;
use app::life::lost::work;
use app::life::office::{self, Office};
use audit::examples;
use figures::View;
use history::write::{EmployeeRow, GroupRow, StageRow};
use history::{Account, Kind, Record, Reference};
use store::events::{self, Keys};
use store::regulations::NewVersion;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    a_lost_deal_gets_its_check_also_after_a_crash,
    what_was_dismissed_leaves_the_live_figures,
);

pub fn nobody() -> (&'static str, Note) {
    ("", Note::new("test", "company", ""))
}

pub fn tables() -> Reference {
    let employee = |id: &str, role: &str| EmployeeRow {
        id: id.to_owned(),
        name: id.to_owned(),
        group: "north".to_owned(),
        role: role.to_owned(),
        active: true,
        ..EmployeeRow::default()
    };
    let stage = |stage: &str, kind: &str, sort| StageRow {
        pipeline: "sales".to_owned(),
        stage: stage.to_owned(),
        kind: kind.to_owned(),
        sort,
        ..StageRow::default()
    };
    Reference {
        account: Account {
            name: "one".to_owned(),
            timezone: "Europe/Moscow".to_owned(),
            currency: "RUB".to_owned(),
        },
        groups: vec![GroupRow {
            id: "north".to_owned(),
            name: "north".to_owned(),
            lead: "clara".to_owned(),
        }],
        employees: vec![
            employee("anna", "seller"),
            employee("boris", "seller"),
            employee("clara", "lead"),
        ],
        stages: vec![
            stage("new", "open", 1),
            stage("work", "open", 2),
            stage("lost", "lost", 3),
        ],
        ..Reference::default()
    }
}

/// The company in the store: two people, three stages, one rule.
pub async fn settled(world: &World) -> Audits {
    let audits = Audits::new(world.store.clone());
    let company = world.company.as_str();
    let change = TableChange::All(Box::new(tables()));
    audits
        .change_tables(company, &change, nobody(), at(2, 9))
        .await
        .unwrap();
    let rule = "[[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\n";
    let version = NewVersion {
        file: "r.toml".to_owned(),
        effective: String::new(),
        text: format!("{}\n{rule}", examples::REGULATION),
        author: String::new(),
    };
    let change = RegulationChange::Add {
        versions: vec![version],
        base: None,
    };
    audits
        .change_regulation(company, &change, nobody(), at(2, 9))
        .await
        .unwrap();
    audits
}

pub fn created(deal: &str) -> Record<'_> {
    Record {
        deal,
        at: at(2, 10),
        kind: Some(Kind::Created),
        stage: "new",
        employee: "anna",
        ..Record::default()
    }
}

fn moved(stage: &'static str, at: Instant) -> Record<'static> {
    Record {
        deal: "d1",
        at,
        kind: Some(Kind::StageChanged),
        stage,
        actor: "anna",
        ..Record::default()
    }
}

pub async fn send(audits: &Audits, world: &World, records: &[Record<'_>], now: Instant) {
    let mut keys = Keys::new();
    let batch = records
        .iter()
        .map(|record| keys.event(record.clone()).unwrap());
    let batch: Vec<_> = batch.collect();
    audits
        .add_events(&world.company, &batch, None, |added, _| added, now)
        .await
        .unwrap();
}

async fn statuses(world: &World) -> Vec<Status> {
    let (head, now) = (world.actor("p-head"), at(20, 9));
    let office = world.office();
    let checks = work::list(&world.store, &head, office, None, (None, 9), now)
        .await
        .unwrap();
    checks.into_iter().map(|seen| seen.status).collect()
}

async fn a_lost_deal_gets_its_check_also_after_a_crash(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = settled(&world).await;
    send(
        &audits,
        &world,
        &[created("d1"), moved("lost", at(3, 10))],
        at(3, 10),
    )
    .await;
    assert_eq!(statuses(&world).await, [Status::Open]);
    assert_eq!(world.told_of("check.opened").await, ["p-head"]);
    send(&audits, &world, &[moved("work", at(4, 10))], at(4, 10)).await;
    assert_eq!(statuses(&world).await, [Status::Moot]);

    // The program was killed when the event stood and its check did not.
    let event = Keys::new().event(moved("lost", at(5, 10))).unwrap();
    let mut tx = world.store.begin().await.unwrap();
    events::add(&mut tx, &world.company, at(5, 10), &[event])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(statuses(&world).await, [Status::Moot]);
    let audits = Audits::new(world.store.clone());
    drop(audits.read(&world.company, at(5, 11)).await.unwrap());
    assert_eq!(statuses(&world).await, [Status::Open, Status::Moot]);
    // Seen again and sent again: nothing more.
    send(&audits, &world, &[moved("lost", at(5, 10))], at(5, 12)).await;
    drop(
        Audits::new(world.store.clone())
            .read(&world.company, at(5, 12))
            .await
            .unwrap(),
    );
    assert_eq!(statuses(&world).await.len(), 2);
}

async fn what_was_dismissed_leaves_the_live_figures(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = settled(&world).await;
    send(&audits, &world, &[created("d1"), created("d2")], at(2, 12)).await;
    let now = at(2, 13);
    let audit = audits.read(&world.company, now).await.unwrap();
    let live = audit.live();
    let clocks = office::clocks(live);
    let office = Office::of(live, clocks);
    let counted = async || {
        let mut reader = world.store.reader().await.unwrap();
        let book = Book::whole(&mut reader, &world.company).await.unwrap();
        let considered = book.considered(&audit, |_| true);
        let tenures: Vec<_> = live.tenures().copied().collect();
        let problems = audit::judge::TimelineProblems::default();
        let audited =
            considered.audited(live.history(), live.regulation(), &tenures, &problems, now);
        let hidden = considered.left_out(&audited, figures::Period::EVER);
        (
            audited.findings.len(),
            hidden.get(&View::Dismissed).map(|count| count.findings),
        )
    };
    assert_eq!(counted().await, (2, None));
    let id = audit.standing().next().unwrap().id;
    let anna = world.actor("p-anna");
    let asked = |made| Asked {
        made,
        text: "because".to_owned(),
    };
    decide(&world.store, &anna, office, id, &asked(Move::Disputed), now)
        .await
        .unwrap();
    let verdict = asked(Move::Decided(Outcome::Dismissed));
    decide(
        &world.store,
        &world.actor("p-head"),
        office,
        id,
        &verdict,
        now,
    )
    .await
    .unwrap();
    assert_eq!(counted().await, (1, Some(1)));
}
