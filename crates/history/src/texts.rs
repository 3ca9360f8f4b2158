//! Texts: what rules ask of a text is computed once, when it is read.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::{Names, TextId};

/// What is kept of a long text of a note, message or task result, in bytes; enough to show
/// as evidence. Facts are those of the whole text.
const EXCERPT_BYTES: usize = 480;

/// What is kept of a title or a field's value, in bytes: rules compare these themselves.
const VALUE_BYTES: usize = 16 * 1024;

/// What rules ask of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextFacts {
    /// Unicode alphabetic characters.
    pub letters: u32,
    /// Nothing is left after trimming.
    pub blank: bool,
    /// The letters are all the same one (`ааааааа`).
    pub same_letter: bool,
    /// Only a word of the stop list is left (`готово`).
    pub stop_word: bool,
    /// Hash of the trimmed, lower-cased text; equal texts have equal hashes on every machine.
    pub folded: u64,
}

impl TextFacts {
    /// The facts of `text`.
    pub fn of(text: &str) -> TextFacts {
        let folded = text.trim().to_lowercase();
        let mut letters = 0u32;
        let mut first = None;
        let mut same = true;
        for letter in folded.chars().filter(|c| c.is_alphabetic()) {
            letters = letters.saturating_add(1);
            same &= *first.get_or_insert(letter) == letter;
        }
        TextFacts {
            letters,
            blank: folded.is_empty(),
            same_letter: same && letters > 0,
            stop_word: is_stop_word(&folded),
            folded: hash(&folded),
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
        folded: 0,
    };
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
            .filter(|c| c.is_alphabetic() || c.is_numeric() || c.is_whitespace())
    };
    if plain().take(64).count() == 64 && folded.split_whitespace().nth(8).is_some() {
        return false;
    }
    let plain: String = plain().collect();
    STOP_LIST.contains(&plain.trim())
}

fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    folded.hash(&mut hasher);
    // FxHash is weak in its low bits for short keys; a second round spreads them.
    hasher
        .finish()
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29)
}

/// The texts of a history, each once, with its facts.
#[derive(Clone, Default)]
pub struct Texts {
    names: Names,
    facts: Vec<TextFacts>,
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
            return self.keep_whole(text, || TextFacts::of(text));
        }
        let facts = TextFacts::of(text);
        let mut end = bytes;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        // The mark keeps a cut text apart from others that begin alike.
        self.keep_whole(
            &format!("{}… [{:016x}]", &text[..end], facts.folded),
            || facts,
        )
    }

    fn keep_whole(&mut self, text: &str, facts: impl FnOnce() -> TextFacts) -> TextId {
        let id = self.names.intern(text);
        if id != u32::MAX && id as usize == self.facts.len() {
            self.facts.push(facts());
        }
        TextId(id)
    }

    /// The facts of a text; those of the empty text where there is none.
    pub fn facts(&self, id: TextId) -> TextFacts {
        self.facts
            .get(id.index())
            .copied()
            .unwrap_or(TextFacts::NONE)
    }

    /// Whether the text says nothing; see [`TextFacts::is_junk`].
    pub fn is_junk(&self, id: TextId, min_letters: u32) -> bool {
        self.facts(id).is_junk(min_letters)
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
    fn folded_hash_ignores_case_and_edges() {
        assert_eq!(
            TextFacts::of(" Ждёт Счёт ").folded,
            TextFacts::of("ждёт счёт").folded
        );
        assert_ne!(TextFacts::of("ждёт").folded, TextFacts::of("ждет").folded);
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
