//! Numbers against sums by brute force and against values worked out with fifty digits.

use stats::*;

fn close(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= expected.abs() * relative,
        "{found} is not {expected}"
    );
}

/// P(X ≥ k) term by term, with Pascal's triangle.
fn brute_force(k: u64, n: u64, p: f64) -> f64 {
    let mut chances = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; chances.len() + 1];
        for (hits, chance) in chances.iter().enumerate() {
            next[hits] += chance * (1.0 - p);
            next[hits + 1] += chance * p;
        }
        chances = next;
    }
    // The small ones first.
    let mut tail: Vec<_> = chances
        .into_iter()
        .skip(usize::try_from(k).unwrap())
        .collect();
    tail.sort_by(f64::total_cmp);
    tail.into_iter().sum()
}

#[test]
fn binomial_tails_are_the_sums_of_their_terms() {
    for n in [1, 2, 5, 17, 60, 300] {
        for p in [1e-9, 0.003, 0.1, 0.3, 0.5, 0.77, 0.999] {
            for k in 0..=n {
                let expected = brute_force(k, n, p);
                if expected > 1e-290 {
                    close(binomial_tail(k, n, p), expected, 1e-11);
                }
            }
        }
    }
}

#[test]
fn binomial_tails_of_a_million() {
    close(
        binomial_tail(500_500, 1_000_000, 0.5),
        0.158_897_345_681_652_77,
        1e-10,
    );
    close(
        binomial_tail(502_000, 1_000_000, 0.5),
        3.180_466_875_041_244_3e-5,
        1e-10,
    );
    close(
        binomial_tail(1_100, 1_000_000, 0.001),
        0.000_957_466_970_028_539_7,
        1e-10,
    );
    close(
        binomial_tail(20, 100_000, 0.0001),
        0.003_452_662_698_310_658_6,
        1e-10,
    );
    let quarter_below = binomial_tail(499_500, 1_000_000, 0.5);
    close(
        quarter_below,
        1.0 - binomial_tail(500_501, 1_000_000, 0.5),
        1e-10,
    );
}

#[test]
fn binomial_tails_at_the_ends() {
    assert_eq!(binomial_tail(0, 10, 0.0), 1.0);
    assert_eq!(binomial_tail(1, 10, 0.0), 0.0);
    assert_eq!(binomial_tail(10, 10, 1.0), 1.0);
    assert_eq!(binomial_tail(11, 10, 1.0), 0.0);
    assert_eq!(binomial_tail(0, 0, 0.3), 1.0);
    assert_eq!(binomial_tail(1, 0, 0.3), 0.0);
    assert_eq!(binomial_tail(3, 10, -0.5), 0.0);
    assert_eq!(binomial_tail(3, 10, 1.5), 1.0);
    assert!(binomial_tail(3, 10, f64::NAN).is_nan());
    assert_eq!(binomial_tail(u64::MAX, 10, 0.5), 0.0);
    close(binomial_tail(1, 1, 1e-300), 1e-300, 1e-12);
    close(binomial_tail(2, 2, 1e-3), 1e-6, 1e-12);
}

#[test]
fn funnel_limits_at_the_ends() {
    assert_eq!(funnel_limits(10, 0.0, 0.95), Some((0, 0)));
    assert_eq!(funnel_limits(10, 1.0, 0.95), Some((10, 10)));
    assert_eq!(funnel_limits(1, 0.5, 0.95), Some((0, 1)));
    assert_eq!(funnel_limits(0, 0.5, 0.95), None);
    assert_eq!(funnel_limits(10, 1.1, 0.95), None);
}

