//! Reports, `svetofor funnel` and `svetofor backtest`.

use std::path::Path;

use crate::support::{Ran, message, run, text};

/// What the terminal says of people, rules and stages in a week stands so on the page.
fn same_numbers(audit: &impl Fn(&[&str]) -> Ran, page: &Path) {
    let week = ["--from", "2026-04-06", "--to", "2026-04-12"];
    let now = ["--now", "2026-04-17T15:00:00Z"];
    let shown = audit(&[&week[..], &now[..]].concat()).well().out;
    audit(
        &[
            &week[..],
            &now[..],
            &["--format", "html", "--out", text(page)],
        ]
        .concat(),
    )
    .well();
    let page = std::fs::read_to_string(page).unwrap();
    let rows: Vec<&str> = page.split("<tr").collect();
    let worst = shown.find(message("ru", "table-worst")).unwrap();
    let mut compared = 0;
    for line in shown[..worst].lines().filter(|line| line.starts_with(' ')) {
        let cells = line
            .split("  ")
            .map(|cell| cell.trim().trim_start_matches("▸ "));
        let is_number = |cell: &&str| cell.starts_with(|c: char| c.is_ascii_digit());
        let (numbers, words): (Vec<&str>, Vec<&str>) =
            cells.filter(|cell| !cell.is_empty()).partition(is_number);
        if numbers.iter().all(|number| number.contains('%')) {
            continue;
        }
        let same = |row: &&str| {
            words.iter().any(|word| row.contains(word))
                && numbers
                    .iter()
                    .all(|number| row.contains(&format!(">{number}<")))
        };
        assert!(rows.iter().any(same), "the page has no row like: {line}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn reports_funnel_and_backtest_of_one_history() {
    let made = tempfile::tempdir().unwrap();
    let (company, demo) = (made.path().join("company"), made.path().join("demo.html"));
    run(&["demo", "--out", text(&company), "--report", text(&demo)]).well();
    let regulation = company.join("regulation.toml");
    let common = [text(&company), "--regulation", text(&regulation)];
    let audit = |more: &[&str]| run(&[&["audit"], &common[..], more].concat());
    let page = made.path().join("week.html");
    let now = ["--now", "2026-04-17T15:00:00Z"];
    audit(&[&now[..], &["--format", "html", "--out", text(&page)]].concat()).well();
    assert_eq!(
        std::fs::read_to_string(&page).unwrap(),
        std::fs::read_to_string(&demo).unwrap(),
        "the demo's report is that of an audit"
    );
    let book = made.path().join("week.xlsx");
    audit(&["--format", "xlsx", "--out", text(&book)]).well();
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
    same_numbers(&audit, &page);
    for by in [
        &[][..],
        &["--by", "employee"],
        &["--by", "source"],
        &["--by", "month"],
    ] {
        let funnel = run(&[&["funnel"], &common[..], by].concat()).well();
        assert!(funnel.out.contains("Где висят деньги?"), "{}", funnel.out);
        assert!(!funnel.out.contains('⟨'), "{}", funnel.out);
    }
    let events = company.join("events.csv");
    let whole = std::fs::read_to_string(&events).unwrap();
    std::fs::write(&events, format!("{whole}broken,line\n")).unwrap();
    for ran in [
        run(&[&["funnel"], &common[..]].concat()).well(),
        run(&[
            &["backtest"],
            &common[..],
            &["--against", text(&regulation)],
        ]
        .concat())
        .well(),
    ] {
        assert!(
            ran.err.contains("events.csv"),
            "a broken line is told: {}",
            ran.err
        );
    }
    std::fs::write(&events, whole).unwrap();
    let same = run(&[
        &["backtest"],
        &common[..],
        &["--against", text(&regulation)],
    ]
    .concat())
    .well();
    assert!(same.out.starts_with("Ничего не меняется"), "{}", same.out);
    let milder = made.path().join("milder.toml");
    let text_of = std::fs::read_to_string(&regulation).unwrap();
    std::fs::write(&milder, text_of.replacen("limit = \"", "limit = \"1", 1)).unwrap();
    let other = run(&[&["backtest"], &common[..], &["--against", text(&milder)]].concat()).well();
    assert!(other.out.contains("а не прогноз"), "{}", other.out);
    assert!(!other.out.contains('⟨'), "{}", other.out);
}
