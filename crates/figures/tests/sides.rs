//! Strong sides and growth zones on small examples, worked out by hand, and the laws that the figures
//! of parts keep.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::regulation::{Regulation, Version};
use figures::funnel::Flow;
use figures::light::Who;
use figures::sides::{EXAMPLES, Growth, MOST, Strong};
use figures::{Audited, Everybody, Measured, Options, Proof, Span, Told};
use history::{EmployeeId, History, Instant};
use jiff::civil::date;
use proptest::prelude::*;

const RULES: &str = r#"
[light]
min_deals = 1
[[rule]]
use = "first-response"
limit = "15m"
severity = "violation"
[[rule]]
use = "stuck-in-stage"
limit = "20wd"
"#;

const WEEK: Span = Span::Week(date(2026, 3, 9));

/// A lead of somebody on a day of March that is answered in time or not, and won in the evening.
struct Lead<'p> {
    person: &'p str,
    day: u8,
    late: bool,
}

/// Leads in lines of an example, judged in the evening of the 13th.
fn story(leads: &[Lead<'_>]) -> String {
    let mut text = String::new();
    for (number, lead) in leads.iter().enumerate() {
        let Lead { person, day, late } = lead;
        // All within working hours.
        let (hour, minute) = (9 + number % 4, number % 10);
        let answer = if *late { 45 } else { 5 };
        writeln!(
            text,
            "{day} {hour}:{minute:02} d{number} created stage=new employee={person} amount={number}\n\
             {day} {hour}:{:02} d{number} call_out employee={person} amount=60\n\
             {day} 17:00 d{number} stage_changed stage=won actor={person}",
            minute + answer
        )
        .unwrap();
    }
    text.push_str("13 18:00 now\n");
    text
}

fn leads<'p>(person: &'p str, day: u8, all: usize, late: usize) -> Vec<Lead<'p>> {
    let lead = |number| Lead {
        person,
        day,
        late: number < late,
    };
    (0..all).map(lead).collect()
}

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

fn judged(story: &str) -> Judged {
    judged_by(story, RULES)
}

fn judged_by(story: &str, rules: &str) -> Judged {
    let text = format!("{}\n{rules}", examples::REGULATION);
    let regulation = Regulation::new(vec![Version::parse(&text, "r.toml").unwrap()]).unwrap();
    let (history, now) = examples::read(story).unwrap_or_else(|error| panic!("{error}"));
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    Judged {
        history,
        regulation,
        verdict,
        now,
    }
}

