//! What stands now and what it waits for, who loses deals, who is overloaded and how soon leads are
//! answered: worked out by hand, and against a slow recount of random histories.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write;

use audit::examples;
use audit::judge::{Clocks, Judge, Verdict};
use audit::regulation::{Regulation, Version};
use figures::funnel::{
    Burden, Factors, Flow, Limits, Loads, Losses, Now, Part, Response, Wait, open_stages,
};
use figures::{Audited, Period, Told};
use history::{DealId, EmployeeId, FieldId, History, Instant, PipelineId, StageId};
use proptest::prelude::*;

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

fn judged(rules: &str, text: &str) -> Judged {
    let text_of = format!("{}\n{rules}", examples::REGULATION);
    let version = Version::parse(&text_of, "sales.toml").unwrap_or_else(|error| panic!("{error}"));
    let regulation = Regulation::new(vec![version]).unwrap();
    let (history, now) = examples::read(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
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

    fn person(&self, id: &str) -> EmployeeId {
        EmployeeId(self.history.people.ids.find(id).unwrap())
    }

    fn stage(&self, id: &str) -> StageId {
        StageId(self.history.pipelines.stage_ids.find(id).unwrap())
    }

    fn reason(&self, id: &str) -> FieldId {
        FieldId(self.history.fields.find(id).unwrap())
    }

    fn deals(&self, part: Part, stage: Option<StageId>) -> Vec<String> {
        let (audited, flow) = (self.audited(), Flow::of(&self.audited()));
        let with = (&Factors::of(&audited, &flow), &Limits::of(&audited));
        let listed = part.list(&flow, stage, with, (Period::EVER, self.now));
        let mut ids: Vec<String> = listed
            .iter()
            .map(|one| self.history.deals.get(one.deal.0).to_owned())
            .collect();
        ids.sort();
        ids
    }
}

const HOUR: i64 = 3_600_000;

#[test]
fn a_deal_waits_for_the_first_thing_that_fits() {
    let judged = judged(
        "",
        "
        2 10:00 first created stage=new employee=anna amount=100
        2 10:00 client created stage=new employee=anna amount=200
        2 10:05 client call_out employee=anna amount=60
        2 11:00 client task_added task=t1 due=\"2 12:00\" employee=anna
        3 10:00 client message_in text=алло
        2 10:00 late created stage=new employee=anna
        2 10:05 late call_out employee=anna amount=60
        2 11:00 late task_added task=t2 due=\"2 12:00\" employee=anna
        2 11:00 late task_added task=t3 due=\"20 12:00\" employee=anna
        2 10:00 ahead created stage=new employee=boris
        2 10:05 ahead message_out employee=boris text=привет
        2 11:00 ahead task_added task=t4 due=\"20 12:00\" employee=boris
        2 10:00 idle created stage=new employee=boris
        2 10:01 idle stage_changed stage=work
        2 10:00 done created stage=new employee=boris
        2 10:02 done stage_changed stage=won
        2 10:00 gone created stage=new employee=boris
        2 10:02 gone removed
        4 10:00 now",
    );
    let waits = |wait| judged.deals(Part::Waits(wait), None);
    assert_eq!(waits(Wait::FirstAnswer), ["first"]);
    assert_eq!(waits(Wait::Client), ["client"]);
    assert_eq!(waits(Wait::OverdueTask), ["late"]);
    assert_eq!(waits(Wait::Task), ["ahead"]);
    // Somebody has moved it, so it is no new lead, whatever telephony says.
    assert_eq!(waits(Wait::Nothing), ["idle"]);
    assert_eq!(judged.deals(Part::Overdue, None), ["client", "late"]);
    let (audited, flow) = (judged.audited(), Flow::of(&judged.audited()));
    let factors = Factors::of(&audited, &flow);
    let now = Now::of(judged.stage("new"), &flow.standing, &factors);
    assert_eq!((now.deals, now.sum, now.overdue), (4, 30_000, 2));
    assert_eq!(now.waits, [1, 1, 1, 1, 0]);
    assert_eq!(judged.deals(Part::OverdueTasks, None), ["client", "late"]);
    assert_eq!(
        judged.deals(Part::Tasks, None),
        ["ahead", "client", "late", "late"]
    );
}

/// Anna loses so many of her closings for a reason, Boris so many of his.
fn closings(anna: (usize, usize), boris: (usize, usize)) -> String {
    let mut text = String::new();
    for (name, (lost, all)) in [("anna", anna), ("boris", boris)] {
        for i in 0..all {
            let _ = writeln!(text, "2 10:00 {name}{i} created stage=new employee={name}");
            let _ = writeln!(text, "2 11:00 {name}{i} call_out employee={name} amount=5");
            let end = match i < lost {
                true => {
                    let _ = writeln!(text, "2 14:00 {name}{i} stage_changed stage=lost");
                    format!("2 14:05 {name}{i} loss_reason_set field=Дорого")
                }
                false => format!("2 15:00 {name}{i} stage_changed stage=won"),
            };
            let _ = writeln!(text, "{end}");
        }
    }
    text + "2 18:00 now"
}

fn losses(judged: &Judged) -> Losses {
    let audited = judged.audited();
    Losses::of(&audited, &Flow::of(&audited), Period::EVER, 8)
}

#[test]
fn who_loses_more_than_the_group_is_told_from_chance() {
    let judged = judged("", &closings((18, 20), (6, 30)));
    let losses = losses(&judged);
    assert_eq!(losses.all, (50, 24));
    let people = losses.groups.values().next().unwrap();
    let anna = people
        .iter()
        .find(|one| one.employee == judged.person("anna"));
    let anna = anna.unwrap();
    assert_eq!((anna.lost.own, anna.lost.others), ((18, 20), (6, 30)));
    assert_eq!((anna.lost.told(), anna.lost.is_more()), (Told::Sure, true));
    // Boris has the other side of it.
    let boris = people
        .iter()
        .find(|one| one.employee == judged.person("boris"));
    let boris = boris.unwrap();
    assert_eq!(
        (boris.lost.told(), boris.lost.is_more()),
        (Told::Sure, false)
    );
    // From 10:00 to 14:00, after one call; the reason came after the move.
    assert_eq!(anna.time.median, Some(4 * HOUR));
    assert_eq!(anna.attempts.median, Some(1));
    assert_eq!(losses.reasons, [(judged.reason("Дорого"), 24)]);
    assert_eq!(anna.reasons[0].own, (18, 18));
    // Of six losses nothing follows.
    assert_eq!(boris.reasons[0].told(), Told::TooLittleData);
    assert_eq!(losses.compared.made, 2);
    assert_eq!(losses.compared.sure, 2);
}

#[test]
fn few_closings_are_too_little_data() {
    let judged = judged("", &closings((19, 19), (0, 40)));
    let losses = losses(&judged);
    let people = losses.groups.values().next().unwrap();
    assert!(
        people
            .iter()
            .all(|one| one.lost.told() == Told::TooLittleData)
    );
    assert_eq!(losses.compared.made, 0);
}

#[test]
fn a_reason_belongs_to_the_loss_it_was_given_for() {
    let judged = judged(
        "",
        "
        2 10:00 d created stage=new employee=anna
        2 11:00 d loss_reason_set field=Дорого
        2 12:00 d stage_changed stage=lost
        2 13:00 d stage_changed stage=work
        2 14:00 d stage_changed stage=lost
        2 15:00 d loss_reason_set field=Передумал
        2 18:00 now",
    );
    let for_reason = |reason| judged.deals(Part::LostFor(judged.reason(reason)), None);
    assert_eq!(for_reason("Дорого"), ["d"]);
    assert_eq!(for_reason("Передумал"), ["d"]);
    assert!(judged.deals(Part::LostFor(FieldId::NONE), None).is_empty());
    assert_eq!(judged.deals(Part::Lost, None), ["d", "d"]);
}

/// Everybody's deals and tasks: how many, and how many of the tasks are overdue.
fn burdens(people: &[(&str, usize, usize, usize)]) -> Judged {
    let mut text = String::new();
    for (name, deals, tasks, overdue) in people {
        for i in 0..*deals {
            let _ = writeln!(text, "2 10:00 {name}{i} created stage=new employee={name}");
        }
        for i in 0..*tasks {
            let (due, deal) = (if i < *overdue { 20 } else { 29 }, i % deals);
            let _ = writeln!(
                text,
                "3 10:00 {name}{deal} task_added task={name}-{i} due=\"{due} 12:00\" employee={name}"
            );
        }
    }
    judged("", &(text + "27 18:00 now"))
}

fn loads(judged: &Judged) -> Loads {
    let audited = judged.audited();
    let clocks = Clocks::new(judged.regulation.latest(), &judged.history);
    Loads::of(&audited, &Flow::of(&audited), &clocks)
}

#[test]
fn much_work_is_told_from_being_late() {
    let judged = burdens(&[
        ("anna", 60, 60, 40),
        ("boris", 20, 40, 2),
        ("clara", 20, 40, 30),
        ("elena", 20, 9, 9),
    ]);
    let loads = loads(&judged);
    let of = |name: &str| {
        let id = judged.person(name);
        loads
            .people
            .iter()
            .find(|load| load.employee == id)
            .unwrap()
    };
    assert_eq!(of("anna").burden, Burden::Overloaded);
    assert_eq!(of("clara").burden, Burden::Late);
    assert_eq!(of("boris").burden, Burden::Even);
    // Nine of nine overdue, and yet too few to tell.
    assert_eq!(of("elena").burden, Burden::TooLittleData);
    // Four weeks of five days, less the week of leave, each of nine hours.
    let length = judged.regulation.latest().day_length_ms as f64;
    let day = 9.0 * HOUR as f64 / length;
    let close = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
    assert!(close(of("anna").days, 20.0 * day), "{}", of("anna").days);
    assert!(close(of("elena").days, 15.0 * day), "{}", of("elena").days);
    let per_day = |name| of(name).deals_per_day().unwrap();
    assert!(close(per_day("anna"), 60.0 / (20.0 * day) * 4.0));
    assert!(close(per_day("elena"), 20.0 / (15.0 * day) * 4.0));
    // What is due ahead has not fallen due.
    assert_eq!(of("boris").due, 2);
    assert_eq!(of("anna").tasks.own, (40, 60));
}

#[test]
fn more_deals_than_the_regulation_allows_are_much() {
    let text = "
        2 10:00 a created stage=new employee=anna
        2 10:00 b created stage=new employee=anna
        2 10:00 c created stage=new employee=anna
        27 18:00 now";
    let limited = judged("[[rule]]\nuse = \"overload\"\nlimit = 2\n", text);
    assert!(loads(&limited).people[0].over_limit);
    assert!(!loads(&judged("", text)).people[0].over_limit);
}

#[test]
fn leads_that_wait_stay_in_the_curve() {
    let judged = judged(
        "[[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\n",
        "
        2 10:00 a created stage=new employee=anna
        2 10:10 a call_out employee=anna amount=5
        2 10:00 b created stage=new employee=anna
        2 11:00 b call_out employee=anna amount=5
        2 10:00 c created stage=new employee=anna
        2 10:00 d created stage=new employee=anna
        2 10:30 d stage_changed stage=lost
        2 14:00 now",
    );
    let (audited, flow) = (judged.audited(), Flow::of(&judged.audited()));
    let limits = Limits::of(&audited);
    assert_eq!(limits.get(PipelineId(0)), Some(15 * 60_000));
    let response = Response::of(&flow.leads, &limits);
    assert_eq!((response.leads, response.unanswered), (4, 2));
    assert_eq!(response.in_time, (1, 4));
    // One of four within ten minutes, two of four within an hour; no more is known.
    let curve = response.curve(8 * HOUR, 100);
    let told: Vec<(i64, f64)> = curve
        .iter()
        .map(|point| (point.time, point.share))
        .collect();
    assert_eq!(told, [(10 * 60_000, 0.25), (HOUR, 0.5)]);
    assert_eq!(response.quantile(0.5).time, Some(HOUR));
    assert_eq!(response.quantile(0.9).time, None);
    assert_eq!(judged.deals(Part::Unanswered, None), ["c", "d"]);
    assert_eq!(judged.deals(Part::InTime, None), ["a"]);
    // Of many steps only some are told, the last among them.
    assert_eq!(response.curve(8 * HOUR, 1).last().unwrap().time, HOUR);
    // Without such a rule nothing is asked for.
    let free = self::judged("", "2 10:00 a created stage=new employee=anna");
    assert_eq!(Limits::of(&free.audited()).get(PipelineId(0)), None);
}

/// One thing that happens to a deal.
fn happening() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (0..3usize).prop_map(|i| format!(
            "stage_changed stage={} actor=anna", ["new", "work", "offer"][i])),
        2 => (0..2usize).prop_map(|i| format!("stage_changed stage={}", ["won", "lost"][i])),
        1 => (0..2usize).prop_map(|i| format!("loss_reason_set field={}", ["Дорого", "Иное"][i])),
        2 => (0..6u8, 1..31u8, 0..2usize).prop_map(|(task, due, who)| format!(
            "task_added task=T{task} due=\"{due} 12:00\" employee={}", ["anna", "boris"][who])),
        2 => (0..6u8).prop_map(|task| format!("task_completed task=T{task}")),
        1 => (0..6u8).prop_map(|task| format!("task_removed task=T{task}")),
        2 => Just("call_out employee=anna amount=40".to_owned()),
        2 => Just("message_in text=здравствуйте".to_owned()),
        1 => Just("call_in amount=0".to_owned()),
        1 => (0..2usize).prop_map(|i| format!(
            "responsible_changed employee={}", ["anna", "boris"][i])),
        1 => Just("removed".to_owned()),
    ]
}

