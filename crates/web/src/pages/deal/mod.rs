//! A deal: what it is, and everything that happened in it, with what was found in its place, bands
//! for stage and responsible beside it, and working hours told from others.

mod add;
mod bands;
mod hours;
mod part;
mod rows;

use app::Instant;
use app::deals;
use app::life::by_hand;
use app::life::exempt::{self, Kept};
use app::life::seen::{self, Seen};
use app::life::tell;
use app::permissions::Deed;
use app::reviews::{self, Case};
use app::{Fault, accounts};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use jiff::civil::Date;
use serde::Deserialize;
use store::findings::{Filter, Finding};
use wording::{one_line, working_duration};

use super::address::{self, with};
use super::finding::Teller;
use super::reviews::InHand;
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;
use add::{About, Typed};
use bands::Stretch;
use part::Part;
use rows::{Happened, Row, Sort};

/// Findings of one deal that are shown.
const FOUND: usize = 200;
/// Lanes for findings that last at once.
const LANES: usize = 3;
/// Cases of looking at the deal that are shown.
const LOOKED: i64 = 50;
/// Colours of bands.
const COLOURS: usize = 6;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/deals/{id}", get(deal))
        .route("/deals/{id}/findings", post(add::add))
}

/// A way to another part of the timeline.
struct Way {
    label: String,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "deal.html")]
struct DealPage {
    page: Page,
    /// What was just done; empty: nothing.
    told: String,
    /// What it is: names, values, and what stands below them.
    facts: Vec<[String; 3]>,
    removed: String,
    found: String,
    zone: String,
    earlier: Option<Way>,
    later: Option<Way>,
    /// The months of a long timeline.
    months: Vec<Way>,
    /// How many columns are for findings that last.
    lanes: usize,
    rows: Vec<Row>,
    /// Where a finding may be added to the deal as it stands; empty: it may not.
    add: String,
    form: Option<add::Shown>,
    review: Option<InHand>,
}

/// Which part of the timeline is asked for, and what else stands in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// How many parts back.
    back: usize,
    /// The part with an event, by its number.
    event: String,
    /// The part with a finding.
    finding: String,
    /// The part with a day.
    on: String,
    /// Whether a finding is to be added to the event, or to the deal.
    add: String,
    /// Whether one was just added.
    added: String,
    /// Why a review could not be finished.
    refused: String,
}

impl Asked {
    fn adding(event: &str) -> Asked {
        Asked {
            event: event.to_owned(),
            add: "yes".to_owned(),
            ..Asked::default()
        }
    }
}

async fn deal(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    deal_page(&state, &member, &id, (&asked, None, StatusCode::OK)).await
}

/// The page; with what somebody has written into its form, and what is wrong with it.
async fn deal_page(
    state: &AppState,
    member: &Member,
    id: &str,
    (asked, written, status): (&Asked, Option<(&Typed, &[Fault])>, StatusCode),
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let (deal, mut events) = deals::deal(&state.audits, actor, id, now, |event| {
        Happened::of(event.received, event.key, &event.record)
    })
    .await?;
    // What lies in the future has not happened.
    events.retain(|event| event.at <= now);
    let loaded = Loaded::of(state, actor).await?;
    let teller = Teller::new(&loaded, member, now);
    let beside = Beside::of(state, member, &teller, id).await?;
    let may_add = add::may(member, &teller, &deal.responsible);
    let own = address::deal(id);
    let line = Line {
        teller: &teller,
        deal: &deal,
        events: &events,
        beside: &beside,
        add: if may_add { &own } else { "" },
    };
    let part = line.part(asked);
    let pinned = events
        .iter()
        .find(|event| event.number.to_string() == asked.event);
    let form = match may_add && !asked.add.is_empty() {
        true => {
            let named = by_hand::kinds(&state.store, actor).await?;
            let about = About {
                deal: &deal,
                event: pinned,
                events: &events,
                named,
            };
            let (typed, faults) = written.unzip();
            let faults = faults.unwrap_or_default();
            Some(add::form(member, &teller, &about, typed, faults)?)
        }
        false => None,
    };
    let place = form.as_ref().map(|_| pinned.map(|event| event.number));
    let (rows, lanes) = line.rows(part, place);
    let title = match deal.title.is_empty() {
        true => format!("{} {}", words.text("deal-title"), one_line(&deal.id, 80)),
        false => one_line(&deal.title, 160),
    };
    let at = |back: usize, label: &str| Way {
        label: words.text(label),
        href: match back {
            0 => own.clone(),
            back => with(&own, &[("back", &back.to_string())]),
        },
        here: false,
    };
    let shown = DealPage {
        page: member.page(title),
        told: told(&line, asked),
        facts: facts(&line),
        removed: match deal.removed_at {
            Some(at) => words.say("deal-removed", &[("at", teller.moment(at).into())]),
            None => String::new(),
        },
        found: words.count("deal-findings", beside.found.len()),
        zone: teller.version().zone.name().to_owned(),
        earlier: (part.from > 0).then(|| at(part.back + 1, "deal-earlier")),
        later: (!part.is_last()).then(|| at(part.back - 1, "deal-later")),
        months: line.months(part, &own),
        lanes,
        rows,
        add: match may_add {
            true => format!("{}#add", with(&own, &[("add", "yes")])),
            false => String::new(),
        },
        form,
        review: InHand::of_deal(state, member, &teller, id, &asked.refused).await?,
    };
    Ok(show(status, &shown))
}

