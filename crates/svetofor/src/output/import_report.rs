//! What an import has done, for people.

use std::fmt::Write;

use history::Instant;
use import::{Effect, Example, FileReport, ProblemGroup, Reason, Report};
use jiff::tz::TimeZone;
use wording::{Lang, Value, integer, one_line};

use crate::say::{self, Phrases, foreign};

/// Characters of all headers that a mapping does not use.
const UNUSED: usize = 600;
/// Characters of a name or of a cell.
const NAME: usize = 120;

/// What `import` itself writes in the place of a cell's value.
pub const NOTES: Phrases = &[
    ("({} lacks {})", "import-note-lacks"),
    ("{} (the table has {})", "import-note-nearest"),
    // A value is cut to a readable length, and what comes last is lost then.
    ("({} lacks {}", "import-note-lacks"),
    ("{} (the table has {}", "import-note-nearest"),
    ("{} instead of {}", "import-note-instead"),
    ("{} lines", "import-note-lines"),
    (
        "it is damaged; open it in a spreadsheet program and save it as XLSX or CSV",
        "import-note-damaged",
    ),
    (
        "{}; open it in a spreadsheet program and save it as XLSX or CSV",
        "import-note-open",
    ),
    ("{}; open it{}", "import-note-open"),
    ("it is no gzip file: {}", "import-note-gzip"),
    ("it is no readable XML: {}", "import-note-xml"),
    (
        "it is XML of an unknown kind; save it as XLSX or CSV",
        "import-note-xml-kind",
    ),
];

/// How a table was read.
pub const FORMS: Phrases = &[
    ("spreadsheet", "import-form-spreadsheet"),
    ("HTML table", "import-form-html"),
];

/// The report as text; days are those of the account's zone.
pub fn render(report: &Report, timezone: &str, lang: Lang) -> String {
    let mut page = Page {
        lang,
        zone: TimeZone::get(timezone).unwrap_or(TimeZone::UTC),
        out: String::new(),
    };
    page.line(0, "import-tables", &[]);
    report.files.iter().for_each(|file| page.file(file));
    page.written(report);
    if !report.set_aside.is_empty() {
        page.line(0, "import-set-aside", &[]);
    }
    for rows in &report.set_aside {
        let source = one_line(&rows.source, NAME);
        let because = one_line(&rows.because, NAME);
        page.counted(rows.rows, &format!("{source}: {because}"));
    }
    if report.problems.is_empty() {
        page.line(0, "import-no-problems", &[]);
    } else {
        page.line(0, "import-problems", &[]);
    }
    report.problems.iter().for_each(|group| page.group(group));
    page.out
}

struct Page {
    lang: Lang,
    zone: TimeZone,
    out: String,
}

impl Page {
    fn text(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        say::text(self.lang, id, args)
    }

    fn line(&mut self, indent: usize, id: &str, args: &[(&str, Value<'_>)]) {
        let text = self.text(id, args);
        // Writing into a string cannot fail.
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    fn counted(&mut self, count: u64, text: &str) {
        let count = integer(count as i64, self.lang);
        let _ = writeln!(self.out, "  {count:>12}  {text}");
    }

    fn file(&mut self, file: &FileReport) {
        let name = ("file", foreign(&file.file));
        let Some(source) = &file.source else {
            return self.line(2, "import-file-left-out", &[name]);
        };
        let form = say::phrase(FORMS, &file.form, self.lang);
        let args = [
            name,
            ("source", foreign(source)),
            ("rows", count(file.rows)),
            ("form", form.into()),
        ];
        self.line(2, "import-file", &args);
        if file.reference {
            self.line(4, "import-file-reference", &[]);
        } else {
            let args = [
                ("used", count(file.used)),
                ("aside", count(file.set_aside)),
                ("dropped", count(file.dropped)),
            ];
            self.line(4, "import-file-rows", &args);
        }
        if !file.unused_columns.is_empty() {
            let columns = one_line(&file.unused_columns.join(", "), UNUSED);
            self.line(4, "import-file-unused", &[("columns", columns.into())]);
        }
    }

    fn written(&mut self, report: &Report) {
        self.line(0, "import-written", &[]);
        let events = ("events", count(report.events_written()));
        self.line(
            2,
            "import-written-events",
            &[events, ("deals", count(report.deals))],
        );
        let args = [
            ("employees", count(report.employees)),
            ("groups", count(report.groups)),
            ("stages", count(report.stages)),
        ];
        self.line(2, "import-written-people", &args);
        if let Some((first, last)) = report.span {
            let args = [
                ("from", self.day(first).into()),
                ("to", self.day(last).into()),
            ];
            self.line(2, "import-span", &args);
        }
        for (kind, count) in &report.events {
            let words = self.text(&format!("import-kind-{}", kind.as_str()), &[]);
            self.counted(*count, &format!("{words} ({})", kind.as_str()));
        }
    }

    fn day(&self, at: Instant) -> String {
        match jiff::Timestamp::from_millisecond(at) {
            Ok(at) => wording::date(self.zone.to_datetime(at).date(), self.lang),
            Err(_) => at.to_string(),
        }
    }

    fn group(&mut self, group: &ProblemGroup) {
        let reason = reason(group.reason, self.lang);
        let effect = self.text(effect_id(group.effect), &[]);
        let file = one_line(&group.file, NAME);
        let code = group.reason.code();
        self.counted(group.count, &format!("{file}: {reason}; {effect} ({code})"));
        for example in &group.examples {
            let text = self.example(group, example);
            let _ = writeln!(self.out, "                {text}");
        }
    }

    fn example(&self, group: &ProblemGroup, example: &Example) -> String {
        let mut place = one_line(&group.file, NAME);
        if let Some(line) = example.line {
            let _ = write!(place, ":{line}");
        }
        if !group.column.is_empty() {
            let _ = write!(place, " [{}]", one_line(&group.column, NAME));
        }
        let value = match example.value.as_str() {
            "" => self.text("import-empty", &[]),
            value if is_note(group.reason) => say::phrase(NOTES, value, self.lang),
            value => self.text("import-value", &[("value", foreign(value))]),
        };
        format!("{place}: {value}")
    }
}

fn count(count: u64) -> Value<'static> {
    Value::Count(count as i64)
}

/// Whether the example is a note of the import and no cell of the table.
fn is_note(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::FileUnknown
            | Reason::FileUnreadable
            | Reason::SourceAbsent
            | Reason::ColumnMissing
            | Reason::RowTooLong
            | Reason::RowTooShort
            | Reason::RowRunsOn
    )
}

/// Why something could not be placed.
pub fn reason(reason: Reason, lang: Lang) -> String {
    let id = format!("import-reason-{}", reason.code());
    if say::catalogue(lang).has(&id) {
        say::text(lang, &id, &[])
    } else {
        reason.to_string()
    }
}

fn effect_id(effect: Effect) -> &'static str {
    match effect {
        Effect::FileLeftOut => "import-effect-file",
        Effect::RowDropped => "import-effect-row",
        Effect::EventDropped => "import-effect-event",
        Effect::ValueDropped => "import-effect-value",
        Effect::Kept => "import-effect-kept",
    }
}

