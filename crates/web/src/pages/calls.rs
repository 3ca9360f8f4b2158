//! «Кому сегодня позвонить?»: an employee's open deals, those worth most first, with why each stands
//! where it stands.

use ::figures::own::{DAYS, OpenDeal};
use app::desk::{self, Desk};
use app::permissions::Deed;
use askama::Template;
use audit::message::Speaker;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde::Deserialize;
use wording::{Value as Said, one_line};

use super::address::{self, with};
use super::month::chance;
use super::numbered::Pages;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// Deals on one page.
const SHOWN: usize = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/calls", get(calls))
}

#[derive(Template)]
#[template(path = "calls.html")]
struct CallsPage {
    page: Page,
    zone: String,
    /// Whose share of the list is shown; empty: all of it.
    narrowed: String,
    help: String,
    count: String,
    deals: Table,
    pages: Pages,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    stage: String,
    hung: String,
    page: usize,
    #[serde(flatten)]
    download: Download,
}

impl Asked {
    fn wants(&self, desk: &Desk<'_>, deal: &OpenDeal) -> bool {
        let stage = desk.audited.history.pipelines.stage_ids.get(deal.stage.0);
        (self.stage.is_empty() || self.stage == stage) && (self.hung != "yes" || deal.hangs)
    }

    /// What the list is narrowed to, in words.
    fn narrowed(&self, desk: &Desk<'_>, words: Words) -> String {
        let pipelines = &desk.audited.history.pipelines;
        let stage = pipelines.stage_ids.find(&self.stage).map(history::StageId);
        let stage = stage.map(|id| words.named("calls-stage", pipelines.stage_name(id)));
        let hung = (self.hung == "yes").then(|| words.text("calls-hung"));
        let parts: Vec<String> = stage.into_iter().chain(hung).collect();
        parts.join(" ")
    }
}

async fn calls(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    actor.reach(Deed::SeeFindings)?;
    let employee = actor.employee.clone().ok_or(app::Error::NoEmployee)?;
    let read = |desk: &Desk<'_>| -> Result<Response<Body>, Problem> {
        let chosen = desk.open.iter().filter(|deal| asked.wants(desk, deal));
        let chosen: Vec<&OpenDeal> = chosen.collect();
        let whole = || table(desk, &chosen, &member, words);
        if let Some(file) = asked.download.answer(words, &[&whole()])? {
            return Ok(file);
        }
        let path = with("/calls", &[("stage", &asked.stage), ("hung", &asked.hung)]);
        let pages = Pages::of(path, asked.page, chosen.len(), SHOWN);
        let part: Vec<&OpenDeal> = pages.part(&chosen).copied().collect();
        let shown = CallsPage {
            page: member.page(words.text("calls-title")),
            zone: desk.audited.zone().name().to_owned(),
            narrowed: asked.narrowed(desk, words),
            help: words.say("calls-help", &[("days", Said::Count(DAYS))]),
            count: words.count("calls-count", chosen.len()),
            deals: table(desk, &part, &member, words),
            pages,
        };
        Ok(show(StatusCode::OK, &shown))
    };
    desk::desk(&state.audits, actor, &employee, now, read).await?
}

fn table(desk: &Desk<'_>, deals: &[&OpenDeal], member: &Member, words: Words) -> Table {
    let (audited, history) = (&desk.audited, desk.audited.history);
    let speaker = Speaker::new(history, audited.regulation, words.0);
    let moment = |at| Value::Moment(audited.zone().datetime(at));
    let currency = || history.account.currency.clone();
    let mut table = Table::new(member, "calls", words.text("calls-title"))
        .column(words.text("month-col-deal"))
        .column(words.text("filter-stage"))
        .number(words.text("col-money"))
        .number(words.text("month-col-chance"))
        .number(words.text("month-col-worth"))
        .column(words.text("calls-contact"))
        .column(words.text("calls-task"))
        .column(words.text("calls-why"));
    for deal in deals {
        let id = history.deals.get(deal.deal.0);
        let price = match deal.price {
            Some(price) => Cell::from(Value::Money(price, currency())).small(match deal.guessed {
                true => words.text("calls-guessed"),
                false => String::new(),
            }),
            None => Value::Empty.into(),
        };
        let worth = deal
            .worth
            .map_or(Value::Empty, |worth| Value::Money(worth, currency()));
        let contact = match deal.contact {
            Some(at) => moment(at).into(),
            None => Cell::text(words.text("calls-never")),
        };
        let task = match deal.task {
            Some((due, text)) => {
                Cell::from(moment(due)).small(one_line(history.texts.get(text), 80))
            }
            None => Cell::text(words.text("calls-no-task")),
        };
        table.push(Row::of(vec![
            Cell::text(speaker.deal(deal.deal)).to(address::deal(id)),
            Cell::text(one_line(history.pipelines.stage_name(deal.stage), 60)),
            price,
            chance(deal, words),
            worth.into(),
            contact,
            task,
            Cell::text(why(desk, deal, words)),
        ]));
    }
    table
}

/// Why a deal stands where it stands in the list.
fn why(desk: &Desk<'_>, deal: &OpenDeal, words: Words) -> String {
    let (zone, now) = (desk.audited.zone(), desk.audited.now);
    let today = zone.date(now);
    let mut why = Vec::new();
    if let Some(at) = deal.waits {
        let at = wording::moment_near(zone.datetime(at), zone.datetime(now), words.0);
        why.push(words.say("calls-waits", &[("at", Said::Text(at.into()))]));
    }
    if deal.task.is_some_and(|(due, _)| due < now) {
        why.push(words.text("calls-overdue"));
    }
    if deal.hangs {
        why.push(words.text("calls-hangs"));
    }
    if deal.attempt.is_some_and(|at| zone.date(at) == today) {
        why.push(words.text("calls-tried"));
    } else if let Some(at) = deal.contact {
        let days = zone.date(at).until(today).map_or(0, |span| span.get_days());
        if days > 0 {
            why.push(words.count("calls-silent", days.unsigned_abs() as usize));
        }
    }
    if deal.price.is_none() {
        why.push(words.text("calls-no-price"));
    }
    why.join(" · ")
}
