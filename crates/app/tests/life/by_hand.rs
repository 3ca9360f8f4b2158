use std::sync::Arc;

use app::Error;
use app::life::by_hand::{self, Route};
use app::life::decide::{Asked, decide};
use app::life::decision::{Move, Outcome};
use app::life::finding::State;
use app::life::hand::{Draft, Place, Target};
use app::life::refused::Why;
use app::life::seen;
use app::life::settings::{self, Settings};
use app::life::tell::{delivered, shown};
use audit::regulation::Severity;
use figures::View;
use history::Kind;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    the_coordinator_passes_it_on_in_other_words,
    what_the_coordinator_exempts_reaches_nobody,
    a_setting_skips_the_coordinator,
    whoever_made_it_does_not_judge_it,
    it_is_about_what_there_is,
);

async fn draft(world: &World) -> Draft {
    Draft {
        target: Target::Call,
        deal: "d1".to_owned(),
        employee: "anna".to_owned(),
        kind: "тон".to_owned(),
        severity: Severity::Violation,
        at: at(2, 10),
        text: "Хамит!".to_owned(),
        recommendation: "Извиниться".to_owned(),
        event: world.event(Kind::CallOut).await,
    }
}

async fn the_coordinator_passes_it_on_in_other_words(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, office) = (world.store.as_ref(), world.office());
    let (anna, clara) = (world.actor("p-anna"), world.actor("p-clara"));
    let (specialist, coordinator) = (world.actor("p-specialist"), world.actor("p-coordinator"));
    let made = by_hand::make(store, &specialist, office, &draft(&world).await, at(2, 11))
        .await
        .unwrap();
    let id = made.id.as_str();
    assert_eq!(world.told_of("finding.made").await, ["p-coordinator"]);
    // Until then it is nobody's business, and outside the figures.
    for person in [&anna, &clara] {
        let hidden = seen::see(store, person, office, id, at(2, 12)).await;
        assert!(matches!(hidden, Err(Error::NotFound { .. })));
    }
    let held = seen::see(store, &coordinator, office, id, at(2, 12))
        .await
        .unwrap();
    assert_eq!((held.view, held.allowed.len()), (View::Held, 0));

    let route = Route::PassOn {
        text: Some("Перебивает клиента".to_owned()),
        recommendation: None,
    };
    let denied = by_hand::route(store, &specialist, office, (id, &route), at(2, 12)).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    let waiting = async || {
        let waiting = by_hand::waiting(store, &coordinator, office, at(2, 12))
            .await
            .unwrap();
        waiting
            .into_iter()
            .map(|seen| seen.finding.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(waiting().await, [id]);
    let passed = by_hand::route(store, &coordinator, office, (id, &route), at(2, 12))
        .await
        .unwrap();
    assert!(waiting().await.is_empty());
    let hand = passed.hand.unwrap();
    assert_eq!(hand.way.place(), Place::PassedOn);
    assert_eq!(hand.way.text, "Перебивает клиента");
    assert_eq!(hand.way.recommendation, "Извиниться");
    let told = world.told_of("finding.passed_on").await;
    assert_eq!(told, ["p-anna", "p-clara", "p-specialist"]);
    let twice = by_hand::route(store, &coordinator, office, (id, &route), at(2, 13)).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));

    // Delivered to the lead at noon, read at three, worked off the next morning at ten.
    let company = world.company.as_str();
    delivered(
        store,
        company,
        office,
        ("p-clara", "telegram"),
        &[id],
        at(2, 12),
    )
    .await
    .unwrap();
    let finding = [world.finding(id).await];
    shown(store, &clara, office, &finding, at(2, 15))
        .await
        .unwrap();
    shown(store, &anna, office, &finding, at(2, 16))
        .await
        .unwrap();
    let cured = Asked {
        made: Move::Cured,
        text: "Извинилась".to_owned(),
    };
    let seen = decide(store, &clara, office, id, &cured, at(3, 10))
        .await
        .unwrap();
    assert_eq!(
        (seen.state, seen.life.told),
        (State::Cured, Some(at(2, 16)))
    );
    let reaction = seen.reaction.unwrap();
    let hour = 3_600_000;
    assert_eq!(reaction.first_ms, Some(3 * hour));
    assert_eq!(
        reaction.worked_off_ms,
        Some(7 * hour),
        "till six, and an hour in the morning"
    );
    let way = seen.hand.unwrap().way;
    assert_eq!(
        (way.delivered, way.read),
        (Some(at(2, 12)), Some(at(2, 15)))
    );
    let actions = world.journal(&format!("finding:{id}")).await;
    assert_eq!(actions, ["finding.cure", "finding.pass_on", "finding.make"]);
}

