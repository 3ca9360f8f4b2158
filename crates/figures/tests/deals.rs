//! Lists of deals, and the numbers that count them.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::regulation::{Regulation, Version};
use figures::deals::{Closed, Kind, Listed, Wanted, deals};
use figures::funnel::{Factors, Flow, hung_by_stage};
use figures::light::Lights;
use figures::{Audited, Period, Span, Trends, lights_by_pipeline};
use history::{EmployeeId, GroupId, History, Instant, StageId};
use jiff::civil::date;

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

const DAY: Instant = 86_400_000;

/// Deals of Anna and Boris: one is stuck, one is handed over, two are lost (one of them is opened
/// again), one is won, one is removed.
const STORY: &str = "
    2 10:00 stuck created stage=new employee=anna amount=100 channel=site
    2 10:05 stuck stage_changed stage=work
    3 10:00 handed created stage=new employee=anna amount=300 channel=ads
    4 10:00 handed responsible_changed employee=boris
    4 11:00 gone created stage=new employee=anna amount=50
    5 11:00 gone stage_changed stage=lost
    5 12:00 back created stage=new employee=boris amount=70
    5 13:00 back stage_changed stage=lost
    6 13:00 back stage_changed stage=work
    5 14:00 sold created stage=new employee=boris amount=80
    6 14:00 sold stage_changed stage=won
    6 15:00 wiped created stage=new employee=boris amount=90
    6 16:00 wiped removed
    6 17:00 nobodys created stage=new amount=10
    9 17:30 nobodys stage_changed stage=lost
    11 18:00 now";

fn judged() -> Judged {
    let rules = format!(
        "{}\n[[rule]]\nuse = \"stuck-in-stage\"\nlimit = \"2wd\"\nstages = [\"work\"]\n\
         [[rule]]\nuse = \"no-open-task\"\ngrace = \"1wd\"\nstages = [\"offer\"]",
        examples::REGULATION
    );
    let version = Version::parse(&rules, "r.toml").unwrap();
    let regulation = Regulation::new(vec![version]).unwrap();
    let (history, now) = examples::read(STORY).unwrap();
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

    fn all(&self, wanted: Wanted) -> Vec<Listed> {
        let audited = self.audited();
        let flow = Flow::of(&audited);
        deals(&audited, &flow, &Factors::of(&audited, &flow), &wanted)
    }

    /// The ids of a list, in its order.
    fn list(&self, wanted: Wanted) -> Vec<&str> {
        let all = self.all(wanted).into_iter();
        all.map(|one| self.history.deals.get(one.deal.0)).collect()
    }

    fn employee(&self, id: &str) -> EmployeeId {
        EmployeeId(self.history.people.ids.find(id).unwrap())
    }

    fn stage(&self, id: &str) -> StageId {
        StageId(self.history.pipelines.stage_ids.find(id).unwrap())
    }
}

fn of(kind: Kind) -> Wanted {
    Wanted {
        kind: Some(kind),
        ..Wanted::default()
    }
}

/// Local days of March.
fn days(from: i8, to: i8) -> Period {
    let zone = worktime::Zone::new("Europe/Moscow").unwrap();
    Span::days(Some(date(2026, 3, from)), Some(date(2026, 3, to))).period(&zone)
}

#[test]
fn each_kind_lists_what_stands_so() {
    let judged = judged();
    // By price; what was removed stands nowhere.
    assert_eq!(judged.list(of(Kind::Open)), ["handed", "stuck", "back"]);
    assert_eq!(judged.list(of(Kind::Hung)), ["stuck", "back"]);
    assert_eq!(judged.list(of(Kind::Won)), ["sold"]);
    // The latest first; what was opened again is not lost.
    assert_eq!(judged.list(of(Kind::Lost)), ["nobodys", "gone"]);
    assert_eq!(judged.list(Wanted::default()).len(), 6);
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
}

#[test]
fn a_list_is_narrowed_by_everything_at_once() {
    let judged = judged();
    let (anna, boris) = (judged.employee("anna"), judged.employee("boris"));
    let open = |employee| Wanted {
        employee: Some(employee),
        ..of(Kind::Open)
    };
    // An open deal is whose it is now.
    assert_eq!(judged.list(open(anna)), ["stuck"]);
    assert_eq!(judged.list(open(boris)), ["handed", "back"]);
    let nobodys = Wanted {
        employee: Some(EmployeeId::NONE),
        ..of(Kind::Lost)
    };
    assert_eq!(judged.list(nobodys), ["nobodys"]);
    let at_work = Wanted {
        stage: Some(judged.stage("work")),
        ..of(Kind::Open)
    };
    assert_eq!(judged.list(at_work), ["stuck", "back"]);
    let site = Wanted {
        source: judged.history.channels.find("site").map(history::ChannelId),
        ..Wanted::default()
    };
    assert_eq!(judged.list(site), ["stuck"]);
    let group = Wanted {
        group: Some(GroupId(0)),
        ..of(Kind::Lost)
    };
    assert_eq!(judged.list(group), ["gone"]);
    let pipeline = Wanted {
        pipeline: judged.history.pipelines.find_pipeline("sales"),
        ..of(Kind::Won)
    };
    assert_eq!(judged.list(pipeline), ["sold"]);
    // Lost on the 5th, on the 9th.
    let lost = |from, to| Wanted {
        period: days(from, to),
        ..of(Kind::Lost)
    };
    assert_eq!(judged.list(lost(5, 5)), ["gone"]);
    assert_eq!(judged.list(lost(6, 9)), ["nobodys"]);
}