impl Judged {
    fn with<T>(&self, see: impl FnOnce(&Everybody<'_>) -> T) -> T {
        let audited = Audited {
            history: &self.history,
            regulation: &self.regulation,
            findings: &self.verdict.findings,
            marks: &[],
            tenures: &self.verdict.tenures,
            problems: &self.verdict.problems,
            now: self.now,
            in_order: false,
        };
        let options = Options {
            span: WEEK,
            worst: 10,
        };
        let flow = Flow::of(&audited);
        see(&Everybody::of(audited, None, options, &flow))
    }

    fn of<T>(&self, person: &str, see: impl FnOnce(&Measured<'_>) -> T) -> T {
        let person = EmployeeId(self.history.people.ids.find(person).unwrap());
        self.with(|all| see(all.measured(Who::Employee(person)).unwrap()))
    }
}

#[test]
fn a_clean_week_is_a_strong_side() {
    let judged = judged(&story(&leads("anna", 9, 12, 0)));
    judged.of("anna", |anna| {
        let first = &anna.sides.strong[0];
        assert_eq!(first.what, Strong::Clean { deals: 12 });
        assert_eq!(first.proofs.len(), EXAMPLES);
        // All were won: the dearest come first.
        let deal = judged.history.deals.find("d11").unwrap();
        assert_eq!(first.proofs[0], Proof::Clean(history::DealId(deal)));
        assert!(anna.sides.growth.is_empty());
        assert!(anna.sides.is_small);
    });
}

#[test]
fn nine_clean_deals_say_nothing_yet() {
    judged(&story(&leads("anna", 9, 9, 0))).of("anna", |anna| {
        assert!(anna.sides.strong.is_empty(), "{:?}", anna.sides.strong);
    });
}

#[test]
fn what_others_do_worse_is_a_strong_side_and_what_one_does_worse_a_growth_zone() {
    let mut all = leads("anna", 9, 30, 0);
    all.extend(leads("boris", 10, 30, 15));
    let judged = judged(&story(&all));
    judged.of("anna", |anna| {
        let said: Vec<_> = anna.sides.strong.iter().map(|side| side.what).collect();
        assert_eq!(said[0], Strong::Clean { deals: 30 });
        let [rare] = said
            .iter()
            .filter_map(|what| match what {
                Strong::Rare { rule, than, base } => Some((*rule, than.findings, *base)),
                _ => None,
            })
            .collect::<Vec<_>>()[..]
        else {
            panic!("{said:?}");
        };
        assert_eq!(rare, ("first-response", (15, 0), Who::Company));
        let quick = |what: &Strong<'_>| {
            matches!(what, Strong::Quick { against, .. }
            if against.own == (30, 30) && against.others == (15, 30))
        };
        assert!(said.iter().any(quick), "{said:?}");
        assert!(!anna.sides.is_small);
    });
    judged.of("boris", |boris| {
        assert!(boris.sides.strong.is_empty(), "{:?}", boris.sides.strong);
        let Growth::Rule(weight) = boris.sides.growth[0].what else {
            panic!("{:?}", boris.sides.growth);
        };
        assert_eq!(weight.count.findings, 15);
        // 15 violations of weight 3 on 30 deals.
        assert_eq!((weight.rate, weight.others), (150.0, Some(0.0)));
        assert_eq!(weight.told, Told::Sure);
        let deals: Vec<_> = boris.sides.growth[0]
            .proofs
            .iter()
            .map(Proof::deal)
            .collect();
        assert_eq!(deals.len(), EXAMPLES);
        assert!(deals[0] != deals[1] && deals[1] != deals[2]);
        let slow = |what: &Growth<'_>| matches!(what, Growth::Slow { .. });
        assert!(boris.sides.growth.iter().any(|side| slow(&side.what)));
    });
}

#[test]
fn what_became_rarer_beyond_chance_is_a_strong_side_and_the_other_way_round() {
    let mut all = leads("anna", 3, 30, 15);
    all.extend(leads("anna", 10, 30, 0));
    all.extend(leads("boris", 3, 30, 2));
    all.extend(leads("boris", 10, 30, 20));
    let judged = judged(&story(&all));
    judged.of("anna", |anna| {
        let fewer = |what: &Strong<'_>| {
            matches!(what, Strong::Fewer { change, told: Told::Sure }
            if change.findings == (15, 0) && change.deals == (30, 30))
        };
        let strong = &anna.sides.strong;
        assert!(strong.iter().any(|side| fewer(&side.what)), "{strong:?}");
        let of_rule = |what: &Strong<'_>| matches!(what, Strong::FewerOf { .. });
        assert!(
            !strong.iter().any(|side| of_rule(&side.what)),
            "the only rule says what all findings together say"
        );
        let deals = strong.iter().flat_map(|side| &side.proofs).map(Proof::deal);
        let deals: Vec<_> = deals.collect();
        let apart: std::collections::BTreeSet<_> = deals.iter().map(|deal| deal.0).collect();
        assert_eq!(apart.len(), deals.len(), "a deal backs one thing alone");
    });
    judged.of("boris", |boris| {
        let growth = &boris.sides.growth;
        assert!(
            matches!(
                growth[0].what,
                Growth::More {
                    told: Told::Sure,
                    ..
                }
            ),
            "{growth:?}"
        );
        let Growth::Rule(weight) = growth[1].what else {
            panic!("{growth:?}");
        };
        assert_eq!(weight.worse.unwrap().findings, (2, 20));
        // The later ones come within 60 days of those that were answered after all.
        assert_eq!(weight.count.again, 20);
    });
}

