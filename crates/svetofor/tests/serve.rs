//! The server as a process: how it starts, what it says, how it stops.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

fn command(data: &Path, listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    command
        .args(["serve", "--lang", "en", "--listen", listen, "--data"])
        .arg(data)
        .env_remove("DATABASE_URL")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A server that runs; it is ended with the test.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Where it is, such as `127.0.0.1:40123`.
    address: String,
}

impl Server {
    fn start(data: &Path) -> Server {
        let mut child = command(data, "127.0.0.1:0").spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("http://").expect(&line);
        let address = address.to_owned();
        Server {
            child,
            out,
            address,
        }
    }

    /// The link of the first start.
    fn link(&mut self) -> String {
        let mut lines = String::new();
        self.out.read_line(&mut lines).unwrap();
        self.out.read_line(&mut lines).unwrap();
        let (_, link) = lines.trim().split_once(&self.address).expect(&lines);
        link.to_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        ))
    }

    fn post(&self, path: &str, form: &str) -> String {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        ))
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Tells it to stop; what it has said.
    fn stop(mut self) -> Output {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        let mut rest = Vec::new();
        self.out.read_to_end(&mut rest).unwrap();
        let mut err = Vec::new();
        let stderr = self.child.stderr.take();
        stderr.unwrap().read_to_end(&mut err).unwrap();
        Output {
            status: self.child.wait().unwrap(),
            stdout: rest,
            stderr: err,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
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
    let mut server = Server::start(&data);
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
    let mut server = Server::start(&data);
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

    let mut server = Server::start(folder.path());
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
    let _server = Server::start(&data);
    refused(
        command(&data, "127.0.0.1:0"),
        &["another svetofor", "--data"],
    );

    let mut elsewhere = command(&data, "127.0.0.1:0");
    elsewhere.env("DATABASE_URL", "mysql://u:s3cret@db/x");
    refused(elsewhere, &["DATABASE_URL must begin with postgres://"]);
}
