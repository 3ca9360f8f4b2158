//! Which findings an entry of a regulation lets through.

use history::{EmployeeId, History, Instant, People, Role, StageId};
use worktime::Zone;

use crate::regulation::{Entry, Names, Version};

/// Where a rule looks and of whom its findings may be held against.
pub struct Filter<'h> {
    stages: Vec<bool>,
    unknown_stage: bool,
    roles: Option<Vec<Role>>,
    people: &'h People,
    zone: Zone,
}

impl<'h> Filter<'h> {
    /// The filter of an entry.
    pub fn new(entry: &Entry, version: &Version, history: &'h History) -> Filter<'h> {
        let names = Names {
            history,
            zone: &version.zone,
        };
        let pipelines = entry.pipelines.as_ref();
        let pipelines: Option<Vec<_>> = pipelines.map(|words| {
            words
                .iter()
                .filter_map(|word| names.pipeline(word))
                .collect()
        });
        let stages = entry.stages.as_ref();
        let stages: Option<Vec<_>> =
            stages.map(|words| words.iter().map(|word| names.stage(word)).collect());
        let robots: Vec<_> = version
            .robots
            .iter()
            .filter_map(|word| names.pipeline(word))
            .collect();
        let passes = |(id, stage): (usize, &history::Stage)| {
            !robots.contains(&stage.pipeline)
                && pipelines
                    .as_ref()
                    .is_none_or(|pipelines| pipelines.contains(&stage.pipeline))
                && stages
                    .as_ref()
                    .is_none_or(|stages| stages.contains(&StageId(id as u32)))
        };
        Filter {
            stages: history
                .pipelines
                .stages
                .iter()
                .enumerate()
                .map(passes)
                .collect(),
            unknown_stage: pipelines.is_none() && stages.is_none(),
            roles: entry.roles.clone(),
            people: &history.people,
            zone: version.zone.clone(),
        }
    }

    /// Whether a deal in this stage is looked at. An unknown stage is of no pipeline.
    #[inline]
    pub fn stage(&self, stage: StageId) -> bool {
        self.stages
            .get(stage.index())
            .copied()
            .unwrap_or(self.unknown_stage)
    }

    /// Whether a finding may be held against this person at this instant; nobody has no role.
    pub fn person(&self, person: EmployeeId, at: Instant) -> bool {
        let Some(roles) = &self.roles else {
            return true;
        };
        let membership = self.people.membership(person, self.zone.date(at));
        membership
            .and_then(|membership| membership.role)
            .is_some_and(|role| roles.contains(&role))
    }
}

impl<'h> Filter<'h> {
    /// A filter that lets all pass but pipelines in which nobody works.
    pub fn robots(version: &Version, history: &'h History) -> Filter<'h> {
        let names = Names {
            history,
            zone: &version.zone,
        };
        let robots: Vec<_> = version
            .robots
            .iter()
            .filter_map(|word| names.pipeline(word))
            .collect();
        let stages = history.pipelines.stages.iter();
        Filter {
            stages: stages
                .map(|stage| !robots.contains(&stage.pipeline))
                .collect(),
            unknown_stage: true,
            roles: None,
            people: &history.people,
            zone: version.zone.clone(),
        }
    }
}
