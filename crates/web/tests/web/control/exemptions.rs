//! Exemptions: made, shown, ended.

use std::sync::Arc;

use app::permissions::Access;
use serde_json::json;
use store::Store;

use super::{DAY, created, done, form, send};
use crate::app::{BEGIN, TestApp};

store::on_both!(
    an_exemption_is_made_shown_and_ended,
    exemptions_of_others_are_not_shown,
);

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
