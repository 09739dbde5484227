//! Opening a state, and the ways it can be refused.

use crate::bed::{on_each_state, runtime};
use crate::samples::orders;
use std::fs;
use store::{Error, Store};

#[test]
fn a_state_opens_by_path_and_by_url() {
    runtime().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state with space?#.db").display().to_string();
        Store::open(&path).await.unwrap().commit(&orders("a"), 1).await.unwrap();
        let store = Store::open(&format!("sqlite:{path}")).await.unwrap();
        assert_eq!(store.imports().await.unwrap().len(), 1);
        store.close().await;
        let store = Store::open(&format!("sqlite://{path}")).await.unwrap();
        assert_eq!(store.imports().await.unwrap().len(), 1);
    });
}

#[test]
fn many_can_open_a_new_state_at_once() {
    on_each_state(async |bed| {
        bed.run(
            "DROP TABLE migrations; DROP TABLE base; DROP TABLE files; DROP TABLE imports;
            DROP TABLE compactions; DROP TABLE contacts; DROP TABLE mappings; DROP TABLE tags;
            DROP TABLE links; DROP TABLE personal; DROP TABLE conversation_topics;
            DROP TABLE attribute_groups; DROP TABLE reviews; DROP TABLE cards;
            DROP TABLE competitor_notes",
        )
        .await;
        let opens: Vec<_> = (0..6)
            .map(|_| {
                let place = bed.place.clone();
                tokio::spawn(async move { Store::open(&place).await.map(drop) })
            })
            .collect();
        for open in opens {
            open.await.unwrap().unwrap();
        }
        assert_eq!(
            bed.rows("SELECT step, name FROM migrations").await,
            ["1 state", "2 tags", "3 links", "4 conversations", "5 reviews", "6 competitor_notes"]
        );
        assert_eq!(bed.rows("SELECT id, version FROM base").await, ["1 0"]);
    });
}

#[test]
fn a_state_of_a_newer_program_is_refused() {
    on_each_state(async |bed| {
        bed.run("INSERT INTO migrations (step, name) VALUES (7, 'later')").await;
        let Err(error) = Store::open(&bed.place).await else { panic!("it opened") };
        assert!(matches!(error, Error::Newer { found: 7, known: 6 }), "{error:?}");
        assert!(error.to_string().contains("newer version"), "{error}");
    });
}

#[test]
fn sqlite_keeps_what_it_acknowledged() {
    runtime().block_on(async {
        let bed = crate::bed::Bed::sqlite().await;
        assert_eq!(bed.rows("SELECT journal_mode FROM pragma_journal_mode").await, ["wal"]);
        bed.store.commit(&orders("a"), 1).await.unwrap();
        // Durable before anything is closed: a copy of the file and its log has the import.
        let copy = tempfile::tempdir().unwrap();
        for name in ["state.db", "state.db-wal"] {
            fs::copy(bed.folder().join(name), copy.path().join(name)).unwrap();
        }
        let to = copy.path().join("state.db").display().to_string();
        assert_eq!(Store::open(&to).await.unwrap().imports().await.unwrap().len(), 1);
    });
}

#[test]
fn places_that_cannot_hold_a_state_are_named() {
    runtime().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("text"), "This is a letter and not a database. ".repeat(100)).unwrap();
        type Expected = fn(&Error) -> bool;
        let unreachable: Expected = |error| matches!(error, Error::Unreachable { .. });
        let corrupt: Expected = |error| matches!(error, Error::Corrupt { .. });
        let unsuitable: Expected = |error| matches!(error, Error::Unsuitable { .. });
        let closed = "postgres://nobody:secret@127.0.0.1:1/nothing".to_owned();
        for (place, expected, shown) in [
            (at("folder"), unreachable, at("folder")),
            (at("missing/state.db"), unreachable, at("missing/state.db")),
            (at("text"), corrupt, at("text")),
            ("sqlite::memory:".into(), unsuitable, "memory".into()),
            ("sqlite:".into(), unsuitable, "sqlite:".into()),
            (closed, unreachable, "127.0.0.1:1".into()),
            ("postgres://host:port".into(), unreachable, String::new()),
        ] {
            let Err(error) = Store::open(&place).await else { panic!("`{place}` opened") };
            assert!(expected(&error), "`{place}`: {error:?}");
            let text = error.to_string();
            assert!(text.contains(&shown) && !text.contains("secret"), "{text}");
        }
    });
}

#[test]
fn a_missing_schema_is_named() {
    let Some(server) = crate::bed::server() else { return };
    runtime().block_on(async {
        let place = format!("{server}?options=-c%20search_path%3Dnowhere");
        let Err(error) = Store::open(&place).await else { panic!("it opened") };
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
        assert!(error.to_string().contains("schema"), "{error}");
    });
}

#[test]
fn postgres_waits_for_the_disk_whatever_the_url_says() {
    let Some(server) = crate::bed::server() else { return };
    runtime().block_on(async {
        let bed = crate::bed::Bed::postgres().await.unwrap();
        bed.run(
            "CREATE TABLE seen (setting TEXT);
            CREATE FUNCTION look() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
            CREATE TRIGGER look AFTER INSERT ON imports FOR EACH ROW EXECUTE FUNCTION look()",
        )
        .await;
        let schema = bed.place.strip_prefix(&server).unwrap();
        for (key, setting, seen) in [
            ("a", "off", "on"),
            ("b", "local", "on"),
            ("c", "remote_apply", "remote_apply"),
            ("d", "on", "on"),
        ] {
            let place = format!("{server}{schema}%20-c%20synchronous_commit%3D{setting}");
            let store = Store::open(&place).await.unwrap();
            store.commit(&orders(key), 1).await.unwrap();
            assert_eq!(bed.rows("SELECT setting FROM seen").await, [seen], "{setting}");
            bed.run("DELETE FROM seen").await;
        }
    });
}
