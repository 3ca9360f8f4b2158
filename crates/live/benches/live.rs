//! How fast a live audit follows: `cargo bench -p live`.
//!
//! Makes a history of `BENCH_DEALS` deals (50,000 by default, a million events), opens it, and
//! adds events one by one; prints how long each took, without any store.

use std::time::{Duration, Instant};

use audit::regulation::{Regulation, Version};
use history::read::{Options, read_folder};
use history::write::Format;
use history::{DealId, Kind, Record};
use live::Live;
use sandbox::bulk::{self, BulkOptions};

const ALL_RULES: &str = include_str!("../../../benches/all-rules.toml");
/// Events added one by one.
const EVENTS: usize = 400;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let deals = std::env::var("BENCH_DEALS").ok();
    let deals = deals.and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let options = BulkOptions::new(deals, 1);
    let made = bulk::write(folder.path(), &options, Format::Parquet, None).expect("written");
    println!("{} deals, {} events", made.deals, made.events);
    let history = read_folder(folder.path(), &Options::default()).expect("a history");
    let version = Version::parse(ALL_RULES, "all-rules.toml").expect("the rules are sound");
    let regulation = Regulation::new(vec![version]).expect("one version");
    let now = history.timelines.span().expect("events").1;
    let begin = Instant::now();
    let (mut live, changes) = Live::open(history, regulation, Vec::new(), now);
    println!(
        "opened in {:.2?}, {} findings",
        begin.elapsed(),
        changes.len()
    );
    let ids = (0..EVENTS).map(|n| {
        let deal = DealId((n * 7919 % deals as usize) as u32);
        let history = live.history();
        let responsible = history
            .timelines
            .deal(deal)
            .iter()
            .map(|event| event.employee);
        let responsible = responsible.filter(|employee| employee.is_some()).last();
        let employee = responsible.map_or("", |employee| history.people.ids.get(employee.0));
        (history.deals.get(deal.0).to_owned(), employee.to_owned())
    });
    let ids: Vec<(String, String)> = ids.collect();
    let mut took = Vec::with_capacity(EVENTS);
    let mut changed = 0;
    for (n, (deal, employee)) in ids.iter().enumerate() {
        let at = now + n as i64 * 60_000;
        let record = Record {
            deal,
            at,
            kind: Some([Kind::CallOut, Kind::NoteAdded, Kind::MessageOut][n % 3]),
            actor: employee,
            employee,
            text: "перезвонить после праздников",
            amount: Some(40.0),
            ..Record::default()
        };
        let begin = Instant::now();
        changed += live.add(&[record], at).len();
        took.push(begin.elapsed());
    }
    took.sort();
    let share = |part: usize| took[took.len() * part / 100];
    println!(
        "an event: median {:.2?}, 95 % {:.2?}, longest {:.2?}; {changed} findings changed",
        share(50),
        share(95),
        took.last().copied().unwrap_or(Duration::ZERO),
    );
}
