//! Work that is no message and goes through the outbox all the same.

use std::collections::HashMap;
use std::sync::Arc;

use history::Instant;
use store::Store;
use store::outbox::Message;

use crate::channel::{Attempt, Channel, Doing, Failure};

/// The channel of jobs; the kind of such a row names the job.
pub const JOBS: &str = "job";

/// A kind of work. The message carries ids, no facts: the job finds its work in the store, and
/// finds none where it was done before. It may be begun twice, even at once.
pub trait Job: Send + Sync {
    /// What rows of the outbox call it.
    fn kind(&self) -> &'static str;

    /// Does it. The future may be dropped at any point; another attempt follows then.
    fn run<'a>(
        &'a self,
        store: &'a Store,
        message: &'a Message,
        now: Instant,
    ) -> Doing<'a, Result<(), Failure>>;
}

/// The channel of all jobs.
#[derive(Clone, Default)]
pub struct Jobs(HashMap<&'static str, Arc<dyn Job>>);

impl Jobs {
    /// None yet.
    pub fn new() -> Jobs {
        Jobs::default()
    }

    /// And this one.
    pub fn with(mut self, job: impl Job + 'static) -> Jobs {
        self.0.insert(job.kind(), Arc::new(job));
        self
    }
}

impl Channel for Jobs {
    fn name(&self) -> &'static str {
        JOBS
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        let message = attempt.message;
        match self.0.get(&*message.kind) {
            Some(job) => job.run(attempt.store, message, attempt.now),
            None => Box::pin(async move {
                let said = format!("this program has no job {:?}", message.kind);
                Err(Failure::Passing(said))
            }),
        }
    }
}
