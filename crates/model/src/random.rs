//! Numbers drawn from a seed: the same seed, the same numbers, on every machine.

/// The step of SplitMix64: 2^64 over the golden ratio, made odd.
const GOLDEN_STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// A generator of draws (xoshiro256++ of Blackman and Vigna, its state filled by SplitMix64).
///
/// For samples and permutations, not for secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The generator of a seed; near seeds give unrelated draws.
    pub fn new(seed: u64) -> Random {
        let mut at = seed;
        let state = std::array::from_fn(|_| {
            at = at.wrapping_add(GOLDEN_STEP);
            let mixed = (at ^ (at >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^ (mixed >> 31)
        });
        Random { state }
    }

    /// Sixty-four random bits.
    pub fn next_u64(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let drawn = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        drawn
    }

    /// A whole number from 0 to `n - 1`, each as likely as any other (Lemire's rejection).
    ///
    /// # Panics
    /// Where `n` is 0, since there is nothing to draw.
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "there is nothing to draw below 0");
        let n = n as u64;
        // Of the 2^64 draws as many are refused as would make the first numbers more likely.
        let refused = n.wrapping_neg() % n;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            if product as u64 >= refused {
                return (product >> 64) as usize;
            }
        }
    }

    /// A number from 0 to 1, without 1, in steps of 2^-53.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Brings the items into a random order, each order as likely as any other (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    /// Published output of xoshiro256++ from the state 1, 2, 3, 4 (as in the `rand_xoshiro` crate).
    #[test]
    fn draws_are_those_of_the_algorithm() {
        let mut random = Random { state: [1, 2, 3, 4] };
        let drawn = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205];
        assert_eq!(std::array::from_fn(|_| random.next_u64()), drawn);
    }

    #[test]
    fn draws_are_even_and_stay_in_bounds() {
        let mut random = Random::new(7);
        let mut seen = [0_u32; 6];
        (0..60_000).for_each(|_| seen[random.below(6)] += 1);
        // Five standard deviations of a binomial of 60 000 and one sixth are 456.
        assert!(seen.iter().all(|count| count.abs_diff(10_000) < 460), "{seen:?}");
        assert!((0..1000).map(|_| random.unit()).all(|drawn| (0.0..1.0).contains(&drawn)));
        assert_eq!(random.below(1), 0);
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut random = Random::new(1);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..6_000 {
            let mut items = [1, 2, 3];
            random.shuffle(&mut items);
            *seen.entry(items).or_insert(0_u32) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|count| count.abs_diff(1_000) < 150), "{seen:?}");
    }
}
