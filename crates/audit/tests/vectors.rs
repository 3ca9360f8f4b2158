//! Histories with the findings that an independent implementation expects of them.
//!
//! They stand beside the repository; where they are absent the test says so.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use audit::judge::Judge;
use audit::regulation::{Regulation, Version};
use history::read::{Options, parse_instant, read_folder};

type Key = (String, String, String, String, String, String, String);

fn vectors() -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    Some(folders)
}

fn instant(at: i64) -> String {
    format!("{:.3}", jiff::Timestamp::from_millisecond(at).unwrap())
}

fn found(folder: &Path) -> Vec<Key> {
    let history = read_folder(folder, &Options::default()).unwrap();
    let text = std::fs::read_to_string(folder.join("regulation.toml")).unwrap();
    let version =
        Version::parse(&text, "regulation.toml").unwrap_or_else(|error| panic!("{error}"));
    let regulation = Regulation::new(vec![version]).unwrap();
    let now = std::fs::read_to_string(folder.join("now.txt")).unwrap();
    let judge = Judge::new(&history, &regulation);
    let verdict = judge.judge(parse_instant(&now).unwrap(), None);
    let entry =
        |finding: &audit::judge::Finding| &regulation.versions()[0].entries[finding.entry as usize];
    verdict
        .findings
        .iter()
        .map(|finding| {
            (
                entry(finding).name.clone(),
                history.deals.get(finding.deal.0).to_owned(),
                history.people.ids.get(finding.employee.0).to_owned(),
                history.pipelines.stage_ids.get(finding.stage.0).to_owned(),
                instant(finding.at),
                finding.until.map(instant).unwrap_or_default(),
                entry(finding).severity.as_str().to_owned(),
            )
        })
        .collect()
}

fn expected(folder: &Path) -> Vec<Key> {
    let text = std::fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let read = |line: &str| {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let get = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        (
            get("rule"),
            get("deal"),
            get("employee"),
            get("stage"),
            get("at"),
            get("until"),
            get("severity"),
        )
    };
    text.lines().map(read).collect()
}

#[test]
fn every_finding_agrees_with_the_independent_implementation() {
    let Some(folders) = vectors() else {
        println!("left out: ../shared/vectors is not there");
        return;
    };
    let mut wrong = Vec::new();
    for folder in &folders {
        let mut balance: BTreeMap<Key, i32> = BTreeMap::new();
        found(folder)
            .into_iter()
            .for_each(|key| *balance.entry(key).or_default() += 1);
        expected(folder)
            .into_iter()
            .for_each(|key| *balance.entry(key).or_default() -= 1);
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        for (key, count) in balance.into_iter().filter(|(_, count)| *count != 0) {
            wrong.push(format!(
                "{name} {} {key:?}",
                if count > 0 { "extra" } else { "missing" }
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} findings differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(folders.len(), 40);
}
