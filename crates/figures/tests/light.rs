//! The traffic light on small examples, worked out by hand.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::regulation::{Light, Regulation, Version};
use figures::light::{Colour, Lights, Tally};
use figures::{Audited, Period};
use history::{
    Account, Builder, Employee, EmployeeId, GroupId, History, Instant, Kind, Membership, Record,
    StageKind,
};
use jiff::civil::date;
use worktime::Zone;

const WHENEVER: Period = Period::EVER;

/// A light of three lamps over small numbers.
const LIGHT: &str = "[light]\nmin_deals = 1\n";

/// The regulation of the examples with settings of its own and some rules.
fn regulation(settings: &str, rules: &[&str]) -> Regulation {
    let mut text = format!("{}\n{settings}\n", examples::REGULATION);
    for rule in rules {
        writeln!(text, "[[rule]]\n{rule}").unwrap();
    }
    let version = Version::parse(&text, "light.toml").unwrap_or_else(|error| panic!("{error}"));
    Regulation::new(vec![version]).unwrap()
}

fn between(from: Instant, to: Instant) -> Period {
    Period { from, to }
}

/// An example that has been judged.
struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

fn judged(settings: &str, rules: &[&str], text: &str) -> Judged {
    let regulation = regulation(settings, rules);
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
    fn light(&self) -> &Light {
        &self.regulation.latest().light
    }

    fn lights(&self, period: Period) -> Lights {
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
        Lights::of(&audited, period)
    }

    fn company(&self) -> Tally {
        self.lights(WHENEVER).company
    }

    fn person(&self, id: &str) -> Option<Tally> {
        let id = EmployeeId(self.history.people.ids.find(id)?);
        self.lights(WHENEVER).people.get(&id).copied()
    }

    fn group(&self, id: &str) -> Option<Tally> {
        let id = GroupId(self.history.people.group_ids.find(id)?);
        self.lights(WHENEVER).groups.get(&id).copied()
    }
}

/// The first instant of a day of March 2026 in Moscow.
fn midnight(day: i8) -> Instant {
    let zone = Zone::new("Europe/Moscow").unwrap();
    zone.start_of_day(date(2026, 3, day))
}

const RESPONSE: &str = "use = \"first-response\"\nlimit = \"15m\"";
const TITLE: &str = "use = \"deal-title\"\ngrace = \"1h\"";
const TASK: &str = "use = \"no-open-task\"\ngrace = \"2h\"";

#[test]
fn of_one_slip_the_gravest_counts() {
    // By 12:00 the lead without a title was neither answered nor planned.
    let neglected = "
        2 10:00 d1 created stage=new employee=anna
        2 18:00 now";
    let judged = judged(LIGHT, &[RESPONSE, TITLE, TASK], neglected);
    let one = Tally {
        deals: 1,
        findings: [1, 1, 1],
        counted: [0, 0, 1],
    };
    assert_eq!(judged.person("anna"), Some(one));
    assert_eq!(judged.group("north"), Some(one));
    assert_eq!(judged.company(), one);
    // 10 points on one deal are 1000 on a hundred.
    assert_eq!(one.rate(judged.light()), Some(1000.0));
    assert_eq!(one.colour(judged.light()), Colour::Red);
}

#[test]
fn another_day_or_deal_or_person_is_another_slip() {
    // d1: two breaches on the 2nd, one on the 3rd. d2: one on the 2nd.
    let judged = judged(
        LIGHT,
        &[RESPONSE, TITLE, "use = \"missed-call\"\nlimit = \"15m\""],
        "
        2 10:00 d1 created stage=new employee=anna
        2 10:00 d2 created stage=new employee=anna text=\"Окна — Зуев, Истра\"
        2 10:40 d2 call_out employee=anna amount=60
        2 11:30 d1 call_out employee=anna amount=60
        3 12:00 d1 call_in amount=0
        3 13:00 now",
    );
    let anna = judged.person("anna").unwrap();
    assert_eq!((anna.findings, anna.counted), ([1, 3, 0], [0, 3, 0]));

    // At 10:15 Anna is late; at 14:15 Boris, who has the deal from 14:00 on.
    let judged = self::judged(
        LIGHT,
        &[RESPONSE, "use = \"missed-call\"\nlimit = \"15m\""],
        "
        2 10:00 d1 created stage=new employee=anna text=\"Окна — Зуев, Истра\"
        2 11:00 d1 call_out employee=anna amount=0
        2 14:00 d1 responsible_changed employee=boris actor=clara
        2 14:00 d1 call_in amount=0
        2 15:00 now",
    );
    for person in ["anna", "boris"] {
        let tally = judged.person(person).unwrap();
        assert_eq!((tally.deals, tally.counted), (1, [0, 1, 0]), "{person}");
    }
    assert_eq!(judged.company().counted, [0, 2, 0]);
}

