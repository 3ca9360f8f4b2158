//! What is due to be told is told, again and again.

use std::time::Duration;

use history::Instant;
use notes::Site;
use store::{companies, tellings};

use super::{at_once, daily, unhandled};
use crate::audits::Audits;
use crate::error::Error;

/// How often to look.
const EVERY: Duration = Duration::from_secs(15);
/// How long what was told is remembered, in milliseconds: 30 days.
const REMEMBERED: i64 = 30 * 86_400_000;

/// Tells the people of a company what is due by `now`. Done twice, or by two at once, it tells it
/// once.
///
/// # Errors
/// Where the store or the company's audit fails; what was not told is told by the next call.
pub async fn round(
    audits: &Audits,
    company: &str,
    site: Site<'_>,
    now: Instant,
) -> Result<(), Error> {
    while at_once::plan_new(audits, company, now).await? > 0 {}
    at_once::send_due(audits, company, site, now).await?;
    daily::send_due(audits, company, site, now).await?;
    daily::send_due_to_chats(audits, company, site, now).await?;
    unhandled::send_due(audits, company, site, now).await?;
    Ok(())
}

/// Tells everybody of all companies what is due, until the end of the program. `clock` tells the
/// time, `site` is where the interface stands.
pub async fn keep_telling(audits: Audits, site: String, clock: impl Fn() -> Instant + Send) {
    let mut purged = None;
    loop {
        let now = clock();
        if let Err(error) = all(&audits, Site(&site), now, &mut purged).await {
            tracing::error!(%error, "cannot look what is to be told");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn all(
    audits: &Audits,
    site: Site<'_>,
    now: Instant,
    purged: &mut Option<Instant>,
) -> Result<(), Error> {
    let mut reader = audits.store().reader().await?;
    let companies = companies::list(&mut reader).await?;
    drop(reader);
    let purges = purged.is_none_or(|at| now.saturating_sub(at) > 3_600_000);
    for company in companies {
        if let Err(error) = round(audits, &company.id, site, now).await {
            tracing::error!(company = company.id, %error, "cannot tell a company's people");
        }
        if purges {
            let mut tx = audits.store().begin().await?;
            let before = now.saturating_sub(REMEMBERED);
            tellings::purge(&mut tx, &company.id, before).await?;
            tx.commit().await?;
        }
    }
    if purges {
        *purged = Some(now);
    }
    Ok(())
}
