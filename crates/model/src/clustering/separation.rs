//! How far apart clusters are: figures that are shown beside the stability that decides.

use super::matrix::{Matrix, squared};
use super::partition::Label;
use crate::parallel::in_order;

/// Rows of one piece of work.
const CHUNK_ROWS: usize = 32;

/// The mean silhouette (Rousseeuw, 1987) of each of some groupings of the same rows: how much nearer
/// rows are to their own cluster than to the next, from −1 to 1; 0 for a row that is alone in its
/// cluster.
///
/// `distances` gives how far all rows are from one of them. All pairs are compared, once for all
/// groupings, so give a sample where there are many. `None` unless two clusters have rows.
///
/// # Panics
/// Where a grouping or distances are not of as many rows as the first grouping.
pub fn silhouettes(
    groupings: &[&[Label]],
    threads: usize,
    distances: impl Fn(usize) -> Vec<f64> + Sync,
) -> Vec<Option<f64>> {
    let rows = groupings.first().map_or(0, |labels| labels.len());
    let groupings: Vec<Grouping<'_>> = groupings.iter().map(|labels| Grouping::of(labels)).collect();
    let width = groupings.iter().map(|grouping| grouping.sizes.len()).max().unwrap_or_default();
    // Row by row, where each grouping adds up what is far from the row's cluster.
    let places: Vec<usize> = (0..rows)
        .flat_map(|row| groupings.iter().enumerate().map(move |(at, one)| at * width + one.label(row)))
        .collect();
    let widths = in_order(rows.div_ceil(CHUNK_ROWS), threads, |piece| {
        let mut widths = Vec::with_capacity(CHUNK_ROWS * groupings.len());
        let mut sums = vec![0.0; groupings.len() * width];
        for row in piece * CHUNK_ROWS..rows.min((piece + 1) * CHUNK_ROWS) {
            let mut distances = distances(row);
            assert_eq!(distances.len(), rows, "every row has a distance");
            distances[row] = 0.0;
            sums.fill(0.0);
            for (distance, places) in distances.iter().zip(places.chunks_exact(groupings.len())) {
                places.iter().for_each(|&place| sums[place] += distance);
            }
            let each = groupings.iter().zip(sums.chunks_exact(width));
            widths.extend(each.map(|(grouping, sums)| grouping.width(row, sums)));
        }
        widths
    });
    let widths: Vec<f64> = widths.concat();
    let mean = |(at, grouping): (usize, &Grouping<'_>)| {
        let own = widths.iter().skip(at).step_by(groupings.len());
        grouping.is_grouping().then(|| own.sum::<f64>() / rows as f64)
    };
    groupings.iter().enumerate().map(mean).collect()
}

/// Clusters of some rows, and how many are in each.
struct Grouping<'a> {
    labels: &'a [Label],
    sizes: Vec<usize>,
}

impl Grouping<'_> {
    fn of(labels: &[Label]) -> Grouping<'_> {
        Grouping { labels, sizes: sizes(labels) }
    }

    fn label(&self, row: usize) -> usize {
        usize::from(self.labels[row])
    }

    fn is_grouping(&self) -> bool {
        self.sizes.iter().filter(|&&size| size > 0).count() > 1
    }

    /// The silhouette of a row, whose distances to each cluster add up to `sums`.
    fn width(&self, row: usize, sums: &[f64]) -> f64 {
        let own = self.label(row);
        if self.sizes[own] == 1 {
            return 0.0;
        }
        let inside = sums[own] / (self.sizes[own] - 1) as f64;
        let others =
            sums.iter().zip(&self.sizes).enumerate().filter(|&(label, (_, &size))| label != own && size > 0);
        let outside = others.map(|(_, (sum, &size))| sum / size as f64).fold(f64::INFINITY, f64::min);
        let most = inside.max(outside);
        if most == 0.0 { 0.0 } else { (outside - inside) / most }
    }
}

/// The score of Calinski and Harabasz (1974): variance between clusters over variance within them,
/// each by its degrees of freedom. `None` unless there are two clusters with rows and more rows than
/// clusters, or where there is no variance within.
pub fn calinski_harabasz(rows: &Matrix, labels: &[Label]) -> Option<f64> {
    let means = means(rows, labels);
    let total = means_of(rows, |_| 0, 1);
    let (_, total_mean) = total.first()?;
    let within: f64 =
        (0..rows.rows()).map(|row| squared(rows.row(row), &means[usize::from(labels[row])].1)).sum();
    let between: f64 = means
        .iter()
        .filter(|(size, _)| *size > 0)
        .map(|(size, mean)| *size as f64 * between(mean, total_mean).powi(2))
        .sum();
    let (clusters, count) = (means.iter().filter(|(size, _)| *size > 0).count(), rows.rows());
    if clusters < 2 || count <= clusters || within == 0.0 {
        return None;
    }
    Some(between / (clusters - 1) as f64 / (within / (count - clusters) as f64))
}

/// The index of Davies and Bouldin (1979): the mean over clusters of the worst ratio of two clusters'
/// mean distances to their centres over the distance of these; the less the better. `None` unless two
/// clusters have rows; infinite where two centres are equal.
pub fn davies_bouldin(rows: &Matrix, labels: &[Label]) -> Option<f64> {
    let means = means(rows, labels);
    let mut spread = vec![0.0; means.len()];
    for (row, &label) in labels.iter().enumerate() {
        spread[usize::from(label)] += squared(rows.row(row), &means[usize::from(label)].1).sqrt();
    }
    let filled: Vec<(f64, &[f64])> = means
        .iter()
        .zip(&spread)
        .filter(|((size, _), _)| *size > 0)
        .map(|((size, mean), sum)| (sum / *size as f64, &mean[..]))
        .collect();
    if filled.len() < 2 {
        return None;
    }
    let worst = |one: usize| {
        let others = (0..filled.len()).filter(|&other| other != one);
        let ratio = |other: usize| {
            let (sum, apart) = (filled[one].0 + filled[other].0, between(filled[one].1, filled[other].1));
            if apart == 0.0 { f64::INFINITY } else { sum / apart }
        };
        others.map(ratio).fold(0.0, f64::max)
    };
    Some((0..filled.len()).map(worst).sum::<f64>() / filled.len() as f64)
}

fn sizes(labels: &[Label]) -> Vec<usize> {
    let mut sizes = vec![0; labels.iter().max().map_or(0, |&label| usize::from(label) + 1)];
    labels.iter().for_each(|&label| sizes[usize::from(label)] += 1);
    sizes
}

fn between(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// Size and mean of each cluster.
fn means(rows: &Matrix, labels: &[Label]) -> Vec<(usize, Vec<f64>)> {
    means_of(rows, |row| usize::from(labels[row]), sizes(labels).len())
}

fn means_of(rows: &Matrix, cluster: impl Fn(usize) -> usize, clusters: usize) -> Vec<(usize, Vec<f64>)> {
    let mut means = vec![(0_usize, vec![0.0; rows.columns()]); clusters];
    for row in 0..rows.rows() {
        let (size, sums) = &mut means[cluster(row)];
        *size += 1;
        sums.iter_mut().zip(rows.row(row)).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    for (size, sums) in &mut means {
        sums.iter_mut().for_each(|sum| *sum /= (*size).max(1) as f64);
    }
    means
}
