//! Imports of whole histories: done by whoever holds the store, asked for by anybody else.
//!
//! A server has its companies in memory, so it is the server that imports: the command leaves a
//! request in the store and waits there for the answer. Whoever can write the store may ask; no
//! address of the API leads here.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Result, anyhow};
use app::audits::Audits;
use app::import::{self, Answer, ImportError, Imported, Request, import};
use store::imports::{self, Asked};
use store::regulations::NewVersion;
use store::{Store, StoreError};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use web::Clock;
use wording::{Lang, Value};

use super::question::lines_of_problems;
use crate::progress::Progress;
use crate::say::{self, foreign};

/// How often the server looks for what other processes have asked for.
const POLL: Duration = Duration::from_millis(500);
/// How often it shows that it is at work.
const BEAT: Duration = Duration::from_secs(1);
/// How often the command looks for the answer.
const LOOK: Duration = Duration::from_millis(200);
/// How long the command waits without a sign of the server: longer than one takes to start.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often an import is begun before it is given up: it may be what ends the server.
const BEGINNINGS: i64 = 10;
/// How long an answer is kept that nobody comes for.
const KEEP_MS: i64 = 7 * 24 * 3_600_000;

fn failed(said: String) -> Answer {
    Answer {
        failed: true,
        said,
        aside: Vec::new(),
    }
}

fn answered(imported: Result<Imported, ImportError>, lang: Lang) -> Answer {
    let imported = match imported {
        Ok(imported) => imported,
        Err(ImportError::Read(error)) => {
            return failed(say::causes(&error.into(), lang));
        }
        Err(ImportError::App(error)) => {
            return failed(say::causes(&error.into(), lang));
        }
    };
    let count = |count: u64| Value::Count(i64::try_from(count).unwrap_or(i64::MAX));
    let args = [
        ("added", count(imported.added)),
        ("known", count(imported.known)),
        ("problems", count(imported.problems.total())),
    ];
    Answer {
        failed: false,
        said: say::text(lang, "company-imported", &args),
        aside: lines_of_problems(&imported.problems, lang),
    }
}

/// Says what was wrong with the folder; the result, or why there is none.
pub fn tell(answer: Answer) -> Result<String> {
    answer.aside.iter().for_each(|line| say::aside(line));
    match answer.failed {
        false => Ok(answer.said),
        true => Err(anyhow!(answer.said)),
    }
}

/// Imports a folder into a company of a store that this process holds.
pub async fn here(
    audits: &Audits,
    company: &str,
    folder: &Path,
    versions: &[NewVersion],
    progress: import::Progress,
    now: history::Instant,
    lang: Lang,
) -> Answer {
    let imported = import(audits, company, folder, versions, progress, now).await;
    answered(imported, lang)
}

/// Lets whoever holds the store import, and waits for that.
///
/// # Errors
/// Where nobody gives a sign for long.
pub async fn ask(
    store: &Store,
    company: &str,
    request: &Request,
    now: history::Instant,
    lang: Lang,
) -> Result<Answer> {
    let request = serde_json::to_string(request)?;
    let mut tx = store.begin().await?;
    let id = imports::put(&mut tx, company, now, &request).await?;
    tx.commit().await?;
    let progress = Progress::new(&say::text(lang, "progress-read", &[]));
    let (mut beats, mut since) = (0, Instant::now());
    loop {
        sleep(LOOK).await;
        let state = imports::state(&mut *store.reader().await?, company, &id).await?;
        let state = state.unwrap_or_default();
        if state.beats != beats {
            (beats, since) = (state.beats, Instant::now());
        }
        if state.whole > 0 {
            progress.tell(state.done.unsigned_abs(), state.whole.unsigned_abs());
        }
        if state.answer.is_none() && since.elapsed() < PATIENCE {
            continue;
        }
        let mut tx = store.begin().await?;
        imports::remove(&mut tx, company, &id).await?;
        tx.commit().await?;
        let silent = || {
            let place = foreign(&store.place().to_string());
            anyhow!(say::text(lang, "import-silent", &[("place", place)]))
        };
        return Ok(serde_json::from_str(&state.answer.ok_or_else(silent)?)?);
    }
}

/// Imports what other processes ask for, one after the other, until it is aborted; what is under
/// way then is begun again by the next server.
pub async fn work(audits: Audits, clock: Clock) {
    loop {
        match work_once(&audits, &clock).await {
            Ok(true) => {}
            Ok(false) => sleep(POLL).await,
            Err(error) => {
                tracing::warn!(%error, "cannot see to the imports asked for");
                sleep(POLL).await;
            }
        }
    }
}

