//! Exports as people get them from CRMs (made up), in every form that files come in.

mod common;

use std::path::PathBuf;

use common::{Imported, file, import};
use history::{Kind, StageKind};
use import::{Effect, Reason, builtin};

fn sample(name: &str) -> PathBuf {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.join("tests/samples").join(name)
}

fn by(name: &str, files: &[PathBuf]) -> Imported {
    import(builtin(name).expect("a mapping"), files)
}

/// The events as lines: deal, instant, kind and what else the line holds.
fn events(imported: &Imported) -> Vec<String> {
    let path = imported.folder.path().join("history/events.csv");
    let mut reader = csv::Reader::from_path(path).expect("events");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| {
        let filled: Vec<&str> = row.iter().filter(|cell| !cell.is_empty()).collect();
        filled.join(" ")
    })
    .collect()
}

#[test]
fn every_mapping_that_comes_along_can_be_read() {
    for (name, text) in import::BUILTIN {
        let mapping = import::Mapping::parse(text, name);
        assert!(mapping.is_ok(), "{}", mapping.unwrap_err());
        assert!(builtin(&format!("{name}.toml")).is_some());
    }
    assert!(builtin("nothing").is_none());
}

#[test]
fn the_mapping_of_the_manual_is_one() {
    for manual in [
        include_str!("../../../docs/import.ru.md"),
        include_str!("../../../docs/import.en.md"),
    ] {
        let blocks = manual.split("```toml\n").skip(1);
        let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
        let whole: Vec<&str> = blocks.filter(|b| b.contains("[account]")).collect();
        assert_eq!(whole.len(), 1);
        let mapping = import::Mapping::parse(whole[0], "manual");
        assert!(mapping.is_ok(), "{}", mapping.unwrap_err());
        let wrong = whole[0].replace("at = \"created\"", "at = \"creatd\"");
        let told = import::Mapping::parse(&wrong, "my.toml").expect_err("a mistake");
        let told = told.to_string();
        let place = told.split(": ").next().unwrap_or_default();
        assert!(manual.contains(&format!("{place}: ")), "{told}");
        // Every reason that a report may name is explained.
        for reason in Reason::ALL {
            let code = format!("`{}`", reason.code());
            assert!(manual.contains(&code), "{code}");
        }
    }
}

#[test]
fn amocrm_deals_and_tasks() {
    let files = [sample("amocrm-tasks.csv"), sample("amocrm-deals.csv")];
    let imported = by("amocrm-deals", &files);
    let (report, history) = (&imported.report, &imported.history);
    assert!(history.problems.is_empty());
    assert_eq!(report.deals, 5);
    assert_eq!(report.count(Reason::RowTwice), 1);
    assert_eq!(report.count(Reason::BadDate), 1);
    let notice = report
        .problems
        .iter()
        .find(|group| group.reason == Reason::Notice);
    assert!(notice.is_some_and(|n| n.column.contains("final stage") && n.count == 1));
    assert_eq!(report.events_of(Kind::TaskAdded), 3);
    assert_eq!(report.events_of(Kind::TaskCompleted), 2);
    assert_eq!(report.count(Reason::JoinNotFound), 1);
    let aside: Vec<u64> = report.set_aside.iter().map(|rows| rows.rows).collect();
    assert_eq!(aside, [1, 1]);

    let kinds: Vec<(&str, StageKind)> = history
        .pipelines
        .stages
        .iter()
        .enumerate()
        .map(|(i, stage)| (history.pipelines.stage_ids.get(i as u32), stage.kind))
        .collect();
    assert!(kinds.contains(&("Розница: Успешно реализовано", StageKind::Won)));
    assert!(kinds.contains(&("Розница: Закрыто и не реализовано", StageKind::Lost)));
    assert!(kinds.contains(&("Опт: Новый запрос", StageKind::Open)));
    let lines = events(&imported);
    let has = |line: &str| assert!(lines.iter().any(|l| l == line), "{line}\n{lines:#?}");
    // Budgets with spaces and signs, names with double spaces, robots that are nobody.
    has(
        "20115001 2026-09-01T07:15:00.000Z created Розница: Переговоры Анна Ветрова \
         Окна — Берёзкин, Тула 1250000 Пётр Берёзкин",
    );
    has(
        "20115002 2026-09-01T08:40:12.000Z created Анна Ветрова Розница: до закрытия Борис Лугов \
         Балкон — Ольхина 84500.5 Ольга Ольхина",
    );
    has("20115002 2026-09-05T15:20:00.000Z stage_changed Розница: Успешно реализовано");
    // A date without a time is the end of that day; the reason comes before the stage.
    has("20115003 2026-09-02T20:59:59.000Z loss_reason_set Дорого");
    has("20115001 2026-09-01T07:15:00.000Z field_set Тула Город");
    has("20115004 2026-09-02T15:00:00.000Z task_completed Анна Ветрова row 4 +");
}

