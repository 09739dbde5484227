//! Tags set by hand.

use crate::bed::on_each_state;
use model::calendar::Day;
use store::{Error, Tag};

#[test]
fn tags_are_set_replaced_listed_and_taken_back() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let tag = |customer: &str, tag: &str, holds, until: Option<i32>, set_at| Tag {
            customer_id: customer.into(),
            tag: tag.into(),
            holds,
            until: until.map(Day),
            set_at,
        };
        store.set_tag(&tag("c2", "Toys", true, None, 5)).await.unwrap();
        store.set_tag(&tag("c1", "Книги", false, Some(20_000), 6)).await.unwrap();
        store.set_tag(&tag("c2", "Toys", false, Some(-1), 7)).await.unwrap();
        let all = [tag("c1", "Книги", false, Some(20_000), 6), tag("c2", "Toys", false, Some(-1), 7)];
        assert_eq!(store.tags().await.unwrap(), all);

        store.forget_tag("c2", "Toys").await.unwrap();
        assert!(matches!(store.forget_tag("c2", "Toys").await, Err(Error::NotFound { .. })));
        assert_eq!(store.tags().await.unwrap(), all[..1]);
    });
}
