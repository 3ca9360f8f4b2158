//! The pages of quality control: what waits to be passed on, deals to look at, the time that takes,
//! exemptions, and the deal's page with its form.

use std::sync::Arc;

use app::permissions::{Access, Scope};
use serde_json::{Value, json};
use store::Store;

use crate::app::{Answer, BEGIN, TestApp, Who};

store::on_both!(
    each_access_opens_the_pages_of_control,
    a_finding_is_added_in_its_place_and_passed_on,
    what_cannot_be_added_is_told_beside_the_form,
    nobody_adds_to_what_is_not_theirs,
    a_deal_is_taken_looked_at_and_the_next_one_comes,
    an_exemption_is_made_shown_and_ended,
    exemptions_of_others_are_not_shown,
    bands_run_beside_what_happened,
    a_long_timeline_is_read_by_parts,
    words_of_others_stay_text,
);

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn send(app: &TestApp, events: Value) {
    let (_, crm) = app.token(Access::Administrator, &[Scope::Events]).await;
    let body = json!({ "events": events });
    app.post("/api/v1/events", &crm, body).await.is(200);
}

fn created(deal: &str, employee: &str, at: i64) -> Value {
    json!({ "id": format!("c-{deal}"), "deal": deal, "at": at, "kind": "created", "stage": "new",
        "employee": employee, "text": format!("Сделка {deal}"), "amount": 1000 })
}

fn token(page: &str) -> String {
    let (_, after) = page
        .split_once("name=\"form_token\" value=\"")
        .expect("a form");
    after.split('"').next().expect("a value").to_owned()
}

/// Sends a form with the reader's token.
async fn form(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = token(&app.get("/me", who).await.is(200).text());
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    app.form(path, who, &all).await
}

/// Sends a form and follows the redirect; the page, and its address.
async fn done(app: &TestApp, who: &Who, path: &str, fields: &[(&str, &str)]) -> (String, String) {
    let answer = form(app, who, path, fields).await.is(303);
    let to = answer.header("location").to_owned();
    let page = to.split('#').next().expect("an address");
    let page = app.get(page, who).await.is(200).text();
    assert!(!page.contains('⟨'), "a word is missing: {page}");
    (page, to)
}

/// The number of the event of a page that has a text, by which forms name it.
fn number(page: &str, text: &str) -> String {
    let (before, _) = page.split_once(text).expect("the text");
    let (_, after) = before.rsplit_once("data-event=\"").expect("an event");
    after.split('"').next().expect("a number").to_owned()
}

