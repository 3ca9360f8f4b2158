//! What is filed under employees, groups, stages and clients while deals are walked.

use history::{ChannelId, ClientId, DealId, EmployeeId, FieldId, Instant, StageId, TextId};
use rustc_hash::FxHashSet;

use super::EventRef;

/// Somebody did something in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// When.
    pub at: Instant,
    /// Who.
    pub employee: EmployeeId,
    /// The deal's stage after it; none where it has no deal, or an unknown stage.
    pub stage: StageId,
}

/// A place among events of equal instants, of all deals.
pub type Rank = (i64, u32);

/// A task was completed with a result that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// When.
    pub at: Instant,
    /// Its place among equal instants.
    pub rank: Rank,
    /// By whom.
    pub employee: EmployeeId,
    /// The event.
    pub event: EventRef,
    /// The result.
    pub text: TextId,
    /// The deal's stage after it.
    pub stage: StageId,
}

/// A deal was won or lost, or went from one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub at: Instant,
    /// Its place among equal instants.
    pub rank: Rank,
    /// Who did it.
    pub actor: EmployeeId,
    /// Who was responsible after all events of that instant.
    pub responsible: EmployeeId,
    /// The event.
    pub event: EventRef,
    /// The stage that it left.
    pub from: StageId,
    /// The stage that it entered.
    pub stage: StageId,
    /// Whether it is a loss.
    pub lost: bool,
    /// The reason after all events of that instant; none: no reason.
    pub reason: FieldId,
}

/// An open deal came to somebody (`+1`) or went (`-1`), in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// Whose.
    pub employee: EmployeeId,
    /// The stage.
    pub stage: StageId,
    /// `+1` or `-1`.
    pub by: i32,
    /// The event.
    pub event: EventRef,
}

/// A deal began to wait for the first contact attempt (`+1`) or waits no more (`-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The change.
    pub change: Change,
    /// When the deal was created.
    pub since: Instant,
    /// Where it came from.
    pub channel: ChannelId,
    /// It waits no more because of a contact attempt: the deal as it stood then.
    pub answered: Option<Standing>,
}

/// A deal after all events of an instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Its stage.
    pub stage: StageId,
    /// Its price, in hundredths; none: it is empty.
    pub price: Option<i64>,
}

/// An open deal came to a stage (`+1`), went (`-1`), or changed its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crowding {
    /// When.
    pub at: Instant,
    /// The stage.
    pub stage: StageId,
    /// `+1` or `-1`; a change of price is both, one after the other.
    pub by: i32,
    /// The deal's price, in hundredths; none: it is empty.
    pub price: Option<i64>,
    /// The event.
    pub event: EventRef,
}

/// The deals of one stage over time.
pub struct StageFacts<'a> {
    /// The stage.
    pub stage: StageId,
    /// What came and went, in order of time.
    pub changes: &'a [Crowding],
}

/// An open task on an open deal came to somebody's day, or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskChange {
    /// The change.
    pub change: Change,
    /// When the task is due.
    pub due: Instant,
}

/// A deal was open and in somebody's responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Whose.
    pub employee: EmployeeId,
    /// The deal.
    pub deal: DealId,
    /// From when.
    pub from: Instant,
    /// Until when; `Instant::MAX`: still.
    pub to: Instant,
}

/// A stay of a deal in the won stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WonStay {
    /// The client; none: the deal stands for itself.
    pub client: ClientId,
    /// The event that began it.
    pub event: EventRef,
    /// When it began.
    pub at: Instant,
    /// Who closed the deal.
    pub actor: EmployeeId,
    /// When, and by which event, it ended; none: it lasts.
    pub left: Option<(Instant, EventRef)>,
}

/// A change of what a client's next step could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The client; none: the deal stands for itself.
    pub client: ClientId,
    /// When.
    pub at: Instant,
    /// Its place among equal instants.
    pub rank: Rank,
    /// The event.
    pub event: EventRef,
    /// Whether the deal is open after it.
    pub open: bool,
    /// Whether an open task stands on the deal after it.
    pub task: bool,
    /// Whether the event adds a task.
    pub adds: bool,
}

/// All deals of one client.
pub struct ClientFacts<'a> {
    /// Stays in won stages.
    pub won: &'a [WonStay],
    /// What happened to tasks and stages, in order.
    pub steps: &'a [NextStep],
}

/// One employee's work, each list in order of time.
#[derive(Clone, Copy)]
pub struct WorkFacts<'a> {
    /// Whose.
    pub employee: EmployeeId,
    /// What was done.
    pub actions: &'a [Action],
    /// Task results.
    pub completions: &'a [Completion],
    /// Closings made by this person.
    pub closings: &'a [Closing],
    /// Open deals held.
    pub holdings: &'a [Change],
    /// Deals that wait for the first contact attempt.
    pub waiting: &'a [Waiting],
    /// Open tasks.
    pub tasks: &'a [TaskChange],
}

impl WorkFacts<'_> {
    /// Nothing, of an employee.
    pub(super) fn of(employee: EmployeeId) -> Self {
        WorkFacts {
            employee,
            actions: &[],
            completions: &[],
            closings: &[],
            holdings: &[],
            waiting: &[],
            tasks: &[],
        }
    }
}

/// The closings of one group in one calendar month, in order of time.
pub struct GroupFacts<'a> {
    /// The month, as months since 1970-01.
    pub month: i32,
    /// Its first instant.
    pub start: Instant,
    /// Closings of members.
    pub closings: &'a [Closing],
}

/// Deals in work: distinct deals that were open and in each person's responsibility in a period.
pub fn deals_in_work(
    tenures: &[Tenure],
    period: (Instant, Instant),
) -> impl Iterator<Item = &Tenure> {
    let (from, to) = period;
    let mut seen = FxHashSet::default();
    tenures
        .iter()
        .filter(move |tenure| tenure.from.max(from) < tenure.to.min(to))
        .filter(move |tenure| seen.insert((tenure.employee, tenure.deal)))
}
