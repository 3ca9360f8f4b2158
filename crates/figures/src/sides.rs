//! Strong sides and growth zones: chosen by stated rules from what was measured, each backed by
//! examples. The rules and their thresholds stand in this file alone; `docs/reports` tells them to
//! users.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use audit::judge::Finding;
use audit::regulation::Light;

use crate::everybody::{Measured, Money};
use crate::funnel::Against;
use crate::gravest::gravest;
use crate::light::{Tally, Who};
use crate::proofs::{Backs, Proof, Proofs};
use crate::{Change, Count, Report, Told};

/// Deals in work from which on somebody is compared with others.
pub const ENOUGH: u64 = 20;
/// Deals in work from which on no finding at all is a strong side.
pub const CLEAN: u64 = 10;
/// So many people with deals enough are needed to tell the best quarter of them, and so many members
/// for a group to be what its members are compared with.
pub const COMPARED: usize = 4;
/// Findings of a rule from which on it is a growth zone, unless one of them is gross or it is so for
/// another reason.
pub const LEAST: u64 = 3;
/// Repetitions of what was mended before that make a rule a growth zone.
pub const AGAIN: u64 = 2;
/// So many strong sides of a kind, and so many rules among the growth zones, are told.
pub const MOST: usize = 3;
/// So many examples back each of them at most.
pub const EXAMPLES: usize = 3;

/// Strong sides and growth zones of somebody, the most telling first.
#[derive(Clone, Debug, Default)]
pub struct Sides<'a> {
    /// What goes well.
    pub strong: Vec<Side<'a, Strong<'a>>>,
    /// Where there is most to gain.
    pub growth: Vec<Side<'a, Growth<'a>>>,
    /// Whether there were too few deals in work to compare with others.
    pub is_small: bool,
}

/// Something said of somebody, with what backs it.
#[derive(Clone, Debug)]
pub struct Side<'a, T> {
    /// What is said.
    pub what: T,
    /// What backs it, the most telling first.
    pub proofs: Vec<Proof<'a>>,
}

/// What goes well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strong<'a> {
    /// No finding at all on so many deals in work.
    Clean {
        /// Deals in work.
        deals: u64,
    },
    /// The rate is among the lowest quarter of those compared, and its interval lies below the rate
    /// of the company.
    Low {
        /// Weighted findings per 100 deals in work.
        rate: f64,
        /// That of the company.
        company: f64,
    },
    /// Findings became fewer than in the period before, beyond chance.
    Fewer {
        /// What changed.
        change: Change,
        /// What it tells.
        told: Told,
    },
    /// Those of one rule became fewer, surely.
    FewerOf {
        /// The rule.
        rule: &'a str,
        /// What changed.
        change: Change,
    },
    /// Those of one rule are rarer than with others, surely.
    Rare {
        /// The rule.
        rule: &'a str,
        /// From the others to them.
        than: Change,
        /// Who the others belong to.
        base: Who,
    },
    /// Leads are answered within 15 working minutes more often than by others, beyond chance.
    Quick {
        /// Their share and that of the others.
        against: Against,
        /// Who the others belong to.
        base: Who,
    },
    /// Of closed deals more are won than by others, beyond chance.
    Wins {
        /// Their share and that of the others.
        against: Against,
        /// Who the others belong to.
        base: Who,
    },
}

/// Where there is most to gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Growth<'a> {
    /// All findings together became more than in the period before, beyond chance.
    More {
        /// What changed.
        change: Change,
        /// What it tells.
        told: Told,
    },
    /// The findings of a rule.
    Rule(Weight<'a>),
    /// Money hangs.
    Hung(Money),
    /// Leads are answered within 15 working minutes less often than by others, beyond chance.
    Slow {
        /// Their share and that of the others.
        against: Against,
        /// Who the others belong to.
        base: Who,
    },
    /// Of closed deals more are lost than by others, beyond chance.
    Loses {
        /// Their share and that of the others.
        against: Against,
        /// Who the others belong to.
        base: Who,
    },
}