#[test]
fn the_day_is_the_local_one() {
    // Breaches at 23:40 and at 00:10 in Moscow: one day in London, two in Moscow.
    let rules = [
        "use = \"missed-call\"\nclock = \"always\"\nlimit = \"10m\"",
        "use = \"unanswered-message\"\nclock = \"always\"\nlimit = \"40m\"",
    ];
    let text = "
        2 10:00 d1 created stage=new employee=anna
        2 23:30 d1 call_in amount=0
        2 23:30 d1 message_in
        3 09:00 now";
    let judged = judged(LIGHT, &rules, text);
    assert_eq!(judged.company().counted, [0, 2, 0]);

    // At 23:40 and 23:50 it is one day.
    let rules = [rules[0], &rules[1].replace("40m", "20m")];
    let judged = self::judged(LIGHT, &rules, text);
    assert_eq!(judged.company().counted, [0, 1, 0]);
    assert_eq!(judged.company().findings, [0, 2, 0]);
}

#[test]
fn a_shared_deal_counts_once_in_the_group() {
    let judged = judged(
        LIGHT,
        &[RESPONSE],
        "
        2 10:00 d1 created stage=new employee=anna
        2 10:05 d1 call_out employee=anna amount=0
        3 10:00 d1 responsible_changed employee=boris actor=clara
        4 10:00 d1 responsible_changed employee=anna actor=clara
        2 10:00 d2 created stage=new employee=boris
        2 10:05 d2 call_out employee=boris amount=0
        5 10:00 now",
    );
    assert_eq!(judged.person("anna").unwrap().deals, 1);
    assert_eq!(judged.person("boris").unwrap().deals, 2);
    assert_eq!(judged.group("north").unwrap().deals, 2);
    assert_eq!(judged.company().deals, 2);
}

#[test]
fn findings_without_a_deal_count_each() {
    // On the 3rd Anna begins late and does next to nothing: two slips, not one.
    let judged = judged(
        LIGHT,
        &[
            "use = \"late-start\"",
            "use = \"crm-time\"\nseverity = \"violation\"",
        ],
        "
        3 12:00 d1 created stage=new employee=anna
        3 12:00 d1 note_added actor=anna text=\"Ждёт расчёта\"
        4 00:00 now",
    );
    let anna = judged.person("anna").unwrap();
    assert_eq!((anna.deals, anna.findings), (1, [1, 1, 0]));
    assert_eq!(anna.counted, [1, 1, 0]);
    assert_eq!(judged.group("north").unwrap().counted, [1, 1, 0]);
    assert_eq!(judged.company().counted, [1, 1, 0]);
}

#[test]
fn against_nobody_is_the_company_s_alone() {
    // Nobody was ever responsible: two findings on one day, one slip.
    let judged = judged(
        LIGHT,
        &[RESPONSE, "use = \"no-responsible\""],
        "
        2 10:00 d1 created stage=new
        2 10:00 d2 created stage=new employee=anna
        2 10:05 d2 call_out employee=anna amount=0
        2 12:00 now",
    );
    let company = judged.company();
    assert_eq!((company.findings, company.counted), ([0, 1, 1], [0, 0, 1]));
    assert_eq!(company.deals, 1, "a deal of nobody is in nobody's work");
    let clean = Tally {
        deals: 1,
        ..Tally::default()
    };
    assert_eq!(judged.person("anna"), Some(clean));
    assert_eq!(judged.group("north"), Some(clean));
    assert_eq!(judged.lights(WHENEVER).people.len(), 1);
}

