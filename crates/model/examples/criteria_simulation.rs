//! Prints how often the search claims to have found something, in worlds where the truth is known.
//!
//! `cargo run --release --example criteria_simulation [RUNS]`

use model::criteria::{Asked, Bits, Chance, Column, Conditions, Family, Margins, Values, search, testable};
use model::parallel::in_order;
use model::random::Random;

/// The world is the one that tests look at; names of the crate stand here as they do there.
#[path = "../src/criteria/tests/simulation.rs"]
mod simulation;

use simulation::World;

/// Ways to decide whether a rule was found, in the order of the claims of a run.
const WAYS: [&str; 6] = ["raw p", "Bonferroni", "BH", "BY", "Tarone", "min-P"];
const RUNS: usize = 200;
const THREADS: usize = 2;

fn main() {
    let runs = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(RUNS);
    println!("| n/K | depth | weight | {} |", WAYS.join(" | "));
    println!("|---|---|---|{}", "---|".repeat(WAYS.len()));
    for (rows, positives) in [(30, 10), (60, 20), (120, 40)] {
        for weight in [1.0, 5.0, 15.0] {
            for depth in [1, 2] {
                let world = World { rows, positives, depth, weight };
                let claims = in_order(runs, THREADS, |run| world.claims(run as u64));
                let share =
                    |way: usize| claims.iter().filter(|claims| claims[way]).count() as f64 / runs as f64;
                let shares: Vec<String> = (0..WAYS.len()).map(|way| format!("{:.3}", share(way))).collect();
                println!("| {rows}/{positives} | {depth} | {weight} | {} |", shares.join(" | "));
            }
        }
    }
}
