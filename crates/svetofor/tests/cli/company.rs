//! `svetofor company`, `backup` and `restore`.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::serve;
use crate::server::Server;
use crate::support::{Case, Ran, command, run, text};

/// A folder for data, and the commands that work on it.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Office {
        Office {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn run(&self, args: &[&str]) -> Ran {
        on(&self.data(), args)
    }

    /// Adds a company; its id.
    fn add(&self, args: &[&str]) -> String {
        let all = [&["company", "add"], args].concat();
        let ran = self.run(&all).well();
        let line = ran.out.lines().next().unwrap();
        line.rsplit(' ').next().unwrap().to_owned()
    }

    fn import(&self, company: &str, history: &Path) -> Ran {
        self.run(&["company", "import", company, text(history)])
    }

    fn server(&self) -> Server {
        Server::start(serve::command(&self.data(), "127.0.0.1:0"))
    }
}

fn on(data: &Path, args: &[&str]) -> Ran {
    run(&[args, &["--lang", "en", "--data", text(data)]].concat())
}

const NOW: &str = "2026-03-20T12:00:00+03:00";

fn audited(history: &Path, regulation: &Path) -> String {
    let args = [
        "audit",
        text(history),
        "--regulation",
        text(regulation),
        "--now",
        NOW,
        "--format",
        "jsonl",
    ];
    run(&args).well().out
}

#[test]
fn a_history_goes_in_and_comes_out_again() {
    let (office, case) = (Office::new(), Case::new());
    let regulation = case.path("regulation.toml");
    let id = office.add(&["Окна", "--regulation", text(&regulation)]);
    let ran = office.import(&id, case.folder.path()).well();
    assert!(
        ran.out.contains("7 events were new, 0 known"),
        "{}",
        ran.out
    );
    let ran = office.import("Окна", case.folder.path()).well();
    assert!(
        ran.out.contains("0 events were new, 7 known"),
        "{}",
        ran.out
    );
    let list = office.run(&["company", "list"]).well().out;
    for word in [&*id, "Окна", "Europe/Moscow", "7"] {
        assert!(list.contains(word), "{word}: {list}");
    }

    let out = office.path("out");
    let export = ["company", "export", &id, "--out", text(&out)];
    let ran = office.run(&export).well();
    assert!(ran.out.contains("7 events"), "{}", ran.out);
    let found = audited(case.folder.path(), &regulation);
    assert!(found.lines().count() > 3, "{found}");
    assert_eq!(
        audited(&out.join("history"), &out.join("regulation")),
        found
    );
    office.run(&export).refused(&["already", "out"]);
}

#[test]
fn what_is_broken_is_named_and_the_rest_imported() {
    let office = Office::new();
    let events = "deal,at,kind\nd1,2026-03-02T10:00:00+03:00,created\nd2,yesterday,created\n";
    let case = Case::new().put("events.csv", events);
    let id = office.add(&["Окна"]);
    let ran = office.import(&id, case.folder.path()).well();
    assert!(ran.err.contains("events.csv:3"), "{}", ran.err);
    assert!(ran.out.contains("1 event was new"), "{}", ran.out);
    assert!(ran.out.contains("1 problem"), "{}", ran.out);
}

#[test]
fn an_administrator_gets_a_link() {
    let office = Office::new();
    let add = ["company", "add", "Двери", "--administrator", "anna"];
    let out = office.run(&add).well().out;
    let link = out.lines().last().unwrap().trim().to_owned();
    let server = office.server();
    assert!(server.get(&link).contains("value=\"anna\""), "{out}");
}

#[test]
fn beside_a_server_one_reads_and_does_not_restore() {
    let (office, case) = (Office::new(), Case::new());
    let id = office.add(&["Окна"]);
    office.import(&id, case.folder.path()).well();
    let server = office.server();
    let backup = office.path("backup.db");
    office
        .run(&["restore", text(&backup)])
        .refused(&["another svetofor"]);

    let list = office.run(&["company", "list"]).well();
    assert!(list.out.contains(&id));
    let out = office.path("out");
    office
        .run(&["company", "export", &id, "--out", text(&out)])
        .well();
    office.run(&["backup", text(&backup)]).well();
    assert_eq!(server.stop().status.code(), Some(0));
}

#[test]
fn a_backup_is_put_back_into_an_empty_place() {
    let (office, case) = (Office::new(), Case::new());
    let id = office.add(&["Окна"]);
    office.import(&id, case.folder.path()).well();
    let backup = office.path("backup.db");
    let ran = office.run(&["backup", text(&backup)]).well();
    assert!(ran.out.contains("svetofor restore"), "{}", ran.out);
    let fresh = office.path("fresh");
    on(&fresh, &["restore", text(&backup)]).well();
    let list = |data: &Path| on(data, &["company", "list"]).well().out;
    assert_eq!(list(&fresh), list(&office.data()));

    let again = on(&fresh, &["restore", text(&backup)]);
    again.refused(&["svetofor.db", "already"]);
    let again = office.run(&["backup", text(&backup)]);
    again.refused(&["backup.db", "already"]);
    let other = office.path("other");
    let letter = case.path("events.csv");
    let wrong = on(&other, &["restore", text(&letter)]);
    wrong.refused(&["events.csv", "no store"]);
    let missing = on(&other, &["restore", "/nowhere/backup.db"]);
    missing.refused(&["/nowhere/backup.db"]);
    let nothing = on(&other, &["backup", text(&office.path("b.db"))]);
    nothing.refused(&["no store", "--data"]);
    assert!(!office.path("b.db").exists());
}

#[test]
fn postgresql_has_tools_of_its_own() {
    for (name, tool) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
        for lang in ["ru", "en"] {
            let mut command = command(&[name, "file.db", "--lang", lang]);
            command.env("DATABASE_URL", "postgres://u:s3cret@127.0.0.1:1/x");
            let output = command.output().unwrap();
            assert_eq!(output.status.code(), Some(2));
            let err = String::from_utf8(output.stderr).unwrap();
            assert!(err.contains(tool) && err.contains("file.db"), "{err}");
            assert!(!err.contains("s3cret"), "{err}");
            assert_eq!(err.contains("the store is"), lang == "en", "{err}");
        }
    }
}

#[test]
fn what_cannot_be_is_told() {
    let (office, case) = (Office::new(), Case::new());
    let add = |args: &[&str]| office.run(&[&["company", "add"], args].concat());
    add(&[""]).refused(&["name"]);
    add(&["Окна", "--timezone", "Nowhere/City"]).refused(&["--timezone"]);
    add(&["Окна", "--currency", "рубль"]).refused(&["--currency"]);
    add(&["Окна", "--regulation", "/nowhere.toml"]).refused(&["/nowhere.toml"]);
    let events = case.path("events.csv");
    add(&["Окна", "--regulation", text(&events)]).refused(&["events.csv"]);

    let out = office.path("out");
    let export = ["company", "export", "x", "--out", text(&out)];
    // Nothing was added so far, but the store is there.
    office.run(&export).refused(&["no company", "x"]);
    let nowhere = office.path("nowhere");
    on(&nowhere, &["company", "list"]).refused(&["no store", "--data"]);
    assert!(!nowhere.exists());

    let id = office.add(&["Окна"]);
    office
        .import("x", case.folder.path())
        .refused(&["no company"]);
    let missing = office.import(&id, Path::new("/nowhere"));
    missing.refused(&["/nowhere"]);
    let empty = office.path("empty");
    std::fs::create_dir(&empty).unwrap();
    office.import(&id, &empty).refused(&["account.json"]);
    add(&["Двери", "--administrator", "a b"]).refused(&["--administrator"]);
}
