//! What holds of every number.

use proptest::prelude::*;
use stats::*;

fn confidence() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.9), Just(0.95), Just(0.998), 0.01..0.999]
}

fn counted() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..3000).prop_flat_map(|n| (0..=n, Just(n)))
}

fn durations() -> impl Strategy<Value = Vec<(i64, bool)>> {
    prop::collection::vec((0_i64..60, prop::bool::weighted(0.7)), 1..80)
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let gate =
        prop::option::of((0.0..=1.0, 0.0..=1.0).prop_map(|(below, cap)| Gate { below, cap }));
    let item = (0_u32..100, prop::option::weighted(0.8, 0.0..=1.0), gate)
        .prop_map(|(weight, mark, gate)| Item { weight, mark, gate });
    prop::collection::vec(item, 0..8)
}

fn nps() -> impl Strategy<Value = Nps> {
    let counts = (0_u64..500, 0_u64..500, 0_u64..500);
    let some = counts.prop_filter("answers", |(p, n, d)| p + n + d > 0);
    some.prop_map(|(promoters, passives, detractors)| Nps {
        promoters,
        passives,
        detractors,
    })
}

proptest! {
    #[test]
    fn the_early_answer_is_that_of_the_whole_sum(
        (k, n) in counted(), p in 0.0_f64..=1.0, level in prop_oneof![Just(0.01), 0.0..=1.0],
    ) {
        prop_assert_eq!(binomial_tail_is_below(k, n, p, level), binomial_tail(k, n, p) < level);
    }

    #[test]
    fn wilson_holds_the_share_and_stays_a_share((hits, n) in counted(), c in confidence()) {
        let (low, high) = wilson(hits, n, c).unwrap();
        let share = hits as f64 / n as f64;
        prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        prop_assert!(low < high);
        // Hits and misses are mirror images.
        let (other_low, other_high) = wilson(n - hits, n, c).unwrap();
        prop_assert!((low + other_high - 1.0).abs() < 1e-9 && (high + other_low - 1.0).abs() < 1e-9);
    }

    #[test]
    fn wilson_narrows_with_size_and_widens_with_confidence(
        (hits, n) in counted(),
        times in 2_u64..9,
        c in 0.1..0.9,
    ) {
        let width = |interval: Option<Interval>| interval.map(|(low, high)| high - low).unwrap();
        prop_assert!(width(wilson(hits * times, n * times, c)) < width(wilson(hits, n, c)));
        prop_assert!(width(wilson(hits, n, c)) < width(wilson(hits, n, c + 0.09)));
    }

    #[test]
    fn binomial_tails_fall_with_k_and_rise_with_p(
        (k, n) in counted(),
        p in 0.0..=1.0,
        more in 0.0..0.1,
    ) {
        let tail = binomial_tail(k, n, p);
        prop_assert!((0.0..=1.0).contains(&tail));
        prop_assert!(binomial_tail(k + 1, n, p) <= tail + 1e-12);
        prop_assert!(binomial_tail(k, n, p + more) >= tail - 1e-12);
        prop_assert!(binomial_tail(k, n + 1, p) >= tail - 1e-12);
        // Hits at least k are misses at most n − k.
        prop_assert!((tail + binomial_tail(n + 1 - k, n, 1.0 - p) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn funnel_limits_leave_out_no_more_than_they_may(
        n in 1_u64..2000,
        centre in 0.0..=1.0,
        c in confidence(),
    ) {
        let (low, high) = funnel_limits(n, centre, c).unwrap();
        let tail = (1.0 - c) / 2.0 + 1e-12;
        prop_assert!(low <= high && high <= n);
        prop_assert!(1.0 - binomial_tail(low, n, centre) <= tail);
        prop_assert!(binomial_tail(high + 1, n, centre) <= tail);
        // One step further in would leave out more.
        prop_assert!(high == 0 || binomial_tail(high, n, centre) >= tail - 2e-12);
        prop_assert!(1.0 - binomial_tail(low + 1, n, centre) >= tail - 2e-12);
        let mean = n as f64 * centre;
        prop_assert!(c < 0.5 || (low as f64 <= mean.ceil() + 1e-9 && mean.floor() <= high as f64 + 1e-9));
    }

    #[test]
    fn sizes_grow_with_what_is_asked(
        share in 0.0..=1.0,
        margin in 0.01..0.5,
        c in 0.1..0.9,
        all in 1_u64..5000,
    ) {
        let size = |margin, c, all| size_for_share(share, margin, c, all).unwrap();
        prop_assert!(size(margin, c, Some(all)) <= size(margin, c, None).min(all));
        prop_assert!(size(margin, c, Some(all)) <= size(margin, c, Some(all + 1)));
        prop_assert!(size(margin, c, None) <= size(margin, c + 0.09, None));
        prop_assert!(size(margin + 0.1, c, None) <= size(margin, c, None));
        prop_assert!(size(margin, c, None) <= size_for_share(0.5, margin, c, None).unwrap());
    }

    #[test]
    fn a_shrunk_share_lies_between_its_parts(
        (hits, n) in counted(),
        prior in 0.0..=1.0,
        size in 0.0..100.0,
    ) {
        let shrunk = shrunk_share(hits, n, prior, size).unwrap();
        let share = hits as f64 / n as f64;
        prop_assert!(share.min(prior) - 1e-12 <= shrunk && shrunk <= share.max(prior) + 1e-12);
    }

    #[test]
    fn weighted_means_and_their_size(
        values in prop::collection::vec((0.0..=1.0, 0.001..100.0), 1..40),
        scale in 0.01..100.0,
    ) {
        let mean = weighted_mean(&values).unwrap();
        let weights: Vec<f64> = values.iter().map(|(_, weight)| *weight).collect();
        let size = effective_size(&weights).unwrap();
        prop_assert!((0.0..=1.0 + 1e-12).contains(&mean));
        prop_assert!(1.0 - 1e-9 <= size && size <= weights.len() as f64 + 1e-9);
        let scaled: Vec<_> = values.iter().map(|(value, weight)| (*value, weight * scale)).collect();
        prop_assert!((weighted_mean(&scaled).unwrap() - mean).abs() < 1e-9);
    }

    #[test]
    fn sections_add_up_to_the_total(sections in prop::collection::vec(items(), 0..6)) {
        let slices: Vec<&[Item]> = sections.iter().map(Vec::as_slice).collect();
        let card = Card::of(&slices);
        let sum = card.sections.iter().copied().fold(Tally::default(), |a, b| a + b);
        prop_assert_eq!(sum, card.total);
        let flat = Tally::of(&sections.concat());
        prop_assert_eq!((flat.applicable, flat.possible), (card.total.applicable, card.total.possible));
        prop_assert!((flat.earned - card.total.earned).abs() < 1e-9);
        prop_assert_eq!(card.raw().is_none(), card.total.applicable == 0);
        if let (Some(raw), Some(gated)) = (card.raw(), card.gated) {
            prop_assert!((0.0..=1.0).contains(&raw) && gated <= raw);
            prop_assert!(!card.fired.is_empty() || gated == raw);
        }
    }

    #[test]
    fn nps_stays_within_its_range(nps in nps(), c in confidence(), unasked in 0_u64..1000) {
        let value = nps.value().unwrap();
        let (plain, margin) = nps.plain(c, None).unwrap();
        prop_assert!((plain - value).abs() < 1e-12 && (-1.0..=1.0).contains(&value) && margin >= 0.0);
        let (centre, adjusted_margin) = nps.adjusted(c, None).unwrap();
        prop_assert!(centre.abs() <= value.abs() && adjusted_margin > 0.0);
        let (low, high) = nps.interval(c, None).unwrap();
        prop_assert!(-1.0 <= low && low <= centre && centre <= high && high <= 1.0);
        // What was asked of all is certain; of fewer, less so.
        let all = nps.answers() + unasked;
        let (_, finite) = nps.plain(c, Some(all)).unwrap();
        prop_assert!(finite <= margin && (unasked > 0 || finite == 0.0));
    }

    #[test]
    fn survival_is_a_falling_share(durations in durations(), c in confidence()) {
        let survival = Survival::new(&durations);
        let longest = survival.longest().unwrap();
        let mut before = 0.0;
        for time in 0..=longest {
            let share = survival.ended_by(time).unwrap();
            prop_assert!((before..=1.0).contains(&share));
            before = share;
            let (low, high) = survival.ended_by_interval(time, c).unwrap();
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        }
        let mean = survival.restricted_mean(longest).unwrap();
        prop_assert!(0.0 <= mean && mean <= longest as f64);
        if let (Some(median), Some((low, high))) = (survival.median(), survival.median_interval(c)) {
            prop_assert!(low.is_none_or(|low| low <= median) && high.is_none_or(|high| median <= high));
        }
    }

    #[test]
    fn without_censoring_survival_is_counting(
        times in prop::collection::vec(0_i64..50, 1..60),
        c in confidence(),
    ) {
        let durations: Vec<_> = times.iter().map(|time| (*time, true)).collect();
        let survival = Survival::new(&durations);
        let mut sorted = times.clone();
        sorted.sort_unstable();
        let n = sorted.len();
        prop_assert_eq!(survival.median(), Some(sorted[(n - 1) / 2]));
        let mean = times.iter().sum::<i64>() as f64 / n as f64;
        prop_assert!((survival.restricted_mean(50).unwrap() - mean).abs() < 1e-9);
        for time in 0..50 {
            let hits = sorted.iter().filter(|t| **t <= time).count() as u64;
            prop_assert!((survival.ended_by(time).unwrap() - hits as f64 / n as f64).abs() < 1e-9);
            let (low, high) = survival.ended_by_interval(time, c).unwrap();
            let (wilson_low, wilson_high) = wilson(hits, n as u64, c).unwrap();
            prop_assert!((low - wilson_low).abs() < 1e-6 && (high - wilson_high).abs() < 1e-6);
        }
        let ranks = median_ranks(n as u64, c).map(|(low, high)| [low, high].map(|rank| sorted.get(rank as usize - 1).copied()));
        prop_assert_eq!(survival.median_interval(c).map(|(low, high)| [low, high]), ranks);
    }

    #[test]
    fn ranks_of_the_median_hold_it(n in 1_u64..3000, c in confidence()) {
        if let Some((low, high)) = median_ranks(n, c) {
            prop_assert!(1 <= low && low <= high && high <= n && low + high == n + 1);
            prop_assert!(2.0 * binomial_tail(high, n, 0.5) <= 1.0 - c + 1e-12);
        }
    }

    #[test]
    fn coefficients_are_at_most_one_and_do_not_mind_names(
        table in prop::array::uniform4(0_u64..60),
        marks in prop::collection::vec(prop::collection::vec(1_u32..6, 0..5), 1..40),
    ) {
        let [a, b, c, d] = table;
        if let Some(pair) = Agreement::of(&[&[a, b], &[c, d]], 1) {
            let renamed = Agreement::of(&[&[d, c], &[b, a]], 1).unwrap();
            let swapped = Agreement::of(&[&[a, c], &[b, d]], 1).unwrap();
            for (one, other) in [(pair.kappa(), renamed.kappa()), (pair.ac1(), swapped.ac1()), (pair.kappa(), swapped.kappa())] {
                prop_assert_eq!(one.is_some(), other.is_some());
                prop_assert!(one.is_none_or(|one| (one - other.unwrap()).abs() < 1e-9 && one <= 1.0 + 1e-12));
            }
            prop_assert!((pair.prevalence().iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
        for distance in [Distance::Nominal, Distance::Ordinal] {
            let found = alpha(&marks, distance, 1);
            prop_assert!(found.is_none_or(|found| found <= 1.0 + 1e-12));
            // Turned around, an order is the same order.
            let turned: Vec<Vec<u32>> = marks.iter().map(|unit| unit.iter().rev().map(|mark| 6 - mark).collect()).collect();
            let other = alpha(&turned, distance, 1);
            prop_assert_eq!(found.is_some(), other.is_some());
            prop_assert!(found.is_none_or(|found| (found - other.unwrap()).abs() < 1e-9));
        }
    }

    #[test]
    fn rates_lie_in_their_interval(
        counts in prop::array::uniform3(0_u64..300),
        exposure in 0.1..50.0,
        c in confidence(),
    ) {
        let entries: Vec<_> = counts.into_iter().zip([1.0, 3.0, 10.0]).collect();
        let rate = entries.iter().map(|(count, weight)| *count as f64 * weight).sum::<f64>() / exposure;
        let (low, high) = weighted_rate_interval(&entries, exposure, c);
        prop_assert!(0.0 <= low && low <= rate * (1.0 + 1e-12) && rate <= high * (1.0 + 1e-12) && high.is_finite());
        prop_assert!(low < high);
        // Ten times the cases of ten times the exposure: the same rate, better known.
        let more: Vec<_> = entries.iter().map(|(count, weight)| (count * 10, *weight)).collect();
        let (closer_low, closer_high) = weighted_rate_interval(&more, exposure * 10.0, c);
        prop_assert!(closer_high - closer_low <= high - low);
        // A finding more never lowers either end.
        let worse = [(counts[0] + 1, 1.0), entries[1], entries[2]];
        let (worse_low, worse_high) = weighted_rate_interval(&worse, exposure, c);
        prop_assert!(worse_low >= low - 1e-9 && worse_high >= high - 1e-9);
    }
}
