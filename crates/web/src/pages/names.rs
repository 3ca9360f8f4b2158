//! What people call the things that figures are about: foreign names, fit for a cell.

use ::figures::Audited;
use history::{EmployeeId, GroupId, History, PipelineId, StageId};
use wording::{Lang, one_line};

/// Characters of a foreign name.
const NAME: usize = 60;
/// Characters of a rule's title.
const TITLE: usize = 80;

/// Names and ids in a history.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    audited: &'a Audited<'a>,
    lang: Lang,
}

impl<'a> Names<'a> {
    pub fn of(audited: &'a Audited<'a>, lang: Lang) -> Names<'a> {
        Names { audited, lang }
    }

    fn history(&self) -> &'a History {
        self.audited.history
    }

    /// What the regulation calls a rule: its latest version that has it.
    pub fn rule(&self, rule: &str) -> String {
        let versions = self.audited.regulation.versions().iter().rev();
        let mut entries = versions.flat_map(|version| &version.entries);
        let entry = entries.find(|entry| entry.name == rule);
        one_line(entry.map_or(rule, |entry| entry.title(self.lang)), TITLE)
    }

    pub fn person(&self, id: EmployeeId) -> String {
        one_line(self.history().people.name(id), NAME)
    }

    pub fn person_id(&self, id: EmployeeId) -> &'a str {
        self.history().people.ids.get(id.0)
    }

    pub fn group(&self, id: GroupId) -> String {
        let group = self.history().people.groups.get(id.index());
        one_line(group.map_or("", |group| &group.name), NAME)
    }

    pub fn group_id(&self, id: GroupId) -> &'a str {
        self.history().people.group_ids.get(id.0)
    }

    pub fn stage(&self, id: StageId) -> String {
        one_line(self.history().pipelines.stage_name(id), NAME)
    }

    pub fn stage_id(&self, id: StageId) -> &'a str {
        self.history().pipelines.stage_ids.get(id.0)
    }

    pub fn pipeline(&self, id: PipelineId) -> String {
        let pipeline = self.history().pipelines.pipelines.get(id.0 as usize);
        one_line(pipeline.map_or("", |one| &one.name), NAME)
    }

    pub fn pipeline_id(&self, id: PipelineId) -> &'a str {
        let pipeline = self.history().pipelines.pipelines.get(id.0 as usize);
        pipeline.map_or("", |one| &one.id)
    }

    /// The name of the pipeline of a stage; empty: of none.
    pub fn pipeline_of(&self, stage: StageId) -> String {
        let pipeline = self.history().pipelines.pipeline(stage);
        pipeline.map_or_else(String::new, |id| self.pipeline(id))
    }

    /// The group that somebody belongs to at the last day of a period; none where there is no group.
    pub fn group_at(&self, person: EmployeeId, last: Option<jiff::civil::Date>) -> GroupId {
        let today = self.audited.zone().date(self.audited.now);
        let people = &self.history().people;
        let membership = people.membership(person, last.unwrap_or(today).min(today));
        membership.map_or(GroupId::NONE, |membership| membership.group)
    }
}
