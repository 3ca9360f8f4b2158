//! Texts in pieces that Telegram takes.

/// Foreign text as it may stand in a message of HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// How long Telegram holds a text to be: in UTF-16 units, after it has read the markup.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A plain text in parts of at most `most` UTF-16 units each: at the ends of paragraphs where that is
/// possible, else of lines, else between words. Nothing is lost but the spaces at which it was cut.
/// It is cut before it is escaped, so no entity ever falls apart.
pub fn parts(text: &str, most: usize) -> Vec<&str> {
    let most = most.max(2);
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while length(rest) > most {
        let room = fitting(rest, most);
        let at = ["\n\n", "\n", ". ", " "]
            .into_iter()
            .find_map(|end| cut_at(&rest[..room], end))
            .unwrap_or(room);
        let (part, left) = rest.split_at(at);
        if !part.trim().is_empty() {
            parts.push(part.trim_end());
        }
        rest = left.trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// How many bytes of a text fit.
fn fitting(text: &str, most: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > most {
            return at;
        }
    }
    text.len()
}

/// Behind the last of these ends, unless it leaves less than half of the room used.
fn cut_at(text: &str, end: &str) -> Option<usize> {
    let at = text.rfind(end)? + end.len();
    (at * 2 >= text.len()).then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_cut_at_paragraphs_then_lines_then_words() {
        let paragraphs = format!("{}\n\n{}", "а".repeat(60), "б".repeat(60));
        assert_eq!(parts(&paragraphs, 100), ["а".repeat(60), "б".repeat(60)]);
        let words = "слово ".repeat(30);
        let cut = parts(&words, 100);
        assert!(cut.iter().all(|part| part.ends_with("слово")), "{cut:?}");
        let one = "я".repeat(250);
        let lengths: Vec<usize> = parts(&one, 100).into_iter().map(length).collect();
        assert_eq!(lengths, [100, 100, 50]);
        assert_eq!(parts(" \n ", 100), [""; 0]);
    }

    #[test]
    fn length_is_counted_as_telegram_counts_and_no_sign_is_halved() {
        let faces = "😀".repeat(60);
        assert_eq!(parts(&faces, 101), ["😀".repeat(50), "😀".repeat(10)]);
    }

    #[test]
    fn nothing_foreign_is_markup() {
        assert_eq!(escape("<b>&amp;</b>"), "&lt;b&gt;&amp;amp;&lt;/b&gt;");
    }

    proptest! {
        #[test]
        fn parts_fit_and_lose_nothing_but_spaces(text in "[a-я😀&<>.\\n ]{0,400}", most in 2_usize..80) {
            let parts = parts(&text, most);
            for part in &parts {
                prop_assert!(!part.is_empty() && length(part) <= most);
            }
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(solid(&parts.concat()), solid(&text));
        }
    }
}
