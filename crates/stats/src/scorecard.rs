//! Scorecards: weighted marks with sections, criteria that do not apply, and critical criteria.

use std::ops::Add;

/// One criterion of a filled-in card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// How much it counts. A whole number, so that sections add up.
    pub weight: u32,
    /// The mark in 0..=1; `None` where the criterion does not apply. A mark outside is moved to the
    /// nearer end.
    pub mark: Option<f64>,
    /// What makes it critical, if anything.
    pub gate: Option<Gate>,
}

/// A low mark here caps the score of the whole card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gate {
    /// The gate fires where the mark is lower than this. Name the mark itself, not "half the
    /// scale": scales of four steps have no half.
    pub below: f64,
    /// The score is then at most this; 0 makes the criterion fatal.
    pub cap: f64,
}

/// Sums over criteria. Tallies of parts add up to the tally of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Σ weight × mark over criteria that apply.
    pub earned: f64,
    /// Σ weight over criteria that apply.
    pub applicable: u64,
    /// Σ weight over all criteria.
    pub possible: u64,
}

/// A card with its sections, before and after its gates.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The tally of each section, in order.
    pub sections: Vec<Tally>,
    /// The tally of the whole: the sum of the sections.
    pub total: Tally,
    /// The score that the gates leave: [`Card::raw`] or the lowest cap of those that fired.
    pub gated: Option<f64>,
    /// Which gates fired: section and place in it, counted from 0.
    pub fired: Vec<(usize, usize)>,
}

impl Tally {
    /// The tally of some criteria.
    pub fn of(items: &[Item]) -> Tally {
        items
            .iter()
            .map(Tally::of_one)
            .fold(Tally::default(), Tally::add)
    }

    fn of_one(item: &Item) -> Tally {
        let weight = u64::from(item.weight);
        match item.clean_mark() {
            Some(mark) => Tally {
                earned: f64::from(item.weight) * mark,
                applicable: weight,
                possible: weight,
            },
            None => Tally {
                earned: 0.0,
                applicable: 0,
                possible: weight,
            },
        }
    }

    /// Σ w s / Σ w over criteria that apply; `None` where none with any weight does. Never 0 or 1
    /// for want of criteria.
    ///
    /// # Example: what does not apply lifts the score, and coverage shows it
    ///
    /// ```
    /// use stats::{Item, Tally};
    ///
    /// let item = |mark| Item { weight: 1, mark, gate: None };
    /// let failed = Tally::of(&[item(Some(1.0)), item(Some(1.0)), item(Some(1.0)), item(Some(0.0)), item(Some(0.0))]);
    /// assert_eq!((failed.score(), failed.coverage()), (Some(0.6), Some(1.0)));
    ///
    /// let left_out = Tally::of(&[item(Some(1.0)), item(Some(1.0)), item(Some(1.0)), item(None), item(None)]);
    /// assert_eq!((left_out.score(), left_out.coverage()), (Some(1.0), Some(0.6)));
    ///
    /// assert_eq!(Tally::of(&[item(None)]).score(), None);
    /// ```
    pub fn score(&self) -> Option<f64> {
        (self.applicable > 0).then(|| (self.earned / self.applicable as f64).clamp(0.0, 1.0))
    }

    /// Σ w of criteria that apply / Σ w of all; `None` where there is no weight. Below a half a
    /// score says little.
    pub fn coverage(&self) -> Option<f64> {
        (self.possible > 0).then(|| self.applicable as f64 / self.possible as f64)
    }
}

impl Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            earned: self.earned + other.earned,
            applicable: self.applicable + other.applicable,
            possible: self.possible + other.possible,
        }
    }
}

impl Item {
    fn clean_mark(&self) -> Option<f64> {
        self.mark
            .filter(|mark| !mark.is_nan())
            .map(|mark| mark.clamp(0.0, 1.0))
    }

    /// The cap of the gate, where it fires. A criterion that does not apply fires nothing.
    fn cap(&self) -> Option<f64> {
        let gate = self.gate?;
        (self.clean_mark()? < gate.below).then_some(gate.cap)
    }
}

impl Card {
    /// The card of some sections.
    ///
    /// # Example: a fatal criterion keeps three numbers
    ///
    /// ```
    /// use stats::{Card, Gate, Item};
    ///
    /// let polite = Item { weight: 3, mark: Some(1.0), gate: None };
    /// let fatal = Item { weight: 1, mark: Some(0.0), gate: Some(Gate { below: 0.5, cap: 0.0 }) };
    /// let card = Card::of(&[&[polite], &[polite, fatal]]);
    /// assert_eq!(card.raw(), Some(6.0 / 7.0));
    /// assert_eq!(card.gated, Some(0.0));
    /// assert_eq!(card.fired, [(1, 1)]);
    /// ```
    pub fn of(sections: &[&[Item]]) -> Card {
        let tallies: Vec<_> = sections.iter().map(|items| Tally::of(items)).collect();
        let total = tallies.iter().copied().fold(Tally::default(), Tally::add);
        let mut gated = total.score();
        let mut fired = Vec::new();
        for (s, items) in sections.iter().enumerate() {
            for (i, item) in items.iter().enumerate() {
                if let Some(cap) = item.cap() {
                    fired.push((s, i));
                    gated = gated.map(|score| score.min(cap));
                }
            }
        }
        Card {
            sections: tallies,
            total,
            gated,
            fired,
        }
    }

    /// The score before gates.
    pub fn raw(&self) -> Option<f64> {
        self.total.score()
    }
}
