//! `svetofor sandbox`.

use crate::support::{run, text};

#[test]
fn the_sandbox_makes_the_same_from_the_same_number() {
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, seed: &str, format: &str| {
        let out = folder.path().join(name);
        let args = [
            "sandbox", "history", "--deals", "50", "--seed", seed, "--format", format, "--out",
        ];
        run(&[&args[..], &[text(&out)]].concat()).well();
        let mut files: Vec<_> = std::fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
            .into_iter()
            .map(|file| std::fs::read(file).unwrap())
            .collect::<Vec<_>>()
    };
    for format in ["csv", "jsonl", "parquet"] {
        let first = made(&format!("{format}-1"), "7", format);
        assert_eq!(first, made(&format!("{format}-2"), "7", format), "{format}");
        assert_ne!(first, made(&format!("{format}-3"), "8", format), "{format}");
    }
    // What is there already is not overwritten.
    let taken = folder.path().join("csv-1");
    run(&["sandbox", "history", "--out", text(&taken)]).refused(&["csv-1"]);
    // The three forms are one history.
    let findings = |name: &str| {
        run(&[
            "audit",
            text(&folder.path().join(name)),
            "--format",
            "jsonl",
        ])
        .well()
        .out
    };
    let csv = findings("csv-1");
    assert_eq!(csv, findings("jsonl-1"));
    assert_eq!(csv, findings("parquet-1"));
}
