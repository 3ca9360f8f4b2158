//! The three forms of a history say the same, and a broken line costs only itself.

#![allow(clippy::unwrap_used)] // In a test a panic is the report.

use std::path::Path;

use history::read::{Options, read_folder};
use history::write::{EventWriter, Format, StageRow, write_account, write_stages};
use history::{Account, History, Kind, Record};

fn write(folder: &Path, format: Format, records: &[Record<'_>]) {
    let account = Account {
        name: "проба".into(),
        timezone: "Europe/Moscow".into(),
        currency: "RUB".into(),
    };
    write_account(folder, &account).unwrap();
    let stage = |stage: &str, kind: &str| StageRow {
        pipeline: "p".into(),
        stage: stage.into(),
        kind: kind.into(),
        ..StageRow::default()
    };
    write_stages(folder, &[stage("new", "open"), stage("won", "won")]).unwrap();
    let mut writer = EventWriter::create(folder, format).unwrap();
    for record in records {
        writer.write(record).unwrap();
    }
    writer.finish().unwrap();
}

/// A history as text, without the numbers that ids were interned to.
fn show(history: &History) -> Vec<String> {
    let mut lines = Vec::new();
    for timeline in history.timelines.iter() {
        for event in timeline.iter() {
            let object = match event.kind {
                Kind::Created | Kind::StageChanged => {
                    history.pipelines.stage_ids.get(event.stage().0)
                }
                Kind::FieldSet | Kind::LossReasonSet => history.fields.get(event.field().0),
                _ => history.tasks.get(event.task().0),
            };
            lines.push(format!(
                "{} {} {:?} {} {} {object} {:?} {:?} {} {}",
                history.deals.get(timeline.deal().0),
                event.at,
                event.kind,
                history.people.ids.get(event.actor.0),
                history.people.ids.get(event.employee.0),
                event.due(),
                history.texts.get(event.text),
                history.channels.get(event.channel.0),
                history.clients.get(event.client.0),
            ));
        }
    }
    lines.sort_by(|a, b| a.split(' ').next().cmp(&b.split(' ').next()));
    lines
}

fn records() -> Vec<Record<'static>> {
    let base = Record {
        deal: "d1",
        at: 1_000,
        ..Record::default()
    };
    vec![
        Record {
            kind: Some(Kind::TaskAdded),
            at: 3_000,
            task: "t1",
            due: Some(9_000),
            employee: "u2",
            channel: "call",
            ..base.clone()
        },
        Record {
            kind: Some(Kind::Created),
            stage: "new",
            employee: "u1",
            actor: "u1",
            text: "Сделка, «первая»",
            amount: Some(12.5),
            client: "c1",
            ..base.clone()
        },
        Record {
            kind: Some(Kind::NoteAdded),
            at: 2_000,
            actor: "u1",
            text: "две\nстроки и \"кавычки\"",
            ..base.clone()
        },
        Record {
            kind: Some(Kind::CallIn),
            at: 2_000,
            employee: "u1",
            amount: Some(31.0),
            ..base.clone()
        },
        Record {
            kind: Some(Kind::StageChanged),
            at: 2_500,
            stage: "won",
            actor: "u1",
            ..base.clone()
        },
        Record {
            kind: Some(Kind::FieldSet),
            deal: "d2",
            field: "ИНН",
            text: "77",
            ..base.clone()
        },
        Record {
            kind: Some(Kind::Payment),
            deal: "",
            amount: Some(1.0),
            client: "c1",
            ..base
        },
    ]
}

#[test]
fn csv_jsonl_and_parquet_read_the_same() {
    let mut shown = Vec::new();
    for format in [Format::Csv, Format::Jsonl, Format::Parquet] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), format, &records());
        let history = read_folder(folder.path(), &Options::default()).unwrap();
        assert!(history.problems.is_empty(), "{:?}", history.problems);
        assert_eq!(history.loose.len(), 1);
        shown.push(show(&history));
    }
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0], shown[2]);
    assert_eq!(shown[0].len(), 6);
    assert!(
        shown[0][0].contains("Created"),
        "sorted by time: {:#?}",
        shown[0]
    );
}

fn read_lines(name: &str, lines: &[u8]) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Csv, &[]);
    std::fs::remove_file(folder.path().join("events.csv")).unwrap();
    std::fs::write(folder.path().join(name), lines).unwrap();
    let history = read_folder(folder.path(), &Options::default()).unwrap();
    let problems = history
        .problems
        .kept()
        .iter()
        .map(ToString::to_string)
        .collect();
    (history.timelines.events(), problems)
}