#[test]
fn fay_and_feuer_recreate_their_table() {
    // Births and cases of Down's syndrome in Michigan by the mother's age and birth order (Fleiss
    // 1981), standardised to the mean population, per 100,000.
    let births = [
        [230_061, 329_449, 114_920, 39_487, 14_208, 3_052],
        [72_202, 326_701, 208_667, 83_228, 28_466, 5_375],
        [15_050, 175_702, 207_081, 117_300, 45_026, 8_660],
        [2_293, 68_800, 132_424, 98_301, 46_075, 9_834],
        [327, 30_666, 123_419, 149_919, 104_088, 34_392],
    ];
    let cases = [
        [107, 141, 60, 40, 39, 25],
        [25, 150, 110, 84, 82, 39],
        [3, 71, 114, 103, 108, 75],
        [1, 26, 64, 89, 137, 96],
        [0, 8, 63, 112, 262, 295],
    ];
    let expected = [
        (80.441_749_85, 105.763_345_7),
        (82.361_211_65, 100.867_576_3),
        (77.183_453_4, 94.223_569_83),
        (80.009_992_76, 114.669_444_8),
        (67.702_120_42, 188.300_172_7),
    ];
    let standard: Vec<f64> = (0..6)
        .map(|age| births.iter().map(|order| f64::from(order[age])).sum())
        .collect();
    let all: f64 = standard.iter().sum();
    for ((births, cases), (low, high)) in births.iter().zip(cases).zip(expected) {
        let weight = |age: usize| standard[age] / all / f64::from(births[age]) * 1e5;
        let entries: Vec<_> = (0..6).map(|age| (cases[age], weight(age))).collect();
        let found = weighted_rate_interval(&entries, 1.0, 0.95);
        close(found.0, low, 1e-8);
        close(found.1, high, 1e-8);
    }
}

#[test]
fn rates_of_findings() {
    let found = weighted_rate_interval(&[(5, 1.0), (2, 3.0), (0, 10.0)], 1.2, 0.9);
    close(found.0, 3.719_308_530_24, 1e-9);
    close(found.1, 34.936_164_283_1, 1e-9);
    let found = weighted_rate_interval(&[(0, 1.0), (0, 3.0), (0, 10.0)], 1.2, 0.9);
    assert_eq!(found.0, 0.0);
    close(found.1, 24.964_435_612_9, 1e-9);
    let found = weighted_rate_interval(&[(1000, 1.0), (200, 3.0), (50, 10.0)], 40.0, 0.9);
    close(found.0, 48.921_813_270_2, 1e-9);
    close(found.1, 56.457_380_069_4, 1e-9);
}

#[test]
fn equal_weights_are_an_exact_poisson_interval() {
    // Garwood's table: 95 % intervals of a count.
    for (count, low, high) in [
        (0, 0.0, 3.688_879),
        (1, 0.025_318, 5.571_643),
        (10, 4.795_389, 18.390_36),
        (100, 81.363_97, 121.627_3),
    ] {
        let found = weighted_rate_interval(&[(count, 1.0)], 1.0, 0.95);
        close(found.0, low, 1e-5);
        close(found.1, high, 1e-5);
    }
}

#[test]
fn rates_of_impossible_input() {
    assert_eq!(weighted_rate_interval(&[], 10.0, 0.9), (0.0, 0.0));
    assert_eq!(
        weighted_rate_interval(
            &[(5, 0.0), (5, -1.0), (5, f64::NAN), (5, f64::INFINITY)],
            10.0,
            0.9
        ),
        (0.0, 0.0)
    );
    assert_eq!(
        weighted_rate_interval(&[(5, 1.0)], 0.0, 0.9),
        (0.0, f64::INFINITY)
    );
    assert_eq!(
        weighted_rate_interval(&[(5, 1.0)], f64::NAN, 0.9),
        (0.0, f64::INFINITY)
    );
    for (count, weight) in [
        (u64::MAX, 1.0),
        (3, 1e300),
        (3, 1e-300),
        (1_000_000_000, 2.0),
    ] {
        let (low, high) = weighted_rate_interval(&[(count, weight), (1, 1.0)], 10.0, 0.9);
        assert!(
            low >= 0.0 && low <= high && high.is_finite(),
            "{count} {weight}: {low} {high}"
        );
    }
}

