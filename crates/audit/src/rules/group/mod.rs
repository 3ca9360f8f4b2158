//! Rules that compare a person's closings with those of the rest of the group.

pub(super) mod loser_share;
pub(super) mod lost_mid_share;
pub(super) mod lost_reason_share;

use history::{EmployeeId, FieldId, StageId};
use rustc_hash::FxHashMap;

use super::GroupRule;
use super::declaration::{Both, EXCEPT_REASONS, Param, ParamKind};
use crate::judge::{Closing, Evidence, Filter, GroupFacts, Raise, Raised, Scene, Subject};
use crate::regulation::{Entry, Names};

/// The probability below which a difference is no chance.
const ALPHA: Param = Param {
    name: "alpha",
    kind: ParamKind::Share(0.01),
    help: Both {
        ru: "вероятность случайности, ниже которой отличие от группы не списать на случай",
        en: "the probability below which a difference from the group is no chance",
    },
};

/// How many closings it takes to compare.
const CLOSINGS: Param = Param {
    name: "closings",
    kind: ParamKind::Count(20),
    help: Both {
        ru: "сколько закрытий за месяц нужно и у сотрудника, и у остальной группы",
        en: "closings in the month that both the person and the rest of the group need",
    },
};

const PARAMS: [Param; 3] = [ALPHA, CLOSINGS, EXCEPT_REASONS];

/// Which closings count, and which of them speak against their maker.
enum Hit {
    /// Of all closings, losses.
    Lost,
    /// Of losses, those made straight from one of these stages.
    LostFrom(Vec<StageId>),
    /// Of losses, those with one of these reasons.
    LostFor(Vec<FieldId>),
}

/// A person's share of some closings against that of the rest of the group, within a month.
struct Share {
    hit: Hit,
    alpha: f64,
    closings: u32,
    excepted: Vec<FieldId>,
}

impl Share {
    fn build(hit: Hit, entry: &Entry, names: &Names<'_>) -> Box<dyn GroupRule> {
        let excepted = entry.words("except_reasons");
        Box::new(Share {
            hit,
            alpha: entry.share("alpha"),
            closings: entry.count("closings"),
            excepted: excepted
                .iter()
                .map(|word| names.field(word))
                .filter(|id| id.is_some())
                .collect(),
        })
    }

    /// Whether a closing counts, and whether it is a hit.
    fn counts(&self, closing: &Closing, filter: &Filter<'_>) -> Option<bool> {
        let excepted = closing.reason.is_some() && self.excepted.contains(&closing.reason);
        if excepted || !filter.stage(closing.stage) {
            return None;
        }
        match &self.hit {
            Hit::Lost => Some(closing.lost),
            Hit::LostFrom(stages) => closing.lost.then(|| stages.contains(&closing.from)),
            Hit::LostFor(reasons) => closing
                .lost
                .then(|| closing.reason.is_some() && reasons.contains(&closing.reason)),
        }
    }
}

/// By how much the share of the others is let sink before somebody is tested again.
const MARGIN: f64 = 0.97;

#[derive(Clone, Copy, Default)]
struct Tally {
    closings: u32,
    hits: u32,
    found: bool,
    /// A share of the rest's from which on these closings, as they are, do not stand out.
    ordinary_from: Option<f64>,
}

impl Tally {
    /// Whether these closings stand out against the rest, by the exact one-sided test.
    fn stands_out(&mut self, rest: Tally, rule: &Share) -> bool {
        if self.closings < rule.closings || rest.closings < rule.closings {
            return false;
        }
        let (n, k) = (u64::from(self.closings), u64::from(self.hits));
        let (rest_n, rest_k) = (u64::from(rest.closings), u64::from(rest.hits));
        if n == 0 || rest_n == 0 || k * rest_n <= rest_k * n {
            return false;
        }
        let share = rest_k as f64 / rest_n as f64;
        if self.ordinary_from.is_some_and(|from| share >= from) {
            return false;
        }
        let stands_out = stats::binomial_tail_is_below(k, n, share, rule.alpha);
        if !stands_out {
            // The greater the share of others, the less these stand out: it will mostly have moved
            // but little when the next one closes a deal.
            let lower = share * MARGIN;
            let still = !stats::binomial_tail_is_below(k, n, lower, rule.alpha);
            self.ordinary_from = Some(if still { lower } else { share });
        }
        stands_out
    }
}

impl GroupRule for Share {
    fn judge(
        &self,
        facts: &GroupFacts<'_>,
        filter: &Filter<'_>,
        _: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let mut people: FxHashMap<EmployeeId, Tally> = FxHashMap::default();
        let mut all = Tally::default();
        for instant in facts.closings.chunk_by(|a, b| a.at == b.at) {
            let mut counted = false;
            for closing in instant {
                let Some(hit) = self.counts(closing, filter) else {
                    continue;
                };
                counted = true;
                for tally in [people.entry(closing.responsible).or_default(), &mut all] {
                    tally.closings += 1;
                    tally.hits += u32::from(hit);
                    tally.ordinary_from = None;
                }
            }
            if counted {
                self.test(facts, &mut people, all, instant[0].at, filter, out);
            }
        }
    }
}

impl Share {
    /// Tests everybody after a counted closing of the group.
    fn test(
        &self,
        facts: &GroupFacts<'_>,
        people: &mut FxHashMap<EmployeeId, Tally>,
        all: Tally,
        at: i64,
        filter: &Filter<'_>,
        out: &mut Raised<'_>,
    ) {
        for (&employee, tally) in people.iter_mut().filter(|(_, tally)| !tally.found) {
            let rest = Tally {
                closings: all.closings - tally.closings,
                hits: all.hits - tally.hits,
                ..Tally::default()
            };
            if !tally.stands_out(rest, self) {
                continue;
            }
            tally.found = true;
            let upto = facts.closings.iter().take_while(|closing| closing.at <= at);
            let theirs = upto.filter(|closing| closing.responsible == employee);
            let hits = theirs.filter(|closing| self.counts(closing, filter) == Some(true));
            out.push(Raise {
                count: tally.hits,
                evidence: hits.map(|closing| Evidence::Event(closing.event)).collect(),
                ..Raise::against(employee, Subject::Month(facts.month), facts.start, at)
            });
        }
    }
}
