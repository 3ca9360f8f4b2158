//! A trial judges only what differs, and finds what judging everything finds.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::examples;
use audit::judge::{Finding, Judge};
use audit::regulation::{Regulation, Version};
use figures::Period;
use figures::what_if::Trial;
use history::{History, Instant};

const RULES: &str = r#"
[[rule]]
use = "first-response"
limit = "15m"
[[rule]]
use = "no-open-task"
[[rule]]
use = "stuck-in-stage"
limit = "3d"
[[rule]]
use = "overload"
limit = 2
"#;

const LIFE: &str = r#"
2 10:00 d1 created stage=new employee=anna
2 10:40 d1 call_out employee=anna amount=75
2 11:00 d2 created stage=new employee=anna
2 11:10 d2 call_out employee=anna amount=5
2 12:00 d3 created stage=new employee=anna
2 12:20 d3 call_out employee=anna amount=5
3 10:00 d4 created stage=work employee=boris
3 10:40 d4 call_out employee=boris amount=5
8 10:00 d1 stage_changed stage=won actor=anna
12 10:00 d4 stage_changed stage=offer actor=boris
20 18:00 now
"#;

fn version(text: &str) -> Version {
    Version::parse(text, "r.toml").unwrap_or_else(|error| panic!("{error}"))
}

fn present() -> String {
    format!("{}\n{RULES}", examples::REGULATION)
}

/// Findings by the names of their rules, in one order.
fn named(findings: &[Finding], regulation: &Regulation) -> Vec<String> {
    let named = findings.iter().map(|finding| {
        let version = &regulation.versions()[usize::from(finding.version)];
        let entry = &version.entries[usize::from(finding.entry)];
        let bare = Finding {
            version: 0,
            entry: 0,
            ..finding.clone()
        };
        format!("{} {:?} {bare:?}", entry.name, entry.severity)
    });
    let mut named: Vec<String> = named.collect();
    named.sort();
    named
}

/// Both sides of a trial of `other` in the place of the last version.
fn sides(
    trial: &Trial,
    regulation: &Regulation,
    history: &History,
    now: Instant,
) -> (Vec<Finding>, Vec<Finding>) {
    let standing = Judge::new(history, regulation).judge(now, None).findings;
    let judged = trial.found_before(history, Period::EVER, now);
    let mut after = trial.found_after(history, Period::EVER, now).findings;
    let mut before = Vec::new();
    for finding in standing {
        let version = &regulation.versions()[usize::from(finding.version)];
        let rule = &version.entries[usize::from(finding.entry)].name;
        if !trial.differs(rule) {
            let (old, new) = trial.kept(rule, &finding);
            before.push(old);
            after.push(new);
        } else if judged.is_none() {
            before.push(finding);
        }
    }
    before.extend(judged.into_iter().flat_map(|found| found.findings));
    (before, after)
}

fn others() -> Vec<String> {
    let present = present();
    let (first, last) = RULES.split_at(RULES.rfind("[[rule]]").unwrap());
    vec![
        present.replace("\"15m\"", "\"30m\""),
        present.replace("\"15m\"", "\"1m\"\nseverity = \"gross\""),
        present.replace("limit = 2", "limit = 2\nenabled = false"),
        present.replace(
            "use = \"no-open-task\"",
            "use = \"no-open-task\"\nstages = [\"work\"]",
        ),
        present.replace("mon = [\"09:00-18:00\"]", "mon = [\"09:00-10:30\"]"),
        format!("{present}[[rule]]\nuse = \"stage-task\"\ntasks = {{ offer = [\"call\"] }}\n"),
        format!("{}\n{last}\n{first}", examples::REGULATION),
        present.clone(),
    ]
}

#[test]
fn both_sides_are_what_judging_everything_finds() {
    let (history, now): (History, Instant) = examples::read(LIFE).unwrap();
    let regulation = Regulation::new(vec![version(&present())]).unwrap();
    let whole = |regulation: &Regulation| {
        let findings = Judge::new(&history, regulation).judge(now, None).findings;
        named(&findings, regulation)
    };
    for (place, other) in others().iter().enumerate() {
        let trial = Trial::new(&regulation, 0, version(other));
        let alone = Regulation::new(vec![version(other)]).unwrap();
        let (before, after) = sides(&trial, &regulation, &history, now);
        assert_eq!(
            named(&before, trial.before()),
            whole(&regulation),
            "{place}"
        );
        assert_eq!(named(&after, trial.after()), whole(&alone), "{place}");
        assert!(trial.found_before(&history, Period::EVER, now).is_none());
    }
    let judged = |other: &str| Trial::new(&regulation, 0, version(other)).judged();
    assert_eq!(judged(&others()[0]), 1, "only the rule that is moved");
    assert_eq!(judged(&others()[4]), 4, "other hours concern all");
    assert_eq!(judged(&others()[6]), 0, "the order of rules means nothing");
}

#[test]
fn a_rule_that_is_moved_is_judged_as_if_either_version_had_always_been() {
    let (history, now): (History, Instant) = examples::read(LIFE).unwrap();
    let since = |date: &str, text: &str| format!("effective = {date}\n{text}");
    // Until the third day nobody had to answer within fifteen minutes.
    let older = present().replace("\"15m\"", "\"5h\"");
    let versions = vec![version(&older), version(&since("2026-03-03", &present()))];
    let regulation = Regulation::new(versions).unwrap();
    let other = since("2020-01-01", &present().replace("\"15m\"", "\"30m\""));
    let trial = Trial::new(&regulation, 1, version(&other));
    let (before, after) = sides(&trial, &regulation, &history, now);
    let of = |findings: &[Finding], regulation: &Regulation| {
        let named = named(findings, regulation);
        named
            .iter()
            .filter(|one| one.starts_with("first-response"))
            .count()
    };
    let alone = |text: &str| {
        let alone = Regulation::new(vec![version(text)]).unwrap();
        let findings = Judge::new(&history, &alone).judge(now, None).findings;
        of(&findings, &alone)
    };
    assert_eq!(of(&before, trial.before()), alone(&present()));
    assert_eq!(of(&after, trial.after()), alone(&others()[0]));
    assert!(of(&before, trial.before()) > of(&after, trial.after()));
    // What is not moved stays as each version found it.
    let rest = |findings: &[Finding], regulation: &Regulation| -> Vec<String> {
        let named = named(findings, regulation);
        named
            .into_iter()
            .filter(|one| !one.starts_with("first-response"))
            .collect()
    };
    let standing = Judge::new(&history, &regulation).judge(now, None).findings;
    assert_eq!(rest(&before, trial.before()), rest(&standing, &regulation));
    assert_eq!(rest(&after, trial.after()), rest(&standing, &regulation));
}
