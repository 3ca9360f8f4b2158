//! The large history: equal everywhere, whole, in order, and in the promised proportions.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod support;

use std::cell::Cell;
use std::path::Path;

use history::write::Format;
use history::{History, Kind, StageKind};
use sandbox::bulk::{BulkOptions, write};
use sandbox::{SandboxError, Summary};

fn make(folder: &Path, deals: u64, seed: u64, format: Format) -> Summary {
    write(folder, &BulkOptions::new(deals, seed), format, None).unwrap()
}

#[test]
fn the_same_bytes_on_every_machine() {
    let first = tempfile::tempdir().unwrap();
    make(first.path(), 300, 7, Format::Csv);
    assert_eq!(support::hash(first.path()), 13_883_907_485_271_730_482);
    let other = tempfile::tempdir().unwrap();
    make(other.path(), 300, 8, Format::Csv);
    assert_ne!(support::hash(first.path()), support::hash(other.path()));
}

#[test]
fn all_forms_say_the_same_and_read_back_whole() {
    let mut counts = Vec::new();
    for format in [Format::Csv, Format::Jsonl, Format::Parquet] {
        let folder = tempfile::tempdir().unwrap();
        let summary = make(folder.path(), 400, 1, format);
        let history = support::read(folder.path());
        support::check_timelines(&history);
        support::check_names(&history);
        // Clients that leave belong to no deal.
        let of_deals = summary.events - summary.count(Kind::ClientLeft);
        assert_eq!(history.timelines.events() as u64, of_deals);
        counts.push(summary);
    }
    assert_eq!(counts[0], counts[1]);
    assert_eq!(counts[0], counts[2]);
}

#[test]
fn stands_in_order_of_time() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 1_000, 3, Format::Csv);
    let text = std::fs::read_to_string(folder.path().join("events.csv")).unwrap();
    let instants: Vec<&str> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap())
        .collect();
    assert!(instants.is_sorted());
    assert!(instants[0] < "2025-01-02" && *instants.last().unwrap() > "2025-12-29");
}

#[test]
fn keeps_its_proportions() {
    let folder = tempfile::tempdir().unwrap();
    let summary = make(folder.path(), 20_000, 5, Format::Parquet);
    assert_eq!((summary.deals, summary.employees), (20_000, 200));
    let per_deal = |kind| summary.count(kind) as f64 / summary.deals as f64;
    let all = summary.events as f64 / summary.deals as f64;
    assert!((18.0..23.0).contains(&all), "{all} events a deal");
    for kind in Kind::ALL {
        assert!(summary.count(*kind) > 0, "{kind:?} never occurs");
    }
    for (kind, least, most) in [
        (Kind::TaskAdded, 3.0, 5.0),
        (Kind::TaskMoved, 0.1, 0.5),
        (Kind::CallOut, 1.5, 3.0),
        (Kind::CallIn, 0.3, 0.8),
        (Kind::NoteAdded, 1.2, 2.5),
        (Kind::ResponsibleChanged, 0.05, 0.2),
        (Kind::LossReasonSet, 0.35, 0.55),
    ] {
        let share = per_deal(kind);
        assert!((least..most).contains(&share), "{kind:?}: {share}");
    }
    let history = support::read(folder.path());
    check_ends(&history);
    check_texts(&history);
}

fn check_ends(history: &History) {
    let mut ends = [0.0; 3];
    for timeline in history.timelines.iter() {
        let moves = timeline
            .iter()
            .filter(|event| matches!(event.kind, Kind::Created | Kind::StageChanged));
        if let Some(last) = moves.last() {
            ends[history.pipelines.kind(last.stage()) as usize] += 1.0 / 20_000.0;
        }
    }
    let share = |kind: StageKind| ends[kind as usize];
    assert!((0.25..0.35).contains(&share(StageKind::Won)), "{ends:?}");
    assert!((0.45..0.57).contains(&share(StageKind::Lost)), "{ends:?}");
    assert!((0.12..0.28).contains(&share(StageKind::Open)), "{ends:?}");
}

fn check_texts(history: &History) {
    let (mut notes, mut junk) = (0.0, 0.0);
    let mut different = std::collections::HashSet::new();
    let events = history
        .timelines
        .iter()
        .flat_map(|t| t.iter().collect::<Vec<_>>());
    for event in events.filter(|event| event.kind == Kind::NoteAdded) {
        notes += 1.0;
        junk += f64::from(u8::from(history.texts.is_junk(event.text, 5)));
        different.insert(event.text);
    }
    assert!((0.02..0.10).contains(&(junk / notes)), "{}", junk / notes);
    assert!(different.len() > 5_000, "{}", different.len());
}

#[test]
fn tells_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let last = Cell::new((0, 0));
    let tell = |done, all| {
        assert!(last.get().0 <= done && done <= all);
        last.set((done, all));
    };
    let options = BulkOptions::new(5_000, 1);
    write(folder.path(), &options, Format::Parquet, Some(&tell)).unwrap();
    assert_eq!(last.get(), (5_000, 5_000));
}

#[test]
fn recordings_are_texts_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let options = BulkOptions {
        recordings: true,
        ..BulkOptions::new(50, 1)
    };
    write(folder.path(), &options, Format::Csv, None).unwrap();
    let text = std::fs::read_to_string(folder.path().join("events.csv")).unwrap();
    assert!(text.matches("https://ats.example.ru/rec/").count() > 30);
}

#[test]
fn leaves_what_is_there_alone() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 10, 1, Format::Csv);
    let before = support::hash(folder.path());
    let again = write(folder.path(), &BulkOptions::new(10, 1), Format::Jsonl, None);
    assert!(matches!(again, Err(SandboxError::Occupied { .. })));
    assert_eq!(before, support::hash(folder.path()));
}

#[test]
fn refuses_the_impossible() {
    let folder = tempfile::tempdir().unwrap();
    let many = BulkOptions::new(1_000_000_000, 1);
    let refused = write(folder.path(), &many, Format::Csv, None);
    assert!(matches!(refused, Err(SandboxError::TooManyDeals { .. })));
    let old = BulkOptions {
        until: "1999-01-01T00:00:00Z".parse().unwrap(),
        ..BulkOptions::new(1, 1)
    };
    let refused = write(folder.path(), &old, Format::Csv, None);
    assert!(matches!(refused, Err(SandboxError::Until(_))));
    let none = make(folder.path(), 0, 1, Format::Csv);
    assert_eq!((none.deals, none.events), (0, 0));
}
