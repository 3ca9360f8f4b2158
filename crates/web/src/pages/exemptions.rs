//! «На что мы не обращаем внимания?»: exemptions with what each hides; those that hide much or have
//! stood for long stand out. They are made and ended here.

use std::collections::BTreeMap;

use ::figures::Count;
use app::life::exempt::{self, Asked as NewExemption, Kept};
use app::life::exemption::Scope;
use app::permissions::{Deed, Reach};
use app::{Error, Fault, Instant, accounts, figures};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use wording::{one_line, percent};

use super::address::{self, with};
use super::finding::Teller;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Characters of a reason.
const LONG: usize = 1000;
/// Who hides more findings than this hides much.
const MUCH: u64 = 50;
const DAY: Instant = 24 * 3_600_000;
/// An exemption that has stood for longer is old, and one that goes on for longer has no end in
/// sight.
const OLD: Instant = 90 * DAY;
const FAR: Instant = 180 * DAY;
/// How long a new one holds unless another end is chosen.
const USUAL_DAYS: i32 = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/exemptions", get(list).post(make))
        .route("/exemptions/{id}", post(end))
}

/// An exemption.
struct Shown {
    id: String,
    /// What it is about: words, and the page of it; no address: none.
    scope: Vec<(String, String)>,
    reason: String,
    about: String,
    /// Until when, or when it ended.
    until: String,
    /// How many findings it hides, the list of them, and the deals concerned.
    hides: String,
    hides_href: String,
    base: String,
    /// Why it stands out; empty: it does not.
    flags: Vec<String>,
    /// Why it was ended early.
    ended: String,
    is_over: bool,
}

/// A way to some of the exemptions.
struct Choice {
    href: String,
    label: String,
    here: bool,
}

/// What the form offers and what was written into it.
struct MakeForm {
    typed: Typed,
    rules: Vec<(String, String)>,
    people: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    /// The deal's title, where it is known.
    deal: String,
    scope_fault: String,
    deal_fault: String,
    reason_fault: String,
    until_fault: String,
    open: bool,
}

#[derive(Template)]
#[template(path = "exemptions.html")]
struct ExemptionsPage {
    page: Page,
    told: String,
    refused: bool,
    zone: String,
    choices: Vec<Choice>,
    all: Vec<Shown>,
    table: Table,
    may_make: bool,
    form: Option<MakeForm>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// `now` if absent, `over`, or `all`.
    show: String,
    done: String,
    refused: String,
    /// What a new one would be about.
    rule: String,
    deal: String,
    employee: String,
    stage: String,
    from: String,
    #[serde(flatten)]
    download: Download,
}

/// What is written into the form.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Typed {
    form_token: String,
    rule: String,
    deal: String,
    employee: String,
    stage: String,
    reason: String,
    from: String,
    until: String,
}

impl Typed {
    /// What an address proposes: from today, or the day that it names, for a month.
    fn of(asked: &Asked, today: Date) -> Typed {
        Typed {
            rule: asked.rule.clone(),
            deal: asked.deal.clone(),
            employee: asked.employee.clone(),
            stage: asked.stage.clone(),
            from: match asked.from.parse::<Date>() {
                Ok(from) => from.to_string(),
                Err(_) => today.to_string(),
            },
            until: today.saturating_add(USUAL_DAYS.days()).to_string(),
            ..Typed::default()
        }
    }

    /// Whether anything is proposed or written.
    fn says_something(&self) -> bool {
        let parts = [
            &self.rule,
            &self.deal,
            &self.employee,
            &self.stage,
            &self.reason,
        ];
        parts.iter().any(|part| !part.is_empty())
    }
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    exemptions(&state, &member, (&asked, None, StatusCode::OK)).await
}

