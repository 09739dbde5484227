//! What people write of segments.

use crate::bed::on_each_state;
use store::{Card, Error};

#[test]
fn cards_are_written_replaced_listed_and_taken_away() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let card = |segmentation: &str, segment: &str, part: &str, text: &str, changed_at| Card {
            segmentation: segmentation.into(),
            segment: segment.into(),
            part: part.into(),
            text: text.into(),
            changed_at,
        };
        store.set_card(&card("rfm", "new", "offer", "a code", 1)).await.unwrap();
        store.set_card(&card("rfm", "champions", "message", "Спасибо", 2)).await.unwrap();
        store.set_card(&card("stage", "lead", "offer", "a call", 3)).await.unwrap();
        store.set_card(&card("rfm", "new", "offer", "", 4)).await.unwrap();
        let all = [card("rfm", "champions", "message", "Спасибо", 2), card("rfm", "new", "offer", "", 4)];
        assert_eq!(store.cards("rfm").await.unwrap(), all);
        assert_eq!(store.cards("ltv").await.unwrap(), []);

        store.forget_card("rfm", "champions", "message").await.unwrap();
        let again = store.forget_card("rfm", "champions", "message").await;
        assert!(matches!(again, Err(Error::NotFound { .. })));
        assert_eq!(store.cards("rfm").await.unwrap(), all[1..]);
        assert_eq!(store.cards("stage").await.unwrap().len(), 1);
    });
}
