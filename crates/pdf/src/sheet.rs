//! A document as the data that the template reads: texts made harmless, links resolved, tables with
//! the widths of their columns.

mod table;

use std::collections::BTreeSet;

use report::document::{Block, Card, Document, Item, Run};
use report::table::Colour;
use serde::Serialize;
use wording::{Lang, one_line};

use crate::fonts::Fonts;
use crate::link::Places;
use crate::{plan, words};

/// From so many lines of tables on a document gets its contents.
const LONG: usize = 150;
/// More entries than that its contents do not have, if they can have fewer.
const ENTRIES: usize = 60;
/// The longest heading, and the longest text of a card, in letters.
const SHORT: usize = 240;
/// The look of the titles of tables and charts, and of the smallest headings.
const TITLE: u8 = 3;
/// The longest running head, in letters.
const HEAD: usize = 70;
/// A chart of 720 pixels is as wide as the page.
const POINTS_PER_PIXEL: f64 = plan::UPRIGHT as f64 / 720.0;
/// The highest chart, in points.
const HIGHEST: f64 = 640.0;
/// The size of text outside of tables.
const TEXT: f32 = 9.5;
/// The space beside the words of a card, of both sides together.
const CARD_INSET: f32 = 18.0;
const CARD_GUTTER: f32 = 8.0;

/// What the template reads.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Sheet {
    lang: String,
    fonts: Vec<String>,
    title: String,
    title_short: String,
    subtitle: String,
    head: String,
    about: Vec<String>,
    page: [String; 3],
    contents_title: String,
    /// Whether there are any.
    contents: bool,
    stretches: Vec<Stretch>,
}

/// The place of a heading among the others, and its look.
#[derive(Clone, Copy, Serialize)]
struct Rank {
    /// How deep it stands, without a gap: 1 is the highest that its chapter has.
    level: usize,
    /// 1, 2 or 3: how large it is.
    look: u8,
    /// Whether the contents name it.
    listed: bool,
}

/// Blocks on pages of one direction.
#[derive(Default, Serialize)]
struct Stretch {
    turned: bool,
    blocks: Vec<Piece>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Piece {
    Heading {
        rank: Rank,
        text: String,
        mark: String,
    },
    Text {
        runs: Vec<Words>,
    },
    Cards {
        rows: Vec<Cards>,
    },
    Table(table::Part),
    Chart {
        rank: Rank,
        title: String,
        mark: String,
        note: String,
        svg: String,
        alt: String,
        width: f64,
    },
    List {
        items: Vec<Point>,
    },
    Break,
}

#[derive(Serialize)]
struct Words {
    text: String,
    strong: bool,
    to: Option<String>,
}

/// Cards side by side.
#[derive(Serialize)]
struct Cards {
    across: usize,
    cards: Vec<OneCard>,
}

#[derive(Serialize)]
struct OneCard {
    title: String,
    value: String,
    /// The size of the value.
    size: f32,
    about: String,
    lamp: Option<&'static str>,
    to: Option<String>,
}

#[derive(Serialize)]
struct Point {
    runs: Vec<Words>,
    examples: Vec<Instance>,
}

#[derive(Serialize)]
struct Instance {
    moment: String,
    deal: String,
    words: String,
    to: Option<String>,
}

/// The document as data.
pub(crate) fn sheet<'d>(document: &'d Document, fonts: &Fonts, base: Option<&'d str>) -> Sheet {
    let lang = document.lang();
    let mut places = Places::new(base);
    for block in &document.blocks {
        match block {
            Block::Heading { id, .. } | Block::Chart { id, .. } => places.add(id),
            Block::Table(table) => places.add(&table.id),
            _ => {}
        }
    }
    let mut maker = Maker {
        fonts,
        places,
        lang,
        taken: BTreeSet::new(),
        contents: contents(document),
        above: Vec::new(),
        stretches: vec![Stretch::default()],
    };
    for block in &document.blocks {
        maker.add(block);
    }
    Sheet {
        lang: lang.code().to_owned(),
        fonts: fonts.families().to_vec(),
        title: maker.short(&document.title, plan::UPRIGHT / 20.0),
        title_short: one_line(&document.title, HEAD),
        subtitle: maker.short(&document.subtitle, plan::UPRIGHT / 12.0),
        head: one_line(&document.subtitle, HEAD),
        about: document
            .about
            .iter()
            .map(|line| maker.clean(line, plan::UPRIGHT / 8.0))
            .collect(),
        page: words::page_of(lang),
        contents_title: words::text(lang, "contents", &[]),
        contents: maker.contents > 0,
        stretches: maker.stretches,
    }
}

