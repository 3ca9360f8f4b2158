//! `svetofor worker`: empties the outbox of a store on PostgreSQL beside the server. Also what the
//! server itself does of that.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use app::telling::Site;
use delivery::{Channels, Dispatcher, Doing, Failure, Inbox, Job, Jobs, Settings, TOLD, Told};
use history::Instant;
use store::outbox::Message;
use store::{Place, Store};
use tokio::sync::watch;
use tokio::task::JoinSet;
use web::Clock;
use wording::Lang;

use super::outside::{self, Outside};
use super::{place, serve};
use crate::cli::Worker;
use crate::say;

/// Runs a worker.
pub fn run(args: &Worker, lang: Lang) -> Result<ExitCode> {
    serve::log();
    place::runtime()?.block_on(work(args, lang))?;
    Ok(ExitCode::SUCCESS)
}

async fn work(args: &Worker, lang: Lang) -> Result<()> {
    let place = place::place(&args.data, lang)?;
    if let Place::Sqlite(_) = place {
        return Err(anyhow!(say::text(lang, "worker-sqlite", &[])));
    }
    let outside = Outside::from_env(args.public_url.as_deref(), lang)?;
    if outside.origin().is_empty() {
        tracing::warn!("letters have no links: name the server's address with --public-url");
    }
    let store = Arc::new(place::look(&place, lang).await?);
    // Whoever reads that it works may tell it to stop at once.
    let stop = serve::stop();
    println!("{}", say::text(lang, "worker-works", &[]));
    let (stopping, stopped) = watch::channel(false);
    let work = empty(store.clone(), Clock::system(), "worker", outside, stopped);
    tokio::join!(work, async {
        stop.await;
        stopping.send_replace(true);
    });
    store.close().await;
    Ok(())
}

/// Empties the outbox until it is told to stop, in the server and in workers alike.
pub async fn empty(
    store: Arc<Store>,
    clock: Clock,
    name: &str,
    outside: Outside,
    stopped: watch::Receiver<bool>,
) {
    let worker = format!("{name} {}", std::process::id());
    let clock: delivery::Clock = Arc::new(move || clock.now());
    let site = outside.origin().to_owned();
    let channels = Channels::new()
        .with(Inbox)
        .with(Jobs::new().with(TellFindings).with(TellOutside { site }));
    let settings = Settings::default();
    let within = Dispatcher::new(store.clone(), channels, settings, &worker, clock.clone());
    let mut work = JoinSet::new();
    let mut saying = JoinSet::new();
    let mut all = vec![within];
    for (dispatcher, channel, name) in outside.dispatchers(&store, &clock, &worker) {
        all.push(dispatcher);
        saying.spawn(outside::say(store.clone(), clock.clone(), channel, name));
    }
    for dispatcher in all {
        let mut stopped = stopped.clone();
        work.spawn(dispatcher.run(async move {
            // Without its other end there is nothing to wait for.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }));
    }
    while let Some(ended) = work.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "what empties the outbox broke off");
        }
    }
    saying.shutdown().await;
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
        _now: Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let told = Told::of(message)?;
            let findings: Vec<&str> = told.findings.iter().map(String::as_str).collect();
            let to = (message.recipient.as_str(), told.channel.as_str());
            app::notices::delivered(store, &message.company, to, &findings, told.at)
                .await
                .map_err(|error| match error {
                    app::Error::Store(error) => Failure::Store(error),
                    other => Failure::Passing(other.to_string()),
                })
        })
    }
}

/// Puts letters for what people's decisions told somebody within the program.
struct TellOutside {
    /// Where the interface stands; empty: nobody has said.
    site: String,
}

impl Job for TellOutside {
    fn kind(&self) -> &'static str {
        app::telling::OUTSIDE_JOB
    }

    fn run<'a>(
        &'a self,
        store: &'a Store,
        message: &'a Message,
        now: Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let (company, person) = (&message.company, &message.recipient);
            let carried = (person.as_str(), message.payload.as_str());
            app::telling::outside(store, company, carried, Site(&self.site), now)
                .await
                .map_err(|error| match error {
                    app::Error::Store(error) => Failure::Store(error),
                    other => Failure::Passing(other.to_string()),
                })
        })
    }
}
