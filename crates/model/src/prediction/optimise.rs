//! The maximum of a smooth function of a few variables, from exact derivatives.
//!
//! Newton's method with Levenberg's damping inside a box. Variables at the edge of the box whose
//! gradient points out of it are held there: that is how a parameter that runs to 0 or infinity
//! ends. Should it stall, a Nelder–Mead search takes over and Newton finishes. Deterministic.

use super::jet::Jet;

/// Newton steps, refused ones included.
const STEPS_MAX: usize = 200;
/// The most a variable moves in one step.
const MOVE_MAX: f64 = 2.0;
/// A step that promises less than this, or this share of the value, ends the search.
const GAIN_MIN: f64 = 1e-10;
const GAIN_SHARE_MIN: f64 = 1e-15;
/// A promised gain that sums of many likelihoods cannot show.
const NOISE_SHARE: f64 = 1e-12;
/// A gradient that is as good as none.
const GRADIENT_MIN: f64 = 1e-6;
/// Damping above which no step can help.
const DAMPING_MAX: f64 = 1e12;
/// Moves of the Nelder–Mead search, and the spread of values that ends it.
const MOVES_MAX: usize = 400;
const SPREAD_MIN: f64 = 1e-9;

/// Where the maximum is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimum<const N: usize> {
    pub at: [f64; N],
    pub jet: Jet<N>,
    /// Whether a variable is held at the edge of the box.
    pub at_edge: [bool; N],
    pub converged: bool,
    /// How often the function was computed with derivatives.
    pub evaluations: usize,
}

impl<const N: usize> Optimum<N> {
    /// Standard errors of the variables: roots of the diagonal of the inverse of the negative
    /// second derivatives over the free variables. `None` at the edge, and for all where the
    /// function is flat in some direction.
    pub fn standard_errors(&self) -> [Option<f64>; N] {
        let mut errors = [None; N];
        for (i, error) in errors.iter_mut().enumerate().filter(|(i, _)| !self.at_edge[*i]) {
            let mut unit = [0.0; N];
            unit[i] = 1.0;
            let column = solve(&self.jet.hessian, &unit, 0.0, &self.at_edge);
            *error = column.map(|column| column[i].sqrt()).filter(|error| error.is_finite());
        }
        errors
    }
}

/// Finds a maximum in the box `low..=high` from `start`.
pub fn maximise<const N: usize>(
    start: [f64; N],
    (low, high): ([f64; N], [f64; N]),
    of: impl Fn(&[f64; N]) -> Jet<N>,
) -> Optimum<N> {
    let first = newton(start, (low, high), &of);
    if first.converged {
        return first;
    }
    let inside = |at: &[f64; N]| (0..N).all(|i| low[i] <= at[i] && at[i] <= high[i]);
    let value = |at: &[f64; N]| if inside(at) { of(at).value } else { f64::NEG_INFINITY };
    let second = newton(nelder_mead(first.at, value), (low, high), &of);
    if second.jet.value >= first.jet.value { second } else { first }
}

fn newton<const N: usize>(
    start: [f64; N],
    (low, high): ([f64; N], [f64; N]),
    of: &impl Fn(&[f64; N]) -> Jet<N>,
) -> Optimum<N> {
    let mut best =
        Optimum { at: start, jet: of(&start), at_edge: [false; N], converged: false, evaluations: 1 };
    let mut damping = 0.0;
    while !best.converged && best.evaluations < STEPS_MAX && damping < DAMPING_MAX {
        for i in 0..N {
            let out = best.jet.gradient[i];
            best.at_edge[i] = (best.at[i] <= low[i] && out <= 0.0) || (best.at[i] >= high[i] && out >= 0.0);
        }
        let Some(mut step) = solve(&best.jet.hessian, &best.jet.gradient, damping, &best.at_edge) else {
            damping = (damping * 4.0).max(1e-3 * scale(&best.jet.hessian));
            continue;
        };
        let promised: f64 = 0.5 * (0..N).map(|i| step[i] * best.jet.gradient[i]).sum::<f64>();
        let longest = step.iter().fold(0.0, |longest: f64, part| longest.max(part.abs()));
        let shrink = (MOVE_MAX / longest).min(1.0);
        step = step.map(|part| part * shrink);
        let mut next = best.at;
        for i in 0..N {
            next[i] = (next[i] + step[i]).clamp(low[i], high[i]);
        }
        // A damped step is short for its damping's sake; then only a flat place is an end.
        let flat = damping == 0.0 || longest * damping <= GRADIENT_MIN;
        if flat && promised <= GAIN_MIN.max(GAIN_SHARE_MIN * best.jet.value.abs()) {
            // The last step is too small for the value but still sharpens the place.
            let jet = of(&next);
            if longest * longest < 1.0
                && jet.value >= best.jet.value - GAIN_MIN.max(GAIN_SHARE_MIN * jet.value.abs())
            {
                (best.at, best.jet) = (next, jet);
            }
            best.converged = true;
            best.evaluations += 1;
            break;
        }
        let jet = of(&next);
        best.evaluations += 1;
        if jet.value > best.jet.value {
            (best.at, best.jet) = (next, jet);
            damping = if damping < 1e-6 * scale(&best.jet.hessian) { 0.0 } else { damping * 0.1 };
        } else if promised <= NOISE_SHARE * best.jet.value.abs() {
            // Rounding hides what is left to gain.
            best.converged = true;
        } else {
            damping = (damping * 4.0).max(1e-3 * scale(&best.jet.hessian));
        }
    }
    best
}

