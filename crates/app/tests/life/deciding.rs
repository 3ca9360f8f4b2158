use std::sync::Arc;

use app::Error;
use app::life::decide::{Asked, decide, decide_many, decisions_on};
use app::life::decision::{Cause, Move, MoveKind, Outcome};
use app::life::finding::State;
use app::life::refused::Why;
use app::life::seen::{self, list};
use app::life::tell::{delivered, shown};
use app::permissions::Deed;
use audit::regulation::Severity;
use figures::View;
use store::findings::Filter;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    told_acknowledged_disputed_and_judged,
    each_sees_and_does_what_their_access_says,
    two_at_once_dispute_once,
    many_at_once_each_have_their_result,
    the_deadline_holds_in_the_store,
    told_is_written_once_unless_a_channel_was_earlier,
    lists_are_narrowed_by_state_and_paged,
    what_is_withdrawn_keeps_its_decisions,
    again_is_told_in_lists,
);

fn asked(made: Move) -> Asked {
    Asked {
        made,
        text: "because".to_owned(),
    }
}

const WHY: Move = Move::Acknowledged(Cause::Overload);

async fn told_acknowledged_disputed_and_judged(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (anna, coordinator) = (world.actor("p-anna"), world.actor("p-coordinator"));
    let (store, office) = (world.store.as_ref(), world.office());
    shown(store, &anna, office, &[world.finding(&id).await], at(2, 11))
        .await
        .unwrap();
    let finding = seen::see(store, &anna, office, &id, at(2, 12))
        .await
        .unwrap();
    assert_eq!(finding.state, State::Told);
    assert_eq!(
        finding.allowed,
        [MoveKind::Acknowledge, MoveKind::Cure, MoveKind::Dispute]
    );
    // Seven hours of that day and nine of the next: two working days of eight.
    assert_eq!(finding.deadline, Some(at(3, 18)));

    let seen = decide(store, &anna, office, &id, &asked(WHY), at(2, 12))
        .await
        .unwrap();
    assert_eq!(seen.state, State::Acknowledged);
    assert_eq!(world.told_of("finding.acknowledged").await, ["p-clara"]);
    let seen = decide(store, &anna, office, &id, &asked(Move::Disputed), at(2, 13))
        .await
        .unwrap();
    assert_eq!((seen.state, seen.allowed.len()), (State::Disputed, 0));
    assert_eq!(
        world.told_of("finding.disputed").await,
        ["p-coordinator", "p-head"]
    );

    let dismissed = asked(Move::Decided(Outcome::Dismissed));
    let seen = decide(store, &coordinator, office, &id, &dismissed, at(2, 14))
        .await
        .unwrap();
    assert_eq!((seen.state, seen.view), (State::Dismissed, View::Dismissed));
    assert_eq!(seen.allowed, [MoveKind::Reopen]);
    assert_eq!(
        world.told_of("finding.dismissed").await,
        ["p-anna", "p-clara"]
    );
    let actions = world.journal(&format!("finding:{id}")).await;
    assert_eq!(
        actions,
        ["finding.decide", "finding.dispute", "finding.acknowledge"]
    );
    let list = decisions_on(store, &anna, office, &id, at(2, 15))
        .await
        .unwrap();
    let made: Vec<Move> = list.iter().map(|decision| decision.made).collect();
    assert_eq!(made, [Move::Told, WHY, Move::Disputed, dismissed.made]);
    assert_eq!(list[0].text, "screen");
}

