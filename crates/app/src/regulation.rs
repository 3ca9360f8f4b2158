//! The company's regulation: its versions, what they demand, and new ones.

use audit::message::mistake;
use audit::regulation::{Mistakes, Version, describe};
use history::Instant;
use store::regulations::{self, NewVersion};
use wording::Lang;

use crate::actor::Actor;
use crate::audits::{Audits, RegulationChange, in_force};
use crate::error::{Error, Fault};
use crate::journal::Note;
use crate::permissions::Deed;

/// A version of the regulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The version.
    pub version: regulations::Version,
    /// Whether it is in force from its date on; else another text took its place, or it was
    /// withdrawn.
    pub counts: bool,
}

/// What a text demands, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its first day; empty: since ever.
    pub effective: String,
    /// What it demands, in words: a line each.
    pub words: Vec<String>,
}

/// The versions in force; with `all`, every text there ever was.
///
/// # Errors
/// Where the access does not allow it.
pub async fn versions(audits: &Audits, actor: &Actor, all: bool) -> Result<Vec<Kept>, Error> {
    actor.reach(Deed::ReadRegulation)?;
    let mut reader = audits.store().reader().await?;
    let counting = in_force(&mut reader, &actor.company).await?;
    if !all {
        let kept = counting.into_iter().map(|version| Kept {
            version,
            counts: true,
        });
        return Ok(kept.collect());
    }
    let every = regulations::all(&mut reader, &actor.company).await?;
    let kept = every.into_iter().map(|version| Kept {
        counts: counting.iter().any(|one| one.number == version.number),
        version,
    });
    Ok(kept.collect())
}

/// Checks a text, and says what it demands.
///
/// # Errors
/// Where the access does not allow it, or the text has mistakes: each with its line.
pub fn check(actor: &Actor, text: &str, lang: Lang) -> Result<Checked, Error> {
    actor.reach(Deed::ReadRegulation)?;
    let version = parse(text, "regulation.toml", lang)?;
    Ok(Checked {
        effective: effective(&version),
        words: describe(&version, lang),
    })
}

/// Puts a version in force from its own date on. One of the same date gives way to it; its text
/// is kept.
///
/// # Errors
/// Where the access does not allow it, or the text has mistakes.
pub async fn add(
    audits: &Audits,
    actor: &Actor,
    text: &str,
    lang: Lang,
    now: Instant,
) -> Result<Checked, Error> {
    actor.reach(Deed::ManageRegulation)?;
    let version = parse(text, "regulation.toml", lang)?;
    let effective = effective(&version);
    let file = match effective.as_str() {
        "" => "regulation.toml".to_owned(),
        date => format!("{date}.toml"),
    };
    let change = RegulationChange::Add(NewVersion {
        effective: effective.clone(),
        file,
        text: text.to_owned(),
        author: actor.person.clone(),
    });
    let note = Note::new("regulation.add", "regulation", &effective);
    audits
        .change_regulation(&actor.company, &change, (&actor.person, note), now)
        .await?;
    Ok(Checked {
        words: describe(&version, lang),
        effective,
    })
}

/// Takes the version of a date out of force; `since-ever` names the one without a date.
///
/// # Errors
/// Where the access does not allow it, or no version of this date is in force.
pub async fn withdraw(
    audits: &Audits,
    actor: &Actor,
    effective: &str,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageRegulation)?;
    let date = if effective == SINCE_EVER {
        ""
    } else {
        effective
    };
    let mut reader = audits.store().reader().await?;
    let list = regulations::list(&mut reader, &actor.company).await?;
    drop(reader);
    if !list.iter().any(|version| version.effective == date) {
        return Err(Error::NotFound {
            what: "version of the regulation",
            id: effective.to_owned(),
        });
    }
    let change = RegulationChange::Withdraw {
        effective: date.to_owned(),
        author: actor.person.clone(),
    };
    let note = Note::new("regulation.withdraw", "regulation", date);
    audits
        .change_regulation(&actor.company, &change, (&actor.person, note), now)
        .await
}

/// Names the version without a date in an address.
pub const SINCE_EVER: &str = "since-ever";

fn effective(version: &Version) -> String {
    version
        .effective
        .map_or(String::new(), |date| date.to_string())
}

fn parse(text: &str, file: &str, lang: Lang) -> Result<Version, Error> {
    Version::parse(text, file).map_err(|mistakes: Mistakes| {
        let faults = mistakes.list.iter().map(|one| {
            let said = mistake(&one.what, lang);
            match one.line_column(text) {
                Some((line, column)) => {
                    Fault::new("text", "mistake", format!("{line}:{column}: {said}"))
                }
                None => Fault::new("text", "mistake", said),
            }
        });
        Error::Invalid(faults.collect())
    })
}
