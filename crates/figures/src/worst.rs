//! The deals that most lies on.

use audit::judge::Finding;
use history::DealId;
use rustc_hash::FxHashMap;

use crate::{Audited, Period};

/// A deal with what was found on it in a period.
#[derive(Clone, Debug)]
pub struct WorstDeal<'a> {
    /// The deal.
    pub deal: DealId,
    /// The sum of its findings' weights.
    pub weight: f64,
    /// Its findings by breach.
    pub findings: Vec<&'a Finding>,
}

impl WorstDeal<'_> {
    /// The deal's price at its latest finding, in hundredths.
    pub fn amount(&self) -> Option<i64> {
        self.findings.last().and_then(|last| last.amount)
    }
}

/// The `count` deals of the greatest weight in a period; of equal ones the dearer first.
pub fn worst<'a>(audited: &Audited<'a>, period: Period, count: usize) -> Vec<WorstDeal<'a>> {
    let light = &audited.regulation.latest().light;
    let mut deals: FxHashMap<DealId, WorstDeal<'a>> = FxHashMap::default();
    for finding in audited
        .within(period)
        .filter(|finding| finding.deal.is_some())
    {
        let deal = deals.entry(finding.deal).or_insert(WorstDeal {
            deal: finding.deal,
            weight: 0.0,
            findings: Vec::new(),
        });
        deal.weight += light.weights[audited.severity(finding) as usize];
        deal.findings.push(finding);
    }
    let mut deals: Vec<WorstDeal<'a>> = deals.into_values().collect();
    for deal in &mut deals {
        deal.findings.sort_by_key(|finding| {
            (
                finding.at,
                audited.rule(finding),
                finding.start,
                finding.count,
            )
        });
    }
    let id = |deal: &WorstDeal<'_>| audited.history.deals.get(deal.deal.0);
    deals.sort_by(|a, b| {
        let by_money = || b.amount().cmp(&a.amount());
        let by_weight = b.weight.total_cmp(&a.weight);
        by_weight.then_with(by_money).then_with(|| id(a).cmp(id(b)))
    });
    deals.truncate(count);
    deals
}
