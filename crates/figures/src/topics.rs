//! What a group is to talk about: the rules that weigh most, with their examples.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use audit::judge::Finding;
use history::GroupId;

use crate::counts::{Concerned, concerned};
use crate::{Audited, Period};

/// The findings of a rule in a group.
#[derive(Clone, Debug)]
pub struct Topic<'a> {
    /// The rule's name.
    pub rule: &'a str,
    /// The sum of their weights.
    pub weight: f64,
    /// The findings: the gravest first, of equally grave ones the dearest.
    pub findings: Vec<&'a Finding>,
    /// How many there were in the period before.
    pub before: u64,
}

impl Topic<'_> {
    /// The deals that it is about.
    pub fn concerned(&self) -> Concerned {
        concerned(self.findings.iter().copied())
    }
}

/// The rules that found something in a group in a period or in the one before, those that weigh most
/// first. Whose a finding is follows from the group at its breach.
pub fn topics<'a>(
    audited: &Audited<'a>,
    group: GroupId,
    (period, before): (Period, Option<Period>),
) -> Vec<Topic<'a>> {
    let light = &audited.regulation.latest().light;
    let mut topics: BTreeMap<&str, Topic<'a>> = BTreeMap::new();
    let topic = |rule: &'a str| Topic {
        rule,
        weight: 0.0,
        findings: Vec::new(),
        before: 0,
    };
    for finding in audited.findings {
        let now = period.holds(finding.at);
        if !now && !before.is_some_and(|before| before.holds(finding.at))
            || audited.group(finding) != group
        {
            continue;
        }
        let rule = audited.rule(finding);
        let known = topics.entry(rule).or_insert_with(|| topic(rule));
        if now {
            known.weight += light.weights[audited.severity(finding) as usize];
            known.findings.push(finding);
        } else {
            known.before += 1;
        }
    }
    let mut topics: Vec<Topic<'a>> = topics.into_values().collect();
    for topic in &mut topics {
        topic.findings.sort_by_key(|finding| {
            let money = finding.amount.unwrap_or(0);
            let severity = audited.severity(finding);
            (Reverse((severity, money)), finding.at, finding.deal)
        });
    }
    topics.sort_by(|a, b| {
        let by_count = || b.findings.len().cmp(&a.findings.len());
        b.weight.total_cmp(&a.weight).then_with(by_count)
    });
    topics
}
