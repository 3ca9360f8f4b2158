//! Deals that back what is said of somebody: carried without a finding, won, lost, hanging, answered
//! soon or late.

use audit::judge::Finding;
use history::{DealId, EmployeeId, Instant, StageId, StageKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Report;
use crate::everybody::group_at;
use crate::funnel::{Factors, Flow};
use crate::light::Who;
use crate::sides::EXAMPLES;

/// What backs something that is said of somebody.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Proof<'a> {
    /// A finding.
    Finding(&'a Finding),
    /// A deal that was in work in the period without a finding.
    Clean(DealId),
    /// A deal that was won, and when.
    Won(DealId, Instant),
    /// A deal that was lost, and when.
    Lost(DealId, Instant),
    /// A deal that hangs.
    Hangs {
        /// The deal.
        deal: DealId,
        /// The stage that it stands at.
        stage: StageId,
        /// Since when.
        since: Instant,
        /// Its price, in hundredths.
        price: Option<i64>,
    },
    /// A lead.
    Lead {
        /// The deal.
        deal: DealId,
        /// When it came.
        at: Instant,
        /// Working time to the first contact attempt, in milliseconds; none: not answered yet.
        answered: Option<i64>,
    },
}

impl Proof<'_> {
    /// The deal that it is about.
    pub fn deal(&self) -> DealId {
        match self {
            Proof::Finding(finding) => finding.deal,
            Proof::Clean(deal) | Proof::Won(deal, _) | Proof::Lost(deal, _) => *deal,
            Proof::Hangs { deal, .. } | Proof::Lead { deal, .. } => *deal,
        }
    }
}

/// What a deal may back.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Backs {
    Clean,
    Won,
    Lost,
    Hung,
    Quick,
    Slow,
}

/// So many deals that back one thing are kept: clean ones back several.
const KEPT: usize = 3 * EXAMPLES;

/// The deals that back something best, by whom it is said of.
pub(crate) struct Proofs<'a> {
    best: FxHashMap<(Who, Backs), Vec<Ranked<'a>>>,
}

/// A proof with what puts it before others: the greater key, of equal ones the smaller id.
struct Ranked<'a> {
    key: (bool, i64),
    id: &'a str,
    proof: Proof<'a>,
}

impl<'a> Proofs<'a> {
    pub fn of(report: &Report<'a>, flow: &Flow) -> Proofs<'a> {
        let mut gathering = Gathering {
            report,
            best: FxHashMap::default(),
            groups: FxHashMap::default(),
        };
        gathering.clean(flow);
        gathering.closed_and_hung(flow);
        gathering.leads(flow);
        Proofs {
            best: gathering.best,
        }
    }

    /// The best ones for something said of somebody, more than are told.
    pub fn best(&self, who: Who, backs: Backs) -> Vec<Proof<'a>> {
        let known = self.best.get(&(who, backs)).into_iter().flatten();
        known.map(|ranked| ranked.proof).collect()
    }
}

struct Gathering<'r, 'a> {
    report: &'r Report<'a>,
    best: FxHashMap<(Who, Backs), Vec<Ranked<'a>>>,
    groups: FxHashMap<EmployeeId, Who>,
}

impl<'a> Gathering<'_, 'a> {
    /// Offers a proof for whoever answers for it, their group and the company.
    fn offer(&mut self, person: EmployeeId, backs: Backs, key: (bool, i64), proof: Proof<'a>) {
        let report = self.report;
        let id = report.audited.history.deals.get(proof.deal().0);
        self.rank((Who::Company, backs), Ranked { key, id, proof });
        if person.is_none() {
            return;
        }
        self.rank((Who::Employee(person), backs), Ranked { key, id, proof });
        let group = self.groups.entry(person);
        let group = *group.or_insert_with(|| Who::Group(report.group_at_end(person)));
        self.rank((group, backs), Ranked { key, id, proof });
    }

    fn rank(&mut self, place: (Who, Backs), new: Ranked<'a>) {
        let best = self.best.entry(place).or_default();
        let precedes = |known: &Ranked<'_>| {
            known.key > new.key || (known.key == new.key && known.id <= new.id)
        };
        let at = best.iter().take_while(|known| precedes(known)).count();
        let is_known = best.iter().any(|known| known.id == new.id);
        if at < KEPT && !is_known {
            best.insert(at, new);
            best.truncate(KEPT);
        }
    }

    /// Deals in work without a finding: those that were won first, then the dearest.
    fn clean(&mut self, flow: &Flow) {
        let (report, audited) = (self.report, &self.report.audited);
        let period = report.period.until(audited.now);
        let faulty: FxHashSet<(EmployeeId, DealId)> = audited
            .within(report.period)
            .map(|finding| (finding.employee, finding.deal))
            .collect();
        for tenure in audited.tenures {
            let in_work = tenure.from.max(period.from) < tenure.to.min(period.to);
            if !in_work || faulty.contains(&(tenure.employee, tenure.deal)) {
                continue;
            }
            let last = flow.of_deal(tenure.deal).last();
            let won = last.is_some_and(|stay| stay.kind == StageKind::Won && stay.to.is_none());
            let price = last.and_then(|stay| stay.price).unwrap_or(0);
            let proof = Proof::Clean(tenure.deal);
            self.offer(tenure.employee, Backs::Clean, (won, price), proof);
        }
    }

    /// Deals closed in the period, the dearest first, and those that hang now.
    fn closed_and_hung(&mut self, flow: &Flow) {
        let report = self.report;
        let factors = Factors::of(&report.audited, flow);
        for stay in flow.stays.iter().filter(|stay| stay.to.is_none()) {
            let (at, key) = (stay.cut.at, (false, stay.price.unwrap_or(0)));
            let in_period = report.period.holds(at);
            match stay.kind {
                StageKind::Won if in_period => {
                    let proof = Proof::Won(stay.deal, at);
                    self.offer(stay.cut.employee, Backs::Won, key, proof);
                }
                StageKind::Lost if in_period => {
                    let proof = Proof::Lost(stay.deal, at);
                    self.offer(stay.cut.employee, Backs::Lost, key, proof);
                }
                StageKind::Open if stay.stands_open && factors.hangs(stay.deal) => {
                    let proof = Proof::Hangs {
                        deal: stay.deal,
                        stage: stay.stage,
                        since: at,
                        price: stay.price,
                    };
                    self.offer(stay.answers, Backs::Hung, key, proof);
                }
                _ => {}
            }
        }
    }

    /// Leads of the period, those answered soonest and those that waited longest.
    fn leads(&mut self, flow: &Flow) {
        let report = self.report;
        for lead in flow.leads.iter() {
            if !report.period.holds(lead.cut.at) {
                continue;
            }
            let proof = Proof::Lead {
                deal: lead.deal,
                at: lead.cut.at,
                answered: lead.answered,
            };
            if let Some(time) = lead.answered {
                self.offer(lead.cut.employee, Backs::Quick, (false, -time), proof);
            }
            let waited = lead.answered.unwrap_or(lead.waited);
            let key = (lead.answered.is_none(), waited);
            self.offer(lead.cut.employee, Backs::Slow, key, proof);
        }
    }
}

impl Report<'_> {
    /// The group that somebody belongs to at the end of the period; none: no group.
    pub fn group_at_end(&self, person: EmployeeId) -> history::GroupId {
        let end = self.period.until(self.audited.now).to.saturating_sub(1);
        group_at(&self.audited, person, end)
    }
}
