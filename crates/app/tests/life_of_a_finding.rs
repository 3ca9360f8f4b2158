//! The life of a finding, move by move, and where others fell with disputes.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use app::life::decision::{Cause, Decision, Move, Outcome};
use app::life::dispute::Term;
use app::life::exemption::{Exemption, Scope, Unfit, covering};
use app::life::finding::{Facts, Life, State, Who};
use app::life::refused::Why;
use app::life::view::view;
use audit::regulation::Severity;
use figures::View;
use history::Instant;
use jiff::civil::date;
use proptest::prelude::*;
use worktime::{Calendar, Clock, Hours, Limit, Schedule, Zone};

const HOUR: i64 = 3_600_000;

/// Monday to Friday, 09:00 to 17:00.
fn clock() -> Clock {
    let day = Hours::parse(&["09:00-17:00"]).unwrap();
    let mut week = [(); 7].map(|()| day.clone());
    week[5] = Hours::closed();
    week[6] = Hours::closed();
    Clock::new(Schedule::Company(Arc::new(Calendar {
        zone: Zone::utc(),
        week,
        country: None,
        exceptions: BTreeMap::new(),
    })))
}

/// An hour of a day of March 2026; the 2nd is a Monday.
fn at(day: i8, hour: i8) -> Instant {
    Zone::utc().instant_from(date(2026, 3, day).at(hour, 0, 0, 0))
}

fn facts() -> Facts<'static> {
    Facts {
        rule: "first-response",
        deal: "d1",
        employee: "anna",
        stage: "new",
        severity: Severity::Violation,
        at: at(2, 10),
        until: None,
        withdrawn: false,
        maker: "",
        by_hand: false,
        held: false,
    }
}

const ANNA: Who<'_> = Who {
    person: "p-anna",
    employee: "anna",
};
const LEAD: Who<'_> = Who {
    person: "p-lead",
    employee: "lead",
};
const COORDINATOR: Who<'_> = Who {
    person: "p-coordinator",
    employee: "",
};
const HEAD: Who<'_> = Who {
    person: "p-head",
    employee: "head",
};

/// A finding with what was decided on it.
struct Told<'a> {
    facts: Facts<'a>,
    decisions: Vec<Decision>,
    clock: Clock,
}

impl<'a> Told<'a> {
    fn new(facts: Facts<'a>) -> Told<'a> {
        Told {
            facts,
            decisions: Vec::new(),
            clock: clock(),
        }
    }

    fn life(&self) -> Life {
        Life::of(&self.decisions)
    }

    fn term(&self) -> Term<'_> {
        Term {
            limit: Limit::WorkDays(2),
            clock: &self.clock,
            day_length_ms: 8 * HOUR,
        }
    }

    fn deadline(&self) -> Option<Instant> {
        self.life().deadline(&self.term())
    }

    fn make(&mut self, who: Who<'_>, made: Move, now: Instant) -> Result<State, Why> {
        let life = self.life();
        let checked = life.check(&self.facts, who, made, now, &self.term());
        checked.map_err(|refused| refused.why)?;
        self.decisions.push(Decision {
            sequence: self.decisions.len() as i64,
            at: now,
            author: who.person.to_owned(),
            made,
            text: String::new(),
        });
        Ok(self.life().state(&self.facts))
    }

    fn view(&self) -> View {
        view(&self.facts, &self.life(), &[], false)
    }
}

#[test]
fn told_acknowledged_cured() {
    let mut finding = Told::new(facts());
    assert_eq!(finding.life().state(&finding.facts), State::New);
    let told = finding.make(ANNA, Move::Told, at(2, 11));
    assert_eq!(told, Ok(State::Told));
    let again = finding.make(ANNA, Move::Told, at(2, 12));
    assert_eq!(again, Err(Why::AlreadyTold));
    let why = Move::Acknowledged(Cause::Overload);
    assert_eq!(finding.make(ANNA, why, at(2, 12)), Ok(State::Acknowledged));
    assert_eq!(
        finding.make(ANNA, why, at(2, 13)),
        Err(Why::AlreadyAcknowledged)
    );
    // The cause may be put right; the instant stays.
    let other = Move::Acknowledged(Cause::Client);
    assert_eq!(
        finding.make(ANNA, other, at(2, 14)),
        Ok(State::Acknowledged)
    );
    assert_eq!(
        finding.life().acknowledged,
        Some((at(2, 12), Cause::Client))
    );
    finding.facts.until = Some(at(2, 15));
    assert_eq!(finding.life().state(&finding.facts), State::Cured);
    assert_eq!(
        finding.make(ANNA, Move::Cured, at(2, 16)),
        Err(Why::AlreadyCured)
    );
    assert_eq!(finding.view(), View::Counts(Severity::Violation));
}

