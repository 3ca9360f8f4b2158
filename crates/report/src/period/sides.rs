//! Strong sides, growth zones and what to do, each with its examples.

use audit::judge::Finding;
use figures::funnel::Against;
use figures::light::Who;
use figures::sides::{Growth, Side, Strong, Weight};
use figures::{Change, Measured, Proof, Told};
use history::Instant;
use wording::{Value, decimal, percent, working_duration};

use super::Teller;
use crate::document::{Block, Example, Item, Run};
use crate::words::word;

/// How messages call those that somebody is compared with.
pub(super) fn base_word(base: Who, who: Who) -> &'static str {
    match (base, who) {
        (Who::Group(_), _) => "group",
        (_, Who::Group(_)) => "groups",
        _ => "company",
    }
}

fn count(n: u64) -> Value<'static> {
    Value::Count(n as i64)
}

impl Teller<'_> {
    /// The lists of a chapter.
    pub(super) fn sides(&self, who: Who, measured: &Measured<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut list = |kind: &str, items: Vec<Item>, none: &str| {
            if items.is_empty() {
                blocks.push(self.subheading(kind, who));
                blocks.push(Block::Text {
                    id: String::new(),
                    text: vec![Run::plain(word(self.lang, none))],
                });
            }
            blocks.extend(self.points(kind, who, items, Vec::new()));
        };
        let sides = &measured.sides;
        let strong = sides.strong.iter().map(|side| self.strong(who, side));
        list("strong", strong.collect(), "strong-none");
        let growth = sides.growth.iter().map(|side| self.growth(who, side));
        list("growth", growth.collect(), "growth-none");
        let advice = sides.growth.iter();
        let advice = advice.filter_map(|side| self.advice(who, &side.what));
        blocks.extend(self.points("advice", who, advice.collect(), Vec::new()));
        blocks
    }

    fn strong(&self, who: Who, side: &Side<'_, Strong<'_>>) -> Item {
        let text = match &side.what {
            Strong::Clean { deals } => self.say("strong-clean", &[("deals", count(*deals))]),
            Strong::Low { rate, company } => {
                let number = |rate: f64| Value::Text(decimal(rate, 1, self.lang).into());
                let args = [("rate", number(*rate)), ("company", number(*company))];
                self.say("strong-low", &args)
            }
            Strong::Fewer { change, told } => {
                let id = match told {
                    Told::Sure => "strong-fewer-sure",
                    _ => "strong-fewer-look",
                };
                self.say(id, &changed(change))
            }
            Strong::FewerOf { rule, change } => {
                let (before, after) = change.findings;
                let args = [
                    ("rule", self.rule(rule).into()),
                    ("before", count(before)),
                    ("after", count(after)),
                ];
                self.say("strong-fewer-of", &args)
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
                self.say("strong-rare", &args)
            }
            Strong::Quick { against, base } => {
                self.say("strong-quick", &self.shares(against, *base, who))
            }
            Strong::Wins { against, base } => {
                self.say("strong-wins", &self.shares(against, *base, who))
            }
        };
        self.item(vec![Run::plain(text)], &side.proofs)
    }

    fn growth(&self, who: Who, side: &Side<'_, Growth<'_>>) -> Item {
        let text = match &side.what {
            Growth::More { change, told } => {
                let id = match told {
                    Told::Sure => "growth-more-sure",
                    _ => "growth-more-look",
                };
                vec![Run::plain(self.say(id, &changed(change)))]
            }
            Growth::Rule(weight) => self.weight(who, weight),
            Growth::Hung(money) => {
                let args = [
                    ("deals", count(money.deals)),
                    ("sum", self.money(money.sum).into()),
                    ("worth", self.money(money.worth).into()),
                ];
                vec![Run::plain(match money.worth {
                    0 => self.say("growth-hung-plain", &args[..2]),
                    _ => self.say("growth-hung", &args),
                })]
            }
            Growth::Slow { against, base } => {
                let shares = self.shares(against, *base, who);
                vec![Run::plain(self.say("growth-slow", &shares))]
            }
            Growth::Loses { against, base } => {
                let shares = self.shares(against, *base, who);
                vec![Run::plain(self.say("growth-loses", &shares))]
            }
        };
        self.item(text, &side.proofs)
    }

    /// What the findings of a rule say.
    fn weight(&self, who: Who, weight: &Weight<'_>) -> Vec<Run> {
        let counted = &weight.count;
        let deals = counted.concerned.deals;
        let args = [("count", count(counted.findings)), ("deals", count(deals))];
        let mut said = vec![self.say("growth-rule", &args)];
        if let Some(others) = weight.others {
            let number = |rate: f64| Value::Text(decimal(rate, 1, self.lang).into());
            let told = match weight.told {
                Told::Chance | Told::TooLittleData if weight.rate > others => "chance",
                _ => "told",
            };
            let args = [
                ("rate", number(weight.rate)),
                ("others", number(others)),
                ("base", base_word(weight.base, who).into()),
                ("told", told.into()),
            ];
            said.push(self.say("growth-rule-others", &args));
        }
        match counted.again {
            0 => {}
            again if again == counted.findings && again > 1 => {
                said.push(self.say("growth-rule-all-again", &[]));
            }
            again => said.push(self.say("growth-rule-again", &[("again", count(again))])),
        }
        if let Some(worse) = &weight.worse {
            let before = [("before", count(worse.findings.0))];
            said.push(self.say("growth-rule-worse", &before));
        }
        vec![
            Run::strong(format!("{}.", self.rule(weight.rule))),
            Run::plain(format!(" {}", said.join(" "))),
        ]
    }

    /// What to do about a growth zone.
    fn advice(&self, who: Who, what: &Growth<'_>) -> Option<Item> {
        let plain = |id: &str| {
            let title = word(self.lang, &format!("{id}-title"));
            vec![
                Run::strong(format!("{title}.")),
                Run::plain(format!(" {}", word(self.lang, id))),
            ]
        };
        let text = match what {
            Growth::Rule(weight) => {
                let versions = self.report().audited.regulation.versions().iter().rev();
                let mut entries = versions.flat_map(|version| &version.entries);
                let entry = entries.find(|entry| entry.name == weight.rule)?;
                let mend = entry.rule.texts.mend.get(self.lang);
                vec![
                    Run::strong(format!("{}.", self.rule(weight.rule))),
                    Run::plain(format!(" {mend} ")),
                    Run::link(
                        word(self.lang, "advice-all"),
                        self.findings(who, weight.rule),
                    ),
                ]
            }
            Growth::Hung(_) => plain("advice-hung"),
            Growth::Slow { .. } => plain("advice-slow"),
            Growth::Loses { .. } => plain("advice-loses"),
            Growth::More { .. } => return None,
        };
        Some(Item {
            text,
            ..Item::default()
        })
    }

    /// Two shares as messages tell them.
    pub(super) fn shares(
        &self,
        against: &Against,
        base: Who,
        who: Who,
    ) -> [(&'static str, Value<'static>); 5] {
        let share = |share: Option<f64>| {
            let said = share.map_or_else(|| "—".to_owned(), |share| percent(share, 0, self.lang));
            Value::Text(said.into())
        };
        [
            ("part", count(against.own.0)),
            ("whole", count(against.own.1)),
            ("own", share(against.share())),
            ("others", share(against.others_share())),
            ("base", base_word(base, who).into()),
        ]
    }

    fn item(&self, text: Vec<Run>, proofs: &[Proof<'_>]) -> Item {
        Item {
            id: String::new(),
            text,
            examples: proofs.iter().map(|proof| self.example(proof)).collect(),
        }
    }

    fn example(&self, proof: &Proof<'_>) -> Example {
        let deal = proof.deal();
        let page = self.deal_page(deal);
        let said = |moment: Option<Instant>, words: String| Example {
            moment: moment.map_or_else(String::new, |at| self.moment(at)),
            deal: match deal.is_some() {
                true => self.speaker.deal(deal),
                false => String::new(),
            },
            words,
            link: page.clone(),
        };
        match proof {
            Proof::Finding(finding) => self.finding(finding, page),
            Proof::Clean(_) => said(None, word(self.lang, "proof-clean")),
            Proof::Won(_, at) => said(Some(*at), word(self.lang, "proof-won")),
            Proof::Lost(_, at) => said(Some(*at), word(self.lang, "proof-lost")),
            Proof::Hangs {
                stage,
                since,
                price,
                ..
            } => {
                let date = self.report().audited.zone().date(*since);
                let stage = ("stage", self.speaker.stage(*stage).into());
                let since = ("since", wording::date(date, self.lang).into());
                let words = match price.filter(|price| *price > 0) {
                    Some(price) => {
                        let price = ("price", self.money(price).into());
                        self.say("proof-hangs", &[stage, since, price])
                    }
                    None => self.say("proof-hangs-plain", &[stage, since]),
                };
                said(None, words)
            }
            Proof::Lead { at, answered, .. } => {
                let words = match answered {
                    Some(time) => {
                        let time = working_duration(*time, self.lang);
                        self.say("proof-answered", &[("time", time.into())])
                    }
                    None => word(self.lang, "proof-unanswered"),
                };
                said(Some(*at), words)
            }
        }
    }

    /// A finding as an example; `page` is that of its deal.
    pub(super) fn finding(&self, finding: &Finding, page: Option<String>) -> Example {
        Example {
            moment: self.moment(finding.at),
            deal: match finding.deal.is_some() {
                true => self.speaker.deal(finding.deal),
                false => String::new(),
            },
            words: self.speaker.message(finding),
            link: (self.asked.page)(finding).or(page),
        }
    }

    fn moment(&self, at: Instant) -> String {
        let version = self.report().audited.regulation.latest();
        self.speaker.moment(version, at)
    }
}

/// A change as messages tell it.
fn changed(change: &Change) -> [(&'static str, Value<'static>); 4] {
    [
        ("before", count(change.findings.0)),
        ("after", count(change.findings.1)),
        ("deals-before", count(change.deals.0)),
        ("deals-after", count(change.deals.1)),
    ]
}
