//! The server under the load of a whole company: `cargo bench -p web --bench load`.
//!
//! Makes a company of 200 people and `BENCH_DEALS` deals (48,600 by default, a million events) in a
//! store, once, and keeps it under `target`; starts the server on a copy of it, as a process of its
//! own; lets 200 people, logged in, open pages while events arrive. Prints how long each page took,
//! the server's memory, and how many pages a second it can give.
//!
//! `LOAD_SECONDS` (60) is how long people are watched, `LOAD_THINK` (10) how many seconds each of
//! them looks at a page, `LOAD_STEPS` (5) how many times that is halved to find the limit, 0 to
//! leave that out. `LOAD_SERVER` names an address where a prepared server runs already.

mod company;
mod people;
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use company::Company;
use people::{Load, Times};
use server::Server;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().position(|arg| arg == "--serve") {
        Some(at) => server::run(Path::new(&args[at + 1])),
        None if args.iter().any(|arg| arg == "--test") => {}
        None => bench(),
    }
}

fn number(name: &str, unless: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.and_then(|n| n.parse().ok()).unwrap_or(unless)
}

fn bench() {
    let company = company::prepared(number("BENCH_DEALS", 48_600));
    println!(
        "{} people logged in, {} events, {} findings standing, {} decisions",
        company.people.len(),
        company.events,
        company.findings,
        company.decisions,
    );
    let copy = copied(&company);
    let server = Server::start(&copy);
    println!("loaded in {:.1?}: {}", server.loaded_in, server.memory());
    let think = Duration::from_secs(number("LOAD_THINK", 10));
    let seconds = Duration::from_secs(number("LOAD_SECONDS", 60));
    let load = Load {
        address: &server.address,
        company: &company,
        think,
        seconds,
        seed: 1,
    };
    let times = load.run();
    println!(
        "each of them a page every {think:?}, for {seconds:?}: {:.1} pages a second",
        times.rate(seconds)
    );
    print!("{}", times.table());
    println!("after that: {}", server.memory());
    steps(&load);
    println!("at the end: {}", server.memory());
    server.stop();
    let _ = std::fs::remove_dir_all(&copy);
}

/// Lets people hurry more and more, until the server cannot follow.
fn steps(load: &Load<'_>) {
    let mut think = load.think;
    for step in 0..number("LOAD_STEPS", 5) {
        think /= 2;
        let seconds = Duration::from_secs(20);
        let hurried = Load {
            think,
            seconds,
            seed: step + 2,
            ..*load
        };
        let times = hurried.run();
        let all = times.all();
        println!(
            "a page every {think:?}: {:.1} pages a second; median {:.1?}, 99 of 100 {:.1?}, longest {:.1?}",
            times.rate(seconds),
            Times::part(&all, 50),
            Times::part(&all, 99),
            Times::part(&all, 100),
        );
        if Times::part(&all, 99) > Duration::from_secs(1) {
            break;
        }
    }
}

/// A copy of the company's folder, to be changed.
fn copied(company: &Company) -> PathBuf {
    let copy = company.folder.with_extension("run");
    let _ = std::fs::remove_dir_all(&copy);
    std::fs::create_dir_all(&copy).expect("a folder for the copy");
    for entry in std::fs::read_dir(&company.folder).expect("the company's folder") {
        let entry = entry.expect("a file");
        std::fs::copy(entry.path(), copy.join(entry.file_name())).expect("a copy");
    }
    copy
}