#[test]
fn a_mark_cures_what_no_fact_does() {
    let mut finding = Told::new(facts());
    assert_eq!(finding.make(ANNA, Move::Cured, at(2, 12)), Ok(State::Cured));
    assert_eq!(
        finding.make(ANNA, Move::Cured, at(2, 13)),
        Err(Why::AlreadyCured)
    );
    assert_eq!(
        finding.make(LEAD, Move::Reopened, at(2, 14)),
        Ok(State::New)
    );
}

#[test]
fn told_is_the_first_time_in_any_channel() {
    let decision = |sequence, at| Decision {
        sequence,
        at,
        author: String::new(),
        made: Move::Told,
        text: "telegram".into(),
    };
    // The messenger reports late what it delivered early.
    let life = Life::of(&[decision(1, at(3, 9)), decision(2, at(2, 18))]);
    assert_eq!(life.told, Some(at(2, 18)));
}

#[test]
fn nobody_judges_in_their_own_case() {
    let mut finding = Told::new(Facts {
        maker: "p-specialist",
        ..facts()
    });
    finding.make(ANNA, Move::Told, at(2, 11)).unwrap();
    assert_eq!(
        finding.make(LEAD, Move::Disputed, at(2, 12)),
        Ok(State::Disputed)
    );
    let upheld = Move::Decided(Outcome::Upheld);
    assert_eq!(finding.make(LEAD, upheld, at(2, 13)), Err(Why::OwnDispute));
    assert_eq!(
        finding.make(ANNA, upheld, at(2, 13)),
        Err(Why::HeldAgainstYou)
    );
    let maker = Who {
        person: "p-specialist",
        employee: "",
    };
    assert_eq!(finding.make(maker, upheld, at(2, 13)), Err(Why::MadeByYou));
    let refused = finding
        .life()
        .check(&finding.facts, maker, upheld, at(2, 13), &finding.term());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "you made the finding: somebody else must judge the dispute; possible now: nothing"
    );
    assert_eq!(
        finding.make(COORDINATOR, upheld, at(2, 13)),
        Ok(State::Upheld)
    );
}

#[test]
fn one_dispute_until_somebody_allowed_reopens() {
    let mut finding = Told::new(facts());
    finding.make(ANNA, Move::Told, at(2, 9)).unwrap();
    finding.make(ANNA, Move::Disputed, at(2, 12)).unwrap();
    assert_eq!(
        finding.make(ANNA, Move::Disputed, at(2, 12)),
        Err(Why::DisputeWaits)
    );
    let upheld = Move::Decided(Outcome::Upheld);
    finding.make(COORDINATOR, upheld, at(2, 13)).unwrap();
    assert_eq!(
        finding.make(ANNA, Move::Disputed, at(2, 14)),
        Err(Why::AlreadyDecided)
    );
    assert_eq!(
        finding.make(ANNA, Move::Reopened, at(2, 14)),
        Err(Why::HeldAgainstYou)
    );
    // Anybody whose access allows it reopens, not the first judge alone.
    assert_eq!(
        finding.make(LEAD, Move::Reopened, at(5, 9)),
        Ok(State::Told)
    );
    // The time for the new dispute counts from there.
    assert_eq!(finding.deadline(), Some(at(6, 17)));
    assert_eq!(
        finding.make(ANNA, Move::Disputed, at(6, 17)),
        Ok(State::Disputed)
    );
}

#[test]
fn a_verdict_changes_the_finding_at_once_and_a_second_one_reaches_it_too() {
    let mut finding = Told::new(facts());
    finding.make(ANNA, Move::Disputed, at(2, 12)).unwrap();
    assert_eq!(
        finding.view(),
        View::Counts(Severity::Violation),
        "until decided"
    );
    let dismissed = Move::Decided(Outcome::Dismissed);
    assert_eq!(
        finding.make(LEAD, dismissed, at(2, 13)),
        Ok(State::Dismissed)
    );
    assert_eq!(finding.view(), View::Dismissed);
    let why = Move::Acknowledged(Cause::Other);
    assert_eq!(finding.make(ANNA, why, at(2, 13)), Err(Why::Dismissed));
    finding
        .make(COORDINATOR, Move::Reopened, at(2, 14))
        .unwrap();
    assert_eq!(finding.view(), View::Counts(Severity::Violation));
    finding.make(ANNA, Move::Disputed, at(2, 15)).unwrap();
    let partly = Move::Decided(Outcome::Partly);
    assert_eq!(finding.make(LEAD, partly, at(2, 16)), Ok(State::Partly));
    assert_eq!(finding.view(), View::Counts(Severity::Remark));
    // After the verdict it is acknowledged like any other, one severity lower.
    assert_eq!(finding.make(ANNA, why, at(2, 16)), Ok(State::Acknowledged));
    assert_eq!(finding.view(), View::Counts(Severity::Remark));
}

