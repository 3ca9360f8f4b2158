//! Imports that were asked for by another process, and what came of them.
//!
//! Whoever holds the store carries them out; the words in the store are those of [`Request`] and
//! [`Answer`].

use history::Instant;
use serde::{Deserialize, Serialize};
use store::regulations::NewVersion;
use store::{Store, imports};

use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::Deed;

/// What is to be imported.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// The folder, as a path of the machine that imports.
    pub folder: String,
    /// Versions of the regulation to put in force.
    pub versions: Vec<RequestedVersion>,
    /// The language of the answer: `ru` or `en`.
    pub lang: String,
}

/// A version of a regulation to put in force.
#[derive(Debug, Serialize, Deserialize)]
pub struct RequestedVersion {
    effective: String,
    file: String,
    text: String,
}

impl From<NewVersion> for RequestedVersion {
    fn from(version: NewVersion) -> RequestedVersion {
        RequestedVersion {
            effective: version.effective,
            file: version.file,
            text: version.text,
        }
    }
}

impl From<RequestedVersion> for NewVersion {
    fn from(version: RequestedVersion) -> NewVersion {
        NewVersion {
            effective: version.effective,
            file: version.file,
            text: version.text,
            author: String::new(),
        }
    }
}

/// What is to be said of an import that has ended, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it came to nothing.
    pub failed: bool,
    /// What came of it.
    pub said: String,
    /// What was set aside of the folder, a line each.
    pub aside: Vec<String>,
}

/// An import that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The folder.
    pub folder: String,
    /// When it was asked for.
    pub at: Instant,
    /// Bytes read so far, and of how many; none: not known yet.
    pub read: Option<(i64, i64)>,
    /// When it ended; none: it has not.
    pub ended_at: Option<Instant>,
    /// What came of it.
    pub answer: Option<Answer>,
}

/// The imports of the company that were asked for, the latest first. One whose answer was read is
/// no longer among them; the journal knows it.
///
/// # Errors
/// Where the access does not allow it.
pub async fn asked(store: &Store, actor: &Actor) -> Result<Vec<Asked>, Error> {
    actor.reach(Deed::SendEvents)?;
    let mut reader = store.reader().await?;
    let listed = imports::list(&mut reader, &actor.company).await?;
    let told = |one: imports::Listed| {
        // A newer or older program may have written other words.
        let request = serde_json::from_str::<Request>(&one.request);
        let answer = one.state.answer.map(|answer| {
            serde_json::from_str(&answer).unwrap_or(Answer {
                failed: true,
                said: answer,
                aside: Vec::new(),
            })
        });
        Asked {
            folder: request.map(|request| request.folder).unwrap_or_default(),
            at: one.put_at,
            read: Some((one.state.done, one.state.whole)).filter(|(_, whole)| *whole > 0),
            ended_at: one.ended_at,
            answer,
        }
    };
    Ok(listed.into_iter().map(told).collect())
}
