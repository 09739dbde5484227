//! The typical buying committee of some companies, as a story. Nothing is said that was not counted.

use super::messages::{Arg, Words};
use engine::committee::{Chair, Group};

/// A seat is typical that at least this share of the companies has.
pub const TYPICAL: f64 = 0.5;
/// Of fewer companies the story is a hint.
const COMPANIES_MIN: u64 = 10;
/// Numbers of facts in one.
const SCALE: f64 = 10_000.0;

/// Who takes part in buying in these companies, what each wants, and who does more often than in the others.
/// Empty where nobody inside them is known.
pub fn story(words: &Words, group: &Group, chairs: &[Chair]) -> Vec<String> {
    if group.companies == 0 {
        return Vec::new();
    }
    let known = [
        ("known", words.count(group.companies).into()),
        ("all", words.count(group.companies + group.unknown).into()),
    ];
    let mut said = vec![words.fill("committee-known", &known)];
    if group.companies < COMPANIES_MIN {
        said.push(words.say("committee-few"));
    }
    let share = |chair: &Chair| chair.share.map_or(0.0, |share| share.value);
    let typical: Vec<&Chair> = chairs.iter().filter(|chair| share(chair) >= TYPICAL).collect();
    if typical.is_empty() {
        said.push(words.say("committee-none"));
    }
    // Alone at the table, or as strong as somebody else, nobody stands out.
    let most = typical.iter().filter_map(|chair| chair.influence).max();
    let is_most = |chair: &Chair| chair.influence.is_some() && chair.influence == most;
    let stands_out = typical.iter().filter(|chair| is_most(chair)).count() == 1 && typical.len() > 1;
    for chair in &typical {
        said.push(seated(words, chair, share(chair), stands_out && is_most(chair)));
    }
    let own: Vec<String> =
        chairs.iter().filter(|chair| chair.is_missing).map(|chair| seat(words, &chair.seat)).collect();
    if !own.is_empty() {
        said.push(words.fill("committee-more-often", &[("list", own.join(", ").into())]));
    }
    said
}

/// Somebody at the table with what they say and want.
fn seated(words: &Words, chair: &Chair, share: f64, is_most: bool) -> String {
    let mut more = Vec::new();
    if let Some(influence) = chair.influence {
        let influence = influence as f64 / SCALE;
        let places = u32::from(influence.fract() != 0.0);
        let key = if is_most { "committee-most" } else { "committee-influence" };
        more.push(words.fill(key, &[("influence", words.decimal(influence, places).into())]));
    }
    for (key, list) in [
        ("committee-work", &chair.work_motives),
        ("committee-personal", &chair.personal_motives),
        ("committee-interest", &chair.interests),
    ] {
        if !list.is_empty() {
            more.push(words.fill(key, &[("list", list.join(", ").into())]));
        }
    }
    let args: [(&str, Arg); 3] = [
        ("seat", capital(&seat(words, &chair.seat)).into()),
        ("share", words.percent_whole(share).into()),
        ("more", more.join("; ").into()),
    ];
    match more.is_empty() {
        true => words.fill("committee-seat-only", &args[..2]),
        false => words.fill("committee-seat", &args),
    }
}

/// The name of a seat; one that is not on the list of positions is shown as files name it.
pub fn seat(words: &Words, name: &str) -> String {
    let key = format!("seat-{}", name.replace(' ', "-"));
    if words.knows(&key) { words.say(&key) } else { name.to_owned() }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
