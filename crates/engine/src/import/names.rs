//! Column names made comparable: the same name written by another hand is the same name.

use super::cells::text::is_invisible;

/// Letters that are a plain letter with a mark, and the plain letter.
const MARKED: &str = "àaáaâaãaäaåaāaăaąaçcćcčcďdđdèeéeêeëeēeėeęeěeģgğgìiíiîiïiīiįiıiķkļlłlľl\
    ñnńnņnňnòoóoôoõoöoōoőoøoŕrŗrřrśsşsšsșsţtťtțtùuúuûuüuūuůuűuýyÿyźzżzžzёейиўу";

/// A name in the form in which headers are compared with the headers of a preset: trimmed, small
/// letters, without marks over and under letters, every run of blanks one blank.
///
/// Dropping the marks makes composed and decomposed letters equal, and `ё` and `е`, and also lets
/// `numero` stand for `número`, as people type it.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        if is_invisible(letter) || is_combining_mark(letter) {
            continue;
        }
        if letter.is_whitespace() {
            if !folded.ends_with(' ') && !folded.is_empty() {
                folded.push(' ');
            }
            continue;
        }
        for small in letter.to_lowercase() {
            if !is_combining_mark(small) {
                folded.push(unmarked(small));
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a name, folded, for comparing with synonyms: punctuation and underscores part
/// words, `InvoiceNo` is two words; `#` and `№` are words.
pub fn words(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 4);
    let mut previous = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit()) {
            spaced.push(' ');
        }
        if letter == '#' || letter == '№' {
            spaced.extend([' ', letter, ' ']);
        } else if letter.is_alphanumeric() || is_invisible(letter) || is_combining_mark(letter) {
            spaced.push(letter);
        } else {
            spaced.push(' ');
        }
        previous = letter;
    }
    fold(&spaced)
}

/// Whether a header is meant by a pattern of a preset: equal when folded, or, where the pattern
/// ends in `*`, beginning with it and going on in digits.
pub fn matches(pattern: &str, header: &str) -> bool {
    match pattern.strip_suffix('*') {
        None => fold(pattern) == fold(header),
        Some(stem) => fold(header)
            .strip_prefix(&fold(stem))
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())),
    }
}

/// Of some names the one most like a misspelt one, where any is near.
pub fn nearest<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.85;
    /// Letters of a name that one slip of the hand is allowed for.
    const SLIP_LETTERS: usize = 3;
    let folded = words(name);
    let mut best: Option<(&str, f64)> = None;
    for candidate in among {
        let known = words(candidate);
        // Short names are far apart by the first measure after one slip, and near by the second.
        let slips = strsim::osa_distance(&folded, &known);
        let letters = folded.chars().count().max(known.chars().count());
        let likeness = strsim::jaro_winkler(&folded, &known).max(1.0 - slips as f64 / letters.max(1) as f64);
        let near = likeness >= NEAR || slips * SLIP_LETTERS <= letters;
        if near && best.is_none_or(|(_, most)| likeness > most) {
            best = Some((candidate, likeness));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// What a message about a name that is not there adds: `; did you mean …?`, or nothing.
pub fn did_you_mean<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> String {
    meant(nearest(name, among))
}

/// The same with a name that was found already.
pub fn meant(near: Option<impl AsRef<str>>) -> String {
    near.map(|name| format!("; did you mean `{}`?", name.as_ref())).unwrap_or_default()
}

fn is_combining_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn unmarked(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let mut pairs = MARKED.chars().filter(|c| !c.is_whitespace());
    while let (Some(marked), Some(plain)) = (pairs.next(), pairs.next()) {
        if marked == letter {
            return plain;
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_by_another_hand() {
        assert_eq!(fold("\u{feff} Бюджет  СДЕЛКИ "), "бюджет сделки");
        assert_eq!(fold("Nu\u{301}mero de COMANDA"), "numero de comanda");
        assert_eq!(fold("отменён"), fold("отмене\u{308}н"));
        assert_eq!(fold("Pasūtījuma\u{a0}Nr."), "pasutijuma nr.");
        assert_eq!(
            [words("InvoiceNo"), words("customer_id"), words("Order #")],
            ["invoice no", "customer id", "order #"]
        );
        assert_eq!(words("№ заказа"), "№ заказа");
        assert_eq!(words("E-mail"), "e mail");
        assert_eq!(words("CustomerID"), "customer id");
    }

    #[test]
    fn patterns_of_numbered_columns() {
        assert!(matches("order_item_*", "order_item_12") && !matches("order_item_*", "order_item_total"));
        assert!(matches("Бюджет", "Бюджет ") && !matches("Name", "Lineitem name"));
    }

    #[test]
    fn nearest_is_near() {
        assert_eq!(nearest("custmer_id", ["order_id", "customer_id"]), Some("customer_id"));
        assert_eq!(nearest("zzz", ["order_id", "customer_id"]), None);
        let segmentations = ["rfm", "abc_xyz", "ltv", "stage", "volume"];
        for (typed, meant) in [("rmf", "rfm"), ("abc-xyz", "abc_xyz"), ("abcxyz", "abc_xyz"), ("RFM", "rfm")]
        {
            assert_eq!(nearest(typed, segmentations), Some(meant), "{typed}");
        }
        assert_eq!(did_you_mean("stages", segmentations), "; did you mean `stage`?");
        assert_eq!(did_you_mean("clusters", segmentations), "");
    }
}
