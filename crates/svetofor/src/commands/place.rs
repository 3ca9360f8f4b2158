//! The store that commands work on, opened and told about in one way.

use std::path::Path;

use anyhow::{Context, Result};
use history::Instant;
use store::{Hold, Place, Store, StoreError};
use tokio::runtime::{Builder, Runtime};
use web::Clock;
use wording::Lang;

use crate::say;

/// A store that nobody else holds.
pub struct Own {
    /// The store.
    pub store: Store,
    _hold: Hold,
}

/// A store to write to, beside a server or not.
pub enum Shared {
    /// No server runs.
    Own(Own),
    /// A server, or another command, holds it. It has companies in memory and does not see what is
    /// written past it.
    Beside(Store),
}

impl Shared {
    /// The store.
    pub fn store(&self) -> &Store {
        match self {
            Shared::Own(own) => &own.store,
            Shared::Beside(store) => store,
        }
    }
}

/// Where the store is: as `DATABASE_URL` says, else in the folder.
pub fn place(data: &Path, lang: Lang) -> Result<Place> {
    let url = std::env::var("DATABASE_URL").ok();
    Place::parse(url.as_deref(), data).with_context(|| cannot_open(lang))
}

/// Opens a store that nobody else may hold meanwhile.
pub async fn own(place: &Place, lang: Lang) -> Result<Own> {
    let hold = Hold::take(place).await.with_context(|| cannot_open(lang))?;
    let store = Store::open(place)
        .await
        .with_context(|| cannot_open(lang))?;
    Ok(Own { store, _hold: hold })
}

/// Opens a store to write to it, whether somebody holds it or not.
pub async fn shared(place: &Place, lang: Lang) -> Result<Shared> {
    match Hold::take(place).await {
        Err(StoreError::Held { .. }) => look(place, lang).await.map(Shared::Beside),
        hold => {
            let _hold = hold.with_context(|| cannot_open(lang))?;
            let store = Store::open(place).await;
            let store = store.with_context(|| cannot_open(lang))?;
            Ok(Shared::Own(Own { store, _hold }))
        }
    }
}

/// Opens a store that is there, beside a server or not.
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
