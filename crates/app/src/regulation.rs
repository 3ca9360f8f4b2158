//! The company's regulation: its versions, what they demand, what differs between them, and new
//! ones.

use std::collections::HashMap;

use audit::message::mistake;
use audit::regulation::{Mistake, Mistakes, Regulation, Version, describe};
use history::{History, Instant};
use store::regulations::{self, NewVersion};
use store::{Connection, StoreError, persons};
use wording::Lang;

use crate::actor::Actor;
use crate::audits::{Audits, RegulationChange, STARTER_FILE, in_force};
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
    /// What the person who put it in force is called; empty: it is the starter, or nobody knows.
    pub name: String,
}

/// What a text demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its first day; empty: since ever.
    pub effective: String,
    /// What it demands, in words: a line each.
    pub words: Vec<String>,
    /// What is no mistake but should be known, in words.
    pub notes: Vec<String>,
}

/// A mistake of a text, in words and in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Its line and column, from 1; none: the text as a whole is meant.
    pub place: Option<(usize, usize)>,
    /// What is wrong, what is expected, and which known word is written much like it.
    pub said: String,
}

/// A text that was looked through.
pub struct Review {
    /// The mistakes, in the order of the text. A text that has any cannot be put in force.
    pub mistakes: Vec<Flaw>,
    /// What is no mistake but should be known.
    pub notes: Vec<Flaw>,
    /// What it is as a version; none where it cannot be read.
    pub version: Option<Version>,
}

/// All texts of a company's regulation.
pub struct Versions {
    /// Every text there ever was, in the order in which they were put in; the starter alone where
    /// there was none.
    pub all: Vec<Kept>,
    /// The place of the one in force now.
    pub current: usize,
    /// The number of the last text: changes whenever anything is put in force or withdrawn.
    pub last: i64,
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
        return Ok(kept(&mut reader, &counting, counting.clone()).await?);
    }
    let every = regulations::all(&mut reader, &actor.company).await?;
    Ok(kept(&mut reader, &counting, every).await?)
}

/// Every text of the regulation, and which of them is in force at `now`.
///
/// # Errors
/// Where the access does not allow it.
pub async fn history(audits: &Audits, actor: &Actor, now: Instant) -> Result<Versions, Error> {
    actor.reach(Deed::ReadRegulation)?;
    let audit = audits.read(&actor.company, now).await?;
    let regulation = audit.live().regulation();
    let file = &regulation.versions()[current(regulation, now)].file;
    let mut reader = audits.store().reader().await?;
    let counting = in_force(&mut reader, &actor.company).await?;
    let mut every = regulations::all(&mut reader, &actor.company).await?;
    let last = every.last().map_or(0, |version| version.number);
    if every.is_empty() || counting.iter().all(|version| version.number == 0) {
        every.extend(counting.iter().cloned());
    }
    let all = kept(&mut reader, &counting, every).await?;
    let mut places = all.iter().enumerate();
    let is_current = |kept: &Kept| kept.counts && kept.version.file == *file;
    let current = places.find(|(_, kept)| is_current(kept));
    Ok(Versions {
        current: current.map_or(0, |(place, _)| place),
        all,
        last,
    })
}

/// The versions with whether they count, and the names of who put them in force.
async fn kept(
    conn: &mut Connection,
    counting: &[regulations::Version],
    versions: Vec<regulations::Version>,
) -> Result<Vec<Kept>, StoreError> {
    let mut names: HashMap<String, String> = HashMap::new();
    for version in &versions {
        if !version.author.is_empty() && !names.contains_key(&version.author) {
            let person = persons::get(conn, &version.author).await?;
            let name = person.map_or_else(String::new, |person| person.name);
            names.insert(version.author.clone(), name);
        }
    }
    let kept = versions.into_iter().map(|version| Kept {
        counts: counting.iter().any(|one| one.number == version.number),
        name: names.get(&version.author).cloned().unwrap_or_default(),
        version,
    });
    Ok(kept.collect())
}

/// The place of the version in force at an instant; the first one where none is yet.
pub fn current(regulation: &Regulation, now: Instant) -> usize {
    let places = (0..regulation.versions().len()).rev();
    let begun = |place: &usize| regulation.in_force(*place).0 <= now;
    places.into_iter().find(begun).unwrap_or(0)
}

/// Looks a text through: against itself, and against what the company has.
///
/// # Errors
/// Where the access does not allow it, or the company cannot be loaded.
pub async fn review(
    audits: &Audits,
    actor: &Actor,
    text: &str,
    (lang, now): (Lang, Instant),
) -> Result<Review, Error> {
    actor.reach(Deed::ReadRegulation)?;
    let audit = audits.read(&actor.company, now).await?;
    Ok(reviewed(text, audit.live().history(), lang))
}

