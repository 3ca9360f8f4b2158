use std::sync::Arc;

use app::Error;
use app::life::book::Book;
use app::life::exempt::{self, Asked};
use app::life::exemption::Scope;
use app::life::seen;
use figures::View;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    an_exemption_hides_from_the_figures_until_it_is_ended,
    exemptions_are_made_by_those_who_may,
);

fn asked() -> Asked {
    Asked {
        scope: Scope {
            rule: "late".to_owned(),
            employee: "anna".to_owned(),
            ..Scope::default()
        },
        reason: "Телефония лежала".to_owned(),
        from: Some(at(2, 0)),
        until: at(9, 0),
    }
}

async fn an_exemption_hides_from_the_figures_until_it_is_ended(store: Arc<Store>) {
    let world = World::new(store).await;
    let early = world.found(("late", "anna"), 1, at(2, 10)).await.remove(0);
    let later = world.found(("late", "anna"), 1, at(4, 10)).await.remove(0);
    let (store, office, head) = (world.store.as_ref(), world.office(), world.actor("p-head"));
    let made = exempt::make(store, &head, office, &asked(), at(2, 12))
        .await
        .unwrap();
    let seen = async |id: &str| seen::see(store, &head, office, id, at(5, 9)).await.unwrap();
    let first = seen(&early).await;
    assert_eq!(
        (first.view, first.exemption.as_ref()),
        (View::Exempt(0), Some(&made.id))
    );
    assert_eq!(seen(&later).await.view, View::Exempt(0));
    assert_eq!(world.told_of("exemption.made").await, ["p-anna", "p-clara"]);

    let ended = exempt::end(store, &head, office, (&made.id, "repaired"), at(3, 9))
        .await
        .unwrap();
    assert_eq!(ended.ended_at, Some(at(3, 9)));
    assert_eq!(
        seen(&early).await.view,
        View::Exempt(0),
        "what lies before stays covered"
    );
    assert!(matches!(seen(&later).await.view, View::Counts(_)));
    let twice = exempt::end(store, &head, office, (&made.id, "again"), at(3, 10)).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    let object = format!("exemption:{}", made.id);
    assert_eq!(
        world.journal(&object).await,
        ["exemption.end", "exemption.make"]
    );
    let kept = exempt::list(store, &head, office, at(5, 9)).await.unwrap();
    assert_eq!(kept, [ended]);
    // The whole book says the same as that of one finding.
    let mut reader = store.reader().await.unwrap();
    let whole = Book::whole(&mut reader, &world.company).await.unwrap();
    let finding = world.finding(&early).await;
    let facts = whole.facts(&finding).unwrap();
    assert_eq!(whole.view(&early, &facts), View::Exempt(0));
}

async fn exemptions_are_made_by_those_who_may(store: Arc<Store>) {
    let world = World::new(store).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(2, 12));
    for person in ["p-anna", "p-clara", "p-specialist"] {
        let refused = exempt::make(store, &world.actor(person), office, &asked(), now).await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{person}");
    }
    let coordinator = world.actor("p-coordinator");
    let refused = async |change: fn(&mut Asked)| {
        let mut asked = asked();
        change(&mut asked);
        exempt::make(store, &coordinator, office, &asked, now).await
    };
    assert!(matches!(
        refused(|a| a.scope = Scope::default()).await,
        Err(Error::Invalid(_))
    ));
    assert!(matches!(
        refused(|a| a.reason.clear()).await,
        Err(Error::Invalid(_))
    ));
    assert!(matches!(
        refused(|a| a.until = 5).await,
        Err(Error::Invalid(_))
    ));
    let unknown = |a: &mut Asked| {
        a.scope = Scope {
            rule: "none".to_owned(),
            deal: "none".to_owned(),
            employee: "none".to_owned(),
            stage: "none".to_owned(),
        }
    };
    let Err(Error::Invalid(faults)) = refused(unknown).await else {
        panic!("an exemption from what nobody knows");
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["rule", "deal", "employee", "stage"]);
    let made = refused(|_| ()).await.unwrap();
    // Everybody sees those that concern them.
    let visible = async |person: &str| {
        exempt::list(store, &world.actor(person), office, now)
            .await
            .unwrap()
            .len()
    };
    assert_eq!((visible("p-anna").await, visible("p-boris").await), (1, 0));
    let missing = exempt::end(store, &coordinator, office, ("none", "x"), now).await;
    assert!(matches!(missing, Err(Error::NotFound { .. })));
    let silent = exempt::end(store, &coordinator, office, (&made.id, ""), now).await;
    assert!(matches!(silent, Err(Error::Invalid(_))));
}
