//! Tokens by which programs come in.

use std::collections::BTreeSet;

use history::Instant;
use store::tokens::Token;
use store::{Store, tokens as rows};

use super::checks::Checks;
use super::secrets::Secret;
use crate::actor::Actor;
use crate::error::Error;
use crate::journal;
use crate::permissions::{Deed, Reach, Scope};

/// What every token begins with, so that one that leaks is known for what it is.
const PREFIX: &str = "svt_";

/// A token to make.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
}

/// A token that was made.
#[derive(Clone, Debug)]
pub struct TokenMade {
    /// What is kept of it.
    pub token: Token,
    /// The token itself; it is shown this once.
    pub secret: Secret,
}

/// Tokens, in the order they were made, after an id: everybody's for an administrator, else
/// one's own.
pub async fn tokens(
    store: &Store,
    actor: &Actor,
    after: &str,
    limit: i64,
) -> Result<Vec<Token>, Error> {
    let person = match actor.reach(Deed::Tokens)? {
        Reach::All => None,
        _ => Some(actor.person.as_str()),
    };
    let mut reader = store.reader().await?;
    Ok(rows::list(&mut reader, &actor.company, person, after, limit).await?)
}

/// Makes a token of one's own.
pub async fn make_token(
    store: &Store,
    actor: &Actor,
    asked: &NewToken,
    now: Instant,
) -> Result<TokenMade, Error> {
    actor.reach(Deed::Tokens)?;
    let mut checks = Checks::default();
    let name = checks.name("name", &asked.name);
    if asked.scopes.is_empty() {
        checks.fault(
            "scopes",
            "scopes",
            "at least one; without any it is good for nothing",
        );
    }
    checks.done()?;
    let scopes: Vec<&str> = asked.scopes.iter().map(|scope| scope.name()).collect();
    let secret = Secret::shown(format!("{PREFIX}{}", Secret::random().reveal()));
    let token = Token {
        company: actor.company.clone(),
        id: store::new_id(),
        person: actor.person.clone(),
        name,
        digest: secret.digest("token"),
        scopes: scopes.join(" "),
        created_at: now,
        used_at: None,
        revoked_at: None,
    };
    let mut tx = store.begin().await?;
    rows::add(&mut tx, &token).await?;
    let note = journal::Note::new("token.make", "token", &token.id)
        .with("name", &token.name)
        .with("scopes", &token.scopes);
    journal::note(&mut tx, &actor.company, &actor.person, note, now).await?;
    tx.commit().await?;
    Ok(TokenMade { token, secret })
}

/// Revokes a token: one's own, or anybody's for an administrator. Doing it again changes nothing.
pub async fn revoke_token(
    store: &Store,
    actor: &Actor,
    id: &str,
    now: Instant,
) -> Result<(), Error> {
    let reach = actor.reach(Deed::Tokens)?;
    let mut tx = store.begin().await?;
    let token = rows::get(&mut tx, &actor.company, id).await?;
    let token = token.filter(|token| reach == Reach::All || token.person == actor.person);
    let token = token.ok_or_else(|| Error::NotFound {
        what: "token",
        id: id.to_string(),
    })?;
    if rows::revoke(&mut tx, &actor.company, id, now).await? {
        let note = journal::Note::new("token.revoke", "token", id).with("name", &token.name);
        journal::note(&mut tx, &actor.company, &actor.person, note, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
