//! Reports of a period: for whom they are, and that they say what the dashboards say.

use std::sync::Arc;

use app::audits::Audits;
use app::figures::figures;
use app::life::by_hand::{self, Route};
use app::life::decide::{Asked as Deciding, decide};
use app::life::decision::{Move, Outcome};
use app::life::exempt;
use app::life::exemption::Scope;
use app::life::hand::{Draft, Target};
use app::life::office::{self, Office};
use app::overview::overview;
use app::period_report::{Asked, Wanted, Whom, of_store, period_report};
use app::permissions::Deed;
use app::{Error, Instant};
use audit::regulation::Severity;
use figures::Span;
use figures::light::Who;
use jiff::civil::date;
use report::document::{Block, Document, marked};
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
    what_people_decided_stands_beside_the_light,
    what_was_worked_off_is_told,
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
    assert!(cards[3].about.contains(&hung.to_string()) || hung == 0);
    assert_eq!(cards[5].value, closed.to_string());
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

/// The points of a list under a heading.
fn points(document: &Document, kind: &str) -> Vec<String> {
    let blocks = document.blocks.iter();
    let items = blocks.filter_map(|block| match block {
        Block::List(items) => Some(items),
        _ => None,
    });
    let items = items.flatten().filter(|item| item.id.starts_with(kind));
    items.map(|item| marked(&item.text)).collect()
}

async fn what_people_decided_stands_beside_the_light(store: Arc<Store>) {
    let world = World::of(store, "2 10:00 d0 created stage=new employee=boris").await;
    let audits = two_leads(&world).await;
    let store = world.store.as_ref();
    let (specialist, coordinator) = (world.actor("p-specialist"), world.actor("p-coordinator"));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    let reading = audits.read(&world.company, NOW()).await.unwrap();
    let office = Office::of(reading.live(), office::clocks(reading.live()));
    let history = reading.live().history();
    let of_anna: Vec<(String, String)> = reading
        .standing()
        .filter(|held| history.people.ids.get(held.finding.employee.0) == "anna")
        .map(|held| {
            let deal = history.deals.get(held.finding.deal.0);
            (held.id.to_owned(), deal.to_owned())
        })
        .collect();
    // Of three that were made by hand one is passed on, one is kept and one waits still.
    let mut made = Vec::new();
    for severity in [Severity::Gross, Severity::Remark, Severity::Remark] {
        let draft = Draft {
            target: Target::Person,
            deal: "d1".to_owned(),
            employee: "anna".to_owned(),
            kind: "тон".to_owned(),
            severity,
            at: at(5, 10),
            text: "Резко ответила".to_owned(),
            recommendation: String::new(),
            event: String::new(),
        };
        let one = by_hand::make(store, &specialist, office, &draft, NOW()).await;
        made.push(one.unwrap().id);
    }
    let pass_on = Route::PassOn {
        text: None,
        recommendation: None,
    };
    let keep = Route::Exempt {
        reason: "Клиент сам просил".to_owned(),
    };
    for (id, way) in [(&made[0], pass_on), (&made[1], keep)] {
        let asked = (id.as_str(), &way);
        by_hand::route(store, &coordinator, office, asked, NOW())
            .await
            .unwrap();
    }
    // One of the program's is dismissed, another nobody is to pay attention to.
    let say = |made| Deciding {
        made,
        text: "because".to_owned(),
    };
    let disputed = of_anna[0].0.as_str();
    decide(store, &anna, office, disputed, &say(Move::Disputed), NOW())
        .await
        .unwrap();
    let verdict = say(Move::Decided(Outcome::Dismissed));
    decide(store, &head, office, disputed, &verdict, NOW())
        .await
        .unwrap();
    let exemption = exempt::Asked {
        scope: Scope {
            deal: of_anna[1].1.clone(),
            ..Scope::default()
        },
        reason: "Обучение".to_owned(),
        from: Some(at(2, 0)),
        until: at(20, 0),
    };
    exempt::make(store, &head, office, &exemption, NOW())
        .await
        .unwrap();
    drop(reading);

    let document = async |whom: Whom<'_>| {
        let asked = Asked {
            chapters: false,
            ..asked(whom)
        };
        let made = period_report(&audits, &head, asked, NOW()).await;
        points(&made.unwrap(), "beside-")
    };
    let company = document(Whom::Company).await;
    let [by_hand, kept, exempt, dismissed] = &company[..] else {
        panic!("{company:?}");
    };
    for (said, words) in [
        (
            by_hand,
            &[
                "1 замечание в 1 сделке",
                "Оно грубое.",
                "p-coordinator",
                "figures=by_hand",
            ][..],
        ),
        (
            kept,
            &["1 замечание", "«Клиент сам просил»", "p-coordinator"],
        ),
        (
            exempt,
            &["1 замечание", "«Обучение»", "p-head", "figures=exempt"],
        ),
        (dismissed, &["1 замечание", "p-head", "figures=dismissed"]),
    ] {
        for words in words {
            assert!(
                wording::plain_spaces(said).contains(words),
                "no {words}: {said}"
            );
        }
    }
    // What was kept from her is not told in the report that she gets.
    let anna = document(Whom::Employee("anna")).await;
    assert_eq!(anna.len(), 3, "{anna:?}");
    assert!(!anna.iter().any(|said| said.contains("Клиент сам просил")));
    assert!(
        anna.iter().all(|said| said.contains("employee=anna")),
        "{anna:?}"
    );
    assert_eq!(document(Whom::Group("north")).await.len(), 3);
    assert!(document(Whom::Employee("boris")).await.is_empty());
}

async fn what_was_worked_off_is_told(store: Arc<Store>) {
    let world = World::of(store, "2 10:00 d0 created stage=new employee=boris").await;
    let audits = two_leads(&world).await;
    let head = world.actor("p-head");
    let worked = async || {
        let made = period_report(&audits, &head, asked(Whom::Company), NOW()).await;
        let document = made.unwrap();
        let Block::Cards(cards) = &document.blocks[0] else {
            panic!("cards come first");
        };
        let mut cards = cards.iter();
        let card = cards.find(|card| card.title == "Отработано").unwrap();
        (card.value.clone(), card.link.clone().unwrap())
    };
    let (before, link) = worked().await;
    assert_eq!(before, "0");
    assert!(link.contains("worked=all"), "{link}");
    let reading = audits.read(&world.company, NOW()).await.unwrap();
    let id = reading.standing().next().unwrap().id.to_owned();
    let office = Office::of(reading.live(), office::clocks(reading.live()));
    let people = &reading.live().history().people;
    let held = reading.standing().next().unwrap().finding.employee;
    let actor = world.actor(&format!("p-{}", people.ids.get(held.0)));
    let mended = Deciding {
        made: Move::Cured,
        text: "готово".to_owned(),
    };
    decide(&world.store, &actor, office, &id, &mended, NOW() - 1)
        .await
        .unwrap();
    drop(reading);
    let (after, link) = worked().await;
    assert_eq!(after, "1");
    assert!(
        link.contains("worked=mended") && link.contains("figures=counted"),
        "{link}"
    );
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
