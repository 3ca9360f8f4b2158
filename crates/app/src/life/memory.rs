//! Findings as the audit in memory holds them: the same as the store's, without asking it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use history::{EmployeeId, Instant, StageId};
use live::{Live, Standing};
use store::findings::{Cursor, Filter, Finding};

use super::finding::Facts;
use crate::audits::finding_of;

/// The facts of a standing finding that a rule gave.
pub(crate) fn facts<'a>(live: &'a Live, standing: &Standing<'a>) -> Facts<'a> {
    let (history, finding) = (live.history(), standing.finding);
    Facts {
        rule: standing.rule,
        deal: history.deals.get(finding.deal.0),
        employee: history.people.ids.get(finding.employee.0),
        stage: history.pipelines.stage_ids.get(finding.stage.0),
        severity: standing.severity,
        at: finding.at,
        until: finding.until,
        withdrawn: false,
        maker: "",
        by_hand: false,
        held: false,
    }
}

/// A standing finding as the store keeps it; none where no finding of the number stands.
pub(super) fn row(live: &Live, number: u32) -> Option<Finding> {
    let (row, kept) = (live.row(number)?, live.kept());
    Some(finding_of(
        kept.id(number).to_owned(),
        row,
        kept.stamp(number),
    ))
}

/// Whether the audit alone can say which findings a filter lets through: it knows what stands, but
/// what was withdrawn may name what the history has forgotten. The few findings of one deal the
/// store finds sooner.
pub(super) fn can_tell(filter: &Filter<'_>) -> bool {
    filter.standing == Some(true) && filter.deal.is_none()
}

/// A filter in the numbers of a history.
pub(super) struct Narrow<'a> {
    filter: &'a Filter<'a>,
    live: &'a Live,
    stage: Option<StageId>,
    /// Of those asked for the ones that the history knows.
    stages: Option<Vec<StageId>>,
    after: Option<&'a Cursor>,
}

impl<'a> Narrow<'a> {
    /// The findings of a filter behind `after`; none where it names what the history does not
    /// know.
    pub fn new(
        filter: &'a Filter<'a>,
        after: Option<&'a Cursor>,
        live: &'a Live,
    ) -> Option<Narrow<'a>> {
        let find = |stage: &str| live.history().pipelines.stage_ids.find(stage).map(StageId);
        let stage = match filter.stage {
            Some(stage) => Some(find(stage)?),
            None => None,
        };
        let known = |stages: &[&str]| stages.iter().filter_map(|stage| find(stage)).collect();
        Some(Narrow {
            filter,
            live,
            stage,
            stages: filter.stages.map(known),
            after,
        })
    }

    /// Those that rules gave, the latest breach first, of equal breaches the greatest id.
    pub fn latest(&self) -> Latest<'_> {
        let live = self.live;
        let numbers = match self.filter.employees {
            None => Cow::Borrowed(live.by_breach()),
            Some([employee]) => Cow::Borrowed(self.against(employee)),
            Some(employees) => {
                let people: BTreeSet<&str> = employees.iter().copied().collect();
                let theirs = people.into_iter().map(|employee| self.against(employee));
                let mut all: Vec<u32> = theirs.flatten().copied().collect();
                all.sort_by_cached_key(|number| self.breach(*number));
                Cow::Owned(all)
            }
        };
        let bounds = [
            self.filter.to,
            self.after.map(|after| after.at.saturating_add(1)),
        ];
        let bound = bounds.into_iter().flatten().min();
        let end = bound.map_or(numbers.len(), |bound| {
            numbers.partition_point(|number| self.breach(*number) < bound)
        });
        Latest {
            narrow: self,
            numbers,
            end,
            equal: Vec::new(),
        }
    }

    /// The numbers of what stands against somebody in the order of breaches; empty: nobody.
    fn against(&self, employee: &str) -> &'a [u32] {
        match (employee, self.live.history().people.ids.find(employee)) {
            ("", _) => self.live.against(EmployeeId::NONE),
            (_, Some(id)) => self.live.against(EmployeeId(id)),
            (_, None) => &[],
        }
    }

    fn breach(&self, number: u32) -> Instant {
        self.live.finding(number).map_or(0, |finding| finding.at)
    }

    fn fits(&self, standing: &Standing<'_>) -> bool {
        let (filter, finding) = (self.filter, standing.finding);
        let at = finding.at;
        filter.from.is_none_or(|from| from <= at)
            && filter.to.is_none_or(|to| at < to)
            && filter
                .open
                .is_none_or(|open| finding.until.is_none() == open)
            && filter.rule.is_none_or(|rule| standing.rule == rule)
            && filter.scope.is_none_or(|scope| standing.scope == scope)
            && self.stage.is_none_or(|stage| finding.stage == stage)
            && self
                .stages
                .as_ref()
                .is_none_or(|stages| stages.contains(&finding.stage))
            && filter
                .severity
                .is_none_or(|severity| standing.severity.as_str() == severity)
            && self.after.is_none_or(|after| {
                let behind = || self.live.kept().id(standing.number) < after.id.as_str();
                at < after.at || (at == after.at && behind())
            })
    }

    /// Whether a finding made by hand is among them.
    pub fn holds(&self, finding: &Finding) -> bool {
        let filter = self.filter;
        let is = |wanted: Option<&str>, own: &str| wanted.is_none_or(|wanted| wanted == own);
        let people = filter.employees;
        finding.standing
            && filter.from.is_none_or(|from| from <= finding.at)
            && filter.to.is_none_or(|to| finding.at < to)
            && filter
                .open
                .is_none_or(|open| finding.until.is_none() == open)
            && is(filter.rule, &finding.rule)
            && is(filter.scope, &finding.scope)
            && is(filter.stage, &finding.stage)
            && is(filter.severity, &finding.severity)
            && filter
                .stages
                .is_none_or(|stages| stages.contains(&finding.stage.as_str()))
            && people.is_none_or(|people| people.contains(&finding.employee.as_str()))
            && self
                .after
                .is_none_or(|after| (finding.at, &finding.id) < (after.at, &after.id))
    }
}

/// Findings from the latest breach on. Only as many are looked at as are asked for.
pub(super) struct Latest<'a> {
    narrow: &'a Narrow<'a>,
    /// In the order of breaches; those from `end` on are done with.
    numbers: Cow<'a, [u32]>,
    end: usize,
    /// Those of one breach by id.
    equal: Vec<u32>,
}

impl Iterator for Latest<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.equal.is_empty() && self.end > 0 {
            let breach = self.narrow.breach(self.numbers[self.end - 1]);
            let live = self.narrow.live;
            while self.end > 0 && self.narrow.breach(self.numbers[self.end - 1]) == breach {
                self.end -= 1;
                let number = self.numbers[self.end];
                if live
                    .stands(number)
                    .is_some_and(|one| self.narrow.fits(&one))
                {
                    self.equal.push(number);
                }
            }
            self.equal.sort_by_key(|number| live.kept().id(*number));
        }
        self.equal.pop()
    }
}
