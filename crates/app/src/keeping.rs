//! How long files are kept that were made to be sent, and what takes the old ones out.

use std::time::Duration;

use history::Instant;
use serde::{Deserialize, Serialize};
use store::{Connection, Store, artefacts, companies, reports, settings};

use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::jobs;
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// How long a company keeps files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keeping {
    /// The files of reports that were sent, in days from the sending; none: for ever.
    pub report_days: Option<u32>,
    /// Pictures and attachments of messages, in days.
    pub attachment_days: u32,
}

impl Default for Keeping {
    fn default() -> Keeping {
        Keeping {
            report_days: None,
            attachment_days: LEAST,
        }
    }
}

/// The fewest days: notices may be paused for a year, and a letter needs its files when it goes.
const LEAST: u32 = 400;
/// The most days: ten years. Whoever wants more keeps reports for ever.
const MOST: u32 = 3_650;
const DAY: i64 = 86_400_000;
/// The key of the settings in the store.
const KEY: &str = "keeping";
/// How much is taken out in one transaction.
const AT_ONCE: i64 = 50;
/// How often to look.
const EVERY: Duration = Duration::from_secs(3_600);
/// How long a program that has just started waits: others have said by then which channels they have.
const SETTLED: Duration = Duration::from_secs(600);

impl Keeping {
    fn check(&self) -> Result<(), Fault> {
        let fields = [
            ("report_days", self.report_days),
            ("attachment_days", Some(self.attachment_days)),
        ];
        for (field, days) in fields {
            if let Some(days) = days.filter(|days| !(LEAST..=MOST).contains(days)) {
                let said = format!("{days} days; write a number from {LEAST} to {MOST}");
                return Err(Fault::new(field, "bounds", said));
            }
        }
        Ok(())
    }
}

async fn load(conn: &mut Connection, company: &str) -> Result<Keeping, Error> {
    let Some(kept) = settings::get(conn, company, KEY).await? else {
        return Ok(Keeping::default());
    };
    serde_json::from_str(&kept)
        .map_err(|error| Error::Inside(format!("the setting {KEY:?} cannot be read: {error}")))
}

/// How long the company keeps files.
///
/// # Errors
/// Where the access does not allow it.
pub async fn see(store: &Store, actor: &Actor) -> Result<Keeping, Error> {
    actor.reach(Deed::SeeSettings)?;
    load(&mut *store.reader().await?, &actor.company).await
}

/// Changes how long the company keeps files.
///
/// # Errors
/// Where the access does not allow it, or a value cannot be.
pub async fn save(
    store: &Store,
    actor: &Actor,
    changed: Keeping,
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageSettings)?;
    changed.check()?;
    let written = |value: &Keeping| {
        serde_json::to_string(value).map_err(|error| Error::Inside(error.to_string()))
    };
    let mut tx = store.begin().await?;
    let before = written(&load(&mut tx, &actor.company).await?)?;
    let after = written(&changed)?;
    settings::set(&mut tx, &actor.company, KEY, &after).await?;
    let line = Note::new("settings.change", "settings", KEY).change("value", &before, &after);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// Takes files of a company out that it keeps no longer.
///
/// # Errors
/// Where the store fails; what was not taken out is by the next call.
pub async fn round(store: &Store, company: &str, now: Instant) -> Result<(), Error> {
    let mut reader = store.reader().await?;
    let keeping = load(&mut reader, company).await?;
    drop(reader);
    let before = |days: u32| now.saturating_sub(i64::from(days) * DAY);
    loop {
        let mut tx = store.begin().await?;
        let old = before(keeping.attachment_days);
        let gone = artefacts::remove_loose(&mut tx, company, old, AT_ONCE).await?;
        tx.commit().await?;
        if gone < AT_ONCE.unsigned_abs() {
            break;
        }
    }
    let Some(days) = keeping.report_days else {
        return Ok(());
    };
    loop {
        let mut tx = store.begin().await?;
        let old = reports::with_files_before(&mut tx, company, before(days), AT_ONCE).await?;
        for report in &old {
            reports::remove_files(&mut tx, company, report, now).await?;
        }
        tx.commit().await?;
        if old.is_empty() {
            return Ok(());
        }
    }
}

/// Takes out what is kept no longer and gives up what nobody takes, of all companies, until the end of
/// the program. `clock` tells the time.
pub async fn keep(store: &Store, clock: impl Fn() -> Instant + Send) {
    tokio::time::sleep(SETTLED).await;
    loop {
        if let Err(error) = all(store, clock()).await {
            tracing::error!(%error, "cannot look what is kept no longer");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn all(store: &Store, now: Instant) -> Result<(), Error> {
    jobs::give_up(store, now).await?;
    let mut reader = store.reader().await?;
    let companies = companies::list(&mut reader).await?;
    drop(reader);
    for company in companies {
        if let Err(error) = round(store, &company.id, now).await {
            tracing::error!(company = company.id, %error, "cannot take out what is kept no longer");
        }
    }
    Ok(())
}
