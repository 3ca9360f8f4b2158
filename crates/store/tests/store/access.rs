use std::sync::Arc;

use store::admissions::Admission;
use store::links::Link;
use store::persons::Person;
use store::sessions::Session;
use store::tokens::Token;
use store::{Store, admissions, links, on_both, persons, sessions, testing, tokens};

on_both!(
    a_login_is_one_persons,
    a_person_has_a_place_in_several_companies,
    sessions_grow_old,
    a_link_works_once_however_many_come,
    a_link_dies_and_can_be_taken_back,
    tokens_are_a_companys,
);

async fn person(store: &Store, login: &str) -> String {
    let person = Person {
        id: format!("p-{login}"),
        login: login.to_owned(),
        name: "Анна\0".to_owned(),
        password: None,
        language: "ru".to_owned(),
        created_at: 1,
    };
    let mut tx = store.begin().await.unwrap();
    assert!(persons::add(&mut tx, &person).await.unwrap());
    tx.commit().await.unwrap();
    person.id
}

fn admission(company: &str, person: &str) -> Admission {
    Admission {
        company: company.to_owned(),
        person: person.to_owned(),
        access: "head".to_owned(),
        employee: None,
        disabled: false,
        created_at: 1,
        accepted_at: None,
    }
}

async fn a_login_is_one_persons(store: Arc<Store>) {
    let mut reader = store.reader().await.unwrap();
    assert!(!persons::any(&mut reader).await.unwrap());
    drop(reader);
    let id = person(&store, "anna").await;
    let mut tx = store.begin().await.unwrap();
    let mut found = persons::by_login(&mut tx, "anna").await.unwrap().unwrap();
    assert_eq!(
        (found.name.as_str(), &found.password),
        ("Анна\u{fffd}", &None)
    );
    persons::set_password(&mut tx, &id, "$argon2id$")
        .await
        .unwrap();
    persons::set_language(&mut tx, &id, "en").await.unwrap();
    let changed = persons::get(&mut tx, &id).await.unwrap().unwrap();
    assert_eq!(changed.password.as_deref(), Some("$argon2id$"));
    assert_eq!(changed.language, "en");
    assert!(!format!("{changed:?}").contains("argon2id"));
    found.id = "p-other".to_owned();
    assert!(!persons::add(&mut tx, &found).await.unwrap());
    assert!(persons::any(&mut tx).await.unwrap());
    assert_eq!(persons::by_login(&mut tx, "Anna").await.unwrap(), None);
}

async fn a_person_has_a_place_in_several_companies(store: Arc<Store>) {
    let one = testing::company(&store, "Б").await;
    let other = testing::company(&store, "А").await;
    let anna = person(&store, "anna").await;
    let boris = person(&store, "boris").await;
    let mut tx = store.begin().await.unwrap();
    for (company, person) in [(&one, &anna), (&other, &anna), (&one, &boris)] {
        let new = admission(company, person);
        assert!(admissions::add(&mut tx, &new).await.unwrap());
        assert!(!admissions::add(&mut tx, &new).await.unwrap());
    }
    let names: Vec<_> = admissions::of_person(&mut tx, &anna).await.unwrap();
    let names: Vec<_> = names.iter().map(|a| a.company_name.as_str()).collect();
    assert_eq!(names, ["А", "Б"]);

    assert_eq!(admissions::count(&mut tx, &one, "head").await.unwrap(), 0);
    let mut changed = admission(&one, &anna);
    changed.accepted_at = Some(5);
    changed.employee = Some("e1".to_owned());
    admissions::update(&mut tx, &changed).await.unwrap();
    assert_eq!(admissions::count(&mut tx, &one, "head").await.unwrap(), 1);
    let found = admissions::get(&mut tx, &one, &anna).await.unwrap();
    assert_eq!(found.as_ref(), Some(&changed));
    changed.disabled = true;
    admissions::update(&mut tx, &changed).await.unwrap();
    assert_eq!(admissions::count(&mut tx, &one, "head").await.unwrap(), 0);
    let untouched = admissions::get(&mut tx, &other, &anna).await.unwrap();
    assert_eq!(untouched, Some(admission(&other, &anna)));

    let page = admissions::list(&mut tx, &one, "", 1).await.unwrap();
    assert_eq!((page.len(), page[0].login.as_str()), (1, "anna"));
    let page = admissions::list(&mut tx, &one, &anna, 9).await.unwrap();
    assert_eq!((page.len(), page[0].login.as_str()), (1, "boris"));
}

