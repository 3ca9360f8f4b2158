//! The demo as a server: the same company, but up to this very minute, and it lives on.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use app::audits::Audits;
use app::companies::{self, NewCompany};
use app::import::import;
use app::permissions::Access;
use history::Instant;
use history::write::EventWriter;
use jiff::{SignedDuration, Timestamp};
use sandbox::company::Simulation;
use store::events::Keys;
use store::regulations::NewVersion;
use store::{Place, Store};
use web::{AppState, Clock, Settings};
use wording::Lang;

use super::{Kept, REGULATION, accounts, control, options, show, tell_made};
use crate::cli;
use crate::commands::outside::Outside;
use crate::commands::typesetter::Typesetter;
use crate::commands::{place, serve};
use crate::say::{self, foreign};

/// Where it listens unless another address is asked for.
const ADDRESS: ([u8; 4], u16) = ([127, 0, 0, 1], 8080);
/// How long the company lives on.
const LIVES_ON: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Shows the company's light, then serves it until somebody stops the server.
pub fn run(args: &cli::Demo, lang: Lang) -> Result<ExitCode> {
    serve::log();
    place::runtime()?.block_on(demo(args, lang))?;
    Ok(ExitCode::SUCCESS)
}

async fn demo(args: &cli::Demo, lang: Lang) -> Result<()> {
    // What somebody can mend comes first: an address that is taken, a folder that is in use.
    let address = args.server.listen.unwrap_or_else(|| ADDRESS.into());
    let listener = serve::listen(address, lang).await?;
    let temporary = tempfile::tempdir()?;
    let data = args.server.data.as_deref().unwrap_or(temporary.path());
    let place = Place::Sqlite(data.join("svetofor.db"));
    let own = place::own(&place, lang).await?;
    refuse_others(&own.store, data, lang).await?;

    let clock = Clock::system();
    let now = clock.now();
    let until = Timestamp::from_millisecond(now)? + LIVES_ON;
    let mut simulation = Simulation::new(&options(args, until))?;
    let kept = Kept::new(args, lang)?;
    write(&mut simulation, kept.path(), now, lang)?;
    kept.put_regulation(lang)?;
    show(kept.path(), &args.report, now, lang)?;
    kept.tell(lang);

    let state = AppState::new(own.store.into(), Settings::default(), clock)?
        .with_press(Typesetter::new(None));
    let company = bring(&state.audits, kept.path(), now).await?;
    let people = accounts::admit(&state, &company, lang).await?;
    let (mut specialist, mut coordinator) = (None, None);
    for account in &people {
        specialist = specialist.or(account.actor(Access::Specialist, &state).await?);
        coordinator = coordinator.or(account.actor(Access::Coordinator, &state).await?);
    }
    if let (Some(specialist), Some(coordinator)) = (specialist, coordinator) {
        control::work(&state, &specialist, &coordinator).await?;
    }
    if let Some(file) = &args.server.accounts {
        accounts::write(&people, file, lang)?;
    }
    accounts::tell(&people, lang)?;
    serve::tell(
        lang,
        "serve-listening",
        &format!("http://{}", listener.local_addr()?),
    )?;
    let lives = tokio::spawn(live_on(state.clone(), company, simulation));
    // What is made up goes nowhere outside.
    serve::until_stopped(listener, state, true, Outside::default()).await;
    lives.abort();
    Ok(())
}

/// The made-up company comes to nobody's real ones.
async fn refuse_others(store: &Store, data: &Path, lang: Lang) -> Result<()> {
    if companies::list(store).await?.is_empty() {
        return Ok(());
    }
    let path = foreign(&data.display().to_string());
    Err(anyhow!(say::text(lang, "demo-occupied", &[("path", path)])))
}

/// Writes what has happened by now, each event with its id, so that what comes later fits on.
fn write(simulation: &mut Simulation, folder: &Path, now: Instant, lang: Lang) -> Result<()> {
    simulation.write_tables(folder)?;
    let events = simulation.run_until(now);
    let mut writer = EventWriter::whole(folder)?;
    let mut deals = 0;
    for event in &events {
        let record = event.record();
        deals += u64::from(record.kind == Some(history::Kind::Created));
        writer.write(&record)?;
    }
    writer.finish()?;
    tell_made(deals, events.len() as u64, lang);
    Ok(())
}

/// Puts the company into the store; its id.
async fn bring(audits: &Audits, folder: &Path, now: Instant) -> Result<String> {
    let version = NewVersion {
        effective: String::new(),
        file: REGULATION.to_owned(),
        text: sandbox::company::regulation().to_owned(),
        author: String::new(),
    };
    let asked = NewCompany {
        name: "Demo".to_owned(),
        timezone: "Europe/Moscow".to_owned(),
        currency: "RUB".to_owned(),
        versions: vec![version],
    };
    let company = companies::add(audits.store(), &asked, now).await?.id;
    let silent = Arc::new(|_, _| {});
    let imported = import(audits, &company, folder, &[], silent, now).await;
    let imported = imported.context("the made-up company")?;
    debug_assert!(imported.problems.is_empty());
    Ok(company)
}

/// Tells the server what happens in the company, when it happens.
async fn live_on(state: AppState, company: String, mut simulation: Simulation) {
    while let Some(at) = simulation.next_at() {
        let wait = (at - state.now()).max(0).unsigned_abs();
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let now = state.now();
        let events = simulation.run_until(now);
        let mut keys = Keys::new();
        let batch = events.iter().map(|event| keys.event(event.record()));
        let batch: Vec<_> = batch.filter_map(Result::ok).collect();
        let added = state
            .audits
            .add_events(&company, &batch, None, |_, _| (), now);
        if let Err(error) = added.await {
            tracing::error!(error = %error, "the made-up company lives on no longer");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNTIL: &str = "2026-04-17T15:00:00Z";

    #[tokio::test(flavor = "multi_thread")]
    async fn what_happens_after_the_start_is_told_and_judged() {
        let until: Timestamp = UNTIL.parse().expect("an instant");
        let options = sandbox::company::Options {
            deals: 60,
            ..sandbox::company::Options::new(until)
        };
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::Sqlite(folder.path().join("svetofor.db"));
        let store = Store::open(&place).await.expect("a store");
        // Everything has happened by now.
        let clock = Clock::from_fn(move || until.as_millisecond());
        let state = AppState::new(store.into(), Settings::default(), clock).expect("a state");

        let mut simulation = Simulation::new(&options).expect("a company");
        let start = until.as_millisecond() - 30 * 24 * 3_600_000;
        let history = folder.path().join("history");
        write(&mut simulation, &history, start, Lang::En).expect("written");
        let company = bring(&state.audits, &history, start)
            .await
            .expect("brought");
        let received = async || {
            let audit = state.audits.read(&company, state.now()).await;
            audit.expect("an audit").received()
        };
        let before = received().await;
        assert!(before > 0);

        live_on(state.clone(), company.clone(), simulation).await;
        let mut all = Simulation::new(&options).expect("a company");
        let all = all.run_until(until.as_millisecond()).len() as i64;
        assert!(before < all, "{before} {all}");
        assert_eq!(received().await, all);
    }
}