async fn each_sees_and_does_what_their_access_says(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let try_to = async |person: &str, made: Move| {
        decide(store, &world.actor(person), office, &id, &asked(made), now).await
    };
    // What is not for these eyes looks like what is not there.
    let unseen = try_to("p-boris", WHY).await;
    assert!(matches!(unseen, Err(Error::NotFound { .. })));
    let unknown = decide(
        store,
        &world.actor("p-anna"),
        office,
        "none",
        &asked(WHY),
        now,
    )
    .await;
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
    let denied = try_to("p-specialist", WHY).await;
    assert!(matches!(denied, Err(Error::Denied(Deed::Acknowledge))));
    let denied = try_to("p-anna", Move::Decided(Outcome::Dismissed)).await;
    assert!(matches!(denied, Err(Error::Denied(Deed::JudgeDispute))));
    assert!(matches!(
        try_to("p-anna", Move::Told).await,
        Err(Error::Invalid(_))
    ));
    // A lead disputes for the group and does not judge.
    assert_eq!(
        try_to("p-clara", Move::Disputed).await.unwrap().state,
        State::Disputed
    );
    let own = try_to("p-clara", Move::Decided(Outcome::Upheld)).await;
    assert!(matches!(own, Err(Error::Denied(_))));
    // The head who disputes does not judge either.
    let other = world.found(("late", "boris"), 1, at(2, 10)).await.remove(0);
    let head = world.actor("p-head");
    decide(store, &head, office, &other, &asked(Move::Disputed), now)
        .await
        .unwrap();
    let upheld = asked(Move::Decided(Outcome::Upheld));
    let own = decide(store, &head, office, &other, &upheld, now).await;
    assert!(matches!(own, Err(Error::Refused(refused)) if refused.why == Why::OwnDispute));
    // Without a reason nothing is disputed or judged.
    let silent = Asked {
        made: Move::Decided(Outcome::Upheld),
        text: " ".to_owned(),
    };
    let coordinator = world.actor("p-coordinator");
    let refused = decide(store, &coordinator, office, &other, &silent, now).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    decide(store, &coordinator, office, &other, &upheld, now)
        .await
        .unwrap();
    // Another company's people find nothing.
    let stranger = app::Actor {
        company: store::testing::company(store, "two").await,
        ..world.actor("p-director")
    };
    let crossed = seen::see(store, &stranger, office, &id, now).await;
    assert!(matches!(crossed, Err(Error::NotFound { .. })));
}

async fn two_at_once_dispute_once(store: Arc<Store>) {
    let world = Arc::new(World::new(store).await);
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let disputing: Vec<_> = ["p-anna", "p-clara", "p-head", "p-anna"]
        .into_iter()
        .map(|person| {
            let (world, id) = (world.clone(), id.clone());
            tokio::spawn(async move {
                let actor = world.actor(person);
                let dispute = asked(Move::Disputed);
                decide(
                    &world.store,
                    &actor,
                    world.office(),
                    &id,
                    &dispute,
                    at(2, 12),
                )
                .await
                .is_ok()
            })
        })
        .collect();
    let mut disputes = 0;
    for one in disputing {
        disputes += u32::from(one.await.unwrap());
    }
    assert_eq!(disputes, 1);
}

async fn many_at_once_each_have_their_result(store: Arc<Store>) {
    let world = World::new(store).await;
    let mut ids = world.found(("late", "anna"), 3, at(2, 10)).await;
    ids.extend(world.found(("late", "boris"), 1, at(2, 10)).await);
    ids.push("none".to_owned());
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let anna = world.actor("p-anna");
    decide(store, &anna, office, ids[1], &asked(Move::Disputed), now)
        .await
        .unwrap();
    let results = decide_many(store, &anna, office, &ids, &asked(WHY), now)
        .await
        .unwrap();
    assert_eq!(results.len(), 5);
    assert_eq!(results[0].as_ref().unwrap().state, State::Acknowledged);
    let refused = results[1].as_ref().unwrap_err();
    assert!(matches!(refused, Error::Refused(refused) if refused.why == Why::DisputeWaits));
    assert_eq!(results[2].as_ref().unwrap().state, State::Acknowledged);
    assert!(matches!(results[3], Err(Error::NotFound { .. })));
    assert!(matches!(results[4], Err(Error::NotFound { .. })));
    let many = vec!["x"; 501];
    let refused = decide_many(store, &anna, office, &many, &asked(WHY), now).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
}

