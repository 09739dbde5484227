//! Contacts.

use crate::bed::on_each_state;
use crate::samples::{commit_contacts, contact, orders};
use model::base::{Contact, ContactField};
use std::collections::BTreeMap;
use store::Error;

#[test]
fn every_field_reads_as_it_was_written() {
    on_each_state(async |bed| {
        let values = ["", " ", "O'Neill; \"x\"", "Анна Ķēniņa 🌻", "line\nline\ttab", "\u{1}\u{FEFF}%_\\"];
        let given: Vec<Contact> = (0..)
            .zip(ContactField::ALL)
            .map(|(index, field)| contact("id 'ж'", field, values[index % values.len()]))
            .collect();
        commit_contacts(&bed.store, "a", given.clone(), 1).await;
        assert_eq!(bed.store.contact("id 'ж'").await.unwrap(), given);
        assert_eq!(bed.store.contact("nobody").await.unwrap(), []);
        assert_eq!(bed.store.contact("zero \0").await.unwrap(), []);
    });
}

#[test]
fn the_newest_import_counts_and_in_it_the_last_value() {
    on_each_state(async |bed| {
        let email = |id, value| contact(id, ContactField::Email, value);
        commit_contacts(&bed.store, "a", vec![email("x", "1"), email("y", "1")], 1).await;
        commit_contacts(&bed.store, "b", vec![email("x", "2"), email("x", "3")], 2).await;
        assert_eq!(bed.store.contact("x").await.unwrap(), [email("x", "3")]);
        let find = async |value| bed.store.find(ContactField::Email, value).await.unwrap();
        assert_eq!(find("1").await, ["y"]);
        assert_eq!(find("2").await, Vec::<String>::new());
        assert_eq!(find("3").await, ["x"]);
        bed.store.undo(2, 3).await.unwrap();
        assert_eq!(find("1").await, ["x", "y"]);
        assert_eq!(bed.store.contact("x").await.unwrap(), [email("x", "1")]);
    });
}

#[test]
fn a_withdrawn_consent_stays_withdrawn() {
    on_each_state(async |bed| {
        let consent = |id, value| contact(id, ContactField::ConsentEmail, value);
        let first = vec![consent("x", "no"), consent("x", "yes"), consent("y", "yes"), consent("z", "no")];
        commit_contacts(&bed.store, "a", first, 1).await;
        let second = vec![consent("x", "yes"), consent("y", "no"), consent("w", "yes")];
        commit_contacts(&bed.store, "b", second, 2).await;
        let find = async |value| bed.store.find(ContactField::ConsentEmail, value).await.unwrap();
        assert_eq!(find("no").await, ["x", "y", "z"]);
        assert_eq!(find("yes").await, ["w"]);
        assert_eq!(bed.store.contact("x").await.unwrap(), [consent("x", "no")]);
        let ids = ["w", "x", "y", "z"].map(str::to_owned);
        let values = bed.store.values(ContactField::ConsentEmail, &ids).await.unwrap();
        assert_eq!(values.into_values().collect::<Vec<_>>(), ["yes", "no", "no", "no"]);
        // Undoing the import that withdrew it gives it back.
        bed.store.undo(2, 3).await.unwrap();
        assert_eq!(find("yes").await, ["y"]);
        assert_eq!(bed.store.contact("x").await.unwrap(), [consent("x", "no")]);
    });
}

#[test]
fn find_compares_whole_values_of_any_length() {
    on_each_state(async |bed| {
        // Longer than an index entry of PostgreSQL may be, alike at the beginning, and not to be
        // compressed away.
        let mut seed = 1_u64;
        let noise: String = (0..20_000)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from_u32(0x400 + (seed >> 33) as u32 % 0x400).unwrap()
            })
            .collect();
        let long = |end: &str| format!("{noise}{end}");
        let note = |id, end| contact(id, ContactField::Note, &long(end));
        let given = vec![note("z", "1"), note("Z", "1"), note("a", "2"), note("я", "1")];
        commit_contacts(&bed.store, "a", given, 1).await;
        let find = async |field, value: &str| bed.store.find(field, value).await.unwrap();
        assert_eq!(find(ContactField::Note, &long("1")).await, ["Z", "z", "я"]);
        assert_eq!(find(ContactField::Note, &long("2")).await, ["a"]);
        assert_eq!(find(ContactField::Note, &noise).await, Vec::<String>::new());
        assert_eq!(find(ContactField::Address, &long("1")).await, Vec::<String>::new());
        assert_eq!(find(ContactField::Note, "\0").await, Vec::<String>::new());
    });
}