/// Carries one out; false where none was asked for.
async fn work_once(audits: &Audits, clock: &Clock) -> Result<bool, StoreError> {
    let store = audits.store();
    let Some(asked) = imports::next(&mut *store.reader().await?).await? else {
        return Ok(false);
    };
    let mut tx = store.begin().await?;
    imports::forget(&mut tx, clock.now().saturating_sub(KEEP_MS)).await?;
    imports::begin(&mut tx, &asked).await?;
    tx.commit().await?;
    let (company, id) = (&asked.company, &asked.id);
    tracing::info!(company, id, "importing what another process asked for");
    let answer = carry_out(audits, &asked, clock).await;
    tracing::info!(company, id, failed = answer.failed, "imported");
    let answer = serde_json::to_string(&answer).unwrap_or_default();
    let mut tx = store.begin().await?;
    imports::end(&mut tx, &asked, clock.now(), &answer).await?;
    tx.commit().await?;
    Ok(true)
}

async fn carry_out(audits: &Audits, asked: &Asked, clock: &Clock) -> Answer {
    let request: Request = match serde_json::from_str(&asked.request) {
        Ok(request) => request,
        Err(error) => return failed(error.to_string()),
    };
    let lang = request.lang.parse().unwrap_or(Lang::Ru);
    if asked.begun >= BEGINNINGS {
        let times = [("times", Value::Count(asked.begun))];
        return failed(say::text(lang, "import-given-up", &times));
    }
    let read = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
    let progress = {
        let read = read.clone();
        Arc::new(move |done, of| {
            read.0.store(done, Ordering::Relaxed);
            read.1.store(of, Ordering::Relaxed);
        })
    };
    // In a task of its own: judging does not let others of its task go on.
    let mut running = JoinSet::new();
    let (audits, company, now) = (audits.clone(), asked.company.clone(), clock.now());
    let store = audits.store().clone();
    running.spawn(async move {
        let folder = Path::new(&request.folder);
        let versions: Vec<NewVersion> = request.versions.into_iter().map(Into::into).collect();
        here(&audits, &company, folder, &versions, progress, now, lang).await
    });
    loop {
        let so_far = [&read.0, &read.1].map(|bytes| bytes.load(Ordering::Relaxed).cast_signed());
        if let Err(error) = beat(&store, asked, so_far.into()).await {
            tracing::warn!(%error, "cannot show how far an import is");
        }
        tokio::select! {
            ended = running.join_next() => match ended {
                Some(Ok(answer)) => return answer,
                ended => {
                    tracing::error!(?ended, "an import broke off");
                    return failed(say::text(lang, "import-broke-off", &[]));
                }
            },
            () = sleep(BEAT) => {}
        }
    }
}

async fn beat(store: &Store, asked: &Asked, read: (i64, i64)) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    imports::beat(&mut tx, asked, read).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use store::testing;

    use super::*;

    /// What the server answers to a request that was begun so often.
    async fn answer_to(audits: &Audits, company: &str, request: &str, begun: i64) -> Answer {
        let store = audits.store();
        let mut tx = store.begin().await.expect("a transaction");
        let id = imports::put(&mut tx, company, 0, request).await;
        let id = id.expect("put");
        let asked = imports::next(&mut tx).await.expect("read").expect("one");
        for _ in 0..begun {
            imports::begin(&mut tx, &asked).await.expect("begun");
        }
        tx.commit().await.expect("committed");
        let clock = Clock::from_fn(|| 0);
        assert!(work_once(audits, &clock).await.expect("worked"));
        assert!(!work_once(audits, &clock).await.expect("nothing is left"));
        let mut reader = store.reader().await.expect("a reader");
        let state = imports::state(&mut reader, company, &id).await;
        let answer = state.expect("read").expect("there").answer;
        serde_json::from_str(&answer.expect("an answer")).expect("JSON")
    }

    #[test]
    fn what_cannot_be_carried_out_is_answered_all_the_same() {
        testing::on_sqlite(|store| async move {
            let company = testing::company(&store, "one").await;
            let audits = Audits::new(store);
            let request = Request {
                folder: "/nowhere".to_owned(),
                versions: Vec::new(),
                lang: "en".to_owned(),
            };
            let request = serde_json::to_string(&request).expect("JSON");
            for (begun, words) in [
                (0, "/nowhere"),
                (BEGINNINGS - 1, "/nowhere"),
                (BEGINNINGS, "10 times"),
            ] {
                let answer = answer_to(&audits, &company, &request, begun).await;
                assert!(answer.failed && answer.said.contains(words), "{answer:?}");
            }
            let answer = answer_to(&audits, &company, "of a newer program", 0).await;
            assert!(answer.failed, "{answer:?}");
        });
    }
}
