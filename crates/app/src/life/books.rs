//! What people decided, kept in memory and brought up to the store at every look.
//!
//! Decisions are never changed, and their numbers only grow ([`Extent`]): whoever looks asks the
//! store how far they have come and reads what is new, whichever process has written it. So nothing
//! is ever old, and nothing has to be told.

use std::collections::{HashMap, VecDeque};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use store::decisions::{self, Extent};
use store::{Store, StoreError};
use tokio::sync::{Mutex as Turn, OwnedRwLockReadGuard, RwLock};

use super::book::{Book, News};

/// The books of a store's companies.
#[derive(Default)]
struct Books(Mutex<HashMap<String, Arc<Cell>>>);

#[derive(Default)]
struct Cell {
    followed: Arc<RwLock<Followed>>,
    /// Whose turn it is to bring the book up to the store: one reads, the others wait for it.
    turn: Turn<()>,
}

/// A book, and how far it knows.
#[derive(Default)]
struct Followed {
    book: Book,
    known: Extent,
    /// The findings decided on last, by when they came to be known.
    decided: VecDeque<String>,
    seen: Seen,
}

/// How much of what was decided somebody has seen.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Decisions.
    decisions: usize,
    /// How often exemptions or rules in advice have changed.
    rules: usize,
}

/// How many of the findings decided on last are remembered.
const REMEMBERED: usize = 10_000;

impl Followed {
    /// Adds what is new; whether that is all.
    fn take(&mut self, news: News) -> bool {
        self.known = news.extent(&self.known);
        for finding in news.findings() {
            self.decided.push_back(finding.to_owned());
            self.seen.decisions += 1;
        }
        let old = self.decided.len().saturating_sub(REMEMBERED);
        self.decided.drain(..old);
        self.seen.rules += usize::from(news.has_rules());
        self.book.take(news)
    }

    fn knows(&self, extent: &Extent) -> bool {
        let knows = &self.known;
        knows.decisions >= extent.decisions
            && knows.steps >= extent.steps
            && self.knows_rules(extent)
    }

    fn knows_rules(&self, extent: &Extent) -> bool {
        let knows = &self.known;
        knows.rulings >= extent.rulings
            && knows.exemptions >= extent.exemptions
            && knows.ended >= extent.ended
    }
}

/// A company's book, to be read. While this lives the book does not change.
pub struct Opened(OwnedRwLockReadGuard<Followed>);

impl Deref for Opened {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.0.book
    }
}

impl Opened {
    /// How much of what was decided is in it.
    pub(crate) fn seen(&self) -> Seen {
        self.0.seen
    }

    /// The findings decided on since; none: that cannot be told, or concerns all of them.
    pub(crate) fn decided_since(&self, seen: Seen) -> Option<impl Iterator<Item = &str>> {
        let new = self.0.seen.decisions.checked_sub(seen.decisions)?;
        let known = self.0.decided.len().checked_sub(new)?;
        let findings = self.0.decided.iter().skip(known).map(String::as_str);
        (self.0.seen.rules == seen.rules).then_some(findings)
    }
}

impl Book {
    /// What was decided about all findings of the company until now. Let go of connections before
    /// asking: there are few, and whoever is reading needs one.
    ///
    /// # Errors
    /// Where the store fails or holds a word that this program does not know.
    pub async fn open(store: &Store, company: &str) -> Result<Opened, StoreError> {
        let cell = {
            let books = store.beside::<Books>();
            let mut books = books.0.lock().unwrap_or_else(PoisonError::into_inner);
            match books.get(company) {
                Some(cell) => cell.clone(),
                None => books.entry(company.to_owned()).or_default().clone(),
            }
        };
        let mut reader = store.reader().await?;
        let extent = decisions::extent(&mut reader, company).await?;
        drop(reader);
        let followed = cell.followed.clone().read_owned().await;
        if followed.knows(&extent) {
            return Ok(Opened(followed));
        }
        drop(followed);
        let _turn = cell.turn.lock().await;
        let followed = cell.followed.clone().read_owned().await;
        if followed.knows(&extent) {
            return Ok(Opened(followed));
        }
        let rules_changed = !followed.knows_rules(&extent);
        drop(followed);
        loop {
            // Only whose turn it is changes the book.
            let known = cell.followed.read().await.known;
            let mut reader = store.reader().await?;
            let news = News::since(&mut reader, company, &known, rules_changed).await?;
            drop(reader);
            let mut followed = cell.followed.clone().write_owned().await;
            if followed.take(news) {
                followed.known.rulings = known.rulings.max(extent.rulings);
                followed.known.exemptions = known.exemptions.max(extent.exemptions);
                followed.known.ended = known.ended.max(extent.ended);
                return Ok(Opened(followed.downgrade()));
            }
        }
    }
}
