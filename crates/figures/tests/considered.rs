//! What people decided reaches the figures at once.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::examples;
use audit::judge::{Finding, Judge, Verdict};
use audit::regulation::{Regulation, Severity, Version};
use figures::light::Lights;
use figures::{Audited, Considered, Counts, Look, Period, View, again};
use history::{History, Instant};

const DAY: i64 = 86_400_000;

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

/// Anna is late with two leads that she answers in the end, and Boris with one.
fn judged() -> Judged {
    let rules = format!(
        "{}\n[[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\nseverity = \"violation\"",
        examples::REGULATION
    );
    let version = Version::parse(&rules, "r.toml").unwrap();
    let regulation = Regulation::new(vec![version]).unwrap();
    let (history, now) = examples::read(
        "
        2 10:00 d1 created stage=new employee=anna amount=100
        3 10:00 d2 created stage=new employee=anna amount=200
        4 10:00 d3 created stage=new employee=boris amount=300
        4 11:00 now",
    )
    .unwrap();
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    Judged {
        history,
        regulation,
        verdict,
        now,
    }
}

impl Judged {
    fn considered(&self, look: impl Fn(&str) -> Look) -> Considered {
        let deal = |finding: &Finding| look(self.history.deals.get(finding.deal.0));
        let findings = self.verdict.findings.iter();
        Considered::of(findings.map(|finding| (finding, deal(finding))))
    }

    fn audited<'a>(&'a self, considered: &'a Considered) -> Audited<'a> {
        let (tenures, problems) = (&self.verdict.tenures, &self.verdict.problems);
        considered.audited(&self.history, &self.regulation, tenures, problems, self.now)
    }
}

const PLAIN: Look = Look {
    view: View::Counts(Severity::Violation),
    acknowledged: None,
    cured: None,
};

#[test]
fn a_dismissed_finding_leaves_the_light_at_once() {
    let judged = judged();
    let all = judged.considered(|_| PLAIN);
    let audited = judged.audited(&all);
    let before = Lights::of(&audited, Period::EVER);
    assert_eq!(before.company.counted, [0, 3, 0]);

    let fewer = judged.considered(|deal| match deal {
        "d1" => View::Dismissed.into(),
        _ => PLAIN,
    });
    let audited = judged.audited(&fewer);
    let after = Lights::of(&audited, Period::EVER);
    assert_eq!(after.company.counted, [0, 2, 0]);
    assert_eq!(after.company.deals, before.company.deals);
    let counts = Counts::of(&audited, Period::EVER, None, &again(&audited));
    assert_eq!(counts.all.findings, 2);
}

#[test]
fn what_was_lowered_weighs_less() {
    let judged = judged();
    let lowered = judged.considered(|deal| match deal {
        "d3" => View::Counts(Severity::Remark).into(),
        _ => PLAIN,
    });
    let audited = judged.audited(&lowered);
    let lights = Lights::of(&audited, Period::EVER);
    assert_eq!(lights.company.counted, [1, 2, 0]);
    let counts = Counts::of(&audited, Period::EVER, None, &again(&audited));
    assert_eq!(counts.all.severities, [1, 2, 0]);
}

#[test]
fn figures_say_how_much_each_decision_hides() {
    let judged = judged();
    let considered = judged.considered(|deal| match deal {
        "d1" | "d2" => View::Exempt(7).into(),
        _ => View::Advice.into(),
    });
    let audited = judged.audited(&considered);
    assert!(audited.findings.is_empty());
    let hidden = considered.left_out(&audited, Period::EVER);
    let exempt = &hidden[&View::Exempt(7)];
    assert_eq!((exempt.findings, exempt.severities), (2, [0, 2, 0]));
    assert_eq!((exempt.concerned.deals, exempt.concerned.sum), (2, 30_000));
    assert_eq!(hidden[&View::Advice].findings, 1);
    let nothing = considered.left_out(&audited, Period { from: 0, to: 1 });
    assert!(nothing.is_empty());
}

#[test]
fn what_was_acknowledged_repeats_within_sixty_days() {
    let judged = judged();
    let breach = |deal: &str| {
        let named = |finding: &&Finding| judged.history.deals.get(finding.deal.0) == deal;
        judged.verdict.findings.iter().find(named).unwrap().at
    };
    let repeated = |acknowledged: Instant| {
        let considered = judged.considered(|deal| match deal {
            "d1" => Look {
                acknowledged: Some(acknowledged),
                ..PLAIN
            },
            _ => PLAIN,
        });
        let audited = judged.audited(&considered);
        let again = again(&audited);
        let pairs = audited.findings.iter().zip(again);
        let chosen = pairs.filter(|(_, again)| *again);
        chosen
            .map(|(finding, _)| judged.history.deals.get(finding.deal.0).to_owned())
            .collect::<Vec<_>>()
    };
    // Nothing was cured. Boris is another person.
    assert_eq!(repeated(breach("d1") + 1), ["d2"]);
    assert_eq!(repeated(breach("d2")), ["d2"]);
    assert!(repeated(breach("d2") + 1).is_empty());
    // An acknowledgement of the finding itself makes no repetition.
    assert!(repeated(breach("d1")).is_empty());
    // A mark of long ago is forgotten; what is before the breach belongs to nothing.
    assert!(repeated(breach("d1") - 61 * DAY).is_empty());
}