#[test]
fn below_a_remark_there_is_nothing() {
    let mut finding = Told::new(Facts {
        severity: Severity::Remark,
        ..facts()
    });
    finding.make(ANNA, Move::Disputed, at(2, 12)).unwrap();
    let partly = Move::Decided(Outcome::Partly);
    assert_eq!(finding.make(LEAD, partly, at(2, 16)), Ok(State::Partly));
    assert_eq!(finding.view(), View::Dismissed);
}

#[test]
fn the_deadline_runs_from_delivery_in_the_persons_working_time() {
    let mut finding = Told::new(facts());
    assert_eq!(finding.deadline(), None, "undelivered: no deadline runs");
    // Found on Monday the 2nd, delivered on Friday the 6th at noon: two working days are over on
    // Tuesday the 10th at noon.
    finding.make(ANNA, Move::Told, at(6, 12)).unwrap();
    assert_eq!(finding.deadline(), Some(at(10, 12)));
    // Anna is away from Monday to Wednesday.
    let away = clock().without(&[(at(9, 0), Some(at(12, 0)))]);
    finding.clock = away;
    assert_eq!(finding.deadline(), Some(at(13, 12)));
    let late = finding.make(ANNA, Move::Disputed, at(13, 13));
    assert_eq!(late, Err(Why::TooLate(at(13, 12))));
    // A wrong recipient, a messenger that lied: whoever may reopen gives the time back.
    assert_eq!(
        finding.make(LEAD, Move::Reopened, at(13, 14)),
        Ok(State::Told)
    );
    assert_eq!(
        finding.make(ANNA, Move::Disputed, at(13, 15)),
        Ok(State::Disputed)
    );
}

#[test]
fn nothing_takes_the_right_to_dispute_away_in_time() {
    let mut finding = Told::new(facts());
    finding.make(ANNA, Move::Told, at(2, 9)).unwrap();
    finding
        .make(ANNA, Move::Acknowledged(Cause::Client), at(2, 10))
        .unwrap();
    finding.make(LEAD, Move::Cured, at(2, 11)).unwrap();
    assert_eq!(
        finding.make(ANNA, Move::Disputed, at(2, 12)),
        Ok(State::Disputed)
    );
    assert_eq!(finding.life().acknowledged, None, "a dispute takes it back");
}

#[test]
fn what_is_withdrawn_keeps_its_decisions_and_comes_back_with_them() {
    let mut finding = Told::new(facts());
    finding.make(ANNA, Move::Disputed, at(2, 12)).unwrap();
    finding
        .make(LEAD, Move::Decided(Outcome::Partly), at(2, 13))
        .unwrap();
    finding.facts.withdrawn = true;
    assert_eq!(finding.life().state(&finding.facts), State::Withdrawn);
    assert_eq!(finding.view(), View::Withdrawn);
    assert_eq!(
        finding.make(LEAD, Move::Reopened, at(2, 14)),
        Err(Why::Withdrawn)
    );
    finding.facts.withdrawn = false;
    assert_eq!(finding.life().state(&finding.facts), State::Partly);
    assert_eq!(finding.view(), View::Counts(Severity::Remark));
}

fn exemption(id: &str, made_at: Instant) -> Exemption {
    Exemption {
        id: id.into(),
        scope: Scope {
            rule: "first-response".into(),
            ..Scope::default()
        },
        reason: "the telephony was down".into(),
        author: "p-head".into(),
        made_at,
        from: at(2, 0),
        until: at(3, 0),
        ended: None,
    }
}

#[test]
fn an_exemption_matches_all_that_it_names_within_its_time() {
    let one = exemption("e1", 0);
    assert!(one.covers(&facts()));
    let both = Exemption {
        scope: Scope {
            employee: "boris".into(),
            ..one.scope.clone()
        },
        ..one.clone()
    };
    assert!(!both.covers(&facts()));
    let elsewhere = |at| one.covers(&Facts { at, ..facts() });
    assert!(elsewhere(at(2, 0)) && !elsewhere(at(3, 0)) && !elsewhere(at(2, 0) - 1));
    let ended = Exemption {
        ended: Some(at(2, 10)),
        ..one.clone()
    };
    assert!(
        !ended.covers(&facts())
            && ended.covers(&Facts {
                at: at(2, 9),
                ..facts()
            })
    );
    // Each finding is hidden by one exemption: the one made first.
    let list = [exemption("b", 5), exemption("c", 4), exemption("a", 5)];
    assert_eq!(covering(&list, &facts()), Some(1));
    assert_eq!(
        view(&facts(), &Life::default(), &list, true),
        View::Exempt(1)
    );
    assert_eq!(view(&facts(), &Life::default(), &[], true), View::Advice);
}