/// What was just done.
fn told(line: &Line<'_>, asked: &Asked) -> String {
    let found = &line.beside.found;
    let made = found.iter().find(|seen| seen.finding.id == asked.finding);
    let is_held = made.is_none_or(|seen| matches!(seen.view, figures::View::Held));
    match (asked.added.as_str(), is_held) {
        ("", _) => String::new(),
        (_, true) => line.teller.words.text("added-held"),
        (_, false) => line.teller.words.text("added"),
    }
}

/// What stands on the timeline beside the events.
struct Beside {
    found: Vec<Seen>,
    exempted: Vec<Kept>,
    /// Who looked at the deal, by name.
    looked: Vec<(Case, String)>,
}

impl Beside {
    async fn of(
        state: &AppState,
        member: &Member,
        teller: &Teller<'_>,
        id: &str,
    ) -> Result<Beside, Problem> {
        let (actor, office, now) = (&member.actor, teller.office, teller.now);
        let filter = Filter {
            deal: Some(id),
            standing: Some(true),
            ..Filter::default()
        };
        // Some see deals, but no findings.
        let found = match actor.whose(Deed::SeeFindings) {
            Ok(_) => {
                let narrowed = (&filter, [].as_slice());
                let page =
                    seen::list(&state.store, actor, office, narrowed, (None, FOUND), now).await?;
                page.findings
            }
            Err(_) => Vec::new(),
        };
        let rows: Vec<Finding> = found.iter().map(|seen| seen.finding.clone()).collect();
        tell::shown(&state.store, actor, office, &rows, now).await?;
        let mut exempted = match actor.reach(Deed::SeeExemptions) {
            Ok(_) => exempt::list(&state.store, actor, office, now).await?,
            Err(_) => Vec::new(),
        };
        let hides = |kept: &Kept| {
            let mut hidden = found.iter().filter_map(|seen| seen.exemption.as_ref());
            hidden.any(|exemption| *exemption == kept.id)
        };
        exempted.retain(|kept| kept.deal == id || hides(kept));
        Ok(Beside {
            looked: looked(state, member, id).await?,
            found,
            exempted,
        })
    }
}

async fn looked(
    state: &AppState,
    member: &Member,
    id: &str,
) -> Result<Vec<(Case, String)>, Problem> {
    let actor = &member.actor;
    if actor.reach(Deed::SeeReviews).is_err() {
        return Ok(Vec::new());
    }
    let filter = store::reviews::Filter {
        kind: Some(reviews::Kind::Deal.as_str()),
        subject: Some(id),
        ..Default::default()
    };
    let cases = reviews::work::list(&state.store, actor, filter, (None, LOOKED)).await?;
    let names = match cases.is_empty() {
        true => Default::default(),
        false => accounts::names(&state.store, actor).await?,
    };
    let named = cases.into_iter().map(|case| {
        let name = names.get(&case.row.reviewer).cloned().unwrap_or_default();
        (case, name)
    });
    Ok(named.collect())
}

/// The timeline of a deal for one reader.
struct Line<'a> {
    teller: &'a Teller<'a>,
    deal: &'a deals::Deal,
    events: &'a [Happened],
    beside: &'a Beside,
    /// The page on which findings are added; empty: they may not be.
    add: &'a str,
}

