//! Whether segments come back when the customers are drawn anew.

use super::agreement::Contingency;
use super::partition::Label;
use super::sampling::stream;
use crate::parallel::in_order;
use serde::{Deserialize, Serialize};

/// Draws of a bootstrap, as Hennig (2007) advises at the least.
pub const DRAWS: usize = 100;
/// At this mean Jaccard index or below a draw has dissolved a segment.
pub const DISSOLVED: f64 = 0.5;
/// Below this a segment is not to be trusted.
pub const UNSTABLE: f64 = 0.6;
/// From this on a segment is valid.
pub const VALID: f64 = 0.75;
/// Above this a draw has recovered a segment.
pub const RECOVERED: f64 = VALID;
/// From this on a segment is highly stable.
pub const HIGHLY_STABLE: f64 = 0.85;

/// How customers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// How often as many customers as there are are drawn, with repeats.
    pub draws: usize,
    pub seed: u64,
    /// Threads that work; the result does not depend on it.
    pub threads: usize,
}

/// Customers that were drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// The number of the draw, from 0.
    pub number: usize,
    /// Places of customers, ascending; who was drawn twice stands twice.
    pub places: Vec<u32>,
    /// A seed of its own for whatever the draw is used for.
    pub seed: u64,
}

impl Bootstrap {
    /// One draw of as many of `count` customers; the same for the same number.
    ///
    /// # Panics
    /// Where `count` is 0 or does not fit in 32 bits.
    pub fn draw(&self, count: usize, number: usize) -> Draw {
        assert!(u32::try_from(count).is_ok(), "customers are counted in 32 bits");
        let mut random = stream(self.seed, number as u64);
        let mut times = vec![0_u32; count];
        (0..count).for_each(|_| times[random.below(count)] += 1);
        // Near rows stay near in memory; the order of a sample means nothing.
        let mut places = Vec::with_capacity(count);
        for (place, &times) in (0..).zip(&times) {
            (0..times).for_each(|_| places.push(place));
        }
        Draw { number, places, seed: random.next_u64() }
    }
}

/// Who is compared when an original segment is looked for among the new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// All original customers, relabelled by what the draw gave.
    Everyone,
    /// Those who were drawn, once each, as `fpc::clusterboot` does.
    Drawn,
}

/// What a mean Jaccard index says of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stability {
    /// Up to [`DISSOLVED`]: not there.
    Dissolved,
    /// Below [`UNSTABLE`]: not to be trusted.
    Unstable,
    /// Below [`VALID`]: a pattern, but who belongs to it is doubtful.
    Doubtful,
    /// Below [`HIGHLY_STABLE`].
    Valid,
    HighlyStable,
}

impl Stability {
    /// The meaning of a mean Jaccard index (Hennig, 2007).
    pub fn of(mean: f64) -> Stability {
        match mean {
            mean if mean >= HIGHLY_STABLE => Stability::HighlyStable,
            mean if mean >= VALID => Stability::Valid,
            mean if mean >= UNSTABLE => Stability::Doubtful,
            mean if mean > DISSOLVED => Stability::Unstable,
            _ => Stability::Dissolved,
        }
    }
}

/// How one segment came back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterStability {
    /// The mean over draws of the highest Jaccard index with a new segment.
    pub mean: f64,
    /// Draws in which that was at most [`DISSOLVED`].
    pub dissolved: usize,
    /// Draws in which that was above [`RECOVERED`].
    pub recovered: usize,
}

impl ClusterStability {
    /// What the mean says.
    pub fn stability(&self) -> Stability {
        Stability::of(self.mean)
    }

    fn of(indexes: impl Iterator<Item = f64> + Clone) -> ClusterStability {
        let count = indexes.clone().count().max(1) as f64;
        ClusterStability {
            mean: indexes.clone().sum::<f64>() / count,
            dissolved: indexes.clone().filter(|&index| index <= DISSOLVED).count(),
            recovered: indexes.filter(|&index| index > RECOVERED).count(),
        }
    }
}

/// How well each of `segments` segments comes back: for every draw `relabel` makes the segmentation
/// anew from the customers drawn and labels **all** original customers by it; the highest Jaccard
/// index of the segment with one of the new ones is its mark. New labels need not match the old.
///
/// Any segmentation can be checked so: cuts, clusters, tiers. A segment without customers among those
/// compared gets 0 in that draw.
///
/// # Panics
/// Where `relabel` gives another number of labels than there are customers.
pub fn clusterwise_jaccard(
    original: &[Label],
    segments: usize,
    bootstrap: &Bootstrap,
    compared: Compared,
    relabel: impl Fn(&Draw) -> Vec<Label> + Sync,
) -> Vec<ClusterStability> {
    if original.is_empty() {
        return Vec::new();
    }
    let indexes = in_order(bootstrap.draws, bootstrap.threads, |number| {
        let draw = bootstrap.draw(original.len(), number);
        let labels = relabel(&draw);
        assert_eq!(labels.len(), original.len(), "every original customer gets a label");
        best_indexes(original, segments, &labels, &draw, compared)
    });
    stabilities(&indexes, segments)
}

/// The highest Jaccard index of each original segment with a new one.
pub(super) fn best_indexes(
    original: &[Label],
    segments: usize,
    labels: &[Label],
    draw: &Draw,
    compared: Compared,
) -> Vec<f64> {
    let pair = |place: usize| (original[place], labels[place]);
    let table = match compared {
        Compared::Everyone => Contingency::of((0..original.len()).map(pair)),
        Compared::Drawn => {
            let mut places = draw.places.clone();
            places.dedup();
            Contingency::of(places.iter().map(|&place| pair(place as usize)))
        }
    };
    (0..segments).map(|segment| table.best_jaccard(segment)).collect()
}

/// Marks of segments from their indexes in each draw.
pub(super) fn stabilities(indexes: &[Vec<f64>], segments: usize) -> Vec<ClusterStability> {
    (0..segments).map(|segment| ClusterStability::of(indexes.iter().map(|draw| draw[segment]))).collect()
}

/// Adjusted Rand indexes of pairs of draws, the first with the second, the third with the fourth and
/// so on: what Dolnicar and Leisch (2010) call global stability. `labels` are those which each draw
/// gave to all original customers; their mean and spread over pairs are what is shown.
pub fn global_stability(labels: &[Vec<Label>]) -> Vec<f64> {
    let pairs = labels.chunks_exact(2);
    pairs.map(|pair| super::agreement::adjusted_rand(&pair[0], &pair[1])).collect()
}
