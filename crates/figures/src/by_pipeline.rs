//! The lights of people within each pipeline.

use std::collections::BTreeMap;

use audit::judge::{Finding, Tenure};
use history::PipelineId;

use crate::considered::Mark;
use crate::funnel::Flow;
use crate::light::Lights;
use crate::{Audited, Period};

/// What belongs to one pipeline.
#[derive(Default)]
struct Part {
    tenures: Vec<Tenure>,
    findings: Vec<Finding>,
    marks: Vec<Mark>,
}

/// The lights of a period by pipeline: of the findings at its stages, over the deals that were in work
/// while they stood there. What is at no stage of a pipeline is in none of them.
pub fn lights_by_pipeline(
    audited: &Audited<'_>,
    flow: &Flow,
    period: Period,
) -> BTreeMap<PipelineId, Lights> {
    let period = period.until(audited.now);
    let pipelines = &audited.history.pipelines;
    let mut parts: BTreeMap<PipelineId, Part> = BTreeMap::new();
    for tenure in audited.tenures {
        let from = tenure.from.max(period.from);
        let to = tenure.to.min(period.to);
        if from >= to {
            continue;
        }
        for stay in flow.of_deal(tenure.deal) {
            let from = from.max(stay.cut.at);
            let to = to.min(stay.to.unwrap_or(to));
            if let Some(pipeline) = pipelines.pipeline(stay.stage)
                && from < to
            {
                let part = parts.entry(pipeline).or_default();
                part.tenures.push(Tenure {
                    from,
                    to,
                    ..*tenure
                });
            }
        }
    }
    for finding in audited.within(period) {
        if let Some(pipeline) = pipelines.pipeline(finding.stage) {
            let part = parts.entry(pipeline).or_default();
            part.marks.extend(audited.mark(finding).copied());
            part.findings.push(finding.clone());
        }
    }
    let lights = parts.into_iter().map(|(pipeline, part)| {
        let own = Audited {
            findings: &part.findings,
            marks: &part.marks,
            tenures: &part.tenures,
            ..*audited
        };
        (pipeline, Lights::of(&own, period))
    });
    lights.collect()
}
