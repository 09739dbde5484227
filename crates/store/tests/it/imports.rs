//! Committing imports.

use crate::bed::on_each_state;
use crate::samples::{commit_with, contact, file, orders};
use model::base::{ContactField, FactFile, FactKind, LedgerEntry, ListedFile, StagedImport};
use store::{Error, Manifest, Store};

#[test]
fn what_was_committed_reads_the_same_after_opening_again() {
    on_each_state(async |bed| {
        let products = FactFile {
            kind: FactKind::Products,
            path: "facts/products/p.parquet".into(),
            days: None,
            currencies: Vec::new(),
            replaces: true,
            ..file("")
        };
        let mut staged = orders("a");
        staged.files.push(products.clone());
        let contacts = vec![contact("c1", ContactField::Email, "a@b.example")];
        let entry = commit_with(&bed.store, &staged, contacts.clone(), 1_700_000_000_000_001).await.unwrap();
        let expected = LedgerEntry {
            import: 1,
            committed_at: 1_700_000_000_000_001,
            undone_at: None,
            kind: staged.kind,
            source: staged.source.clone(),
            inputs: staged.inputs.clone(),
            counts: staged.counts,
            detected: staged.detected.clone(),
            sealed: false,
        };
        assert_eq!(entry, expected);

        let store = Store::open(&bed.place).await.unwrap();
        assert_eq!(store.imports().await.unwrap(), std::slice::from_ref(&expected));
        assert_eq!(store.import(1).await.unwrap(), expected);
        assert_eq!(store.import_by_key("a").await.unwrap(), Some(expected));
        assert_eq!(store.import_by_key("b").await.unwrap(), None);
        assert!(matches!(store.import(2).await, Err(Error::NotFound { .. })));
        let listed: Vec<ListedFile> =
            staged.files.iter().map(|file| ListedFile { import: 1, file: file.clone() }).collect();
        assert_eq!(store.files(FactKind::Orders).await.unwrap(), listed[..2]);
        assert_eq!(store.files(FactKind::Products).await.unwrap(), listed[2..]);
        assert_eq!(store.files(FactKind::Customers).await.unwrap(), []);
        assert_eq!(store.manifest().await.unwrap(), Manifest { version: 1, files: listed });
        let mut paths: Vec<String> = staged.files.iter().map(|file| file.path.clone()).collect();
        paths.sort();
        assert_eq!(store.all_paths().await.unwrap(), paths);
        assert_eq!(store.contact("c1").await.unwrap(), contacts);
    });
}

#[test]
fn an_empty_base_has_an_empty_manifest() {
    on_each_state(async |bed| {
        assert_eq!(bed.store.manifest().await.unwrap(), Manifest { version: 0, files: Vec::new() });
        assert_eq!(bed.store.imports().await.unwrap(), []);
        assert_eq!(bed.store.all_paths().await.unwrap(), Vec::<String>::new());
    });
}

#[test]
fn the_same_key_twice_is_one_import() {
    on_each_state(async |bed| {
        let first = bed.store.commit(&orders("a"), 1).await.unwrap();
        let before = (bed.dump().await, bed.store.version().await.unwrap());
        // A repeated staging has the same inputs and other paths.
        let again = StagedImport { files: vec![file("elsewhere.parquet")], ..orders("a") };
        assert_eq!(bed.store.commit(&again, 2).await.unwrap(), first);
        assert_eq!((bed.dump().await, bed.store.version().await.unwrap()), before);

        let other = StagedImport { inputs: Vec::new(), ..orders("a") };
        assert!(matches!(bed.store.commit(&other, 3).await, Err(Error::Invalid { .. })));

        bed.store.undo(1, 4).await.unwrap();
        let undone = bed.store.commit(&orders("a"), 5).await.unwrap();
        assert_eq!((undone.import, undone.undone_at), (1, Some(4)));
        assert_eq!(bed.store.files(FactKind::Orders).await.unwrap(), []);
    });
}

#[test]
fn the_same_key_at_once_is_one_import() {
    on_each_state(async |bed| {
        let commits: Vec<_> = (0..6)
            .map(|at| {
                let store = bed.store.clone();
                tokio::spawn(async move { store.commit(&orders("a"), at).await.unwrap() })
            })
            .collect();
        let mut entries = Vec::new();
        for commit in commits {
            entries.push(commit.await.unwrap());
        }
        entries.dedup();
        assert_eq!(entries.len(), 1);
        assert_eq!(bed.store.imports().await.unwrap(), entries);
    });
}

#[test]
fn commits_at_once_get_numbers_without_gaps_or_doubles() {
    on_each_state(async |bed| {
        // Two programs, several tasks in each, and one import in three is refused.
        let other = Store::open(&bed.place).await.unwrap();
        let tasks: Vec<_> = (0..6)
            .map(|task| {
                let store = if task % 2 == 0 { bed.store.clone() } else { other.clone() };
                tokio::spawn(async move {
                    for turn in 0..6 {
                        let mut staged = orders(&format!("{task}-{turn}"));
                        let good = turn % 3 != 2;
                        if !good {
                            staged.files.push(staged.files[0].clone());
                        }
                        assert_eq!(store.commit(&staged, turn).await.is_ok(), good);
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let numbers: Vec<i64> = bed.store.imports().await.unwrap().iter().map(|entry| entry.import).collect();
        assert_eq!(numbers, (1..=24).collect::<Vec<i64>>());
        assert_eq!(bed.store.version().await.unwrap(), 24);
        assert_eq!(bed.store.files(FactKind::Orders).await.unwrap().len(), 48);
    });
}

#[test]
fn an_import_compared_with_another_version_is_refused() {
    on_each_state(async |bed| {
        let compared = |key: &str, version| StagedImport { based_on: Some(version), ..orders(key) };
        bed.store.commit(&compared("a", 0), 1).await.unwrap();
        assert!(matches!(bed.store.commit(&compared("b", 0), 2).await, Err(Error::Stale { .. })));
        bed.store.commit(&compared("b", 1), 3).await.unwrap();
        // Repeating a commit that is kept is not a new comparison.
        assert_eq!(bed.store.commit(&compared("a", 0), 4).await.unwrap().import, 1);
    });
}

#[test]
fn a_refused_import_leaves_nothing() {
    on_each_state(async |bed| {
        bed.store.commit(&orders("a"), 1).await.unwrap();
        let before = (bed.dump().await, bed.store.version().await.unwrap());
        let taken = "facts/orders/a-0.parquet";
        let long = "x".repeat(store::CUSTOMER_ID_BYTES_MAX + 1);
        let many = FactFile { rows: u64::MAX, ..file("many.parquet") };
        let refused = [
            StagedImport { files: vec![file("new.parquet"), file(taken)], ..orders("b") },
            StagedImport { files: vec![file("new.parquet"), many], ..orders("b") },
        ];
        let unkept = [
            contact("a\0", ContactField::Key, "k"),
            contact("a", ContactField::Note, "\0"),
            contact(&long, ContactField::Key, "k"),
        ];
        let refused = refused.map(|staged| (staged, Vec::new())).into_iter();
        for (staged, contacts) in refused.chain(unkept.map(|contact| (orders("b"), vec![contact]))) {
            let result = commit_with(&bed.store, &staged, contacts, 2).await;
            assert!(matches!(result, Err(Error::Invalid { .. })), "{result:?}");
            assert_eq!((bed.dump().await, bed.store.version().await.unwrap()), before);
        }
        assert_eq!(bed.store.commit(&orders("b"), 3).await.unwrap().import, 2);
    });
}