async fn each_access_opens_the_pages_of_control(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let pages = [
        "/queue",
        "/queue/deals",
        "/queue/done",
        "/queue/time",
        "/exemptions",
    ];
    use Access::*;
    for (access, open) in [
        (Employee, [403, 403, 403, 403, 200]),
        (Lead, [403, 403, 403, 403, 200]),
        (Coordinator, [200, 200, 200, 200, 200]),
        (Specialist, [403, 200, 200, 200, 200]),
        (Head, [200, 200, 200, 200, 200]),
        (Director, [200, 200, 200, 200, 200]),
        (Administrator, [403, 403, 403, 403, 403]),
        (ClientManager, [403, 403, 403, 403, 403]),
        (Interviewer, [403, 403, 403, 403, 403]),
        (Shopper, [403, 403, 403, 403, 403]),
    ] {
        let who = app.of(access).await;
        for (path, status) in pages.iter().zip(open) {
            let answer = app.get(path, &who).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {path}");
            crate::pages_work::is_accessible(&answer.text(), path);
        }
        // What the pages do is refused likewise.
        let deals = open[1] == 200;
        let taken = form(&app, &who, "/queue/deals", &[("deal", "d-first")]).await;
        assert_eq!(
            taken.status.as_u16(),
            if deals { 303 } else { 403 },
            "{access:?}"
        );
        let back = form(
            &app,
            &who,
            "/queue/reviews/none",
            &[("do", "back"), ("deal", "x")],
        )
        .await;
        assert_eq!(
            back.status.as_u16(),
            if deals { 404 } else { 403 },
            "{access:?}"
        );
        let passes = open[0] == 200;
        let passed = form(&app, &who, "/queue/findings/none", &[("do", "pass_on")]).await;
        assert_eq!(
            passed.status.as_u16(),
            if passes { 404 } else { 403 },
            "{access:?}"
        );
        let made = form(&app, &who, "/exemptions", &[("reason", "x")]).await;
        assert_eq!(
            made.status.as_u16(),
            if passes { 422 } else { 403 },
            "{access:?}"
        );
        let ended = form(&app, &who, "/exemptions/none", &[("reason", "x")]).await;
        assert_eq!(
            ended.status.as_u16(),
            if passes { 404 } else { 403 },
            "{access:?}"
        );
    }
    let foreign = app.foreign(Access::Director).await;
    for path in pages {
        let page = app.get(path, &foreign).await.is(200).text();
        assert!(!page.contains("-first"), "{path}");
        app.get(path, &Who::Nobody).await.is(303);
    }
    let taken = form(&app, &foreign, "/queue/deals", &[("deal", "d-first")]).await;
    taken.is(404);
    // A form that is not theirs does nothing.
    let head = app.of(Access::Head).await;
    for path in ["/queue/deals", "/exemptions", "/deals/d-first/findings"] {
        let fields = [("form_token", "x"), ("deal", "d-first"), ("reason", "x")];
        app.form(path, &head, &fields).await.is(403);
    }
}

