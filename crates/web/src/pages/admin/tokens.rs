//! «Какие программы сюда ходят?»: one's own tokens, and for an administrator everybody's.

use std::collections::BTreeSet;

use app::accounts::{self, NewToken, Token};
use app::permissions::{Deed, Reach, Scope};
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, Path, State};
use axum::http::Response;
use axum::response::Redirect;
use axum::routing::get;
use serde::Deserialize;
use wording::one_line;
use worktime::Zone;

use super::{Plain, Told, confirm, faults, moment};
use crate::extract::Query;
use crate::pages::address::{escape, with};
use crate::pages::form::{Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

const OWN: &str = "/me/tokens";
const ALL: &str = "/admin/tokens";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(OWN, get(own).post(make))
        .route("/me/tokens/{id}", get(ask_own).post(revoke_own))
        .route(ALL, get(all))
        .route("/admin/tokens/{id}", get(ask_any).post(revoke_any))
}

/// All tokens that somebody may see, the latest first.
async fn tokens(state: &AppState, member: &Member) -> Result<Vec<Token>, Problem> {
    let mut all = accounts::tokens(&state.store, &member.actor, "", i64::MAX).await?;
    all.reverse();
    // What was revoked is of the past.
    all.sort_by_key(|token| token.revoked_at.is_some());
    Ok(all)
}

fn scopes(words: Words, token: &Token) -> String {
    let scopes = token.scopes.split(' ').filter_map(Scope::of_name);
    let scopes = scopes.map(|scope| words.word("scope", scope.name()));
    scopes.collect::<Vec<_>>().join(", ")
}

fn table(member: &Member, zone: &Zone, base: &str, tokens: &[(String, &Token)]) -> Table {
    let words = member.words();
    let mut table =
        Table::new(member, "tokens", words.text("tokens-title")).column(words.text("tokens-name"));
    if base == ALL {
        table = table.column(words.text("tokens-whose"));
    }
    table = table
        .column(words.text("tokens-scopes"))
        .column(words.text("tokens-made"))
        .column(words.text("tokens-used"))
        .column(words.text("tokens-state"));
    for (whose, token) in tokens {
        let alive = token.revoked_at.is_none();
        let href = format!("{base}/{}", escape(&token.id));
        let state = if alive {
            "tokens-alive"
        } else {
            "tokens-revoked"
        };
        let name = Cell::text(one_line(&token.name, 80));
        let mut cells = vec![name.to(if alive { href } else { String::new() })];
        if base == ALL {
            cells.push(super::some(whose));
        }
        cells.push(Cell::text(scopes(words, token)));
        cells.push(moment(zone, Some(token.created_at)));
        cells.push(moment(zone, token.used_at));
        cells.push(Cell::text(words.text(state)));
        table.push(Row::of(cells));
    }
    table
}

/// A token as it is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    form_token: String,
    name: String,
    read: String,
    events: String,
    decide: String,
    manage: String,
}

impl Typed {
    fn has(&self, scope: Scope) -> bool {
        let mark = match scope {
            Scope::Read => &self.read,
            Scope::Events => &self.events,
            Scope::Decide => &self.decide,
            Scope::Manage => &self.manage,
        };
        !mark.is_empty()
    }

    fn asked(&self) -> NewToken {
        let scopes = Scope::ALL.into_iter().filter(|scope| self.has(*scope));
        NewToken {
            name: self.name.clone(),
            scopes: scopes.collect::<BTreeSet<_>>(),
        }
    }

    fn form(&self, words: Words) -> Form {
        let form = Form::doing("token", OWN, words.text("tokens-make")).with(Field::text(
            words,
            "name",
            "tokens-name-of",
            &self.name,
        ));
        Scope::ALL.into_iter().fold(form, |form, scope| {
            let label = format!("tokens-scope-{}", scope.name());
            form.with(Field::mark(words, scope.name(), &label, self.has(scope)))
        })
    }
}

async fn own_page(
    state: &AppState,
    member: &Member,
    download: &Download,
    form: Form,
) -> Result<Result<Sheet, Response<Body>>, Problem> {
    let words = member.words();
    let zone = super::zone(state, member).await?;
    let all = tokens(state, member).await?;
    let own = all
        .iter()
        .filter(|token| token.person == member.actor.person);
    let own: Vec<(String, &Token)> = own.map(|token| (String::new(), token)).collect();
    let table = table(member, &zone, OWN, &own);
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(Err(file));
    }
    Ok(Ok(Sheet::new(member.page(words.text("tokens-own-title")))
        .back("/me", "me-title")
        .text("tokens-why")
        .table(table, "tokens-none")
        .heading("tokens-new")
        .form(form)))
}

