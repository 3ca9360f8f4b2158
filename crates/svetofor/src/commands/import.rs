//! `svetofor import`: foreign tables become a history.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use import::{BUILTIN, Mapping, builtin};
use wording::{Lang, Value};

use crate::cli;
use crate::output::import_report;
use crate::progress::Progress;
use crate::say::{self, foreign};

/// Imports, and tells what could not be placed.
pub fn run(args: &cli::Import, lang: Lang) -> Result<ExitCode> {
    let (text, name) = mapping_text(&args.mapping, lang)?;
    let mapping = Mapping::parse(&text, &name)?;
    let progress = Progress::new(&say::text(lang, "progress-import", &[]));
    let tell = |done, of| progress.tell(done, of);
    let report = import::run(
        &mapping,
        &args.files,
        &args.out,
        args.format.into(),
        Some(&tell),
    )?;
    drop(progress);
    let said = import_report::render(&report, &mapping.account().timezone, lang);
    std::io::stdout().lock().write_all(said.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// A mapping from a file, else a ready one of that name.
fn mapping_text(name: &str, lang: Lang) -> Result<(String, String)> {
    let path = Path::new(name);
    if path.is_file() {
        let shown = || say::text(lang, "read-file", &[("path", foreign(name))]);
        return Ok((
            std::fs::read_to_string(path).with_context(shown)?,
            name.to_owned(),
        ));
    }
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    if let Some(text) = builtin(stem) {
        return Ok((text.to_owned(), format!("{stem}.toml")));
    }
    let known: Vec<&str> = BUILTIN.iter().map(|(name, _)| *name).collect();
    let known = Value::Text(known.join(", ").into());
    bail!(say::text(
        lang,
        "import-no-mapping",
        &[("name", foreign(name)), ("known", known)]
    ))
}
