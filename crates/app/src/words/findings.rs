//! What checks find, as sentences.

use super::messages::{Arg, Words};
use engine::checks::{Figure, Finding};
use model::money::Money;

/// A finding in words: what it means, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub sentence: String,
    pub advice: String,
}

/// The name of a segment of a segmentation; one that has no words is shown as it is.
pub fn segment(words: &Words, of: &str, name: &str) -> String {
    let key = format!("segment-{of}-{name}");
    if words.knows(&key) { words.say(&key) } else { name.to_owned() }
}

/// The name of a feature; an attribute is shown as files name it.
pub fn feature(words: &Words, name: &str) -> String {
    let key = format!("feature-{name}");
    if words.knows(&key) { words.say(&key) } else { name.to_owned() }
}

/// Says a finding about the segmentation `of`.
pub fn said(words: &Words, currency: &str, of: &str, finding: &Finding) -> Said {
    let mut args: Vec<(&str, Arg)> = Vec::new();
    for (gap, name) in ["segment", "other"].into_iter().zip(&finding.segments) {
        args.push((gap, segment(words, of, name).into()));
    }
    let twin = finding.kind == "double";
    for (name, figure) in &finding.figures {
        let text = match (*name, figure) {
            ("customers", Figure::Count(count)) => words.count_of("customers", *count),
            ("days", Figure::Count(count)) => words.count_of("days", *count),
            ("cycle", Figure::Number(days)) => words.count_of("days", days.round() as u64),
            ("earlier", Figure::Name(name)) => segment(words, of, name),
            ("segment", Figure::Name(_)) if twin => continue,
            ("nearest", Figure::Name(name)) => feature(words, name),
            (_, Figure::Name(name)) => name.clone(),
            (_, Figure::Count(count)) => words.count(*count),
            (_, Figure::Share(share)) => words.percent(*share),
            (_, Figure::Money(sum)) => {
                words.money_round(Money(i64::try_from(*sum).unwrap_or(i64::MAX)), currency)
            }
            (_, Figure::Number(number)) => words.decimal(*number, 2),
            (_, Figure::Day(day)) => words.day(*day),
        };
        args.push((name, text.into()));
    }
    if let (true, Some(Figure::Name(other)), Some(Figure::Name(name))) =
        (twin, finding.figure("other"), finding.figure("segment"))
    {
        args.push(("twin", segment(words, other, name).into()));
    }
    Said {
        sentence: words.fill(&format!("finding-{}", finding.kind), &args),
        advice: words.say(&format!("advice-{}", finding.kind)),
    }
}
