//! Takes a company out of the store: a history folder and a regulation folder, such that one audit
//! of them finds what the live audit holds.

use std::path::Path;

use history::write::{EventWriter, write_reference};
use store::{Store, StoreError, events, reference};

/// Why a company could not be taken out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the history could not be written.
    #[error(transparent)]
    Write(#[from] history::write::WriteError),
    /// A file or folder could not be made.
    #[error("cannot write {path}: {source}")]
    Io {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// What was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Events.
    pub events: u64,
    /// Versions of the regulation.
    pub versions: u64,
}

/// Writes `folder/history` and `folder/regulation`; both are made where they are missing. A
/// company without a regulation of its own is judged by the starter, which is written then.
/// All is as of one instant, whatever is written meanwhile.
///
/// # Errors
/// Where the store or the file system refuses.
pub async fn export(store: &Store, company: &str, folder: &Path) -> Result<Exported, ExportError> {
    let (history, regulation) = (folder.join("history"), folder.join("regulation"));
    for path in [&history, &regulation] {
        std::fs::create_dir_all(path).map_err(|source| io(path, source))?;
    }
    let mut reader = store.view().await?;
    let tables = reference::load(&mut reader, company).await?;
    write_reference(&history, &tables)?;
    let mut exported = Exported {
        events: 0,
        versions: 0,
    };
    let mut writer = EventWriter::whole(&history)?;
    let mut failed = None;
    events::each(&mut reader, company, 0, |event| {
        exported.events += 1;
        if failed.is_none() {
            failed = writer.write(&event.record).err();
        }
        Ok(())
    })
    .await?;
    failed.map_or(Ok(()), Err)?;
    writer.finish()?;
    for version in crate::audits::in_force(&mut reader, company).await? {
        let path = regulation.join(file_name(&version.file));
        std::fs::write(&path, &version.text).map_err(|source| io(&path, source))?;
        exported.versions += 1;
    }
    Ok(exported)
}

/// A file's name without what could lead out of the folder.
fn file_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.trim_start_matches('.');
    if name.is_empty() {
        "regulation.toml".to_owned()
    } else if name.ends_with(".toml") {
        name.to_owned()
    } else {
        format!("{name}.toml")
    }
}

fn io(path: &Path, source: std::io::Error) -> ExportError {
    ExportError::Io {
        path: path.to_owned(),
        source,
    }
}
