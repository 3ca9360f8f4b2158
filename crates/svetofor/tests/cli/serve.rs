//! The server as a process: how it starts, what it says, how it stops.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::server::Server;

pub fn command(data: &Path, listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    command
        .args(["serve", "--lang", "en", "--listen", listen, "--data"])
        .arg(data)
        .env_remove("DATABASE_URL")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null());
    command
}

fn refused(mut command: Command, words: &[&str]) {
    let output = command.output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    for word in words {
        assert!(err.contains(word), "{word:?} not in: {err}");
    }
}

#[test]
fn it_starts_with_a_link_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Server::start(command(&data, "127.0.0.1:0"));
    let link = server.link();
    assert!(link.starts_with("/link/"), "{link}");
    let mode = std::fs::metadata(&data).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(server.get("/health").ends_with("ok\n"));
    assert!(server.get("/ready").starts_with("HTTP/1.1 200 "));
    assert!(server.get(&link).starts_with("HTTP/1.1 200 "));
    let output = server.stop();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("route=\"/link/{secret}\" status=200"), "{err}");
    let secret = link.strip_prefix("/link/").unwrap();
    assert!(!err.contains(secret), "{err}");

    // Nobody has come; the next start makes a new link, and the old one is dead.
    let mut server = Server::start(command(&data, "127.0.0.1:0"));
    let new = server.link();
    assert_ne!(new, link);
    assert!(server.get(&link).starts_with("HTTP/1.1 410 "));
    assert!(server.get(&new).starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_link_is_made_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let link = |login: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
        command.args(["link", "--lang", "en", login, "--data"]);
        command.arg(folder.path()).env_remove("DATABASE_URL");
        command
    };
    // No store is made where there is none.
    refused(link("anna"), &["nobody may come in", "anna"]);
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());

    let mut server = Server::start(command(folder.path(), "127.0.0.1:0"));
    let setup = server.link();
    let form = "company=A&timezone=Europe/Moscow&name=Anna&login=anna\
        &password=correct+horse&repeated=correct+horse";
    assert!(server.post(&setup, form).starts_with("HTTP/1.1 303 "));
    refused(link("boris"), &["nobody may come in", "boris"]);
    let output = link("Anna").output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let path = out.lines().last().unwrap().trim();
    assert!(server.get(path).contains("value=\"anna\""), "{out}");
}

#[test]
fn what_keeps_it_from_starting_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(
        command(folder.path(), &address),
        &["cannot listen", &address, "--listen"],
    );

    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let words = ["cannot write", "file", "--data"];
    refused(command(&file, "127.0.0.1:0"), &words);

    let data = folder.path().join("data");
    let _server = Server::start(command(&data, "127.0.0.1:0"));
    refused(
        command(&data, "127.0.0.1:0"),
        &["another svetofor", "--data"],
    );

    let mut elsewhere = command(&data, "127.0.0.1:0");
    elsewhere.env("DATABASE_URL", "mysql://u:s3cret@db/x");
    refused(elsewhere, &["DATABASE_URL must begin with postgres://"]);
}
