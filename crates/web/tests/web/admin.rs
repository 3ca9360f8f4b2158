//! «Настройка»: who opens which page, what an administrator does there without scripts, and that
//! nobody reaches what is not theirs.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::json;
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who, person};
use crate::pages_work::{is_accessible, token};

store::on_both!(
    each_access_opens_its_pages,
    a_form_of_another_site_does_nothing,
    somebody_is_invited_tied_shut_out_and_let_in,
    the_last_administrator_stays,
    what_was_typed_is_kept_with_its_faults,
    an_employee_moves_from_group_to_group,
    a_head_records_who_is_away,
    a_token_is_shown_once,
    a_failed_job_is_tried_again_or_dropped,
    the_journal_is_narrowed_and_taken_away,
    what_is_agreed_on_can_be_changed,
    the_calendar_shows_who_works_when,
    the_overview_counts_what_its_lists_show,
    imports_are_shown_to_administrators,
    one_logs_out_elsewhere,
    every_page_speaks_english_too,
);

const DAY: i64 = 24 * 3_600_000;

/// Somebody's id in an address.
fn at(login: &str) -> String {
    person(login).replace('@', "%40")
}

/// The pages, with somebody's and something's ids in them.
async fn pages(app: &TestApp) -> Vec<String> {
    let job = app.failed_job().await;
    let one = at("shopper@first");
    let places = [
        "/admin",
        "/admin/people",
        &format!("/admin/people/{one}"),
        "/admin/people/new",
        &format!("/admin/people/{one}/link"),
        &format!("/admin/people/{one}/shut"),
        "/admin/employees",
        "/admin/employees/e-first",
        "/admin/employees/groups/g-first",
        "/admin/employees/new",
        "/admin/employees/groups/new",
        "/admin/employees/e-first/places/new",
        "/admin/absences",
        "/admin/absences/new",
        "/admin/shifts",
        "/admin/calendar",
        "/admin/companies",
        "/admin/tokens",
        "/admin/jobs",
        &format!("/admin/jobs/{job}"),
        &format!("/admin/jobs/{job}/drop"),
        "/admin/journal",
        "/admin/import",
        "/me/tokens",
        "/me/elsewhere",
    ];
    places.map(str::to_owned).to_vec()
}

async fn each_access_opens_its_pages(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let pages = pages(&app).await;
    // A letter a page: o opens, x does not.
    use Access::*;
    for (access, open) in [
        (Employee, "x xxxxx xxxxxx xx xx x x xxx xx oo"),
        (Lead, "x xxxxx oooxxx ox oo x x xxx xx oo"),
        (Coordinator, "x ooxxx oooxxx ox oo o x xxx xx oo"),
        (Specialist, "x xxxxx oooxxx ox oo x x xxx xx oo"),
        (Head, "o ooxxx oooooo oo oo o x xxx xx oo"),
        (Director, "o ooxxx oooooo oo oo o x oox ox oo"),
        (Administrator, "o ooooo oooooo oo oo o o ooo oo oo"),
        (ClientManager, "x xxxxx oooxxx ox oo x x xxx xx oo"),
        (Interviewer, "x xxxxx xxxxxx xx xx x x xxx xx oo"),
        (Shopper, "x xxxxx xxxxxx xx xx x x xxx xx oo"),
    ] {
        let who = app.of(access).await;
        let open = open.replace(' ', "");
        assert_eq!(open.len(), pages.len());
        for (path, open) in pages.iter().zip(open.chars()) {
            let answer = app.get(path, &who).await;
            let status = if open == 'o' { 200 } else { 403 };
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            let text = answer.text();
            is_accessible(&text, path);
            // Nothing is offered that does not open.
            for href in offered(&text) {
                let status = app.get(&href, &who).await.status.as_u16();
                assert_eq!(status, 200, "{access:?} is offered {href} on {path}");
            }
        }
    }
    let foreign = app.foreign(Access::Administrator).await;
    for path in &pages {
        let theirs = path.contains("-first")
            || path.contains(&at("shopper@first"))
            || path.contains("/jobs/");
        let status = app.get(path, &foreign).await.status.as_u16();
        assert_eq!(status, if theirs { 404 } else { 200 }, "{path}");
        let away = app.get(path, &Who::Nobody).await.is(303);
        assert!(away.header("location").starts_with("/login?next="));
    }
}

