//! Texts of rows, attribute by attribute, as columns to be searched.

use hashbrown::HashMap;
use model::criteria::{Column, Scorer, Test, Values};
use std::collections::BTreeMap;

/// Different texts of one attribute that are kept; one with more is kept only if all are numbers.
/// Free text and ids have nothing in common to be found.
pub const TEXTS_MAX: usize = 4_096;
/// Stands for a missing text.
const MISSING: u32 = u32::MAX;

/// Rows with attributes. Of each a row has one text or none; four bytes are kept per row and
/// attribute, eight where it has very many different numbers.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: usize,
    columns: BTreeMap<String, Texts>,
}

/// The texts of one attribute, up to some row.
#[derive(Clone, Debug)]
enum Texts {
    Coded {
        codes: Vec<u32>,
        names: Vec<String>,
        places: HashMap<String, u32>,
    },
    /// Too many different ones, but all numbers; what is missing is no number.
    Numbers(Vec<f64>),
    /// Too many different ones.
    TooMany,
}

impl Table {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Says an attribute of the row that is being added; [`Table::end_row`] ends it.
    pub fn set(&mut self, name: &str, text: &str) {
        if !self.columns.contains_key(name) {
            self.columns.insert(name.to_owned(), Texts::new());
        }
        if let Some(texts) = self.columns.get_mut(name) {
            texts.pad(self.rows);
            texts.push(text);
        }
    }

    /// Ends a row: what was not said of it is missing.
    pub fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Adds the rows of another table below.
    pub fn append(&mut self, other: Table) {
        for (name, texts) in other.columns {
            let own = self.columns.entry(name).or_insert_with(Texts::new);
            own.pad(self.rows);
            own.append(texts);
        }
        self.rows += other.rows;
    }

    /// The names of the attributes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// The columns in order of their names, one at a time, each gone from the table; `None` instead of
    /// one with too many different texts.
    pub fn into_columns(self) -> impl Iterator<Item = (String, Option<Column>)> {
        let rows = self.rows;
        self.columns.into_iter().map(move |(name, mut texts)| {
            texts.pad(rows);
            let values = texts.into_values();
            let column = values.map(|values| Column { name: name.clone(), values, ask_unknown: false });
            (name, column)
        })
    }

    /// The columns that the conditions of a score ask for, read as they were when it was made:
    /// as numbers where a condition is on a number, whatever else these rows say, else as texts.
    pub fn into_columns_for(self, scorer: &Scorer) -> Vec<Column> {
        let conditions = || scorer.weights.iter().flat_map(|weight| &weight.conditions);
        let rows = self.rows;
        let asked = self.columns.into_iter().filter_map(|(name, mut texts)| {
            let test = &conditions().find(|condition| condition.attribute == name)?.test;
            let is_number = matches!(test, Test::AtMost(_) | Test::Above(_) | Test::Between { .. });
            texts.pad(rows);
            let values = if is_number { texts.into_numbers() } else { texts.into_categories() }?;
            Some(Column { name, values, ask_unknown: false })
        });
        asked.collect()
    }
}

impl Texts {
    fn new() -> Texts {
        Texts::Coded { codes: Vec::new(), names: Vec::new(), places: HashMap::new() }
    }

    fn len(&self) -> usize {
        match self {
            Texts::Coded { codes, .. } => codes.len(),
            Texts::Numbers(numbers) => numbers.len(),
            Texts::TooMany => 0,
        }
    }

    /// Rows up to `rows` of which nothing was said.
    fn pad(&mut self, rows: usize) {
        let rows = rows.max(self.len());
        match self {
            Texts::Coded { codes, .. } => codes.resize(rows, MISSING),
            Texts::Numbers(numbers) => numbers.resize(rows, f64::NAN),
            Texts::TooMany => {}
        }
    }

    fn push(&mut self, text: &str) {
        match self {
            Texts::Coded { codes, names, places } => {
                let code = places.get(text).copied().unwrap_or_else(|| {
                    let code = names.len() as u32;
                    names.push(text.to_owned());
                    places.insert(text.to_owned(), code);
                    code
                });
                codes.push(code);
                if names.len() > TEXTS_MAX {
                    self.become_numbers();
                }
            }
            Texts::Numbers(numbers) => match number(text) {
                Some(number) => numbers.push(number),
                None => *self = Texts::TooMany,
            },
            Texts::TooMany => {}
        }
    }

    /// Keeps numbers instead of texts, where all are.
    fn become_numbers(&mut self) {
        if let Texts::Coded { codes, names, .. } = self {
            let read: Option<Vec<f64>> = names.iter().map(|name| number(name)).collect();
            *self = match read {
                Some(read) => {
                    let of = |&code: &u32| read.get(code as usize).copied().unwrap_or(f64::NAN);
                    Texts::Numbers(codes.iter().map(of).collect())
                }
                None => Texts::TooMany,
            };
        }
    }

    fn append(&mut self, other: Texts) {
        match other {
            Texts::TooMany => *self = Texts::TooMany,
            Texts::Coded { codes, names, .. } => {
                for code in codes {
                    match names.get(code as usize) {
                        Some(name) => self.push(name),
                        None => self.pad(self.len() + 1),
                    }
                }
            }
            Texts::Numbers(more) => {
                self.become_numbers();
                match self {
                    Texts::Numbers(numbers) => numbers.extend(more),
                    _ => *self = Texts::TooMany,
                }
            }
        }
    }

    /// Numbers where every text is one, else categories.
    fn into_values(self) -> Option<Values> {
        let all_numbers = match &self {
            Texts::Coded { names, .. } => names.iter().all(|name| number(name).is_some()),
            Texts::Numbers(_) => true,
            Texts::TooMany => false,
        };
        if all_numbers { self.into_numbers() } else { self.into_categories() }
    }

    /// Numbers; a text that is none is missing.
    fn into_numbers(self) -> Option<Values> {
        let list: Vec<Option<f64>> = match self {
            Texts::TooMany => return None,
            Texts::Numbers(list) => {
                list.into_iter().map(|number| (!number.is_nan()).then_some(number)).collect()
            }
            Texts::Coded { codes, names, .. } => {
                let read: Vec<Option<f64>> = names.iter().map(|name| number(name)).collect();
                codes.iter().map(|&code| read.get(code as usize).copied().flatten()).collect()
            }
        };
        Some(Values::Number(list))
    }

    fn into_categories(self) -> Option<Values> {
        let Texts::Coded { codes, names, .. } = self else { return None };
        let codes = codes.into_iter().map(|code| (code != MISSING).then_some(code)).collect();
        Some(Values::Category { codes, names })
    }
}

/// A plain decimal, its mark a point or a comma: `12`, `-0.5`, `1000,25`. Words that some parsers
/// take for numbers (`inf`, `nan`, `1e5`) are texts.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (units, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    if plain(units) && plain(decimals) { text.replacen(',', ".", 1).parse().ok() } else { None }
}
