//! Which file is which source, and the reading of all of them.

use std::path::{Path, PathBuf};

use crate::ImportError;
use crate::input::{Content, Unreadable};
use crate::mapping::{Mapping, Source};
use crate::report::{Effect, FileReport, Problem, Problems, Reason};
use crate::table::{self, Layout, Table};

/// A table, and where its report stands.
pub(crate) struct Loaded {
    pub table: Table,
    pub report: usize,
}

/// Every table of every source, by the source's place in the mapping.
pub(crate) struct Sources {
    pub tables: Vec<Vec<Loaded>>,
    pub reports: Vec<FileReport>,
}

/// How much of all the files has been read.
struct Progress<'p> {
    tell: Option<&'p (dyn Fn(u64, u64) + Sync)>,
    done: u64,
    total: u64,
}

impl Progress<'_> {
    fn at(&self, part_of: u64, share: f64) {
        if let Some(tell) = self.tell {
            tell(self.done + (part_of as f64 * share) as u64, self.total);
        }
    }
}

/// Reads `files`, each as the source that it fits.
pub(crate) fn load(
    mapping: &Mapping,
    files: &[PathBuf],
    problems: &mut Problems,
    progress: Option<&(dyn Fn(u64, u64) + Sync)>,
) -> Result<Sources, ImportError> {
    if files.is_empty() {
        return Err(ImportError::NoFiles);
    }
    let mut files = files.to_vec();
    // The order in which files are named must not matter.
    files.sort_by_key(|path| (file_name(path), path.clone()));
    files.dedup();
    let size = |path: &PathBuf| path.metadata().map_or(0, |m| m.len());
    let mut progress = Progress {
        tell: progress,
        done: 0,
        total: files.iter().map(size).sum(),
    };
    let mut loader = Loader {
        mapping,
        problems,
        sources: Sources {
            tables: mapping.sources.iter().map(|_| Vec::new()).collect(),
            reports: Vec::new(),
        },
        left_out: Vec::new(),
    };
    for path in &files {
        let twins = files
            .iter()
            .filter(|twin| file_name(twin) == file_name(path));
        let name = match twins.count() {
            1 => file_name(path),
            _ => path.display().to_string(),
        };
        let bytes = size(path);
        loader.file(path, &name, &mut |share| progress.at(bytes, share))?;
        progress.done += bytes;
        progress.at(0, 0.0);
    }
    loader.check_complete()?;
    Ok(loader.sources)
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

struct Loader<'a> {
    mapping: &'a Mapping,
    problems: &'a mut Problems,
    sources: Sources,
    /// What was left out and why, for the error where a source is missing.
    left_out: Vec<String>,
}

impl Loader<'_> {
    fn file(
        &mut self,
        path: &Path,
        name: &str,
        tell: &mut dyn FnMut(f64),
    ) -> Result<(), ImportError> {
        let content = match Content::open(path)? {
            Ok(content) => content,
            Err(Unreadable(reason)) => {
                self.leave_out(name, Reason::FileUnreadable, &reason);
                return Ok(());
            }
        };
        for part in 0..content.parts() {
            let table = match content.part_name(part) {
                "" => name.to_owned(),
                sheet => format!("{name} [{sheet}]"),
            };
            match choose(self.mapping, &content, part, &file_name(path), &table)? {
                Choice::Source(source) => self.take(&content, part, &table, source, tell),
                Choice::Empty => self.leave_out(&table, Reason::FileEmpty, ""),
                Choice::None(lacks) => self.leave_out(&table, Reason::FileUnknown, &lacks),
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        content: &Content,
        part: usize,
        name: &str,
        source: usize,
        tell: &mut dyn FnMut(f64),
    ) {
        let of = &self.mapping.sources[source];
        let used = self.mapping.used_columns(source);
        let problems = &mut *self.problems;
        let (table, report) = table::read(content, part, name, of, &used, problems, tell);
        self.sources.tables[source].push(Loaded {
            table,
            report: self.sources.reports.len(),
        });
        self.sources.reports.push(report);
    }

    fn leave_out(&mut self, file: &str, reason: Reason, value: &str) {
        let told = format!("{file}: {reason} {value}");
        self.left_out.push(told.trim_end().to_owned());
        self.problems.add(&Problem {
            file,
            line: None,
            column: "",
            value,
            reason,
            effect: Effect::FileLeftOut,
        });
        self.sources.reports.push(FileReport {
            file: file.to_owned(),
            ..FileReport::default()
        });
    }

    /// Every source must have a table, unless it may be missing.
    fn check_complete(&mut self) -> Result<(), ImportError> {
        for (source, tables) in self.mapping.sources.iter().zip(&self.sources.tables) {
            if !tables.is_empty() {
                continue;
            }
            if !source.optional {
                return Err(ImportError::SourceMissing {
                    source_name: source.name.clone(),
                    columns: columns_of(source),
                    why: match self.left_out.as_slice() {
                        [] => "all of them were taken for other sources".into(),
                        left_out => left_out.join("; "),
                    },
                });
            }
            self.problems.add(&Problem {
                file: &source.name,
                line: None,
                column: "",
                value: &columns_of(source),
                reason: Reason::SourceAbsent,
                effect: Effect::Kept,
            });
        }
        Ok(())
    }
}

fn columns_of(source: &Source) -> String {
    let known = source.known_by.iter();
    let names: Vec<&str> = known
        .map(|c| source.columns[*c].headers[0].as_str())
        .collect();
    names.join(", ")
}

enum Choice {
    Source(usize),
    Empty,
    /// What the nearest source lacks.
    None(String),
}

fn choose(
    mapping: &Mapping,
    content: &Content,
    part: usize,
    file: &str,
    name: &str,
) -> Result<Choice, ImportError> {
    let bare = file.strip_suffix(".gz").unwrap_or(file);
    let mut best: Option<((bool, usize), usize)> = None;
    let mut tie = None;
    let mut nearest: Option<(usize, String)> = None;
    let mut has_header = false;
    for (i, source) in mapping.sources.iter().enumerate() {
        let by_name = source.files.iter().any(|pattern| pattern.is_match(bare));
        if (!by_name && !source.files.is_empty()) || !content.fits_sheet(part, source) {
            continue;
        }
        let Some(header) = content.header(part, source) else {
            continue;
        };
        has_header = true;
        let layout = Layout::of(source, &header.names);
        let lacks = layout.lacks(source);
        if lacks.is_empty() && layout.found() > 0 {
            let score = (by_name, layout.found());
            match best {
                Some((other, first)) if other == score => tie = Some((first, i)),
                Some((other, _)) if other > score => {}
                _ => (best, tie) = (Some((score, i)), None),
            }
        } else if nearest
            .as_ref()
            .is_none_or(|(least, _)| lacks.len() < *least)
        {
            let lacks_text = format!("({} lacks {})", source.name, lacks.join(", "));
            nearest = Some((lacks.len(), lacks_text));
        }
    }
    if let Some((first, second)) = tie {
        return Err(ImportError::Ambiguous {
            file: name.to_owned(),
            first: mapping.sources[first].name.clone(),
            second: mapping.sources[second].name.clone(),
        });
    }
    Ok(match best {
        Some((_, source)) => Choice::Source(source),
        None if !has_header && nearest.is_none() && is_empty(content, part, mapping) => {
            Choice::Empty
        }
        None => Choice::None(nearest.map_or_else(String::new, |(_, lacks)| lacks)),
    })
}

fn is_empty(content: &Content, part: usize, mapping: &Mapping) -> bool {
    let mut sources = mapping.sources.iter();
    sources.all(|source| content.header(part, source).is_none())
}