/// The pages that the way around leads to.
fn offered(page: &str) -> Vec<String> {
    let navs = page.split("<nav").skip(1);
    let navs = navs.filter_map(|rest| rest.split("</nav>").next());
    let hrefs = navs.flat_map(|nav| nav.split("href=\"").skip(1));
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next());
    let mut all: Vec<String> = hrefs
        .filter(|href| href.starts_with("/admin"))
        .map(str::to_owned)
        .collect();
    all.dedup();
    all
}

/// Sends a form of a page, as a browser does.
async fn send(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = token(&app.get("/me", who).await.is(200));
    let mut all = vec![("form_token", token.as_str())];
    all.extend_from_slice(fields);
    app.form(path, who, &all).await
}

/// The same, and the page that tells what came of it.
async fn done(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(app, who, path, fields).await.is(303);
    app.get(answer.header("location"), who).await.is(200).text()
}

async fn a_form_of_another_site_does_nothing(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let job = app.failed_job().await;
    let one = at("shopper@first");
    let (own, _) = app.token(Access::Administrator, &[Scope::Read]).await;
    let forms = [
        "/admin/people/new",
        &format!("/admin/people/{one}"),
        &format!("/admin/people/{one}/link"),
        &format!("/admin/people/{one}/shut"),
        &format!("/admin/people/{one}/open"),
        "/admin/employees/new",
        "/admin/employees/e-first",
        "/admin/employees/e-first/places/new",
        "/admin/employees/e-first/places/since-ever",
        "/admin/employees/e-first/places/since-ever/remove",
        "/admin/employees/groups/new",
        "/admin/employees/groups/g-first",
        "/admin/absences/new",
        "/admin/absences/e-first/0",
        "/admin/absences/e-first/0/remove",
        "/admin/companies/account",
        "/admin/companies/life",
        &format!("/admin/tokens/{own}"),
        "/me/tokens",
        &format!("/me/tokens/{own}"),
        &format!("/admin/jobs/{job}/retry"),
        &format!("/admin/jobs/{job}/drop"),
        "/me/elsewhere",
    ];
    for path in forms {
        app.form(path, &admin, &[("form_token", "x")]).await.is(403);
    }
    let lines = app.get("/api/v1/journal", &admin).await.is(200).json();
    let actions = lines["items"].as_array().expect("lines");
    assert!(
        actions.iter().all(|line| line["action"] == "test"),
        "{actions:?}"
    );
}

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

