//! The rows of the timeline: what happened, what was found, decided and looked at, in one order, with
//! days and silences between.

use app::Instant;
use app::life::exempt::Kept;
use app::life::seen::Seen;
use app::reviews::Case;
use history::{Kind, Record};
use jiff::civil::Date;
use wording::{Value, duration, one_line, working_duration};
use worktime::Clock;

use super::super::address::{self, with};
use super::super::finding::Teller;
use super::bands::Cell;
use super::hours;

/// Characters of a text before it is folded, and in all.
const SHORT: usize = 160;
const LONG: usize = 10_000;
/// A silence that is worth a row.
const SILENCE: Instant = 24 * 3_600_000;

/// An event, owned.
pub(super) struct Happened {
    /// Its number in the company, by which addresses name it.
    pub number: i64,
    pub key: String,
    pub at: Instant,
    pub kind: Option<Kind>,
    pub actor: String,
    pub employee: String,
    stage: String,
    field: String,
    text: String,
    channel: String,
    due: Option<Instant>,
    amount: Option<f64>,
}

impl Happened {
    pub fn of(number: i64, key: &str, record: &Record<'_>) -> Happened {
        Happened {
            number,
            key: key.to_owned(),
            at: record.at,
            kind: record.kind,
            actor: record.actor.to_owned(),
            employee: record.employee.to_owned(),
            stage: record.stage.to_owned(),
            field: record.field.to_owned(),
            text: record.text.to_owned(),
            channel: record.channel.to_owned(),
            due: record.due,
            amount: record.amount,
        }
    }
}

/// What a row is, which says how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    Day,
    Silence,
    Event,
    Found,
    /// What quality control decided or looked at.
    Control,
    /// The form for a new finding.
    Form,
    /// The end: now.
    Now,
}

/// A row of the timeline.
pub(super) struct Row {
    pub at: Instant,
    pub sort: Sort,
    /// Its place on the page; empty: nothing leads here.
    pub id: String,
    /// Besides what its sort says: a severity, or `turn`.
    pub class: &'static str,
    /// The bands that begin at it.
    pub bands: Vec<Cell>,
    pub time: String,
    /// Whether it lies outside working hours.
    pub off: bool,
    /// What happened.
    pub what: String,
    /// By whom, to what.
    pub more: String,
    /// What was said; the whole of it is folded.
    pub text: String,
    pub folded: String,
    /// The page of what was found; empty: none.
    pub href: String,
    /// Hours drawn to scale; empty: none.
    pub drawn: String,
    /// The event's number; 0: no event.
    pub number: i64,
    /// Where a finding may be added to it; empty: it may not.
    pub add: String,
    /// Whether the stage, or the responsible, changes with it.
    pub turns: (bool, bool),
}

impl Row {
    pub fn new(at: Instant, sort: Sort) -> Row {
        Row {
            at,
            sort,
            id: String::new(),
            class: "",
            bands: Vec::new(),
            time: String::new(),
            off: false,
            what: String::new(),
            more: String::new(),
            text: String::new(),
            folded: String::new(),
            href: String::new(),
            drawn: String::new(),
            number: 0,
            add: String::new(),
            turns: (false, false),
        }
    }

