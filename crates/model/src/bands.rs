//! Bands of numbers as people write them: `18-24`, `25 to 34`, `under 18`, `65+`.

use crate::money::SCALE;

/// A band of numbers, in 1/10 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band {
    /// The least number in it; `None`: none is too small.
    pub from: Option<i64>,
    /// The first number above it; `None`: none is too large.
    pub below: Option<i64>,
}

/// Words that part the two ends of a band.
const BETWEEN: &[&str] = &["to", "до", "a", "līdz", "hasta", "-"];
/// Words before or after a number that is the least of a band.
const OR_MORE: &[&str] =
    &["+", "or more", "or older", "and more", "and older", "and over", "and above", ">="];
/// Words before a number that is above a band.
const UNDER: &[&str] = &["<", "under", "below", "less than", "younger than"];
/// Words before a number that is the last of a band.
const UP_TO: &[&str] = &["<=", "up to"];
/// Words before the number below a band.
const OVER: &[&str] = &[">", "over", "above", "more than", "older than"];

impl Band {
    /// The band that a text says; `None` for anything else, a plain number too. An end that is the last
    /// number of a band takes in what lies before the next whole number: nobody is between 24 and 25.
    pub fn read(text: &str) -> Option<Band> {
        let text = text.trim().to_lowercase().replace(['–', '—', '−', '‑'], "-");
        let text = text.replace('≥', ">=").replace('≤', "<=");
        let after = |word: &&str| number(text.strip_prefix(word)?);
        let before = |word: &&str| number(text.strip_suffix(word)?);
        let band = |from, below| Some(Band { from, below });
        // The longer signs come first: `<=` begins with `<`.
        if let Some(last) = UP_TO.iter().find_map(after) {
            return band(None, Some(next(last)));
        }
        if let Some(least) = OR_MORE.iter().find_map(|word| after(word).or_else(|| before(word))) {
            return band(Some(least), None);
        }
        if let Some(first) = UNDER.iter().find_map(after) {
            return band(None, Some(first));
        }
        if let Some(under) = OVER.iter().find_map(after) {
            return band(Some(next(under)), None);
        }
        let ends = |word: &&str| {
            let (from, last) = text.split_once(*word)?;
            Some((number(from)?, number(last)?))
        };
        let (from, last) = BETWEEN.iter().find_map(ends).filter(|(from, last)| from <= last)?;
        band(Some(from), Some(next(last)))
    }

    /// Whether a number is in the band.
    pub fn holds(&self, number: i64) -> bool {
        self.from.is_none_or(|from| from <= number) && self.below.is_none_or(|below| number < below)
    }
}

/// The first number after a last one: whole numbers are followed by the next whole one.
fn next(last: i64) -> i64 {
    if last % SCALE == 0 { last.saturating_add(SCALE) } else { last.saturating_add(1) }
}

/// A number as people type it, in 1/10 000: blanks between thousands, decimal comma or point; up to four
/// decimals. `None` for anything else.
pub fn number(text: &str) -> Option<i64> {
    let plain: String =
        text.trim().chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let (sign, digits) = match plain.strip_prefix(['-', '−']) {
        Some(digits) => (-1, digits),
        None => (1, &plain[..]),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 4 {
        return None;
    }
    let part: i64 = format!("{part:0<4}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(SCALE)?.checked_add(part).map(|number| sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(text: &str) -> Option<(Option<i64>, Option<i64>)> {
        let unit = |end: Option<i64>| end.map(|end| end / SCALE);
        Band::read(text).map(|band| (unit(band.from), unit(band.below)))
    }

    #[test]
    fn bands_are_read_as_people_write_them() {
        for text in ["18-24", " 18 – 24 ", "18 to 24", "18 до 24"] {
            assert_eq!(band(text), Some((Some(18), Some(25))), "{text}");
        }
        for text in ["65+", "65 or more", "65 and over", ">=65", "≥ 65", "> 64", "over 64"] {
            assert_eq!(band(text), Some((Some(65), None)), "{text}");
        }
        for text in ["<18", "under 18", "up to 17", "<= 17", "≤17"] {
            assert_eq!(band(text), Some((None, Some(18))), "{text}");
        }
        assert_eq!(band("1 000-1 999"), Some((Some(1_000), Some(2_000))));
        assert_eq!(Band::read("1.5-2.5"), Some(Band { from: Some(15_000), below: Some(25_001) }));
        for text in ["", "18", "-5", "24-18", "a-b", "Riga", "18-24-30", "+", "up to", "x to y"] {
            assert_eq!(band(text), None, "{text}");
        }
    }

    #[test]
    fn ends_belong_to_their_bands() {
        let middle = Band::read("18-24").unwrap();
        let inside = [179_999, 180_000, 240_000, 249_999, 250_000].map(|number| middle.holds(number));
        assert_eq!(inside, [false, true, true, true, false]);
        assert!(Band::read("65+").unwrap().holds(650_000) && !Band::read("<18").unwrap().holds(180_000));
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(
            ["7", "1 200", "3,5", "-0.25"].map(number),
            [70_000, 12_000_000, 35_000, -2_500].map(Some)
        );
        assert_eq!(["", "7.", ".5", "1e3", "0.00001", "seven"].map(number), [None; 6]);
    }
}