#[test]
fn one_slip_is_no_growth_zone_unless_it_comes_again() {
    let once = judged(&story(&leads("boris", 9, 5, 1)));
    once.of("boris", |boris| {
        assert!(boris.sides.growth.is_empty(), "{:?}", boris.sides.growth);
        assert!(boris.sides.is_small);
    });
    let mut all = leads("boris", 3, 5, 1);
    all.extend(leads("boris", 9, 5, 2));
    judged(&story(&all)).of("boris", |boris| {
        let Growth::Rule(weight) = boris.sides.growth[0].what else {
            panic!("{:?}", boris.sides.growth);
        };
        assert_eq!((weight.count.findings, weight.count.again), (2, 2));
        assert_eq!(weight.told, Told::TooLittleData, "there is nobody else");
    });
}

#[test]
fn money_that_hangs_is_a_growth_zone_with_its_deals() {
    let text = "
        2 10:00 d1 created stage=new employee=anna amount=500
        2 10:05 d1 call_out employee=anna amount=60
        2 10:00 d2 created stage=new employee=anna amount=900
        2 10:05 d2 call_out employee=anna amount=60
        2 11:00 d3 created stage=new employee=anna amount=100
        2 11:05 d3 call_out employee=anna amount=60
        3 11:00 d3 stage_changed stage=won actor=anna
        13 18:00 now";
    let judged = judged_by(text, &RULES.replace("20wd", "2wd"));
    judged.of("anna", |anna| {
        assert_eq!((anna.hung.deals, anna.hung.sum), (2, 140_000));
        // One of three that came to the stage was won.
        assert_eq!(anna.hung.worth, 46_700);
        let hung = anna.sides.growth.iter().find_map(|side| match side.what {
            Growth::Hung(money) => Some((money.deals, side.proofs.len())),
            _ => None,
        });
        assert_eq!(hung, Some((2, 2)));
        assert_eq!(anna.closed.all(), 0, "d3 was won in the week before");
        assert_eq!(anna.closed_before.unwrap().won, 1);
    });
}

/// Leads of a person on a day that are answered in time; so many of them are won in the evening, the
/// others lost.
fn sold(text: &mut String, person: &str, day: u8, [won, lost]: [usize; 2]) {
    for number in 0..won + lost {
        let (hour, minute) = (9 + number % 4, number % 10);
        let stage = if number < won { "won" } else { "lost" };
        writeln!(
            text,
            "{day} {hour}:{minute:02} {person}-{number} created stage=new employee={person} amount={number}\n\
             {day} {hour}:{:02} {person}-{number} call_out employee={person} amount=60\n\
             {day} 17:00 {person}-{number} stage_changed stage={stage} actor={person}",
            minute + 5
        )
        .unwrap();
    }
}

#[test]
fn whoever_wins_more_than_the_others_is_told_so_and_whoever_wins_less_too() {
    let mut text = String::new();
    sold(&mut text, "anna", 9, [18, 6]);
    sold(&mut text, "boris", 10, [6, 18]);
    text.push_str("13 18:00 now\n");
    let judged = judged(&text);
    // 18 of 24 against 6 of 24: Fisher's exact test gives about 0.0012, below 2 of 1000.
    judged.of("anna", |anna| {
        assert_eq!((anna.closed.won, anna.closed.lost), (18, 6));
        let strong = anna.sides.strong.iter();
        let mut wins = strong.filter_map(|side| match side.what {
            Strong::Wins { against, base } => Some((against, base, &side.proofs)),
            _ => None,
        });
        let (against, base, proofs) = wins.next().unwrap();
        assert_eq!((against.own, against.others), ((18, 24), (6, 24)));
        assert_eq!((against.told(), base), (Told::Sure, Who::Company));
        // The dearest that were won.
        let deal = judged.history.deals.find("anna-17").unwrap();
        let first = proofs.first().map(Proof::deal);
        assert_eq!(first, Some(history::DealId(deal)));
        assert!(proofs.iter().all(|proof| matches!(proof, Proof::Won(..))));
    });
    judged.of("boris", |boris| {
        let growth = boris.sides.growth.iter();
        let mut loses = growth.filter_map(|side| match side.what {
            Growth::Loses { against, base } => Some((against, base, &side.proofs)),
            _ => None,
        });
        let (against, base, proofs) = loses.next().unwrap();
        assert_eq!((against.own, against.others), ((6, 24), (18, 24)));
        assert_eq!((against.told(), base), (Told::Sure, Who::Company));
        assert!(proofs.iter().all(|proof| matches!(proof, Proof::Lost(..))));
        assert_eq!(proofs.len(), EXAMPLES);
        let wins = |what: &Strong<'_>| matches!(what, Strong::Wins { .. });
        assert!(!boris.sides.strong.iter().any(|side| wins(&side.what)));
    });
}

