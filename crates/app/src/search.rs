//! Deals, people and texts by words: whatever somebody may open, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use history::{DealId, Instant, Kind};
use rust_stemmers::{Algorithm, Stemmer};
use store::Connection;
use store::events::{self, Event};

use crate::actor::Actor;
use crate::audits::{Audit, Audits};
use crate::deals::{self, Deal};
use crate::error::Error;
use crate::life::office::{self, Office};
use crate::permissions::Deed;

/// The most of each that are told.
pub const MOST: usize = 30;
/// How many texts are read at once, and how often: of a word that is everywhere only the latest
/// texts are looked at.
const CHUNK: i64 = 200;
const CHUNKS: usize = 25;
/// Letters on either side of the first word that was found in a text.
const AROUND: usize = 80;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Deals of this id, and those whose titles have the words.
    pub deals: Vec<FoundDeal>,
    /// People whose names have the words.
    pub people: Vec<FoundPerson>,
    /// Texts with the words, the one learnt last first.
    pub texts: Vec<FoundText>,
    /// Whether there may be more than what is told.
    pub more: bool,
}

/// A deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDeal {
    /// Its id.
    pub id: String,
    /// Its title now.
    pub title: String,
    /// Its stage now.
    pub stage: String,
    /// Who answers for it; empty: nobody.
    pub responsible: String,
}

/// An employee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPerson {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
}

/// A text of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundText {
    /// The deal.
    pub deal: String,
    /// The deal's title now.
    pub title: String,
    /// What the event is called in its company.
    pub event: String,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub kind: Kind,
    /// The text around the first word found, piece by piece, and whether each is one of the words.
    pub pieces: Vec<(String, bool)>,
}

/// Looks for words. Endings do not count: «двери» finds «дверь».
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn search(
    audits: &Audits,
    actor: &Actor,
    question: &str,
    now: Instant,
) -> Result<Found, Error> {
    actor.whose(Deed::ReadHistory)?;
    let wanted = beginnings(question);
    let audit = audits.read(&actor.company, now).await?;
    let clocks = office::clocks(audit.live());
    let mut looking = Looking {
        audit: &audit,
        office: Office::of(audit.live(), clocks),
        actor,
        now,
        wanted: &wanted,
        known: BTreeMap::new(),
        deals: BTreeSet::new(),
        found: Found::default(),
    };
    looking.by_id(question.trim());
    if !wanted.is_empty() {
        looking.people();
        let mut reader = audits.store().reader().await?;
        looking.texts(&mut reader).await?;
    }
    Ok(looking.found)
}

/// What words begin with whose ending does not count.
fn beginnings(question: &str) -> Vec<String> {
    let (russian, english) = (
        Stemmer::create(Algorithm::Russian),
        Stemmer::create(Algorithm::English),
    );
    let stem = |word: String| {
        let stemmer = match word.is_ascii() {
            true => &english,
            false => &russian,
        };
        let stem = stemmer.stem(&word);
        // A stemmer may write the end anew («story», «stori»): then the word itself is meant.
        match word.starts_with(&*stem) && stem.chars().count() > 2 {
            true => stem.into_owned(),
            false => word,
        }
    };
    events::words(question).into_iter().map(stem).collect()
}

/// A search on its way.
struct Looking<'a> {
    audit: &'a Audit,
    office: Office<'a>,
    actor: &'a Actor,
    now: Instant,
    wanted: &'a [String],
    /// The deals met so far: none where they may not be seen.
    known: BTreeMap<String, Option<FoundDeal>>,
    /// Those told.
    deals: BTreeSet<String>,
    found: Found,
}

