//! Listening, and stopping without cutting anybody short.
//!
//! axum's own loop waits for the head of a request for ever; ours does not, so that connections
//! which say nothing cannot fill the server.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Layer;

use crate::router::router;
use crate::state::AppState;

/// Connections at once; the next one waits until another ends.
const CONNECTIONS: usize = 4096;
/// Time for the head of a request, and between two requests of a connection.
const HEAD: Duration = Duration::from_secs(30);
/// Time for answers that are under way when the server is told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(15);
/// Rest after the system had no connection to give, such as when there are too many open files.
const REST: Duration = Duration::from_millis(200);

/// Serves until `shutdown`, then lets what is under way come to its end. The store stays open. A
/// connection that fails is its own matter.
pub async fn serve(listener: TcpListener, state: AppState, shutdown: impl Future<Output = ()>) {
    let router = router(state);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut shutdown => break,
        };
        tokio::spawn(converse(
            stream,
            peer,
            router.clone(),
            graceful.watcher(),
            place,
        ));
    }
    drop(listener);
    tracing::info!("stopping");
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(LAST_ANSWERS) => tracing::warn!("some answers were cut short"),
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed.
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) => {
                tracing::warn!(error = %error, "no connection could be taken");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// Answers the requests of one connection.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    watcher: Watcher,
    _place: Option<OwnedSemaphorePermit>,
) {
    // An answer is written at once; waiting for more to send with it would only delay it.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(Extension(ConnectInfo(peer)).layer(router));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(error = %error, "a connection failed");
    }
}