#[test]
fn deals_in_work_are_those_that_the_light_counts() {
    let judged = judged();
    let audited = judged.audited();
    for period in [days(2, 3), days(4, 4), days(2, 8), Period::EVER] {
        let lights = Lights::of(&audited, period);
        let in_work = |wanted: Wanted| judged.list(Wanted { period, ..wanted }).len() as u64;
        assert_eq!(in_work(of(Kind::InWork)), lights.company.deals);
        for (person, tally) in &lights.people {
            let theirs = Wanted {
                employee: Some(*person),
                ..of(Kind::InWork)
            };
            assert_eq!(in_work(theirs), tally.deals);
        }
        for (group, tally) in &lights.groups {
            let theirs = Wanted {
                group: Some(*group),
                ..of(Kind::InWork)
            };
            assert_eq!(in_work(theirs), tally.deals);
        }
        let by_pipeline = figures_by_pipeline(&audited, period);
        for (pipeline, lights) in &by_pipeline {
            let there = Wanted {
                pipeline: Some(*pipeline),
                ..of(Kind::InWork)
            };
            assert_eq!(in_work(there), lights.company.deals);
            for (person, tally) in &lights.people {
                let theirs = Wanted {
                    employee: Some(*person),
                    ..there
                };
                assert_eq!(in_work(theirs), tally.deals);
            }
        }
    }
    // What was removed had been in work.
    assert!(judged.list(of(Kind::InWork)).contains(&"wiped"));
    assert!(!judged.list(of(Kind::InWork)).contains(&"nobodys"));
}

fn figures_by_pipeline(
    audited: &Audited<'_>,
    period: Period,
) -> std::collections::BTreeMap<history::PipelineId, Lights> {
    lights_by_pipeline(audited, &Flow::of(audited), period)
}

#[test]
fn one_pipeline_has_the_light_of_all_work() {
    let judged = judged();
    let audited = judged.audited();
    let period = days(2, 11);
    let all = Lights::of(&audited, period);
    let parts = figures_by_pipeline(&audited, period);
    let sales = judged.history.pipelines.find_pipeline("sales").unwrap();
    assert_eq!(parts.len(), 1);
    assert!(all.company.findings.iter().sum::<u64>() > 0);
    assert_eq!(parts[&sales].company, all.company);
    assert_eq!(parts[&sales].people, all.people);
}

#[test]
fn closings_count_what_their_lists_hold() {
    let judged = judged();
    let audited = judged.audited();
    let closed = Closed::of(&audited, &Flow::of(&audited), days(2, 11));
    let company = closed.company;
    assert_eq!((company.won, company.lost, company.lost_sum), (1, 2, 6000));
    assert_eq!(closed.people[&judged.employee("anna")].lost, 1);
    assert_eq!(closed.people[&EmployeeId::NONE].lost, 1);
    assert_eq!(closed.groups[&GroupId(0)].all(), 2);
    assert_eq!(closed.groups.len(), 1);
    let early = Closed::of(&audited, &Flow::of(&audited), days(2, 5));
    assert_eq!((early.company.won, early.company.lost), (0, 1));
}

#[test]
fn hung_money_counts_what_its_list_holds() {
    let judged = judged();
    let audited = judged.audited();
    let flow = Flow::of(&audited);
    let factors = Factors::of(&audited, &flow);
    let hung = hung_by_stage(&audited, &flow, &factors);
    assert_eq!(hung.len(), 1);
    let (stage, hung) = hung[0];
    assert_eq!(stage, judged.stage("work"));
    assert_eq!((hung.deals, hung.sum), (2, 17_000));
    let there = Wanted {
        stage: Some(stage),
        ..of(Kind::Hung)
    };
    let listed = judged.all(there);
    assert_eq!(listed.len() as u64, hung.deals);
    let sum: i64 = listed.iter().filter_map(|one| one.price).sum();
    assert_eq!(sum, hung.sum);
    // Since Monday 10:05: 9 working hours a day but five minutes, up to Wednesday of the next week.
    assert_eq!(
        listed[0].since,
        judged.now - 9 * DAY - (7 * 60 + 55) * 60_000
    );
    assert_eq!(listed[0].worked, (8 * 9 * 60 - 65) * 60_000);
}

#[test]
fn trends_count_week_by_week() {
    let judged = judged();
    let audited = judged.audited();
    let week = Span::Week(date(2026, 3, 9));
    let trends = Trends::of(&audited, week, None);
    assert_eq!(trends.weeks.len(), 12);
    assert_eq!(trends.weeks[11], week);
    // Stuck since the 4th, and since the 10th.
    assert_eq!(trends.rules["stuck-in-stage"][10..], [1, 1]);
    assert_eq!(trends.all[10..], [1, 1]);
    let last = Lights::of(&audited, days(9, 15));
    assert_eq!(trends.deals[11], last.company.deals);
    let change = trends.change(&trends.all).unwrap();
    assert_eq!(change.findings, (1, 1));
    assert_eq!(change.deals, (trends.deals[10], trends.deals[11]));
    let boris = Trends::of(&audited, week, Some(judged.employee("boris")));
    assert_eq!(boris.all[10..], [0, 1]);
    assert_eq!(boris.deals[11], 2);
}
