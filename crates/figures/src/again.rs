//! "Again": the same rule and person, an earlier finding cured or acknowledged not long before.

use audit::judge::Finding;
use history::{EmployeeId, Instant};
use rustc_hash::FxHashMap;

use crate::Audited;

/// How long ago the earlier one may have been settled, in milliseconds: 60 days of 24 hours.
pub const MEMORY: i64 = 60 * 86_400_000;

/// When findings of one rule against one person were cured or acknowledged: what later ones
/// repeat.
#[derive(Clone, Debug, Default)]
pub struct Settled(Vec<Instant>);

impl Settled {
    /// Adds a finding by its breach, and when it was cured or acknowledged, as often as it was.
    pub fn add(&mut self, breach: Instant, instants: impl IntoIterator<Item = Option<Instant>>) {
        // What settles a finding is later than its own breach, so an instant that lies before
        // another breach belongs to an earlier finding.
        let later = instants.into_iter().flatten().filter(|at| *at > breach);
        self.0.extend(later);
    }

    /// Adds what was added to another.
    pub fn join(&mut self, other: &Settled) {
        self.0.extend(&other.0);
    }

    /// Puts what was added in order.
    pub fn sort(&mut self) {
        self.0.sort_unstable();
    }

    /// Whether the finding of a breach is a repetition: whether an earlier one was settled at most
    /// 60 days before. Ask after [`Settled::sort`].
    pub fn repeats(&self, breach: Instant) -> bool {
        let before = self.0.partition_point(|settled| *settled <= breach);
        before > 0 && self.0[before - 1] >= breach.saturating_sub(MEMORY)
    }
}

/// For each finding of `audited`, in their order: whether it is a repetition, that is, whether an
/// earlier finding of the same rule against the same person was cured or acknowledged at most 60
/// days before its breach. Findings against nobody never are.
pub fn again(audited: &Audited<'_>) -> Vec<bool> {
    let rules = Rules::of(audited);
    let mut settled: FxHashMap<(u32, EmployeeId), Settled> = FxHashMap::default();
    for (place, finding) in audited.findings.iter().enumerate() {
        if finding.employee.is_none() {
            continue;
        }
        let mark = audited.marks.get(place);
        let [acknowledged, cured] = mark.map_or([None; 2], |mark| [mark.acknowledged, mark.cured]);
        let key = (rules.number(finding), finding.employee);
        let instants = [finding.until, acknowledged, cured];
        settled.entry(key).or_default().add(finding.at, instants);
    }
    settled.values_mut().for_each(Settled::sort);
    audited
        .findings
        .iter()
        .map(|finding| {
            let key = (rules.number(finding), finding.employee);
            settled
                .get(&key)
                .is_some_and(|settled| settled.repeats(finding.at))
        })
        .collect()
}

/// The rules of all versions as numbers, the same for entries of one name.
struct Rules(Vec<Vec<u32>>);

impl Rules {
    fn of(audited: &Audited<'_>) -> Rules {
        let mut names: FxHashMap<&str, u32> = FxHashMap::default();
        let versions = audited.regulation.versions().iter();
        let numbers = versions.map(|version| {
            let entries = version.entries.iter();
            let number = entries.map(|entry| {
                let next = names.len() as u32;
                *names.entry(&entry.name).or_insert(next)
            });
            number.collect()
        });
        Rules(numbers.collect())
    }

    fn number(&self, finding: &Finding) -> u32 {
        self.0[usize::from(finding.version)][usize::from(finding.entry)]
    }
}
