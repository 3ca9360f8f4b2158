//! The day of an employee and of a lead: answers to many findings at once and taken back, own money,
//! calls and goals, deals of absent people, and the sheet for a meeting.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;
use store::findings;

use crate::app::{Answer, BEGIN, TestApp, Who, back_to_work};

store::on_both!(
    many_are_answered_at_once_and_taken_back,
    an_answer_is_taken_back_by_programs_too,
    a_lead_sets_goals_and_their_person_sees_them,
    nobody_sets_goals_of_others_or_their_own,
    a_month_and_its_calls_are_ones_own,
    deals_of_absent_people_are_listed,
    a_meeting_is_one_sheet,
    a_dispute_has_a_deadline,
);

const HOUR: i64 = 3_600_000;

fn created(deal: &str, employee: &str, title: &str, price: f64) -> Value {
    json!({ "id": format!("c-{deal}"), "deal": deal, "at": BEGIN - 120 * HOUR, "kind": "created",
        "stage": "new", "employee": employee, "text": title, "amount": price, "client": "k1" })
}

async fn send(app: &TestApp, events: Value) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    app.post("/api/v1/events", &crm, json!({ "events": events }))
        .await
        .is(200);
}

/// A server with deals of the employee, of the lead, and of nobody's colleague.
async fn worked(store: Arc<Store>) -> TestApp {
    let app = TestApp::staffed(store).await;
    let mut deals = vec![
        created("m1", "e-first", "Моя дорогая", 9000.0),
        created("m2", "e-first", "Моя дешёвая", 10.0),
        created("l1", "l-first", "Звеньевого", 500.0),
    ];
    // So many that a share can be told.
    for n in 0..24 {
        let deal = format!("o{n}");
        deals.push(created(&deal, "o-first", "Чужая", 100.0));
        if n < 6 {
            deals.push(
                json!({ "id": format!("w-{deal}"), "deal": deal, "at": BEGIN - 100 * HOUR,
                "kind": "stage_changed", "stage": "won", "actor": "o-first" }),
            );
        }
    }
    send(&app, Value::Array(deals)).await;
    app
}

/// The ids of the findings held against an employee that last.
async fn held_against(app: &TestApp, employee: &str) -> Vec<String> {
    let mut reader = app.state.store.reader().await.expect("a reader");
    let all = findings::all(&mut reader, &app.company).await;
    let all = all.expect("findings").into_iter();
    let own = all.filter(|one| one.employee == employee && one.standing && one.until.is_none());
    own.map(|one| one.id).collect()
}

async fn form_token(app: &TestApp, who: &Who) -> String {
    let page = app.get("/me", who).await.is(200).text();
    let (_, after) = page
        .split_once("name=\"form_token\" value=\"")
        .expect("a form");
    after.split('"').next().expect("a value").to_owned()
}

/// Sends a form with the reader's token, and follows the redirect.
async fn submit(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = form_token(app, who).await;
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    let done = app.form(path, who, &all).await.is(303);
    app.get(done.header("location"), who).await.is(200)
}

