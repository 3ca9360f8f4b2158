//! How people are reached, and where messages go.

use std::sync::Arc;

use app::addresses::{self, Code, EMAIL, TELEGRAM};
use app::permissions::Access;
use app::{chats, jobs};
use serde_json::Value;
use store::outbox::{self, NewMessage};
use store::{Store, webhooks};

use super::{done, send};
use crate::app::{TestApp, person};

store::on_both!(
    telegram_is_linked_by_a_code_and_cut,
    an_address_is_confirmed_by_the_code_of_a_letter,
    a_group_is_linked_by_a_code_of_an_administrator,
    a_webhook_is_added_tried_and_switched_off,
    an_unknown_outcome_is_shown_and_waits_for_somebody,
    what_waits_for_a_channel_that_is_not_there_is_dropped_or_given_up,
    what_is_tried_again_is_shown_with_its_cause,
);

async fn works(app: &TestApp, channel: &str, name: &str) {
    let said = addresses::say_outlet(&app.state.store, channel, name, app.state.now());
    said.await.expect("said");
}

/// What stands between two texts.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, after) = text
        .split_once(from)
        .unwrap_or_else(|| panic!("{from}: {text}"));
    after.split(to).next().expect("an end")
}

async fn telegram_is_linked_by_a_code_and_cut(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let employee = app.of(Access::Employee).await;
    let page = app.get("/me/telegram", &employee).await.is(200).text();
    assert!(
        page.contains("Бот сейчас не работает") && !page.contains("Получить код"),
        "{page}"
    );
    works(&app, TELEGRAM, "qc_bot").await;
    let page = app.get("/me/telegram", &employee).await.is(200).text();
    assert!(
        page.contains("Получить код") && page.contains("не связан"),
        "{page}"
    );
    let page = send(&app, &employee, "/me/telegram", &[])
        .await
        .is(200)
        .text();
    let code = between(&page, "https://t.me/qc_bot?start=", "\"").to_owned();
    assert_eq!(code.len(), 12);

    let (store, now) = (&app.state.store, app.state.now());
    let typed = Code::typed(&code.to_lowercase());
    let linked = addresses::link_telegram(store, &typed, 42, now)
        .await
        .expect("linked");
    assert_eq!(
        (linked.person.id, linked.was_taken),
        (person("employee@first"), false)
    );
    addresses::link_telegram(store, &typed, 43, now)
        .await
        .expect_err("it works once");
    let page = app.get("/me/telegram", &employee).await.is(200).text();
    assert!(page.contains("Связано,"), "{page}");

    // The same chat for somebody else: it is theirs now.
    let lead = app.of(Access::Lead).await;
    let page = send(&app, &lead, "/me/telegram", &[]).await.is(200).text();
    let code = Code::typed(between(&page, "?start=", "\""));
    app.pass(addresses::ALIVE_MS);
    works(&app, TELEGRAM, "qc_bot").await;
    let late = addresses::link_telegram(&app.state.store, &code, 42, app.state.now()).await;
    late.expect_err("a quarter of an hour has passed");
    let page = send(&app, &lead, "/me/telegram", &[]).await.is(200).text();
    let code = Code::typed(between(&page, "?start=", "\""));
    let linked = addresses::link_telegram(&app.state.store, &code, 42, app.state.now()).await;
    assert!(linked.expect("linked").was_taken);
    let page = app.get("/me/telegram", &employee).await.is(200).text();
    assert!(page.contains("Не работает с"), "{page}");
    let admin = app.of(Access::Administrator).await;
    let page = app.get("/admin/chats", &admin).await.is(200).text();
    assert!(
        page.contains("Имя employee@first"),
        "who is not reached is seen: {page}"
    );

    let page = done(&app, &lead, "/me/telegram/cut", &[]).await;
    assert!(page.contains("Отключено по вашему желанию"), "{page}");
    send(&app, &lead, "/me/telegram/cut", &[]).await.is(404);
    let mut reader = app.state.store.reader().await.expect("a reader");
    let left = addresses::working(&mut reader, &person("lead@first")).await;
    assert_eq!(left.expect("addresses"), []);
}

/// The letter of the outbox that carries a code: the row's payload.
async fn letter(app: &TestApp) -> Value {
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let claims = outbox::claim(&mut tx, "w", &[EMAIL], app.state.now(), 0, 9).await;
    let last = claims.expect("claims").pop().expect("a letter");
    outbox::done(&mut tx, &last, app.state.now())
        .await
        .expect("done");
    tx.commit().await.expect("a commit");
    assert_eq!(last.message.kind, "address.confirm");
    serde_json::from_str(&last.message.payload).expect("JSON")
}

