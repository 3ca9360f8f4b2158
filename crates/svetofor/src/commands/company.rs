//! `svetofor company`: companies of a store, and whole histories in and out.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use app::accounts::{self, Invitation};
use app::audits::Audits;
use app::companies::{self, NewCompany};
use app::export::{ExportError, export};
use app::import::Request;
use app::permissions::Access;
use app::{Actor, Error, Via};
use store::Store;
use store::companies::Company;
use wording::{Lang, Value};

use super::{imports, place, regulation};
use crate::cli;
use crate::output::plain_table;
use crate::progress::Progress;
use crate::say::{self, foreign};

/// Runs `svetofor company …`.
pub fn run(args: &cli::Company, lang: Lang) -> Result<ExitCode> {
    let runtime = place::runtime()?;
    let said = match args {
        cli::Company::Add(args) => runtime.block_on(add(args, lang)),
        cli::Company::List(args) => runtime.block_on(list(args, lang)),
        cli::Company::Import(args) => runtime.block_on(bring(args, lang)),
        cli::Company::Export(args) => runtime.block_on(take(args, lang)),
    }?;
    writeln!(std::io::stdout().lock(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

async fn add(args: &cli::CompanyAdd, lang: Lang) -> Result<String> {
    let asked = NewCompany {
        name: args.name.clone(),
        timezone: args.timezone.clone(),
        currency: args.currency.clone(),
        versions: regulation::versions(args.regulation.as_deref(), lang)?,
    };
    // A server loads a company when somebody asks for it first.
    let shared = place::shared(&place::place(&args.at.data, lang)?, lang).await?;
    let store = shared.store();
    let added = companies::add(store, &asked, place::now()).await;
    let company = added.map_err(|error| refused(error, lang))?;
    let id = ("id", foreign(&company.id));
    let mut said = say::text(lang, "company-added", &[id]);
    if let Some(login) = &args.administrator {
        let invited = invite(store, &company, login, lang).await;
        let path = invited.map_err(|error| refused(error, lang).context(said.clone()))?;
        let path = ("path", Value::Text(path.into()));
        said = format!("{said}\n{}", say::text(lang, "company-link", &[path]));
    }
    store.close().await;
    Ok(said)
}

/// Invites somebody to be the company's administrator; the path of their link.
async fn invite(
    store: &Store,
    company: &Company,
    login: &str,
    lang: Lang,
) -> Result<String, Error> {
    let program = Actor {
        person: String::new(),
        name: "svetofor".to_owned(),
        company: company.id.clone(),
        access: Access::Administrator,
        employee: None,
        groups: BTreeSet::new(),
        via: Via::Session,
    };
    let invitation = Invitation {
        login: login.to_owned(),
        name: login.to_owned(),
        access: Access::Administrator,
        employee: None,
        language: lang,
    };
    let invited = accounts::invite(store, &program, &invitation, place::now()).await?;
    Ok(format!("/link/{}", invited.link.reveal()))
}

async fn list(args: &cli::CompanyList, lang: Lang) -> Result<String> {
    let store = place::look(&place::place(&args.at.data, lang)?, lang).await?;
    let all = companies::list(&store).await?;
    store.close().await;
    let title = |id: &str| say::text(lang, id, &[]);
    let header = [
        "company-id",
        "company-name",
        "company-zone",
        "company-events",
    ]
    .map(title);
    let mut table = plain_table(&header, &[3]);
    for company in all {
        let name = wording::one_line(&company.name, 60);
        let events = wording::integer(company.sequence, lang);
        table.add_row([company.id, name, company.timezone, events]);
    }
    Ok(table.to_string())
}

async fn bring(args: &cli::CompanyImport, lang: Lang) -> Result<String> {
    let versions = regulation::versions(args.regulation.as_deref(), lang)?;
    let shared = place::shared(&place::place(&args.at.data, lang)?, lang).await?;
    let found = companies::find(shared.store(), &args.company).await;
    let company = found.map_err(|error| refused(error, lang))?.id;
    let now = place::now();
    let answer = match shared {
        place::Shared::Own(own) => {
            let audits = Audits::new(Arc::new(own.store));
            let progress = Progress::new(&say::text(lang, "progress-read", &[]));
            let tell = Arc::new(move |done, of| progress.tell(done, of));
            let folder = &args.history;
            let answer = imports::here(&audits, &company, folder, &versions, tell, now, lang).await;
            audits.store().close().await;
            answer
        }
        place::Shared::Beside(store) => {
            let request = Request {
                folder: whole_path(&args.history, lang)?,
                versions: versions.into_iter().map(Into::into).collect(),
                lang: lang.to_string(),
            };
            let answer = imports::ask(&store, &company, &request, now, lang).await;
            store.close().await;
            answer?
        }
    };
    imports::tell(answer)
}

/// A path as another process finds it; perhaps only that one may look into it.
fn whole_path(path: &Path, lang: Lang) -> Result<String> {
    let whole = std::path::absolute(path)?;
    let shown = || ("path", foreign(&path.display().to_string()));
    let text = whole.to_str().map(str::to_owned);
    text.ok_or_else(|| anyhow!(say::text(lang, "import-odd-path", &[shown()])))
}

async fn take(args: &cli::CompanyExport, lang: Lang) -> Result<String> {
    let path = foreign(&args.out.display().to_string());
    let occupied = ["history", "regulation"]
        .map(|name| args.out.join(name))
        .into_iter()
        .any(|folder| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()));
    if occupied {
        return Err(anyhow!(say::text(
            lang,
            "company-occupied",
            &[("path", path)]
        )));
    }
    let store = place::look(&place::place(&args.at.data, lang)?, lang).await?;
    let found = companies::find(&store, &args.company).await;
    let company = found.map_err(|error| refused(error, lang))?;
    let exported = export(&store, &company.id, &args.out).await;
    store.close().await;
    let exported = exported.map_err(|error| match error {
        ExportError::Store(error) => anyhow::Error::from(error),
        other => other.into(),
    })?;
    let events = ("events", Value::Count(exported.events as i64));
    Ok(say::text(
        lang,
        "company-exported",
        &[events, ("path", path)],
    ))
}

/// What the caller can mend, in their language.
pub(super) fn refused(error: Error, lang: Lang) -> anyhow::Error {
    let told = |id: &str, args: &[(&str, Value<'_>)]| anyhow!(say::text(lang, id, args));
    match &error {
        Error::NotFound { id, .. } => told("company-unknown", &[("id", foreign(id))]),
        Error::Invalid(faults) => match faults.first().map(|fault| fault.code) {
            Some("name") => told("company-bad-name", &[]),
            Some("timezone") => told("company-bad-zone", &[]),
            Some("currency") => told("company-bad-currency", &[]),
            Some("login") => told("company-bad-login", &[]),
            _ => error.into(),
        },
        _ => error.into(),
    }
}
