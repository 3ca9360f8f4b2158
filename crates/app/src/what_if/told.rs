//! What would have been, for whoever shows it.

use std::collections::{BTreeMap, BTreeSet};

use audit::judge::Finding;
use audit::regulation::Light;
use figures::backtest::{Identity, Side, identity};
use figures::light::Tally;
use figures::{Audited, Count, Period, Span, View};
use history::{EmployeeId, GroupId, StageId};
use rustc_hash::FxHashMap;
use wording::Lang;

use super::Sees;
use crate::error::Error;
use crate::permissions::Deed;

/// What would have been.
pub struct WhatIf<'a> {
    /// The version in force in the period.
    pub before: &'a Side<'a>,
    /// The one that is tried.
    pub after: &'a Side<'a>,
    /// The period.
    pub span: Span,
    /// What decisions leave out, before and after.
    pub left_out: (Left, Left),
    /// Whether the rules that differ were judged by the version in force, too, because an older one
    /// was in force for a part of the time.
    pub rejudged: bool,
    /// What the reader may see.
    pub sees: Sees,
    pub(super) appear: &'a [&'a Finding],
    pub(super) vanish: &'a [&'a Finding],
    pub(super) ids: &'a FxHashMap<Identity<'a>, &'a str>,
}

/// How much decisions leave out, by what leaves it out.
pub type Left = BTreeMap<View, Count>;

/// Some findings before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Found by the version in force.
    pub before: Count,
    /// Found by the one that is tried.
    pub after: Count,
    /// Found by that alone.
    pub new: u64,
    /// Found by the version in force alone.
    pub gone: u64,
}

impl Line {
    /// Whether both find the same.
    pub fn is_same(&self) -> bool {
        self.new == 0 && self.gone == 0 && self.before.severities == self.after.severities
    }
}

/// Lights that change colour: whose, before, after.
pub struct ChangedLights {
    /// Of groups.
    pub groups: Vec<(GroupId, Tally, Tally)>,
    /// Of people.
    pub people: Vec<(EmployeeId, Tally, Tally)>,
}

/// Those of either side that do not show the same colour on both.
fn changed<K: Ord + Copy>(
    before: &BTreeMap<K, Tally>,
    after: &BTreeMap<K, Tally>,
    settings: [&Light; 2],
) -> Vec<(K, Tally, Tally)> {
    let keys: BTreeSet<K> = before.keys().chain(after.keys()).copied().collect();
    let of = |lights: &BTreeMap<K, Tally>, key: &K| lights.get(key).copied().unwrap_or_default();
    let both = keys
        .into_iter()
        .map(|key| (key, of(before, &key), of(after, &key)));
    both.filter(|(_, old, new)| old.colour(settings[0]) != new.colour(settings[1]))
        .collect()
}

/// Which findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those of the version in force.
    Before,
    /// Those of the one that is tried.
    After,
    /// Those of that alone.
    New,
    /// Those of the version in force alone.
    Gone,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 4] = [Part::Before, Part::After, Part::New, Part::Gone];

    /// Its name in addresses and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Before => "before",
            Part::After => "after",
            Part::New => "new",
            Part::Gone => "gone",
        }
    }

    /// The part of that name.
    pub fn parse(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.as_str() == name)
    }

    /// Whether it is found by the version that is tried.
    pub fn is_after(self) -> bool {
        matches!(self, Part::After | Part::New)
    }
}

impl<'a> WhatIf<'a> {
    /// All findings.
    pub fn all(&self) -> Line {
        Line {
            before: self.before.counts.all,
            after: self.after.counts.all,
            new: self.appear.len() as u64,
            gone: self.vanish.len() as u64,
        }
    }

    /// By the rule's name.
    pub fn rules(&self) -> BTreeMap<&'a str, Line> {
        let (before, after) = (self.before.audited, self.after.audited);
        self.lines(
            (&self.before.counts.rules, &self.after.counts.rules),
            |finding| after.rule(finding),
            |finding| before.rule(finding),
        )
    }

    /// By the stage at the breach.
    pub fn stages(&self) -> BTreeMap<StageId, Line> {
        let stage = |finding: &Finding| finding.stage;
        let counts = (&self.before.counts.stages, &self.after.counts.stages);
        self.lines(counts, stage, stage)
    }

    /// By whom they are held against; empty where the reader sees nobody's figures.
    pub fn people(&self) -> BTreeMap<EmployeeId, Line> {
        if !self.sees.people {
            return BTreeMap::new();
        }
        let person = |finding: &Finding| finding.employee;
        let counts = (&self.before.counts.people, &self.after.counts.people);
        self.lines(counts, person, person)
    }

    fn lines<K: Ord + Copy>(
        &self,
        (before, after): (&BTreeMap<K, Count>, &BTreeMap<K, Count>),
        new: impl Fn(&'a Finding) -> K,
        gone: impl Fn(&'a Finding) -> K,
    ) -> BTreeMap<K, Line> {
        let mut lines: BTreeMap<K, Line> = BTreeMap::new();
        for (key, count) in before {
            lines.entry(*key).or_default().before = *count;
        }
        for (key, count) in after {
            lines.entry(*key).or_default().after = *count;
        }
        for finding in self.appear {
            lines.entry(new(finding)).or_default().new += 1;
        }
        for finding in self.vanish {
            lines.entry(gone(finding)).or_default().gone += 1;
        }
        lines
    }

    /// What the regulation calls a rule.
    pub fn title(&self, rule: &'a str, lang: Lang) -> &'a str {
        let sides = [self.after, self.before].into_iter();
        let versions = sides.flat_map(|side| side.audited.regulation.versions().iter().rev());
        let mut entries = versions.flat_map(|version| &version.entries);
        let entry = entries.find(|entry| entry.name == rule);
        entry.map_or(rule, |entry| entry.title(lang))
    }

    /// The thresholds of the light, before and after.
    pub fn light_settings(&self) -> [&'a Light; 2] {
        [self.before, self.after].map(|side| &side.audited.regulation.latest().light)
    }

    /// The lights of groups and people that change colour.
    pub fn changed_lights(&self) -> ChangedLights {
        let settings = self.light_settings();
        let (before, after) = (&self.before.lights, &self.after.lights);
        ChangedLights {
            groups: changed(&before.groups, &after.groups, settings),
            people: changed(&before.people, &after.people, settings),
        }
    }

    /// The findings of a part, the latest first.
    ///
    /// # Errors
    /// Where the access does not allow to see everybody's.
    pub fn findings(&self, part: Part) -> Result<Vec<&'a Finding>, Error> {
        if !self.sees.findings {
            return Err(Error::Denied(Deed::SeeFindings));
        }
        let mut found: Vec<&Finding> = match part {
            Part::Before => self.before.audited.within(Period::EVER).collect(),
            Part::After => self.after.audited.within(Period::EVER).collect(),
            Part::New => self.appear.to_vec(),
            Part::Gone => self.vanish.to_vec(),
        };
        found.sort_by_key(|finding| (std::cmp::Reverse(finding.at), finding.deal));
        Ok(found)
    }

    /// The findings of a part with what names their rules.
    pub fn side(&self, part: Part) -> &Audited<'a> {
        match part.is_after() {
            true => &self.after.audited,
            false => &self.before.audited,
        }
    }

    /// The id by which a finding is kept; none: it does not stand, so it has no page.
    pub fn id(&self, part: Part, finding: &Finding) -> Option<&'a str> {
        let rule = self.side(part).rule(finding);
        self.ids.get(&identity(rule, finding)).copied()
    }
}
