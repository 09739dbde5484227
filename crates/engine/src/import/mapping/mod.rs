//! Which column of a file is which field, and how its cells are read.

mod error;
mod evidence;
mod columns;
mod forms;
mod preset;
mod totals;
mod decide;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub use error::{Finding, MappingError};
pub use forms::Unsettled;
pub(super) use forms::day_first;

use super::cells::{DateForm, DateOrder, Language, NumberForm};
use super::presets::Preset;
use evidence::Evidence;
use model::base::FactKind;
use serde::{Deserialize, Serialize};

/// What the user says of a file; everything else is found out.
#[derive(Clone, Debug, Default)]
pub struct MapOptions {
    pub kind: Option<FactKind>,
    /// Id of a preset.
    pub preset: Option<String>,
    /// Field, and header or `#` with the column's number from 1. Overrides everything.
    pub map: Vec<(String, String)>,
    pub date_order: Option<DateOrder>,
    pub decimal: Option<char>,
    /// Zone of the file's times where it is not the base's.
    pub zone: Option<String>,
    /// Currency of money that names none.
    pub currency: Option<String>,
    /// Name of the system the ids come from.
    pub source: Option<String>,
    pub language: Option<Language>,
    /// Orders after the newest day allowed are facts too.
    pub allow_future: bool,
    /// Orders of nobody are wanted: a file without any customer column is accepted.
    pub allow_anonymous: bool,
    /// Field and text: what every row says of it where no column carries the field.
    pub fill: Vec<(String, String)>,
    /// Presets of the user, looked at before the shipped ones.
    pub presets: Vec<Preset>,
}

/// How a file becomes facts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mapping {
    pub kind: FactKind,
    /// Id of the preset that knows the file.
    pub preset: Option<String>,
    /// Name of the system the ids come from: ids are unique within it.
    pub source: String,
    /// What customers are known by; `None` for product files and orders of nobody.
    pub key: Option<CustomerKey>,
    /// Every column of the file, in its order.
    pub columns: Vec<ColumnUse>,
    /// Rows of one order stand together, and its own cells are filled on its first row only.
    pub group: bool,
    /// Fields whose empty cells take the value of the row above.
    pub carry: Vec<String>,
    /// Rows are whole orders: there are no sums of lines.
    pub whole_orders: bool,
    /// Zone of the file's times; `None`: the base's.
    pub zone: Option<String>,
    /// Currency of money that names none; `None`: the base's.
    pub currency: Option<String>,
    /// Words of the status column that mean cancelled, besides the usual ones.
    pub cancelled: Vec<String>,
    /// Field and text: what every row says of it where no column carries the field.
    pub fill: Vec<(String, String)>,
    /// Field, cell and meaning: what a cell of the system stands for; `*` is any other cell.
    pub words: Vec<(String, String, String)>,
    /// Column and cells: rows with another cell there are no facts.
    pub only: Vec<(usize, Vec<String>)>,
    /// Customer ids end at this mark.
    pub id_until: Option<char>,
    /// Ids are unique within a year only.
    pub yearly: bool,
    /// Money is in hundredths.
    pub cents: bool,
    /// Whether the people of the file may be written to by e-mail, where its name says so.
    pub consent: Option<bool>,
    pub language: Option<Language>,
    pub allow_future: bool,
    /// What the user should look at before the import.
    pub warnings: Vec<String>,
    /// What a whole look through the file gathers for the columns that are not settled.
    #[serde(skip)]
    pub(super) evidence: Vec<(usize, Evidence)>,
}

/// What customers of a file are known by, best first. A row that lacks the key takes the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKey {
    Id,
    Email,
    Phone,
    /// Two people may have one name: not safe.
    FullName,
}

impl CustomerKey {
    /// The field that carries the key.
    pub fn field(self) -> &'static str {
        match self {
            CustomerKey::Id => "customer_id",
            CustomerKey::Email => "email",
            CustomerKey::Phone => "phone",
            CustomerKey::FullName => "full_name",
        }
    }
}

/// One column of the file and what it is used as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnUse {
    /// Position from 0.
    pub index: usize,
    /// Header as it stands in the file, trimmed.
    pub header: String,
    /// Canonical field, or the name of a free attribute; `None`: not used.
    pub field: Option<String>,
    pub how: How,
    pub form: Form,
    /// Whether cells have proven the form.
    pub settled: bool,
    /// The first few values.
    pub samples: Vec<String>,
}

/// Why a column is used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Preset,
    Synonym,
    /// By what its cells hold.
    Value,
    Flag,
    /// A customer's free attribute under its own header.
    Attribute,
    Ignored,
}

/// How a column's cells are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Text,
    Number(NumberForm),
    Date(DateForm),
}

impl Mapping {
    /// The first column that carries a field.
    pub fn column(&self, field: &str) -> Option<&ColumnUse> {
        self.columns.iter().find(|column| column.field.as_deref() == Some(field))
    }

    /// All columns that carry a field.
    pub fn columns_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a ColumnUse> {
        self.columns.iter().filter(move |column| column.field.as_deref() == Some(field))
    }

    /// Whether the customer is the side of a call that is not ours.
    pub(super) fn is_of_calls(&self) -> bool {
        self.has("caller") || self.has("called")
    }

    /// Whether a deal that names no company is that of a person who has nothing but a name.
    pub(in crate::import) fn falls_back_on_names(&self) -> bool {
        let reached = self.has("email") || self.has("phone");
        self.kind == FactKind::Deals && self.key == Some(CustomerKey::Id) && self.has("full_name") && !reached
    }

    fn has(&self, field: &str) -> bool {
        self.column(field).is_some()
    }

    /// Whether a column carries the field or every row says the same of it.
    fn says(&self, field: &str) -> bool {
        self.has(field) || self.fill.iter().any(|(known, _)| known == field)
    }
}
