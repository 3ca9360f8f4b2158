//! Whatever the files hold, the import says what it could not place, and never falls over.

mod common;

use std::path::PathBuf;

use common::{check_rows, file, import, import_by};
use history::Kind;
use history::write::Format;
use import::{ImportError, Mapping, Reason, builtin};
use proptest::prelude::*;

fn run(name: &str, files: &[PathBuf]) -> Result<import::Report, ImportError> {
    let mapping = Mapping::parse(builtin(name).expect("a mapping"), name).expect("a mapping");
    let folder = tempfile::tempdir().expect("a folder");
    import::run(&mapping, files, folder.path(), Format::Jsonl, None)
}

#[test]
fn errors_say_what_to_do() {
    assert!(matches!(run("zoho-crm", &[]), Err(ImportError::NoFiles)));
    let missing = run("zoho-crm", &["/nowhere/deals.csv".into()]).expect_err("no file");
    assert!(missing.to_string().contains("cannot read"), "{missing}");
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = file(&folder, "deals.csv", "a,b\n1,2\n");
    let told = run("zoho-crm", &[wrong]).expect_err("no deals").to_string();
    assert!(
        told.contains("Stage") && told.contains("deals.csv"),
        "{told}"
    );

    // A list of events in another form is not left beside the new one.
    let log = "case,activity,time\n1,a,2026-01-01 10:00:00\n";
    let log = file(&folder, "log.csv", log);
    let mapping = Mapping::parse(builtin("event-log").expect("one"), "m").expect("a mapping");
    let out = folder.path().join("out");
    let import_as = |format| import::run(&mapping, std::slice::from_ref(&log), &out, format, None);
    import_as(Format::Csv).expect("an import");
    import_as(Format::Csv).expect("again");
    let told = std::sync::Mutex::new(Vec::new());
    let tell = |done: u64, total: u64| told.lock().expect("one thread").push((done, total));
    let files = std::slice::from_ref(&log);
    import::run(&mapping, files, &out, Format::Csv, Some(&tell)).expect("an import");
    let told = told.into_inner().expect("one thread");
    assert!(told.is_sorted() && told.last().is_some_and(|(done, total)| done == total));
    assert!(matches!(
        import_as(Format::Parquet),
        Err(ImportError::Occupied { .. })
    ));
}

#[test]
fn damaged_files_do_not_stop_the_good_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        file(
            &folder,
            "log.csv",
            "case,activity,time\n1,a,2026-01-01 10:00:00\n",
        ),
        file(&folder, "broken.xlsx", b"PK\x03\x04 and no more"),
        file(
            &folder,
            "broken.xls",
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0],
        ),
        file(&folder, "broken.csv.gz", [0x1f, 0x8b, 8, 0, 1]),
        file(&folder, "book.xml", "<?xml version=\"1.0\"?><Workbook/>"),
        file(&folder, "empty.csv", ""),
        file(&folder, "page.xls", "<html><body>Sign in</body></html>"),
        file(
            &folder,
            "cut.xes",
            "<log><trace><event><string key=\"a\" value=",
        ),
    ];
    let report = run("event-log", &files).expect("an import");
    println!("{report}");
    assert_eq!(report.deals, 1);
    assert_eq!(
        report
            .files
            .iter()
            .filter(|file| file.source.is_none())
            .count(),
        7
    );
}

#[test]
fn odd_rows_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "case,activity,time,resource\n\
        1,a,2026-01-01 10:00:00,Ann\n\
        1,b,2026-01-01 11:00:00\n\
        1,c,2026-01-01 12:00:00,Ann,stray\n\
        ,d,2026-01-01 13:00:00,Ann\n\
        1,e,soon,Ann\n\
        1,,2026-01-01 14:00:00,Ann\n\
        2,\"open\n"
        .to_owned()
        + &"line\n".repeat(300);
    let log = file(&folder, "log.csv", text);
    let imported = import(builtin("event-log").expect("a mapping"), &[log]);
    let report = &imported.report;
    for (reason, count) in [
        (Reason::RowTooShort, 2),
        (Reason::RowTooLong, 1),
        (Reason::RowRunsOn, 1),
        (Reason::BadDate, 1),
        // No case, no activity to enter, and no time in the row that ran on.
        (Reason::Missing, 3),
    ] {
        assert_eq!(report.count(reason), count, "{reason}");
    }
    assert_eq!(report.events_written(), 2);
    assert!(imported.history.problems.is_empty());
}