async fn a_finding_is_added_in_its_place_and_passed_on(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let call = json!({ "id": "call1", "deal": "d-first", "at": BEGIN - 2 * HOUR, "kind": "call_out",
        "actor": "e-first", "amount": 65, "text": "Разговор о цене" });
    let note = json!({ "id": "note1", "deal": "d-first", "at": BEGIN - HOUR, "kind": "note_added",
        "actor": "e-first", "text": "Позже" });
    send(&app, json!([call, note])).await;
    let specialist = app.of(Access::Specialist).await;
    let page = app.get("/deals/d-first", &specialist).await.is(200).text();
    let event = number(&page, "Разговор о цене");
    let adding = format!("/deals/d-first?event={event}&add=yes");
    assert!(
        page.contains(&format!("{}#add", adding.replace('&', "&#38;"))),
        "{page}"
    );
    let page = app.get(&adding, &specialist).await.is(200).text();
    crate::pages_work::is_accessible(&page, &adding);
    // The form stands below its event, and the actor is chosen.
    let (above, below) = page.split_once("id=\"add\"").expect("the form");
    assert!(above.contains("Разговор о цене") && below.contains("Позже"));
    assert!(
        below.contains("<option value=\"e-first\" selected>"),
        "{below}"
    );
    let written = [
        ("event", event.as_str()),
        ("kind", "Тон"),
        ("severity", "violation"),
        ("employee", "e-first"),
        ("text", "Перебивает клиента"),
        ("recommendation", "Дослушать"),
    ];
    let (page, to) = done(&app, &specialist, "/deals/d-first/findings", &written).await;
    let id = to.split("#f-").nth(1).expect("its place").to_owned();
    assert!(page.contains("Дальше его передаст ответственный за контроль"));
    let (above, below) = page
        .split_once(&format!("id=\"f-{id}\""))
        .expect("it is there");
    assert!(above.contains("Разговор о цене") && below.contains("Позже"));
    assert!(below.contains("Перебивает клиента"));

    let employee = app.of(Access::Employee).await;
    let theirs = app.get("/deals/d-first", &employee).await.is(200).text();
    assert!(!theirs.contains("Перебивает клиента"), "it is held");

    let coordinator = app.of(Access::Coordinator).await;
    app.pass(HOUR);
    let queue = app.get("/queue", &coordinator).await.is(200).text();
    assert!(queue.contains("Имя specialist@first") && queue.contains("Ждёт 1 замечание"));
    assert!(queue.contains("Звонок, "), "{queue}");
    let place = format!("/deals/d-first?finding={id}#f-{id}");
    assert!(
        queue.contains(&place.replace('#', "&#35;")) || queue.contains(&place),
        "{queue}"
    );
    // What is skipped waits on another page.
    let skipped = app.get(&format!("/queue?skip={id}"), &coordinator).await;
    let skipped = skipped.is(200).text();
    assert!(skipped.contains("Пропущено 1 замечание") && !skipped.contains("Перебивает"));

    let path = format!("/queue/findings/{id}");
    let empty = [("do", "pass_on"), ("text", " ")];
    let (page, _) = done(&app, &coordinator, &path, &empty).await;
    assert!(page.contains("напишите, что увидит сотрудник"), "{page}");
    let (page, _) = done(&app, &coordinator, &path, &[("do", "exempt")]).await;
    assert!(
        page.contains("напишите, почему не обращать внимания"),
        "{page}"
    );
    let reworded = [
        ("do", "pass_on"),
        ("text", "Дослушивайте клиента"),
        ("recommendation", ""),
        ("next", "https://evil.example/"),
    ];
    let (page, to) = done(&app, &coordinator, &path, &reworded).await;
    assert!(
        page.contains("Передано:") && page.contains("Всё передано"),
        "{page}"
    );
    assert!(to.starts_with("/queue?"), "{to}");
    let (page, _) = done(&app, &coordinator, &path, &reworded).await;
    assert!(page.contains("уже закончили"), "{page}");
    let theirs = app.get("/deals/d-first", &employee).await.is(200).text();
    assert!(theirs.contains("Дослушивайте клиента") && !theirs.contains("Перебивает"));
    // From the finding back to its place, and to an exemption of its like for those who may.
    let finding = format!("/findings/{id}");
    let page = app.get(&finding, &employee).await.is(200).text();
    assert!(page.contains(&format!("/deals/d-first?finding={id}")));
    assert!(!page.contains("/exemptions?"));
    let page = app.get(&finding, &coordinator).await.is(200).text();
    assert!(
        page.contains("/exemptions?deal=d-first&#38;employee=e-first"),
        "{page}"
    );
}

async fn what_cannot_be_added_is_told_beside_the_form(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let specialist = app.of(Access::Specialist).await;
    let path = "/deals/d-first/findings";
    let written = [
        ("kind", " "),
        ("severity", "gross"),
        ("text", "Долго <b>молчал</b>"),
    ];
    let refused = form(&app, &specialist, path, &written).await.is(422).text();
    assert!(
        refused.contains("Напишите коротко, что не так"),
        "{refused}"
    );
    assert!(
        refused.contains("Долго &#60;b&#62;молчал"),
        "nothing is lost"
    );
    assert!(refused.contains("<option value=\"gross\" selected>"));
    for (field, value) in [("severity", "awful"), ("event", "77777")] {
        let mut wrong = vec![("kind", "Тон"), ("text", "Да"), ("severity", "gross")];
        wrong.retain(|(name, _)| *name != field);
        wrong.push((field, value));
        form(&app, &specialist, path, &wrong).await.is(422);
    }
    let waiting = app.get("/queue", &app.of(Access::Head).await).await.text();
    assert!(waiting.contains("Ничего не ждёт"), "nothing was made");
}

