//! `svetofor backup` and `restore`: all of a store in one file, and back.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use wording::Lang;

use super::place;
use crate::cli;
use crate::say::{self, foreign};

/// Writes the store into a file; the server may be running.
pub fn backup(args: &cli::Backup, lang: Lang) -> Result<ExitCode> {
    let place = place::place(&args.at.data, lang)?;
    place::runtime()?.block_on(store::backup::backup(&place, &args.file))?;
    done("backup-done", &args.file.display().to_string(), lang)
}

/// Puts such a file into an empty place.
pub fn restore(args: &cli::Restore, lang: Lang) -> Result<ExitCode> {
    let place = place::place(&args.at.data, lang)?;
    place::runtime()?.block_on(store::backup::restore(&args.file, &place))?;
    done("restore-done", &place.to_string(), lang)
}

fn done(id: &str, path: &str, lang: Lang) -> Result<ExitCode> {
    let said = say::text(lang, id, &[("path", foreign(path))]);
    writeln!(std::io::stdout().lock(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}
