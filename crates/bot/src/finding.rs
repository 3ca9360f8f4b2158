//! A finding as the bot shows it.

use app::audits::Audit;
use app::life::decision::{Cause, MoveKind};
use app::life::seen::Seen;
use audit::message::Speaker;
use delivery::Button;
use history::DealId;
use wording::{Value, moment_near, one_line};

use crate::{Bot, Words};
use app::Instant;

/// Characters of a foreign text.
const LONG: usize = 1_000;

/// The finding in words: how grave it is, what it is, which deal, until when it may be disputed.
pub(crate) fn told(audit: &Audit, seen: &Seen, words: Words, now: Instant) -> String {
    let live = audit.live();
    let speaker = Speaker::new(live.history(), live.regulation(), words.0);
    let row = &seen.finding;
    let sentence = match (&seen.hand, audit.finding(&row.id)) {
        (Some(hand), _) => one_line(&hand.way.text, LONG),
        (None, Some(judged)) => speaker.message(judged),
        (None, None) => one_line(&row.rule, LONG),
    };
    let severity = words.text(&format!("severity-{}", seen.severity().as_str()));
    let mut lines = vec![words.say(
        "bot-finding",
        &[
            ("severity", Value::Text(severity.into())),
            ("finding", Value::Text(sentence.into())),
        ],
    )];
    if let Some(deal) = live.history().deals.find(&row.deal) {
        lines.push(words.named("bot-deal", &speaker.deal(DealId(deal))));
    }
    if let Some(until) = seen
        .deadline
        .filter(|_| seen.allowed.contains(&MoveKind::Dispute))
    {
        let zone = &live.regulation().latest().zone;
        let until = moment_near(zone.datetime(until), zone.datetime(now), words.0);
        lines.push(words.say("bot-deadline", &[("at", Value::Text(until.into()))]));
    }
    lines.join("\n")
}

/// The buttons for what may be done with a finding now.
pub(crate) fn buttons(seen: &Seen, words: Words) -> Vec<Vec<Button>> {
    let id = &seen.finding.id;
    let button = |word: &str, what: &str| Button {
        text: words.text(word),
        data: format!("{what}:{id}"),
    };
    let can = |kind| seen.allowed.contains(&kind);
    let mut row = Vec::new();
    if can(MoveKind::Acknowledge) {
        if seen.life.acknowledged.is_none() {
            row.push(button("bot-ack", "ack"));
        }
        row.push(button("bot-cause", "cause"));
    }
    let dispute = can(MoveKind::Dispute).then(|| vec![button("bot-dispute", "dispute")]);
    let rows = [row].into_iter().filter(|row| !row.is_empty());
    rows.chain(dispute).collect()
}

/// The buttons of every cause, two in a row.
pub(crate) fn causes(finding: &str, words: Words) -> Vec<Vec<Button>> {
    let button = |(at, cause): (usize, &Cause)| Button {
        text: words.word("bot-cause", cause.as_str()),
        data: format!("c{at}:{finding}"),
    };
    let all: Vec<Button> = Cause::ALL.iter().enumerate().map(button).collect();
    all.chunks(2).map(<[Button]>::to_vec).collect()
}

impl Bot {
    /// The words with the way to the finding's page, where somebody said where the program is.
    pub(crate) fn with_way(&self, words: String, path: &str) -> String {
        match self.origin.is_empty() {
            true => words,
            false => format!("{words}\n{}{path}", self.origin),
        }
    }
}
