//! Compaction, undo after it, forgetting.

use crate::bed::{Bed, on_each_state};
use crate::samples::{file, orders};
use model::base::{FactFile, FactKind};
use store::Error;

fn path(name: &str) -> String {
    format!("facts/orders/{name}.parquet")
}

async fn commit(bed: &Bed, keys: &[&str]) {
    for (at, key) in (1..).zip(keys) {
        bed.store.commit(&orders(key), at).await.unwrap();
    }
}

/// Replaces `old` by one file `new`, whose rows have the age of an import.
async fn compact(bed: &Bed, old: &[&str], import: i64, new: &str) -> i64 {
    let old: Vec<String> = old.iter().map(|name| path(name)).collect();
    bed.store.replace(&old, &[(import, file(&path(new)))], 10).await.unwrap()
}

async fn listed(bed: &Bed) -> Vec<(i64, String)> {
    let files = bed.store.files(FactKind::Orders).await.unwrap();
    let name = |path: &str| path.trim_start_matches("facts/orders/").trim_end_matches(".parquet").to_owned();
    files.into_iter().map(|listed| (listed.import, name(&listed.file.path))).collect()
}

fn names(files: &[(i64, &str)]) -> Vec<(i64, String)> {
    files.iter().map(|(import, name)| (*import, (*name).to_owned())).collect()
}

#[test]
fn a_compaction_replaces_and_keeps_the_old_files() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b"]).await;
        let version = bed.store.version().await.unwrap();
        assert_eq!(compact(bed, &["a-0", "b-0"], 2, "x").await, 1);
        assert_eq!(listed(bed).await, names(&[(1, "a-1"), (2, "b-1"), (2, "x")]));
        assert_eq!(bed.store.all_paths().await.unwrap(), ["a-0", "a-1", "b-0", "b-1", "x"].map(path));
        assert_eq!(bed.store.version().await.unwrap(), version);
    });
}

#[test]
fn undo_after_compaction_is_exact() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b"]).await;
        let before = bed.dump().await;
        bed.store.commit(&orders("c"), 3).await.unwrap();
        compact(bed, &["a-0", "b-0", "c-0"], 3, "x").await;
        compact(bed, &["b-1"], 2, "y").await;
        // Takes up a file that is itself compacted.
        compact(bed, &["x", "a-1"], 3, "z").await;
        assert_eq!(listed(bed).await, names(&[(2, "y"), (3, "c-1"), (3, "z")]));

        let undone = bed.store.undo(3, 20).await.unwrap();
        assert_eq!(undone.paths, ["c-0", "c-1", "x", "z"].map(path));
        // The compaction without files of the undone import stands.
        assert_eq!(listed(bed).await, names(&[(1, "a-0"), (1, "a-1"), (2, "b-0"), (2, "y")]));
        bed.store.undo(2, 21).await.unwrap();
        assert_eq!(listed(bed).await, names(&[(1, "a-0"), (1, "a-1")]));
        assert!(before.len() > bed.dump().await.len());
    });
}

#[test]
fn commit_compact_undo_is_nothing() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b"]).await;
        let before = bed.dump().await;
        bed.store.commit(&orders("c"), 3).await.unwrap();
        compact(bed, &["a-0", "c-0"], 3, "x").await;
        compact(bed, &["x", "b-0"], 3, "y").await;
        compact(bed, &["y", "b-1", "c-1", "a-1"], 3, "z").await;
        assert_eq!(listed(bed).await, names(&[(3, "z")]));
        bed.store.undo(3, 20).await.unwrap();
        assert_eq!(bed.dump().await, before);
    });
}

#[test]
fn undo_of_an_import_that_no_file_is_named_by() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b"]).await;
        compact(bed, &["a-0", "a-1", "b-0", "b-1"], 2, "x").await;
        bed.store.undo(1, 20).await.unwrap();
        assert_eq!(listed(bed).await, names(&[(2, "b-0"), (2, "b-1")]));
    });
}

