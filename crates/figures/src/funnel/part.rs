//! The lists that the numbers of the funnel count.

use history::{DealId, EmployeeId, FieldId, Instant, StageId};
use rustc_hash::FxHashSet;

use super::money::reached;
use super::{Factors, Flow, Lead, Limits, Stay, Wait};
use crate::Period;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Deals that entered the stage in the period.
    Entered,
    /// Of these, those that went on.
    Onward,
    /// Of these, those that were won after it.
    Won,
    /// Deals that reached the stage in the 90 days over which the share won is taken.
    Reached,
    /// Deals that stand at the stage now.
    Standing,
    /// Of these, those with an overdue task.
    Overdue,
    /// Of these, those that hang.
    Hung,
    /// Of these, those that wait for this.
    Waits(Wait),
    /// Open tasks.
    Tasks,
    /// Of these, those that are overdue.
    OverdueTasks,
    /// Leads that came in the period.
    Leads,
    /// Of these, those without an answer so far.
    Unanswered,
    /// Of these, those answered within the limit of the regulation.
    InTime,
    /// Closings of the period.
    Closed,
    /// Of these, losses.
    Lost,
    /// Of these, losses put down to this reason; none: to none.
    LostFor(FieldId),
}

/// A row of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The deal.
    pub deal: DealId,
    /// Who is counted for it.
    pub employee: EmployeeId,
    /// What the list goes by: when the deal entered the stage, came or was closed; since when it
    /// stands; when the task is due.
    pub at: Instant,
}

impl Part {
    /// The word for it in addresses and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Entered => "entered",
            Part::Onward => "onward",
            Part::Won => "won",
            Part::Reached => "reached",
            Part::Standing => "standing",
            Part::Overdue => "overdue",
            Part::Hung => "hung",
            Part::Waits(wait) => wait.as_str(),
            Part::Tasks => "tasks",
            Part::OverdueTasks => "overdue-tasks",
            Part::Leads => "leads",
            Part::Unanswered => "unanswered",
            Part::InTime => "in-time",
            Part::Closed => "closed",
            Part::Lost => "lost",
            Part::LostFor(_) => "reason",
        }
    }

    /// The part that `word` means; `reason` is that of [`Part::LostFor`].
    pub fn parse(word: &str, reason: FieldId) -> Option<Part> {
        let plain = [
            Part::Entered,
            Part::Onward,
            Part::Won,
            Part::Reached,
            Part::Standing,
            Part::Overdue,
            Part::Hung,
            Part::Tasks,
            Part::OverdueTasks,
            Part::Leads,
            Part::Unanswered,
            Part::InTime,
            Part::Closed,
            Part::Lost,
            Part::LostFor(reason),
        ];
        let mut all = plain.into_iter().chain(Wait::ALL.map(Part::Waits));
        all.find(|part| part.as_str() == word)
    }

    /// Whether it is counted over a period; else it is counted now.
    pub fn is_of_period(self) -> bool {
        !matches!(
            self,
            Part::Reached
                | Part::Standing
                | Part::Overdue
                | Part::Hung
                | Part::Waits(_)
                | Part::Tasks
                | Part::OverdueTasks
        )
    }

    /// The list in a flow, at one stage where it is named, the latest first. `with` are what hangs
    /// and what is in time; `now` is the instant of the audit.
    pub fn list(
        self,
        flow: &Flow,
        stage: Option<StageId>,
        (factors, limits): (&Factors, &Limits),
        (period, now): (Period, Instant),
    ) -> Vec<Listed> {
        let mut listed = match self {
            Part::Entered | Part::Onward | Part::Won => self.stays(flow, stage, period),
            Part::Reached => self.stays(flow, stage, reached(now)),
            Part::Tasks | Part::OverdueTasks => self.tasks(flow, now),
            Part::Leads | Part::Unanswered | Part::InTime => self.leads(flow, limits, period),
            Part::Closed | Part::Lost | Part::LostFor(_) => self.closings(flow, period),
            _ => self.standing(flow, stage, factors),
        };
        listed.sort_by_key(|one| (std::cmp::Reverse(one.at), one.deal));
        listed
    }

    fn stays(self, flow: &Flow, stage: Option<StageId>, period: Period) -> Vec<Listed> {
        let is_meant = |stay: &&Stay| {
            period.holds(stay.cut.at)
                && stage.is_none_or(|stage| stay.stage == stage)
                && match self {
                    Part::Onward => stay.onward,
                    Part::Won => stay.won,
                    _ => true,
                }
        };
        // A deal is counted once, however often it entered; the latest stay tells when.
        let mut seen = FxHashSet::default();
        let stays = flow.stays.iter().rev().filter(is_meant);
        stays
            .filter(|stay| seen.insert(stay.deal))
            .map(|stay| Listed {
                deal: stay.deal,
                employee: stay.cut.employee,
                at: stay.cut.at,
            })
            .collect()
    }

    fn standing(self, flow: &Flow, stage: Option<StageId>, factors: &Factors) -> Vec<Listed> {
        let standing = flow.standing.iter().filter(|one| {
            stage.is_none_or(|stage| one.stage == stage)
                && match self {
                    Part::Overdue => one.overdue > 0,
                    Part::Hung => factors.hangs(one.deal),
                    Part::Waits(wait) => one.wait == wait,
                    _ => true,
                }
        });
        standing
            .map(|one| Listed {
                deal: one.deal,
                employee: one.cut.employee,
                at: one.cut.at,
            })
            .collect()
    }

    fn tasks(self, flow: &Flow, now: Instant) -> Vec<Listed> {
        let open = flow.tasks.iter().filter(|task| task.open);
        open.filter(|task| self == Part::Tasks || task.cut.at < now)
            .map(|task| Listed {
                deal: task.deal,
                employee: task.cut.employee,
                at: task.cut.at,
            })
            .collect()
    }

    fn leads(self, flow: &Flow, limits: &Limits, period: Period) -> Vec<Listed> {
        let is_meant = |lead: &&Lead| {
            period.holds(lead.cut.at)
                && match self {
                    Part::Unanswered => lead.answered.is_none(),
                    Part::InTime => limits.is_in_time(lead) == Some(true),
                    _ => true,
                }
        };
        let leads = flow.leads.iter().filter(is_meant);
        leads
            .map(|lead| Listed {
                deal: lead.deal,
                employee: lead.cut.employee,
                at: lead.cut.at,
            })
            .collect()
    }

    fn closings(self, flow: &Flow, period: Period) -> Vec<Listed> {
        let closings = flow.closings.iter().filter(|closing| {
            period.holds(closing.cut.at)
                && match self {
                    Part::Lost => closing.lost,
                    Part::LostFor(reason) => closing.lost && closing.reason == reason,
                    _ => true,
                }
        });
        closings
            .map(|closing| Listed {
                deal: closing.deal,
                employee: closing.cut.employee,
                at: closing.cut.at,
            })
            .collect()
    }
}
