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
        places: &[
            place("/board", "tab-board", sees_company),
            place("/trends", "tab-trends", sees_company),
            place("/pipelines", "tab-pipelines", sees_company),
            place("/compare", "tab-compare", sees_company),
            place("/unhandled", "tab-unhandled", |actor| {
                reaches(actor, Deed::SeeUnhandled)
            }),
            place("/reports", "tab-reports", |actor| {
                reaches(actor, Deed::SeeReports)
            }),
            place("/deals", "tab-deals", |actor| {
                reaches_all(actor, Deed::ReadHistory)
            }),
        ],
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
        places: &[
            place("/group", "tab-group", leads),
            place("/meeting", "tab-meeting", |actor| {
                reach(actor, Deed::SeeGoals) == Reach::All || leads(actor)
            }),
        ],
    },
    Section {
        word: "section-mine",
        places: &[
            place("/mine", "tab-mine", has_own),
            place("/month", "tab-month", has_own),
            place("/calls", "tab-calls", has_own),
            place("/notes", "tab-notes", has_own),
        ],
    },
    Section {
        word: "section-findings",
        places: &[place("/findings", "tab-findings", |actor| {
            reaches_all(actor, Deed::SeeFindings) || has_own(actor)
        })],
    },
    Section {
        word: "section-control",
        places: &[
            place("/queue", "tab-queue", |actor| reaches(actor, Deed::PassOn)),
            place("/queue/deals", "tab-reviews", |actor| {
                reaches(actor, Deed::Review)
            }),
            place("/disputes", "tab-disputes", |actor| {
                reaches(actor, Deed::JudgeDispute)
            }),
            place("/exemptions", "tab-exemptions", |actor| {
                reaches_all(actor, Deed::SeeExemptions)
            }),
            place("/queue/done", "tab-looked", |actor| {
                reaches(actor, Deed::SeeReviews)
            }),
            place("/queue/time", "tab-spent", |actor| {
                reaches(actor, Deed::SeeReviews)
            }),
        ],
    },
    Section {
        word: "section-regulation",
        places: &[
            place("/rules", "tab-rules", |actor| {
                reaches(actor, Deed::ReadRegulation)
            }),
            place("/regulation", "tab-regulation", |actor| {
                reaches(actor, Deed::ReadRegulation)
            }),
            place("/regulation/what-if", "tab-what-if", |actor| {
                app::what_if::sees(actor).is_ok()
            }),
        ],
    },
    Section {
        word: "section-admin",
        places: &[
            place("/admin", "tab-admin", |actor| {
                reaches(actor, Deed::ManageEmployees)
            }),
            place("/admin/people", "tab-people", |actor| {
                reaches(actor, Deed::SeePeople)
            }),
            place("/admin/employees", "tab-employees", sees_others),
            place("/admin/absences", "tab-absences", sees_others),
            place("/admin/shifts", "tab-shifts", sees_others),
            place("/admin/calendar", "tab-calendar", sees_others),
            place("/admin/companies", "tab-companies", |actor| {
                reaches(actor, Deed::SeeSettings)
            }),
            place("/admin/reports", "tab-schedule", |actor| {
                reaches(actor, Deed::SeeSettings)
            }),
            place("/admin/telling", "tab-telling", |actor| {
                reaches(actor, Deed::SeeSettings)
            }),
            place("/admin/pauses", "tab-pauses", |actor| {
                actor.whose(Deed::PauseNotices).is_ok()
            }),
            place("/admin/tokens", "tab-tokens", |actor| {
                reaches_all(actor, Deed::Tokens)
            }),
            place("/admin/chats", "tab-chats", |actor| {
                reaches(actor, Deed::SeeChats)
            }),
            place("/admin/webhooks", "tab-webhooks", |actor| {
                reaches(actor, Deed::SeeChats)
            }),
            place("/admin/jobs", "tab-jobs", |actor| {
                reaches(actor, Deed::SeeJobs)
            }),
            place("/admin/journal", "tab-journal", |actor| {
                reaches(actor, Deed::SeeJournal)
            }),
            place("/admin/import", "tab-import", |actor| {
                reaches(actor, Deed::SendEvents)
            }),
        ],
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

/// Whether somebody sees figures of the whole company.
fn sees_company(actor: &Actor) -> bool {
    reaches_all(actor, Deed::SeeFigures)
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

/// Whether somebody sees employees beside themselves: all, or those of the groups that they lead.
fn sees_others(actor: &Actor) -> bool {
    let seen = reach(actor, Deed::SeeEmployees);
    seen == Reach::All || (seen == Reach::Group && actor.employee.is_some())
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
            // A page may stand below another one.
            // One page may stand below another.
            let at = open.iter().filter(|place| is_at(path, place.href));
            let at = at.max_by_key(|place| place.href.len());
            let is_here = |place: &&Place| at.is_some_and(|at| at.href == place.href);
            let here = at.is_some();
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
        Access::Coordinator => "/queue",
        Access::Specialist => "/queue/deals",
        Access::Administrator => "/admin",
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
