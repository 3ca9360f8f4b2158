//! «Что написано в регламенте?»: the version in force with the words of what it demands beside it,
//! and every version that there ever was.

mod blocks;
mod checked;
mod difference;
mod edit;

use app::permissions::{Deed, Reach};
use app::regulation::{self, Kept, Versions};
use app::what_if;
use askama::Template;
use audit::regulation::{Entry, Version};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use serde::Deserialize;
use wording::{Lang, one_line};
use worktime::Zone;

use super::address::with;
use super::table::{Cell, Download, Row, Table};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::problem::{Kind, Problem};
use crate::state::AppState;
use blocks::Block;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/regulation", get(view))
        .route("/regulation/diff", get(difference::show_difference))
        .route("/regulation/edit", get(edit::begin).post(edit::go_on))
        .route("/regulation/check", post(edit::check))
}

#[derive(Template)]
#[template(path = "regulation.html")]
struct RegulationPage {
    page: Page,
    /// What was just done; empty: nothing.
    told: String,
    /// What the shown text is called, since when it holds, and who put it in force.
    about: String,
    /// Whether another text than the one in force is shown.
    is_other: bool,
    blocks: Vec<Block>,
    versions: Table,
    zone: String,
    /// Where it is edited, from the shown text on; empty: not by this reader.
    edit: String,
    can_try: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// The number of the text to show; nothing: the one in force.
    version: String,
    done: String,
    #[serde(flatten)]
    download: Download,
}

async fn view(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, words) = (state.now(), member.words());
    let versions = regulation::history(&state.audits, &member.actor, now).await?;
    let teller = Teller::new(&versions, words, now)?;
    let table = teller.table(&member);
    if let Some(file) = asked.download.answer(words, &[&table])? {
        return Ok(file);
    }
    let kept = match asked.version.as_str() {
        "" => &versions.all[versions.current],
        number => find(&versions, number)?,
    };
    let manages = member.actor.reach(Deed::ManageRegulation).ok() == Some(Reach::All);
    let is_other = kept.version.number != versions.all[versions.current].version.number;
    let number = match is_other {
        true => kept.version.number.to_string(),
        false => String::new(),
    };
    let shown = RegulationPage {
        page: member.page(words.text("regulation-title")),
        told: match asked.done.as_str() {
            "put" => words.text("regulation-done-put"),
            _ => String::new(),
        },
        about: teller.about(kept),
        is_other,
        blocks: blocks::of(kept, words),
        versions: table,
        zone: teller.zone.name().to_owned(),
        edit: match manages {
            true => with("/regulation/edit", &[("version", &number)]),
            false => String::new(),
        },
        can_try: what_if::sees(&member.actor).is_ok(),
    };
    Ok(show(StatusCode::OK, &shown))
}

/// What a rule is called; with its own name where the rule stands there several times.
pub(super) fn called(entry: &Entry, lang: Lang) -> String {
    match entry.name == entry.rule.code {
        true => one_line(entry.title(lang), 80),
        false => format!("{} ({})", one_line(entry.title(lang), 80), entry.name),
    }
}

/// The text of a number, as an address names it.
fn find<'v>(versions: &'v Versions, number: &str) -> Result<&'v Kept, Problem> {
    let texts = versions.all.iter().filter(|kept| !kept.version.withdrawn);
    let found = texts
        .into_iter()
        .find(|kept| kept.version.number.to_string() == number);
    found.ok_or_else(|| Problem::new(Kind::NotFound, "there is no such version"))
}

/// A kept text as a version. All of them were read when they were put in force.
fn version_of(kept: &Kept) -> Result<Version, Problem> {
    let version = Version::parse(&kept.version.text, &kept.version.file);
    version.map_err(|mistakes| Problem::inside(&mistakes))
}

/// Puts versions into words.
struct Teller<'v> {
    versions: &'v Versions,
    words: Words,
    zone: Zone,
    now: app::Instant,
}

