//! What those who run the server want counted, over all companies and naming none.

use history::Instant;
use store::{Store, companies, findings, outbox};

use crate::error::Error;

/// Counts over all companies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Companies in the store.
    pub companies: i64,
    /// Events taken.
    pub events: i64,
    /// Findings by state.
    pub findings: Vec<(&'static str, i64)>,
    /// Messages in the outbox by state.
    pub outbox: Vec<(&'static str, i64)>,
}

/// Counts now.
pub async fn counts(store: &Store, now: Instant) -> Result<Counts, Error> {
    let mut reader = store.reader().await?;
    let companies = companies::list(&mut reader).await?;
    let findings = findings::counts(&mut reader).await?;
    let outbox = outbox::counts(&mut reader, now).await?;
    Ok(Counts {
        companies: companies.len() as i64,
        events: companies.iter().map(|company| company.sequence).sum(),
        findings: vec![
            ("standing", findings.standing),
            ("cured", findings.cured),
            ("withdrawn", findings.withdrawn),
        ],
        outbox: vec![
            ("waiting", outbox.waiting),
            ("claimed", outbox.claimed),
            ("done", outbox.done),
            ("failed", outbox.failed),
        ],
    })
}
