//! The pages in `docs/rules` say what the declarations say. `UPDATE_DOCS=1` writes them anew.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use audit::document;
use audit::examples;
use audit::rules::RULES;
use wording::Lang;

fn folder(lang: Lang) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/rules")
        .join(lang.code())
}

/// Writes all pages, and removes those of rules that are no more.
fn write(lang: Lang) {
    let folder = folder(lang);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in document::pages(lang) {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// The names of the files that are not what they should be.
fn stale(lang: Lang) -> Vec<String> {
    let folder = folder(lang);
    let pages = document::pages(lang);
    let known: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    let differs = |(name, text): &&(String, String)| {
        let stored = fs::read_to_string(folder.join(name)).unwrap_or_default();
        stored.replace("\r\n", "\n") != *text
    };
    let mut stale: Vec<String> = pages
        .iter()
        .filter(differs)
        .map(|(name, _)| name.clone())
        .collect();
    let stored = fs::read_dir(&folder).into_iter().flatten();
    let names = stored.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    stale.extend(names.filter(|name| !known.contains(name.as_str())));
    stale
}

#[test]
fn the_pages_are_those_of_the_declarations() {
    if std::env::var("UPDATE_DOCS").is_ok_and(|value| value == "1") {
        Lang::ALL.into_iter().for_each(write);
    }
    for lang in Lang::ALL {
        let stale = stale(lang);
        assert!(
            stale.is_empty(),
            "docs/rules/{lang}: {stale:?} differ from the declarations; renew them: \
             UPDATE_DOCS=1 cargo test -p audit --test documents"
        );
    }
}

#[test]
fn every_page_is_whole() {
    for lang in Lang::ALL {
        for (name, text) in document::pages(lang) {
            // What a catalogue has no words for stands in such brackets.
            assert!(!text.contains('⟨'), "{name}: {text}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
        }
        for rule in RULES {
            let page = document::page(rule, lang);
            assert!(page.contains(rule.texts.purpose.get(lang)), "{}", rule.code);
            // The breaking example is answered, the keeping one is not.
            assert!(page.contains("\n> "), "{}", rule.code);
            let silence = audit::message::catalogue(lang).text("document-silent", &[]);
            assert_eq!(page.matches(&silence).count(), 1, "{}", rule.code);
        }
    }
}

#[test]
fn every_snippet_is_an_entry() {
    for lang in Lang::ALL {
        for rule in RULES {
            let snippet = document::snippet(rule, lang);
            let text = format!("{}\n{snippet}", examples::REGULATION);
            let version = audit::regulation::Version::parse(&text, "snippet.toml")
                .unwrap_or_else(|mistakes| panic!("{}: {mistakes}\n{snippet}", rule.code));
            assert_eq!(version.entries.len(), 1, "{}", rule.code);
            assert_eq!(version.entries[0].severity, rule.severity);
        }
    }
}
