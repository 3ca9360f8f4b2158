//! `svetofor compare`: from a history folder and from a company of the store.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use serde_json::Value;

use crate::support::{Case, Ran, run, text};

const NOW: [&str; 3] = ["compare", "--now", "2026-03-20T12:00:00+03:00"];
/// The days before anything happened, and the week in which all did.
const DAYS: [&str; 4] = ["--before", "2026-W09", "--after", "2026-03-02..2026-03-08"];

fn compared(case: &Case, more: &[&str]) -> Ran {
    let regulation = case.path("regulation.toml");
    let folder = [text(case.folder.path()), "--regulation", text(&regulation)];
    run(&[&NOW[..], &folder[..], more].concat())
}

fn lines(ran: &Ran) -> Vec<Value> {
    let lines = ran.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_table_of_two_periods() {
    let case = Case::new();
    let ran = compared(&case, &DAYS).well();
    insta::assert_snapshot!("compare_ru", ran.out);
    let ran = compared(&case, &[&DAYS[..], &["--lang", "en"]].concat()).well();
    insta::assert_snapshot!("compare_en", ran.out);
}

#[test]
fn lines_for_programs_add_up_to_what_was_found() {
    let case = Case::new();
    let ran = compared(&case, &[&DAYS[..], &["--format", "jsonl"]].concat()).well();
    let lines = lines(&ran);
    let sum = |about: &str, side: &str| -> u64 {
        let of = lines.iter().filter(|line| line["about"] == about);
        of.map(|line| line[side]["findings"].as_u64().unwrap())
            .sum()
    };
    let days = ["--from", "2026-03-02", "--to", "2026-03-08"];
    let now = ["--now", NOW[2]];
    let found = case.findings(&[&days[..], &now[..]].concat()).len() as u64;
    assert!(found > 2, "{found}");
    for about in ["company", "rule", "stage"] {
        assert_eq!(sum(about, "after"), found, "{about}");
        assert_eq!(sum(about, "before"), 0, "{about}");
    }
    let company = &lines[0];
    assert_eq!(company["version"], "since-ever");
    assert_eq!(company["before"]["from"], "2026-02-23");
    assert_eq!(company["after"]["to"], "2026-03-08");
    assert_eq!(company["after"]["share"], 1.0);
    // Nothing was in work before: that says nothing.
    assert_eq!(company["told"], "little-data");
    assert_eq!(company["chance"], Value::Null);
    let anna = lines.iter().find(|line| line["id"] == "anna").unwrap();
    assert_eq!(
        (&anna["about"], &anna["name"]),
        (&"employee".into(), &"Анна".into())
    );
}

#[test]
fn a_workbook_has_what_the_table_has() {
    let case = Case::new();
    let out = case.path("out.xlsx");
    let form = ["--format", "xlsx", "--out", text(&out)];
    compared(&case, &[&DAYS[..], &form[..]].concat()).well();
    let bytes = std::fs::read(&out).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets();
    assert_eq!(sheets.len(), 3);
    let ran = compared(&case, &[&DAYS[..], &["--format", "jsonl"]].concat()).well();
    let rows: usize = sheets.iter().map(|(_, rows)| rows.height() - 4).sum();
    assert_eq!(rows, lines(&ran).len());
}

#[test]
fn before_and_after_a_date_and_by_a_version() {
    let case = Case::new();
    let jsonl = ["--format", "jsonl"];
    let around = compared(
        &case,
        &[&["--around", "2026-03-05"][..], &jsonl[..]].concat(),
    );
    let company = lines(&around.well()).remove(0);
    // Sixteen days have passed since, today among them.
    assert_eq!(company["before"]["from"], "2026-02-17");
    assert_eq!(company["before"]["to"], "2026-03-04");
    assert_eq!(company["after"]["from"], "2026-03-05");
    assert_eq!(company["after"]["to"], "2026-03-20");
    let weeks = compared(&case, &jsonl).well();
    assert_eq!(lines(&weeks)[0]["after"]["from"], "2026-03-09");
    let by = compared(&case, &[&["--by", "since-ever"][..], &jsonl[..]].concat());
    assert_eq!(by.well().out, weeks.out);
    let month = compared(&case, &[&["--after", "2026-03"][..], &jsonl[..]].concat());
    assert_eq!(lines(&month.well())[0]["before"]["from"], "2026-02-01");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let case = Case::new();
    compared(&case, &["--by", "2026-01-01"]).refused(&["2026-01-01", "since-ever"]);
    compared(&case, &["--after", "вчера"]).refused(&["вчера", "2026-W14"]);
    compared(&case, &["--after", "2026-03-08..2026-03-02"]).refused(&["2026-03-08"]);
    let overlap = ["--before", "2026-W10", "--after", "2026-03"];
    let ran = compared(&case, &overlap).well();
    assert!(ran.out.contains("Периоды пересекаются"), "{}", ran.out);
    assert!(ran.out.contains("не сказать"), "{}", ran.out);
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
    let company = ["--company", "Окна"];
    let of_store = run(&[&NOW[..], &DAYS[..], &company[..], &at[..]].concat()).well();
    assert_eq!(of_store.out, compared(&case, &DAYS).well().out);
    let other = ["--company", "Двери"];
    run(&[&NOW[..], &DAYS[..], &other[..], &at[..]].concat()).refused(&["Двери"]);
}
