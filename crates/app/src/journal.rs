//! The journal: who did what, for good. Every change notes itself in its own transaction.

use history::Instant;
use serde_json::{Map, Value, json};
use store::journal::{self, NewLine};
pub use store::journal::{Filter, Line};
use store::{Connection, Store};

use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::Deed;

/// Every deed that is noted, so that none is without words on a page.
pub const ACTIONS: &[&str] = &[
    "address.cut",
    "address.link",
    "chat.change",
    "chat.cut",
    "chat.link",
    "check.decide",
    "check.moot",
    "check.open",
    "company.add",
    "company.change",
    "company.import",
    "company.set_up",
    "employee.absence",
    "employee.absences",
    "employee.membership",
    "employee.memberships",
    "employee.set",
    "exemption.end",
    "exemption.make",
    "finding.acknowledge",
    "finding.cure",
    "finding.decide",
    "finding.dispute",
    "finding.exempt",
    "finding.make",
    "finding.pass_on",
    "finding.reopen",
    "finding.tell",
    "finding.undo",
    "goal.end",
    "goal.set",
    "group.set",
    "job.drop",
    "job.drop_waiting",
    "job.retry",
    "pause.end",
    "pause.make",
    "person.change",
    "person.invite",
    "person.join",
    "person.link",
    "person.log_out_elsewhere",
    "person.password",
    "person.recover",
    "regulation.add",
    "regulation.withdraw",
    "report.edit",
    "report.make",
    "report.retry",
    "report.send",
    "review.finish",
    "rule.fall",
    "rule.restore",
    "rule.rule",
    "settings.change",
    "tables.replace",
    "token.make",
    "token.revoke",
    "webhook.add",
    "webhook.off",
];

/// What is noted.
#[derive(Clone, Debug)]
pub struct Note {
    action: &'static str,
    object: String,
    details: Map<String, Value>,
}

impl Note {
    /// That something was done, such as `person.invite`, to an object, such as `person:ID`.
    pub fn new(action: &'static str, kind: &str, id: &str) -> Note {
        Note {
            action,
            object: format!("{kind}:{id}"),
            details: Map::new(),
        }
    }

    /// With a detail. Never a secret.
    pub fn with(mut self, key: &str, value: &str) -> Note {
        self.details.insert(key.to_string(), value.into());
        self
    }

    /// With a detail, where it says anything. Never a secret.
    pub fn some(self, key: &str, value: &str) -> Note {
        match value {
            "" => self,
            value => self.with(key, value),
        }
    }

    /// With a value that became another; nothing where it stayed.
    pub fn change(mut self, key: &str, old: &str, new: &str) -> Note {
        if old != new {
            let change = json!({ "from": old, "to": new });
            self.details.insert(key.to_string(), change);
        }
        self
    }
}

/// Notes what a person did in a company.
pub async fn note(
    conn: &mut Connection,
    company: &str,
    person: &str,
    note: Note,
    now: Instant,
) -> Result<(), Error> {
    let details = Value::Object(note.details).to_string();
    let line = NewLine {
        at: now,
        actor: person,
        action: note.action,
        object: &note.object,
        details: &details,
    };
    journal::add(conn, company, line).await?;
    Ok(())
}

/// Lines of the company's journal, the latest first, behind the instant and id of the last one
/// seen; only those of the filter. Who may not see findings learns that something was done with
/// one, and no more.
pub async fn lines(
    store: &Store,
    actor: &Actor,
    filter: Filter<'_>,
    after: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    actor.reach(Deed::SeeJournal)?;
    let mut reader = store.reader().await?;
    let mut lines = journal::page(&mut reader, &actor.company, filter, after, limit).await?;
    if actor.reach(Deed::SeeFindings).is_err() {
        for line in lines.iter_mut().filter(|line| is_about_findings(line)) {
            line.details = "{}".to_owned();
        }
    }
    Ok(lines)
}

fn is_about_findings(line: &Line) -> bool {
    let kinds = [
        "finding.",
        "check.",
        "exemption.",
        "rule.",
        "goal.",
        "review.",
    ];
    kinds.iter().any(|kind| line.action.starts_with(kind))
}
