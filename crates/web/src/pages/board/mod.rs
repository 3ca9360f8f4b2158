//! «Как мы работаем?»: the company, its groups and people in a week or month, what is found most
//! often and where, what was lost and what hangs, and what decisions leave out. Every number leads to
//! the list that it counts.

mod bars;
mod hung;
mod rows;

use ::figures::View;
use app::figures::Figures;
use app::overview::{self, Overview};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use wording::{Lang, Value, integer, one_line, percent};

use super::light::{Light, Whose};
use super::lists::Lists;
use super::names::Names;
use super::period::{Asked, Chooser};
use super::table::{Cell, Download, Table, Value as Shown};
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;
use bars::Shares;
use rows::Rows;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/board", get(board))
}

/// A number, and the list that it counts; no address: nothing that the reader may open.
struct Number {
    text: String,
    href: String,
}

/// What decisions leave out, and how much.
struct LeftOut {
    what: String,
    number: Number,
    note: String,
}

/// The company as a whole.
struct Company {
    light: Light,
    /// How long it has not been green, week by week and month by month.
    runs: [Cell; 2],
    trend: Cell,
    deals: Number,
    /// Remarks, violations, gross ones.
    severities: [Number; 3],
}

/// What the page says about a period.
struct Board {
    chooser: Chooser,
    zone: String,
    /// Why there is nothing to see; empty: there is.
    empty: &'static str,
    company: Company,
    all: Number,
    before: String,
    by_hand: Number,
    money: Number,
    deals: String,
    again: Number,
    again_share: String,
    lost: Cell,
    lost_sum: String,
    hung: hung::Total,
    people: Table,
    hung_stages: Table,
    shares: Shares,
    stages: Shares,
    rules: Shares,
    left_out: Vec<LeftOut>,
}

#[derive(Template)]
#[template(path = "board.html")]
struct BoardPage {
    page: Page,
    board: Board,
}

async fn board(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let read = |overview: &Overview<'_>| Teller::new(overview, &member).board();
    let board = overview::overview(&state.audits, actor, asked.span(), now, read).await?;
    let tables = [
        &board.people,
        &board.hung_stages,
        &board.shares.table,
        &board.stages.table,
        &board.rules.table,
    ];
    if let Some(file) = download.answer(words, &tables)? {
        return Ok(file);
    }
    let page = member.page(words.text("board-title"));
    Ok(show(StatusCode::OK, &BoardPage { page, board }))
}

/// Puts the figures of a period into words for one reader.
struct Teller<'a> {
    overview: &'a Overview<'a>,
    member: &'a Member,
    names: Names<'a>,
    words: Words,
    lang: Lang,
    lists: Lists,
}

impl<'a> Teller<'a> {
    fn new(overview: &'a Overview<'a>, member: &'a Member) -> Teller<'a> {
        let words = member.words();
        Teller {
            names: Names::of(&overview.figures.audited, words.0),
            lists: Lists::of(&member.actor),
            lang: words.0,
            overview,
            member,
            words,
        }
    }

    fn figures(&self) -> &'a Figures<'a> {
        self.overview.figures
    }

    /// The list of a number of findings of the period; empty: there are none, or they are not for
    /// these eyes.
    fn list(&self, count: u64, part: &str, parameters: &[(&str, &str)]) -> String {
        match count {
            0 => String::new(),
            _ => self.lists.findings(self.figures().span, part, parameters),
        }
    }

    /// A list of deals of the period; empty: not for these eyes.
    fn deals(&self, parameters: &[(&str, &str)]) -> String {
        self.lists.deals(self.figures().span, parameters)
    }

    /// A number of findings, and the list of them.
    fn number(&self, count: u64, part: &str, parameters: &[(&str, &str)]) -> Number {
        Number {
            text: integer(count as i64, self.lang),
            href: self.list(count, part, parameters),
        }
    }

    fn currency(&self) -> &'a str {
        &self.figures().audited.history.account.currency
    }

    fn money(&self, hundredths: i64) -> String {
        wording::money(hundredths, self.currency(), self.lang)
    }

    fn money_cell(&self, hundredths: i64) -> Cell {
        Shown::Money(hundredths, self.currency().to_owned()).into()
    }

