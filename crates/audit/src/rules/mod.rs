//! The rules: one file each, one line each in [`RULES`].

mod client;
mod deal;
mod declaration;
mod employee;
mod group;
mod stage;

use history::Instant;
use worktime::{Clock, Limit};

pub use declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Scope, Texts};

use crate::judge::{
    ClientFacts, Deal, Filter, GroupFacts, Raised, Scene, Signals, StageFacts, Step, Stretch,
    Stretches, WorkFacts,
};

/// Every rule there is, in the order of the indicators.
pub static RULES: &[&Declaration] = &[
    &deal::first_response::RULE,
    &deal::not_reached::RULE,
    &deal::missed_call::RULE,
    &deal::unanswered_message::RULE,
    &employee::lead_queue::RULE,
    &employee::response_order::RULE,
    &deal::stuck_in_stage::RULE,
    &deal::deal_lifetime::RULE,
    &deal::far_task::RULE,
    &deal::postponed_task::RULE,
    &employee::task_pileup::RULE,
    &employee::overload::RULE,
    &stage::stage_overflow::RULE,
    &deal::stage_order::RULE,
    &deal::stage_task::RULE,
    &deal::overdue_task::RULE,
    &deal::no_open_task::RULE,
    &deal::no_responsible::RULE,
    &deal::absent_responsible::RULE,
    &client::won_without_next::RULE,
    &deal::junk_task_result::RULE,
    &employee::copied_task_result::RULE,
    &deal::unlogged_call::RULE,
    &deal::silent_deal::RULE,
    &deal::handover_without_note::RULE,
    &deal::required_field::RULE,
    &deal::custom::RULE,
    &deal::deal_title::RULE,
    &deal::lost_without_reason::RULE,
    &deal::lost_without_attempts::RULE,
    &group::lost_mid_share::RULE,
    &group::lost_reason_share::RULE,
    &group::loser_share::RULE,
    &employee::mass_closing::RULE,
    &employee::crm_time::RULE,
    &employee::late_start::RULE,
];

/// Rules that count working days: the clock `always` has none.
pub(crate) const COUNTS_WORKING_DAYS: &[&str] = &["task-pileup", "crm-time", "late-start"];

/// Parameters without which a rule has nothing to judge by.
pub(crate) fn cannot_do_without(code: &str) -> &'static [&'static str] {
    match code {
        "stage-order" => &["allowed"],
        "stage-task" => &["tasks"],
        "required-field" => &["fields"],
        "custom" => &["when"],
        "lost-mid-share" => &["stages_mid"],
        "lost-reason-share" => &["reasons"],
        _ => &[],
    }
}

pub(crate) use deal::custom::VARIABLES;

/// The rule of this code.
pub fn find(code: &str) -> Option<&'static Declaration> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// A clock and what a working day is worth on it.
pub struct Time<'a> {
    /// Whose time is counted.
    pub clock: &'a Clock,
    /// What `1wd` is worth, in milliseconds.
    pub day_length_ms: i64,
}

impl Time<'_> {
    /// When a limit that starts at `start` runs out; none: never.
    pub fn breach(&self, start: Instant, limit: Limit) -> Option<Instant> {
        limit.breach(self.clock, start, self.day_length_ms)
    }
}

/// A rule over one deal.
pub trait DealRule: Send + Sync {
    /// What it must be shown; steps without any of it are not.
    fn listens(&self) -> Signals;

    /// The limit after whose start something owed is a fault.
    fn limit(&self) -> Limit {
        Limit::Minutes(0)
    }

    /// The least time between a start and its breach, in milliseconds.
    fn floor(&self, day_length_ms: i64) -> i64 {
        self.limit().at_least(day_length_ms)
    }

    /// The breach of a stretch; none: it never comes.
    fn breach(&self, _deal: &Deal<'_>, stretch: &Stretch, time: &Time<'_>) -> Option<Instant> {
        time.breach(stretch.start, self.limit())
    }

    /// Whether a finding is dropped after all (a reason that is excepted).
    fn excepts(&self, _deal: &Deal<'_>, _breach: Instant) -> bool {
        false
    }

    /// The fields whose values over time it asks for.
    fn watches(&self) -> Option<history::FieldId> {
        None
    }

    /// A memory to walk deals with, one after the other.
    fn judge(&self) -> Box<dyn DealJudge + '_>;
}

/// A deal rule at work.
pub trait DealJudge {
    /// Sees a step of the deal; the first one of a deal is its beginning.
    fn step(&mut self, deal: &Deal<'_>, step: &Step, out: &mut Stretches<'_>);

    /// The timeline is over: says what is owed still, and forgets the deal.
    fn end(&mut self, deal: &Deal<'_>, out: &mut Stretches<'_>);
}

/// A rule over all deals of a client.
pub trait ClientRule: Send + Sync {
    /// Judges a client; adds findings to `out`.
    fn judge(
        &self,
        facts: &ClientFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    );
}

/// Facts that employee rules ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// Actions of a person.
    Actions,
    /// Task results.
    Completions,
    /// Closings.
    Closings,
    /// Open deals held.
    Holdings,
    /// Deals that wait for the first contact attempt.
    Waiting,
    /// Open tasks by the day on which they are due.
    Tasks,
}

/// A rule over an employee's work.
pub trait EmployeeRule: Send + Sync {
    /// The facts it needs.
    fn needs(&self) -> Fact;

    /// Judges an employee; adds findings to `out`.
    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    );
}

/// A rule over a group's closings.
pub trait GroupRule: Send + Sync {
    /// Judges a group over a calendar month; adds findings to `out`.
    fn judge(
        &self,
        facts: &GroupFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    );
}

/// A rule over the deals of one stage, whoever is responsible for them.
pub trait StageRule: Send + Sync {
    /// Judges a stage; adds findings to `out`.
    fn judge(
        &self,
        facts: &StageFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    );
}
