//! The stories of the small company, told by plain counts of what its people did.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use history::write::Format;
use history::{EmployeeId, Event, History, Instant, Kind, Role, StageKind};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandbox::company::{Options, write};

use super::{support, until};

const DAY: Instant = 86_400_000;
const MINUTE: Instant = 60_000;
/// In days before the end: all of it, and when control begins, pauses and goes on.
const START: i64 = 182;
const CONTROL: i64 = 110;
const PAUSE: i64 = 75;
const AGAIN: i64 = 40;
const LEARNER: &str = "Денис Соболь";
const TIRED: &str = "Павел Осокин";

fn company(seed: u64) -> History {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        seed,
        ..Options::new(until())
    };
    write(folder.path(), &options, Format::Csv, None).unwrap();
    support::read(folder.path())
}

fn ago(days: i64) -> Instant {
    until().as_millisecond() - days * DAY
}

/// Faulty acts, and all acts that could have been faulty, of each seller in a stretch of time.
fn acts(history: &History, time: &Range<Instant>) -> BTreeMap<String, (u32, u32)> {
    let mut acts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for timeline in history.timelines.iter().filter(|t| !t.is_empty()) {
        let events: Vec<_> = timeline.iter().collect();
        let mut dues = HashMap::new();
        for (place, event) in events.iter().enumerate() {
            if matches!(event.kind, Kind::TaskAdded | Kind::TaskMoved) {
                dues.insert(event.task(), event.due().unwrap());
            }
            let Some(seller) = seller(history, event.actor).filter(|_| time.contains(&event.at))
            else {
                continue;
            };
            let faults = match event.kind {
                Kind::TaskCompleted => {
                    let letters = history.texts.get(event.text).chars();
                    let empty = letters.filter(|c| c.is_alphabetic()).count() < 5;
                    let late = event.at > dues[&event.task()] + 30 * MINUTE;
                    u32::from(empty) + u32::from(late)
                }
                Kind::StageChanged if history.pipelines.kind(event.stage()) == StageKind::Lost => {
                    let told = |later: &&Event| later.kind == Kind::LossReasonSet;
                    u32::from(!events[place..].iter().any(|later| told(&later)))
                }
                _ => continue,
            };
            let his = acts.entry(seller).or_default();
            *his = (his.0 + faults, his.1 + 1);
        }
    }
    acts
}

/// The name of a seller; none for all others.
fn seller(history: &History, who: EmployeeId) -> Option<String> {
    let person = history.people.get(who)?;
    (person.memberships[0].role == Some(Role::Seller)).then(|| person.name.clone())
}

/// How many per cent of all sellers' faulty acts are one's.
fn share(acts: &BTreeMap<String, (u32, u32)>, name: &str) -> u32 {
    let all: u32 = acts.values().map(|(faults, _)| faults).sum();
    acts[name].0 * 100 / all
}

#[test]
fn one_makes_half_of_all_faults_and_learns() {
    let history = company(1);
    let before = acts(&history, &(ago(START)..ago(CONTROL)));
    let now = acts(&history, &(ago(28)..ago(0)));
    let shares = (share(&before, LEARNER), share(&now, LEARNER));
    assert!((44..=54).contains(&shares.0), "{shares:?}");
    assert!((12..=16).contains(&shares.1), "{shares:?}");
}

#[test]
fn newcomers_err_while_control_is_paused() {
    for seed in 1..=3 {
        let history = company(seed);
        let people = &history.people.employees;
        let new = |name: &String| people.iter().any(|p| p.name == *name && p.hired.is_some());
        let (mut newcomers, mut others) = ((0, 0), (0, 0));
        for (name, (faults, all)) in acts(&history, &(ago(PAUSE)..ago(AGAIN))) {
            let group = if new(&name) {
                &mut newcomers
            } else {
                &mut others
            };
            *group = (group.0 + faults, group.1 + all);
        }
        assert!(newcomers.1 > 100, "{newcomers:?}");
        let rate = |(faults, all): (u32, u32)| f64::from(faults) / f64::from(all);
        let (new, old) = (rate(newcomers), rate(others));
        assert!(new > 2.5 * old, "seed {seed}: {new} and {old}");
    }
}

/// Seconds from a lead to the first attempt at its client, where both are of one working day.
fn answer_seconds(events: &[Event]) -> Option<Instant> {
    let first = events.iter().find(|event| event.kind != Kind::Created)?;
    let spoken = |event: &&Event| event.kind == Kind::CallIn && event.talked_ms() > 0;
    let attempt = |event: &&Event| matches!(event.kind, Kind::CallOut | Kind::MessageOut);
    let answer = events.iter().find(attempt)?;
    let alone = events
        .iter()
        .find(spoken)
        .is_none_or(|call| call.at > answer.at);
    let seconds = (answer.at - first.at) / 1_000;
    (alone && seconds < 5 * 60 * 60).then_some(seconds)
}

#[test]
fn a_veteran_burns_out() {
    for seed in 1..=3 {
        let history = company(seed);
        let mut months: Vec<Vec<Instant>> = vec![Vec::new(); 6];
        for timeline in history.timelines.iter().filter(|t| !t.is_empty()) {
            let events: Vec<Event> = timeline.iter().collect();
            let who = history.people.get(events[0].employee);
            let month = (events[0].at - ago(START)) / (30 * DAY);
            let hour = (events[0].at + 3 * 60 * MINUTE) % DAY / (60 * MINUTE);
            let his = who.is_some_and(|who| who.name == TIRED) && (10..19).contains(&hour);
            if let Some(seconds) = answer_seconds(&events).filter(|_| his) {
                months[(month as usize).min(5)].push(seconds);
            }
        }
        let median = |answers: &mut Vec<Instant>| {
            answers.sort_unstable();
            answers[answers.len() / 2]
        };
        let medians: Vec<Instant> = months.iter_mut().map(median).collect();
        assert!(
            medians.is_sorted_by(|a, b| a < b),
            "seed {seed}: {medians:?}"
        );
        assert!(medians[5] > 3 * medians[0], "seed {seed}: {medians:?}");
    }
}

#[test]
fn leads_come_at_night_and_on_holidays() {
    let history = company(1);
    let zone = TimeZone::get(&history.account.timezone).unwrap();
    let (mut night, mut holidays, mut all) = (0, 0, 0);
    for timeline in history.timelines.iter().filter(|t| !t.is_empty()) {
        let created = timeline.iter().next().unwrap().at;
        let local = Timestamp::from_millisecond(created).unwrap();
        let local = local.to_zoned(zone.clone());
        all += 1;
        night += u32::from(!(6..22).contains(&local.hour()));
        let holiday = matches!(
            (local.month(), local.day()),
            (1, 1..=8) | (2, 23) | (3, 8) | (11, 4)
        );
        holidays += u32::from(holiday);
    }
    assert!(night > 40 && holidays > 40, "{night}, {holidays} of {all}");
    assert!(
        night < all / 10 && holidays < all / 10,
        "{night}, {holidays} of {all}"
    );
}
