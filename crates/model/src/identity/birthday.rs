//! Days of birth as people have typed them, held against each other.

/// Numbers of a birthday: year, month and day in some order.
const PARTS: usize = 3;
/// Years are compared without their century, since some are typed so.
const CENTURY: u32 = 100;

/// Whether two days of birth cannot be of one person. They may be written in different ways, so the
/// numbers are compared whatever their order; what has fewer numbers differs only by one that the
/// other has not. Text without numbers says nothing.
pub(super) fn differ(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut left = many;
    few.iter().any(|part| match left.iter().position(|known| known == part) {
        Some(place) => {
            left.swap_remove(place);
            false
        }
        None => true,
    })
}

/// The first three numbers of a text, which may go on with a time.
fn parts(text: &str) -> Vec<u32> {
    let numbers = text.split(|sign: char| !sign.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let plain: Vec<&str> = numbers.take(PARTS).collect();
    // 19900501, in one piece.
    if let [digits] = plain[..]
        && digits.len() == 8
    {
        return [&digits[2..4], &digits[4..6], &digits[6..]].iter().filter_map(|part| number(part)).collect();
    }
    plain.iter().filter_map(|digits| number(digits)).collect()
}

fn number(digits: &str) -> Option<u32> {
    digits.parse::<u32>().ok().map(|number| number % CENTURY)
}

#[cfg(test)]
mod tests {
    use super::differ;

    #[test]
    fn ways_of_writing_make_no_difference() {
        for same in ["1990-05-17", "17.05.1990", "5/17/90", "19900517", "1990-05-17T00:00:00Z", "17.5.", ""] {
            assert!(!differ("1990-05-17", same) && !differ(same, "1990-05-17"), "{same}");
        }
        for other in ["1990-05-18", "17.06.1990", "1991-05-17", "19900518", "18.5."] {
            assert!(differ("1990-05-17", other) && differ(other, "1990-05-17"), "{other}");
        }
        assert!(!differ("unknown", "1990-05-17"));
    }
}
