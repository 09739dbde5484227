//! What most cells are, read without looking at one byte after another: an optional minus, digits, up to
//! four decimals, nothing else. Whatever else there is, also in error, is left to the general reader.

use model::money::DECIMALS;

/// Bytes that are read as one word.
const WORD_BYTES: usize = 8;
/// What a whole number is multiplied by to be in 1/10 000, by how many of its digits are decimals.
const TENS: [i64; DECIMALS as usize + 1] = [10_000, 1_000, 100, 10, 1];

/// The number in 1/10 000.
#[inline]
pub(super) fn plain(cell: &[u8], decimal: char) -> Option<i64> {
    let (negative, digits) = match cell {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let value = if digits.len() <= WORD_BYTES { short(digits, decimal) } else { long(digits, decimal) }?;
    Some(if negative { -value } else { value })
}

/// Of so few bytes that they are one word: its first byte stands lowest, its last one highest, zeros in
/// front of the first.
#[inline]
fn short(digits: &[u8], decimal: char) -> Option<i64> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHEST_BITS: u64 = ONES * 0x80;
    let empty = WORD_BYTES - digits.len();
    if digits.is_empty() || !decimal.is_ascii() {
        return None;
    }
    let text = word(digits) << (8 * empty);
    let mut values = text ^ ((ONES * u64::from(b'0')) << (8 * empty));
    let mut decimals = 0;
    // A byte that is the mark becomes zero here, and has its highest bit set in `marks`, no other.
    let unlike = text ^ (ONES * u64::from(decimal as u8));
    let marks = !((unlike | HIGHEST_BITS).wrapping_sub(ONES) | unlike) & HIGHEST_BITS;
    if marks != 0 {
        let at = marks.trailing_zeros() as usize / 8;
        decimals = WORD_BYTES - 1 - at;
        if at == empty || decimals == 0 {
            return None;
        }
        // What stands before the mark moves up by one, over it.
        let before = (1 << (8 * at)) - 1;
        let behind = u64::MAX << (8 * (at + 1));
        values = (values & behind) | (values & before) << 8;
    }
    // Above nine, also a second mark: adding sets the highest bit, if it was not.
    let are_digits = (values.wrapping_add(ONES * (0x80 - 10)) | values) & HIGHEST_BITS == 0;
    let ten_thousandths = TENS.get(decimals)?;
    are_digits.then(|| eight_digits(values) * ten_thousandths)
}

/// One to eight bytes as a word, the first one lowest.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    let half = |at: usize| bytes[at..].first_chunk().map_or(0, |four| u64::from(u32::from_le_bytes(*four)));
    let one = |at: usize| u64::from(bytes[at]) << (8 * at);
    match bytes.len() {
        // Bytes that stand in both halves are the same in both.
        length @ 4.. => half(0) | half(length - 4) << (8 * (length - 4)),
        length => one(0) | one(length / 2) | one(length - 1),
    }
}

/// The number that eight digits are, of which the first stands in the lowest byte: two, four, and then all
/// of them are put together at once.
#[inline]
fn eight_digits(values: u64) -> i64 {
    let pairs = values * 10 + (values >> 8);
    let pair = |at: u32| (pairs >> (16 * at) & 0xff) as i64;
    (pair(0) * 100 + pair(1)) * 10_000 + pair(2) * 100 + pair(3)
}

/// Of more bytes, but so few that nothing can overflow.
fn long(digits: &[u8], decimal: char) -> Option<i64> {
    const BYTES_MAX: usize = 14;
    if digits.len() > BYTES_MAX {
        return None;
    }
    let (mut value, mut mark_at) = (0i64, None);
    for (at, &byte) in digits.iter().enumerate() {
        if byte.is_ascii_digit() {
            value = value * 10 + i64::from(byte - b'0');
        } else if char::from(byte) == decimal && mark_at.is_none() {
            mark_at = Some(at);
        } else {
            return None;
        }
    }
    let decimals = mark_at.map_or(0, |at| digits.len() - at - 1);
    if mark_at == Some(0) || (mark_at.is_some() && decimals == 0) {
        return None;
    }
    Some(value * TENS.get(decimals)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn a_word_at_once_is_read_as_byte_by_byte(
            cell in proptest::collection::vec(prop_oneof![
                20 => b'0'..=b'9', 3 => Just(b'.'), 2 => Just(b','), 1 => any::<u8>(),
            ], 1..=8),
            decimal in prop_oneof![Just('.'), Just(','), Just('٫')],
        ) {
            let by_bytes = if decimal.is_ascii() { long(&cell, decimal) } else { None };
            prop_assert_eq!(short(&cell, decimal), by_bytes);
        }
    }

    #[test]
    fn numbers_are_told_from_what_is_left_to_others() {
        for (cell, value) in [
            ("7", Some(70_000)),
            ("-7.5", Some(-75_000)),
            ("12345678", Some(123_456_780_000)),
            ("0.0001", Some(1)),
            ("1234567.25", Some(12_345_672_500)),
            (".5", None),
            ("5.", None),
            ("1.23456", None),
            ("1.2.3", None),
            ("", None),
            ("-", None),
            ("1 000", None),
            ("1e3", None),
        ] {
            assert_eq!(plain(cell.as_bytes(), '.'), value, "{cell}");
        }
    }
}
