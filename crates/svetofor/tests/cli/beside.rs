//! Companies added to and imported into while a server holds the store.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;
use store::{Place, Store, companies};
use tempfile::TempDir;

use crate::serve;
use crate::server::Server;
use crate::support::{Case, Ran, command, run, text};

/// A folder for data, and the commands that work on it.
struct Office {
    folder: TempDir,
    data: PathBuf,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Office { folder, data }
    }

    fn server(&self) -> Server {
        Server::start(serve::command(&self.data, "127.0.0.1:0"))
    }

    fn add(&self, name: &str) -> String {
        let out = run(&[
            "company",
            "add",
            name,
            "--lang",
            "en",
            "--data",
            text(&self.data),
        ]);
        out.well().out.trim().rsplit(' ').next().unwrap().to_owned()
    }

    fn import(&self, args: &[&str]) -> Ran {
        let fixed = [
            "company",
            "import",
            "--lang",
            "en",
            "--data",
            text(&self.data),
        ];
        run(&[&fixed[..], args].concat())
    }

    /// An import that goes on by itself.
    fn begin(&self, company: &str, history: &Path) -> Child {
        let args = ["company", "import", company, text(history), "--lang", "en"];
        let mut command = command(&args);
        command.arg("--data").arg(&self.data);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// Counts the events of a company while others write.
    fn counter(&self) -> impl Fn(&str) -> i64 {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let place = Place::Sqlite(self.data.join("svetofor.db"));
        let store = runtime.block_on(Store::join(&place)).unwrap();
        move |company| {
            runtime.block_on(async {
                let mut reader = store.reader().await.unwrap();
                let events = companies::sequence(&mut reader, company).await;
                events.unwrap()
            })
        }
    }
}

/// What the server counts of all companies.
fn counted(server: &Server) -> String {
    let metrics = server.get("/metrics");
    let mut lines = metrics.lines();
    let events = lines.find_map(|line| line.strip_prefix("svetofor_events "));
    events.expect(&metrics).to_owned()
}

#[test]
fn a_running_server_imports_what_a_command_asks_for() {
    let (office, case) = (Office::new(), Case::new());
    for args in [&[][..], &["--no-worker"][..]] {
        let mut command = serve::command(&office.data, "127.0.0.1:0");
        command.args(args);
        let server = Server::start(command);
        let before: i64 = counted(&server).parse().unwrap();
        let id = office.add("Окна");
        let ran = office.import(&[&id, text(case.folder.path())]).well();
        assert!(
            ran.out.contains("7 events were new, 0 known"),
            "{}",
            ran.out
        );
        let ran = office.import(&[&id, text(case.folder.path())]).well();
        assert!(
            ran.out.contains("0 events were new, 7 known"),
            "{}",
            ran.out
        );
        assert_eq!(counted(&server), (before + 7).to_string());
        assert_eq!(server.stop().status.code(), Some(0));
    }
}

#[test]
fn the_audit_of_the_server_follows() {
    let (office, case) = (Office::new(), Case::new());
    let accounts = office.folder.path().join("accounts.json");
    let mut demo = command(&["demo", "--lang", "en", "--listen", "127.0.0.1:0", "--data"]);
    demo.arg(&office.data).arg("--accounts").arg(&accounts);
    let server = Server::start(demo);
    let written: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(&accounts).unwrap()).unwrap();
    let director = written.iter().find(|one| one["role"] == "director");
    let token = director.unwrap()["token"].as_str().unwrap();
    let get = |path: &str, status: u16| -> Value {
        let answer = server.get_by(path, token);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        serde_json::from_str(body).unwrap()
    };
    get("/api/v1/deals/d4", 404);
    let before = get("/api/v1/figures", 200);
    let list = run(&["company", "list", "--data", text(&office.data)]);
    let list = list.well().out;
    let mut words = list.split_whitespace();
    let id = words.find(|word| word.len() == 36).unwrap();
    let regulation = case.path("regulation.toml");
    let history = text(case.folder.path());
    let ran = office.import(&[id, history, "--regulation", text(&regulation)]);
    assert!(ran.well().out.contains("7 events were new"));
    let deal = get("/api/v1/deals/d4", 200);
    assert_eq!(
        (&deal["title"], &deal["stage_name"]),
        (&"Кухня — Белова".into(), &"Новая".into())
    );
    assert_ne!(get("/api/v1/figures", 200), before);
}

#[test]
fn beside_a_server_the_same_is_said_as_without() {
    let events = "deal,at,kind\nd1,2026-03-02T10:00:00+03:00,created\nd2,yesterday,created\n";
    let case = Case::new().put("events.csv", events);
    let empty = tempfile::tempdir().unwrap();
    let twice = tempfile::tempdir().unwrap();
    for name in ["one.toml", "two.toml"] {
        std::fs::copy(case.path("regulation.toml"), twice.path().join(name)).unwrap();
    }
    let broken = case.path("events.csv");
    let history = text(case.folder.path());
    let imports = [
        vec![history],
        vec![history, "--regulation", text(&broken)],
        vec![text(empty.path())],
        vec!["/nowhere"],
    ];
    let said = |office: &Office| {
        let id = office.add("Окна");
        let imported = imports.iter().map(|args| {
            let ran = office.import(&[&[&*id], &args[..]].concat());
            (ran.code, ran.out, ran.err)
        });
        imported.collect::<Vec<_>>()
    };
    let alone = said(&Office::new());
    let office = Office::new();
    let _server = office.server();
    assert_eq!(said(&office), alone);
    assert!(alone[0].1.contains("1 event was new"), "{alone:?}");
    assert!(alone[0].2.contains("events.csv:3"), "{alone:?}");
    let codes: Vec<_> = alone.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, [Some(0), Some(2), Some(2), Some(2)]);
    assert!(alone[3].2.contains("/nowhere"), "{alone:?}");
    office.import(&["x", history]).refused(&["no company"]);
}

#[test]
fn an_import_outlives_the_death_of_the_server() {
    const DEALS: usize = 3_000;
    let mut lines = String::from("deal,at,kind\n");
    for deal in 0..DEALS {
        lines += &format!("d{deal},2026-03-02T10:00:00+03:00,created\n");
        lines += &format!("d{deal},2026-03-02T11:00:00+03:00,note_added\n");
    }
    let all = 2 * DEALS as i64;
    let case = Case::new().put("events.csv", &lines);
    let history = case.folder.path();
    let office = Office::new();
    let mut server = office.server();
    let events = office.counter();
    let mut cut = 0;
    for round in 0..4 {
        let id = office.add(&format!("company {round}"));
        let mut waiting = office.begin(&id, history);
        // Each time a bit later.
        while events(&id) <= round * all / 5 {
            std::thread::sleep(Duration::from_millis(2));
        }
        server.kill();
        cut += u32::from(events(&id) < all);
        let waits = round % 2 == 0;
        if !waits {
            waiting.kill().unwrap();
        }
        server = office.server();
        assert_eq!(waiting.wait().unwrap().success(), waits);
        let ran = office.import(&[&id, text(history)]).well();
        assert!(ran.out.contains("0 events were new"), "{}", ran.out);
        assert_eq!(events(&id), all);
    }
    assert!(cut > 0, "it was always killed too late");
}
