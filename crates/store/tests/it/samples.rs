//! Imports, files and contacts to test with.

use model::base::{
    BaseSettings, Contact, ContactField, FactFile, FactKind, ImportCounts, InputFile, LedgerEntry,
    StagedImport,
};
use model::calendar::Day;
use store::{Error, Store};

pub(crate) fn settings() -> BaseSettings {
    BaseSettings { zone: "Europe/Riga".into(), currency: None, digest_key: [0; 32] }
}

/// An import of orders under a key, with two files and no contacts.
pub(crate) fn orders(key: &str) -> StagedImport {
    StagedImport {
        key: key.into(),
        based_on: None,
        kind: FactKind::Orders,
        source: "shop".into(),
        inputs: vec![InputFile { name: format!("{key}.csv"), bytes: 12, sha256: "ab".repeat(32) }],
        counts: ImportCounts { rows: 5, imported: 3, rejected: 1, unchanged: 1, ..Default::default() },
        currency: None,
        detected: r#"{"delimiter":";"}"#.into(),
        files: vec![
            file(&format!("facts/orders/{key}-0.parquet")),
            file(&format!("facts/orders/{key}-1.parquet")),
        ],
    }
}

pub(crate) fn file(path: &str) -> FactFile {
    FactFile {
        kind: FactKind::Orders,
        path: path.into(),
        rows: 3,
        bytes: 1_000,
        sha256: "cd".repeat(32),
        days: Some((Day(-3), Day(15_000))),
        currencies: vec!["EUR".into(), "USD".into()],
        replaces: false,
    }
}

pub(crate) fn contact(customer_id: &str, field: ContactField, value: &str) -> Contact {
    Contact { customer_id: customer_id.into(), field, value: value.into() }
}

/// Commits an import with contacts, all in one piece.
pub(crate) async fn commit_with(
    store: &Store,
    staged: &StagedImport,
    contacts: Vec<Contact>,
    at: i64,
) -> Result<LedgerEntry, Error> {
    let mut piece = Some(contacts);
    let mut pieces = || Ok(piece.take().unwrap_or_default());
    store.commit_with(staged, &mut pieces, &mut || Ok(Vec::new()), at).await
}

/// Commits an import that only brings contacts.
pub(crate) async fn commit_contacts(store: &Store, key: &str, contacts: Vec<Contact>, at: i64) {
    let staged = StagedImport { kind: FactKind::Customers, files: Vec::new(), ..orders(key) };
    commit_with(store, &staged, contacts, at).await.unwrap();
}
