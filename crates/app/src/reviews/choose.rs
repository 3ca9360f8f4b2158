//! Which deal is looked at next: by stated rules, and the same for everybody all day long.

use std::collections::BTreeMap;

use audit::judge::{Deal, Filter};
use history::{DealId, EmployeeId, Instant, StageId, StageKind};
use sha2::{Digest, Sha256};

use crate::life::office::Office;

/// Deals in which nothing has happened for longer than this are not looked at, and a deal that was
/// looked at is left alone for as long.
pub const LATELY: Instant = 30 * 24 * 3_600_000;

/// In which order deals come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// Whose deals were looked at least comes first, so that it is everybody's turn equally often;
    /// which of their deals, chance decides.
    #[default]
    People,
    /// Chance decides.
    Chance,
    /// The dearest open deal comes first.
    Money,
    /// What was lost lately comes first, the latest loss before all; then as by people.
    Lost,
}

impl Order {
    /// Every order.
    pub const ALL: &'static [Order] = &[Order::People, Order::Chance, Order::Money, Order::Lost];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::People => "people",
            Order::Chance => "chance",
            Order::Money => "money",
            Order::Lost => "lost",
        }
    }

    /// The order that `word` means.
    pub fn parse(word: &str) -> Option<Order> {
        Order::ALL
            .iter()
            .copied()
            .find(|order| order.as_str() == word)
    }
}

/// A deal that may be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The deal.
    pub deal: DealId,
    /// Who answers for it.
    pub employee: EmployeeId,
    /// Where it stands.
    pub stage: StageId,
    /// Its price, in hundredths.
    pub price: Option<i64>,
    /// Whether it is open.
    pub is_open: bool,
    /// When it was lost, where it is.
    pub lost_at: Option<Instant>,
    /// When something last happened in it.
    pub last_at: Instant,
}

/// The deals that may be looked at: those in which something has happened lately, that somebody
/// answers for, and that stand in no pipeline of robots. Nobody looks at deals of their own.
pub fn candidates(office: Office<'_>, own: Option<&str>, now: Instant) -> Vec<Candidate> {
    let history = office.history;
    let own = own.map_or(EmployeeId::NONE, |id| office.employee(id));
    let robots = Filter::robots(office.version(), history);
    let since = now.saturating_sub(LATELY);
    let mut walked = Deal::new(history, i64::MAX, &[]);
    let mut all = Vec::new();
    for timeline in history.timelines.iter() {
        let timeline = timeline.until(now);
        let last = timeline.len().checked_sub(1).map(|last| timeline.at(last));
        let Some(last_at) = last.filter(|last| *last >= since) else {
            continue;
        };
        walked.walk(timeline, |_, _| {});
        let theirs = walked.responsible;
        let is_own = own.is_some() && theirs == own;
        if walked.removed.is_some() || theirs.is_none() || is_own || !robots.stage(walked.stage) {
            continue;
        }
        let entered = walked.stages.changes().last().map(|(at, _)| *at);
        all.push(Candidate {
            deal: walked.id,
            employee: theirs,
            stage: walked.stage,
            price: walked.prices.at(now).flatten(),
            is_open: walked.is_open(),
            lost_at: entered.filter(|_| walked.kind == StageKind::Lost),
            last_at,
        });
    }
    all
}

/// A number that a day's seed gives a name: the same all day, another one tomorrow.
fn draw(seed: &str, name: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(seed.as_bytes());
    hash.update([0]);
    hash.update(name.as_bytes());
    let digest = hash.finalize();
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Puts candidates into an order. `looked` says how many deals of each person were looked at
/// lately, `seed` is another one every day, and names tell deals and people apart.
pub fn put_in_order<'n>(
    candidates: &mut Vec<Candidate>,
    order: Order,
    looked: &BTreeMap<EmployeeId, u64>,
    seed: &str,
    (deal, person): (impl Fn(DealId) -> &'n str, impl Fn(EmployeeId) -> &'n str),
) {
    if order == Order::Money {
        candidates.retain(|one| one.is_open);
    }
    candidates.sort_by_cached_key(|one| (draw(seed, deal(one.deal)), one.deal));
    match order {
        Order::Chance => {}
        Order::Money => candidates.sort_by_key(|one| std::cmp::Reverse(one.price.unwrap_or(0))),
        Order::People | Order::Lost => {
            by_people(candidates, looked, |id| draw(seed, person(id)));
            if order == Order::Lost {
                // None, which is not lost, comes last.
                candidates.sort_by_key(|one| std::cmp::Reverse(one.lost_at));
            }
        }
    }
}