async fn exemptions(
    state: &AppState,
    member: &Member,
    (asked, written, status): (&Asked, Option<(&Typed, &[Fault])>, StatusCode),
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let hidden = figures::hidden(&state.audits, actor, now).await?;
    let names = accounts::names(&state.store, actor).await?;
    let loaded = Loaded::of(state, actor).await?;
    let teller = Teller::new(&loaded, member, now);
    let mut kept = exempt::list(&state.store, actor, teller.office, now).await?;
    // Of deals that are not for these eyes not even the title is told.
    let sees_all = actor.reach(Deed::SeeExemptions)? == Reach::All;
    kept.retain(|one| sees_all || one.deal.is_empty() || !teller.deal(&one.deal).1.is_empty());
    kept.retain(|one| match asked.show.as_str() {
        "all" => true,
        "over" => ends(one) <= now,
        _ => ends(one) > now,
    });
    let count = |one: &Kept| hidden.get(&one.id).map_or(0, |count| count.findings);
    // Those that hide most stand first.
    kept.sort_by_key(|one| (std::cmp::Reverse(count(one)), one.made_at));
    let list = Told {
        teller: &teller,
        hidden: &hidden,
        names: &names,
    };
    let all: Vec<Shown> = kept.iter().map(|one| list.shown(one)).collect();
    let table = list.table(member, &kept);
    if let Some(file) = asked.download.answer(words, &[&table])? {
        return Ok(file);
    }
    let may_make = actor.reach(Deed::Exempt).is_ok();
    let today = teller.version().zone.date(now);
    let (typed, faults) = written.unzip();
    let typed = typed.cloned().unwrap_or_else(|| Typed::of(asked, today));
    let (told, refused) = match (asked.done.as_str(), asked.refused.as_str()) {
        (_, word @ ("reason" | "over")) => (words.word("exemptions-refused", word), true),
        (word @ ("made" | "ended"), _) => (words.word("exemptions-told", word), false),
        _ => (String::new(), false),
    };
    let shown = ExemptionsPage {
        page: member.page(words.text("exemptions-title")),
        told,
        refused,
        zone: teller.version().zone.name().to_owned(),
        choices: choices(&teller, &asked.show),
        all,
        table,
        form: may_make.then(|| make_form(&teller, typed, faults.unwrap_or_default())),
        may_make,
    };
    Ok(show(status, &shown))
}

/// The first breach that it does not cover.
fn ends(kept: &Kept) -> Instant {
    kept.ended_at
        .map_or(kept.until, |ended| ended.min(kept.until))
}

fn choices(teller: &Teller<'_>, chosen: &str) -> Vec<Choice> {
    let chosen = if ["over", "all"].contains(&chosen) {
        chosen
    } else {
        "now"
    };
    let all = ["now", "over", "all"].map(|word| Choice {
        href: match word {
            "now" => "/exemptions".to_owned(),
            word => with("/exemptions", &[("show", word)]),
        },
        label: teller.words.word("exemptions-show", word),
        here: word == chosen,
    });
    all.into()
}

/// Puts exemptions into words.
struct Told<'a> {
    teller: &'a Teller<'a>,
    hidden: &'a BTreeMap<String, Count>,
    names: &'a BTreeMap<String, String>,
}

