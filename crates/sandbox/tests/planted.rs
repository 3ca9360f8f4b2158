//! The company without faults but the planted ones: equal everywhere, whole, with every kind.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;

use history::write::Format;
use sandbox::SandboxError;
use sandbox::planted::{Options, write};

#[test]
fn the_same_faults_from_the_same_seed() {
    let made = |seed| {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            seed,
            ..Options::default()
        };
        let planted = write(folder.path(), &options, Format::Csv).unwrap();
        let history = support::read(folder.path());
        support::check_timelines(&history);
        support::check_names(&history);
        let list = std::fs::read_to_string(folder.path().join("planted.csv")).unwrap();
        assert_eq!(list.lines().count(), planted.faults.len() + 1);
        (support::hash(folder.path()), list)
    };
    assert_eq!(made(1), made(1));
    assert_ne!(made(1), made(2));
}

#[test]
fn every_kind_is_planted_and_has_its_time_within_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let planted = write(folder.path(), &Options::default(), Format::Csv).unwrap();
    assert_eq!(planted.summary.deals, 2_000);
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for fault in &planted.faults {
        *kinds.entry(fault.kind).or_default() += 1;
        assert!(
            fault.at <= fault.by && fault.by <= planted.until,
            "{fault:?}"
        );
    }
    assert_eq!(kinds.len(), 36, "{kinds:?}");
}

#[test]
fn too_many_deals_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        deals: 1_000_000,
        ..Options::default()
    };
    let refused = write(folder.path(), &options, Format::Csv);
    assert!(matches!(refused, Err(SandboxError::TooManyDeals { .. })));
}
