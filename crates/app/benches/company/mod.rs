//! A company to measure with: `BENCH_DEALS` deals (50,000 by default, a million events) in a store
//! of SQLite, judged by every rule.

use std::sync::Arc;
use std::time::Instant;

use app::audits::Audits;
use app::import::import;
use history::write::Format;
use sandbox::bulk::{self, BulkOptions};
use store::regulations::NewVersion;
use store::{Place, Store, testing};

const ALL_RULES: &str = include_str!("../../../../benches/all-rules.toml");

/// A company that was imported.
pub struct Company {
    /// Holds the store while it is used.
    _folder: tempfile::TempDir,
    pub store: Arc<Store>,
    pub id: String,
    pub deals: u64,
    /// The last instant of its history.
    pub now: history::Instant,
}

/// Makes and imports it, and tells how long that took.
pub async fn made() -> Company {
    let deals = std::env::var("BENCH_DEALS").ok();
    let deals = deals.and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let history = folder.path().join("history");
    let options = BulkOptions::new(deals, 1);
    let made = bulk::write(&history, &options, Format::Parquet, None).expect("written");
    let place = Place::Sqlite(folder.path().join("svetofor.db"));
    let store = Arc::new(Store::open(&place).await.expect("a store"));
    let id = testing::company(&store, "Проба").await;
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
    import(&audits, &id, &history, &[version], quiet, now)
        .await
        .expect("imported");
    println!("{} deals, {} events", made.deals, made.events);
    println!("imported and judged in {:.2?}", begin.elapsed());
    Company {
        _folder: folder,
        store,
        id,
        deals,
        now,
    }
}

/// What the system says of the process's memory in megabytes: `VmRSS` now, `VmHWM` at its peak.
pub fn memory_mb(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kb = line.and_then(|line| {
        let line = line.trim_start_matches(':');
        line.split_whitespace().next()?.parse().ok()
    });
    kb.unwrap_or(0u64) / 1024
}
