//! Why a store refuses, in the reader's language.

use store::StoreError;
use wording::Lang;

use super::{Phrases, foreign, phrase, text};

/// What is wrong with `DATABASE_URL`.
const PLACES: Phrases = &[
    (
        "DATABASE_URL must begin with postgres://; \
         for SQLite leave it unset and give a data directory",
        "store-place-postgres",
    ),
    (
        "DATABASE_URL cannot be read; \
         it has the form postgres://USER:PASSWORD@HOST:PORT/DATABASE, \
         with special characters of the password written as %XX",
        "store-place-form",
    ),
];

/// Why there is no backup, or none was put back.
const BACKUPS: Phrases = &[
    (
        "the store is in PostgreSQL, which has its own tool: \
         pg_dump --format=custom --file={} \"$DATABASE_URL\"",
        "backup-pg-dump",
    ),
    (
        "the store is in PostgreSQL, which has its own tool: \
         pg_restore --exit-on-error --no-owner --dbname=\"$DATABASE_URL\" {}",
        "backup-pg-restore",
    ),
    (
        "{} is there already; nothing was overwritten, name another file or move it away",
        "backup-there",
    ),
    ("cannot copy {} to {}: {}", "backup-copy"),
];

/// Why a store refuses. What nobody meets who only starts the program stays as it is.
pub fn store_error(error: &StoreError, lang: Lang) -> String {
    let at = |path: &std::path::Path| ("path", foreign(&path.display().to_string()));
    let why = |reason: &str| ("reason", foreign(reason));
    let place = |place: &str| ("place", foreign(place));
    match error {
        StoreError::Place(words) => phrase(PLACES, words, lang),
        StoreError::NotWritable { path, reason } => {
            text(lang, "store-not-writable", &[at(path), why(reason)])
        }
        StoreError::Held { place: held, .. } => text(lang, "store-held", &[place(held)]),
        StoreError::NotThere { place: empty } => text(lang, "store-not-there", &[place(empty)]),
        StoreError::Older { place: older, .. } => text(lang, "store-older", &[place(older)]),
        StoreError::Newer { place: newer, .. } => text(lang, "store-newer", &[place(newer)]),
        StoreError::Altered { place: other, .. } => text(lang, "store-altered", &[place(other)]),
        StoreError::Foreign { path, .. } => text(lang, "store-foreign", &[at(path)]),
        StoreError::Unreachable { place: far, reason } => {
            text(lang, "store-unreachable", &[place(far), why(reason)])
        }
        StoreError::Backup(words) => phrase(BACKUPS, words, lang),
        StoreError::Busy => text(lang, "store-busy", &[]),
        StoreError::Full => text(lang, "store-full", &[]),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use store::Place;

    use super::*;

    #[test]
    fn what_is_wrong_with_the_address_is_told_in_russian() {
        for url in ["mysql://db/x", "postgres://db:port/x"] {
            let error = Place::parse(Some(url), Path::new("data")).unwrap_err();
            let told = store_error(&error, Lang::Ru);
            assert!(told.starts_with("DATABASE_URL"), "{told}");
            assert_ne!(told, error.to_string());
        }
    }
}
