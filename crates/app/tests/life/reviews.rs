use std::collections::BTreeSet;
use std::sync::Arc;

use app::life::by_hand;
use app::life::hand::{Draft, Target};
use app::reviews::choose::Order;
use app::reviews::time::times;
use app::reviews::work::{self, Busy, Finish, Queue, Wanted};
use app::reviews::{Case, Outcome};
use app::{Actor, Error, Instant};
use audit::regulation::Severity;
use store::reviews::Filter;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    whoever_was_looked_at_least_comes_next,
    a_case_is_clean_unless_something_was_found,
    a_case_is_in_one_hand_and_nobody_looks_at_their_own,
    a_case_that_was_open_overnight_asks_for_its_minutes,
    what_is_not_alive_is_not_looked_at,
    time_is_told_to_those_who_may_know,
);

const MINUTE: i64 = 60_000;

const STORY: &str = "2 10:00 d1 created stage=new employee=anna amount=100
2 10:05 d2 created stage=new employee=anna amount=900
2 10:10 d3 created stage=new employee=anna amount=500
2 10:15 d4 created stage=new employee=boris amount=300";

async fn queue(world: &World, who: &Actor, order: Order, now: Instant) -> Queue {
    let wanted = Wanted {
        order,
        ..Wanted::default()
    };
    let store = world.store.as_ref();
    work::queue(store, who, world.office(), wanted, now)
        .await
        .unwrap()
}

fn deals(queue: &Queue) -> Vec<&str> {
    queue.waiting.iter().map(|one| one.deal.as_str()).collect()
}

async fn take(world: &World, who: &Actor, deal: &str, now: Instant) -> Result<Case, Busy> {
    let asked = (deal, Some(Order::People));
    let store = world.store.as_ref();
    work::take(store, who, world.office(), asked, now)
        .await
        .unwrap()
}

async fn finish(
    world: &World,
    who: &Actor,
    case: &Case,
    asked: Finish,
    now: Instant,
) -> Result<Case, Error> {
    work::finish(&world.store, who, (&case.row.id, asked), now).await
}

/// Takes a deal and finds nothing in it.
async fn look(world: &World, who: &Actor, deal: &str, now: Instant) {
    let case = take(world, who, deal, now).await.unwrap();
    finish(world, who, &case, Finish::default(), now + MINUTE)
        .await
        .unwrap();
}

async fn whoever_was_looked_at_least_comes_next(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let specialist = world.actor("p-specialist");
    let first = queue(&world, &specialist, Order::People, at(3, 10)).await;
    assert_eq!(first.waiting.len(), 4);
    // Boris has but one deal: it is among the first two, and then it is Anna's turn.
    let people: Vec<&str> = first
        .waiting
        .iter()
        .map(|one| one.employee.as_str())
        .collect();
    assert!(people[..2].contains(&"boris"), "{people:?}");
    let shares: Vec<_> = first
        .people
        .iter()
        .map(|one| (one.employee.as_str(), one.looked, one.deals, one.waiting))
        .collect();
    assert_eq!(shares, [("anna", 0, 3, 3), ("boris", 0, 1, 1)]);
    // The same for everybody all day long.
    let head = world.actor("p-head");
    assert_eq!(queue(&world, &head, Order::People, at(3, 17)).await, first);

    look(&world, &specialist, "d1", at(3, 11)).await;
    let next = queue(&world, &specialist, Order::People, at(3, 12)).await;
    assert_eq!(deals(&next)[0], "d4", "it is the turn of Boris");
    let anna = next.people.iter().find(|one| one.employee == "anna");
    let anna = anna.unwrap();
    assert_eq!((anna.looked, anna.deals, anna.waiting), (1, 3, 2));
    assert_eq!(next.people[0].employee, "boris", "the least come first");
    let money = queue(&world, &specialist, Order::Money, at(3, 12)).await;
    assert_eq!(deals(&money), ["d2", "d3", "d4"]);
    let theirs = Wanted {
        employee: "boris",
        ..Wanted::default()
    };
    let store = world.store.as_ref();
    let theirs = work::queue(store, &specialist, world.office(), theirs, at(3, 12)).await;
    assert_eq!(deals(&theirs.unwrap()), ["d4"]);
    for person in ["p-anna", "p-clara"] {
        let person = world.actor(person);
        let wanted = Wanted::default();
        let denied = work::queue(store, &person, world.office(), wanted, at(3, 12)).await;
        assert!(matches!(denied, Err(Error::Denied(_))));
    }
}

