//! «Как у нас принято?»: the reader's companies, what this one is called, and what it has set about the
//! life of findings.

use app::Fault;
use app::companies;
use app::life::settings::{self, Checker, Settings};
use app::permissions::Deed;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form as Sent, State};
use axum::http::Response;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use history::Account;
use serde::Deserialize;
use worktime::Limit;

use super::{Told, faults, may};
use crate::extract::Query;
use crate::pages::address::with;
use crate::pages::form::{Choice, Field, Form};
use crate::pages::sheet::{Block, Sheet};
use crate::pages::table::{Cell, Download, Row, Table};
use crate::pages::{Member, Words};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/companies", get(show))
        .route("/admin/companies/account", post(set_account))
        .route("/admin/companies/life", post(set_life))
}

/// What the company is called, as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Called {
    form_token: String,
    name: String,
    timezone: String,
    currency: String,
}

impl Called {
    fn form(&self, words: Words) -> Form {
        Form::doing(
            "account",
            "/admin/companies/account",
            words.text("admin-save"),
        )
        .with(Field::text(words, "name", "field-company", &self.name))
        .with(Field::text(
            words,
            "timezone",
            "settings-timezone",
            &self.timezone,
        ))
        .with(Field::text(
            words,
            "currency",
            "settings-currency",
            &self.currency,
        ))
    }
}

/// Settings about the life of findings, as they are typed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Life {
    form_token: String,
    dispute: String,
    verdict: String,
    advice_from: String,
    skip_coordinator: String,
    lost_deals_to: String,
    lost_deals_within_days: String,
    objections: String,
}

impl Life {
    fn of(settings: &Settings) -> Life {
        let percent = settings.advice_from * 100.0;
        Life {
            form_token: String::new(),
            dispute: settings.dispute.to_string(),
            verdict: settings.verdict.to_string(),
            advice_from: format!("{}", (percent * 10.0).round() / 10.0),
            skip_coordinator: if settings.skip_coordinator { "on" } else { "" }.to_owned(),
            lost_deals_to: match settings.lost_deals_to {
                Checker::Head => "head",
                Checker::Lead => "lead",
            }
            .to_owned(),
            lost_deals_within_days: settings.lost_deals_within_days.to_string(),
            objections: settings.objections.join("\n"),
        }
    }