#[test]
fn calls_find_deals_by_telephone() {
    let mapping = r#"
[account]
name = "Test"
timezone = "Europe/Moscow"
currency = "RUB"
[source.deals]
[source.deals.columns]
id = "ID"
contact = "Contact"
made = "Created"
[source.contacts]
[source.contacts.columns]
name = "Name"
phone = "Phone"
[source.calls]
[source.calls.columns]
phone = "Number"
at = "At"
talked = "Talked"
[join.contact]
from = "calls"
key = { column = "phone", digits = 10 }
to = "contacts"
on = { column = "phone", digits = 10 }
[join.deal]
from = "contacts"
key = "name"
to = "deals"
on = "contact"
pick = "first"
[[event]]
from = "deals"
kind = "created"
at = "made"
deal = "id"
stage = { const = "new" }
[[event]]
from = "calls"
kind = "call_out"
join = ["contact", "deal"]
when = { deals.id = { not = "3" } }
at = "at"
deal = "deals.id"
amount = "talked"
"#;
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        file(
            &folder,
            "a.csv",
            "ID;Contact;Created\n1;Пётр;01.02.2026\n2;Пётр;01.03.2026\n",
        ),
        file(&folder, "b.csv", "Name;Phone\nПётр;8 (900) 000-00-01\n"),
        file(
            &folder,
            "c.csv",
            "Number;At;Talked\n+79000000001;02.03.2026 10:00;00:01:05\n79000000002;02.03.2026 10:00;7\n",
        ),
    ];
    let imported = import(mapping, &files);
    assert_eq!(imported.report.events_of(Kind::CallOut), 1);
    assert_eq!(imported.report.count(Reason::JoinNotFound), 1);
    let deal = imported.history.deals.find("1").expect("a deal");
    let timeline = imported.history.timelines.deal(history::DealId(deal));
    assert_eq!(timeline.event(1).talked_ms(), 65_000);
}

/// Cells such as exports hold, and such as nobody expects.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Успешно реализовано".into()),
        Just("Закрыто и не реализовано".into()),
        "[0-9]{1,20}",
        "[0-9]{1,2}\\.[0-9]{1,2}\\.20[0-9]{2}( [0-9]{1,2}:[0-9]{2})?",
        "[0-9., €₽кK-]{1,12}",
        "[a-zа-я0-9\";, \n]{0,12}",
        "\\PC{0,8}",
    ]
}

fn quoted(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    quoted.join(",") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rows_of_anything(rows in prop::collection::vec(prop::collection::vec(cell(), 6..9), 0..12)) {
        let header = ["ID", "Этап сделки", "Дата создания", "Дата закрытия", "Бюджет", "Ответственный", "Город", "Воронка"];
        let mut text = quoted(&header.map(str::to_owned));
        rows.iter().for_each(|row| text.push_str(&quoted(row)));
        let folder = tempfile::tempdir().expect("a folder");
        let path = file(&folder, "deals.csv", text);
        let mapping = Mapping::parse(builtin("amocrm-deals").expect("one"), "m").expect("a mapping");
        let imported = import_by(&mapping, &[path]);
        check_rows(&imported.report);
        prop_assert_eq!(imported.report.rows(), rows.len() as u64);
        prop_assert!(imported.history.problems.is_empty(), "what is written can be read");
    }

    #[test]
    fn files_of_anything(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0..6usize) {
        let starts: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"<html><table>", b"<log><trace>", b"case,activity,time\n"];
        let folder = tempfile::tempdir().expect("a folder");
        let path = file(&folder, "x", [starts[start], &bytes].concat());
        let _ = run("event-log", &[path]);
    }

    #[test]
    fn mappings_of_anything(cut in 0..6000usize, text in "\\PC{0,20}", which in 0..10usize) {
        let (name, good) = import::BUILTIN[which % import::BUILTIN.len()];
        let cut = (0..=cut.min(good.len())).rev().find(|at| good.is_char_boundary(*at)).unwrap_or(0);
        let _ = Mapping::parse(&(good[..cut].to_owned() + &text + &good[cut..]), name);
        let _ = Mapping::parse(&good[..cut], name);
        let _ = Mapping::parse(&text, name);
    }
}
