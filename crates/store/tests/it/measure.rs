//! How long large imports take; for people to look at:
//! `cargo test --release -p dolka-store --test it -- --ignored --nocapture measure`.

use crate::bed::on_each_state;
use crate::samples::{contact, contacts};
use model::base::{Contact, ContactField};
use std::time::Instant;

const CUSTOMERS: u64 = 1_000_000;

#[test]
#[ignore = "takes a minute and asserts little"]
fn measure_two_million_contacts() {
    let id = |index: u64| format!("{:016x}", index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let both = |index: u64| -> [Contact; 2] {
        let email = format!("person{index}@shop{}.example", index % 977);
        [contact(&id(index), ContactField::Key, &email), contact(&id(index), ContactField::Phone, &id(index))]
    };
    let staged = |key: &str, from: u64| contacts(key, (from..from + CUSTOMERS).flat_map(both).collect());
    let (first, second) = (staged("a", 0), staged("b", CUSTOMERS / 2));
    let ids: Vec<String> = (0..CUSTOMERS).map(id).collect();
    on_each_state(async |bed| {
        println!("{}", bed.place);
        let time = |what: &str, start: Instant| println!("{what}: {:.1} s", start.elapsed().as_secs_f64());
        let start = Instant::now();
        bed.store.commit(&first, 1).await.unwrap();
        time("commit of 2 million contacts", start);
        let start = Instant::now();
        bed.store.commit(&second, 2).await.unwrap();
        time("commit of 2 million more, half of the customers known", start);
        let start = Instant::now();
        assert_eq!(bed.store.keys(&ids).await.unwrap().len() as u64, CUSTOMERS);
        time("keys of 1 million customers", start);
        let start = Instant::now();
        assert_eq!(bed.store.contact(&ids[7]).await.unwrap().len(), 2);
        assert_eq!(bed.store.find(ContactField::Phone, &ids[7]).await.unwrap(), ids[7..8]);
        time("one contact and one search", start);
        let start = Instant::now();
        bed.store.undo(1, 3).await.unwrap();
        time("undo of 2 million contacts", start);
    });
}