    /// The settings, or everything that is wrong with them.
    fn settings(&self) -> Result<Settings, Vec<Fault>> {
        let mut faults = Vec::new();
        let dispute = limit("dispute", &self.dispute, &mut faults);
        let verdict = limit("verdict", &self.verdict, &mut faults);
        let percent = self.advice_from.trim().replace(',', ".").parse::<f64>();
        if percent.is_err() {
            faults.push(Fault::new("advice_from", "number", "a number"));
        }
        let days = self.lost_deals_within_days.trim().parse::<u32>();
        if days.is_err() {
            faults.push(Fault::new("lost_deals_within_days", "number", "a number"));
        }
        let (Some(dispute), Some(verdict), Ok(percent), Ok(days)) =
            (dispute, verdict, percent, days)
        else {
            return Err(faults);
        };
        let words = self.objections.lines().map(str::trim);
        Ok(Settings {
            dispute,
            verdict,
            advice_from: percent / 100.0,
            skip_coordinator: !self.skip_coordinator.is_empty(),
            lost_deals_to: match self.lost_deals_to.as_str() {
                "lead" => Checker::Lead,
                _ => Checker::Head,
            },
            lost_deals_within_days: days,
            objections: words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }

    fn form(&self, words: Words) -> Form {
        let checkers = ["head", "lead"];
        let checkers = checkers.map(|who| Choice::new(who, words.word("settings-checker", who)));
        let (advice, days) = (&self.advice_from, &self.lost_deals_within_days);
        let skips = !self.skip_coordinator.is_empty();
        Form::doing("life", "/admin/companies/life", words.text("admin-save"))
            .with(Field::text(
                words,
                "dispute",
                "settings-dispute",
                &self.dispute,
            ))
            .with(Field::text(
                words,
                "verdict",
                "settings-verdict",
                &self.verdict,
            ))
            .with(Field::text(words, "advice_from", "settings-advice", advice))
            .with(Field::mark(
                words,
                "skip_coordinator",
                "settings-skip",
                skips,
            ))
            .with(Field::choice(
                words,
                "lost_deals_to",
                "settings-lost-to",
                &self.lost_deals_to,
                checkers.into(),
            ))
            .with(Field::text(
                words,
                "lost_deals_within_days",
                "settings-lost-days",
                days,
            ))
            .with(
                Field::lines(words, "objections", "settings-objections", &self.objections)
                    .optional(),
            )
    }
}

/// The limit that a field says.
fn limit(field: &'static str, text: &str, faults: &mut Vec<Fault>) -> Option<Limit> {
    let limit = Limit::parse(text.trim());
    limit
        .map_err(|error| faults.push(Fault::new(field, "limit", error.to_string())))
        .ok()
}

async fn called(state: &AppState, member: &Member) -> Result<Called, Problem> {
    let account = companies::account(&state.store, &member.actor).await?;
    Ok(Called {
        form_token: String::new(),
        name: account.name,
        timezone: account.timezone,
        currency: account.currency,
    })
}

async fn life(state: &AppState, member: &Member) -> Result<Life, Problem> {
    Ok(Life::of(&settings::see(&state.store, &member.actor).await?))
}

/// The companies that the reader can come in to.
fn places(member: &Member) -> Table {
    let words = member.words();
    let mut table = Table::new(member, "companies", words.text("settings-companies"))
        .column(words.text("start-company"))
        .column(words.text("admin-col-access"))
        .column(words.text("settings-here"));
    for place in &member.visitor.places {
        let here = if place.current {
            words.text("companies-here")
        } else {
            String::new()
        };
        table.push(Row::of(vec![
            Cell::text(wording::one_line(&place.name, 80)),
            Cell::text(words.access(place.access)),
            super::some(&here),
        ]));
    }
    table
}

fn page(member: &Member, account: Form, life: Form) -> Sheet {
    let words = member.words();
    let mut sheet = Sheet::new(member.page(words.text("settings-title")));
    sheet = match may(&member.actor, Deed::ManageSettings) {
        true => sheet
            .heading("settings-account")
            .form(account)
            .heading("settings-life")
            .lead("settings-life-why")
            .form(life),
        false => {
            let said = |form: Form| {
                let fields = form.fields.into_iter();
                let facts = fields.map(|field| {
                    let value = field.said(words);
                    (field.label, value, String::new())
                });
                Block::Facts(facts.collect())
            };
            sheet
                .heading("settings-account")
                .with(said(account))
                .heading("settings-life")
                .with(said(life))
        }
    };
    let places = places(member);
    let mut links = Vec::new();
    if member.visitor.places.len() > 1 {
        links.push(("/companies".to_owned(), words.text("start-others")));
    }
    sheet
        .heading("settings-companies")
        .table(places, "companies-none")
        .links(links)
        .text("settings-more")
        .with(Block::Code(words.text("settings-command")))
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    Query(told): Query<Told>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let words = member.words();
    let account = called(&state, &member).await?.form(words);
    let life = life(&state, &member).await?.form(words);
    if let Some(file) = download.answer(words, &[&places(&member)])? {
        return Ok(file);
    }
    Ok(page(&member, account, life).told(&told.done).show())
}

async fn set_account(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Called>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (words, now) = (member.words(), state.now());
    let account = Account {
        name: typed.name.clone(),
        timezone: typed.timezone.clone(),
        currency: typed.currency.trim().to_uppercase(),
    };
    match companies::set_account(&state.audits, &member.actor, &account, now).await {
        Ok(()) => Ok(saved()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let life = life(&state, &member).await?.form(words);
            let form = typed.form(words).faulted(words, &faults);
            Ok(page(&member, form, life).show_as(status))
        }
    }
}

async fn set_life(
    State(state): State<AppState>,
    member: Member,
    Sent(typed): Sent<Life>,
) -> Result<Response<Body>, Problem> {
    member.visitor.check(&typed.form_token)?;
    let (words, now) = (member.words(), state.now());
    member.actor.reach(Deed::ManageSettings)?;
    let changed = match typed.settings() {
        Ok(settings) => settings::save(&state.store, &member.actor, &settings, now).await,
        Err(faults) => Err(app::Error::Invalid(faults)),
    };
    match changed {
        Ok(()) => Ok(saved()),
        Err(error) => {
            let (status, faults) = faults(error)?;
            let account = called(&state, &member).await?.form(words);
            let form = typed.form(words).faulted(words, &faults);
            Ok(page(&member, account, form).show_as(status))
        }
    }
}

fn saved() -> Response<Body> {
    Redirect::to(&with("/admin/companies", &[("done", "saved")])).into_response()
}
