//! Puts facts in order: by whom they are about, then by time.

use rayon::prelude::*;

/// Orders a list by a small number that tells whom a fact is about (`u32::MAX`, nobody, comes
/// last), then by `then`; equal ones stay as they stood.
///
/// There are few people and many facts: dealing the facts out first leaves short lists to sort,
/// each by itself.
pub(super) fn order<T, K>(
    list: &mut Vec<T>,
    whose: impl Fn(&T) -> u32,
    then: impl Fn(&T) -> K + Sync,
) where
    T: Copy + Send + Sync,
    K: Ord,
{
    let most = list.iter().map(&whose).filter(|key| *key != u32::MAX).max();
    let nobody = most.map_or(0, |most| most as usize + 1);
    let place = |fact: &T| nobody.min(whose(fact) as usize);
    let mut ends = vec![0; nobody + 1];
    list.iter().for_each(|fact| ends[place(fact)] += 1);
    let mut next = 0;
    for end in &mut ends {
        let count = std::mem::replace(end, next);
        next += count;
    }
    let mut dealt = list.clone();
    for fact in list.iter() {
        let end = &mut ends[place(fact)];
        dealt[*end] = *fact;
        *end += 1;
    }
    *list = dealt;
    let mut rest = &mut list[..];
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
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn by_person_then_time_and_nobody_last() {
        let mut list = vec![
            (u32::MAX, 1, 'a'),
            (2, 5, 'b'),
            (0, 9, 'c'),
            (2, 3, 'd'),
            (2, 5, 'e'),
        ];
        order(&mut list, |fact| fact.0, |fact| fact.1);
        let order: String = list.iter().map(|fact| fact.2).collect();
        assert_eq!(order, "cdbea");
        let mut none: Vec<(u32, i64)> = Vec::new();
        super::order(&mut none, |fact| fact.0, |fact| fact.1);
        assert!(none.is_empty());
    }
}
