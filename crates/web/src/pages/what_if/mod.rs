//! «Что было бы, если…?»: a rule's limits as fields, and what the last year would have been with
//! others. Its state lives in the address.

mod fields;
mod findings;
mod rows;

use std::collections::BTreeMap;

use app::permissions::{Deed, Reach};
use app::what_if::{self, Tried, WhatIf};
use askama::Template;
use audit::regulation::{Entry, Version};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use figures::Span;
use jiff::civil::Date;
use serde::Deserialize;

use super::address::with;
use super::finding::Teller;
use super::regulation::called;
use super::table::Download;
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::{Kind, Problem};
use crate::state::AppState;
use fields::Field;
pub(super) use rows::Summary;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/regulation/what-if", get(try_it))
        .route("/regulation/what-if/findings", get(findings::list))
}

/// What is tried, as the address says it: a rule, its keys under `p.KEY` (a limit's unit under
/// `u.KEY`), and the period.
#[derive(Clone, Deserialize, Default)]
#[serde(transparent)]
pub(super) struct Asked(BTreeMap<String, String>);

/// Keys of the address that are not about what is tried.
const ASIDE: [&str; 4] = ["format", "table", "page", "version"];

impl Asked {
    fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The rule that is asked about; the first one with a limit where none is.
    fn entry<'v>(&self, version: &'v Version) -> Option<&'v Entry> {
        let entries = || version.entries.iter();
        match self.get("rule") {
            "" => entries()
                .find(|entry| entry.enabled && fields::has_limit(entry))
                .or(version.entries.first()),
            rule => entries().find(|entry| entry.name == rule),
        }
    }

    /// The values of the fields; none: they are another rule's, which was looked at before.
    fn values(&self) -> Option<&BTreeMap<String, String>> {
        let of = self.get("of");
        (of.is_empty() || of == self.get("rule")).then_some(&self.0)
    }

    /// What is tried; none: nothing.
    pub fn tried(&self, version: &Version) -> Option<Tried> {
        if self.get("rule").is_empty() {
            return None;
        }
        let entry = self.entry(version)?;
        let values = fields::moved(entry, self.values()?);
        (!values.is_empty()).then(|| Tried::Values {
            rule: entry.name.clone(),
            values,
        })
    }

    /// The period; none: the last year.
    fn span(&self) -> Option<Span> {
        let date = |key: &str| -> Option<Date> { self.get(key).parse().ok() };
        let (from, to) = (date("from"), date("to"));
        let in_order = from.zip(to).is_none_or(|(from, to)| from <= to);
        ((from.is_some() || to.is_some()) && in_order).then(|| Span::days(from, to))
    }

    /// The address of a page with what is tried, and some keys besides.
    fn address(&self, path: &str, others: &[(&str, &str)]) -> String {
        let own = self.0.iter();
        let own = own.filter(|(key, _)| {
            let other = others.iter().any(|(other, _)| other == key);
            !other && !ASIDE.contains(&key.as_str())
        });
        let own = own.map(|(key, value)| (key.as_str(), value.as_str()));
        let all: Vec<(&str, &str)> = own.chain(others.iter().copied()).collect();
        with(path, &all)
    }
}

/// A number of findings, and the list of them.
pub(super) struct Number {
    pub text: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "what_if.html")]
struct WhatIfPage {
    page: Page,
    rules: Vec<(String, String, bool)>,
    rule: String,
    rule_href: String,
    /// What the rule's fields are called, and where they are put.
    fields: Vec<Field>,
    /// Keys that only the text can change.
    elsewhere: Vec<String>,
    from: String,
    to: String,
    /// What is wrong with the values; empty: nothing.
    fault: String,
    /// Whether anything is tried.
    is_tried: bool,
    summary: Option<Summary>,
    /// Where the tried text is edited; empty: not by this reader, or nothing is tried.
    edit: String,
}

async fn try_it(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, words, actor) = (state.now(), member.words(), &member.actor);
    what_if::sees(actor)?;
    let loaded = Loaded::of(&state, actor).await?;
    let regulation = loaded.audit().live().regulation();
    let version = &regulation.versions()[app::regulation::current(regulation, now)];
    let absent = || Problem::new(Kind::NotFound, "there is no such rule");
    let entry = asked.entry(version).ok_or_else(absent)?;
    let changes = asked.tried(version);
    let is_tried = changes.is_some();
    let nothing = || Tried::Text(version.source.to_string());
    let tried = changes.unwrap_or_else(nothing);
    let own = (version, entry);
    let shown = page(&asked, &Teller::new(&loaded, &member, now), own, &member);
    // Whoever reads the company twice at once may wait for ever for who writes in between.
    drop(loaded);
    let read = |what_if: &WhatIf<'_>| Summary::of(what_if, &member, Some(&asked));
    let (period, when) = (asked.span(), (words.0, now));
    let reckoned = what_if::what_if(&state.audits, actor, (&tried, period), when, read).await;
    let (summary, fault) = match reckoned {
        Ok(summary) => (Some(summary), String::new()),
        Err(app::Error::Invalid(faults)) => {
            let said = faults.iter().map(|fault| in_words(&fault.message));
            (None, said.collect::<Vec<_>>().join(" "))
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(summary) = &summary
        && let Some(file) = download.answer(words, &summary.tables())?
    {
        return Ok(file);
    }
    let manages = actor.reach(Deed::ManageRegulation).ok() == Some(Reach::All);
    let shown = WhatIfPage {
        fault,
        is_tried,
        edit: match manages && is_tried && summary.is_some() {
            true => asked.address("/regulation/edit", &[]),
            false => String::new(),
        },
        summary,
        ..shown
    };
    Ok(show(StatusCode::OK, &shown))
}

/// The page without its numbers.
fn page(
    asked: &Asked,
    teller: &Teller<'_>,
    (version, entry): (&Version, &Entry),
    member: &Member,
) -> WhatIfPage {
    let words = member.words();
    let mut rules: Vec<(String, String, bool)> = version
        .entries
        .iter()
        .map(|one| {
            (
                one.name.clone(),
                called(one, words.0),
                one.name == entry.name,
            )
        })
        .collect();
    rules.sort_by(|a, b| a.1.cmp(&b.1));
    let none = BTreeMap::new();
    let values = asked.values().unwrap_or(&none);
    let knobs = fields::knobs(entry);
    let fields = knobs
        .iter()
        .map(|knob| Field::of(knob, entry, values, (teller, asked)));
    WhatIfPage {
        page: member.page(words.text("what-if-title")),
        rules,
        rule: entry.name.clone(),
        rule_href: super::address::rule(&entry.name),
        fields: fields.collect(),
        elsewhere: fields::elsewhere(entry, words.0),
        from: asked.get("from").to_owned(),
        to: asked.get("to").to_owned(),
        fault: String::new(),
        is_tried: false,
        summary: None,
        edit: String::new(),
    }
}

/// A mistake without its place in a text that nobody sees.
fn in_words(message: &str) -> String {
    let is_place = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == ':');
    match message.split_once(": ") {
        Some((place, said)) if is_place(place) => said.to_owned(),
        _ => message.to_owned(),
    }
}
