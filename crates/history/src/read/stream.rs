//! Reading a history folder without keeping it: rows and events go to whoever asks, whole.

use std::path::Path;

use super::folder::{
    Form, Listing, Options, file_name, io, no_header, open_counting, read_tables, size_of,
    total_size,
};
use super::{ReadError, clients, csv_events, jsonl_events, parquet_stream};
use crate::columns::{Interners, first_of_its_id};
use crate::{Names, Problems, Reason, Record, Reference};

/// A history folder whose files are known.
pub struct Folder(Listing);

impl Folder {
    /// Looks which files there are.
    ///
    /// # Errors
    /// Where it is no folder.
    pub fn open(folder: &Path) -> Result<Folder, ReadError> {
        Listing::of(folder).map(Folder)
    }

    /// The account and its tables, the clients' included: the rows that
    /// [`super::read_folder`] would use, a value that it would leave out left empty. What is set
    /// aside is named in `problems`.
    ///
    /// # Errors
    /// Where the account or a table cannot be read at all.
    pub fn reference(&self, problems: &mut Problems) -> Result<Reference, ReadError> {
        let Folder(listing) = self;
        let mut rows = read_tables(listing, &mut Interners::default(), problems)?.rows;
        listing.table("clients.csv", |file, input| {
            clients::clients(file, input, &mut rows.clients, problems)
        })?;
        listing.table("contacts.csv", |file, input| {
            clients::contacts(file, input, &mut rows.contacts, problems)
        })?;
        listing.table("team.csv", |file, input| {
            clients::team(file, input, &mut rows.team, problems)
        })?;
        Ok(rows)
    }

    /// Gives every event to `take`, in the order of the files, with its texts whole. What is no
    /// event, or is refused by `take`, is named in `problems`.
    ///
    /// # Errors
    /// Where there are no events, or a file of them cannot be read at all.
    pub fn events(
        &self,
        options: &Options<'_>,
        problems: &mut Problems,
        mut take: impl FnMut(&Record<'_>) -> Result<(), Reason>,
    ) -> Result<(), ReadError> {
        let files = self.0.events()?;
        let total = total_size(&files);
        let mut ids = Names::new();
        let mut take = |record: &Record<'_>| {
            record.check()?;
            first_of_its_id(&mut ids, record.id)?;
            take(record)
        };
        let mut done = 0;
        for (form, path) in files {
            let (file, size) = (file_name(&path), size_of(&path));
            let tell = |part: u64| {
                if let Some(progress) = options.progress {
                    progress(done + part, total);
                }
            };
            match form {
                Form::Parquet => {
                    let leave_out = options.leave_out;
                    parquet_stream::read(&path, &file, problems, &tell, leave_out, &mut take)?;
                }
                Form::Csv => {
                    let input = open_counting(&path, &tell)?;
                    let read = csv_events::read(&file, input, problems, &mut take);
                    if !read.map_err(|source| io(&path, source))? {
                        return Err(no_header(file));
                    }
                }
                Form::Jsonl => {
                    let input = open_counting(&path, &tell)?;
                    let read = jsonl_events::read(&file, input, problems, &mut take);
                    read.map_err(|source| io(&path, source))?;
                }
            }
            done += size;
        }
        Ok(())
    }
}
