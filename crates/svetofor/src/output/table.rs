//! The audit for people: the light, findings by rule and stage, the worst deals.

use std::fmt::Write;

use audit::judge::Finding;
use audit::message::Speaker;
use audit::regulation::{Light, Regulation, Severity};
use figures::light::{Colour, Lights, Tally};
use figures::{Audited, Count, Counts, Period, again, worst};
use history::{History, Instant};
use wording::{Lang, Value, decimal, integer, money, one_line};

use super::plain_table;
use crate::say;

/// How many deals are shown as the worst.
const WORST: usize = 10;
/// Characters of a name in a table.
const NAME: usize = 36;

/// What is shown.
pub struct Frame<'a> {
    /// What was found.
    pub audited: Audited<'a>,
    /// Says names and moments.
    pub speaker: &'a Speaker<'a>,
    /// Which breaches are shown.
    pub period: Period,
}

/// The whole report as text.
pub fn render(frame: &Frame<'_>) -> String {
    let mut out = String::new();
    let counts = Counts::of(&frame.audited, frame.period, None, &again(&frame.audited));
    frame.head(&mut out, counts.all.findings);
    frame.lights(&mut out);
    frame.by_rule(&mut out, &counts);
    frame.by_stage(&mut out, &counts);
    frame.worst(&mut out);
    frame.problems(&mut out);
    out
}

