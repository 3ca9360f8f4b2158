//! Open deals, goals and topics on small examples, worked out by hand.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::regulation::{Regulation, Severity, Version};
use figures::funnel::Flow;
use figures::goal::{Measure, Months, Reached};
use figures::own::{Chance, Chances, OpenDeal, call_order, in_hand, won};
use figures::{Audited, Period, Span, topics};
use history::{EmployeeId, GroupId, History, Instant};
use jiff::civil::date;
use worktime::Zone;

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

fn judged(rules: &str, text: &str) -> Judged {
    let text_of = format!(
        "{}\n[light]\nmin_deals = 1\n{rules}\n",
        examples::REGULATION
    );
    let version = Version::parse(&text_of, "own.toml").unwrap_or_else(|error| panic!("{error}"));
    let regulation = Regulation::new(vec![version]).unwrap();
    let (history, now) = examples::read(text).unwrap_or_else(|error| panic!("{error}"));
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    Judged {
        history,
        regulation,
        verdict,
        now,
    }
}

impl Judged {
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

    fn employee(&self, id: &str) -> EmployeeId {
        EmployeeId(self.history.people.ids.find(id).unwrap())
    }

    fn open(&self, employee: &str) -> Vec<OpenDeal> {
        let audited = self.audited();
        let chances = Chances::of(&audited, &Flow::of(&audited));
        let mut open = in_hand(&audited, &chances, self.employee(employee));
        let zone = audited.zone();
        call_order(&audited, &mut open, zone.start_of_day(zone.date(self.now)));
        open
    }

    fn names(&self, deals: &[OpenDeal]) -> Vec<String> {
        let name = |deal: &OpenDeal| self.history.deals.get(deal.deal.0).to_owned();
        deals.iter().map(name).collect()
    }
}

const TASK: &str = "[[rule]]\nuse = \"no-open-task\"\ngrace = \"2h\"";

/// Boris had 20 deals and won 5 of them, for 100 each; Anna has some open ones.
fn company() -> String {
    let mut text = String::new();
    for n in 0..20 {
        writeln!(
            text,
            "2 10:00 b{n} created stage=new employee=boris amount=100"
        )
        .unwrap();
        if n < 5 {
            writeln!(text, "3 10:00 b{n} stage_changed stage=won").unwrap();
        }
    }
    text.push_str(
        "
        2 10:00 a1 created stage=new employee=anna amount=1000
        2 11:00 a1 task_added task=t1 due=\"4 12:00\" employee=anna text=Перезвонить
        3 10:00 a1 call_out employee=anna amount=60
        2 10:00 a2 created stage=new employee=anna amount=1000
        2 10:00 a3 created stage=new employee=anna
        2 10:00 a4 created stage=new employee=anna amount=5000
        4 9:30 a4 call_out employee=anna amount=0
        3 11:00 a3 message_in
        2 10:00 a5 created stage=new employee=anna amount=9000
        3 12:00 a5 responsible_changed employee=boris
        2 10:00 a6 created stage=new employee=anna amount=9000
        3 12:00 a6 stage_changed stage=lost
        4 10:00 now",
    );
    text
}

#[test]
fn what_a_deal_is_worth_is_its_price_times_the_share_won() {
    let judged = judged(TASK, &company());
    let open = judged.open("anna");
    // 26 deals came to the stage, 5 of them were won. Of equal ones the one without contact comes
    // first; what was tried today comes last, whatever it is worth.
    assert_eq!(judged.names(&open), ["a2", "a1", "a3", "a4"]);
    let chance = Chance {
        won: 5,
        reached: 26,
        of_pipeline: false,
    };
    assert!(open.iter().all(|deal| deal.chance == Some(chance)));
    let worth: Vec<Option<i64>> = open.iter().map(|deal| deal.worth).collect();
    // 1000 × 5 / 26 = 192.3; the middle price of what was won is 100: 19.2; 5000: 961.5.
    assert_eq!(
        worth,
        [Some(19_200), Some(19_200), Some(1_900), Some(96_200)]
    );
    assert_eq!(
        open.iter().map(|deal| deal.guessed).collect::<Vec<_>>(),
        [false, false, true, false]
    );
}

#[test]
fn what_a_deal_needs_is_told() {
    let judged = judged(TASK, &company());
    let open = judged.open("anna");
    let by_name = |name: &str| {
        let at = judged.names(&open).iter().position(|one| one == name);
        &open[at.unwrap()]
    };
    let zone = Zone::new("Europe/Moscow").unwrap();
    let at = |day, hour, minute| zone.instant_from(date(2026, 3, day).at(hour, minute, 0, 0));
    let a1 = by_name("a1");
    assert_eq!(a1.task.unwrap().0, at(4, 12, 0));
    assert_eq!(
        (a1.contact, a1.attempt),
        (Some(at(3, 10, 0)), Some(at(3, 10, 0)))
    );
    assert!(!a1.hangs && a1.lasting == (0, None));
    assert!(a1.needs_a_hand(at(5, 0, 0)) && !a1.needs_a_hand(at(4, 12, 0)));
    let a3 = by_name("a3");
    assert_eq!((a3.waits, a3.attempt), (Some(at(3, 11, 0)), None));
    // Without a task it hangs, as figures of hung money have it.
    assert!(a3.hangs && a3.lasting.0 == 1 && a3.lasting.1.is_some());
    assert!(by_name("a4").waits.is_none());
}

