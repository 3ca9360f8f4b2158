//! What goes outside, as the environment says: e-mail, Telegram, webhooks.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow};
use app::addresses;
use app::audits::Audits;
use bot::Bot;
use delivery::telegram::{Client, Pace, TELEGRAM_API};
use delivery::{Channels, Clock, Dispatcher, EMAIL, Mail, Settings, Telegram, WEBHOOK, Webhooks};
use store::Store;
use tokio::sync::watch;
use wording::Lang;

use crate::say::{self, foreign};

const SMTP: &str = "SVETOFOR_SMTP";
const CA: &str = "SVETOFOR_SMTP_CA";
const FROM: &str = "SVETOFOR_MAIL_FROM";
const TOKEN: &str = "SVETOFOR_TELEGRAM_TOKEN";
const API: &str = "SVETOFOR_TELEGRAM_API";
const PRIVATE: &str = "SVETOFOR_WEBHOOKS_PRIVATE";

/// The ways out that are set up.
#[derive(Default)]
pub struct Outside {
    mail: Option<(Mail, String)>,
    telegram: Option<Arc<Client>>,
    webhooks: Option<Webhooks>,
    origin: String,
}

fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

impl Outside {
    /// The ways out that the environment names; `origin` is where people reach the program.
    pub fn from_env(origin: Option<&str>, lang: Lang) -> Result<Outside> {
        // Of the value nothing is repeated: it may hold a secret.
        let wrong = |name: &'static str, error: String| {
            let args = [("name", foreign(name)), ("error", foreign(&error))];
            anyhow!(say::text(lang, "outside-wrong", &args))
        };
        let origin = origin.unwrap_or_default().to_owned();
        let mail = match (variable(SMTP), variable(FROM)) {
            (None, _) => None,
            (Some(_), None) => return Err(anyhow!(say::text(lang, "outside-no-sender", &[]))),
            (Some(server), Some(from)) => {
                let mail = Mail::new(&server, &from, &origin);
                let mut mail = mail.map_err(|error| wrong(SMTP, error.to_string()))?;
                if let Some(path) = variable(CA) {
                    let pem = std::fs::read(&path);
                    let pem = pem.map_err(|error| wrong(CA, format!("{path}: {error}")))?;
                    let trusting = mail.trusting(&pem);
                    mail = trusting.map_err(|error| wrong(CA, format!("{path}: {error}")))?;
                }
                Some((mail, from))
            }
        };
        let telegram = match variable(TOKEN) {
            None => None,
            Some(token) => {
                let api = variable(API).unwrap_or_else(|| TELEGRAM_API.to_owned());
                let pace = Pace::new(Duration::from_secs(1));
                let client =
                    Client::new(&token, &api, pace).map_err(|error| wrong(TOKEN, error))?;
                Some(Arc::new(client))
            }
        };
        let webhooks = Webhooks::new(variable(PRIVATE).is_some(), &origin);
        let webhooks = webhooks.map_err(|error| wrong(PRIVATE, error))?;
        Ok(Outside {
            mail,
            telegram,
            webhooks: Some(webhooks),
            origin,
        })
    }

    /// Where people reach the program; empty: nobody has said.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Takes what one process alone does: the bot, and what writes to Telegram, so that its limits
    /// are kept in one place.
    pub fn take_telegram(&mut self) -> Option<Talk> {
        let client = self.telegram.take()?;
        let origin = self.origin.clone();
        Some(Talk { client, origin })
    }

    /// A dispatcher for each service: a slow one keeps no other waiting.
    pub fn dispatchers(
        self,
        store: &Arc<Store>,
        clock: &Clock,
        worker: &str,
    ) -> Vec<(Dispatcher, &'static str, String)> {
        let dispatcher = |channels| {
            let settings = Settings::default();
            Dispatcher::new(store.clone(), channels, settings, worker, clock.clone())
        };
        let mail = self
            .mail
            .map(|(mail, from)| (dispatcher(Channels::new().with(mail)), EMAIL, from));
        let webhooks = self.webhooks.map(|webhooks| {
            (
                dispatcher(Channels::new().with(webhooks)),
                WEBHOOK,
                String::new(),
            )
        });
        mail.into_iter().chain(webhooks).collect()
    }
}

/// Says from time to time that this process has a way out.
pub async fn say(store: Arc<Store>, clock: Clock, channel: &'static str, name: String) {
    loop {
        if let Err(error) = addresses::say_outlet(&store, channel, &name, clock()).await {
            tracing::warn!(%error, channel, "cannot note that the channel works");
        }
        let pause = Duration::from_millis(addresses::SAY_EVERY_MS.unsigned_abs());
        tokio::time::sleep(pause).await;
    }
}

/// Speaking and listening in Telegram.
pub struct Talk {
    client: Arc<Client>,
    origin: String,
}

impl Talk {
    /// Listens as the bot and sends what is for Telegram, while no other process does, until it is
    /// told to stop.
    pub async fn run(self, audits: Audits, clock: Clock, stop: watch::Receiver<bool>) {
        let store = audits.store().clone();
        let begin = |mut ended: watch::Receiver<bool>| {
            let channels = Channels::new()
                .with(Telegram::private(self.client.clone(), &self.origin))
                .with(Telegram::groups(self.client.clone(), &self.origin));
            let settings = Settings::default();
            let worker = format!("telegram {}", std::process::id());
            let dispatcher =
                Dispatcher::new(store.clone(), channels, settings, &worker, clock.clone());
            let bot = Bot::new(
                self.client.clone(),
                audits.clone(),
                &self.origin,
                clock.clone(),
            );
            async move {
                let listening = bot.run(ended.clone());
                let sending = dispatcher.run(async move {
                    // Without its other end there is nothing to wait for.
                    let _ = ended.wait_for(|ended| *ended).await;
                });
                tokio::join!(listening, sending);
            }
        };
        bot::while_held(&store, "telegram", &clock, begin, stop).await;
    }
}
