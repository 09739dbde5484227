//! What is special about a segment: values that it has more or less of than the others, features that
//! are higher or lower.

use crate::profile::{Profile, Scale};
use model::comparison::{Moments, cohens_d, holm, mean_interval, shares_chance, welch};
use model::criteria::share;
use serde::{Deserialize, Serialize};

/// A value or feature in which a segment may differ from the other customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Special {
    /// Name of the feature or attribute.
    pub name: String,
    /// The value; `None`: a feature that is a number, of which the means are compared.
    pub value: Option<String>,
    /// Share with the value, or mean, in the segment, of those of whom it is known.
    pub inside: f64,
    /// The 95 % interval of that.
    pub interval: (f64, f64),
    /// The same in the whole base.
    pub base: f64,
    /// `inside` beside `base`, 100 where they are the same; `None` where the base has none, or the two
    /// have different signs.
    pub index: Option<f64>,
    /// How far the segment is from the other customers: for a feature Cohen's d, for a value the
    /// difference of the two angles that make shares comparable (Cohen's h).
    pub size: f64,
    /// Chance of a difference so large where there is none, adjusted over all of the segment's rows
    /// (Holm).
    pub p: f64,
    /// Customers of the segment of whom it is known.
    pub known: u64,
}

impl Special {
    /// Whether mean and usual customer say the same: of money and counts a few large customers of the base
    /// can make its mean higher than that of a segment whose customers have more than most.
    pub fn is_clear(&self) -> bool {
        self.index.is_none_or(|index| (index > 100.0) == (self.size > 0.0))
    }
}

/// Everything that can be said of a segment beside the other customers, largest differences first; ties
/// by name. Attributes it was `cut_by` are among it: they say who the customers are.
pub fn special(profile: &Profile, segment: usize) -> Vec<Special> {
    let mut all = features(profile, segment);
    all.extend(profile.texts.iter().flat_map(|table| {
        let column = |value: usize| -> (u64, u64) {
            let counts = &table.counts;
            let whole = counts.iter().map(|own| own[value]).sum::<u64>();
            (counts[segment][value], whole)
        };
        let known = table.known(segment);
        let of_all: u64 = (0..table.counts.len()).map(|other| table.known(other)).sum();
        let names = table.values.iter().enumerate();
        names.filter_map(move |(value, name)| {
            let (inside, whole) = column(value);
            of_value(&table.name, name, (inside, known), (whole, of_all))
        })
    }));
    let adjusted = holm(&all.iter().map(|one| one.p).collect::<Vec<_>>());
    all.iter_mut().zip(adjusted).for_each(|(one, p)| one.p = p);
    all.sort_by(|a, b| {
        b.size.abs().total_cmp(&a.size.abs()).then_with(|| (&a.name, &a.value).cmp(&(&b.name, &b.value)))
    });
    all
}

fn features(profile: &Profile, segment: usize) -> Vec<Special> {
    let both = profile.plain.iter().zip(&profile.scaled);
    let each = both.filter_map(|((measure, plain), (_, scaled))| {
        let (own, others) = (&scaled[segment], &others(scaled, segment));
        let whole = sum(plain);
        let inside = &plain[segment];
        let index = inside.mean / whole.mean * 100.0;
        // A share or step is compared as it is, everything else on the logarithmic scale.
        debug_assert!(measure.scale == Scale::Log || own == inside);
        Some(Special {
            name: measure.feature.to_owned(),
            value: None,
            inside: inside.mean,
            interval: mean_interval(inside),
            base: whole.mean,
            index: (index.is_finite() && index >= 0.0).then_some(index),
            size: cohens_d(own, others)?,
            p: welch(own, others)?,
            known: inside.count,
        })
    });
    each.collect()
}

/// A value of a text, by (those with it, those of whom it is known) in the segment and in the base.
fn of_value(name: &str, value: &str, inside: (u64, u64), base: (u64, u64)) -> Option<Special> {
    let (with, known) = inside;
    let (other_with, other_known) = (base.0 - with, base.1 - known);
    if known == 0 || other_known == 0 {
        return None;
    }
    let own = share(with, known);
    let of_base = base.0 as f64 / base.1 as f64;
    let angle = |part: f64| 2.0 * part.sqrt().asin();
    let p = shares_chance(with, known, other_with, other_known);
    Some(Special {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        inside: own.value,
        interval: (own.low, own.high),
        base: of_base,
        index: (of_base > 0.0).then(|| own.value / of_base * 100.0),
        size: angle(own.value) - angle(other_with as f64 / other_known as f64),
        p,
        known,
    })
}

fn sum(of: &[Moments]) -> Moments {
    of.iter().fold(Moments::default(), |mut sum, one| {
        sum.add(one);
        sum
    })
}

fn others(of: &[Moments], segment: usize) -> Moments {
    let rest = of.iter().enumerate().filter(|(place, _)| *place != segment);
    rest.fold(Moments::default(), |mut sum, (_, one)| {
        sum.add(one);
        sum
    })
}
