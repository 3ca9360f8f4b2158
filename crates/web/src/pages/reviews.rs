//! «Какую сделку посмотреть?»: the queue of quality control. A deal is taken, looked at on its own
//! page, and finished; the next one comes by the same rule.

use app::reviews::choose::Order;
use app::reviews::work::{self, Busy, Finish, LONGEST, Queue, Share, Waiting, Wanted};
use app::reviews::{Case, Outcome};
use app::{Actor, Error};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{Response, StatusCode};
use axum::response::Redirect;
use axum::routing::{get, post};
use serde::Deserialize;
use wording::duration;

use super::address::{self, with};
use super::finding::Teller;
use super::numbered::Pages;
use super::table::{Cell, Download, Row, Table, Value};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Deals on one page.
const SHOWN: usize = 20;
const PATH: &str = "/queue/deals";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(list).post(take))
        .route("/queue/reviews/{id}", post(finish))
}

/// The case that the reader has in hand, or the way to take one; for the deal's own page, too.
pub(super) struct InHand {
    /// The case; empty: none is in hand.
    pub id: String,
    /// Its deal, or the one that may be taken.
    pub deal: String,
    pub title: String,
    pub href: String,
    /// Since when and for how long.
    pub since: String,
    /// Findings made on the way.
    pub found: String,
    /// What finishing it is called.
    pub finish: String,
    /// Whether it was in hand for so long that the minutes have to be said.
    pub long: bool,
    pub fault: String,
    /// Whether it is this very deal.
    pub here: bool,
}

impl InHand {
    fn of_case(teller: &Teller<'_>, case: &Case, refused: &str) -> InHand {
        let (words, row) = (teller.words, &case.row);
        let passed = (teller.now - row.started_at).max(0);
        let (title, href) = teller.deal(&row.subject);
        let args = [
            ("at", teller.moment(row.started_at).into()),
            ("length", duration(passed, words.0).into()),
        ];
        let found = usize::try_from(row.found).unwrap_or(0);
        InHand {
            id: row.id.clone(),
            deal: row.subject.clone(),
            title,
            href,
            since: words.say("review-since", &args),
            found: words.count("review-found-so-far", found),
            finish: match found {
                0 => words.text("review-do-clean"),
                found => words.count("review-do-found", found),
            },
            long: passed > LONGEST,
            fault: match refused {
                "minutes" => words.text("review-minutes-fault"),
                _ => String::new(),
            },
            here: true,
        }
    }

