//! A summary in a few sentences, as a person would write it: what there was, what goes well, what
//! changed, where to begin.

use std::cmp::Reverse;

use audit::regulation::Severity;
use figures::light::{Colour, Who};
use figures::sides::{ENOUGH, Growth, Strong};
use figures::{Measured, Told};
use wording::{Value, decimal};

use super::Teller;
use super::sides::base_word;
use crate::section;

/// How many names a sentence holds.
const NAMES: usize = 3;

/// A count for a message.
fn count(n: u64) -> Value<'static> {
    Value::Count(n as i64)
}

impl Teller<'_> {
    /// The summary of somebody.
    pub(super) fn summary(&self, who: Who, measured: &Measured<'_>) -> String {
        let deals = self.report().lights.whose(who).deals;
        let mut said = vec![self.opening(who, measured)];
        said.extend(self.gross(measured));
        let (first, low) = self.praise(who, measured);
        said.extend(first);
        if deals > 0 {
            said.push(self.light(who));
            said.extend(low);
            said.extend(self.change(who, measured));
        }
        said.extend(self.zone(who, measured));
        said.extend(self.names(who));
        said.extend(self.beginning(measured));
        said.join(" ")
    }

    fn opening(&self, who: Who, measured: &Measured<'_>) -> String {
        let deals = self.report().lights.whose(who).deals;
        let findings = measured.counts.all.findings;
        let args = [("deals", count(deals)), ("findings", count(findings))];
        match (deals, findings) {
            (0, 0) => self.say("say-nothing", &[]),
            (0, _) => self.say("say-no-deals", &args),
            (_, 0) => self.say(&self.way("say-clean", 2, who), &args),
            _ => self.say(&self.way("say-opening", 3, who), &args),
        }
    }

    fn gross(&self, measured: &Measured<'_>) -> Option<String> {
        let all = &measured.counts.all;
        let gross = all.severities[Severity::Gross as usize];
        match (all.findings, gross) {
            (0, _) | (1, 0) => None,
            (1, _) => Some(self.say("say-only-gross", &[])),
            _ => Some(self.say("say-gross", &[("gross", count(gross))])),
        }
    }

    /// The first strong side, unless other sentences tell it: what stands before the light, and what
    /// stands after it.
    fn praise(&self, who: Who, measured: &Measured<'_>) -> (Option<String>, Option<String>) {
        let told = |what: &Strong<'_>| !matches!(what, Strong::Clean { .. } | Strong::Fewer { .. });
        let sides = measured.sides.strong.iter().map(|side| &side.what);
        let mut sides = sides.filter(|what| told(what));
        match sides.next() {
            Some(Strong::Low { company, .. }) => {
                let company = decimal(*company, 1, self.lang);
                let low = self.say("say-low", &[("company", company.into())]);
                (None, Some(low))
            }
            Some(other) => (self.short(who, other), None),
            None => (None, None),
        }
    }

    fn short(&self, who: Who, what: &Strong<'_>) -> Option<String> {
        Some(match what {
            Strong::FewerOf { rule, change } => {
                let (before, after) = change.findings;
                let args = [
                    ("rule", self.rule(rule).into()),
                    ("before", count(before)),
                    ("after", count(after)),
                ];
                self.say("say-fewer-of", &args)
            }
            Strong::Rare { rule, than, base } => {
                let args = [
                    ("rule", self.rule(rule).into()),
                    ("own", count(than.findings.1)),
                    ("deals", count(than.deals.1)),
                    ("others", count(than.findings.0)),
                    ("other-deals", count(than.deals.0)),
                    ("base", base_word(*base, who).into()),
                ];
                let id = match than.findings.1 {
                    0 => "say-never",
                    _ => "say-rare",
                };
                self.say(id, &args)
            }
            Strong::Quick { against, base } => {
                self.say("say-quick", &self.shares(against, *base, who))
            }
            Strong::Wins { against, base } => {
                self.say("say-wins", &self.shares(against, *base, who))
            }
            Strong::Clean { .. } | Strong::Low { .. } | Strong::Fewer { .. } => return None,
        })
    }

    fn light(&self, who: Who) -> String {
        let light = &self.report().audited.regulation.latest().light;
        let tally = self.report().lights.whose(who);
        let colour = match tally.colour(light) {
            Colour::Green => "green",
            Colour::Yellow => "yellow",
            Colour::Red => "red",
            Colour::TooLittleData => "other",
        };
        let borderline = match tally.is_borderline(light) {
            true => "yes",
            false => "no",
        };
        let rate = tally.rate(light).map(|rate| decimal(rate, 1, self.lang));
        let args = [
            ("colour", colour.into()),
            ("borderline", borderline.into()),
            ("rate", rate.unwrap_or_default().into()),
        ];
        self.say("say-light", &args)
    }

    fn change(&self, who: Who, measured: &Measured<'_>) -> Option<String> {
        let change = measured.change?;
        let (before, after) = change.findings;
        if change.deals.1 == 0 || before + after == 0 && change.deals.0 > 0 {
            return None;
        }
        let args = [
            ("before", count(before)),
            ("deals-before", count(change.deals.0)),
        ];
        let fell = change.fell();
        Some(match change.told() {
            Told::TooLittleData => self.say("say-no-before", &[]),
            Told::Chance => self.say(&self.way("say-chance", 2, who), &args),
            Told::Look if fell => self.say("say-better-look", &args),
            Told::Look => self.say("say-worse-look", &args),
            Told::Sure if fell => self.say("say-better-sure", &args),
            Told::Sure => self.say("say-worse-sure", &args),
        })
    }

    fn zone(&self, who: Who, measured: &Measured<'_>) -> Option<String> {
        let sides = measured.sides.growth.iter();
        let mut weights = sides.filter_map(|side| match &side.what {
            Growth::Rule(weight) => Some(weight),
            _ => None,
        });
        let weight = weights.next()?;
        let all = measured.counts.all.findings;
        let args = [
            ("rule", self.rule(weight.rule).into()),
            ("count", count(weight.count.findings)),
            ("all", count(all)),
        ];
        Some(match weight.count.findings == all {
            true => self.say("say-zone-all", &args),
            false => self.say(&self.way("say-zone", 2, who), &args),
        })
    }

    /// Who does best, and who needs help: groups of a company, else people.
    fn names(&self, who: Who) -> Vec<String> {
        let groups = section::groups(self.report());
        let of_groups = |who: Who| matches!(who, Who::Company) && groups.len() > 2;
        let whom: Vec<Who> = match who {
            Who::Employee(_) => return Vec::new(),
            who if of_groups(who) => {
                let named = groups.iter().filter_map(|(group, _)| *group);
                named.map(Who::Group).collect()
            }
            who => {
                let members = groups.iter().filter(|(group, _)| match who {
                    Who::Group(one) => *group == Some(one),
                    _ => true,
                });
                let members = members.flat_map(|(_, members)| members);
                members.map(|person| Who::Employee(*person)).collect()
            }
        };
        let light = &self.report().audited.regulation.latest().light;
        let rated = whom.iter().filter_map(|one| {
            let rate = self.report().lights.whose(*one).rate(light)?;
            Some((*one, rate, self.colour(*one)))
        });
        let mut rated: Vec<(Who, f64, Colour)> = rated.collect();
        rated.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        let enough = |who: Who| self.report().lights.whose(who).deals >= ENOUGH;
        let is_best = |one: &&(Who, f64, Colour)| one.2 == Colour::Green && enough(one.0);
        let is_helped = |one: &&(Who, f64, Colour)| matches!(one.2, Colour::Yellow | Colour::Red);
        let best: Vec<_> = rated.iter().filter(is_best).take(NAMES - 1).collect();
        let mut help: Vec<_> = rated.iter().filter(is_helped).collect();
        help.sort_by_key(|one| Reverse(one.2 == Colour::Red));
        help.sort_by(|a, b| b.1.total_cmp(&a.1));
        help.truncate(NAMES);
        let ids = match of_groups(who) {
            true => ["say-best-groups", "say-help-groups"],
            false => ["say-best", "say-help"],
        };
        let lists = ids.into_iter().zip([best, help]);
        lists
            .filter(|(_, list)| !list.is_empty())
            .map(|(id, list)| {
                let names = list.iter().map(|(who, rate, _)| {
                    let rate = decimal(*rate, 1, self.lang);
                    let args = [("name", self.name(*who).into()), ("rate", rate.into())];
                    // A group's name may have commas in it.
                    let id = match who {
                        Who::Group(_) => "say-named-group",
                        _ => "say-named",
                    };
                    self.say(id, &args)
                });
                let names = names.collect::<Vec<_>>().join(", ");
                self.say(id, &[("names", names.into())])
            })
            .collect()
    }

    /// Where to begin.
    fn beginning(&self, measured: &Measured<'_>) -> Option<String> {
        let sides = &measured.sides.growth;
        let hung = sides.iter().find_map(|side| match &side.what {
            Growth::Hung(money) => Some(money),
            _ => None,
        });
        if let Some(money) = hung {
            let args = [
                ("deals", count(money.deals)),
                ("sum", self.money(money.sum).into()),
            ];
            return Some(self.say("say-hung", &args));
        }
        let is_rule = |what: &Growth<'_>| matches!(what, Growth::Rule(_));
        let has_advice = sides.iter().any(|side| is_rule(&side.what));
        has_advice.then(|| self.say("say-begin", &[]))
    }
}