async fn an_address_is_confirmed_by_the_code_of_a_letter(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let employee = app.of(Access::Employee).await;
    works(&app, EMAIL, "qc@example.org").await;
    let wrong = [("address", "anna@x\r\nBcc: all@x.ru")];
    let page = send(&app, &employee, "/me/email", &wrong)
        .await
        .is(422)
        .text();
    assert!(page.contains("Нужен адрес почты"), "{page}");
    let right = [("address", " Anna@example.ru ")];
    let page = done(&app, &employee, "/me/email", &right).await;
    assert!(
        page.contains("Ждёт подтверждения") && page.contains("Anna@example.ru"),
        "{page}"
    );
    let page = send(&app, &employee, "/me/email", &right)
        .await
        .is(409)
        .text();
    assert!(page.contains("меньше минуты назад"), "{page}");

    let sent = letter(&app).await;
    assert_eq!(sent["to"], "Anna@example.ru");
    let code = between(sent["text"].as_str().expect("a text"), "Код: ", "\n").to_owned();
    let page = send(
        &app,
        &employee,
        "/me/email/confirm",
        &[("code", "ABCD-EFGH-JKLM")],
    )
    .await;
    assert!(page.is(422).text().contains("Код не подошёл"));
    // Somebody else's code, even in the right hands of nobody, is not used up.
    let lead = app.of(Access::Lead).await;
    send(&app, &lead, "/me/email/confirm", &[("code", &code)])
        .await
        .is(422);
    let mut reader = app.state.store.reader().await.expect("a reader");
    let before = addresses::working(&mut reader, &person("employee@first")).await;
    assert_eq!(before.expect("addresses"), []);
    drop(reader);
    let page = done(&app, &employee, "/me/email/confirm", &[("code", &code)]).await;
    assert!(
        page.contains("адрес подтверждён") && page.contains("Связано,"),
        "{page}"
    );
    let mut reader = app.state.store.reader().await.expect("a reader");
    let own = addresses::working(&mut reader, &person("employee@first")).await;
    let expected = (EMAIL.to_owned(), "Anna@example.ru".to_owned());
    assert_eq!(own.expect("addresses"), [expected]);
}

async fn a_group_is_linked_by_a_code_of_an_administrator(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    works(&app, TELEGRAM, "qc_bot").await;
    let page = send(&app, &admin, "/admin/chats", &[]).await.is(200).text();
    let code = Code::typed(between(&page, "/link@qc_bot ", "<"));
    let (store, now) = (&app.state.store, app.state.now());
    // A group's code links no person.
    addresses::link_telegram(store, &code, 42, now)
        .await
        .expect_err("another use");
    let there = (-100, Some(7));
    chats::link(store, &code, there, "Продажи <b>", now)
        .await
        .expect("linked");
    chats::link(store, &code, there, "Продажи", now)
        .await
        .expect_err("once");
    let page = app.get("/admin/chats", &admin).await.is(200).text();
    assert!(
        page.contains("Продажи &#60;b&#62;, тема 7") || page.contains("Продажи &lt;b&gt;, тема 7"),
        "{page}"
    );
    let mut reader = app.state.store.reader().await.expect("a reader");
    let all = chats::working(&mut reader, &app.company)
        .await
        .expect("chats");
    drop(reader);
    assert_eq!((all.len(), all[0].thread), (1, Some(7)));
    let path = format!("/admin/chats/{}", all[0].id);

    let director = app.of(Access::Director).await;
    let page = app.get("/admin/chats", &director).await.is(200).text();
    assert!(
        page.contains("тема 7") && !page.contains("Получить код для чата"),
        "{page}"
    );
    app.get(&path, &director).await.is(403);
    send(&app, &director, &path, &[]).await.is(403);
    let foreign = app.foreign(Access::Administrator).await;
    app.get(&path, &foreign).await.is(404);
    send(&app, &foreign, &path, &[]).await.is(404);
    let cut = format!("{path}/cut");
    for (stranger, status) in [(&director, 403), (&foreign, 404)] {
        app.get(&cut, stranger).await.is(status);
        send(&app, stranger, &cut, &[]).await.is(status);
    }
    let page = app.get(&path, &admin).await.is(200).text();
    assert!(page.contains("Вся компания"), "{page}");
    let wrong = [("about", "nobody's"), ("language", "ru")];
    send(&app, &admin, &path, &wrong).await.is(422);
    let right = [("about", "g-first"), ("daily", "on"), ("language", "ru")];
    let page = done(&app, &admin, &path, &right).await;
    assert!(
        page.contains("Сохранено") && page.contains("ежедневная заметка"),
        "{page}"
    );
    let mut reader = app.state.store.reader().await.expect("a reader");
    let all = chats::working(&mut reader, &app.company)
        .await
        .expect("chats");
    drop(reader);
    assert_eq!(
        (all[0].about.as_str(), all[0].gets.reports),
        ("g-first", false)
    );
    assert!(all[0].gets.daily && !all[0].gets.at_once);
    let journal = app.get("/admin/journal", &admin).await.is(200).text();
    assert!(journal.contains("чат настроен"), "{journal}");
    let page = done(&app, &admin, &cut, &[]).await;
    assert!(page.contains("отключён"), "{page}");
}