impl Line<'_> {
    fn instants(&self) -> Vec<Instant> {
        self.events.iter().map(|event| event.at).collect()
    }

    /// The part that is asked for; of several things the closest.
    fn part(&self, asked: &Asked) -> Part {
        let (events, all) = (self.instants(), self.events.len());
        let found = self.beside.found.iter();
        let mut found = found.filter(|seen| seen.finding.id == asked.finding);
        let mut numbers = self.events.iter();
        if let Some(seen) = found.next() {
            match self.pinned_to(seen) {
                Some(event) => Part::of_event(event, all),
                None => Part::of_instant(seen.finding.at, &events),
            }
        } else if let Some(at) = numbers.position(|event| event.number.to_string() == asked.event) {
            Part::of_event(at, all)
        } else if let Ok(day) = asked.on.parse::<Date>() {
            let start = self.teller.version().zone.start_of_day(day);
            let first = events.partition_point(|event| *event < start);
            Part::of_event(first.min(all.saturating_sub(1)), all)
        } else {
            Part::back(asked.back, all)
        }
    }

    /// The place of the event that a finding is pinned to.
    fn pinned_to(&self, seen: &Seen) -> Option<usize> {
        let key = &seen.hand.as_ref()?.event;
        self.events.iter().position(|event| event.key == *key)
    }

    /// The months of a timeline that has several parts.
    fn months(&self, part: Part, own: &str) -> Vec<Way> {
        if self.events.len() <= part::PART {
            return Vec::new();
        }
        let (words, zone) = (self.teller.words, &self.teller.version().zone);
        let month = |at: usize| {
            self.events
                .get(at)
                .map(|event| zone.date(event.at).first_of_month())
        };
        let (first, last) = (month(part.from), month(part.to.saturating_sub(1)));
        let months = part::months(&self.instants(), zone).into_iter();
        months
            .map(|(day, count)| {
                let name = words.text(&format!("month-short-{}", day.month()));
                let args = [
                    ("month", format!("{name} {}", day.year()).into()),
                    ("count", wording::Value::Count(count as i64)),
                ];
                Way {
                    label: words.say("deal-month", &args),
                    href: with(own, &[("on", &day.to_string())]),
                    here: first.is_some_and(|first| first <= day)
                        && last.is_some_and(|last| day <= last),
                }
            })
            .collect()
    }

    /// The rows of a part with their bands, and how many lanes are for findings. `form` is the event
    /// below which the form stands: none: nowhere, nothing: at the end.
    fn rows(&self, part: Part, form: Option<Option<i64>>) -> (Vec<Row>, usize) {
        let (teller, events) = (self.teller, self.instants());
        // What stands at one instant: events in their order, each with what is pinned to it, then
        // what follows from them.
        let mut placed: Vec<((Instant, usize, u8), Row)> = Vec::new();
        for at in part.from..part.to {
            let event = &self.events[at];
            let row = rows::happened(teller, event, self.add);
            placed.push(((event.at, at, 0), row));
            if form == Some(Some(event.number)) {
                placed.push(((event.at, at, 2), Row::new(event.at, Sort::Form)));
            }
        }
        for seen in &self.beside.found {
            let (event, at) = (self.pinned_to(seen), seen.finding.at);
            let is_here = match event {
                Some(event) => (part.from..part.to).contains(&event),
                None => part.holds(at, &events),
            };
            if is_here {
                let key = match event {
                    Some(event) => (self.events[event].at, event, 1),
                    None => (at, usize::MAX, 1),
                };
                let found = rows::found(teller, seen);
                placed.push((key, Row { at: key.0, ..found }));
            }
        }
        let exempted = self.beside.exempted.iter();
        let control = exempted.map(|kept| rows::exempted(teller, kept));
        let looked = self.beside.looked.iter();
        let looked = looked.map(|(case, name)| rows::reviewed(teller, case, name));
        for mut row in control.chain(looked) {
            // What was decided for ever before begins with the deal.
            row.at = row.at.max(self.deal.begun_at);
            if part.holds(row.at, &events) {
                placed.push(((row.at, usize::MAX, 3), row));
            }
        }
        placed.sort_by_key(|(key, _)| *key);
        let mut all: Vec<Row> = placed.into_iter().map(|(_, row)| row).collect();
        if part.is_last() {
            all.push(self.end());
            if form == Some(None) {
                all.push(Row::new(teller.now, Sort::Form));
            }
        }
        let clock = teller.office.clock("");
        let mut all = rows::spaced(teller, clock, all);
        let lanes = self.bands(&mut all, part);
        (all, lanes)
    }

    /// The row of the present.
    fn end(&self) -> Row {
        Row {
            what: self.teller.words.text("deal-now"),
            id: "now".to_owned(),
            ..Row::new(self.teller.now, Sort::Now)
        }
    }

    /// Puts the bands beside the rows; how many lanes are for findings.
    fn bands(&self, rows: &mut [Row], part: Part) -> usize {
        let stages = self.deal.stages.iter();
        let stages = stages.map(|(at, name)| (*at, one_line(name, 60)));
        let stages = self.stretches(rows, stages.collect(), |row| row.turns.0, 0);
        let held = self.deal.responsibles.iter();
        let held = held.map(|(at, id)| (*at, self.name(id)));
        let held = self.stretches(rows, held.collect(), |row| row.turns.1, COLOURS / 2);
        let lasting = bands::lanes(self.lasting(rows, part), LANES);
        let lanes = lasting.len();
        let columns = [stages, held].into_iter().chain(lasting);
        for column in columns {
            let cells = bands::column(rows.len(), column);
            for (row, cell) in rows.iter_mut().zip(cells) {
                row.bands.extend(cell);
            }
        }
        lanes
    }

    fn name(&self, employee: &str) -> String {
        match self.teller.employee(employee) {
            name if name.is_empty() => self.teller.words.text("deal-nobody"),
            name => name,
        }
    }

    /// What held one after the other, beside the rows; colours stay with names, the first being
    /// `shift`.
    fn stretches(
        &self,
        rows: &[Row],
        held: Vec<(Instant, String)>,
        turns: impl Fn(&Row) -> bool,
        shift: usize,
    ) -> Vec<Stretch> {
        let (teller, clock) = (self.teller, self.teller.office.clock(""));
        let begins = |at: Instant| {
            let turned = rows.iter().position(|row| row.at == at && turns(row));
            turned.unwrap_or_else(|| rows.partition_point(|row| row.at < at))
        };
        let ends = self.deal.removed_at.unwrap_or(teller.now);
        let mut names: Vec<&str> = Vec::new();
        let mut stretches = Vec::new();
        for (place, (at, name)) in held.iter().enumerate() {
            let next = held.get(place + 1).map(|(next, _)| *next);
            let length = clock.work(*at, next.unwrap_or(ends));
            let length = working_duration(length, teller.words.0);
            let known = names.iter().position(|known| known == name);
            let colour = known.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            let said = [
                ("name", name.as_str().into()),
                ("at", teller.moment(*at).into()),
                ("length", length.into()),
            ];
            stretches.push(Stretch {
                first: begins(*at),
                end: next.map_or(rows.len(), &begins),
                class: format!("band b{}", (colour + shift) % COLOURS),
                label: name.clone(),
                title: teller.words.say("deal-band", &said),
            });
        }
        stretches
    }

    /// From which row to which each finding lasts, as far as it is seen in this part.
    fn lasting(&self, rows: &[Row], part: Part) -> Vec<Stretch> {
        let (first, events) = (rows.first().map_or(0, |row| row.at), self.instants());
        let lasting = self.beside.found.iter().filter_map(|seen| {
            // What was made by hand is said of an instant.
            let end = match (&seen.hand, rows::ends(seen)) {
                (Some(_), None) => return None,
                (_, end) => end,
            };
            let is_over =
                end.is_some_and(|end| end <= first) && !part.holds(seen.finding.at, &events);
            let id = format!("f-{}", seen.finding.id);
            let own = rows.iter().position(|row| row.id == id);
            let is_before = part.from > 0 && seen.finding.at < events[part.from];
            let begins = match own {
                Some(own) => own,
                None if is_before && !is_over => 0,
                None => return None,
            };
            let end = end.map_or(rows.len(), |end| rows.partition_point(|row| row.at < end));
            Some(Stretch {
                first: begins,
                end: end.max(begins + 1),
                class: format!("lane {}", seen.severity().as_str()),
                label: String::new(),
                title: self.teller.finding(seen).message,
            })
        });
        lasting.collect()
    }
}

