//! A backtest judges only what differs, and finds what judging everything finds.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::examples;
use audit::judge::{Finding, Judge};
use audit::regulation::{Regulation, Version};
use figures::Period;
use figures::backtest::{Backtest, Baseline};
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
3 10:05 d4 call_out employee=boris amount=5
3 10:10 d4 task_added task=t1 due="20 10:00" employee=boris actor=boris
8 10:00 d1 stage_changed stage=won actor=anna
12 10:00 d4 stage_changed stage=offer actor=boris
20 18:00 now
"#;

fn regulation(text: &str) -> Regulation {
    let version = Version::parse(text, "r.toml").unwrap_or_else(|error| panic!("{error}"));
    Regulation::new(vec![version]).unwrap()
}

fn present() -> String {
    format!("{}\n{RULES}", examples::REGULATION)
}

/// Findings by names, in one order: places of rules differ between files.
fn named(findings: &[Finding], regulation: &Regulation) -> Vec<String> {
    let mut named: Vec<String> = findings
        .iter()
        .map(|finding| {
            let entry = &regulation.latest().entries[finding.entry as usize];
            let bare = Finding {
                entry: 0,
                ..finding.clone()
            };
            format!("{} {:?} {bare:?}", entry.name, entry.severity)
        })
        .collect();
    named.sort();
    named
}

/// Tries another regulation; returns how many rules were judged for it.
fn tried(other: &str, see: impl FnOnce(&Backtest<'_>, &History)) -> usize {
    let (history, now): (History, Instant) = examples::read(LIFE).unwrap();
    let (own, other) = (regulation(&present()), regulation(other));
    let judge = Judge::new(&history, &own);
    let verdict = judge.judge(now, None);
    let baseline = Baseline::new(&judge, &verdict, now);
    let tried = baseline.tried(&other);
    let whole = Judge::new(&history, &other).judge(now, None);
    assert_eq!(
        named(&tried.findings, &other),
        named(&whole.findings, &other)
    );
    let before = baseline.side(Period::EVER);
    see(
        &baseline.against(&before, &other, &tried, Period::EVER),
        &history,
    );
    tried.judged
}

#[test]
fn the_same_regulation_changes_nothing() {
    let judged = tried(&present(), |backtest, _| {
        assert!(backtest.is_unchanged());
        assert!(backtest.deals.is_empty());
        assert!(backtest.newly_hit.is_empty() && backtest.no_longer.is_empty());
    });
    assert_eq!(judged, 0, "nothing needs judging");
}

#[test]
fn a_changed_limit_judges_one_rule() {
    let other = present().replace("limit = \"15m\"", "limit = \"30m\"");
    let judged = tried(&other, |backtest, history| {
        // d1 was answered after 40 minutes and stays; d3 after 20.
        assert_eq!((backtest.appear.len(), backtest.vanish.len()), (0, 1));
        let (deal, appear, vanish) = backtest.deals[0];
        assert_eq!((history.deals.get(deal.0), appear, vanish), ("d3", 0, 1));
        assert!(!backtest.is_unchanged());
    });
    assert_eq!(judged, 1);
}

#[test]
fn a_new_rule_hits_new_people() {
    let other = format!(
        "{}\n[[rule]]\nuse = \"stage-task\"\ntasks = {{ offer = [\"call\"] }}\n",
        present().replace("\"3d\"", "\"30d\"")
    );
    let judged = tried(&other, |backtest, history| {
        let boris = history.people.ids.find("boris").unwrap();
        assert!(
            backtest
                .before
                .counts
                .people
                .keys()
                .any(|person| person.0 == boris)
        );
        assert!(!backtest.appear.is_empty());
    });
    assert_eq!(judged, 2);
    // Nobody answers for a longer stay of Boris's.
    let milder = present().replace("\"3d\"", "\"30d\"");
    tried(&milder, |backtest, history| {
        let names: Vec<&str> = backtest
            .no_longer
            .iter()
            .map(|id| history.people.ids.get(id.0))
            .collect();
        assert_eq!(names, ["boris"]);
    });
}

#[test]
fn severity_needs_no_judging() {
    let other = present().replace(
        "use = \"no-open-task\"",
        "use = \"no-open-task\"\nseverity = \"remark\"",
    );
    let judged = tried(&other, |backtest, _| {
        assert_eq!((backtest.appear.len(), backtest.vanish.len()), (0, 0));
        assert!(!backtest.is_unchanged(), "rates change");
    });
    assert_eq!(judged, 0);
}

#[test]
fn another_light_is_a_change() {
    let other = format!("{}\n[light]\ngreen = 1.0\nyellow = 2.0\n", present());
    let judged = tried(&other, |backtest, _| {
        assert_eq!((backtest.appear.len(), backtest.vanish.len()), (0, 0));
        assert!(!backtest.is_unchanged(), "rates and colours change");
    });
    assert_eq!(judged, 0);
}

#[test]
fn rules_that_go_move_or_are_filtered() {
    let gone = present().replace(
        "use = \"overload\"\nlimit = 2",
        "use = \"overload\"\nlimit = 2\nenabled = false",
    );
    tried(&gone, |backtest, _| assert!(!backtest.vanish.is_empty()));
    let filtered = present().replace(
        "use = \"no-open-task\"",
        "use = \"no-open-task\"\nstages = [\"work\"]",
    );
    tried(&filtered, |backtest, _| {
        assert!(!backtest.vanish.is_empty())
    });
    let (first, rest) = RULES.split_at(RULES[1..].find("[[rule]]").unwrap() + 1);
    let (one, two) = rest.split_at(rest[1..].find("[[rule]]").map_or(rest.len(), |at| at + 1));
    let turned = format!("{}\n{two}\n{one}\n{first}", examples::REGULATION);
    let judged = tried(&turned, |backtest, _| assert!(backtest.is_unchanged()));
    assert_eq!(judged, 0, "the order of rules means nothing");
}

#[test]
fn other_hours_judge_everything() {
    let other = present().replace("mon = [\"09:00-18:00\"]", "mon = [\"09:00-10:30\"]");
    let judged = tried(&other, |backtest, _| assert!(!backtest.is_unchanged()));
    assert_eq!(judged, 4);
}