async fn a_webhook_is_added_tried_and_switched_off(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let wrong = [("address", "https://user:s3cr3t@example.ru/")];
    let page = send(&app, &admin, "/admin/webhooks", &wrong)
        .await
        .is(422)
        .text();
    assert!(page.contains("Нужен полный адрес"), "{page}");
    let right = [("address", "https://example.ru/hook?key=s3cr3t")];
    let page = send(&app, &admin, "/admin/webhooks", &right)
        .await
        .is(200)
        .text();
    let mut reader = app.state.store.reader().await.expect("a reader");
    let all = webhooks::list(&mut reader, &app.company)
        .await
        .expect("webhooks");
    drop(reader);
    assert!(page.contains(&all[0].secret), "shown once");
    let page = app.get("/admin/webhooks", &admin).await.is(200).text();
    assert!(page.contains("example.ru"), "{page}");
    assert!(
        !page.contains("s3cr3t") && !page.contains(&all[0].secret),
        "{page}"
    );
    let path = format!("/admin/webhooks/{}", all[0].id);
    app.get(&path, &admin).await.is(200);
    done(&app, &admin, &format!("{path}/test"), &[]).await;
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let claims = outbox::claim(&mut tx, "w", &["webhook"], app.state.now(), 0, 9).await;
    let put = claims.expect("claims");
    tx.rollback().await.expect("rolled back");
    assert_eq!((put.len(), &*put[0].message.recipient), (1, &*all[0].id));
    let foreign = app.foreign(Access::Administrator).await;
    app.get(&path, &foreign).await.is(404);
    send(&app, &foreign, &path, &[]).await.is(404);
    let change = format!("{path}/address");
    let page = send(&app, &admin, &change, &wrong).await.is(422).text();
    assert!(page.contains("Нужен полный адрес"), "{page}");
    let other = [("address", "https://other.example.ru/hook?key=s3cr3t")];
    send(&app, &foreign, &change, &other).await.is(404);
    let page = done(&app, &admin, &change, &other).await;
    assert!(
        page.contains("other.example.ru") && !page.contains("s3cr3t"),
        "{page}"
    );
    let page = done(&app, &admin, &path, &[]).await;
    assert!(page.contains("отключён"), "{page}");
    send(&app, &admin, &format!("{path}/test"), &[])
        .await
        .is(404);
}

async fn an_unknown_outcome_is_shown_and_waits_for_somebody(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let now = app.state.now();
    let put = async |key: &str, channel: &str| {
        let message = NewMessage {
            key,
            channel,
            recipient: &person("lead@first"),
            kind: "finding.raised",
            payload: "{}",
            due_at: now,
        };
        let mut tx = app.state.store.begin().await.expect("a transaction");
        let id = outbox::put(&mut tx, &app.company, now, message).await;
        tx.commit().await.expect("a commit");
        id.expect("put").expect("new")
    };
    let id = put("k", "telegram").await;
    put("waits", "pigeon").await;
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let claims = outbox::claim(&mut tx, "serve 7", &["telegram"], now, 0, 9).await;
    let claim = &claims.expect("claims")[0];
    outbox::begin(&mut tx, claim, now).await.expect("begun");
    outbox::unknown(&mut tx, claim, now, "the line broke")
        .await
        .expect("unknown");
    tx.commit().await.expect("a commit");

    let page = app.get("/admin/jobs", &admin).await.is(200).text();
    assert!(page.contains("Исход неизвестен. the line broke"), "{page}");
    assert!(!page.contains("pigeon"), "it has not waited for long");
    app.pass(11 * 60_000);
    let page = app.get("/admin/jobs", &admin).await.is(200).text();
    assert!(
        page.contains("Ждёт и никем не взято") && page.contains("pigeon"),
        "{page}"
    );
    let overview = app.get("/admin", &admin).await.is(200).text();
    assert!(overview.contains("Сообщения ждут канала"), "{overview}");
    let path = format!("/admin/jobs/{id}");
    let page = app.get(&path, &admin).await.is(200).text();
    assert!(
        page.contains("могло дойти") && page.contains("serve 7"),
        "{page}"
    );
    assert!(page.contains("Отправить ещё раз"), "{page}");
    let list = app.get("/api/v1/jobs/failed", &admin).await.is(200).json();
    let item = &list["items"][0];
    assert_eq!(
        (&item["outcome_unknown"], &item["begun_by"]),
        (&Value::Bool(true), &"serve 7".into())
    );
    done(&app, &admin, &format!("{path}/retry"), &[]).await;
    let mut reader = app.state.store.reader().await.expect("a reader");
    let found = outbox::find(&mut reader, &app.company, &id)
        .await
        .expect("read");
    let found = found.expect("there");
    assert_eq!((found.failed_at, found.begun), (None, None));
    let page = app.get("/admin/journal", &admin).await.is(200).text();
    assert!(page.contains("исход: неизвестен"), "{page}");
}

