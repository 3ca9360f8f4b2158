//! The documentation of the rules as Markdown, made from their declarations: an index and a page
//! for each rule. Links lead from `docs/rules/LANG/` to the guide.

use std::fmt::Write;

use history::{EmployeeId, History, Instant, Kind, StageId, StageKind};
use jiff::civil::Date;
use wording::{Catalogue, Lang, Value, plain_spaces};
use worktime::Zone;

use crate::examples::{self, Told};
use crate::judge::Judge;
use crate::message::{Speaker, catalogue, default_value};
use crate::regulation::Regulation;
use crate::rules::{Declaration, Param, RULES};

/// The documentation in a language: names of files and their texts, the index first.
pub fn pages(lang: Lang) -> Vec<(String, String)> {
    let pages = RULES
        .iter()
        .map(|rule| (format!("{}.md", rule.code), page(rule, lang)));
    std::iter::once(("README.md".to_owned(), index(lang)))
        .chain(pages)
        .collect()
}

/// The list of all rules by indicator, and how to read their examples.
pub fn index(lang: Lang) -> String {
    let words = catalogue(lang);
    let word = |id: &str| words.text(id, &[]);
    let count = words.text(
        "document-rules",
        &[("count", Value::Count(RULES.len() as i64))],
    );
    let mut out = generated(words);
    push(&mut out, &format!("# {}", word("document-heading")));
    push(&mut out, &word("document-intro"));
    push(&mut out, &count);
    let mut indicators: Vec<u8> = RULES.iter().map(|rule| rule.indicator).collect();
    indicators.sort_unstable();
    indicators.dedup();
    for indicator in indicators {
        push(
            &mut out,
            &format!("## {}", indicator_title(words, indicator)),
        );
        let rows = RULES
            .iter()
            .filter(|rule| rule.indicator == indicator)
            .map(|rule| {
                vec![
                    format!("[`{0}`]({0}.md)", rule.code),
                    rule.texts.title.get(lang).to_owned(),
                    word(&format!("severity-{}", rule.severity.as_str())),
                ]
            });
        let header = ["rules-code", "rules-title", "rules-severity"].map(word);
        push(&mut out, &table(&header, rows));
    }
    push(&mut out, &format!("## {}", word("document-examples")));
    push(&mut out, &word("document-world"));
    push(&mut out, &people(lang));
    push(&mut out, &word("document-way"));
    push(&mut out, &stages(words));
    finished(&out)
}

