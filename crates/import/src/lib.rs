//! Foreign tables as a history: CSV, spreadsheets, web tables and event logs, understood by a
//! mapping that says which table is which and what becomes of a row.
//!
//! It must never know what is right or wrong (no rules, no calendars) nor what time it is
//! (no `now`). Every good row is placed; of every other the [`Report`] says where it stands
//! and why it was left out, and nothing disappears silently.

mod assign;
mod build;
mod builtin;
mod error;
mod input;
mod mapping;
mod report;
mod report_text;
mod table;
mod value;
mod write;

use std::path::{Path, PathBuf};

use history::write::Format;

pub use builtin::{BUILTIN, builtin};
pub use error::{ImportError, MappingError, MappingFault};
pub use mapping::Mapping;
pub use report::{
    Effect, Example, FileReport, Problem, ProblemGroup, Reason, Report, SetAsideReport,
};

/// Imports `files` into the history folder `out` and tells what could not be placed.
///
/// The order of `files` does not matter. `progress` is told now and then how many bytes of
/// how many have been read.
///
/// # Errors
/// Where nothing can be imported at all: a table is missing that the mapping cannot do
/// without, a file cannot be opened, the folder cannot be written.
pub fn run(
    mapping: &Mapping,
    files: &[PathBuf],
    out: &Path,
    format: Format,
    progress: Option<&(dyn Fn(u64, u64) + Sync)>,
) -> Result<Report, ImportError> {
    let mut problems = report::Problems::default();
    let sources = assign::load(mapping, files, &mut problems, progress)?;
    write::prepare(out, format)?;
    let eval = build::Eval {
        mapping,
        sources: &sources,
    };
    let mut built = build::build(eval, &mut problems);
    let events = build::finish(eval, &mut built, &mut problems);
    let mut report = Report::default();
    let place = (out, format);
    write::write(eval, &mut built, &events, place, &mut problems, &mut report)?;
    account_for_rows(&sources, &built, &mut report);
    report.set_aside = set_aside(mapping, &built);
    report.problems = problems.into_groups();
    Ok(report)
}

/// What became of the rows of each table.
fn account_for_rows(sources: &assign::Sources, built: &build::Built, report: &mut Report) {
    report.files.clone_from(&sources.reports);
    for (tables, outcomes) in sources.tables.iter().zip(&built.outcomes) {
        for (loaded, rows) in tables.iter().zip(outcomes) {
            let file = &mut report.files[loaded.report];
            file.reference = !rows.is_empty() && rows.iter().all(|row| row.reference);
            for row in rows.iter().filter(|row| !row.reference) {
                match (row.set_aside, row.events) {
                    (true, _) => file.set_aside += 1,
                    (false, 0) => file.dropped += 1,
                    (false, _) => file.used += 1,
                }
            }
        }
    }
}

fn set_aside(mapping: &Mapping, built: &build::Built) -> Vec<SetAsideReport> {
    let rules = mapping.set_aside.iter().zip(&built.set_aside);
    let counted = rules.filter(|(_, rows)| **rows > 0);
    counted
        .map(|(rule, rows)| SetAsideReport {
            source: mapping.sources[rule.source].name.clone(),
            because: rule.because.clone(),
            rows: *rows,
        })
        .collect()
}
