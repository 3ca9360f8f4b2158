//! Brings a whole history into a company of the store: its tables, its regulation, its events.
//!
//! Importing the same again adds nothing, and an import that was broken off is completed by the
//! next one. Only a few thousand events are in memory at a time. Nobody's rights are asked for:
//! who can open the store may.

mod asked;
mod batch;

use std::path::Path;
use std::sync::Arc;

use history::read::{Folder, Options, ReadError};
use history::{Account, Instant, Problems, Reason, Record, Reference};
use store::events::{self, Keys, Loaded, NewEvent};
use store::regulations::{self, NewVersion};
use store::{MAX_NAME, Store, StoreError, reference};
use tokio::sync::mpsc;

use crate::audits::{Audits, in_force, regulation_of};
use crate::error::Error;
use crate::journal::{self, Note};
use batch::Batch;

pub use asked::{Answer, Asked, Request, RequestedVersion, asked};

/// Events read at a time.
const BATCH: usize = 2_000;
/// Batches that wait to be written.
const WAITING: usize = 2;

/// Why a history was not imported, or not to its end. What was written stays; importing again
/// goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store refused, or the company cannot be judged.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> ImportError {
        ImportError::App(error.into())
    }
}

/// What an import has done.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Events that were new.
    pub added: u64,
    /// Events that stood already.
    pub known: u64,
    /// What was set aside of the folder.
    pub problems: Problems,
}

/// Told now and then how many bytes of how many have been read.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Imports a history folder and, where there are any, versions of a regulation into a company,
/// and judges it once at the end.
///
/// The folder's tables take the place of those that the company has; versions are added to those
/// in force. Until the end the company's audit stands as it was: who reads it, or adds an event,
/// is not kept waiting for a long import.
///
/// # Errors
/// Where the folder cannot be read, the versions are no regulation, or the store refuses.
pub async fn import(
    audits: &Audits,
    company: &str,
    folder: &Path,
    versions: &[NewVersion],
    progress: Progress,
    now: Instant,
) -> Result<Imported, ImportError> {
    let mut problems = Problems::default();
    let folder = Folder::open(folder)?;
    let tables = folder.reference(&mut problems)?;
    let tables = keepable(tables, &mut problems);
    let store = audits.store();
    let written = async {
        put_tables(store, company, tables, versions, now).await?;
        load(store, company, folder, problems, progress, now).await
    };
    let imported = written.await;
    // Also after half an import: the audit in memory knows nothing of what was written.
    let reloaded = audits.reload(company, now).await;
    let imported = imported?;
    reloaded?;
    Ok(imported)
}

/// Puts the tables and the regulation into the company, in one go.
async fn put_tables(
    store: &Store,
    company: &str,
    mut tables: Reference,
    versions: &[NewVersion],
    now: Instant,
) -> Result<(), ImportError> {
    let mut tx = store.begin().await?;
    let Account {
        name,
        timezone,
        currency,
    } = reference::load(&mut tx, company).await?.account;
    // What the folder does not say of itself stays.
    let account = &mut tables.account;
    for (value, own) in [
        (&mut account.name, name),
        (&mut account.timezone, timezone),
        (&mut account.currency, currency),
    ] {
        if value.trim().is_empty() {
            *value = own;
        }
    }
    reference::replace(&mut tx, company, &tables).await?;
    for version in versions {
        regulations::add(&mut tx, company, now, version).await?;
    }
    let counting = in_force(&mut tx, company).await?;
    regulation_of(&counting).map_err(Error::from)?;
    let note = Note::new("company.import", "company", company);
    journal::note(&mut tx, company, "", note, now).await?;
    Ok(tx.commit().await?)
}

/// Reads the events in a thread of its own and writes them down as they come.
async fn load(
    store: &Store,
    company: &str,
    folder: Folder,
    problems: Problems,
    progress: Progress,
    now: Instant,
) -> Result<Imported, ImportError> {
    let (sender, mut receiver) = mpsc::channel(WAITING);
    let reading = tokio::task::spawn_blocking(move || read(&folder, problems, &sender, &*progress));
    let mut keys = Keys::new();
    let mut all = Loaded::default();
    while let Some(batch) = receiver.recv().await {
        let loaded = events::load(store, company, now, named(&batch, &mut keys)).await?;
        all.added += loaded.added;
        all.known += loaded.known;
    }
    let problems = reading
        .await
        .map_err(|error| Error::Inside(format!("reading the folder: {error}")))??;
    Ok(Imported {
        added: all.added,
        known: all.known,
        problems,
    })
}

type Named<'a> = Result<NewEvent<'a>, ImportError>;

/// The events of a batch with their keys.
fn named<'a>(batch: &'a Batch, keys: &mut Keys) -> Vec<Named<'a>> {
    // Each was checked when it was read.
    let refused = |reason: Reason| Error::Inside(reason.to_string());
    let event = |record| keys.event(record).map_err(|reason| refused(reason).into());
    batch.records().map(event).collect()
}

fn read(
    folder: &Folder,
    mut problems: Problems,
    sender: &mpsc::Sender<Batch>,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<Problems, ReadError> {
    let mut batch = Batch::default();
    let tell = |done, of| progress(done, of);
    let options = Options {
        progress: Some(&tell),
        leave_out: &[],
    };
    folder.events(&options, &mut problems, |record: &Record<'_>| {
        events::check(record)?;
        batch.push(record);
        if batch.len() == BATCH {
            // Nobody takes it where writing has failed, which the other side tells.
            let _ = sender.blocking_send(std::mem::take(&mut batch));
        }
        Ok(())
    })?;
    let _ = sender.blocking_send(batch);
    Ok(problems)
}

/// The rows that the store can keep: those with names that an index takes.
fn keepable(mut tables: Reference, problems: &mut Problems) -> Reference {
    let mut fits = |file: &str, column: &'static str, id: &str| {
        if id.len() > MAX_NAME {
            let reason = Reason::bad(column, id, "at most 500 bytes");
            problems.add(file, None, reason, true);
        }
        id.len() <= MAX_NAME
    };
    tables
        .groups
        .retain(|row| fits("groups.csv", "id", &row.id));
    let employees = &mut tables.employees;
    employees.retain(|row| fits("employees.csv", "id", &row.id));
    let of = "employee";
    let memberships = &mut tables.memberships;
    memberships.retain(|row| fits("memberships.csv", of, &row.employee));
    let absences = &mut tables.absences;
    absences.retain(|row| fits("absences.csv", of, &row.employee));
    tables
        .stages
        .retain(|row| fits("stages.csv", "stage", &row.stage));
    tables
        .clients
        .retain(|row| fits("clients.csv", "id", &row.id));
    let contacts = &mut tables.contacts;
    contacts.retain(|row| fits("contacts.csv", "id", &row.id));
    tables
}
