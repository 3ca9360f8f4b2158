//! Foreign text made fit for one line of a terminal or a table.

/// More marks than that over one letter only serve to spill into the lines around.
const MOST_MARKS: usize = 2;

/// Hostile text made harmless, on one line and of at most `max_chars` characters.
///
/// - Escape sequences of terminals go with their parameters, other control characters are dropped.
/// - Line breaks, tabs and every other kind of space become one space; none stands at the ends.
///   A no-break space stays one.
/// - Characters that show nothing or turn the direction of the text are dropped: bidi controls,
///   zero-width characters, soft hyphens, tags. Joined emoji fall into their parts.
/// - A letter keeps two combining marks at most, and no mark stands without a letter.
/// - What is longer is cut and ends with «…», which counts.
///
/// It is not an escape for HTML, Markdown or spreadsheet formulas: those stay as they are.
pub fn one_line(text: &str, max_chars: usize) -> String {
    let mut line: Vec<char> = Vec::new();
    let mut space = None;
    let mut marks = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = after;
        match kind(c) {
            Kind::Space(wanted) => {
                space.get_or_insert(wanted);
                continue;
            }
            Kind::Invisible => continue,
            Kind::Escape => {
                rest = &after[sequence(c, after)..];
                continue;
            }
            Kind::Mark if line.is_empty() || space.is_some() || marks == MOST_MARKS => continue,
            Kind::Mark => marks += 1,
            Kind::Visible => marks = 0,
        }
        let space = space.take().filter(|_| !line.is_empty());
        line.extend(space);
        line.push(c);
        if line.len() > max_chars {
            return cut(line, max_chars);
        }
    }
    line.into_iter().collect()
}

/// The text with every no-break space (U+00A0, U+202F) made an ordinary one.
pub fn plain_spaces(text: &str) -> String {
    text.replace(['\u{A0}', '\u{202F}'], " ")
}

/// Shortens a line that is longer than `max_chars`.
fn cut(mut line: Vec<char>, max_chars: usize) -> String {
    let Some(mut end) = max_chars.checked_sub(1) else {
        return String::new();
    };
    // A letter goes together with its marks.
    while end > 0 && matches!(line.get(end).map(|c| kind(*c)), Some(Kind::Mark)) {
        end -= 1;
    }
    line.truncate(end);
    while line.last().is_some_and(|c| c.is_whitespace()) {
        line.pop();
    }
    line.push('…');
    line.into_iter().collect()
}

enum Kind {
    Visible,
    /// Stands over the character before it.
    Mark,
    /// A space, and the one to print for it.
    Space(char),
    Invisible,
    /// Begins a sequence that a terminal obeys.
    Escape,
}

fn kind(c: char) -> Kind {
    match c {
        '!'..='~' => Kind::Visible,
        '\u{1B}' | '\u{90}' | '\u{98}' | '\u{9B}' | '\u{9D}'..='\u{9F}' => Kind::Escape,
        '\u{A0}' | '\u{202F}' => Kind::Space(c),
        _ if c.is_whitespace() => Kind::Space(' '),
        // Letters and signs that are drawn as nothing: Hangul fillers, the empty Braille cell.
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}' => Kind::Space(' '),
        _ if c.is_control() => Kind::Invisible,
        // Soft hyphen, joiners, bidi marks, overrides and isolates, invisible operators.
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' => {
            Kind::Invisible
        }
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => {
            Kind::Invisible
        }
        '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}' => Kind::Invisible,
        '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => Kind::Invisible,
        // Tags and the second set of variation selectors, in which texts can be hidden.
        '\u{E0000}'..='\u{E0FFF}' => Kind::Invisible,
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Kind::Invisible,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' => Kind::Mark,
        '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{2DE0}'..='\u{2DFF}' => Kind::Mark,
        '\u{A66F}'..='\u{A672}' | '\u{A674}'..='\u{A67D}' | '\u{A69E}' | '\u{A69F}' => Kind::Mark,
        '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' => Kind::Mark,
        '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' => Kind::Mark,
        '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' => Kind::Mark,
        _ => Kind::Visible,
    }
}

/// How many bytes after an introducer belong to its sequence. A sequence that does not end takes
/// nothing with it: its introducer is gone, the rest is only text.
fn sequence(introducer: char, after: &str) -> usize {
    let (kind, skipped) = match introducer {
        '\u{1B}' => match after.bytes().next() {
            Some(b'[') => ('[', 1),
            Some(b']' | b'P' | b'X' | b'^' | b'_') => (']', 1),
            _ => ('\u{1B}', 0),
        },
        '\u{9B}' => ('[', 0),
        _ => (']', 0),
    };
    let body = &after[skipped..];
    let length = match kind {
        // Control sequence: parameters, intermediates, a final byte.
        '[' => ended(
            body,
            |b| (b' '..=b'?').contains(&b),
            |b| (b'@'..=b'~').contains(&b),
        ),
        // A short one: intermediates, a final byte.
        '\u{1B}' => ended(
            body,
            |b| (b' '..=b'/').contains(&b),
            |b| (b'0'..=b'~').contains(&b),
        ),
        _ => string(body),
    };
    skipped + length.unwrap_or(0)
}

fn ended(body: &str, inside: fn(u8) -> bool, last: fn(u8) -> bool) -> Option<usize> {
    let end = body.bytes().position(|b| !inside(b))?;
    last(body.as_bytes()[end]).then_some(end + 1)
}

