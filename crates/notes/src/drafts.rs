//! That reports were made and wait to be looked over.

use wording::Lang;

use crate::letter::Letter;
use crate::lines::{Lines, Site};
use crate::words::{Words, number};

/// That so many drafts wait, for those who may change their words until `send_at`, a local time of the
/// same day; none: until somebody sends them.
pub fn drafts(count: u64, send_at: Option<&str>, lang: Lang, site: Site<'_>) -> Letter {
    let words = Words(lang);
    let mut lines = Lines::default();
    lines.say(match send_at {
        Some(time) => words.say("drafts-until", &[("time", time.to_owned().into())]),
        None => words.word("drafts-by-hand"),
    });
    let subject = words.say("drafts-subject", &[("count", number(count))]);
    lines.letter(subject, "/reports".to_owned(), site)
}