async fn what_was_typed_is_kept_with_its_faults(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let cases: [(&str, &[(&str, &str)], u16, &str, &str); 6] = [
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

async fn an_employee_moves_from_group_to_group(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let group = [("id", "g-new"), ("name", "Юг & Ко"), ("lead", "")];
    let page = done(&app, &head, "/admin/employees/groups/new", &group).await;
    assert!(page.contains("Юг &#38; Ко"), "{page}");
    let new = [
        ("id", "n/1"),
        ("name", "<script>x</script>"),
        ("group", "g-first"),
        ("role", "seller"),
        ("active", "on"),
    ];
    let page = done(&app, &head, "/admin/employees/new", &new).await;
    assert!(
        page.contains("Добавлено.") && !page.contains("<script"),
        "{page}"
    );
    let own = "/admin/employees/n%2F1";

    let place = |from: &'static str, last: &'static str, group: &'static str| {
        [
            ("from", from),
            ("last", last),
            ("group", group),
            ("role", "manager"),
            ("shift", ""),
        ]
    };
    let add = format!("{own}/places/new");
    done(&app, &head, &add, &place("2026-02-01", "", "g-first")).await;
    done(&app, &head, &add, &place("2026-03-01", "", "g-new")).await;
    let staff = app.get("/api/v1/employees", &head).await.is(200).json();
    let all = staff["employees"].as_array().expect("employees");
    let one = all
        .iter()
        .find(|one| one["id"] == "n/1")
        .expect("the new one");
    let expected = json!([
        { "group": "g-new", "role": "manager", "shift": "", "from": "2026-03-01", "to": "" },
        { "group": "g-first", "role": "manager", "shift": "", "from": "2026-02-01", "to": "2026-03-01" },
    ]);
    assert_eq!(one["memberships"], expected);
    let list = app.get("/admin/employees?group=g-new", &head).await.text();
    assert!(list.contains(own), "{list}");

    // Two places at once cannot be.
    let refused = send(
        &app,
        &head,
        &add,
        &place("2026-02-10", "2026-02-12", "g-new"),
    )
    .await;
    let refused = refused.is(422).text();
    assert!(refused.contains("уже записано другое место") && refused.contains("2026-02-12"));

    // It ends on the last day that is written, and not before it begins.
    let at = format!("{own}/places/2026-03-01");
    let page = app.get(&at, &head).await.is(200).text();
    assert!(page.contains("value=\"g-new\" selected"), "{page}");
    let early = send(
        &app,
        &head,
        &at,
        &place("2026-03-01", "2026-02-20", "g-new"),
    )
    .await;
    assert!(early.is(422).text().contains("Конец раньше начала"));
    done(
        &app,
        &head,
        &at,
        &place("2026-03-01", "2026-03-09", "g-new"),
    )
    .await;
    let staff = app.get("/api/v1/employees", &head).await.is(200).json();
    assert!(
        staff.to_string().contains("\"to\":\"2026-03-10\""),
        "{staff}"
    );
    done(&app, &head, &format!("{at}/remove"), &[]).await;
    app.get(&at, &head).await.is(404);
    send(&app, &head, &format!("{at}/remove"), &[])
        .await
        .is(404);

    // Whoever leads another group sees nothing of them.
    let lead = app.of(Access::Lead).await;
    app.get("/admin/employees/o-first", &lead).await.is(404);
    app.get("/admin/employees/groups/g-new", &lead)
        .await
        .is(404);
    let list = app.get("/admin/employees?show=all", &lead).await.text();
    assert!(list.contains("e-first") && !list.contains("o-first") && !list.contains("Юг"));
    send(&app, &lead, "/admin/employees/e-first", &new)
        .await
        .is(403);
    let journal = app
        .get("/admin/journal", &app.of(Access::Director).await)
        .await;
    let journal = journal.text();
    assert!(
        journal.contains("перевод") && journal.contains("роль: менеджер"),
        "{journal}"
    );
}

async fn a_head_records_who_is_away(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let fields = [
        ("employee", "e-first"),
        ("kind", "vacation"),
        ("from", "2026-03-01"),
        ("last", "2026-03-14"),
    ];
    let list = done(&app, &head, "/admin/absences/new", &fields).await;
    assert!(
        list.contains("Сотрудник e-first") && list.contains("отпуск"),
        "{list}"
    );
    assert!(list.contains("Сегодня нет 1 человека"), "{list}");
    // From the first midnight in Moscow to the one after the last day.
    let staff = app
        .get("/api/v1/employees", &head)
        .await
        .is(200)
        .json()
        .to_string();
    assert!(staff.contains("2026-02-28T21:00:00Z") && staff.contains("2026-03-14T21:00:00Z"));
    let employees = app.get("/admin/employees", &head).await.text();
    assert!(employees.contains("отпуск по 14"), "{employees}");

    let at = list
        .split("/admin/absences/e-first/")
        .nth(1)
        .expect("an address");
    let at = format!(
        "/admin/absences/e-first/{}",
        at.split('"').next().expect("an instant")
    );
    let shorter = [
        ("kind", "vacation"),
        ("from", "2026-03-01"),
        ("last", "2026-03-01"),
    ];
    let list = done(&app, &head, &at, &shorter).await;
    assert!(list.contains("никто не отмечен"), "{list}");
    let past = app.get("/admin/absences?show=past", &head).await.text();
    assert!(past.contains("Сотрудник e-first"), "{past}");
    // A lead sees it and changes nothing; another company's head does not reach it.
    let lead = app.of(Access::Lead).await;
    let seen = app.get("/admin/absences?show=past", &lead).await.text();
    assert!(
        seen.contains("Сотрудник e-first") && !seen.contains(&at),
        "{seen}"
    );
    app.get(&at, &lead).await.is(403);
    send(&app, &lead, &at, &shorter).await.is(403);
    send(&app, &lead, "/admin/absences/new", &fields)
        .await
        .is(403);
    let foreign = app.foreign(Access::Head).await;
    app.get(&at, &foreign).await.is(404);
    send(&app, &foreign, &at, &shorter).await.is(404);
    send(&app, &foreign, "/admin/absences/new", &fields)
        .await
        .is(404);

    let ask = app.get(&format!("{at}/remove"), &head).await.is(200).text();
    assert!(ask.contains("Запись исчезнет"));
    done(&app, &head, &format!("{at}/remove"), &[]).await;
    app.get(&at, &head).await.is(404);
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
    let secret = page.split("<pre>").nth(1).expect("a secret");
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

async fn a_failed_job_is_tried_again_or_dropped(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (first, second) = (app.failed_job().await, app.failed_job().await);
    let admin = app.of(Access::Administrator).await;
    let list = app.get("/admin/jobs", &admin).await.is(200).text();
    for told in [
        "Новое замечание",
        "письмом",
        "Имя lead@first",
        "no such address",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    // What was to be said is nobody's business here.
    assert!(!list.contains("secret"));
    let director = app.of(Access::Director).await;
    let seen = app
        .get(&format!("/admin/jobs/{first}"), &director)
        .await
        .is(200)
        .text();
    assert!(
        seen.contains("no such address") && !seen.contains("/retry\""),
        "{seen}"
    );
    send(&app, &director, &format!("/admin/jobs/{first}/retry"), &[])
        .await
        .is(403);
    let foreign = app.foreign(Access::Administrator).await;
    send(&app, &foreign, &format!("/admin/jobs/{first}/retry"), &[])
        .await
        .is(404);

    let page = done(&app, &admin, &format!("/admin/jobs/{first}/retry"), &[]).await;
    assert!(
        page.contains("новая попытка") && !page.contains(&first),
        "{page}"
    );
    let ask = app
        .get(&format!("/admin/jobs/{second}/drop"), &admin)
        .await
        .is(200);
    assert!(ask.text().contains("не будет доставлено никогда"));
    let page = done(&app, &admin, &format!("/admin/jobs/{second}/drop"), &[]).await;
    assert!(page.contains("Сбоев нет"), "{page}");
    app.get(&format!("/admin/jobs/{first}"), &admin)
        .await
        .is(404);
}

async fn the_journal_is_narrowed_and_taken_away(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let (admin, head) = (
        app.of(Access::Administrator).await,
        app.of(Access::Head).await,
    );
    let fields = [("id", "n1"), ("name", "=Новый"), ("active", "on")];
    done(&app, &head, "/admin/employees/new", &fields).await;
    for number in 0..60 {
        app.pass(1000);
        let name = format!("Токен {number}");
        let body = json!({ "name": name, "scopes": ["read"] });
        app.post("/api/v1/tokens", &admin, body).await.is(201);
    }
    app.pass(2 * DAY);
    let finding = app.finding().await;
    let path = format!("/api/v1/findings/{finding}/decisions");
    let cause = json!({ "move": "acknowledge", "cause": "overload" });
    app.post(&path, &app.of(Access::Director).await, cause)
        .await
        .is(200);

    let page = app.get("/admin/journal", &admin).await.is(200).text();
    assert!(page.contains("замечание признано"), "{page}");
    // An administrator learns that something was done with a finding, and no more.
    assert!(!page.contains(&finding) && !page.contains("overload"));
    let told = "/api/v1/journal?action=finding.acknowledge";
    let told = app.get(told, &admin).await.is(200).json();
    assert_eq!(told["items"][0]["details"], json!({}));
    // All of it is walked, and a file holds all of it.
    let earlier = page.split("after=").nth(1).expect("an earlier page");
    let earlier = format!(
        "/admin/journal?after={}",
        earlier.split('"').next().expect("an end")
    );
    let second = app.get(&earlier, &admin).await.is(200).text();
    assert!(
        second.contains("Токен 0") || second.contains("сотрудник изменён"),
        "{second}"
    );
    let file = app
        .get("/admin/journal?format=csv&table=journal", &admin)
        .await
        .is(200);
    assert_eq!(file.text().matches("токен создан").count(), 60);
    app.get("/admin/journal?format=xlsx&table=journal", &admin)
        .await
        .is(200);

    let only = |query: &str| format!("/admin/journal?{query}");
    let by_head = only(&format!("person={}", at("head@first")));
    let by_head = app.get(&by_head, &admin).await.text();
    let body = |page: &str| page.split("<tbody>").nth(1).unwrap_or_default().to_owned();
    assert!(body(&by_head).contains("сотрудник изменён"), "{by_head}");
    assert!(!body(&by_head).contains("токен создан"));
    let made = app.get(&only("action=token.make"), &admin).await.text();
    assert!(body(&made).contains("токен создан") && !body(&made).contains("изменён"));
    let late = app.get(&only("from=2026-03-04"), &admin).await.text();
    assert!(body(&late).contains("признано") && !body(&late).contains("токен создан"));
    let early = app.get(&only("last=2026-03-02"), &admin).await.text();
    assert!(!body(&early).contains("признано") && body(&early).contains("токен создан"));
    let none = app.get(&only("action=job.drop"), &admin).await.text();
    assert!(none.contains("Таких записей нет"), "{none}");
    let odd = app.get(&only("from=вчера"), &admin).await.is(200).text();
    assert!(odd.contains("Нужна дата"), "{odd}");
    let program = app.get(&only("person=program"), &admin).await.text();
    assert!(body(&program).contains("сама программа"));

    let foreign = app.foreign(Access::Administrator).await;
    let theirs = app.get("/admin/journal", &foreign).await.is(200).text();
    assert!(!body(&theirs).contains("токен создан"));
    let asked = format!(
        "/api/v1/journal?action=employee.set&actor={}",
        at("head@first")
    );
    let lines = app.get(&asked, &admin).await.is(200).json();
    assert_eq!(lines["items"].as_array().map(Vec::len), Some(1));
}

async fn what_is_agreed_on_can_be_changed(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let director = app.of(Access::Director).await;
    let called = [
        ("name", "Окна Новые"),
        ("timezone", "Europe/Nowhere"),
        ("currency", "rub"),
    ];
    let page = send(&app, &director, "/admin/companies/account", &called)
        .await
        .is(422)
        .text();
    assert!(
        page.contains("Нужно название пояса") && page.contains("value=\"Окна Новые\""),
        "{page}"
    );
    let called = [
        ("name", "Окна Новые"),
        ("timezone", "Asia/Omsk"),
        ("currency", "rub"),
    ];
    let page = done(&app, &director, "/admin/companies/account", &called).await;
    assert!(
        page.contains("Сохранено.") && page.contains("Asia/Omsk"),
        "{page}"
    );
    let set = app
        .get("/api/v1/settings/company", &director)
        .await
        .is(200)
        .json();
    let expected = json!({ "name": "Окна Новые", "timezone": "Asia/Omsk", "currency": "RUB" });
    assert_eq!(set, expected);

    let life = |dispute: &'static str, advice: &'static str, days: &'static str| {
        [
            ("dispute", dispute),
            ("verdict", "2wd"),
            ("advice_from", advice),
            ("lost_deals_to", "lead"),
            ("lost_deals_within_days", days),
            ("objections", "дорого\n\n  скидк "),
        ]
    };
    for (fields, fault) in [
        (life("скоро", "30", "14"), "Число и единица"),
        (life("3wd", "сто", "14"), "Нужно число"),
        (life("3wd", "130", "14"), "Доля — от 0 до 100"),
        (life("3wd", "30", "-1"), "Нужно число"),
    ] {
        let page = send(&app, &director, "/admin/companies/life", &fields)
            .await
            .is(422);
        let page = page.text();
        assert!(page.contains(fault) && page.contains("скидк"), "{page}");
    }
    done(
        &app,
        &director,
        "/admin/companies/life",
        &life("3wd", "12,5", "7"),
    )
    .await;
    let set = app
        .get("/api/v1/settings/life", &director)
        .await
        .is(200)
        .json();
    assert_eq!(set["dispute"], "3wd");
    assert_eq!(set["advice_from"], 0.125);
    assert_eq!(set["objections"], json!(["дорого", "скидк"]));

    // A head sees it and changes nothing.
    let head = app.of(Access::Head).await;
    let page = app.get("/admin/companies", &head).await.is(200).text();
    assert!(
        page.contains("3wd") && !page.contains("/admin/companies/life"),
        "{page}"
    );
    send(
        &app,
        &head,
        "/admin/companies/life",
        &life("1wd", "30", "7"),
    )
    .await
    .is(403);
    send(&app, &head, "/admin/companies/account", &called)
        .await
        .is(403);
}

async fn the_calendar_shows_who_works_when(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let head = app.of(Access::Head).await;
    let fields = [
        ("employee", "e-first"),
        ("kind", "trip"),
        ("from", "2026-03-05"),
        ("last", "2026-03-06"),
    ];
    done(&app, &head, "/admin/absences/new", &fields).await;
    let page = app
        .get("/admin/calendar?day=2026-03-04", &head)
        .await
        .is(200)
        .text();
    assert!(
        page.contains("Март 2026") && page.contains("праздник"),
        "{page}"
    );
    assert_eq!(page.matches("командировка").count(), 2, "{page}");
    assert!(!page.contains("ещё нет: праздники"));
    // Nothing odd in the address breaks it.
    for day in ["2026-02-31", "x", "9999-12-31", "-9999-01-01"] {
        app.get(&format!("/admin/calendar?day={day}"), &head)
            .await
            .is(200);
    }
    // Before a year begins whose holidays nobody knows, it says so.
    app.pass(320 * DAY);
    let page = app
        .get("/admin/calendar", &app.of(Access::Head).await)
        .await
        .text();
    assert!(page.contains("на 2027 год ещё нет"), "{page}");
}

async fn the_overview_counts_what_its_lists_show(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    app.failed_job().await;
    let invite = json!({ "login": "new@first", "name": "Новый", "access": "employee" });
    app.post("/api/v1/people", &admin, invite).await.is(201);
    let odd = json!({ "name": "Без смены", "active": true, "shift": "нет такой" });
    app.call("PUT", "/api/v1/employees/x1", &admin, Some(odd))
        .await
        .is(204);
    let south = Some(json!({ "name": "Юг" }));
    app.call("PUT", "/api/v1/groups/south", &admin, south)
        .await
        .is(204);
    let page = app.get("/admin", &admin).await.is(200).text();
    let mut counted = Vec::new();
    for row in page.split("<tr>").skip(2) {
        let href = row.split("href=\"").nth(1).expect("a link");
        let href = href.split('"').next().expect("an end");
        let number = row.split("</a>").nth(1).expect("a count");
        let number = number.rsplit('>').next().expect("a number").trim();
        let list = app.get(href, &admin).await.is(200).text();
        let table = href.split('#').nth(1).map(|id| format!("id=\"{id}\""));
        let list = list.split(&*table.unwrap_or("<table".to_owned())).nth(1);
        let rows = list.and_then(|list| list.split("</table>").next());
        let rows = rows.expect("a list");
        let rows = rows.matches("<th scope=\"row\">").count();
        assert_eq!(number, rows.to_string(), "{href}");
        counted.push(href.to_owned());
    }
    let expected = [
        "/admin/jobs",
        "/admin/people?show=invited",
        "/admin/people?show=untied",
        "/admin/employees?show=groupless",
        "/admin/employees?show=leadless#groups",
        "/admin/employees?show=shiftless",
    ];
    assert_eq!(counted, expected, "{page}");
}

async fn imports_are_shown_to_administrators(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let page = app.get("/admin/import", &admin).await.is(200).text();
    assert!(page.contains("Сейчас ничего не загружается"), "{page}");
    let mut tx = app.state.store.begin().await.expect("a transaction");
    let request = json!({ "folder": "/srv/<b>crm", "versions": [], "lang": "ru" }).to_string();
    let put = store::imports::put(&mut tx, &app.company, BEGIN, &request).await;
    put.expect("put");
    tx.commit().await.expect("a commit");
    let page = app.get("/admin/import", &admin).await.is(200).text();
    assert!(
        page.contains("ждёт очереди") && !page.contains("<b>crm"),
        "{page}"
    );
    let foreign = app.foreign(Access::Administrator).await;
    let page = app.get("/admin/import", &foreign).await.is(200).text();
    assert!(page.contains("Сейчас ничего не загружается"));
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

async fn every_page_speaks_english_too(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let admin = app.of(Access::Administrator).await;
    let language = Some(json!({ "language": "en" }));
    app.call("PATCH", "/api/v1/me", &admin, language)
        .await
        .is(204);
    for path in pages(&app).await {
        let page = app.get(&path, &admin).await.is(200).text();
        assert!(
            page.contains("<html lang=\"en\">") && !page.contains('⟨'),
            "{path}"
        );
        let heading = page.split("<h1>").nth(1).expect("a heading");
        let heading = heading.split("</h1>").next().expect("an end");
        let is_name = path.contains("first") || path.contains(&at("shopper@first"));
        let russian = heading.chars().any(|c| ('а'..='я').contains(&c));
        assert!(is_name || !russian, "{path}: {heading}");
    }
}
