//! Worked numbers, table by table.

use stats::*;

/// Percent of an interval, rounded to a tenth.
fn percent((low, high): (f64, f64)) -> (f64, f64) {
    (
        (low * 1000.0).round() / 10.0,
        (high * 1000.0).round() / 10.0,
    )
}

fn close(found: f64, expected: f64, half_a_unit: f64) {
    assert!(
        (found - expected).abs() <= half_a_unit,
        "{found} is not {expected}"
    );
}

/// Half the width of the textbook interval, which the tables set against Wilson's.
fn wald(hits: u64, n: u64) -> f64 {
    let p = hits as f64 / n as f64;
    1.959_964 * (p * (1.0 - p) / n as f64).sqrt()
}

#[test]
fn wilson_against_wald() {
    let rows = [
        (5, 5, 0.0, (56.6, 100.0)),
        (4, 5, 35.0, (37.6, 96.4)),
        (9, 10, 19.0, (59.6, 98.2)),
        (17, 20, 16.0, (64.0, 94.8)),
        (85, 100, 7.0, (76.7, 90.7)),
        (340, 400, 3.5, (81.2, 88.2)),
        (0, 100, 0.0, (0.0, 3.7)),
        (22, 25, 12.7, (70.0, 95.8)),
    ];
    for (hits, n, plain, interval) in rows {
        close(wald(hits, n) * 100.0, plain, 0.5);
        assert_eq!(
            percent(wilson(hits, n, 0.95).unwrap()),
            interval,
            "{hits} of {n}"
        );
    }
}

#[test]
fn real_coverage_of_95_percent() {
    // At p = 0.9: how often the interval holds p, by the chance of each outcome.
    let coverage = |n: u64, holds: &dyn Fn(u64) -> bool| {
        let chance = |k| binomial_tail(k, n, 0.9) - binomial_tail(k + 1, n, 0.9);
        (0..=n).filter(|k| holds(*k)).map(chance).sum::<f64>() * 100.0
    };
    for (n, plain, score) in [
        (5, 40.0, 92.0),
        (10, 65.0, 93.0),
        (20, 88.0, 96.0),
        (50, 88.0, 97.0),
    ] {
        close(
            coverage(n, &|k| (k as f64 / n as f64 - 0.9).abs() <= wald(k, n)),
            plain,
            1.0,
        );
        let in_wilson =
            |k| wilson(k, n, 0.95).is_some_and(|(low, high)| (low..=high).contains(&0.9));
        close(coverage(n, &in_wilson), score, 0.5);
    }
}

#[test]
fn how_many_calls() {
    let rows = [
        (Some(100), [80, 50, 31]),
        (Some(200), [132, 66, 36]),
        (Some(500), [218, 81, 40]),
        (Some(1000), [278, 88, 41]),
        (None, [385, 97, 43]),
    ];
    for (population, sizes) in rows {
        let found =
            [0.05, 0.10, 0.15].map(|margin| size_for_share(0.5, margin, 0.95, population).unwrap());
        assert_eq!(found, sizes, "{population:?}");
    }
}

#[test]
fn how_many_to_tell_two_apart() {
    let size = |a, b| size_to_tell_shares_apart(a, b, 0.95, 0.8);
    assert_eq!(
        [size(0.85, 0.92), size(0.80, 0.90), size(0.70, 0.90)],
        [Some(323), Some(197), Some(59)]
    );
    assert_eq!(size(0.8, 0.8), None);
}

#[test]
fn targeted_picks_are_weighted_back() {
    let reviewed = [(0.5, 15.0), (0.95, 5.0)];
    close(weighted_mean(&reviewed).unwrap(), 0.61, 0.005);
    close(
        weighted_mean(&[(0.5, 15.0 * 20.0 / 15.0), (0.95, 5.0 * 80.0 / 5.0)]).unwrap(),
        0.86,
        1e-12,
    );
    close(
        weighted_mean(&[(0.5, 20.0), (0.95, 80.0)]).unwrap(),
        0.86,
        1e-12,
    );
}

#[test]
fn effective_size_and_means_of_ratios() {
    let mut weights = vec![1.0; 8];
    weights.extend([10.0, 10.0]);
    close(effective_size(&weights).unwrap(), 3.8, 0.05);
    // One call of 60 minutes at 30 %, nine of 2 minutes at 90 %.
    let calls = |by_time: bool| {
        let mut calls = vec![(0.9, if by_time { 2.0 } else { 1.0 }); 9];
        calls.push((0.3, if by_time { 60.0 } else { 1.0 }));
        weighted_mean(&calls).unwrap()
    };
    close(calls(false), 0.84, 1e-12);
    close(calls(true), 0.44, 0.005);
}

