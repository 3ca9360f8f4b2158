//! The open store, its transactions and readers.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Connection, Transaction};

use crate::engine::{self, Pools};
use crate::{Place, StoreError, migrations};

/// An open store. Share it by reference or in an `Arc`.
pub struct Store {
    place: Place,
    pools: Pools,
}

impl Store {
    /// Opens the store at `place`, makes it where there is none, and brings its tables to the
    /// version of this program.
    ///
    /// # Errors
    /// Where the place cannot be written or reached, holds something else, or was written by a
    /// newer program.
    pub async fn open(place: &Place) -> Result<Store, StoreError> {
        let pools = engine::connect(place).await?;
        let mut conn = pools.writer.acquire().await?;
        migrations::run(&mut conn, place).await?;
        drop(conn);
        Ok(Store {
            place: place.clone(),
            pools,
        })
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Begins a transaction that may write. On SQLite one runs at a time and the others wait
    /// in the order they came: keep it short.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let inner = self.pools.writer.begin_with(self.pools.begin).await?;
        Ok(Tx { inner })
    }

    /// A connection for reading, outside any transaction.
    pub async fn reader(&self) -> Result<Reader, StoreError> {
        let inner = self.pools.reader.acquire().await?;
        Ok(Reader { inner })
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.reader().await?.inner.ping().await?)
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        self.pools.reader.close().await;
        self.pools.writer.close().await;
    }
}

/// A transaction: everything in it stands after [`Tx::commit`], nothing where it is dropped.
#[must_use]
pub struct Tx {
    inner: Transaction<'static, Any>,
}

impl Tx {
    /// Makes it stand. Once this returns, no crash takes it away.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }

    /// Undoes it now rather than when it is dropped.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.inner.rollback().await?)
    }
}

impl Deref for Tx {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}

/// A connection for reading.
pub struct Reader {
    inner: PoolConnection<Any>,
}

impl Deref for Reader {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.inner
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}
