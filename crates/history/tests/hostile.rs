//! Broken, foreign and malicious files: each ends in a result, keeps what is good in it, and
//! names what is not by file and line.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Decimal128Array, DictionaryArray, Float64Array,
    Int64Array, ListArray, NullArray, RecordBatch, StringArray, TimestampMicrosecondArray,
    TimestampSecondArray,
};
use history::read::{Options, ReadError, read_folder};
use history::write::{EventWriter, Format};
use history::{EmployeeId, History, Kind, Problem, Reason, Record, StageKind};
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;

const ACCOUNT: &str = r#"{"name":"проба","timezone":"Europe/Moscow","currency":"RUB"}"#;
const STAGES: &str = "pipeline,stage,kind\nsales,new,open\nsales,won,won\n";
const EVENTS: &str = "deal,at,kind\nd1,1000,created\n";

/// A folder with these files, and a sound account, stages and events where they name none.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    for (name, bytes) in files {
        put(name, bytes);
    }
    let there = |start: &str| files.iter().any(|(name, _)| name.starts_with(start));
    for (start, name, text) in [
        ("account", "account.json", ACCOUNT),
        ("stages", "stages.csv", STAGES),
        ("events", "events.csv", EVENTS),
    ] {
        if !there(start) {
            put(name, text.as_bytes());
        }
    }
    folder
}

fn try_read(files: &[(&str, &[u8])]) -> Result<History, ReadError> {
    read_folder(folder(files).path(), &Options::default())
}

