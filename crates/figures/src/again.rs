//! "Again": the same rule and person, an earlier finding cured not long before.

use history::{EmployeeId, Instant};
use rustc_hash::FxHashMap;

use crate::Audited;

/// How long ago the earlier one may have been cured, in milliseconds: 60 days of 24 hours.
const MEMORY: i64 = 60 * 86_400_000;

/// For each finding of `audited`, in their order: whether it is a repetition, that is, whether an
/// earlier finding of the same rule against the same person was cured at most 60 days before its
/// breach. Findings against nobody never are.
pub fn again(audited: &Audited<'_>) -> Vec<bool> {
    let mut cures: FxHashMap<(&str, EmployeeId), Vec<Instant>> = FxHashMap::default();
    for finding in audited.findings {
        if let Some(until) = finding.until.filter(|_| finding.employee.is_some()) {
            let key = (audited.rule(finding), finding.employee);
            cures.entry(key).or_default().push(until);
        }
    }
    cures.values_mut().for_each(|list| list.sort_unstable());
    audited
        .findings
        .iter()
        .map(|finding| {
            let key = (audited.rule(finding), finding.employee);
            cures.get(&key).is_some_and(|list| {
                // A cure is later than its own breach, so one that lies before this breach belongs
                // to an earlier finding.
                let before = list.partition_point(|cured| *cured <= finding.at);
                before > 0 && list[before - 1] >= finding.at.saturating_sub(MEMORY)
            })
        })
        .collect()
}