    /// How many there were in the period before; empty: there is no such period.
    fn before(&self, before: Option<u64>) -> String {
        let said = |before: u64| {
            let before = integer(before as i64, self.lang);
            self.words.say("board-before", &[("before", before.into())])
        };
        before.map_or_else(String::new, said)
    }

    fn company(&self, rows: &Rows<'_>) -> Company {
        let tally = rows.tally(Whose::Company);
        let severity = |place: usize, word: &str| {
            let of = [("severity", word)];
            self.number(tally.findings[place], "counted", &of)
        };
        Company {
            light: rows.light(Whose::Company),
            runs: rows.runs(Whose::Company),
            trend: rows.trend(Whose::Company).into(),
            deals: Number {
                text: integer(tally.deals as i64, self.lang),
                href: self.deals(&[("kind", "in_work")]),
            },
            severities: [
                severity(0, "remark"),
                severity(1, "violation"),
                severity(2, "gross"),
            ],
        }
    }

    /// Why there is nothing to see; empty: there is.
    fn empty(&self) -> &'static str {
        let figures = self.figures();
        let is_empty = figures.lights.company.deals == 0
            && figures.counts.all.findings == 0
            && figures.by_hand == [0; 3]
            && figures.left_out.is_empty()
            && self.overview.closed.company.all() == 0;
        match (is_empty, figures.audited.history.deals.is_empty()) {
            (true, true) => "board-empty-company",
            (true, false) => "board-empty",
            (false, _) => "",
        }
    }

    fn again_share(&self) -> String {
        let all = &self.figures().counts.all;
        if all.findings == 0 {
            return String::new();
        }
        let share = percent(all.again as f64 / all.findings as f64, 0, self.lang);
        let of = Value::Count(all.findings as i64);
        let said = [("count", of), ("share", share.into())];
        self.words.say("board-again-of", &said)
    }

    fn board(&self) -> Board {
        let (figures, words) = (self.figures(), self.words);
        let all = &figures.counts.all;
        let rows = Rows::of(self);
        let closed = self.overview.closed.company;
        Board {
            chooser: Chooser::new("/board", &figures.audited, figures.span, words),
            zone: figures.audited.zone().name().to_owned(),
            empty: self.empty(),
            company: self.company(&rows),
            all: self.number(all.findings, "counted", &[]),
            before: self.before(all.before),
            by_hand: self.number(figures.by_hand.iter().sum(), "by_hand", &[]),
            money: Number {
                text: self.money(all.concerned.sum),
                href: self.list(all.findings, "counted", &[]),
            },
            deals: words.count("board-in-deals", all.concerned.deals as usize),
            again: self.number(all.again, "counted", &[("again", "yes")]),
            again_share: self.again_share(),
            lost: rows.closings(closed, ("", "")),
            lost_sum: self.money(closed.lost_sum),
            hung: hung::total(self),
            people: rows.table(),
            hung_stages: hung::table(self),
            shares: bars::people(self),
            stages: bars::stages(self),
            rules: bars::rules(self),
            left_out: self.left_out(),
        }
    }

    fn left_out(&self) -> Vec<LeftOut> {
        let (figures, words) = (self.figures(), self.words);
        let advice = figures.advice.iter().map(|rule| self.names.rule(rule));
        let advice = advice.collect::<Vec<_>>().join(", ");
        let one = |(view, count): (&View, &::figures::Count)| {
            let (what, mut number, note) = match view {
                View::Dismissed => {
                    let number = self.number(count.findings, "dismissed", &[]);
                    (words.text("board-dismissed"), number, String::new())
                }
                View::Advice => {
                    let number = self.number(count.findings, "advice", &[]);
                    (words.text("board-advice"), number, advice.clone())
                }
                View::Exempt(place) => {
                    let exemption = figures.exemptions.get(*place)?;
                    let of = [("exemption", exemption.id.as_str())];
                    let number = self.number(count.findings, "exempt", &of);
                    let reason = one_line(&exemption.reason, 200);
                    (words.text("board-exempt"), number, reason)
                }
                View::Counts(_) | View::Held | View::Withdrawn => return None,
            };
            if *view == View::Advice && !self.lists.advice {
                number.href.clear();
            }
            Some(LeftOut { what, number, note })
        };
        figures.left_out.iter().filter_map(one).collect()
    }
}
