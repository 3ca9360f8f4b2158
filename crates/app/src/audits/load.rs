//! Brings a company from the store into memory.

use audit::regulation::{Mistakes, Regulation, Version};
use history::{Builder, Instant};
use live::{Change, Identity, Live, Row, SCOPES, Stamp, Values};
use store::{Connection, Store, StoreError, events, findings, reference, regulations};

use super::scratch::Scratch;
use super::{Audit, heavy, keep, lost};
use crate::error::Error;
use crate::life::book::Book;
use crate::life::whole::Whole;

/// Why a company's regulation cannot be judged by.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A version has mistakes.
    #[error("the regulation {file} has mistakes: {mistakes}")]
    Regulation {
        /// The version's file.
        file: String,
        /// The mistakes.
        mistakes: String,
    },
    /// Two versions begin on one day.
    #[error("two versions of the regulation come into force on one day; withdraw one of them")]
    SameDay,
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Error {
        Error::Inside(error.to_string())
    }
}

/// The versions of a company's regulation in force; the starter where it has none of its own.
pub async fn in_force(
    conn: &mut Connection,
    company: &str,
) -> Result<Vec<regulations::Version>, StoreError> {
    let mut versions = regulations::list(conn, company).await?;
    if versions.is_empty() {
        versions.push(regulations::Version {
            number: 0,
            effective: String::new(),
            file: STARTER_FILE.to_owned(),
            text: audit::regulation::STARTER.to_owned(),
            withdrawn: false,
            author: String::new(),
            added_at: 0,
            sequence: 0,
        });
    }
    Ok(versions)
}

/// The regulation that versions make.
///
/// # Errors
/// Where one of them has mistakes.
pub fn regulation_of(versions: &[regulations::Version]) -> Result<Regulation, LoadError> {
    let parse = |version: &regulations::Version| {
        let parsed = Version::parse(&version.text, &version.file);
        parsed.map_err(|mistakes: Mistakes| LoadError::Regulation {
            file: version.file.clone(),
            mistakes: mistakes.to_string(),
        })
    };
    let parsed: Result<Vec<Version>, LoadError> = versions.iter().map(parse).collect();
    Regulation::new(parsed?).map_err(|_| LoadError::SameDay)
}

/// The name of the starter's file.
pub(crate) const STARTER_FILE: &str = "starter.toml";

/// Loads a company and judges it at `now`; what changed since it was last kept is written down.
pub(super) async fn load(store: &Store, company: &str, now: Instant) -> Result<Audit, Error> {
    let (mut audit, changes) = judged(store, company, now).await?;
    keep::keep(store, company, &mut audit, &changes, now).await?;
    // A program that was killed between an event and its check left none.
    lost::follow(store, company, &audit, None, now).await?;
    // The first page is not to wait for all decisions.
    drop(Book::open(store, company).await?);
    Ok(audit)
}

/// Loads a company and judges it at `now` without writing anything: also beside a server. A finding
/// that is not kept yet has an empty id.
pub(crate) async fn look(store: &Store, company: &str, now: Instant) -> Result<Audit, Error> {
    let (audit, _) = judged(store, company, now).await?;
    Ok(audit)
}

async fn judged(store: &Store, company: &str, now: Instant) -> Result<(Audit, Vec<Change>), Error> {
    let mut reader = store.reader().await?;
    let tables = reference::load(&mut reader, company).await?;
    let versions = in_force(&mut reader, company).await?;
    let regulation = regulation_of(&versions)?;
    let mut builder = Builder::of(&tables);
    let mut received = 0;
    let mut refused = 0;
    events::each(&mut reader, company, 0, |event| {
        received = event.received;
        // Which events are the same was decided when they came.
        let record = history::Record {
            id: "",
            ..event.record.clone()
        };
        refused += u64::from(builder.event(&record).is_err());
        Ok(())
    })
    .await?;
    if refused > 0 {
        tracing::warn!(
            company,
            refused,
            "events of the store are no events any more"
        );
    }
    let mut live = heavy(|| Live::unjudged(builder.build(), regulation, now));
    findings::each(&mut reader, company, |finding| {
        if finding.scope != HAND {
            let (id, stamp, row) = row_of(finding);
            live.kept_mut().add(&id, stamp);
            live.remember(row);
        }
    })
    .await?;
    drop(reader);
    let changes = heavy(|| live.judge());
    let audit = Audit {
        live,
        whole: Whole::default(),
        received,
        scratch: Scratch::default(),
    };
    Ok((audit, changes))
}

/// The scope of findings that people made.
const HAND: &str = "hand";

fn row_of(finding: findings::Finding) -> (String, Stamp, Row) {
    let scope = SCOPES.into_iter().find(|scope| *scope == finding.scope);
    let row = Row {
        identity: Identity {
            rule: finding.rule,
            scope: scope.unwrap_or_default(),
            key: finding.scope_key,
            subject: finding.subject,
            start: finding.start,
            ordinal: u32::try_from(finding.ordinal).unwrap_or(u32::MAX),
        },
        values: Values {
            regulation: finding.regulation,
            severity: finding.severity,
            deal: finding.deal,
            employee: finding.employee,
            stage: finding.stage,
            at: finding.at,
            until: finding.until,
            amount: finding.amount,
            count: u32::try_from(finding.count).unwrap_or_default(),
        },
        standing: finding.standing,
    };
    let stamp = Stamp {
        raised_seq: finding.raised_seq,
        changed_seq: finding.changed_seq,
        raised_at: finding.raised_at,
        changed_at: finding.changed_at,
    };
    (finding.id, stamp, row)
}