/// What the deal is.
fn facts(line: &Line<'_>) -> Vec<[String; 3]> {
    let (teller, deal, words) = (line.teller, line.deal, line.teller.words);
    let since = deal.stages.last().map_or(deal.begun_at, |(at, _)| *at);
    let ends = deal.removed_at.unwrap_or(teller.now);
    let stay = working_duration(teller.office.clock("").work(since, ends), words.0);
    let said = [("at", teller.moment(since).into()), ("length", stay.into())];
    let held = deal.responsibles.last().map(|(at, _)| teller.moment(*at));
    let held = held.map_or_else(String::new, |at| {
        words.say("deal-responsible-since", &[("at", at.into())])
    });
    let none = String::new;
    let fact = |id: &str, value: String, more: String| [words.text(id), value, more];
    let price = deal.price.map(|price| teller.money(price));
    let facts = [
        fact("deal-client", one_line(&deal.client, 80), none()),
        fact("deal-price", price.unwrap_or_default(), none()),
        fact(
            "deal-stage",
            one_line(&deal.stage.1, 80),
            words.say("deal-stage-since", &said),
        ),
        fact("deal-responsible", line.name(&deal.responsible), held),
        fact("deal-begun", teller.moment(deal.begun_at), none()),
        fact("deal-id", one_line(&deal.id, 80), none()),
    ];
    facts
        .into_iter()
        .filter(|[_, value, _]| !value.is_empty())
        .collect()
}
