//! Settings, currency and version.

use crate::bed::on_each_state;
use crate::samples::{orders, settings};
use model::base::{BaseSettings, StagedImport};
use store::{Error, Store};

#[test]
fn the_first_settings_are_kept() {
    on_each_state(async |bed| {
        let first = bed.store.settings(&settings()).await.unwrap();
        assert_eq!((first.zone.as_str(), first.currency.as_deref()), ("Europe/Riga", None));
        assert_ne!(first.digest_key, [0; 32]);
        let other = BaseSettings { zone: "UTC".into(), currency: Some("USD".into()), digest_key: [7; 32] };
        assert_eq!(bed.store.settings(&other).await.unwrap(), first);
        let again = Store::open(&bed.place).await.unwrap();
        assert_eq!(again.settings(&other).await.unwrap(), first);
    });
}

#[test]
fn settings_given_whole_are_kept_whole() {
    on_each_state(async |bed| {
        let given = BaseSettings { zone: "UTC".into(), currency: Some("USD".into()), digest_key: [7; 32] };
        assert_eq!(bed.store.settings(&given).await.unwrap(), given);
    });
}

#[test]
fn settings_asked_for_at_once_are_the_same() {
    on_each_state(async |bed| {
        let calls: Vec<_> = (0..8)
            .map(|_| {
                let store = bed.store.clone();
                tokio::spawn(async move { store.settings(&settings()).await.unwrap() })
            })
            .collect();
        let mut keys = Vec::new();
        for call in calls {
            keys.push(call.await.unwrap().digest_key);
        }
        keys.dedup();
        assert_eq!(keys.len(), 1);
    });
}

#[test]
fn the_first_import_with_money_settles_the_currency() {
    on_each_state(async |bed| {
        bed.store.settings(&settings()).await.unwrap();
        let euros = StagedImport { currency: Some("EUR".into()), ..orders("a") };
        bed.store.commit(&euros, 1).await.unwrap();
        let kept = bed.store.settings(&settings()).await.unwrap();
        assert_eq!(kept.currency.as_deref(), Some("EUR"));

        let dollars = StagedImport { currency: Some("USD".into()), ..orders("b") };
        let before = bed.dump().await;
        assert!(matches!(bed.store.commit(&dollars, 2).await, Err(Error::Stale { .. })));
        assert_eq!(bed.dump().await, before);
        assert_eq!(bed.store.imports().await.unwrap().len(), 1);

        // While facts in money are there, their currency stays, whichever import named it first.
        bed.store.commit(&StagedImport { currency: Some("EUR".into()), ..orders("c") }, 3).await.unwrap();
        bed.store.undo(1, 4).await.unwrap();
        assert_eq!(bed.store.settings(&settings()).await.unwrap().currency.as_deref(), Some("EUR"));
        bed.store.undo(2, 5).await.unwrap();
        assert_eq!(bed.store.settings(&settings()).await.unwrap().currency, None);
        bed.store.commit(&dollars, 6).await.unwrap();
        assert_eq!(bed.store.settings(&settings()).await.unwrap().currency.as_deref(), Some("USD"));
    });
}

#[test]
fn a_currency_set_by_people_outlives_every_undo() {
    on_each_state(async |bed| {
        let given = BaseSettings { currency: Some("GBP".into()), ..settings() };
        bed.store.settings(&given).await.unwrap();
        bed.store.commit(&orders("a"), 1).await.unwrap();
        bed.store.undo(1, 2).await.unwrap();
        assert_eq!(bed.store.settings(&settings()).await.unwrap().currency.as_deref(), Some("GBP"));
    });
}

#[test]
fn the_version_rises_with_every_commit_and_undo() {
    on_each_state(async |bed| {
        let mut versions = vec![bed.store.version().await.unwrap()];
        bed.store.commit(&orders("a"), 1).await.unwrap();
        versions.push(bed.store.version().await.unwrap());
        bed.store.commit(&orders("b"), 2).await.unwrap();
        versions.push(bed.store.version().await.unwrap());
        bed.store.undo(1, 3).await.unwrap();
        versions.push(bed.store.version().await.unwrap());
        assert_eq!(versions, [0, 1, 2, 3]);
    });
}
