//! The audit for people: the light, findings by rule and stage, the worst deals.

use std::collections::BTreeMap;
use std::fmt::Write;

use audit::judge::{Finding, Verdict};
use audit::light::{Colour, Lights, Tally};
use audit::message::Speaker;
use audit::regulation::{Light, Regulation, Severity};
use history::{DealId, History, Instant};
use rustc_hash::FxHashMap;
use wording::{Lang, Value, decimal, integer, money, one_line};

use super::plain_table;
use crate::say;

/// How many deals are shown as the worst.
const WORST: usize = 10;
/// Characters of a name in a table.
const NAME: usize = 36;

/// What is shown.
pub struct Frame<'a> {
    /// The history.
    pub history: &'a History,
    /// The regulation.
    pub regulation: &'a Regulation,
    /// Says names and moments.
    pub speaker: &'a Speaker<'a>,
    /// The instant of the audit.
    pub now: Instant,
    /// Which breaches are shown, half-open.
    pub period: (Instant, Instant),
}

/// The whole report as text.
pub fn render(frame: &Frame<'_>, verdict: &Verdict) -> String {
    let mut out = String::new();
    frame.head(&mut out, verdict);
    frame.lights(&mut out, verdict);
    frame.by_rule(&mut out, &verdict.findings);
    frame.by_stage(&mut out, &verdict.findings);
    frame.worst(&mut out, &verdict.findings);
    frame.problems(&mut out, verdict);
    out
}