async fn nobody_adds_to_what_is_not_theirs(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    send(&app, json!([created("o1", "o-first", BEGIN - DAY)])).await;
    let written = [
        ("kind", "Тон"),
        ("severity", "remark"),
        ("text", "Да"),
        ("employee", "e-first"),
    ];
    for (access, own, others) in [
        (Access::Employee, 403, 403),
        (Access::Lead, 303, 404),
        (Access::Administrator, 403, 403),
        (Access::ClientManager, 303, 303),
        (Access::Shopper, 403, 403),
    ] {
        let who = app.of(access).await;
        for (deal, status) in [("d-first", own), ("o1", others)] {
            let path = format!("/deals/{deal}/findings");
            let answer = form(&app, &who, &path, &written).await;
            assert_eq!(answer.status.as_u16(), status, "{access:?} {deal}");
        }
        let page = app.get("/deals/d-first?add=yes", &who).await.text();
        assert_eq!(page.contains("id=\"add\""), own == 303, "{access:?}");
    }
    // A lead names nobody of another group.
    let lead = app.of(Access::Lead).await;
    let wrong = [
        ("kind", "Тон"),
        ("severity", "remark"),
        ("text", "Да"),
        ("employee", "o-first"),
    ];
    form(&app, &lead, "/deals/d-first/findings", &wrong)
        .await
        .is(403);
    let foreign = app.foreign(Access::Director).await;
    form(&app, &foreign, "/deals/d-first/findings", &written)
        .await
        .is(404);
}

async fn a_deal_is_taken_looked_at_and_the_next_one_comes(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    send(
        &app,
        json!([
            created("e1", "e-first", BEGIN - DAY),
            created("o1", "o-first", BEGIN - DAY),
        ]),
    )
    .await;
    let specialist = app.of(Access::Specialist).await;
    let queue = app.get("/queue/deals", &specialist).await.is(200).text();
    assert!(queue.contains("Ждут 3 сделки"), "{queue}");
    let only = app
        .get("/queue/deals?employee=o-first&order=chance", &specialist)
        .await;
    let only = only.is(200).text();
    assert!(only.contains("Ждёт 1 сделка") && only.contains("Только сделки"));
    let csv = app
        .get("/queue/deals?format=csv&table=shares", &specialist)
        .await;
    assert!(csv.is(200).text().contains("Сотрудник e-first"));

    let (page, to) = done(&app, &specialist, "/queue/deals", &[("deal", "e1")]).await;
    assert_eq!(to, "/deals/e1");
    assert!(page.contains("Смотрите с") && page.contains("Замечаний вы пока не добавили"));
    let (_, after) = page.split_once("/queue/reviews/").expect("a form");
    let id = after.split('"').next().expect("an id").to_owned();
    let head = app.of(Access::Head).await;
    let (page, _) = done(&app, &head, "/queue/deals", &[("deal", "e1")]).await;
    assert!(page.contains("уже смотрит коллега"), "{page}");
    let (page, _) = done(&app, &specialist, "/queue/deals", &[("deal", "o1")]).await;
    assert!(page.contains("сначала закончите"), "{page}");

    let path = format!("/queue/reviews/{id}");
    app.pass(3 * HOUR);
    let silent = [("do", "done"), ("deal", "e1"), ("minutes", "")];
    let (page, _) = done(&app, &specialist, &path, &silent).await;
    assert!(
        page.contains("напишите, сколько минут вы смотрели"),
        "{page}"
    );
    let finish = [("do", "next"), ("deal", "e1"), ("minutes", "12")];
    form(&app, &head, &path, &finish).await.is(404);
    let (page, to) = done(&app, &specialist, &path, &finish).await;
    assert!(to == "/deals/o1" || to == "/deals/d-first", "{to}");
    assert!(page.contains("Контроль посмотрел: замечаний нет") == (to == "/deals/e1"));
    let looked = app.get("/deals/e1", &head).await.is(200).text();
    assert!(
        looked.contains("Контроль посмотрел: замечаний нет"),
        "{looked}"
    );
    assert!(looked.contains("12\u{a0}мин"), "{looked}");
    let employee = app.of(Access::Employee).await;
    let theirs = app.get("/deals/e1", &employee).await.is(200).text();
    assert!(!theirs.contains("Контроль посмотрел") && !theirs.contains("/queue"));

    for (who, others) in [(&head, true), (&specialist, true)] {
        let times = app.get("/queue/time", who).await.is(200).text();
        assert!(times.contains("12,0"), "{times}");
        assert_eq!(times.contains("Имя specialist@first"), others);
        let list = app
            .get("/queue/done?outcome=clean&employee=e-first", who)
            .await;
        let list = list.is(200).text();
        assert!(list.contains("href=\"/deals/e1\"") && list.contains("замечаний нет"));
    }
    for (who, cases) in [
        (&head, 2),
        (&specialist, 2),
        (&app.foreign(Access::Head).await, 0),
    ] {
        let list = app.get("/api/v1/reviews", who).await.is(200).json();
        assert_eq!(
            list["items"].as_array().map(Vec::len),
            Some(cases),
            "{list}"
        );
    }
    let list = app.get("/api/v1/reviews?limit=1", &head).await;
    let last = list.is(200).json();
    assert_eq!(last["items"].as_array().map(Vec::len), Some(1));
    assert!(last["next"].is_string(), "{last}");
    let none = app
        .get("/queue/done?employee=o-first&outcome=done", &head)
        .await;
    assert!(none.is(200).text().contains("Таких просмотров нет"));
}