async fn what_the_coordinator_exempts_reaches_nobody(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let coordinator = world.actor("p-coordinator");
    let made = by_hand::make(
        store,
        &world.actor("p-specialist"),
        office,
        &draft(&world).await,
        now,
    )
    .await;
    let id = made.unwrap().id;
    let silent = Route::Exempt {
        reason: String::new(),
    };
    let refused = by_hand::route(store, &coordinator, office, (&id, &silent), now).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    let exempt = Route::Exempt {
        reason: "Клиент первый начал".to_owned(),
    };
    let seen = by_hand::route(store, &coordinator, office, (&id, &exempt), now)
        .await
        .unwrap();
    assert_eq!(seen.view, View::Held);
    let hidden = seen::see(store, &world.actor("p-anna"), office, &id, now).await;
    assert!(matches!(hidden, Err(Error::NotFound { .. })));
    assert_eq!(world.told_of("finding.exempted").await, ["p-specialist"]);
    // A finding of the judge goes no such way.
    let judged = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let refused = by_hand::route(store, &coordinator, office, (&judged, &exempt), now).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}

async fn a_setting_skips_the_coordinator(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let skip = Settings {
        skip_coordinator: true,
        ..Settings::default()
    };
    settings::save(store, &world.actor("p-director"), &skip, now)
        .await
        .unwrap();
    // A lead makes one about the own group, and about nobody else.
    let clara = world.actor("p-clara");
    let made = by_hand::make(store, &clara, office, &draft(&world).await, now)
        .await
        .unwrap();
    let seen = seen::see(store, &world.actor("p-anna"), office, &made.id, now)
        .await
        .unwrap();
    assert_eq!(seen.hand.unwrap().way.place(), Place::PassedOn);
    assert_eq!(world.told_of("finding.passed_on").await, ["p-anna"]);
    assert!(world.told_of("finding.made").await.is_empty());
    let nobody = Draft {
        employee: String::new(),
        ..draft(&world).await
    };
    let denied = by_hand::make(store, &clara, office, &nobody, now).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    let stranger = Draft {
        employee: "nobody".to_owned(),
        ..draft(&world).await
    };
    let unknown = by_hand::make(store, &clara, office, &stranger, now).await;
    assert!(matches!(unknown, Err(Error::Invalid(_))));
    let denied = by_hand::make(
        store,
        &world.actor("p-anna"),
        office,
        &draft(&world).await,
        now,
    )
    .await;
    assert!(matches!(denied, Err(Error::Denied(_))));
}

async fn whoever_made_it_does_not_judge_it(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let (head, anna) = (world.actor("p-head"), world.actor("p-anna"));
    let id = by_hand::make(store, &head, office, &draft(&world).await, now)
        .await
        .unwrap()
        .id;
    let early = Asked {
        made: Move::Disputed,
        text: "Это не я".to_owned(),
    };
    let hidden = decide(store, &anna, office, &id, &early, now).await;
    assert!(matches!(hidden, Err(Error::NotFound { .. })));
    let pass = Route::PassOn {
        text: None,
        recommendation: None,
    };
    by_hand::route(store, &head, office, (&id, &pass), now)
        .await
        .unwrap();
    decide(store, &anna, office, &id, &early, now)
        .await
        .unwrap();
    let verdict = Asked {
        made: Move::Decided(Outcome::Upheld),
        text: "Слышно".to_owned(),
    };
    let own = decide(store, &head, office, &id, &verdict, now).await;
    assert!(matches!(own, Err(Error::Refused(refused)) if refused.why == Why::MadeByYou));
    let other = decide(
        store,
        &world.actor("p-director"),
        office,
        &id,
        &verdict,
        now,
    )
    .await;
    assert_eq!(other.unwrap().state, State::Upheld);
}

async fn it_is_about_what_there_is(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let specialist = world.actor("p-specialist");
    let message = world.event(Kind::MessageOut).await;
    let call = draft(&world).await;
    let changed = |change: &dyn Fn(&mut Draft)| {
        let mut draft = call.clone();
        change(&mut draft);
        draft
    };
    let chat = |d: &mut Draft| {
        d.target = Target::Chat;
        d.event.clone_from(&message);
    };
    let drafts = [
        ("deal", changed(&|d| d.deal = "none".to_owned())),
        ("employee", changed(&|d| d.employee = "none".to_owned())),
        ("event", changed(&|d| d.event = "none".to_owned())),
        // A message is no call.
        ("event", changed(&|d| d.event.clone_from(&message))),
        ("text", changed(&|d| d.text = "а".repeat(6_000))),
        ("", changed(&chat)),
    ];
    for (expected, draft) in drafts {
        let field = match by_hand::make(store, &specialist, office, &draft, now).await {
            Err(Error::Invalid(faults)) => faults[0].field,
            _ => "",
        };
        assert_eq!(field, expected);
    }
}