#[test]
fn too_few_deals_tell_no_share() {
    let text = "
        2 10:00 d1 created stage=new employee=anna amount=1000
        2 10:00 d2 created stage=work employee=anna amount=1000
        3 10:00 d2 stage_changed stage=won
        2 10:00 d3 created stage=work employee=anna amount=1000
        4 10:00 now";
    let few = judged(TASK, text);
    assert!(
        few.open("anna")
            .iter()
            .all(|deal| deal.chance.is_none() && deal.worth.is_none())
    );
    // A stage that few came to has the share of its pipeline.
    let mut text = company();
    text = text.replace(
        "4 10:00 now",
        "3 9:00 a2 stage_changed stage=offer\n4 10:00 now",
    );
    let judged = judged(TASK, &text);
    let open = judged.open("anna");
    let at = judged
        .names(&open)
        .iter()
        .position(|one| one == "a2")
        .unwrap();
    let chance = open[at].chance.unwrap();
    assert_eq!(
        (chance.won, chance.reached, chance.of_pipeline),
        (5, 26, true)
    );
}

#[test]
fn what_was_won_belongs_to_who_answered_for_it_then() {
    let text = "
        2 10:00 d1 created stage=new employee=anna amount=10
        3 10:00 d1 stage_changed stage=won
        3 11:00 d1 responsible_changed employee=boris
        2 10:00 d2 created stage=new employee=anna amount=20
        3 10:00 d2 stage_changed stage=won
        4 10:00 d2 stage_changed stage=lost
        2 10:00 d3 created stage=new employee=boris
        3 10:00 d3 responsible_changed employee=anna
        4 10:00 d3 stage_changed stage=won
        5 10:00 now";
    let judged = judged(TASK, text);
    let of = |employee: &str| -> Vec<(String, Option<i64>, bool)> {
        let month = Span::month_of(date(2026, 3, 1));
        let period = month.period(judged.audited().zone());
        let won = won(&judged.audited(), judged.employee(employee), period);
        let one = |won: &figures::own::Won| {
            let name = judged.history.deals.get(won.deal.0).to_owned();
            (name, won.price, won.is_theirs)
        };
        won.iter().map(one).collect()
    };
    let d1 = ("d1".to_owned(), Some(1_000), false);
    assert_eq!(of("anna"), [("d3".to_owned(), None, true), d1]);
    assert!(of("boris").is_empty());
    let period = Period { from: 0, to: 1 };
    assert!(won(&judged.audited(), judged.employee("anna"), period).is_empty());
}

#[test]
fn a_goal_is_measured_month_by_month() {
    let judged = judged(TASK, &company());
    let audited = judged.audited();
    let months = Months::of(&audited);
    let anna = judged.employee("anna");
    let found = audited.findings.iter().filter(|one| one.employee == anna);
    let found = found.count() as i64;
    assert!(found > 1);
    for (at_most, reached) in [(found, Reached::Kept), (found - 1, Reached::Missed)] {
        let progress = months.progress(anna, Measure::Rule("no-open-task"), at_most);
        assert_eq!((progress.months.len(), progress.reached), (6, reached));
        assert_eq!(progress.months[5].value, Some(found));
        assert_eq!(progress.months[4].value, Some(0));
    }
    let light = months.progress(anna, Measure::Light, 0);
    assert_eq!(light.reached, Reached::Missed);
    assert_eq!(light.months[5].deals, 6);
    assert_eq!(light.months[4].value, None, "there was no deal");
    let nobody = months.progress(judged.employee("dmitry"), Measure::Light, 1_000);
    assert_eq!(nobody.reached, Reached::TooLittleData);
}

#[test]
fn topics_are_of_the_group_and_weigh() {
    let rules = "[[rule]]\nuse = \"no-open-task\"\ngrace = \"2h\"\nseverity = \"remark\"\n\
        [[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\nseverity = \"gross\"\n";
    let text = "
        2 10:00 d1 created stage=new employee=anna amount=10
        2 10:00 d2 created stage=new employee=boris amount=20
        2 11:00 d3 created stage=new employee=boris amount=20
        2 11:01 d3 call_out employee=boris amount=60
        2 18:00 now";
    let judged = judged(rules, text);
    let audited = judged.audited();
    let group = GroupId(judged.history.people.group_ids.find("north").unwrap());
    let found = topics(&audited, group, (Period::EVER, None));
    let rules: Vec<(&str, usize)> = found
        .iter()
        .map(|one| (one.rule, one.findings.len()))
        .collect();
    assert_eq!(rules, [("first-response", 2), ("no-open-task", 3)]);
    let first = found[0].findings[0];
    assert_eq!(audited.severity(first), Severity::Gross);
    assert_eq!(first.amount, Some(2_000), "the dearest first");
    assert_eq!(found[0].concerned().sum, 3_000);
    let none = Period { from: 0, to: 1 };
    let before = topics(&audited, group, (none, Some(Period::EVER)));
    assert_eq!((before[0].before, before[0].findings.len()), (2, 0));
    assert!(topics(&audited, GroupId::NONE, (Period::EVER, None)).is_empty());
}
