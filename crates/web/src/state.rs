//! What all handlers share.

use std::sync::Arc;

use app::Instant;
use app::accounts::Passwords;
use app::audits::Audits;
use app::reports::{NoPress, Press};
use store::Store;

use crate::clock::Clock;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::settings::Settings;

/// What all handlers share. Cloning is cheap.
#[derive(Clone)]
pub struct AppState {
    /// Where everything is kept.
    pub store: Arc<Store>,
    /// The live audits of its companies.
    pub audits: Audits,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Counts and times; other parts register their own there.
    pub metrics: Metrics,
    /// Sets reports in type.
    pub press: Arc<dyn Press>,
    /// How the server is reached.
    pub settings: Arc<Settings>,
    /// What time it is.
    pub clock: Clock,
    pub(crate) limits: Arc<Limits>,
}

impl AppState {
    /// The state of a server on a store.
    ///
    /// # Errors
    /// Where passwords cannot be hashed.
    pub fn new(
        store: Arc<Store>,
        settings: Settings,
        clock: Clock,
    ) -> Result<AppState, app::Error> {
        let base = settings.origin().unwrap_or_default().to_owned();
        Ok(AppState {
            press: Arc::new(NoPress { base }),
            audits: Audits::new(store.clone()),
            store,
            passwords: Passwords::new()?,
            metrics: Metrics::new(),
            settings: Arc::new(settings),
            limits: Arc::new(Limits::new(&clock)),
            clock,
        })
    }

    /// The same with something that sets reports in type.
    pub fn with_press(self, press: impl Press + 'static) -> AppState {
        AppState {
            press: Arc::new(press),
            ..self
        }
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}
