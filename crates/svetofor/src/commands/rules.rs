//! `svetofor rules` and `svetofor rule CODE`.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Result, bail};
use audit::message::catalogue as words;
use audit::rules::{Declaration, RULES, find};
use wording::Lang;

use crate::cli;
use crate::output::plain_table;
use crate::say::{self, foreign};

/// Lists the rules.
pub fn list(lang: Lang) -> Result<ExitCode> {
    let word = |id| words(lang).text(id, &[]);
    let header = [
        word("rules-indicator"),
        word("rules-code"),
        word("rules-title"),
        word("rules-severity"),
    ];
    let mut table = plain_table(&header, &[0]);
    for rule in RULES {
        table.add_row([
            rule.indicator.to_string(),
            rule.code.to_owned(),
            rule.texts.title.get(lang).to_owned(),
            severity(rule, lang),
        ]);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{table}\n\n{}", say::text(lang, "rules-more", &[]))?;
    Ok(ExitCode::SUCCESS)
}

fn severity(rule: &Declaration, lang: Lang) -> String {
    say::text(lang, &format!("severity-{}", rule.severity.as_str()), &[])
}

/// Explains a rule.
pub fn show(args: &cli::Rule, lang: Lang) -> Result<ExitCode> {
    let Some(rule) = find(&args.code) else {
        let known = RULES.iter().map(|rule| rule.code);
        let near = audit::regulation::nearest(&args.code, known);
        let mut said = say::text(lang, "rule-unknown", &[("code", foreign(&args.code))]);
        if let Some(near) = near {
            said = format!(
                "{said} {}",
                say::text(lang, "rule-nearest", &[("nearest", foreign(&near))])
            );
        }
        bail!(said);
    };
    let word = |id| words(lang).text(id, &[]);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} — {}", rule.code, rule.texts.title.get(lang))?;
    writeln!(out, "{}: {}", word("rules-indicator"), rule.indicator)?;
    writeln!(
        out,
        "{}: {}\n",
        word("rules-severity"),
        severity(rule, lang)
    )?;
    writeln!(out, "{}\n", rule.texts.purpose.get(lang))?;
    writeln!(
        out,
        "{}\n{}\n",
        word("rule-mend"),
        rule.texts.mend.get(lang)
    )?;
    if !rule.params.is_empty() {
        let mut table = plain_table(
            &[
                word("rule-param"),
                word("rule-default"),
                word("rule-meaning"),
            ],
            &[],
        );
        for param in rule.params {
            let default = audit::message::default_value(param.kind);
            table.add_row([
                param.name.to_owned(),
                default,
                param.help.get(lang).to_owned(),
            ]);
        }
        writeln!(out, "{}\n{table}\n", word("rule-params"))?;
    }
    writeln!(out, "{}\n", word("rule-common"))?;
    let examples = &rule.examples;
    if !examples.settings.is_empty() {
        writeln!(
            out,
            "{}\n{}\n",
            word("rule-settings"),
            indent(examples.settings)
        )?;
    }
    writeln!(
        out,
        "{}\n{}\n",
        word("rule-breaks"),
        indent(examples.breaks)
    )?;
    writeln!(
        out,
        "{}\n{}\n\n{}",
        word("rule-keeps"),
        indent(examples.keeps),
        say::text(lang, "rule-language", &[])
    )?;
    Ok(ExitCode::SUCCESS)
}

fn indent(text: &str) -> String {
    let lines: Vec<String> = text
        .trim()
        .lines()
        .map(|line| format!("    {}", line.trim()))
        .collect();
    lines.join("\n")
}