async fn many_are_answered_at_once_and_taken_back(store: Arc<Store>) {
    let app = worked(store).await;
    let ids = held_against(&app, "e-first").await;
    let others = held_against(&app, "o-first").await.remove(0);
    let lead = app.of(Access::Lead).await;
    let page = app.get("/group", &lead).await.is(200).text();
    for id in &ids {
        assert!(page.contains(&format!("data-finding=\"{id}\"")), "{page}");
        let choice = format!("name=\"finding\" value=\"{id}\" form=\"many\"");
        assert!(page.contains(&choice), "{page}");
    }
    let list = app.get("/findings", &lead).await.is(200).text();
    assert!(list.contains("form=\"many\"") && list.contains("value=\"acknowledge:client\""));
    // Whoever may not answer has no buttons.
    let specialist = app.of(Access::Specialist).await;
    let list = app.get("/findings", &specialist).await.is(200).text();
    assert!(!list.contains("form=\"many\"") && !list.contains("name=\"do\""));

    let nothing = [("do", "cure"), ("next", "/group")];
    let page = submit(&app, &lead, "/findings", &nothing).await.text();
    assert!(page.contains("отметьте хотя бы одно"), "{page}");
    let silent = [("do", "dispute"), ("finding", &ids[0]), ("next", "/group")];
    let page = submit(&app, &lead, "/findings", &silent).await.text();
    assert!(page.contains("напишите, почему"), "{page}");

    let fields = [
        ("do", "acknowledge:overload"),
        ("next", "/group?page=1"),
        ("finding", ids[0].as_str()),
        ("finding", &ids[1]),
        ("finding", &others),
    ];
    let page = submit(&app, &lead, "/findings", &fields).await.text();
    assert!(page.contains("Ответ записан: 2 замечания"), "{page}");
    assert!(!page.contains("Чужая"), "{page}");
    assert!(page.contains("action=\"/findings/undo\"") && page.contains(">Отменить</button>"));
    assert!(
        page.contains("name=\"next\" value=\"/group?page=1\""),
        "{page}"
    );
    // Once more, one of them has this answer already.
    let page = submit(&app, &lead, "/findings", &fields[..4]).await.text();
    assert!(page.contains("уже признано с этой причиной"), "{page}");

    app.pass(5_000);
    let back = [
        ("next", "/group"),
        ("finding", &ids[0]),
        ("finding", &ids[1]),
    ];
    let page = submit(&app, &lead, "/findings/undo", &back).await.text();
    assert!(page.contains("Ответ отменён: 2 замечания"), "{page}");
    assert!(!page.contains("action=\"/findings/undo\""), "{page}");
    let all = [
        ("do", "cure"),
        ("next", "/group"),
        ("all", "yes"),
        ("shown", &ids[0]),
        ("shown", &ids[1]),
    ];
    let page = submit(&app, &lead, "/findings", &all).await.text();
    assert!(page.contains("Ответ записан: 2 замечания"), "{page}");
    app.pass(20_000);
    let page = submit(&app, &lead, "/findings/undo", &back).await.text();
    assert!(page.contains("только в первые 10 секунд"), "{page}");
    // An address cannot make a page say what did not happen.
    let lie = format!("/mine?done={}~{}&undone={}", ids[0], ids[1], ids[1]);
    let employee = app.of(Access::Employee).await;
    let page = app.get(&lie, &employee).await.is(200).text();
    assert!(!page.contains("class=\"told"), "{page}");
    for path in ["/findings", "/findings/undo"] {
        let stolen = [("form_token", "x"), ("do", "cure"), ("finding", &ids[0])];
        app.form(path, &employee, &stolen).await.is(403);
    }
}

async fn an_answer_is_taken_back_by_programs_too(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let id = app.finding().await;
    let path = format!("/api/v1/findings/{id}/decisions");
    let undo = format!("{path}/undo");
    let employee = app.of(Access::Employee).await;
    let cure = json!({ "move": "cure" });
    app.post(&path, &employee, cure.clone()).await.is(200);
    let seen = app.call("POST", &undo, &employee, None).await;
    let seen = seen.is(200).json();
    assert_eq!(seen["state"], "told");
    let twice = app.call("POST", &undo, &employee, None).await.is(409);
    assert!(twice.text().contains("possible now: "), "{}", twice.text());
    app.post(&path, &employee, cure).await.is(200);
    let lead = app.of(Access::Lead).await;
    app.call("POST", &undo, &lead, None).await.is(409);
    app.pass(12_000);
    let late = app.call("POST", &undo, &employee, None).await.is(409);
    assert!(late.text().contains("10 seconds"), "{}", late.text());
    let past = format!("/api/v1/findings/{id}/history");
    let past = app.get(&past, &employee).await.is(200).json();
    let made = past["decisions"].as_array().expect("decisions").iter();
    let made: Vec<&str> = made
        .map(|one| one["made"].as_str().expect("a word"))
        .collect();
    assert_eq!(made, ["told", "cured", "undone", "cured"]);
    let page = app.get(&format!("/findings/{id}"), &employee).await.is(200);
    assert!(page.text().contains("Ответ отменён"));
}

