//! The fonts of documents and pictures: those fetched when the program was built, else those that
//! typst brings along. Never those of the machine, so a document looks alike everywhere.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariations, FontWeight};
use typst::utils::LazyHash;

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// Characters up to here have their width at hand: Latin, Cyrillic, signs, arrows, shapes.
const RULED: u32 = 0x2800;
/// How wide a character is that no font has, or that lies beyond: emoji, Chinese.
const UNRULED: f32 = 1.3;

/// Fonts, ready for use.
pub(crate) struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<String>,
    database: Arc<fontdb::Database>,
    widths: Vec<f32>,
}

impl Fonts {
    /// The fonts of this program, read once.
    pub(crate) fn embedded() -> &'static Fonts {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| Fonts::choose(FETCHED))
    }

    /// The given fonts, in the order in which they are tried for a character; where there are none,
    /// those that typst brings along.
    pub(crate) fn choose(fetched: &'static [&'static [u8]]) -> Fonts {
        if fetched.is_empty() {
            // A text face first, then the one that has the shapes.
            let order = ["Libertinus Serif", "DejaVu Sans Mono"];
            Fonts::of(typst_assets::fonts(), Some(&order))
        } else {
            Fonts::of(fetched.iter().copied(), None)
        }
    }

    /// `order`: the families that are wanted, in this order; none: all, as they come.
    fn of(files: impl Iterator<Item = &'static [u8]>, order: Option<&[&str]>) -> Fonts {
        let mut fonts: Vec<Font> = files
            .flat_map(|file| Font::iter(Bytes::new(file)))
            .collect();
        if let Some(order) = order {
            let place = |font: &Font| order.iter().position(|name| *name == font.info().family);
            fonts.retain(|font| place(font).is_some());
            fonts.sort_by_key(place);
        }
        let mut database = fontdb::Database::new();
        let mut families: Vec<String> = Vec::new();
        for font in &fonts {
            database.load_font_source(fontdb::Source::Binary(Arc::new(font.data().clone())));
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
        }
        // A picture that names none of these families asks for any without serifs at the end.
        if let Some(first) = families.first() {
            database.set_sans_serif_family(first);
        }
        Fonts {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            widths: widths(&fonts),
            fonts,
            families,
            database: Arc::new(database),
        }
    }

    /// What typst chooses from.
    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// A font by its place in the book.
    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// The names of the families, in the order in which they are tried.
    pub(crate) fn families(&self) -> &[String] {
        &self.families
    }

    /// The same fonts for pictures.
    pub(crate) fn database(&self) -> &Arc<fontdb::Database> {
        &self.database
    }

    /// How wide a text stands on one line, in its size; a little more rather than less.
    pub(crate) fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.width_of(c)).sum()
    }

    /// How wide a character is, in its size.
    pub(crate) fn width_of(&self, c: char) -> f32 {
        self.widths.get(c as usize).copied().unwrap_or(UNRULED)
    }
}

/// The widths of the characters below [`RULED`], of the widest weight that has them; digits stand as
/// wide as the widest, since columns of them do.
fn widths(fonts: &[Font]) -> Vec<f32> {
    let faces: Vec<FontInstance> = fonts.iter().map(instance).collect();
    let heavy: Vec<&FontInstance> = faces
        .iter()
        .filter(|face| face.font().info().variant.weight > FontWeight::REGULAR)
        .collect();
    let mut widths: Vec<f32> = (0..RULED)
        .map(|code| match char::from_u32(code) {
            Some(c) if c.is_control() || c == '\u{200B}' => 0.0,
            Some(c) => {
                let bold = heavy.iter().find_map(|face| advance(face, c));
                let first = bold.or_else(|| faces.iter().find_map(|face| advance(face, c)));
                first.unwrap_or(UNRULED)
            }
            None => UNRULED,
        })
        .collect();
    let digits = 0x30..0x3A;
    let widest = widths[digits.clone()].iter().copied().fold(0.0, f32::max);
    widths[digits].fill(widest);
    widths
}

fn instance(font: &Font) -> FontInstance {
    let variant = font.info().variant;
    font.clone()
        .instantiate(variant, Abs::pt(10.0), &FontVariations::default())
}

fn advance(face: &FontInstance, c: char) -> Option<f32> {
    let glyph = face.ttf().glyph_index(c)?;
    Some(face.x_advance(glyph.0)?.get() as f32)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs};

    use super::*;

    /// Both ways of choosing.
    fn both() -> [Fonts; 2] {
        [Fonts::choose(FETCHED), Fonts::choose(&[])]
    }

    /// Every character of our messages, of all crates.
    fn spoken() -> String {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut folders = vec![crates];
        let mut text = String::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if path.is_dir() && name != "node_modules" && name != "target" {
                    folders.push(path);
                } else if name.ends_with(".ftl") {
                    text += &fs::read_to_string(path).unwrap();
                }
            }
        }
        text
    }

    #[test]
    fn every_character_that_we_say_is_in_a_font() {
        let said = spoken();
        assert!(said.contains("Содержание") && said.contains("▲"));
        // What is put together of numbers, and what the layout adds.
        let made = "₽$€%+−–—…«»№·0123456789 \u{A0}\u{202F}\u{2009}▲■●○↑↓→×±≤≥";
        for fonts in both() {
            for c in said.chars().chain(made.chars()).filter(|c| !c.is_control()) {
                let has = |font: &Font| instance(font).ttf().glyph_index(c).is_some();
                // Spaces that a font lacks are drawn as such all the same.
                assert!(
                    c.is_whitespace() || fonts.fonts.iter().any(has),
                    "{c:?} in {:?}",
                    fonts.families
                );
            }
        }
    }

    #[test]
    fn the_fonts_that_were_fetched_are_tried_first() {
        let fonts = Fonts::choose(FETCHED);
        if FETCHED.is_empty() {
            assert_eq!(fonts.families, ["Libertinus Serif", "DejaVu Sans Mono"]);
        } else {
            assert_eq!(fonts.families, ["Inter", "DejaVu Sans", "Noto Emoji"]);
            assert_eq!(fonts.fonts[1].info().variant.weight, FontWeight::SEMIBOLD);
        }
        assert_eq!(
            Fonts::choose(&[]).families,
            ["Libertinus Serif", "DejaVu Sans Mono"]
        );
    }

    #[test]
    fn widths_are_those_of_the_text() {
        for fonts in both() {
            assert!(fonts.width("Ш") > fonts.width("і"));
            assert_eq!(fonts.width("111"), fonts.width("888"));
            assert_eq!(fonts.width("\u{200B}"), 0.0);
            let word = fonts.width("Просроченные");
            assert!((5.0..9.0).contains(&word), "{word}");
        }
    }
}
