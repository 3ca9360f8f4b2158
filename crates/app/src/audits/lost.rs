//! Keeps the checks of lost deals up with what an audit learns.

use std::collections::BTreeSet;

use history::{DealId, Instant, Kind};
use store::events::NewEvent;
use store::{Store, checks};

use super::Audit;
use crate::error::Error;
use crate::life::lost::facts::losses;
use crate::life::lost::work;
use crate::life::office::{self, Office};
use crate::life::settings;

/// The deals among a batch whose checks it may concern.
pub(super) fn concerned<'b>(batch: &'b [NewEvent<'_>]) -> BTreeSet<&'b str> {
    let moves = |event: &&NewEvent<'_>| {
        let kind = event.record().kind;
        matches!(
            kind,
            Some(Kind::StageChanged | Kind::Created | Kind::Removed)
        )
    };
    batch
        .iter()
        .filter(moves)
        .map(|event| event.record().deal)
        .collect()
}

/// Opens and closes checks of these deals, or of all where none are named. Called again it does
/// nothing.
///
/// # Errors
/// Where the store fails; what was not done is done by the next call.
pub(super) async fn follow(
    store: &Store,
    company: &str,
    audit: &Audit,
    deals: Option<&BTreeSet<&str>>,
    now: Instant,
) -> Result<(), Error> {
    if deals.is_some_and(BTreeSet::is_empty) {
        return Ok(());
    }
    let mut reader = store.reader().await?;
    let oldest = settings::load(&mut reader, company).await?.oldest_loss(now);
    let open = checks::open_deals(&mut reader, company).await?;
    drop(reader);
    let history = audit.live.history();
    let named = deals.into_iter().flatten();
    let named = named.filter_map(|deal| history.deals.find(deal));
    let all = 0..if deals.is_some() {
        0
    } else {
        history.deals.len() as u32
    };
    let followed: Vec<DealId> = named
        .chain(all)
        .map(DealId)
        .filter(|deal| {
            let timeline = history.timelines.deal(*deal).until(now);
            let recent = !timeline.is_empty() && timeline.at(timeline.len() - 1) >= oldest;
            let lost = || {
                losses(history, timeline)
                    .iter()
                    .any(|loss| loss.at >= oldest)
            };
            open.contains(history.deals.get(deal.0)) || (recent && lost())
        })
        .collect();
    if followed.is_empty() {
        return Ok(());
    }
    let clocks = office::clocks(&audit.live);
    let office = Office::of(&audit.live, clocks);
    for deal in followed {
        let timeline = history.timelines.deal(deal).until(now);
        work::follow(store, company, office, timeline, now).await?;
    }
    Ok(())
}