#[test]
fn a_finding_belongs_to_the_period_of_its_breach() {
    let judged = judged(
        LIGHT,
        &[RESPONSE],
        "
        2 10:00 d1 created stage=new employee=anna
        2 11:00 d1 stage_changed stage=lost actor=anna
        2 17:50 d2 created stage=new employee=anna
        3 09:05 d2 call_out employee=anna amount=0
        3 10:00 d3 created stage=new employee=anna
        3 10:01 d3 stage_changed stage=won actor=anna
        4 10:00 now",
    );
    let day = |from, to| {
        let company = judged.lights(between(midnight(from), midnight(to))).company;
        (company.deals, company.findings)
    };
    // d2's limit runs out at 09:05 on the 3rd: in time.
    assert_eq!(day(2, 3), (2, [0, 1, 0]));
    assert_eq!(day(3, 4), (2, [0, 0, 0]), "d1 is closed");
    assert_eq!(day(4, 5), (1, [0, 0, 0]), "d2 is still open");
    assert_eq!(day(1, 2), (0, [0, 0, 0]));
    assert_eq!(day(2, 5), (3, [0, 1, 0]));
    // The breach lies at 10:15: a period is half-open.
    let quarter = midnight(2) + (10 * 60 + 15) * 60_000;
    assert_eq!(
        judged
            .lights(between(midnight(2), quarter))
            .company
            .findings,
        [0; 3]
    );
    assert_eq!(
        judged
            .lights(between(quarter, quarter + 1))
            .company
            .findings,
        [0, 1, 0]
    );
}

#[test]
fn a_deal_where_nobody_works_is_in_nobody_s_work() {
    let judged = judged(
        "[pipelines]\nrobot = [\"sales\"]\n",
        &[RESPONSE],
        "
        2 10:00 d1 created stage=new employee=anna
        2 12:00 now",
    );
    assert_eq!(judged.company(), Tally::default());
    assert_eq!(judged.person("anna"), None);
    assert_eq!(judged.company().rate(judged.light()), None);
    assert_eq!(
        judged.company().colour(judged.light()),
        Colour::TooLittleData
    );
}

/// So many answered leads of Anna's, and so many that nobody answered.
fn leads(answered: usize, late: usize) -> Judged {
    let mut text = String::new();
    for n in 0..answered + late {
        writeln!(text, "2 10:00 d{n} created stage=new employee=anna").unwrap();
    }
    for n in 0..answered {
        writeln!(text, "2 10:10 d{n} call_out employee=anna amount=0").unwrap();
    }
    text.push_str("2 12:00 now");
    judged("", &[RESPONSE], &text)
}

#[test]
fn too_few_deals_are_grey() {
    // The starter's five deals make a colour; four do not, however bad they are.
    let four = leads(0, 4);
    assert_eq!(four.company().colour(four.light()), Colour::TooLittleData);
    assert!(!four.company().is_borderline(four.light()));
    assert_eq!(four.company().rate(four.light()), Some(300.0));
    let five = leads(0, 5);
    assert_eq!(five.company().colour(five.light()), Colour::Red);
}

#[test]
fn colours_by_their_thresholds() {
    // A violation weighs 3: on 60 deals 2 make 10 per hundred, 5 make 25.
    for (late, rate, colour) in [
        (0, 0.0, Colour::Green),
        (2, 10.0, Colour::Green),
        (3, 15.0, Colour::Yellow),
        (5, 25.0, Colour::Yellow),
        (6, 30.0, Colour::Red),
    ] {
        let judged = leads(60 - late, late);
        let (company, light) = (judged.company(), judged.light());
        assert_eq!(
            (company.rate(light), company.colour(light)),
            (Some(rate), colour)
        );
    }
}

