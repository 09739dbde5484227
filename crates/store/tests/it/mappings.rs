//! Saved mappings.

use crate::bed::on_each_state;
use store::{Error, Mapping};

#[test]
fn mappings_are_saved_replaced_listed_and_deleted() {
    on_each_state(async |bed| {
        let store = &bed.store;
        store.save_mapping("till", "{\"customer_id\":\"Client\"}", 5).await.unwrap();
        store.save_mapping("Крамница", "{}", 6).await.unwrap();
        store.save_mapping("till", "{\"customer_id\":\"Card\"}", 7).await.unwrap();
        let till = Mapping { name: "till".into(), mapping: "{\"customer_id\":\"Card\"}".into(), saved_at: 7 };
        assert_eq!(store.mapping("till").await.unwrap(), till);
        let shop = Mapping { name: "Крамница".into(), mapping: "{}".into(), saved_at: 6 };
        assert_eq!(store.mappings().await.unwrap(), [till, shop]);

        store.delete_mapping("till").await.unwrap();
        assert!(matches!(store.mapping("till").await, Err(Error::NotFound { .. })));
        assert!(matches!(store.delete_mapping("till").await, Err(Error::NotFound { .. })));
        assert_eq!(store.mappings().await.unwrap().len(), 1);
    });
}
