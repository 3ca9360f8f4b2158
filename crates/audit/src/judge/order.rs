//! Facts of many deals brought together in order: by whom they are about, then by time.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::facts::{NextStep, WonStay};
use super::lists::Facts;

impl Facts {
    /// Brings the facts of parts together, each list in the order in which it is judged.
    pub fn gathered(mut parts: Vec<Facts>) -> Facts {
        let mut facts = Facts::default();
        let out = &mut facts;
        macro_rules! gather {
            ($scope:ident, $($list:ident by $whose:expr, $then:expr;)*) => {
                $(
                    let lists: Vec<_> = parts
                        .iter_mut()
                        .map(|part| std::mem::take(&mut part.$list))
                        .collect();
                    let place = &mut out.$list;
                    $scope.spawn(move |_| *place = order(lists, $whose, $then));
                )*
            };
        }
        rayon::scope(|scope| {
            gather!(scope,
                actions by |fact| fact.employee.0, |fact| fact.at;
                completions by |fact| fact.employee.0, |fact| (fact.at, fact.rank);
                closings by |fact| fact.actor.0, |fact| (fact.at, fact.rank);
                holdings by |fact| fact.employee.0, |fact| fact.at;
                waiting by |fact| fact.change.employee.0, |fact| fact.change.at;
                tasks by |fact| fact.change.employee.0, |fact| fact.change.at;
                crowds by |fact| fact.stage.0, |fact| fact.at;
            );
        });
        let tenures = parts
            .iter_mut()
            .flat_map(|part| std::mem::take(&mut part.tenures));
        facts.tenures = tenures.collect();
        let won = parts
            .iter_mut()
            .flat_map(|part| std::mem::take(&mut part.won));
        facts.won = won.collect();
        facts
            .won
            .par_sort_by_key(|stay| (client(stay.client.0, stay.event.deal.0), stay.at));
        facts.steps = steps_of_winners(&facts.won, &parts);
        facts
    }
}

/// Next steps matter only to clients who have bought.
fn steps_of_winners(won: &[WonStay], parts: &[Facts]) -> Vec<NextStep> {
    let won: FxHashSet<(u32, u32)> = won
        .iter()
        .map(|stay| client(stay.client.0, stay.event.deal.0))
        .collect();
    let of_winner = |step: &&NextStep| won.contains(&client(step.client.0, step.event.deal.0));
    let steps = parts.par_iter().flat_map_iter(|part| &part.steps);
    let mut steps: Vec<NextStep> = steps.filter(of_winner).copied().collect();
    steps.par_sort_by_key(|step| {
        let client = client(step.client.0, step.event.deal.0);
        (client, step.at, step.rank)
    });
    steps
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
/// nobody, comes last), then by `then`; equal ones stay as they stood.
///
/// There are few people and many facts: dealing the facts out first leaves short lists to sort,
/// each by itself.
fn order<T, K>(
    lists: Vec<Vec<T>>,
    whose: impl Fn(&T) -> u32,
    then: impl Fn(&T) -> K + Sync,
) -> Vec<T>
where
    T: Copy + Send + Sync,
    K: Ord,
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
    for fact in lists.into_iter().flatten() {
        let end = &mut ends[place(&fact)];
        dealt[*end] = fact;
        *end += 1;
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
        .for_each(|part| part.sort_by_key(&then));
    dealt
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn by_person_then_time_and_nobody_last() {
        let lists = vec![
            vec![(u32::MAX, 1, 'a'), (2, 5, 'b')],
            Vec::new(),
            vec![(0, 9, 'c'), (2, 3, 'd'), (2, 5, 'e')],
        ];
        let ordered = order(lists, |fact| fact.0, |fact| fact.1);
        let said: String = ordered.iter().map(|fact| fact.2).collect();
        assert_eq!(said, "cdbea");
        let none: Vec<Vec<(u32, i64)>> = vec![Vec::new()];
        assert!(order(none, |fact| fact.0, |fact| fact.1).is_empty());
    }
}
