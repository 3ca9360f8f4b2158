//! What a group chat is told: counts by rule, and nobody's name unless the company has allowed it.

use std::collections::BTreeMap;

use wording::Lang;

use crate::at_once::AtOnce;
use crate::daily::{Daily, Person, Reader};
use crate::letter::Letter;
use crate::lines::{Lines, Site};
use crate::words::{Words, number};

/// A note about a group as its chat is told it: the figures, without the findings themselves; these
/// go to the person and the lead. Without `names` nobody is named; whose findings are gross never is.
pub fn chat_daily(note: &Daily, names: bool, lang: Lang, site: Site<'_>) -> Letter {
    let nameless = |person: &Person| Person {
        link: String::new(),
        gross: 0,
        ..person.clone()
    };
    let told = Daily {
        people: match names {
            true => note.people.iter().map(nameless).collect(),
            false => Vec::new(),
        },
        more_people: if names { note.more_people } else { 0 },
        worst: Vec::new(),
        away: Vec::new(),
        unchecked: None,
        ..note.clone()
    };
    let link = match note.reader {
        Reader::Lead => "/group",
        _ => "/findings?open=yes",
    };
    told.letter(lang, link, site)
}

/// What was found at once, as a group chat is told it: how much by which rule. Whose a gross finding is
/// concerns nobody but the person and the lead, so it is counted and never named.
pub fn chat_at_once(message: &AtOnce, names: bool, lang: Lang, site: Site<'_>) -> Letter {
    let words = Words(lang);
    let mut rules: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for told in &message.told {
        let person = if names && told.severity != "gross" {
            told.person.as_str()
        } else {
            ""
        };
        *rules.entry((&told.rule, person)).or_default() += 1;
    }
    let mut lines = Lines::default();
    for ((rule, person), count) in rules {
        let args = [("rule", rule.into()), ("count", number(count))];
        let text = words.say("chat-rule", &args);
        let text = match person {
            "" => text,
            person => format!("{person}: {text}"),
        };
        lines.item(text, "");
    }
    let more = message.count.saturating_sub(message.told.len() as u64);
    if more > 0 {
        lines.say(words.count("chat-more", more));
    }
    let subject = words.count("once-subject-many", message.count);
    lines.letter(subject, message.link.clone(), site)
}