#[test]
fn borderline_where_the_interval_straddles_a_threshold() {
    // Nothing found on 60 deals: one gross finding is not excluded, the light may be yellow.
    let few = leads(60, 0);
    let (low, high) = few.company().interval(few.light()).unwrap();
    assert_eq!(low, 0.0);
    assert!(high > few.light().green, "{high}");
    assert!(few.company().is_borderline(few.light()));

    // Of 1000 it is.
    let many = leads(1000, 0);
    assert!(!many.company().is_borderline(many.light()));
    assert_eq!(many.company().colour(many.light()), Colour::Green);

    // 33 late ones of 1000 are 9.9 per hundred: green, and as well yellow.
    let close = leads(967, 33);
    assert_eq!(close.company().colour(close.light()), Colour::Green);
    assert!(close.company().is_borderline(close.light()));

    // 300 of 1000 are 90 per hundred: red beyond doubt.
    let red = leads(700, 300);
    assert_eq!(red.company().colour(red.light()), Colour::Red);
    assert!(!red.company().is_borderline(red.light()));
}

#[test]
fn a_group_is_the_sum_of_its_members() {
    // Anna: 1 of 10 late, 30 per hundred. Boris: 4 of 5, 240. Together 5 of 15: 100, and not
    // the mean 135.
    let mut text = String::new();
    for n in 0..15 {
        let person = if n < 10 { "anna" } else { "boris" };
        writeln!(text, "2 10:00 d{n} created stage=new employee={person}").unwrap();
    }
    for n in (0..9).chain([10]) {
        writeln!(text, "2 10:10 d{n} call_out employee=anna amount=0").unwrap();
    }
    text.push_str("2 12:00 now");
    let judged = judged("", &[RESPONSE], &text);
    let rate = |tally: Option<Tally>| tally.unwrap().rate(judged.light()).unwrap();
    assert_eq!(rate(judged.person("anna")), 30.0);
    assert_eq!(rate(judged.person("boris")), 240.0);
    assert_eq!(rate(judged.group("north")), 100.0);
}

/// A deal of somebody who goes from one group to the other in its midst.
#[test]
fn a_deal_is_in_the_work_of_every_group_that_had_it() {
    let mut builder = Builder::new(Account::default());
    builder.stage("sales", "new", "", StageKind::Open).unwrap();
    let membership = |group, from, to| Membership {
        group,
        role: None,
        shift: None,
        from,
        to,
    };
    let moved = Some(date(2026, 3, 10));
    let memberships = vec![
        membership(builder.group("north", ""), None, moved),
        membership(builder.group("south", ""), moved, None),
    ];
    let anna = Employee {
        name: String::new(),
        active: true,
        hired: None,
        left: None,
        memberships,
        absences: Vec::new(),
    };
    builder.employee("anna", anna).unwrap();
    let event = |at, kind| Record {
        deal: "d1",
        at,
        kind: Some(kind),
        stage: "new",
        employee: "anna",
        ..Record::default()
    };
    let hour = 3_600_000;
    for event in [
        event(midnight(2) + 10 * hour, Kind::Created),
        event(midnight(2) + 11 * hour, Kind::CallOut),
        event(midnight(16) + 10 * hour, Kind::CallIn),
    ] {
        builder.event(&event).unwrap();
    }
    let history = builder.build();
    let missed = "use = \"missed-call\"\nlimit = \"15m\"";
    let regulation = regulation(LIGHT, &[RESPONSE, missed]);
    let verdict = Judge::new(&history, &regulation).judge(midnight(20), None);
    let judged = Judged {
        history,
        regulation,
        verdict,
        now: midnight(20),
    };
    let late = Tally {
        deals: 1,
        findings: [0, 1, 0],
        counted: [0, 1, 0],
    };
    assert_eq!(judged.group("north"), Some(late));
    assert_eq!(judged.group("south"), Some(late));
    assert_eq!(judged.company().deals, 1);
    // Before the move it is in the north's work alone, after it in the south's.
    let groups = |from, to| judged.lights(between(midnight(from), midnight(to))).groups;
    let (north, south) = (GroupId(0), GroupId(1));
    assert!(groups(1, 10).keys().eq([&north]));
    assert!(groups(10, 20).keys().eq([&south]));
    assert!(groups(9, 11).keys().eq([&north, &south]));
}
