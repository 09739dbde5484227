//! One cell of text to a value: a number, a moment, an id, a contact.
//!
//! Numbers and dates are read in the form of their column, which evidence gathered from all its
//! cells has proven ([`NumberEvidence`], [`DateEvidence`]). A cell that does not fit the form is
//! an error with a suggestion and never a guess. Nothing here uses floats, the clock or the
//! environment.

pub mod error;
pub mod language;
pub mod text;

pub mod currency;
pub mod words;

pub mod numbers;
pub mod zone;

pub mod dates;
pub mod ids;

pub mod contacts;

pub use contacts::{Email, Phone, email, emails, phone};
pub use currency::currency_code;
pub use dates::{DateEvidence, DateForm, DateGuess, DateKind, DateOrder, parse_date, parse_moment};
pub use error::CellError;
pub use ids::{clean_id, mixed_script};
pub use language::Language;
pub use numbers::{Exact, NumberEvidence, NumberForm, NumberGuess, parse_exact};
pub use words::{is_null, is_null_id, truth};
pub use zone::{Moment, Zone, zone_alias};
