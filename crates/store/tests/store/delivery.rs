//! What deliveries need: addresses, chats, webhooks, leases, files.

use std::sync::Arc;

use store::addresses::{self, Address};
use store::artefacts::{self, NewArtefact};
use store::bot::{self, Question};
use store::chats::{self, Chat, Gets};
use store::persons::{self, Person};
use store::webhooks::{self, Webhook};
use store::{Store, leases, on_both, outlets, testing};

on_both!(
    a_file_comes_back_as_it_was,
    a_person_has_one_address_a_channel,
    a_chat_is_followed_and_switched_off_once,
    a_webhook_moves_while_it_is_on,
    a_lease_has_one_holder,
    the_bot_remembers,
    a_way_out_is_known_while_somebody_says_so,
);

async fn a_file_comes_back_as_it_was(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let file = NewArtefact {
        name: "отчёт.pdf",
        media_type: "application/pdf",
        bytes: &bytes,
    };
    let mut tx = store.begin().await.unwrap();
    let id = artefacts::add(&mut tx, &company, 7, file).await.unwrap();
    let empty = NewArtefact { bytes: &[], ..file };
    let nothing = artefacts::add(&mut tx, &company, 7, empty).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = store.reader().await.unwrap();
    let found = artefacts::get(&mut reader, &company, &id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (&*found.name, &*found.media_type, found.made_at),
        ("отчёт.pdf", "application/pdf", 7)
    );
    assert!(found.bytes == bytes);
    let found = artefacts::get(&mut reader, &company, &nothing)
        .await
        .unwrap();
    assert_eq!(found.unwrap().bytes, [0_u8; 0]);
    assert_eq!(
        artefacts::get(&mut reader, &other, &id).await.unwrap(),
        None
    );
    drop(reader);
    let mut tx = store.begin().await.unwrap();
    for (before, gone) in [(7, 0), (8, 2), (8, 0)] {
        let removed = artefacts::remove_loose(&mut tx, &company, before, 10).await;
        assert_eq!(removed.unwrap(), gone);
    }
}

