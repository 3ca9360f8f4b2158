//! «Как мы работаем?»: the company, its groups and people in a week or month, what is found most
//! often and where, and what decisions leave out. Every number leads to the list that it counts.

mod bars;
mod period;
mod rows;

use ::figures::View;
use app::figures::{self, Figures};
use app::permissions::{Deed, Reach};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::get;
use wording::{Lang, Value, integer, one_line, percent};

use super::address::with;
use super::light::Whose;
use super::{Member, Page, Words, show};
use crate::extract::Query;
use crate::problem::Problem;
use crate::state::AppState;
use bars::Bar;
use period::{Asked, Chooser};
use rows::{Row, Rows};

/// Characters of a foreign name.
const NAME: usize = 60;

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

/// What the page says about a period.
struct Board {
    chooser: Chooser,
    zone: String,
    /// Why there is nothing to see; empty: there is.
    empty: &'static str,
    company: Row,
    all: Number,
    before: String,
    by_hand: Number,
    money: Number,
    deals: String,
    again: Number,
    again_share: String,
    rows: Vec<Row>,
    stages: Vec<Bar>,
    rules: Vec<Bar>,
    more_rules: String,
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
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let reach = |deed| actor.reach(deed).unwrap_or(Reach::None);
    if reach(Deed::SeeFigures) != Reach::All {
        return Err(app::Error::Denied(Deed::SeeFigures).into());
    }
    let sees = Sees {
        findings: reach(Deed::SeeFindings) == Reach::All,
        advice: reach(Deed::DecideStanding) == Reach::All,
    };
    let read = |figures: &Figures<'_>| Teller::new(figures, words, sees).board();
    let board = figures::figures(&state.audits, actor, asked.span(), now, read).await?;
    let page = member.page(words.text("board-title"));
    Ok(show(StatusCode::OK, &BoardPage { page, board }))
}

/// Which lists the reader may open.
#[derive(Clone, Copy)]
struct Sees {
    findings: bool,
    /// Findings of rules that have fallen to advice, too.
    advice: bool,
}

/// Puts the figures of a period into words for one reader.
struct Teller<'a> {
    figures: &'a Figures<'a>,
    words: Words,
    lang: Lang,
    sees: Sees,
    /// The period as the filter of lists says it.
    from: String,
    to: String,
}

impl<'a> Teller<'a> {
    fn new(figures: &'a Figures<'a>, words: Words, sees: Sees) -> Teller<'a> {
        let (from, to) = figures.span.dates();
        let date =
            |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |d| d.to_string());
        Teller {
            figures,
            words,
            lang: words.0,
            sees,
            from: date(from),
            to: date(to),
        }
    }

    /// A text that leads to a part of the findings of the period.
    fn leading(&self, text: String, part: &str, parameters: &[(&str, &str)]) -> Number {
        let mut all = vec![("figures", part)];
        all.extend(parameters);
        all.extend([("from", self.from.as_str()), ("to", &self.to)]);
        let href = match self.sees.findings {
            true => with("/findings", &all),
            false => String::new(),
        };
        Number { text, href }
    }

    /// A number of findings, and the list of them.
    fn number(&self, count: u64, part: &str, parameters: &[(&str, &str)]) -> Number {
        let mut number = self.leading(integer(count as i64, self.lang), part, parameters);
        if count == 0 {
            number.href.clear();
        }
        number
    }

    fn money(&self, hundredths: i64) -> String {
        let currency = &self.figures.audited.history.account.currency;
        wording::money(hundredths, currency, self.lang)
    }

    /// How many there were in the period before; empty: there is no such period.
    fn before(&self, before: Option<u64>) -> String {
        let said = |before: u64| {
            let before = integer(before as i64, self.lang);
            self.words.say("board-before", &[("before", before.into())])
        };
        before.map_or_else(String::new, said)
    }

    /// What the regulation calls a rule.
    fn rule(&self, rule: &str) -> String {
        let versions = self.figures.audited.regulation.versions().iter().rev();
        let mut entries = versions.flat_map(|version| &version.entries);
        let entry = entries.find(|entry| entry.name == rule);
        one_line(entry.map_or(rule, |entry| entry.title(self.lang)), 80)
    }

    fn board(&self) -> Board {
        let (figures, words) = (self.figures, self.words);
        let all = &figures.counts.all;
        let rows = Rows::of(self);
        let (rules, more) = bars::rules(self);
        let history = figures.audited.history;
        let is_empty = figures.lights.company.deals == 0
            && all.findings == 0
            && figures.by_hand == [0; 3]
            && figures.left_out.is_empty();
        Board {
            chooser: Chooser::new(figures, words),
            zone: figures.audited.zone().name().to_owned(),
            empty: match (is_empty, history.deals.is_empty()) {
                (true, true) => "board-empty-company",
                (true, false) => "board-empty",
                (false, _) => "",
            },
            company: rows.row(Whose::Company),
            all: self.number(all.findings, "counted", &[]),
            before: self.before(all.before),
            by_hand: self.number(figures.by_hand.iter().sum(), "by_hand", &[]),
            money: self.leading(self.money(all.concerned.sum), "counted", &[]),
            deals: words.count("board-in-deals", all.concerned.deals as usize),
            again: self.number(all.again, "counted", &[("again", "yes")]),
            again_share: match all.findings {
                0 => String::new(),
                findings => {
                    let share = all.again as f64 / findings as f64;
                    let of = Value::Count(findings as i64);
                    let share = percent(share, 0, self.lang);
                    words.say("board-again-of", &[("count", of), ("share", share.into())])
                }
            },
            rows: rows.all(),
            stages: bars::stages(self),
            rules,
            more_rules: match more {
                0 => String::new(),
                more => words.count("board-more-rules", more),
            },
            left_out: self.left_out(),
        }
    }

    fn left_out(&self) -> Vec<LeftOut> {
        let (figures, words) = (self.figures, self.words);
        let advice = figures.advice.iter().map(|rule| self.rule(rule));
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
            if *view == View::Advice && !self.sees.advice {
                number.href.clear();
            }
            Some(LeftOut { what, number, note })
        };
        figures.left_out.iter().filter_map(one).collect()
    }
}
