//! Takes what is due, lets it be carried, waits for more.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use history::Instant;
use store::outbox::{self, Claim};
use store::{Store, StoreError};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use crate::carry::{Shared, carry};
use crate::channel::{Channels, Clock};
use crate::settings::Settings;

/// Commits come in swarms: how long to let one pass before looking.
const SWARM: Duration = Duration::from_millis(5);
/// The pause where somebody else was quicker.
const OUTRUN: Duration = Duration::from_millis(10);
/// How often to look for what was done long ago.
const PURGE_EVERY_MS: i64 = 3_600_000;
/// How many of these to take out in one transaction.
const PURGE_AT_ONCE: i64 = 500;

/// Empties the outbox of a store as far as it has the channels. Any number of them may work at one store, in one process or in
/// many.
pub struct Dispatcher {
    shared: Arc<Shared>,
    worker: String,
    /// The names of its channels: what is for others it leaves to others.
    names: Vec<&'static str>,
    /// Whether there may be more than what was taken last.
    flows: bool,
    purge_at: Instant,
}

impl Dispatcher {
    /// A dispatcher that calls itself `worker` in the outbox.
    pub fn new(
        store: Arc<Store>,
        channels: Channels,
        settings: Settings,
        worker: &str,
        clock: Clock,
    ) -> Dispatcher {
        Dispatcher {
            names: channels.names(),
            shared: Arc::new(Shared {
                store,
                channels,
                settings,
                clock,
            }),
            // Started again it is another one: it must not take over what it held by its name.
            worker: format!("{worker} {}", store::new_id()),
            flows: true,
            purge_at: 0,
        }
    }

    /// Works until `shutdown`; ends what it has begun, or gives it back. A failing store makes it
    /// wait, never end.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = pin!(shutdown);
        let mut work = JoinSet::new();
        let (too_late, late) = watch::channel(false);
        let store = self.shared.store.clone();
        let most = self.shared.settings.at_once.max(1);
        loop {
            while let Some(ended) = work.try_join_next() {
                look_after(ended);
            }
            // Asked for before looking, so that nothing comes unnoticed in between.
            let committed = store.committed();
            let room = most - work.len();
            // One claim for several messages.
            let takes = room * 2 >= most;
            let wait = match takes {
                true => self.take(&mut work, room, &late).await,
                false => self.poll(),
            };
            if wait.is_zero() {
                // Also a dispatcher that never rests hears that it is to stop.
                if stops(shutdown.as_mut()).await {
                    break;
                }
                continue;
            }
            tokio::select! {
                biased;
                () = &mut shutdown => break,
                Some(ended) = work.join_next() => look_after(ended),
                () = committed, if takes => tokio::time::sleep(SWARM).await,
                () = tokio::time::sleep(wait) => {}
            }
        }
        let last = Duration::from_millis(self.shared.settings.last_moments_ms.unsigned_abs());
        let ends = async {
            while let Some(ended) = work.join_next().await {
                look_after(ended);
            }
        };
        if tokio::time::timeout(last, ends).await.is_err() {
            too_late.send_replace(true);
            while let Some(ended) = work.join_next().await {
                look_after(ended);
            }
        }
    }

    fn poll(&self) -> Duration {
        Duration::from_millis(self.shared.settings.poll_ms.max(1).unsigned_abs())
    }

    /// Takes what is due, as far as there is room for it; how long to wait for more.
    async fn take(
        &mut self,
        work: &mut JoinSet<()>,
        room: usize,
        late: &watch::Receiver<bool>,
    ) -> Duration {
        match self.try_take(room).await {
            Ok((claims, wait)) => {
                for claim in claims {
                    work.spawn(carry(self.shared.clone(), claim, late.clone()));
                }
                wait
            }
            Err(error) => {
                tracing::warn!(%error, "cannot look into the outbox");
                self.flows = false;
                self.poll()
            }
        }
    }

    async fn try_take(&mut self, room: usize) -> Result<(Vec<Claim>, Duration), StoreError> {
        let now = (self.shared.clock)();
        self.purge(now).await?;
        if !self.flows {
            // Reading first: it keeps no writer waiting.
            let mut reader = self.shared.store.reader().await?;
            let due = outbox::next_due(&mut reader, &self.names).await?;
            let wait = due.map_or(i64::MAX, |due| due.saturating_sub(now));
            if wait > 0 {
                let wait = Duration::from_millis(wait.unsigned_abs());
                return Ok((Vec::new(), wait.min(self.poll())));
            }
        }
        let settings = &self.shared.settings;
        let asked = i64::try_from(room).unwrap_or(i64::MAX);
        let mut tx = self.shared.store.begin().await?;
        let claims = outbox::claim(
            &mut tx,
            &self.worker,
            &self.names,
            now,
            settings.lease_ms,
            asked,
        )
        .await?;
        tx.commit().await?;
        let was_due = !self.flows;
        self.flows = claims.len() == room;
        let wait = match claims.is_empty() {
            true if was_due => OUTRUN,
            _ => Duration::ZERO,
        };
        Ok((claims, wait))
    }

    /// Takes out what was done long ago, from time to time.
    async fn purge(&mut self, now: Instant) -> Result<(), StoreError> {
        if now < self.purge_at {
            return Ok(());
        }
        let before = now.saturating_sub(self.shared.settings.keep_ms);
        let mut tx = self.shared.store.begin().await?;
        let gone = outbox::purge(&mut tx, before, PURGE_AT_ONCE).await?;
        tx.commit().await?;
        // Where there is more, the next look goes on with it: nobody waits for all of it.
        if gone < PURGE_AT_ONCE.unsigned_abs() {
            self.purge_at = now.saturating_add(PURGE_EVERY_MS);
        }
        Ok(())
    }
}

/// Whether it is to stop now.
async fn stops(shutdown: impl Future<Output = ()>) -> bool {
    tokio::select! {
        biased;
        () = shutdown => true,
        () = std::future::ready(()) => false,
    }
}

fn look_after(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        // Its lease ends by itself, and the attempts are counted.
        tracing::error!(%error, "a delivery broke off");
    }
}
