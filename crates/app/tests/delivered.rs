//! A message about findings that reached somebody.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use app::notices;
use store::admissions::{self, Admission};
use store::decisions;
use store::findings::{self, Finding};
use store::persons::{self, Person};
use store::{Store, testing};

store::on_both!(what_was_delivered_is_told_once_and_to_whom_it_is_held_against);

async fn admit(store: &Store, company: &str, person: &str, employee: Option<&str>) {
    let somebody = Person {
        id: person.to_owned(),
        login: person.to_owned(),
        name: person.to_owned(),
        password: None,
        language: "ru".to_owned(),
        created_at: 0,
    };
    let admission = Admission {
        company: company.to_owned(),
        person: person.to_owned(),
        access: "employee".to_owned(),
        employee: employee.map(str::to_owned),
        disabled: false,
        created_at: 0,
        accepted_at: Some(0),
    };
    let mut tx = store.begin().await.unwrap();
    persons::add(&mut tx, &somebody).await.unwrap();
    admissions::add(&mut tx, &admission).await.unwrap();
    tx.commit().await.unwrap();
}

async fn what_was_delivered_is_told_once_and_to_whom_it_is_held_against(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    admit(&store, &company, "p-anna", Some("anna")).await;
    admit(&store, &company, "p-boris", Some("boris")).await;
    admit(&store, &company, "p-guest", None).await;
    let all = [("f1", "anna"), ("f2", "boris"), ("f3", "anna")].map(|(id, employee)| Finding {
        id: id.to_owned(),
        rule: "no-open-task".to_owned(),
        scope: "deal".to_owned(),
        scope_key: id.to_owned(),
        deal: id.to_owned(),
        employee: employee.to_owned(),
        severity: "violation".to_owned(),
        standing: true,
        ..Finding::default()
    });
    let mut tx = store.begin().await.unwrap();
    findings::insert(&mut tx, &company, &all).await.unwrap();
    tx.commit().await.unwrap();
    let named = ["f1", "f2", "unknown"];
    for at in [500, 500, 600] {
        for person in ["p-anna", "p-guest", "nobody"] {
            let to = (person, "app");
            let told = notices::delivered(&store, &company, to, &named, at).await;
            told.unwrap();
        }
    }
    let mut reader = store.reader().await.unwrap();
    let decided = decisions::all(&mut reader, &company).await.unwrap();
    assert_eq!(decided.len(), 1, "{decided:?}");
    let told = &decided[0];
    assert_eq!((&*told.finding, &*told.made, told.at), ("f1", "told", 500));
    assert_eq!((&*told.author, &*told.text), ("p-anna", "app"));
}