async fn sessions_grow_old(store: Arc<Store>) {
    let anna = person(&store, "anna").await;
    let mut tx = store.begin().await.unwrap();
    for (digest, created_at, seen_at) in [("a", 10, 10), ("b", 10, 90), ("c", 80, 80)] {
        let session = Session {
            digest: digest.to_owned(),
            person: anna.clone(),
            company: None,
            created_at,
            seen_at,
        };
        sessions::add(&mut tx, &session).await.unwrap();
        let found = sessions::get(&mut tx, digest).await.unwrap();
        assert_eq!(found, Some(session));
    }
    sessions::set_seen(&mut tx, "a", 85).await.unwrap();
    sessions::set_company(&mut tx, "a", "c1").await.unwrap();
    let found = sessions::get(&mut tx, "a").await.unwrap().unwrap();
    assert_eq!((found.seen_at, found.company.as_deref()), (85, Some("c1")));
    assert_eq!(sessions::remove_old(&mut tx, 80, 5).await.unwrap(), 1);
    assert_eq!(sessions::get(&mut tx, "c").await.unwrap(), None);
    assert_eq!(
        sessions::remove_others(&mut tx, &anna, Some("b"))
            .await
            .unwrap(),
        1
    );
    sessions::remove(&mut tx, "b").await.unwrap();
    assert_eq!(
        sessions::remove_others(&mut tx, &anna, None).await.unwrap(),
        0
    );
}

fn link(digest: &str, person: Option<&str>) -> Link {
    Link {
        digest: digest.to_owned(),
        purpose: "password".to_owned(),
        person: person.map(str::to_owned),
        company: Some("c1".to_owned()),
        expires_at: 100,
    }
}

async fn a_link_works_once_however_many_come(store: Arc<Store>) {
    let mut tx = store.begin().await.unwrap();
    links::add(&mut tx, &link("x", Some("p1"))).await.unwrap();
    tx.commit().await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let first = links::spend(&mut tx, "x", 50).await.unwrap();
            tx.commit().await.unwrap();
            first
        }));
    }
    let mut firsts = 0;
    for task in tasks {
        firsts += i64::from(task.await.unwrap());
    }
    assert_eq!(firsts, 1);
}

async fn a_link_dies_and_can_be_taken_back(store: Arc<Store>) {
    let mut tx = store.begin().await.unwrap();
    for new in [
        link("x", Some("p1")),
        link("y", Some("p2")),
        link("z", None),
    ] {
        links::add(&mut tx, &new).await.unwrap();
        let found = links::get(&mut tx, &new.digest, 99).await.unwrap();
        assert_eq!(found, Some(new));
    }
    assert_eq!(links::get(&mut tx, "x", 100).await.unwrap(), None);
    assert!(!links::spend(&mut tx, "x", 100).await.unwrap());
    links::remove(&mut tx, "password", Some("p1"), Some("c2"))
        .await
        .unwrap();
    assert!(links::get(&mut tx, "x", 99).await.unwrap().is_some());
    links::remove(&mut tx, "password", Some("p1"), Some("c1"))
        .await
        .unwrap();
    assert_eq!(links::get(&mut tx, "x", 99).await.unwrap(), None);
    assert!(links::get(&mut tx, "y", 99).await.unwrap().is_some());
    links::remove(&mut tx, "password", None, None)
        .await
        .unwrap();
    assert_eq!(links::get(&mut tx, "z", 99).await.unwrap(), None);
}

async fn tokens_are_a_companys(store: Arc<Store>) {
    let one = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let anna = person(&store, "anna").await;
    let boris = person(&store, "boris").await;
    let mut tx = store.begin().await.unwrap();
    let mut made = Vec::new();
    for (id, company, person) in [
        ("1", &one, &anna),
        ("2", &one, &boris),
        ("3", &other, &anna),
    ] {
        let token = Token {
            company: company.clone(),
            id: id.to_owned(),
            person: person.clone(),
            name: "1С".to_owned(),
            digest: format!("digest-{id}"),
            scopes: "read".to_owned(),
            created_at: 1,
            used_at: None,
            revoked_at: None,
        };
        tokens::add(&mut tx, &token).await.unwrap();
        let found = tokens::by_digest(&mut tx, &token.digest).await.unwrap();
        assert_eq!(found.as_ref(), Some(&token));
        made.push(token);
    }
    let all = tokens::list(&mut tx, &one, None, "", 9).await.unwrap();
    assert_eq!(all, made[..2]);
    let annas = tokens::list(&mut tx, &one, Some(&anna), "", 9)
        .await
        .unwrap();
    assert_eq!(annas, made[..1]);
    assert_eq!(
        tokens::list(&mut tx, &one, None, "1", 9).await.unwrap(),
        made[1..2]
    );
    assert_eq!(tokens::get(&mut tx, &other, "1").await.unwrap(), None);
    assert!(!tokens::revoke(&mut tx, &other, "1", 5).await.unwrap());
    tokens::set_used(&mut tx, &one, "1", 4).await.unwrap();
    assert!(tokens::revoke(&mut tx, &one, "1", 5).await.unwrap());
    assert!(!tokens::revoke(&mut tx, &one, "1", 6).await.unwrap());
    let found = tokens::get(&mut tx, &one, "1").await.unwrap().unwrap();
    assert_eq!((found.used_at, found.revoked_at), (Some(4), Some(5)));
}