#[test]
fn impossible_input_is_undefined() {
    assert_eq!(wilson(0, 0, 0.95), None);
    assert_eq!(wilson(2, 1, 0.95), None);
    assert_eq!(wilson_of_share(f64::NAN, 10.0, 0.95), None);
    assert_eq!(wilson_of_share(0.5, f64::NAN, 0.95), None);
    assert_eq!(weighted_mean(&[]), None);
    assert_eq!(weighted_mean(&[(1.0, 0.0)]), None);
    assert_eq!(weighted_mean(&[(1.0, 2.0), (0.5, -1.0)]), None);
    assert_eq!(weighted_mean(&[(f64::NAN, 0.0), (0.5, 1.0)]), Some(0.5));
    assert_eq!(effective_size(&[f64::NAN]), None);
    assert_eq!(size_for_share(0.5, 0.0, 0.95, None), None);
    assert_eq!(size_for_share(f64::NAN, 0.1, 0.95, None), None);
    assert_eq!(size_for_mean(f64::NAN, 0.1, 0.95, None), None);
    assert_eq!(size_for_share(0.0, 0.1, 0.95, None), Some(1));
    assert_eq!(size_for_share(0.5, 0.1, 0.95, Some(0)), Some(0));
    assert_eq!(shrunk_share(3, 2, 0.5, 1.0), None);
    assert_eq!(finite_population_correction(1, 1), Some(0.0));
    assert_eq!(finite_population_correction(0, 1), Some(1.0));
    assert_eq!(finite_population_correction(0, 0), None);
    assert_eq!(
        Nps {
            promoters: 5,
            passives: 5,
            detractors: 5
        }
        .plain(0.95, Some(10)),
        None
    );
}

/// Fisher's test in whole numbers: tables of the same margins that are no likelier.
fn fisher_slowly((hits, n): (u64, u64), (others, m): (u64, u64)) -> f64 {
    let choose =
        |n: u64, k: u64| (0..k).fold(1u128, |c, i| c * u128::from(n - i) / u128::from(i + 1));
    let all = hits + others;
    let tables = |k: u64| choose(n, k) * choose(m, all - k);
    let (low, high) = (all.saturating_sub(m), all.min(n));
    let every: Vec<u128> = (low..=high).map(tables).collect();
    let seen = tables(hits);
    let as_far: u128 = every.iter().filter(|count| **count <= seen).sum();
    as_far as f64 / every.iter().sum::<u128>() as f64
}

#[test]
fn fishers_test_counts_the_tables_that_are_no_likelier() {
    for n in [1, 2, 7, 13, 30] {
        for m in [1, 3, 11, 30] {
            for hits in 0..=n {
                for others in 0..=m {
                    let expected = fisher_slowly((hits, n), (others, m));
                    let found = fisher((hits, n), (others, m)).unwrap();
                    close(found, expected, 1e-9);
                }
            }
        }
    }
    assert_eq!(fisher((2, 1), (1, 2)), None);
    // Great numbers neither overflow nor vanish in the middle.
    close(fisher((5_000, 10_000), (5_000, 10_000)).unwrap(), 1.0, 1e-9);
    assert!(fisher((9_000, 10_000), (1_000, 10_000)).unwrap() < 1e-100);
}

#[test]
fn ranks_of_quantiles_are_those_of_their_definition() {
    for n in [1, 5, 20, 47, 100] {
        for share in [0.1, 0.5, 0.75, 0.9] {
            let (low, high) = quantile_ranks(n, share, 0.95);
            let below = |rank: u64| 1.0 - brute_force(rank, n, share);
            let least = (1..=n).filter(|rank| below(*rank) <= 0.025 + 1e-12).max();
            let most = (1..=n).find(|rank| brute_force(*rank, n, share) <= 0.025 + 1e-12);
            assert_eq!((low, high), (least, most), "{n} {share}");
        }
        let (low, high) = quantile_ranks(n, 0.5, 0.95);
        assert_eq!(low.zip(high), median_ranks(n, 0.95), "{n}");
    }
}
