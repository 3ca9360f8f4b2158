//! What is said of the company, a group or an employee: cards, a summary, strong sides, growth zones,
//! what to do, and charts.

use audit::regulation::Severity;
use figures::light::{Colour, Tally, Who};
use figures::{Measured, Money, WorkedOff};
use wording::{Value, decimal, integer, money, percent};

use super::Teller;
use crate::chart::{Bar, Chart, Line};
use crate::document::{Block, Card, Run};
use crate::section::{limits, trend};
use crate::words::{lamp, text, word};

/// The most rules that the chart of a chapter shows.
const BARS: usize = 10;

impl Teller<'_> {
    /// A chapter; `depth` is 0 for whom the report is about, and more for those who belong to it.
    pub(super) fn chapter(&self, who: Who, depth: u8) -> Vec<Block> {
        let place = self.place(who);
        let nothing = Measured::default();
        let measured = self.measured(who).unwrap_or(&nothing);
        let mut blocks = vec![
            Block::Cards(self.cards(who, measured)),
            Block::Text {
                id: format!("summary-{place}"),
                text: vec![Run::plain(self.summary(who, measured))],
            },
        ];
        if !self.has_anything(who, measured) {
            blocks.extend(self.beside(who));
            return blocks;
        }
        let deals = self.report().lights.whose(who).deals;
        if measured.sides.is_small && who != Who::Company && deals > 0 {
            let deals = [("deals", Value::Count(deals as i64))];
            blocks.push(Block::Text {
                id: String::new(),
                text: vec![Run::plain(self.say("small-sample", &deals))],
            });
        }
        blocks.extend(self.sides(who, measured));
        if depth == 0 {
            blocks.extend(self.only_here(who));
        }
        blocks.extend(self.beside(who));
        if depth == 0 {
            blocks.extend(self.trend(who));
        }
        blocks.extend(self.bars(who, measured));
        blocks
    }

    /// Whether there is anything to say of somebody.
    pub(super) fn has_anything(&self, who: Who, measured: &Measured<'_>) -> bool {
        let deals = self.report().lights.whose(who).deals;
        deals > 0 || measured.counts.all.findings > 0 || measured.hung.deals > 0
    }

    fn cards(&self, who: Who, measured: &Measured<'_>) -> Vec<Card> {
        vec![
            self.light_card(who),
            self.findings_card(who, measured),
            self.worked_card(who),
            self.money_card(who, measured.hung),
            self.speed_card(measured),
            self.closed_card(who, measured),
        ]
    }

    fn light_card(&self, who: Who) -> Card {
        let (report, lang) = (self.report(), self.lang);
        let light = &report.audited.regulation.latest().light;
        let tally = report.lights.whose(who);
        let colour = tally.colour(light);
        let rate = tally.rate(light);
        let number = |rate: f64| decimal(rate, 1, lang);
        let mut about = match rate {
            Some(rate) => format!("{} {}", number(rate), word(lang, "card-rate")),
            None => word(lang, "card-no-rate"),
        };
        let before = report.lights_before.as_ref();
        if let Some(before) = before.and_then(|all| all.whose(who).rate(light)) {
            let arrow = match rate {
                Some(rate) if rate > before => " ↑",
                Some(rate) if rate < before => " ↓",
                _ => "",
            };
            about = format!("{about}, {}{arrow}", self.was(number(before)));
        }
        let mut value = lamp(colour, lang);
        if tally.is_borderline(light) {
            value = format!("{value}, {}", word(lang, "borderline"));
        }
        Card {
            title: word(lang, "card-light-own"),
            value,
            about,
            lamp: Some(colour),
            link: None,
        }
    }

    /// Whether there was anything in the period before that a figure could be compared with.
    fn was_there(&self, who: Who) -> bool {
        let before = self.report().lights_before.as_ref();
        before.is_some_and(|all| all.whose(who) != Tally::default())
    }

    fn was(&self, number: String) -> String {
        text(self.lang, "card-was", &[("rate", number.into())])
    }

    fn findings_card(&self, who: Who, measured: &Measured<'_>) -> Card {
        let all = &measured.counts.all;
        let gross = all.severities[Severity::Gross as usize];
        let gross = [("gross", Value::Count(gross as i64))];
        let before = all.before.filter(|_| self.was_there(who));
        let before = before.map(|before| self.was(integer(before as i64, self.lang)));
        let about = match (all.findings, before) {
            (0, Some(before)) => before,
            (0, None) => word(self.lang, "card-found-none"),
            (_, before) => with(text(self.lang, "card-found", &gross), before),
        };
        Card {
            title: word(self.lang, "card-findings"),
            value: integer(all.findings as i64, self.lang),
            about,
            lamp: None,
            link: Some(self.findings(who, "")),
        }
    }

    /// What was mended in the period, and of how many.
    fn worked_card(&self, who: Who) -> Card {
        let worked = self.everybody.worked.get(&who).copied().unwrap_or_default();
        let number = |n: u64| integer(n as i64, self.lang);
        let list = |which| self.list(who, &[("figures", "counted"), ("worked", which)]);
        let (value, about, link) = match worked {
            WorkedOff { of: 0, .. } => {
                let nothing = word(self.lang, "card-nothing-to-work-off");
                ("—".to_owned(), nothing, None)
            }
            WorkedOff { mended, of } => {
                let about = self.say("card-worked-about", &[("of", Value::Count(of as i64))]);
                let which = if mended > 0 { "mended" } else { "all" };
                (number(mended), about, Some(list(which)))
            }
        };
        Card {
            title: word(self.lang, "card-worked"),
            value,
            about,
            lamp: None,
            link,
        }
    }

    fn money_card(&self, who: Who, hung: Money) -> Card {
        let about = match hung.deals {
            0 => word(self.lang, "card-nothing-hangs"),
            deals if hung.sum == 0 => self.say(
                "card-hung-without-price",
                &[("deals", Value::Count(deals as i64))],
            ),
            deals => {
                let deals = ("deals", Value::Count(deals as i64));
                let sum = ("sum", Value::Text(self.money(hung.sum).into()));
                self.say("card-hung-own", &[deals, sum])
            }
        };
        let people = &self.report().audited.history.people;
        let parameters = match who {
            Who::Company => [("kind", "hung"), ("", "")],
            Who::Group(group) => [("kind", "hung"), ("group", people.group_ids.get(group.0))],
            Who::Employee(one) => [("kind", "hung"), ("employee", people.ids.get(one.0))],
        };
        Card {
            title: word(self.lang, "card-money"),
            value: self.money(hung.worth),
            about,
            lamp: None,
            link: Some(crate::links::with("/deals", &parameters)),
        }
    }

    pub(super) fn money(&self, hundredths: i64) -> String {
        let currency = &self.report().audited.history.account.currency;
        money(hundredths, currency, self.lang)
    }

    fn speed_card(&self, measured: &Measured<'_>) -> Card {
        let (speed, lang) = (measured.speed(), self.lang);
        let quick = speed.answered[1];
        let (value, about) = match speed.interval(quick) {
            Some((low, high)) => {
                let said = |text: String| Value::Text(text.into());
                let args = [
                    ("part", said(integer(quick as i64, lang))),
                    ("whole", said(integer(speed.leads as i64, lang))),
                    ("low", said(percent(low, 0, lang))),
                    ("high", said(percent(high, 0, lang))),
                ];
                let share = percent(quick as f64 / speed.leads as f64, 0, lang);
                (share, text(lang, "card-speed-base", &args))
            }
            None => ("—".to_owned(), word(lang, "card-no-leads")),
        };
        Card {
            title: word(lang, "card-speed"),
            value,
            about,
            lamp: None,
            link: None,
        }
    }

    fn closed_card(&self, who: Who, measured: &Measured<'_>) -> Card {
        let closed = measured.closed;
        let args = [
            ("won", Value::Count(closed.won as i64)),
            ("lost", Value::Count(closed.lost as i64)),
        ];
        let before = measured.closed_before.filter(|_| self.was_there(who));
        let before = before.map(|before| self.was(integer(before.all() as i64, self.lang)));
        let about = match (closed.all(), before) {
            (0, Some(before)) => before,
            (0, None) => word(self.lang, "card-closed-none"),
            (_, before) => with(self.say("card-closed-about", &args), before),
        };
        Card {
            title: word(self.lang, "card-closed"),
            value: integer(closed.all() as i64, self.lang),
            about,
            lamp: None,
            link: None,
        }
    }

    /// The light of the last weeks, beside that of whom they belong to.
    fn trend(&self, who: Who) -> Option<Block> {
        let report = self.report();
        let light = &report.audited.regulation.latest().light;
        let line = |who: Who| Line {
            name: self.name(who),
            values: trend(report, who),
        };
        let mut lines = match who {
            Who::Company => Vec::new(),
            Who::Group(_) => vec![line(Who::Company)],
            Who::Employee(person) => {
                let group = report.group_at_end(person);
                let group = Some(Who::Group(group)).filter(|_| group.is_some());
                vec![line(group.unwrap_or(Who::Company))]
            }
        };
        lines.push(line(who));
        let is_known = lines.last()?.values.iter().any(Option::is_some);
        let names = report.trend.iter().map(|(week, _)| match week.dates().0 {
            Some(monday) => format!("{:02}.{:02}", monday.day(), monday.month()),
            None => String::new(),
        });
        let chart = Block::Chart {
            id: format!("trend-{}", self.place(who)),
            title: word(self.lang, "trend-title"),
            note: word(self.lang, "trend-own-note"),
            chart: Chart::Lines {
                names: names.collect(),
                lines,
                limits: limits(light),
            },
        };
        is_known.then_some(chart)
    }

    /// The rules that found most.
    fn bars(&self, who: Who, measured: &Measured<'_>) -> Option<Block> {
        let rules = measured.counts.rules.iter();
        let mut rules: Vec<_> = rules.collect();
        rules.sort_by_key(|(rule, count)| {
            (std::cmp::Reverse((count.findings, count.before)), **rule)
        });
        rules.truncate(BARS);
        let bar = |(rule, count): &(&&str, &figures::Count)| Bar {
            name: self.rule(rule),
            value: count.findings,
            before: count.before,
        };
        let bars: Vec<Bar> = rules.iter().map(bar).collect();
        let is_anything = bars.iter().any(|bar| bar.value > 0);
        is_anything.then(|| Block::Chart {
            id: format!("bars-{}", self.place(who)),
            title: word(self.lang, "bars-title"),
            note: word(self.lang, "bars-note"),
            chart: Chart::Bars(bars),
        })
    }

    /// The colour of somebody's light.
    pub(super) fn colour(&self, who: Who) -> Colour {
        let light = &self.report().audited.regulation.latest().light;
        self.report().lights.whose(who).colour(light)
    }
}

/// What is said of a figure, with what it was.
fn with(about: String, before: Option<String>) -> String {
    match before {
        Some(before) => format!("{about}; {before}"),
        None => about,
    }
}