/// Down to which level the contents of a document go; 0: it needs none.
fn contents(document: &Document) -> u8 {
    let lines = document.blocks.iter().map(|block| match block {
        Block::Table(table) => table.rows.len() + 4,
        Block::Chart { .. } => 12,
        Block::Cards(_) => 5,
        Block::List(items) => items.iter().map(|item| 1 + item.examples.len()).sum(),
        Block::Heading { .. } | Block::Text { .. } => 2,
        Block::Break => 0,
    });
    let at = |level: u8| {
        let levels = document.blocks.iter();
        levels
            .filter(|block| matches!(block, Block::Heading { level: of, .. } if *of <= level))
            .count()
    };
    if lines.sum::<usize>() < LONG || at(3) < 3 {
        0
    } else if at(1) == 0 || (at(2) <= ENTRIES && at(2) > at(1)) {
        2
    } else {
        1
    }
}

/// What a document is made into data with.
struct Maker<'d> {
    fonts: &'d Fonts,
    places: Places<'d>,
    lang: Lang,
    /// The marks that stand in the document already.
    taken: BTreeSet<usize>,
    /// Down to which look the contents go; 0: there are none.
    contents: u8,
    /// The looks of the headings above this place, the highest first.
    above: Vec<u8>,
    stretches: Vec<Stretch>,
}