async fn an_exemption_is_made_shown_and_ended(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let coordinator = app.of(Access::Coordinator).await;
    let nothing = [("reason", ""), ("until", "2020-01-01")];
    let refused = form(&app, &coordinator, "/exemptions", &nothing)
        .await
        .is(422);
    let refused = refused.text();
    assert!(
        refused.contains("Назовите правило, сотрудника"),
        "{refused}"
    );
    let wrong = [("deal", "none"), ("reason", "да"), ("until", "2027-01-01")];
    let refused = form(&app, &coordinator, "/exemptions", &wrong)
        .await
        .is(422);
    assert!(refused.text().contains("Такой сделки нет"));

    let asked = [
        ("deal", "d-first"),
        ("reason", "Договорились <i>с клиентом</i>"),
        ("from", "2026-02-01"),
        ("until", "2027-06-01"),
    ];
    let (page, to) = done(&app, &coordinator, "/exemptions", &asked).await;
    let id = to.split("#x-").nth(1).expect("its place").to_owned();
    assert!(page.contains("Договорились &#60;i&#62;"), "{page}");
    assert!(page.contains("до конца больше полугода") && !page.contains("широкое"));
    // The number leads to the list that it counts.
    let (_, after) = page.split_once("/findings?figures=exempt").expect("a list");
    let rest = after
        .split('"')
        .next()
        .expect("an address")
        .replace("&#38;", "&");
    let list = app
        .get(&format!("/findings?figures=exempt{rest}"), &coordinator)
        .await;
    let rows = list.is(200).text().matches("class=\"what\"").count();
    let (_, told) = page.split_once("Скрывает ").expect("a number");
    assert!(
        told.starts_with(&format!("{rows}\u{a0}")) || told.starts_with(&format!("{rows} ")),
        "{rows}: {told}"
    );
    // It stands on the deal's timeline, too.
    let deal = app.get("/deals/d-first", &coordinator).await.is(200).text();
    assert!(deal.contains("Решено не обращать внимания"), "{deal}");
    let csv = app
        .get("/exemptions?format=csv&table=exemptions", &coordinator)
        .await;
    assert!(csv.is(200).text().contains("Договорились"));

    let path = format!("/exemptions/{id}");
    let (page, _) = done(&app, &coordinator, &path, &[("reason", " ")]).await;
    assert!(page.contains("напишите, почему исключение заканчивается"));
    let (page, _) = done(&app, &coordinator, &path, &[("reason", "Передумали")]).await;
    assert!(page.contains("Исключение закончено") && page.contains("Таких исключений нет"));
    let over = app
        .get("/exemptions?show=over", &coordinator)
        .await
        .is(200)
        .text();
    assert!(over.contains("Передумали") && over.contains("Имя coordinator@first"));
    let (page, _) = done(&app, &coordinator, &path, &[("reason", "Опять")]).await;
    assert!(page.contains("исключение уже закончилось"));
}

