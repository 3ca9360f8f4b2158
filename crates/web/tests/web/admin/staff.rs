//! Employees, groups, absences and hours.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::json;
use store::Store;

use super::{DAY, done, send};
use crate::app::TestApp;

store::on_both!(
    an_employee_moves_from_group_to_group,
    a_head_records_who_is_away,
    the_calendar_shows_who_works_when,
);

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
        page.contains("Добавлено.") && !page.contains("<script>x"),
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
