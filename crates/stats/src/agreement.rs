//! Agreement between raters, corrected for chance.

use crate::normal::two_sided;

/// How many units a coefficient needs at the least: fewer say nothing, whatever they say.
pub const MIN_UNITS: usize = 10;

/// Two raters who put the same units into the same categories, without order.
///
/// No coefficient suffices alone: where one category is rare, kappa may be near 0 at 90 %
/// agreement, and AC1 near 1 though the rare category is never agreed on. Show all of them with the
/// prevalence, and judge rare faults by precision and recall.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    units: u64,
    observed: f64,
    prevalence: Vec<f64>,
    by_margins: f64,
}

impl Agreement {
    /// From a square table: `table[i][j]` units went to category i by the first rater and to j by
    /// the second.
    ///
    /// `None` where the table is not square or holds fewer than `min_units` units (at least one).
    ///
    /// # Example: a rare fault
    ///
    /// ```
    /// use stats::{Agreement, MIN_UNITS};
    ///
    /// let shown = |x: Option<f64>| format!("{:.2}", x.unwrap());
    /// let raters = Agreement::of(&[&[90, 4], &[4, 2]], MIN_UNITS).unwrap();
    /// assert_eq!(format!("{:.2}", raters.raw()), "0.92");
    /// assert_eq!(shown(raters.kappa()), "0.29");
    /// assert_eq!(shown(raters.ac1()), "0.91");
    /// assert_eq!(format!("{:.2}", raters.prevalence()[0]), "0.94");
    /// assert_eq!(shown(raters.kappa_margin(0.95)), "0.47");
    /// ```
    pub fn of(table: &[&[u64]], min_units: usize) -> Option<Agreement> {
        let size = table.len();
        let units: u64 = table.iter().flat_map(|row| row.iter()).sum();
        if size == 0
            || table.iter().any(|row| row.len() != size)
            || units < (min_units as u64).max(1)
        {
            return None;
        }
        let share = |count: u64| count as f64 / units as f64;
        let rows: Vec<f64> = table.iter().map(|row| share(row.iter().sum())).collect();
        let columns: Vec<f64> = (0..size)
            .map(|j| share(table.iter().map(|row| row[j]).sum()))
            .collect();
        Some(Agreement {
            units,
            observed: share((0..size).map(|i| table[i][i]).sum()),
            prevalence: rows
                .iter()
                .zip(&columns)
                .map(|(r, c)| (r + c) / 2.0)
                .collect(),
            by_margins: rows.iter().zip(&columns).map(|(r, c)| r * c).sum(),
        })
    }

    /// How many units both rated.
    pub fn units(&self) -> u64 {
        self.units
    }

    /// The share of units on which both agree. Two who say "yes" at random in 90 % agree in 82 %.
    pub fn raw(&self) -> f64 {
        self.observed
    }

    /// Of each category the mean of the two raters' shares.
    pub fn prevalence(&self) -> &[f64] {
        &self.prevalence
    }

    /// Cohen's kappa, (pₒ − pₑ)/(1 − pₑ) with pₑ the agreement that the raters' own shares make by
    /// chance; `None` where both used one and the same category only. J. Cohen, *Educational and
    /// Psychological Measurement* 20 (1960).
    pub fn kappa(&self) -> Option<f64> {
        corrected(self.observed, self.by_margins)
    }

    /// The margin of kappa at a confidence: z √(pₒ(1 − pₒ)/n) / (1 − pₑ), Cohen's large-sample
    /// formula.
    pub fn kappa_margin(&self, confidence: f64) -> Option<f64> {
        let error = (self.observed * (1.0 - self.observed) / self.units as f64).sqrt();
        (self.by_margins < 1.0).then(|| two_sided(confidence) * error / (1.0 - self.by_margins))
    }

