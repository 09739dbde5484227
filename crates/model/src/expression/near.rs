//! The known name that a misspelt one was meant to be.

/// Letters of a name that one slip of the hand is allowed for.
const SLIP_LETTERS: usize = 3;
/// Likeness by common letters and beginning, from 0 to 1, from which names are near.
const NEAR: f64 = 0.85;

/// Of some names the one most like a misspelt one, where any is near; the first of equals.
pub fn nearest<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = name.to_lowercase();
    let mut best: Option<(&str, f64)> = None;
    for candidate in among {
        let known = candidate.to_lowercase();
        // Short names are far apart by the first measure after one slip, and near by the second.
        let slips = strsim::osa_distance(&typed, &known);
        let letters = typed.chars().count().max(known.chars().count());
        let likeness = strsim::jaro_winkler(&typed, &known).max(1.0 - slips as f64 / letters.max(1) as f64);
        let near = likeness >= NEAR || slips * SLIP_LETTERS <= letters;
        if near && best.is_none_or(|(_, most)| likeness > most) {
            best = Some((candidate, likeness));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// What a message adds about a name that was meant: `; did you mean …?`, or nothing.
pub fn meant(near: Option<&str>) -> String {
    near.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
