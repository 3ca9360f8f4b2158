//! Findings made by hand, from the specialist to the lead.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use app::life::hand::{Draft, Place, Step, Taken, Target, Unfit, Way};
use audit::regulation::Severity;
use history::Instant;
use proptest::prelude::*;
use worktime::Clock;

fn draft() -> Draft {
    Draft {
        target: Target::Call,
        deal: "d1".into(),
        employee: "anna".into(),
        kind: "tone".into(),
        severity: Severity::Violation,
        at: 10,
        text: "Interrupts the client".into(),
        recommendation: "Listen to the end".into(),
        event: "e7".into(),
    }
}

fn taken(sequence: i64, at: Instant, step: Step, text: &str) -> Taken {
    Taken {
        sequence,
        at,
        author: "p".into(),
        step,
        text: text.into(),
        recommendation: String::new(),
    }
}

#[test]
fn a_draft_says_what_its_target_asks_for() {
    assert_eq!(draft().check(10), Ok(()));
    let check = |change: fn(&mut Draft)| {
        let mut other = draft();
        change(&mut other);
        other.check(10)
    };
    assert_eq!(check(|d| d.deal.clear()), Err(Unfit::NoDeal));
    assert_eq!(check(|d| d.event.clear()), Err(Unfit::NoEvent));
    assert_eq!(check(|d| d.kind = " ".into()), Err(Unfit::NoKind));
    assert_eq!(check(|d| d.text.clear()), Err(Unfit::NoText));
    assert_eq!(check(|d| d.at = 11), Err(Unfit::Future));
    let person = |d: &mut Draft| {
        d.target = Target::Person;
        d.deal.clear();
        d.event.clear();
    };
    assert_eq!(check(person), Ok(()));
    assert_eq!(
        check(|d| {
            d.target = Target::Person;
            d.employee.clear();
        }),
        Err(Unfit::NoEmployee)
    );
}

#[test]
fn the_coordinator_rewords_and_passes_on() {
    let mut steps = vec![taken(1, 100, Step::Made, "Rude!")];
    let way = Way::of(&steps);
    assert_eq!(way.place(), Place::WithCoordinator);
    assert_eq!(way.check(Step::Read, ""), Err(Unfit::WithCoordinator));
    assert_eq!(way.check(Step::PassedOn, " "), Err(Unfit::NoText));
    steps.push(taken(2, 200, Step::PassedOn, "Interrupts the client"));
    steps.push(taken(3, 300, Step::Delivered, "in_app"));
    let way = Way::of(&steps);
    assert_eq!(
        (way.place(), way.text.as_str()),
        (Place::PassedOn, "Interrupts the client")
    );
    assert_eq!(way.check(Step::Exempted, "why"), Err(Unfit::PassedOn));
    assert_eq!(way.check(Step::Delivered, ""), Err(Unfit::Delivered));
    steps.push(taken(4, 450, Step::Read, ""));
    let way = Way::of(&steps);
    assert_eq!(way.check(Step::Read, ""), Err(Unfit::Read));
    assert_eq!((way.delivered, way.read), (Some(300), Some(450)));
}

#[test]
fn an_exemption_has_a_reason_and_is_the_end() {
    let mut steps = vec![taken(1, 100, Step::Made, "Rude!")];
    assert_eq!(
        Way::of(&steps).check(Step::Exempted, ""),
        Err(Unfit::NoReason)
    );
    steps.push(taken(2, 200, Step::Exempted, "the client was rude first"));
    let way = Way::of(&steps);
    assert_eq!(way.place(), Place::Exempted);
    for step in Step::ALL {
        assert_eq!(way.check(*step, "x"), Err(Unfit::Exempted));
    }
}

#[test]
fn the_leads_reaction_is_counted_in_working_time() {
    // The lead is away between 350 and 400.
    let clock = Clock::always().without(&[(350, Some(400))]);
    let mut steps = vec![
        taken(1, 100, Step::Made, "Rude!"),
        taken(2, 200, Step::PassedOn, "Rude!"),
    ];
    assert_eq!(Way::of(&steps).reaction(None, &clock, 500), None);
    steps.push(taken(3, 300, Step::Delivered, ""));
    let waiting = Way::of(&steps).reaction(None, &clock, 500).unwrap();
    assert_eq!((waiting.first_ms, waiting.waiting_ms), (None, 150));
    steps.push(taken(4, 450, Step::Read, ""));
    let read = Way::of(&steps).reaction(Some(600), &clock, 700).unwrap();
    assert_eq!(
        (read.first_ms, read.worked_off_ms, read.waiting_ms),
        (Some(100), Some(250), 0)
    );
    // Worked off unread.
    let unread = Way::of(&steps[..3])
        .reaction(Some(420), &clock, 700)
        .unwrap();
    assert_eq!((unread.first_ms, unread.waiting_ms), (Some(70), 0));
}

proptest! {
    #[test]
    fn where_it_is_follows_from_the_list(
        steps in prop::collection::vec(prop::sample::select(Step::ALL.to_vec()), 0..12),
        turned in any::<bool>(),
    ) {
        let mut list = vec![taken(0, 0, Step::Made, "text")];
        for step in steps {
            let way = Way::of(&list);
            if way.check(step, "text").is_ok() && step != Step::Made {
                let n = list.len() as i64;
                list.push(taken(n, n, step, "text"));
            }
        }
        let way = Way::of(&list);
        prop_assert!(way.passed_on.is_none() || way.exempted.is_none());
        prop_assert!(way.delivered.is_none() || way.passed_on.is_some());
        prop_assert!(way.read.is_none() || way.delivered.is_some());
        if turned {
            list.reverse();
        }
        prop_assert_eq!(Way::of(&list), way);
    }
}
