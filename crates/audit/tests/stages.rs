//! Stages that overflow against what they usually hold.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::judge::{Finding, Judge, Verdict};
use audit::regulation::{Regulation, Version};
use history::{Account, Builder, EmployeeId, History, Instant, Kind, Record, StageKind};

const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;
/// 2026-01-05, a Monday, 12:00 in Moscow.
const NOON: Instant = 1_767_603_600_000;

fn regulation(settings: &str) -> Regulation {
    let text =
        format!("timezone = \"Europe/Moscow\"\n[[rule]]\nuse = \"stage-overflow\"\n{settings}\n");
    Regulation::new(vec![Version::parse(&text, "test.toml").unwrap()]).unwrap()
}

/// A stage that so many deals enter at each of these instants; the first `left` of all leave
/// at the last one.
fn stage(entered: &[(Instant, usize)], left: Option<(Instant, usize)>) -> History {
    let mut builder = Builder::new(Account::default());
    for (stage, kind) in [("open", StageKind::Open), ("won", StageKind::Won)] {
        builder.stage("sales", stage, stage, kind).unwrap();
    }
    let mut deals = 0;
    let mut event = |deal: usize, at, kind, stage| {
        let deal = format!("d{deal}");
        let record = Record {
            deal: &deal,
            at,
            kind: Some(kind),
            stage,
            amount: (kind == Kind::Created).then_some(10.0),
            ..Record::default()
        };
        builder.event(&record).unwrap();
    };
    for (at, count) in entered {
        for _ in 0..*count {
            event(deals, *at, Kind::Created, "open");
            deals += 1;
        }
    }
    if let Some((at, count)) = left {
        (0..count).for_each(|deal| event(deal, at, Kind::StageChanged, "won"));
    }
    builder.build()
}

fn judged(history: &History, settings: &str, now: Instant) -> Verdict {
    Judge::new(history, &regulation(settings)).judge(now, None)
}

/// Breach, end and deals of the only finding.
fn only(findings: &[Finding]) -> (Instant, Option<Instant>, u32) {
    let [one] = findings else {
        panic!("{findings:?}");
    };
    assert!(one.deal.is_none() && one.employee == EmployeeId::NONE && one.stage.is_some());
    assert_eq!(one.amount, Some(i64::from(one.count) * 1000));
    (one.at, one.until, one.count)
}

#[test]
fn twice_the_usual_is_too_much_once_eight_mondays_are_known() {
    let jump = NOON + 7 * WEEK + HOUR;
    let history = stage(&[(NOON, 20), (jump, 21)], None);
    assert!(judged(&history, "", jump - 1).findings.is_empty());
    let verdict = judged(&history, "", jump);
    assert_eq!(only(&verdict.findings), (jump, None, 41));
    // A week earlier only seven Mondays are known.
    let early = stage(&[(NOON + 1, 20), (jump, 21)], None);
    assert!(judged(&early, "", jump).findings.is_empty());
    // Twice is not more than twice.
    let less = stage(&[(NOON, 20), (jump, 20)], None);
    assert!(judged(&less, "", jump).findings.is_empty());
    assert!(judged(&history, "times = 3", jump).findings.is_empty());
}

#[test]
fn few_deals_are_not_compared_but_a_limit_holds() {
    let jump = NOON + 8 * WEEK;
    let history = stage(&[(NOON, 2), (jump, 27)], None);
    assert!(judged(&history, "", jump).findings.is_empty());
    let verdict = judged(&history, "limit = 28", jump);
    assert_eq!(only(&verdict.findings), (jump, None, 29));
}

#[test]
fn the_usual_grows_and_the_audit_wakes_for_it() {
    let jump = NOON + 7 * WEEK + HOUR;
    let history = stage(&[(NOON, 20), (jump, 30)], None);
    // 50 is more than twice the median until half of the Mondays saw 50: then it is 35.
    let cured = NOON + 11 * WEEK;
    let verdict = judged(&history, "", jump);
    assert_eq!(only(&verdict.findings), (jump, None, 50));
    assert_eq!(verdict.wake_up, Some(cured));
    let verdict = judged(&history, "", cured - 1);
    assert_eq!(only(&verdict.findings), (jump, None, 50));
    assert_eq!(verdict.wake_up, Some(cured));
    let verdict = judged(&history, "", cured);
    assert_eq!(only(&verdict.findings), (jump, Some(cured), 50));
    assert_eq!(verdict.wake_up, None);
}

#[test]
fn the_usual_shrinks_and_a_finding_begins_on_a_monday() {
    // Two deals for weeks, then 40 from before the eighth Monday on.
    let jump = NOON + 6 * WEEK + HOUR;
    let history = stage(&[(NOON, 2), (jump, 38)], None);
    let eighth = NOON + 7 * WEEK;
    let verdict = judged(&history, "", jump);
    assert!(verdict.findings.is_empty());
    assert_eq!(verdict.wake_up, Some(eighth));
    let verdict = judged(&history, "", eighth);
    assert_eq!(only(&verdict.findings), (eighth, None, 40));
    assert_eq!(verdict.findings[0].evidence().len(), 1);
}

#[test]
fn deals_that_leave_cure() {
    let jump = NOON + 7 * WEEK + HOUR;
    let history = stage(&[(NOON, 20), (jump, 30)], Some((jump + HOUR, 10)));
    let verdict = judged(&history, "", jump + HOUR);
    assert_eq!(only(&verdict.findings), (jump, Some(jump + HOUR), 50));
}
