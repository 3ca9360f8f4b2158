//! Listening, and stopping without cutting anybody short.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::router::router;
use crate::state::AppState;

/// Time for answers that are under way when the server is told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(15);

/// Serves until `shutdown`, then lets what is under way come to its end. The store stays open.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let (told, stopping) = oneshot::channel();
    let shutdown = async move {
        shutdown.await;
        tracing::info!("stopping");
        let _ = told.send(());
    };
    let server = axum::serve(listener, service).with_graceful_shutdown(shutdown);
    let overdue = async {
        // Without a word from the other side the server has ended by itself.
        if stopping.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    tokio::select! {
        served = server => served,
        () = overdue => {
            tracing::warn!("some answers were cut short");
            Ok(())
        }
    }
}
