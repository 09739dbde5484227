//! What people noted of competitors.

use crate::bed::on_each_state;
use model::calendar::Day;
use store::{CompetitorNote, Error};

fn note(number: i64, competitor: &str) -> CompetitorNote {
    CompetitorNote { note: number, competitor: competitor.into(), noted_at: 7, ..CompetitorNote::default() }
}

#[test]
fn notes_are_kept_listed_and_taken_away() {
    on_each_state(async |bed| {
        let store = &bed.store;
        let whole = CompetitorNote {
            addresses: Some(("город".into(), "Рига".into())),
            seen_in: Some("VK".into()),
            seen_on: Some(Day(20_000)),
            text: Some("a second one for nothing".into()),
            ..note(0, "Rival")
        };
        assert_eq!(store.competitor_notes().await.unwrap(), []);
        assert_eq!(store.add_competitor_note(&whole).await.unwrap(), 1);
        assert_eq!(store.add_competitor_note(&note(9, "Other")).await.unwrap(), 2);
        assert_eq!(store.add_competitor_note(&note(0, "Rival")).await.unwrap(), 3);
        let kept = CompetitorNote { note: 1, ..whole };
        let all = [note(2, "Other"), kept.clone(), note(3, "Rival")];
        assert_eq!(store.competitor_notes().await.unwrap(), all);

        store.forget_competitor_note(3).await.unwrap();
        let again = store.forget_competitor_note(3).await;
        assert!(matches!(again, Err(Error::NotFound { .. })));
        assert_eq!(store.competitor_notes().await.unwrap(), all[..2]);
    });
}

#[test]
fn two_who_note_at_once_get_two_numbers() {
    on_each_state(async |bed| {
        let adds: Vec<_> = (0..8)
            .map(|_| {
                let store = bed.store.clone();
                tokio::spawn(async move { store.add_competitor_note(&note(0, "Rival")).await })
            })
            .collect();
        let mut numbers = Vec::new();
        for add in adds {
            numbers.push(add.await.unwrap().unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    });
}
