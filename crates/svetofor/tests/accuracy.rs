//! The table of the audit's accuracy is what the program prints today, and no worse.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::process::Command;

fn table(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svetofor"));
    command.args(["sandbox", "check", "--markdown", "--lang", "en"]);
    let ran = command.args(args).output().unwrap();
    assert!(ran.status.success());
    String::from_utf8(ran.stdout).unwrap()
}

/// Planted, found, found and planted, of each rule that has any.
fn figures(table: &str) -> Vec<(String, [u64; 3])> {
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = rows.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    cells
        .map(|cells| {
            let number = |place: usize| cells[place].parse().unwrap();
            (cells[1].to_owned(), [number(2), number(3), number(4)])
        })
        .collect()
}

#[test]
fn the_table_in_the_docs_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules/accuracy.md");
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        kept,
        table(&[]),
        "run: svetofor sandbox check --markdown --lang en > docs/rules/accuracy.md"
    );
}

#[test]
fn whatever_the_seed_all_that_is_planted_is_found_and_nothing_else() {
    for seed in ["2", "3", "4"] {
        for (rule, [planted, found, hits]) in figures(&table(&["--seed", seed])) {
            assert_eq!((planted, found), (hits, hits), "{rule}, seed {seed}");
        }
    }
}