async fn a_case_is_clean_unless_something_was_found(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let specialist = world.actor("p-specialist");
    let office = world.office();
    let draft = |deal: &str, now| Draft {
        target: Target::Deal,
        deal: deal.to_owned(),
        employee: "anna".to_owned(),
        kind: "тон".to_owned(),
        severity: Severity::Remark,
        at: now,
        text: "Сухо".to_owned(),
        recommendation: String::new(),
        event: String::new(),
    };
    // What was found before, or of another deal, is not found now.
    for (deal, now) in [("d1", at(3, 9)), ("d2", at(3, 11))] {
        by_hand::make(&world.store, &specialist, office, &draft(deal, now), now)
            .await
            .unwrap();
    }
    let case = take(&world, &specialist, "d1", at(3, 10)).await.unwrap();
    assert_eq!((case.outcome, case.row.employee.as_str()), (None, "anna"));
    let later = at(3, 10) + 12 * MINUTE;
    let done = finish(&world, &specialist, &case, Finish::default(), later)
        .await
        .unwrap();
    assert_eq!(done.outcome, Some(Outcome::Clean));
    assert_eq!((done.row.spent_ms, done.row.found), (12 * MINUTE, 0));
    assert_eq!(world.journal("deal:d1").await, ["review.finish"]);
    let twice = finish(&world, &specialist, &case, Finish::default(), later).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));

    let case = take(&world, &specialist, "d3", at(3, 12)).await.unwrap();
    let now = at(3, 12) + MINUTE;
    by_hand::make(&world.store, &specialist, office, &draft("d3", now), now)
        .await
        .unwrap();
    let so_far = work::in_hand(&world.store, &specialist).await.unwrap();
    assert_eq!(so_far.unwrap().row.found, 1);
    let said = Finish {
        minutes: Some(7),
        ..Finish::default()
    };
    let done = finish(&world, &specialist, &case, said, at(3, 13)).await;
    let done = done.unwrap();
    assert_eq!(done.outcome, Some(Outcome::Found));
    assert_eq!((done.row.spent_ms, done.row.found), (7 * MINUTE, 1));

    // What was put back waits again.
    let case = take(&world, &specialist, "d4", at(3, 14)).await.unwrap();
    let waiting = queue(&world, &specialist, Order::Money, at(3, 14)).await;
    assert_eq!(deals(&waiting), ["d2"]);
    let back = Finish {
        put_back: true,
        ..Finish::default()
    };
    let done = finish(&world, &specialist, &case, back, at(3, 15)).await;
    assert_eq!(done.unwrap().outcome, Some(Outcome::PutBack));
    let waiting = queue(&world, &specialist, Order::Money, at(3, 16)).await;
    assert_eq!(deals(&waiting), ["d2", "d4"]);
}

async fn a_case_is_in_one_hand_and_nobody_looks_at_their_own(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let (specialist, head) = (world.actor("p-specialist"), world.actor("p-head"));
    let case = take(&world, &specialist, "d1", at(3, 10)).await.unwrap();
    let taken = take(&world, &head, "d1", at(3, 10)).await;
    assert_eq!(taken, Err(Busy::InHand));
    let another = take(&world, &specialist, "d2", at(3, 11)).await;
    assert_eq!(another, Err(Busy::WithAnother));
    // Whoever comes back to it goes on with it.
    let again = take(&world, &specialist, "d1", at(3, 11)).await.unwrap();
    assert_eq!(again, case);
    let others = finish(&world, &head, &case, Finish::default(), at(3, 11)).await;
    assert!(matches!(others, Err(Error::NotFound { .. })));

    let own = Actor {
        employee: Some("boris".to_owned()),
        ..head
    };
    assert_eq!(take(&world, &own, "d4", at(3, 11)).await, Err(Busy::Own));
    let all = queue(&world, &own, Order::People, at(3, 11)).await;
    assert!(!deals(&all).contains(&"d4"));
    let (store, office) = (world.store.as_ref(), world.office());
    let nothing = work::take(store, &own, office, ("nothing", None), at(3, 11)).await;
    assert!(matches!(nothing, Err(Error::NotFound { .. })));
    let anna = world.actor("p-anna");
    let denied = work::take(store, &anna, office, ("d4", None), at(3, 11)).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
}

