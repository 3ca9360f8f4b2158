//! `svetofor audit`.

use std::collections::BTreeMap;

use serde_json::Value;

use std::io::Write;

use crate::support::{Case, EVENTS, at, message, run, text};

#[test]
fn jsonl_is_findings_and_nothing_else() {
    let case = Case::new();
    let ran = case.audit(&["--format", "jsonl"]).well();
    assert!(!ran.out.is_empty() && ran.out.ends_with('\n'));
    for line in ran.out.lines() {
        let finding: BTreeMap<String, Value> = serde_json::from_str(line).unwrap();
        let keys = [
            "rule", "deal", "employee", "stage", "at", "until", "severity", "amount", "message",
            "evidence",
        ];
        assert_eq!(finding.len(), keys.len(), "{line}");
        // The keys stand in this order; a map does not tell, the line does.
        let places = keys.map(|key| line.find(&format!("\"{key}\":")).expect(key));
        assert!(places.is_sorted(), "{line}");
        for key in ["rule", "at", "severity", "message"] {
            assert!(finding[key].is_string(), "{key} of {line}");
        }
        for key in ["deal", "employee", "stage", "until"] {
            assert!(
                finding[key].is_string() || finding[key].is_null(),
                "{key} of {line}"
            );
        }
        for key in ["at", "until"] {
            let moment = finding[key].as_str().unwrap_or("2026-03-02T07:15:00.000Z");
            assert!(moment.len() == 24 && moment.ends_with('Z'), "{line}");
        }
        for proof in finding["evidence"].as_array().unwrap() {
            let keys = proof.as_object().unwrap().keys();
            assert!(keys.eq(["at", "kind", "text"]), "{line}");
        }
    }
    // What is said besides goes to the other channel.
    assert!(!ran.err.is_empty());
}

#[test]
fn jsonl_says_what_was_found() {
    let case = Case::new();
    let findings = case.findings(&[]);
    let first = &findings[0];
    assert_eq!(first["rule"], "first-response");
    assert_eq!(first["deal"], "d1");
    assert_eq!(first["employee"], "anna");
    assert_eq!(first["stage"], "new");
    assert_eq!(first["at"], "2026-03-02T07:15:00.000Z");
    assert_eq!(first["until"], "2026-03-02T07:40:00.000Z");
    assert_eq!(first["severity"], "violation");
    assert_eq!(first["amount"], 180_000.5);
    let of = |rule: &str, deal: &str| {
        let found = findings
            .iter()
            .find(|it| it["rule"] == rule && it["deal"] == deal);
        found.unwrap_or_else(|| panic!("no {rule} on {deal}"))
    };
    // Whole money is written whole, an empty price as null, and nobody as null.
    assert!(of("first-response", "d2")["amount"].is_i64());
    assert!(of("first-response", "d3")["amount"].is_null());
    assert!(of("no-responsible", "d4")["employee"].is_null());
    assert!(
        findings
            .iter()
            .any(|it| it["rule"] == "crm-time" && it["deal"].is_null())
    );
}

/// By instant, then rule, deal, employee, stage and end; null before all else.
#[test]
fn findings_are_in_order() {
    let made = tempfile::tempdir().unwrap();
    run(&[
        "sandbox",
        "history",
        "--deals",
        "200",
        "--out",
        text(made.path()),
    ])
    .well();
    let ran = run(&["audit", text(made.path()), "--format", "jsonl"]).well();
    let key = |line: &str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let columns = ["at", "rule", "deal", "employee", "stage", "until"];
        columns.map(|column| finding[column].as_str().unwrap_or_default().to_owned())
    };
    let keys: Vec<_> = ran.out.lines().map(key).collect();
    assert!(keys.len() > 1_000);
    assert!(keys.is_sorted());
    let again = run(&["audit", text(made.path()), "--format", "jsonl"]).well();
    assert_eq!(ran.out, again.out);
}

#[test]
fn from_and_to_choose_by_the_breach_and_include_their_days() {
    let case = Case::new();
    let all = case.findings(&[]);
    // Breaches late on the 5th in Moscow are breaches of the 5th.
    let days = |from: &str, to: &str| {
        let local = |finding: &Value| {
            let at: jiff::Timestamp = at(finding).parse().unwrap();
            at.in_tz("Europe/Moscow").unwrap().date().to_string()
        };
        let inside = |finding: &&Value| {
            let day = local(finding);
            from <= day.as_str() && day.as_str() <= to
        };
        all.iter().filter(inside).cloned().collect::<Vec<_>>()
    };
    for (from, to) in [("2026-03-02", "2026-03-02"), ("2026-03-03", "2026-03-05")] {
        let chosen = case.findings(&["--from", from, "--to", to]);
        assert!(!chosen.is_empty() && chosen.len() < all.len());
        assert_eq!(chosen, days(from, to));
    }
    assert_eq!(
        case.findings(&["--to", "2026-03-03"]),
        days("", "2026-03-03")
    );
    assert_eq!(
        case.findings(&["--from", "2026-03-04"]),
        days("2026-03-04", "9")
    );
    assert!(case.findings(&["--from", "2027-01-01"]).is_empty());
    case.audit(&["--from", "2026-03-05", "--to", "2026-03-04"])
        .refused(&["2026-03-05", "2026-03-04"]);
    assert_eq!(case.audit(&["--from", "завтра"]).code, Some(2));
}

