//! All standing findings of a company after people have looked at them, kept up with what is judged
//! and decided: looking at a hundred thousand of them anew for every page of a director takes too
//! long.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use figures::{Considered, View};
use history::Instant;
use live::Live;

use super::books::{Opened, Seen};
use super::memory::facts;

/// What an audit keeps of that. Made when it is first asked for.
#[derive(Default)]
pub(crate) struct Whole(RwLock<Option<Kept>>);

/// As many judged findings wait to be looked at again.
const MOST_JUDGED: usize = 50_000;

struct Kept {
    considered: Considered,
    /// Breach and number of the findings left out, and of those that count, each in order.
    places: [Vec<(Instant, u32)>; 2],
    /// The breach by which each finding has its place, and whether it counts, by its number.
    known: Vec<Option<(Instant, bool)>>,
    /// How much of what was decided is in it.
    seen: Seen,
    /// Findings judged since.
    judged: Vec<u32>,
}

impl Whole {
    /// Takes note of findings that were judged; none: of all.
    pub fn judged(&mut self, findings: Option<Vec<u32>>) {
        let kept = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        match (findings, kept.as_mut()) {
            (Some(findings), Some(kept)) if kept.judged.len() < MOST_JUDGED => {
                kept.judged.extend(findings);
            }
            // Nobody asks for it, or all is to be looked at anyway.
            _ => *kept = None,
        }
    }

    /// Gives all findings to `read`. Whoever asks holds audit and book, so neither changes
    /// meanwhile, and what others ask for at the same time is the same.
    pub fn read<T>(&self, live: &Live, book: &Opened, read: impl FnOnce(&Considered) -> T) -> T {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(fresh) = kept.as_ref().filter(|kept| kept.is_fresh(book)) {
            return read(&fresh.considered);
        }
        drop(kept);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let old = kept.take();
        let followed = old.and_then(|mut old| old.follow(live, book).then_some(old));
        *kept = Some(followed.unwrap_or_else(|| Kept::new(live, book)));
        let kept: RwLockReadGuard<'_, Option<Kept>> = RwLockWriteGuard::downgrade(kept);
        match kept.as_ref() {
            Some(fresh) => read(&fresh.considered),
            None => read(&Considered::default()),
        }
    }
}

impl Kept {
    fn new(live: &Live, book: &Opened) -> Kept {
        let mut kept = Kept {
            considered: Considered::default(),
            places: [Vec::new(), Vec::new()],
            known: vec![None; live.len()],
            seen: book.seen(),
            judged: Vec::new(),
        };
        for number in live.by_breach() {
            kept.look(*number, live, book);
        }
        kept
    }

    fn is_fresh(&self, book: &Opened) -> bool {
        self.judged.is_empty() && self.seen == book.seen()
    }

    /// Looks again at what was judged and decided since; whether that can be told.
    fn follow(&mut self, live: &Live, book: &Opened) -> bool {
        let Some(decided) = book.decided_since(self.seen) else {
            return false;
        };
        let decided = decided.filter_map(|id| live.kept().number(id));
        let mut changed: Vec<u32> = self.judged.drain(..).chain(decided).collect();
        changed.sort_unstable();
        changed.dedup();
        for number in changed {
            self.look(number, live, book);
        }
        self.seen = book.seen();
        true
    }

    /// Puts a finding where it belongs now.
    fn look(&mut self, number: u32, live: &Live, book: &Opened) {
        if self.known.len() <= number as usize {
            self.known.resize(number as usize + 1, None);
        }
        let standing = live.stands(number);
        let looked = standing.map(|standing| {
            let look = book.look(live.kept().id(number), &facts(live, &standing));
            let counts = matches!(look.view, View::Counts(_));
            (standing.finding, look, (standing.finding.at, counts))
        });
        let stood = std::mem::replace(
            &mut self.known[number as usize],
            looked.as_ref().map(|(.., place)| *place),
        );
        // Most of what is judged stays where it is; whatever moves, moves all that lies behind it.
        if let (Some((finding, look, (at, counts))), true) =
            (&looked, looked.as_ref().map(|(.., place)| *place) == stood)
        {
            if let Ok(place) = self.places[usize::from(*counts)].binary_search(&(*at, number)) {
                self.considered.replace(place, finding, *look);
            }
            return;
        }
        if let Some((at, counts)) = stood {
            let places = &mut self.places[usize::from(counts)];
            if let Ok(place) = places.binary_search(&(at, number)) {
                places.remove(place);
                self.considered.remove(place, counts);
            }
        }
        if let Some((finding, look, (at, counts))) = looked {
            let places = &mut self.places[usize::from(counts)];
            if let Err(place) = places.binary_search(&(at, number)) {
                places.insert(place, (at, number));
                self.considered.insert(place, finding, look);
            }
        }
    }
}
