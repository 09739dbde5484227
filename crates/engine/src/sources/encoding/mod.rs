//! Which encoding a file's text is in, and text out of it.

mod decode;
#[cfg(test)]
mod tests;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

pub(super) use decode::{Decoder, Offsets};

/// Bytes looked at to tell the encoding.
pub(super) const SAMPLE_BYTES: usize = 1 << 20;
/// Bytes looked at to find UTF-16 without a byte order mark.
const UTF_16_SAMPLE_BYTES: usize = 64 << 10;
/// One good multi-byte sequence speaks for UTF-8 against this many bad ones: legacy text has
/// next to none.
const BAD_PER_GOOD_MAX: usize = 10;
/// Letters outside ASCII from which a guess among legacy encodings counts as sure.
const SURE_LETTERS: usize = 50;

/// The encoding of a file.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub mark_bytes: usize,
    pub sure: bool,
    pub warning: Option<String>,
}

/// The encoding a user names, in any of its customary names.
pub(super) fn named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().to_ascii_lowercase();
    match name.as_str() {
        "utf8-bom" | "utf-8-sig" | "cp65001" => Some(UTF_8),
        "utf16le" | "utf-16-le" => Some(UTF_16LE),
        "utf16be" | "utf-16-be" => Some(UTF_16BE),
        _ => {
            let label = name.strip_prefix("win-").map(|page| format!("windows-{page}")).unwrap_or(name);
            Encoding::for_label_no_replacement(label.as_bytes())
        }
    }
}

/// The encoding as said, with the mark that the file may still have.
pub(super) fn as_said(encoding: &'static Encoding, start: &[u8]) -> Found {
    let mark_bytes = match Encoding::for_bom(start) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    Found { encoding, mark_bytes, sure: true, warning: None }
}

/// Tells the encoding from the start of a file.
pub(super) fn detect(start: &[u8]) -> Found {
    let found = |encoding, sure| Found { encoding, mark_bytes: 0, sure, warning: None };
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(start) {
        return Found { encoding, mark_bytes, sure: true, warning: None };
    }
    if let Some(encoding) = wide_by_nuls(start) {
        return found(encoding, true);
    }
    let (good, bad) = utf_8_sequences(start);
    if bad == 0 {
        return found(UTF_8, true);
    }
    if good.saturating_mul(BAD_PER_GOOD_MAX) >= bad {
        return found(UTF_8, true);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = guess.decode_without_bom_handling(start);
    let (likely, unlikely, letters) = weigh(&text);
    if likely < unlikely {
        let warning = "some bytes are not UTF-8 and no other encoding explains them; name the encoding \
                       if their rows are wanted";
        return Found { warning: Some(warning.to_owned()), ..found(UTF_8, false) };
    }
    let mut result = found(guess, letters >= SURE_LETTERS);
    if !result.sure {
        let name = guess.name();
        result.warning =
            Some(format!("the encoding is guessed to be {name} from few letters; look at the sample"));
    }
    result
}

/// UTF-16 without a mark: the high bytes of ASCII characters are zeros, all on one side.
fn wide_by_nuls(start: &[u8]) -> Option<&'static Encoding> {
    let start = &start[..start.len().min(UTF_16_SAMPLE_BYTES)];
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in start.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let pairs = start.len() / 2;
    // Separators, digits and line ends are ASCII in any language: at least one in twenty.
    let enough = (pairs / 20).max(2);
    if second >= enough && first * 20 <= second {
        Some(UTF_16LE)
    } else if first >= enough && second * 20 <= first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Counts well-formed multi-byte sequences of UTF-8, and bytes that belong to none.
fn utf_8_sequences(start: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    let mut chunks = start.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        // The sample may have cut the last character.
        let cut = chunks.peek().is_none()
            && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        if !cut {
            bad += chunk.invalid().len();
        }
    }
    (good, bad)
}

/// Weighs decoded characters outside ASCII: those that stand as text does, those that do not, and
/// how many letters there are.
fn weigh(text: &str) -> (usize, usize, usize) {
    let (mut likely, mut unlikely, mut letters) = (0, 0, 0);
    let mut word = (0_usize, 0_usize); // Letters of the present word: all, outside ASCII.
    let mut close = |word: &mut (usize, usize)| {
        letters += word.1;
        // Two letters that are both foreign may be anything; a real text has longer words too.
        if word.1 > 0 && word.0 >= 3 || word.1 == 1 && word.0 == 2 {
            likely += word.1;
        } else {
            unlikely += word.1;
        }
        *word = (0, 0);
    };
    let mut signs = (0, 0);
    for character in text.chars() {
        if character.is_alphabetic() {
            word.0 += 1;
            word.1 += usize::from(!character.is_ascii());
            continue;
        }
        close(&mut word);
        if !character.is_ascii() {
            let customary = "\u{a0}€£¥₽°№«»„“”‘’‚–—…·•§©®™±½¼¾¿¡ºª²³´×".contains(character);
            if customary {
                signs.0 += 1;
            } else {
                signs.1 += 1;
            }
        }
    }
    close(&mut word);
    (likely + signs.0, unlikely + signs.1, letters)
}