async fn person(store: &Store, id: &str) {
    let person = Person {
        id: id.to_owned(),
        login: id.to_owned(),
        name: id.to_owned(),
        password: None,
        language: "ru".to_owned(),
        created_at: 0,
    };
    let mut tx = store.begin().await.unwrap();
    persons::add(&mut tx, &person).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_person_has_one_address_a_channel(store: Arc<Store>) {
    person(&store, "anna").await;
    let mut address = Address {
        person: "anna".to_owned(),
        channel: "telegram".to_owned(),
        address: "42".to_owned(),
        linked_at: None,
        off_at: None,
        why: String::new(),
    };
    let mut tx = store.begin().await.unwrap();
    addresses::set(&mut tx, &address).await.unwrap();
    let found = addresses::get(&mut tx, "anna", "telegram").await.unwrap();
    assert!(!found.unwrap().works(), "nobody has confirmed it");
    address.linked_at = Some(5);
    addresses::set(&mut tx, &address).await.unwrap();
    let found = addresses::holders(&mut tx, "telegram", "42").await.unwrap();
    assert_eq!(found, [address.clone()]);
    assert!(found[0].works());
    let old = ("anna", "telegram", "41");
    assert!(
        !addresses::switch_off(&mut tx, old, "blocked", 9)
            .await
            .unwrap()
    );
    let this = ("anna", "telegram", "42");
    assert!(
        addresses::switch_off(&mut tx, this, "blocked", 9)
            .await
            .unwrap()
    );
    assert!(
        !addresses::switch_off(&mut tx, this, "again", 10)
            .await
            .unwrap()
    );
    let found = addresses::of_person(&mut tx, "anna").await.unwrap();
    assert_eq!((found[0].off_at, &*found[0].why), (Some(9), "blocked"));
    assert!(!found[0].works());
}

async fn a_chat_is_followed_and_switched_off_once(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let chat = Chat {
        company: company.clone(),
        id: "c1".to_owned(),
        chat: -100,
        thread: Some(7),
        title: "Продажи".to_owned(),
        linked_by: "p".to_owned(),
        linked_at: 3,
        language: "en".to_owned(),
        ..Chat::default()
    };
    let mut tx = store.begin().await.unwrap();
    chats::add(&mut tx, &chat).await.unwrap();
    assert_eq!(
        chats::list(&mut tx, &company).await.unwrap(),
        std::slice::from_ref(&chat)
    );
    let chat = Chat {
        about: "north".to_owned(),
        gets: Gets {
            reports: false,
            daily: true,
            at_once: true,
        },
        ..chat
    };
    assert!(chats::change(&mut tx, &chat).await.unwrap());
    let found = chats::get(&mut tx, &company, "c1").await.unwrap();
    assert_eq!(found.as_ref(), Some(&chat));
    chats::moved(&mut tx, -100, -200).await.unwrap();
    assert_eq!(chats::of_number(&mut tx, -100).await.unwrap(), []);
    assert_eq!(chats::of_number(&mut tx, -200).await.unwrap().len(), 1);
    assert!(
        chats::switch_off(&mut tx, &company, "c1", "kicked", 9)
            .await
            .unwrap()
    );
    assert!(
        !chats::switch_off(&mut tx, &company, "c1", "kicked", 9)
            .await
            .unwrap()
    );
    let found = chats::get(&mut tx, &company, "c1").await.unwrap().unwrap();
    assert_eq!(
        (found.chat, found.thread, found.off_at),
        (-200, Some(7), Some(9))
    );
    assert_eq!(chats::of_number(&mut tx, -200).await.unwrap(), []);
}

async fn a_webhook_moves_while_it_is_on(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let webhook = Webhook {
        company: company.clone(),
        id: "w1".to_owned(),
        address: "https://example.org/hook?key=hidden".to_owned(),
        secret: "hidden".to_owned(),
        made_by: "p".to_owned(),
        made_at: 3,
        off_at: None,
        why: String::new(),
    };
    assert!(!format!("{webhook:?}").contains("hidden"));
    let mut tx = store.begin().await.unwrap();
    webhooks::add(&mut tx, &webhook).await.unwrap();
    let found = webhooks::get(&mut tx, &company, "w1").await.unwrap();
    assert!(found.as_ref() == Some(&webhook));
    let other = "https://example.org/other";
    for (company, id, moved) in [
        (&*company, "w1", true),
        (&company, "w2", false),
        ("x", "w1", false),
    ] {
        let found = webhooks::set_address(&mut tx, company, id, other).await;
        assert_eq!(found.unwrap(), moved, "{company} {id}");
    }
    assert!(
        webhooks::switch_off(&mut tx, &company, "w1", "gone", 9)
            .await
            .unwrap()
    );
    assert!(
        !webhooks::switch_off(&mut tx, &company, "w1", "gone", 9)
            .await
            .unwrap()
    );
    let moved = webhooks::set_address(&mut tx, &company, "w1", "https://example.org/late").await;
    assert!(!moved.unwrap());
    let found = webhooks::list(&mut tx, &company).await.unwrap();
    assert_eq!((found[0].off_at, &*found[0].why), (Some(9), "gone"));
    assert_eq!((&*found[0].address, &*found[0].secret), (other, "hidden"));
}

async fn a_lease_has_one_holder(store: Arc<Store>) {
    let mut tx = store.begin().await.unwrap();
    assert!(leases::take(&mut tx, "bot", "one", 0, 100).await.unwrap());
    assert!(
        !leases::take(&mut tx, "bot", "other", 99, 200)
            .await
            .unwrap()
    );
    assert!(leases::take(&mut tx, "bot", "one", 99, 150).await.unwrap());
    assert!(
        leases::take(&mut tx, "else", "other", 99, 200)
            .await
            .unwrap()
    );
    assert!(
        leases::take(&mut tx, "bot", "other", 150, 200)
            .await
            .unwrap()
    );
    assert!(!leases::take(&mut tx, "bot", "one", 150, 200).await.unwrap());
    leases::give_back(&mut tx, "bot", "one").await.unwrap();
    assert!(!leases::take(&mut tx, "bot", "one", 160, 200).await.unwrap());
    leases::give_back(&mut tx, "bot", "other").await.unwrap();
    assert!(leases::take(&mut tx, "bot", "one", 160, 200).await.unwrap());
}

async fn the_bot_remembers(store: Arc<Store>) {
    let mut tx = store.begin().await.unwrap();
    assert_eq!(bot::next_update(&mut tx, "4242").await.unwrap(), None);
    for next in [5, 6] {
        bot::set_next_update(&mut tx, "4242", next).await.unwrap();
    }
    assert_eq!(bot::next_update(&mut tx, "4242").await.unwrap(), Some(6));
    let question = |message, asked_at| Question {
        chat: 42,
        message,
        company: "c".to_owned(),
        finding: "f".to_owned(),
        asked_at,
    };
    for asked in [question(1, 10), question(2, 20), question(3, 30)] {
        bot::ask(&mut tx, &asked).await.unwrap();
    }
    let found = bot::question(&mut tx, 42, 2).await.unwrap();
    assert_eq!(found, Some(question(2, 20)));
    bot::forget(&mut tx, (42, 3), 20).await.unwrap();
    for (message, is_there) in [(1, false), (2, true), (3, false)] {
        let found = bot::question(&mut tx, 42, message).await.unwrap();
        assert_eq!(found.is_some(), is_there, "{message}");
    }
}

async fn a_way_out_is_known_while_somebody_says_so(store: Arc<Store>) {
    let mut tx = store.begin().await.unwrap();
    outlets::seen(&mut tx, "telegram", "old_bot", 5)
        .await
        .unwrap();
    outlets::seen(&mut tx, "telegram", "bot", 10).await.unwrap();
    outlets::seen(&mut tx, "email", "qc@example.org", 3)
        .await
        .unwrap();
    let names = |found: Vec<outlets::Outlet>| -> Vec<String> {
        found.into_iter().map(|one| one.name).collect()
    };
    let found = outlets::since(&mut tx, 3).await.unwrap();
    assert_eq!(names(found), ["qc@example.org", "bot"]);
    let found = outlets::since(&mut tx, 4).await.unwrap();
    assert_eq!(names(found), ["bot"]);
}