/// The largest second derivative, as a measure for damping.
fn scale<const N: usize>(hessian: &[[f64; N]; N]) -> f64 {
    (0..N).fold(1e-12, |largest: f64, i| largest.max(hessian[i][i].abs()))
}

/// Solves (damping − hessian) x = right over the variables that are not held, by Cholesky; held
/// ones get 0. `None` unless the matrix is positive definite in digits that can be trusted.
fn solve<const N: usize>(
    hessian: &[[f64; N]; N],
    right: &[f64; N],
    damping: f64,
    held: &[bool; N],
) -> Option<[f64; N]> {
    let mut lower = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let free = !held[i] && !held[j];
            let damped = if i == j { damping } else { 0.0 };
            let own = if free { damped - hessian[i][j] } else { f64::from(u8::from(i == j)) };
            let rest = own - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            if i != j {
                lower[i][j] = rest / lower[j][j];
            } else if rest > own.abs() * 1e-13 {
                lower[i][i] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    let mut x = [0.0; N];
    for i in 0..N {
        let right = if held[i] { 0.0 } else { right[i] };
        x[i] = (right - (0..i).map(|k| lower[i][k] * x[k]).sum::<f64>()) / lower[i][i];
    }
    for i in (0..N).rev() {
        x[i] = (x[i] - (i + 1..N).map(|k| lower[k][i] * x[k]).sum::<f64>()) / lower[i][i];
    }
    Some(x)
}

/// The best point of a Nelder–Mead search (reflect 1, expand 2, contract ½, shrink ½).
fn nelder_mead<const N: usize>(start: [f64; N], of: impl Fn(&[f64; N]) -> f64) -> [f64; N] {
    let mut corners: Vec<([f64; N], f64)> = vec![(start, of(&start))];
    for i in 0..N {
        let mut corner = start;
        corner[i] += 0.5;
        corners.push((corner, of(&corner)));
    }
    for _ in 0..MOVES_MAX {
        corners.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (best, worst) = (corners[0], corners[N]);
        if best.1 - worst.1 < SPREAD_MIN {
            break;
        }
        let mut middle = [0.0; N];
        for (corner, _) in &corners[..N] {
            for i in 0..N {
                middle[i] += corner[i] / N as f64;
            }
        }
        let along = |length: f64| {
            let mut at = middle;
            for i in 0..N {
                at[i] += length * (middle[i] - worst.0[i]);
            }
            (at, of(&at))
        };
        let reflected = along(1.0);
        let tried = if reflected.1 > best.1 {
            let expanded = along(2.0);
            if expanded.1 > reflected.1 { expanded } else { reflected }
        } else if reflected.1 > corners[N - 1].1 {
            reflected
        } else {
            along(if reflected.1 > worst.1 { 0.5 } else { -0.5 })
        };
        if tried.1 > worst.1 {
            corners[N] = tried;
            continue;
        }
        for corner in &mut corners[1..] {
            for i in 0..N {
                corner.0[i] = 0.5 * (corner.0[i] + best.0[i]);
            }
            corner.1 = of(&corner.0);
        }
    }
    corners.sort_by(|a, b| b.1.total_cmp(&a.1));
    corners[0].0
}
