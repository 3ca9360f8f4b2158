//! «О чём поговорить на встрече?»: one sheet for half an hour with a group. What went well comes first.

mod week;

use std::collections::BTreeMap;

use app::figures::{self, Figures};
use app::goals as all_goals;
use app::life::lost::check::{Status, Verdict};
use app::life::lost::work as checks;
use app::life::seen::Seen;
use app::life::todo::todo;
use app::permissions::{Deed, Reach, Whose};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use std::collections::BTreeSet;
use store::findings::Filter;

use super::address::{self, with};
use super::finding::Teller;
use super::table::{Download, Table};
use super::{Member, Page, goals, group, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;
use week::Week;

/// How far back lost deals that went back to work are told of, in milliseconds: two weeks.
const LOST_SINCE: i64 = 14 * 86_400_000;
/// Checks that are looked through for them.
const CHECKS: i64 = 200;

/// The parts of the meeting with their minutes; together half an hour.
const AGENDA: [(&str, u8); 6] = [
    ("praise", 5),
    ("light", 5),
    ("topics", 10),
    ("promises", 5),
    ("help", 3),
    ("lost", 2),
];

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/meeting", get(meeting))
}

/// A text, and where it leads; no address: nowhere.
pub(super) struct Line {
    pub text: String,
    pub href: String,
}

/// Another group that the meeting may be with.
struct Choice {
    name: String,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    page: Page,
    group: String,
    lead: String,
    today: String,
    choices: Vec<Choice>,
    /// Each part of the meeting: a word for it, its title, its minutes.
    agenda: Vec<[String; 3]>,
    week: Week,
    goals: Table,
    /// Who promised to mend what: what lasts still though it is acknowledged.
    promises: Vec<Line>,
    help: Vec<Line>,
    lost: Vec<Line>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    group: String,
    #[serde(flatten)]
    download: Download,
}

async fn meeting(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let groups = groups(&state, &member).await?;
    let wanted = groups.iter().find(|(id, _)| *id == asked.group);
    let Some((group, name)) = wanted.or(groups.first()).cloned() else {
        let page = member.page(words.text("meeting-title"));
        let empty = words.text("meeting-no-groups");
        return Ok(show(StatusCode::OK, &NoMeeting { page, empty }));
    };
    let read = |figures: &Figures<'_>| Week::of(figures, &group, &member);
    let week = figures::figures(&state.audits, actor, None, now, read).await?;
    let mut set = all_goals::goals(&state.audits, actor, None, now).await?;

    let loaded = Loaded::of(&state, actor).await?;
    let (teller, office) = (Teller::new(&loaded, &member, now), loaded.office());
    let members = office.members(&BTreeSet::from([group.clone()]), now);
    set.retain(|(goal, _)| members.contains(&goal.employee.as_str()));
    let goals = goals::table(&member, &teller, &set, true);
    if let Some(file) = asked.download.answer(words, &[&week.people, &goals])? {
        return Ok(file);
    }
    let filter = Filter {
        employees: Some(&members),
        ..Filter::default()
    };
    let found = todo(&state.store, actor, office, &filter, now).await?;
    let lead = members.first().map_or("", |one| office.lead(one, now));
    let zone = &teller.version().zone;
    let choice = |(id, name): &(String, String)| Choice {
        name: name.clone(),
        href: with("/meeting", &[("group", id)]),
        here: *id == group,
    };
    let shown = MeetingPage {
        page: member.page(words.text("meeting-title")),
        lead: teller.employee(lead),
        today: wording::date(zone.date(now), words.0),
        choices: groups.iter().map(choice).collect(),
        agenda: agenda(&teller),
        goals,
        promises: promises(&teller, &found.acknowledged),
        help: help(&teller, &members, &found.open, &week),
        lost: lost(&state, &member, &teller, &members).await?,
        group: name,
        week,
    };
    Ok(show(StatusCode::OK, &shown))
}

#[derive(Template)]
#[template(path = "nothing.html")]
struct NoMeeting {
    page: Page,
    empty: String,
}