    /// Gwet's AC1: as kappa, with pₑ = Σ q(1 − q)/(K − 1) over the prevalences q of K categories,
    /// 2q(1 − q) for two; `None` for fewer than two categories. K. L. Gwet, *British Journal of
    /// Mathematical and Statistical Psychology* 61 (2008).
    pub fn ac1(&self) -> Option<f64> {
        let others = self
            .prevalence
            .len()
            .checked_sub(1)
            .filter(|others| *others > 0)?;
        let spread: f64 = self.prevalence.iter().map(|q| q * (1.0 - q)).sum();
        corrected(self.observed, spread / others as f64)
    }
}

fn corrected(observed: f64, by_chance: f64) -> Option<f64> {
    (by_chance < 1.0).then(|| (observed - by_chance) / (1.0 - by_chance))
}

/// How far two marks are from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// Equal or not.
    Nominal,
    /// Marks of an order whose steps have no size: how many marks were given between the two.
    Ordinal,
}

/// Krippendorff's alpha of any number of raters, not all of whom rated everything.
///
/// Each unit is the list of the marks that it was given, in any order. Units with fewer than two
/// marks tell nothing and are left out; `None` where fewer than `min_units` (at least one) are
/// left, or where all marks are the same.
///
/// α = 1 − Dₒ/Dₑ with Dₒ = Σ oᵥw δ²(v, w), Dₑ = Σ nᵥ nw δ²(v, w)/(n − 1), where oᵥw counts the
/// pairs (v, w) within units of m marks by 1/(m − 1) each, nᵥ marks are v, and δ² is 1 for unequal
/// nominal marks and (Σ n between the two, ends by half)² for ordinal ones. A. F. Hayes, K.
/// Krippendorff, *Communication Methods and Measures* 1 (2007). Custom: rely on 0.8 and more,
/// tentatively on 0.667.
///
/// # Example: from a single unit nothing follows
///
/// ```
/// use stats::{Distance, MIN_UNITS, alpha};
///
/// let one_unit = [vec![1, 1, 1, 1, 1, 1, 2]];
/// assert_eq!(alpha(&one_unit, Distance::Nominal, MIN_UNITS), None);
/// assert_eq!(alpha(&one_unit, Distance::Nominal, 1), Some(0.0)); // what the formula says of any single unit
/// ```
pub fn alpha(units: &[Vec<u32>], distance: Distance, min_units: usize) -> Option<f64> {
    let paired: Vec<&Vec<u32>> = units.iter().filter(|marks| marks.len() > 1).collect();
    if paired.len() < min_units.max(1) {
        return None;
    }
    let mut values: Vec<u32> = paired
        .iter()
        .flat_map(|marks| marks.iter().copied())
        .collect();
    values.sort_unstable();
    let all = values.len() as f64;
    values.dedup();
    let counts: Vec<Vec<f64>> = paired.iter().map(|marks| count(marks, &values)).collect();
    let totals: Vec<f64> = (0..values.len())
        .map(|v| counts.iter().map(|unit| unit[v]).sum())
        .collect();
    let (mut observed, mut expected) = (0.0, 0.0);
    for v in 0..values.len() {
        for w in v + 1..values.len() {
            let apart = squared_distance(&totals, v, w, distance);
            let within = counts
                .iter()
                .map(|unit| unit[v] * unit[w] / (unit.iter().sum::<f64>() - 1.0));
            observed += within.sum::<f64>() * apart;
            expected += totals[v] * totals[w] / (all - 1.0) * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// How often each of the values occurs among the marks.
fn count(marks: &[u32], values: &[u32]) -> Vec<f64> {
    let mut counts = vec![0.0; values.len()];
    for mark in marks {
        counts[values.partition_point(|value| value < mark)] += 1.0;
    }
    counts
}

fn squared_distance(totals: &[f64], v: usize, w: usize, distance: Distance) -> f64 {
    match distance {
        Distance::Nominal => 1.0,
        Distance::Ordinal => {
            let between = totals[v..=w].iter().sum::<f64>() - (totals[v] + totals[w]) / 2.0;
            between * between
        }
    }
}
