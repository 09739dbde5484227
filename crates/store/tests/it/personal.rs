//! What events say that is personal, topics and groups set by hand.

use crate::bed::{Bed, on_each_state};
use crate::samples::orders;
use model::base::{FactKind, Personal, PersonalField, StagedImport};
use model::calendar::Day;
use std::collections::BTreeMap;
use store::Error;

fn touches(key: &str) -> StagedImport {
    StagedImport { kind: FactKind::Touches, files: Vec::new(), ..orders(key) }
}

fn said(id: &str, text: &str) -> Personal {
    Personal {
        id: id.into(),
        customer_id: Some("c1".into()),
        day: Some(Day(20_000)),
        values: vec![(PersonalField::Text, text.into()), (PersonalField::Number, "+37120000000".into())],
    }
}

/// Commits what is said in pieces of one.
async fn commit(bed: &Bed, key: &str, all: Vec<Personal>) -> Result<i64, Error> {
    let mut rest = all.into_iter();
    let mut pieces = || Ok(rest.next().into_iter().collect());
    bed.store
        .commit_with(&touches(key), &mut || Ok(Vec::new()), &mut pieces, 1)
        .await
        .map(|entry| entry.import)
}

async fn texts(bed: &Bed, source: &str) -> BTreeMap<String, String> {
    let ids = ["t1", "t2", "t3"].map(str::to_owned);
    bed.store.personal(FactKind::Touches, source, PersonalField::Text, &ids).await.unwrap()
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn the_newest_import_speaks_and_undo_brings_the_older_back() {
    on_each_state(async |bed| {
        commit(bed, "a", vec![said("t1", "слишком дорого"), said("t2", "b")]).await.unwrap();
        let before = bed.dump().await;
        commit(bed, "b", vec![said("t1", "newer"), said("t3", "c")]).await.unwrap();
        assert_eq!(texts(bed, "shop").await, map(&[("t1", "newer"), ("t2", "b"), ("t3", "c")]));
        assert!(texts(bed, "other").await.is_empty());
        bed.store.undo(2, 9).await.unwrap();
        assert_eq!(texts(bed, "shop").await, map(&[("t1", "слишком дорого"), ("t2", "b")]));
        assert_eq!(bed.dump().await, before);
        let found = bed.store.find_personal(FactKind::Touches, PersonalField::Number, "+37120000000").await;
        let found: Vec<String> = found.unwrap().into_iter().map(|(_, id)| id).collect();
        assert_eq!(found, ["t1", "t2"]);
        bed.store.undo(1, 10).await.unwrap();
        assert!(texts(bed, "shop").await.is_empty());
    });
}

#[test]
fn more_than_a_statement_holds_is_kept() {
    on_each_state(async |bed| {
        let all: Vec<Personal> = (0..2_345).map(|index| said(&format!("t{index}"), "x")).collect();
        let mut piece = Some(all);
        let mut pieces = || Ok(piece.take().unwrap_or_default());
        bed.store.commit_with(&touches("a"), &mut || Ok(Vec::new()), &mut pieces, 1).await.unwrap();
        assert_eq!(bed.rows("SELECT value FROM personal").await.len(), 2 * 2_345);
    });
}

#[test]
fn what_cannot_be_read_or_kept_changes_nothing() {
    on_each_state(async |bed| {
        let before = bed.dump().await;
        let long = said(&"x".repeat(2_000), "text");
        for bad in [said("t1", "a\0b"), long] {
            let refused = commit(bed, "a", vec![said("t0", "fine"), bad]).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        }
        let mut torn = || Err("the file is gone".to_owned());
        let refused =
            bed.store.commit_with(&touches("b"), &mut || Ok(Vec::new()), &mut torn, 1).await.unwrap_err();
        assert!(refused.to_string().contains("the file is gone"), "{refused}");
        assert_eq!(bed.dump().await, before);
        assert!(bed.store.imports().await.unwrap().is_empty());
    });
}

#[test]
fn topics_by_hand_are_replaced_and_taken_back() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let set = async |id: &str, topics: &[&str]| {
            let topics: Vec<String> = topics.iter().map(|&topic| topic.to_owned()).collect();
            store.set_conversation_topics("shop", id, &topics, 5).await.unwrap();
        };
        set("t1", &["price", "доставка", "price"]).await;
        set("t2", &["praise"]).await;
        set("t1", &["return", "price"]).await;
        set("t2", &[]).await;
        let expected =
            [(("shop".to_owned(), "t1".to_owned()), vec!["return".to_owned(), "price".to_owned()])];
        assert_eq!(store.conversation_topics().await.unwrap(), BTreeMap::from(expected));
    });
}

#[test]
fn groups_of_attributes_are_set_and_forgotten() {
    on_each_state(async |bed| {
        let store = &bed.store;
        store.set_attribute_group("hobby", "behavioural").await.unwrap();
        store.set_attribute_group("hobby", "psychographic").await.unwrap();
        assert_eq!(store.attribute_groups().await.unwrap(), map(&[("hobby", "psychographic")]));
        store.forget_attribute_group("hobby").await.unwrap();
        assert!(matches!(store.forget_attribute_group("hobby").await, Err(Error::NotFound { .. })));
    });
}
