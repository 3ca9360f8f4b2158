//! The open store, its transactions and readers.

use std::any::{Any as Anything, TypeId};
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Transaction};
use tokio::sync::Notify;

use crate::engine::{self, Pools};
use crate::sql::Sql;
use crate::{Place, StoreError, migrations};

/// An open store. Share it by reference or in an `Arc`.
pub struct Store {
    place: Place,
    pools: Pools,
    committed: Arc<Notify>,
    beside: Mutex<HashMap<TypeId, Arc<dyn Anything + Send + Sync>>>,
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
        migrations::run(&pools.writer, place).await?;
        Ok(Store::on(place, pools))
    }

    /// Opens a store that is there, beside whoever serves it: its tables stay as they are.
    ///
    /// # Errors
    /// Where there is none, it cannot be reached, or its tables are not those of this program.
    pub async fn join(place: &Place) -> Result<Store, StoreError> {
        if let Place::Sqlite(file) = place
            && !file.exists()
        {
            return Err(StoreError::NotThere {
                place: place.to_string(),
            });
        }
        let pools = engine::connect(place).await?;
        let mut reader = pools.reader.acquire().await?;
        migrations::check(&mut reader, place).await?;
        drop(reader);
        Ok(Store::on(place, pools))
    }

    fn on(place: &Place, pools: Pools) -> Store {
        Store {
            place: place.clone(),
            pools,
            committed: Arc::default(),
            beside: Mutex::default(),
        }
    }

    /// What somebody keeps in memory of this store: one of a type, empty at first. It sees neither
    /// commits nor other processes; whoever keeps something looks what has changed.
    pub fn beside<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = beside
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(T::default()));
        // Each stands under its own type.
        kept.clone().downcast().unwrap_or_default()
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Begins a transaction that may write. On SQLite one runs at a time and the others wait
    /// in the order they came: keep it short.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let inner = self.pools.writer.begin_with(self.pools.begin).await?;
        Ok(Tx {
            inner,
            committed: self.committed.clone(),
        })
    }

    /// Waits for the next commit of this process, counted from the call and not from the first
    /// poll. Other processes are not heard.
    pub fn committed(&self) -> impl Future<Output = ()> + Send + '_ {
        self.committed.notified()
    }

    /// A connection for reading, outside any transaction.
    pub async fn reader(&self) -> Result<Reader, StoreError> {
        let inner = self.pools.reader.acquire().await?;
        Ok(Reader { inner })
    }

    /// For reading several tables as of this instant, whatever is written meanwhile.
    pub async fn view(&self) -> Result<View, StoreError> {
        let inner = self.pools.reader.begin_with(self.pools.view).await?;
        let mut view = View { inner };
        // Both engines take the instant of the first question.
        touch(&mut view).await?;
        Ok(view)
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        touch(&mut *self.reader().await?).await
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        self.pools.reader.close().await;
        self.pools.writer.close().await;
    }
}

async fn touch(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT COUNT(*) FROM companies");
    sql.number(conn).await.map(|_| ())
}

/// A transaction: everything in it stands after [`Tx::commit`], nothing where it is dropped.
#[must_use]
pub struct Tx {
    inner: Transaction<'static, Any>,
    committed: Arc<Notify>,
}

impl Tx {
    /// Makes it stand. Once this returns, no crash takes it away.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().await?;
        self.committed.notify_waiters();
        Ok(())
    }

    /// Undoes it now rather than when it is dropped.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.inner.rollback().await?)
    }
}

/// A connection for reading.
pub struct Reader {
    inner: PoolConnection<Any>,
}

/// A connection that reads the store as it was when it was taken. Drop it soon: what it may
/// still read, the store must keep.
pub struct View {
    inner: Transaction<'static, Any>,
}

macro_rules! lends_its_connection {
    ($($name:ident),*) => {
        $(
            impl Deref for $name {
                type Target = AnyConnection;

                fn deref(&self) -> &AnyConnection {
                    &self.inner
                }
            }

            impl DerefMut for $name {
                fn deref_mut(&mut self) -> &mut AnyConnection {
                    &mut self.inner
                }
            }
        )*
    };
}

lends_its_connection!(Tx, Reader, View);