impl Told<'_> {
    fn count(&self, kept: &Kept) -> Count {
        self.hidden.get(&kept.id).cloned().unwrap_or_default()
    }

    fn name(&self, person: &str) -> String {
        let name = self.names.get(person);
        name.map_or_else(|| "—".to_owned(), |name| one_line(name, 60))
    }

    /// What it is about, each part with its page.
    fn scope(&self, kept: &Kept) -> Vec<(String, String)> {
        let teller = self.teller;
        let mut scope = Vec::new();
        if !kept.rule.is_empty() {
            scope.push((teller.rule(&kept.rule), address::rule(&kept.rule)));
        }
        if !kept.deal.is_empty() {
            scope.push(teller.deal(&kept.deal));
        }
        if !kept.employee.is_empty() {
            scope.push((teller.employee(&kept.employee), String::new()));
        }
        if !kept.stage.is_empty() {
            scope.push((teller.stage(&kept.stage), String::new()));
        }
        scope
    }

    /// Why it deserves a second look.
    fn flags(&self, kept: &Kept) -> Vec<String> {
        let (words, now) = (self.teller.words, self.teller.now);
        if ends(kept) <= now {
            return Vec::new();
        }
        let hides = self.count(kept).findings;
        let mut flags = Vec::new();
        if hides > MUCH {
            flags.push(words.count("exemption-much", MUCH as usize));
        }
        if now - kept.made_at > OLD {
            let days = usize::try_from((now - kept.made_at) / DAY).unwrap_or(0);
            flags.push(words.count("exemption-old", days));
        }
        if ends(kept) - now > FAR {
            flags.push(words.text("exemption-far"));
        }
        let named = [&kept.rule, &kept.deal, &kept.employee, &kept.stage];
        let is_wide = kept.deal.is_empty() && named.iter().filter(|id| !id.is_empty()).count() == 1;
        if is_wide {
            flags.push(words.text("exemption-wide"));
        }
        flags
    }

    fn shown(&self, kept: &Kept) -> Shown {
        let (teller, words, count) = (self.teller, self.teller.words, self.count(kept));
        let is_over = ends(kept) <= teller.now;
        let about = [
            ("name", self.name(&kept.author).into()),
            ("at", teller.moment(kept.made_at).into()),
            ("from", teller.moment(kept.from).into()),
        ];
        let until = [("at", teller.moment(ends(kept)).into())];
        Shown {
            id: kept.id.clone(),
            scope: self.scope(kept),
            reason: one_line(&kept.reason, LONG),
            about: words.say("exemption-about", &about),
            until: words.say(
                if is_over {
                    "exemption-was"
                } else {
                    "exemption-until"
                },
                &until,
            ),
            hides: words.count("exemption-hides", count.findings as usize),
            hides_href: self.list_of(kept, count.findings),
            base: self.base(&count),
            flags: self.flags(kept),
            ended: match kept.ended_at {
                Some(_) => {
                    let name = self.name(&kept.ended_by);
                    let why = one_line(&kept.ended_why, LONG);
                    words.say(
                        "exemption-ended",
                        &[("name", name.into()), ("why", why.into())],
                    )
                }
                None => String::new(),
            },
            is_over,
        }
    }

    /// The findings that it hides; empty: there are none.
    fn list_of(&self, kept: &Kept, findings: u64) -> String {
        match findings {
            0 => String::new(),
            _ => with(
                "/findings",
                &[("figures", "exempt"), ("exemption", &kept.id)],
            ),
        }
    }

    /// The deals concerned, their money, and the share of all that exemptions hide.
    fn base(&self, count: &Count) -> String {
        let all: u64 = self.hidden.values().map(|count| count.findings).sum();
        if count.findings == 0 {
            return String::new();
        }
        let words = self.teller.words;
        let share = percent(count.findings as f64 / all as f64, 0, words.0);
        let args = [
            ("deals", wording::Value::Count(count.concerned.deals as i64)),
            ("money", self.teller.money(count.concerned.sum).into()),
            ("share", share.into()),
        ];
        words.say("exemption-base", &args)
    }

    /// The same as a table, to be taken away.
    fn table(&self, member: &Member, kept: &[Kept]) -> Table {
        let (teller, words) = (self.teller, self.teller.words);
        let column = |id: &str| words.text(id);
        let zone = &teller.version().zone;
        let mut table = Table::new(member, "exemptions", column("exemptions-table"))
            .column(column("exemption-col-scope"))
            .column(column("exemption-col-reason"))
            .column(column("exemption-col-author"))
            .column(column("exemption-col-made"))
            .column(column("exemption-col-from"))
            .column(column("exemption-col-until"))
            .number(column("exemption-col-hides"))
            .number(column("exemption-col-deals"));
        for one in kept {
            let scope: Vec<String> = self.scope(one).into_iter().map(|(word, _)| word).collect();
            let count = self.count(one);
            let moment = |at| Cell::from(Value::Moment(zone.datetime(at)));
            table.push(Row::of(vec![
                Cell::text(scope.join(", ")),
                Cell::text(one_line(&one.reason, LONG)),
                Cell::text(self.name(&one.author)),
                moment(one.made_at),
                moment(one.from),
                moment(ends(one)),
                Cell::from(Value::Count(count.findings)),
                Cell::from(Value::Count(count.concerned.deals)),
            ]));
        }
        table
    }
}