impl Maker<'_> {
    fn add(&mut self, block: &Block) {
        let piece = match block {
            Block::Heading { level, text, id } => self.heading(*level, text, id),
            Block::Text { text, .. } => Piece::Text {
                runs: self.runs(text, plan::UPRIGHT),
            },
            Block::Cards(cards) => Piece::Cards {
                rows: self.cards(cards),
            },
            Block::Table(table) => {
                for (turned, part) in table::parts(self, table) {
                    self.put(Piece::Table(part), turned);
                }
                return;
            }
            Block::Chart {
                id,
                title,
                note,
                chart,
            } => {
                for (at, part) in chart.parts(self.lang).iter().enumerate() {
                    let head = Some((title, id, note)).filter(|_| at == 0);
                    let piece = self.chart(title, head, part);
                    self.put(piece, false);
                }
                return;
            }
            Block::List(items) => Piece::List {
                items: items.iter().map(|item| self.item(item)).collect(),
            },
            Block::Break => Piece::Break,
        };
        self.put(piece, false);
    }

    /// A part of a chart; the first has its title, its id and how to read it.
    fn chart(
        &mut self,
        title: &str,
        head: Option<(&String, &String, &String)>,
        part: &report::chart::Part,
    ) -> Piece {
        let (width, height) = part.size();
        let scale = POINTS_PER_PIXEL.min(HIGHEST / height.max(1.0));
        let (shown, mark, note) = match head {
            Some((title, id, note)) => (
                self.short(title, plan::UPRIGHT / 12.0),
                self.mark(id),
                self.clean(note, plan::UPRIGHT / 8.0),
            ),
            None => Default::default(),
        };
        Piece::Chart {
            rank: self.rank(TITLE, false),
            title: shown,
            mark,
            note,
            svg: part.picture(None),
            alt: one_line(&format!("{title}. {}", part.words()), 4_000),
            width: (width * scale).min(plan::UPRIGHT.into()),
        }
    }

    /// Puts a piece behind the others. Headings right before a table on a turned page go along.
    fn put(&mut self, piece: Piece, turned: bool) {
        if self
            .stretches
            .last()
            .is_none_or(|last| last.turned != turned)
        {
            let mut next = Stretch {
                turned,
                blocks: Vec::new(),
            };
            if let (true, Some(last)) = (turned, self.stretches.last_mut()) {
                let is_heading = |piece: &Piece| matches!(piece, Piece::Heading { .. });
                let behind = last.blocks.iter().rposition(|piece| !is_heading(piece));
                next.blocks = last.blocks.split_off(behind.map_or(0, |at| at + 1));
            }
            self.stretches.push(next);
        }
        if let Some(last) = self.stretches.last_mut() {
            last.blocks.push(piece);
        }
    }

    fn heading(&mut self, level: u8, text: &str, id: &str) -> Piece {
        let look = level.clamp(1, TITLE);
        Piece::Heading {
            rank: self.rank(look, look <= self.contents),
            text: self.short(text, plan::UPRIGHT / 16.0),
            mark: self.mark(id),
        }
    }

    /// The rank of a heading of such a look. No level is left out, or those who listen to the document
    /// would look for what is missing; and what looks alike below one heading is of one level.
    fn rank(&mut self, look: u8, listed: bool) -> Rank {
        while self.above.last().is_some_and(|above| *above >= look) {
            self.above.pop();
        }
        self.above.push(look);
        Rank {
            level: self.above.len(),
            look,
            listed,
        }
    }

    fn mark(&mut self, id: &str) -> String {
        self.places.mark(id, &mut self.taken)
    }

    fn runs(&self, runs: &[Run], width: f32) -> Vec<Words> {
        let words = runs.iter().map(|run| Words {
            text: self.inline(&run.text, width / TEXT),
            strong: run.strong,
            to: run.link.as_deref().and_then(|to| self.places.resolve(to)),
        });
        words.collect()
    }

    fn cards(&self, cards: &[Card]) -> Vec<Cards> {
        let across = match cards.len() {
            0 => return Vec::new(),
            few @ 1..=4 => few.max(2),
            5 | 6 | 9 => 3,
            _ => 4,
        };
        let width = (plan::UPRIGHT + CARD_GUTTER) / across as f32 - CARD_GUTTER - CARD_INSET;
        let one = |card: &Card| {
            let longest = self.fonts.width(&one_line(&card.value, usize::MAX));
            let size = (width / longest.max(1.0)).clamp(10.5, 16.0);
            OneCard {
                title: self.short(&card.title, width / 8.0),
                value: self.short(&card.value, width / size),
                size,
                about: self.short(&card.about, width / 8.0),
                lamp: card.lamp.map(lamp_name),
                to: card.link.as_deref().and_then(|to| self.places.resolve(to)),
            }
        };
        let rows = cards.chunks(across).map(|row| Cards {
            across,
            cards: row.iter().map(one).collect(),
        });
        rows.collect()
    }

    fn item(&self, item: &Item) -> Point {
        let width = (plan::UPRIGHT - 20.0) / 8.0;
        let examples = item.examples.iter().map(|example| Instance {
            moment: self.clean(&example.moment, width),
            deal: self.clean(&example.deal, width),
            words: self.clean(&example.words, width),
            to: example
                .link
                .as_deref()
                .and_then(|to| self.places.resolve(to)),
        });
        Point {
            runs: self.runs(&item.text, plan::UPRIGHT - 20.0),
            examples: examples.collect(),
        }
    }

    /// A text without anything that is not seen, with a place to break in every word that is wider
    /// than `width`, in the size of the text.
    fn clean(&self, text: &str, width: f32) -> String {
        broken(self.fonts, kept_together(one_line(text, usize::MAX)), width)
    }

    /// The same for what stands on its page as a whole, such as a heading: there is an end to it.
    fn short(&self, text: &str, width: f32) -> String {
        self.clean(&one_line(text, SHORT), width)
    }

    /// The same within a line: a space at an end stays.
    fn inline(&self, text: &str, width: f32) -> String {
        let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let mut out = self.clean(text, width);
        if out.is_empty() {
            let space = is_space(text.chars().next());
            return if space { " ".to_owned() } else { out };
        }
        if is_space(text.chars().next()) {
            out.insert(0, ' ');
        }
        if is_space(text.chars().next_back()) {
            out.push(' ');
        }
        out
    }
}

