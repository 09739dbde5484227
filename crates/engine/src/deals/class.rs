//! The classes of deals.

use serde::Serialize;

/// The class of a closed deal. Here A is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Class {
    A,
    B,
    C,
    D,
    X,
    #[serde(rename = "unclear")]
    Unclear,
}

impl Class {
    /// Every class, in the order of outputs.
    pub const ALL: [Class; 6] = [Class::A, Class::B, Class::C, Class::D, Class::X, Class::Unclear];

    /// The name in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Class::A => "A",
            Class::B => "B",
            Class::C => "C",
            Class::D => "D",
            Class::X => "X",
            Class::Unclear => "unclear",
        }
    }

    /// The class that somebody typed: a letter, perhaps beside the word `class` or `deal`; Cyrillic
    /// letters that look the same are meant. `None` for anything else.
    pub fn typed(text: &str) -> Option<Class> {
        let lower = text.trim().to_lowercase();
        let mut letters = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
            !matches!(*word, "" | "class" | "deal" | "deals" | "класс" | "сделка" | "classe" | "klase")
        });
        let found = match letters.next()? {
            "a" | "а" => Class::A,
            "b" | "в" => Class::B,
            "c" | "с" => Class::C,
            "d" => Class::D,
            "x" | "х" => Class::X,
            _ => return None,
        };
        letters.next().is_none().then_some(found)
    }
}
