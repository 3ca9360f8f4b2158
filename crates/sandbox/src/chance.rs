//! Chance that comes out the same on every machine.
//!
//! The generator's output is a promise of `rand_pcg`; what is drawn from it uses whole numbers
//! only, because logarithms and powers differ between platforms in their last bit.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

/// A stream of chance.
pub(crate) struct Chance(Pcg64Mcg);

/// Scrambles a number so that neighbours have nothing in common (the finaliser of SplitMix64).
pub(crate) fn scramble(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Chance {
    /// The stream numbered `stream` of `seed`: a deal's story does not change when another
    /// deal's does.
    pub fn new(seed: u64, stream: u64) -> Chance {
        let high = scramble(seed ^ scramble(stream));
        let low = scramble(high ^ stream);
        Chance(Pcg64Mcg::new((u128::from(high) << 64) | u128::from(low)))
    }

    /// A number from 0 to `bound` - 1; 0 where `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::from(self.below((high - low + 1).max(1) as u32))
    }

    /// A number from `low` to `high`, the lower ones far likelier.
    pub fn rather_low(&mut self, low: i64, high: i64) -> i64 {
        let first = self.between(low, high);
        let second = self.between(low, high);
        first.min(second).min(self.between(low, high))
    }

    /// Whether something of this many per cent happens.
    pub fn hit(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, which must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }

    /// One of `items` by weight; they must not be empty.
    pub fn weighted<T: Copy>(&mut self, items: &[(u32, T)]) -> T {
        let total = items.iter().map(|(weight, _)| weight).sum();
        let mut rest = self.below(total);
        for (weight, item) in items {
            if rest < *weight {
                return *item;
            }
            rest -= weight;
        }
        items[items.len() - 1].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_numbers_for_ever() {
        let mut chance = Chance::new(7, 3);
        let drawn: Vec<u32> = (0..6).map(|_| chance.below(1_000_000)).collect();
        assert_eq!(drawn, [470_205, 445_892, 343_734, 920_765, 939_521, 42_946]);
    }

    #[test]
    fn stays_within_bounds() {
        let mut chance = Chance::new(1, 1);
        for _ in 0..10_000 {
            assert!((3..=9).contains(&chance.between(3, 9)));
            assert!((3..=9).contains(&chance.rather_low(3, 9)));
            assert!(chance.weighted(&[(1, 'a'), (0, 'b'), (2, 'c')]) != 'b');
        }
        assert_eq!(chance.between(4, 4), 4);
        assert_eq!(chance.below(0), 0);
    }
}
