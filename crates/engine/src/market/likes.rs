//! Hidden needs: categories that a segment buys far less often than customers like its own.

use model::comparison::{P_MAX, chi_square, holm};
use model::criteria::Interval;
use std::collections::BTreeMap;

/// Least numbers of orders in a year of the bands in which customers are alike.
pub const BANDS: [u64; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 21, 31, 51];
/// With fewer customers of other segments in a band, those of the segment have no likes there.
const LIKES_MIN: u64 = 5;
/// A segment with fewer customers who have likes is not looked at.
pub const SEGMENT_MIN: u64 = 30;
/// A category of which fewer buyers would be expected is not looked at.
pub const WANTED_MIN: f64 = 10.0;
/// From this index on a category is not bought far less often: buyers for 100 expected.
pub const GAP_INDEX_MAX: f64 = 67.0;
/// The normal quantile of two-sided 95 %.
const Z_95: f64 = 1.959_963_984_540_054;

/// Customers by band.
pub type ByBand = [u64; BANDS.len()];

/// Who bought what in the year, by segment and band.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bought {
    /// Customers with an order in the year, by segment.
    pub customers: Vec<ByBand>,
    /// For each category those who bought it, by segment.
    pub categories: BTreeMap<String, Vec<ByBand>>,
}

/// A category that a segment buys far less often than its likes do.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Place of the segment.
    pub segment: usize,
    pub category: String,
    /// Customers of the segment who have likes.
    pub customers: u64,
    /// Those of them who bought it.
    pub buyers: u64,
    /// Buyers there would be if they bought as often as their likes.
    pub expected: f64,
    /// Share of buyers less the share expected, with its 95 % interval.
    pub gap: Interval,
    /// The chance of such a gap where there is none, adjusted over all that was looked at (Holm).
    pub p: f64,
}

impl Need {
    /// Buyers for 100 expected.
    pub fn index(&self) -> f64 {
        self.buyers as f64 / self.expected * 100.0
    }

    /// Buyers missing.
    pub fn missing(&self) -> f64 {
        self.expected - self.buyers as f64
    }
}

/// Hidden needs of segments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// Segments and categories that were large enough to be looked at.
    pub looked_at: usize,
    /// For each segment its customers who have likes.
    pub compared: Vec<u64>,
    /// Most missing buyers first.
    pub found: Vec<Need>,
}

/// The band of a customer with so many orders in the year; `None` without any.
pub fn band(orders: u64) -> Option<usize> {
    BANDS.iter().rposition(|&least| orders >= least)
}

/// Finds the hidden needs of the segments at some places. The likes of a customer are those customers of
/// all other segments who ordered as often in the year, by the bands of [`BANDS`]; what is expected is the
/// share of buyers among them, band by band (direct standardisation). Chance is told by the test of
/// Cochran, Mantel and Haenszel over the bands, which knows no other difference than that within bands.
pub fn needs(bought: &Bought, segments: &[usize]) -> Needs {
    let (mut found, compared) = all(bought, segments);
    let looked_at = found.len();
    found.retain(|need| need.p < P_MAX && need.gap.high < 0.0 && need.index() <= GAP_INDEX_MAX);
    found.sort_by(|a, b| {
        let same = || (a.segment, &a.category).cmp(&(b.segment, &b.category));
        b.missing().total_cmp(&a.missing()).then_with(same)
    });
    Needs { looked_at, compared, found }
}

/// Every segment and category that is large enough, needed or not, and the customers who have likes.
pub(super) fn all(bought: &Bought, segments: &[usize]) -> (Vec<Need>, Vec<u64>) {
    let mut found = Vec::new();
    let mut compared = vec![0; bought.customers.len()];
    for &segment in segments {
        let others = others(&bought.customers, segment);
        let own = bought.customers[segment];
        compared[segment] = (0..BANDS.len()).filter(|&b| others[b] >= LIKES_MIN).map(|b| own[b]).sum();
        if compared[segment] < SEGMENT_MIN {
            continue;
        }
        for (category, buyers) in &bought.categories {
            let sides = Strata {
                own,
                own_buyers: buyers[segment],
                others,
                other_buyers: self::others(buyers, segment),
            };
            let need = sides.need(segment, category);
            found.extend((need.expected >= WANTED_MIN).then_some(need));
        }
    }
    let chances: Vec<f64> = found.iter().map(|need| need.p).collect();
    found.iter_mut().zip(holm(&chances)).for_each(|(need, p)| need.p = p);
    (found, compared)
}

fn others(of: &[ByBand], segment: usize) -> ByBand {
    let mut sums = [0; BANDS.len()];
    for (_, own) in of.iter().enumerate().filter(|(place, _)| *place != segment) {
        sums.iter_mut().zip(own).for_each(|(sum, count)| *sum += count);
    }
    sums
}

/// A segment and all others, band by band, with their buyers of a category.
struct Strata {
    own: ByBand,
    own_buyers: ByBand,
    others: ByBand,
    other_buyers: ByBand,
}

impl Strata {
    /// With the chance as it is.
    fn need(&self, segment: usize, category: &str) -> Need {
        let (mut customers, mut buyers, mut expected) = (0, 0, 0.0);
        let (mut variance, mut apart, mut chance) = (0.0, 0.0, 0.0);
        let bands = (0..BANDS.len()).filter(|&b| self.own[b] > 0 && self.others[b] >= LIKES_MIN);
        for b in bands {
            let (n, a) = (self.own[b] as f64, self.own_buyers[b] as f64);
            let (m, c) = (self.others[b] as f64, self.other_buyers[b] as f64);
            customers += self.own[b];
            buyers += self.own_buyers[b];
            expected += n * c / m;
            // Half a buyer and half a customer who is none are added, so that a band in which nobody or
            // everybody buys is not taken for certain.
            let spread = |buyers: f64, of: f64| {
                let share = (buyers + 0.5) / (of + 1.0);
                share * (1.0 - share) / of
            };
            variance += n * n * (spread(a, n) + spread(c, m));
            let all = n + m;
            apart += a - n * (a + c) / all;
            chance += n * m * (a + c) * (all - a - c) / (all * all * (all - 1.0));
        }
        let of = (customers as f64).max(1.0);
        let (value, half) = ((buyers as f64 - expected) / of, Z_95 * variance.sqrt() / of);
        Need {
            segment,
            category: category.to_owned(),
            customers,
            buyers,
            expected,
            gap: Interval { value, low: value - half, high: value + half },
            p: if chance > 0.0 { chi_square(apart * apart / chance, 1.0) } else { 1.0 },
        }
    }
}
