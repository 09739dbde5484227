//! Samples of rows, drawn from a seed.

use crate::random::Random;

/// Draws `wanted` of `count` places without repeats, ascending, each set as likely as any other; all
/// of them where there are no more (selection sampling, Knuth's algorithm S).
///
/// # Panics
/// Where `count` does not fit in 32 bits.
pub fn sample_places(count: usize, wanted: usize, random: &mut Random) -> Vec<u32> {
    let end = u32::try_from(count).expect("rows are counted in 32 bits");
    if wanted >= count {
        return (0..end).collect();
    }
    let mut places = Vec::with_capacity(wanted);
    for place in 0..end {
        let missing = wanted - places.len();
        if missing == 0 {
            break;
        }
        if random.below((end - place) as usize) < missing {
            places.push(place);
        }
    }
    places
}

/// The generator of one of many independent pieces of work with the same seed.
pub(super) fn stream(seed: u64, piece: u64) -> Random {
    Random::new(Random::new(seed).next_u64() ^ piece.wrapping_mul(0xD134_2543_DE82_EF95))
}
