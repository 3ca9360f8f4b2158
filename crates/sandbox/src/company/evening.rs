//! One evening the careless seller closes what he cannot work on, so that it looks tidy; next
//! morning his lead takes some of it back.

use history::{Instant, Kind};

use super::cast::{CARELESS_SELLER, lead};
use super::phrases::REOPEN_NOTE;
use super::stages::{LOST, kind_of};
use super::story::World;
use crate::chance::Chance;
use crate::days::{DAY, HOUR, MINUTE};
use crate::entry::Entry;

/// The evening: the first of his shift from so many days before the end.
const DAYS_AGO: i64 = 20;
const MOST: usize = 24;
const TAKEN_BACK: usize = 3;

/// How a deal stood at an instant.
struct State {
    deal: u64,
    last: Instant,
    stage: &'static str,
    who: Option<usize>,
    task: u64,
}

/// Closes his open deals of that evening; what would have come after does not happen.
pub(super) fn tidy_up(world: &World, chance: &mut Chance, stories: &mut [Vec<Entry>]) {
    let Some(evening) = his_evening(world) else {
        return;
    };
    let mut his: Vec<(Instant, usize)> = Vec::new();
    for (number, story) in stories.iter().enumerate() {
        let state = state_at(story, evening);
        if state.who == Some(CARELESS_SELLER) && kind_of(state.stage) == "open" {
            his.push((state.last, number));
        }
    }
    his.sort();
    his.truncate(MOST);
    let mut at = evening;
    for (place, (_, number)) in his.into_iter().enumerate() {
        let story = &mut stories[number];
        let state = state_at(story, evening);
        story.retain(|entry| entry.at <= evening);
        at += chance.between(30_000, 95_000);
        close(story, &state, at, chance.hit(30));
        if place < TAKEN_BACK {
            take_back(world, story, &state, at, place as i64);
        }
    }
}

fn his_evening(world: &World) -> Option<Instant> {
    let from = world.until - DAYS_AGO * DAY;
    let start = world.cast.work(CARELESS_SELLER, from, 0)?;
    let day = world.cast.days.index(start);
    Some(world.cast.days.get(day).midnight + 19 * HOUR + 4 * MINUTE)
}

fn state_at(story: &[Entry], at: Instant) -> State {
    let mut state = State {
        deal: story.first().map_or(0, |entry| entry.deal),
        last: Instant::MIN,
        stage: LOST,
        who: None,
        task: 0,
    };
    for entry in story.iter().filter(|entry| entry.at <= at) {
        state.last = state.last.max(entry.at);
        match entry.kind {
            Kind::Created => (state.stage, state.who) = (entry.stage, entry.employee),
            Kind::StageChanged => state.stage = entry.stage,
            Kind::ResponsibleChanged => state.who = entry.employee,
            Kind::Removed => state.stage = LOST,
            Kind::TaskAdded => state.task = entry.task,
            Kind::TaskCompleted | Kind::TaskRemoved if entry.task == state.task => state.task = 0,
            _ => {}
        }
    }
    state
}

fn close(story: &mut Vec<Entry>, state: &State, at: Instant, reason: bool) {
    let his = |at, kind| Entry {
        actor: Some(CARELESS_SELLER),
        ..Entry::new(state.deal, at, kind)
    };
    if state.task > 0 {
        story.push(Entry {
            task: state.task,
            text: "Неактуально".into(),
            ..his(at - 8_000, Kind::TaskCompleted)
        });
    }
    story.push(Entry {
        stage: LOST,
        ..his(at, Kind::StageChanged)
    });
    if reason {
        story.push(Entry {
            field: "Передумал",
            text: ".".into(),
            ..his(at + 6_000, Kind::LossReasonSet)
        });
    }
}

/// The lead opens the deal again next morning and sets a task.
fn take_back(world: &World, story: &mut Vec<Entry>, state: &State, closed: Instant, place: i64) {
    let lead = lead(CARELESS_SELLER);
    let Some(at) = world.cast.work(lead, closed + 10 * HOUR, 20 + 9 * place) else {
        return;
    };
    let leads = |at, kind| Entry {
        actor: Some(lead),
        ..Entry::new(state.deal, at, kind)
    };
    let task = state.deal * 100 + 90;
    let due = world.cast.work(CARELESS_SELLER, at, 120);
    story.push(Entry {
        stage: state.stage,
        ..leads(at, Kind::StageChanged)
    });
    story.push(Entry {
        text: REOPEN_NOTE.into(),
        ..leads(at + 40_000, Kind::NoteAdded)
    });
    story.push(Entry {
        task,
        due,
        employee: Some(CARELESS_SELLER),
        channel: "Звонок",
        text: "Позвонить клиенту, сделка возвращена".into(),
        ..leads(at + 70_000, Kind::TaskAdded)
    });
    // One of them he never calls.
    if let (1.., Some(due)) = (place, due) {
        story.push(Entry {
            actor: Some(CARELESS_SELLER),
            task,
            text: "+".into(),
            ..Entry::new(state.deal, due + 25 * MINUTE * place, Kind::TaskCompleted)
        });
    }
}