/// A string for the terminal runs to a bell or a string terminator. Any other control character
/// breaks it off, which also keeps the search linear in a text full of introducers.
fn string(body: &str) -> Option<usize> {
    let (at, end) = body.char_indices().find(|(_, c)| c.is_control())?;
    match end {
        '\u{7}' | '\u{9C}' => Some(at + end.len_utf8()),
        '\u{1B}' if body[at + 1..].starts_with('\\') => Some(at + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays() {
        for text in [
            "",
            "Сделка № 12 — «Ромашка»",
            "1\u{202F}250\u{202F}000\u{A0}₽",
            "日本 ё é",
            "<b>|`=1+1",
        ] {
            assert_eq!(one_line(text, 100), text);
        }
    }

    #[test]
    fn every_space_is_one_space() {
        assert_eq!(
            one_line(
                "  a\r\n\r\nb\t\tc\u{2028}d\u{2029}e\u{85}f\u{3000}g\u{B}h ",
                99
            ),
            "a b c d e f g h"
        );
        assert_eq!(one_line("\n\t \u{A0}", 9), "");
        assert_eq!(one_line("\u{3164}\u{2800}\u{1160}", 9), "");
        assert_eq!(one_line("a \u{200B} \u{0} b", 9), "a b");
    }

    #[test]
    fn escape_sequences_go_with_their_parameters() {
        for (hostile, harmless) in [
            ("\u{1B}[31mred\u{1B}[0m", "red"),
            ("\u{1B}[2J\u{1B}[1;1Htop", "top"),
            ("a\u{1B}[?25lb", "ab"),
            ("\u{9B}31mred", "red"),
            ("\u{1B}]0;title\u{7}x", "x"),
            (
                "\u{1B}]8;;http://evil\u{1B}\\link\u{1B}]8;;\u{1B}\\",
                "link",
            ),
            ("\u{9D}0;title\u{9C}x", "x"),
            ("\u{1B}P1$q\u{1B}\\x", "x"),
            ("\u{1B}cx\u{1B}(0y", "xy"),
            // Sequences that do not end hide nothing of the text.
            ("\u{1B}]0;Привет", "0;Привет"),
            ("\u{1B}]a\nb\u{7}c", "a bc"),
            ("\u{1B}[Привет", "Привет"),
            ("\u{1B}[31", "31"),
            ("\u{1B}Привет", "Привет"),
            ("x\u{1B}", "x"),
            ("x\u{1B}[", "x"),
            ("x\u{9B}", "x"),
            // Nothing new comes together out of what is left.
            ("\u{1B}\u{1B}[31m[31mx", "[31mx"),
            ("\u{1B}]\u{1B}[31mx", "x"),
        ] {
            assert_eq!(one_line(hostile, 99), harmless, "{hostile:?}");
        }
    }

    #[test]
    fn what_is_not_seen_is_dropped() {
        assert_eq!(one_line("a\u{0}b\u{7}c\u{8}d\u{7F}e\u{8F}", 99), "abcde");
        assert_eq!(
            one_line("invoice\u{202E}fdp.exe\u{202C}", 99),
            "invoicefdp.exe"
        );
        assert_eq!(
            one_line(
                "\u{2066}a\u{2069}\u{200F}\u{61C}b\u{FEFF}\u{AD}c\u{2060}",
                99
            ),
            "abc"
        );
        assert_eq!(one_line("a\u{E0041}\u{E01EF}\u{FFFF}\u{10FFFE}b", 99), "ab");
    }

    #[test]
    fn nothing_harmful_survives_anywhere() {
        let every: String = ('\0'..=char::MAX).collect();
        let text = one_line(&every, usize::MAX);
        assert!(text.chars().all(|c| !c.is_control()));
        assert!(!text.contains(|c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')));
        assert!(
            !text.contains(|c| matches!(c, '\u{2060}'..='\u{206F}' | '\u{E0000}'..='\u{E0FFF}'))
        );
        assert_eq!(one_line(&text, usize::MAX), text);
    }

    #[test]
    fn marks_do_not_pile_up() {
        let zalgo = format!("и{}x", "\u{306}".repeat(50));
        assert_eq!(one_line(&zalgo, 99), "и\u{306}\u{306}x");
        assert_eq!(one_line("\u{301}a \u{301}b", 99), "a b");
        assert_eq!(one_line("и\u{306}", 2), "и\u{306}");
        assert_eq!(one_line("аи\u{306}б", 3), "а…");
        assert_eq!(one_line("❤\u{FE0F}", 9), "❤\u{FE0F}");
    }

    #[test]
    fn a_long_line_is_cut() {
        assert_eq!(one_line("замечание", 9), "замечание");
        assert_eq!(one_line("замечание", 8), "замечан…");
        assert_eq!(one_line("замечание \n", 9), "замечание");
        assert_eq!(one_line("не так", 4), "не…");
        assert_eq!(one_line("не так", 3), "не…");
        assert_eq!(one_line("ab", 1), "…");
        assert_eq!(one_line("a", 1), "a");
        assert_eq!(one_line("a", 0), "");
        for max in 0..12 {
            assert!(
                one_line("a b\tc и\u{306}\u{306} d e f", max)
                    .chars()
                    .count()
                    <= max
            );
        }
    }

    #[test]
    fn a_text_full_of_introducers_takes_no_longer() {
        for piece in [
            "\u{1B}]", "\u{9D}", "\u{1B}[", "\u{1B}[1", "\u{1B}P ", "\u{1B} ", "\u{90}a",
        ] {
            let text = one_line(&piece.repeat(200_000), 20);
            assert!(text.chars().count() <= 20);
        }
    }
}
