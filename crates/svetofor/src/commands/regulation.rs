//! `svetofor regulation new` and `check`, and reading regulations for other commands.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use audit::regulation::{
    Mistake, Mistakes, READY, Regulation, Version, describe, nearest, ready, starter,
};
use history::History;
use history::read::{Options, read_folder};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report,
};
use store::regulations::NewVersion;
use wording::{Lang, one_line};

use crate::cli;
use crate::say::{self, Shown, foreign};

/// Characters of a path that are shown: more than any has.
const MAX_PATH: usize = 4096;

/// Characters of a demand: long lists of ids and patterns are shown whole.
const MAX_DEMAND: usize = 1 << 20;

/// Runs `svetofor regulation …`.
pub fn run(args: &cli::Regulation, lang: Lang) -> Result<ExitCode> {
    match args {
        cli::Regulation::New(args) => new(args, lang),
        cli::Regulation::Check(args) => check(args, lang),
    }
}

fn new(args: &cli::RegulationNew, lang: Lang) -> Result<ExitCode> {
    let text = chosen(&args.starter, lang)?;
    let path = foreign(&args.file.display().to_string());
    let written =
        std::fs::File::create_new(&args.file).and_then(|mut f| f.write_all(text.as_bytes()));
    written
        .with_context(|| say::text(lang, "regulation-not-written", &[("path", path.clone())]))?;
    let said = say::text(lang, "regulation-written", &[("path", path)]);
    writeln!(std::io::stdout().lock(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

/// The regulation to begin with that is asked for by name.
fn chosen(name: &str, lang: Lang) -> Result<&'static str> {
    if let Some(text) = ready(name, lang) {
        return Ok(text);
    }
    let known = || std::iter::once("starter").chain(READY.iter().map(|(name, _)| *name));
    let list = known().collect::<Vec<_>>().join(", ");
    let args = [("name", foreign(name)), ("known", foreign(&list))];
    let mut said = say::text(lang, "regulation-no-starter", &args);
    if let Some(near) = nearest(name, known()) {
        let near = say::text(lang, "rule-nearest", &[("nearest", foreign(&near))]);
        said = format!("{said} {near}");
    }
    anyhow::bail!(said)
}

fn check(args: &cli::RegulationCheck, lang: Lang) -> Result<ExitCode> {
    let regulation = read(Some(&args.file), lang)?;
    if let Some(folder) = &args.history {
        let history = read_folder(folder, &Options::default())?;
        fit(&regulation, &history, lang)?;
    }
    let mut out = std::io::stdout().lock();
    for (i, version) in regulation.versions().iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        for line in describe(version, lang) {
            writeln!(out, "{}", one_line(&line, MAX_DEMAND))?;
        }
        warn(version, lang);
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a regulation from a file or a folder of versions; without either it is the starter.
///
/// # Errors
/// Where a file cannot be read, or holds mistakes: these are laid out with their places.
pub fn read(path: Option<&Path>, lang: Lang) -> Result<Regulation> {
    let mut versions = Vec::new();
    let mut mistakes = Vec::new();
    let mut take = |text: &str, name: &str| match Version::parse(text, name) {
        Ok(version) => versions.push(version),
        Err(found) => mistakes.push(found),
    };
    match path {
        None => take(starter(lang), "starter.toml"),
        Some(path) => {
            for file in files(path, lang)? {
                take(&read_text(&file, lang)?, &file.display().to_string());
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(Shown(mistakes.iter().map(|found| lay_out(found, lang)).collect()).into());
    }
    Regulation::new(versions)
        .map_err(|mistake| anyhow::anyhow!(audit::message::mistake(&mistake.what, lang)))
}

/// The versions of a regulation as a store keeps them, once it is known that they are one.
///
/// # Errors
/// As [`read`] does.
pub fn versions(path: Option<&Path>, lang: Lang) -> Result<Vec<NewVersion>> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    read(Some(path), lang)?;
    let version = |file: PathBuf| -> Result<NewVersion> {
        let text = read_text(&file, lang)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let version = Version::parse(&text, &name).map_err(|found| Shown(lay_out(&found, lang)))?;
        let effective = version.effective.map(|date| date.to_string());
        Ok(NewVersion {
            effective: effective.unwrap_or_default(),
            file: name.into_owned(),
            text,
            author: String::new(),
        })
    };
    files(path, lang)?.into_iter().map(version).collect()
}

fn files(path: &Path, lang: Lang) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let shown = || {
        say::text(
            lang,
            "read-file",
            &[("path", foreign(&path.display().to_string()))],
        )
    };
    let entries = std::fs::read_dir(path).with_context(shown)?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    Ok(files)
}

fn read_text(file: &Path, lang: Lang) -> Result<String> {
    let shown = |id| say::text(lang, id, &[("path", foreign(&file.display().to_string()))]);
    let bytes = std::fs::read(file).with_context(|| shown("read-file"))?;
    String::from_utf8(bytes).map_err(|_| anyhow::anyhow!(shown("not-utf8")))
}

/// Checks a regulation against a history.
///
/// # Errors
/// Where it names a stage or a pipeline that the history does not know. Fields are only
/// warned of: a history shows just those that were ever set.
pub fn fit(regulation: &Regulation, history: &History, lang: Lang) -> Result<()> {
    let mut wrong = String::new();
    for version in regulation.versions() {
        let misfits = version.misfits(history);
        let (doubtful, unknown): (Vec<Mistake>, Vec<Mistake>) =
            misfits.into_iter().partition(Mistake::is_doubtful);
        let mistakes = |list| Mistakes {
            file: version.file.clone(),
            source: version.source.clone(),
            list,
        };
        if !unknown.is_empty() {
            wrong.push_str(&lay_out(&mistakes(unknown), lang));
        }
        if !doubtful.is_empty() {
            say::aside_as_is(&lay_out(&mistakes(doubtful), lang));
        }
        for shift in version.unknown_shifts(history) {
            let what = audit::regulation::What::UnknownId {
                thing: "shift",
                id: shift,
                nearest: None,
            };
            warn_of(&what, lang);
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Shown(wrong).into())
    }
}

/// Says what is no mistake of a version but surprises.
pub fn warn(version: &Version, lang: Lang) {
    for note in &version.notes {
        warn_of(&note.what, lang);
    }
}

/// Says what is no mistake but should be known.
pub fn warn_of(what: &audit::regulation::What, lang: Lang) {
    let said = audit::message::mistake(what, lang);
    say::aside(&format!("{}: {said}", say::text(lang, "warning", &[])));
}

/// Mistakes with the lines they stand in.
fn lay_out(mistakes: &Mistakes, lang: Lang) -> String {
    let file = one_line(&mistakes.file, MAX_PATH);
    let source = NamedSource::new(&file, without_harm(&mistakes.source));
    let theme = GraphicalTheme::unicode_nocolor();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
    let mut out = String::new();
    for mistake in &mistakes.list {
        let said = audit::message::mistake(&mistake.what, lang);
        let place = match mistake.line_column(&mistakes.source) {
            Some((line, column)) => format!("{file}:{line}:{column}: "),
            None => format!("{file}: "),
        };
        let mut diagnostic = MietteDiagnostic::new(format!("{place}{said}"));
        if let Some(span) = &mistake.place {
            diagnostic = diagnostic.with_label(LabeledSpan::underline(span.clone()));
        }
        let report = Report::new(diagnostic).with_source_code(source.clone());
        if handler.render_report(&mut out, report.as_ref()).is_err() {
            out.push_str(&said);
        }
        out.push('\n');
    }
    out
}

/// The source of a regulation as a terminal may show it: in the place of every character that
/// steers the terminal, turns the text or hides in it stands another one of the same length, so
/// that all places in it stay what they are.
fn without_harm(source: &str) -> String {
    let shown = |c: char| {
        let visible = one_line(&format!("a{c}a"), 3).chars().count() == 3;
        match c {
            '\n' | '\t' => c,
            _ if visible && !c.is_control() => c,
            '\r' => ' ',
            _ => ['?', '¿', '\u{FFFD}', '\u{1F6C7}'][c.len_utf8() - 1],
        }
    };
    source.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_source_is_as_long_as_the_source() {
        let evil = "name = \"Окна\" # \u{1b}[2J\u{9b}\u{ad}\u{202e}\u{e0041}\r\n\tx = 1\u{7}";
        let shown = without_harm(evil);
        assert_eq!(
            shown,
            "name = \"Окна\" # ?[2J¿¿\u{FFFD}\u{1F6C7} \n\tx = 1?"
        );
        let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(places(&shown), places(evil));
    }
}
