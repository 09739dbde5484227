//! What the engine and the state store say to each other about a base: imports, fact files,
//! contacts. The program carries these values between them; neither knows the other.

use crate::calendar::Day;
use serde::{Deserialize, Serialize};

/// What a base keeps from its first day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseSettings {
    /// IANA name of the time zone in which days are counted.
    pub zone: String,
    /// ISO 4217 code; `None` until the first orders come.
    pub currency: Option<String>,
    /// Secret of this base: digests of e-mails and phones used as customer ids are keyed by it.
    pub digest_key: [u8; 32],
}

/// A kind of fact; one folder of the base each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactKind {
    Orders,
    Customers,
    Products,
    Deals,
    Leads,
    Touches,
    /// People inside customers that are companies.
    Contacts,
    /// What is known of places.
    Regions,
    /// People who are not ours, to compare with.
    Population,
}

impl FactKind {
    pub const ALL: [FactKind; 9] = [
        FactKind::Orders,
        FactKind::Customers,
        FactKind::Products,
        FactKind::Deals,
        FactKind::Leads,
        FactKind::Touches,
        FactKind::Contacts,
        FactKind::Regions,
        FactKind::Population,
    ];

    /// The kinds whose facts are events: one row each, known by source and id, of several versions
    /// the newest import's. People inside companies are kept as events are, since they are known and
    /// change in the same way.
    pub const EVENTS: [FactKind; 4] =
        [FactKind::Deals, FactKind::Leads, FactKind::Touches, FactKind::Contacts];

    pub fn is_event(self) -> bool {
        FactKind::EVENTS.contains(&self)
    }

    /// The word used on the command line, in folders and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            FactKind::Orders => "orders",
            FactKind::Customers => "customers",
            FactKind::Products => "products",
            FactKind::Deals => "deals",
            FactKind::Leads => "leads",
            FactKind::Touches => "touches",
            FactKind::Contacts => "contacts",
            FactKind::Regions => "regions",
            FactKind::Population => "population",
        }
    }

    pub fn from_name(name: &str) -> Option<FactKind> {
        FactKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One immutable file of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactFile {
    pub kind: FactKind,
    /// Path below the base's folder, with forward slashes.
    pub path: String,
    pub rows: u64,
    pub bytes: u64,
    /// SHA-256 of the whole file, lower-case hexadecimal; empty in a base that goes away.
    pub sha256: String,
    /// First and last local day of its facts; `None` where facts have no day.
    pub days: Option<(Day, Day)>,
    /// Currencies of its money, ISO codes, sorted.
    pub currencies: Vec<String>,
    /// Whether it holds newer versions of orders that older files hold too.
    pub replaces: bool,
}

/// A fact file as the manifest lists it: which import brought it decides which version wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    pub import: i64,
    pub file: FactFile,
}

/// A file as the user gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    pub name: String,
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// How the rows of an import came out. `rows` is the sum of `imported`, `rejected`, `set_aside`
/// and `unchanged`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Data rows read.
    pub rows: u64,
    /// Rows that are now facts.
    pub imported: u64,
    /// Bad rows, kept in the rejects file.
    pub rejected: u64,
    /// Good rows that are not facts by rule: cancelled orders, repeated headers.
    pub set_aside: u64,
    /// Rows whose order, customer or product was in the base with the same content.
    pub unchanged: u64,
    /// Orders, customers or products that replace an older version.
    pub replaced: u64,
    /// Orders, customers or products that were not in the base.
    pub new: u64,
    /// Rows without a customer: in totals, in no segment. Part of `imported`.
    pub anonymous: u64,
}

/// A way to know or reach a customer: personal, so it lives in state and never in fact files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// The e-mail or phone behind a customer id that is a digest.
    Key,
    FullName,
    FirstName,
    LastName,
    Email,
    Phone,
    Address,
    Zip,
    Birthday,
    TaxId,
    Note,
    ConsentEmail,
    ConsentSms,
    ConsentMessenger,
}

impl ContactField {
    pub const ALL: [ContactField; 14] = [
        ContactField::Key,
        ContactField::FullName,
        ContactField::FirstName,
        ContactField::LastName,
        ContactField::Email,
        ContactField::Phone,
        ContactField::Address,
        ContactField::Zip,
        ContactField::Birthday,
        ContactField::TaxId,
        ContactField::Note,
        ContactField::ConsentEmail,
        ContactField::ConsentSms,
        ContactField::ConsentMessenger,
    ];

