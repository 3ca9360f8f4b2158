//! What two versions of a regulation demand alike.

use toml::Table;

use super::{Regulation, Version};

/// Keys at the head of a file that no finding depends on.
const NO_DEMAND: [&str; 5] = ["name", "language", "effective", "light", "rule"];
/// Keys of a rule that change what is done with a finding, not whether there is one.
const NO_JUDGING: [&str; 2] = ["severity", "tells"];

impl Version {
    /// The rules that find the same in another version: their places here and there. Rules are the
    /// same by name and settings; where the calendar or anything else of the head differs, or a
    /// file cannot be compared, none is.
    pub fn same_rules(&self, other: &Version) -> Vec<(usize, usize)> {
        let (Some(own), Some(others)) = (Settings::of(self), Settings::of(other)) else {
            return Vec::new();
        };
        if own.head != others.head {
            return Vec::new();
        }
        let places = |name: &str| other.entries.iter().position(|entry| entry.name == name);
        let entries = self.entries.iter().enumerate();
        entries
            .filter_map(|(here, entry)| {
                let there = places(&entry.name)?;
                (own.rules[here] == others.rules[there]).then_some((here, there))
            })
            .collect()
    }
}

impl Regulation {
    /// The regulation with only those rules of its latest version enabled whose places are chosen.
    pub fn only(&self, chosen: impl Fn(usize) -> bool) -> Regulation {
        let mut only = self.clone();
        if let Some(version) = only.versions.last_mut() {
            for (place, entry) in version.entries.iter_mut().enumerate() {
                entry.enabled &= chosen(place);
            }
        }
        only
    }
}

/// The settings of a file, without those that no finding depends on.
struct Settings {
    head: Table,
    rules: Vec<Table>,
}

impl Settings {
    /// None: the file does not list its rules one to one.
    fn of(version: &Version) -> Option<Settings> {
        let mut head: Table = version.source.parse().ok()?;
        let listed = match head.remove("rule") {
            Some(rules) => rules.try_into::<Vec<Table>>().ok()?,
            None => Vec::new(),
        };
        head.retain(|key, _| !NO_DEMAND.contains(&key));
        let rules = listed.into_iter().map(|mut rule| {
            rule.retain(|key, _| !NO_JUDGING.contains(&key));
            rule
        });
        let rules: Vec<Table> = rules.collect();
        (rules.len() == version.entries.len()).then_some(Settings { head, rules })
    }
}
