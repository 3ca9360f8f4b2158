//! What two versions of a regulation demand differently, in words.

use wording::Lang;

use super::words::{Demand, Words};
use super::{Entry, Version};

/// A demand that changed; empty on one side: that side demands nothing of the kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What it is called; empty: what is said speaks for itself.
    pub label: String,
    /// What was demanded.
    pub before: String,
    /// What is demanded.
    pub after: String,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It was there, but switched off.
    SwitchedOn,
    /// It is still there, but switched off.
    SwitchedOff,
    /// It demands something else.
    Changed,
}

/// What changed about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDifference {
    /// The entry's name.
    pub rule: String,
    /// What it is called.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// What it demands differently; of a rule that comes or goes, all that it demands.
    pub parts: Vec<Moved>,
}

/// What two versions demand differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Of the frame: zone, hours, shifts, the light.
    pub frame: Vec<Moved>,
    /// Of rules, in the order of the later version, then those that are gone.
    pub rules: Vec<RuleDifference>,
}

impl Difference {
    /// Whether both demand the same.
    pub fn is_empty(&self) -> bool {
        self.frame.is_empty() && self.rules.is_empty()
    }
}

/// What `after` demands differently than `before`.
pub fn compare(before: &Version, after: &Version, lang: Lang) -> Difference {
    let sides = [Words::of(before, lang), Words::of(after, lang)];
    let [old, new] = [sides[0].frame(), sides[1].frame()];
    let entry = |version: &'_ Version, name: &str| -> Option<Entry> {
        let entries = version.entries.iter();
        entries.clone().find(|entry| entry.name == name).cloned()
    };
    let mut rules = Vec::new();
    for own in &after.entries {
        let earlier = entry(before, &own.name);
        rules.extend(of_rule(&sides, earlier.as_ref(), Some(own), lang));
    }
    for gone in &before.entries {
        if entry(after, &gone.name).is_none() {
            rules.extend(of_rule(&sides, Some(gone), None, lang));
        }
    }
    Difference {
        frame: moved(&old, &new),
        rules,
    }
}

fn of_rule(
    sides: &[Words<'_>; 2],
    before: Option<&Entry>,
    after: Option<&Entry>,
    lang: Lang,
) -> Option<RuleDifference> {
    let on = |entry: Option<&Entry>| entry.is_some_and(|entry| entry.enabled);
    let fate = match (before.is_some(), after.is_some()) {
        (false, _) => Fate::Added,
        (_, false) => Fate::Removed,
        _ => match (on(before), on(after)) {
            (true, false) => Fate::SwitchedOff,
            (false, true) => Fate::SwitchedOn,
            _ => Fate::Changed,
        },
    };
    let side = |words: &Words<'_>, entry: Option<&Entry>| match entry {
        Some(entry) if entry.enabled => words.demands(entry),
        _ => Vec::new(),
    };
    let (old, new) = (side(&sides[0], before), side(&sides[1], after));
    let parts = moved(&old, &new);
    let own = after.or(before)?;
    let title = own.title(lang).to_owned();
    let renamed = before.is_some_and(|before| before.title(lang) != title);
    if fate == Fate::Changed && parts.is_empty() && !renamed {
        return None;
    }
    Some(RuleDifference {
        rule: own.name.clone(),
        title,
        fate,
        parts,
    })
}

/// What differs, in the order of the later side, then what is gone.
fn moved(before: &[Demand], after: &[Demand]) -> Vec<Moved> {
    let said = |demands: &[Demand], key: &str| {
        let found = demands.iter().find(|demand| demand.key == key);
        found.map_or_else(String::new, |demand| demand.said.clone())
    };
    let gone = before
        .iter()
        .filter(|old| after.iter().all(|new| new.key != old.key));
    let all = after.iter().chain(gone).map(|demand| Moved {
        label: demand.label.clone(),
        before: said(before, &demand.key),
        after: said(after, &demand.key),
    });
    all.filter(|moved| moved.before != moved.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(rules: &str) -> Version {
        let text = format!("timezone = \"Europe/Moscow\"\n{rules}");
        Version::parse(&text, "r.toml").unwrap_or_else(|error| panic!("{error}"))
    }

    fn rule(difference: &Difference, name: &str) -> RuleDifference {
        let found = difference.rules.iter().find(|one| one.rule == name);
        found.cloned().unwrap_or_else(|| panic!("{name}"))
    }

    #[test]
    fn what_changed_is_said_rule_by_rule() {
        let before = version(
            "[[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\n[[rule]]\nuse = \"far-task\"\n\
             [[rule]]\nuse = \"overload\"\n[[rule]]\nuse = \"missed-call\"\nenabled = false\n",
        );
        let after = version(
            "talk_seconds = 60\n[[rule]]\nuse = \"missed-call\"\n[[rule]]\nuse = \"overload\"\n\
             enabled = false\n[[rule]]\nuse = \"first-response\"\nlimit = \"10m\"\n\
             [[rule]]\nuse = \"no-open-task\"\n",
        );
        let difference = compare(&before, &after, Lang::Ru);
        let first = rule(&difference, "first-response");
        assert_eq!(first.fate, Fate::Changed);
        let [limit] = &first.parts[..] else {
            panic!("{first:?}");
        };
        let said = (limit.before.as_str(), limit.after.as_str());
        assert_eq!(said, ("15 мин раб.", "10 мин раб."));
        assert_eq!(rule(&difference, "far-task").fate, Fate::Removed);
        assert_eq!(rule(&difference, "overload").fate, Fate::SwitchedOff);
        assert_eq!(rule(&difference, "missed-call").fate, Fate::SwitchedOn);
        assert_eq!(rule(&difference, "no-open-task").fate, Fate::Added);
        assert_eq!(difference.rules.len(), 5);
        assert_eq!(difference.frame.len(), 1, "{:?}", difference.frame);
        assert!(compare(&after, &after, Lang::En).is_empty());
    }

    #[test]
    fn a_filter_that_comes_is_a_change() {
        let rules = "[[rule]]\nuse = \"far-task\"\n";
        let narrowed = format!("{rules}stages = [\"new\"]\nseverity = \"gross\"\n");
        let difference = compare(&version(rules), &version(&narrowed), Lang::Ru);
        let far = rule(&difference, "far-task");
        let befores: Vec<&str> = far.parts.iter().map(|part| part.before.as_str()).collect();
        assert!(befores.contains(&""), "{far:?}");
        assert_eq!(far.parts.len(), 2, "{far:?}");
    }
}
