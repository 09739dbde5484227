//! Why one customer has the labels it has.

use super::segment::{self, Cut};
use crate::base::{Base, region_of};
use anyhow::{Result, bail};
use engine::import::cells;
use engine::progress::Watch;
use engine::segmentations::Reason;
use engine::segmentations::run::Asked;
use model::base::ContactField;
use model::calendar::Day;
use std::collections::BTreeSet;

/// The reasons of one segmentation.
pub struct Explained {
    pub segmentation: &'static str,
    pub reasons: Vec<Reason>,
}

/// Explains the labels of a customer, named by id, e-mail or phone.
pub fn explain(
    base: &Base,
    customer: &str,
    asked: Vec<Asked>,
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Cut, Vec<Explained>)> {
    let (facts, _) = base.facts()?;
    let moment = segment::moment(&facts, as_of)?;
    let cut = segment::cut(&facts, asked, &[], moment, threads, watch)?;
    let (bucket, row) = find(base, &cut, customer)?;
    let bucket = &cut.features[bucket];
    let explained = cut.asked.iter().zip(&cut.outcome.fits).map(|(one, fit)| Explained {
        segmentation: one.segmentation.about().name,
        reasons: one.segmentation.explain(&one.settings, fit, &cut.question, bucket, row),
    });
    let explained = explained.collect();
    Ok((cut, explained))
}

/// The bucket and row of a customer, named by id, e-mail or phone.
pub(super) fn find(base: &Base, cut: &Cut, customer: &str) -> Result<(usize, usize)> {
    let ids = ids_of(base, customer)?;
    let place = cut.features.iter().enumerate().find_map(|(place, bucket)| {
        let row =
            (0..bucket.len()).find(|&row| ids.iter().any(|id| id == bucket.customer_ids().value(row)))?;
        Some((place, row))
    });
    match place {
        Some(place) => Ok(place),
        None => bail!(
            "the base knows no customer `{customer}` as of {}; `dolka features orders` lists all",
            cut.as_of
        ),
    }
}

/// The ids that a person may mean: the text itself, and whoever has it for an e-mail or phone,
/// however it is written.
fn ids_of(base: &Base, customer: &str) -> Result<Vec<String>> {
    let mut forms = BTreeSet::from([customer.to_owned()]);
    if let Ok(email) = cells::email(customer) {
        forms.extend([email.typed, email.key]);
    }
    if let Ok(phones) = cells::phone(customer, region_of(&base.settings.zone)) {
        forms.extend(phones.into_iter().map(|phone| phone.e164));
    }
    let mut ids = vec![customer.to_owned()];
    for form in &forms {
        for field in [ContactField::Key, ContactField::Email, ContactField::Phone] {
            ids.extend(base.wait(base.store.find(field, form))?);
        }
    }
    Ok(ids)
}
