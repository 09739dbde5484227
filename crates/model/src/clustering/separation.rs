//! How far apart clusters are: figures that are shown beside the stability that decides.

use super::matrix::{Matrix, squared};
use super::partition::Label;
use crate::parallel::in_order;

/// The mean silhouette (Rousseeuw, 1987): how much nearer rows are to their own cluster than to the
/// next, from −1 to 1; 0 for a row that is alone in its cluster.
///
/// `distance` is between rows `0..labels.len()`. All pairs are compared, so give a sample where there
/// are many. `None` unless two clusters have rows.
pub fn silhouette(
    labels: &[Label],
    threads: usize,
    distance: impl Fn(usize, usize) -> f64 + Sync,
) -> Option<f64> {
    let sizes = sizes(labels);
    if sizes.iter().filter(|&&size| size > 0).count() < 2 {
        return None;
    }
    let widths = in_order(labels.len(), threads, |row| {
        let mut sums = vec![0.0; sizes.len()];
        for (other, &label) in labels.iter().enumerate() {
            sums[usize::from(label)] += if other == row { 0.0 } else { distance(row, other) };
        }
        let own = usize::from(labels[row]);
        if sizes[own] == 1 {
            return 0.0;
        }
        let inside = sums[own] / (sizes[own] - 1) as f64;
        let others =
            sums.iter().zip(&sizes).enumerate().filter(|&(label, (_, &size))| label != own && size > 0);
        let outside = others.map(|(_, (sum, &size))| sum / size as f64).fold(f64::INFINITY, f64::min);
        let most = inside.max(outside);
        if most == 0.0 { 0.0 } else { (outside - inside) / most }
    });
    Some(widths.iter().sum::<f64>() / labels.len() as f64)
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
