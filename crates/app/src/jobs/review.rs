//! Reviews a segmentation: cuts the base, holds the sizes against those of the last review, keeps them.
//!
//! Labels are not kept: the facts and the settings give them again, and a second copy of who is in which
//! segment would be one more place to erase a customer from.

use super::rules::prepare;
use super::segment;
use crate::base::Base;
use crate::clock;
use anyhow::Result;
use engine::checks::Before;
use engine::moves::{Compared, compare};
use engine::profile::Division;
use engine::progress::Watch;
use engine::segmentations::run::Asked;
use model::calendar::Day;
use std::collections::BTreeMap;
use store::{Review, ReviewedSegment};

/// What is reviewed.
pub struct Request<'a> {
    pub name: &'a str,
    pub asked: Vec<Asked>,
    pub as_of: Option<Day>,
    /// A segment that has lost more than this part of its customers has shrunk.
    pub shrinks: f64,
    /// Whether it is kept.
    pub keep: bool,
}

/// A review, beside the one before.
pub struct Reviewed {
    /// Its number is 0 where it was not kept.
    pub review: Review,
    /// The last one of an earlier day with the same settings, and what is different.
    pub last: Option<(Review, Compared)>,
    /// What is to be known of the moment and of the rules.
    pub notices: Vec<String>,
}

impl Reviewed {
    /// Whether somebody should look.
    pub fn has_alert(&self) -> bool {
        self.last.as_ref().is_some_and(|(_, compared)| compared.found.iter().any(|one| one.alert))
    }
}

/// Reviews, and keeps the review where that is asked for. One of the same day and settings is replaced.
///
/// # Errors
/// A base that cannot be read or written; rules that cannot be used; a method without named segments.
pub fn review(base: &Base, request: Request<'_>, threads: usize, watch: &dyn Watch) -> Result<Reviewed> {
    let (mut facts, _) = base.facts()?;
    let moment = segment::moment(&facts, request.as_of)?;
    let mut notices = prepare(base, &mut facts, &request.asked, moment, threads, watch)?;
    let cut = segment::cut(&facts, request.asked, &[], moment, threads, watch)?;
    notices.extend(cut.notice.clone());
    let division = Division::new(request.name, &cut.asked, &cut.features, &cut.outcome)?;
    let settings = settings_of(&cut.asked);
    let last = base.wait(base.store.last_review(request.name, moment.0, Some(&settings)))?;
    let others = base.wait(base.store.last_review(request.name, moment.0, None))?;
    if last.is_none()
        && let Some(other) = others
    {
        notices.push(format!(
            "the review of {} was with other settings: sizes of other cuts are nothing to compare with",
            other.as_of
        ));
    }
    let names = division.names().iter();
    let sums = division.sums();
    let sizes: Vec<(String, u64, bool)> = names
        .clone()
        .zip(&sums)
        .map(|(name, sums)| (name.clone(), sums.customers, division.is_left_over(name)))
        .collect();
    let last = last.map(|last| {
        let compared = compare(&before(&last), &sizes, request.shrinks);
        (last, compared)
    });
    let found = last.as_ref().map_or(&[][..], |(_, compared)| &compared.found);
    let segments = names.zip(&sums).map(|(name, sums)| ReviewedSegment {
        segment: name.clone(),
        customers: sums.customers,
        revenue: i64::try_from(sums.revenue).unwrap_or(i64::MAX),
    });
    let mut review = Review {
        review: 0,
        segmentation: request.name.to_owned(),
        as_of: moment.0,
        made_at: clock::now(),
        settings,
        customers: division.customers(),
        segments: segments.collect(),
        findings: serde_json::to_string(found)?,
    };
    if request.keep {
        review.review = base.wait(base.store.add_review(&review))?;
    }
    Ok(Reviewed { review, last, notices })
}

/// The sizes at a review.
pub fn before(review: &Review) -> Before {
    let sizes = review.segments.iter().map(|one| (one.segment.clone(), one.customers));
    Before { as_of: review.as_of, sizes: sizes.collect() }
}

/// All settings that labels come from, those of segmentations that are looked at too, as reviews keep them.
pub fn settings_of(asked: &[Asked]) -> BTreeMap<String, String> {
    let of = |one: &Asked| {
        let name = one.segmentation.about().name;
        let all = one.settings.iter().map(|(setting, value)| (format!("{name}.{setting}"), value.to_owned()));
        all.collect::<Vec<_>>()
    };
    asked.iter().flat_map(of).collect()
}

/// The reviews of a segmentation, or all, oldest first.
///
/// # Errors
/// A state that cannot be read.
pub fn reviews(base: &Base, name: Option<&str>) -> Result<Vec<Review>> {
    base.wait(base.store.reviews(name))
}

/// Forgets a review.
///
/// # Errors
/// A review that is not there.
pub fn forget(base: &Base, review: i64) -> Result<()> {
    base.wait(base.store.forget_review(review))
}