async fn the_deadline_holds_in_the_store(store: Arc<Store>) {
    let world = World::new(store).await;
    let ids = world.found(("late", "anna"), 2, at(2, 10)).await;
    let (store, office, anna) = (world.store.as_ref(), world.office(), world.actor("p-anna"));
    shown(
        store,
        &anna,
        office,
        &[world.finding(&ids[0]).await],
        at(6, 12),
    )
    .await
    .unwrap();
    // Friday noon and two working days of eight hours: Tuesday at ten.
    let late = decide(
        store,
        &anna,
        office,
        &ids[0],
        &asked(Move::Disputed),
        at(11, 11),
    )
    .await;
    let Err(Error::Refused(refused)) = late else {
        panic!("disputed too late");
    };
    assert_eq!(refused.why, Why::TooLate(at(10, 10)));
    assert_eq!(refused.allowed, [MoveKind::Acknowledge, MoveKind::Cure]);
    // A lead who answers for somebody starts no clock of theirs.
    let clara = world.actor("p-clara");
    decide(store, &clara, office, &ids[1], &asked(WHY), at(2, 12))
        .await
        .unwrap();
    let seen = seen::see(store, &clara, office, &ids[1], at(2, 13))
        .await
        .unwrap();
    assert_eq!((seen.life.told, seen.deadline), (None, None));
    // Never delivered: no deadline runs.
    let never = decide(
        store,
        &anna,
        office,
        &ids[1],
        &asked(Move::Disputed),
        at(11, 11),
    )
    .await;
    let never = never.unwrap();
    assert_eq!(
        (never.state, never.life.told),
        (State::Disputed, Some(at(11, 11)))
    );
}

async fn told_is_written_once_unless_a_channel_was_earlier(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (store, office, anna) = (world.store.as_ref(), world.office(), world.actor("p-anna"));
    let finding = [world.finding(&id).await];
    // Others' eyes tell nobody.
    for person in ["p-clara", "p-head", "p-boris"] {
        shown(store, &world.actor(person), office, &finding, at(2, 11))
            .await
            .unwrap();
    }
    for hour in [15, 16] {
        shown(store, &anna, office, &finding, at(2, hour))
            .await
            .unwrap();
    }
    let company = world.company.as_str();
    let ids = [id.as_str(), "none"];
    delivered(
        store,
        company,
        office,
        ("p-anna", "telegram"),
        &ids,
        at(2, 12),
    )
    .await
    .unwrap();
    delivered(store, company, office, ("p-anna", "email"), &ids, at(2, 13))
        .await
        .unwrap();
    delivered(store, company, office, ("nobody", "email"), &ids, at(2, 10))
        .await
        .unwrap();
    let told = decisions_on(store, &anna, office, &id, at(2, 17))
        .await
        .unwrap();
    let channels: Vec<&str> = told.iter().map(|decision| decision.text.as_str()).collect();
    assert_eq!(channels, ["screen", "telegram"]);
    let seen = seen::see(store, &anna, office, &id, at(2, 17))
        .await
        .unwrap();
    assert_eq!(seen.life.told, Some(at(2, 12)));
}

