//! Codes that work once and not for long: short enough to be typed, too many to be guessed within
//! their time.

use std::fmt;

use history::Instant;
use store::Connection;
use store::links::{self, Link};

use crate::accounts::Secret;
use crate::error::Error;

/// How long a code works, in milliseconds.
pub const ALIVE_MS: i64 = 15 * 60_000;

/// Letters and digits that nobody mistakes for others: 32 of them.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// 60 bits.
const LENGTH: usize = 12;

/// A code that was made. It shows itself to nobody but who asks for it by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    fn random() -> Code {
        let bytes: [u8; LENGTH] = rand::random();
        let sign = |byte: u8| char::from(SIGNS[usize::from(byte) % SIGNS.len()]);
        Code(bytes.into_iter().map(sign).collect())
    }

    /// A code as somebody typed it: with or without dashes, in letters of any size.
    pub fn typed(text: &str) -> Code {
        let plain = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        Code(plain.take(64).collect::<String>().to_uppercase())
    }

    /// The code itself, without dashes: for an address.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The code as it is read: `ABCD-EFGH-JKLM`.
    pub fn shown(&self) -> String {
        let signs: Vec<char> = self.0.chars().collect();
        let parts = signs.chunks(4).map(|part| part.iter().collect::<String>());
        parts.collect::<Vec<_>>().join("-")
    }

    fn digest(&self, purpose: &str) -> String {
        Secret::shown(self.0.clone()).digest(purpose)
    }
}

/// Makes a code of a purpose for a person in a company; earlier ones are dead from then on.
pub(crate) async fn make(
    conn: &mut Connection,
    purpose: &str,
    (person, company): (&str, &str),
    now: Instant,
) -> Result<Code, Error> {
    let code = Code::random();
    let link = Link {
        digest: code.digest(purpose),
        purpose: purpose.to_owned(),
        person: Some(person.to_owned()),
        company: Some(company.to_owned()),
        expires_at: now.saturating_add(ALIVE_MS),
    };
    links::remove(conn, purpose, Some(person), Some(company)).await?;
    links::add(conn, &link).await?;
    Ok(code)
}

/// Uses a code of a purpose up; the person and the company that it was made for.
pub(crate) async fn spend(
    conn: &mut Connection,
    purpose: &str,
    code: &Code,
    now: Instant,
) -> Result<(String, String), Error> {
    let digest = code.digest(purpose);
    let found = links::get(conn, &digest, now).await?;
    let link = found
        .filter(|link| link.purpose == purpose)
        .ok_or(Error::DeadLink)?;
    match (
        link.person,
        link.company,
        links::spend(conn, &digest, now).await?,
    ) {
        (Some(person), Some(company), true) => Ok((person, company)),
        _ => Err(Error::DeadLink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::random();
        assert_eq!(
            (code.plain().len(), code.shown().len()),
            (LENGTH, LENGTH + 2)
        );
        for typed in [
            code.shown(),
            code.shown().to_lowercase(),
            format!(" {} ", code.plain()),
        ] {
            assert_eq!(Code::typed(&typed), code, "{typed}");
        }
        assert_ne!(Code::random(), code);
        assert!(!format!("{code:?}").contains(code.plain()));
        assert_ne!(code.digest("telegram"), code.digest("email"));
    }
}
