//! Lists by pages, in one way everywhere: `limit` and `cursor` in, `items` and `next` out.
//!
//! A cursor is the key of the last item that was shown, so what is added meanwhile neither moves
//! items nor shows them twice. To the caller it is opaque. Filters are query parameters named as
//! the fields they filter by; instants are Unix milliseconds, `from` inclusive and `to` exclusive.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

const LIMIT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many items at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// Where to go on: `next` of the page before.
    pub cursor: Option<String>,
}

impl Paging {
    /// How many items to show.
    pub fn limit(&self) -> Result<i64, Problem> {
        match self.limit.unwrap_or(LIMIT) {
            limit @ 1..=LIMIT_MAX => Ok(limit),
            _ => Err(Problem::field(
                "limit",
                "limit",
                format!("from 1 to {LIMIT_MAX}"),
            )),
        }
    }

    /// One item more than is shown: it tells whether there is a next page.
    pub fn fetch(&self) -> Result<i64, Problem> {
        Ok(self.limit()? + 1)
    }

    /// The key after which to go on; none: from the beginning.
    pub fn after<K: DeserializeOwned>(&self) -> Result<Option<K>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        let key = decode(cursor).and_then(|json| serde_json::from_slice(&json).ok());
        let message = "take it from `next` of the page before, as it is";
        key.map(Some)
            .ok_or_else(|| Problem::field("cursor", "cursor", message))
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of items of which one more was fetched than is shown; `key` is what the list is
    /// ordered by.
    pub fn new<K: Serialize>(
        paging: &Paging,
        mut items: Vec<T>,
        key: impl Fn(&T) -> K,
    ) -> Result<Page<T>, Problem> {
        let limit = usize::try_from(paging.limit()?).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more).map(key);
        Ok(Page::until(items, last))
    }

    /// A page of items behind whose last one the list goes on at `next`.
    pub fn until<K: Serialize>(items: Vec<T>, next: Option<K>) -> Page<T> {
        let next = next.map(|key| encode(&serde_json::to_vec(&key).unwrap_or_default()));
        Page { items, next }
    }

    /// A list that is shown whole.
    pub fn whole(items: Vec<T>) -> Page<T> {
        Page { items, next: None }
    }

    /// A page of items of which the last one looked at is known; none: there are no more.
    pub fn from_parts<K: Serialize>(items: Vec<T>, last: Option<&K>) -> Page<T> {
        let next = last.map(|key| encode(&serde_json::to_vec(key).unwrap_or_default()));
        Page { items, next }
    }

    /// The same page of something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}

fn encode(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2).map(|at| &text[at..at + 2]);
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_walked_to_its_end() {
        let all: Vec<(i64, String)> = (0..7).map(|i| (i / 2, format!("я{i}"))).collect();
        let mut paging = Paging {
            limit: Some(3),
            cursor: None,
        };
        let mut seen = Vec::new();
        loop {
            let after: Option<(i64, String)> = paging.after().expect("a cursor");
            let rest = all
                .iter()
                .filter(|item| after.as_ref().is_none_or(|key| *item > key));
            let fetch = usize::try_from(paging.fetch().expect("a limit")).expect("small");
            let fetched = rest.take(fetch).cloned().collect();
            let page = Page::new(&paging, fetched, Clone::clone).expect("a page");
            seen.extend(page.items);
            paging.cursor = page.next;
            if paging.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn bad_cursors_and_limits_are_refused() {
        for cursor in ["x", "яя", "zz", "5b", "2231"] {
            let paging = Paging {
                limit: None,
                cursor: Some(cursor.into()),
            };
            assert!(paging.after::<(i64, String)>().is_err(), "{cursor}");
        }
        for limit in [0, -1, 201, i64::MAX, i64::MIN] {
            let paging = Paging {
                limit: Some(limit),
                cursor: None,
            };
            assert!(paging.fetch().is_err(), "{limit}");
        }
    }
}
