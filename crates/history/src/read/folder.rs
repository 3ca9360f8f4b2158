//! The folder as a whole: which files there are, and in which order they are read.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::{ReadError, csv_events, jsonl_events, parquet_events, reference};
use crate::columns::Interners;
use crate::reference::Leads;
use crate::{Account, History, People, Pipelines, Problems, Reason, Record, Reference, Table};

/// How to read.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Told now and then how many bytes of how many have been read.
    pub progress: Option<&'a (dyn Fn(u64, u64) + Sync)>,
    /// Columns of events that nobody will ask for; they read as empty where leaving them out
    /// saves time (in Parquet).
    pub leave_out: &'a [&'a str],
}

/// Reads a history folder.
///
/// What can be read is read; what cannot is named in [`History::problems`].
///
/// # Errors
/// Where the folder, its account or its events cannot be read at all.
pub fn read_folder(folder: &Path, options: &Options<'_>) -> Result<History, ReadError> {
    let listing = Listing::of(folder)?;
    let mut problems = Problems::default();
    let mut names = Interners::default();
    let tables = read_tables(&listing, &mut names, &mut problems)?;
    let events = read_events(&listing, options, &mut names, &mut problems)?;
    let rows: usize = events.iter().map(|table| table.deal.len()).sum();
    if rows >= u32::MAX as usize {
        return Err(ReadError::TooManyEvents);
    }
    let Tables {
        mut people,
        pipelines,
        rows,
    } = tables;
    Leads::of(&rows.groups).look_up(&mut people, &names.employees);
    names.events = crate::Names::new();
    Ok(History::assemble(
        rows.account,
        people,
        pipelines,
        names,
        events,
        problems,
    ))
}

/// The small tables that judging asks for, and the rows that they were made of.
pub(super) struct Tables {
    people: People,
    pipelines: Pipelines,
    pub(super) rows: Reference,
}

pub(super) fn read_tables(
    listing: &Listing,
    names: &mut Interners,
    problems: &mut Problems,
) -> Result<Tables, ReadError> {
    let (mut people, mut pipelines) = (People::default(), Pipelines::default());
    let mut rows = Reference {
        account: read_account(listing)?,
        ..Reference::default()
    };
    listing.table("groups.csv", |file, input| {
        reference::groups(file, input, &mut people, &mut rows.groups, problems)
    })?;
    listing.table("employees.csv", |file, input| {
        let out = &mut rows.employees;
        reference::employees(file, input, &mut people, names, out, problems)
    })?;
    listing.table("memberships.csv", |file, input| {
        let out = &mut rows.memberships;
        reference::memberships(file, input, &mut people, names, out, problems)
    })?;
    listing.table("absences.csv", |file, input| {
        let out = &mut rows.absences;
        reference::absences(file, input, &mut people, names, out, problems)
    })?;
    if !listing.table("stages.csv", |file, input| {
        reference::stages(
            file,
            input,
            &mut pipelines,
            names,
            &mut rows.stages,
            problems,
        )
    })? {
        problems.add("stages.csv", None, Reason::Missing("stages.csv"), false);
    }
    Ok(Tables {
        people,
        pipelines,
        rows,
    })
}

fn read_account(listing: &Listing) -> Result<Account, ReadError> {
    let Some(path) = listing.find("account.json")? else {
        return Err(ReadError::NoFile {
            folder: listing.folder.clone(),
            file: "account.json",
        });
    };
    let mut text = String::new();
    // An account is a line or two; a huge file under its name is no account.
    open(&path)?
        .take(1 << 20)
        .read_to_string(&mut text)
        .map_err(|source| io(&path, source))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        ReadError::Malformed {
            file: "account.json".into(),
            reason: format!("{error}; expected {{\"name\", \"timezone\", \"currency\"}}"),
        }
    })
}

fn read_events(
    listing: &Listing,
    options: &Options<'_>,
    names: &mut Interners,
    problems: &mut Problems,
) -> Result<Vec<Table>, ReadError> {
    let files = listing.events()?;
    let total = total_size(&files);
    let mut done = 0;
    let mut tables = Vec::new();
    for (form, path) in files {
        let file = file_name(&path);
        let size = size_of(&path);
        let tell = |part: u64| {
            if let Some(progress) = options.progress {
                progress(done + part, total);
            }
        };
        match form {
            Form::Parquet => {
                tables.extend(parquet_events::read(
                    &path,
                    &file,
                    names,
                    problems,
                    &tell,
                    options.leave_out,
                )?);
            }
            Form::Csv => {
                let (input, mut table) = (open_counting(&path, &tell)?, Table::default());
                let take = |record: &Record<'_>| table.push(record, names);
                let read = csv_events::read(&file, input, problems, take);
                if !read.map_err(|source| io(&path, source))? {
                    return Err(no_header(file));
                }
                tables.push(table);
            }
            Form::Jsonl => {
                let (input, mut table) = (open_counting(&path, &tell)?, Table::default());
                let take = |record: &Record<'_>| table.push(record, names);
                let read = jsonl_events::read(&file, input, problems, take);
                read.map_err(|source| io(&path, source))?;
                tables.push(table);
            }
        }
        done += size;
    }
    Ok(tables)
}