async fn a_case_that_was_open_overnight_asks_for_its_minutes(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let specialist = world.actor("p-specialist");
    let case = take(&world, &specialist, "d1", at(3, 17)).await.unwrap();
    for minutes in [None, Some(-1), Some(100_000)] {
        let asked = Finish {
            minutes,
            ..Finish::default()
        };
        let refused = finish(&world, &specialist, &case, asked, at(4, 10)).await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("{minutes:?} is taken");
        };
        assert_eq!(faults[0].field, "minutes");
    }
    let asked = Finish {
        minutes: Some(15),
        ..Finish::default()
    };
    let done = finish(&world, &specialist, &case, asked, at(4, 10)).await;
    assert_eq!(done.unwrap().row.spent_ms, 15 * MINUTE);
}

async fn what_is_not_alive_is_not_looked_at(store: Arc<Store>) {
    let story = format!(
        "{STORY}
2 11:00 d5 created stage=new
2 11:00 d6 created stage=new employee=anna
2 12:00 d6 removed"
    );
    let world = World::of(store, &story).await;
    let specialist = world.actor("p-specialist");
    let all = queue(&world, &specialist, Order::Chance, at(3, 10)).await;
    let all: BTreeSet<&str> = deals(&all).into_iter().collect();
    assert_eq!(all, BTreeSet::from(["d1", "d2", "d3", "d4"]));
    // Of what lies in the future nothing is known yet.
    let before = queue(&world, &specialist, Order::Chance, at(2, 10)).await;
    assert_eq!(deals(&before), ["d1"]);
    let month = 31 * 24 * 60 * MINUTE;
    look(&world, &specialist, "d1", at(3, 10)).await;
    let later = queue(&world, &specialist, Order::Chance, at(3, 10) + month).await;
    assert!(later.waiting.is_empty(), "nothing has happened for a month");
}

async fn time_is_told_to_those_who_may_know(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let (specialist, head) = (world.actor("p-specialist"), world.actor("p-head"));
    look(&world, &specialist, "d1", at(3, 10)).await;
    look(&world, &head, "d2", at(3, 11)).await;
    let (store, zone) = (world.store.as_ref(), &world.office().version().zone);
    let seen = async |who: &Actor| {
        let times = times(store, who, zone, 12, at(4, 10)).await.unwrap();
        let cases = work::list(store, who, Filter::default(), (None, 10)).await;
        let people: Vec<String> = times.people.into_keys().collect();
        let cases = cases.unwrap().into_iter().map(|case| case.row.subject);
        (people, cases.collect::<Vec<_>>())
    };
    let (people, cases) = seen(&specialist).await;
    assert_eq!(
        (people, cases),
        (vec!["p-specialist".to_owned()], vec!["d1".to_owned()])
    );
    let (people, cases) = seen(&world.actor("p-coordinator")).await;
    assert_eq!(people, ["p-head", "p-specialist"]);
    assert_eq!(cases, ["d2", "d1"]);
    // Nor does asking for a colleague help.
    let theirs = Filter {
        reviewer: Some("p-head"),
        ..Filter::default()
    };
    let theirs = work::list(store, &specialist, theirs, (None, 10)).await;
    assert_eq!(theirs.unwrap(), []);
    let anna = world.actor("p-anna");
    let denied = work::list(store, &anna, Filter::default(), (None, 10)).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
}