/// Who works in the company of the examples.
fn people(lang: Lang) -> String {
    let words = catalogue(lang);
    let company = company();
    let zone = Zone::new("Europe/Moscow").expect("the zone is bundled");
    let on = |date: Date| Value::Text(wording::date(date, lang).into());
    let lines = company.people.employees.iter().enumerate().map(|(i, who)| {
        let role = who.memberships.first().and_then(|member| member.role);
        let role = role.map_or("other", |role| role.as_str());
        let mut said = words.text(&format!("role-{role}"), &[]);
        if let Some(left) = who.left {
            said.push_str(&words.text("document-left", &[("date", on(left))]));
        }
        for away in &who.absences {
            let day = |at: Instant| zone.datetime(at).date();
            let last = |to: Instant| day(to - 1);
            let to = away
                .to
                .map_or_else(|| Value::Text("…".into()), |to| on(last(to)));
            let args = [("from", on(day(away.from))), ("to", to)];
            said.push_str(&words.text("document-away", &args));
        }
        let id = company.people.ids.get(i as u32);
        format!("- {} (`{id}`): {said}", who.name)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The stages of the examples: names and the ids that settings use.
fn stages(words: &Catalogue) -> String {
    let company = company();
    let lines = company
        .pipelines
        .stages
        .iter()
        .enumerate()
        .map(|(i, stage)| {
            let kind = match stage.kind {
                StageKind::Open => "open",
                StageKind::Won => "won",
                StageKind::Lost => "lost",
            };
            let kind = words.text(&format!("document-stage-{kind}"), &[]);
            let id = company.pipelines.stage_ids.get(i as u32);
            format!("- {} (`{id}`): {kind}", stage.name)
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// The company of the examples before anything has happened in it.
fn company() -> History {
    examples::read("").expect("nothing can be read").0
}

/// All about one rule.
pub fn page(rule: &Declaration, lang: Lang) -> String {
    let words = catalogue(lang);
    let word = |id: &str| words.text(id, &[]);
    let section = |out: &mut String, id: &str| push(out, &format!("## {}", word(id)));
    let mut out = generated(words);
    push(&mut out, &format!("# {}", rule.texts.title.get(lang)));
    push(&mut out, &head(rule, words));
    section(&mut out, "document-purpose");
    push(&mut out, rule.texts.purpose.get(lang));
    section(&mut out, "rule-mend");
    push(&mut out, rule.texts.mend.get(lang));
    section(&mut out, "rule-breaks");
    if !rule.examples.settings.is_empty() {
        push(&mut out, &format!("{}:", word("rule-settings")));
        push(&mut out, &code("toml", rule.examples.settings));
    }
    push(&mut out, &example(rule, rule.examples.breaks, lang));
    section(&mut out, "rule-keeps");
    push(&mut out, &example(rule, rule.examples.keeps, lang));
    push(&mut out, &word("document-world-link"));
    section(&mut out, "rule-params");
    push(&mut out, &params(rule, lang));
    let common = [word("rule-common"), word("document-common-link")];
    push(&mut out, &common.join(" "));
    section(&mut out, "document-snippet");
    push(&mut out, &word("document-snippet-about"));
    push(&mut out, &code("toml", &snippet(rule, lang)));
    push(&mut out, &word("document-back"));
    finished(&out)
}

/// The rule as an entry of a regulation: what the example sets where there is no default.
pub fn snippet(rule: &Declaration, lang: Lang) -> String {
    let set = settings(rule);
    let line = |param: &Param| {
        let default = default_value(param.kind);
        let value = match default.as_str() {
            "—" => set.iter().find(|(name, _)| *name == param.name)?.1.clone(),
            _ => default,
        };
        Some((format!("{} = {value}", param.name), param.help.get(lang)))
    };
    let lines: Vec<(String, &str)> = rule.params.iter().filter_map(line).collect();
    let short = |text: &str| text.chars().count();
    let wide = lines.iter().map(|(setting, _)| short(setting)).max();
    let wide = wide.unwrap_or(0).min(40);
    let mut out = format!(
        "[[rule]]\nuse = \"{}\"\nseverity = \"{}\"\n",
        rule.code,
        rule.severity.as_str()
    );
    for (setting, help) in lines {
        let fits = !setting.contains('\n') && short(&setting) + short(help) < 100;
        let _ = match fits {
            true => {
                let gap = wide.saturating_sub(short(&setting));
                writeln!(out, "{setting}{:gap$}  # {help}", "")
            }
            false => writeln!(out, "# {help}\n{setting}"),
        };
    }
    out
}

/// What the examples set, by parameter; a setting may go on over several lines.
fn settings(rule: &Declaration) -> Vec<(&'static str, String)> {
    let mut set: Vec<(&'static str, String)> = Vec::new();
    for line in rule.examples.settings.trim().lines() {
        let param = line
            .split_once('=')
            .and_then(|(name, value)| Some((rule.param(name.trim())?.name, value.trim())));
        match (param, set.last_mut()) {
            (Some((name, value)), _) => set.push((name, value.to_owned())),
            (None, Some((_, last))) => {
                last.push('\n');
                last.push_str(line);
            }
            (None, None) => {}
        }
    }
    set
}

/// The rule at a glance.
fn head(rule: &Declaration, words: &Catalogue) -> String {
    let word = |id: &str| words.text(id, &[]);
    let scope = format!("{:?}", rule.scope()).to_lowercase();
    let rows = [
        ("rules-code", format!("`{}`", rule.code)),
        ("rules-indicator", indicator_title(words, rule.indicator)),
        (
            "document-severity",
            word(&format!("severity-{}", rule.severity.as_str())),
        ),
        ("document-scope", word(&format!("scope-{scope}"))),
    ];
    let lines: Vec<String> = rows
        .iter()
        .map(|(id, value)| format!("- {}: {value}", word(id)))
        .collect();
    lines.join("\n")
}

/// An indicator with its number; rules of one's own belong to none.
pub fn indicator_title(words: &Catalogue, indicator: u8) -> String {
    let title = words.text(&format!("indicator-{indicator}"), &[]);
    match indicator {
        0 => title,
        _ => format!("{indicator}. {title}"),
    }
}

/// The parameters with their defaults, or that there are none.
fn params(rule: &Declaration, lang: Lang) -> String {
    let word = |id: &str| catalogue(lang).text(id, &[]);
    if rule.params.is_empty() {
        return word("document-no-params");
    }
    let header = ["rule-param", "rule-default", "rule-meaning"].map(word);
    let rows = rule.params.iter().map(|param| {
        let default = default_value(param.kind);
        let default = match default.as_str() {
            "—" => default,
            _ => format!("`{default}`"),
        };
        vec![
            format!("`{}`", param.name),
            default,
            param.help.get(lang).to_owned(),
        ]
    });
    table(&header, rows)
}

/// A small history as a table, and what the program says about it.
fn example(rule: &Declaration, text: &str, lang: Lang) -> String {
    let told = told(rule, text, lang);
    let mut out = table(&told.columns, told.rows.into_iter().map(Vec::from));
    let _ = write!(out, "\n\n{}", told.checked);
    for message in &told.messages {
        let _ = write!(out, "\n\n> {}", escaped(message));
    }
    out
}

/// An example in words.
#[derive(Clone, Debug)]
pub struct Example {
    /// The headings: when, deal, event, details.
    pub columns: [String; 4],
    /// What happened.
    pub rows: Vec<[String; 4]>,
    /// When it is checked, and how much is found.
    pub checked: String,
    /// What is found, a sentence each.
    pub messages: Vec<String>,
}

/// One of a rule's two examples in words.
pub fn told(rule: &Declaration, text: &str, lang: Lang) -> Example {
    let regulation = examples::regulation(rule.code, rule.examples.settings)
        .expect("a test reads the settings of every rule");
    let (history, now) = examples::read(text).expect("a test reads the examples of every rule");
    let scene = Scene {
        history: &history,
        regulation: &regulation,
        words: catalogue(lang),
    };
    let findings = Judge::new(&history, &regulation).judge(now, None).findings;
    let now = Value::Text(scene.moment(now).into());
    let checked = scene.words.text("document-checked", &[("now", now)]);
    let said = if findings.is_empty() {
        scene.words.text("document-silent", &[])
    } else {
        let count = Value::Count(findings.len() as i64);
        scene.words.text("document-says", &[("count", count)])
    };
    let speaker = Speaker::new(&history, &regulation, lang);
    Example {
        columns: ["when", "deal", "event", "details"]
            .map(|id| scene.word(&format!("document-{id}"))),
        rows: scene.rows(text),
        checked: format!("{checked} {said}"),
        messages: findings
            .iter()
            .map(|finding| speaker.message(finding))
            .collect(),
    }
}

/// An example and the words to tell it in.
struct Scene<'a> {
    history: &'a History,
    regulation: &'a Regulation,
    words: &'static Catalogue,
}

impl Scene<'_> {
    fn word(&self, id: &str) -> String {
        self.words.text(id, &[])
    }

    /// A moment in the example's zone.
    fn moment(&self, at: Instant) -> String {
        let zone = &self.regulation.versions()[0].zone;
        wording::moment_short(zone.datetime(at), self.words.lang())
    }

    /// The events.
    fn rows(&self, text: &str) -> Vec<[String; 4]> {
        let told = examples::told(text);
        let row = |event: &Told| {
            [
                self.moment(event.at),
                event.deal.clone(),
                self.word(&format!("event-{}", event.kind.as_str())),
                self.details(event),
            ]
        };
        told.iter().map(row).collect()
    }

    /// What came with an event, in words.
    fn details(&self, event: &Told) -> String {
        let parts: Vec<String> = event
            .columns
            .iter()
            .map(|(column, value)| {
                let name = self.column(column, event.kind);
                format!("{name}: {}", self.value(column, value))
            })
            .collect();
        parts.join("; ")
    }

    /// A column by name; some are called otherwise for some kinds of events.
    fn column(&self, column: &str, kind: Kind) -> String {
        let own = format!("column-{column}-{}", kind.as_str());
        match self.words.has(&own) {
            true => self.word(&own),
            false => self.word(&format!("column-{column}")),
        }
    }

    /// A value as people read it: names in the place of ids.
    fn value(&self, column: &str, value: &str) -> String {
        if value.is_empty() {
            return self.word("column-nothing");
        }
        let named = match column {
            "stage" => self.stage(value),
            "employee" | "actor" => self.person(value),
            "due" => examples::deadline(value).map(|at| self.moment(at)),
            "text" => Some(format!("«{value}»")),
            _ => None,
        };
        named.unwrap_or_else(|| value.to_owned())
    }

    fn stage(&self, id: &str) -> Option<String> {
        let stage = StageId(self.history.pipelines.stage_ids.find(id)?);
        Some(self.history.pipelines.stage_name(stage).to_owned())
    }

    fn person(&self, id: &str) -> Option<String> {
        let person = EmployeeId(self.history.people.ids.find(id)?);
        Some(self.history.people.name(person).to_owned())
    }
}

/// The mark that a page is not to be edited.
fn generated(words: &Catalogue) -> String {
    format!("<!-- {} -->\n\n", words.text("document-generated", &[]))
}

/// Adds a block and the empty line after it.
fn push(out: &mut String, block: &str) {
    out.push_str(block.trim());
    out.push_str("\n\n");
}

/// A page as it is stored: plain spaces, one line end at its end.
fn finished(page: &str) -> String {
    format!("{}\n", plain_spaces(page.trim_end()))
}

fn code(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```", text.trim())
}

fn table(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines = vec![line(header), format!("|{}", " --- |".repeat(header.len()))];
    lines.extend(rows.map(|row| line(&row)));
    lines.join("\n")
}

/// A text that may stand in a cell or a sentence of Markdown.
fn escaped(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}
