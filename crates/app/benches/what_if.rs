//! How soon a moved limit tells what the last year would have been:
//! `cargo bench -p app --bench what_if`.
//!
//! Moves limits of rules of each kind, and the company's hours, which judges everything anew; prints
//! the median of five for each, and the memory used.

mod company;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use app::Actor;
use app::Via;
use app::audits::Audits;
use app::permissions::Access;
use app::what_if::{Tried, what_if};
use audit::regulation::edit::NewValue;
use wording::Lang;

/// How often each is asked.
const TIMES: usize = 5;

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

fn moved(rule: &str, key: &str, value: NewValue) -> Tried {
    Tried::Values {
        rule: rule.to_owned(),
        values: vec![(vec![key.to_owned()], value)],
    }
}

async fn bench() {
    let company = company::made().await;
    let audits = Audits::new(company.store.clone());
    let audit = audits
        .read(&company.id, company.now)
        .await
        .expect("an audit");
    let version = audit.live().regulation().latest();
    let (rules, text) = (version.entries.len(), version.source.to_string());
    println!(
        "{} findings of {} deals by {rules} rules",
        audit.live().standing().count(),
        company.deals
    );
    drop(audit);
    let actor = Actor {
        person: "p".to_owned(),
        name: "Директор".to_owned(),
        company: company.id.clone(),
        access: Access::Director,
        employee: None,
        groups: BTreeSet::new(),
        via: Via::Session,
    };
    let limit = |text: &str| NewValue::Text(text.to_owned());
    let hours = text.replacen("\"09:00-", "\"09:30-", 1);
    assert_ne!(hours, text, "the hours are moved");
    for (what, tried) in [
        ("nothing moved", Tried::Text(text.clone())),
        (
            "first-response limit",
            moved("first-response", "limit", limit("1h")),
        ),
        (
            "stuck-in-stage limit",
            moved("stuck-in-stage", "limit", limit("3d")),
        ),
        (
            "silent-deal limit",
            moved("silent-deal", "limit", limit("5d")),
        ),
        (
            "late-start grace",
            moved("late-start", "grace", limit("1h")),
        ),
        (
            "task-pileup limit",
            moved("task-pileup", "limit", NewValue::Whole(20)),
        ),
        (
            "overload limit",
            moved("overload", "limit", NewValue::Whole(50)),
        ),
        (
            "stage-overflow times",
            moved("stage-overflow", "times", NewValue::Whole(3)),
        ),
        ("hours: every rule judged anew", Tried::Text(hours)),
    ] {
        let before = company::memory_mb("VmRSS");
        let mut took = Vec::with_capacity(TIMES);
        let mut said = String::new();
        for _ in 0..TIMES {
            let begin = Instant::now();
            let when = (Lang::Ru, company.now);
            said = what_if(&audits, &actor, (&tried, None), when, |what_if| {
                let all = what_if.all();
                let lines = what_if.rules().len() + what_if.stages().len() + what_if.people().len();
                let (before, after) = (all.before.findings, all.after.findings);
                format!(
                    "{before} → {after}, +{} −{}, {lines} lines",
                    all.new, all.gone
                )
            })
            .await
            .expect("an answer");
            took.push(begin.elapsed());
        }
        took.sort();
        let longest = took.last().copied().unwrap_or(Duration::ZERO);
        println!(
            "{what}: {:.0?}, the longest {longest:.0?} ({said}); resident {before} → {} MB",
            took[TIMES / 2],
            company::memory_mb("VmRSS"),
        );
    }
    println!("peak memory {} MB", company::memory_mb("VmHWM"));
}
