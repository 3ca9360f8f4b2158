//! The words of what is told at once.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use audit::regulation::Severity;
use notes::{AtOnce, Letter, Of, Site, Told};
use serde_json::{Value, json};
use store::tellings::Telling;

use super::sent::To;
use crate::audits::Audit;
use crate::permissions::Access;
use crate::telling::people::Reader;
use crate::telling::said::Said;

/// How many findings a message to a person names; the rest it counts.
const NAMED: usize = 5;

/// A message.
pub(super) struct Written {
    pub kind: &'static str,
    /// What the inbox keeps of it; of a chat, which has none, nothing.
    pub payload: Value,
    pub letter: Letter,
}

type Found<'a> = (&'a Telling, live::Standing<'a>);

impl Written {
    /// The message about some findings.
    pub fn of(to: To<'_>, audit: &Audit, tellings: &[&Telling], site: Site<'_>) -> Written {
        let found = sorted(audit, tellings);
        let reader = to.reader();
        match to {
            To::Person(_) => {
                let message = message(reader, audit, &found, NAMED);
                let letter = message.letter(reader.lang, site);
                let (kind, payload) = kept(audit, &found, &message);
                Written {
                    kind,
                    payload,
                    letter,
                }
            }
            To::Chat(_, names) => {
                let message = message(reader, audit, &found, usize::MAX);
                Written {
                    kind: "findings.chat",
                    payload: Value::Null,
                    letter: notes::chat_at_once(&message, names, reader.lang, site),
                }
            }
        }
    }
}

/// The findings as they stand, the gravest first, of these the dearest, then the oldest.
fn sorted<'a>(audit: &'a Audit, tellings: &[&'a Telling]) -> Vec<Found<'a>> {
    let live = audit.live();
    let mut found: Vec<Found<'a>> = tellings
        .iter()
        .filter_map(|telling| {
            let number = live.kept().number(&telling.finding)?;
            Some((*telling, live.stands(number)?))
        })
        .collect();
    found.sort_by_cached_key(|(telling, standing)| {
        let finding = standing.finding;
        let amount = Reverse(finding.amount.unwrap_or(0));
        let severity: Severity = standing.severity;
        (
            Reverse(severity),
            amount,
            finding.at,
            telling.finding.clone(),
        )
    });
    found
}

/// The facts of the message; it names at most `most`.
fn message(reader: &Reader, audit: &Audit, found: &[Found<'_>], most: usize) -> AtOnce {
    let said = Said::new(audit, reader.lang);
    let history = audit.live().history();
    let people: BTreeSet<&str> = found
        .iter()
        .map(|(_, standing)| history.people.ids.get(standing.finding.employee.0))
        .collect();
    let own = people.iter().all(|one| *one == reader.employee) && !reader.employee.is_empty();
    let told = found.iter().take(most).map(|(telling, standing)| {
        let finding = standing.finding;
        let employee = history.people.ids.get(finding.employee.0);
        Told {
            finding: telling.finding.clone(),
            deal: said.deal(history.deals.get(finding.deal.0)),
            person: match employee == reader.employee {
                true => String::new(),
                false => said.employee(employee),
            },
            instead_of: said.employee(&telling.instead_of),
            text: said.message(finding),
            rule: said.rule(standing.rule),
            severity: standing.severity.as_str().to_owned(),
            link: format!("/findings/{}", telling.finding),
        }
    });
    AtOnce {
        of: if own { Of::Own } else { Of::Others },
        told: told.collect(),
        count: found.len() as u64,
        link: match reader.access {
            _ if own => "/mine",
            Access::Lead => "/group",
            _ => "/findings?open=yes",
        }
        .to_owned(),
    }
}

/// The kind of the message, and what the inbox keeps of it.
fn kept(audit: &Audit, found: &[Found<'_>], message: &AtOnce) -> (&'static str, Value) {
    let history = audit.live().history();
    match (found, message.told.as_slice()) {
        ([(_, standing)], [one]) => {
            let payload = json!({
                "finding": one.finding,
                "rule": standing.rule,
                "severity": one.severity,
                "deal": history.deals.get(standing.finding.deal.0),
                "employee": history.people.ids.get(standing.finding.employee.0),
            });
            ("finding.raised", payload)
        }
        _ => {
            let named = message.told.iter().map(|one| one.finding.as_str());
            let named: Vec<&str> = named.collect();
            let payload = json!({ "findings": named, "count": message.count });
            ("findings.raised", payload)
        }
    }
}
