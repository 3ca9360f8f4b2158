//! «Кому сегодня помочь?»: a lead's morning list of the group, who stands how, and who is away.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ::figures::light::Tally;
use app::figures::{self, Figures};
use app::life::seen::Seen;
use app::life::tell;
use app::life::todo::todo;
use app::permissions::{Deed, Whose};
use askama::Template;
use audit::regulation::Severity;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use history::EmployeeId;
use serde::Deserialize;
use store::findings::{Filter, Finding};
use wording::{Value, integer};

use super::address::{self, with};
use super::finding::{Outcomes, Shown, Teller};
use super::hands;
use super::light::{self, Light, Weeks};
use super::numbered::Pages;
use super::outcomes::Done;
use super::table::{Download, Table};
use super::{Member, Page, Words, paused, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Findings on one page.
const SHOWN: usize = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/group", get(group))
}

/// Somebody of the group.
struct Person {
    name: String,
    /// Their part of the list, and the page about them.
    href: String,
    page: String,
    /// Whether the list is theirs alone now.
    chosen: bool,
    open: String,
    gross: String,
    /// How many are gross, and how many there are.
    counts: (usize, usize),
    money: String,
    light: Light,
    spark: String,
    /// Why they are not there today, and until when; empty: they are.
    away: String,
    /// How many open deals they answer for, where they are away.
    deals: String,
    /// That their notices are paused; empty: they are not.
    paused: String,
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    page: Page,
    done: Option<Done>,
    groups: String,
    zone: String,
    /// That everybody's notices are paused; empty: they are not.
    paused: String,
    span: String,
    people: Vec<Person>,
    away: String,
    /// The deals of those who are away that need a hand, and how many more there are; none: nobody is
    /// away.
    hands: Option<Table>,
    more_hands: String,
    /// Whose list it is; empty: the whole group's.
    whose: String,
    open: Vec<Shown>,
    disputed: Vec<Shown>,
    pages: Pages,
    next: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    page: usize,
    employee: String,
    #[serde(flatten)]
    outcomes: Outcomes,
    #[serde(flatten)]
    download: Download,
}

/// The lights of everybody that one may see figures of, by their ids.
type Lights = BTreeMap<String, (Light, String)>;

