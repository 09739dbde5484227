//! Keys packed by the plainest encoder come back, and bytes that are none are refused.

use super::{BLOCK, Run, WIDTH_MAX, each_run};
use proptest::prelude::*;

/// The plainest encoder there is: runs of one key where told so, bits one by one elsewhere.
fn encoded(runs: &[(bool, Vec<u32>)], width: u8) -> (Vec<u8>, Vec<u32>) {
    let (mut bytes, mut keys) = (Vec::new(), Vec::new());
    for (last, (same, own)) in runs.iter().enumerate().map(|(place, run)| (place + 1 == runs.len(), run)) {
        let mut own: Vec<u32> = own.iter().map(|key| key & ((1 << width) - 1)).collect();
        if *same {
            header((own.len() as u64) << 1, &mut bytes);
            let key = own[0];
            bytes.extend(&key.to_le_bytes()[..usize::from(width).div_ceil(8)]);
            keys.extend(own.iter().map(|_| key));
            continue;
        }
        if !last {
            own.resize(own.len().next_multiple_of(8), 0);
        }
        let groups = own.len().div_ceil(8);
        header(((groups as u64) << 1) | 1, &mut bytes);
        let mut bits: Vec<bool> =
            own.iter().flat_map(|key| (0..width).map(move |bit| (key >> bit) & 1 == 1)).collect();
        bits.resize(groups * 8 * usize::from(width), false);
        let byte = |bits: &[bool]| bits.iter().rev().fold(0_u8, |byte, &bit| (byte << 1) | u8::from(bit));
        bytes.extend(bits.chunks(8).map(byte));
        keys.extend(own);
    }
    (bytes, keys)
}

fn header(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn decoded(bytes: &[u8], width: u8, count: usize) -> Option<Vec<u32>> {
    let mut keys = Vec::new();
    each_run(bytes, width, count, |run| match run {
        Run::Same(key, times) => keys.extend(std::iter::repeat_n(key, times)),
        Run::Keys(some) => keys.extend(some),
    })?;
    Some(keys)
}

proptest! {
    #[test]
    fn keys_come_back(
        width in 1..=WIDTH_MAX,
        runs in prop::collection::vec(
            (any::<bool>(), prop::collection::vec(any::<u32>(), 1..2 * BLOCK + 9)),
            1..6,
        ),
    ) {
        let (bytes, keys) = encoded(&runs, width);
        prop_assert_eq!(decoded(&bytes, width, keys.len()), Some(keys.clone()));
        let some = keys.len() / 2;
        prop_assert_eq!(decoded(&bytes, width, some), Some(keys[..some].to_vec()));
        // Bytes that are cut off are missed, not made up.
        prop_assert_eq!(decoded(&bytes[..bytes.len() - 1], width, keys.len()), None);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80), width in 0..40_u8) {
        if let Some(keys) = decoded(&bytes, width, 50) {
            prop_assert_eq!(keys.len(), 50);
        }
    }
}

#[test]
fn keys_of_no_bits_are_zero() {
    assert_eq!(decoded(&[20], 0, 10), Some(vec![0; 10]));
    assert_eq!(decoded(&[5], 0, 10), Some(vec![0; 10]));
}
