//! Whether a segmentation still tells of today.

use super::{Figure, Finding, Judged};
use model::comparison::{DRIFTED, stability_index};

pub(super) fn stale(judged: &Judged<'_>) -> Vec<Finding> {
    let (Some(today), Some(newest)) = (judged.limits.today, judged.limits.newest) else {
        return Vec::new();
    };
    let Some(cycle) = judged.cycle_days() else { return Vec::new() };
    let days = today.since(newest);
    if f64::from(days) <= cycle {
        return Vec::new();
    }
    let finding = Finding::new("stale", "stale")
        .with("newest", Figure::Day(newest))
        .with("days", Figure::Count(u64::try_from(days).unwrap_or_default()))
        .with("cycle", Figure::Number(cycle));
    vec![finding]
}

pub(super) fn drifted(judged: &Judged<'_>) -> Vec<Finding> {
    let Some(before) = judged.before else { return Vec::new() };
    let division = &judged.division;
    let sizes = division.sizes();
    let gone = before.sizes.keys().filter(|name| !division.names().contains(name));
    let names: Vec<&String> = division.names().iter().chain(gone).collect();
    let old: Vec<u64> = names.iter().map(|&name| before.sizes.get(name).copied().unwrap_or(0)).collect();
    let mut new = sizes;
    new.resize(names.len(), 0);
    let Some(index) = stability_index(&old, &new).filter(|&index| index > DRIFTED) else {
        return Vec::new();
    };
    let total = |sizes: &[u64]| sizes.iter().sum::<u64>().max(1) as f64;
    let (of_old, of_new) = (total(&old), total(&new));
    let moved = |place: usize| (new[place] as f64 / of_new - old[place] as f64 / of_old).abs();
    // Of several that moved as far the first.
    let most = (0..names.len()).rev().max_by(|&one, &two| moved(one).total_cmp(&moved(two)));
    let finding = Finding::new("drifted", "drifted")
        .with("index", Figure::Number(index))
        .with("review", Figure::Day(before.as_of));
    let Some(most) = most else { return vec![finding] };
    let finding = finding
        .of(names[most])
        .with("before", Figure::Share(old[most] as f64 / of_old))
        .with("now", Figure::Share(new[most] as f64 / of_new));
    vec![finding]
}
