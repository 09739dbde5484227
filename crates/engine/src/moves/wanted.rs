//! The moves that a method wants, and those it does not, counted.

use super::matrix::Moves;
use crate::segmentations::{About, MoveAbout, MovedTo};
use model::criteria::{Interval, share};

/// How many made a move, of those who could.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    pub about: &'static MoveAbout,
    /// Customers who were where the move begins.
    pub could: u64,
    /// Those of them who are where it ends.
    pub did: u64,
    /// `did` of `could`, with Wilson's interval of 95 %.
    pub share: Interval,
}

/// The moves of a method that somebody could have made, in its order. Who jumped over a step has made it.
pub fn wanted(about: &About, moves: &Moves) -> Vec<Counted> {
    let sizes = moves.from_sizes();
    let count = |one: &'static MoveAbout| {
        let starts: Vec<usize> =
            (0..sizes.len()).filter(|&place| one.from.contains(&moves.from_names[place].as_str())).collect();
        let (could, did) = match one.to {
            MovedTo::Segments(ends) => {
                let to = |place: &usize| ends.contains(&moves.to_names[*place].as_str());
                let ends: Vec<usize> = (0..moves.to_names.len()).filter(to).collect();
                let did = |&from: &usize| ends.iter().map(|&to| moves.cell(from, to).customers).sum::<u64>();
                (starts.iter().map(|&from| sizes[from]).sum::<u64>(), starts.iter().map(did).sum::<u64>())
            }
            MovedTo::Flag(_, now) => {
                let of = |&from: &usize| moves.flags[from][usize::from(!now)];
                let (stayed, turned) = (usize::from(!now), usize::from(now));
                let both = starts
                    .iter()
                    .map(of)
                    .fold([0, 0], |sum, one| [sum[0] + one[stayed], sum[1] + one[turned]]);
                (both[0] + both[1], both[1])
            }
        };
        (could > 0).then(|| Counted { about: one, could, did, share: share(did, could) })
    };
    about.moves.iter().filter_map(count).collect()
}
