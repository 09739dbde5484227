//! Two states side by side: how many customers went from each segment to each.

use super::NOT_YET_KNOWN;
use super::state::{Placed, State};
use model::calendar::Day;
use model::parallel;

/// What some customers add up to who moved, or stayed, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub customers: u64,
    /// Their net money up to the later moment, in 1/10 000.
    pub revenue: i128,
}

/// Customers who went from one segment to another, or stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move<'a> {
    /// [`NOT_YET_KNOWN`] for those who came between.
    pub from: &'a str,
    pub to: &'a str,
    pub moved: Moved,
}

/// How customers moved between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    pub from: Day,
    pub to: Day,
    /// Segments of the earlier moment, [`NOT_YET_KNOWN`] last.
    pub from_names: Vec<String>,
    /// Segments of the later moment.
    pub to_names: Vec<String>,
    /// Row by row, a row for each of `from_names`.
    cells: Vec<Moved>,
    /// By segment of the earlier moment, then by flag then and flag now (no, yes); who had none at either
    /// moment is not counted.
    pub(super) flags: Vec<[[u64; 2]; 2]>,
}

/// Why states cannot be put side by side.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MovesError {
    /// Facts only add up: who was known stays known.
    #[error("`{customer}` was known by {from} and is not by {to}: these are not states of one base")]
    Vanished { customer: String, from: Day, to: Day },
    #[error("{from} is not before {to}: name the moments in their order")]
    Order { from: Day, to: Day },
}

/// What one bucket adds.
struct Counts {
    cells: Vec<Moved>,
    flags: Vec<[[u64; 2]; 2]>,
}

impl Moves {
    /// Follows the customers of one state to a later one of the same base. Buckets are independent and
    /// what they count is exact, so the outcome is the same on any number of threads.
    ///
    /// # Errors
    /// States of other bases, or in the wrong order.
    pub fn between(earlier: &State, later: &State, threads: usize) -> Result<Moves, MovesError> {
        let (from, to) = (earlier.as_of, later.as_of);
        if from >= to {
            return Err(MovesError::Order { from, to });
        }
        let (rows, columns) = (earlier.names.len() + 1, later.names.len());
        let mut moves = Moves {
            from,
            to,
            from_names: earlier.names.iter().cloned().chain([NOT_YET_KNOWN.to_owned()]).collect(),
            to_names: later.names.clone(),
            cells: vec![Moved::default(); rows * columns],
            flags: vec![[[0; 2]; 2]; rows],
        };
        let counted = parallel::in_order(later.buckets.len(), threads, |bucket| {
            let (old, new) = (&earlier.buckets[bucket], &later.buckets[bucket]);
            bucket_counts(old, new, rows, columns).map_err(|row| MovesError::Vanished {
                customer: old.ids.value(row).to_owned(),
                from,
                to,
            })
        });
        for counts in counted {
            let counts = counts?;
            for (sum, own) in moves.cells.iter_mut().zip(counts.cells) {
                sum.customers += own.customers;
                sum.revenue += own.revenue;
            }
            for (sum, own) in
                moves.flags.iter_mut().flatten().flatten().zip(counts.flags.iter().flatten().flatten())
            {
                *sum += own;
            }
        }
        Ok(moves)
    }

    /// Those from one segment to another, by their places among the names.
    pub fn cell(&self, from: usize, to: usize) -> Moved {
        self.cells[from * self.to_names.len() + to]
    }

    /// Customers of each segment at the earlier moment, and how many came since.
    pub fn from_sizes(&self) -> Vec<u64> {
        self.cells
            .chunks(self.to_names.len().max(1))
            .map(|row| row.iter().map(|cell| cell.customers).sum())
            .collect()
    }

    /// Customers of each segment at the later moment.
    pub fn to_sizes(&self) -> Vec<u64> {
        let of = |to: usize| (0..self.from_names.len()).map(|from| self.cell(from, to).customers).sum();
        (0..self.to_names.len()).map(of).collect()
    }

    /// Customers known at the earlier moment.
    pub fn known_before(&self) -> u64 {
        self.from_sizes().split_last().map_or(0, |(_, known)| known.iter().sum())
    }

    /// Every move that customers made, and where they stayed, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = Move<'_>> {
        let columns = self.to_names.len().max(1);
        let made = self.cells.iter().enumerate().filter(|(_, moved)| moved.customers > 0);
        made.map(move |(place, moved)| Move {
            from: &self.from_names[place / columns],
            to: &self.to_names[place % columns],
            moved: *moved,
        })
    }

    /// Customers known at both moments whose segment is another now.
    pub fn changed(&self) -> u64 {
        let other = self.iter().filter(|one| one.from != NOT_YET_KNOWN && one.from != one.to);
        other.map(|one| one.moved.customers).sum()
    }
}

/// The moves from each of some states to the next.
///
/// # Errors
/// As [`Moves::between`].
pub fn chain(states: &[State], threads: usize) -> Result<Vec<Moves>, MovesError> {
    states.windows(2).map(|pair| Moves::between(&pair[0], &pair[1], threads)).collect()
}

/// Counts one bucket; the row of a customer that has vanished if there is one.
fn bucket_counts(earlier: &Placed, later: &Placed, rows: usize, columns: usize) -> Result<Counts, usize> {
    let mut counts = Counts { cells: vec![Moved::default(); rows * columns], flags: vec![[[0; 2]; 2]; rows] };
    let with_flags = !earlier.flags.is_empty() && !later.flags.is_empty();
    let vanished = earlier.meet(later, |old, new| {
        let from = old.map_or(rows - 1, |row| usize::from(earlier.codes[row]));
        let cell = &mut counts.cells[from * columns + usize::from(later.codes[new])];
        cell.customers += 1;
        cell.revenue += i128::from(later.revenue[new]);
        if let Some(row) = old.filter(|_| with_flags)
            && let (Some(then), Some(now)) = (earlier.flags[row], later.flags[new])
        {
            counts.flags[from][usize::from(then)][usize::from(now)] += 1;
        }
    });
    vanished.map_or(Ok(counts), Err)
}