fn read(name: &str, bytes: impl AsRef<[u8]>) -> History {
    try_read(&[(name, bytes.as_ref())]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The lines that problems name.
fn lines(history: &History) -> Vec<u64> {
    let line = |problem: &Problem| problem.line.unwrap_or(0);
    history.problems.kept().iter().map(line).collect()
}

/// The kinds of problems.
fn codes(history: &History) -> Vec<&'static str> {
    let code = |problem: &Problem| problem.reason.code();
    history.problems.kept().iter().map(code).collect()
}

/// Fifty events in a form.
fn sample(format: Format) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = EventWriter::create(folder.path(), format).unwrap();
    for n in 0..50 {
        let (deal, text) = (
            format!("d{}", n % 7),
            format!("запись, «{n}»\nи \"ещё\" строка"),
        );
        let record = Record {
            deal: &deal,
            at: 1_700_000_000_000 + n,
            kind: Some(Kind::NoteAdded),
            actor: "anna",
            text: &text,
            ..Record::default()
        };
        writer.write(&record).unwrap();
    }
    writer.finish().unwrap();
    let mut files = std::fs::read_dir(folder.path()).unwrap();
    std::fs::read(files.next().unwrap().unwrap().path()).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

#[test]
fn text_cut_anywhere_loses_at_most_its_last_line() {
    for (name, format) in [("events.csv", Format::Csv), ("events.jsonl", Format::Jsonl)] {
        let whole = sample(format);
        assert_eq!(read(name, &whole).timelines.events(), 50);
        let header = whole.iter().position(|byte| *byte == b'\n').unwrap();
        let first = if format == Format::Csv { header + 1 } else { 0 };
        for cut in (first..whole.len()).step_by(5) {
            let history = read(name, &whole[..cut]);
            // A cell may hold line ends; an event ends where a line ends with a cell.
            let ends = |end: usize| {
                whole[..end].ends_with(if format == Format::Csv {
                    b",,,,\n"
                } else {
                    b"}\n"
                })
            };
            let complete = (first..=cut).filter(|end| ends(*end)).count();
            let events = history.timelines.events();
            assert!(
                (complete..=complete + 1).contains(&events),
                "{name} cut at {cut}: {events} of {complete}"
            );
            let broken = history.problems.kept();
            assert!(
                broken
                    .iter()
                    .all(|problem| problem.file == name && problem.line.is_some()),
                "{broken:?}"
            );
        }
    }
}

#[test]
fn a_cut_header_is_told() {
    let whole = sample(Format::Csv);
    let header = whole.iter().position(|byte| *byte == b'\n').unwrap();
    for cut in 1..header {
        let history = read("events.csv", &whole[..cut]);
        assert_eq!(history.timelines.events(), 0);
    }
}

#[test]
fn packed_text_cut_anywhere_keeps_what_was_unpacked() {
    let forms = [("events.csv", Format::Csv), ("events.jsonl", Format::Jsonl)];
    for (name, format) in forms {
        let whole = sample(format);
        for (packed, extension) in [(gzip(&whole), "gz"), (zstd(&whole), "zst")] {
            let name = format!("{name}.{extension}");
            assert_eq!(read(&name, &packed).timelines.events(), 50);
            for cut in (0..packed.len()).step_by(7) {
                match try_read(&[(&name, &packed[..cut])]) {
                    // Cut in its first bytes, the file is nothing at all.
                    Err(error) => assert!(error.to_string().contains(&name), "{error}"),
                    Ok(history) if history.timelines.events() < 49 && cut > 0 => {
                        let problems = history.problems.kept();
                        assert!(
                            problems.iter().any(|it| it.file == name),
                            "{name} cut at {cut}"
                        );
                    }
                    Ok(_) => {}
                }
            }
        }
    }
}

#[test]
fn a_packed_table_cut_anywhere_keeps_what_was_unpacked() {
    let mut people = "id,name\n".to_owned();
    for n in 0..2_000 {
        writeln!(people, "e{n},Сотрудник {}", n * 7919 % 10_007).unwrap();
    }
    for (packed, extension) in [
        (gzip(people.as_bytes()), "gz"),
        (zstd(people.as_bytes()), "zst"),
    ] {
        let name = format!("employees.csv.{extension}");
        for cut in (1..packed.len()).step_by(997) {
            match try_read(&[(&name, &packed[..cut])]) {
                Err(error) => assert!(error.to_string().contains(&name), "{error}"),
                Ok(history) => {
                    let broken = history
                        .problems
                        .kept()
                        .iter()
                        .filter(|it| it.file == name)
                        .count();
                    assert!(
                        broken > 0 && history.people.employees.len() < 2_000,
                        "{name} cut at {cut}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_cut_parquet_file_is_refused() {
    let whole = sample(Format::Parquet);
    assert_eq!(read("events.parquet", &whole).timelines.events(), 50);
    for cut in (0..whole.len()).step_by(11) {
        let error = try_read(&[("events.parquet", &whole[..cut])])
            .err()
            .expect("no footer");
        assert!(
            matches!(&error, ReadError::Malformed { file, .. } if file == "events.parquet"),
            "{error}"
        );
    }
    for (packed, name) in [
        (gzip(&whole), "events.parquet.gz"),
        (zstd(&whole), "events.parquet.zst"),
    ] {
        assert_eq!(read(name, &packed).timelines.events(), 50);
        for cut in (0..packed.len()).step_by(101) {
            assert!(
                try_read(&[(name, &packed[..cut])]).is_err(),
                "{name} cut at {cut}"
            );
        }
    }
}

#[test]
fn foreign_encodings_are_told_line_by_line() {
    let text = "deal,at,kind,text\nd1,1000,created,Окна\nd2,2000,created,plain\n";
    let units: Vec<u16> = std::iter::once(0xFEFF).chain(text.encode_utf16()).collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [little, big] {
        for name in ["events.csv", "events.jsonl"] {
            let history = read(name, &bytes);
            assert_eq!(history.timelines.events(), 0);
            assert!(!history.problems.is_empty());
        }
        for name in ["employees.csv", "stages.csv", "absences.csv"] {
            assert!(!read(name, &bytes).problems.is_empty());
        }
    }
    // Windows-1251: lines of plain ASCII are good lines.
    let mut bytes = b"deal,at,kind,text\nd1,1000,created,".to_vec();
    bytes.extend([0xCE, 0xEA, 0xED, 0xE0]);
    bytes.extend(b"\nd2,2000,created,plain\n");
    let history = read("events.csv", &bytes);
    assert_eq!((history.timelines.events(), lines(&history)), (1, vec![2]));
    assert!(
        matches!(&history.problems.kept()[0].reason, Reason::Unreadable(why) if why.contains("UTF-8"))
    );
}

#[test]
fn an_endless_line_is_named_and_passed_over() {
    let endless = "x".repeat(20 << 20);
    let csv = format!("deal,at,kind\nd1,1000,created\n{endless}\nd2,2000,created\n");
    let history = read("events.csv", csv);
    assert_eq!((history.timelines.events(), lines(&history)), (2, vec![3]));

    let jsonl = format!(
        "{{\"deal\":\"d1\",\"at\":1,\"kind\":\"created\"}}\n{endless}\n{{\"deal\":\"d2\",\"at\":2,\"kind\":\"created\"}}\n"
    );
    let history = read("events.jsonl", jsonl);
    assert_eq!((history.timelines.events(), lines(&history)), (2, vec![2]));

    let people = format!("id,name\na,Анна\n{endless}\nb,Борис");
    let history = read("employees.csv", people);
    assert_eq!(
        (history.people.employees.len(), lines(&history)),
        (2, vec![3])
    );

    assert!(try_read(&[("events.csv", endless.as_bytes())]).is_err());
    assert!(try_read(&[("account.json", endless.as_bytes())]).is_err());
}

#[test]
fn a_stray_quote_costs_one_line_in_every_table() {
    let tables = [
        (
            "events.csv",
            "deal,at,kind",
            ["d1,1,created", "d2,2,created"],
        ),
        ("groups.csv", "id,name,lead", ["g1,Юг,", "g2,Север,"]),
        (
            "employees.csv",
            "id,name,role",
            ["a,Анна,seller", "b,Борис,lead"],
        ),
        (
            "stages.csv",
            "pipeline,stage,kind",
            ["p,s1,open", "p,s2,won"],
        ),
    ];
    for (name, header, [first, second]) in tables {
        let text = format!("{header}\n\"stray,1,2\n{first}\n\n,\"stray\nstill \"stray\n{second}\n");
        let history = read(name, &text);
        let kept = [
            history.timelines.deals(),
            history.people.groups.len(),
            history.people.employees.len(),
            history.pipelines.stages.len(),
        ];
        let place = tables.iter().position(|table| table.0 == name).unwrap();
        assert!(
            kept[place] >= 2,
            "{name}: {kept:?}, {:?}",
            history.problems.kept()
        );
        assert!(
            lines(&history).starts_with(&[2, 5]),
            "{name}: {:?}",
            history.problems.kept()
        );
    }
}

/// `"a","` both opens a cell from nothing and leaves one open: no line of such a file ever
/// closes what another has opened.
#[test]
fn quotes_that_never_close_cost_no_more_than_they_are_long() {
    let mut text = "deal,at,kind\n".to_owned();
    for n in 0..200_000 {
        text.push_str(if n % 2 == 0 {
            "\"a\",\"\n"
        } else {
            "d1,1000,note_added\n"
        });
    }
    let history = read("events.csv", &text);
    assert_eq!(history.timelines.events(), 100_000);
    assert_eq!(history.problems.lines_set_aside(), 100_000);
}

/// Line ends of old Macs: to a reader by lines the file is one line.
#[test]
fn rows_that_end_with_lone_carriage_returns_are_read_in_one_pass() {
    let mut text = "deal,at,kind".to_owned();
    for n in 0..300_000 {
        write!(text, "\rd{},{n},created", n % 1000).unwrap();
    }
    let history = read("events.csv", &text);
    assert_eq!(history.timelines.events(), 300_000);
    assert!(history.problems.is_empty(), "{:?}", history.problems.kept());
}

#[test]
fn zero_bytes_are_text_like_any_other() {
    let history = read(
        "events.csv",
        "deal,at,kind,text\nd\0,1000,created,a\0b\nd2,10\x000,created,\nd3,1,cre\0ated,\n",
    );
    assert_eq!(history.deals.get(0), "d\0");
    assert_eq!(
        (history.timelines.events(), lines(&history)),
        (1, vec![3, 4])
    );
    let history = read("events.csv", [0u8; 4096]);
    assert_eq!(history.timelines.events(), 0);
    let history = read("events.jsonl", [0u8; 4096]);
    assert_eq!((history.timelines.events(), lines(&history)), (0, vec![1]));
}

#[test]
fn a_hundred_thousand_columns() {
    let mut header = "deal,at,kind".to_owned();
    let mut row = "d1,1000,created".to_owned();
    for n in 0..100_000 {
        write!(header, ",c{n}").unwrap();
        row.push_str(",x");
    }
    let history = read(
        "events.csv",
        format!("{header}\n{row}\nd2,2000,created\n{row},x,x\n"),
    );
    assert_eq!(history.timelines.events(), 3);
    assert_eq!(history.problems.counts()["unknown-column"], 100_000);
    assert_eq!(history.problems.kept().len(), 1_000);

    let mut keys = String::new();
    (0..100_000).for_each(|n| write!(keys, ",\"c{n}\":{n}").unwrap());
    let history = read(
        "events.jsonl",
        format!("{{\"deal\":\"d1\",\"at\":1,\"kind\":\"created\"{keys}}}\n"),
    );
    assert_eq!(history.timelines.events(), 1);
    assert!(history.problems.total() <= 1_000);
}

#[test]
fn a_million_empty_lines() {
    let blank = "\n".repeat(1_000_000);
    let history = read(
        "events.csv",
        format!("{blank}deal,at,kind{blank}d1,1000,created\nd2,x,created\n"),
    );
    assert_eq!(
        (history.timelines.events(), lines(&history)),
        (1, vec![2_000_002])
    );
    let history = read(
        "events.jsonl",
        format!("{blank}{{\"deal\":1,\"at\":1,\"kind\":\"created\"}}\n{{}}\n"),
    );
    assert_eq!(
        (history.timelines.events(), lines(&history)),
        (1, vec![1_000_002])
    );
    let history = read(
        "employees.csv",
        format!("{blank}id,name\r\n{blank}a,Анна{blank}"),
    );
    assert_eq!(history.people.employees.len(), 1);
}

#[test]
fn numbers_out_of_range() {
    let amounts = [
        "1e308", "-1e308", "1e400", "NaN", "inf", "-inf", "9.1e13", "0x10", "1,5", "١٢",
    ];
    for amount in amounts {
        let history = read(
            "events.csv",
            format!("deal,at,kind,amount\nd1,1,created,\"{amount}\"\nd2,1,created,12.5\n"),
        );
        assert_eq!(
            (history.timelines.events(), lines(&history)),
            (1, vec![2]),
            "{amount}"
        );
        let line = format!(
            "{{\"deal\":\"d1\",\"at\":1,\"kind\":\"created\",\"amount\":\"{amount}\"}}\n{{\"deal\":\"d2\",\"at\":1,\"kind\":\"created\",\"amount\":12.5}}\n"
        );
        let history = read("events.jsonl", line);
        assert_eq!(
            (history.timelines.events(), lines(&history)),
            (1, vec![1]),
            "{amount}"
        );
    }
    for number in ["1e308", "1e400", "123456789012345678901234567890"] {
        let history = read(
            "events.jsonl",
            format!("{{\"deal\":\"d1\",\"at\":1,\"kind\":\"created\",\"amount\":{number}}}\n"),
        );
        assert_eq!(
            (history.timelines.events(), lines(&history)),
            (0, vec![1]),
            "{number}"
        );
    }
    let instants = [
        "99999-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "-99999-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "9223372036854775807",
        "-9223372036854775808",
        "999999999999999999999",
        "1.5",
        "1e12",
    ];
    for at in instants {
        for (column, line) in [
            ("at", format!("d1,{at},1,task_added")),
            ("due", format!("d1,1,{at},task_added")),
        ] {
            let history = read("events.csv", format!("deal,at,due,kind\n{line}\n"));
            assert_eq!(
                (history.timelines.events(), lines(&history)),
                (0, vec![2]),
                "{column} {at}"
            );
            let reason = &history.problems.kept()[0].reason;
            assert!(
                matches!(reason, Reason::Bad { column: named, .. } if *named == column),
                "{reason:?}"
            );
        }
    }
    let history = read(
        "events.csv",
        "deal,at,kind,seq\nd1,1,created,9223372036854775808\nd2,1,created,-9223372036854775808\n",
    );
    assert_eq!((history.timelines.events(), lines(&history)), (1, vec![2]));
}

#[test]
fn of_two_columns_of_one_name_the_first_counts() {
    let history = read("events.csv", "deal,deal,at,kind,at\nd1,d2,1000,created,x\n");
    assert_eq!(
        (history.timelines.events(), history.deals.get(0)),
        (1, "d1")
    );
    assert_eq!(codes(&history), ["unknown-column", "unknown-column"]);
    let history = read("employees.csv", "id,name,id\na,Анна,b\n");
    assert_eq!(history.people.ids.get(0), "a");
}

#[test]
fn deep_nesting_is_passed_over() {
    for depth in [100, 1_000, 100_000, 5_000_000] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let good = "{\"deal\":\"d2\",\"at\":2,\"kind\":\"created\"}";
        for line in [
            format!("{{\"deal\":\"d1\",\"at\":1,\"kind\":\"created\",\"strange\":{open}{close}}}"),
            format!("{{\"deal\":{open}{close},\"at\":1,\"kind\":\"created\"}}"),
            format!("{open}{close}"),
            open.clone(),
            "{\"a\":".repeat(depth),
        ] {
            let history = read("events.jsonl", format!("{line}\n{good}\n"));
            assert!(history.timelines.events() >= 1, "{depth}");
            assert!(!history.problems.is_empty());
        }
    }
    let account = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(try_read(&[("account.json", account.as_bytes())]).is_err());
}

#[test]
fn files_with_nothing_in_them() {
    for header in ["deal,at,kind\n", "deal,at,kind", "\u{feff}deal,at,kind\r\n"] {
        let history = read("events.csv", header);
        assert_eq!(
            (history.timelines.events(), history.problems.total()),
            (0, 0)
        );
    }
    for nothing in ["", "\n\n", "\u{feff}", "\r\n"] {
        let error = try_read(&[("events.csv", nothing.as_bytes())])
            .err()
            .expect("no header");
        assert!(
            matches!(&error, ReadError::Malformed { file, .. } if file == "events.csv"),
            "{error}"
        );
        let history = read("events.jsonl", nothing);
        assert_eq!(
            (history.timelines.events(), history.problems.total()),
            (0, 0)
        );
        assert!(try_read(&[("events.parquet", nothing.as_bytes())]).is_err());
        assert!(try_read(&[("account.json", nothing.as_bytes())]).is_err());
        for name in [
            "groups.csv",
            "employees.csv",
            "memberships.csv",
            "absences.csv",
            "stages.csv",
        ] {
            let history = read(name, nothing);
            assert_eq!(
                (history.timelines.events(), history.problems.total()),
                (1, 0),
                "{name}"
            );
        }
    }
}

/// What came of a Parquet file with these columns: events, and the rows that problems name.
fn parquet(columns: &[(&str, ArrayRef)]) -> (usize, Vec<u64>) {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns
            .iter()
            .map(|(name, column)| (*name, column.clone(), true)),
    )
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let history = read("events.parquet", &bytes);
    assert!(
        history
            .problems
            .kept()
            .iter()
            .all(|it| it.file == "events.parquet")
    );
    (history.timelines.events(), lines(&history))
}

fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

#[test]
fn parquet_columns_of_other_types() {
    let deals = || ("deal", texts(&[Some("d1"), Some("d2"), None]));
    let kinds = || {
        (
            "kind",
            texts(&[Some("created"), Some("created"), Some("payment")]),
        )
    };
    let at = || -> (&str, ArrayRef) { ("at", Arc::new(Int64Array::from(vec![1, 2, 3]))) };
    assert_eq!(parquet(&[deals(), at(), kinds()]), (2, vec![]));

    let deal: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), Some(-2), None]));
    assert_eq!(parquet(&[("deal", deal), at(), kinds()]), (2, vec![]));
    let deal: ArrayRef = Arc::new(BinaryArray::from(vec![
        Some(&b"d1"[..]),
        Some(b"\xFF"),
        None,
    ]));
    assert_eq!(parquet(&[("deal", deal), at(), kinds()]), (2, vec![]));
    let deal: ArrayRef = Arc::new(BooleanArray::from(vec![Some(true), Some(false), None]));
    assert_eq!(parquet(&[("deal", deal), at(), kinds()]), (0, vec![1, 2]));
    let deal: DictionaryArray<Int32Type> = [Some("d1"), Some("d2"), None].into_iter().collect();
    assert_eq!(
        parquet(&[("deal", Arc::new(deal)), at(), kinds()]),
        (2, vec![])
    );

    let times = texts(&[Some("2026-03-01T09:00:00+03:00"), Some("завтра"), None]);
    assert_eq!(parquet(&[deals(), ("at", times), kinds()]), (1, vec![2, 3]));
    let times: ArrayRef = Arc::new(TimestampSecondArray::from(vec![
        Some(1),
        Some(i64::MAX),
        None,
    ]));
    assert_eq!(parquet(&[deals(), ("at", times), kinds()]), (1, vec![2, 3]));
    let times: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![
        Some(-1),
        Some(i64::MIN),
        None,
    ]));
    assert_eq!(parquet(&[deals(), ("at", times), kinds()]).0, 1);
    let times: ArrayRef = Arc::new(Int64Array::from(vec![
        Some(i64::MIN),
        Some(i64::MIN + 1),
        Some(i64::MAX),
    ]));
    assert_eq!(
        parquet(&[deals(), ("at", times), kinds()]),
        (0, vec![1, 2, 3])
    );
    let times: ArrayRef = Arc::new(Float64Array::from(vec![1.0, f64::NAN, 1e300]));
    assert_eq!(parquet(&[deals(), ("at", times), kinds()]).1.len(), 2);
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![
        Some(vec![Some(1)]),
        None,
        Some(vec![]),
    ]);
    assert_eq!(
        parquet(&[deals(), ("at", Arc::new(lists)), kinds()]),
        (0, vec![1, 2, 3])
    );

    let nothing: ArrayRef = Arc::new(NullArray::new(3));
    assert_eq!(
        parquet(&[deals(), at(), ("kind", nothing.clone())]),
        (0, vec![1, 2, 3])
    );
    assert_eq!(
        parquet(&[
            deals(),
            at(),
            ("kind", texts(&[None, Some(""), Some("Created")]))
        ]),
        (0, vec![1, 2, 3])
    );
    assert_eq!(
        parquet(&[
            deals(),
            at(),
            kinds(),
            ("text", nothing.clone()),
            ("amount", nothing.clone()),
            ("due", nothing)
        ]),
        (2, vec![])
    );
}