#[test]
fn a_difference_of_wins_that_chance_may_make_is_told_of_nobody() {
    let mut text = String::new();
    sold(&mut text, "anna", 9, [14, 10]);
    sold(&mut text, "boris", 10, [10, 14]);
    text.push_str("13 18:00 now\n");
    // 14 of 24 against 10 of 24: chance makes such a difference in 39 of 100 cases.
    let judged = judged(&text);
    for person in ["anna", "boris"] {
        judged.of(person, |one| {
            let wins = |what: &Strong<'_>| matches!(what, Strong::Wins { .. });
            let loses = |what: &Growth<'_>| matches!(what, Growth::Loses { .. });
            assert!(!one.sides.strong.iter().any(|side| wins(&side.what)));
            assert!(!one.sides.growth.iter().any(|side| loses(&side.what)));
        });
    }
}

#[test]
fn the_best_quarter_of_enough_people_is_low() {
    let mut all = leads("anna", 9, 60, 1);
    all.extend(leads("boris", 10, 60, 20));
    all.extend(leads("clara", 11, 60, 24));
    all.extend(leads("elena", 12, 60, 26));
    let judged = judged(&story(&all));
    judged.of("anna", |anna| {
        let strong = anna.sides.strong.iter();
        let mut low = strong.filter_map(|side| match side.what {
            Strong::Low { rate, company } => Some((rate, company, &side.proofs)),
            _ => None,
        });
        let (rate, company, proofs) = low.next().unwrap();
        // 1 violation of weight 3 on 60 deals; 71 of them on 240.
        assert_eq!((rate, company), (5.0, 88.75));
        assert_eq!(proofs.len(), EXAMPLES);
        assert!(proofs.iter().all(|proof| matches!(proof, Proof::Clean(_))));
    });
    for person in ["boris", "clara", "elena"] {
        judged.of(person, |one| {
            let low = |what: &Strong<'_>| matches!(what, Strong::Low { .. });
            assert!(!one.sides.strong.iter().any(|side| low(&side.what)));
        });
    }
    // Of three people nobody is the best quarter.
    let three: Vec<Lead<'_>> = leads("anna", 9, 60, 1)
        .into_iter()
        .chain(leads("boris", 10, 60, 20))
        .chain(leads("clara", 11, 60, 24))
        .collect();
    self::judged(&story(&three)).of("anna", |anna| {
        let low = |what: &Strong<'_>| matches!(what, Strong::Low { .. });
        assert!(!anna.sides.strong.iter().any(|side| low(&side.what)));
    });
}