#[test]
fn funnel_limits_around_85_percent() {
    let limits = |n, confidence| {
        let (low, high) = funnel_limits(n, 0.85, confidence).unwrap();
        (
            low as f64 / n as f64 * 100.0,
            high as f64 / n as f64 * 100.0,
        )
    };
    let rows = [
        (10, (60.0, 100.0), (40.0, 100.0)),
        (50, (74.0, 94.0), (68.0, 98.0)),
        (200, (80.0, 90.0), (76.5, 92.0)),
    ];
    for (n, look, act) in rows {
        assert_eq!((limits(n, 0.95), limits(n, 0.998)), (look, act), "{n}");
    }
    close(40.0 * 10.0 * 0.05, 20.0, 1e-9);
    close(40.0 * 10.0 * 0.002, 0.8, 1e-9);
}

#[test]
fn shrinkage_for_ranking() {
    let shrunk = |hits, n| format!("{:.2}", shrunk_share(hits, n, 0.85, 20.0).unwrap());
    assert_eq!(
        [shrunk(5, 5), shrunk(2, 5), shrunk(60, 100)],
        ["0.88", "0.76", "0.64"]
    );
    assert_eq!(shrunk_share(0, 0, 0.85, 0.0), None);
}

#[test]
fn ranks_of_the_median() {
    let rows = [(10, (2, 9)), (20, (6, 15)), (30, (10, 21)), (100, (40, 61))];
    for (n, ranks) in rows {
        assert_eq!(median_ranks(n, 0.95), Some(ranks), "{n}");
        let times: Vec<_> = (1..=i64::try_from(n).unwrap())
            .map(|time| (time, true))
            .collect();
        let (low, high) = ranks;
        let interval = Survival::new(&times).median_interval(0.95).unwrap();
        assert_eq!(
            interval,
            (i64::try_from(low).ok(), i64::try_from(high).ok()),
            "{n}"
        );
    }
    assert_eq!([0, 1, 5].map(|n| median_ranks(n, 0.95)), [None; 3]);
    assert_eq!(median_ranks(6, 0.95), Some((1, 6)));
}

#[test]
fn nps_plain_and_adjusted() {
    // Answers, promoters, detractors; value and margin, plain and adjusted, in points. The margins
    // to the last digit shown.
    let rows = [
        (10, 5, 1, (40.0, 41.0), (31.0, 38.0), 0.5),
        (30, 15, 5, (33.0, 27.0), (30.0, 26.0), 0.5),
        (100, 50, 17, (33.0, 14.7), (32.0, 14.5), 0.05),
        (400, 200, 67, (33.0, 7.3), (33.0, 7.3), 0.05),
        (10, 10, 0, (100.0, 0.0), (77.0, 29.0), 0.5),
    ];
    for (n, promoters, detractors, plain, adjusted, digit) in rows {
        let nps = Nps {
            promoters,
            passives: n - promoters - detractors,
            detractors,
        };
        for (found, expected) in [
            (nps.plain(0.95, None), plain),
            (nps.adjusted(0.95, None), adjusted),
        ] {
            let (value, margin) = found.unwrap();
            close(value * 100.0, expected.0, 0.5);
            close(margin * 100.0, expected.1, digit);
        }
    }
}

#[test]
fn nps_sizes() {
    // Half promoters and a sixth detractors; the worst case is half and half.
    let variance = |p: f64, d: f64| p + d - (p - d) * (p - d);
    let typical = variance(0.5, 1.0 / 6.0);
    assert_eq!(size_for_mean(typical, 0.1, 0.95, None), Some(214));
    assert_eq!(
        size_for_mean(variance(0.5, 0.5), 0.1, 0.95, None),
        Some(385)
    );
    let change =
        |points: f64| size_to_tell_means_apart((typical, typical), points / 100.0, 0.95, 0.8);
    assert_eq!(
        [change(10.0), change(20.0), change(30.0)],
        [Some(873), Some(219), Some(97)]
    );
}

#[test]
fn nps_counts_answers_only() {
    // Dismissed questions are no answers: 50 promoters, 33 passives and 17 detractors are +33
    // however many dismissed.
    let nps = Nps {
        promoters: 50,
        passives: 33,
        detractors: 17,
    };
    assert_eq!(nps.value(), Some(0.33));
    assert_eq!(Nps::default().value(), None);
    assert_eq!(Nps::default().plain(0.95, None), None);
    assert_eq!(Nps::default().adjusted(0.95, None), None);
    assert_eq!(
        Nps::count([0, 6, 7, 8, 9, 10, 11, 255].into_iter()),
        Nps {
            promoters: 2,
            passives: 2,
            detractors: 2
        }
    );
    // A published survey: 1,374 answers with a score.
    let broadband = Nps {
        promoters: 386,
        passives: 214,
        detractors: 774,
    };
    close(broadband.value().unwrap() * 100.0, -28.24, 0.005);
}