#[test]
fn parquet_amounts_of_other_types() {
    let columns = |amount: ArrayRef| {
        let deals = texts(&[Some("d1"), Some("d2"), Some("d3")]);
        let kinds = texts(&[Some("created"); 3]);
        let at: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3]));
        parquet(&[
            ("deal", deals),
            ("at", at),
            ("kind", kinds),
            ("amount", amount),
        ])
    };
    let decimal = Decimal128Array::from(vec![Some(1250), None, Some(i128::MAX / 10)]);
    assert_eq!(
        columns(Arc::new(decimal.with_precision_and_scale(38, 2).unwrap())),
        (2, vec![3])
    );
    assert_eq!(
        columns(texts(&[Some("12.5"), Some("много"), None])),
        (2, vec![2])
    );
    assert_eq!(
        columns(Arc::new(Float64Array::from(vec![f64::NAN, 1e308, 0.1]))),
        (1, vec![1, 2])
    );
    assert_eq!(
        columns(Arc::new(Int64Array::from(vec![
            Some(i64::MAX),
            Some(1),
            None
        ]))),
        (2, vec![1])
    );
}

#[test]
fn a_parquet_file_without_a_column_it_needs_is_refused() {
    let deals = texts(&[Some("d1")]);
    let batch = RecordBatch::try_from_iter([("deal", deals)]).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let error = try_read(&[("events.parquet", &bytes)])
        .err()
        .expect("no `at`");
    assert!(error.to_string().contains("`at`"), "{error}");
}