#[test]
fn now_is_what_is_asked_for_else_the_last_event() {
    let case = Case::new();
    assert_eq!(
        case.findings(&[]),
        case.findings(&["--now", "2026-03-06T18:00:00+03:00"])
    );
    // The breach of d1 and d2 is at 10:15: at that instant it exists, before it does not.
    let early = case.findings(&["--now", "2026-03-02T10:15:00+03:00"]);
    assert_eq!(early.len(), 4);
    assert!(early.iter().all(|finding| finding["until"].is_null()));
    assert!(case.findings(&["--now", "1772435699999"]).is_empty());
    for bad in [
        "yesterday",
        "2026-03-02",
        "2026-03-02T10:15:00",
        "",
        "-",
        "99999999999999999999",
    ] {
        case.audit(&["--now", bad]).refused(&[bad]);
    }
    assert!(case.findings(&["--now", "-1"]).is_empty());
}

#[test]
fn a_broken_line_is_told_and_with_strict_an_error() {
    let case = Case::new().put("events.csv", &format!("{EVENTS}d9,soon,created,,new\n"));
    let ran = case.audit(&["--format", "jsonl"]).well();
    assert!(ran.err.contains("events.csv:9: "), "{}", ran.err);
    assert!(ran.err.contains("soon"), "{}", ran.err);
    let table = case.audit(&[]).well();
    let told = format!("\n{}\n", message("ru", "table-problems"));
    assert!(table.out.contains(&told), "{}", table.out);
    case.audit(&["--strict"])
        .refused(&["events.csv:9: ", "--strict"]);
    Case::new().audit(&["--strict"]).well();
    // Of many broken lines the first are told, the rest is counted.
    let broken = format!("{EVENTS}{}", "d9,soon,created\n".repeat(5_000));
    let ran = Case::new().put("events.csv", &broken).audit(&[]).well();
    assert!(ran.err.lines().count() < 50, "{}", ran.err);
    let digits: String = ran.err.chars().filter(char::is_ascii_digit).collect();
    assert!(digits.contains("4980"), "{}", ran.err);
}

#[test]
fn what_is_not_there_is_named() {
    let case = Case::new();
    let nowhere = case.path("nowhere");
    run(&["audit", text(&nowhere)]).refused(&["nowhere"]);
    run(&["audit", text(&case.path("events.csv"))]).refused(&["events.csv"]);
    run(&[
        "audit",
        text(case.folder.path()),
        "--regulation",
        text(&nowhere),
    ])
    .refused(&["nowhere"]);
    run(&["regulation", "check", text(&nowhere)]).refused(&["nowhere"]);
    case.audit(&["--out", text(&nowhere.join("deeper"))])
        .refused(&["nowhere"]);
    std::fs::remove_file(case.path("events.csv")).unwrap();
    case.audit(&[]).refused(&["events.csv", "events.parquet"]);
    std::fs::remove_file(case.path("account.json")).unwrap();
    case.audit(&[]).refused(&["account.json"]);
    let out = case.path("out");
    let import = [
        "import",
        "--mapping",
        "nothing",
        "--out",
        text(&out),
        "x.csv",
    ];
    run(&import).refused(&["nothing", "zoho-crm"]);
    // Wrong words on the command line.
    for args in [
        &[][..],
        &["audti"],
        &["audit"],
        &["audit", "x", "--formt", "jsonl"],
        &["--lang", "de", "rules"],
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!ran.err.is_empty());
    }
    run(&["--help"]).well();
    run(&["--version"]).well();
}

#[test]
fn a_file_takes_what_the_screen_would_show() {
    let case = Case::new();
    for format in ["jsonl", "table"] {
        let screen = case.audit(&["--format", format]).well();
        let path = case.path("report");
        let ran = case
            .audit(&["--format", format, "--out", text(&path)])
            .well();
        assert_eq!(ran.out, "");
        assert_eq!(std::fs::read_to_string(path).unwrap(), screen.out);
    }
}

#[test]
fn forms_that_are_packed_or_in_parts_are_one_history() {
    let case = Case::new();
    let whole = case.findings(&[]);
    let mut lines = EVENTS.lines();
    let header = lines.next().unwrap();
    let rest: Vec<&str> = lines.collect();
    std::fs::remove_file(case.path("events.csv")).unwrap();
    for (part, lines) in rest.chunks(3).enumerate() {
        let mut file = std::fs::File::create(case.path(&format!("events-{part}.csv"))).unwrap();
        writeln!(file, "{header}\n{}", lines.join("\n")).unwrap();
    }
    assert_eq!(case.findings(&[]), whole);
}