async fn exemptions_of_others_are_not_shown(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    send(&app, json!([created("o1", "o-first", BEGIN - DAY)])).await;
    let head = app.of(Access::Head).await;
    for (field, value, reason) in [
        ("employee", "o-first", "Чужое дело"),
        ("deal", "o1", "Чужая сделка"),
        ("employee", "e-first", "Своё дело"),
        ("stage", "new", "Для всех"),
    ] {
        let asked = [(field, value), ("reason", reason), ("until", "2026-05-01")];
        done(&app, &head, "/exemptions", &asked).await;
    }
    for access in [Access::Employee, Access::Lead] {
        let page = app.get("/exemptions?show=all", &app.of(access).await).await;
        let page = page.is(200).text();
        assert!(
            page.contains("Своё дело") && page.contains("Для всех"),
            "{access:?}"
        );
        assert!(
            !page.contains("Чуж") && !page.contains("Сделка o1"),
            "{access:?}"
        );
        assert!(!page.contains("<form class=\"filter\""), "{access:?}");
    }
    let foreign = app.foreign(Access::Director).await;
    let page = app
        .get("/exemptions?show=all", &foreign)
        .await
        .is(200)
        .text();
    assert!(page.contains("Таких исключений нет"));
}

async fn bands_run_beside_what_happened(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let day = |n: i64| BEGIN - (20 - n) * DAY;
    send(
        &app,
        json!([
            created("b1", "e-first", day(0)),
            { "id": "b2", "deal": "b1", "at": day(0) + HOUR, "kind": "note_added", "text": "первая", "actor": "e-first" },
            { "id": "b3", "deal": "b1", "at": day(0) + 2 * HOUR, "kind": "responsible_changed", "employee": "l-first" },
            { "id": "b4", "deal": "b1", "at": day(5), "kind": "stage_changed", "stage": "won", "actor": "l-first" },
        ]),
    )
    .await;
    let head = app.of(Access::Head).await;
    let page = app.get("/deals/b1", &head).await.is(200).text();
    let table = page.split("<tbody>").nth(1).expect("a timeline");
    let table = table.split("</tbody>").next().expect("its end");
    // Each stage and each responsible has one band, and the bands of a column fill it.
    for label in ["new", "won", "Сотрудник e-first", "Сотрудник l-first"] {
        let label = format!("<div><span>{label}</span></div>");
        assert_eq!(table.matches(&label).count(), 1, "{label} {table}");
    }
    let rows = table.matches("<tr").count();
    let spans = table.split("<td class=\"band").skip(1).map(|cell| {
        let tag = cell.split('>').next().expect("a tag");
        let span = tag.split("rowspan=\"").nth(1);
        let span = span.and_then(|span| span.split('"').next());
        span.map_or(1, |span| span.parse::<usize>().expect("a number"))
    });
    let gaps = table.split("<td rowspan=\"").skip(1).map(|cell| {
        let span = cell.split('"').next().expect("a span");
        span.parse::<usize>().expect("a number")
    });
    let lone = table.split("<td></td>").count() - 1;
    // Two columns of bands, the day before the first event being a gap in both.
    let covered: usize = spans.sum();
    assert!(covered < 2 * rows && covered + 2 * (1 + lone) + gaps.sum::<usize>() >= 2 * rows);
    // Off hours are told from others, silences are told, and today stands at the end.
    assert!(table.contains("class=\"hours\"") && table.contains("тишины"));
    assert!(table.contains("id=\"now\""));
    assert!(page.contains("<dt>Этап</dt><dd>won<small>"), "{page}");
}