async fn lists_are_narrowed_by_state_and_paged(store: Arc<Store>) {
    let world = World::new(store).await;
    let ids = world.found(("late", "anna"), 250, at(2, 10)).await;
    world.found(("late", "boris"), 3, at(2, 10)).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(3, 12));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    for id in [&ids[3], &ids[240]] {
        decide(store, &anna, office, id, &asked(Move::Disputed), now)
            .await
            .unwrap();
    }
    let all = Filter::default();
    let pages = async |actor, states: &[State], limit: usize| {
        let mut seen: Vec<String> = Vec::new();
        let mut after = None;
        loop {
            let page = list(
                store,
                actor,
                office,
                (&all, states),
                (after.as_ref(), limit),
                now,
            )
            .await;
            let page = page.unwrap();
            assert!(page.findings.len() <= limit);
            seen.extend(page.findings.into_iter().map(|seen| seen.finding.id));
            after = page.next;
            if after.is_none() {
                return seen;
            }
        }
    };
    let own = pages(&anna, &[], 100).await;
    let newest_first: Vec<String> = ids.iter().rev().cloned().collect();
    assert_eq!(own, newest_first);
    assert_eq!(pages(&head, &[], 90).await.len(), 253);
    for limit in [1, 2, 3] {
        let disputed = pages(&head, &[State::Disputed], limit).await;
        assert_eq!(disputed, [ids[240].clone(), ids[3].clone()]);
    }
    assert_eq!(pages(&head, &[State::New], 200).await.len(), 251);
    assert_eq!(pages(&world.actor("p-clara"), &[], 200).await.len(), 253);
    // Asking for somebody else's gives nothing.
    let boris = Filter {
        employees: Some(&["boris"]),
        ..Filter::default()
    };
    let page = list(store, &anna, office, (&boris, &[]), (None, 50), now)
        .await
        .unwrap();
    assert!(page.findings.is_empty());
}

async fn what_is_withdrawn_keeps_its_decisions(store: Arc<Store>) {
    let world = World::new(store).await;
    let id = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    decide(store, &anna, office, &id, &asked(Move::Disputed), now)
        .await
        .unwrap();
    let partly = asked(Move::Decided(Outcome::Partly));
    decide(store, &head, office, &id, &partly, now)
        .await
        .unwrap();
    let standing = async |standing| {
        let finding = store::findings::Finding {
            standing,
            ..world.finding(&id).await
        };
        let mut tx = store.begin().await.unwrap();
        store::findings::update(&mut tx, &world.company, &[finding])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        seen::see(store, &anna, office, &id, now).await.unwrap()
    };
    let gone = standing(false).await;
    assert_eq!((gone.state, gone.view), (State::Withdrawn, View::Withdrawn));
    let refused = decide(store, &head, office, &id, &asked(Move::Reopened), now).await;
    assert!(matches!(refused, Err(Error::Refused(refused)) if refused.why == Why::Withdrawn));
    let back = standing(true).await;
    assert_eq!(
        (back.state, back.view),
        (State::Partly, View::Counts(Severity::Remark))
    );
}

async fn again_is_told_in_lists(store: Arc<Store>) {
    let world = World::new(store).await;
    let first = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let second = world.found(("late", "anna"), 1, at(4, 10)).await.remove(0);
    let other = world
        .found(("silent", "anna"), 1, at(4, 10))
        .await
        .remove(0);
    let (store, office, anna) = (world.store.as_ref(), world.office(), world.actor("p-anna"));
    let again = async || {
        let all = Filter::default();
        let page = list(store, &anna, office, (&all, &[]), (None, 50), at(5, 10))
            .await
            .unwrap();
        let again = page.findings.into_iter().filter(|seen| seen.again);
        again.map(|seen| seen.finding.id).collect::<Vec<_>>()
    };
    assert!(again().await.is_empty());
    decide(store, &anna, office, &first, &asked(WHY), at(3, 10))
        .await
        .unwrap();
    assert_eq!(again().await, std::slice::from_ref(&second));
    assert!(
        !seen::see(store, &anna, office, &other, at(5, 10))
            .await
            .unwrap()
            .again
    );
    // An earlier one that was dismissed repeats nothing.
    decide(
        store,
        &anna,
        office,
        &first,
        &asked(Move::Disputed),
        at(3, 11),
    )
    .await
    .unwrap();
    let dismissed = asked(Move::Decided(Outcome::Dismissed));
    decide(
        store,
        &world.actor("p-head"),
        office,
        &first,
        &dismissed,
        at(3, 12),
    )
    .await
    .unwrap();
    assert!(again().await.is_empty());
}
