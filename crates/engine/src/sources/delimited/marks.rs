//! Places of a few bytes in a text in which they stand close to each other.
//!
//! Searching for the next one is quick where it is far away. Cells are short, so a stretch of text is
//! compared at once and gives a bit for each of its bytes.

/// Bytes that are compared at once: the bits of a word.
const STRETCH_BYTES: usize = 64;

/// The places of some bytes in a text, in ascending order.
pub(super) struct Marks<'a, const N: usize> {
    marks: [u8; N],
    text: &'a [u8],
    /// Where the stretch begins whose marks are given.
    at: usize,
    /// Its marks that were not given yet, the first one lowest.
    found: u64,
    /// Where the next stretch begins.
    next: usize,
}

impl<'a, const N: usize> Marks<'a, N> {
    pub(super) fn new(marks: [u8; N], text: &'a [u8]) -> Marks<'a, N> {
        Marks { marks, text, at: 0, found: 0, next: 0 }
    }

    /// Finds the marks of the next stretch; `false` at the end.
    fn advance(&mut self) -> bool {
        self.at = self.next;
        let rest = &self.text[self.at..];
        self.found = match rest.first_chunk::<STRETCH_BYTES>() {
            Some(stretch) => bits(self.marks, stretch),
            None if rest.is_empty() => return false,
            None => {
                let mut stretch = [0; STRETCH_BYTES];
                stretch[..rest.len()].copy_from_slice(rest);
                bits(self.marks, &stretch) & !(u64::MAX << rest.len())
            }
        };
        self.next = self.text.len().min(self.at + STRETCH_BYTES);
        true
    }
}

impl<const N: usize> Iterator for Marks<'_, N> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            if !self.advance() {
                return None;
            }
        }
        let at = self.at + self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(at)
    }
}

/// A bit for each byte of a stretch that is one of a few, the first byte's lowest.
fn bits<const N: usize>(marks: [u8; N], stretch: &[u8; STRETCH_BYTES]) -> u64 {
    /// Moves the lowest bit of the eight bytes of a word into its highest byte, one next to the other.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let is_mark = stretch.map(|byte| marks.iter().fold(0, |any, &mark| any | u8::from(byte == mark)));
    let (words, _) = is_mark.as_chunks::<8>();
    let byte = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(GATHER) >> 56;
    words.iter().zip(0..).fold(0, |bits, (word, at)| bits | byte(word) << (8 * at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use memchr::memchr3_iter;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_are_found(
            text in proptest::collection::vec(prop_oneof![
                Just(b','), Just(b'\n'), Just(b'\r'), Just(0), any::<u8>(), Just(b'a'),
            ], 0..400),
            separator in prop_oneof![Just(b','), Just(b'\t'), Just(0), Just(0xff)],
        ) {
            let found: Vec<usize> = Marks::new([separator, b'\n', b'\r'], &text).collect();
            let expected: Vec<usize> = memchr3_iter(separator, b'\n', b'\r', &text).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
