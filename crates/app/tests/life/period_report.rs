//! Reports of a period: for whom they are, and that they say what the dashboards say.

use std::sync::Arc;

use app::audits::Audits;
use app::figures::figures;
use app::life::decide::{Asked as Deciding, decide};
use app::life::decision::{Move, Outcome};
use app::life::office::{self, Office};
use app::overview::overview;
use app::period_report::{Asked, Wanted, Whom, of_store, period_report};
use app::permissions::Deed;
use app::{Error, Instant};
use figures::Span;
use figures::light::Who;
use jiff::civil::date;
use report::document::{Block, Document};
use report::table::{Cell, Table};
use store::{Store, on_both};
use wording::Lang;

use crate::live::{created, send, settled};
use crate::office::{World, at};

on_both!(
    a_report_says_what_the_dashboards_say,
    nobody_reads_a_report_that_is_not_theirs,
    a_dismissed_finding_leaves_the_next_report,
    a_report_beside_a_server_says_the_same,
);

const WEEK: Span = Span::Week(date(2026, 3, 2));

fn asked(whom: Whom<'_>) -> Asked<'_> {
    Asked {
        whom,
        span: Some(WEEK),
        chapters: true,
        lang: Lang::Ru,
    }
}

fn table<'d>(document: &'d Document, id: &str) -> &'d Table {
    document.tables().find(|table| table.id == id).unwrap()
}

fn company_row(document: &Document) -> &[Cell] {
    &table(document, "lights").rows[0].cells
}

const NOW: fn() -> Instant = || at(6, 12);

/// Two leads of Anna that nobody answers.
async fn two_leads(world: &World) -> Audits {
    let audits = settled(world).await;
    send(&audits, world, &[created("d1"), created("d2")], NOW()).await;
    audits
}

async fn a_report_says_what_the_dashboards_say(store: Arc<Store>) {
    let world = World::of(store, "2 10:00 d0 created stage=new employee=boris").await;
    let audits = two_leads(&world).await;
    let director = world.actor("p-director");
    let document = period_report(&audits, &director, asked(Whom::Company), NOW())
        .await
        .unwrap();
    let known = overview(&audits, &director, Some(WEEK), NOW(), |all| {
        let company = all.figures.lights.company;
        let people = all
            .figures
            .counts
            .people
            .values()
            .map(|count| count.findings);
        let rules = all
            .figures
            .counts
            .rules
            .values()
            .map(|count| count.findings);
        let (people, rules): (Vec<u64>, Vec<u64>) = (people.collect(), rules.collect());
        let hung: u64 = all.hung.iter().map(|(_, hung)| hung.deals).sum();
        (company, people, rules, hung, all.closed.company.all())
    })
    .await
    .unwrap();
    let (company, people, rules, hung, closed) = known;
    assert!(company.findings.iter().sum::<u64>() >= 2, "{company:?}");
    let found: Vec<Cell> = company.findings.map(Cell::Count).to_vec();
    assert_eq!(company_row(&document)[7..10], found);
    assert_eq!(company_row(&document)[6], Cell::Count(company.deals));
    for (id, counts) in [("people", people), ("rules", rules)] {
        let mut shown: Vec<u64> = table(&document, id)
            .rows
            .iter()
            .filter(|row| !row.strong)
            .map(|row| match row.cells[1] {
                Cell::Count(count) => count,
                ref other => panic!("{other:?}"),
            })
            .collect();
        let mut counts = counts;
        shown.sort_unstable();
        counts.sort_unstable();
        assert_eq!(shown, counts, "{id}");
    }
    let Block::Cards(cards) = &document.blocks[0] else {
        panic!("cards come first");
    };
    assert!(cards[2].about.contains(&hung.to_string()) || hung == 0);
    assert_eq!(cards[4].value, closed.to_string());
}