#[test]
fn agreement_of_two_raters() {
    let rows: [(_, _, _, _, _, [f64; 4]); 4] = [
        (45, 5, 5, 45, 0.5, [0.90, 0.80, 0.80, 0.80]),
        (90, 4, 4, 2, 0.94, [0.92, 0.29, 0.91, 0.29]),
        (95, 2, 3, 0, 0.975, [0.95, -0.02, 0.95, -0.02]),
        (90, 0, 10, 0, 0.95, [0.90, 0.00, 0.89, -0.05]),
    ];
    for (yes_yes, yes_no, no_yes, no_no, prevalence, expected) in rows {
        let pair = Agreement::of(&[&[yes_yes, yes_no], &[no_yes, no_no]], MIN_UNITS).unwrap();
        let mut units = vec![vec![1, 1]; usize::try_from(yes_yes).unwrap()];
        units.extend((0..yes_no).map(|_| vec![1, 0]));
        units.extend((0..no_yes).map(|_| vec![0, 1]));
        units.extend((0..no_no).map(|_| vec![0, 0]));
        let nominal = alpha(&units, Distance::Nominal, MIN_UNITS).unwrap();
        let found = [
            pair.raw(),
            pair.kappa().unwrap(),
            pair.ac1().unwrap(),
            nominal,
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            close(found, expected, 0.005);
        }
        close(pair.prevalence()[0], prevalence, 1e-12);
        // Two values have no room for an order.
        close(
            alpha(&units, Distance::Ordinal, MIN_UNITS).unwrap(),
            nominal,
            1e-12,
        );
    }
}

#[test]
fn width_of_kappa() {
    let margin = |table: [u64; 4], part: u64| {
        let [a, b, c, d] = table.map(|count| count * part);
        Agreement::of(&[&[a, b], &[c, d]], 1)
            .unwrap()
            .kappa_margin(0.95)
            .unwrap()
    };
    // A margin goes with 1/√n: that of 25 units is twice that of 100.
    let balanced = margin([45, 5, 5, 45], 1);
    for (found, expected) in [
        (balanced * 2.0, 0.24),
        (balanced, 0.12),
        (margin([45, 5, 5, 45], 4), 0.06),
    ] {
        close(found, expected, 0.005);
    }
    let skewed = margin([90, 4, 4, 2], 1);
    for (found, expected) in [
        (skewed * 2.0, 0.94),
        (skewed, 0.47),
        (margin([90, 4, 4, 2], 4), 0.24),
    ] {
        close(found, expected, 0.005);
    }
}

#[test]
fn agreement_by_chance_and_a_manual_put_right() {
    // Two who say "yes" in 90 % at random.
    let chance = Agreement::of(&[&[81, 9], &[9, 1]], MIN_UNITS).unwrap();
    close(chance.raw(), 0.82, 1e-12);
    close(chance.kappa().unwrap(), 0.0, 1e-12);
    // 85/5/5/5 "can have kappa near 0", says a manual.
    let manual = Agreement::of(&[&[85, 5], &[5, 5]], MIN_UNITS).unwrap();
    close(manual.kappa().unwrap(), 0.444, 0.0005);
}

#[test]
fn alpha_of_four_raters_with_gaps() {
    // The reliability data of Krippendorff's handbook: 4 raters, 12 units, of which one has a
    // single mark.
    let units: Vec<Vec<u32>> = vec![
        vec![1, 1, 1],
        vec![2, 2, 3, 2],
        vec![3, 3, 3, 3],
        vec![3, 3, 3, 3],
        vec![2, 2, 2, 2],
        vec![1, 2, 3, 4],
        vec![4, 4, 4, 4],
        vec![1, 1, 2, 1],
        vec![2, 2, 2, 2],
        vec![5, 5, 5],
        vec![1, 1],
        vec![3],
    ];
    close(
        alpha(&units, Distance::Nominal, MIN_UNITS).unwrap(),
        0.743,
        0.0005,
    );
    close(
        alpha(&units, Distance::Ordinal, MIN_UNITS).unwrap(),
        0.815,
        0.0005,
    );
    assert_eq!(alpha(&units, Distance::Nominal, 12), None); // eleven can be paired
    assert_eq!(alpha(&units[2..4], Distance::Nominal, 1), None); // no choice, no agreement beyond chance
}

