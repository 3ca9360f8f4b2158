//! «Кто что сделал?»: the journal, narrowed by person, deed and days.

use std::collections::BTreeMap;

use app::accounts;
use app::employees::{self, Roster};
use app::journal::{self, ACTIONS, Line};
use app::permissions::Access;
use app::{Fault, Instant};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use wording::{Value as Word, one_line};
use worktime::Zone;

use super::{kind_word, moment, role_word, some};
use crate::extract::Query;
use crate::pages::address::with;
use crate::pages::form::{Choice, Field, Form};
use crate::pages::sheet::Sheet;
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

/// Lines on a page.
const SHOWN: i64 = 50;
/// Lines in a file: more than anybody reads; narrow it by days.
const FILE: i64 = 10_000;
/// Names the program among the persons of an address.
const PROGRAM: &str = "program";

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/admin/journal", get(list))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    person: String,
    action: String,
    from: String,
    last: String,
    /// Instant and id of the last line of the page before.
    after: String,
}

impl Asked {
    fn path(&self, after: &str) -> String {
        let filters = [
            ("person", &*self.person),
            ("action", &self.action),
            ("from", &self.from),
            ("last", &self.last),
            ("after", after),
        ];
        with("/admin/journal", &filters)
    }

    fn after(&self) -> Option<(Instant, &str)> {
        let (at, id) = self.after.split_once('~')?;
        Some((at.parse().ok()?, id))
    }

    /// The lines that are wanted, or which of the days is none.
    fn filter(&self, zone: &Zone) -> (journal::Filter<'_>, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut day = |field: &'static str, text: &str| {
            let date = text.parse::<Date>().ok();
            if date.is_none() && !text.is_empty() {
                faults.push(Fault::new(field, "date", "a date"));
            }
            date
        };
        let (from, last) = (day("from", &self.from), day("last", &self.last));
        let filter = journal::Filter {
            object: None,
            actor: match self.person.as_str() {
                "" => None,
                PROGRAM => Some(""),
                person => Some(person),
            },
            action: Some(self.action.as_str()).filter(|action| !action.is_empty()),
            from: from.map(|date| zone.start_of_day(date)),
            to: last.map(|date| zone.end_of_day(date)),
        };
        (filter, faults)
    }
}

/// What lines speak of, by their ids.
struct Names {
    words: Words,
    people: BTreeMap<String, String>,
    roster: Roster,
}

impl Names {
    fn person(&self, id: &str) -> String {
        match (id, self.people.get(id)) {
            ("", _) => self.words.text("journal-program"),
            (_, Some(name)) => one_line(name, 80),
            (id, None) => one_line(id, 80),
        }
    }

    fn employee(&self, id: &str) -> String {
        let known = self.roster.employee(id).map(|one| one.name().to_owned());
        one_line(&known.unwrap_or_else(|_| id.to_owned()), 80)
    }

    /// To what something was done, and where that is shown.
    fn object(&self, object: &str) -> Cell {
        let (kind, id) = object.split_once(':').unwrap_or((object, ""));
        match kind {
            "person" if self.people.contains_key(id) => {
                Cell::text(self.person(id)).to(super::people::address(id))
            }
            "employee" => Cell::text(self.employee(id)).to(match self.roster.employee(id) {
                Ok(_) => super::employees::address(id),
                Err(_) => String::new(),
            }),
            "group" => some(self.roster.group(id)),
            "company" | "settings" | "token" | "job" | "finding" | "check" | "exemption"
            | "deal" | "chat" | "webhook" => {
                Cell::text(self.words.text(&format!("journal-of-{kind}")))
            }
            _ => some(id),
        }
    }

    /// More about a line, in words.
    fn details(&self, details: &str) -> String {
        let details: Map<String, Json> = serde_json::from_str(details).unwrap_or_default();
        let told = details.iter().filter_map(|(key, value)| {
            let word = format!("journal-key-{}", key.replace('_', "-"));
            // What we have no word for is for programs.
            let word = self.words.has(&word).then(|| self.words.text(&word))?;
            let said = match value {
                Json::Object(change) => {
                    let side = |side: &str| {
                        let text = change.get(side).and_then(Json::as_str).unwrap_or_default();
                        self.value(key, text)
                    };
                    format!("{} → {}", side("from"), side("to"))
                }
                Json::String(text) => self.value(key, text),
                other => other.to_string(),
            };
            Some(format!("{word}: {said}"))
        });
        one_line(&told.collect::<Vec<_>>().join("; "), 300)
    }