#[test]
fn one_rule_that_surely_became_rarer_is_told_beside_the_others() {
    // 20 of 30 leads were answered late in the first week and none in the second, while as many deals
    // stand still in both.
    let mut text = String::new();
    for (day, late) in [(2, 20), (9, 0)] {
        for number in 0..30 {
            let (hour, minute) = (9 + number % 4, number % 10);
            let answer = minute + if number < late { 45 } else { 5 };
            writeln!(
                text,
                "{day} {hour}:{minute:02} d{day}-{number} created stage=new employee=anna\n\
                 {day} {hour}:{answer:02} d{day}-{number} call_out employee=anna amount=60"
            )
            .unwrap();
            if number >= 10 {
                writeln!(
                    text,
                    "{day} 17:00 d{day}-{number} stage_changed stage=won actor=anna"
                )
                .unwrap();
            }
        }
    }
    text.push_str("13 18:00 now\n");
    let rules = RULES.replace("20wd", "2wd");
    let judged = judged_by(&text, &rules);
    judged.of("anna", |anna| {
        let late = anna.rules["first-response"];
        assert_eq!(late.findings, (20, 0));
        assert_eq!(late.told(), Told::Sure);
        let strong = anna.sides.strong.iter();
        let fewer_of: Vec<_> = strong
            .filter_map(|side| match side.what {
                Strong::FewerOf { rule, change } => Some((rule, change.findings)),
                _ => None,
            })
            .collect();
        assert_eq!(fewer_of, [("first-response", (20, 0))]);
        // As many deals stood still as before: that is nothing to praise.
        assert_eq!(anna.rules["stuck-in-stage"].findings, (10, 10));
    });
}

#[test]
fn nobody_is_told_apart_by_nothing() {
    judged("13 18:00 now").with(|all| {
        let company = all.measured(Who::Company).unwrap();
        assert!(company.sides.strong.is_empty() && company.sides.growth.is_empty());
        assert_eq!(company.counts.all.findings, 0);
    });
}

fn any_leads() -> impl Strategy<Value = Vec<(usize, u8, bool)>> {
    let day = prop_oneof![2u8..7, 9u8..14];
    proptest::collection::vec((0usize..3, day, any::<bool>()), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is said of parts is what the whole says of them.
    #[test]
    fn parts_agree_with_the_whole(leads in any_leads()) {
        let people = ["anna", "boris", "clara"];
        let leads: Vec<Lead<'_>> = leads
            .into_iter()
            .map(|(person, day, late)| Lead { person: people[person], day, late })
            .collect();
        let judged = judged(&story(&leads));
        judged.with(|all| {
            let report = &all.report;
            let mut sum = 0;
            for (who, measured) in &all.measured {
                let counts = &measured.counts;
                let tally = report.lights.whose(*who);
                prop_assert_eq!(counts.all.findings, tally.findings.iter().sum::<u64>());
                prop_assert_eq!(measured.indicators.findings.iter().sum::<u64>(), counts.all.findings);
                let by_rule: u64 = counts.rules.values().map(|count| count.findings).sum();
                prop_assert_eq!(by_rule, counts.all.findings);
                if let Who::Employee(person) = who {
                    sum += counts.all.findings;
                    let known = report.counts.people.get(person).copied().unwrap_or_default();
                    prop_assert_eq!(known.findings, counts.all.findings);
                    prop_assert_eq!(known.before.unwrap_or(0), counts.all.before.unwrap_or(0));
                    let own = report.indicators.get(person).copied().unwrap_or_default();
                    prop_assert_eq!(own, measured.indicators);
                    let changes = report.changes.as_ref().unwrap();
                    prop_assert_eq!(changes.people.get(person).copied(), measured.change);
                }
                let rules = measured.sides.growth.iter();
                let rules = rules.filter(|side| matches!(side.what, Growth::Rule(_)));
                prop_assert!(rules.count() <= MOST);
                let strong = measured.sides.strong.iter().map(|side| side.proofs.len());
                let growth = measured.sides.growth.iter().map(|side| side.proofs.len());
                prop_assert!(strong.chain(growth).all(|proofs| proofs <= EXAMPLES));
                let better = measured.sides.strong.iter().any(|side| matches!(side.what, Strong::Fewer { .. }));
                let worse = measured.sides.growth.iter().any(|side| matches!(side.what, Growth::More { .. }));
                prop_assert!(!(better && worse));
            }
            prop_assert_eq!(sum, report.counts.all.findings);
            Ok(())
        })?;
    }
}
