use std::sync::Arc;

use app::Error;
use app::life::decide::{Asked, decide, decide_many};
use app::life::decision::{Move, Outcome};
use app::life::rule::{rule_on, rulings_about, standings};
use app::life::seen;
use app::life::settings::{self, Settings};
use figures::View;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    a_rule_that_is_overturned_falls_to_advice_until_somebody_decides,
    settings_are_kept_and_checked,
);

fn asked(made: Move) -> Asked {
    Asked {
        made,
        text: "because".to_owned(),
    }
}

async fn a_rule_that_is_overturned_falls_to_advice_until_somebody_decides(store: Arc<Store>) {
    let world = World::new(store).await;
    let ids = world.found(("late", "anna"), 24, at(2, 10)).await;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    let coordinator = world.actor("p-coordinator");
    let dispute = asked(Move::Disputed);
    decide_many(store, &anna, office, &ids[..22], &dispute, now)
        .await
        .unwrap();
    let judge = async |ids: &[&str], outcome| {
        let verdict = asked(Move::Decided(outcome));
        for result in decide_many(store, &head, office, ids, &verdict, now)
            .await
            .unwrap()
        {
            result.unwrap();
        }
    };
    judge(&ids[..9], Outcome::Upheld).await;
    judge(&ids[9..19], Outcome::Dismissed).await;
    let late = standings(store, &head).await.unwrap().remove(0);
    assert_eq!(
        (late.overturned, late.advice),
        (None, false),
        "19 are too few"
    );

    judge(&ids[19..20], Outcome::Dismissed).await;
    let late = standings(store, &head).await.unwrap().remove(0);
    let share = late.overturned.unwrap();
    assert_eq!((share.hits, share.of, late.advice), (11, 20, true));
    assert_eq!(world.told_of("rule.fell").await, ["p-director", "p-head"]);
    assert_eq!(world.journal("rule:late").await, ["rule.fall"]);

    // Shown to the employee only, and outside the rate.
    let own = seen::see(store, &anna, office, ids[23], now).await.unwrap();
    assert_eq!(own.view, View::Advice);
    for person in ["p-clara", "p-coordinator", "p-specialist"] {
        let hidden = seen::see(store, &world.actor(person), office, ids[23], now).await;
        assert!(matches!(hidden, Err(Error::NotFound { .. })), "{person}");
    }
    // Whoever is to decide on it looks at it.
    assert!(seen::see(store, &head, office, ids[23], now).await.is_ok());
    let denied = rule_on(
        store,
        &coordinator,
        office,
        "late",
        (false, "it is right"),
        now,
    )
    .await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    let silent = rule_on(store, &head, office, "late", (false, " "), now).await;
    assert!(matches!(silent, Err(Error::Invalid(_))));

    rule_on(store, &head, office, "late", (false, "it is right"), now)
        .await
        .unwrap();
    let twice = rule_on(store, &head, office, "late", (false, "it is right"), now).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    let own = seen::see(store, &coordinator, office, ids[23], now)
        .await
        .unwrap();
    assert!(matches!(own.view, View::Counts(_)));
    // It does not fall again on the same evidence.
    judge(&ids[20..22], Outcome::Dismissed).await;
    assert!(!standings(store, &head).await.unwrap().remove(0).advice);
    let rulings = rulings_about(store, &head, "late").await.unwrap();
    let words: Vec<(&str, i64)> = rulings
        .iter()
        .map(|ruling| (ruling.ruling.as_str(), ruling.dismissed))
        .collect();
    assert_eq!(words, [("fell", 11), ("in_force", 11)]);
    let unknown = rule_on(store, &head, office, "none", (true, "on trial"), now).await;
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
    // Somebody may keep a rule as advice without it having fallen.
    rule_on(store, &head, office, "silent", (true, "on trial"), now)
        .await
        .unwrap();
    assert_eq!(standings(store, &head).await.unwrap().len(), 2);
    // A verdict that is lifted counts no more.
    decide(store, &head, office, ids[0], &asked(Move::Reopened), now)
        .await
        .unwrap();
    assert_eq!(standings(store, &head).await.unwrap()[0].tally.upheld, 8);
}

async fn settings_are_kept_and_checked(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, director) = (world.store.as_ref(), world.actor("p-director"));
    let load = async || {
        let mut reader = store.reader().await.unwrap();
        settings::load(&mut reader, &world.company).await.unwrap()
    };
    assert_eq!(load().await, Settings::default());
    let changed = Settings {
        skip_coordinator: true,
        ..Settings::default()
    };
    let denied = settings::save(store, &world.actor("p-head"), &changed, at(2, 10)).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    settings::save(store, &director, &changed, at(2, 10))
        .await
        .unwrap();
    assert_eq!(load().await, changed);
    let unfit = Settings {
        advice_from: 3.0,
        ..changed
    };
    let refused = settings::save(store, &director, &unfit, at(2, 10)).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
}
