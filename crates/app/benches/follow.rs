//! How soon an event is a visible finding: `cargo bench -p app`.
//!
//! Makes a company of `BENCH_DEALS` deals (50,000 by default, a million events) in a store of
//! SQLite, then sends events one by one, as a CRM does, and asks the store for the deal's findings
//! after each. Prints how long loading took, how long event to findings took, and the memory used.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::audits::Audits;
use app::import::import;
use history::write::Format;
use history::{DealId, Kind, Record};
use sandbox::bulk::{self, BulkOptions};
use store::events::Keys;
use store::regulations::NewVersion;
use store::{Place, Store, findings, testing};

const ALL_RULES: &str = include_str!("../../../benches/all-rules.toml");
/// Events sent one by one.
const EVENTS: usize = 300;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(bench());
}

async fn bench() {
    let deals = std::env::var("BENCH_DEALS").ok();
    let deals = deals.and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let history = folder.path().join("history");
    let options = BulkOptions::new(deals, 1);
    let made = bulk::write(&history, &options, Format::Parquet, None).expect("written");
    let place = Place::Sqlite(folder.path().join("svetofor.db"));
    let store = Arc::new(Store::open(&place).await.expect("a store"));
    let company = testing::company(&store, "Проба").await;
    let version = NewVersion {
        effective: String::new(),
        file: "all-rules.toml".to_owned(),
        text: ALL_RULES.to_owned(),
        author: String::new(),
    };
    let now = options.until.as_millisecond();
    let begin = Instant::now();
    let audits = Audits::new(store.clone());
    let quiet = Arc::new(|_, _| ());
    import(&audits, &company, &history, &[version], quiet, now)
        .await
        .expect("imported");
    println!("{} deals, {} events", made.deals, made.events);
    println!("imported and judged in {:.2?}", begin.elapsed());

    let begin = Instant::now();
    let audits = Audits::new(store.clone());
    let audit = audits.read(&company, now).await.expect("an audit");
    println!(
        "loaded and judged in {:.2?}, {} findings",
        begin.elapsed(),
        audit.live().standing().count()
    );
    let who = (0..EVENTS).map(|n| {
        let history = audit.live().history();
        let deal = DealId((n * 7919 % deals as usize) as u32);
        let people = history
            .timelines
            .deal(deal)
            .iter()
            .map(|event| event.employee);
        let last = people.filter(|employee| employee.is_some()).last();
        let employee = last.map_or("", |employee| history.people.ids.get(employee.0));
        (history.deals.get(deal.0).to_owned(), employee.to_owned())
    });
    let who: Vec<(String, String)> = who.collect();
    drop(audit);
    let mut took = Vec::with_capacity(EVENTS);
    let mut seen = 0;
    for (n, (deal, employee)) in who.iter().enumerate() {
        let at = now + n as i64 * 60_000;
        let record = Record {
            deal,
            at,
            kind: Some([Kind::CallOut, Kind::TaskAdded, Kind::MessageOut][n % 3]),
            actor: employee,
            employee,
            task: deal,
            due: Some(at - 3_600_000),
            text: "перезвонить после праздников",
            amount: Some(40.0),
            ..Record::default()
        };
        let begin = Instant::now();
        let batch = [Keys::new().event(record).expect("an event")];
        audits
            .add_events(&company, &batch, None, |_, _| (), at)
            .await
            .expect("taken");
        let mut reader = store.reader().await.expect("a reader");
        let filter = findings::Filter {
            deal: Some(deal),
            ..findings::Filter::default()
        };
        let page = findings::page(&mut reader, &company, &filter, None, 50).await;
        seen += page.expect("findings").len();
        took.push(begin.elapsed());
    }
    took.sort();
    let share = |part: usize| took[took.len() * part / 100];
    println!(
        "from event to findings: median {:.2?}, 95 % {:.2?}, longest {:.2?} ({seen} seen)",
        share(50),
        share(95),
        took.last().copied().unwrap_or(Duration::ZERO),
    );
    println!("peak memory {} MB", peak_mb());
}

/// The most memory the process has had, where the system tells.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kb.unwrap_or(0u64) / 1024
}