#[test]
fn encodings_and_orders_make_no_difference() {
    let text = std::fs::read_to_string(sample("amocrm-deals.csv")).expect("a sample");
    let text = text
        .replace('₽', "руб.")
        .replace("Бюджет, руб.", "Бюджет, руб");
    let folder = tempfile::tempdir().expect("a folder");
    let (legacy, _, lossy) = encoding_rs::WINDOWS_1251.encode(&text);
    assert!(!lossy);
    let mut wide = vec![0xff, 0xfe];
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, text.as_bytes()).expect("memory");
    let files = [
        file(&folder, "utf8.csv", &text),
        file(&folder, "bom.csv", format!("\u{feff}{text}")),
        file(&folder, "legacy.csv", &legacy),
        file(&folder, "wide.csv", &wide),
        file(&folder, "packed.csv.gz", packed.finish().expect("memory")),
        file(
            &folder,
            "semicolons.csv",
            format!("sep=,\r\n{}", text.replace('\n', "\r\n")),
        ),
    ];
    let expected = events(&by("amocrm-deals", &files[..1]));
    assert_eq!(expected.len(), 14);
    for path in &files[1..] {
        assert_eq!(
            events(&by("amocrm-deals", std::slice::from_ref(path))),
            expected
        );
    }
    let tasks = sample("amocrm-tasks.csv");
    let one = events(&by("amocrm-deals", &[files[0].clone(), tasks.clone()]));
    let other = events(&by("amocrm-deals", &[tasks, files[0].clone()]));
    assert_eq!(one, other);
}

#[test]
fn amocrm_tasks_alone() {
    let imported = by("amocrm-tasks", &[sample("amocrm-tasks.csv")]);
    let report = &imported.report;
    assert!(imported.history.problems.is_empty());
    assert_eq!((report.deals, report.events_of(Kind::TaskAdded)), (3, 4));
    assert_eq!(report.rows_dropped(), 0);
}

#[test]
fn bitrix24_deals_and_tasks() {
    let files = [sample("bitrix24-deals.xls"), sample("bitrix24-tasks.csv")];
    let imported = by("bitrix24-deals", &files);
    let report = &imported.report;
    assert!(imported.history.problems.is_empty());
    assert_eq!(report.deals, 3);
    assert_eq!(report.files[0].form, "HTML table");
    assert_eq!(report.events_of(Kind::TaskAdded), 2);
    assert_eq!(report.events_of(Kind::TaskCompleted), 1);
    // A task of a contact alone has no deal to be found by.
    assert_eq!(report.count(Reason::JoinKeyEmpty), 2);
    let lines = events(&imported);
    let has = |line: &str| assert!(lines.iter().any(|l| l == line), "{line}\n{lines:#?}");
    has(
        "813 2026-09-01T09:00:00.000Z created Продажи: до закрытия Борис Лугов \
         Забор \"Лес\" & ворота 84500.5 ООО «Ромашка» Веб-сайт",
    );
    has("813 2026-09-05T20:59:59.000Z stage_changed Продажи: Сделка успешна");
    has("814 2026-09-03T10:00:00.000Z stage_changed Продажи: Сделка провалена");

    let alone = by("bitrix24-tasks", &[sample("bitrix24-tasks.csv")]);
    assert!(alone.history.problems.is_empty());
    assert_eq!(alone.report.events_of(Kind::TaskAdded), 3);
}

