//! Pipelines and their stages.

use crate::{Names, StageId};

/// What standing in a stage means for a deal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StageKind {
    /// Still being worked on.
    Open,
    /// Sold.
    Won,
    /// Lost.
    Lost,
}

impl StageKind {
    /// The kind a file means by `word`.
    pub fn parse(word: &str) -> Option<StageKind> {
        match word {
            "open" => Some(StageKind::Open),
            "won" => Some(StageKind::Won),
            "lost" => Some(StageKind::Lost),
            _ => None,
        }
    }

    /// The word for it in files.
    pub fn as_str(self) -> &'static str {
        match self {
            StageKind::Open => "open",
            StageKind::Won => "won",
            StageKind::Lost => "lost",
        }
    }
}

/// A pipeline's place in [`Pipelines::pipelines`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PipelineId(pub u32);

/// A pipeline.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its id in the CRM.
    pub id: String,
    /// Name shown to people.
    pub name: String,
}

/// A stage of a pipeline.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The pipeline it belongs to.
    pub pipeline: PipelineId,
    /// Name shown to people.
    pub name: String,
    /// Place in the pipeline; lower comes first.
    pub sort: i64,
    /// What standing in it means.
    pub kind: StageKind,
}

/// All pipelines of the account.
#[derive(Clone, Default)]
pub struct Pipelines {
    /// Pipelines in the order of the file.
    pub pipelines: Vec<Pipeline>,
    /// Ids of stages: first those listed, then those only events name.
    pub stage_ids: Names,
    /// Those listed in `stages.csv`.
    pub stages: Vec<Stage>,
}

impl Pipelines {
    /// The stage, unless only events name it.
    pub fn get(&self, id: StageId) -> Option<&Stage> {
        self.stages.get(id.index())
    }

    /// What standing in the stage means; an unknown stage counts as open.
    pub fn kind(&self, id: StageId) -> StageKind {
        self.get(id).map_or(StageKind::Open, |stage| stage.kind)
    }

    /// The stage's pipeline; an unknown stage is of none.
    pub fn pipeline(&self, id: StageId) -> Option<PipelineId> {
        self.get(id).map(|stage| stage.pipeline)
    }

    /// The name to show: the listed name, else the id.
    pub fn stage_name(&self, id: StageId) -> &str {
        match self.get(id) {
            Some(stage) if !stage.name.is_empty() => &stage.name,
            _ => self.stage_ids.get(id.0),
        }
    }

    /// The pipeline with this id in the CRM.
    pub fn find_pipeline(&self, id: &str) -> Option<PipelineId> {
        self.pipelines
            .iter()
            .position(|p| p.id == id)
            .map(|i| PipelineId(i as u32))
    }
}
