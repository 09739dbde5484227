//! The record of who is whom.

use crate::bed::on_each_state;
use crate::samples::{commit_contacts, contact};
use model::base::ContactField;
use model::identity::{Links, NewEntry, Why};
use store::Error;

fn said(id: &str, main: Option<&str>, rests_on: Option<(i64, i64)>) -> NewEntry {
    let why = if rests_on.is_some() { Why::Email } else { Why::Hand };
    NewEntry { customer_id: id.into(), main_id: main.map(Into::into), why, rests_on }
}

#[test]
fn what_was_said_stays_and_steps_are_undone() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let first = vec![said("b 'ж'", Some("a"), None), said("c", Some("a"), None)];
        assert_eq!(store.add_links(&first, None, 5).await.unwrap(), 1);
        assert_eq!(store.add_links(&[said("c", None, None)], None, 6).await.unwrap(), 2);
        let record = store.links().await.unwrap();
        let heard: Vec<_> = record.iter().map(|one| (one.step, one.at, one.said.clone())).collect();
        let expected = [(1, 5, first[0].clone()), (1, 5, first[1].clone()), (2, 6, said("c", None, None))];
        assert_eq!(heard, expected);
        assert_eq!(Links::replay(&record).person("a"), ["a", "b 'ж'"]);

        assert_eq!(store.undo_links(1, 7).await.unwrap(), 2);
        let record = store.links().await.unwrap();
        assert_eq!(record.iter().map(|one| one.undone_at).collect::<Vec<_>>(), [Some(7), Some(7), None]);
        assert!(matches!(store.undo_links(1, 8).await, Err(Error::Invalid { .. })));
        assert!(matches!(store.undo_links(3, 8).await, Err(Error::NotFound { .. })));
    });
}

#[test]
fn a_link_goes_with_the_import_it_rests_on() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let email = |id| vec![contact(id, ContactField::Email, "x@x.lv")];
        commit_contacts(store, "a", email("a"), 1).await;
        commit_contacts(store, "b", email("b"), 2).await;
        store.add_links(&[said("b", Some("a"), Some((2, 1)))], Some(2), 3).await.unwrap();
        assert!(store.links().await.unwrap()[0].holds());
        store.undo(2, 4).await.unwrap();
        assert!(store.links().await.unwrap()[0].unfounded);
    });
}

#[test]
fn links_change_the_version_and_know_a_stale_one() {
    on_each_state(async |bed| {
        let store = &bed.store;
        store.add_links(&[said("b", Some("a"), None)], Some(0), 1).await.unwrap();
        assert_eq!(store.version().await.unwrap(), 1);
        let stale = store.add_links(&[said("c", Some("a"), None)], Some(0), 2).await;
        assert!(matches!(stale, Err(Error::Stale { .. })));
        for wrong in [vec![], vec![said("zero\0", None, None)]] {
            assert!(matches!(store.add_links(&wrong, None, 2).await, Err(Error::Invalid { .. })));
        }
        assert_eq!(store.links().await.unwrap().len(), 1);
        store.undo_links(1, 3).await.unwrap();
        assert_eq!(store.version().await.unwrap(), 2);
    });
}

#[test]
fn thousands_are_one_step() {
    on_each_state(async |bed| {
        let many: Vec<_> = (0..1_203).map(|n| said(&format!("id{n}"), Some("main"), Some((n, 0)))).collect();
        bed.store.add_links(&many, None, 1).await.unwrap();
        let record = bed.store.links().await.unwrap();
        assert!(record.iter().zip(&many).all(|(kept, given)| kept.said == *given && kept.step == 1));
        assert_eq!(record.len(), many.len());
    });
}

#[test]
fn contact_points_come_in_pages_of_whole_customers() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let ids: Vec<String> = (0..7).map(|n| format!("id{n}")).collect();
        let both = |id: &String| {
            [ContactField::Email, ContactField::Phone, ContactField::Address]
                .map(|field| contact(id, field, "1"))
        };
        commit_contacts(store, "a", ids.iter().flat_map(both).collect(), 1).await;
        let newer = vec![contact("id3", ContactField::Email, "2")];
        commit_contacts(store, "b", newer, 2).await;
        for limit in [0, 1, 3, 4, 100] {
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let page = store.contact_points(after.as_deref(), limit).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.customer_id.clone());
                all.extend(page);
            }
            assert_eq!(all.len(), 15, "{limit}");
            assert!(all.windows(2).all(|two| {
                (&two[0].customer_id, two[0].field, two[0].import)
                    < (&two[1].customer_id, two[1].field, two[1].import)
            }));
        }
        assert!(store.has_few_contacts(22).await.unwrap() && !store.has_few_contacts(21).await.unwrap());
    });
}
