//! The only place of the server that asks the clock.

use std::sync::Arc;

use app::Instant;

/// Tells what time it is. Tests have clocks of their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// The system's clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge at which `now` comes in"
    )]
    pub fn system() -> Clock {
        Clock::from_fn(|| jiff::Timestamp::now().as_millisecond())
    }

    /// A clock that asks a function.
    pub fn from_fn(now: impl Fn() -> Instant + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        (self.0)()
    }
}
