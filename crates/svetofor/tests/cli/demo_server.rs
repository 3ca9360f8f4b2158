//! `svetofor demo` as a server.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::Value;

use crate::server::Server;
use crate::support::{command, run, text};

const ACCESSES: [&str; 10] = [
    "employee",
    "lead",
    "coordinator",
    "specialist",
    "head",
    "director",
    "administrator",
    "client_manager",
    "interviewer",
    "shopper",
];

fn demo(args: &[&str]) -> Command {
    command(&[&["demo", "--lang", "en", "--listen", "127.0.0.1:0"], args].concat())
}

fn body(answer: &str) -> Value {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    serde_json::from_str(body).unwrap()
}

#[test]
fn everybody_comes_in_by_what_the_demo_says() {
    let folder = tempfile::tempdir().unwrap();
    let (accounts, data) = (
        folder.path().join("accounts.json"),
        folder.path().join("data"),
    );
    // What stood there before is neither kept nor left open to others.
    std::fs::write(&accounts, "x".repeat(10_000)).unwrap();
    let args = ["--accounts", text(&accounts), "--data", text(&data)];
    let server = Server::start(demo(&args));
    assert!(server.get("/health").ends_with("ok\n"));
    assert!(server.get("/ready").starts_with("HTTP/1.1 200 "));
    let mode = std::fs::metadata(&accounts).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let written = std::fs::read_to_string(&accounts).unwrap();
    let written: Vec<Value> = serde_json::from_str(&written).unwrap();
    let roles: Vec<&str> = written
        .iter()
        .map(|one| one["role"].as_str().unwrap())
        .collect();
    assert_eq!(roles, ACCESSES);
    for one in &written {
        let token = one["token"].as_str().unwrap();
        let me = body(&server.get_by("/api/v1/me", token));
        assert_eq!((&me["access"], &me["login"]), (&one["role"], &one["login"]));
        let has_employee = ["employee", "lead"].contains(&one["role"].as_str().unwrap());
        assert_eq!(me.get("employee").is_some(), has_employee, "{me}");
        for secret in ["login", "password", "token"] {
            let secret = one[secret].as_str().unwrap();
            assert!(server.said.contains(secret), "{}", server.said);
        }
    }
    // The light of the very company that is served.
    assert!(server.said.contains("Светлана Дёмина"), "{}", server.said);
    let list = run(&["company", "list", "--data", text(&data)]).well();
    assert!(list.out.contains("Второй ход"), "{}", list.out);

    let output = server.stop();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(!err.contains("ERROR"), "{err}");
    for one in &written {
        assert!(!err.contains(one["token"].as_str().unwrap()), "{err}");
    }

    // The made-up company is not put among others, not even beside itself.
    let ran = run(&[
        "demo",
        "--lang",
        "en",
        "--data",
        text(&data),
        "--listen",
        "127.0.0.1:0",
    ]);
    ran.refused(&["holds companies already", "svetofor serve --data"]);
}

#[test]
fn what_keeps_it_from_serving_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = run(&["demo", "--lang", "en", "--listen", &address]);
    ran.refused(&["cannot listen", &address]);
    let output = demo(&["--accounts", "/nowhere/accounts.json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("/nowhere/accounts.json"), "{err}");
}