/// A history of some deals: what happens to each on which day.
fn history() -> impl Strategy<Value = Vec<Vec<(u8, String)>>> {
    let deal = prop::collection::vec((2..26u8, happening()), 0..12).prop_map(|mut deal| {
        deal.sort_by_key(|(day, _)| *day);
        deal
    });
    prop::collection::vec(deal, 1..12)
}

fn value<'w>(words: &'w str, name: &str) -> &'w str {
    let mut parts = words.split([' ', '"']);
    let found = parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    found.unwrap_or_default()
}

/// A deal as a plain reading of its events leaves it.
#[derive(Debug)]
struct Plain {
    stage: String,
    responsible: String,
    moved: bool,
    removed: bool,
    called: bool,
    waits: bool,
    /// Whose, and on which day it is due.
    tasks: Vec<(String, u8, bool)>,
    /// The reasons of its losses.
    lost: Vec<String>,
    closed: usize,
}

fn plain(events: &[(u8, String)]) -> Plain {
    let mut deal = Plain {
        stage: "new".into(),
        responsible: "anna".into(),
        moved: false,
        removed: false,
        called: false,
        waits: false,
        tasks: Vec::new(),
        lost: Vec::new(),
        closed: 0,
    };
    let mut reason = String::new();
    let is_open = |stage: &str| ["new", "work", "offer"].contains(&stage);
    for (_, words) in events {
        if deal.removed {
            break;
        }
        let (kind, task) = (words.split(' ').next().unwrap(), value(words, "task"));
        match kind {
            "stage_changed" => {
                let to = value(words, "stage").to_owned();
                if to == deal.stage {
                    continue;
                }
                deal.moved = true;
                let from = std::mem::replace(&mut deal.stage, to);
                match (is_open(&from), is_open(&deal.stage)) {
                    (false, true) => reason.clear(),
                    (true, true) => {}
                    _ => {
                        deal.closed += 1;
                        if deal.stage == "lost" {
                            deal.lost.push(reason.clone());
                        }
                    }
                }
            }
            "loss_reason_set" => {
                reason = value(words, "field").to_owned();
                if deal.stage == "lost" {
                    *deal.lost.last_mut().unwrap() = reason.clone();
                }
            }
            "task_added" if deal.tasks.iter().all(|(id, ..)| id != task) => {
                let due = value(&words.replace("\"", ""), "due").parse().unwrap();
                deal.tasks.push((task.to_owned(), due, true));
            }
            "task_completed" | "task_removed" => {
                let mut known = deal.tasks.iter_mut();
                if let Some(known) = known.find(|(id, ..)| id == task) {
                    known.2 = false;
                }
            }
            "call_out" => (deal.called, deal.waits) = (true, false),
            "message_in" | "call_in" => deal.waits = true,
            "responsible_changed" => deal.responsible = value(words, "employee").to_owned(),
            "removed" => deal.removed = true,
            _ => {}
        }
    }
    deal
}