/// Whose turn it is: each next deal is of whoever's were looked at least, counting the deals that
/// come before it.
fn by_people(
    candidates: &mut [Candidate],
    looked: &BTreeMap<EmployeeId, u64>,
    draw: impl Fn(EmployeeId) -> u64,
) {
    let mut turns: BTreeMap<EmployeeId, (u64, u64)> = BTreeMap::new();
    let mut places: BTreeMap<DealId, (u64, u64)> = BTreeMap::new();
    for one in candidates.iter() {
        let (turn, lot) = turns.entry(one.employee).or_insert_with(|| {
            let before = looked.get(&one.employee).copied();
            (before.unwrap_or(0), draw(one.employee))
        });
        places.insert(one.deal, (*turn, *lot));
        *turn += 1;
    }
    candidates.sort_by_key(|one| places.get(&one.deal).copied());
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

    fn one(deal: u32, employee: u32) -> Candidate {
        Candidate {
            deal: DealId(deal),
            employee: EmployeeId(employee),
            stage: StageId(0),
            price: Some(i64::from(deal) * 100),
            is_open: deal != 7,
            lost_at: None,
            last_at: 0,
        }
    }

    /// Deals 0 to 5 of the first person, 6 and 7 of the second.
    fn all() -> Vec<Candidate> {
        (0..8).map(|deal| one(deal, u32::from(deal > 5))).collect()
    }

    fn ordered(
        mut candidates: Vec<Candidate>,
        order: Order,
        looked: &[(u32, u64)],
        seed: &str,
    ) -> Vec<u32> {
        let looked = looked.iter().map(|(id, n)| (EmployeeId(*id), *n)).collect();
        let names = (
            |deal: DealId| NAMES[deal.index()],
            |id: EmployeeId| ["anna", "boris"][id.index()],
        );
        put_in_order(&mut candidates, order, &looked, seed, names);
        candidates.into_iter().map(|one| one.deal.0).collect()
    }

    fn people(deals: &[u32]) -> Vec<bool> {
        deals.iter().map(|deal| *deal > 5).collect()
    }

    #[test]
    fn it_is_everybodys_turn_equally_often() {
        let queue = ordered(all(), Order::People, &[], "monday");
        // By turns until the second person has no more deals.
        let turns = people(&queue);
        assert_ne!(turns[0], turns[1]);
        assert_ne!(turns[2], turns[3]);
        assert_eq!(turns[4..], [false; 4]);
        // Whoever was looked at twice already waits until the other was, too.
        let queue = ordered(all(), Order::People, &[(0, 2)], "monday");
        assert_eq!(people(&queue)[..2], [true, true]);
        let queue = ordered(all(), Order::People, &[(0, 1), (1, 9)], "monday");
        assert_eq!(people(&queue)[6..], [true, true]);
    }

    #[test]
    fn chance_stays_for_a_day_and_leaves_nobody_out() {
        for order in [Order::People, Order::Chance] {
            let monday = ordered(all(), order, &[], "monday");
            let mut turned = all();
            turned.reverse();
            assert_eq!(ordered(turned, order, &[], "monday"), monday);
            let days = ["tuesday", "wednesday", "thursday"];
            let others = days.map(|day| ordered(all(), order, &[], day));
            assert!(others.iter().any(|other| *other != monday), "{order:?}");
            for mut queue in others {
                queue.sort_unstable();
                assert_eq!(queue, [0, 1, 2, 3, 4, 5, 6, 7]);
            }
        }
    }

    #[test]
    fn money_and_losses_come_first_where_asked() {
        // Deal 7 is closed: there is no money to save in it.
        let queue = ordered(all(), Order::Money, &[], "monday");
        assert_eq!(queue, [6, 5, 4, 3, 2, 1, 0]);
        let mut some = all();
        (some[2].lost_at, some[4].lost_at) = (Some(10), Some(20));
        let queue = ordered(some, Order::Lost, &[], "monday");
        assert_eq!(queue[..2], [4, 2]);
        assert_eq!(queue.len(), 8);
    }
}