impl Looking<'_> {
    /// The deal of an id, where it may be seen.
    fn deal(&mut self, id: &str) -> Option<FoundDeal> {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let seen = deals::is_seen(self.audit, self.office, self.actor, id, self.now);
        let deal = seen.then(|| self.look_at(id)).flatten();
        self.known.insert(id.to_owned(), deal.clone());
        deal
    }

    fn look_at(&self, id: &str) -> Option<FoundDeal> {
        let history = self.audit.live().history();
        let number = DealId(history.deals.find(id)?);
        let deal = Deal::at(history, number, self.now);
        Some(FoundDeal {
            id: deal.id,
            title: deal.title,
            stage: deal.stage.1,
            responsible: deal.responsible,
        })
    }

    fn tell_deal(&mut self, deal: FoundDeal) {
        if self.deals.contains(&deal.id) {
            return;
        }
        if self.found.deals.len() == MOST {
            self.found.more = true;
            return;
        }
        self.deals.insert(deal.id.clone());
        self.found.deals.push(deal);
    }

    fn by_id(&mut self, id: &str) {
        if let Some(deal) = self.deal(id) {
            self.tell_deal(deal);
        }
    }

    fn people(&mut self) {
        let Ok(whose) = self.actor.whose(Deed::SeeEmployees) else {
            return;
        };
        let people = &self.audit.live().history().people;
        let named = people.employees.iter().zip(0u32..);
        let mut found: Vec<FoundPerson> = named
            .filter(|(employee, _)| has(&events::words(&employee.name), self.wanted))
            .map(|(employee, at)| FoundPerson {
                id: people.ids.get(at).to_owned(),
                name: employee.name.clone(),
            })
            .filter(|person| self.office.within(&whose, &person.id, self.now))
            .collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        self.found.more |= found.len() > MOST;
        found.truncate(MOST);
        self.found.people = found;
    }

    async fn texts(&mut self, conn: &mut Connection) -> Result<(), Error> {
        let company = self.actor.company.clone();
        let mut before = None;
        for _ in 0..CHUNKS {
            let page = events::search(conn, &company, self.wanted, before, CHUNK);
            let (rows, more) = page.await?;
            for row in &rows {
                self.text(&row.event()?);
            }
            before = more;
            if before.is_none() || self.found.texts.len() == MOST {
                break;
            }
        }
        self.found.more |= before.is_some();
        Ok(())
    }

    fn text(&mut self, event: &Event<'_>) {
        let record = &event.record;
        let (Some(kind), Some(deal)) = (record.kind, self.deal(record.deal)) else {
            return;
        };
        if matches!(kind, Kind::Created | Kind::Renamed) {
            // What a deal was once called is no longer its title.
            if has(&events::words(&deal.title), self.wanted) {
                self.tell_deal(deal);
            }
            return;
        }
        if self.found.texts.len() == MOST {
            self.found.more = true;
            return;
        }
        self.found.texts.push(FoundText {
            deal: deal.id,
            title: deal.title,
            event: event.key.to_owned(),
            at: record.at,
            kind,
            pieces: pieces(record.text, self.wanted),
        });
    }
}

/// Whether each of the beginnings begins one of the words.
fn has(words: &[String], beginnings: &[String]) -> bool {
    let begins = |beginning: &String| {
        words
            .iter()
            .any(|word| word.starts_with(beginning.as_str()))
    };
    beginnings.iter().all(begins)
}

/// The part of a text around the first word that begins with one of these, in pieces: those that
/// do, and those between.
fn pieces(text: &str, beginnings: &[String]) -> Vec<(String, bool)> {
    let mut all: Vec<(&str, bool)> = Vec::new();
    let (mut rest, mut plain) = (text, true);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_alphanumeric() == plain);
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        let found = !plain
            && events::words(piece)
                .iter()
                .any(|word| begins(word, beginnings));
        match all.last_mut() {
            // Pieces of one kind are one: both are parts of `text`, one behind the other.
            Some((last, false)) if !found => {
                let from = last.as_ptr() as usize - text.as_ptr() as usize;
                let to = text.len() - after.len();
                *last = &text[from..to];
            }
            _ if piece.is_empty() => {}
            _ => all.push((piece, found)),
        }
        rest = after;
        plain = !plain;
    }
    cut(&all)
}

fn begins(word: &str, beginnings: &[String]) -> bool {
    let mut all = beginnings.iter();
    all.any(|beginning| word.starts_with(beginning.as_str()))
}

/// A little before the first piece that was found, and a few pieces from there on.
fn cut(all: &[(&str, bool)]) -> Vec<(String, bool)> {
    let first = all.iter().position(|(_, found)| *found).unwrap_or(0);
    let mut out = Vec::new();
    let mut room = AROUND * 2;
    for (at, (piece, found)) in all.iter().enumerate().skip(first.saturating_sub(1)) {
        let letters = piece.chars().count();
        let shown: String = match at < first {
            true if letters > AROUND => {
                let kept: String = piece.chars().skip(letters - AROUND).collect();
                format!("…{kept}")
            }
            _ if letters > room => piece.chars().take(room).chain(['…']).collect(),
            _ => (*piece).to_owned(),
        };
        out.push((shown, *found));
        if at >= first {
            room = room.saturating_sub(letters);
        }
        if room == 0 {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, question: &str) -> String {
        let pieces = pieces(text, &beginnings(question));
        let mark =
            |(piece, found): (String, bool)| if found { format!("[{piece}]") } else { piece };
        pieces.into_iter().map(mark).collect()
    }

    #[test]
    fn endings_do_not_count() {
        assert_eq!(beginnings("Дверями  ёлки!"), ["двер", "елк"]);
        assert_eq!(beginnings("да 12345 story"), ["да", "12345", "story"]);
        assert!(beginnings(" !? ").is_empty());
    }

    #[test]
    fn a_text_is_shown_around_what_was_found() {
        assert_eq!(
            shown("Клиент хочет двери, а не окна.", "дверь окно"),
            "Клиент хочет [двери], а не [окна]."
        );
        assert_eq!(shown("Двери", "двери"), "[Двери]");
        let long = format!(
            "{} дверь {}",
            "раз два ".repeat(60),
            "три четыре ".repeat(60)
        );
        let seen = shown(&long, "дверь");
        assert!(seen.starts_with('…') && seen.ends_with('…'), "{seen}");
        assert!(
            seen.contains("[дверь]") && seen.chars().count() < 4 * AROUND,
            "{seen}"
        );
        assert_eq!(shown("", "дверь"), "");
    }
}