async fn group(
    State(state): State<AppState>,
    member: Member,
    Query(mut asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let whose = actor.whose(Deed::SeeFindings)?;
    let Whose::Groups { groups, .. } = &whose else {
        return Err(app::Error::Denied(Deed::SeeFindings).into());
    };
    let read =
        |figures: &Figures<'_>| (report::span(figures.span, words.0), lights(figures, words));
    let (span, mut lights) = figures::figures(&state.audits, actor, None, now, read).await?;
    let absent = absent(&state, &member, &whose).await?;
    let (hands, more_hands) = match absent.is_empty() {
        true => (None, String::new()),
        false => {
            let (table, more) = hands::of(&state, &member, &absent).await?;
            (Some(table), more)
        }
    };
    let tables: Vec<&Table> = hands.iter().collect();
    if let Some(file) = asked.download.answer(words, &tables)? {
        return Ok(file);
    }
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let office = loaded.office();
    let members = office.reachable(&whose, now).unwrap_or_default();
    // Of others not even the name is told.
    asked.employee = match members.contains(&asked.employee) {
        true => asked.employee,
        false => String::new(),
    };
    let found = todo(&state.store, actor, office, &Filter::default(), now).await?;
    let is_chosen =
        |seen: &&Seen| asked.employee.is_empty() || seen.finding.employee == asked.employee;
    let chosen = |list: &[Seen]| -> Vec<Seen> { list.iter().filter(is_chosen).cloned().collect() };
    let (open, disputed) = (chosen(&found.open), chosen(&found.disputed));
    let path = with("/group", &[("employee", &asked.employee)]);
    let pages = Pages::of(path, asked.page, open.len(), SHOWN);
    let shown: Vec<&Seen> = pages
        .part(&open)
        .chain(disputed.iter().take(SHOWN))
        .collect();
    let rows: Vec<Finding> = shown.iter().map(|seen| seen.finding.clone()).collect();
    tell::shown(&state.store, actor, office, &rows, now).await?;

    let pauses = paused::paused(&state, &member, &loaded).await?;
    let mut people: Vec<Person> = Vec::new();
    for employee in members {
        let theirs = found
            .open
            .iter()
            .filter(|seen| seen.finding.employee == employee);
        let theirs: Vec<&Seen> = theirs.collect();
        if has_left(&teller, &employee) && theirs.is_empty() {
            continue;
        }
        let light = lights.remove(&employee);
        let chosen = asked.employee == employee;
        people.push(Person {
            paused: paused::person(&pauses, &employee, &loaded, &member),
            ..person(&teller, &employee, &theirs, light, chosen)
        });
    }
    // Whoever needs help most stands first.
    people.sort_by_key(|person| (person.light.rank, Reverse(person.counts)));
    let away = people
        .iter()
        .filter(|person| !person.away.is_empty())
        .count();
    let named = |id: &String| teller.group(id);
    let shown = GroupPage {
        page: member.page(words.text("group-title")),
        done: asked.outcomes.told(&state, actor, &teller).await,
        groups: groups.iter().map(named).collect::<Vec<_>>().join(", "),
        zone: teller.version().zone.name().to_owned(),
        span,
        away: words.count("group-away", away),
        paused: paused::company(&pauses, &loaded, &member),
        people,
        hands,
        more_hands,
        whose: teller.employee(&asked.employee),
        open: pages.part(&open).map(|seen| teller.finding(seen)).collect(),
        disputed: disputed
            .iter()
            .take(SHOWN)
            .map(|seen| teller.finding(seen))
            .collect(),
        next: pages.here(),
        pages,
    };
    Ok(show(StatusCode::OK, &shown))
}

/// The people of the group who are away today, with why.
async fn absent(
    state: &AppState,
    member: &Member,
    whose: &Whose,
) -> Result<BTreeMap<String, String>, Problem> {
    let loaded = Loaded::of(state, &member.actor).await?;
    let teller = Teller::new(&loaded, member, state.now());
    let members = loaded.office().reachable(whose, teller.now);
    let members = members.unwrap_or_default().into_iter();
    let there = members.filter(|employee| !has_left(&teller, employee));
    let away = there.filter_map(|employee| {
        let why = away(&teller, &employee)?;
        Some((employee, why))
    });
    Ok(away.collect())
}

fn lights(figures: &Figures<'_>, words: Words) -> Lights {
    let audited = &figures.audited;
    let limits = &audited.regulation.latest().light;
    let weeks = Weeks::of(figures);
    let people = (0u32..).take(audited.history.people.employees.len());
    let people = people.map(EmployeeId).map(|person| {
        let tally = figures.lights.people.get(&person).copied();
        let before = figures.lights_before.as_ref();
        let before = before.and_then(|lights| lights.people.get(&person));
        let light = Light::of(words, limits, &tally.unwrap_or_default(), before);
        let id = audited.history.people.ids.get(person.0).to_owned();
        (
            id,
            (
                light,
                weeks.spark(words, limits, light::Whose::Person(person)),
            ),
        )
    });
    people.collect()
}

fn person(
    teller: &Teller<'_>,
    employee: &str,
    theirs: &[&Seen],
    light: Option<(Light, String)>,
    chosen: bool,
) -> Person {
    let words = teller.words;
    let limits = &teller.version().light;
    let unknown = || {
        (
            Light::of(words, limits, &Tally::default(), None),
            String::new(),
        )
    };
    let (light, spark) = light.unwrap_or_else(unknown);
    let gross = theirs
        .iter()
        .filter(|seen| seen.severity() == Severity::Gross);
    let counts = (gross.count(), theirs.len());
    let mut deals: BTreeMap<&str, i64> = BTreeMap::new();
    for seen in theirs {
        let amount = seen.finding.amount.unwrap_or(0);
        let most = deals.entry(&seen.finding.deal).or_insert(amount);
        *most = amount.max(*most);
    }
    let away = away(teller, employee).unwrap_or_default();
    Person {
        name: teller.employee(employee),
        href: match chosen {
            true => "/group".to_owned(),
            false => with("/group", &[("employee", employee)]),
        },
        page: address::person(employee),
        chosen,
        gross: integer(counts.0 as i64, words.0),
        open: integer(counts.1 as i64, words.0),
        counts,
        money: teller.money(
            deals
                .values()
                .fold(0, |sum, amount| amount.saturating_add(sum)),
        ),
        deals: match away.is_empty() {
            true => String::new(),
            false => words.count("group-deals", open_deals(teller, employee)),
        },
        light,
        spark,
        away,
        paused: String::new(),
    }
}

/// Why somebody is not there today; none: they are.
pub(super) fn away(teller: &Teller<'_>, employee: &str) -> Option<String> {
    let (words, zone) = (teller.words, &teller.version().zone);
    let people = &teller.audit.live().history().people;
    let known = people.get(teller.office.employee(employee))?;
    let today = zone.date(teller.now);
    let (from, to) = (zone.start_of_day(today), zone.end_of_day(today));
    let absence = known
        .absences
        .iter()
        .find(|absence| absence.from < to && absence.to.is_none_or(|back| from < back));
    if let Some(absence) = absence {
        let kind = words.word("absence", absence.kind.as_str());
        return Some(match absence.to {
            Some(back) => {
                let back = wording::date(zone.date(back - 1), words.0);
                words.say(
                    "group-until",
                    &[("kind", kind.into()), ("date", Value::Text(back.into()))],
                )
            }
            None => kind,
        });
    }
    let works = !teller.office.clock(employee).intervals_on(today).is_empty();
    (!works).then(|| words.text("group-day-off"))
}

/// How many open deals somebody answers for.
fn open_deals(teller: &Teller<'_>, employee: &str) -> usize {
    let (id, now) = (teller.office.employee(employee), teller.now);
    let tenures = teller.audit.live().tenures();
    let theirs = tenures.filter(|tenure| tenure.employee == id);
    theirs
        .filter(|tenure| tenure.from <= now && now < tenure.to)
        .count()
}

pub(super) fn has_left(teller: &Teller<'_>, employee: &str) -> bool {
    let people = &teller.audit.live().history().people;
    let known = people.get(teller.office.employee(employee));
    known.is_some_and(|employee| !employee.active)
}
