//! The regulation that everybody begins with.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::examples;
use audit::regulation::{READY, Severity, Version, describe, ready, starter};
use audit::rules::RULES;
use wording::{Lang, plain_spaces};

fn version(lang: Lang) -> Version {
    Version::parse(starter(lang), "starter.toml").unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The starter with everything that is commented out put in force.
fn with_examples(lang: Lang) -> String {
    let mut text = String::new();
    // Prose is what stands before the first setting; after that it never has the form of one.
    let (prose, settings) = starter(lang).split_once("\nname = ").unwrap();
    assert!(
        prose
            .lines()
            .all(|line| line.is_empty() || line.starts_with('#'))
    );
    for line in format!("name = {settings}").lines() {
        let setting = line.strip_prefix("# ").filter(|rest| {
            rest.starts_with('[')
                || rest
                    .split_once(" = ")
                    .is_some_and(|(key, _)| !key.contains(' '))
        });
        text.push_str(setting.unwrap_or(line));
        text.push('\n');
    }
    text
}

#[test]
fn it_has_no_mistakes_and_no_surprises() {
    for lang in Lang::ALL {
        let version = version(lang);
        assert!(version.notes.is_empty());
        assert_eq!(version.language, lang);
        assert!(!version.name.is_empty());
    }
}

#[test]
fn it_demands_the_same_in_both_languages() {
    let (ru, en) = (version(Lang::Ru), version(Lang::En));
    for lang in Lang::ALL {
        // All lines but the name.
        assert_eq!(describe(&ru, lang)[1..], describe(&en, lang)[1..]);
    }
}

#[test]
fn it_demands_this() {
    insta::assert_snapshot!(plain_spaces(
        &describe(&version(Lang::Ru), Lang::Ru).join("\n")
    ));
}

#[test]
fn it_names_nothing_that_a_history_may_lack() {
    // A history of nobody and nothing, in which every id is unknown.
    let version = version(Lang::Ru);
    let (history, _) = examples::read("2 10:00 d1 created stage=new").unwrap();
    assert!(version.misfits(&history).is_empty());
    for entry in &version.entries {
        assert!(entry.pipelines.is_none() && entry.stages.is_none() && entry.roles.is_none());
    }
    assert!(version.robots.is_empty() && version.shifts.is_empty());
}

#[test]
fn it_covers_all_ten_indicators_and_names_every_rule() {
    for lang in Lang::ALL {
        let all = with_examples(lang);
        let all = Version::parse(&all, "examples.toml").unwrap_or_else(|error| panic!("{error}"));
        let used: Vec<&str> = all.entries.iter().map(|entry| entry.rule.code).collect();
        let known: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        let missing: Vec<_> = known.iter().filter(|code| !used.contains(code)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let indicators = all.entries.iter().map(|entry| entry.rule.indicator);
        assert!(indicators.clone().is_sorted());
        for indicator in 1..=10 {
            assert!(
                indicators.clone().any(|own| own == indicator),
                "{indicator}"
            );
            assert!(
                starter(lang).contains(&format!("\n# {indicator}. ")),
                "{indicator}"
            );
        }
        // What is commented out shows something of every kind.
        assert_eq!(all.shifts.len(), 1);
        assert_eq!(all.calendar.exceptions.len(), 1);
        assert_eq!(all.robots.len(), 1);
        assert!(all.effective.is_some());
    }
}

#[test]
fn it_keeps_the_severities_of_the_rules() {
    let changed = |lang| {
        version(lang)
            .entries
            .into_iter()
            .filter(|entry| entry.severity != entry.rule.severity)
            .count()
    };
    assert_eq!(Lang::ALL.map(changed), [0, 0]);
    let gross = version(Lang::Ru)
        .entries
        .into_iter()
        .filter(|entry| entry.severity == Severity::Gross)
        .count();
    assert_eq!(gross, 4);
}

#[test]
fn its_lines_fit_a_window() {
    for lang in Lang::ALL {
        for line in starter(lang).lines() {
            assert!(line.chars().count() <= 110, "{line}");
            assert_eq!(line.trim_end(), line);
        }
    }
}

/// Every file in `regulations/`: its name and its text.
fn all_files() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../regulations");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_regulation_that_comes_along_is_without_mistakes() {
    let files = all_files();
    assert_eq!(files.len(), READY.len() + Lang::ALL.len());
    for (name, text) in files {
        let version = Version::parse(&text, &name).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert!(!version.name.is_empty(), "{name}");
        assert!(!version.entries.is_empty(), "{name}");
        let surprises: Vec<_> = version.notes.iter().map(|note| &note.what).collect();
        assert!(surprises.is_empty(), "{name}: {surprises:?}");
    }
}

#[test]
fn every_entry_gives_its_reason() {
    for (name, text) in all_files() {
        let commented = |line: &str| line.split_once("# ").is_some_and(|(_, why)| why.len() > 10);
        for line in text.lines().filter(|line| line.starts_with("use = ")) {
            assert!(commented(line), "{name}: {line}");
        }
        if name.starts_with("starter") {
            continue;
        }
        // A ready regulation says it of each setting of an entry.
        let mut in_rule = false;
        for line in text.lines() {
            if line.starts_with('[') {
                in_rule = line == "[[rule]]" || line.starts_with("[rule.");
            } else if in_rule && line.contains(" = ") && !line.starts_with('#') {
                assert!(commented(line), "{name}: {line}");
            }
        }
    }
}

#[test]
fn ready_regulations_are_found_by_name() {
    for (name, text) in READY {
        assert_eq!(ready(name, Lang::En), Some(*text));
        // The head says whom it is for, before the first setting.
        let (head, _) = text.split_once("\nname = ").unwrap();
        assert!(head.lines().count() > 3, "{name}");
        assert!(
            head.lines()
                .all(|line| line.is_empty() || line.starts_with('#'))
        );
    }
    for lang in Lang::ALL {
        assert_eq!(ready("starter", lang), Some(starter(lang)));
    }
    assert_eq!(ready("reon", Lang::Ru), None);
}