async fn own(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let form = Typed::default().form(member.words());
    Ok(match own_page(&state, &member, &download, form).await? {
        Ok(sheet) => sheet.told(&told.done).show(),
        Err(file) => file,
    })
}

async fn make(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let words = member.words();
    let made = accounts::make_token(&state.store, &member.actor, &typed.asked(), state.now()).await;
    match made {
        Ok(made) => {
            let title = words.named("tokens-made-title", &made.token.name);
            let sheet = Sheet::new(member.page(title))
                .back(OWN, "tokens-own-title")
                .text("tokens-made-why")
                .with(Block::Code(made.secret.reveal().to_owned()))
                .text("tokens-made-how");
            Ok(sheet.show())
        }
        Err(error) => {
            let (status, faults) = faults(error)?;
            let form = typed.form(words).faulted(words, &faults);
            let page = own_page(&state, &member, &Download::default(), form).await?;
            Ok(page.map_or_else(|file| file, |sheet| sheet.show_as(status)))
        }
    }
}

/// For whoever sees the tokens of others.
fn sees_all(member: &Member) -> Result<(), Problem> {
    match member.actor.reach(Deed::Tokens)? {
        Reach::All => Ok(()),
        _ => Err(app::Error::Denied(Deed::Tokens).into()),
    }
}

async fn all(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
    Query(told): Query<Told>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    sees_all(&member)?;
    let zone = super::zone(&state, &member).await?;
    let tokens = tokens(&state, &member).await?;
    let people = accounts::everybody(&state.store, &member.actor).await?;
    let name = |token: &Token| {
        let whose = people.iter().find(|one| one.id == token.person);
        whose.map_or_else(String::new, |one| one.name.clone())
    };
    let named: Vec<(String, &Token)> = tokens.iter().map(|token| (name(token), token)).collect();
    let table = table(&member, &zone, ALL, &named);
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let sheet = Sheet::new(member.page(words.text("tokens-title")))
        .told(&told.done)
        .text("tokens-all-why")
        .links(vec![(OWN.to_owned(), words.text("tokens-own-title"))])
        .table(table, "tokens-none");
    Ok(sheet.show())
}

async fn question(
    state: &AppState,
    member: &Member,
    base: &str,
    id: &str,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let all = tokens(state, member).await?;
    let seen =
        |token: &&Token| token.id == id && (base == ALL || token.person == member.actor.person);
    let token = all.iter().find(seen).ok_or_else(|| app::Error::NotFound {
        what: "token",
        id: id.to_owned(),
    })?;
    let action = format!("{base}/{}", escape(id));
    let form = Form::doing("revoke", action, words.text("tokens-revoke")).or_to(base);
    let title = words.named("tokens-revoke-of", &token.name);
    Ok(confirm(member, title, "tokens-revoke-why", form).show())
}

async fn ask_own(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    question(&state, &member, OWN, &id).await
}

async fn ask_any(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response<Body>, Problem> {
    sees_all(&member)?;
    question(&state, &member, ALL, &id).await
}

async fn revoke_own(
    state: State<AppState>,
    member: Member,
    id: Path<String>,
    form: Sent<Plain>,
) -> Result<Redirect, Problem> {
    revoke(state, member, id, form, OWN).await
}

async fn revoke_any(
    state: State<AppState>,
    member: Member,
    id: Path<String>,
    form: Sent<Plain>,
) -> Result<Redirect, Problem> {
    sees_all(&member)?;
    revoke(state, member, id, form, ALL).await
}

async fn revoke(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Sent(form): Sent<Plain>,
    base: &str,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    accounts::revoke_token(&state.store, &member.actor, &id, state.now()).await?;
    Ok(Redirect::to(&with(base, &[("done", "revoked")])))
}

#[cfg(test)]
mod tests {
    use app::Fault;

    use super::*;

    #[test]
    fn a_form_keeps_what_was_marked() {
        let typed = Typed {
            name: "1С".to_owned(),
            events: "on".to_owned(),
            ..Typed::default()
        };
        assert_eq!(typed.asked().scopes, BTreeSet::from([Scope::Events]));
        let words = Words(wording::Lang::Ru);
        let fault = Fault::new("scopes", "scopes", "at least one");
        let form = typed.form(words).faulted(words, &[fault]);
        let marked: Vec<&str> = form
            .fields
            .iter()
            .filter(|field| field.value == "on")
            .map(|field| &*field.name)
            .collect();
        assert_eq!((marked, form.fault.is_empty()), (vec!["events"], false));
    }
}