impl Plain {
    fn stands(&self) -> bool {
        !self.removed && self.stage != "won" && self.stage != "lost"
    }

    fn open(&self) -> usize {
        self.tasks.iter().filter(|(.., open)| *open).count()
    }

    fn overdue(&self, today: u8) -> usize {
        let open = self.tasks.iter().filter(|(.., open)| *open);
        open.filter(|(_, due, _)| *due < today).count()
    }

    fn wait(&self, today: u8) -> Wait {
        match self {
            deal if !deal.called && !deal.moved => Wait::FirstAnswer,
            deal if deal.waits => Wait::Client,
            deal if deal.overdue(today) > 0 => Wait::OverdueTask,
            deal if deal.open() > 0 => Wait::Task,
            _ => Wait::Nothing,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn figures_are_those_of_a_slow_recount(deals in history()) {
        const TODAY: u8 = 27;
        let mut text = String::new();
        for (id, events) in deals.iter().enumerate() {
            let _ = writeln!(text, "1 09:00 d{id} created stage=new employee=anna");
            for (n, (day, words)) in events.iter().enumerate() {
                let words = words.replace("task=T", &format!("task=d{id}-T"));
                let _ = writeln!(text, "{day} {:02}:{:02} d{id} {words}", 9 + n / 60, n % 60);
            }
        }
        let judged = judged("", &format!("{text}{TODAY} 09:00 now"));
        let (audited, flow) = (judged.audited(), Flow::of(&judged.audited()));
        let (factors, limits) = (Factors::of(&audited, &flow), Limits::of(&audited));
        let plain: Vec<Plain> = deals.iter().map(|events| plain(events)).collect();
        let count = |part: Part, stage| {
            let when = (Period::EVER, judged.now);
            part.list(&flow, stage, (&factors, &limits), when).len()
        };
        for id in ["new", "work", "offer"] {
            let stage = judged.stage(id);
            let here = || plain.iter().filter(|deal| deal.stands() && deal.stage == id);
            let now = Now::of(stage, &flow.standing, &factors);
            prop_assert_eq!(now.deals as usize, here().count());
            prop_assert_eq!(count(Part::Standing, Some(stage)), here().count());
            let overdue = here().filter(|deal| deal.overdue(TODAY) > 0).count();
            prop_assert_eq!(now.overdue as usize, overdue);
            for (wait, deals) in Wait::ALL.into_iter().zip(now.waits) {
                let expected = here().filter(|deal| deal.wait(TODAY) == wait).count();
                prop_assert_eq!(deals as usize, expected, "{:?}\n{}", wait, text);
                prop_assert_eq!(count(Part::Waits(wait), Some(stage)), expected);
            }
            prop_assert_eq!(now.waits.iter().sum::<u64>(), now.deals);
        }
        let standing = || plain.iter().filter(|deal| deal.stands());
        prop_assert_eq!(count(Part::Tasks, None), standing().map(Plain::open).sum::<usize>());
        let overdue = standing().map(|deal| deal.overdue(TODAY)).sum::<usize>();
        prop_assert_eq!(count(Part::OverdueTasks, None), overdue);
        prop_assert_eq!(count(Part::Closed, None), plain.iter().map(|one| one.closed).sum::<usize>());
        let losses = Losses::of(&audited, &flow, Period::EVER, 8);
        for reason in ["Дорого", "Иное", ""] {
            let expected = plain.iter().flat_map(|deal| &deal.lost);
            let expected = expected.filter(|given| *given == reason).count();
            let id = judged.history.fields.find(reason).map_or(FieldId::NONE, FieldId);
            let id = if reason.is_empty() { FieldId::NONE } else { id };
            if !reason.is_empty() && id == FieldId::NONE {
                prop_assert_eq!(expected, 0);
                continue;
            }
            prop_assert_eq!(count(Part::LostFor(id), None), expected, "{}\n{}", reason, text);
            let told = losses.reasons.iter().find(|(given, _)| *given == id);
            prop_assert_eq!(told.map_or(0, |(_, count)| *count) as usize, expected);
        }
        // Who answers for what stands, and the parts are the whole.
        for person in ["anna", "boris"] {
            let id = judged.person(person);
            let own = flow.only(|cut| cut.employee == id);
            let expected = standing().filter(|deal| deal.responsible == person).count();
            prop_assert_eq!(own.standing.len(), expected);
        }
        let parts = flow.split(|cut| cut.employee);
        prop_assert_eq!(parts.values().map(|part| part.stays.len()).sum::<usize>(), flow.stays.len());
        prop_assert_eq!(parts.values().map(|part| part.closings.len()).sum::<usize>(), flow.closings.len());
        let whole = flow.of_pipeline(&judged.history.pipelines, PipelineId(0));
        prop_assert_eq!(whole.standing.len(), flow.standing.len());
        prop_assert_eq!(open_stages(&audited, PipelineId(0)).len(), 3);
        // A deal stands in one list of entering, however often it entered.
        let entered = count(Part::Entered, None);
        let distinct: BTreeSet<DealId> = flow.stays.iter().map(|stay| stay.deal).collect();
        prop_assert_eq!(entered, distinct.len());
    }
}
