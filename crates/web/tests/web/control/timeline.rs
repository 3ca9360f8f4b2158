//! The deal's timeline: its bands and its parts.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::{Value, json};
use store::Store;

use super::{DAY, HOUR, created, number, send};
use crate::app::{BEGIN, TestApp};

store::on_both!(
    bands_run_beside_what_happened,
    a_long_timeline_is_read_by_parts,
);

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
