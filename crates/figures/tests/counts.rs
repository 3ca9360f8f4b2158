//! Counts, repetitions and the funnel against slow ways of finding the same.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::examples;
use audit::judge::{Finding, Judge, Verdict};
use audit::regulation::{Regulation, Version};
use figures::{Audited, Counts, Period, again};
use history::{History, Instant};
use proptest::prelude::*;

const RULES: &str = r#"
[[rule]]
use = "first-response"
limit = "15m"
[[rule]]
use = "no-open-task"
[[rule]]
use = "missed-call"
"#;

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

impl Judged {
    fn of(text: &str) -> Judged {
        let rules = format!("{}\n{RULES}", examples::REGULATION);
        let version = Version::parse(&rules, "r.toml").unwrap();
        let regulation = Regulation::new(vec![version]).unwrap();
        let (history, now) = examples::read(text).unwrap();
        let verdict = Judge::new(&history, &regulation).judge(now, None);
        Judged {
            history,
            regulation,
            verdict,
            now,
        }
    }

    fn audited(&self) -> Audited<'_> {
        Audited {
            history: &self.history,
            regulation: &self.regulation,
            findings: &self.verdict.findings,
            marks: &[],
            tenures: &self.verdict.tenures,
            problems: &self.verdict.problems,
            now: self.now,
            in_order: false,
        }
    }
}

/// Some days of calls, tasks and moves of some deals.
fn life() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec![
        "call_out employee=anna amount=40",
        "call_in employee=anna amount=0",
        "call_out employee=boris amount=0",
        "stage_changed stage=work actor=anna",
        "stage_changed stage=won actor=boris",
        "stage_changed stage=new actor=boris",
        "responsible_changed employee=boris actor=anna",
    ]);
    let event = (2u8..28, 8u8..20, 0u8..60, 0u8..6, kind);
    prop::collection::vec(event, 0..60).prop_map(|events| {
        let mut lines: Vec<String> = (0..6)
            .map(|deal| {
                let who = if deal % 2 == 0 { "anna" } else { "boris" };
                format!("2 09:{deal:02} d{deal} created stage=new employee={who} amount={deal}00")
            })
            .collect();
        lines.extend(events.into_iter().map(|(day, hour, minute, deal, kind)| {
            format!("{day} {hour:02}:{minute:02} d{deal} {kind}")
        }));
        lines.push("28 18:00 now".into());
        lines.join("\n")
    })
}

/// Whether some earlier finding of the same rule and person was cured in the 60 days before.
fn repeats(audited: &Audited<'_>, finding: &Finding) -> bool {
    let memory = 60 * 24 * 3_600_000;
    audited.findings.iter().any(|other| {
        audited.rule(other) == audited.rule(finding)
            && other.employee == finding.employee
            && finding.employee.is_some()
            && other
                .until
                .is_some_and(|until| until <= finding.at && finding.at - until <= memory)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn again_is_what_a_search_finds(text in life()) {
        let judged = Judged::of(&text);
        let audited = judged.audited();
        let slow: Vec<bool> = audited.findings.iter().map(|finding| repeats(&audited, finding)).collect();
        prop_assert_eq!(again(&audited), slow);
    }

    #[test]
    fn parts_add_up(text in life(), cut in 2i8..28) {
        let judged = Judged::of(&text);
        let audited = judged.audited();
        let date = jiff::civil::date(2026, 3, cut);
        let middle = audited.zone().start_of_day(date);
        let (first, second) = (
            Period { from: Instant::MIN, to: middle },
            Period { from: middle, to: Instant::MAX },
        );
        let again = again(&audited);
        let all = Counts::of(&audited, Period::EVER, None, &again);
        let later = Counts::of(&audited, second, Some(first), &again);
        let total = audited.findings.len() as u64;
        prop_assert_eq!(all.all.findings, total);
        prop_assert_eq!(later.all.findings + later.all.before.unwrap(), total);
        for counts in [&all, &later] {
            let n = counts.all.findings;
            prop_assert_eq!(counts.rules.values().map(|count| count.findings).sum::<u64>(), n);
            prop_assert_eq!(counts.stages.values().map(|count| count.findings).sum::<u64>(), n);
            prop_assert_eq!(counts.people.values().map(|count| count.findings).sum::<u64>(), n);
            prop_assert_eq!(counts.weekdays.iter().sum::<u64>(), n);
            prop_assert_eq!(counts.hours.iter().sum::<u64>(), n);
            prop_assert_eq!(counts.all.severities.iter().sum::<u64>(), n);
        }
        let before: u64 = later.rules.values().filter_map(|count| count.before).sum();
        prop_assert_eq!(Some(before), later.all.before);
    }
}

#[test]
fn a_repetition_follows_a_cure() {
    let judged = Judged::of(
        "
        2 10:00 d1 created stage=new employee=anna
        2 10:40 d1 call_out employee=anna amount=0
        2 11:00 d2 created stage=new employee=boris
        2 11:50 d2 call_out employee=boris amount=0
        3 10:00 d3 created stage=new employee=anna
        3 11:00 now",
    );
    let audited = judged.audited();
    let again = again(&audited);
    let repeated: Vec<&str> = audited
        .findings
        .iter()
        .zip(&again)
        .filter(|(_, again)| **again)
        .map(|(finding, _)| judged.history.deals.get(finding.deal.0))
        .collect();
    // Anna's second late answer; tasks are still missing on all, so nothing of that was cured.
    assert_eq!(repeated, ["d3"]);
}