/// Puts a message for somebody into a channel.
async fn put(app: &TestApp, key: &str, channel: &str) -> String {
    let now = app.state.now();
    let message = NewMessage {
        key,
        channel,
        recipient: &person("lead@first"),
        kind: "note.daily",
        payload: "{}",
        due_at: now,
    };
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let id = outbox::put(&mut tx, &app.company, now, message).await;
    tx.commit().await.expect("a commit");
    id.expect("put").expect("new")
}

async fn what_waits_for_a_channel_that_is_not_there_is_dropped_or_given_up(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let director = app.of(Access::Director).await;
    let foreign = app.foreign(Access::Administrator).await;
    for key in ["a", "b"] {
        put(&app, key, "email").await;
    }
    let chat = put(&app, "c", "telegram-group").await;
    app.pass(11 * 60_000);
    let page = app.get("/admin/jobs", &admin).await.is(200).text();
    assert!(page.contains("/admin/jobs/waiting/email"), "{page}");
    let seen = app.get("/admin/jobs", &director).await.is(200).text();
    assert!(
        seen.contains("письмом") && !seen.contains("/admin/jobs/waiting/"),
        "{seen}"
    );
    let drop = "/admin/jobs/waiting/email";
    app.get(drop, &director).await.is(403);
    send(&app, &director, drop, &[]).await.is(403);
    app.get(drop, &foreign).await.is(404);
    send(&app, &foreign, drop, &[]).await.is(404);
    let page = app.get(drop, &admin).await.is(200).text();
    assert!(page.contains("Не отправлять 2 сообщения"), "{page}");
    let page = done(&app, &admin, drop, &[]).await;
    assert!(!page.contains("/admin/jobs/waiting/email"), "{page}");
    send(&app, &admin, drop, &[]).await.is(404);
    let journal = app.get("/admin/journal", &admin).await.is(200).text();
    assert!(journal.contains("ждавшие сообщения убраны"), "{journal}");

    // The other one waits for its channel, but not for ever.
    let (store, week) = (&app.state.store, jobs::GIVE_UP_MS);
    let give_up = async || jobs::give_up(store, app.state.now()).await.expect("done");
    app.pass(week - 12 * 60_000);
    assert_eq!(give_up().await, 0);
    app.pass(60 * 60_000);
    works(&app, TELEGRAM, "qc_bot").await;
    assert_eq!(give_up().await, 0, "somebody has the channel");
    app.pass(10 * 60_000);
    assert_eq!(give_up().await, 1);
    let admin = app.of(Access::Administrator).await;
    let page = app.get("/admin/jobs", &admin).await.is(200).text();
    assert!(page.contains("канал на сервере не настроен"), "{page}");
    let page = done(&app, &admin, &format!("/admin/jobs/{chat}/retry"), &[]).await;
    assert!(!page.contains("канал на сервере не настроен"), "{page}");
}

async fn what_is_tried_again_is_shown_with_its_cause(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let now = app.state.now();
    put(&app, "k", EMAIL).await;
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let claims = outbox::claim(&mut tx, "w", &[EMAIL], now, 0, 9).await;
    let claim = &claims.expect("claims")[0];
    let why = "the certificate of the mail server is not trusted";
    outbox::retry(&mut tx, claim, now + 60_000, why)
        .await
        .expect("to be tried again");
    tx.commit().await.expect("a commit");
    let page = app.get("/admin/jobs", &admin).await.is(200).text();
    assert!(
        page.contains("Пробуем ещё раз") && page.contains(why),
        "{page}"
    );
}
