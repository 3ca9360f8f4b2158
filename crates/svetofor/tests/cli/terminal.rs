//! What may and what may not reach the terminal.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Case, REGULATION, command, harmless, message, run, text};

#[test]
fn the_language_is_switched() {
    let case = Case::new();
    let (ru, en) = (case.audit(&[]).well(), case.audit(&["--lang", "en"]).well());
    for (lang, ran) in [("ru", &ru), ("en", &en)] {
        assert!(
            ran.out.contains(message(lang, "table-lights")),
            "{}",
            ran.out
        );
    }
    let messages = |lang: &str| {
        let said = |finding: &Value| finding["message"].as_str().unwrap().to_owned();
        case.findings(&["--lang", lang])
            .iter()
            .map(said)
            .collect::<Vec<_>>()
    };
    // Of foreign words there are only those of the data.
    let plain = |message: &String| message.replace("Окна — Иванова", "");
    assert!(
        messages("en")
            .iter()
            .any(|it| !plain(it).contains(|c| ('а'..='я').contains(&c)))
    );
    assert!(
        messages("ru")
            .iter()
            .all(|it| it.contains(|c| ('а'..='я').contains(&c)))
    );
    let (ru, en) = (run(&["rules"]).well(), run(&["rules", "--lang=en"]).well());
    assert_ne!(ru.out, en.out);
    let help = run(&["--lang", "en", "audit", "--help"]).well();
    assert!(
        help.out.contains(message("en", "help-audit-history")),
        "{}",
        help.out
    );
}

/// Somebody reads a line, or nothing at all, and goes.
#[test]
fn a_closed_pipe_is_no_failure() {
    let made = tempfile::tempdir().unwrap();
    let (history, starter) = (
        made.path().join("history"),
        made.path().join("starter.toml"),
    );
    run(&[
        "sandbox",
        "history",
        "--deals",
        "300",
        "--out",
        text(&history),
    ])
    .well();
    run(&["regulation", "new", text(&starter)]).well();
    let (fresh, new) = (made.path().join("fresh.toml"), made.path().join("new"));
    let commands: [&[&str]; 8] = [
        &["audit", text(&history), "--format", "jsonl"],
        &["audit", text(&history)],
        &["demo"],
        &["rules"],
        &["rule", "first-response"],
        &["regulation", "check", text(&starter)],
        &["regulation", "new", text(&fresh)],
        &["sandbox", "history", "--deals", "5", "--out", text(&new)],
    ];
    for args in commands {
        for close_errors in [false, true] {
            let _ = std::fs::remove_file(&fresh);
            let _ = std::fs::remove_dir_all(&new);
            let mut child = command(args)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let mut err = String::new();
            if close_errors {
                drop(child.stderr.take());
            } else {
                let mut errors = child.stderr.take().unwrap();
                errors.read_to_string(&mut err).unwrap();
            }
            let code = child.wait().unwrap().code();
            assert_eq!(
                code,
                Some(0),
                "{args:?}, errors closed: {close_errors}: {err}"
            );
            assert!(!err.contains("panicked"), "{args:?}: {err}");
        }
    }
}

#[test]
fn hostile_texts_never_reach_the_terminal() {
    const EVIL: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31mплохо\u{202e}\u{2066}\u{200b}\u{8}\r";
    let quoted = format!("\"{EVIL}\nx\"");
    let events = format!(
        "deal,at,kind,actor,stage,employee,text,amount\n\
         {quoted},2026-03-02T10:00:00+03:00,created,,new,anna,{quoted},5\n\
         d2,2026-03-02T10:00:00+03:00,created,,{quoted},{quoted},,\n\
         d3,{EVIL},created,,new,anna,,\n\
         d4,2026-03-02T10:00:00+03:00,{EVIL},,new,anna,,\n\
         d5,2026-03-09T10:00:00+03:00,note_added,anna,,,,\n"
    );
    let case = Case::new()
        .put("account.json", &serde_json::json!({"name": EVIL, "timezone": "UTC", "currency": EVIL}).to_string())
        .put("groups.csv", &format!("id,name\nnorth,{quoted}\n{quoted},\n"))
        .put("employees.csv", &format!("id,name,group,shift\nanna,{quoted},north,{quoted}\nboris,,{quoted},\n{quoted},,north,\n"))
        .put("stages.csv", &format!("pipeline,pipeline_name,stage,stage_name,kind,{quoted}\nsales,{quoted},new,{quoted},open\n"))
        .put("events.csv", &events)
        .put(
            "regulation.toml",
            &format!("{}[[rule]]\nuse = \"deal-title\"\nname = {}\npattern = \"x\"\n", REGULATION.replace("\"Проба\"", &toml(EVIL)), toml(EVIL)),
        );
    for lang in ["ru", "en"] {
        let ran = case.audit(&["--lang", lang]).well();
        assert!(ran.out.contains("плохо"));
        harmless(&ran.out);
        harmless(&ran.err);
        // Every row of a table is one line.
        assert!(
            !ran.out.lines().any(|line| line.starts_with('x')),
            "{}",
            ran.out
        );
    }
    let ran = case.audit(&["--now", EVIL]);
    harmless(&ran.err);
    harmless(&run(&["rule", EVIL]).err);
    harmless(&run(&["audit", EVIL]).err);
    harmless(&run(&["regulation", "check", EVIL]).err);
    harmless(&run(&["regulation", "new", text(&case.path(EVIL).join(EVIL))]).err);

    // Mistakes are shown with the line that they stand in.
    let path = case.path("evil.toml");
    for source in [
        format!("timezone = {}\n", toml(EVIL)),
        format!("timezone = \"UTC\" # {EVIL}\nx = 1\n"),
        format!("{} = 1\n", toml(EVIL)),
        format!("timezone = \"UTC\"\n[[rule]]\nuse = {}\n", toml(EVIL)),
        "timezone = \"\u{202e}\"\n".to_owned(),
    ] {
        std::fs::write(&path, &source).unwrap();
        let ran = run(&["regulation", "check", text(&path)]).refused(&["evil.toml:"]);
        harmless(&ran.err);
    }
    let good = format!(
        "name = {}\ntimezone = \"UTC\"\n[[rule]]\nuse = \"no-open-task\"\nname = {}\n",
        toml(EVIL),
        toml(EVIL)
    );
    std::fs::write(&path, good).unwrap();
    harmless(&run(&["regulation", "check", text(&path)]).well().out);
}

/// A text as TOML writes it.
fn toml(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        if c.is_control() {
            out.push_str(&format!("\\u{:04X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out + "\""
}
