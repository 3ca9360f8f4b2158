//! Counts and times for Prometheus.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::Method;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Bounds of the histogram of times, in seconds.
const SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

/// A state of findings, or of messages in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct InState {
    /// Its name.
    pub state: String,
}

type Times = Family<Route, Histogram, fn() -> Histogram>;

/// What is counted. Cloning is cheap; all clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    answered: Family<Answered, Counter>,
    times: Times,
    pub(crate) events: Gauge,
    pub(crate) companies: Gauge,
    pub(crate) findings: Family<InState, Gauge>,
    pub(crate) outbox: Family<InState, Gauge>,
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        let mut registry = Registry::with_prefix("svetofor");
        let answered = Family::default();
        let times: Times = Family::new_with_constructor(|| Histogram::new(SECONDS));
        let (events, companies) = (Gauge::default(), Gauge::default());
        let (findings, outbox) = (Family::default(), Family::default());
        registry.register(
            "http_requests",
            "Requests answered",
            Family::clone(&answered),
        );
        let help = "Seconds until the answer";
        registry.register("http_request_seconds", help, times.clone());
        registry.register("events", "Events taken", events.clone());
        registry.register("companies", "Companies in the store", companies.clone());
        registry.register("findings", "Findings by state", Family::clone(&findings));
        registry.register("outbox", "Messages in the outbox", Family::clone(&outbox));
        Metrics {
            registry: Arc::new(Mutex::new(registry)),
            answered,
            times,
            events,
            companies,
            findings,
            outbox,
        }
    }

    /// Lets another part register what it counts.
    pub fn register(&self, register: impl FnOnce(&mut Registry)) {
        register(&mut self.registry());
    }

    /// Counts an answer. `route` is the route's pattern: addresses have no end.
    pub(crate) fn request(&self, method: &Method, route: &str, status: u16, took: Duration) {
        // Methods have no end either.
        let method = match method.as_str() {
            known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
            _ => "OTHER",
        };
        let (method, route) = (method.to_string(), route.to_string());
        let times = Route {
            method: method.clone(),
            route: route.clone(),
        };
        self.times.get_or_create(&times).observe(took.as_secs_f64());
        let answered = Answered {
            method,
            route,
            status,
        };
        self.answered.get_or_create(&answered).inc();
    }

    /// Everything, as Prometheus reads it.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry())?;
        Ok(text)
    }

    /// A panic while registering leaves a registry that can be used.
    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
