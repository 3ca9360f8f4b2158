//! The daily note.

use serde::{Deserialize, Serialize};
use wording::Lang;

use crate::letter::Letter;
use crate::lines::{Lines, Site};
use crate::words::{Day, Moment, Words, number};

/// Whom a note is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// Somebody about their own deals.
    Employee,
    /// The lead of a group about its people.
    Lead,
    /// The coordinator about what waits.
    Coordinator,
    /// The head about everybody.
    Head,
}

/// The facts of a daily note, as they were when it was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Daily {
    /// Whom it is for.
    pub reader: Reader,
    /// The day on which it is sent.
    pub day: Day,
    /// The first day that it covers.
    pub from: Day,
    /// The last day that it covers.
    pub to: Day,
    /// What was checked; none: nothing was.
    pub checked: Option<Checked>,
    /// What was found; none: the note is not about findings.
    pub found: Option<Found>,
    /// A lead's or a head's people, those who need help most first.
    pub people: Vec<Person>,
    /// How many more there are than are listed.
    pub more_people: u64,
    /// Who is not there.
    pub away: Vec<Away>,
    /// The few findings to begin with.
    pub worst: Vec<Worst>,
    /// What waits for a coordinator.
    pub waits: Option<Waits>,
    /// What was not checked, for whoever is to know.
    pub unchecked: Option<Unchecked>,
    /// Since when notices had been paused, where the note makes up for a pause.
    pub paused_since: Option<Day>,
    /// The currency of its money, an ISO 4217 code.
    pub currency: String,
}

/// What was checked in the days of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Deals in work.
    pub deals: u64,
}

/// What was found, each number with its base and the list that it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Findings whose breach lies in the days of the note.
    pub new: u64,
    /// The list of these.
    pub new_link: String,
    /// How many of these are gross.
    pub gross: u64,
    /// How many deals these are about, of those checked.
    pub deals: u64,
    /// How many of these repeat what was settled before.
    pub again: u64,
    /// The list of these.
    pub again_link: String,
    /// Findings that were mended in the days of the note.
    pub mended: u64,
    /// The list of these.
    #[serde(default)]
    pub mended_link: String,
    /// Of how many: those that were open when these days began, and the new ones.
    pub mended_of: u64,
    /// The list of these.
    #[serde(default)]
    pub mended_of_link: String,
    /// What is to be mended now.
    pub open: u64,
    /// The list of these.
    pub open_link: String,
    /// Of these the ones that may be disputed until today at the latest.
    pub due: u64,
    /// The money in the deals to be mended, each deal counted once, in hundredths.
    pub money: i64,
    /// How many deals these are.
    pub money_deals: u64,
}

/// One of a lead's people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The page about them.
    pub link: String,
    /// Findings whose breach lies in the days of the note.
    pub new: u64,
    /// What is to be mended now.
    pub open: u64,
    /// How many of these are gross.
    pub gross: u64,
    /// The money in the deals to be mended.
    pub money: i64,
}

/// Somebody who is not there today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The name.
    pub name: String,
    /// Why: `vacation`, `sick`, `trip` or `other`.
    pub kind: String,
    /// Until when; none: nobody has said.
    pub until: Option<Day>,
    /// How many open deals they answer for.
    pub deals: u64,
}

/// A finding to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worst {
    /// The finding.
    pub finding: String,
    /// The deal by name; empty: it is about none.
    pub deal: String,
    /// Whom it is held against; empty: the reader.
    pub person: String,
    /// What was found, in one sentence.
    pub text: String,
    /// Its page.
    pub link: String,
    /// Its rule by name.
    pub rule: String,
    /// How grave it is: `remark`, `violation` or `gross`.
    pub severity: String,
}

/// What waits for a coordinator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Findings made by hand that are to be passed on.
    pub to_pass_on: u64,
    /// Since when the oldest of them waits.
    pub since: Option<Moment>,
    /// Disputes that are to be decided.
    pub disputes: u64,
    /// Of these the ones whose time is over.
    pub disputes_late: u64,
    /// Of these the ones whose time ends today.
    pub disputes_today: u64,
    /// Until when the next one is to be decided.
    pub next: Option<Moment>,
}

/// What was not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchecked {
    /// That nothing came from the CRM.
    pub silence: Option<Silence>,
    /// People who had no deals in work.
    pub without_deals: NoDeals,
}

impl Unchecked {
    /// Whether all was checked.
    pub fn is_empty(&self) -> bool {
        self.silence.is_none() && self.without_deals.count == 0
    }
}

/// That nothing came from the CRM in the days of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// When something came last; none: never.
    pub since: Option<Moment>,
}

/// People who had no deals in work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoDeals {
    /// How many.
    pub count: u64,
    /// Some of them by name.
    pub names: Vec<String>,
}