async fn a_long_timeline_is_read_by_parts(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let note = |n: i64| {
        json!({ "id": format!("n{n}"), "deal": "long", "at": BEGIN - 60 * DAY + n * 2 * HOUR,
            "kind": "note_added", "text": format!("примечание {n}."), "actor": "e-first" })
    };
    let mut events = vec![created("long", "e-first", BEGIN - 61 * DAY)];
    events.extend((0..500).map(note));
    send(&app, Value::Array(events)).await;
    let head = app.of(Access::Head).await;
    let part = async |query: &str| {
        let page = app.get(&format!("/deals/long{query}"), &head).await.is(200);
        assert!(page.body.len() < 120_000, "{query}: {}", page.body.len());
        page.text()
    };
    let latest = part("").await;
    assert!(latest.contains("примечание 499.") && !latest.contains("примечание 399."));
    assert!(latest.contains("id=\"now\"") && latest.contains("/deals/long?back=1"));
    assert!(latest.contains("Что было раньше") && !latest.contains("Что было позже"));
    let before = part("?back=1").await;
    assert!(before.contains("примечание 399.") && !before.contains("примечание 400."));
    assert!(!before.contains("id=\"now\"") && before.contains("Что было позже"));
    // A band goes on over the parts.
    assert!(before.contains("<div><span>new</span></div>"));
    let first = part("?back=99").await;
    assert!(first.contains("Сделка создана") && !first.contains("Что было раньше"));
    let month = part("?on=2026-01-01").await;
    assert!(month.contains("примечание 5."), "{month}");
    let number = number(&before, "примечание 350.");
    let there = part(&format!("?event={number}")).await;
    assert!(there.contains("примечание 350."));
    // A finding is found in its part.
    let list = app
        .get("/api/v1/findings?deal=long", &head)
        .await
        .is(200)
        .json();
    for finding in list["items"].as_array().expect("findings") {
        let id = finding["id"].as_str().expect("an id");
        let there = part(&format!("?finding={id}")).await;
        assert!(there.contains(&format!("id=\"f-{id}\"")), "{finding}");
    }
}

async fn words_of_others_stay_text(store: Arc<Store>) {
    let app = TestApp::staffed(store).await;
    let evil = "<img src=x onerror=alert(1)>\"'&";
    send(
        &app,
        json!([
            { "id": "x1", "deal": evil, "at": BEGIN - DAY, "kind": "created", "stage": evil, "employee": "e-first",
                "text": evil, "client": evil, "channel": evil },
            { "id": "x2", "deal": evil, "at": BEGIN - HOUR, "kind": "task_added", "task": "t", "due": BEGIN, "text": evil,
                "employee": "e-first", "channel": evil },
        ]),
    )
    .await;
    let deal: String = evil.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let head = app.of(Access::Head).await;
    let path = format!("/deals/{deal}");
    let written = [
        ("kind", evil),
        ("severity", "gross"),
        ("text", evil),
        ("recommendation", evil),
    ];
    let (page, _) = done(&app, &head, &format!("{path}/findings"), &written).await;
    let asked = [("deal", evil), ("reason", evil), ("until", "2026-05-01")];
    let (exempted, _) = done(&app, &head, "/exemptions", &asked).await;
    let queue = app.get("/queue", &head).await.is(200).text();
    let (_, _) = done(&app, &head, "/queue/deals", &[("deal", evil)]).await;
    let deals = app.get("/queue/deals", &head).await.is(200).text();
    let adding = app
        .get(&format!("{path}?add=yes"), &head)
        .await
        .is(200)
        .text();
    let looked = app.get("/queue/done", &head).await.is(200).text();
    for page in [page, exempted, queue, deals, adding, looked] {
        assert!(page.contains("&#60;img src=x"), "{page}");
        assert!(
            !page.contains("<img") && !page.contains(" onerror=alert(1)>"),
            "{page}"
        );
    }
}
