//! How fast the audit is: `cargo bench -p figures`.
//!
//! Makes a history of `BENCH_DEALS` deals (500,000 by default, 10 million events) in Parquet, then
//! measures, each several times in this one run, and prints the best: reading, judging with six
//! rules and with all, re-judging one deal, peak memory; and, where `python3` has pyarrow, what it
//! needs to read the same columns as dictionaries, for the ratio.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use audit::judge::Judge;
use audit::regulation::{Regulation, Version};
use figures::Period;
use figures::backtest::Baseline;
use history::read::{Options, read_folder};
use history::write::Format;
use history::{DealId, History};
use sandbox::bulk::{self, BulkOptions};

/// Repetitions of what takes long.
const TIMES: usize = 5;

const SIX_RULES: &str = include_str!("../../../benches/six-rules.toml");
const ALL_RULES: &str = include_str!("../../../benches/all-rules.toml");

const PYARROW: &str = r#"
import sys, time
import pyarrow.parquet as pq
texts = ["deal", "kind", "actor", "stage", "employee", "task", "text", "field", "channel"]
best = 1e9
for _ in range(5):
    begin = time.perf_counter()
    pq.read_table(sys.argv[1], columns=texts + ["at", "due", "amount"], read_dictionary=texts)
    best = min(best, time.perf_counter() - begin)
print(best)
"#;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    if let Some(folder) = std::env::var_os("BENCH_MEMORY_OF") {
        return from_file_once(Path::new(&folder));
    }
    let deals = std::env::var("BENCH_DEALS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(500_000);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let made = bulk::write(
        folder.path(),
        &BulkOptions::new(deals, 1),
        Format::Parquet,
        None,
    )
    .expect("the history is written");
    println!(
        "{} deals, {} events, {} threads",
        made.deals,
        made.events,
        rayon::current_num_threads()
    );

    let pyarrow = pyarrow(folder.path());
    let six = regulation(SIX_RULES);
    let whole = best(TIMES, || from_file(folder.path(), &six));
    let reading = best(TIMES, || drop(read(folder.path(), &six)));
    row("pyarrow reads the columns", pyarrow, None);
    row("svetofor reads", Some(reading), pyarrow);
    row("from file to findings, six rules", Some(whole), pyarrow);

    let history = read(folder.path(), &six);
    judging(&history, &six, "judging, six rules");
    one_deal(&history, &six);
    backtest(&history, &six);
    drop(history);
    let all = regulation(ALL_RULES);
    let history = read(folder.path(), &all);
    judging(&history, &all, "judging, all rules");
    if std::env::var_os("BENCH_EACH_RULE").is_some() {
        each_rule(&history, &all);
    }
    peak_memory(folder.path());
}

fn regulation(text: &str) -> Regulation {
    let version =
        Version::parse(text, "bench.toml").unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(text.matches("[[rule]]").count(), version.entries.len());
    Regulation::new(vec![version]).expect("one version is a regulation")
}

fn read(folder: &Path, regulation: &Regulation) -> History {
    let leave_out = regulation.unused_columns();
    let options = Options {
        progress: None,
        leave_out: &leave_out,
    };
    read_folder(folder, &options).expect("the history is read")
}

fn from_file(folder: &Path, regulation: &Regulation) {
    let history = read(folder, regulation);
    let (_, last) = history.timelines.span().expect("there are events");
    let verdict = Judge::new(&history, regulation).judge(last, None);
    assert!(!verdict.findings.is_empty());
}

/// In a process of its own: its peak of memory is asked for.
fn from_file_once(folder: &Path) {
    from_file(folder, &regulation(SIX_RULES));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(
        "peak memory from file to findings, six rules: {}",
        peak.map_or("unknown", str::trim)
    );
}

fn peak_memory(folder: &Path) {
    let bench = std::env::current_exe().expect("the bench knows its own file");
    let status = Command::new(bench).env("BENCH_MEMORY_OF", folder).status();
    assert!(status.is_ok_and(|status| status.success()));
}

fn judging(history: &History, regulation: &Regulation, name: &str) {
    let (_, last) = history.timelines.span().expect("there are events");
    let judge = Judge::new(history, regulation);
    let mut findings = 0;
    let time = best(TIMES, || findings = judge.judge(last, None).findings.len());
    let per_second = history.timelines.events() as f64 / time.as_secs_f64() / 1e6;
    println!(
        "{name}: {:.3} s, {per_second:.1} million events a second, {findings} findings",
        time.as_secs_f64()
    );
}

/// A limit is changed on loaded data: how long until both regulations stand beside each other.
fn backtest(history: &History, present: &Regulation) {
    let (_, last) = history.timelines.span().expect("there are events");
    let judge = Judge::new(history, present);
    let verdict = judge.judge(last, None);
    let baseline = Baseline::new(&judge, &verdict, last);
    let other = regulation(&SIX_RULES.replacen("limit = \"15m\"", "limit = \"30m\"", 1));
    let mut judged = 0;
    let tried = best(TIMES, || judged = baseline.tried(&other).judged);
    let before = baseline.side(Period::EVER);
    let whole = best(TIMES, || {
        let tried = baseline.tried(&other);
        std::hint::black_box(baseline.against(&before, &other, &tried, Period::EVER));
    });
    println!(
        "backtest of a changed limit: findings in {:.3} s ({judged} rule judged), compared in {:.3} s",
        tried.as_secs_f64(),
        whole.as_secs_f64()
    );
}

/// What each rule costs by itself, the walk included.
fn each_rule(history: &History, all: &Regulation) {
    for (place, entry) in all.latest().entries.iter().enumerate() {
        let one = all.only(|other| other == place);
        judging(history, &one, &format!("judging, {} alone", entry.name));
    }
}

fn one_deal(history: &History, regulation: &Regulation) {
    let (_, last) = history.timelines.span().expect("there are events");
    let judge = Judge::new(history, regulation);
    let of_twenty = |deal: &u32| history.timelines.deal(DealId(*deal)).len() == 20;
    let deals: Vec<u32> = (0..history.timelines.deals() as u32)
        .filter(of_twenty)
        .take(1_000)
        .collect();
    let time = best(TIMES, || {
        for deal in &deals {
            std::hint::black_box(judge.judge_deal(DealId(*deal), last));
        }
    });
    let each = time.as_secs_f64() * 1e6 / deals.len() as f64;
    println!("re-judging one deal of 20 events, six rules: {each:.1} µs");
}

fn best(times: usize, mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}

fn pyarrow(folder: &Path) -> Option<Duration> {
    let file = folder.join("events.parquet");
    let output = Command::new("python3")
        .args(["-c", PYARROW])
        .arg(file)
        .output()
        .ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}

fn row(name: &str, time: Option<Duration>, beside: Option<Duration>) {
    let time = time.map(|time| time.as_secs_f64());
    let ratio = time
        .zip(beside)
        .map(|(time, beside)| time / beside.as_secs_f64());
    let ratio = ratio.map_or_else(String::new, |ratio| format!(", {ratio:.2} times pyarrow"));
    match time {
        Some(time) => println!("{name}: {time:.3} s{ratio}"),
        None => println!("{name}: not measured (python3 has no pyarrow)"),
    }
}
