//! Undoing imports.

use crate::bed::{Bed, on_each_state};
use crate::samples::{commit_with, contact, file, orders, settings};
use model::base::{Contact, ContactField, FactKind, StagedImport};
use store::Error;

/// Imports that overlap in contacts, in the currency and in nothing else.
fn overlapping() -> Vec<(StagedImport, Vec<Contact>)> {
    use ContactField::{ConsentEmail, Email, Key, Phone};
    let first = vec![contact("c1", Key, "a@b.example"), contact("c1", Email, "a@b.example")];
    let second = vec![
        contact("c1", Email, "new@b.example"),
        contact("c2", Phone, "+371 2000"),
        contact("c2", ConsentEmail, "no"),
    ];
    let third = vec![contact("c1", Email, "newest@b.example"), contact("c1", Key, "a@b.example")];
    let euros = || Some("EUR".into());
    vec![
        (StagedImport { currency: euros(), ..orders("a") }, first),
        (StagedImport { currency: euros(), ..orders("b") }, second),
        (StagedImport { currency: euros(), ..orders("c") }, third),
    ]
}

#[test]
fn undo_after_commit_is_nothing() {
    on_each_state(async |bed| {
        bed.store.settings(&settings()).await.unwrap();
        for (at, (staged, contacts)) in (0..).zip(overlapping()) {
            let before = bed.dump().await;
            let entry = commit_with(&bed.store, &staged, contacts, at).await.unwrap();
            assert_ne!(bed.dump().await, before);
            let undone = bed.store.undo(entry.import, 100 + at).await.unwrap();
            assert_eq!(bed.dump().await, before);
            let mut paths: Vec<String> = staged.files.into_iter().map(|file| file.path).collect();
            paths.sort();
            assert_eq!(undone.paths, paths);
            assert_eq!(undone.entry.undone_at, Some(100 + at));
            assert_eq!(bed.store.import(entry.import).await.unwrap(), undone.entry);
            let (again, contacts) = overlapping().swap_remove(at as usize);
            let again = StagedImport { key: format!("again {at}"), ..again };
            commit_with(&bed.store, &again, contacts, 200 + at).await.unwrap();
        }
    });
}

/// What people see of a base, without the numbers of imports.
async fn seen(bed: &Bed) -> String {
    let files: Vec<_> =
        bed.store.files(FactKind::Orders).await.unwrap().into_iter().map(|listed| listed.file).collect();
    let (c1, c2) = (bed.store.contact("c1").await.unwrap(), bed.store.contact("c2").await.unwrap());
    let currency = bed.store.settings(&settings()).await.unwrap().currency;
    let found = bed.store.find(ContactField::Email, "new@b.example").await.unwrap();
    format!("{files:?} {c1:?} {c2:?} {currency:?} {found:?}")
}

#[test]
fn undoing_any_is_as_if_it_never_came() {
    for undone in [vec![0], vec![1], vec![2], vec![0, 1], vec![2, 0], vec![1, 2], vec![1, 0, 2]] {
        on_each_state(async |bed| {
            for (at, (staged, contacts)) in (0..).zip(overlapping()) {
                commit_with(&bed.store, &staged, contacts, at).await.unwrap();
            }
            for index in &undone {
                bed.store.undo(index + 1, 50).await.unwrap();
            }
            let with_undo = seen(bed).await;

            let never = if bed.place.starts_with("sqlite:") {
                Bed::sqlite().await
            } else {
                Bed::postgres().await.unwrap()
            };
            for (at, (staged, contacts)) in (0..).zip(overlapping()) {
                if !undone.contains(&at) {
                    commit_with(&never.store, &staged, contacts, at).await.unwrap();
                }
            }
            assert_eq!(with_undo, seen(&never).await, "{undone:?} undone");
        });
    }
}

#[test]
fn what_is_not_there_cannot_be_undone() {
    on_each_state(async |bed| {
        bed.store.commit(&orders("a"), 1).await.unwrap();
        bed.store.undo(1, 2).await.unwrap();
        let before = (bed.dump().await, bed.store.version().await.unwrap());
        assert!(matches!(bed.store.undo(1, 3).await, Err(Error::AlreadyUndone { import: 1 })));
        for number in [0, 2, -1, i64::MAX] {
            assert!(matches!(bed.store.undo(number, 3).await, Err(Error::NotFound { .. })));
        }
        assert_eq!((bed.dump().await, bed.store.version().await.unwrap()), before);
        assert_eq!(bed.store.import(1).await.unwrap().undone_at, Some(2));
    });
}

#[test]
fn a_number_is_never_given_again() {
    on_each_state(async |bed| {
        bed.store.commit(&orders("a"), 1).await.unwrap();
        bed.store.undo(1, 2).await.unwrap();
        assert_eq!(bed.store.commit(&orders("b"), 3).await.unwrap().import, 2);
    });
}

#[test]
fn paths_of_an_undone_import_may_be_used_again() {
    on_each_state(async |bed| {
        bed.store.commit(&orders("a"), 1).await.unwrap();
        let again = StagedImport { files: vec![file("facts/orders/a-0.parquet")], ..orders("b") };
        assert!(matches!(bed.store.commit(&again, 2).await, Err(Error::Invalid { .. })));
        bed.store.undo(1, 3).await.unwrap();
        bed.store.commit(&again, 4).await.unwrap();
    });
}

#[test]
fn of_undos_at_once_one_succeeds() {
    on_each_state(async |bed| {
        bed.store.commit(&orders("a"), 1).await.unwrap();
        let undos: Vec<_> = (0..5)
            .map(|at| {
                let store = bed.store.clone();
                tokio::spawn(async move { store.undo(1, at).await })
            })
            .collect();
        let mut done = 0;
        for undo in undos {
            match undo.await.unwrap() {
                Ok(_) => done += 1,
                Err(error) => assert!(matches!(error, Error::AlreadyUndone { .. }), "{error:?}"),
            }
        }
        assert_eq!((done, bed.store.version().await.unwrap()), (1, 2));
    });
}