pub(super) fn size_of(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

pub(super) fn total_size(files: &[(Form, PathBuf)]) -> u64 {
    files.iter().map(|(_, path)| size_of(path)).sum()
}

pub(super) fn no_header(file: String) -> ReadError {
    ReadError::Malformed {
        file,
        reason: "it has no header line with the names of the columns".into(),
    }
}

#[derive(Clone, Copy)]
pub(super) enum Form {
    Csv,
    Jsonl,
    Parquet,
}

/// The files of a folder.
pub(super) struct Listing {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

impl Listing {
    pub(super) fn of(folder: &Path) -> Result<Listing, ReadError> {
        if !folder.is_dir() {
            return Err(ReadError::NoFolder {
                path: folder.to_owned(),
            });
        }
        let entries = std::fs::read_dir(folder).map_err(|source| io(folder, source))?;
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        Ok(Listing {
            folder: folder.to_owned(),
            files,
        })
    }

    /// The file of this name, packed or not.
    fn find(&self, name: &str) -> Result<Option<PathBuf>, ReadError> {
        let mut found = self.files.iter().filter(|path| unpacked_name(path) == name);
        let first = found.next();
        match (first, found.next()) {
            (Some(first), Some(second)) => Err(two_forms(first, second)),
            _ => Ok(first.cloned()),
        }
    }

    /// Reads a table if it is there; tells whether it was.
    pub(super) fn table(
        &self,
        name: &str,
        read: impl FnOnce(&str, Box<dyn BufRead>) -> std::io::Result<()>,
    ) -> Result<bool, ReadError> {
        let Some(path) = self.find(name)? else {
            return Ok(false);
        };
        read(&file_name(&path), open(&path)?).map_err(|source| io(&path, source))?;
        Ok(true)
    }

    /// The lists of events in the order of their names.
    pub(super) fn events(&self) -> Result<Vec<(Form, PathBuf)>, ReadError> {
        let mut files: Vec<(Form, PathBuf)> = Vec::new();
        for path in &self.files {
            let name = unpacked_name(path);
            let Some((stem, form)) = name.rsplit_once('.') else {
                continue;
            };
            let form = match form {
                "csv" => Form::Csv,
                "jsonl" => Form::Jsonl,
                "parquet" => Form::Parquet,
                _ => continue,
            };
            if stem == "events" || stem.starts_with("events-") {
                if let Some((_, twin)) = files.iter().find(|(_, other)| stem_of(other) == stem) {
                    return Err(two_forms(twin, path));
                }
                files.push((form, path.clone()));
            }
        }
        if files.is_empty() {
            let file = "events.csv, events.jsonl or events.parquet";
            return Err(ReadError::NoFile {
                folder: self.folder.clone(),
                file,
            });
        }
        Ok(files)
    }
}

fn two_forms(first: &Path, second: &Path) -> ReadError {
    ReadError::TwoForms {
        first: file_name(first),
        second: file_name(second),
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The file's name without `.gz` or `.zst`.
fn unpacked_name(path: &Path) -> String {
    let name = file_name(path);
    name.strip_suffix(".gz")
        .or(name.strip_suffix(".zst"))
        .unwrap_or(&name)
        .to_owned()
}

fn stem_of(path: &Path) -> String {
    let name = unpacked_name(path);
    name.rsplit_once('.')
        .map_or(name.clone(), |(stem, _)| stem.to_owned())
}

pub(crate) fn io(path: &Path, source: std::io::Error) -> ReadError {
    ReadError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Opens a file, unpacking it where its name says it is packed.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>, ReadError> {
    let file = File::open(path).map_err(|source| io(path, source))?;
    unpack(path, file).map_err(|source| io(path, source))
}

fn unpack<'a>(path: &Path, file: impl Read + 'a) -> std::io::Result<Box<dyn BufRead + 'a>> {
    const BUFFER_BYTES: usize = 1 << 18;
    Ok(
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Box::new(BufReader::with_capacity(
                BUFFER_BYTES,
                flate2::read::MultiGzDecoder::new(file),
            )),
            Some("zst") => Box::new(BufReader::with_capacity(
                BUFFER_BYTES,
                zstd::stream::read::Decoder::new(file)?,
            )),
            _ => Box::new(BufReader::with_capacity(BUFFER_BYTES, file)),
        },
    )
}

/// Opens a file and tells how many of its bytes have been taken.
pub(super) fn open_counting<'a>(
    path: &Path,
    tell: &'a dyn Fn(u64),
) -> Result<Box<dyn BufRead + 'a>, ReadError> {
    let file = File::open(path).map_err(|source| io(path, source))?;
    unpack(
        path,
        Counting {
            file,
            taken: 0,
            tell,
        },
    )
    .map_err(|source| io(path, source))
}

struct Counting<'a> {
    file: File,
    taken: u64,
    tell: &'a dyn Fn(u64),
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.taken += read as u64;
        (self.tell)(self.taken);
        Ok(read)
    }
}