impl Frame<'_> {
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
        money(hundredths, &self.history.account.currency, self.lang())
    }

    fn section(&self, out: &mut String, id: &str, table: &comfy_table::Table) {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{}\n{table}\n", self.word(id));
    }

    fn head(&self, out: &mut String, verdict: &Verdict) {
        let version = self.regulation.latest();
        let args = [
            (
                "account",
                Value::Text(one_line(&self.history.account.name, NAME).into()),
            ),
            (
                "regulation",
                Value::Text(one_line(&version.name, 60).into()),
            ),
            (
                "now",
                Value::Text(self.speaker.moment(version, self.now).into()),
            ),
            ("zone", Value::Text(version.zone.name().to_owned().into())),
            ("deals", Value::Count(self.history.timelines.deals() as i64)),
            (
                "events",
                Value::Count(self.history.timelines.events() as i64),
            ),
            ("findings", Value::Count(verdict.findings.len() as i64)),
        ];
        let _ = writeln!(out, "{}", say::text(self.lang(), "table-head", &args));
        let date = |at| wording::date(version.zone.date(at), self.lang());
        let from = (self.period.0 != Instant::MIN).then(|| date(self.period.0));
        let to = (self.period.1 != Instant::MAX).then(|| date(self.period.1 - 1));
        if from.is_some() || to.is_some() {
            let or_open =
                |end: Option<String>| Value::Text(end.unwrap_or_else(|| "…".into()).into());
            let args = [("from", or_open(from)), ("to", or_open(to))];
            let _ = writeln!(out, "{}", say::text(self.lang(), "table-period", &args));
        }
        out.push('\n');
    }

    fn lights(&self, out: &mut String, verdict: &Verdict) {
        let light = &self.regulation.latest().light;
        let period = (self.period.0, self.period.1.min(self.now.saturating_add(1)));
        let lights = Lights::of(self.history, self.regulation, verdict, period);
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
            let name = self.history.people.groups[group.index()].name.clone();
            let id = self.history.people.group_ids.get(group.0);
            let name = one_line(if name.is_empty() { id } else { &name }, NAME);
            table.add_row(self.light_row(&format!("▸ {name}"), tally, light));
            let zone = &self.regulation.latest().zone;
            let date = zone.date(self.now);
            let members: Vec<_> = people
                .keys()
                .copied()
                .filter(|id| {
                    self.history
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

    fn by_rule(&self, out: &mut String, findings: &[Finding]) {
        let mut rules: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
        for finding in findings {
            let entry = self.speaker.entry(finding).1;
            let title = entry.rule.texts.title.get(self.lang());
            rules
                .entry((entry.name.as_str(), title))
                .or_default()
                .push(finding);
        }
        let mut rows: Vec<_> = rules.into_iter().collect();
        rows.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
        let header = self.words([
            "table-rule",
            "table-what",
            "table-findings",
            "table-deals",
            "table-sum",
        ]);
        let mut table = plain_table(&header, &[2, 3, 4]);
        for ((name, title), findings) in rows {
            let (deals, sum) = concerned(&findings);
            let cells = [
                self.count(findings.len() as u64),
                self.count(deals),
                self.money(sum),
            ];
            table.add_row(
                [one_line(name, NAME), title.to_owned()]
                    .into_iter()
                    .chain(cells),
            );
        }
        self.section(out, "table-by-rule", &table);
    }

    fn by_stage(&self, out: &mut String, findings: &[Finding]) {
        let mut stages: BTreeMap<u32, Vec<&Finding>> = BTreeMap::new();
        for finding in findings
            .iter()
            .filter(|finding| finding.deal.is_some() || finding.stage.is_some())
        {
            stages.entry(finding.stage.0).or_default().push(finding);
        }
        let header = self.words([
            "table-pipeline",
            "table-stage",
            "table-findings",
            "table-deals",
            "table-sum",
        ]);
        let mut table = plain_table(&header, &[2, 3, 4]);
        let listed = self.history.pipelines.stages.len();
        let mut stages: Vec<_> = stages.into_iter().collect();
        stages.sort_by_key(|(stage, _)| {
            let unlisted = *stage as usize >= listed;
            let name = if unlisted {
                self.history.pipelines.stage_ids.get(*stage)
            } else {
                ""
            };
            (if unlisted { listed } else { *stage as usize }, name)
        });
        for (stage, findings) in stages {
            let stage = history::StageId(stage);
            let pipelines = &self.history.pipelines;
            let pipeline = pipelines
                .pipeline(stage)
                .map(|id| &pipelines.pipelines[id.0 as usize].name);
            let (deals, sum) = concerned(&findings);
            table.add_row([
                pipeline.map_or_else(|| "—".to_owned(), |name| one_line(name, NAME)),
                self.speaker.stage(stage),
                self.count(findings.len() as u64),
                self.count(deals),
                self.money(sum),
            ]);
        }
        self.section(out, "table-by-stage", &table);
    }

    fn worst(&self, out: &mut String, findings: &[Finding]) {
        let mut deals: FxHashMap<DealId, Weight> = FxHashMap::default();
        let light = &self.regulation.latest().light;
        for finding in findings.iter().filter(|finding| finding.deal.is_some()) {
            let severity = self.speaker.entry(finding).1.severity;
            let deal = deals.entry(finding.deal).or_insert(Weight {
                findings: 0,
                weight: 0.0,
                last: finding,
            });
            deal.findings += 1;
            deal.weight += light.weights[severity as usize];
            if finding.at >= deal.last.at {
                deal.last = finding;
            }
        }
        let mut rows: Vec<(DealId, Weight<'_>)> = deals.into_iter().collect();
        rows.sort_by(|(a, one), (b, other)| {
            let id = |deal: &DealId| self.history.deals.get(deal.0);
            let by_money = || other.last.amount.cmp(&one.last.amount);
            other
                .weight
                .total_cmp(&one.weight)
                .then_with(by_money)
                .then_with(|| id(a).cmp(id(b)))
        });
        let header = self.words([
            "table-deal",
            "table-title",
            "table-findings",
            "table-price",
            "table-last",
        ]);
        let mut table = plain_table(&header, &[2, 3]);
        for (deal, weight) in rows.into_iter().take(WORST) {
            table.add_row([
                one_line(self.history.deals.get(deal.0), NAME),
                self.speaker.deal(deal),
                self.count(weight.findings),
                self.money(weight.last.amount.unwrap_or(0)),
                self.latest(weight.last),
            ]);
        }
        self.section(out, "table-worst", &table);
    }

    /// The rule of a finding and the day of its breach.
    fn latest(&self, finding: &Finding) -> String {
        let (version, entry) = self.speaker.entry(finding);
        let day = wording::date(version.zone.date(finding.at), self.lang());
        format!("{}, {day}", entry.rule.texts.title.get(self.lang()))
    }

    fn problems(&self, out: &mut String, verdict: &Verdict) {
        let input = self
            .history
            .problems
            .counts()
            .iter()
            .map(|(code, count)| (*code, *count));
        let timelines = verdict.problems.counts();
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

/// What lies on a deal.
struct Weight<'a> {
    findings: u64,
    weight: f64,
    last: &'a Finding,
}

/// The distinct deals of some findings and the sum of their prices, each deal's once: the
/// price at its latest finding.
fn concerned(findings: &[&Finding]) -> (u64, i64) {
    let mut deals: FxHashMap<DealId, (Instant, i64)> = FxHashMap::default();
    for finding in findings.iter().filter(|finding| finding.deal.is_some()) {
        let latest = (finding.at, finding.amount.unwrap_or(0));
        let known = deals.entry(finding.deal).or_insert(latest);
        if finding.at >= known.0 {
            *known = latest;
        }
    }
    let sum = deals
        .values()
        .fold(0i64, |sum, (_, amount)| sum.saturating_add(*amount));
    (deals.len() as u64, sum)
}