fn reviewed(text: &str, history: &History, lang: Lang) -> Review {
    let flaw = |one: &Mistake| Flaw {
        place: one.line_column(text),
        said: mistake(&one.what, lang),
    };
    let version = match Version::parse(text, FILE) {
        Ok(version) => version,
        Err(found) => {
            return Review {
                mistakes: found.list.iter().map(flaw).collect(),
                notes: Vec::new(),
                version: None,
            };
        }
    };
    let mut misfits = version.misfits(history);
    misfits.sort_by_key(|one| one.place.as_ref().map(|place| place.start));
    // A company that has no stages yet may get them after its regulation.
    let has_stages = !history.pipelines.stages.is_empty();
    let (mistakes, doubts): (Vec<_>, Vec<_>) = misfits
        .iter()
        .partition(|one| has_stages && !one.is_doubtful());
    let shifts = version.unknown_shifts(history).into_iter();
    let shifts = shifts.map(|id| Mistake {
        place: None,
        what: audit::regulation::What::UnknownId {
            thing: "shift",
            id,
            nearest: None,
        },
    });
    let notes = version.notes.iter().map(flaw);
    let notes = notes.chain(doubts.into_iter().map(flaw));
    Review {
        mistakes: mistakes.into_iter().map(flaw).collect(),
        notes: notes.chain(shifts.map(|one| flaw(&one))).collect(),
        version: Some(version),
    }
}

impl Review {
    /// What it demands.
    ///
    /// # Errors
    /// Where it has mistakes: each with its line.
    fn checked(self, lang: Lang) -> Result<(Version, Checked), Error> {
        let said = |flaw: &Flaw| match flaw.place {
            Some((line, column)) => format!("{line}:{column}: {}", flaw.said),
            None => flaw.said.clone(),
        };
        match self.version {
            Some(version) if self.mistakes.is_empty() => {
                let checked = Checked {
                    effective: effective(&version),
                    words: describe(&version, lang),
                    notes: self.notes.iter().map(said).collect(),
                };
                Ok((version, checked))
            }
            _ => {
                let faults = self.mistakes.iter();
                let faults = faults.map(|flaw| Fault::new("text", "mistake", said(flaw)));
                Err(Error::Invalid(faults.collect()))
            }
        }
    }
}

/// Checks a text, and says what it demands.
///
/// # Errors
/// Where the access does not allow it, or the text has mistakes: each with its line.
pub async fn check(
    audits: &Audits,
    actor: &Actor,
    text: &str,
    (lang, now): (Lang, Instant),
) -> Result<Checked, Error> {
    let review = review(audits, actor, text, (lang, now)).await?;
    Ok(review.checked(lang)?.1)
}

/// Puts a version in force from its own date on. One of the same date gives way to it; its text
/// is kept. The first version with a date leaves the starter in force before it. With `base`, the
/// number of the last text that its author has seen, nothing happens where another one came since.
///
/// # Errors
/// Where the access does not allow it, the text has mistakes, or another text came since.
pub async fn add(
    audits: &Audits,
    actor: &Actor,
    (text, base): (&str, Option<i64>),
    lang: Lang,
    now: Instant,
) -> Result<Checked, Error> {
    actor.reach(Deed::ManageRegulation)?;
    let review = review(audits, actor, text, (lang, now)).await?;
    let (_, checked) = review.checked(lang)?;
    let mut reader = audits.store().reader().await?;
    let list = regulations::list(&mut reader, &actor.company).await?;
    drop(reader);
    let version = |effective: &str, file: String, text: &str| NewVersion {
        effective: effective.to_owned(),
        file,
        text: text.to_owned(),
        author: actor.person.clone(),
    };
    let effective = checked.effective.as_str();
    let mut versions = Vec::new();
    if list.is_empty() && !effective.is_empty() {
        let starter = audit::regulation::STARTER;
        versions.push(version("", STARTER_FILE.to_owned(), starter));
    }
    versions.push(version(effective, file_of(effective, &list), text));
    let change = RegulationChange::Add { versions, base };
    let note = Note::new("regulation.add", "regulation", effective);
    audits
        .change_regulation(&actor.company, &change, (&actor.person, note), now)
        .await?;
    Ok(checked)
}

/// What findings name a version of a date by: another name than versions of other dates have.
fn file_of(effective: &str, list: &[regulations::Version]) -> String {
    let stem = match effective {
        "" => "regulation",
        date => date,
    };
    let taken = |file: &String| {
        let mut others = list.iter().filter(|other| other.effective != effective);
        others.any(|other| other.file == *file)
    };
    let first = format!("{stem}.toml");
    let more = (2..).map(|n| format!("{stem}-{n}.toml"));
    let mut names = std::iter::once(first.clone()).chain(more);
    names.find(|name| !taken(name)).unwrap_or(first)
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

/// What a text is called before it is kept.
const FILE: &str = "regulation.toml";

fn effective(version: &Version) -> String {
    version
        .effective
        .map_or(String::new(), |date| date.to_string())
}

/// A text as a version.
///
/// # Errors
/// Where it has mistakes: each with its line.
pub(crate) fn parse(text: &str, lang: Lang) -> Result<Version, Error> {
    Version::parse(text, FILE).map_err(|mistakes: Mistakes| {
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
