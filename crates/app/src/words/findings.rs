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
    said_of(words, currency, of, (finding.kind, &finding.segments), &finding.figures)
}

/// Says what was found about the segmentation `of`: its kind, the segments concerned, the figures by name.
pub fn said_of(
    words: &Words,
    currency: &str,
    of: &str,
    (kind, segments): (&str, &[String]),
    figures: &[(&str, Figure)],
) -> Said {
    let figure = |wanted: &str| figures.iter().find(|(name, _)| *name == wanted).map(|(_, figure)| figure);
    let mut args: Vec<(&str, Arg)> = Vec::new();
    for (gap, name) in ["segment", "other"].into_iter().zip(segments) {
        args.push((gap, segment(words, of, name).into()));
    }
    let twin = kind == "double";
    for (name, figure) in figures {
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
        (twin, figure("other"), figure("segment"))
    {
        args.push(("twin", segment(words, other, name).into()));
    }
    Said {
        sentence: words.fill(&format!("finding-{kind}"), &args),
        advice: words.say(&format!("advice-{kind}")),
    }
}
