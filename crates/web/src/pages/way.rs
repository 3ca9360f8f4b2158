//! The way around: which pages there are, in which sections, and who may open each.

use app::Actor;
use app::permissions::{Access, Deed, Reach};

use super::Words;

/// A page with a place in the way around.
struct Place {
    href: &'static str,
    /// Its message.
    word: &'static str,
    /// Whether somebody may open it.
    open: fn(&Actor) -> bool,
}

/// Pages that belong together, under one message.
struct Section {
    word: &'static str,
    places: &'static [Place],
}

/// The sections in the order of a day. A section is shown where one of its pages may be opened, and
/// leads to the first such one.
const SECTIONS: &[Section] = &[
    Section {
        word: "section-results",
        places: &[place("/board", "tab-board", |actor| {
            reaches_all(actor, Deed::SeeFigures)
        })],
    },
    Section {
        word: "section-sales",
        places: &[
            place("/funnel", "tab-funnel", sees_sales),
            place("/lost", "tab-lost", |actor| {
                actor.whose(Deed::SeeLostDeals).is_ok()
            }),
            place("/reasons", "tab-reasons", sees_sales),
            place("/load", "tab-load", sees_sales),
            place("/speed", "tab-speed", sees_sales),
        ],
    },
    Section {
        word: "section-group",
        places: &[place("/group", "tab-group", leads)],
    },
    Section {
        word: "section-mine",
        places: &[place("/mine", "tab-mine", has_own)],
    },
    Section {
        word: "section-findings",
        places: &[place("/findings", "tab-findings", |actor| {
            reaches_all(actor, Deed::SeeFindings) || has_own(actor)
        })],
    },
    Section {
        word: "section-control",
        places: &[place("/disputes", "tab-disputes", |actor| {
            reaches(actor, Deed::JudgeDispute)
        })],
    },
    Section {
        word: "section-regulation",
        places: &[place("/rules", "tab-rules", |actor| {
            reaches(actor, Deed::ReadRegulation)
        })],
    },
];

const fn place(href: &'static str, word: &'static str, open: fn(&Actor) -> bool) -> Place {
    Place { href, word, open }
}

fn reach(actor: &Actor, deed: Deed) -> Reach {
    actor.reach(deed).unwrap_or(Reach::None)
}

fn reaches(actor: &Actor, deed: Deed) -> bool {
    reach(actor, deed) != Reach::None
}

fn reaches_all(actor: &Actor, deed: Deed) -> bool {
    reach(actor, deed) == Reach::All
}

/// Whether somebody leads a group.
fn leads(actor: &Actor) -> bool {
    reach(actor, Deed::SeeFindings) == Reach::Group && actor.employee.is_some()
}

/// Whether somebody sees the figures of all, or of the group that they lead.
fn sees_sales(actor: &Actor) -> bool {
    match reach(actor, Deed::SeeFigures) {
        Reach::All => true,
        Reach::Group => actor.employee.is_some(),
        Reach::None | Reach::Own => false,
    }
}

/// Whether there can be findings of their own.
fn has_own(actor: &Actor) -> bool {
    reaches(actor, Deed::SeeFindings) && actor.employee.is_some()
}

/// A link of the way around.
pub(super) struct Tab {
    pub href: &'static str,
    pub label: String,
    /// Whether the reader is there.
    pub here: bool,
}

/// The way around for one reader.
#[derive(Default)]
pub(super) struct Way {
    /// The sections.
    pub tabs: Vec<Tab>,
    /// The pages of the section that the reader is in, where there are several.
    pub within: Vec<Tab>,
}

impl Way {
    /// The way around for somebody who is at `path`.
    pub fn of(actor: &Actor, path: &str, words: Words) -> Way {
        let mut way = Way::default();
        for section in SECTIONS {
            let open: Vec<&Place> = section
                .places
                .iter()
                .filter(|place| (place.open)(actor))
                .collect();
            let Some(first) = open.first() else {
                continue;
            };
            let is_here = |place: &&Place| is_at(path, place.href);
            let here = open.iter().any(is_here);
            way.tabs.push(Tab {
                href: first.href,
                label: words.text(section.word),
                here,
            });
            if here && open.len() > 1 {
                way.within = open
                    .iter()
                    .map(|place| Tab {
                        href: place.href,
                        label: words.text(place.word),
                        here: is_here(place),
                    })
                    .collect();
            }
        }
        way
    }
}

/// Whether a path is a page or stands below it.
fn is_at(path: &str, href: &str) -> bool {
    path.strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The page that somebody's day begins with.
pub(super) fn main_page(actor: &Actor) -> &'static str {
    let wanted = match actor.access {
        Access::Employee => "/mine",
        Access::Lead => "/group",
        _ => "/board",
    };
    let mut places = SECTIONS.iter().flat_map(|section| section.places);
    let is_open = places.any(|place| place.href == wanted && (place.open)(actor));
    if is_open { wanted } else { "/me" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_within_itself_and_nothing_that_begins_alike() {
        assert!(is_at("/rules", "/rules"));
        assert!(is_at("/rules/no-open-task", "/rules"));
        assert!(!is_at("/rules-of-old", "/rules"));
    }

    #[test]
    fn every_place_has_words_and_an_address_of_its_own() {
        let words = Words(wording::Lang::Ru);
        let mut hrefs = std::collections::BTreeSet::new();
        for section in SECTIONS {
            assert!(words.has(section.word), "{}", section.word);
            for place in section.places {
                assert!(words.has(place.word), "{}", place.word);
                assert!(hrefs.insert(place.href), "{}", place.href);
            }
        }
    }
}