async fn nobody_reads_a_report_that_is_not_theirs(store: Arc<Store>) {
    let world = World::of(store, "2 10:00 d0 created stage=new employee=boris").await;
    let audits = two_leads(&world).await;
    let ask = async |person: &str, whom: Whom<'_>| {
        let actor = world.actor(person);
        period_report(&audits, &actor, asked(whom), NOW()).await
    };
    let own = ask("p-anna", Whom::Employee("anna")).await.unwrap();
    assert!(own.subtitle.starts_with("anna"), "{}", own.subtitle);
    let missing = |result: Result<Document, Error>| matches!(result, Err(Error::NotFound { .. }));
    assert!(missing(ask("p-anna", Whom::Employee("boris")).await));
    assert!(missing(ask("p-anna", Whom::Employee("nobody")).await));
    assert!(missing(ask("p-anna", Whom::Group("north")).await));
    let company = ask("p-anna", Whom::Company).await;
    assert!(matches!(company, Err(Error::Denied(Deed::SeeFigures))));

    // Clara leads the north.
    assert!(ask("p-clara", Whom::Group("north")).await.is_ok());
    assert!(ask("p-clara", Whom::Employee("boris")).await.is_ok());
    assert!(missing(ask("p-clara", Whom::Group("south")).await));
    let company = ask("p-clara", Whom::Company).await;
    assert!(matches!(company, Err(Error::Denied(Deed::SeeFigures))));

    // Whoever sees all reads the same as whoever it is about.
    let read = ask("p-director", Whom::Employee("anna")).await.unwrap();
    assert_eq!(read, own);
    assert!(missing(ask("p-director", Whom::Group("south")).await));
}

async fn a_dismissed_finding_leaves_the_next_report(store: Arc<Store>) {
    let world = World::of(store, "2 10:00 d0 created stage=new employee=boris").await;
    let audits = two_leads(&world).await;
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    let found = async || {
        let document = period_report(&audits, &head, asked(Whom::Company), NOW());
        let document = document.await.unwrap();
        let cells = &company_row(&document)[7..10];
        let count = |cell: &Cell| match cell {
            Cell::Count(count) => *count,
            _ => 0,
        };
        (cells.iter().map(count).sum::<u64>(), document)
    };
    let (before, sent) = found().await;
    let reading = audits.read(&world.company, NOW()).await.unwrap();
    let of_anna = reading.standing().find(|held| {
        let people = &reading.live().history().people;
        people.ids.get(held.finding.employee.0) == "anna"
    });
    let id = of_anna.unwrap().id.to_owned();
    let office = Office::of(reading.live(), office::clocks(reading.live()));
    let say = |made| Deciding {
        made,
        text: "because".to_owned(),
    };
    let store = world.store.as_ref();
    decide(store, &anna, office, &id, &say(Move::Disputed), NOW())
        .await
        .unwrap();
    let verdict = say(Move::Decided(Outcome::Dismissed));
    decide(store, &head, office, &id, &verdict, NOW())
        .await
        .unwrap();
    drop(reading);
    let (after, _) = found().await;
    assert_eq!(after + 1, before);
    // What was sent is drawn again as it was.
    let again = Document::from_json(&sent.to_json().unwrap()).unwrap();
    assert_eq!(again, sent);
}

async fn a_report_beside_a_server_says_the_same(store: Arc<Store>) {
    let world = World::of(store, "2 10:00 d0 created stage=new employee=boris").await;
    let audits = two_leads(&world).await;
    let director = world.actor("p-director");
    let document = period_report(&audits, &director, asked(Whom::Company), NOW())
        .await
        .unwrap();
    let wanted = Wanted {
        who: Who::Company,
        span: Some(WEEK),
        chapters: true,
        lang: Lang::Ru,
    };
    let choose = |_: &history::History, _: &audit::regulation::Regulation| Ok::<_, Error>(wanted);
    let beside = of_store(&world.store, &world.company, choose, NOW()).await;
    assert_eq!(beside.unwrap(), document);

    let told = figures(&audits, &director, Some(WEEK), NOW(), |figures| {
        figures.lights.company.deals
    });
    assert_eq!(company_row(&document)[6], Cell::Count(told.await.unwrap()));
}
