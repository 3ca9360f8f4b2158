//! Texts: what rules ask of a text is computed once, when it is read.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::{FxHashMap, FxHasher};

use crate::{Names, TextId};

/// What is kept of a long text of a note, message or task result, in bytes; enough to show
/// as evidence. Facts are those of the whole text.
const EXCERPT_BYTES: usize = 480;

/// What is kept of a title or a field's value, in bytes: rules compare these themselves.
const VALUE_BYTES: usize = 16 * 1024;

/// What rules ask of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextFacts {
    /// Unicode alphabetic characters, at most 2^24 counted.
    pub letters: u32,
    /// Nothing is left after trimming.
    pub blank: bool,
    /// The letters are all the same one (`ааааааа`).
    pub same_letter: bool,
    /// Only a word of the stop list is left (`готово`).
    pub stop_word: bool,
}

const MOST_LETTERS: u32 = 1 << 24;

impl TextFacts {
    /// The facts of `text`.
    pub fn of(text: &str) -> TextFacts {
        let folded = fold(text);
        let mut letters = 0u32;
        let mut first = None;
        let mut same = true;
        for letter in folded.chars().filter(|c| is_letter(*c)) {
            letters += u32::from(letters < MOST_LETTERS);
            same &= *first.get_or_insert(letter) == letter;
        }
        TextFacts {
            letters,
            blank: folded.is_empty(),
            same_letter: same && letters > 0,
            stop_word: is_stop_word(&folded),
        }
    }

    /// Empty, fewer than `min_letters` letters, a word of the stop list, or one letter repeated.
    pub fn is_junk(&self, min_letters: u32) -> bool {
        self.blank || self.letters < min_letters || self.stop_word || self.same_letter
    }

    const NONE: TextFacts = TextFacts {
        letters: 0,
        blank: true,
        same_letter: false,
        stop_word: false,
    };

    fn pack(self) -> u32 {
        self.letters
            | u32::from(self.blank) << 28
            | u32::from(self.same_letter) << 29
            | u32::from(self.stop_word) << 30
            | KNOWN
    }

    fn unpack(bits: u32) -> TextFacts {
        TextFacts {
            letters: bits & (2 * MOST_LETTERS - 1),
            blank: bits >> 28 & 1 == 1,
            same_letter: bits >> 29 & 1 == 1,
            stop_word: bits >> 30 & 1 == 1,
        }
    }
}

/// Marks packed facts that have been computed.
const KNOWN: u32 = 1 << 31;

/// Trimmed and lower-cased. The letters that most texts are made of need no table.
fn fold(text: &str) -> String {
    let text = text.trim();
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        folded.push(match letter {
            '\0'..='\x7f' => letter.to_ascii_lowercase(),
            'а'..='я' | 'ё' | '—' | '«' | '»' => letter,
            'А'..='Я' => char::from_u32(letter as u32 + 32).unwrap_or(letter),
            'Ё' => 'ё',
            _ => return text.to_lowercase(),
        });
    }
    folded
}

/// Hash of the trimmed, lower-cased text; equal texts have equal hashes on every machine.
pub fn folded_hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    fold(text).hash(&mut hasher);
    // FxHash is weak in its low bits for short keys; a second round spreads them.
    hasher
        .finish()
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29)
}

/// `char::is_alphabetic`, with the letters that most texts are made of decided by comparison.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'а'..='я' | 'ё') || (!matches!(c, '\0'..='@') && c.is_alphabetic())
}

const STOP_LIST: &[&str] = &[
    "ок",
    "окей",
    "ok",
    "done",
    "готово",
    "сделано",
    "выполнено",
    "нет",
    "да",
    "не знаю",
    "test",
    "тест",
    "asdf",
    "xxx",
];

fn is_stop_word(folded: &str) -> bool {
    // No stop word is longer than this; a long text need not be copied to know.
    let plain = || {
        folded
            .chars()
            .filter(|c| is_letter(*c) || c.is_numeric() || c.is_whitespace())
    };
    if plain().take(64).count() == 64 && folded.split_whitespace().nth(8).is_some() {
        return false;
    }
    let plain: String = plain().collect();
    STOP_LIST.contains(&plain.trim())
}

/// The texts of a history, each once, with its facts.
#[derive(Default)]
pub struct Texts {
    names: Names,
    /// Packed facts, computed when first asked for; most texts are never asked about.
    facts: Vec<AtomicU32>,
    /// Hashes of texts that were cut.
    cut: FxHashMap<u32, u64>,
}