/// The groups that the reader may meet with, by name: those they lead, or all.
async fn groups(state: &AppState, member: &Member) -> Result<Vec<(String, String)>, Problem> {
    let actor = &member.actor;
    // Not everybody who sees figures sees what people promised.
    if actor.reach(Deed::SeeGoals)? < Reach::Group {
        return Err(app::Error::Denied(Deed::SeeGoals).into());
    }
    let whose = actor.whose(Deed::SeeFindings)?;
    let loaded = Loaded::of(state, actor).await?;
    let teller = Teller::new(&loaded, member, state.now());
    let people = &loaded.audit().live().history().people;
    let all = (0u32..).take(people.groups.len());
    let all = all.map(|at| people.group_ids.get(at).to_owned());
    let led = |id: &String| match &whose {
        Whose::Everyone => true,
        Whose::Groups { groups, .. } => groups.contains(id),
        Whose::Employee(_) => false,
    };
    let mut groups: Vec<(String, String)> = all
        .filter(led)
        .map(|id| (id.clone(), teller.group(&id)))
        .collect();
    groups.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(groups)
}

fn agenda(teller: &Teller<'_>) -> Vec<[String; 3]> {
    let part = |(word, minutes): &(&str, u8)| {
        let title = teller.words.word("meeting", word);
        let minutes = teller.words.count("meeting-minutes", usize::from(*minutes));
        [(*word).to_owned(), title, minutes]
    };
    AGENDA.iter().map(part).collect()
}

/// Who acknowledged how much that lasts still.
fn promises(teller: &Teller<'_>, acknowledged: &[Seen]) -> Vec<Line> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for seen in acknowledged {
        *counts.entry(&seen.finding.employee).or_default() += 1;
    }
    let line = |(employee, count): (&str, usize)| Line {
        text: named(
            teller,
            employee,
            &teller.words.count("meeting-promised", count),
        ),
        href: with(
            "/findings",
            &[
                ("employee", employee),
                ("state", "acknowledged"),
                ("open", "yes"),
            ],
        ),
    };
    counts.into_iter().map(line).collect()
}

/// Something about somebody.
fn named(teller: &Teller<'_>, employee: &str, what: &str) -> String {
    format!("{}: {what}", teller.employee(employee))
}

/// Who needs help: whose light has not been green for weeks, who has most to answer, who is away.
fn help(teller: &Teller<'_>, members: &[&str], open: &[Seen], week: &Week) -> Vec<Line> {
    let words = teller.words;
    let mut help = Vec::new();
    for employee in members {
        let mut why = Vec::new();
        if let Some(weeks) = week.not_green.get(*employee).filter(|weeks| **weeks > 1) {
            why.push(words.count("board-run", *weeks));
        }
        let theirs = open
            .iter()
            .filter(|seen| seen.finding.employee == *employee);
        let gross = theirs.filter(|seen| seen.severity() == audit::regulation::Severity::Gross);
        let gross = gross.count();
        if gross > 0 {
            why.push(words.count("meeting-gross", gross));
        }
        if let Some(away) =
            group::away(teller, employee).filter(|_| !group::has_left(teller, employee))
        {
            why.push(away);
        }
        if !why.is_empty() {
            help.push(Line {
                text: named(teller, employee, &why.join(", ")),
                href: address::person(employee),
            });
        }
    }
    help
}

/// The lost deals of these people that went back to work lately.
async fn lost(
    state: &AppState,
    member: &Member,
    teller: &Teller<'_>,
    members: &[&str],
) -> Result<Vec<Line>, Problem> {
    let back = Some(Status::Decided(Verdict::BackToWork));
    let (actor, office, now) = (&member.actor, teller.office, state.now());
    let all = checks::list(&state.store, actor, office, back, (None, CHECKS), now).await?;
    let since = now.saturating_sub(LOST_SINCE);
    let lately = all.into_iter().filter(|seen| {
        let check = &seen.check;
        check.closed_at.is_some_and(|at| since <= at)
            && members.contains(&check.responsible.as_str())
    });
    let line = |seen: checks::Seen| {
        let (deal, href) = teller.deal(&seen.check.deal);
        let said = wording::one_line(&seen.check.comment, 160);
        let text = named(teller, &seen.check.responsible, &deal);
        Line {
            text: match said.is_empty() {
                true => text,
                false => format!("{text} — «{said}»"),
            },
            href,
        }
    };
    Ok(lately.map(line).collect())
}
