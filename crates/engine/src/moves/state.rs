//! What is kept of a base that was cut, so that the cut itself can be given up before the next.

use crate::profile::Division;
use crate::segmentations::MovedTo;
use arrow_array::{Array, StringArray};
use model::calendar::Day;

/// Where every customer stood at a moment: about a dozen bytes each beside the ids.
#[derive(Clone, Debug)]
pub struct State {
    /// The end of this day.
    pub as_of: Day,
    /// The segments, in the order of the method; some may have nobody.
    pub names: Vec<String>,
    pub(super) buckets: Vec<Placed>,
}

/// The customers of one bucket, in order of id.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) ids: StringArray,
    /// The place of each one's segment among the names.
    pub(super) codes: Vec<u16>,
    /// Net money of each up to the moment, in 1/10 000.
    pub(super) revenue: Vec<i64>,
    /// The flag that moves of the method end in; empty where none does.
    pub(super) flags: Vec<Option<bool>>,
}

/// The flag that moves of a method end in.
pub(super) fn flag_of(moves: &[crate::segmentations::MoveAbout]) -> Option<&'static str> {
    moves.iter().find_map(|one| match one.to {
        MovedTo::Flag(column, _) => Some(column),
        MovedTo::Segments(_) => None,
    })
}

impl State {
    /// What a division says of its customers. Money that was not asked for counts as none.
    pub fn of(division: &Division<'_>, as_of: Day) -> State {
        let flag = flag_of(division.asked().segmentation.about().moves);
        let placed = |(bucket, features): (usize, &crate::features::Features)| {
            let money = features.column("revenue").map(|_| features.exact("revenue"));
            let revenue = (0..features.len()).map(|row| money.and_then(|money| money.get(row)).unwrap_or(0));
            Placed {
                ids: features.customer_ids().clone(),
                codes: division.codes(bucket).iter().collect(),
                revenue: revenue.collect(),
                flags: flag.map_or(&[][..], |flag| division.flags(flag, bucket)).to_vec(),
            }
        };
        State {
            as_of,
            names: division.names().to_vec(),
            buckets: division.features().iter().enumerate().map(placed).collect(),
        }
    }

    /// Customers known at the moment.
    pub fn customers(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.ids.len() as u64).sum()
    }

    /// Ids of the customers, bucket by bucket.
    pub fn customer_ids(&self) -> impl Iterator<Item = &str> {
        self.buckets.iter().flat_map(|bucket| bucket.ids.iter().flatten())
    }

    /// How many customers each segment has, in the order of the names.
    pub fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.names.len()];
        let codes = self.buckets.iter().flat_map(|bucket| &bucket.codes);
        codes.for_each(|&code| sizes[usize::from(code)] += 1);
        sizes
    }
}

impl Placed {
    /// Goes through the customers of a later state with the row of each in this one, both in order of id.
    /// Gives the customer of this one that the later one lacks, if there is one.
    pub(super) fn meet(&self, later: &Placed, mut each: impl FnMut(Option<usize>, usize)) -> Option<usize> {
        let mut row = 0;
        for (place, id) in later.ids.iter().flatten().enumerate() {
            let here = (row < self.ids.len()).then(|| self.ids.value(row));
            match here {
                Some(own) if own < id => return Some(row),
                Some(own) if own == id => {
                    each(Some(row), place);
                    row += 1;
                }
                _ => each(None, place),
            }
        }
        (row < self.ids.len()).then_some(row)
    }
}
