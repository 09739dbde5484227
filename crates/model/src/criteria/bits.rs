//! Sets of rows as bits, 64 to a word.

/// Rows in a word.
pub const WORD_ROWS: usize = 64;

/// A set of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(pub Vec<u64>);

impl Bits {
    /// The rows of `0..rows` for which a question is answered with yes.
    pub fn of(rows: usize, holds: impl Fn(usize) -> bool) -> Bits {
        let word = |start: usize| {
            let end = (start + WORD_ROWS).min(rows);
            (start..end).fold(0u64, |word, row| word | (u64::from(holds(row)) << (row - start)))
        };
        Bits((0..rows).step_by(WORD_ROWS).map(word).collect())
    }

    /// Whether a row is in the set.
    pub fn has(&self, row: usize) -> bool {
        self.0[row / WORD_ROWS] >> (row % WORD_ROWS) & 1 == 1
    }

    /// How many rows are in the set.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }
}

/// How many rows are in both of two sets over the same rows.
pub fn count_both(a: &[u64], b: &[u64]) -> u64 {
    a.iter().zip(b).map(|(a, b)| u64::from((a & b).count_ones())).sum()
}

/// Writes the rows that are in both of two sets into a third.
pub fn intersect(into: &mut Vec<u64>, a: &[u64], b: &[u64]) {
    into.clear();
    into.extend(a.iter().zip(b).map(|(a, b)| a & b));
}

/// A digest of a set: two sets over the same rows that differ have the same one with a chance of
/// about 2^-128, so equal digests stand for equal sets.
pub fn digest(words: &[u64]) -> u128 {
    let (mut left, mut right) = (0x9e37_79b9_7f4a_7c15_u64, 0xc2b2_ae3d_27d4_eb4f_u64);
    for &word in words {
        left = (left.rotate_left(23) ^ mixed(word)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        right = (right.rotate_left(41) ^ word).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        right ^= right >> 29;
    }
    u128::from(mixed(left)) << 64 | u128::from(mixed(right))
}

/// Spreads every bit of a word over all of it (the last step of SplitMix64).
const fn mixed(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}
