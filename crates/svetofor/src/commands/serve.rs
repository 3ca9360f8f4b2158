//! `svetofor serve`: the server, until it is told to stop.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use store::{Hold, Place, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use web::{AppState, Clock, Settings};
use wording::Lang;

use super::worker;
use crate::cli::Serve;
use crate::say::{self, foreign};

/// What is logged unless `RUST_LOG` says otherwise.
const LOGGED: &str = "info,sqlx=warn";

/// Runs the server.
pub fn run(args: &Serve, lang: Lang) -> Result<ExitCode> {
    run_long(serve(args, lang))
}

/// Runs what goes on until it is told to stop, and says in the log what it does.
pub fn run_long(work: impl Future<Output = Result<()>>) -> Result<ExitCode> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOGGED));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(work)?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(args: &Serve, lang: Lang) -> Result<()> {
    let listener = TcpListener::bind(args.listen).await.map_err(|error| {
        let args = [
            ("address", foreign(&args.listen.to_string())),
            ("error", foreign(&error.to_string())),
        ];
        anyhow::anyhow!(say::text(lang, "serve-cannot-listen", &args))
    })?;
    let store_says = || say::text(lang, "serve-store", &[]);
    let url = std::env::var("DATABASE_URL").ok();
    let place = Place::parse(url.as_deref(), &args.data).with_context(store_says)?;
    let hold = Hold::take(&place).await.with_context(store_says)?;
    let store = Store::open(&place).await.with_context(store_says)?;
    let settings = Settings {
        public_url: args.public_url.clone(),
        behind_proxy: args.behind_proxy,
    };
    let state = AppState::new(Arc::new(store), settings, Clock::system())?;
    let address = match &args.public_url {
        Some(url) => url.clone(),
        None => format!("http://{}", listener.local_addr()?),
    };
    tell(lang, "serve-listening", &address)?;
    if let Some(link) = app::accounts::setup_link(&state.store, state.now()).await? {
        tell(
            lang,
            "serve-setup",
            &format!("{address}/link/{}", link.reveal()),
        )?;
    }
    let (store, clock) = (state.store.clone(), state.clock.clone());
    let (stopping, mut stopped) = watch::channel(false);
    let worker = (!args.no_worker).then(|| {
        let dispatcher = worker::dispatcher(store.clone(), &clock, "serve");
        tokio::spawn(dispatcher.run(async move {
            // Without its other end there is nothing to wait for.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }))
    });
    let told = stopping.clone();
    let shutdown = async move {
        stop().await;
        told.send_replace(true);
    };
    let served = web::serve(listener, state, shutdown).await;
    stopping.send_replace(true);
    if let Some(worker) = worker {
        worker.await?;
    }
    store.close().await;
    hold.release().await;
    Ok(served?)
}

/// Says something with an address in it. Whoever started the server may read it from there.
fn tell(lang: Lang, id: &str, url: &str) -> Result<()> {
    let url = ("url", wording::Value::Text(url.to_string().into()));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", say::text(lang, id, &[url]))?;
    Ok(out.flush()?)
}

/// When somebody presses Ctrl-C or the system ends the program.
pub async fn stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
