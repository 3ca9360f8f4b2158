//! The store that commands work on, opened and told about in one way.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use history::Instant;
use store::{Hold, Place, Store, StoreError};
use tokio::runtime::{Builder, Runtime};
use web::Clock;
use wording::Lang;

use crate::say::{self, foreign};

/// A store that nobody else writes to.
pub struct Own {
    /// The store.
    pub store: Store,
    _hold: Hold,
}

/// Where the store is: as `DATABASE_URL` says, else in the folder.
pub fn place(data: &Path, lang: Lang) -> Result<Place> {
    let url = std::env::var("DATABASE_URL").ok();
    Place::parse(url.as_deref(), data).with_context(|| cannot_open(lang))
}

/// Opens a store to write to it. A server that has its companies in memory would not see what is
/// written, so there may be none.
pub async fn own(place: &Place, lang: Lang) -> Result<Own> {
    let hold = match Hold::take(place).await {
        Err(StoreError::Held { place, .. }) => {
            let args = [("place", foreign(&place))];
            return Err(anyhow!(say::text(lang, "store-held-write", &args)));
        }
        hold => hold.with_context(|| cannot_open(lang))?,
    };
    let store = Store::open(place)
        .await
        .with_context(|| cannot_open(lang))?;
    Ok(Own { store, _hold: hold })
}

/// Opens a store to read from it, beside a server or not.
pub async fn look(place: &Place, lang: Lang) -> Result<Store> {
    Store::join(place).await.with_context(|| cannot_open(lang))
}

fn cannot_open(lang: Lang) -> String {
    say::text(lang, "serve-store", &[])
}

/// A runtime for work with a store.
pub fn runtime() -> Result<Runtime> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}

/// The present instant.
pub fn now() -> Instant {
    Clock::system().now()
}
