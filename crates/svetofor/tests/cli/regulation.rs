//! `svetofor regulation`, `rules` and `rule`.

use std::path::Path;

use tempfile::TempDir;

use crate::support::{Case, REGULATION, run, text};

#[test]
fn mistakes_of_a_regulation_have_their_places() {
    let case = Case::new().put(
        "regulation.toml",
        &format!("{REGULATION}[[rule]]\nuse = \"missed-call\"\nlimitt = \"15m\"\nseverity = \"violence\"\n"),
    );
    let line = REGULATION.lines().count() + 3;
    let places = [
        format!("regulation.toml:{line}:1: "),
        format!("regulation.toml:{}:12: ", line + 1),
    ];
    let words = [
        places[0].as_str(),
        &places[1],
        "limitt",
        "limit",
        "violation",
    ];
    case.audit(&[]).refused(&words);
    let path = case.path("regulation.toml");
    run(&["regulation", "check", text(&path)]).refused(&words);
    let english = run(&["--lang", "en", "regulation", "check", text(&path)]);
    english.refused(&[&places[0], "`limitt`", "`limit`"]);
}

#[test]
fn a_regulation_must_fit_its_history() {
    let case = Case::new().put(
        "regulation.toml",
        &REGULATION.replacen(
            "use = \"no-open-task\"",
            "use = \"no-open-task\"\nstages = [\"nev\"]",
            1,
        ),
    );
    case.audit(&[])
        .refused(&["regulation.toml:14:11: ", "nev", "new"]);
    let path = case.path("regulation.toml");
    run(&["regulation", "check", text(&path)]).well();
    run(&[
        "regulation",
        "check",
        text(&path),
        "--history",
        text(case.folder.path()),
    ])
    .refused(&["regulation.toml:14:11: "]);
}

#[test]
fn a_folder_of_versions_is_a_regulation() {
    let case = Case::new();
    let folder = case.path("versions");
    std::fs::create_dir(&folder).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    put("a.toml", REGULATION);
    put(
        "b.toml",
        &format!("effective = \"2026-03-03\"\n{REGULATION}severity = \"gross\"\n"),
    );
    put("notes.txt", "no regulation");
    let audit = |folder: &Path| {
        run(&[
            "audit",
            text(case.folder.path()),
            "--regulation",
            text(folder),
            "--format",
            "jsonl",
        ])
    };
    let ran = audit(&folder).well();
    for line in ran.out.lines().filter(|line| line.contains("\"crm-time\"")) {
        // The day of the 2nd ends on the 3rd, and is judged by the version of the 2nd.
        let grave = !line.contains("\"at\":\"2026-03-02T21:00:00.000Z\"");
        assert_eq!(line.contains("\"gross\""), grave, "{line}");
    }
    put("c.toml", &format!("effective = 2026-03-03\n{REGULATION}"));
    audit(&folder).refused(&["b.toml", "c.toml"]);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(audit(&folder).code, Some(2));
}

#[test]
fn a_new_regulation_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    for lang in ["ru", "en"] {
        let ran = run(&["regulation", "new", text(&path), "--lang", lang]).well();
        assert!(ran.out.contains(text(&path)), "{}", ran.out);
        run(&["regulation", "check", text(&path), "--lang", lang]).well();
        std::fs::write(&path, "mine").unwrap();
        run(&["regulation", "new", text(&path)]).refused(&["own.toml"]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        std::fs::remove_file(&path).unwrap();
    }
    run(&[
        "regulation",
        "new",
        text(&folder.path().join("no/such.toml")),
    ])
    .refused(&["such.toml"]);
}

#[test]
fn rules_are_listed_and_explained() {
    let ran = run(&["rules"]).well();
    for rule in audit::rules::RULES {
        assert!(ran.out.contains(rule.code), "{}", rule.code);
        for lang in ["ru", "en"] {
            let ran = run(&["rule", rule.code, "--lang", lang]).well();
            assert!(
                ran.out.starts_with(rule.code) && !ran.out.contains('⟨'),
                "{}",
                ran.out
            );
            for param in rule.params {
                assert!(
                    ran.out.contains(param.name),
                    "{} of {}",
                    param.name,
                    rule.code
                );
            }
        }
    }
    run(&["rule", "first-respons"]).refused(&["first-respons", "first-response"]);
    run(&["rule", "zzz"]).refused(&["zzz"]);
}

#[test]
fn a_regulation_is_chosen_by_name() {
    let dir = TempDir::new().unwrap();
    let help = run(&["regulation", "new", "--help"]).well().out;
    let names = std::iter::once("starter").chain(audit::regulation::READY.iter().map(|(n, _)| *n));
    for name in names {
        assert!(help.contains(name), "{name}: {help}");
        let file = dir.path().join(format!("{name}.toml"));
        run(&["regulation", "new", "--starter", name, text(&file)]).well();
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            Some(written.as_str()),
            audit::regulation::ready(name, wording::Lang::Ru)
        );
        let checked = run(&["regulation", "check", text(&file)]).well();
        assert!(!checked.out.is_empty());
    }
    let file = dir.path().join("other.toml");
    let asked = ["regulation", "new", "--starter", "zolotarev", text(&file)];
    run(&asked).refused(&["zolotarev", "synergy-association"]);
    let asked = [
        "regulation",
        "new",
        "--starter",
        "zolotarev-workshp",
        text(&file),
    ];
    run(&asked).refused(&["«zolotarev-workshop»?"]);
    assert!(!file.exists());
}