    /// Its class.
    pub fn classes(&self) -> String {
        let sort = match self.sort {
            Sort::Day => "day",
            Sort::Silence => "silence",
            Sort::Event => "event",
            Sort::Found => "found",
            Sort::Control => "control",
            Sort::Form => "form-row",
            Sort::Now => "now",
        };
        let off = if self.off { "off" } else { "" };
        let all = [sort, self.class, off].into_iter();
        all.filter(|class| !class.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub fn is_day(&self) -> bool {
        self.sort == Sort::Day
    }

    pub fn is_silence(&self) -> bool {
        self.sort == Sort::Silence
    }

    pub fn is_form(&self) -> bool {
        self.sort == Sort::Form
    }

    /// The class of its mark on the drawing of its day; none: it has no mark.
    fn mark(&self) -> Option<&'static str> {
        match self.sort {
            Sort::Event => Some("mark"),
            Sort::Found => Some(self.class),
            _ => None,
        }
    }

    fn said(self, text: &str) -> Row {
        let whole = one_line(text, LONG);
        match whole.chars().count() > SHORT {
            true => Row {
                text: one_line(&whole, SHORT),
                folded: whole,
                ..self
            },
            false => Row {
                text: whole,
                ..self
            },
        }
    }
}

/// An event of a deal. `add` is where findings are added, empty where they may not be.
pub(super) fn happened(teller: &Teller<'_>, event: &Happened, add: &str) -> Row {
    let words = teller.words;
    let mut more = about(teller, event);
    // What came from outside came to somebody.
    let who = match event.actor.as_str() {
        "" => match teller.employee(&event.employee) {
            name if name.is_empty() => name,
            name => format!("→ {name}"),
        },
        actor => teller.employee(actor),
    };
    if event.kind != Some(Kind::ResponsibleChanged) {
        more.push(who);
    }
    more.retain(|part| !part.is_empty());
    let begins = event.kind == Some(Kind::Created);
    let turns = (
        begins || event.kind == Some(Kind::StageChanged),
        begins || event.kind == Some(Kind::ResponsibleChanged),
    );
    let number = event.number.to_string();
    Row {
        id: format!("e-{number}"),
        class: if turns.0 || turns.1 { "turn" } else { "" },
        what: words.text(&format!("kind-{}", event.kind.map_or("", Kind::as_str))),
        more: more.join(" · "),
        number: event.number,
        add: match add {
            "" => String::new(),
            page => format!("{}#add", with(page, &[("event", &number), ("add", "yes")])),
        },
        turns,
        ..Row::new(event.at, Sort::Event)
    }
    .said(&event.text)
}

/// What an event is about, by its kind.
fn about(teller: &Teller<'_>, event: &Happened) -> Vec<String> {
    let words = teller.words;
    let channel = one_line(&event.channel, 40);
    match event.kind {
        Some(Kind::Created) => vec![teller.stage(&event.stage), channel],
        Some(Kind::StageChanged) => vec![teller.stage(&event.stage)],
        Some(Kind::ResponsibleChanged) => match teller.employee(&event.employee) {
            name if name.is_empty() => vec![words.text("deal-nobody")],
            name => vec![name],
        },
        Some(Kind::FieldSet | Kind::LossReasonSet) => vec![one_line(&event.field, 80)],
        Some(Kind::PriceSet | Kind::Payment) => {
            let hundredths = event.amount.map(|amount| (amount * 100.0).round() as i64);
            hundredths
                .map(|sum| teller.money(sum))
                .into_iter()
                .collect()
        }
        Some(Kind::CallIn | Kind::CallOut) => {
            let talked = event.amount.unwrap_or(0.0) * 1000.0;
            let talked = match talked > 0.0 {
                true => duration(talked as i64, words.0),
                false => words.text("deal-no-answer"),
            };
            vec![talked, channel]
        }
        Some(Kind::TaskAdded | Kind::TaskMoved) => {
            let due = event.due.map(|due| teller.moment(due));
            let due = due.map(|due| words.say("deal-due", &[("at", due.into())]));
            [due.unwrap_or_default(), channel].into()
        }
        _ => vec![channel],
    }
}

/// A finding at the instant of its breach, with how long it lasted.
pub(super) fn found(teller: &Teller<'_>, seen: &Seen) -> Row {
    let (words, row) = (teller.words, &seen.finding);
    let shown = teller.finding(seen);
    let end = ends(seen);
    let clock = teller.office.clock(&row.employee);
    let length = working_duration(clock.work(row.at, end.unwrap_or(teller.now)), words.0);
    let by_hand = seen.hand.is_some();
    let lasted = match end {
        Some(until) => words.say(
            "deal-lasted",
            &[
                ("length", length.into()),
                ("until", teller.moment(until).into()),
            ],
        ),
        None if by_hand => words.text("deal-by-hand"),
        None => words.say("deal-lasts", &[("length", length.into())]),
    };
    let sign = words.word("sign", shown.severity);
    let severity = words.word("severity", shown.severity);
    let parts = [
        format!("{sign} {severity}"),
        if by_hand { shown.rule } else { String::new() },
        shown.state,
        shown.employee,
        lasted,
        shown.note,
    ];
    Row {
        id: format!("f-{}", row.id),
        class: shown.severity,
        what: shown.message,
        more: parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        text: shown.recommendation,
        href: shown.href,
        ..Row::new(row.at, Sort::Found)
    }
}

/// When a finding ended; none: it lasts, or has nothing to cure.
pub(super) fn ends(seen: &Seen) -> Option<Instant> {
    seen.finding.until.or(seen.life.marked)
}

/// A decision not to pay attention, where it begins to hold.
pub(super) fn exempted(teller: &Teller<'_>, kept: &Kept) -> Row {
    let words = teller.words;
    let until = kept
        .ended_at
        .map_or(kept.until, |ended| ended.min(kept.until));
    let rule = match kept.rule.as_str() {
        "" => words.text("exemption-any"),
        rule => teller.rule(rule),
    };
    let said = [
        ("rule", rule.into()),
        ("until", teller.moment(until).into()),
    ];
    let row = Row {
        what: words.text("deal-exempted"),
        more: words.say("deal-exempted-what", &said),
        href: address::exemption(&kept.id),
        ..Row::new(kept.from, Sort::Control)
    };
    row.said(&kept.reason)
}

/// That quality control looked at the deal.
pub(super) fn reviewed(teller: &Teller<'_>, case: &Case, reviewer: &str) -> Row {
    let words = teller.words;
    let what = match case.outcome {
        None => words.text("deal-review-now"),
        Some(outcome) => words.word("review-was", outcome.as_str()),
    };
    let spent = duration(case.row.spent_ms, words.0);
    let more = match case.outcome {
        None => one_line(reviewer, 60),
        Some(_) => format!("{} · {spent}", one_line(reviewer, 60)),
    };
    Row {
        what,
        more,
        ..Row::new(case.row.started_at, Sort::Control)
    }
}

/// Puts the hour to each row, and days and silences between them.
pub(super) fn spaced(teller: &Teller<'_>, clock: &Clock, rows: Vec<Row>) -> Vec<Row> {
    let zone = &teller.version().zone;
    let mut spaced: Vec<Row> = Vec::with_capacity(rows.len() + rows.len() / 4);
    let mut before: Option<Instant> = None;
    let marks: Vec<(Date, Instant, &'static str)> = rows
        .iter()
        .filter_map(|row| Some((zone.date(row.at), row.at, row.mark()?)))
        .collect();
    for mut row in rows {
        let local = zone.datetime(row.at);
        row.time = format!("{:02}:{:02}", local.hour(), local.minute());
        row.off = !clock.is_working(row.at);
        if row.sort == Sort::Form {
            (row.time, row.off) = (String::new(), false);
        }
        if let Some(before) = before.filter(|before| row.at - before >= SILENCE) {
            spaced.push(silence(teller, clock, before, row.at));
        }
        if before.is_none_or(|before| zone.date(before) != local.date()) {
            let of_day = marks.iter().filter(|(date, ..)| *date == local.date());
            let of_day: Vec<_> = of_day.map(|(_, at, class)| (*at, *class)).collect();
            spaced.push(day(teller, clock, row.at, &of_day));
        }
        before = Some(row.at);
        spaced.push(row);
    }
    spaced
}

fn day(teller: &Teller<'_>, clock: &Clock, at: Instant, marks: &[(Instant, &'static str)]) -> Row {
    let (words, zone) = (teller.words, &teller.version().zone);
    let local = zone.datetime(at);
    let (drawn, told) = hours::day(clock, zone, (local.date(), marks), words);
    // A moment without its time.
    let moment = wording::moment(local, words.0);
    let day = moment.rsplit_once(',').map_or("", |(day, _)| day);
    Row {
        what: day.to_owned(),
        more: told,
        drawn,
        ..Row::new(at, Sort::Day)
    }
}

fn silence(teller: &Teller<'_>, clock: &Clock, from: Instant, to: Instant) -> Row {
    let words = teller.words;
    let args = [
        ("length", Value::Text(duration(to - from, words.0).into())),
        (
            "work",
            working_duration(clock.work(from, to), words.0).into(),
        ),
    ];
    Row {
        what: words.say("deal-silence", &args),
        drawn: hours::silence(clock, &teller.version().zone, from, to),
        ..Row::new(from, Sort::Silence)
    }
}
