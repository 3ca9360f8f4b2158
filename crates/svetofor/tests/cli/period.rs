//! `svetofor report`: from a history folder and from a company of the store.

use crate::support::{Case, Ran, run, text};

const NOW: [&str; 2] = ["--now", "2026-03-20T12:00:00+03:00"];
const WEEK: [&str; 4] = ["report", "weekly", "--week", "2026-W10"];

fn of_history(case: &Case, more: &[&str]) -> Ran {
    let regulation = case.path("regulation.toml");
    let folder = [text(case.folder.path()), "--regulation", text(&regulation)];
    run(&[&WEEK[..], &NOW[..], &folder[..], more].concat())
}

#[test]
fn every_form_of_a_week() {
    let case = Case::new();
    let out = case.path("out");
    let made = |format: &str, more: &[&str]| {
        let form = ["--format", format, "--out", text(&out)];
        let ran = of_history(&case, &[&form[..], more].concat()).well();
        assert!(ran.err.contains("Окна"), "{}", ran.err);
        std::fs::read(&out).unwrap()
    };
    let page = String::from_utf8(made("html", &[])).unwrap();
    assert!(page.contains("Отчёт за неделю") && page.contains("Север"));
    assert!(
        !page.contains("href=\"/"),
        "nobody said where the interface is"
    );
    let linked = made("html", &["--public-url", "https://qc.example.ru"]);
    let linked = String::from_utf8(linked).unwrap();
    assert!(linked.contains("https://qc.example.ru/findings?figures=counted"));
    assert!(made("pdf", &[]).starts_with(b"%PDF"));
    assert_eq!(
        made("pdf", &[]),
        made("pdf", &[]),
        "the same report is the same file"
    );
    assert!(made("xlsx", &[]).starts_with(b"PK"));
    let json: serde_json::Value = serde_json::from_slice(&made("json", &[])).unwrap();
    assert_eq!(json["lang"], "ru");
    let brief = made("html", &["--brief"]);
    assert!(brief.len() < page.len());
    let chat = of_history(&case, &["--format", "text"]).well().out;
    assert!(chat.starts_with("Отчёт за неделю\n"), "{chat}");
}

#[test]
fn of_a_group_and_an_employee_by_name_or_id() {
    let case = Case::new();
    let said = |more: &[&str]| {
        let text = ["--format", "text"];
        of_history(&case, &[&text[..], more].concat()).well().out
    };
    assert_eq!(said(&["--group", "север"]), said(&["--group", "north"]));
    assert_eq!(said(&["--employee", "Анна"]), said(&["--employee", "anna"]));
    assert!(said(&["--employee", "anna"]).contains("Анна, Окна: неделя"));
    let english = said(&["--employee", "anna", "--lang", "en"]);
    assert!(english.starts_with("Weekly report\n"), "{english}");
}

#[test]
fn what_is_not_there_is_told_with_what_is_like_it() {
    let case = Case::new();
    of_history(&case, &["--employee", "Ана"]).refused(&["Ана", "Анна"]);
    of_history(&case, &["--group", "Север-2"]).refused(&["Север-2", "«Север»"]);
    let regulation = case.path("regulation.toml");
    let common = [text(case.folder.path()), "--regulation", text(&regulation)];
    let week = |week: &str| {
        let asked = ["report", "weekly", "--week", week];
        run(&[&asked[..], &NOW[..], &common[..]].concat())
    };
    week("2026-15").refused(&["2026-15", "2026-W11"]);
    week("2026-W54").refused(&["2026-W54"]);
    let month = ["report", "monthly", "--month", "март"];
    run(&[&month[..], &NOW[..], &common[..]].concat()).refused(&["март", "2026-02"]);
    let month = [
        "report", "monthly", "--month", "2026-03", "--format", "text",
    ];
    let ran = run(&[&month[..], &NOW[..], &common[..]].concat()).well();
    assert!(ran.out.contains("март 2026"), "{}", ran.out);
}

#[test]
fn a_company_of_the_store_says_what_its_history_says() {
    let case = Case::new();
    let regulation = case.path("regulation.toml");
    let data = tempfile::tempdir().unwrap();
    let at = ["--data", text(data.path())];
    let add = ["company", "add", "Окна", "--regulation", text(&regulation)];
    run(&[&add[..], &at[..]].concat()).well();
    let import = ["company", "import", "Окна", text(case.folder.path())];
    run(&[&import[..], &at[..]].concat()).well();
    let form = ["--format", "text", "--company", "Окна"];
    let of_store = run(&[&WEEK[..], &NOW[..], &form[..], &at[..]].concat())
        .well()
        .out;
    let of_folder = of_history(&case, &["--format", "text"]).well().out;
    assert_eq!(of_store, of_folder);
    let other = ["--format", "text", "--company", "Двери"];
    run(&[&WEEK[..], &NOW[..], &other[..], &at[..]].concat()).refused(&["Двери"]);
}
