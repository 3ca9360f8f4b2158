//! People, their links and tokens.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use store::Store;

use super::{at, done, send};
use crate::app::{TestApp, Who};
use crate::pages_work::is_accessible;

store::on_both!(
    somebody_is_invited_tied_shut_out_and_let_in,
    the_last_administrator_stays,
    what_was_typed_is_kept_with_its_faults,
    a_token_is_shown_once,
    one_logs_out_elsewhere,
);

async fn somebody_is_invited_tied_shut_out_and_let_in(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let fields = [
        ("login", "new@first"),
        ("name", "Новый <b>человек</b>"),
        ("access", "employee"),
        ("employee", ""),
        ("language", "ru"),
    ];
    let shown = send(&app, &admin, "/admin/people/new", &fields)
        .await
        .is(200);
    let text = shown.text();
    let link = text.split("/link/").nth(1).expect("a link");
    let link = format!("/link/{}", &link[..64]);
    app.get(&link, &Who::Nobody).await.is(200);
    let id = text.split("href=\"/admin/people/").nth(1).expect("a page");
    let own = format!("/admin/people/{}", id.split('"').next().expect("an id"));

    // Nobody knows their name before they have come; they wait, and are tied to nobody.
    let list = app.get("/admin/people?show=invited", &admin).await.text();
    assert!(
        list.contains("new@first") && list.contains("ещё не вошёл"),
        "{list}"
    );
    assert!(!list.contains(&link) && !list.contains("<b>человек"));
    let untied = app.get("/admin/people?show=untied", &admin).await.text();
    assert!(untied.contains("new@first"));

    let tied = [("access", "employee"), ("employee", "o-first")];
    let page = done(&app, &admin, &own, &tied).await;
    assert!(
        page.contains("Сохранено.") && page.contains("Сотрудник o-first"),
        "{page}"
    );
    let untied = app.get("/admin/people?show=untied", &admin).await.text();
    assert!(!untied.contains("new@first"), "{untied}");

    // Of an earlier link only a new one is left.
    let again = send(&app, &admin, &format!("{own}/link"), &[])
        .await
        .is(200);
    app.get(&link, &Who::Nobody).await.is(410);
    assert!(again.text().contains("/link/"));

    let (_, lead) = app.token(Access::Lead, &[Scope::Read]).await;
    app.get("/api/v1/me", &lead).await.is(200);
    let leads = format!("/admin/people/{}", at("lead@first"));
    let ask = app
        .get(&format!("{leads}/shut"), &admin)
        .await
        .is(200)
        .text();
    assert!(ask.contains("Закрыть доступ") && ask.contains("Не менять"));
    app.get("/api/v1/me", &lead).await.is(200);
    let page = done(&app, &admin, &format!("{leads}/shut"), &[]).await;
    assert!(page.contains("Доступ закрыт") && page.contains("Открыть доступ снова"));
    app.get("/api/v1/me", &lead).await.is(401);
    let refused = send(&app, &admin, &format!("{leads}/link"), &[])
        .await
        .is(409);
    assert!(refused.text().contains("Сначала откройте"));
    done(&app, &admin, &format!("{leads}/open"), &[]).await;
    app.get("/api/v1/me", &lead).await.is(200);

    let journal = app.get("/admin/journal", &admin).await.text();
    for told in [
        "человек приглашён",
        "доступ закрыт: нет → да",
        "новая ссылка",
    ] {
        assert!(journal.contains(told), "{told}: {journal}");
    }
}

async fn the_last_administrator_stays(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let own = format!("/admin/people/{}", at("administrator@first"));
    let fields = [("access", "shopper"), ("employee", "")];
    let page = send(&app, &admin, &own, &fields).await.is(409).text();
    assert!(page.contains("ни одного администратора"), "{page}");
    // What was chosen stays chosen.
    assert!(page.contains("value=\"shopper\" selected"), "{page}");
    let shut = send(&app, &admin, &format!("{own}/shut"), &[])
        .await
        .is(409);
    assert!(shut.text().contains("ни одного администратора"));
    app.get("/admin", &admin).await.is(200);
}

/// An address, a form, the status of the answer, and what it says or leads to.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    u16,
    &'static str,
    &'static str,
);