async fn a_lead_sets_goals_and_their_person_sees_them(store: Arc<Store>) {
    let app = worked(store).await;
    // Two of them in the month that lasts.
    app.pass(5 * 24 * HOUR);
    app.deal().await;
    app.deal().await;
    let (lead, employee) = (app.of(Access::Lead).await, app.of(Access::Employee).await);
    let group = app.get("/group", &lead).await.is(200).text();
    assert!(group.contains("href=\"/people/e-first\""), "{group}");
    let page = app.get("/people/e-first", &lead).await.is(200).text();
    assert!(page.contains("Как дела: Сотрудник e-first") && page.contains("Целей пока нет"));
    let path = "/people/e-first/goals";
    for (measure, at_most, text) in [
        ("rule:no-open-task", "1", "Задача <b>в каждой</b> сделке"),
        ("light", "12,5", ""),
    ] {
        let fields = [("measure", measure), ("at_most", at_most), ("text", text)];
        let page = submit(&app, &lead, path, &fields).await.text();
        assert!(page.contains("Цель поставлена"), "{page}");
    }
    let wrong = [("measure", "rule:no-open-task"), ("at_most", "мало")];
    let page = submit(&app, &lead, path, &wrong).await.text();
    assert!(page.contains("Цель не поставлена"), "{page}");
    let page = app.get("/month", &employee).await.is(200).text();
    assert!(
        page.contains("Задача &#60;b&#62;в каждой&#60;/b&#62; сделке"),
        "{page}"
    );
    assert!(
        page.contains("12,5") && page.contains("больше, чем договорились"),
        "{page}"
    );
    // The number leads to the list that it counts.
    let (_, after) = page
        .split_once("href=\"/findings?figures=counted&#38;employee=e-first&#38;rule=no-open-task")
        .expect("a link");
    let (query, rest) = after.split_once("\">").expect("its end");
    let count: usize = rest
        .split('<')
        .next()
        .expect("a number")
        .parse()
        .expect("digits");
    let list = format!("/findings?figures=counted&employee=e-first&rule=no-open-task{query}");
    let list = app
        .get(&list.replace("&#38;", "&"), &employee)
        .await
        .is(200)
        .text();
    assert_eq!(list.matches("class=\"what\"").count(), count);
    let file = app
        .get("/month?format=csv&table=goals", &employee)
        .await
        .is(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    // Another of the same measure takes its place, and programs see the same.
    let again = json!({ "employee": "e-first", "rule": "no-open-task", "at_most": 50 });
    app.post("/api/v1/goals", &lead, again).await.is(201);
    let goals = app.get("/api/v1/goals", &employee).await.is(200).json();
    let goals = goals["items"].as_array().expect("goals").clone();
    let told: Vec<(&Value, &Value)> = goals
        .iter()
        .map(|one| (&one["at_most"], &one["reached"]))
        .collect();
    assert_eq!(told[1], (&json!(50), &json!("kept")));
    assert_eq!(
        (goals.len(), goals[0]["measure"].as_str()),
        (2, Some("light"))
    );
    assert_eq!(goals[1]["months"][5]["value"], count);
    let id = goals[1]["id"].as_str().expect("an id");
    let page = submit(&app, &lead, "/people/e-first/goals/end", &[("goal", id)]).await;
    assert!(page.text().contains("Цель снята"));
    let notices = app
        .get("/api/v1/journal", &app.of(Access::Director).await)
        .await;
    assert!(notices.is(200).text().contains("goal.set"));
}

async fn nobody_sets_goals_of_others_or_their_own(store: Arc<Store>) {
    let app = worked(store).await;
    let lead = app.of(Access::Lead).await;
    let goal = |employee: &str| json!({ "employee": employee, "at_most": 1000 });
    for (who, employee, status) in [
        (app.of(Access::Employee).await, "e-first", 403),
        (app.of(Access::Lead).await, "l-first", 403),
        (app.of(Access::Lead).await, "o-first", 404),
        (app.of(Access::Lead).await, "nobody", 404),
        (app.foreign(Access::Director).await, "e-first", 404),
        (app.of(Access::Specialist).await, "e-first", 403),
        (app.of(Access::Head).await, "l-first", 201),
    ] {
        app.post("/api/v1/goals", &who, goal(employee))
            .await
            .is(status);
    }
    for wrong in [
        json!({ "employee": "e-first", "rule": "no-such", "at_most": 1 }),
        json!({ "employee": "e-first", "at_most": -1 }),
        json!({ "employee": "e-first", "at_most": 1, "text": "ы".repeat(2_000) }),
    ] {
        app.post("/api/v1/goals", &lead, wrong).await.is(422);
    }
    let head = app.of(Access::Head).await;
    let made = app
        .post("/api/v1/goals", &head, goal("o-first"))
        .await
        .is(201)
        .json();
    let path = format!("/api/v1/goals/{}", made["id"].as_str().expect("an id"));
    app.call("DELETE", &path, &lead, None).await.is(404);
    // What is not theirs is not there.
    let employee = app.of(Access::Employee).await;
    let own = app
        .get("/api/v1/goals?employee=o-first", &employee)
        .await
        .is(200);
    assert_eq!(own.json()["items"], json!([]));
    for (who, page) in [
        (&employee, "/people/o-first"),
        (&employee, "/people/l-first"),
        (&lead, "/people/o-first"),
        (&lead, "/people/nobody"),
    ] {
        app.get(page, who).await.is(404);
    }
    app.call("DELETE", &path, &head, None).await.is(204);
    app.call("DELETE", &path, &head, None).await.is(404);
}

async fn a_month_and_its_calls_are_ones_own(store: Arc<Store>) {
    let app = worked(store).await;
    let employee = app.of(Access::Employee).await;
    let title =
        |page: &str, name: &str| page.find(name).unwrap_or_else(|| panic!("{name}: {page}"));
    let calls = app.get("/calls", &employee).await.is(200).text();
    assert!(calls.contains("3 открытые сделки"), "{calls}");
    assert!(title(&calls, "Моя дорогая") < title(&calls, "Моя дешёвая"));
    // 6 of the 28 deals that came to the stage were won; 9000 × 6 / 28 = 1928.6.
    assert!(
        calls.contains("6 из 28") && calls.contains("1\u{202f}929"),
        "{calls}"
    );
    for foreign in ["Чужая", "Звеньевого", "o-first", "l-first"] {
        assert!(!calls.contains(foreign), "{foreign}: {calls}");
    }
    // What was tried today goes to the end.
    send(
        &app,
        json!([{ "id": "t1", "deal": "m1", "at": BEGIN - HOUR, "kind": "call_out", "amount": 5,
            "employee": "e-first", "actor": "e-first" }]),
    )
    .await;
    let calls = app.get("/calls", &employee).await.is(200).text();
    assert!(title(&calls, "Моя дорогая") > title(&calls, "Моя дешёвая"));
    assert!(calls.contains("сегодня уже связывались"), "{calls}");
    let won = json!([{ "id": "t2", "deal": "m2", "at": BEGIN - HOUR, "kind": "stage_changed",
        "stage": "won", "actor": "e-first" }]);
    send(&app, won).await;
    let month = app.get("/month", &employee).await.is(200).text();
    assert!(month.contains("<a href=\"#won\">10\u{a0}₽</a>"), "{month}");
    assert!(
        month.contains("1 сделка") && month.contains("id=\"won\""),
        "{month}"
    );
    for foreign in ["Чужая", "Звеньевого", "o-first"] {
        assert!(!month.contains(foreign), "{foreign}: {month}");
    }
    // Each number of deals leads to so many.
    let links = month.split("href=\"").skip(1);
    let mut followed = 0;
    for link in links.filter(|link| link.starts_with("/calls?stage=")) {
        let (path, rest) = link.split_once("\">").expect("a link");
        let count: usize = rest
            .split('<')
            .next()
            .expect("a number")
            .parse()
            .expect("digits");
        let list = app
            .get(&path.replace("&#38;", "&"), &employee)
            .await
            .is(200)
            .text();
        assert_eq!(list.matches("href=\"/deals/").count(), count, "{path}");
        followed += 1;
    }
    assert_eq!(followed, 2, "those that stand, and those that hang");
    for path in [
        "/calls?stage=none",
        "/calls?hung=yes&page=9",
        "/calls?stage=%3Cb%3E",
    ] {
        app.get(path, &employee).await.is(200);
    }
    let file = app
        .get("/calls?format=csv&table=calls", &employee)
        .await
        .is(200)
        .text();
    assert!(
        file.contains("Моя дорогая") && !file.contains("Чужая"),
        "{file}"
    );
    let xlsx = app
        .get("/month?format=xlsx&table=won", &employee)
        .await
        .is(200);
    assert!(xlsx.body.starts_with(b"PK"));
}

async fn deals_of_absent_people_are_listed(store: Arc<Store>) {
    let app = worked(store).await;
    let lead = app.of(Access::Lead).await;
    let page = app.get("/group", &lead).await.is(200).text();
    assert!(
        page.contains("сегодня все на месте") && !page.contains("id=\"hands\""),
        "{page}"
    );
    let director = app.of(Access::Director).await;
    let absent = |employee: &str| format!("/api/v1/employees/{employee}/absences");
    let days = json!([{ "from": "2026-03-02T00:00:00+03:00", "to": "2026-03-05T00:00:00+03:00", "kind": "sick" }]);
    for employee in ["e-first", "o-first"] {
        app.call("PUT", &absent(employee), &director, Some(days.clone()))
            .await
            .is(204);
    }
    send(
        &app,
        json!([{ "id": "t1", "deal": "m2", "at": BEGIN - 2 * HOUR, "kind": "message_in", "text": "Где вы?" }]),
    )
    .await;
    let page = app.get("/group", &lead).await.is(200).text();
    assert!(
        page.contains("сегодня нет 1 человека") && page.contains("id=\"hands\""),
        "{page}"
    );
    let (_, hands) = page.split_once("id=\"hands\"").expect("a table");
    let (hands, _) = hands.split_once("</table>").expect("its end");
    assert!(
        hands.contains("Моя дешёвая") && hands.contains("клиент ждёт"),
        "{hands}"
    );
    assert!(
        hands.contains("болеет") && hands.contains("Сотрудник e-first"),
        "{hands}"
    );
    assert!(
        !hands.contains("Чужая") && !hands.contains("Звеньевого"),
        "{hands}"
    );
    let file = app
        .get("/group?format=csv&table=hands", &lead)
        .await
        .is(200)
        .text();
    assert!(
        file.contains("Моя дешёвая") && !file.contains("Чужая"),
        "{file}"
    );
}

async fn a_meeting_is_one_sheet(store: Arc<Store>) {
    let app = worked(store).await;
    let lead = app.of(Access::Lead).await;
    let ids = held_against(&app, "e-first").await;
    let path = format!("/api/v1/findings/{}/decisions", ids[0]);
    let agreed = json!({ "move": "acknowledge", "cause": "client" });
    app.post(&path, &app.of(Access::Employee).await, agreed)
        .await
        .is(200);
    let head = app.of(Access::Head).await;
    let goal = json!({ "employee": "e-first", "at_most": 1000 });
    app.post("/api/v1/goals", &head, goal).await.is(201);
    let check = app.check().await;
    let path = format!("/api/v1/checks/{check}");
    app.post(&path, &head, back_to_work()).await.is(200);
    // A week later the week of the findings is over.
    app.pass(24 * HOUR);
    let page = app.get("/meeting", &lead).await.is(200).text();
    for part in [
        "Группа first",
        "План на 30 минут",
        "Что получилось",
        "Три главные темы",
        "Обещания и цели",
        "признано и ещё длится 1 замечание",
        "Кому помочь",
        "«звонить»",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        !page.contains("Чужая") && !page.contains("o-first"),
        "{page}"
    );
    // Its topics lead to as many as they count.
    let mut followed = 0;
    for link in page.split("href=\"").skip(1) {
        if !link.starts_with("/findings?figures=counted&#38;group=") {
            continue;
        }
        let (path, rest) = link.split_once("\">").expect("a link");
        let count: usize = rest
            .split(' ')
            .next()
            .expect("a number")
            .parse()
            .expect("digits");
        let list = app
            .get(&path.replace("&#38;", "&"), &lead)
            .await
            .is(200)
            .text();
        assert_eq!(list.matches("class=\"what\"").count(), count, "{path}");
        followed += 1;
    }
    assert!(followed > 0, "{page}");
    // A lead meets with the group that they lead, whatever is asked for; the head with any.
    let other = app
        .get("/meeting?group=g-second", &lead)
        .await
        .is(200)
        .text();
    assert!(other.contains("Группа first"));
    let page = app
        .get("/meeting?group=g-first", &head)
        .await
        .is(200)
        .text();
    assert!(page.contains("Группа first"));
    let stranger = app.foreign(Access::Head).await;
    let page = app
        .get("/meeting?group=g-first", &stranger)
        .await
        .is(200)
        .text();
    assert!(
        !page.contains("Группа first") && !page.contains("e-first"),
        "{page}"
    );
}

async fn a_dispute_has_a_deadline(store: Arc<Store>) {
    let app = worked(store).await;
    let ids = held_against(&app, "e-first").await;
    let employee = app.of(Access::Employee).await;
    let dispute = json!({ "move": "dispute", "text": "нет" });
    for id in &ids[..2] {
        let path = format!("/api/v1/findings/{id}/decisions");
        app.post(&path, &employee, dispute.clone()).await.is(200);
        app.pass(HOUR);
    }
    let coordinator = app.of(Access::Coordinator).await;
    let page = app.get("/disputes", &coordinator).await.is(200).text();
    assert_eq!(page.matches("решить до ").count(), 2, "{page}");
    let place = |id: &str| {
        page.find(&format!("data-finding=\"{id}\""))
            .expect("a dispute")
    };
    assert!(
        place(&ids[0]) < place(&ids[1]),
        "the one to be decided first"
    );
    let path = format!("/api/v1/findings/{}", ids[0]);
    let seen = app.get(&path, &coordinator).await.is(200).json();
    let until = seen["verdict_until"].as_i64().expect("an instant");
    app.pass(until + 1 - app.state.now());
    let coordinator = app.of(Access::Coordinator).await;
    let page = app.get("/disputes", &coordinator).await.is(200).text();
    assert_eq!(page.matches("срок решения прошёл").count(), 1, "{page}");
    // The company says how long.
    let director = app.of(Access::Director).await;
    let long = Some(json!({ "verdict": "30d" }));
    app.call("PUT", "/api/v1/settings/life", &director, long)
        .await
        .is(204);
    let page = app.get("/disputes", &coordinator).await.is(200).text();
    assert!(!page.contains("срок решения прошёл"), "{page}");
    let wrong = Some(json!({ "verdict": "soon" }));
    app.call("PUT", "/api/v1/settings/life", &director, wrong)
        .await
        .is(422);
}