    /// A value of a detail.
    fn value(&self, key: &str, text: &str) -> String {
        if text.is_empty() {
            return "—".to_owned();
        }
        match key {
            "access" => match Access::of_name(text) {
                Some(access) => self.words.access(access),
                None => text.to_owned(),
            },
            "employee" => self.employee(text),
            "channel" => {
                let id = format!("channel-{text}");
                match self.words.has(&id) {
                    true => self.words.text(&id),
                    false => text.to_owned(),
                }
            }
            "outcome" if text == "unknown" => self.words.text("journal-outcome-unknown"),
            "group" => self.roster.group(text).to_owned(),
            "gets" => {
                let words = text.split(' ').map(|word| word.replace('_', "-"));
                let words = words.map(|word| self.words.word("chats", &word));
                words.collect::<Vec<_>>().join(", ")
            }
            "role" => role_word(self.words, text),
            "kind" => kind_word(self.words, text),
            "disabled" | "removed" => {
                let yes = if text == "yes" {
                    "journal-yes"
                } else {
                    "journal-no"
                };
                self.words.text(yes)
            }
            "from" | "to" | "last" => match text.parse::<Date>() {
                Ok(date) => wording::date(date, self.words.0),
                Err(_) => text.to_owned(),
            },
            _ => text.to_owned(),
        }
    }
}

fn deed(words: Words, action: &str) -> String {
    let id = format!("journal-{}", action.replace(['.', '_'], "-"));
    match words.has(&id) {
        true => words.text(&id),
        false => action.to_owned(),
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (actor, words, now) = (&member.actor, member.words(), state.now());
    let zone = super::zone(&state, &member).await?;
    let (filter, faults) = asked.filter(&zone);
    let (after, count) = match download.is_wanted() {
        true => (None, FILE),
        false => (asked.after(), SHOWN + 1),
    };
    let mut lines = journal::lines(&state.store, actor, filter, after, count).await?;
    let people = accounts::everybody(&state.store, actor).await?;
    let names = Names {
        words,
        people: people.into_iter().map(|one| (one.id, one.name)).collect(),
        roster: employees::roster(&state.audits, actor, now).await?,
    };
    let more = !download.is_wanted() && lines.len() > usize::try_from(SHOWN).unwrap_or(0);
    if more {
        lines.pop();
    }
    let table = table(&member, &zone, &names, &lines);
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let mut links = Vec::new();
    if !asked.after.is_empty() {
        links.push((asked.path(""), words.text("paging-first")));
    }
    if let Some(last) = lines.last().filter(|_| more) {
        let after = format!("{}~{}", last.at, last.id);
        links.push((asked.path(&after), words.text("journal-earlier")));
    }
    let zone = [("zone", Word::Text(zone.name().to_owned().into()))];
    let sheet = Sheet::new(member.page(words.text("journal-title")))
        .with(crate::pages::sheet::Block::Lead(
            words.say("journal-why", &zone),
        ))
        .form(form(words, &asked, &names).faulted(words, &faults))
        .table(table, "journal-none")
        .links(links);
    Ok(sheet.show())
}

fn table(member: &Member, zone: &Zone, names: &Names, lines: &[Line]) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "journal", words.text("journal-title"))
        .column(words.text("journal-at"))
        .column(words.text("journal-who"))
        .column(words.text("journal-what"))
        .column(words.text("journal-object"))
        .column(words.text("journal-details"));
    for line in lines {
        table.push(Row::of(vec![
            moment(zone, Some(line.at)),
            Cell::text(names.person(&line.actor)),
            Cell::text(deed(words, &line.action)),
            names.object(&line.object),
            some(&names.details(&line.details)),
        ]));
    }
    table
}

fn form(words: Words, asked: &Asked, names: &Names) -> Form {
    let any = || Choice::new("", words.text("admin-any"));
    let mut people: Vec<Choice> = names
        .people
        .iter()
        .map(|(id, name)| Choice::new(id, one_line(name, 80)))
        .collect();
    people.sort_by_cached_key(|choice| choice.label.to_lowercase());
    people.insert(0, Choice::new(PROGRAM, words.text("journal-program")));
    people.insert(0, any());
    let mut actions: Vec<Choice> = ACTIONS
        .iter()
        .map(|action| Choice::new(*action, deed(words, action)))
        .collect();
    actions.sort_by_cached_key(|choice| choice.label.to_lowercase());
    actions.insert(0, any());
    Form::asking("filter", "/admin/journal", words.text("admin-show"))
        .with(Field::choice(
            words,
            "person",
            "journal-who",
            &asked.person,
            people,
        ))
        .with(Field::choice(
            words,
            "action",
            "journal-what",
            &asked.action,
            actions,
        ))
        .with(Field::day(words, "from", "journal-from", &asked.from).optional())
        .with(Field::day(words, "last", "journal-last", &asked.last).optional())
        .or_to("/admin/journal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_has_words() {
        let words = Words(wording::Lang::Ru);
        for action in ACTIONS {
            assert_ne!(deed(words, action), *action);
        }
    }
}
