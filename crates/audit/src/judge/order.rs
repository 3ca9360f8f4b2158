//! Facts of many deals brought together in order: by whom they are about, then by time.

use history::Instant;
use rayon::prelude::*;

use super::facts::{NextStep, WonStay};
use super::lists::Facts;

impl Facts {
    /// Brings the facts of parts together, each list in the order in which it is judged.
    pub fn gathered(mut parts: Vec<Facts>) -> Facts {
        let mut facts = Facts::default();
        let out = &mut facts;
        macro_rules! taken {
            ($list:ident) => {
                parts
                    .iter_mut()
                    .map(|part| std::mem::take(&mut part.$list))
                    .collect::<Vec<_>>()
            };
        }
        macro_rules! gather {
            ($scope:ident, $($list:ident by $whose:expr, $at:expr, $rank:expr;)*) => {
                $(
                    let lists = taken!($list);
                    let place = &mut out.$list;
                    $scope.spawn(move |_| *place = order(lists, $whose, $at, $rank));
                )*
            };
        }
        rayon::scope(|scope| {
            // Those that take longest begin first.
            gather!(scope,
                actions by |fact| fact.employee.0, |fact| fact.at, |_| ();
            );
            let (won, steps) = (taken!(won), taken!(steps));
            let place = (&mut out.won, &mut out.steps);
            scope.spawn(move |_| (*place.0, *place.1) = of_winners(won, steps));
            gather!(scope,
                tasks by |fact| fact.change.employee.0, |fact| fact.change.at, |_| ();
                crowds by |fact| fact.stage.0, |fact| fact.at, |_| ();
                holdings by |fact| fact.employee.0, |fact| fact.at, |_| ();
                completions by |fact| fact.employee.0, |fact| fact.at, |fact| fact.rank;
                waiting by |fact| fact.change.employee.0, |fact| fact.change.at, |_| ();
                closings by |fact| fact.actor.0, |fact| fact.at, |fact| fact.rank;
            );
            out.tenures = taken!(tenures).concat();
        });
        facts
    }
}

/// Stays in won stages by client, and the next steps of the clients who have any: those of others
/// matter to nobody.
fn of_winners(
    won: Vec<Vec<WonStay>>,
    mut steps: Vec<Vec<NextStep>>,
) -> (Vec<WonStay>, Vec<NextStep>) {
    // A client's number, or after those of all clients that of a deal without one.
    let clients = won.iter().flatten().map(|stay| stay.client.0);
    let clients = clients.filter(|client| *client != u32::MAX).max();
    let clients = clients.map_or(0, |most| most + 1);
    let number = |client_id: u32, deal: u32| match client(client_id, deal) {
        (u32::MAX, deal) => clients.saturating_add(deal),
        (client, _) => client,
    };
    let of_stay = |stay: &WonStay| number(stay.client.0, stay.event.deal.0);
    let most = won.iter().flatten().map(of_stay).max();
    let mut is_winner = vec![false; most.map_or(0, |most| most as usize + 1)];
    let stays = won.iter().flatten();
    stays.for_each(|stay| is_winner[of_stay(stay) as usize] = true);
    let of_step = |step: &NextStep| {
        let one = number(step.client.0, step.event.deal.0);
        let no_buyer = step.client.is_some() && step.client.0 >= clients;
        let wins = !no_buyer && is_winner.get(one as usize).copied().unwrap_or(false);
        if wins { one } else { u32::MAX }
    };
    steps
        .par_iter_mut()
        .for_each(|part| part.retain(|step| of_step(step) != u32::MAX));
    (
        order(won, of_stay, |stay| stay.at, |_| ()),
        order(steps, of_step, |step| step.at, |step| step.rank),
    )
}

/// Deals without a client stand for themselves.
pub(super) fn client(client: u32, deal: u32) -> (u32, u32) {
    if client == u32::MAX {
        (client, deal)
    } else {
        (client, 0)
    }
}

/// Brings lists together, ordered by a small number that tells whom a fact is about (`u32::MAX`,
/// nobody, comes last), then by time, then by `rank`; equal ones stay as they stood.
///
/// There are few people and many facts: dealing the facts out first leaves short lists to sort,
/// each by itself.
fn order<T, R>(
    lists: Vec<Vec<T>>,
    whose: impl Fn(&T) -> u32,
    at: impl Fn(&T) -> Instant + Sync,
    rank: impl Fn(&T) -> R + Sync,
) -> Vec<T>
where
    T: Copy + Send + Sync,
    R: Ord,
{
    let Some(first) = lists.iter().flatten().next().copied() else {
        return Vec::new();
    };
    let keys = lists.iter().flatten().map(&whose);
    let most = keys.filter(|key| *key != u32::MAX).max();
    let nobody = most.map_or(0, |most| most as usize + 1);
    let place = |fact: &T| nobody.min(whose(fact) as usize);
    let mut ends = vec![0; nobody + 1];
    lists
        .iter()
        .flatten()
        .for_each(|fact| ends[place(fact)] += 1);
    let mut all = 0;
    for end in &mut ends {
        all += std::mem::replace(end, all);
    }
    let mut dealt = vec![first; all];
    for list in lists {
        for fact in list {
            let end = &mut ends[place(&fact)];
            dealt[*end] = fact;
            *end += 1;
        }
    }
    let mut rest = &mut dealt[..];
    let mut parts = Vec::with_capacity(ends.len());
    let mut begin = 0;
    for end in ends {
        let (part, after) = rest.split_at_mut(end - begin);
        parts.push(part);
        (rest, begin) = (after, end);
    }
    parts
        .into_par_iter()
        .for_each(|part| sort(part, &at, &rank));
    dealt
}

/// Facts from which on sorting digit by digit is faster than comparing.
const MANY: usize = 1024;

/// Sorts by time, then by rank; equal ones stay as they stood.
fn sort<T, R: Ord>(facts: &mut [T], at: impl Fn(&T) -> Instant, rank: impl Fn(&T) -> R) {
    if facts.len() < MANY {
        return facts.sort_by_key(|fact| (at(fact), rank(fact)));
    }
    radsort::sort_by_key(facts, &at);
    for instant in facts.chunk_by_mut(|a, b| at(a) == at(b)) {
        if instant.len() > 1 {
            instant.sort_by_key(&rank);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MANY, order, sort};

    #[test]
    fn by_person_then_time_and_nobody_last() {
        let lists = vec![
            vec![(u32::MAX, 1, 'a'), (2, 5, 'b')],
            Vec::new(),
            vec![(0, 9, 'c'), (2, 3, 'd'), (2, 5, 'e')],
        ];
        let ordered = order(lists, |fact| fact.0, |fact| fact.1, |_| ());
        let said: String = ordered.iter().map(|fact| fact.2).collect();
        assert_eq!(said, "cdbea");
        let none: Vec<Vec<(u32, i64)>> = vec![Vec::new()];
        assert!(order(none, |fact| fact.0, |fact| fact.1, |_| ()).is_empty());
    }

    #[test]
    fn many_stand_as_few_do() {
        // Instants of both signs, each of them several times, ranks against the order of the input.
        let facts = (0..3 * MANY as i64).map(|i| ((i * 7919) % 701 - 350, -i % 5, i));
        let mut many: Vec<(i64, i64, i64)> = facts.collect();
        let mut few = many.clone();
        few.sort_by_key(|fact| (fact.0, fact.1));
        sort(&mut many, |fact| fact.0, |fact| fact.1);
        assert_eq!(many, few);
    }
}
