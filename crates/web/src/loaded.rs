//! A company as it is loaded, for as long as a request looks at it.

use app::Actor;
use app::audits::{Audit, Reading};
use app::life::office::{self, Office};

use crate::problem::Problem;
use crate::state::AppState;

/// A company as it is loaded. While this lives, the company's audit does not change.
pub(crate) struct Loaded {
    audit: Reading,
}

impl Loaded {
    /// The company of whoever acts.
    pub async fn of(state: &AppState, actor: &Actor) -> Result<Loaded, Problem> {
        let audit = state.audits.read(&actor.company, state.now()).await?;
        Ok(Loaded { audit })
    }

    /// Its audit.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// Who is where, and when they work.
    pub fn office(&self) -> Office<'_> {
        let live = self.audit.live();
        Office::of(live, office::clocks(live))
    }
}
