//! Pages work without scripts: the first start, links, login, companies, password.

use std::sync::Arc;

use app::accounts;
use app::permissions::Access;
use serde_json::json;
use store::Store;
use web::Settings;

use crate::app::{Answer, BEGIN, PASSWORD, TestApp, Who, person};

/// The value of a hidden field of a page.
fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let (_, after) = text
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("a field");
    after.split('"').next().expect("a value").to_string()
}

store::on_both!(
    the_first_start_works_once,
    login_and_logout,
    a_form_of_somebody_else_is_refused,
    an_invitation_to_one_more_company,
    a_password_is_chosen_and_changed,
    whoever_keeps_the_server_lets_somebody_in_again,
    pages_speak_the_readers_language,
    foreign_text_is_shown_as_text,
);

async fn the_first_start_works_once(store: Arc<Store>) {
    let app = TestApp::empty(store.clone(), Settings::default());
    let old = accounts::setup_link(&store, BEGIN)
        .await
        .expect("asked")
        .expect("a link");
    let link = accounts::setup_link(&store, BEGIN)
        .await
        .expect("asked")
        .expect("a link");
    let path = format!("/link/{}", link.reveal());
    let dead = format!("/link/{}", old.reveal());
    app.get(&dead, &Who::Nobody).await.is(410);
    let page = app.get(&path, &Who::Nobody).await.is(200);
    assert!(page.text().contains("Первый запуск"));

    let mut fields = [
        ("company", "Окна Плюс"),
        ("timezone", "Moscow"),
        ("name", "Анна"),
        ("login", "anna@example.ru"),
        ("password", "длинный пароль"),
        ("repeated", "длинный пароль"),
    ];
    let wrong = app.form(&path, &Who::Nobody, &fields).await.is(422);
    assert!(wrong.text().contains("Нужно название пояса"));
    assert!(
        wrong.text().contains("value=\"anna@example.ru\""),
        "what was typed stays"
    );
    assert!(
        !wrong.text().contains("длинный пароль"),
        "but for the password"
    );
    fields[1].1 = "Europe/Moscow";
    fields[5].1 = "другой пароль";
    let differs = app.form(&path, &Who::Nobody, &fields).await.is(422);
    assert!(differs.text().contains("Пароли не совпадают"));
    fields[5].1 = "длинный пароль";
    let done = app.form(&path, &Who::Nobody, &fields).await.is(303);
    assert_eq!(done.header("location"), "/");
    let who = Who::logged_in(&done);
    let me = app.get("/api/v1/me", &who).await.is(200).json();
    assert_eq!(
        (&me["name"], &me["access"]),
        (&json!("Анна"), &json!("administrator"))
    );
    let home = app.get("/", &who).await.is(303);
    assert_eq!(
        home.header("location"),
        "/admin",
        "their day begins with administration"
    );
    let start = app.get("/me", &who).await.is(200).text();
    assert!(
        start.contains("Окна Плюс") && start.contains("Администратор"),
        "{start}"
    );

    app.get(&path, &Who::Nobody).await.is(410);
    app.form(&path, &Who::Nobody, &fields).await.is(410);
    let none = accounts::setup_link(&store, BEGIN).await.expect("asked");
    assert!(none.is_none(), "somebody is there already");
}

async fn login_and_logout(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let home = app.get("/", &Who::Nobody).await.is(303);
    assert_eq!(home.header("location"), "/login");
    app.get("/login", &Who::Nobody).await.is(200);
    let fields = [
        ("login", "head@first"),
        ("password", "неверный"),
        ("next", "/"),
    ];
    let wrong = app.form("/login", &Who::Nobody, &fields).await.is(401);
    assert!(wrong.text().contains("Логин или пароль не подошёл"));
    assert!(wrong.text().contains("value=\"head@first\""));
    assert!(!wrong.text().contains("неверный"));

    for (next, to) in [
        ("/password", "/password"),
        ("//evil.example", "/"),
        ("https://evil", "/"),
    ] {
        let fields = [
            ("login", "head@first"),
            ("password", PASSWORD),
            ("next", next),
        ];
        let done = app.form("/login", &Who::Nobody, &fields).await.is(303);
        assert_eq!(done.header("location"), to);
        let who = Who::logged_in(&done);
        let page = app.get("/me", &who).await.is(200);
        assert!(page.text().contains("Имя head@first"));
        let token = hidden(&page, "form_token");
        let out = app
            .form("/logout", &who, &[("form_token", &token)])
            .await
            .is(303);
        assert_eq!(out.header("location"), "/login");
        let back = app.get("/me", &who).await.is(303);
        assert_eq!(back.header("location"), "/login?next=%2Fme");
    }
    for _ in 0..10 {
        app.form("/login", &Who::Nobody, &[("login", "x"), ("password", "y")])
            .await;
    }
    let many = app
        .form("/login", &Who::Nobody, &[("login", "x"), ("password", "y")])
        .await
        .is(429);
    assert!(many.text().contains("Слишком много попыток"));
}

