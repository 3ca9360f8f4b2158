//! What would have been found, had the version in force demanded something else.
//!
//! Only rules that demand something else are judged; of the others what stands is taken as it is,
//! by whatever version it was found. The rules that differ are judged by either version as if it
//! had been in force for ever, so that the two differ in nothing but what they demand.

use audit::judge::{Finding, Judge, Tenure};
use audit::regulation::{Regulation, Version};
use history::{History, Instant};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Period;

/// A version beside the one in force.
pub struct Trial {
    /// The regulation up to the version in force.
    before: Regulation,
    /// The same with the other version in its place.
    after: Regulation,
    /// Which version that is.
    place: u16,
    /// Rules that find the same by either: the places of their entries, by name.
    same: FxHashMap<String, (u16, u16)>,
    /// Rules of either that may find something else.
    differ: FxHashSet<String>,
    /// Rules that find the same, as grave as something else.
    regraded: FxHashSet<String>,
    /// Whether deals in work may be others.
    other_work: bool,
}

/// What a version finds of the rules in which the two differ.
pub struct Found {
    /// Its findings in the period.
    pub findings: Vec<Finding>,
    /// Who had which deal in work; none: the same as before.
    pub tenures: Option<Vec<Tenure>>,
}

impl Trial {
    /// Sets `other` in the place of a version of a regulation.
    pub fn new(regulation: &Regulation, place: usize, other: Version) -> Trial {
        let versions = &regulation.versions()[..=place];
        let present = &versions[place];
        let other = Version {
            effective: present.effective,
            ..other
        };
        let pairs = present.same_rules(&other);
        let own = |at: usize| &present.entries[at];
        let regraded = pairs
            .iter()
            .filter(|(here, there)| own(*here).severity != other.entries[*there].severity);
        let regraded = regraded.map(|(here, _)| own(*here).name.clone()).collect();
        let same = pairs
            .iter()
            .map(|(here, there)| (own(*here).name.clone(), (*here as u16, *there as u16)));
        let same: FxHashMap<String, (u16, u16)> = same.collect();
        let entries = present.entries.iter().chain(&other.entries);
        let names = entries.map(|entry| &entry.name);
        let differ = names.filter(|name| !same.contains_key(*name)).cloned();
        let robots = |version: &Version| -> Vec<String> {
            version
                .robots
                .iter()
                .map(|word| word.text.clone())
                .collect()
        };
        let differ = differ.collect();
        let other_work = robots(present) != robots(&other);
        let mut replaced = versions.to_vec();
        replaced[place] = other;
        let put = |versions| {
            Regulation::new(versions).expect("the versions begin on the days that they began on")
        };
        Trial {
            before: put(versions.to_vec()),
            after: put(replaced),
            place: place as u16,
            same,
            differ,
            regraded,
            other_work,
        }
    }

    /// The regulation with the version in force.
    pub fn before(&self) -> &Regulation {
        &self.before
    }

    /// The regulation with the other version in its place.
    pub fn after(&self) -> &Regulation {
        &self.after
    }

    /// Whether a rule of this name may find something else, and has to be judged.
    pub fn differs(&self, rule: &str) -> bool {
        self.differ.contains(rule)
    }

    /// Whether what is found by this rule, or how grave it is, may be something else.
    pub fn concerns(&self, rule: &str) -> bool {
        self.differs(rule) || self.regraded.contains(rule)
    }

    /// How many rules have to be judged.
    pub fn judged(&self) -> usize {
        self.differ.len()
    }

    /// A standing finding of a rule that does not differ, as it stands before and after.
    pub fn kept(&self, rule: &str, finding: &Finding) -> (Finding, Finding) {
        let of = |entry: u16| Finding {
            version: self.place,
            entry,
            ..finding.clone()
        };
        match self.same.get(rule) {
            Some((here, there)) => (of(*here), of(*there)),
            // Only an older version has the rule.
            None => (finding.clone(), finding.clone()),
        }
    }

    /// What the version in force finds in a period of the rules that differ. None: those that
    /// stand are just that, because it has always been in force.
    pub fn found_before(&self, history: &History, period: Period, now: Instant) -> Option<Found> {
        let is_ever = self.place == 0 && self.before.latest().effective.is_none();
        (!is_ever).then(|| self.found(&self.before, history, period, now))
    }

    /// What the other version finds in a period of the rules that differ.
    pub fn found_after(&self, history: &History, period: Period, now: Instant) -> Found {
        self.found(&self.after, history, period, now)
    }

    fn found(
        &self,
        regulation: &Regulation,
        history: &History,
        period: Period,
        now: Instant,
    ) -> Found {
        let version = regulation.latest();
        let differs: Vec<bool> = version
            .entries
            .iter()
            .map(|entry| self.differs(&entry.name))
            .collect();
        let only = regulation.latest_alone().only(|place| differs[place]);
        let any = only.latest().entries.iter().any(|entry| entry.enabled);
        let judge = Judge::new(history, &only);
        let (mut findings, tenures) = match (self.other_work, any) {
            (true, _) => {
                let verdict = judge.judge(now, None);
                (verdict.findings, Some(verdict.tenures))
            }
            (false, true) => (judge.findings(now), None),
            (false, false) => (Vec::new(), None),
        };
        findings.retain(|finding| period.holds(finding.at));
        findings.shrink_to_fit();
        for finding in &mut findings {
            finding.version = self.place;
        }
        Found { findings, tenures }
    }
}
