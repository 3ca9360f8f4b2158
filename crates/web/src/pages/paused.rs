//! That notices are paused, as pages about people say it.

use app::Instant;
use app::telling::pauses::{self, Paused};

use super::Member;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Whose notices are paused, as far as the reader may know.
pub(super) async fn paused(
    state: &AppState,
    member: &Member,
    loaded: &Loaded,
) -> Result<Paused, Problem> {
    let (actor, office) = (&member.actor, loaded.office());
    Ok(pauses::paused(&state.store, actor, office, state.now()).await?)
}

/// That somebody's notices are paused; empty: they are not.
pub(super) fn person(paused: &Paused, employee: &str, loaded: &Loaded, member: &Member) -> String {
    let until = paused.people.get(employee).copied();
    said("paused-until", until, loaded, member)
}

/// That the whole company's notices are paused; empty: they are not.
pub(super) fn company(paused: &Paused, loaded: &Loaded, member: &Member) -> String {
    said("paused-company-until", paused.company, loaded, member)
}

fn said(message: &str, until: Option<Instant>, loaded: &Loaded, member: &Member) -> String {
    let (words, office) = (member.words(), loaded.office());
    let zone = &office.version().zone;
    until.map_or_else(String::new, |until| {
        let until = wording::moment(zone.datetime(until), words.0);
        words.say(message, &[("until", until.into())])
    })
}