async fn a_form_of_somebody_else_is_refused(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let head = app.of(Access::Head).await;
    let lead = app.of(Access::Lead).await;
    let theirs = hidden(&app.get("/me", &lead).await, "form_token");
    for token in ["", "x", &theirs] {
        let fields = [("form_token", token), ("company", &app.company)];
        app.form("/logout", &head, &fields).await.is(403);
        app.form("/companies", &head, &fields).await.is(403);
    }
    let fields = [
        ("current", PASSWORD),
        ("new", "другой пароль"),
        ("repeated", "другой пароль"),
        ("form_token", &theirs),
    ];
    app.form("/password", &head, &fields).await.is(403);
    app.form("/logout", &head, &[]).await.is(422);
    app.get("/me", &head).await.is(200);
}

async fn an_invitation_to_one_more_company(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let there = app.foreign(Access::Administrator).await;
    let body = json!({ "login": "head@first", "name": "Гость", "access": "coordinator" });
    let invited = app
        .post("/api/v1/people", &there, body)
        .await
        .is(201)
        .json();
    let path = invited["link"].as_str().expect("a link");
    let nobody = app.get(path, &Who::Nobody).await.is(200).text();
    assert!(nobody.contains("Войдите под ним") && nobody.contains(&format!("next={path}")));
    let lead = app.of(Access::Lead).await;
    let lead = app.get(path, &lead).await.is(200).text();
    assert!(!lead.contains("Принять приглашение"));

    let head = app.of(Access::Head).await;
    let page = app.get(path, &head).await.is(200);
    assert!(
        page.text()
            .contains("Компания «Двери Минус» приглашает вас")
    );
    app.form(path, &head, &[("form_token", "x")]).await.is(403);
    let token = hidden(&page, "form_token");
    app.form(path, &head, &[("form_token", &token)])
        .await
        .is(303);
    assert!(
        app.get("/me", &head)
            .await
            .is(200)
            .text()
            .contains("Двери Минус")
    );

    // And back by the page of companies.
    let companies = app.get("/companies", &head).await.is(200);
    assert!(companies.text().contains("Окна Плюс"));
    let fields = [
        ("form_token", token.as_str()),
        ("company", app.company.as_str()),
    ];
    app.form("/companies", &head, &fields).await.is(303);
    assert!(
        app.get("/me", &head)
            .await
            .is(200)
            .text()
            .contains("Окна Плюс")
    );

    // Who has not chosen yet is asked.
    let fields = [("login", "head@first"), ("password", PASSWORD)];
    let who = Who::logged_in(&app.form("/login", &Who::Nobody, &fields).await.is(303));
    assert_eq!(
        app.get("/", &who).await.is(303).header("location"),
        "/companies"
    );
}

async fn a_password_is_chosen_and_changed(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let administrator = app.of(Access::Administrator).await;
    let path = format!("/api/v1/people/{}/link", person("lead@first"));
    let made = app
        .call("POST", &path, &administrator, None)
        .await
        .is(201)
        .json();
    let link = made["link"].as_str().expect("a link");
    let page = app.get(link, &Who::Nobody).await.is(200).text();
    assert!(
        page.contains("lead@first") && page.contains("Прежний пароль"),
        "{page}"
    );
    let fields = [("password", "совсем новый"), ("repeated", "совсем новый")];
    let who = Who::logged_in(&app.form(link, &Who::Nobody, &fields).await.is(303));
    app.get(link, &Who::Nobody).await.is(410);

    let page = app.get("/password", &who).await.is(200);
    let token = hidden(&page, "form_token");
    let change = async |current: &str, new: &str| {
        let fields = [
            ("form_token", &*token),
            ("current", current),
            ("new", new),
            ("repeated", new),
        ];
        app.form("/password", &who, &fields).await
    };
    let wrong = change(PASSWORD, "ещё новее пароль").await.is(422).text();
    assert!(wrong.contains("Это не ваш нынешний пароль"));
    change("совсем новый", "ещё новее пароль").await.is(303);
    let body = json!({ "login": "lead@first", "password": "ещё новее пароль" });
    app.post("/api/v1/session", &Who::Nobody, body)
        .await
        .is(200);
}

