//! What both companies are asked.

use std::collections::HashSet;
use std::path::Path;

use history::read::{Options, read_folder};
use history::{History, Kind};

/// Reads the folder back; nothing in it may be a problem.
pub fn read(folder: &Path) -> History {
    let history = read_folder(folder, &Options::default()).unwrap();
    assert!(
        history.problems.is_empty(),
        "{:?}",
        &history.problems.kept()[..history.problems.kept().len().min(5)]
    );
    history
}

/// FNV-1a over the names and bytes of all files of a folder.
pub fn hash(folder: &Path) -> u64 {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        for byte in name.bytes().chain(bytes) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// What a CRM would never let happen: it starts otherwise than by creation, goes on after the
/// deletion, or touches a task that is not open.
pub fn check_timelines(history: &History) {
    for timeline in history.timelines.iter().filter(|t| !t.is_empty()) {
        let deal = history.deals.get(timeline.deal().0);
        let mut open = HashSet::new();
        let mut seen = HashSet::new();
        for (place, event) in timeline.iter().enumerate() {
            assert_eq!(place == 0, event.kind == Kind::Created, "{deal} at {place}");
            let last = place + 1 == timeline.len();
            assert!(event.kind != Kind::Removed || last, "{deal}: after removal");
            match event.kind {
                Kind::TaskAdded => {
                    assert!(event.due().is_some(), "{deal}: no deadline");
                    assert!(seen.insert(event.task()), "{deal}: the same task twice");
                    open.insert(event.task());
                }
                Kind::TaskMoved => {
                    assert!(open.contains(&event.task()), "{deal}: moved, not open");
                }
                Kind::TaskCompleted | Kind::TaskRemoved => {
                    assert!(open.remove(&event.task()), "{deal}: done, not open");
                }
                _ => {}
            }
        }
    }
}

/// Every stage and employee of the events is one that the folder lists.
pub fn check_names(history: &History) {
    assert_eq!(
        history.pipelines.stage_ids.len(),
        history.pipelines.stages.len()
    );
    assert_eq!(history.people.ids.len(), history.people.employees.len());
}
