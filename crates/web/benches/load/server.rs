//! The server as a process of its own: this program again, with `--serve`.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use delivery::{Channels, Dispatcher, Doing, Failure, Inbox, Job, Jobs, TOLD, Told};
use store::outbox::Message;
use store::{Hold, Place, Store};
use tokio::net::TcpListener;
use web::{AppState, Clock, Settings};

use crate::company::NOW;

/// A server that runs.
pub struct Server {
    process: Child,
    pub address: String,
    pub loaded_in: Duration,
}

impl Server {
    /// Starts one on the store in a folder, and waits until it has loaded the company.
    pub fn start(folder: &Path) -> Server {
        let begin = Instant::now();
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .arg("--serve")
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let out = process.stdout.as_mut().expect("its output");
        let mut address = String::new();
        BufReader::new(out)
            .read_line(&mut address)
            .expect("its address");
        assert!(!address.is_empty(), "the server did not start");
        Server {
            process,
            address: address.trim().to_owned(),
            loaded_in: begin.elapsed(),
        }
    }

    /// What the system says of its memory.
    pub fn memory(&self) -> String {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let mb = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            kb.unwrap_or(0) / 1024
        };
        format!(
            "{} MB of memory ({} its own, {} of files), {} MB at most so far",
            mb("VmRSS:"),
            mb("RssAnon:"),
            mb("RssFile:"),
            mb("VmHWM:")
        )
    }

    /// Stops it.
    pub fn stop(mut self) {
        drop(self.process.stdin.take());
        self.process.wait().expect("its end");
    }
}

/// Serves the store in a folder until standard input ends. Its clock goes on from [`NOW`].
pub fn run(folder: &Path) {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(serve(folder));
}

async fn serve(folder: &Path) {
    let place = Place::parse(None, folder).expect("a place");
    let hold = Hold::take(&place).await.expect("nobody else");
    let store = Store::open(&place).await.expect("a store");
    let begin = Instant::now();
    let clock = Clock::from_fn(move || NOW + begin.elapsed().as_millis() as i64);
    let state = AppState::new(Arc::new(store), Settings::default(), clock).expect("a state");
    state.audits.load_all(state.now()).await.expect("loaded");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let awake = tokio::spawn(state.audits.clone().keep_awake({
        let clock = state.clock.clone();
        move || clock.now()
    }));
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let dispatcher = dispatcher(&state);
    let worker = tokio::spawn(dispatcher.run(async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    }));
    println!("{}", listener.local_addr().expect("an address"));
    let (ended, end) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        let _ = ended.send(());
    });
    let stop = async {
        let _ = end.await;
    };
    let store = state.store.clone();
    web::serve(listener, state, stop).await;
    awake.abort();
    stopping.send_replace(true);
    let _ = worker.await;
    store.close().await;
    hold.release().await;
}

/// What empties the outbox, as `svetofor serve` has it.
fn dispatcher(state: &AppState) -> Dispatcher {
    let channels = Channels::new()
        .with(Inbox)
        .with(Jobs::new().with(TellFindings));
    let clock = state.clock.clone();
    let clock = Arc::new(move || clock.now());
    let settings = delivery::Settings::default();
    Dispatcher::new(state.store.clone(), channels, settings, "load", clock)
}

/// Writes down that findings were told, after a message about them was delivered.
struct TellFindings;

impl Job for TellFindings {
    fn kind(&self) -> &'static str {
        TOLD
    }

    fn run<'a>(
        &'a self,
        store: &'a Store,
        message: &'a Message,
        _now: app::Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let told = Told::of(message)?;
            let findings: Vec<&str> = told.findings.iter().map(String::as_str).collect();
            let to = (message.recipient.as_str(), told.channel.as_str());
            app::notices::delivered(store, &message.company, to, &findings, told.at)
                .await
                .map_err(|error| Failure::Passing(error.to_string()))
        })
    }
}
