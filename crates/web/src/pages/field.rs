//! The fields of a filter: what each offers, and which of it is chosen.

use std::collections::BTreeSet;

use app::permissions::Whose;
use history::History;
use wording::one_line;

use super::Words;
use super::finding::Teller;

/// What a field of a filter offers: value, words, and whether it is chosen.
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A field of a filter.
pub(super) struct Field {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// A value and the words for it.
pub(super) type Offer = (String, String);

impl Field {
    /// A field that leaves a list as it is unless one of these is chosen.
    pub fn of(words: Words, name: &'static str, chosen: &str, offers: Vec<Offer>) -> Field {
        let anything = (String::new(), words.text("filter-any"));
        Field::one_of(
            words,
            name,
            chosen,
            std::iter::once(anything).chain(offers).collect(),
        )
    }

    /// A field of which one value always holds.
    pub fn one_of(words: Words, name: &'static str, chosen: &str, offers: Vec<Offer>) -> Field {
        let choice = |(value, label): Offer| Choice {
            chosen: value == chosen,
            value,
            label,
        };
        Field {
            name,
            label: words.word("filter", name),
            choices: offers.into_iter().map(choice).collect(),
        }
    }
}

/// The employees whose things somebody may touch, by name.
pub(super) fn people(teller: &Teller<'_>, whose: &Whose) -> Vec<Offer> {
    let history = teller.audit.live().history();
    let reachable = teller.office.reachable(whose, teller.now);
    let reachable: Option<BTreeSet<String>> = reachable.map(|people| people.into_iter().collect());
    let ids = 0..history.people.employees.len() as u32;
    let ids = ids.map(|number| history.people.ids.get(number));
    let within = ids.filter(|id| reachable.as_ref().is_none_or(|all| all.contains(*id)));
    let mut people: Vec<Offer> = within
        .map(|id| (id.to_owned(), teller.employee(id)))
        .collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    people
}

/// All groups.
pub(super) fn groups(teller: &Teller<'_>) -> Vec<Offer> {
    let people = &teller.audit.live().history().people;
    let groups = (0u32..).take(people.groups.len());
    let groups = groups.map(|number| people.group_ids.get(number).to_owned());
    groups.map(|id| (id.clone(), teller.group(&id))).collect()
}

/// All pipelines.
pub(super) fn pipelines(history: &History) -> Vec<Offer> {
    let pipelines = history.pipelines.pipelines.iter();
    pipelines
        .map(|pipeline| (pipeline.id.clone(), one_line(&pipeline.name, 60)))
        .collect()
}

/// The ids of the stages of a pipeline; of one that nobody knows there are none.
pub(super) fn stages_of<'h>(history: &'h History, pipeline: &str) -> Vec<&'h str> {
    let pipelines = &history.pipelines;
    let id = pipelines.find_pipeline(pipeline);
    let stages = (0u32..).zip(&pipelines.stages);
    let within = stages.filter(|(_, stage)| Some(stage.pipeline) == id);
    within
        .map(|(number, _)| pipelines.stage_ids.get(number))
        .collect()
}

/// All listed stages, each with its pipeline.
pub(super) fn stages(teller: &Teller<'_>) -> Vec<Offer> {
    let pipelines = &teller.audit.live().history().pipelines;
    let stages = pipelines.stages.iter().enumerate();
    let stages = stages.map(|(at, stage)| {
        let id = pipelines.stage_ids.get(at as u32).to_owned();
        let pipeline = pipelines.pipelines.get(stage.pipeline.0 as usize);
        let name = teller.stage(&id);
        match pipeline {
            Some(pipeline) => (id, format!("{}: {name}", one_line(&pipeline.name, 40))),
            None => (id, name),
        }
    });
    stages.collect()
}
