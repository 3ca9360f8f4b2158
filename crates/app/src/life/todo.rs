//! What is still to be done: findings that nobody has settled, the gravest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use audit::regulation::Severity;
use figures::{Concerned, View};
use history::Instant;
use store::Store;
use store::findings::Filter;

use super::finding::State;
use super::office::Office;
use super::seen::{self, Seen};
use crate::actor::Actor;
use crate::error::Error;

/// How many findings are looked at, the latest ones; whoever has more open ones has a question for
/// the rules.
const MOST: usize = 3000;
/// Where findings stand that somebody has to do something about.
const WAITING: [State; 6] = [
    State::New,
    State::Told,
    State::Upheld,
    State::Partly,
    State::Acknowledged,
    State::Disputed,
];

/// What is still to be done, in the order in which to do it: the gravest first, of equally grave
/// ones the one with most money, of equal money the oldest.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Todo {
    /// Nobody has answered these yet.
    pub open: Vec<Seen>,
    /// Acknowledged, but the fault still lasts or nobody has marked it as cured.
    pub acknowledged: Vec<Seen>,
    /// Disputed, and waiting for a judge.
    pub disputed: Vec<Seen>,
}

impl Todo {
    /// The deals that have something to mend, each counted once with its price at its latest
    /// finding.
    pub fn money(&self) -> Concerned {
        let mut deals: BTreeMap<&str, (Instant, i64)> = BTreeMap::new();
        for seen in &self.open {
            if let (finding, Some(amount)) = (&seen.finding, seen.finding.amount) {
                let latest = deals.entry(&finding.deal).or_insert((finding.at, amount));
                *latest = (finding.at, amount).max(*latest);
            }
        }
        let amounts = deals.values().map(|(_, amount)| *amount);
        Concerned {
            deals: deals.len() as u64,
            sum: amounts.fold(0, i64::saturating_add),
        }
    }
}

/// What is still to be done of the findings that somebody may see, narrowed by `filter`. What is
/// exempted or not passed on is nobody's to do.
///
/// # Errors
/// Where the access does not allow it.
pub async fn todo(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    filter: &Filter<'_>,
    now: Instant,
) -> Result<Todo, Error> {
    let filter = Filter {
        standing: Some(true),
        open: Some(true),
        ..filter.clone()
    };
    let mut todo = Todo::default();
    let (mut after, mut read) = (None, 0);
    while read < MOST {
        let paging = (after.as_ref(), MOST - read);
        let page = seen::list(store, actor, office, (&filter, &WAITING), paging, now).await?;
        read += page.findings.len();
        for seen in page.findings {
            if matches!(seen.view, View::Exempt(_) | View::Held) {
                continue;
            }
            match seen.state {
                State::New | State::Told | State::Upheld | State::Partly => todo.open.push(seen),
                State::Acknowledged => todo.acknowledged.push(seen),
                State::Disputed => todo.disputed.push(seen),
                State::Dismissed | State::Cured | State::Withdrawn => {}
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    for list in [&mut todo.open, &mut todo.acknowledged, &mut todo.disputed] {
        list.sort_by_cached_key(order);
    }
    Ok(todo)
}

fn order(seen: &Seen) -> (Reverse<Severity>, Reverse<i64>, Instant, String) {
    let finding = &seen.finding;
    (
        Reverse(seen.severity()),
        Reverse(finding.amount.unwrap_or(0)),
        finding.at,
        finding.id.clone(),
    )
}