#[test]
fn a_stale_or_wrong_compaction_changes_nothing() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b", "c"]).await;
        compact(bed, &["a-0"], 1, "x").await;
        bed.store.undo(3, 5).await.unwrap();
        let before = (bed.dump().await, bed.rows("SELECT compaction, undone_at FROM compactions").await);
        let new = |import, name: &str| vec![(import, file(&path(name)))];
        let products = vec![(1, FactFile { kind: FactKind::Products, ..file("p") })];
        for (old, new, stale) in [
            (vec!["a-0", "b-0"], new(2, "y"), true),
            (vec!["b-0", "c-0"], new(2, "y"), true),
            (vec!["b-0", "nothing"], new(2, "y"), true),
            (vec!["b-0", "b-0"], new(2, "y"), false),
            (vec!["b-0"], new(1, "y"), false),
            (vec!["b-0"], new(2, "a-0"), false),
            (vec!["b-0"], new(2, "b-0"), false),
            (vec!["a-1"], products, false),
            (vec![], new(1, "y"), false),
        ] {
            let old: Vec<String> = old.into_iter().map(path).collect();
            match bed.store.replace(&old, &new, 9).await {
                Err(Error::Stale { .. }) => assert!(stale, "{old:?}"),
                Err(Error::Invalid { .. }) => assert!(!stale, "{old:?}"),
                other => panic!("{old:?}: {other:?}"),
            }
            let after = (bed.dump().await, bed.rows("SELECT compaction, undone_at FROM compactions").await);
            assert_eq!(after, before);
        }
    });
}

#[test]
fn of_compactions_of_one_file_at_once_one_succeeds() {
    on_each_state(async |bed| {
        commit(bed, &["a"]).await;
        let tasks: Vec<_> = (0..5)
            .map(|task| {
                let (store, new) = (bed.store.clone(), vec![(1, file(&path(&format!("x{task}"))))]);
                tokio::spawn(async move { store.replace(&[path("a-0")], &new, 5).await })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => done += 1,
                Err(error) => assert!(matches!(error, Error::Stale { .. }), "{error:?}"),
            }
        }
        assert_eq!((done, listed(bed).await.len()), (1, 2));
    });
}

#[test]
fn forgetting_frees_files_and_seals_their_imports() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b", "c"]).await;
        bed.store.replace(&[path("a-0"), path("b-0")], &[(2, file(&path("x")))], 10).await.unwrap();
        bed.store.replace(&[path("x"), path("c-0")], &[(3, file(&path("y")))], 20).await.unwrap();
        let version = bed.store.version().await.unwrap();
        assert_eq!(bed.store.forget(10).await.unwrap(), Vec::<String>::new());
        assert_eq!(bed.store.forget(11).await.unwrap(), ["a-0", "b-0"].map(path));
        assert_eq!(bed.store.all_paths().await.unwrap(), ["a-1", "b-1", "c-0", "c-1", "x", "y"].map(path));
        assert_eq!(bed.store.version().await.unwrap(), version);
        for import in [1, 2] {
            let before = bed.dump().await;
            assert!(matches!(bed.store.undo(import, 30).await, Err(Error::Sealed { .. })));
            assert_eq!(bed.dump().await, before);
        }
        // The younger one can still be undone: the forgotten files' facts are in `x`.
        assert_eq!(bed.store.undo(3, 31).await.unwrap().paths, ["c-0", "c-1", "y"].map(path));
        assert_eq!(listed(bed).await, names(&[(1, "a-1"), (2, "b-1"), (2, "x")]));
    });
}

#[test]
fn forgetting_follows_the_order_of_compactions_not_the_clock() {
    on_each_state(async |bed| {
        commit(bed, &["a", "b"]).await;
        // The clock went back between the two.
        bed.store.replace(&[path("a-0")], &[(1, file(&path("x")))], 50).await.unwrap();
        bed.store.replace(&[path("x"), path("b-0")], &[(2, file(&path("y")))], 10).await.unwrap();
        assert_eq!(bed.store.forget(20).await.unwrap(), Vec::<String>::new());
        bed.store.undo(1, 60).await.unwrap();
        assert_eq!(listed(bed).await, names(&[(2, "b-0"), (2, "b-1")]));
    });
}
