//! How often something is claimed, in worlds where the truth is known.
//!
//! Bounds are four standard errors of the runs made here, and for power of the 200 runs behind the
//! published shares too: a right build fails about once in 30,000 for each, and the seeds are fixed.

use super::simulation::World;
use crate::parallel::in_order;

const THREADS: usize = 2;

fn share(world: World, runs: usize) -> [f64; 6] {
    let claims = in_order(runs, THREADS, |run| world.claims(run as u64));
    std::array::from_fn(|way| claims.iter().filter(|claims| claims[way]).count() as f64 / runs as f64)
}

fn error(share: f64, runs: usize) -> f64 {
    (share * (1.0 - share) / runs as f64).sqrt()
}

#[test]
fn noise_is_seldom_claimed() {
    for (rows, positives, depth, runs) in [(30, 10, 1, 600), (30, 10, 2, 100), (60, 20, 1, 200)] {
        let [raw, bonferroni, _, _, tarone, smallest] =
            share(World { rows, positives, depth, weight: 1.0 }, runs);
        let most = 0.05 + 4.0 * error(0.05, runs);
        assert!(smallest <= most && bonferroni <= tarone && tarone <= most, "{rows} rows: {smallest}");
        assert!(raw > 0.4, "unadjusted p-values find something in noise: {raw}");
    }
}

#[test]
fn truth_is_found_as_often_as_published() {
    let published = [(30, 10, 1, 5.0, 0.30, 150), (30, 10, 2, 15.0, 0.69, 60), (60, 20, 1, 5.0, 0.695, 100)];
    for (rows, positives, depth, weight, expected, runs) in published {
        let [.., tarone, smallest] = share(World { rows, positives, depth, weight }, runs);
        let error = error(expected, runs).hypot(error(expected, 200));
        assert!(smallest >= expected - 4.0 * error, "{rows} rows, weight {weight}: {smallest}");
        assert!(smallest >= tarone, "permutations find what the bound finds");
    }
}
