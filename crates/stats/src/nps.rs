//! The net promoter score.

use crate::Interval;
use crate::normal::two_sided;

/// Answers to "would you recommend us?" from 0 to 10, counted. Who did not answer is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nps {
    /// Answers 9 and 10.
    pub promoters: u64,
    /// Answers 7 and 8.
    pub passives: u64,
    /// Answers 0 to 6.
    pub detractors: u64,
}

impl Nps {
    /// Counts answers. What is above 10 is no answer and is left out.
    ///
    /// ```
    /// use stats::Nps;
    ///
    /// let nps = Nps::count([10, 9, 9, 7, 3].into_iter());
    /// assert_eq!(nps, Nps { promoters: 3, passives: 1, detractors: 1 });
    /// assert_eq!(nps.value(), Some(0.4));
    /// ```
    pub fn count(answers: impl Iterator<Item = u8>) -> Nps {
        answers.fold(Nps::default(), |mut nps, answer| {
            match answer {
                0..=6 => nps.detractors += 1,
                7 | 8 => nps.passives += 1,
                9 | 10 => nps.promoters += 1,
                _ => {}
            }
            nps
        })
    }

    /// How many answered.
    pub fn answers(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// (promoters − detractors) / answers, from −1 to 1; `None` without answers, because 0 is a
    /// score.
    pub fn value(&self) -> Option<f64> {
        (self.answers() > 0).then(|| self.balance() / self.answers() as f64)
    }

    /// The value and its margin at a confidence: z √((P + D − (P − D)²)/n), P and D being shares of
    /// the answers.
    ///
    /// `None` without answers, and where `population` is given and smaller than the answers. With a
    /// population (the clients that could have answered) the margin is multiplied by
    /// [`finite_population_correction`]. Where all answers are alike the margin is 0, which is not
    /// to be believed: see [`Nps::adjusted`].
    ///
    /// ```
    /// use stats::Nps;
    ///
    /// let (value, margin) = Nps { promoters: 50, passives: 33, detractors: 17 }.plain(0.95, None).unwrap();
    /// assert_eq!(format!("{:+.0} ± {:.1}", value * 100.0, margin * 100.0), "+33 ± 14.7");
    /// ```
    pub fn plain(&self, confidence: f64, population: Option<u64>) -> Option<(f64, f64)> {
        self.with_margin(0.0, confidence, population)
    }

    /// As [`Nps::plain`] with three imaginary answers: ¾ of a promoter, ¾ of a detractor and 1½
    /// passives. For small samples.
    ///
    /// The adjusted Wald interval of B. Rocks, *Interval Estimation for the Net Promoter Score*,
    /// The American Statistician 70 (2016).
    ///
    /// # Example: ten promoters of ten
    ///
    /// ```
    /// use stats::Nps;
    ///
    /// let ten = Nps { promoters: 10, passives: 0, detractors: 0 };
    /// assert_eq!(ten.plain(0.95, None), Some((1.0, 0.0)));
    /// let (value, margin) = ten.adjusted(0.95, None).unwrap();
    /// assert_eq!(format!("{:+.0} ± {:.0}", value * 100.0, margin * 100.0), "+77 ± 29");
    /// ```
    pub fn adjusted(&self, confidence: f64, population: Option<u64>) -> Option<(f64, f64)> {
        self.with_margin(3.0, confidence, population)
    }

    /// The ends of [`Nps::adjusted`], cut to −1..=1.
    pub fn interval(&self, confidence: f64, population: Option<u64>) -> Option<Interval> {
        let (value, margin) = self.adjusted(confidence, population)?;
        Some(((value - margin).max(-1.0), (value + margin).min(1.0)))
    }

    fn with_margin(
        &self,
        added: f64,
        confidence: f64,
        population: Option<u64>,
    ) -> Option<(f64, f64)> {
        let correction = match population {
            Some(all) => finite_population_correction(self.answers(), all)?,
            None => 1.0,
        };
        if self.answers() == 0 {
            return None;
        }
        let size = self.answers() as f64 + added;
        let share = |count: u64| (count as f64 + added / 4.0) / size;
        let value = self.balance() / size;
        let variance =
            (share(self.promoters) + share(self.detractors) - value * value).max(0.0) / size;
        Some((value, two_sided(confidence) * variance.sqrt() * correction))
    }

    /// Promoters less detractors, which answers added in equal parts do not change.
    fn balance(&self) -> f64 {
        self.promoters as f64 - self.detractors as f64
    }
}

/// √((N − n)/(N − 1)): by how much a margin shrinks when `n` of only `all` (N) were asked; 0 when
/// all were.
///
/// `None` where `n` exceeds `all` or nobody is there. It is 0 for a population of one that was
/// asked, 1 where nobody was.
///
/// ```
/// let half = stats::finite_population_correction(50, 100).unwrap();
/// assert_eq!(format!("{half:.2}"), "0.71");
/// assert_eq!(stats::finite_population_correction(100, 100), Some(0.0));
/// assert_eq!(stats::finite_population_correction(101, 100), None);
/// ```
pub fn finite_population_correction(n: u64, all: u64) -> Option<f64> {
    if n > all || all == 0 {
        return None;
    }
    if all == 1 || n == 0 {
        return Some(if n == 0 { 1.0 } else { 0.0 });
    }
    Some(((all - n) as f64 / (all - 1) as f64).sqrt())
}