impl Clone for Texts {
    fn clone(&self) -> Texts {
        let facts = self
            .facts
            .iter()
            .map(|facts| AtomicU32::new(facts.load(Ordering::Relaxed)));
        Texts {
            names: self.names.clone(),
            facts: facts.collect(),
            cut: self.cut.clone(),
        }
    }
}

impl Texts {
    /// Keeps an excerpt of a note, message, comment or result.
    pub fn keep_excerpt(&mut self, text: &str) -> TextId {
        self.keep(text, EXCERPT_BYTES)
    }

    /// Keeps a title or a field's value, which rules compare in full.
    pub fn keep_value(&mut self, text: &str) -> TextId {
        self.keep(text, VALUE_BYTES)
    }

    fn keep(&mut self, text: &str, bytes: usize) -> TextId {
        if text.len() <= bytes {
            return self.keep_as(text);
        }
        let mut end = bytes;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let hash = folded_hash(text);
        // The mark keeps a cut text apart from others that begin alike.
        let id = self.keep_as(&format!("{}… [{hash:016x}]", &text[..end]));
        self.facts[id.index()].store(TextFacts::of(text).pack(), Ordering::Relaxed);
        self.cut.insert(id.0, hash);
        id
    }

    fn keep_as(&mut self, text: &str) -> TextId {
        let id = self.names.intern(text);
        if id != u32::MAX && id as usize == self.facts.len() {
            self.facts.push(AtomicU32::new(0));
        }
        TextId(id)
    }

    /// The facts of a text; those of the empty text where there is none.
    pub fn facts(&self, id: TextId) -> TextFacts {
        let Some(cell) = self.facts.get(id.index()) else {
            return TextFacts::NONE;
        };
        let bits = cell.load(Ordering::Relaxed);
        if bits & KNOWN != 0 {
            return TextFacts::unpack(bits);
        }
        let facts = TextFacts::of(self.get(id));
        cell.store(facts.pack(), Ordering::Relaxed);
        facts
    }

    /// Whether the text says nothing; see [`TextFacts::is_junk`].
    pub fn is_junk(&self, id: TextId, min_letters: u32) -> bool {
        self.facts(id).is_junk(min_letters)
    }

    /// Hash of the whole trimmed, lower-cased text; see [`folded_hash`].
    pub fn folded_hash(&self, id: TextId) -> u64 {
        self.cut
            .get(&id.0)
            .copied()
            .unwrap_or_else(|| folded_hash(self.get(id)))
    }

    /// The text, or the excerpt kept of it.
    pub fn get(&self, id: TextId) -> &str {
        self.names.get(id.0)
    }

    /// How many different texts there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    pub(crate) fn thaw(&mut self) {
        self.names.thaw();
    }

    pub(crate) fn freeze(&mut self) {
        self.names.freeze();
        self.facts.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn junk_by_every_door() {
        for text in [
            "",
            "   ",
            "+",
            "12345",
            "ок!",
            "ааааааа",
            " ВЫПОЛНЕНО!!",
            "- не знаю -",
            "сделано)",
            "Ббббббб...",
        ] {
            assert!(TextFacts::of(text).is_junk(5), "{text:?}");
        }
        for text in ["созвонились", "Да, завтра в 12", "отправил КП"]
        {
            assert!(!TextFacts::of(text).is_junk(5), "{text:?}");
        }
        assert!(
            !TextFacts::of("12345").is_junk(0),
            "no letters, none asked for"
        );
        assert!(
            TextFacts::of("не знаю!").is_junk(0),
            "the stop list needs no letters"
        );
    }

    #[test]
    fn folding_is_lower_casing() {
        let russian: String = ('Ѐ'..='џ').collect();
        let texts = [
            " Ёлка — «ПЕРВАЯ» Abc 12 ",
            "ΑΣ",
            "İстанбул",
            "ß",
            "",
            &russian,
        ];
        for text in texts.into_iter().chain(russian.split("").skip(1)) {
            assert_eq!(super::fold(text), text.trim().to_lowercase(), "{text:?}");
        }
    }

    #[test]
    fn folded_hash_ignores_case_and_edges() {
        assert_eq!(folded_hash(" Ждёт Счёт "), folded_hash("ждёт счёт"));
        assert_ne!(folded_hash("ждёт"), folded_hash("ждет"));
    }

    #[test]
    fn a_long_text_is_cut_but_judged_whole() {
        let mut texts = Texts::default();
        let long = format!("{}б", "а".repeat(10_000));
        let id = texts.keep_excerpt(&long);
        assert_eq!(texts.facts(id).letters, 10_001);
        assert!(!texts.is_junk(id, 5), "the last letter differs");
        assert!(texts.get(id).len() < 600);
        assert_ne!(id, texts.keep_excerpt(&"а".repeat(10_000)));
    }
}