impl Daily {
    /// Whether it has anything to say at all.
    pub fn says_anything(&self) -> bool {
        self.checked.is_some()
            || self.found.as_ref().is_some_and(|found| found.open > 0)
            || self.waits.is_some()
            || self.unchecked.as_ref().is_some_and(|un| !un.is_empty())
    }

    /// The note as a letter that leads to `link`.
    pub fn letter(&self, lang: Lang, link: &str, site: Site<'_>) -> Letter {
        let words = Words(lang);
        let mut lines = Lines::default();
        if let Some(since) = self.paused_since {
            lines.say(words.say("daily-paused", &[("day", words.day(since).into())]));
        }
        match &self.found {
            Some(found) => self.found(found, words, &mut lines),
            None => lines.say(self.checked_line(words)),
        }
        self.waits(words, &mut lines);
        self.people(words, &mut lines);
        self.worst(words, &mut lines);
        self.away(words, &mut lines);
        self.unchecked(words, &mut lines);
        lines.letter(self.subject(words), link.to_owned(), site)
    }

    /// The days that the note covers: «За 14 апр», «За 11 апр – 13 апр».
    pub(crate) fn days(&self, words: Words) -> String {
        let from = ("from", words.day(self.from).into());
        match self.from == self.to {
            true => words.say("daily-day", &[from]),
            false => words.say("daily-days", &[from, ("to", words.day(self.to).into())]),
        }
    }

    fn checked_line(&self, words: Words) -> String {
        let days = ("days", self.days(words).into());
        match &self.checked {
            Some(checked) => words.say("daily-checked", &[days, ("count", number(checked.deals))]),
            None => words.say("daily-not-checked", &[days]),
        }
    }

    fn found(&self, found: &Found, words: Words, lines: &mut Lines) {
        let days = ("days", self.days(words).into());
        match (&self.checked, found.new, found.open) {
            (Some(checked), 0, 0) => {
                let args = [days, ("count", number(checked.deals))];
                lines.lead(words.say("daily-clean", &args), "");
            }
            (Some(checked), 0, _) => {
                let args = [days, ("count", number(checked.deals))];
                lines.lead(words.say("daily-nothing-new", &args), "");
            }
            (Some(checked), ..) => {
                let args = [
                    days,
                    ("count", number(found.new)),
                    ("deals", number(found.deals)),
                    ("of", number(checked.deals)),
                ];
                lines.lead(words.say("daily-new", &args), &found.new_link);
            }
            (None, ..) => lines.say(words.say("daily-not-checked", &[days])),
        }
        if found.gross > 0 {
            lines.say(words.count("daily-gross", found.gross));
        }
        if found.again > 0 {
            lines.lead(
                part(words, "daily-again", found.again, found.new),
                &found.again_link,
            );
        }
        if found.mended_of > 0 {
            let link = match found.mended {
                0 => &found.mended_of_link,
                _ => &found.mended_link,
            };
            lines.lead(
                part(words, "daily-mended", found.mended, found.mended_of),
                link,
            );
        }
        if found.open > 0 {
            lines.lead(words.count("daily-open", found.open), &found.open_link);
        }
        if found.due > 0 {
            lines.lead(
                part(words, "daily-due", found.due, found.open),
                &found.open_link,
            );
        }
        if found.money > 0 {
            let money = words.money(found.money, &self.currency);
            let args = [
                ("money", money.into()),
                ("count", number(found.money_deals)),
            ];
            lines.lead(words.say("daily-money", &args), &found.open_link);
        }
    }

    fn waits(&self, words: Words, lines: &mut Lines) {
        let Some(waits) = &self.waits else {
            return;
        };
        if waits.to_pass_on > 0 {
            let since = waits.since.map_or_else(String::new, |at| words.moment(at));
            let args = [("count", number(waits.to_pass_on)), ("since", since.into())];
            lines.lead(words.say("daily-to-pass-on", &args), "/queue");
        }
        if waits.disputes > 0 {
            let next = waits.next.map_or_else(String::new, |at| words.moment(at));
            let args = [
                ("count", number(waits.disputes)),
                ("next", next.clone().into()),
            ];
            let id = match next.is_empty() {
                true => "daily-disputes-open",
                false => "daily-disputes",
            };
            lines.lead(words.say(id, &args), "/disputes");
        }
        if waits.disputes_today > 0 {
            let text = part(
                words,
                "daily-disputes-today",
                waits.disputes_today,
                waits.disputes,
            );
            lines.lead(text, "/disputes");
        }
        if waits.disputes_late > 0 {
            let text = part(
                words,
                "daily-disputes-late",
                waits.disputes_late,
                waits.disputes,
            );
            lines.lead(text, "/disputes");
        }
        if waits.to_pass_on == 0 && waits.disputes == 0 {
            lines.say(words.word("daily-nothing-waits"));
        }
    }

