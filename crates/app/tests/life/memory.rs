//! What is kept in memory says what the store says, whoever wrote it.

use std::sync::Arc;

use app::audits::{Audit, Audits, TableChange};
use app::figures::figures;
use app::journal::Note;
use app::life::book::Book;
use app::life::by_hand::{self, Route};
use app::life::decide::{Asked, decide};
use app::life::decision::{Cause, Move, Outcome};
use app::life::exempt;
use app::life::exemption::Scope;
use app::life::finding::State;
use app::life::hand::{Draft, Target};
use app::life::office::{self, Office};
use app::life::seen::{Part, Seen, Wanted, Working, search};
use app::life::undo::undo;
use app::{Actor, Instant};
use audit::judge::TimelineProblems;
use audit::regulation::Severity;
use figures::Span;
use figures::funnel::Flow;
use history::{Kind, Record};
use jiff::civil::date;
use store::companies;
use store::decisions::{self, NewDecision};
use store::findings::Filter;
use store::{Store, on_both};

use crate::live::{send, settled, tables};
use crate::office::{World, at};

on_both!(
    memory_lists_what_the_store_lists,
    a_book_in_memory_is_the_one_of_the_store,
    figures_follow_every_event_and_decision,
    events_reach_an_audit_whose_sender_broke_off,
);

const NOW: (i8, i8) = (13, 18);

/// Twelve deals of the first days of March, each second one answered three hours later; four of
/// them come at one instant, two are nobody's.
async fn worked(world: &World) -> Audits {
    let audits = settled(world).await;
    let deals: Vec<String> = (0..12).map(|n| format!("d{n}")).collect();
    let mut records = Vec::new();
    for (n, deal) in deals.iter().enumerate() {
        let employee = ["anna", "boris", "anna", "clara", "boris", ""][n % 6];
        let created = at(2 + (n / 4) as i8 * 3, 10);
        records.push(Record {
            deal,
            at: created,
            kind: Some(Kind::Created),
            stage: if n % 5 == 0 { "work" } else { "new" },
            employee,
            amount: Some(100.0 * n as f64),
            ..Record::default()
        });
        if n % 2 == 0 {
            records.push(Record {
                deal,
                at: created + 3 * 3_600_000,
                kind: Some(Kind::CallOut),
                actor: employee,
                employee,
                ..Record::default()
            });
        }
    }
    send(&audits, world, &records, at(NOW.0, NOW.1)).await;
    audits
}

async fn make_by_hand(world: &World, office: Office<'_>, day: i8) -> String {
    let draft = Draft {
        target: Target::Person,
        deal: String::new(),
        employee: "anna".to_owned(),
        kind: "тон".to_owned(),
        severity: Severity::Gross,
        at: at(day, 10),
        text: "Хамит!".to_owned(),
        recommendation: String::new(),
        event: String::new(),
    };
    let specialist = world.actor("p-specialist");
    let made = by_hand::make(&world.store, &specialist, office, &draft, at(day, 11)).await;
    made.unwrap().id
}

async fn pass_on(world: &World, office: Office<'_>, id: &str) {
    let route = Route::PassOn {
        text: None,
        recommendation: None,
    };
    let coordinator = world.actor("p-coordinator");
    by_hand::route(&world.store, &coordinator, office, (id, &route), at(6, 12))
        .await
        .unwrap();
}

async fn make(world: &World, office: Office<'_>, (who, id): (&str, &str), made: Move, at: Instant) {
    let asked = Asked {
        made,
        text: "because".to_owned(),
    };
    decide(&world.store, &world.actor(who), office, id, &asked, at)
        .await
        .unwrap();
}

fn against<'a>(audit: &'a Audit, employee: &str) -> Vec<&'a str> {
    let people = &audit.live().history().people.ids;
    let id = people.find(employee).unwrap();
    let theirs = audit
        .standing()
        .filter(|held| held.finding.employee.0 == id);
    theirs.map(|held| held.id).collect()
}

/// One finding of each kind of fate.
async fn decided(world: &World, audit: &Audit, office: Office<'_>) {
    let (anna, boris) = (against(audit, "anna"), against(audit, "boris"));
    let told = Move::Acknowledged(Cause::Client);
    make(world, office, ("p-anna", anna[0]), told, at(4, 10)).await;
    make(
        world,
        office,
        ("p-anna", anna[1]),
        Move::Disputed,
        at(4, 11),
    )
    .await;
    make(
        world,
        office,
        ("p-boris", boris[0]),
        Move::Disputed,
        at(4, 10),
    )
    .await;
    let partly = Move::Decided(Outcome::Partly);
    make(world, office, ("p-head", boris[0]), partly, at(4, 12)).await;
    make(
        world,
        office,
        ("p-boris", boris[1]),
        Move::Disputed,
        at(4, 10),
    )
    .await;
    let dismissed = Move::Decided(Outcome::Dismissed);
    make(world, office, ("p-head", boris[1]), dismissed, at(4, 12)).await;
    make(world, office, ("p-boris", boris[2]), Move::Cured, at(9, 10)).await;
    make_by_hand(world, office, 3).await;
    let made = make_by_hand(world, office, 5).await;
    pass_on(world, office, &made).await;
    make(world, office, ("p-anna", &made), told, at(7, 10)).await;
    exempt(world, office).await;
}

