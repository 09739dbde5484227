//! Numbers for the texts of products and categories: each text of a batch is looked up once, however many
//! segments its lines are shared out to.

use crate::scan::Texts;
use arrow_array::Array;
use hashbrown::HashMap;

/// Number of a key that was not looked up yet.
const UNKNOWN: u32 = u32::MAX;

/// The texts seen so far, with their numbers from 0.
#[derive(Default)]
pub(crate) struct Catalogue {
    numbers: HashMap<String, u32>,
    ids: Keys,
    names: Keys,
}

/// The numbers of the keys of the column at hand.
#[derive(Default)]
struct Keys {
    texts: Option<Texts>,
    numbers: Vec<u32>,
}

impl Keys {
    fn turn_to(&mut self, texts: Option<&Texts>) {
        let same = match (&self.texts, texts) {
            (Some(known), Some(texts)) => known.same_keys(texts),
            (known, texts) => known.is_none() && texts.is_none(),
        };
        if !same {
            self.texts = texts.cloned();
            self.numbers.clear();
            self.numbers.resize(texts.map_or(0, |texts| texts.values().len()), UNKNOWN);
        }
    }

    /// The number of a key's text; `None` without a column.
    fn number(&mut self, key: usize, numbers: &mut HashMap<String, u32>) -> Option<u32> {
        if self.numbers[key] == UNKNOWN {
            self.numbers[key] = number_of(self.texts.as_ref()?.values().value(key), numbers);
        }
        Some(self.numbers[key])
    }
}

fn number_of(text: &str, numbers: &mut HashMap<String, u32>) -> u32 {
    let next = numbers.len() as u32;
    *numbers.entry_ref(text).or_insert(next)
}

impl Catalogue {
    /// Turns to the columns of the lines at hand: ids, and names.
    pub(crate) fn turn_to(&mut self, ids: Option<&Texts>, names: Option<&Texts>) {
        self.ids.turn_to(ids);
        self.names.turn_to(names);
    }

    /// The number of the text that a key of the ids stands for.
    pub(super) fn id(&mut self, key: usize) -> Option<u32> {
        self.ids.number(key, &mut self.numbers)
    }

    /// The number of the text that a key of the names stands for.
    pub(super) fn name(&mut self, key: usize) -> Option<u32> {
        self.names.number(key, &mut self.numbers)
    }

    /// Takes in the texts of another, and gives the numbers that its numbers have here.
    pub(crate) fn adopt(&mut self, other: Catalogue) -> Vec<u32> {
        let mut own = vec![0; other.numbers.len()];
        for (text, theirs) in other.numbers {
            own[theirs as usize] = number_of(&text, &mut self.numbers);
        }
        own
    }

    /// The texts in order of their numbers.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let mut texts = vec![""; self.numbers.len()];
        self.numbers.iter().for_each(|(text, &number)| texts[number as usize] = text);
        texts
    }
}
