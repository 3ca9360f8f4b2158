//! One message on its way: delivered while its lease is kept, then marked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use history::Instant;
use store::outbox::{self, Claim, Message};
use store::{Store, StoreError};
use tokio::sync::watch;

use crate::channel::{Attempt, Channel, Channels, Clock, Failure};
use crate::settings::Settings;
use crate::told;

/// What all messages on their way share.
pub(crate) struct Shared {
    pub store: Arc<Store>,
    pub channels: Channels,
    pub settings: Settings,
    pub clock: Clock,
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Done,
    Again,
    Failed,
    /// It may have gone out: people decide.
    Unknown,
    /// Somebody else has it, or had it marked before.
    Elsewhere,
}

/// Carries a claimed message; gives it back where `late` comes first.
pub(crate) async fn carry(shared: Arc<Shared>, claim: Claim, mut late: watch::Receiver<bool>) {
    let message = &claim.message;
    let (id, channel) = (&message.id, &message.channel);
    let ended = tokio::select! {
        biased;
        ended = shared.carry(&claim) => ended,
        () = comes(&mut late) => {
            shared.break_off(&claim).await;
            return;
        }
    };
    match ended {
        Ok(Ended::Done) => tracing::debug!(id, channel, "delivered"),
        Ok(Ended::Again) => tracing::info!(id, channel, "not delivered, to be tried again"),
        Ok(Ended::Failed) => tracing::error!(id, channel, "not delivered, given up"),
        Ok(Ended::Unknown) => tracing::error!(id, channel, "nobody knows whether it was delivered"),
        Ok(Ended::Elsewhere) => tracing::info!(id, channel, "another worker has it"),
        // Its lease ends by itself, and somebody tries again.
        Err(error) => tracing::warn!(id, channel, %error, "cannot mark a message"),
    }
}

async fn comes(late: &mut watch::Receiver<bool>) {
    if late.wait_for(|late| *late).await.is_err() {
        std::future::pending::<()>().await;
    }
}

impl Shared {
    async fn carry(&self, claim: &Claim) -> Result<Ended, StoreError> {
        let message = &claim.message;
        if let Some(begun) = &message.begun {
            let said = format!(
                "{} began to send it and is gone: it may have been delivered",
                begun.by
            );
            return self.lose(claim, &said).await;
        }
        if message.attempts > self.settings.attempts {
            let said = format!(
                "it was begun {} times and never ended: perhaps it ends the worker",
                message.attempts - 1
            );
            return self.refuse(claim, Failure::Lasting(said)).await;
        }
        let channel = match self.channels.find(&message.channel) {
            Ok(channel) => channel,
            Err(failure) => return self.refuse(claim, failure).await,
        };
        let begun = AtomicBool::new(false);
        let attempt = Attempt::new(&self.store, claim, &begun, &self.clock);
        let delivered = tokio::select! {
            biased;
            delivered = channel.deliver(attempt) => delivered,
            () = self.hold(claim) => return Ok(Ended::Elsewhere),
        };
        let settled = match delivered {
            Ok(()) => {
                let settled = self.settle(channel.as_ref(), claim).await;
                settled.map_err(|failure| match begun.load(Ordering::SeqCst) {
                    // Trying it again would repeat it.
                    true => Failure::Unknown(format!(
                        "it was delivered, but could not be marked so: {failure}"
                    )),
                    false => failure,
                })
            }
            Err(failure) => Err(failure),
        };
        match settled {
            Ok(ended) => Ok(ended),
            Err(Failure::Elsewhere) => Ok(Ended::Elsewhere),
            Err(Failure::Unknown(said)) => self.lose(claim, &said).await,
            Err(failure) => self.refuse(claim, failure).await,
        }
    }

    /// Renews the lease until it is lost.
    async fn hold(&self, claim: &Claim) {
        let lease = self.settings.lease_ms;
        let pause = Duration::from_millis(lease.unsigned_abs() / 3);
        loop {
            tokio::time::sleep(pause).await;
            match self
                .renew(claim, (self.clock)().saturating_add(lease))
                .await
            {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(id = claim.message.id, %error, "cannot renew a lease"),
            }
        }
    }

    async fn renew(&self, claim: &Claim, until: Instant) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        let held = outbox::renew(&mut tx, claim, until).await?;
        tx.commit().await?;
        Ok(held)
    }

    /// Marks it as done, together with what its channel writes.
    async fn settle(&self, channel: &dyn Channel, claim: &Claim) -> Result<Ended, Failure> {
        let now = (self.clock)();
        let mut tx = self.store.begin().await?;
        // First: from here on nobody else can have it done.
        if !outbox::done(&mut tx, claim, now).await? {
            return Ok(Ended::Elsewhere);
        }
        channel.settle(&mut tx, &claim.message, now).await?;
        told::follow(&mut tx, &claim.message, now).await?;
        tx.commit().await?;
        Ok(Ended::Done)
    }

    /// Notes what went wrong: it is to be tried again, or given up.
    async fn refuse(&self, claim: &Claim, failure: Failure) -> Result<Ended, StoreError> {
        let Message { id, attempts, .. } = &claim.message;
        let said = failure.to_string();
        let last = matches!(failure, Failure::Lasting(_)) || *attempts >= self.settings.attempts;
        tracing::debug!(id, attempts, error = said, "a delivery failed");
        let now = (self.clock)();
        let mut tx = self.store.begin().await?;
        let (held, ended) = if last {
            let held = outbox::fail(&mut tx, claim, now, &said).await?;
            (held, Ended::Failed)
        } else {
            let wait = match failure {
                Failure::Later { wait_ms, .. } => wait_ms.max(0),
                _ => self.settings.wait_ms(*attempts, rand::random()),
            };
            let due = now.saturating_add(wait);
            let held = outbox::retry(&mut tx, claim, due, &said).await?;
            (held, Ended::Again)
        };
        tx.commit().await?;
        Ok(if held { ended } else { Ended::Elsewhere })
    }

    /// Gives it up because nobody knows what became of it.
    async fn lose(&self, claim: &Claim, said: &str) -> Result<Ended, StoreError> {
        let mut tx = self.store.begin().await?;
        let held = outbox::unknown(&mut tx, claim, (self.clock)(), said).await?;
        tx.commit().await?;
        Ok(if held {
            Ended::Unknown
        } else {
            Ended::Elsewhere
        })
    }

    /// Lets others have it at once, unless it was begun.
    async fn break_off(&self, claim: &Claim) {
        let given = async {
            let mut tx = self.store.begin().await?;
            if !outbox::give_back(&mut tx, claim).await? {
                let said = "the worker was stopped while it was being sent";
                outbox::unknown(&mut tx, claim, (self.clock)(), said).await?;
            }
            tx.commit().await
        };
        if let Err(error) = given.await {
            tracing::warn!(id = claim.message.id, %error, "cannot give a message back");
        }
    }
}