    /// What a deal's page offers: finishing it, going on with another one, or taking it; none: the
    /// reader does not look at deals for quality control.
    pub async fn of_deal(
        state: &AppState,
        member: &Member,
        teller: &Teller<'_>,
        deal: &str,
        refused: &str,
    ) -> Result<Option<InHand>, Problem> {
        let case = match work::in_hand(&state.store, &member.actor).await {
            Ok(case) => case,
            Err(Error::Denied(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(match case {
            Some(case) => InHand {
                here: case.row.subject == deal,
                ..InHand::of_case(teller, &case, refused)
            },
            None => InHand {
                id: String::new(),
                deal: deal.to_owned(),
                title: String::new(),
                href: String::new(),
                since: String::new(),
                found: String::new(),
                finish: String::new(),
                long: false,
                fault: String::new(),
                here: true,
            },
        }))
    }
}

/// A deal that waits.
struct Item {
    deal: String,
    title: String,
    href: String,
    employee: String,
    stage: String,
    money: String,
    last: String,
}

/// A way to another order.
struct Choice {
    href: String,
    label: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "reviews.html")]
struct QueuePage {
    page: Page,
    told: String,
    refused: bool,
    in_hand: Option<InHand>,
    orders: Vec<Choice>,
    order: &'static str,
    /// The rule of the order, in words.
    rule: String,
    /// Whose deals alone are shown; empty: everybody's.
    whose: String,
    employee: String,
    count: String,
    zone: String,
    items: Vec<Item>,
    pages: Pages,
    shares: Table,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    order: String,
    employee: String,
    page: usize,
    /// What came of the case that was just finished, and its deal.
    done: String,
    deal: String,
    refused: String,
    #[serde(flatten)]
    download: Download,
}

fn order(word: &str) -> Order {
    Order::parse(word).unwrap_or_default()
}

/// The queue in an order; the usual one needs no word.
fn path(order: Order, employee: &str) -> String {
    let order = match order {
        Order::People => "",
        other => other.as_str(),
    };
    with(PATH, &[("order", order), ("employee", employee)])
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let case = work::in_hand(&state.store, actor).await?;
    let loaded = Loaded::of(&state, actor).await?;
    let teller = Teller::new(&loaded, &member, now);
    let order = order(&asked.order);
    let wanted = Wanted {
        order,
        employee: &asked.employee,
    };
    let queue = work::queue(&state.store, actor, teller.office, wanted, now).await?;
    let shares = shares(&member, &teller, &queue.people);
    if let Some(file) = asked.download.answer(words, &[&shares])? {
        return Ok(file);
    }
    let pages = Pages::of(
        path(order, &asked.employee),
        asked.page,
        queue.waiting.len(),
        SHOWN,
    );
    let (told, refused) = told(&teller, &asked);
    let shown = QueuePage {
        page: member.page(words.text("reviews-title")),
        told,
        refused,
        in_hand: case.map(|case| InHand::of_case(&teller, &case, "")),
        orders: orders(words, order, &asked.employee),
        order: order.as_str(),
        rule: words.word("reviews-rule", order.as_str()),
        whose: teller.employee(&asked.employee),
        count: count(&teller, &queue),
        zone: teller.version().zone.name().to_owned(),
        items: pages
            .part(&queue.waiting)
            .map(|one| item(&teller, one))
            .collect(),
        employee: asked.employee,
        pages,
        shares,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn orders(words: Words, chosen: Order, employee: &str) -> Vec<Choice> {
    let all = Order::ALL.iter().map(|order| Choice {
        href: path(*order, employee),
        label: words.word("reviews-order", order.as_str()),
        here: *order == chosen,
    });
    all.collect()
}

fn count(teller: &Teller<'_>, queue: &Queue) -> String {
    teller.words.count("reviews-count", queue.waiting.len())
}

/// What was just done, and whether it could not be.
fn told(teller: &Teller<'_>, asked: &Asked) -> (String, bool) {
    let words = teller.words;
    if let Some(outcome) = Outcome::parse(&asked.done) {
        let deal = teller.deal(&asked.deal).0;
        let id = match outcome {
            Outcome::Clean => "reviews-told-clean",
            Outcome::Found => "reviews-told-found",
            Outcome::PutBack => "reviews-told-put-back",
        };
        let said = words.say(id, &[("deal", deal.into())]);
        return (said, false);
    }
    match asked.refused.as_str() {
        word @ ("with-another" | "in-hand" | "own") => (words.word("reviews-refused", word), true),
        _ => (String::new(), false),
    }
}

fn item(teller: &Teller<'_>, one: &Waiting) -> Item {
    let (title, href) = teller.deal(&one.deal);
    let moment = |id: &str, at| teller.words.say(id, &[("at", teller.moment(at).into())]);
    Item {
        deal: one.deal.clone(),
        title,
        href,
        employee: teller.employee(&one.employee),
        stage: teller.stage(&one.stage),
        money: one
            .price
            .map(|price| teller.money(price))
            .unwrap_or_default(),
        last: match one.lost_at {
            Some(at) => moment("reviews-lost", at),
            None => teller.moment(one.last_at),
        },
    }
}

/// How much of whose work was looked at.
fn shares(member: &Member, teller: &Teller<'_>, people: &[Share]) -> Table {
    let words = teller.words;
    let mut table = Table::new(member, "shares", words.text("reviews-shares"))
        .column(words.text("reviews-col-employee"))
        .number(words.text("reviews-col-looked"))
        .number(words.text("reviews-col-deals"))
        .number(words.text("reviews-col-share"))
        .number(words.text("reviews-col-waiting"));
    for one in people {
        let done = with(
            "/queue/done",
            &[("employee", &one.employee), ("lately", "yes")],
        );
        let count = |count| Cell::from(Value::Count(count));
        let part = match one.deals {
            0 => 0.0,
            deals => one.looked as f64 / deals as f64,
        };
        table.push(Row::of(vec![
            Cell::text(teller.employee(&one.employee)),
            count(one.looked).to(if one.looked > 0 { done } else { String::new() }),
            count(one.deals),
            Cell::from(Value::share(one.looked, one.deals)).bar(part),
            count(one.waiting).to(path(Order::People, &one.employee)),
        ]));
    }
    table
}

#[derive(Deserialize)]
struct Taking {
    form_token: String,
    deal: String,
    #[serde(default)]
    order: String,
}

/// Takes a deal and goes to its page.
async fn take(
    State(state): State<AppState>,
    member: Member,
    Form(form): Form<Taking>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let (actor, now) = (&member.actor, state.now());
    let loaded = Loaded::of(&state, actor).await?;
    let asked = (form.deal.as_str(), Order::parse(&form.order));
    let taken = work::take(&state.store, actor, loaded.office(), asked, now).await?;
    let to = match taken {
        Ok(_) => address::deal(&form.deal),
        Err(busy) => refused(busy),
    };
    Ok(Redirect::to(&to))
}

fn refused(busy: Busy) -> String {
    let word = match busy {
        Busy::WithAnother => "with-another",
        Busy::InHand => "in-hand",
        Busy::Own => "own",
    };
    with(PATH, &[("refused", word)])
}

#[derive(Deserialize)]
struct Finishing {
    form_token: String,
    /// `done`, `next` or `back`.
    r#do: String,
    /// The deal, to go back to where something is missing.
    deal: String,
    #[serde(default)]
    minutes: String,
}

/// Finishes a case; with `next` the next one of the same order is taken at once.
async fn finish(
    State(state): State<AppState>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<Finishing>,
) -> Result<Redirect, Problem> {
    member.visitor.check(&form.form_token)?;
    let (actor, now) = (&member.actor, state.now());
    let minutes = match form.minutes.trim() {
        "" => None,
        // What is no number is no number of minutes either.
        text => Some(text.parse().unwrap_or(-1)),
    };
    let asked = Finish {
        put_back: form.r#do == "back",
        minutes,
    };
    let case = match work::finish(&state.store, actor, (&id, asked), now).await {
        Ok(case) => case,
        Err(Error::Invalid(_)) => {
            let to = with(&address::deal(&form.deal), &[("refused", "minutes")]);
            return Ok(Redirect::to(&to));
        }
        Err(error) => return Err(error.into()),
    };
    let order = Order::parse(&case.row.chosen).unwrap_or_default();
    if form.r#do == "next"
        && let Some(to) = next(&state, actor, order).await?
    {
        return Ok(Redirect::to(&to));
    }
    let outcome = case.outcome.map_or("", Outcome::as_str);
    let done = [("done", outcome), ("deal", case.row.subject.as_str())];
    Ok(Redirect::to(&with(&path(order, ""), &done)))
}

/// Takes the first deal of the queue; its page, or none: there is nothing more.
async fn next(state: &AppState, actor: &Actor, order: Order) -> Result<Option<String>, Problem> {
    let now = state.now();
    let loaded = Loaded::of(state, actor).await?;
    let (store, office) = (&state.store, loaded.office());
    let wanted = Wanted {
        order,
        employee: "",
    };
    let queue = work::queue(store, actor, office, wanted, now).await?;
    // Somebody else may have taken it this very moment.
    for first in queue.waiting.iter().take(3) {
        let asked = (first.deal.as_str(), Some(order));
        if work::take(store, actor, office, asked, now).await?.is_ok() {
            return Ok(Some(address::deal(&first.deal)));
        }
    }
    Ok(None)
}