#[test]
fn keys_come_back_for_any_number_of_ids() {
    on_each_state(async |bed| {
        let id = |index: u32| format!("digest-{:06}", index * 7919 % 25_000);
        let key = |index: u32| format!("person{index}@shop.example");
        let mut given: Vec<Contact> =
            (0..25_000).map(|index| contact(&id(index), ContactField::Key, &key(index))).collect();
        given.push(contact("plain", ContactField::Email, "not a key"));
        commit_contacts(&bed.store, "a", given, 1).await;

        let mut asked: Vec<String> = (0..25_000).rev().map(id).collect();
        asked.extend(["plain".into(), "nobody".into(), "zero\0".into(), id(0)]);
        let keys = bed.store.keys(&asked).await.unwrap();
        assert_eq!(keys.len(), 25_000);
        for index in 0..25_000 {
            assert_eq!(keys.get(&id(index)), Some(&key(index)));
        }
        assert!(bed.store.keys(&[]).await.unwrap().is_empty());

        commit_contacts(&bed.store, "b", vec![contact(&id(5), ContactField::Key, "newer")], 2).await;
        assert_eq!(bed.store.keys(&[id(5)]).await.unwrap()[&id(5)], "newer");
        let emails = bed.store.values(ContactField::Email, &asked).await.unwrap();
        assert_eq!(emails.into_iter().collect::<Vec<_>>(), [("plain".into(), "not a key".into())]);
    });
}

/// What every customer has, one field at a time, is what each has by itself: worked out here import by
/// import, the newest word counting and a consent that was withdrawn staying so.
#[test]
fn every_is_what_each_has() {
    on_each_state(async |bed| {
        let fields = [ContactField::Email, ContactField::ConsentEmail, ContactField::Birthday];
        let (ids, words) = (["x", "y", "z", "ж"], ["no", "yes", "1990-01-02"]);
        let mut seed = 7_u64;
        let mut below = |count: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % count
        };
        let mut imports: Vec<Vec<Contact>> = Vec::new();
        for name in ["a", "b", "c"] {
            let one = |_| contact(ids[below(4)], fields[below(3)], words[below(3)]);
            let all: Vec<Contact> = (0..7).map(one).collect();
            commit_contacts(&bed.store, name, all.clone(), imports.len() as i64 + 1).await;
            imports.push(all);
        }
        let expected = |imports: &[&Vec<Contact>], field: ContactField| {
            let mut known: BTreeMap<String, String> = BTreeMap::new();
            for said in imports.iter().flat_map(|import| import.iter()).filter(|said| said.field == field) {
                let held = known.get(&said.customer_id).is_some_and(|held| held == "no");
                if !(held && field == ContactField::ConsentEmail) {
                    known.insert(said.customer_id.clone(), said.value.clone());
                }
            }
            known
        };
        let all: Vec<&Vec<Contact>> = imports.iter().collect();
        for field in fields {
            let every = bed.store.every(field).await.unwrap();
            assert_eq!(every, expected(&all, field), "{}", field.name());
            let ids = ids.map(str::to_owned);
            assert_eq!(bed.store.values(field, &ids).await.unwrap(), every, "{}", field.name());
        }
        bed.store.undo(2, 9).await.unwrap();
        for field in fields {
            assert_eq!(bed.store.every(field).await.unwrap(), expected(&[all[0], all[2]], field));
        }
        assert_eq!(bed.store.every(ContactField::Phone).await.unwrap(), BTreeMap::new());
    });
}

#[test]
fn contacts_come_in_pieces_and_whole_or_not_at_all() {
    on_each_state(async |bed| {
        let piece = |number: usize| -> Vec<Contact> {
            (0..1_234)
                .map(|index| contact(&format!("c{number} {index}"), ContactField::Note, "said"))
                .collect()
        };
        let before = bed.dump().await;
        let bad = [
            Ok(vec![contact("a\0", ContactField::Note, "said")]),
            Err("the contacts cannot be read".to_owned()),
        ];
        for bad in bad {
            let mut torn = [Ok(piece(1)), Ok(piece(2)), bad].into_iter();
            let mut next = || torn.next().unwrap();
            let refused = bed.store.commit_with(&orders("a"), &mut next, &mut || Ok(Vec::new()), 1).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
            assert_eq!(bed.dump().await, before);
        }
        let mut whole = (1..=3).map(piece);
        let mut next = || Ok(whole.next().unwrap_or_default());
        bed.store.commit_with(&orders("a"), &mut next, &mut || Ok(Vec::new()), 1).await.unwrap();
        assert_eq!(bed.rows("SELECT customer_id FROM contacts").await.len(), 3 * 1_234);
    });
}
