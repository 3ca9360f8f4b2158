//! What several tests need.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use history::write::Format;
use import::{Mapping, Report};
use tempfile::TempDir;

/// A file of the shared data, if it is there; prints that the test was left out otherwise.
pub fn data(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    println!("left out: {} is not there", path.display());
    None
}

/// What an import made.
pub struct Imported {
    pub report: Report,
    pub history: history::History,
    pub folder: TempDir,
}

/// Imports files by the text of a mapping and reads the history back.
pub fn import(mapping: &str, files: &[PathBuf]) -> Imported {
    let mapping = Mapping::parse(mapping, "test.toml").expect("a mapping");
    import_by(&mapping, files)
}

/// Imports files and reads the history back.
pub fn import_by(mapping: &Mapping, files: &[PathBuf]) -> Imported {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("history");
    let report = import::run(mapping, files, &out, Format::Csv, None).expect("an import");
    println!("{report}");
    check_rows(&report);
    let options = history::read::Options::default();
    let history = history::read::read_folder(&out, &options).expect("a history");
    assert_eq!(
        history.timelines.events() as u64 + history.loose.len() as u64,
        report.events_written()
    );
    for problem in history.problems.kept() {
        println!("{problem}");
    }
    Imported {
        report,
        history,
        folder,
    }
}

/// Every row is placed, left out on purpose, or not placed; and what is not placed has a
/// problem that says why.
pub fn check_rows(report: &Report) {
    for file in &report.files {
        let all = file.used + file.set_aside + file.dropped;
        if file.source.is_some() && !file.reference {
            assert_eq!(all, file.rows, "{}", file.file);
        }
        if file.dropped > 0 {
            let told = report
                .problems
                .iter()
                .filter(|group| group.file == file.file);
            let told: u64 = told
                .filter(|group| group.effect != import::Effect::Kept)
                .map(|group| group.count)
                .sum();
            assert!(
                told >= file.dropped,
                "{}: {told} of {}",
                file.file,
                file.dropped
            );
        }
    }
}

/// Writes a file into a folder.
pub fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    path
}