#[test]
fn bad_lines_are_named_and_good_ones_kept() {
    let text = "deal,at,kind,amount,colour\n\
        d1,1000,created,,\n\
        d1,вчера,created,,\n\
        d1,1000,exploded,,\n\
        ,1000,created,,\n\
        d1,1000,call_in,NaN,\n\
        d1,1000\n\
        d1,2000,call_in,30,\n";
    let (events, problems) = read_lines("events.csv", text.as_bytes());
    assert_eq!(events, 2);
    let expected = [
        "events.csv:1: column \"colour\" is not part of the format and is left out",
        "events.csv:3: `at` is \"вчера\"; expected an instant like 2026-03-01T09:00:00+03:00, or whole Unix milliseconds",
        "events.csv:4: `kind` is \"exploded\"; expected a kind of event such as `created`",
        "events.csv:5: `deal` is empty",
        "events.csv:6: `amount` is \"NaN\"; expected a number below 90 trillion",
        "events.csv:7: `kind` is empty",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn windows_1251_is_named_as_such_and_ascii_lines_survive() {
    let mut text = b"deal,at,kind,text\nd1,1000,created,ok\nd1,2000,note_added,".to_vec();
    text.extend(b"\xcf\xf0\xe8\xe2\xe5\xf2\n");
    let (events, problems) = read_lines("events.csv", &text);
    assert_eq!(events, 1);
    assert!(
        problems[0].contains("events.csv:3") && problems[0].contains("not UTF-8"),
        "{problems:?}"
    );
}

#[test]
fn the_same_id_is_the_same_event() {
    let text = "id,deal,at,kind\ne1,d1,1000,created\ne1,d1,1000,created\n,d1,2000,note_added\n,d1,2000,note_added\n";
    let (events, problems) = read_lines("events.csv", text.as_bytes());
    assert_eq!(events, 3, "without an id equal lines are two events");
    assert_eq!(
        problems,
        ["events.csv:3: `id` \"e1\" stands twice; the first one counts"]
    );
}

#[test]
fn seq_orders_equal_instants() {
    let text = "seq,deal,at,kind\n2,d1,1000,note_added\n1,d1,1000,created\n";
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Csv, &[]);
    std::fs::write(folder.path().join("events.csv"), text).unwrap();
    let history = read_folder(folder.path(), &Options::default()).unwrap();
    let kinds: Vec<_> = history
        .timelines
        .iter()
        .next()
        .unwrap()
        .iter()
        .map(|e| e.kind)
        .collect();
    assert_eq!(kinds, [Kind::Created, Kind::NoteAdded]);
}

#[test]
fn parts_and_packed_files_are_one_list() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Csv, &[]);
    std::fs::remove_file(folder.path().join("events.csv")).unwrap();
    let packed = zstd::encode_all(&b"deal,at,kind\nd1,1000,created\n"[..], 1).unwrap();
    std::fs::write(folder.path().join("events-1.csv.zst"), packed).unwrap();
    std::fs::write(
        folder.path().join("events-2.jsonl"),
        "{\"deal\":\"d1\",\"at\":2000,\"kind\":\"meeting\"}\n",
    )
    .unwrap();
    let history = read_folder(folder.path(), &Options::default()).unwrap();
    assert_eq!(
        (history.timelines.events(), history.timelines.deals()),
        (2, 1)
    );
}

#[test]
fn a_packed_file_cut_short_keeps_what_came_before() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Csv, &[]);
    std::fs::remove_file(folder.path().join("events.csv")).unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"deal,at,kind\n").unwrap();
    for i in 0..100_000 {
        writeln!(
            packer,
            "d{},{},created",
            i * 7919 % 100_003,
            i * 104_729 % 1_000_000_007u64
        )
        .unwrap();
    }
    let packed = packer.finish().unwrap();
    std::fs::write(
        folder.path().join("events.csv.gz"),
        &packed[..packed.len() / 2],
    )
    .unwrap();
    let history = read_folder(folder.path(), &Options::default()).unwrap();
    assert!(history.timelines.events() > 10_000);
    assert_eq!(history.problems.counts()["cut-short"], 1);
}

#[test]
fn jsonl_takes_numbers_for_ids_and_reports_strangers() {
    let text = "{\"deal\":7,\"at\":1000,\"kind\":\"created\",\"mood\":{\"a\":[1]}}\n{\"deal\"\n[]\n\n{\"deal\":7,\"at\":\"1970-01-01T00:00:02Z\",\"kind\":\"call_in\",\"amount\":\"12.5\"}\n";
    let (events, problems) = read_lines("events.jsonl", text.as_bytes());
    assert_eq!(events, 2);
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(
        problems[0].starts_with("events.jsonl:2: the line cannot be read"),
        "{problems:?}"
    );
}

#[test]
fn a_broken_parquet_file_is_an_error_not_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Parquet, &records());
    let path = folder.path().join("events.parquet");
    let whole = std::fs::read(&path).unwrap();
    for cut in (0..whole.len()).step_by(97) {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert!(
            read_folder(folder.path(), &Options::default()).is_err(),
            "cut at {cut}"
        );
    }
    for flip in (0..whole.len()).step_by(13) {
        let mut bytes = whole.clone();
        bytes[flip] ^= 0x55;
        std::fs::write(&path, &bytes).unwrap();
        // Whatever comes of it, it comes as a result.
        let _ = read_folder(folder.path(), &Options::default());
    }
}

#[test]
fn row_groups_of_any_size_are_read_side_by_side() {
    for rows in [1_000, 1_024, 65_536] {
        read_in_row_groups_of(rows);
    }
}

fn read_in_row_groups_of(rows: usize) {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;

    const ROWS: i64 = 40_000;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Format::Parquet, &[]);
    let deals: StringArray = (0..ROWS).map(|i| Some(format!("d{}", i % 977))).collect();
    let at: Int64Array = (0..ROWS).map(Some).collect();
    let kinds: StringArray = (0..ROWS).map(|_| Some("note_added")).collect();
    let columns: [(&str, ArrayRef); 3] = [
        ("deal", Arc::new(deals)),
        ("at", Arc::new(at)),
        ("kind", Arc::new(kinds)),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(rows))
        .build();
    let file = std::fs::File::create(folder.path().join("events.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();

    for _ in 0..4 {
        let history = read_folder(folder.path(), &Options::default()).unwrap();
        assert!(history.problems.is_empty(), "{:?}", history.problems.kept());
        assert_eq!(history.timelines.events(), ROWS as usize);
        let names = history
            .deals
            .iter()
            .map(|name| name[1..].parse::<i64>().unwrap());
        for (timeline, number) in history.timelines.iter().zip(names) {
            assert!(timeline.iter().all(|event| event.at % 977 == number));
        }
    }
}
