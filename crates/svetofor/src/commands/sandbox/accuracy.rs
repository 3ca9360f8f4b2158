//! `svetofor sandbox check`: which of the planted faults the judge finds, and what else.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use audit::judge::{Finding, Judge};
use audit::regulation::{Regulation, Version};
use audit::rules::RULES;
use history::History;
use history::write::Format;
use sandbox::planted::{self, Fault, Options, Planted};
use wording::{Lang, Value};

use crate::cli::SandboxCheck;
use crate::commands::question::{judged, read};
use crate::output::plain_table;
use crate::say::{self, Shown};

/// What came of one rule.
#[derive(Clone, Copy, Default)]
struct Tally {
    planted: u64,
    found: u64,
    /// Found and planted.
    hits: u64,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.planted += other.planted;
        self.found += other.found;
        self.hits += other.hits;
    }

    fn cells(self) -> [String; 5] {
        let share = |of: u64| match of {
            0 => "—".to_owned(),
            some => format!("{:.3}", self.hits as f64 / some as f64),
        };
        [
            self.planted.to_string(),
            self.found.to_string(),
            self.hits.to_string(),
            share(self.found),
            share(self.planted),
        ]
    }
}

/// Makes the company, audits it, compares.
pub fn check(args: &SandboxCheck, lang: Lang) -> Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let options = Options {
        seed: args.seed,
        deals: args.deals,
    };
    let planted = planted::write(folder.path(), &options, Format::Csv)?;
    let version = Version::parse(planted::regulation(), "regulation.toml");
    let version = version.map_err(|mistakes| Shown(format!("{mistakes}\n")))?;
    let regulation =
        Regulation::new(vec![version]).map_err(|mistake| anyhow::anyhow!("{}", mistake.what))?;
    let history = read(folder.path(), &regulation.unused_columns(), lang)?;
    let judge = Judge::new(&history, &regulation);
    let findings = judged(&judge, planted.until, lang).findings;
    let (tallies, strays) = compare(&planted.faults, &findings, &history, &regulation);
    for stray in strays {
        say::aside(&stray);
    }
    let text = if args.markdown {
        markdown(&tallies, &planted, args, lang)
    } else {
        screen(&tallies, lang)
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    say::aside(&made(&planted, lang));
    Ok(ExitCode::SUCCESS)
}

/// Matches each finding with at most one fault of the same rule, deal and employee whose time
/// it lies in; tells what is left over on either side.
fn compare(
    faults: &[Fault],
    findings: &[Finding],
    history: &History,
    regulation: &Regulation,
) -> (BTreeMap<String, Tally>, Vec<String>) {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut strays = Vec::new();
    let mut waiting: BTreeMap<(&str, &str, &str), Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        let key = (fault.kind, &*fault.deal, &*fault.employee);
        waiting.entry(key).or_default().push(fault);
        tallies.entry(fault.kind.to_owned()).or_default().planted += 1;
    }
    for finding in findings {
        let version = &regulation.versions()[usize::from(finding.version)];
        let rule = version.entries[usize::from(finding.entry)].name.as_str();
        let deal = history.deals.get(finding.deal.0);
        let employee = history.people.ids.get(finding.employee.0);
        let tally = tallies.entry(rule.to_owned()).or_default();
        tally.found += 1;
        let same = waiting.get_mut(&(rule, deal, employee));
        let place = same.as_ref().and_then(|same| {
            let fits = |fault: &&Fault| (fault.at..=fault.by).contains(&finding.at);
            same.iter().position(fits)
        });
        match (same, place) {
            (Some(same), Some(place)) => {
                same.remove(place);
                tally.hits += 1;
            }
            _ => strays.push(stray('+', rule, deal, employee, finding.at)),
        }
    }
    for fault in waiting.values().flatten() {
        let (deal, employee) = (&fault.deal, &fault.employee);
        strays.push(stray('-', fault.kind, deal, employee, fault.at));
    }
    (tallies, strays)
}

/// A line about what was found and not planted, or planted and not found.
fn stray(sign: char, rule: &str, deal: &str, employee: &str, at: history::Instant) -> String {
    let at =
        jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string());
    format!("{sign} {rule} {deal} {employee} {at}")
}

/// The rules in their order, then the sum.
fn rows(tallies: &BTreeMap<String, Tally>, lang: Lang) -> Vec<(String, Tally)> {
    let mut sum = Tally::default();
    let mut rows = Vec::new();
    for rule in RULES {
        let tally = tallies.get(rule.code).copied().unwrap_or_default();
        sum.add(tally);
        rows.push((rule.code.to_owned(), tally));
    }
    rows.push((say::text(lang, "accuracy-all", &[]), sum));
    rows
}

fn header(lang: Lang) -> [String; 6] {
    ["rule", "planted", "found", "hits", "precision", "recall"]
        .map(|name| say::text(lang, &format!("accuracy-{name}"), &[]))
}

fn screen(tallies: &BTreeMap<String, Tally>, lang: Lang) -> String {
    let mut table = plain_table(&header(lang), &[1, 2, 3, 4, 5]);
    for (rule, tally) in rows(tallies, lang) {
        let [planted, found, hits, precision, recall] = tally.cells();
        table.add_row([rule, planted, found, hits, precision, recall]);
    }
    format!("{table}\n")
}

fn markdown(
    tallies: &BTreeMap<String, Tally>,
    planted: &Planted,
    args: &SandboxCheck,
    lang: Lang,
) -> String {
    let word = |id| say::text(lang, id, &[]);
    let command = format!(
        "svetofor sandbox check --seed {} --deals {}",
        args.seed, args.deals
    );
    let mut text = format!(
        "# {}\n\n{}\n\n`{command}`: {}\n\n",
        word("accuracy-title"),
        word("accuracy-about"),
        made(planted, lang)
    );
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    text += &line(&header(lang));
    text += "| --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (rule, tally) in rows(tallies, lang) {
        let mut cells = vec![rule];
        cells.extend(tally.cells());
        text += &line(&cells);
    }
    text
}

fn made(planted: &Planted, lang: Lang) -> String {
    let figures = [
        ("deals", Value::Count(planted.summary.deals as i64)),
        ("events", Value::Count(planted.summary.events as i64)),
        ("faults", Value::Count(planted.faults.len() as i64)),
    ];
    say::text(lang, "accuracy-made", &figures)
}
