//! Whether segments come back when customers are drawn anew, after Hennig (2007).
//!
//! Customers are drawn with repeats, cuts and clusters are worked out from those drawn, and those drawn
//! are labelled by them; the mark of a segment is its highest Jaccard index with one of the new ones
//! among the customers that were drawn, as `fpc::clusterboot` has it.

use super::{Figure, Finding, Judged, Stabilities};
use crate::features::Features;
use crate::progress::Watch;
use crate::segmentations::contract::{Labels, Settings, Work};
use crate::segmentations::run::{self, Asked};
use arrow_array::UInt32Array;
use model::clustering::{
    Bootstrap, ClusterStability, Compared, Draw, Label, UNSTABLE, clusterwise_jaccard, sample_places,
};
use model::random::Random;
use std::sync::atomic::{AtomicU64, Ordering};

/// Customers that are drawn from at most: of more a sample is. What comes back in so many comes back in
/// more, as cuts of more customers move less.
pub const DRAWN_MAX: usize = 100_000;

/// How customers are drawn anew.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// How many times.
    pub draws: usize,
    pub seed: u64,
    /// Threads that work; the result does not depend on it.
    pub threads: usize,
    pub watch: &'a dyn Watch,
}

/// The customers that are drawn from.
struct Sample {
    /// In one piece: how customers are spread over buckets changes no label, and many small pieces cost more.
    features: Features,
    codes: Vec<Label>,
}

impl Sample {
    /// The features are those that the segmentations need that are worked out again.
    fn of(judged: &Judged<'_>, asked: &[Asked], seed: u64) -> Option<Sample> {
        let division = &judged.division;
        let needed = run::question(asked, judged.question.as_of).ok()?;
        let count = usize::try_from(division.customers()).ok()?;
        let mut random = Random::new(seed);
        let places = sample_places(count, DRAWN_MAX, &mut random);
        let (mut buckets, mut codes) = (Vec::new(), Vec::new());
        let mut rest = &places[..];
        for (number, range) in division.ranges().into_iter().enumerate() {
            let own;
            (own, rest) = rest.split_at(rest.partition_point(|&place| (place as usize) < range.end));
            let rows: UInt32Array = own.iter().map(|&place| place - range.start as u32).collect();
            let all = division.codes(number);
            codes.extend(rows.values().iter().map(|&row| all.get(row as usize)));
            let mut bucket = division.features()[number].clone();
            bucket.keep_asked(&needed);
            buckets.push(bucket.take(&rows).ok()?);
        }
        Some(Sample { features: Features::joined(&buckets).ok()?, codes })
    }
}

/// Draws customers anew and works the segmentation out again.
pub fn stabilities(judged: &Judged<'_>, drawing: Drawing<'_>) -> Option<Stabilities> {
    let division = &judged.division;
    let asked = again(judged);
    let sample = Sample::of(judged, &asked, drawing.seed)?;
    let segments = division.names().len();
    let mut looked_at = vec![0; segments];
    sample.codes.iter().for_each(|&code| looked_at[usize::from(code)] += 1);
    let whole = ClusterStability { mean: 1.0, dissolved: 0, recovered: drawing.draws };
    if asked.iter().all(|one| one.segmentation.rounds() == 0) {
        return Some(Stabilities { draws: drawing.draws, of: vec![whole; segments], looked_at, fixed: true });
    }
    let bootstrap = Bootstrap { draws: drawing.draws, seed: drawing.seed, threads: drawing.threads };
    let column = division.column_name();
    let done = AtomicU64::new(0);
    let relabel = |draw: &Draw| {
        let labels = relabelled(&asked, judged, &sample, draw, column);
        let number = done.fetch_add(1, Ordering::Relaxed) + 1;
        drawing.watch.advance("draw anew", number, bootstrap.draws as u64);
        labels
    };
    let of = clusterwise_jaccard(&sample.codes, segments, &bootstrap, Compared::Drawn, relabel);
    Some(Stabilities { draws: drawing.draws, of, looked_at, fixed: false })
}

/// The segmentation that is judged and those whose labels it looks at. The number of clusters that was
/// chosen is kept: it is the segments that are judged, not the choice.
fn again(judged: &Judged<'_>) -> Vec<Asked> {
    let own = judged.division.asked();
    let beside = own.segmentation.beside(&own.settings);
    let needed = |one: &&Asked| {
        let name = one.segmentation.about().name;
        name == judged.division.name() || beside.contains(&name)
    };
    judged.asked.iter().filter(needed).map(|one| kept(one, judged)).collect()
}

fn kept(one: &Asked, judged: &Judged<'_>) -> Asked {
    let about = one.segmentation.about();
    let place = judged.asked.iter().position(|other| other.segmentation.about().name == about.name);
    let centres = place.and_then(|place| judged.outcome.fits[place].centres.as_ref());
    let chosen = centres.map(|centres| centres.centres.len().to_string());
    let Some(chosen) = chosen.filter(|_| about.parameters.iter().any(|parameter| parameter.name == "k"))
    else {
        return one.clone();
    };
    let given = one.settings.iter().filter(|(name, _)| *name != "k").chain([("k", chosen.as_str())]);
    match Settings::new(about, given) {
        Ok(settings) => Asked { settings, ..one.clone() },
        Err(_) => one.clone(),
    }
}

/// A label for every customer of the sample by what a draw gave; only of those drawn does it mean
/// anything.
fn relabelled(
    asked: &[Asked],
    judged: &Judged<'_>,
    sample: &Sample,
    draw: &Draw,
    column: &str,
) -> Vec<Label> {
    let mut labels = vec![0; sample.codes.len()];
    let of = |places: &[u32]| sample.features.take(&UInt32Array::from_iter_values(places.iter().copied()));
    let Ok(drawn) = of(&draw.places) else { return labels };
    let work = Work { drawn: true, ..Work::ALONE };
    let fits = run::fits(asked, judged.question, &[drawn], work, &mut |_| {});
    // Who was drawn more than once has one label all the same.
    let mut places = draw.places.clone();
    places.dedup();
    let Ok(once) = of(&places) else { return labels };
    let found = run::labels(asked, &fits, judged.question, &once);
    let named = found.iter().find(|labels| labels.name == column).map(|labels| &labels.labels);
    if let Some(Labels::Names { codes, .. }) = named {
        places.iter().zip(codes.iter()).for_each(|(&place, code)| labels[place as usize] = code);
    }
    labels
}

pub(super) fn find(judged: &Judged<'_>) -> Vec<Finding> {
    let Some(found) = judged.stabilities else { return Vec::new() };
    let groups = judged.division.groups().into_iter();
    // A segment of which the sample has nobody is too narrow, which is another finding.
    let unstable = groups
        .filter(|segment| found.looked_at[segment.place] > 0 && found.of[segment.place].mean < UNSTABLE);
    unstable
        .map(|segment| {
            let mark = &found.of[segment.place];
            Finding::new("unstable", "unstable")
                .of(segment.name)
                .with("jaccard", Figure::Number(mark.mean))
                .with("draws", Figure::Count(found.draws as u64))
                .with("dissolved", Figure::Count(mark.dissolved as u64))
        })
        .collect()
}