    fn people(&self, words: Words, lines: &mut Lines) {
        if self.people.is_empty() {
            return;
        }
        lines.title(words.word("daily-people"));
        for person in &self.people {
            let id = match person.gross {
                0 => "daily-person",
                _ => "daily-person-gross",
            };
            let args = [
                ("name", person.name.as_str().into()),
                ("new", number(person.new)),
                ("open", number(person.open)),
                ("gross", number(person.gross)),
            ];
            let mut text = words.say(id, &args);
            if person.money > 0 {
                text.push_str("; ");
                text.push_str(&words.money(person.money, &self.currency));
            }
            lines.item(text, &person.link);
        }
        if self.more_people > 0 {
            lines.say(words.count("daily-more-people", self.more_people));
        }
    }

    fn worst(&self, words: Words, lines: &mut Lines) {
        if self.worst.is_empty() {
            return;
        }
        lines.title(words.word("daily-begin-with"));
        for worst in &self.worst {
            lines.item(worst.line(words), &worst.link);
        }
    }

    fn away(&self, words: Words, lines: &mut Lines) {
        if self.away.is_empty() {
            return;
        }
        lines.title(words.word("daily-away"));
        for away in &self.away {
            let kind = match away.kind.as_str() {
                "vacation" | "sick" | "trip" => words.word(&format!("away-{}", away.kind)),
                _ => words.word("away-other"),
            };
            let mut text = match away.until {
                Some(until) => {
                    let until = words.day(until);
                    let args = [
                        ("name", away.name.as_str().into()),
                        ("kind", kind.into()),
                        ("until", until.into()),
                    ];
                    words.say("daily-away-until", &args)
                }
                None => {
                    let args = [("name", away.name.as_str().into()), ("kind", kind.into())];
                    words.say("daily-away-one", &args)
                }
            };
            if away.deals > 0 {
                text.push_str("; ");
                text.push_str(&words.count("daily-away-deals", away.deals));
            }
            lines.item(text, "/group");
        }
    }

    fn unchecked(&self, words: Words, lines: &mut Lines) {
        let Some(unchecked) = self.unchecked.as_ref().filter(|one| !one.is_empty()) else {
            return;
        };
        lines.title(words.word("daily-unchecked"));
        match unchecked.silence {
            Some(Silence { since: Some(since) }) => {
                let since = words.moment(since);
                lines.item(
                    words.say("daily-silent-since", &[("since", since.into())]),
                    "",
                );
            }
            Some(Silence { since: None }) => lines.item(words.word("daily-silent-ever"), ""),
            None => {}
        }
        let NoDeals { count, names } = &unchecked.without_deals;
        if *count > 0 {
            let more = count.saturating_sub(names.len() as u64);
            let mut named = names.join(", ");
            if more > 0 {
                named.push_str(&words.count("daily-and-more", more));
            }
            let args = [("names", named.into())];
            lines.item(words.say("daily-without-deals", &args), "");
        }
    }

    fn subject(&self, words: Words) -> String {
        let day = ("day", words.day(self.day).into());
        if let Some(waits) = &self.waits {
            let args = [day, ("count", number(waits.to_pass_on + waits.disputes))];
            let silent = self
                .unchecked
                .as_ref()
                .is_some_and(|one| one.silence.is_some());
            return match waits.to_pass_on + waits.disputes {
                0 if silent => words.say("daily-subject-silent", &args),
                0 => words.say("daily-subject-free", &args),
                _ => words.say("daily-subject-waits", &args),
            };
        }
        let found = self.found.clone().unwrap_or_default();
        let id = match (&self.checked, found.new, found.open) {
            (_, 1.., _) => "daily-subject-new",
            (None, 0, 0) => "daily-subject",
            (_, 0, 1..) => "daily-subject-open",
            (Some(_), 0, 0) => "daily-subject-clean",
        };
        let count = if found.new > 0 { found.new } else { found.open };
        words.say(id, &[day, ("count", number(count))])
    }
}

impl Worst {
    /// Whose it is, the deal, and what was found.
    pub(crate) fn line(&self, words: Words) -> String {
        named(words, &self.person, &self.deal, &self.text)
    }
}

/// «Анна Серова, «Окна»: …»
pub(crate) fn named(words: Words, person: &str, deal: &str, text: &str) -> String {
    let deal = match deal {
        "" => String::new(),
        deal => words.say("quoted", &[("text", deal.into())]),
    };
    let whose: Vec<&str> = [person, deal.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    match whose.is_empty() {
        true => text.to_owned(),
        false => format!("{}: {text}", whose.join(", ")),
    }
}

/// «Отработано: 2 из 7.»
fn part(words: Words, id: &str, some: u64, of: u64) -> String {
    words.say(id, &[("count", number(some)), ("of", number(of))])
}