/// A text in which no line ends with a word of one letter, such as «в» or «и».
fn kept_together(text: String) -> String {
    let mut out = String::with_capacity(text.len());
    // Letters since the last space, and whether they are Russian.
    let (mut letters, mut is_russian) = (0, false);
    for c in text.chars() {
        if c == ' ' && letters == 1 && is_russian {
            out.push('\u{A0}');
            letters = 0;
            continue;
        }
        if c == ' ' || c == '\u{A0}' {
            letters = 0;
        } else {
            letters += 1;
            is_russian = matches!(c, 'А'..='я' | 'ё' | 'Ё');
        }
        out.push(c);
    }
    out
}

/// A text whose words can be broken where they are wider than that, in the size of the text.
fn broken(fonts: &Fonts, text: String, width: f32) -> String {
    // Most texts are narrower as a whole.
    if fonts.width(&text) <= width {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut word = 0.0;
    for c in text.chars() {
        let wide = fonts.width_of(c);
        if c == ' ' || c == '-' {
            // A line may break behind it anyway.
            word = 0.0;
        } else if word > 0.0 && word + wide > width {
            // A place to break that shows nothing where it is not needed.
            out.push('\u{200B}');
            word = wide;
        } else {
            word += wide;
        }
        out.push(c);
    }
    out
}

/// The name of a lamp's colour in the template.
fn lamp_name(colour: Colour) -> &'static str {
    report::lamp_id(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_look_alike_are_of_one_level_and_none_is_left_out() {
        let heading = |level| Block::Heading {
            level,
            text: String::new(),
            id: String::new(),
        };
        let document = Document {
            lang: "ru".to_owned(),
            title: String::new(),
            subtitle: String::new(),
            about: Vec::new(),
            blocks: [3, 3, 1, 3, 2, 3, 3, 9, 0].map(heading).to_vec(),
            data: Vec::new(),
        };
        let sheet = sheet(&document, Fonts::embedded(), None);
        let levels = sheet.stretches[0].blocks.iter().map(|piece| match piece {
            Piece::Heading { rank, .. } => rank.level,
            _ => 0,
        });
        assert_eq!(levels.collect::<Vec<_>>(), [1, 1, 1, 2, 2, 3, 3, 3, 1]);
    }

    #[test]
    fn a_word_of_one_letter_does_not_end_a_line() {
        let kept = |text: &str| kept_together(text.to_owned()).replace('\u{A0}', "_");
        assert_eq!(kept("В группе и у всех"), "В_группе и_у_всех");
        assert_eq!(kept("a b 7 из 12 я"), "a b 7 из 12 я");
    }

    #[test]
    fn only_words_that_are_too_wide_get_places_to_break() {
        let fonts = Fonts::embedded();
        let broken = |text: &str| broken(fonts, text.to_owned(), fonts.width("ннннн"));
        assert_eq!(broken("нннн ннннн н-нннн"), "нннн ннннн н-нннн");
        assert_eq!(broken("нннннннннннн н"), "ннннн\u{200B}ннннн\u{200B}нн н");
        // Nothing is narrower than a letter.
        assert_eq!(super::broken(fonts, "нн".to_owned(), 0.0), "н\u{200B}н");
    }
}