#[test]
fn spreadsheets_keep_their_types() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let header = [
        "ID",
        "Название сделки",
        "Бюджет",
        "Ответственный",
        "Дата создания",
        "Этап сделки",
        "Дата закрытия",
    ];
    sheet
        .write_string(0, 0, "Выгрузка из amoCRM")
        .expect("a cell");
    sheet.write_row(2, 0, header).expect("a header");
    let moment = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let at = ExcelDateTime::parse_from_str("2026-09-01T10:15:00").expect("a date");
    let on = ExcelDateTime::parse_from_str("2026-09-03").expect("a date");
    for (row, id) in [(3u32, 20_115_001.0), (4, 5_805_028_000_056_864_695.0)] {
        sheet.write_number(row, 0, id).expect("a cell");
        sheet.write_string(row, 1, "Окна").expect("a cell");
        sheet.write_number(row, 2, 1_250.125).expect("a cell");
        sheet.write_string(row, 3, "Анна Ветрова").expect("a cell");
        sheet
            .write_datetime_with_format(row, 4, &at, &moment)
            .expect("a cell");
        sheet
            .write_string(row, 5, "Успешно реализовано")
            .expect("a cell");
        sheet
            .write_datetime_with_format(row, 6, &on, &day)
            .expect("a cell");
    }
    // A stray cell far away must not fill the memory.
    sheet.write_string(900_000, 16_000, "x").expect("a cell");
    book.add_worksheet()
        .write_string(0, 0, "Справка")
        .expect("a cell");
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(
        &folder,
        "deals.xlsx",
        book.save_to_buffer().expect("a book"),
    );
    let mapping = builtin("amocrm-deals").expect("a mapping");
    let mapping = mapping.replace("[source.deals]", "[source.deals]\nskip_lines = 2");
    let imported = import(&mapping, &[path]);
    let report = &imported.report;
    assert_eq!(report.deals, 2);
    assert!(
        report.count(Reason::LostDigits) > 0,
        "an id of 19 digits as a number"
    );
    let lines = events(&imported);
    let first = "20115001 2026-09-01T07:15:00.000Z created Основная воронка";
    assert!(
        lines.iter().all(|line| !line.starts_with(first)),
        "no pipeline in the id"
    );
    let created =
        "20115001 2026-09-01T07:15:00.000Z created до закрытия Анна Ветрова Окна 1250.125";
    assert!(lines.contains(&created.to_owned()), "{lines:#?}");
    let closed = "20115001 2026-09-03T20:59:59.000Z stage_changed Успешно реализовано";
    assert!(lines.contains(&closed.to_owned()), "{lines:#?}");
    let left_out = report
        .problems
        .iter()
        .filter(|g| g.effect == Effect::FileLeftOut);
    assert_eq!(left_out.count(), 1, "the second sheet");
}

#[test]
fn event_logs_in_xes() {
    let imported = by("event-log", &[sample("log.xes")]);
    let report = &imported.report;
    assert!(imported.history.problems.is_empty());
    assert_eq!((report.deals, report.rows()), (2, 5));
    assert_eq!(report.set_aside[0].rows, 1);
    assert_eq!(
        events(&imported),
        [
            "case & 1 2026-03-01T06:00:00.000Z created Ann Register Ann 1500.5",
            "case & 1 2026-03-01T07:30:00.000Z responsible_changed Bob Bob",
            "case & 1 2026-03-01T07:30:00.000Z stage_changed Bob Examine",
            "case 2 2026-03-02T06:00:00.000Z created Register",
            "case 2 2026-03-02T06:00:00.000Z responsible_changed Ann Ann",
            "case 2 2026-03-02T06:00:00.000Z stage_changed Ann Closed",
        ]
    );
}
