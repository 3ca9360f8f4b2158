//! What those who run the server want counted, over all companies and naming none.

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
    pub findings: Vec<(String, i64)>,
    /// Letters in the outbox by state.
    pub outbox: Vec<(String, i64)>,
}

/// Counts now.
pub async fn counts(store: &Store) -> Result<Counts, Error> {
    let mut reader = store.reader().await?;
    let companies = companies::list(&mut reader).await?;
    Ok(Counts {
        companies: companies.len() as i64,
        events: companies.iter().map(|company| company.sequence).sum(),
        findings: findings::count_by_state(&mut reader).await?,
        outbox: outbox::count_by_state(&mut reader).await?,
    })
}