async fn exempt(world: &World, office: Office<'_>) -> String {
    let asked = exempt::Asked {
        scope: Scope {
            employee: "clara".to_owned(),
            ..Scope::default()
        },
        reason: "Обучение".to_owned(),
        from: Some(at(2, 0)),
        until: at(20, 0),
    };
    let head = world.actor("p-head");
    let made = exempt::make(&world.store, &head, office, &asked, at(9, 9)).await;
    made.unwrap().id
}

/// All pages of a list, two findings a page.
async fn pages(
    world: &World,
    (actor, office): (&Actor, Office<'_>),
    filter: &Filter<'_>,
    wanted: &Wanted<'_>,
) -> Vec<Seen> {
    let now = at(NOW.0, NOW.1);
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let paging = (after.as_ref(), 2);
        let page = search(&world.store, actor, office, (filter, wanted), paging, now)
            .await
            .unwrap();
        all.extend(page.findings);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

fn filters<'a>() -> Vec<Filter<'a>> {
    let standing = || Filter {
        standing: Some(true),
        ..Filter::default()
    };
    let with = |change: &dyn Fn(&mut Filter<'a>)| {
        let mut filter = standing();
        change(&mut filter);
        filter
    };
    vec![
        standing(),
        with(&|filter| filter.open = Some(true)),
        with(&|filter| filter.open = Some(false)),
        with(&|filter| filter.rule = Some("first-response")),
        with(&|filter| filter.rule = Some("тон")),
        with(&|filter| filter.scope = Some("hand")),
        with(&|filter| filter.scope = Some("deal")),
        with(&|filter| filter.stage = Some("work")),
        with(&|filter| filter.stage = Some("unheard-of")),
        with(&|filter| filter.stages = Some(&["work", "unheard-of"])),
        with(&|filter| filter.stages = Some(&[])),
        with(&|filter| filter.severity = Some("gross")),
        with(&|filter| filter.deal = Some("d2")),
        with(&|filter| filter.employees = Some(&["anna"])),
        with(&|filter| filter.employees = Some(&["boris", "anna", "boris", "unheard-of"])),
        with(&|filter| filter.employees = Some(&[""])),
        with(&|filter| filter.employees = Some(&[])),
        with(&|filter| {
            filter.from = Some(at(3, 0));
            filter.to = Some(at(6, 0));
        }),
    ]
}

async fn memory_lists_what_the_store_lists(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = worked(&world).await;
    let now = at(NOW.0, NOW.1);
    let audit = audits.read(&world.company, now).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    decided(&world, &audit, office).await;
    let exemption = exempt(&world, office).await;
    let by_store = Office {
        live: None,
        ..office
    };
    let states = State::ALL.iter().map(std::slice::from_ref);
    let mut wanted: Vec<Wanted<'_>> = vec![Wanted::default()];
    wanted.extend(states.map(|states| Wanted {
        states,
        ..Wanted::default()
    }));
    wanted.extend(Part::ALL.map(|part| Wanted {
        part: Some(part),
        ..Wanted::default()
    }));
    wanted.push(Wanted {
        severity: Some(Severity::Remark),
        ..Wanted::default()
    });
    wanted.push(Wanted {
        again: true,
        ..Wanted::default()
    });
    wanted.push(Wanted {
        exemption: Some(&exemption),
        ..Wanted::default()
    });
    wanted.extend(["north", "unheard-of"].map(|group| Wanted {
        group: Some(group),
        ..Wanted::default()
    }));
    let days = figures::Period {
        from: at(3, 0),
        to: at(6, 0),
    };
    wanted.extend(Working::ALL.map(|working| Wanted {
        worked: Some((working, days)),
        ..Wanted::default()
    }));
    let mut seen = std::collections::BTreeSet::new();
    for person in ["p-anna", "p-clara", "p-specialist", "p-head"] {
        let actor = world.actor(person);
        for filter in &filters() {
            for wanted in &wanted {
                let memory = pages(&world, (&actor, office), filter, wanted).await;
                let store = pages(&world, (&actor, by_store), filter, wanted).await;
                assert_eq!(memory, store, "{person}: {filter:?}, {wanted:?}");
                seen.extend(memory.iter().map(|seen| (seen.state.as_str(), seen.again)));
            }
        }
    }
    assert!(seen.len() >= 7, "too little happens here: {seen:?}");
    assert!(seen.iter().any(|(_, again)| *again));
}

async fn the_same(world: &World, store: &Store) {
    let opened = Book::open(store, &world.company).await.unwrap();
    let mut reader = store.reader().await.unwrap();
    let whole = Book::whole(&mut reader, &world.company).await.unwrap();
    assert_eq!(*opened, whole);
}

async fn a_book_in_memory_is_the_one_of_the_store(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = worked(&world).await;
    let now = at(NOW.0, NOW.1);
    let audit = audits.read(&world.company, now).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    // Another process at the same store: nothing tells the one what the other writes.
    let other = Store::join(world.store.place()).await.unwrap();
    let both = async || {
        the_same(&world, &world.store).await;
        the_same(&world, &other).await;
    };
    both().await;
    let id = against(&audit, "anna")[0];
    let acknowledged = Move::Acknowledged(Cause::Client);
    make(&world, office, ("p-anna", id), acknowledged, at(4, 10)).await;
    both().await;
    let anna = world.actor("p-anna");
    undo(&world.store, &anna, office, id, at(4, 10) + 5_000)
        .await
        .unwrap();
    both().await;
    let opened = Book::open(&world.store, &world.company).await.unwrap();
    assert_eq!(opened.life(id).acknowledged, None);
    drop(opened);
    let mut tx = other.begin().await.unwrap();
    let cured = NewDecision {
        finding: id,
        at: at(5, 10),
        author: "p-anna",
        made: "cured",
        cause: "",
        text: "",
        takes_back: None,
    };
    decisions::append(&mut tx, &world.company, &[cured])
        .await
        .unwrap();
    // What is not committed is not decided.
    the_same(&world, &world.store).await;
    tx.commit().await.unwrap();
    both().await;
    let opened = Book::open(&world.store, &world.company).await.unwrap();
    assert_eq!(opened.life(id).marked, Some(at(5, 10)));
    drop(opened);
    let made = make_by_hand(&world, office, 5).await;
    both().await;
    pass_on(&world, office, &made).await;
    both().await;
    let exemption = exempt(&world, office).await;
    both().await;
    let head = world.actor("p-head");
    exempt::end(&world.store, &head, office, (&exemption, "done"), at(10, 9))
        .await
        .unwrap();
    both().await;
    let opened = Book::open(&other, &world.company).await.unwrap();
    assert_eq!(opened.exemptions()[0].ended, Some(at(10, 9)));
    drop(opened);
    let ruling = store::rulings::Ruling {
        rule: "first-response".to_owned(),
        ruling: "fell".to_owned(),
        ..store::rulings::Ruling::default()
    };
    let mut tx = world.store.begin().await.unwrap();
    store::rulings::append(&mut tx, &world.company, &ruling)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    both().await;
    let opened = Book::open(&other, &world.company).await.unwrap();
    assert!(opened.advice().contains("first-response"));
    drop(opened);
    other.close().await;
}

/// A deal of the 12th.
fn created<'a>(deal: &'a str, employee: &'a str) -> Record<'a> {
    Record {
        deal,
        at: at(12, 10),
        kind: Some(Kind::Created),
        stage: "new",
        employee,
        ..Record::default()
    }
}

/// What is kept up to date is what looking at everything anew gives.
async fn kept_up(world: &World, audits: &Audits) {
    let now = at(NOW.0, NOW.1);
    let audit = audits.read(&world.company, now).await.unwrap();
    let book = Book::open(&world.store, &world.company).await.unwrap();
    let anew = format!("{:?}", book.considered(&audit, |_| true));
    audit.considered(&book, |kept| assert_eq!(format!("{kept:?}"), anew));
    let live = audit.live();
    let anew = Flow::of(&figures::Audited {
        history: live.history(),
        regulation: live.regulation(),
        findings: &[],
        marks: &[],
        tenures: &[],
        problems: &TimelineProblems::default(),
        now,
        in_order: false,
    });
    assert!(!anew.stays.is_empty());
    assert_eq!(format!("{:?}", audit.flow(now).1), format!("{anew:?}"));
}

async fn figures_follow_every_event_and_decision(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = worked(&world).await;
    let now = at(NOW.0, NOW.1);
    let span = Span::Dates(Some(date(2026, 3, 1)), Some(date(2026, 3, 31)));
    let counted = async |person: &str| {
        kept_up(&world, &audits).await;
        let actor = world.actor(person);
        figures(&audits, &actor, Some(span), now, |figures| {
            let all = &figures.counts.all;
            (
                all.findings,
                all.again,
                figures.by_hand,
                figures.lights.company.deals,
            )
        })
        .await
        .unwrap()
    };
    // Anna's deal of the 5th repeats those of the 2nd, which she had cured by then.
    assert_eq!(counted("p-anna").await, (3, 1, [0; 3], 4));
    assert_eq!(counted("p-boris").await, (3, 0, [0; 3], 4));
    let group = counted("p-clara").await;
    assert_eq!(group, (8, 1, [0; 3], 10));
    let all = counted("p-head").await;
    assert_eq!((all.1, all.3), (1, 10));

    let audit = audits.read(&world.company, now).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let exempted = exempt(&world, office).await;
    assert_eq!(counted("p-head").await.0, all.0 - 2);
    let head = world.actor("p-head");
    exempt::end(&world.store, &head, office, (&exempted, "done"), at(12, 9))
        .await
        .unwrap();
    // What lies before the end of an exemption goes on being covered.
    assert_eq!(counted("p-head").await.0, all.0 - 2);
    let id = against(&audit, "boris")[0].to_owned();
    let acknowledged = Move::Acknowledged(Cause::Client);
    make(&world, office, ("p-boris", &id), acknowledged, at(4, 10)).await;
    assert_eq!(counted("p-boris").await, (3, 2, [0; 3], 4));
    let (boris, soon) = (world.actor("p-boris"), at(4, 10) + 5_000);
    undo(&world.store, &boris, office, &id, soon).await.unwrap();
    assert_eq!(counted("p-boris").await, (3, 0, [0; 3], 4));
    make(&world, office, ("p-boris", &id), acknowledged, at(4, 10)).await;
    assert_eq!(counted("p-boris").await, (3, 2, [0; 3], 4));
    make(&world, office, ("p-boris", &id), Move::Disputed, at(4, 11)).await;
    let dismissed = Move::Decided(Outcome::Dismissed);
    make(&world, office, ("p-head", &id), dismissed, at(4, 12)).await;
    assert_eq!(counted("p-boris").await, (2, 0, [0; 3], 4));
    let made = make_by_hand(&world, office, 5).await;
    assert_eq!(counted("p-anna").await.2, [0; 3]);
    pass_on(&world, office, &made).await;
    assert_eq!(counted("p-anna").await.2, [0, 0, 1]);
    drop(audit);

    let late = created("d99", "anna");
    send(&audits, &world, &[late], now).await;
    assert_eq!(counted("p-anna").await, (4, 2, [0, 0, 1], 5));
    assert_eq!(counted("p-clara").await, (6, 2, [0, 0, 1], 11));
    let (findings, ..) = counted("p-head").await;
    assert_eq!(findings, all.0 - 2 - 1 + 1);

    // Everything is judged anew where a person leaves or a rule changes.
    let mut tables = tables();
    tables.employees.remove(1);
    let change = TableChange::All(Box::new(tables));
    let note = Note::new("test", "company", "");
    audits
        .change_tables(&world.company, &change, ("", note), now)
        .await
        .unwrap();
    kept_up(&world, &audits).await;
    audits.tick(at(NOW.0, NOW.1) + 30 * 86_400_000).await;
    kept_up(&world, &audits).await;
}

async fn events_reach_an_audit_whose_sender_broke_off(store: Arc<Store>) {
    let world = World::new(store).await;
    let audits = worked(&world).await;
    let now = at(NOW.0, NOW.1);
    let reading = audits.read(&world.company, now).await.unwrap();
    let events = reading.received();
    let late = [created("d99", "anna")];
    // Somebody looks at a page: the event stands in the store, and does not come further.
    let breaks_off = async {
        while stored(&world).await == events {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = send(&audits, &world, &late, now) => panic!("nobody was to be waited for"),
        () = breaks_off => {}
    }
    assert_eq!(reading.received(), events);
    drop(reading);
    let audit = audits.read(&world.company, now).await.unwrap();
    assert_eq!(audit.received(), events + 1);
    assert!(audit.live().history().deals.find("d99").is_some());
    drop(audit);
    kept_up(&world, &audits).await;
    send(&audits, &world, &[created("d100", "boris")], now).await;
    kept_up(&world, &audits).await;
}

/// How many events the store has.
async fn stored(world: &World) -> i64 {
    let mut reader = world.store.reader().await.unwrap();
    companies::sequence(&mut reader, &world.company)
        .await
        .unwrap()
}
