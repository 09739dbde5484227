//! Why a file cannot be mapped yet, and what settles it.

use crate::import::names::{did_you_mean, meant};

/// All that stands in the way of mapping a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct MappingError {
    pub findings: Vec<Finding>,
}

/// One thing that is missing or open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    #[error(
        "it is not clear what the file holds; say `--kind orders`, `--kind customers` or `--kind products`"
    )]
    Kind,
    #[error("no column for `{field}` ({meaning}); name it with `--map {field}=HEADER`{}", hint(.near))]
    Missing { field: &'static str, meaning: &'static str, near: Option<String> },
    #[error("`{field}` could be {}; choose with `--map {field}={}`", listed(.columns), .columns[0])]
    TwoColumns { field: String, columns: Vec<String> },
    #[error(
        "no column says who bought: no customer id, e-mail, phone or name; {}, name the column with \
         `--map customer_id=HEADER`, or import orders of nobody with `--allow-anonymous`",
        .advice.as_deref().unwrap_or("export the orders with the customer's id or e-mail")
    )]
    NoCustomer { advice: Option<String> },
    #[error(
        "there is no column `{header}`; the file has {}{}",
        listed(.columns), did_you_mean(header, .columns.iter().map(String::as_str))
    )]
    NoHeader { header: String, columns: Vec<String> },
    #[error("the column `{header}` occurs more than once; name it by its number: {}", listed(.columns))]
    SameHeader { header: String, columns: Vec<String> },
    #[error("there is no field `{field}`{}", meant(.near.as_ref()))]
    NoField { field: String, near: Option<&'static str> },
    #[error("there is no preset `{preset}`{}", meant(.near.as_ref()))]
    NoPreset { preset: String, near: Option<String> },
    #[error("there is no time zone `{zone}`; name it like `Europe/Riga`")]
    NoZone { zone: String },
    #[error("there is no currency `{currency}`; write its code, such as `EUR`")]
    NoCurrency { currency: String },
    #[error(
        "`{column}` holds numbers like `{example}` that can be read in two ways; \
         say `--decimal .` or `--decimal ,`"
    )]
    OpenNumbers { column: String, example: String },
    #[error(
        "`{column}` holds dates like `{example}` whose day and month cannot be told apart; say \
         `--date-order day` or `--date-order month`"
    )]
    OpenDates { column: String, example: String },
    #[error(
        "`{column}` should hold {wanted} and holds `{example}`; name another with `--map {field}=HEADER`"
    )]
    WrongCells { column: String, field: String, wanted: &'static str, example: String },
}

/// The names one after another, each in backticks.
fn listed(names: &[String]) -> String {
    /// Names that a message lists.
    const LISTED: usize = 40;
    let mut text = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        text.push_str(", …");
    }
    text
}

fn hint(near: &Option<String>) -> String {
    near.as_ref().map(|header| format!(", perhaps `{header}`")).unwrap_or_default()
}