    /// The field's name in mappings, outputs and the state.
    pub fn name(self) -> &'static str {
        match self {
            ContactField::Key => "key",
            ContactField::FullName => "full_name",
            ContactField::FirstName => "first_name",
            ContactField::LastName => "last_name",
            ContactField::Email => "email",
            ContactField::Phone => "phone",
            ContactField::Address => "address",
            ContactField::Zip => "zip",
            ContactField::Birthday => "birthday",
            ContactField::TaxId => "tax_id",
            ContactField::Note => "note",
            ContactField::ConsentEmail => "consent_email",
            ContactField::ConsentSms => "consent_sms",
            ContactField::ConsentMessenger => "consent_messenger",
        }
    }

    /// Whether it says that a customer may be written to: of several words on it [`WITHDRAWN`]
    /// counts, whichever came last.
    pub fn is_consent(self) -> bool {
        matches!(self, Self::ConsentEmail | Self::ConsentSms | Self::ConsentMessenger)
    }

    /// Whether a value stays whatever is said later: a consent that is withdrawn.
    pub fn stays(self, value: &str) -> bool {
        self.is_consent() && value == WITHDRAWN
    }

    pub fn from_name(name: &str) -> Option<ContactField> {
        ContactField::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// The value of a consent that is not or no longer given. An old list must not bring back a consent
/// that a customer has withdrawn, so no import can.
pub const WITHDRAWN: &str = "no";

/// One value of one customer's contact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Contact {
    pub customer_id: String,
    pub field: ContactField,
    pub value: String,
}

/// A field of an event that is personal: it lives in state, bound to the import that brought it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalField {
    /// What was said or written in a touch.
    Text,
    /// The number of the other side of a touch, or that of a person inside a company.
    Number,
    /// The name of a person inside a company.
    Name,
    /// The e-mail address of a person inside a company.
    Email,
}

impl PersonalField {
    pub const ALL: [PersonalField; 4] =
        [PersonalField::Text, PersonalField::Number, PersonalField::Name, PersonalField::Email];

    /// The field's name in the state.
    pub fn name(self) -> &'static str {
        match self {
            PersonalField::Text => "text",
            PersonalField::Number => "number",
            PersonalField::Name => "name",
            PersonalField::Email => "email",
        }
    }
}

/// What an event says that is personal. The source of its id and its kind are those of its import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Personal {
    /// The event's id within its source.
    pub id: String,
    pub customer_id: Option<String>,
    /// The event's day; `None` where it has none.
    pub day: Option<Day>,
    /// At most one value of a field.
    pub values: Vec<(PersonalField, String)>,
}

/// Gives what events say that is personal, piece by piece, nothing at the end: there may be more of
/// it than memory holds. The error says why it cannot be read.
pub type PersonalPieces<'a> = dyn FnMut() -> Result<Vec<Personal>, String> + Send + 'a;

/// Gives the contacts of an import, piece by piece, nothing at the end: there may be more of them than
/// memory holds. They are sorted by customer; those of one customer and field come in one piece. The
/// error says why they cannot be read.
pub type ContactPieces<'a> = dyn FnMut() -> Result<Vec<Contact>, String> + Send + 'a;

/// An import that is staged and durable on disk, and not yet in the base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedImport {
    /// Given by whoever stages it, unique among all imports of the base: committing the same key
    /// again returns the first entry, so a commit may be repeated when its outcome is unknown.
    pub key: String,
    /// Version of the manifest with which its rows were compared; the commit is refused when the
    /// base has changed since. `None` where nothing was compared.
    pub based_on: Option<i64>,
    pub kind: FactKind,
    /// Name of the system the ids come from: ids are unique within it.
    pub source: String,
    pub inputs: Vec<InputFile>,
    pub counts: ImportCounts,
    /// Currency of the base from now on, where this import is the first with money.
    pub currency: Option<String>,
    /// What was detected and how columns were mapped, as JSON, for people to look at.
    pub detected: String,
    pub files: Vec<FactFile>,
}

/// An import as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Number of the import, from 1; higher is newer.
    pub import: i64,
    /// When it was committed, microseconds since 1970 UTC.
    pub committed_at: i64,
    /// When it was undone, microseconds since 1970 UTC.
    pub undone_at: Option<i64>,
    pub kind: FactKind,
    pub source: String,
    pub inputs: Vec<InputFile>,
    pub counts: ImportCounts,
    pub detected: String,
    /// Its own files were given up after a compaction: it can no longer be undone.
    pub sealed: bool,
}
