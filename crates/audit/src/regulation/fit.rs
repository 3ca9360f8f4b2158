//! A regulation beside a history: ids become numbers, and ids that nothing knows are mistakes.

use history::{ChannelId, FieldId, History, Names as IdNames, PipelineId, StageId};

use super::mistake::nearest;
use super::{Entry, Mistake, ParamValue, Version, What, Word};
use crate::rules::ParamKind;

/// The names of a history, for the parameters of rules.
#[derive(Clone, Copy)]
pub struct Names<'h> {
    /// The history.
    pub history: &'h History,
    /// The zone of local dates and hours.
    pub zone: &'h worktime::Zone,
}

impl Names<'_> {
    /// The stage that a word means; none: the history knows no such stage.
    pub fn stage(&self, word: &Word) -> StageId {
        StageId(find(&self.history.pipelines.stage_ids, word))
    }

    /// The field, or loss reason, that a word means; none: no event names it.
    pub fn field(&self, word: &Word) -> FieldId {
        FieldId(find(&self.history.fields, word))
    }

    /// The task type that a word means; none: no event names it.
    pub fn task_type(&self, word: &Word) -> ChannelId {
        ChannelId(find(&self.history.channels, word))
    }

    /// The pipeline that a word means.
    pub fn pipeline(&self, word: &Word) -> Option<PipelineId> {
        self.history.pipelines.find_pipeline(&word.text)
    }
}

fn find(names: &IdNames, word: &Word) -> u32 {
    names.find(&word.text).unwrap_or(u32::MAX)
}

impl Version {
    /// Ids of this version that the history does not know.
    ///
    /// An unknown stage or pipeline is a mistake. Of custom fields a history only shows those
    /// that were ever set: an unknown one is a mistake where a known one is written much like
    /// it; otherwise it may just not have been used yet.
    pub fn misfits(&self, history: &History) -> Vec<Mistake> {
        let mut misfits = Vec::new();
        self.robots
            .iter()
            .for_each(|word| check_pipeline(history, word, &mut misfits));
        for entry in &self.entries {
            entry
                .pipelines
                .iter()
                .flatten()
                .for_each(|word| check_pipeline(history, word, &mut misfits));
            entry
                .stages
                .iter()
                .flatten()
                .for_each(|word| check_stage(history, word, &mut misfits));
            check_values(history, entry, &mut misfits);
        }
        misfits
    }

    /// Shifts that employees have and this version does not know: those people are judged by
    /// the company's hours.
    pub fn unknown_shifts(&self, history: &History) -> Vec<String> {
        let mut unknown: Vec<String> = history
            .people
            .employees
            .iter()
            .flat_map(|employee| &employee.memberships)
            .filter_map(|membership| membership.shift.clone())
            .filter(|shift| !self.shifts.contains_key(shift))
            .collect();
        unknown.sort();
        unknown.dedup();
        unknown
    }
}

fn check_values(history: &History, entry: &Entry, misfits: &mut Vec<Mistake>) {
    for param in entry.rule.params {
        let Some(value) = entry.values.get(param.name) else {
            continue;
        };
        match (param.kind, value) {
            (ParamKind::Stages, ParamValue::Words(words)) => {
                words
                    .iter()
                    .for_each(|word| check_stage(history, word, misfits));
            }
            (ParamKind::Fields | ParamKind::Reasons, ParamValue::Words(words)) => {
                words
                    .iter()
                    .for_each(|word| check_field(history, word, misfits));
            }
            (_, ParamValue::Limits(limits)) => {
                limits
                    .iter()
                    .for_each(|(word, _)| check_stage(history, word, misfits));
            }
            (_, ParamValue::Expression(when)) => {
                for field in when.fields() {
                    let mut word = Word::from(field);
                    word.place = when.place.clone();
                    check_field(history, &word, misfits);
                }
            }
            (_, ParamValue::FieldLimits(Some((word, _)))) => check_field(history, word, misfits),
            (kind, ParamValue::Lists(lists)) => {
                for (stage, words) in lists {
                    check_stage(history, stage, misfits);
                    for word in words {
                        match kind {
                            ParamKind::StageStages => check_stage(history, word, misfits),
                            ParamKind::StageFields => check_field(history, word, misfits),
                            _ => {}
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn check_stage(history: &History, word: &Word, misfits: &mut Vec<Mistake>) {
    let known = &history.pipelines.stage_ids;
    if known
        .find(&word.text)
        .is_none_or(|id| id as usize >= history.pipelines.stages.len())
    {
        let listed = known.iter().take(history.pipelines.stages.len());
        misfits.push(unknown("stage", word, nearest(&word.text, listed)));
    }
}

fn check_pipeline(history: &History, word: &Word, misfits: &mut Vec<Mistake>) {
    if history.pipelines.find_pipeline(&word.text).is_none() {
        let listed = history
            .pipelines
            .pipelines
            .iter()
            .map(|pipeline| pipeline.id.as_str());
        misfits.push(unknown("pipeline", word, nearest(&word.text, listed)));
    }
}

fn check_field(history: &History, word: &Word, misfits: &mut Vec<Mistake>) {
    if history.fields.find(&word.text).is_none()
        && let Some(near) = nearest(&word.text, history.fields.iter())
    {
        misfits.push(unknown("field", word, Some(near)));
    }
}

fn unknown(thing: &'static str, word: &Word, nearest: Option<String>) -> Mistake {
    let what = What::UnknownId {
        thing,
        id: word.text.clone(),
        nearest,
    };
    Mistake::at(word.place.clone(), what)
}
