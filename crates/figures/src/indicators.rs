//! The ten indicators, per person.

use std::collections::BTreeMap;

use audit::judge::Finding;
use history::EmployeeId;

use crate::light::Lights;
use crate::{Audited, Period};

/// How many indicators there are; they are numbered from 1.
pub const INDICATORS: usize = 10;

/// Findings of one person, or of the company, by indicator.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Indicators {
    /// Distinct deals in work: the base.
    pub deals: u64,
    /// Findings, indicator 1 first.
    pub findings: [u64; INDICATORS],
}

impl Indicators {
    /// The indicators of some findings over so many deals in work.
    pub(crate) fn of<'f>(
        audited: &Audited<'_>,
        findings: impl IntoIterator<Item = &'f Finding>,
        deals: u64,
    ) -> Indicators {
        let mut indicators = Indicators {
            deals,
            ..Indicators::default()
        };
        for finding in findings {
            indicators.findings[place(audited, finding)] += 1;
        }
        indicators
    }

    /// Findings of an indicator (from 1) per 100 deals in work; none without a deal.
    pub fn rate(&self, indicator: usize) -> Option<f64> {
        let findings = self.findings[indicator - 1] as f64;
        (self.deals > 0).then(|| 100.0 * findings / self.deals as f64)
    }
}

/// The place of a finding's indicator.
fn place(audited: &Audited<'_>, finding: &Finding) -> usize {
    usize::from(audited.entry(finding).1.indicator()).clamp(1, INDICATORS) - 1
}

/// The indicators of the company (under nobody) and of everybody who had a deal in work or a
/// finding in the period.
pub fn indicators(
    audited: &Audited<'_>,
    period: Period,
    lights: &Lights,
) -> BTreeMap<EmployeeId, Indicators> {
    let deals = |deals| Indicators {
        deals,
        ..Indicators::default()
    };
    let mut people: BTreeMap<EmployeeId, Indicators> = lights
        .people
        .iter()
        .map(|(id, tally)| (*id, deals(tally.deals)))
        .collect();
    people.insert(EmployeeId::NONE, deals(lights.company.deals));
    for finding in audited.within(period.until(audited.now)) {
        let indicator = place(audited, finding);
        let company = people.entry(EmployeeId::NONE).or_default();
        company.findings[indicator] += 1;
        if finding.employee.is_some() {
            let person = people.entry(finding.employee).or_default();
            person.findings[indicator] += 1;
        }
    }
    people
}
