//! "Again": the same rule and person, an earlier finding cured or acknowledged not long before.

use history::{EmployeeId, Instant};
use rustc_hash::FxHashMap;

use crate::Audited;

/// How long ago the earlier one may have been settled, in milliseconds: 60 days of 24 hours.
const MEMORY: i64 = 60 * 86_400_000;

/// For each finding of `audited`, in their order: whether it is a repetition, that is, whether an
/// earlier finding of the same rule against the same person was cured or acknowledged at most 60
/// days before its breach. Findings against nobody never are.
pub fn again(audited: &Audited<'_>) -> Vec<bool> {
    let mut settled: FxHashMap<(&str, EmployeeId), Vec<Instant>> = FxHashMap::default();
    for finding in audited.findings {
        if finding.employee.is_none() {
            continue;
        }
        let mark = audited.mark(finding);
        let by_people = mark.map_or([None; 2], |mark| [mark.acknowledged, mark.cured]);
        // What settles a finding is later than its own breach, so an instant that lies before
        // another breach belongs to an earlier finding.
        let instants = [finding.until].into_iter().chain(by_people);
        let instants = instants.flatten().filter(|at| *at > finding.at);
        let key = (audited.rule(finding), finding.employee);
        settled.entry(key).or_default().extend(instants);
    }
    settled.values_mut().for_each(|list| list.sort_unstable());
    audited
        .findings
        .iter()
        .map(|finding| {
            let key = (audited.rule(finding), finding.employee);
            settled.get(&key).is_some_and(|list| {
                let before = list.partition_point(|settled| *settled <= finding.at);
                before > 0 && list[before - 1] >= finding.at.saturating_sub(MEMORY)
            })
        })
        .collect()
}
