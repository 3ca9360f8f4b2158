//! The pages in a real browser: what stands in `crates/web/assets/browser`, by Playwright, on a
//! server with the made-up company. It runs where `CHROMIUM` names a browser, and needs Node.js 20.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_pages_work_in_a_browser() {
    let Some(chromium) = env::var_os("CHROMIUM") else {
        eprintln!("CHROMIUM names no browser, so the pages were not tried in one");
        return;
    };
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/assets");
    install(&assets);
    let work = tempfile::tempdir().expect("a folder");
    let (server, url) = start(work.path());
    let mut tests = Command::new("node");
    tests
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(&assets)
        .env("CHROMIUM", chromium)
        .env("SVETOFOR_URL", url)
        .env("SVETOFOR_WORK", work.path());
    let status = tests.status().expect("node runs");
    drop(server);
    let log = std::fs::read_to_string(work.path().join("log")).expect("a log");
    assert!(
        status.success() && !log.contains("ERROR"),
        "{status}\n{log}"
    );
}

/// Puts the packages of the tests beside them, unless those of the lock file are there.
fn install(assets: &Path) {
    let changed = |path: &str| assets.join(path).metadata()?.modified();
    let installed = changed("node_modules/.package-lock.json").ok();
    if installed.is_some_and(|at| changed("package-lock.json").is_ok_and(|wanted| wanted <= at)) {
        return;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let status = npm.current_dir(assets).status().expect("npm runs");
    assert!(status.success(), "npm ci: {status}");
}

/// Starts the made-up company; where it is.
fn start(work: &Path) -> (Server, String) {
    let log = File::create(work.join("log")).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    command
        .args(["demo", "--listen", "127.0.0.1:0"])
        .arg("--accounts")
        .arg(work.join("accounts.json"))
        .current_dir(work)
        .env_remove("DATABASE_URL")
        .env("RUST_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log);
    let mut server = Server(command.spawn().expect("it starts"));
    let out = BufReader::new(server.0.stdout.take().expect("what it says"));
    for line in out.lines() {
        let line = line.expect("a line");
        if let Some((_, address)) = line.split_once("http://") {
            return (server, format!("http://{}", address.trim()));
        }
    }
    let said = std::fs::read_to_string(work.join("log"));
    panic!("it ended: {}", said.unwrap_or_default());
}
