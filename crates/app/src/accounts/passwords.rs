//! Passwords: hashed with Argon2id, away from the threads that answer requests.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::checks::PASSWORD_MAX_BYTES;
use super::secrets::Secret;
use crate::error::Error;

/// Passwords hashed at once. Each takes 19 MiB and a core for a while; the rest waits its turn.
const AT_ONCE: usize = 4;

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// The hash of a password that nobody knows: what is checked where there is no other, so
    /// that the time taken does not tell whether a login exists.
    nobodys: Arc<str>,
}

impl Passwords {
    /// Takes as long as hashing one password.
    pub fn new() -> Result<Passwords, Error> {
        Ok(Passwords {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobodys: hash(Secret::random().reveal())?.into(),
        })
    }

    /// The hash of a password, as a PHC string.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        let password = password.to_string();
        self.in_turn(move || hash(&password)).await
    }

    /// Whether a password is the one of this hash. Without a hash it is not, after the same time.
    pub async fn fits(&self, password: &str, hash: Option<&str>) -> Result<bool, Error> {
        if password.len() > PASSWORD_MAX_BYTES {
            return Ok(false);
        }
        let known = hash.is_some();
        let hash: Arc<str> = hash.map_or_else(|| self.nobodys.clone(), Arc::from);
        let password = password.to_string();
        let fits = self.in_turn(move || fits(&password, &hash)).await?;
        Ok(known && fits)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self.turns.clone().acquire_owned().await;
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await
            .map_err(|error| Error::Inside(format!("hashing a password: {error}")))?
    }
}

fn hash(password: &str) -> Result<String, Error> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| Error::Inside(format!("hashing a password: {error}")))?;
    Ok(hash.to_string())
}

fn fits(password: &str, hash: &str) -> Result<bool, Error> {
    use argon2::password_hash::Error::PasswordInvalid;
    let broken = |error| Error::Inside(format!("a password's hash in the store: {error}"));
    let hash = PasswordHash::new(hash).map_err(|error| broken(error.to_string()))?;
    match Argon2::default().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(PasswordInvalid) => Ok(false),
        Err(error) => Err(broken(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_hash_only() {
        let passwords = Passwords::new().expect("a hasher");
        let hash = passwords.hash("длинный пароль").await.expect("a hash");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let fits = async |password: &str, hash| passwords.fits(password, hash).await;
        assert!(fits("длинный пароль", Some(&hash)).await.expect("checked"));
        assert!(!fits("другой пароль", Some(&hash)).await.expect("checked"));
        assert!(!fits("длинный пароль", None).await.expect("checked"));
        assert!(!fits(&"x".repeat(5000), Some(&hash)).await.expect("checked"));
        assert!(fits("x", Some("no hash")).await.is_err());
    }
}
