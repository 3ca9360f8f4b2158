use std::sync::Arc;

use app::Error;
use app::life::book::Book;
use app::life::decide::{Asked, decide, decide_many, decisions_on};
use app::life::decision::{Cause, Move, Outcome};
use app::life::finding::State;
use app::life::refused::Why;
use app::life::rule::standings;
use app::life::seen::{self, disputed};
use app::life::tell::shown;
use app::life::undo::{Own, own_last, undo, undo_many};
use app::permissions::Deed;
use audit::regulation::Severity;
use figures::View;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    a_decision_is_taken_back_within_seconds,
    late_or_not_ones_own_it_stays,
    a_dispute_and_its_verdict_are_taken_back,
    a_rule_that_fell_by_a_verdict_is_put_back,
    many_are_taken_back_each_for_itself,
);

const SECOND: i64 = 1_000;
const WHY: Move = Move::Acknowledged(Cause::Overload);

fn asked(made: Move) -> Asked {
    Asked {
        made,
        text: "because".to_owned(),
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Why {
    match result {
        Err(Error::Refused(refused)) => refused.why,
        other => panic!("{other:?}"),
    }
}

async fn a_decision_is_taken_back_within_seconds(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (store, office, anna) = (world.store.as_ref(), world.office(), world.actor("p-anna"));
    let now = at(2, 12);
    assert_eq!(
        refused(undo(store, &anna, office, &id, now).await),
        Why::NothingToUndo
    );
    decide(store, &anna, office, &id, &asked(WHY), now)
        .await
        .unwrap();
    let later = now + 10 * SECOND;
    let own = own_last(store, &anna, office, &[&id], later).await.unwrap();
    assert_eq!(own[0].1, Own::Open);
    let seen = undo(store, &anna, office, &id, later).await.unwrap();
    // It was seen, and goes on having been seen.
    assert_eq!((seen.state, seen.life.told), (State::Told, Some(now)));
    assert_eq!(seen.life.acknowledged, None);
    assert!(world.told_of("finding.acknowledged").await.is_empty());
    let made = decisions_on(store, &anna, office, &id, later)
        .await
        .unwrap();
    let made: Vec<Move> = made.iter().map(|one| one.made).collect();
    assert_eq!(made, [Move::Told, WHY, Move::Undone], "nothing is deleted");
    assert_eq!(
        world.journal(&format!("finding:{id}")).await,
        ["finding.undo", "finding.acknowledge"]
    );
    let own = own_last(store, &anna, office, &[&id], later).await.unwrap();
    assert_eq!(own[0].1, Own::TakenBack);
    assert_eq!(
        refused(undo(store, &anna, office, &id, later).await),
        Why::NothingToUndo,
        "twice is not once more"
    );
    // What was there before the decision is there again.
    let client = Move::Acknowledged(Cause::Client);
    for (made, wait) in [(client, 60), (Move::Cured, 120)] {
        let now = now + wait * SECOND;
        decide(store, &anna, office, &id, &asked(made), now)
            .await
            .unwrap();
    }
    let now = now + 125 * SECOND;
    let seen = undo(store, &anna, office, &id, now).await.unwrap();
    assert_eq!(seen.state, State::Acknowledged);
    assert_eq!(seen.life.acknowledged.unwrap().1, Cause::Client);
    assert_eq!(world.told_of("finding.acknowledged").await, ["p-clara"]);
    assert!(world.told_of("finding.cured").await.is_empty());
    // Read anew, and all at once, it is the same.
    let mut reader = store.reader().await.unwrap();
    let whole = Book::whole(&mut reader, &world.company).await.unwrap();
    assert_eq!(whole.life(&id), seen.life);
}

async fn late_or_not_ones_own_it_stays(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let (anna, clara) = (world.actor("p-anna"), world.actor("p-clara"));
    decide(store, &anna, office, &id, &asked(WHY), now)
        .await
        .unwrap();
    let late = undo(store, &anna, office, &id, now + 12 * SECOND).await;
    assert_eq!(refused(late), Why::TooLateToUndo);
    let soon = now + SECOND;
    assert_eq!(
        refused(undo(store, &clara, office, &id, soon).await),
        Why::NotYourDecision
    );
    let others = undo(store, &world.actor("p-boris"), office, &id, soon).await;
    assert!(matches!(others, Err(Error::NotFound { .. })));
    let specialist = undo(store, &world.actor("p-specialist"), office, &id, soon).await;
    assert!(matches!(specialist, Err(Error::Denied(Deed::TakeBack))));
    // Whoever was told in between decided nothing.
    let finding = [world.finding(&id).await];
    shown(store, &anna, office, &finding, soon).await.unwrap();
    decide(store, &clara, office, &id, &asked(Move::Cured), soon)
        .await
        .unwrap();
    assert_eq!(
        refused(undo(store, &anna, office, &id, soon).await),
        Why::DecidedSince
    );
    let kept = seen::see(store, &anna, office, &id, soon).await.unwrap();
    assert_eq!(kept.state, State::Cured);
    // The clock may be turned back meanwhile.
    assert!(undo(store, &clara, office, &id, now).await.is_ok());
}

async fn a_dispute_and_its_verdict_are_taken_back(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    let waiting = async || disputed(store, &head, office, now).await.unwrap();
    let dispute = asked(Move::Disputed);
    decide(store, &anna, office, &id, &dispute, now)
        .await
        .unwrap();
    // Two working days of eight hours: Wednesday at ten.
    assert_eq!(waiting().await[0].verdict_until, Some(at(4, 10)));
    undo(store, &anna, office, &id, now).await.unwrap();
    assert!(waiting().await.is_empty());
    assert!(world.told_of("finding.disputed").await.is_empty());
    decide(store, &anna, office, &id, &dispute, now)
        .await
        .unwrap();
    let dismissed = asked(Move::Decided(Outcome::Dismissed));
    let seen = decide(store, &head, office, &id, &dismissed, now)
        .await
        .unwrap();
    assert_eq!((seen.view, waiting().await.len()), (View::Dismissed, 0));
    let seen = undo(store, &head, office, &id, now + SECOND).await.unwrap();
    assert_eq!(seen.view, View::Counts(Severity::Violation), "as before");
    assert_eq!((seen.state, waiting().await.len()), (State::Disputed, 1));
    assert!(world.told_of("finding.dismissed").await.is_empty());
    assert_eq!(standings(store, &head).await.unwrap().len(), 0);
}

async fn a_rule_that_fell_by_a_verdict_is_put_back(store: Arc<Store>) {
    let world = World::new(store).await;
    let ids = world.found(("late", "anna"), 22, at(2, 10)).await;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    decide_many(store, &anna, office, &ids, &asked(Move::Disputed), now)
        .await
        .unwrap();
    let judge = async |ids: &[&str], outcome, now| {
        let verdict = asked(Move::Decided(outcome));
        let results = decide_many(store, &head, office, ids, &verdict, now).await;
        results
            .unwrap()
            .into_iter()
            .for_each(|one| drop(one.unwrap()));
    };
    let advice = async || standings(store, &head).await.unwrap()[0].advice;
    judge(&ids[..9], Outcome::Upheld, now).await;
    judge(&ids[9..19], Outcome::Dismissed, now).await;
    judge(&ids[19..20], Outcome::Dismissed, now + SECOND).await;
    assert!(advice().await);
    undo(store, &head, office, ids[19], now + 2 * SECOND)
        .await
        .unwrap();
    assert!(!advice().await);
    assert!(world.told_of("rule.fell").await.is_empty());
    // It falls as it would have fallen without all this.
    judge(&ids[20..21], Outcome::Dismissed, now + 60 * SECOND).await;
    assert!(advice().await);
    assert_eq!(world.told_of("rule.fell").await, ["p-director", "p-head"]);
}

async fn many_are_taken_back_each_for_itself(store: Arc<Store>) {
    let world = World::new(store).await;
    let ids = world.found(("late", "anna"), 3, at(2, 10)).await;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let clara = world.actor("p-clara");
    decide_many(store, &clara, office, &ids[..2], &asked(WHY), now)
        .await
        .unwrap();
    let results = undo_many(store, &clara, office, &ids, now + SECOND)
        .await
        .unwrap();
    assert!(results[0].is_ok() && results[1].is_ok());
    let nothing = results.into_iter().nth(2).unwrap();
    assert_eq!(refused(nothing), Why::NothingToUndo);
    let own = own_last(store, &clara, office, &ids, now).await.unwrap();
    assert!(own.iter().all(|(_, own)| *own == Own::TakenBack) && own.len() == 2);
    let many = vec!["x"; 501];
    let refused = undo_many(store, &clara, office, &many, now).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
}
