//! Verdicts as they can be compared: by the ids of the CRM instead of places in tables.

use std::collections::BTreeMap;

use audit::judge::{Evidence, Finding, Subject, Verdict};
use audit::regulation::{Entry, Regulation};
use history::{History, Instant};
use proptest::test_runner::TestCaseError;

/// A finding without its version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shown {
    pub rule: String,
    pub deal: String,
    pub employee: String,
    pub stage: String,
    pub subject: String,
    pub start: Instant,
    pub at: Instant,
    pub until: Option<Instant>,
    severity: &'static str,
    amount: Option<i64>,
    count: u32,
    evidence: Vec<String>,
}

pub fn entry<'r>(regulation: &'r Regulation, finding: &Finding) -> &'r Entry {
    let version = &regulation.versions()[finding.version as usize];
    &version.entries[finding.entry as usize]
}

pub fn show(history: &History, regulation: &Regulation, finding: &Finding) -> Shown {
    let entry = entry(regulation, finding);
    let evidence = finding.evidence();
    Shown {
        rule: entry.name.clone(),
        deal: history.deals.get(finding.deal.0).to_owned(),
        employee: history.people.ids.get(finding.employee.0).to_owned(),
        stage: history.pipelines.stage_ids.get(finding.stage.0).to_owned(),
        subject: subject(history, finding),
        start: finding.start,
        at: finding.at,
        until: finding.until,
        severity: entry.severity.as_str(),
        amount: finding.amount,
        count: finding.count,
        evidence: evidence
            .iter()
            .map(|proof| proof_of(history, entry, proof))
            .collect(),
    }
}

/// A field is told by its place in the regulation (the finding's `count`): before an event
/// names it, it has no id.
fn subject(history: &History, finding: &Finding) -> String {
    match finding.subject {
        Subject::Task(task) => history.tasks.get(task.0).to_owned(),
        Subject::Stage(stage) => history.pipelines.stage_ids.get(stage.0).to_owned(),
        Subject::Field(_) => format!("field {}", finding.count),
        other => format!("{other:?}"),
    }
}

/// Rules that count after all events of an instant: which of these is shown does not matter.
const COUNTING: [&str; 4] = ["lead-queue", "overload", "task-pileup", "stage-overflow"];

fn proof_of(history: &History, entry: &Entry, proof: &Evidence) -> String {
    match proof {
        Evidence::Event(event) if COUNTING.contains(&entry.rule.code) => {
            let timeline = history.timelines.deal(event.deal);
            format!("event at {}", timeline.at(event.index as usize))
        }
        Evidence::Event(event) => format!("{}[{}]", history.deals.get(event.deal.0), event.index),
        Evidence::Action(at) => format!("action at {at}"),
    }
}

pub fn bag<'f>(
    history: &History,
    regulation: &Regulation,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Vec<Shown> {
    let show = |finding| show(history, regulation, finding);
    let mut bag: Vec<Shown> = findings.into_iter().map(show).collect();
    bag.sort();
    bag
}

/// All findings of a verdict.
pub fn all(history: &History, regulation: &Regulation, verdict: &Verdict) -> Vec<Shown> {
    bag(history, regulation, &verdict.findings)
}

/// Who had which deal in work, and when.
pub fn tenures(history: &History, verdict: &Verdict) -> Vec<(String, String, Instant, Instant)> {
    let show = |tenure: &audit::judge::Tenure| {
        (
            history.people.ids.get(tenure.employee.0).to_owned(),
            history.deals.get(tenure.deal.0).to_owned(),
            tenure.from,
            tenure.to,
        )
    };
    let mut tenures: Vec<_> = verdict.tenures.iter().map(show).collect();
    tenures.sort();
    tenures
}

/// Two bags are the same; else what only one of them holds.
pub fn same<T: Ord + std::fmt::Debug>(one: &[T], other: &[T]) -> Result<(), TestCaseError> {
    let mut balance: BTreeMap<&T, i32> = BTreeMap::new();
    one.iter()
        .for_each(|item| *balance.entry(item).or_default() += 1);
    other
        .iter()
        .for_each(|item| *balance.entry(item).or_default() -= 1);
    let differing: Vec<String> = balance
        .iter()
        .filter(|(_, count)| **count != 0)
        .map(|(item, count)| {
            let side = if *count > 0 {
                "only first"
            } else {
                "only second"
            };
            format!("{side}: {item:?}")
        })
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    Err(TestCaseError::fail(differing.join("\n")))
}