#[cfg(test)]
mod tests {
    use history::Kind;

    use super::*;

    #[test]
    fn every_reason_and_every_kind_of_event_has_words() {
        for lang in Lang::ALL {
            let words = say::catalogue(lang);
            for reason in Reason::ALL {
                let id = format!("import-reason-{}", reason.code());
                assert!(words.has(&id), "{lang}: {id}");
            }
            for kind in Kind::ALL {
                let id = format!("import-kind-{}", kind.as_str());
                assert!(words.has(&id), "{lang}: {id}");
            }
            for (_, id) in NOTES.iter().chain(FORMS) {
                assert!(words.has(id), "{lang}: {id}");
            }
        }
    }

    #[test]
    fn the_report_speaks_russian() {
        let file = FileReport {
            file: "calls.csv".into(),
            source: Some("calls".into()),
            form: "spreadsheet".into(),
            rows: 21,
            used: 19,
            set_aside: 1,
            dropped: 1,
            reference: false,
            unused_columns: vec!["Tag".into(), "Link\u{1b}[31m".into()],
        };
        let group = |reason, effect, column: &str, line, value: &str| ProblemGroup {
            file: "calls.csv".into(),
            reason,
            effect,
            column: column.into(),
            count: 1,
            examples: vec![Example {
                line,
                value: value.into(),
            }],
        };
        let report = Report {
            files: vec![
                file,
                FileReport {
                    file: "b.csv".into(),
                    ..FileReport::default()
                },
            ],
            events: vec![(Kind::Created, 2), (Kind::CallOut, 19)],
            deals: 2,
            employees: 1,
            stages: 5,
            // 31 December, 22:00 of the world and already 1 January in Moscow.
            span: Some((1_767_218_400_000, 1_767_218_400_000)),
            problems: vec![
                group(
                    Reason::BadDate,
                    Effect::EventDropped,
                    "start",
                    Some(3),
                    "вчера",
                ),
                group(
                    Reason::RowTooShort,
                    Effect::Kept,
                    "",
                    Some(7),
                    "3 instead of 4",
                ),
            ],
            ..Report::default()
        };
        let told = wording::plain_spaces(&render(&report, "Europe/Moscow", Lang::Ru));
        let expected = "\
Таблицы
  calls.csv: calls, 21 строка (электронная таблица)
    размещено 19, отложено намеренно 1, не размещено 1
    не понадобились столбцы: Tag, Link
  b.csv: таблица пропущена
Записано
  21 событие, 2 сделки
  1 сотрудник, 0 групп, 5 этапов
  с 1 янв 2026 по 1 янв 2026
             2  сделка создана (created)
            19  исходящий звонок (call_out)
Что не удалось разместить или сомнительно
             1  calls.csv: дата не читается; событие пропущено (bad-date)
                calls.csv:3 [start]: «вчера»
             1  calls.csv: ячеек меньше, чем в заголовке, остальные считаются пустыми; ничего не потеряно (row-too-short)
                calls.csv:7: 3 вместо 4
";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_real_report_lacks_no_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log.csv");
        let rows = "case,activity,time,spare\n1,a,2026-01-01 10:00:00,x\n1,b,soon,x\n2,a\n";
        std::fs::write(&log, rows).expect("a file");
        let odd = folder.path().join("odd.csv");
        std::fs::write(&odd, "a,b\n1,2\n").expect("a file");
        let text = import::builtin("event-log").expect("a mapping");
        let mapping = import::Mapping::parse(text, "event-log.toml").expect("a mapping");
        let (out, csv) = (folder.path().join("out"), history::write::Format::Csv);
        let report = import::run(&mapping, &[log, odd], &out, csv, None).expect("an import");
        for lang in Lang::ALL {
            let told = render(&report, &mapping.account().timezone, lang);
            println!("{told}");
            assert!(!told.contains('⟨') && !told.contains("{$"), "{told}");
        }
    }
}