#[test]
fn bad_lines_of_the_small_tables() {
    let history = try_read(&[
        ("groups.csv", "id,name,lead\ng1,Юг,a\n,Без имени,\ng1,Дважды,\n".as_bytes()),
        (
            "employees.csv",
            "id,name,group,role,active,shift,hired,left\na,Анна,g1,seller,true,,2026-01-01,\n,Никто,,,,,,\na,Анна,,,,,,\nb,Борис,g2,boss,maybe,day,2026-13-01,завтра\n".as_bytes(),
        ),
        (
            "memberships.csv",
            "employee,group,role,shift,from,to\na,g1,lead,,2026-03-01,2026-02-01\nnobody,g1,seller,,,\n,g1,,,,\na,g2,seller,,x,\n".as_bytes(),
        ),
        (
            "absences.csv",
            "employee,from,to,kind\na,1000,2000,vacation\na,2000,1000,sick\na,2000,2000,sick\na,,3000,sick\na,5000,,party\nghost,1,2,sick\na,soon,,\n".as_bytes(),
        ),
        (
            "stages.csv",
            "pipeline,pipeline_name,stage,stage_name,sort,kind\np,П,s1,Первый,1,open\np,П,s1,Дважды,2,won\n,П,s2,,3,open\np,П,,,4,open\np,П,s3,,5,closed\np,П,s4,,last,lost\np,П,s5,,9223372036854775808,won\n".as_bytes(),
        ),
    ])
    .unwrap();
    let of = |file: &str| -> Vec<u64> {
        let problems = history
            .problems
            .kept()
            .iter()
            .filter(|problem| problem.file == file);
        problems.filter_map(|problem| problem.line).collect()
    };
    assert_eq!(of("groups.csv"), [3, 4]);
    assert_eq!(of("employees.csv"), [3, 4, 5, 5, 5, 5]);
    assert_eq!(of("memberships.csv"), [3, 4, 5]);
    assert_eq!(of("absences.csv"), [3, 4, 5, 6, 7, 8]);
    assert_eq!(of("stages.csv"), [3, 4, 5, 6, 7, 8]);

    assert_eq!(history.people.employees.len(), 2);
    let anna = &history.people.employees[0];
    assert_eq!(anna.absences.len(), 2);
    assert_eq!(anna.memberships.len(), 3);
    let boris = &history.people.employees[1];
    assert!(boris.active && boris.hired.is_none() && boris.left.is_none());
    assert_eq!(boris.memberships[0].role, None);
    assert_eq!(history.people.groups[0].lead, EmployeeId(0));
    let stages = &history.pipelines.stages;
    assert_eq!(stages.len(), 3);
    assert_eq!(
        stages.iter().map(|stage| stage.kind).collect::<Vec<_>>(),
        [StageKind::Open, StageKind::Lost, StageKind::Won]
    );
}

