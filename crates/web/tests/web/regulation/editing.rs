//! The text with its words, editing it, and versions beside each other.

use std::sync::Arc;

use app::permissions::Access;
use audit::regulation::STARTER;
use serde_json::json;
use store::Store;

use super::{Form, HOUR, edit_page, put, read, text_of, value, worked};

store::on_both!(
    the_text_stands_beside_its_words,
    a_text_is_checked_as_one_types,
    a_version_is_put_in_force_after_a_look_at_what_changes,
    nobody_writes_over_what_came_meanwhile,
    versions_are_compared_in_words_and_lines,
);

async fn the_text_stands_beside_its_words(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Employee).await;
    let page = app.get("/regulation", &who).await.is(200).text();
    for (number, line) in (1..).zip(STARTER.lines()) {
        let shown = format!("<span data-n=\"{number}\">{line}");
        let is_shown = read(&page).contains(&shown);
        assert!(is_shown || line.is_empty(), "{shown}");
    }
    assert!(page.contains("<a href=\"/rules/first-response\">"));
    assert!(page.contains("15 мин раб."));
    // The way around marks the page itself and not what stands below it.
    assert_eq!(page.matches("aria-current=\"page\"").count(), 2);
}

async fn a_text_is_checked_as_one_types(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    let page = edit_page(&app, &who).await;
    assert_eq!(text_of(&page), STARTER);
    let line = 1 + STARTER
        .lines()
        .position(|line| line.contains("\"far-task\""))
        .expect("a rule");
    let wrong = STARTER.replace("\"far-task\"", "\"far-tsk\"");
    let form = Form::of(&page, &wrong).with("effective", "");
    let part = form
        .send(&app, &who, "/regulation/check", "")
        .await
        .is(200)
        .text();
    assert!(part.trim_start().starts_with("<div"), "only a part: {part}");
    assert!(part.contains(&format!("data-marks=\"{line}\"")), "{part}");
    assert!(
        part.contains(&format!("Строка {line}, столбец 7")),
        "{part}"
    );
    assert!(
        part.contains("far-task") && part.contains("1 ошибка"),
        "{part}"
    );
    let good = Form::of(&page, STARTER);
    let part = good
        .send(&app, &who, "/regulation/check", "")
        .await
        .is(200)
        .text();
    assert!(
        part.contains("data-marks=\"\"") && part.contains("15 мин раб."),
        "{part}"
    );
    // Without scripts a button does the same; the text stays, whatever it is.
    let windows = wrong.replace('\n', "\r\n");
    let form = Form::of(&page, &windows).with("effective", "");
    let page = form
        .send(&app, &who, "/regulation/edit", "check")
        .await
        .is(200)
        .text();
    assert_eq!(text_of(&page), wrong);
    assert!(
        page.contains(&format!("<i id=\"line-{line}\" class=\"bad\">")),
        "{page}"
    );
    let broken = Form::of(&page, "это [не регламент\n\n").with("effective", "2026-03-05");
    let page = broken
        .send(&app, &who, "/regulation/edit", "compare")
        .await
        .is(200)
        .text();
    assert_eq!(text_of(&page), "это [не регламент\n\n");
    assert!(
        page.contains("Редакция не введена") && page.contains("Ваш текст цел"),
        "{page}"
    );
    // A stage that the company does not have is a mistake with the nearest one.
    let stage = STARTER.replace(
        "use = \"far-task\"",
        "use = \"far-task\"\nstages = [\"nev\"]",
    );
    let form = Form::of(&page, &stage).with("effective", "");
    let part = form
        .send(&app, &who, "/regulation/check", "")
        .await
        .is(200)
        .text();
    assert!(part.contains("nev") && part.contains("new"), "{part}");
    let body = json!({ "text": stage });
    app.post("/api/v1/regulation/check", &who, body)
        .await
        .is(422);
}

