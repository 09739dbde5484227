//! A stream of chance that no update can change: SplitMix64 and the few distributions needed.

use std::f64::consts::{LN_2, SQRT_2};

/// Random numbers of one thing: a customer, a day, the catalogue.
///
/// SplitMix64 (Steele, Lea and Flood 2014): passes BigCrush, has no set-up cost, and is three
/// lines that stand here.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    state: u64,
}

/// What a stream is for, so that two things of one number do not share their luck.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Catalogue = 1,
    Habits = 2,
    Orders = 3,
    WalkIn = 4,
}

/// Scrambles a number: the output function of SplitMix64.
pub(super) fn scramble(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

impl Chance {
    /// The stream of thing `number` in the shop of `seed`.
    pub(super) fn of(seed: u64, stream: Stream, number: u64) -> Chance {
        let lane = scramble(seed.wrapping_add((stream as u64) << 56));
        Chance { state: scramble(lane ^ scramble(number.wrapping_add(0x9E37_79B9_7F4A_7C15))) }
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scramble(self.state)
    }

    /// A whole number from 0 to `count − 1`; 0 when `count` is 0.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(count)) >> 32) as u32
    }

    /// The same for large counts.
    pub(super) fn below_wide(&mut self, count: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(count)) >> 64) as u64
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True in `per_mille` of 1000 cases.
    pub(super) fn happens(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// The index of one of `weights`, in proportion to them; 0 when all are 0.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, &weight) in weights.iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// Uniform above 0 and up to 1.
    fn unit(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// Exponential with mean 1.
    pub(super) fn exponential(&mut self) -> f64 {
        -ln(self.unit())
    }

    /// Gamma of shape one half with mean 1: the square of a normal (Marsaglia's polar method).
    ///
    /// Rates so drawn give the counts of the NBD model their long tail.
    pub(super) fn gamma_half(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * x * (-2.0 * ln(square) / square);
            }
        }
    }
}

/// Natural logarithm of a positive normal number by additions, products and quotients alone.
///
/// The platform's `ln` may differ in the last digit from system to system; these operations are
/// exact to the standard everywhere. Error below 1e-13.
fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as i32 - 1023;
    let mut mantissa = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | (1023 << 52));
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln m = 2 artanh((m − 1) / (m + 1)), whose series converges fast this near to 1.
    let step = (mantissa - 1.0) / (mantissa + 1.0);
    let square = step * step;
    let mut series = 0.0;
    for odd in [15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        series = series * square + 1.0 / odd;
    }
    f64::from(exponent) * LN_2 + 2.0 * step * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // First outputs of SplitMix64 from state 1234567.
        let mut chance = Chance { state: 1_234_567 };
        assert_eq!(chance.bits(), 6_457_827_717_110_365_317);
        assert_eq!(chance.bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn logarithm_is_right() {
        for x in [1e-300f64, 1e-9, 0.1, 0.5, 0.707, 0.99, 1.0, 1.4, 1.5, 2.0, 1e9] {
            assert!((ln(x) - x.ln()).abs() <= 1e-13 * x.ln().abs().max(1.0), "ln({x})");
        }
    }

    #[test]
    fn distributions_have_their_means() {
        let mut chance = Chance::of(1, Stream::Habits, 0);
        let draws = 100_000;
        let exponential: f64 = (0..draws).map(|_| chance.exponential()).sum::<f64>() / f64::from(draws);
        let gamma: f64 = (0..draws).map(|_| chance.gamma_half()).sum::<f64>() / f64::from(draws);
        // Standard errors are 0.003 and 0.0045.
        assert!((exponential - 1.0).abs() < 0.015, "{exponential}");
        assert!((gamma - 1.0).abs() < 0.025, "{gamma}");
    }

    #[test]
    fn weights_are_kept() {
        let mut chance = Chance::of(1, Stream::Orders, 7);
        let mut seen = [0u32; 3];
        for _ in 0..10_000 {
            seen[chance.weighted(&[1, 0, 3])] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((2300..2700).contains(&seen[0]), "{seen:?}");
    }
}
