//! One process at a time.

use std::time::Duration;

use delivery::Clock;
use store::{Store, leases, new_id};
use tokio::sync::watch;

/// For how long a lease holds, in milliseconds, and how often it is renewed or asked for.
const HOLDS_MS: i64 = 30_000;
const ASKS: Duration = Duration::from_secs(10);

/// Does something while this process holds the lease of this name, and again whenever it gets it anew,
/// until it is told to stop. What `begin` makes is told to stop when the lease is lost, which ends
/// before anybody else has it.
pub async fn while_held<F: Future<Output = ()> + Send + 'static>(
    store: &Store,
    name: &str,
    clock: &Clock,
    begin: impl Fn(watch::Receiver<bool>) -> F,
    mut stop: watch::Receiver<bool>,
) {
    let holder = new_id();
    let mut work: Option<(watch::Sender<bool>, tokio::task::JoinHandle<()>)> = None;
    loop {
        let now = clock();
        let held = take(store, name, &holder, now).await;
        match (held, &work) {
            (true, None) => {
                let (end, ended) = watch::channel(false);
                work = Some((end, tokio::spawn(begin(ended))));
            }
            (false, Some(_)) => finish(work.take()).await,
            _ => {}
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            () = tokio::time::sleep(ASKS) => {}
        }
    }
    finish(work.take()).await;
    let given = async {
        let mut tx = store.begin().await?;
        leases::give_back(&mut tx, name, &holder).await?;
        tx.commit().await
    };
    if let Err(error) = given.await {
        tracing::warn!(%error, name, "cannot give a lease back");
    }
}

async fn take(store: &Store, name: &str, holder: &str, now: i64) -> bool {
    let taken = async {
        let mut tx = store.begin().await?;
        let until = now.saturating_add(HOLDS_MS);
        let taken = leases::take(&mut tx, name, holder, now, until).await?;
        tx.commit().await?;
        Ok::<_, store::StoreError>(taken)
    };
    taken.await.unwrap_or_else(|error| {
        tracing::warn!(%error, name, "cannot take a lease");
        false
    })
}

async fn finish(work: Option<(watch::Sender<bool>, tokio::task::JoinHandle<()>)>) {
    if let Some((end, task)) = work {
        end.send_replace(true);
        if let Err(error) = task.await {
            tracing::error!(%error, "what a lease was held for broke off");
        }
    }
}
