//! The program as people and scripts run it.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What came of a run.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// What the program calls something: the text of a message without variables.
fn message(lang: &str, id: &str) -> &'static str {
    let messages = match lang {
        "ru" => include_str!("../messages/ru.ftl"),
        _ => include_str!("../messages/en.ftl"),
    };
    let mut texts = messages
        .lines()
        .filter_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
    texts.next().expect(id)
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    // The demo leaves its report where it is run.
    let folder = env!("CARGO_TARGET_TMPDIR");
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Ran {
    let output = command(args).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// Nothing went wrong.
    fn well(self) -> Ran {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    /// It was refused, and said so in these words.
    fn refused(self, words: &[&str]) -> Ran {
        assert_eq!(self.code, Some(2), "{}\n{}", self.out, self.err);
        assert_eq!(self.out, "");
        for word in words {
            assert!(self.err.contains(word), "{word:?} not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

const EVENTS: &str = "\
deal,at,kind,actor,stage,employee,task,due,text,field,amount,client,channel
d1,2026-03-02T10:00:00+03:00,created,,new,anna,,,Окна — Иванова,,180000.5,c1,site
d1,2026-03-02T10:40:00+03:00,call_out,anna,,anna,,,,,75,,
d2,2026-03-02T10:00:00+03:00,created,,new,boris,,,Двери — Орлов,,90000,c2,site
d3,2026-03-03T10:00:00+03:00,created,,new,anna,,,Балкон — Седов,,,,
d3,2026-03-05T10:00:00+03:00,stage_changed,anna,won,,,,,,,,
d4,2026-03-04T10:00:00+03:00,created,,new,,,,Кухня — Белова,,0,,
d4,2026-03-06T18:00:00+03:00,note_added,anna,,,,,Ждёт расчёта,,,,
";
const PEOPLE: &str =
    "id,name,group,role\nanna,Анна,north,seller\nboris,Борис,north,seller\nclara,Клара,,lead\n";
const STAGES: &str = "pipeline,pipeline_name,stage,stage_name,sort,kind\n\
    sales,Продажи,new,Новая,1,open\nsales,Продажи,won,Продано,2,won\n";
const REGULATION: &str = r#"
name = "Проба"
timezone = "Europe/Moscow"
[calendar.week]
mon = ["09:00-18:00"]
tue = ["09:00-18:00"]
wed = ["09:00-18:00"]
thu = ["09:00-18:00"]
fri = ["09:00-18:00"]
[[rule]]
use = "first-response"
[[rule]]
use = "no-open-task"
[[rule]]
use = "no-responsible"
[[rule]]
use = "crm-time"
"#;

/// A small history with a regulation beside it.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new() -> Case {
        let case = Case {
            folder: tempfile::tempdir().unwrap(),
        };
        case.put(
            "account.json",
            r#"{"name":"Окна","timezone":"Europe/Moscow","currency":"RUB"}"#,
        )
        .put("groups.csv", "id,name,lead\nnorth,Север,clara\n")
        .put("employees.csv", PEOPLE)
        .put("stages.csv", STAGES)
        .put("events.csv", EVENTS)
        .put("regulation.toml", REGULATION)
    }

    fn put(self, name: &str, text: &str) -> Case {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn audit(&self, args: &[&str]) -> Ran {
        let (history, regulation) = (self.folder.path(), self.path("regulation.toml"));
        let mut all = vec!["audit", text(history), "--regulation", text(&regulation)];
        all.extend(args);
        run(&all)
    }

    /// The findings of a run that goes well.
    fn findings(&self, args: &[&str]) -> Vec<Value> {
        let mut all = vec!["--format", "jsonl"];
        all.extend(args);
        let ran = self.audit(&all).well();
        let lines = ran
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        lines.collect()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn at(finding: &Value) -> &str {
    finding["at"].as_str().unwrap()
}

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
fn mistakes_of_a_regulation_have_their_places() {
    let case = Case::new().put(
        "regulation.toml",
        &format!("{REGULATION}[[rule]]\nuse = \"missed-call\"\nlimitt = \"15m\"\nseverity = \"violence\"\n"),
    );
    let line = REGULATION.lines().count() + 3;
    let places = [
        format!("regulation.toml:{line}:1: "),
        format!("regulation.toml:{}:12: ", line + 1),
    ];
    let words = [
        places[0].as_str(),
        &places[1],
        "limitt",
        "limit",
        "violation",
    ];
    case.audit(&[]).refused(&words);
    let path = case.path("regulation.toml");
    run(&["regulation", "check", text(&path)]).refused(&words);
    let english = run(&["--lang", "en", "regulation", "check", text(&path)]);
    english.refused(&[&places[0], "`limitt`", "`limit`"]);
}

#[test]
fn a_regulation_must_fit_its_history() {
    let case = Case::new().put(
        "regulation.toml",
        &REGULATION.replacen(
            "use = \"no-open-task\"",
            "use = \"no-open-task\"\nstages = [\"nev\"]",
            1,
        ),
    );
    case.audit(&[])
        .refused(&["regulation.toml:14:11: ", "nev", "new"]);
    let path = case.path("regulation.toml");
    run(&["regulation", "check", text(&path)]).well();
    run(&[
        "regulation",
        "check",
        text(&path),
        "--history",
        text(case.folder.path()),
    ])
    .refused(&["regulation.toml:14:11: "]);
}

#[test]
fn a_folder_of_versions_is_a_regulation() {
    let case = Case::new();
    let folder = case.path("versions");
    std::fs::create_dir(&folder).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    put("a.toml", REGULATION);
    put(
        "b.toml",
        &format!("effective = \"2026-03-03\"\n{REGULATION}severity = \"gross\"\n"),
    );
    put("notes.txt", "no regulation");
    let audit = |folder: &Path| {
        run(&[
            "audit",
            text(case.folder.path()),
            "--regulation",
            text(folder),
            "--format",
            "jsonl",
        ])
    };
    let ran = audit(&folder).well();
    for line in ran.out.lines().filter(|line| line.contains("\"crm-time\"")) {
        // The day of the 2nd ends on the 3rd, and is judged by the version of the 2nd.
        let grave = !line.contains("\"at\":\"2026-03-02T21:00:00.000Z\"");
        assert_eq!(line.contains("\"gross\""), grave, "{line}");
    }
    put("c.toml", &format!("effective = 2026-03-03\n{REGULATION}"));
    audit(&folder).refused(&["b.toml", "c.toml"]);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(audit(&folder).code, Some(2));
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
fn a_new_regulation_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    for lang in ["ru", "en"] {
        let ran = run(&["regulation", "new", text(&path), "--lang", lang]).well();
        assert!(ran.out.contains(text(&path)), "{}", ran.out);
        run(&["regulation", "check", text(&path), "--lang", lang]).well();
        std::fs::write(&path, "mine").unwrap();
        run(&["regulation", "new", text(&path)]).refused(&["own.toml"]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        std::fs::remove_file(&path).unwrap();
    }
    run(&[
        "regulation",
        "new",
        text(&folder.path().join("no/such.toml")),
    ])
    .refused(&["such.toml"]);
}

#[test]
fn rules_are_listed_and_explained() {
    let ran = run(&["rules"]).well();
    for rule in audit::rules::RULES {
        assert!(ran.out.contains(rule.code), "{}", rule.code);
        for lang in ["ru", "en"] {
            let ran = run(&["rule", rule.code, "--lang", lang]).well();
            assert!(
                ran.out.starts_with(rule.code) && !ran.out.contains('⟨'),
                "{}",
                ran.out
            );
            for param in rule.params {
                assert!(
                    ran.out.contains(param.name),
                    "{} of {}",
                    param.name,
                    rule.code
                );
            }
        }
    }
    run(&["rule", "first-respons"]).refused(&["first-respons", "first-response"]);
    run(&["rule", "zzz"]).refused(&["zzz"]);
}

#[test]
fn the_language_is_switched() {
    let case = Case::new();
    let (ru, en) = (case.audit(&[]).well(), case.audit(&["--lang", "en"]).well());
    for (lang, ran) in [("ru", &ru), ("en", &en)] {
        assert!(
            ran.out.contains(message(lang, "table-lights")),
            "{}",
            ran.out
        );
    }
    let messages = |lang: &str| {
        let said = |finding: &Value| finding["message"].as_str().unwrap().to_owned();
        case.findings(&["--lang", lang])
            .iter()
            .map(said)
            .collect::<Vec<_>>()
    };
    // Of foreign words there are only those of the data.
    let plain = |message: &String| message.replace("Окна — Иванова", "");
    assert!(
        messages("en")
            .iter()
            .any(|it| !plain(it).contains(|c| ('а'..='я').contains(&c)))
    );
    assert!(
        messages("ru")
            .iter()
            .all(|it| it.contains(|c| ('а'..='я').contains(&c)))
    );
    let (ru, en) = (run(&["rules"]).well(), run(&["rules", "--lang=en"]).well());
    assert_ne!(ru.out, en.out);
    let help = run(&["--lang", "en", "audit", "--help"]).well();
    assert!(
        help.out.contains(message("en", "help-audit-history")),
        "{}",
        help.out
    );
}

#[test]
fn the_demo_shows_its_light() {
    for lang in ["ru", "en"] {
        let ran = run(&["demo", "--lang", lang]).well();
        let sections = [
            "table-lights",
            "table-by-rule",
            "table-by-stage",
            "table-worst",
        ];
        let title = |id| format!("\n{}\n", message(lang, id));
        let place = |id| {
            ran.out
                .find(&title(id))
                .unwrap_or_else(|| panic!("{id}: {}", ran.out))
        };
        assert!(sections.map(place).is_sorted(), "{}", ran.out);
        let lamps = ["●", "▲", "■"].map(|lamp| ran.out.matches(lamp).count());
        assert!(lamps.iter().sum::<usize>() > 3, "{}", ran.out);
        harmless(&ran.out);
    }
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("company");
    let shown = run(&["demo", "--out", text(&made)]).well();
    let regulation = made.join("regulation.toml");
    let args = [
        "audit",
        text(&made),
        "--regulation",
        text(&regulation),
        "--now",
        "2026-04-17T15:00:00Z",
    ];
    let again = run(&args).well();
    assert_eq!(shown.out, again.out);
    let other = run(&["demo", "--seed", "2"]).well();
    assert_ne!(shown.out, other.out);
}

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

#[test]
fn the_sandbox_makes_the_same_from_the_same_number() {
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, seed: &str, format: &str| {
        let out = folder.path().join(name);
        let args = [
            "sandbox", "history", "--deals", "50", "--seed", seed, "--format", format, "--out",
        ];
        run(&[&args[..], &[text(&out)]].concat()).well();
        let mut files: Vec<_> = std::fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
            .into_iter()
            .map(|file| std::fs::read(file).unwrap())
            .collect::<Vec<_>>()
    };
    for format in ["csv", "jsonl", "parquet"] {
        let first = made(&format!("{format}-1"), "7", format);
        assert_eq!(first, made(&format!("{format}-2"), "7", format), "{format}");
        assert_ne!(first, made(&format!("{format}-3"), "8", format), "{format}");
    }
    // What is there already is not overwritten.
    let taken = folder.path().join("csv-1");
    run(&["sandbox", "history", "--out", text(&taken)]).refused(&["csv-1"]);
    // The three forms are one history.
    let findings = |name: &str| {
        run(&[
            "audit",
            text(&folder.path().join(name)),
            "--format",
            "jsonl",
        ])
        .well()
        .out
    };
    let csv = findings("csv-1");
    assert_eq!(csv, findings("jsonl-1"));
    assert_eq!(csv, findings("parquet-1"));
}

/// Somebody reads a line, or nothing at all, and goes.
#[test]
fn a_closed_pipe_is_no_failure() {
    let made = tempfile::tempdir().unwrap();
    let (history, starter) = (
        made.path().join("history"),
        made.path().join("starter.toml"),
    );
    run(&[
        "sandbox",
        "history",
        "--deals",
        "300",
        "--out",
        text(&history),
    ])
    .well();
    run(&["regulation", "new", text(&starter)]).well();
    let (fresh, new) = (made.path().join("fresh.toml"), made.path().join("new"));
    let commands: [&[&str]; 8] = [
        &["audit", text(&history), "--format", "jsonl"],
        &["audit", text(&history)],
        &["demo"],
        &["rules"],
        &["rule", "first-response"],
        &["regulation", "check", text(&starter)],
        &["regulation", "new", text(&fresh)],
        &["sandbox", "history", "--deals", "5", "--out", text(&new)],
    ];
    for args in commands {
        for close_errors in [false, true] {
            let _ = std::fs::remove_file(&fresh);
            let _ = std::fs::remove_dir_all(&new);
            let mut child = command(args)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let mut err = String::new();
            if close_errors {
                drop(child.stderr.take());
            } else {
                let mut errors = child.stderr.take().unwrap();
                errors.read_to_string(&mut err).unwrap();
            }
            let code = child.wait().unwrap().code();
            assert_eq!(
                code,
                Some(0),
                "{args:?}, errors closed: {close_errors}: {err}"
            );
            assert!(!err.contains("panicked"), "{args:?}: {err}");
        }
    }
}

/// Nothing that a terminal obeys, and nothing that turns or hides a text.
fn harmless(shown: &str) {
    let harmful = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    if let Some(place) = shown.find(harmful) {
        let line = shown.lines().find(|line| line.contains(harmful));
        panic!("{:?} in {line:?}", &shown[place..].chars().next());
    }
}

#[test]
fn hostile_texts_never_reach_the_terminal() {
    const EVIL: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31mплохо\u{202e}\u{2066}\u{200b}\u{8}\r";
    let quoted = format!("\"{EVIL}\nx\"");
    let events = format!(
        "deal,at,kind,actor,stage,employee,text,amount\n\
         {quoted},2026-03-02T10:00:00+03:00,created,,new,anna,{quoted},5\n\
         d2,2026-03-02T10:00:00+03:00,created,,{quoted},{quoted},,\n\
         d3,{EVIL},created,,new,anna,,\n\
         d4,2026-03-02T10:00:00+03:00,{EVIL},,new,anna,,\n\
         d5,2026-03-09T10:00:00+03:00,note_added,anna,,,,\n"
    );
    let case = Case::new()
        .put("account.json", &serde_json::json!({"name": EVIL, "timezone": "UTC", "currency": EVIL}).to_string())
        .put("groups.csv", &format!("id,name\nnorth,{quoted}\n{quoted},\n"))
        .put("employees.csv", &format!("id,name,group,shift\nanna,{quoted},north,{quoted}\nboris,,{quoted},\n{quoted},,north,\n"))
        .put("stages.csv", &format!("pipeline,pipeline_name,stage,stage_name,kind,{quoted}\nsales,{quoted},new,{quoted},open\n"))
        .put("events.csv", &events)
        .put(
            "regulation.toml",
            &format!("{}[[rule]]\nuse = \"deal-title\"\nname = {}\npattern = \"x\"\n", REGULATION.replace("\"Проба\"", &toml(EVIL)), toml(EVIL)),
        );
    for lang in ["ru", "en"] {
        let ran = case.audit(&["--lang", lang]).well();
        assert!(ran.out.contains("плохо"));
        harmless(&ran.out);
        harmless(&ran.err);
        // Every row of a table is one line.
        assert!(
            !ran.out.lines().any(|line| line.starts_with('x')),
            "{}",
            ran.out
        );
    }
    let ran = case.audit(&["--now", EVIL]);
    harmless(&ran.err);
    harmless(&run(&["rule", EVIL]).err);
    harmless(&run(&["audit", EVIL]).err);
    harmless(&run(&["regulation", "check", EVIL]).err);
    harmless(&run(&["regulation", "new", text(&case.path(EVIL).join(EVIL))]).err);

    // Mistakes are shown with the line that they stand in.
    let path = case.path("evil.toml");
    for source in [
        format!("timezone = {}\n", toml(EVIL)),
        format!("timezone = \"UTC\" # {EVIL}\nx = 1\n"),
        format!("{} = 1\n", toml(EVIL)),
        format!("timezone = \"UTC\"\n[[rule]]\nuse = {}\n", toml(EVIL)),
        "timezone = \"\u{202e}\"\n".to_owned(),
    ] {
        std::fs::write(&path, &source).unwrap();
        let ran = run(&["regulation", "check", text(&path)]).refused(&["evil.toml:"]);
        harmless(&ran.err);
    }
    let good = format!(
        "name = {}\ntimezone = \"UTC\"\n[[rule]]\nuse = \"no-open-task\"\nname = {}\n",
        toml(EVIL),
        toml(EVIL)
    );
    std::fs::write(&path, good).unwrap();
    harmless(&run(&["regulation", "check", text(&path)]).well().out);
}

/// A text as TOML writes it.
fn toml(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        if c.is_control() {
            out.push_str(&format!("\\u{:04X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out + "\""
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

#[test]
fn a_regulation_is_chosen_by_name() {
    let dir = TempDir::new().unwrap();
    let help = run(&["regulation", "new", "--help"]).well().out;
    let names = std::iter::once("starter").chain(audit::regulation::READY.iter().map(|(n, _)| *n));
    for name in names {
        assert!(help.contains(name), "{name}: {help}");
        let file = dir.path().join(format!("{name}.toml"));
        run(&["regulation", "new", "--starter", name, text(&file)]).well();
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            Some(written.as_str()),
            audit::regulation::ready(name, wording::Lang::Ru)
        );
        let checked = run(&["regulation", "check", text(&file)]).well();
        assert!(!checked.out.is_empty());
    }
    let file = dir.path().join("other.toml");
    let asked = ["regulation", "new", "--starter", "zolotarev", text(&file)];
    run(&asked).refused(&["zolotarev", "synergy-association"]);
    let asked = [
        "regulation",
        "new",
        "--starter",
        "zolotarev-workshp",
        text(&file),
    ];
    run(&asked).refused(&["«zolotarev-workshop»?"]);
    assert!(!file.exists());
}