/// What the findings of a rule weigh with somebody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight<'a> {
    /// The rule.
    pub rule: &'a str,
    /// Its findings.
    pub count: Count,
    /// Their weight per 100 deals in work.
    pub rate: f64,
    /// That of the others; none: there is nobody to compare with.
    pub others: Option<f64>,
    /// Who the others belong to.
    pub base: Who,
    /// What the difference from the others tells.
    pub told: Told,
    /// What changed since the period before, where it became more beyond chance.
    pub worse: Option<Change>,
}

/// Everything that the sides of somebody follow from.
struct Ground<'g, 'a> {
    report: &'g Report<'a>,
    all: &'g BTreeMap<Who, Measured<'a>>,
    who: Who,
    own: &'g Measured<'a>,
    tally: Tally,
    light: &'a Light,
    proofs: &'g Proofs<'a>,
}

/// The strong sides and growth zones of somebody. `found` are the findings of the period that are
/// theirs.
pub(crate) fn sides<'a>(
    report: &Report<'a>,
    all: &BTreeMap<Who, Measured<'a>>,
    who: Who,
    found: &[(&'a Finding, bool)],
    proofs: &Proofs<'a>,
) -> Sides<'a> {
    let Some(own) = all.get(&who) else {
        return Sides::default();
    };
    let ground = Ground {
        report,
        all,
        who,
        own,
        tally: report.lights.whose(who),
        light: &report.audited.regulation.latest().light,
        proofs,
    };
    Sides {
        strong: ground.strong(),
        growth: ground.growth(found),
        is_small: ground.tally.deals < ENOUGH,
    }
}

