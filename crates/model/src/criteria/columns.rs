//! The rows that are searched, as columns of attributes.

/// One attribute of all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub values: Values,
    /// Whether "is not known" is worth being a condition of its own.
    pub ask_unknown: bool,
}

/// The values of a column, one per row; what is not known is `None`.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Codes that point into the names. A code without a name counts as not known.
    Category { codes: Vec<Option<u32>>, names: Vec<String> },
    /// Numbers; those that are no number count as not known.
    Number(Vec<Option<f64>>),
    /// Yes or no.
    Flag(Vec<Option<bool>>),
}

impl Values {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        match self {
            Values::Category { codes, .. } => codes.len(),
            Values::Number(numbers) => numbers.len(),
            Values::Flag(flags) => flags.len(),
        }
    }

    /// Whether the value of a row is known.
    pub fn is_known(&self, row: usize) -> bool {
        match self {
            Values::Category { codes, names } => codes[row].is_some_and(|code| (code as usize) < names.len()),
            Values::Number(numbers) => numbers[row].is_some_and(|number| !number.is_nan()),
            Values::Flag(flags) => flags[row].is_some(),
        }
    }
}