#[test]
fn short_and_long_rows_are_rows() {
    let history = read(
        "events.csv",
        "deal,at,kind,actor\nd1,1000,created\nd2,1000,created,a,b,c,d\nd3\n",
    );
    assert_eq!((history.timelines.events(), lines(&history)), (2, vec![4]));
}

/// Files that random bytes are put into, one at a time.
const FILES: [&str; 16] = [
    "events.csv",
    "events.jsonl",
    "events.parquet",
    "events.csv.gz",
    "events.jsonl.zst",
    "events.parquet.gz",
    "account.json",
    "groups.csv",
    "employees.csv",
    "memberships.csv",
    "absences.csv",
    "stages.csv",
    "stages.csv.zst",
    "clients.csv",
    "contacts.csv",
    "team.csv",
];

/// Bytes that mean something to some reader, more often than others.
fn garbage() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&[u8]> = vec![
        b"deal,at,kind\n",
        b"id,name,group\n",
        b"employee,from,to\n",
        b"pipeline,stage,kind\n",
        b"created",
        b"task_added",
        b"1000",
        b"-1",
        b"\"",
        b",",
        b"\n",
        b"\r",
        b"\0",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"PAR1",
        b"{\"deal\":",
        b"}",
        b"[",
        b"\x1F\x8B\x08",
        b"\x28\xB5\x2F\xFD",
    ];
    let part = prop_oneof![
        4 => prop::sample::select(words).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_end_in_a_result(name in prop::sample::select(&FILES[..]), bytes in garbage()) {
        let packed = match name.rsplit_once('.') {
            Some((_, "gz")) if bytes.len() % 2 == 0 => gzip(&bytes),
            Some((_, "zst")) if bytes.len() % 2 == 0 => zstd(&bytes),
            _ => bytes,
        };
        if let Ok(history) = try_read(&[(name, &packed)]) {
            for timeline in history.timelines.iter() {
                prop_assert!(timeline.iter().is_sorted_by_key(|event| event.at));
            }
            prop_assert!(history.problems.kept().iter().all(|it| !it.to_string().is_empty()));
        }
    }

    /// A good file with some bytes changed.
    #[test]
    fn changed_bytes_end_in_a_result(
        form in 0..3usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let (format, name) = [
            (Format::Csv, "events.csv"),
            (Format::Jsonl, "events.jsonl"),
            (Format::Parquet, "events.parquet"),
        ][form];
        let mut bytes = sample(format);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let read = try_read(&[(name, &bytes)]);
        prop_assert!(format == Format::Parquet || read.is_ok());
    }
}
