//! How soon a year's report of 200 employees is there, in every form: `cargo bench -p svetofor --bench year`.
//!
//! Makes a year of `BENCH_DEALS` deals (185,000 by default: about a million findings by all rules) once,
//! and keeps it under `target`; reads and judges it, which is no part of the report;
//! then reckons the figures of everybody, makes the document with a chapter on each group and employee,
//! and draws every form. Prints how long each step takes and the most memory used.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use audit::judge::{Judge, Verdict};
use audit::message::Speaker;
use audit::regulation::{Regulation, Version};
use figures::funnel::Flow;
use figures::light::Who;
use figures::{Audited, Everybody, Options, Span};
use history::History;
use history::read::read_folder;
use history::write::Format;
use jiff::civil::date;
use report::{Look, period};
use sandbox::bulk;
use wording::Lang;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ALL_RULES: &str = include_str!("../../../benches/all-rules.toml");
const YEAR: Span = Span::Dates(Some(date(2025, 1, 1)), Some(date(2025, 12, 31)));

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let deals = std::env::var("BENCH_DEALS").ok();
    let deals = deals.and_then(|deals| deals.parse().ok());
    let folder = made(deals.unwrap_or(185_000));
    let version = Version::parse(ALL_RULES, "all-rules.toml").expect("no mistakes");
    let regulation = Regulation::new(vec![version]).expect("one version is a regulation");
    let history = timed("read", || {
        read_folder(&folder, &Default::default()).expect("a history")
    });
    let now = history.timelines.span().map_or(0, |(_, last)| last);
    let judge = Judge::new(&history, &regulation);
    let verdict = timed("judge", || {
        let mut verdict = judge.judge(now, None);
        verdict.findings.sort_by_key(|finding| finding.at);
        verdict
    });
    println!(
        "{} employees, {} findings of {} events",
        history.people.employees.len(),
        verdict.findings.len(),
        history.timelines.events()
    );
    let began = Instant::now();
    let document = document(&history, &regulation, &judge, &verdict, now);
    println!("{} blocks", document.blocks.len());
    let sizes = [
        timed("html", || report::page(&document, &Look::default()).len()),
        timed("xlsx", || {
            report::book(&document).expect("a workbook").len()
        }),
        timed("message", || report::message(&document, None).text.len()),
        timed("json", || document.to_json().expect("JSON").len()),
        timed("pdf", || {
            let options = pdf::Options::default();
            pdf::typeset(&document, &options).expect("a PDF").len()
        }),
    ];
    println!("bytes of html, xlsx, message, json, pdf: {sizes:?}");
    println!(
        "the report in every form: {:.2?} (asked for: < 10 s)",
        began.elapsed()
    );
    if let Some(most) = most_memory() {
        println!("most memory: {most}");
    }
}

fn document(
    history: &History,
    regulation: &Regulation,
    judge: &Judge<'_>,
    verdict: &Verdict,
    now: history::Instant,
) -> report::document::Document {
    let audited = Audited {
        in_order: true,
        ..Audited::new(judge, verdict, now)
    };
    let flow = timed("flow", || Flow::of(&audited));
    let options = Options {
        span: YEAR,
        worst: 10,
    };
    let everybody = timed("figures", || Everybody::of(audited, None, options, &flow));
    let speaker = Speaker::new(history, regulation, Lang::Ru);
    let asked = period::Asked {
        who: Who::Company,
        chapters: true,
        page: &|_| None,
        beside: &period::AllBeside::new(),
    };
    timed("document", || {
        period::document(&everybody, &speaker, &asked)
    })
}

/// The folder of the history, made where it is not there.
fn made(deals: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("year-{deals}"));
    if !folder.join("employees.csv").exists() {
        let options = bulk::BulkOptions::new(deals, 1);
        bulk::write(&folder, &options, Format::Parquet, None).expect("a history");
    }
    folder
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let made = work();
    let took: Duration = began.elapsed();
    println!("{what:>10}: {took:.2?}");
    made
}

/// The most memory that the process had, as the system tells it.
fn most_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