impl<'a> Ground<'_, 'a> {
    fn strong(&self) -> Vec<Side<'a, Strong<'a>>> {
        // A deal backs one thing alone.
        let mut rest = self.proofs.best(self.who, Backs::Clean).into_iter();
        let mut clean = || rest.by_ref().take(EXAMPLES).collect::<Vec<_>>();
        let mut strong: Vec<Side<'a, Strong<'a>>> = Vec::new();
        let mut add = |what, proofs| strong.push(Side { what, proofs });
        if let Some(what) = self.clean() {
            add(what, clean());
        } else if let Some(what) = self.low() {
            add(what, clean());
        }
        if let Some((change, told)) = self.own.change.and_then(telling)
            && change.fell()
        {
            add(Strong::Fewer { change, told }, clean());
        }
        let [fewer, rare] = self.by_rule();
        for what in fewer.into_iter().chain(rare) {
            add(what, clean());
        }
        if let Some((against, base, true)) = self.quick() {
            add(Strong::Quick { against, base }, self.best(Backs::Quick));
        }
        if let Some((against, base, true)) = self.wins() {
            add(Strong::Wins { against, base }, self.best(Backs::Won));
        }
        strong
    }

    /// The proofs that back something best.
    fn best(&self, backs: Backs) -> Vec<Proof<'a>> {
        let mut proofs = self.proofs.best(self.who, backs);
        proofs.truncate(EXAMPLES);
        proofs
    }

    fn clean(&self) -> Option<Strong<'a>> {
        let deals = self.tally.deals;
        let is_clean = self.tally.findings == [0; 3] && deals >= CLEAN;
        is_clean.then_some(Strong::Clean { deals })
    }

    fn low(&self) -> Option<Strong<'a>> {
        let company = self.report.lights.company.rate(self.light)?;
        let rate = self.tally.rate(self.light)?;
        let (_, high) = self.tally.interval(self.light)?;
        if self.tally.deals < ENOUGH || high >= company {
            return None;
        }
        match self.who {
            Who::Company => return None,
            // There are too few groups for quarters.
            Who::Group(_) => {}
            Who::Employee(_) => {
                let people = self.report.lights.people.values();
                let compared = people.filter(|tally| tally.deals >= ENOUGH);
                let rates: Vec<f64> = compared
                    .filter_map(|tally| tally.rate(self.light))
                    .collect();
                let better = rates.iter().filter(|other| **other < rate).count();
                if rates.len() < COMPARED || 4 * (better + 1) > rates.len() + 3 {
                    return None;
                }
            }
        }
        Some(Strong::Low { rate, company })
    }

    /// Rules that surely became rarer, and rules that surely are rarer than with others: many rules
    /// are compared, so that what is only worth a look would often be chance.
    fn by_rule(&self) -> [Vec<Strong<'a>>; 2] {
        let surely_fewer = |change: &Change| change.told() == Told::Sure && change.fell();
        // Where there is one rule alone, all findings together say the same.
        let is_all = |change: &Change| self.own.change == Some(*change);
        let fewer = self.own.rules.iter();
        let fewer = fewer.filter(|(_, change)| surely_fewer(change) && !is_all(change));
        let mut fewer: Vec<(&str, Change)> = fewer.map(|(rule, one)| (*rule, *one)).collect();
        let base = self.base();
        let others = base.and_then(|base| Some((base, self.all.get(&base)?)));
        let mut rare: Vec<(&str, Change)> = Vec::new();
        if let Some((base, others)) = others
            && self.tally.deals >= ENOUGH
        {
            let rules = others.counts.rules.keys();
            let compared = rules.map(|rule| (*rule, self.against(base, others, rule)));
            rare = compared
                .filter(|(_, change)| surely_fewer(change))
                .collect();
        }
        for list in [&mut fewer, &mut rare] {
            list.sort_by_key(|(rule, change)| (Reverse(change.findings.0), *rule));
        }
        rare.retain(|(rule, _)| !fewer.iter().any(|(known, _)| known == rule));
        let fewer = fewer.into_iter().take(MOST);
        let rare = rare.into_iter().take(MOST);
        [
            fewer
                .map(|(rule, change)| Strong::FewerOf { rule, change })
                .collect(),
            rare.map(|(rule, than)| Strong::Rare {
                rule,
                than,
                base: base.unwrap_or(Who::Company),
            })
            .collect(),
        ]
    }

    fn growth(&self, found: &[(&'a Finding, bool)]) -> Vec<Side<'a, Growth<'a>>> {
        let mut growth: Vec<Side<'a, Growth<'a>>> = Vec::new();
        let mut add = |what, proofs| growth.push(Side { what, proofs });
        let weights = self.weights();
        if let Some((change, told)) = self.own.change.and_then(telling)
            && !change.fell()
        {
            add(Growth::More { change, told }, self.gravest(found, None));
        }
        for weight in weights {
            let proofs = self.gravest(found, Some(weight.rule));
            add(Growth::Rule(weight), proofs);
        }
        if self.own.hung.deals > 0 && self.own.hung.sum > 0 {
            let proofs = self.best(Backs::Hung);
            add(Growth::Hung(self.own.hung), proofs);
        }
        if let Some((against, base, false)) = self.quick() {
            add(Growth::Slow { against, base }, self.best(Backs::Slow));
        }
        if let Some((against, base, false)) = self.wins() {
            add(Growth::Loses { against, base }, self.best(Backs::Lost));
        }
        growth
    }

    /// The rules that weigh most over what they weigh with the others.
    fn weights(&self) -> Vec<Weight<'a>> {
        let base = self.base();
        let others = base.and_then(|base| Some((base, self.all.get(&base)?)));
        let rules = self.own.counts.rules.iter();
        let rules = rules.filter(|(_, count)| count.findings > 0);
        let weights = rules.map(|(rule, count)| self.weight(rule, count, others));
        let worth = |weight: &Weight<'_>| {
            let count = &weight.count;
            let is_over = weight.others.is_none_or(|others| weight.rate > others);
            let is_much = count.findings >= LEAST || count.severities[2] > 0;
            is_over && is_much || count.again >= AGAIN || weight.worse.is_some()
        };
        let mut weights: Vec<Weight<'a>> = weights.filter(worth).collect();
        let over = |weight: &Weight<'_>| weight.rate - weight.others.unwrap_or(0.0);
        weights.sort_by(|a, b| {
            let by_count = || b.count.findings.cmp(&a.count.findings);
            let by_over = over(b).total_cmp(&over(a));
            by_over.then_with(by_count).then_with(|| a.rule.cmp(b.rule))
        });
        weights.truncate(MOST);
        weights
    }

    fn weight(
        &self,
        rule: &'a str,
        count: &Count,
        others: Option<(Who, &Measured<'a>)>,
    ) -> Weight<'a> {
        let per_hundred = |weight: f64, deals: u64| 100.0 * weight / deals.max(1) as f64;
        let own = weighed(count, self.light);
        let against = others.map(|(base, others)| self.against(base, others, rule));
        let others_rate = others.zip(against).and_then(|((_, others), against)| {
            let all = others.counts.rules.get(rule);
            let all = all.map_or(0.0, |count| weighed(count, self.light));
            let rate = per_hundred((all - own).max(0.0), against.deals.0);
            (against.deals.0 > 0).then_some(rate)
        });
        let change = self.own.rules.get(rule).copied();
        let worse = change
            .filter(|change| matches!(change.told(), Told::Look | Told::Sure) && !change.fell());
        Weight {
            rule,
            count: *count,
            rate: per_hundred(own, self.tally.deals),
            others: others_rate,
            base: others.map_or(Who::Company, |(base, _)| base),
            told: against.map_or(Told::TooLittleData, |against| against.told()),
            worse,
        }
    }

    /// The findings of a rule with the others beside those with them.
    fn against(&self, base: Who, others: &Measured<'a>, rule: &str) -> Change {
        let of = |measured: &Measured<'_>| {
            let count = measured.counts.rules.get(rule);
            count.map_or(0, |count| count.findings)
        };
        let (own, all) = (of(self.own), of(others));
        let deals = self.report.lights.whose(base).deals;
        Change {
            findings: (all.saturating_sub(own), own),
            deals: (deals.saturating_sub(self.tally.deals), self.tally.deals),
        }
    }

    /// Whose others somebody is compared with: the group's, where it has members enough, else the
    /// company's.
    fn base(&self) -> Option<Who> {
        let Who::Employee(person) = self.who else {
            return (self.who != Who::Company).then_some(Who::Company);
        };
        let group = self.report.group_at_end(person);
        let people = self.report.lights.people.iter();
        let members = people.filter(|(other, tally)| {
            tally.deals >= ENOUGH && self.report.group_at_end(**other) == group
        });
        let is_enough = group.is_some() && members.count() >= COMPARED;
        Some(match is_enough {
            true => Who::Group(group),
            false => Who::Company,
        })
    }

    /// Leads answered in time against the others, and whether it is more of them; none: it may as
    /// well be chance.
    fn quick(&self) -> Option<(Against, Who, bool)> {
        let base = self.base()?;
        let others = self.all.get(&base)?.speed();
        let own = self.own.speed();
        let against = Against {
            own: (own.answered[1], own.leads),
            others: (
                others.answered[1].saturating_sub(own.answered[1]),
                others.leads.saturating_sub(own.leads),
            ),
        };
        telling_share(against, base)
    }

    /// Closed deals that were won against those of the others, and whether it is more of them.
    fn wins(&self) -> Option<(Against, Who, bool)> {
        let base = self.base()?;
        let others = self.all.get(&base)?.closed;
        let own = self.own.closed;
        let against = Against {
            own: (own.won, own.all()),
            others: (
                others.won.saturating_sub(own.won),
                others.all().saturating_sub(own.all()),
            ),
        };
        telling_share(against, base)
    }

    /// The gravest findings; of one rule, where it is named.
    fn gravest(&self, found: &[(&'a Finding, bool)], rule: Option<&str>) -> Vec<Proof<'a>> {
        let audited = &self.report.audited;
        let of_rule = |finding: &&Finding| rule.is_none_or(|rule| audited.rule(finding) == rule);
        let found = found.iter().map(|(finding, _)| *finding);
        let chosen = gravest(audited, found.filter(of_rule)).into_iter();
        chosen.map(Proof::Finding).collect()
    }
}

/// What findings weigh.
fn weighed(count: &Count, light: &Light) -> f64 {
    let each = count.severities.iter().zip(light.weights);
    each.map(|(findings, weight)| *findings as f64 * weight)
        .sum()
}

/// A change that may not as well be chance.
fn telling(change: Change) -> Option<(Change, Told)> {
    let told = change.told();
    matches!(told, Told::Look | Told::Sure).then_some((change, told))
}

/// A difference of shares that may not as well be chance, and whether one's own is greater.
fn telling_share(against: Against, base: Who) -> Option<(Against, Who, bool)> {
    let tells = matches!(against.told(), Told::Look | Told::Sure);
    tells.then(|| (against, base, against.is_more()))
}