#[test]
fn an_exemption_has_scope_reason_and_end() {
    let one = exemption("e1", 0);
    assert_eq!(one.check(at(2, 5)), Ok(()));
    let check = |change: fn(&mut Exemption)| {
        let mut other = one.clone();
        change(&mut other);
        other.check(at(2, 5))
    };
    assert_eq!(check(|e| e.scope = Scope::default()), Err(Unfit::NoScope));
    assert_eq!(check(|e| e.reason = "  ".into()), Err(Unfit::NoReason));
    assert_eq!(check(|e| e.until = e.from), Err(Unfit::EndsBeforeItBegins));
    assert_eq!(one.check(at(3, 0)), Err(Unfit::Over));
    assert_eq!(one.check_end(at(3, 0)), Err(Unfit::EndedBefore));
    assert_eq!(one.check_end(at(2, 5)), Ok(()));
}

/// Attempts at any move by anybody, an hour or more apart.
fn attempts() -> impl Strategy<Value = Vec<(Who<'static>, Move, i64)>> {
    let who = prop::sample::select(vec![ANNA, LEAD, COORDINATOR]);
    let made = prop::sample::select(vec![
        Move::Told,
        Move::Acknowledged(Cause::Client),
        Move::Acknowledged(Cause::Process),
        Move::Cured,
        Move::Disputed,
        Move::Decided(Outcome::Upheld),
        Move::Decided(Outcome::Partly),
        Move::Decided(Outcome::Dismissed),
        Move::Reopened,
    ]);
    // Some at one instant: their sequence orders them.
    prop::collection::vec((who, made, 0i64..12), 0..30)
}

proptest! {
    #[test]
    fn the_state_is_a_function_of_the_list(
        attempts in attempts(),
        order in any::<u64>(),
        maker in prop::sample::select(vec!["", "p-lead"]),
    ) {
        let mut finding = Told::new(Facts { maker, ..facts() });
        let mut folded = Life::default();
        let mut now = at(2, 10);
        for (who, made, hours) in attempts {
            now += hours * HOUR;
            let before = finding.life();
            let allowed = before.allowed(&finding.facts, who, now, &finding.term());
            let deadline = finding.deadline();
            match finding.make(who, made, now) {
                Ok(_) => {
                    prop_assert!(allowed.contains(&made.kind()));
                    folded.take(finding.decisions.last().unwrap());
                    match made {
                        Move::Disputed => {
                            prop_assert!(deadline.is_none_or(|deadline| now <= deadline));
                            prop_assert!(before.dispute.is_none());
                        }
                        Move::Decided(_) => {
                            let by = before.dispute.as_ref().map(|dispute| dispute.by.clone());
                            prop_assert_ne!(by.as_deref(), Some(who.person));
                            prop_assert_ne!(who.person, maker);
                            prop_assert_ne!(who.employee, "anna");
                        }
                        _ => {}
                    }
                }
                Err(Why::AlreadyAcknowledged) => {}
                Err(_) => prop_assert!(!allowed.contains(&made.kind())),
            }
            prop_assert!(finding.decisions.is_empty() || finding.life() == folded);
        }
        // In whatever order the rows come.
        let mut rows = finding.decisions.clone();
        let n = rows.len().max(1) as u64;
        rows.sort_by_key(|row| (row.sequence as u64).wrapping_mul(order | 1).rotate_left(7) % n);
        prop_assert_eq!(Life::of(&rows), folded.clone());
        // Withdrawn and back again.
        let state = folded.state(&finding.facts);
        let gone = Facts { withdrawn: true, ..finding.facts };
        prop_assert_eq!(folded.state(&gone), State::Withdrawn);
        prop_assert!(folded.allowed(&gone, COORDINATOR, now, &finding.term()).is_empty());
        prop_assert_eq!(Life::of(&rows).state(&finding.facts), state);
        // There is always somebody who can go on.
        let able = [ANNA, LEAD, COORDINATOR, HEAD].iter().any(|who| {
            !folded.allowed(&finding.facts, *who, now, &finding.term()).is_empty()
        });
        prop_assert!(able);
    }
}