async fn whoever_keeps_the_server_lets_somebody_in_again(store: Arc<Store>) {
    let app = TestApp::new(store.clone()).await;
    let login = "Administrator@first";
    let now = app.state.now();
    let old = accounts::recovery_link(&store, login, now)
        .await
        .expect("a link");
    let new = accounts::recovery_link(&store, login, now)
        .await
        .expect("a link");
    let path = |link: &accounts::Secret| format!("/link/{}", link.reveal());
    app.get(&path(&old), &Who::Nobody).await.is(410);
    let page = app.get(&path(&new), &Who::Nobody).await.is(200).text();
    assert!(
        page.contains("Прежний пароль перестанет действовать"),
        "{page}"
    );
    let before = app.of(Access::Administrator).await;
    let fields = [("password", "совсем новый"), ("repeated", "совсем новый")];
    let who = Who::logged_in(&app.form(&path(&new), &Who::Nobody, &fields).await.is(303));
    app.get("/me", &before).await.is(303);
    let journal = app.get("/api/v1/journal", &who).await.is(200).json();
    let actions: Vec<_> = journal["items"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| {
            (
                line["action"].as_str().expect("text"),
                line.get("actor").is_some(),
            )
        })
        .collect();
    assert!(actions.contains(&("person.recover", false)), "{actions:?}");
    assert!(actions.contains(&("person.password", true)), "{actions:?}");

    let nobody = accounts::recovery_link(&store, "nobody@first", now).await;
    assert!(matches!(nobody, Err(app::Error::NotFound { .. })));
}

async fn pages_speak_the_readers_language(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let ask = async |who: &Who, path: &str, languages: &str| {
        let request = who
            .request("GET", path)
            .header("accept-language", languages);
        app.send(request.body(axum::body::Body::empty()).expect("a request"))
            .await
            .text()
    };
    assert!(
        ask(&Who::Nobody, "/login", "en-GB,en")
            .await
            .contains("<html lang=\"en\">")
    );
    assert!(
        ask(&Who::Nobody, "/login", "de")
            .await
            .contains("<html lang=\"ru\">")
    );
    assert!(
        ask(&Who::Nobody, "/nothing", "en")
            .await
            .contains("There is no such page")
    );
    let head = app.of(Access::Head).await;
    assert!(ask(&head, "/me", "en").await.contains("<html lang=\"ru\">"));
    let body = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &head, body).await.is(204);
    let page = app.get("/me", &head).await;
    assert!(page.text().contains("Head of sales"));
    // What goes wrong is told in their language, too, with their way around.
    let nothing = ask(&head, "/nothing", "ru").await;
    assert!(nothing.contains("There is no such page") && nothing.contains("/findings"));
    let token = hidden(&page, "form_token");
    let fields = [
        ("form_token", token.as_str()),
        ("language", "ru"),
        ("next", "/me"),
    ];
    let done = app.form("/language", &head, &fields).await.is(303);
    assert_eq!(done.header("location"), "/me");
    let page = app.get("/me", &head).await.text();
    assert!(page.contains("Руководитель продаж"));
}

async fn foreign_text_is_shown_as_text(store: Arc<Store>) {
    let app = TestApp::new(store).await;
    let evil = "<script>alert(1)</script>\"'";
    let administrator = app.of(Access::Administrator).await;
    let body = json!({ "login": "evil@first", "name": evil, "access": "head" });
    let made = app
        .post("/api/v1/people", &administrator, body)
        .await
        .is(201)
        .json();
    let link = made["link"].as_str().expect("a link");
    let page = app.get(link, &Who::Nobody).await.is(200).text();
    assert!(
        page.contains("Вас пригласила компания «Окна Плюс»"),
        "{page}"
    );
    let fields = [
        ("password", "длинный пароль"),
        ("repeated", "длинный пароль"),
    ];
    let who = Who::logged_in(&app.form(link, &Who::Nobody, &fields).await.is(303));
    let page = app.get("/me", &who).await.is(200).text();
    assert!(
        !page.contains("<script>") && page.contains("&#60;script&#62;"),
        "{page}"
    );
    let fields = [("login", evil), ("password", "x"), ("next", evil)];
    let page = app
        .form("/login", &Who::Nobody, &fields)
        .await
        .is(401)
        .text();
    assert!(!page.contains("<script>"), "{page}");
}
