//! Findings and tenures in the orders in which they are looked up.

use std::sync::OnceLock;

use audit::judge::{Finding, Tenure};
use history::{EmployeeId, Instant};
use rustc_hash::FxHashMap;

/// Lists of what an audit holds, each made when it is first asked for. They are those of one state:
/// whoever changes the audit forgets what no longer holds.
#[derive(Default)]
pub(crate) struct Order {
    by_breach: OnceLock<Vec<u32>>,
    against: OnceLock<FxHashMap<EmployeeId, Vec<u32>>>,
    tenures: OnceLock<FxHashMap<EmployeeId, Vec<Tenure>>>,
    all_tenures: OnceLock<Vec<Tenure>>,
}

impl Order {
    /// A finding came, went, or has another breach or holder.
    pub fn forget_findings(&mut self) {
        self.by_breach = OnceLock::new();
        self.against = OnceLock::new();
    }

    /// A deal was filed anew.
    pub fn forget_tenures(&mut self) {
        self.tenures = OnceLock::new();
        self.all_tenures = OnceLock::new();
    }

    /// The numbers of findings in the order of their breaches, equal ones by number.
    pub fn by_breach<'f>(&self, standing: impl Iterator<Item = (u32, &'f Finding)>) -> &[u32] {
        let made = || {
            let breach = |(number, finding): (u32, &Finding)| (finding.at, number);
            let mut all: Vec<(Instant, u32)> = standing.map(breach).collect();
            all.sort_unstable();
            all.into_iter().map(|(_, number)| number).collect()
        };
        self.by_breach.get_or_init(made)
    }

    /// The same of those against one employee, or against nobody.
    pub fn against<'f>(
        &self,
        employee: EmployeeId,
        standing: impl Iterator<Item = (u32, &'f Finding)>,
    ) -> &[u32] {
        let made = || {
            let mut people: FxHashMap<EmployeeId, Vec<(Instant, u32)>> = FxHashMap::default();
            for (number, finding) in standing {
                let theirs = people.entry(finding.employee).or_default();
                theirs.push((finding.at, number));
            }
            let in_order = |(employee, mut theirs): (EmployeeId, Vec<(Instant, u32)>)| {
                theirs.sort_unstable();
                let numbers = theirs.into_iter().map(|(_, number)| number);
                (employee, numbers.collect())
            };
            people.into_iter().map(in_order).collect()
        };
        let people = self.against.get_or_init(made);
        people.get(&employee).map_or(&[], Vec::as_slice)
    }

    /// All tenures.
    pub fn all_tenures<'t>(&self, all: impl Iterator<Item = &'t Tenure>) -> &[Tenure] {
        self.all_tenures.get_or_init(|| all.copied().collect())
    }

    /// The tenures of one employee.
    pub fn tenures_of<'t>(
        &self,
        employee: EmployeeId,
        all: impl Iterator<Item = &'t Tenure>,
    ) -> &[Tenure] {
        let made = || {
            let mut people: FxHashMap<EmployeeId, Vec<Tenure>> = FxHashMap::default();
            for tenure in all {
                people.entry(tenure.employee).or_default().push(*tenure);
            }
            people
        };
        let people = self.tenures.get_or_init(made);
        people.get(&employee).map_or(&[], Vec::as_slice)
    }
}
