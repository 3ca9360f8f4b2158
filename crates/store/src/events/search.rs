//! Events by the words of their texts.
//!
//! A word is a run of letters and digits; small and capital letters, and `е` and `ё`, are the same.
//! Both engines find by the beginnings of words.

use sqlx::{AnyConnection, Row};

use super::Stored;
use crate::{StoreError, engine};

/// The most words that are looked for.
pub const WORDS: usize = 8;

/// The words of a text, as they are looked for.
pub fn words(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('ё', "е");
    let parts = folded.split(|c: char| !c.is_alphanumeric());
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).take(WORDS).collect()
}

/// The events of a company whose texts have words that begin with all of these, the one learnt last
/// first, learnt before `before`; and the place of the last one, where there may be more.
pub async fn search(
    conn: &mut AnyConnection,
    company: &str,
    beginnings: &[String],
    before: Option<i64>,
    limit: i64,
) -> Result<(Vec<Stored>, Option<i64>), StoreError> {
    let beginnings: Vec<String> = beginnings.iter().flat_map(|word| words(word)).collect();
    if beginnings.is_empty() {
        return Ok((Vec::new(), None));
    }
    let before = before.unwrap_or(i64::MAX);
    let wanted = (super::COLUMNS, beginnings.as_slice());
    let rows = engine::with_words(conn, company, wanted, (before, limit));
    let rows = rows.all(conn).await?;
    let last = match i64::try_from(rows.len()).is_ok_and(|found| found == limit) {
        true => rows.last().map(|row| row.try_get(0)).transpose()?,
        false => None,
    };
    Ok((rows.into_iter().map(Stored).collect(), last))
}
