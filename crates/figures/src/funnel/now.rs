//! What stands open now, and what it waits for.

use history::{DealId, StageId};

use super::{Cut, Factors, Hung};

/// How far back tasks are kept that were due and are open no more, in milliseconds: four weeks.
pub(super) const TASKS_OF: i64 = 28 * 86_400_000;

/// What an open deal waits for: the first of these that fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wait {
    /// For the first contact attempt: there has been none, and the deal has not left the stage that
    /// it began in.
    FirstAnswer,
    /// For us: the client wrote, or called in vain, and nobody has tried to reach them since.
    Client,
    /// For a task that is overdue.
    OverdueTask,
    /// For a task that is still to come.
    Task,
    /// For nothing that is known: it has no open task.
    Nothing,
}

impl Wait {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Wait; 5] = [
        Wait::FirstAnswer,
        Wait::Client,
        Wait::OverdueTask,
        Wait::Task,
        Wait::Nothing,
    ];

    /// The word for it in addresses and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Wait::FirstAnswer => "first-answer",
            Wait::Client => "client",
            Wait::OverdueTask => "overdue-task",
            Wait::Task => "task",
            Wait::Nothing => "nothing",
        }
    }
}

/// A deal that stands open now.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The deal.
    pub deal: DealId,
    /// Where it stands; none: in an unknown stage.
    pub stage: StageId,
    /// Who answers for it now, where it came from, and since when it stands there.
    pub cut: Cut,
    /// Its price now, in hundredths.
    pub price: Option<i64>,
    /// Its open tasks.
    pub tasks: u32,
    /// Of these, those whose deadline has passed.
    pub overdue: u32,
    /// What it waits for.
    pub wait: Wait,
}

/// A task on a deal.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The deal.
    pub deal: DealId,
    /// Where the deal stands now.
    pub stage: StageId,
    /// Who is to do it, where the deal came from, and when it is due.
    pub cut: Cut,
    /// Whether it is open, on a deal that is open.
    pub open: bool,
}

/// The deals that stand somewhere now.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Now {
    /// All of them.
    pub deals: u64,
    /// The sum of their prices, in hundredths; an empty one is 0.
    pub sum: i64,
    /// Those that have an overdue task.
    pub overdue: u64,
    /// By what they wait for, in the order of [`Wait::ALL`]; together all of them.
    pub waits: [u64; 5],
    /// The money that hangs.
    pub hung: Hung,
}

impl Now {
    /// Counts deals that stand at one stage.
    pub fn of<'s>(
        stage: StageId,
        standing: impl IntoIterator<Item = &'s Standing>,
        factors: &Factors,
    ) -> Now {
        let mut now = Now::default();
        let mut deals = Vec::new();
        for one in standing.into_iter().filter(|one| one.stage == stage) {
            now.deals += 1;
            now.sum = now.sum.saturating_add(one.price.unwrap_or(0));
            now.overdue += u64::from(one.overdue > 0);
            now.waits[one.wait as usize] += 1;
            deals.push(one.deal);
        }
        now.hung = factors.hung(stage, deals.into_iter());
        now
    }
}
