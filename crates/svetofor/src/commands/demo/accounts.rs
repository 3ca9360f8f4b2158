//! A login and a token for each access, for whoever tries the demo.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use app::Actor;
use app::accounts::{self, Newcomer, Pass, Secret};
use app::permissions::Access;
use history::Reference;
use serde::Serialize;
use web::AppState;
use wording::Lang;

use super::not_written;
use crate::output::plain_table;
use crate::say;

/// By what somebody comes in.
#[derive(Serialize)]
pub struct Account {
    role: &'static str,
    login: String,
    password: String,
    token: String,
}

impl Account {
    /// Who comes in by it, where it is somebody of this access.
    pub async fn actor(&self, access: Access, state: &AppState) -> Result<Option<Actor>> {
        if self.role != access.name() {
            return Ok(None);
        }
        let pass = Pass::Token(Secret::shown(&self.token));
        let identity = accounts::come_in(&state.store, &pass, state.now()).await?;
        Ok(identity.and_then(|identity| identity.actor))
    }
}

/// Admits somebody for each access: a seller with findings, the lead of that seller's group, and
/// people who stand for no employee.
pub async fn admit(state: &AppState, company: &str, lang: Lang) -> Result<Vec<Account>> {
    let mut reader = state.store.reader().await?;
    let tables = store::reference::load(&mut reader, company).await?;
    drop(reader);
    let seller = seller(state, company, &tables).await?;
    let group = tables.employees.iter().find(|row| row.id == seller);
    let group = group.map_or("", |row| row.group.as_str());
    let lead = tables.groups.iter().find(|row| row.id == group);
    let lead = lead.map_or("", |row| row.lead.as_str());
    let mut made = Vec::new();
    for access in Access::ALL {
        let employee = match access {
            Access::Employee => Some(seller.as_str()),
            Access::Lead => Some(lead),
            _ => None,
        };
        let row = tables
            .employees
            .iter()
            .find(|row| Some(&*row.id) == employee);
        let name = match row {
            Some(row) => row.name.clone(),
            None => say::text(lang, &format!("demo-access-{}", access.name()), &[]),
        };
        let them = Newcomer {
            company: company.to_owned(),
            login: access.name().to_owned(),
            name,
            access,
            employee: employee.map(str::to_owned),
            language: lang,
        };
        let doors = accounts::admit(&state.store, &state.passwords, &them, state.now()).await?;
        made.push(Account {
            role: access.name(),
            login: them.login,
            password: doors.password.reveal().to_owned(),
            token: doors.token.reveal().to_owned(),
        });
    }
    Ok(made)
}

/// The seller who is there and has the most findings.
async fn seller(state: &AppState, company: &str, tables: &Reference) -> Result<String> {
    let audit = state.audits.read(company, state.now()).await?;
    let people = &audit.live().history().people;
    let mut found = vec![0_u32; people.ids.len()];
    for held in audit.standing() {
        if let Some(count) = found.get_mut(held.finding.employee.index()) {
            *count += 1;
        }
    }
    let sellers = tables.employees.iter().enumerate();
    let sellers = sellers.filter(|(_, row)| row.active && row.role == "seller");
    let most = sellers.max_by_key(|(number, _)| found.get(*number).copied());
    Ok(most.map_or_else(String::new, |(_, row)| row.id.clone()))
}

/// Shows them on the terminal.
pub fn tell(people: &[Account], lang: Lang) -> Result<()> {
    let title = |id: &str| say::text(lang, id, &[]);
    let header = ["demo-access", "demo-login", "demo-password", "demo-token"].map(title);
    let mut table = plain_table(&header, &[]);
    for one in people {
        let access = say::text(lang, &format!("demo-access-{}", one.role), &[]);
        table.add_row([&access, &one.login, &one.password, &one.token]);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{}\n{table}\n", title("demo-accounts"))?;
    Ok(out.flush()?)
}

/// Writes them into a file that is its owner's only.
pub fn write(people: &[Account], file: &Path, lang: Lang) -> Result<()> {
    let text = serde_json::to_string_pretty(people)?;
    let written = private(file).and_then(|mut file| file.write_all(format!("{text}\n").as_bytes()));
    written.with_context(|| not_written(file, lang))
}

/// A new or emptied file that nobody else may read.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let file = options.mode(0o600).open(path)?;
        // One that was there keeps its mode otherwise.
        file.set_permissions(PermissionsExt::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}