impl<'a> Frame<'a> {
    fn history(&self) -> &'a History {
        self.audited.history
    }

    fn regulation(&self) -> &'a Regulation {
        self.audited.regulation
    }

    fn lang(&self) -> Lang {
        self.speaker.lang()
    }

    fn word(&self, id: &str) -> String {
        say::text(self.lang(), id, &[])
    }

    fn words<const N: usize>(&self, ids: [&str; N]) -> [String; N] {
        ids.map(|id| self.word(id))
    }

    fn count(&self, n: u64) -> String {
        integer(n as i64, self.lang())
    }

    fn money(&self, hundredths: i64) -> String {
        money(hundredths, &self.history().account.currency, self.lang())
    }

    fn section(&self, out: &mut String, id: &str, table: &comfy_table::Table) {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{}\n{table}\n", self.word(id));
    }

    fn head(&self, out: &mut String, findings: u64) {
        let version = self.regulation().latest();
        let args = [
            (
                "account",
                Value::Text(one_line(&self.history().account.name, NAME).into()),
            ),
            (
                "regulation",
                Value::Text(one_line(&version.name, 60).into()),
            ),
            (
                "now",
                Value::Text(self.speaker.moment(version, self.audited.now).into()),
            ),
            ("zone", Value::Text(version.zone.name().to_owned().into())),
            (
                "deals",
                Value::Count(self.history().timelines.deals() as i64),
            ),
            (
                "events",
                Value::Count(self.history().timelines.events() as i64),
            ),
            ("findings", Value::Count(findings as i64)),
        ];
        let _ = writeln!(out, "{}", say::text(self.lang(), "table-head", &args));
        let date = |at| wording::date(version.zone.date(at), self.lang());
        let from = (self.period.from != Instant::MIN).then(|| date(self.period.from));
        let to = (self.period.to != Instant::MAX).then(|| date(self.period.to - 1));
        if from.is_some() || to.is_some() {
            let or_open =
                |end: Option<String>| Value::Text(end.unwrap_or_else(|| "…".into()).into());
            let args = [("from", or_open(from)), ("to", or_open(to))];
            let _ = writeln!(out, "{}", say::text(self.lang(), "table-period", &args));
        }
        out.push('\n');
    }

    fn lights(&self, out: &mut String) {
        let light = &self.regulation().latest().light;
        let lights = Lights::of(&self.audited, self.period);
        let header = self.words([
            "table-who",
            "table-deals",
            "table-remarks",
            "table-violations",
            "table-gross",
            "table-rate",
            "table-interval",
            "table-light",
        ]);
        let mut table = plain_table(&header, &[1, 2, 3, 4, 5, 6]);
        table.add_row(self.light_row(&self.word("table-company"), &lights.company, light));
        let mut people = lights.people.clone();
        for (group, tally) in &lights.groups {
            let name = self.history().people.groups[group.index()].name.clone();
            let id = self.history().people.group_ids.get(group.0);
            let name = one_line(if name.is_empty() { id } else { &name }, NAME);
            table.add_row(self.light_row(&format!("▸ {name}"), tally, light));
            let zone = &self.regulation().latest().zone;
            let date = zone.date(self.audited.now);
            let members: Vec<_> = people
                .keys()
                .copied()
                .filter(|id| {
                    self.history()
                        .people
                        .membership(*id, date)
                        .is_some_and(|m| m.group == *group)
                })
                .collect();
            for id in members {
                let tally = people.remove(&id).unwrap_or_default();
                table.add_row(self.light_row(
                    &format!("  {}", self.speaker.person(id)),
                    &tally,
                    light,
                ));
            }
        }
        let mut others: Vec<_> = people
            .into_iter()
            .map(|(id, tally)| (self.speaker.person(id), tally))
            .collect();
        others.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, tally) in others {
            table.add_row(self.light_row(&format!("  {name}"), &tally, light));
        }
        self.section(out, "table-lights", &table);
    }

    fn light_row(&self, name: &str, tally: &Tally, light: &Light) -> Vec<String> {
        let number = |x: f64| decimal(x, 1, self.lang());
        let interval = tally
            .interval(light)
            .map(|(low, high)| format!("{}–{}", number(low), number(high)));
        vec![
            name.to_owned(),
            self.count(tally.deals),
            self.count(tally.findings[Severity::Remark as usize]),
            self.count(tally.findings[Severity::Violation as usize]),
            self.count(tally.findings[Severity::Gross as usize]),
            tally.rate(light).map_or_else(|| "—".to_owned(), number),
            interval.unwrap_or_else(|| "—".to_owned()),
            self.colour(tally, light),
        ]
    }

    fn colour(&self, tally: &Tally, light: &Light) -> String {
        let lamp = match tally.colour(light) {
            Colour::Green => "lamp-green",
            Colour::Yellow => "lamp-yellow",
            Colour::Red => "lamp-red",
            Colour::TooLittleData => "lamp-little-data",
        };
        let lamp = self.word(lamp);
        if tally.is_borderline(light) {
            format!("{lamp}, {}", self.word("borderline"))
        } else {
            lamp
        }
    }

    fn by_rule(&self, out: &mut String, counts: &Counts<'a>) {
        let title = |name: &str| {
            let mut entries = self.regulation().versions().iter().rev();
            let entry =
                entries.find_map(|version| version.entries.iter().find(|entry| entry.name == name));
            entry.map_or("", |entry| entry.title(self.lang()))
        };
        let mut rows: Vec<_> = counts.rules.iter().collect();
        rows.sort_by_key(|(_, count)| std::cmp::Reverse(count.findings));
        let header = self.words([
            "table-rule",
            "table-what",
            "table-findings",
            "table-deals",
            "table-sum",
        ]);
        let mut table = plain_table(&header, &[2, 3, 4]);
        for (name, count) in rows {
            let names = [one_line(name, NAME), title(name).to_owned()];
            table.add_row(names.into_iter().chain(self.counted(count)));
        }
        self.section(out, "table-by-rule", &table);
    }

    /// Findings, deals concerned, and their sum.
    fn counted(&self, count: &Count) -> [String; 3] {
        [
            self.count(count.findings),
            self.count(count.concerned.deals),
            self.money(count.concerned.sum),
        ]
    }

    fn by_stage(&self, out: &mut String, counts: &Counts<'a>) {
        let header = self.words([
            "table-pipeline",
            "table-stage",
            "table-findings",
            "table-deals",
            "table-sum",
        ]);
        let mut table = plain_table(&header, &[2, 3, 4]);
        let pipelines = &self.history().pipelines;
        let listed = pipelines.stages.len();
        // Stages in their order, then those that only events name, by name.
        let mut stages: Vec<_> = counts.stages.iter().collect();
        stages.sort_by_key(|(stage, _)| {
            let unlisted = stage.index() >= listed;
            let name = if unlisted {
                pipelines.stage_ids.get(stage.0)
            } else {
                ""
            };
            (listed.min(stage.index()), name)
        });
        for (stage, count) in stages {
            if stage.is_none() && count.concerned.deals == 0 {
                continue;
            }
            let pipeline = pipelines
                .pipeline(*stage)
                .map(|id| &pipelines.pipelines[id.0 as usize].name);
            let names = [
                pipeline.map_or_else(|| "—".to_owned(), |name| one_line(name, NAME)),
                self.speaker.stage(*stage),
            ];
            table.add_row(names.into_iter().chain(self.counted(count)));
        }
        self.section(out, "table-by-stage", &table);
    }

    fn worst(&self, out: &mut String) {
        let header = self.words([
            "table-deal",
            "table-title",
            "table-findings",
            "table-price",
            "table-last",
        ]);
        let mut table = plain_table(&header, &[2, 3]);
        for deal in worst(&self.audited, self.period, WORST) {
            table.add_row([
                one_line(self.history().deals.get(deal.deal.0), NAME),
                self.speaker.deal(deal.deal),
                self.count(deal.findings.len() as u64),
                self.money(deal.amount().unwrap_or(0)),
                deal.findings
                    .last()
                    .map_or_else(String::new, |last| self.latest(last)),
            ]);
        }
        self.section(out, "table-worst", &table);
    }

    /// The rule of a finding and the day of its breach.
    fn latest(&self, finding: &Finding) -> String {
        let (version, entry) = self.speaker.entry(finding);
        let day = wording::date(version.zone.date(finding.at), self.lang());
        format!("{}, {day}", entry.title(self.lang()))
    }

    fn problems(&self, out: &mut String) {
        let input = self
            .history()
            .problems
            .counts()
            .iter()
            .map(|(code, count)| (*code, *count));
        let timelines = self.audited.problems.counts();
        let all: Vec<(&str, u64)> = input
            .chain(timelines)
            .filter(|(_, count)| *count > 0)
            .collect();
        if all.is_empty() {
            let _ = writeln!(out, "{}", self.word("table-no-problems"));
            return;
        }
        let mut table = plain_table(&self.words(["table-problem", "table-count"]), &[1]);
        for (code, count) in all {
            table.add_row([self.word(&format!("data-{code}")), self.count(count)]);
        }
        self.section(out, "table-problems", &table);
    }
}
