//! Running the program, and a small history to run it on.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What came of a run.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// What the program calls something: the text of a message without variables.
pub fn message(lang: &str, id: &str) -> &'static str {
    let messages = match lang {
        "ru" => include_str!("../../messages/ru.ftl"),
        _ => include_str!("../../messages/en.ftl"),
    };
    let mut texts = messages
        .lines()
        .filter_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
    texts.next().expect(id)
}

pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    // The demo leaves its report where it is run.
    let folder = env!("CARGO_TARGET_TMPDIR");
    command.args(args).current_dir(folder).stdin(Stdio::null());
    // A store is in a folder unless a test says otherwise.
    command.env_remove("DATABASE_URL").env_remove("RUST_LOG");
    command
}

pub fn run(args: &[&str]) -> Ran {
    let output = command(args).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// Nothing went wrong.
    pub fn well(self) -> Ran {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    /// It was refused, and said so in these words.
    pub fn refused(self, words: &[&str]) -> Ran {
        assert_eq!(self.code, Some(2), "{}\n{}", self.out, self.err);
        assert_eq!(self.out, "");
        for word in words {
            assert!(self.err.contains(word), "{word:?} not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

pub const EVENTS: &str = "\
deal,at,kind,actor,stage,employee,task,due,text,field,amount,client,channel
d1,2026-03-02T10:00:00+03:00,created,,new,anna,,,Окна — Иванова,,180000.5,c1,site
d1,2026-03-02T10:40:00+03:00,call_out,anna,,anna,,,,,75,,
d2,2026-03-02T10:00:00+03:00,created,,new,boris,,,Двери — Орлов,,90000,c2,site
d3,2026-03-03T10:00:00+03:00,created,,new,anna,,,Балкон — Седов,,,,
d3,2026-03-05T10:00:00+03:00,stage_changed,anna,won,,,,,,,,
d4,2026-03-04T10:00:00+03:00,created,,new,,,,Кухня — Белова,,0,,
d4,2026-03-06T18:00:00+03:00,note_added,anna,,,,,Ждёт расчёта,,,,
";

pub const PEOPLE: &str =
    "id,name,group,role\nanna,Анна,north,seller\nboris,Борис,north,seller\nclara,Клара,,lead\n";

pub const STAGES: &str = "pipeline,pipeline_name,stage,stage_name,sort,kind\n\
    sales,Продажи,new,Новая,1,open\nsales,Продажи,won,Продано,2,won\n";

pub const REGULATION: &str = r#"
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
pub struct Case {
    pub folder: TempDir,
}

impl Case {
    pub fn new() -> Case {
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

    pub fn put(self, name: &str, text: &str) -> Case {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn audit(&self, args: &[&str]) -> Ran {
        let (history, regulation) = (self.folder.path(), self.path("regulation.toml"));
        let mut all = vec!["audit", text(history), "--regulation", text(&regulation)];
        all.extend(args);
        run(&all)
    }

    /// The findings of a run that goes well.
    pub fn findings(&self, args: &[&str]) -> Vec<Value> {
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

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn at(finding: &Value) -> &str {
    finding["at"].as_str().unwrap()
}

/// Nothing that a terminal obeys, and nothing that turns or hides a text.
pub fn harmless(shown: &str) {
    let harmful = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    if let Some(place) = shown.find(harmful) {
        let line = shown.lines().find(|line| line.contains(harmful));
        panic!("{:?} in {line:?}", &shown[place..].chars().next());
    }
}
