//! «Как дела у …?»: how somebody of the group stands, and what they are to reach, for those who lead
//! them.

use app::figures::{self, Figures};
use app::goals as all_goals;
use app::permissions::Deed;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::Redirect;
use axum::routing::{get, post};
use serde::Deserialize;

use super::address::{self, with};
use super::finding::Teller;
use super::mine::{Standing, standing};
use super::table::{Download, Table};
use super::{Member, Page, goals, paused, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/people/{id}", get(person))
        .route("/people/{id}/goals", post(set))
        .route("/people/{id}/goals/end", post(end))
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    standing: Standing,
    /// What was just done about goals, and whether it could not be.
    told: String,
    refused: bool,
    group: String,
    /// That their notices, or everybody's, are paused; empty: they are not.
    paused: Vec<String>,
    /// The list of what they have to answer.
    open: String,
    goals: Table,
    /// The goals that may be let go: id and words.
    ends: Vec<[String; 2]>,
    /// What may be measured: value and words; empty: the reader sets no goals here.
    measures: Vec<[String; 2]>,
    /// Where the forms go.
    action: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    goal: String,
    #[serde(flatten)]
    download: Download,
}

async fn person(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let whose = actor.whose(Deed::SeeFindings)?;
    let loaded = Loaded::of(&state, actor).await?;
    let office = loaded.office();
    if office.employee(&id).is_none() || !office.within(&whose, &id, now) {
        return Err(app::Error::NotFound {
            what: "employee",
            id,
        }
        .into());
    }
    drop(loaded);
    let read = |figures: &Figures<'_>| standing(figures, &id, &member);
    let standing = figures::figures(&state.audits, actor, None, now, read).await?;
    let found = match actor.reach(Deed::SeeGoals) {
        Ok(_) => all_goals::goals(&state.audits, actor, Some(&id), now).await?,
        Err(_) => Vec::new(),
    };
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let sets = all_goals::sets(actor, loaded.office(), &id, now);
    let goals = goals::table(&member, &teller, &found, false);
    if let Some(file) = asked.download.answer(words, &[&standing.rules, &goals])? {
        return Ok(file);
    }
    let pauses = paused::paused(&state, &member, &loaded).await?;
    let paused = [
        paused::person(&pauses, &id, &loaded, &member),
        paused::company(&pauses, &loaded, &member),
    ];
    let ends = found.iter().filter(|_| sets);
    let ends = ends.map(|(goal, _)| [goal.id.clone(), goals::title(goal, &teller)]);
    let told = match asked.goal.as_str() {
        "set" | "ended" | "unfit" => words.word("person-goal", &asked.goal),
        _ => String::new(),
    };
    let shown = PersonPage {
        page: member.page(words.named("person-title", &teller.employee(&id))),
        told,
        refused: asked.goal == "unfit",
        group: teller.group(loaded.office().group(&id, now)),
        paused: paused.into_iter().filter(|said| !said.is_empty()).collect(),
        open: with("/findings", &[("employee", &id), ("open", "yes")]),
        ends: ends.collect(),
        measures: match sets {
            true => measures(&teller),
            false => Vec::new(),
        },
        action: format!("{}/goals", address::person(&id)),
        standing,
        goals,
    };
    Ok(show(StatusCode::OK, &shown))
}

/// What may be measured: the light, and the findings of each rule in force.
fn measures(teller: &Teller<'_>) -> Vec<[String; 2]> {
    let entries = teller
        .version()
        .entries
        .iter()
        .filter(|entry| entry.enabled);
    let mut rules: Vec<[String; 2]> = entries
        .map(|entry| {
            let title = teller.rule(&entry.name);
            [
                format!("rule:{}", entry.name),
                teller.words.named("goal-rule", &title),
            ]
        })
        .collect();
    rules.sort_by(|a, b| a[1].cmp(&b[1]));
    let light = ["light".to_owned(), teller.words.text("goal-light")];
    std::iter::once(light).chain(rules).collect()
}

#[derive(Deserialize)]
struct NewGoal {
    form_token: String,
    measure: String,
    at_most: String,
    #[serde(default)]
    text: String,
}

impl NewGoal {
    /// The goal that is meant; none: the number cannot be read.
    fn asked(&self, employee: &str) -> Option<all_goals::Asked> {
        let rule = self.measure.strip_prefix("rule:").map(str::to_owned);
        let number: f64 = self.at_most.trim().replace(',', ".").parse().ok()?;
        let unit = if rule.is_some() { 1.0 } else { 100.0 };
        let whole = number * unit;
        let fits = (0.0..=1e9).contains(&whole) && (rule.is_none() || whole.fract() == 0.0);
        fits.then(|| all_goals::Asked {
            employee: employee.to_owned(),
            rule,
            at_most: whole.round() as i64,
            text: self.text.clone(),
        })
    }
}

async fn set(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<NewGoal>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (actor, office) = (&member.actor, loaded.office());
    let done = match form.asked(&id) {
        None => "unfit",
        Some(asked) => match all_goals::set(&state.store, actor, office, &asked, state.now()).await
        {
            Ok(_) => "set",
            Err(app::Error::Invalid(_)) => "unfit",
            Err(error) => return Err(error.into()),
        },
    };
    Ok(back(&id, done))
}

#[derive(Deserialize)]
struct EndGoal {
    form_token: String,
    goal: String,
}

async fn end(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<EndGoal>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (actor, office) = (&member.actor, loaded.office());
    all_goals::end(&state.store, actor, office, &form.goal, state.now()).await?;
    Ok(back(&id, "ended"))
}

fn back(id: &str, done: &str) -> Redirect {
    Redirect::to(&with(&address::person(id), &[("goal", done)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |measure: &str, at_most: &str| {
            let form = NewGoal {
                form_token: String::new(),
                measure: measure.to_owned(),
                at_most: at_most.to_owned(),
                text: String::new(),
            };
            form.asked("e").map(|asked| asked.at_most)
        };
        assert_eq!(read("light", "12,5"), Some(1250));
        assert_eq!(read("light", " 8 "), Some(800));
        assert_eq!(read("rule:late", "3"), Some(3));
        assert_eq!(read("rule:late", "2.5"), None);
        for wrong in ["", "-1", "много", "NaN", "1e300"] {
            assert_eq!(read("light", wrong), None, "{wrong}");
        }
    }
}
