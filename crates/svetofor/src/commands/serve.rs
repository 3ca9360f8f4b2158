//! `svetofor serve`: the server, until it is told to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use store::{Hold, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use web::{AppState, Clock, Settings};
use wording::Lang;

use super::outside::Outside;
use super::typesetter::Typesetter;
use super::{imports, place, worker};
use crate::cli::Serve;
use crate::say::{self, foreign};

/// What is logged unless `RUST_LOG` says otherwise.
const LOGGED: &str = "info,sqlx=warn";

/// Runs the server.
pub fn run(args: &Serve, lang: Lang) -> Result<ExitCode> {
    log();
    place::runtime()?.block_on(serve(args, lang))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the log to standard error from here on.
pub fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOGGED));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
}

async fn serve(args: &Serve, lang: Lang) -> Result<()> {
    let listener = listen(args.listen, lang).await?;
    let outside = Outside::from_env(args.public_url.as_deref(), lang)?;
    let store_says = || say::text(lang, "serve-store", &[]);
    let place = place::place(&args.data, lang)?;
    let hold = Hold::take(&place).await.with_context(store_says)?;
    let store = Store::open(&place).await.with_context(store_says)?;
    let settings = Settings {
        public_url: args.public_url.clone(),
        behind_proxy: args.behind_proxy,
    };
    if !args.listen.ip().is_loopback() && !settings.encrypted() {
        tracing::warn!(
            "passwords come over the network unencrypted; put a proxy with HTTPS in front and \
             name its address with --public-url"
        );
    }
    let press = Typesetter::new(settings.origin());
    let state = AppState::new(Arc::new(store), settings, Clock::system())?.with_press(press);
    state.audits.load_all(state.now()).await?;
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
    until_stopped(listener, state, !args.no_worker, outside).await;
    hold.release().await;
    Ok(())
}

/// Takes an address.
pub async fn listen(address: SocketAddr, lang: Lang) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let args = [
            ("address", foreign(&address.to_string())),
            ("error", foreign(&error.to_string())),
        ];
        anyhow::anyhow!(say::text(lang, "serve-cannot-listen", &args))
    })
}

/// Serves, judges what falls due, imports what commands ask for and, where it `delivers`, empties
/// the outbox, until somebody stops it; then it closes the store. In Telegram it speaks in any case:
/// the bot needs the companies that a server has loaded.
pub async fn until_stopped(
    listener: TcpListener,
    state: AppState,
    delivers: bool,
    mut outside: Outside,
) {
    let stop = stop();
    let (store, clock) = (state.store.clone(), state.clock.clone());
    let (stopping, stopped) = watch::channel(false);
    let talk = outside.take_telegram().map(|talk| {
        let clock = clock.clone();
        let clock: delivery::Clock = Arc::new(move || clock.now());
        tokio::spawn(talk.run(state.audits.clone(), clock, stopped.clone()))
    });
    let worker = delivers.then(|| {
        let work = worker::empty(store.clone(), clock.clone(), "serve", outside, stopped);
        tokio::spawn(work)
    });
    let awake = tokio::spawn(state.audits.clone().keep_awake({
        let clock = clock.clone();
        move || clock.now()
    }));
    let telling = tokio::spawn(app::telling::keep_telling(
        state.audits.clone(),
        state.settings.public_url.clone().unwrap_or_default(),
        {
            let clock = clock.clone();
            move || clock.now()
        },
    ));
    let reporting = tokio::spawn(app::reports::keep_reporting(
        state.audits.clone(),
        state.press.clone(),
        {
            let clock = clock.clone();
            move || clock.now()
        },
    ));
    let keeping = tokio::spawn({
        let (store, clock) = (store.clone(), clock.clone());
        async move { app::keeping::keep(&store, move || clock.now()).await }
    });
    let importing = tokio::spawn(imports::work(state.audits.clone(), clock));
    let imports = importing.abort_handle();
    let shutdown = async {
        stop.await;
        stopping.send_replace(true);
        imports.abort();
    };
    web::serve(listener, state, shutdown).await;
    awake.abort();
    for work in [telling, reporting, keeping, importing] {
        work.abort();
        // Aborted: it has let go of the store when this returns.
        let _ = work.await;
    }
    for work in [worker, talk].into_iter().flatten() {
        if let Err(error) = work.await {
            tracing::error!(%error, "what empties the outbox broke off");
        }
    }
    store.close().await;
}

/// Says something with an address in it. Whoever started the server may read it from there.
pub fn tell(lang: Lang, id: &str, url: &str) -> Result<()> {
    let url = ("url", wording::Value::Text(url.to_string().into()));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", say::text(lang, id, &[url]))?;
    Ok(out.flush()?)
}

/// When somebody presses Ctrl-C or the system ends the program; heard from the call on.
#[cfg(unix)]
pub fn stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn comes(signal: std::io::Result<Signal>) {
        match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
    let interrupted = signal(SignalKind::interrupt());
    let terminated = signal(SignalKind::terminate());
    async {
        tokio::select! {
            () = comes(interrupted) => {}
            () = comes(terminated) => {}
        }
    }
}

/// When somebody presses Ctrl-C.
#[cfg(not(unix))]
pub async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
