//! `svetofor link`: a way in for somebody who has lost theirs, beside a server that may be running.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use store::{Place, Store};
use web::Clock;
use wording::Lang;

use crate::cli::Link;
use crate::say::{self, foreign};

/// Makes a link.
pub fn run(args: &Link, lang: Lang) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let path = runtime.block_on(link(args, lang))?;
    let path = ("path", wording::Value::Text(path.into()));
    writeln!(
        std::io::stdout(),
        "{}",
        say::text(lang, "link-made", &[path])
    )?;
    Ok(ExitCode::SUCCESS)
}

async fn link(args: &Link, lang: Lang) -> Result<String> {
    let store_says = || say::text(lang, "serve-store", &[]);
    let url = std::env::var("DATABASE_URL").ok();
    let place = Place::parse(url.as_deref(), &args.data).with_context(store_says)?;
    let nobody = || {
        anyhow!(say::text(
            lang,
            "link-nobody",
            &[("login", foreign(&args.login))]
        ))
    };
    // A folder without a store would be given one.
    if let Place::Sqlite(file) = &place
        && !file.exists()
    {
        return Err(nobody());
    }
    let store = Store::open(&place).await.with_context(store_says)?;
    let made = app::accounts::recovery_link(&store, &args.login, Clock::system().now()).await;
    store.close().await;
    match made {
        Ok(secret) => Ok(format!("/link/{}", secret.reveal())),
        Err(app::Error::NotFound { .. }) => Err(nobody()),
        Err(error) => Err(error.into()),
    }
}
