//! Reviews of segmentations.

use crate::bed::on_each_state;
use model::calendar::Day;
use std::collections::BTreeMap;
use store::{Error, Review, ReviewedSegment};

fn review(segmentation: &str, as_of: i32, groups: &str, customers: u64) -> Review {
    let segment =
        |name: &str, customers, revenue| ReviewedSegment { segment: name.into(), customers, revenue };
    Review {
        review: 0,
        segmentation: segmentation.into(),
        as_of: Day(as_of),
        made_at: 7 + customers as i64,
        settings: BTreeMap::from([("rfm.groups".to_owned(), groups.to_owned())]),
        customers,
        segments: vec![segment("Чемпионы", customers, -5), segment("new", 0, i64::MAX)],
        findings: r#"[{"kind":"shrunk"}]"#.into(),
    }
}

#[test]
fn reviews_are_added_replaced_listed_and_forgotten() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let mut kept = [
            review("rfm", -3, "3", 10),
            review("rfm", 40, "3", 12),
            review("rfm", 40, "5", 13),
            review("stage", 41, "3", 14),
        ];
        // Added in another order than listed.
        for (place, number) in [(1, 1), (3, 2), (0, 3), (2, 4)] {
            kept[place].review = store.add_review(&kept[place]).await.unwrap();
            assert_eq!(kept[place].review, number);
        }
        assert_eq!(
            store.reviews(None).await.unwrap(),
            [&kept[0], &kept[1], &kept[2], &kept[3]].map(Clone::clone)
        );
        assert_eq!(store.reviews(Some("rfm")).await.unwrap(), kept[..3]);
        assert_eq!(store.reviews(Some("ltv")).await.unwrap(), []);

        // The same segmentation, day and settings: the newer one stands in its place.
        let again = Review { review: 1, ..review("rfm", 40, "3", 99) };
        assert_eq!(store.add_review(&again).await.unwrap(), 1);
        kept[1] = again;
        assert_eq!(store.reviews(Some("rfm")).await.unwrap(), kept[..3]);

        let before = async |day: i32, settings: Option<&BTreeMap<String, String>>| {
            store.last_review("rfm", Day(day), settings).await.unwrap().map(|review| review.review)
        };
        assert_eq!(before(41, None).await, Some(4));
        assert_eq!(before(41, Some(&kept[1].settings)).await, Some(1));
        assert_eq!(before(40, Some(&kept[1].settings)).await, Some(3));
        assert_eq!(before(40, Some(&kept[2].settings)).await, None);
        assert_eq!(before(-3, None).await, None);

        store.forget_review(4).await.unwrap();
        assert!(matches!(store.forget_review(4).await, Err(Error::NotFound { .. })));
        assert_eq!(store.reviews(Some("rfm")).await.unwrap(), kept[..2]);
    });
}

#[test]
fn rules_of_any_length_are_settings() {
    on_each_state(async |bed| {
        // Longer than what an index of PostgreSQL takes, and not to be compressed.
        let text: String = (0..40_000_u64).map(|n| char::from(33 + (n * n * 7919 % 89) as u8)).collect();
        let long = review("rules", 5, &text, 1);
        bed.store.add_review(&long).await.unwrap();
        bed.store.add_review(&long).await.unwrap();
        let kept = bed.store.reviews(None).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].settings, long.settings);
    });
}
