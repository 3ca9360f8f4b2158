//! A document as a message for a chat: what matters of it, in at most so many characters, with the
//! charts that go beside it.

use wording::Lang;

use crate::document::{Block, Document, Item, Run};
use crate::section::LIGHTS;
use crate::table::{Cell, Table};
use crate::words::{text, word};

/// The most characters of one message, as Telegram counts them: UTF-16 code units.
pub const LONGEST: usize = 4096;
/// The most charts that go beside a message.
const PICTURES: usize = 2;
/// The most points of a list that are told.
const POINTS: usize = 3;
/// Room kept for the words that something was left out.
const ROOM: usize = 60;

/// A message for a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The words, without any markup.
    pub text: String,
    /// The ids of the charts that go beside it; see [`Document::chart`].
    pub pictures: Vec<String>,
}

/// What matters of a document as a message. `link` is where the whole report is.
pub fn message(document: &Document, link: Option<&str>) -> Message {
    let lang = document.lang();
    let parts = parts(document);
    let last = match link {
        Some(link) => text(lang, "chat-more", &[("link", link.into())]),
        None => String::new(),
    };
    let mut writing = Writing {
        left: LONGEST.saturating_sub(length(&last) + ROOM),
        paragraphs: Vec::new(),
        is_cut: false,
    };
    writing.add(vec![format!("{}\n{}", document.title, document.subtitle)]);
    for part in parts {
        writing.add(part);
    }
    if writing.is_cut && link.is_none() {
        writing.paragraphs.push(word(lang, "chat-cut"));
    }
    if !last.is_empty() {
        writing.paragraphs.push(last);
    }
    let charts = document.blocks.iter().filter_map(|block| match block {
        Block::Chart { id, .. } => Some(id.clone()),
        _ => None,
    });
    Message {
        text: writing.paragraphs.join("\n\n"),
        pictures: charts.take(PICTURES).collect(),
    }
}

/// The parts of a message by how much they matter; each may lose lines from its end.
fn parts(document: &Document) -> Vec<Vec<String>> {
    let lang = document.lang();
    let mut parts: Vec<Vec<String>> = Vec::new();
    // Whatever belongs to others begins with a page of its own.
    let own = document.blocks.iter();
    let own = own.take_while(|block| !matches!(block, Block::Break));
    let mut kind = "";
    let mut people = Vec::new();
    for block in own {
        match block {
            Block::Heading { id, .. } => {
                let kinds = ["strong", "growth", "advice", "weekly", "beside"];
                let known = kinds.into_iter().find(|kind| id.starts_with(kind));
                kind = known.unwrap_or("");
            }
            Block::Cards(cards) => parts.push(
                cards
                    .iter()
                    .map(|card| format!("{}: {} ({})", card.title, card.value, card.about))
                    .collect(),
            ),
            Block::Text { id, text } if !id.is_empty() => parts.push(vec![plain(text)]),
            Block::List(items) if !kind.is_empty() => {
                let title = word(lang, &format!("chat-{kind}"));
                let points = items.iter().take(POINTS);
                let points = points.map(point);
                parts.push(std::iter::once(title).chain(points).collect());
            }
            Block::Table(table) if table.id == LIGHTS => people.push(lights(table, lang)),
            _ => {}
        }
    }
    parts.extend(people);
    parts
}

/// A point in one line; what leads elsewhere is left out, for there is nothing to press.
fn point(item: &Item) -> String {
    let words = item.text.iter().filter(|run| run.link.is_none());
    let words: String = words.map(|run| run.text.as_str()).collect();
    format!("• {}", words.trim())
}

/// Everybody's light, a line each.
fn lights(table: &Table, lang: Lang) -> Vec<String> {
    let lines = table.rows.iter().map(|row| {
        let indent = "  ".repeat(row.depth);
        let cell = |at: usize| {
            row.cells
                .get(at)
                .map_or(String::new(), |cell| cell.text(lang))
        };
        let rate = match row.cells.get(2) {
            Some(Cell::Decimal(_)) => format!(", {}", cell(2)),
            _ => String::new(),
        };
        format!("{indent}{}: {}{rate}", cell(0), cell(1))
    });
    std::iter::once(word(lang, "chat-people"))
        .chain(lines)
        .collect()
}

fn plain(text: &[Run]) -> String {
    text.iter().map(|run| run.text.as_str()).collect()
}

/// Characters as chats count them.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

struct Writing {
    left: usize,
    paragraphs: Vec<String>,
    is_cut: bool,
}

impl Writing {
    /// Adds the lines of a paragraph as far as there is room; a title alone is not worth adding.
    fn add(&mut self, lines: Vec<String>) {
        let least = if lines.len() > 1 { 2 } else { 1 };
        let mut taken: Vec<String> = Vec::new();
        let mut used = 2;
        for line in lines {
            let long = length(&line) + 1;
            if used + long > self.left {
                self.is_cut = true;
                break;
            }
            used += long;
            taken.push(line);
        }
        if taken.len() >= least {
            self.left -= used;
            self.paragraphs.push(taken.join("\n"));
        }
    }
}