fn make_form(teller: &Teller<'_>, typed: Typed, faults: &[Fault]) -> MakeForm {
    let history = teller.audit.live().history();
    let entries = teller.version().entries.iter();
    let mut rules: Vec<(String, String)> = entries
        .map(|entry| (entry.name.clone(), teller.rule(&entry.name)))
        .collect();
    let employees = (0u32..).take(history.people.employees.len());
    let employees = employees.map(|at| history.people.ids.get(at).to_owned());
    let mut people: Vec<(String, String)> = employees
        .map(|id| (id.clone(), teller.employee(&id)))
        .collect();
    let stages = (0u32..).take(history.pipelines.stages.len());
    let stages = stages.map(|at| history.pipelines.stage_ids.get(at).to_owned());
    for list in [&mut rules, &mut people] {
        list.sort_by(|a, b| a.1.cmp(&b.1));
    }
    let fault = |field: &str| match faults.iter().any(|fault| fault.field == field) {
        true => teller.words.word("exemption-fault", field),
        false => String::new(),
    };
    MakeForm {
        rules,
        people,
        stages: stages.map(|id| (id.clone(), teller.stage(&id))).collect(),
        deal: match typed.deal.as_str() {
            "" => String::new(),
            id => teller.deal(id).0,
        },
        scope_fault: fault("rule"),
        deal_fault: fault("deal"),
        reason_fault: fault("reason"),
        until_fault: fault("until"),
        open: typed.says_something() || !faults.is_empty(),
        typed,
    }
}

/// Makes an exemption; what cannot be is told beside what was written.
async fn make(
    State(state): State<AppState>,
    member: Member,
    Form(typed): Form<Typed>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (actor, now) = (&member.actor, state.now());
    actor.reach(Deed::Exempt)?;
    let loaded = Loaded::of(&state, actor).await?;
    let zone = &loaded.office().version().zone;
    let day = |text: &str| text.parse::<Date>().ok();
    let asked = NewExemption {
        scope: Scope {
            rule: typed.rule.clone(),
            deal: typed.deal.trim().to_owned(),
            employee: typed.employee.clone(),
            stage: typed.stage.clone(),
        },
        reason: typed.reason.trim().to_owned(),
        from: day(&typed.from).map(|day| zone.start_of_day(day)),
        // The last day counts. One that cannot be read is over, which is refused.
        until: day(&typed.until).map_or(Instant::MIN, |day| zone.end_of_day(day)),
    };
    let made = exempt::make(&state.store, actor, loaded.office(), &asked, now).await;
    drop(loaded);
    match made {
        Ok(kept) => {
            let to = with("/exemptions", &[("done", "made")]);
            Ok(Redirect::to(&format!("{to}#x-{}", kept.id)).into_response())
        }
        Err(Error::Invalid(faults)) => {
            let asked = Asked::default();
            let written = Some((&typed, faults.as_slice()));
            exemptions(
                &state,
                &member,
                (&asked, written, StatusCode::UNPROCESSABLE_ENTITY),
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct Ending {
    form_token: String,
    #[serde(default)]
    reason: String,
}

/// Ends an exemption early.
async fn end(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<Ending>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let loaded = Loaded::of(&state, &member.actor).await?;
    let (office, why) = (loaded.office(), form.reason.trim());
    let ended = exempt::end(&state.store, &member.actor, office, (&id, why), state.now()).await;
    let told = match ended {
        Ok(_) => ("done", "ended"),
        Err(Error::Invalid(_)) => ("refused", "reason"),
        Err(Error::Conflict(_)) => ("refused", "over"),
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&with("/exemptions", &[told])))
}