impl<'v> Teller<'v> {
    fn new(versions: &'v Versions, words: Words, now: app::Instant) -> Result<Teller<'v>, Problem> {
        let current = version_of(&versions.all[versions.current])?;
        Ok(Teller {
            versions,
            words,
            zone: current.zone,
            now,
        })
    }

    fn lang(&self) -> Lang {
        self.words.0
    }

    fn moment(&self, at: app::Instant) -> String {
        let (at, now) = (self.zone.datetime(at), self.zone.datetime(self.now));
        wording::moment_near(at, now, self.lang())
    }

    /// Since when a text holds.
    fn since(&self, kept: &Kept) -> String {
        match kept.version.effective.parse() {
            Ok(date) => wording::date(date, self.lang()),
            Err(_) => self.words.text("regulation-ever"),
        }
    }

    /// Who put it in force.
    fn author(&self, kept: &Kept) -> String {
        match (kept.version.number, kept.name.as_str()) {
            (0, _) => self.words.text("regulation-starter"),
            (_, "") => "—".to_owned(),
            (_, name) => one_line(name, 60),
        }
    }

    fn about(&self, kept: &Kept) -> String {
        let args: [(&str, wording::Value<'_>); 3] = [
            ("since", self.since(kept).into()),
            ("name", self.author(kept).into()),
            ("at", self.moment(kept.version.added_at).into()),
        ];
        match (kept.version.number, kept.name.as_str()) {
            (0, _) => self.words.text("regulation-about-starter"),
            // It came with the history, by nobody of the program.
            (_, "") => self.words.say("regulation-about-imported", &args[..1]),
            (..) => self.words.say("regulation-about", &args),
        }
    }

    /// How a text stands: a word of messages.
    fn state(&self, place: usize) -> &'static str {
        let kept = &self.versions.all[place];
        let begins = kept.version.effective.parse().ok();
        let begins = begins.map(|date| self.zone.start_of_day(date));
        match (kept.counts, kept.version.withdrawn) {
            (_, true) => "withdrawn",
            (false, false) => "replaced",
            _ if place == self.versions.current => "current",
            _ if begins.is_some_and(|at| at > self.now) => "future",
            _ => "past",
        }
    }

    fn table(&self, member: &Member) -> Table {
        let words = self.words;
        let title = |id: &str| words.text(&format!("regulation-col-{id}"));
        let mut table = Table::new(member, "versions", words.text("regulation-versions"))
            .column(title("since"))
            .column(title("state"))
            .column(title("who"))
            .column(title("when"))
            .column(title("compare"));
        let mut earlier: Option<i64> = None;
        let mut rows = Vec::new();
        for (place, kept) in self.versions.all.iter().enumerate() {
            let number = kept.version.number.to_string();
            let state = self.state(place);
            let (href, compare) = match (kept.version.withdrawn, earlier) {
                (true, _) => (String::new(), String::new()),
                (false, None) => (with("/regulation", &[("version", &number)]), String::new()),
                (false, Some(from)) => {
                    let pair = [("from", &*from.to_string()), ("to", &number)];
                    (
                        with("/regulation", &[("version", &number)]),
                        with("/regulation/diff", &pair),
                    )
                }
            };
            let compared = match compare.as_str() {
                "" => Cell::text("—"),
                href => Cell::text(words.text("regulation-compare")).to(href),
            };
            let when = match kept.version.number {
                0 => "—".to_owned(),
                _ => self.moment(kept.version.added_at),
            };
            rows.push(Row::of(vec![
                Cell::text(self.since(kept)).to(href),
                Cell::text(words.word("regulation-state", state)),
                Cell::text(self.author(kept)),
                Cell::text(when),
                compared,
            ]));
            if !kept.version.withdrawn {
                earlier = Some(kept.version.number);
            }
        }
        // The last one first.
        rows.into_iter().rev().for_each(|row| table.push(row));
        table
    }
}