#[test]
fn coefficients_that_do_not_exist() {
    let same = Agreement::of(&[&[20, 0], &[0, 0]], MIN_UNITS).unwrap();
    assert_eq!((same.kappa(), same.kappa_margin(0.95)), (None, None));
    assert_eq!(same.ac1(), Some(1.0));
    assert_eq!(Agreement::of(&[&[20]], MIN_UNITS).unwrap().ac1(), None);
    assert_eq!(Agreement::of(&[&[4, 1], &[1, 3]], MIN_UNITS), None); // nine units
    assert_eq!(Agreement::of(&[&[40, 10], &[10]], MIN_UNITS), None); // not square
    assert_eq!(Agreement::of(&[], 0), None);
    assert_eq!(Agreement::of(&[&[0, 0], &[0, 0]], 0), None);
}

#[test]
fn a_scorecard_with_gates_and_gaps() {
    let item = |weight, mark, gate| Item { weight, mark, gate };
    let fatal = Some(Gate {
        below: 0.5,
        cap: 0.0,
    });
    let serious = Some(Gate {
        below: 1.0,
        cap: 0.6,
    });
    let card = Card::of(&[
        &[item(3, Some(1.0), None), item(1, None, fatal)],
        &[item(2, Some(2.0 / 3.0), serious), item(4, Some(1.0), fatal)],
    ]);
    close(card.raw().unwrap(), (3.0 + 4.0 / 3.0 + 4.0) / 9.0, 1e-12);
    assert_eq!(card.total.coverage(), Some(0.9));
    assert_eq!(card.gated, Some(0.6));
    assert_eq!(card.fired, [(1, 0)]); // what does not apply fires nothing
    assert_eq!(Card::of(&[&[item(3, None, None)]]).raw(), None);
    assert_eq!(Card::of(&[]).gated, None);
    assert_eq!(Card::of(&[&[item(0, Some(1.0), None)]]).raw(), None);
}

#[test]
fn kaplan_meier_by_hand() {
    // 6-mercaptopurine against leukaemia, weeks to relapse (Freireich and others, 1963): a textbook
    // example.
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|week| (week, true));
    let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|week| (week, false));
    let survival = Survival::new(&[&ended[..], &censored[..]].concat());
    let lasting: Vec<_> = survival
        .steps()
        .iter()
        .map(|step| (step.time, step.at_risk, format!("{:.3}", step.lasting)))
        .collect();
    let expected = [
        (6, 21, "0.857"),
        (7, 17, "0.807"),
        (10, 15, "0.753"),
        (13, 12, "0.690"),
        (16, 11, "0.627"),
        (22, 7, "0.538"),
        (23, 6, "0.448"),
    ];
    assert_eq!(
        lasting,
        expected.map(|(time, at_risk, share)| (time, at_risk, share.to_owned()))
    );
    assert_eq!(survival.median(), Some(23));
    // Greenwood's standard error at 10 weeks is 0.0963.
    let step = survival.steps()[2];
    close(step.lasting * step.spread.sqrt(), 0.0963, 0.00005);
    assert_eq!((survival.longest(), survival.len()), (Some(35), 21));
    assert_eq!(survival.quantile(0.9), None);
    assert_eq!(survival.ended_by(36), None);
    close(survival.ended_by(35).unwrap(), 1.0 - 0.448, 0.0005);
    close(survival.restricted_mean(35).unwrap(), 23.287, 0.0005);
    let (low, high) = survival.median_interval(0.95).unwrap();
    assert_eq!((low, high), (Some(10), None)); // effective size 13: ranks 3 and 11
}

#[test]
fn durations_of_which_none_or_all_ended() {
    let none = Survival::new(&[(1, false), (1, false), (10, false), (10, false)]);
    assert_eq!((none.median(), none.ended_by(5)), (None, Some(0.0)));
    assert_eq!(none.ended_by_interval(5, 0.95), wilson(0, 2, 0.95)); // only two had lasted so long
    assert_eq!(none.median_interval(0.95), None);
    assert_eq!(none.restricted_mean(10), Some(10.0));
    let all = Survival::new(&[(3, true); 8]);
    assert_eq!(
        (all.median(), all.ended_by(2), all.ended_by(100)),
        (Some(3), Some(0.0), Some(1.0))
    );
    assert_eq!(all.ended_by_interval(100, 0.95), wilson(8, 8, 0.95));
    assert_eq!(all.median_interval(0.95), Some((Some(3), Some(3))));
    assert_eq!(all.restricted_mean(1000), Some(3.0));
    let nothing = Survival::new(&[]);
    assert!(nothing.is_empty());
    assert_eq!(
        (
            nothing.median(),
            nothing.ended_by(0),
            nothing.restricted_mean(0)
        ),
        (None, None, None)
    );
    assert_eq!(
        (nothing.quantile(0.0), nothing.median_interval(0.95)),
        (None, None)
    );
}