async fn what_was_typed_is_kept_with_its_faults(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let cases: [Case; 6] = [
        (
            "/admin/people/new",
            &[("login", "a b"), ("name", "Анна"), ("access", "lead")],
            422,
            "fault-login",
            "value=\"Анна\"",
        ),
        (
            "/admin/people/new",
            &[
                ("login", "lead@first"),
                ("name", "Анна"),
                ("access", "lead"),
            ],
            409,
            "уже есть в списке",
            "value=\"Анна\"",
        ),
        (
            "/admin/people/new",
            &[("login", "x@y"), ("name", "Анна"), ("access", "tsar")],
            422,
            "Такого доступа нет",
            "value=\"x@y\"",
        ),
        (
            "/admin/employees/new",
            &[("id", "e-first"), ("name", "Анна"), ("active", "on")],
            409,
            "Такой номер уже есть",
            "value=\"Анна\"",
        ),
        (
            "/admin/employees/e-first",
            &[("name", "Анна"), ("hired", "вчера"), ("role", "tsar")],
            422,
            "Нужна дата",
            "value=\"вчера\"",
        ),
        (
            "/admin/absences/new",
            &[
                ("employee", "e-first"),
                ("from", "2026-05-10"),
                ("last", "2026-05-01"),
                ("kind", "sick"),
            ],
            422,
            "Конец раньше начала",
            "value=\"2026-05-10\"",
        ),
    ];
    for (path, fields, status, fault, kept) in cases {
        let page = send(&app, &admin, path, fields).await.is(status).text();
        assert!(page.contains("aria-invalid=\"true\""), "{path}: {page}");
        let fault = match fault {
            "fault-login" => "От 2 до 64 букв",
            fault => fault,
        };
        assert!(
            page.contains(fault) && page.contains(kept),
            "{path}: {page}"
        );
        is_accessible(&page, path);
    }
}

async fn a_token_is_shown_once(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let lead = app.of(Access::Lead).await;
    let fields = [("name", "Выгрузка")];
    let page = send(&app, &lead, "/me/tokens", &fields)
        .await
        .is(422)
        .text();
    assert!(
        page.contains("хотя бы одно право") && page.contains("value=\"Выгрузка\""),
        "{page}"
    );
    let fields = [("name", "Выгрузка"), ("read", "on")];
    let page = send(&app, &lead, "/me/tokens", &fields)
        .await
        .is(200)
        .text();
    let secret = page
        .split("<pre class=\"copy\" tabindex=\"0\">")
        .nth(1)
        .expect("a secret");
    let secret = secret.split("</pre>").next().expect("an end").to_owned();
    let program = Who::Token(secret.clone());
    let me = app.get("/api/v1/me", &program).await.is(200).json();
    assert_eq!(me["login"], "lead@first");
    let list = app.get("/me/tokens", &lead).await.is(200).text();
    assert!(list.contains("Выгрузка") && list.contains("чтение") && !list.contains(&secret));
    let id = list.split("/me/tokens/").nth(1).expect("a token");
    let id = id.split('"').next().expect("an id").to_owned();

    // Of others only an administrator sees and revokes it.
    let employee = app.of(Access::Employee).await;
    assert!(
        !app.get("/me/tokens", &employee)
            .await
            .text()
            .contains("Выгрузка")
    );
    for path in [format!("/me/tokens/{id}"), format!("/admin/tokens/{id}")] {
        let status = if path.starts_with("/me") { 404 } else { 403 };
        app.get(&path, &employee).await.is(status);
        send(&app, &employee, &path, &[]).await.is(status);
    }
    let admin = app.of(Access::Administrator).await;
    assert!(
        !app.get("/me/tokens", &admin)
            .await
            .text()
            .contains("Выгрузка")
    );
    let all = app.get("/admin/tokens", &admin).await.text();
    assert!(
        all.contains("Выгрузка") && all.contains("Имя lead@first"),
        "{all}"
    );
    let foreign = app.foreign(Access::Administrator).await;
    assert!(
        !app.get("/admin/tokens", &foreign)
            .await
            .text()
            .contains("Выгрузка")
    );
    send(&app, &foreign, &format!("/admin/tokens/{id}"), &[])
        .await
        .is(404);
    app.get("/api/v1/me", &program).await.is(200);
    let ask = app
        .get(&format!("/admin/tokens/{id}"), &admin)
        .await
        .is(200);
    assert!(ask.text().contains("Вернуть его нельзя"));
    let list = done(&app, &admin, &format!("/admin/tokens/{id}"), &[]).await;
    assert!(list.contains("отозван"), "{list}");
    app.get("/api/v1/me", &program).await.is(401);
}

async fn one_logs_out_elsewhere(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (here, there) = (app.of(Access::Shopper).await, app.of(Access::Shopper).await);
    let others = app.of(Access::Head).await;
    app.get("/me", &there).await.is(200);
    let page = done(&app, &here, "/me/elsewhere", &[]).await;
    assert!(page.contains("войти заново"), "{page}");
    app.get("/me", &there).await.is(303);
    app.get("/me", &others).await.is(200);
    app.get("/me", &here).await.is(200);
}