async fn a_version_is_put_in_force_after_a_look_at_what_changes(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    let page = edit_page(&app, &who).await;
    // What was found stays, unless somebody wants otherwise.
    assert_eq!(value(&page, "effective"), "2026-03-03");
    let text = STARTER.replacen("limit = \"15m\"", "limit = \"10m\"", 1);
    let form = Form::of(&page, &text);
    let page = form
        .send(&app, &who, "/regulation/edit", "compare")
        .await
        .is(200)
        .text();
    assert!(
        page.contains("15 мин раб.") && page.contains("10 мин раб."),
        "{page}"
    );
    assert!(
        page.contains("начальный регламент") && value(&page, "effective") == "2026-03-03",
        "{page}"
    );
    let kept = app.get("/api/v1/regulation", &who).await.is(200).json();
    assert_eq!(
        kept.as_array().map(Vec::len),
        Some(1),
        "nothing happened yet"
    );
    let form = Form::of(&page, &value(&page, "text"));
    let done = form
        .send(&app, &who, "/regulation/edit", "put")
        .await
        .is(303);
    assert_eq!(done.header("location"), "/regulation?done=put");
    let page = app.get("/regulation?done=put", &who).await.is(200).text();
    assert!(
        page.contains("Имя head@first") && page.contains("вступит в силу"),
        "{page}"
    );
    assert!(page.contains("действует сейчас"), "{page}");
    // Today the starter holds still.
    assert!(!page.contains("10 мин раб."), "{page}");
    let kept = app.get("/api/v1/regulation", &who).await.is(200).json();
    let texts: Vec<&str> = kept
        .as_array()
        .expect("versions")
        .iter()
        .map(|one| one["text"].as_str().expect("a text"))
        .collect();
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[0], STARTER);
    assert!(texts[1].contains("\"10m\"") && texts[1].contains("effective = \"2026-03-03\""));
    app.pass(24 * HOUR);
    let page = app.get("/regulation", &who).await.is(200).text();
    assert!(page.contains("10 мин раб."), "{page}");
    let older = app.get("/regulation?version=1", &who).await.is(200).text();
    assert!(older.contains("Это не действующая редакция") && !older.contains("10 мин раб."));
    app.get("/regulation?version=7", &who).await.is(404);
}

async fn nobody_writes_over_what_came_meanwhile(store: Arc<Store>) {
    let app = worked(store).await;
    let (head, director) = (app.of(Access::Head).await, app.of(Access::Director).await);
    let (one, two) = (
        edit_page(&app, &head).await,
        edit_page(&app, &director).await,
    );
    let text = |limit: &str| STARTER.replacen("limit = \"15m\"", limit, 1);
    let (first, second) = (text("limit = \"10m\""), text("limit = \"20m\""));
    let form = Form::of(&one, &first);
    form.send(&app, &head, "/regulation/edit", "put")
        .await
        .is(303);
    let form = Form::of(&two, &second).with("effective", "2026-03-03");
    for what in ["compare", "put"] {
        let page = form
            .send(&app, &director, "/regulation/edit", what)
            .await
            .is(200)
            .text();
        assert!(
            page.contains("другую ввёл человек по имени Имя head@first"),
            "{page}"
        );
        assert!(text_of(&page).contains("\"20m\""), "the text is safe");
        let kept = app
            .get("/api/v1/regulation", &director)
            .await
            .is(200)
            .json();
        assert!(!kept.to_string().contains("20m"), "{kept}");
    }
    // Whoever has seen it goes on knowingly.
    let page = form
        .send(&app, &director, "/regulation/edit", "put")
        .await
        .is(200)
        .text();
    let form = Form::of(&page, &text_of(&page));
    let page = form
        .send(&app, &director, "/regulation/edit", "compare")
        .await
        .is(200)
        .text();
    assert!(page.contains("Редакция заменит ту"), "{page}");
    let form = Form::of(&page, &value(&page, "text"));
    form.send(&app, &director, "/regulation/edit", "put")
        .await
        .is(303);
    let kept = app
        .get("/api/v1/regulation", &director)
        .await
        .is(200)
        .json();
    assert!(kept.to_string().contains("20m"), "{kept}");
    let all = app.get("/regulation", &head).await.is(200).text();
    assert!(all.contains("заменена"), "{all}");
}

async fn versions_are_compared_in_words_and_lines(store: Arc<Store>) {
    let app = worked(store).await;
    let who = app.of(Access::Head).await;
    put(&app, &who, STARTER).await;
    let text = STARTER
        .replacen("limit = \"15m\"", "limit = \"10m\"", 1)
        .replace("use = \"far-task\"", "use = \"far-task\"\nenabled = false");
    put(&app, &who, &text).await;
    let page = app
        .get("/regulation/diff?from=1&to=2", &who)
        .await
        .is(200)
        .text();
    assert!(
        page.contains("15 мин раб.") && page.contains("10 мин раб."),
        "{page}"
    );
    assert!(page.contains("правило выключено"), "{page}");
    let page = read(&page);
    assert!(page.contains("class=\"ins\" data-old=\"\"") && page.contains("+ enabled = false"));
    assert!(
        page.contains("− limit = \"15m\"") && page.contains("+ limit = \"10m\""),
        "{page}"
    );
    // Without numbers it is the last one beside the one before.
    let same = app.get("/regulation/diff", &who).await.is(200).text();
    assert!(same.contains("10 мин раб."), "{same}");
    let csv = app
        .get("/regulation/diff?format=csv&table=differences", &who)
        .await
        .is(200);
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text().contains("10 мин раб."), "{}", csv.text());
}
