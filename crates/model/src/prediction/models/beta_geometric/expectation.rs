//! Sums of positive terms that are the expected orders of an active customer of the BG family.

/// Relative size of what a sum may leave out.
const LEFT_OUT_MAX: f64 = 1e-16;
/// Terms between two looks whether a sum is done.
const TERMS_PER_LOOK: u32 = 8;

/// Expected orders: Σₙ P(N = n) C(⌊(stage + n) / stages⌋), with C(m) = Σ_{i<m} (b)ᵢ/(a + b)ᵢ.
///
/// N is negative binomial with this shape, `odds` is the horizon over the rate's parameter.
pub fn expected_orders(shape: f64, odds: f64, (stages, stage): (u32, u32), (a, b): (f64, f64)) -> f64 {
    /// Terms are kept below this by taking factors of it out.
    const LARGE: f64 = 1e200;
    if odds <= 0.0 {
        return 0.0;
    }
    let z = odds / (1.0 + odds);
    let mut ln_scale = -shape * odds.ln_1p();
    let (mut probability, mut sum) = (1.0, 0.0);
    // C(m), the probability that the next order is not prevented, and m.
    let (mut orders, mut stays, mut m) = (0.0, 1.0, 0.0);
    let (mut n, mut stage) = (0.0, stage);
    loop {
        let ratio = z * (shape + n) / (n + 1.0);
        probability *= ratio;
        n += 1.0;
        stage += 1;
        if stage == stages {
            stage = 0;
            orders += stays;
            stays *= (b + m) / (a + b + m);
            m += 1.0;
        }
        let term = probability * orders;
        sum += term;
        if m > 0.0 && is_done(term, sum, ratio.max(z), m) {
            return (ln_scale + sum.ln()).exp();
        }
        if probability > LARGE || sum > LARGE {
            probability /= LARGE;
            sum /= LARGE;
            ln_scale += LARGE.ln();
        }
    }
}

/// Whether what comes after a term can be left out: ratios of probabilities stay below `ratio`,
/// and C grows by less than 1/m a step.
fn is_done(term: f64, sum: f64, ratio: f64, m: f64) -> bool {
    let bound = ratio * (1.0 + 1.0 / m);
    bound < 1.0 && term * bound <= sum * (1.0 - bound) * LEFT_OUT_MAX
}

/// The same for orders at random and several horizons at once, which share C. `odds` ascend.
/// `None` where the first terms are too small to begin with.
pub fn expected_orders_at(shape: f64, odds: &[f64], (a, b): (f64, f64)) -> Option<Vec<f64>> {
    /// The logarithm of the smallest first term.
    const LN_SMALLEST: f64 = -600.0;
    let Some(&largest) = odds.last() else { return Some(Vec::new()) };
    if -shape * largest.ln_1p() < LN_SMALLEST || odds[0] <= 0.0 {
        return None;
    }
    let z: Vec<f64> = odds.iter().map(|odds| odds / (1.0 + odds)).collect();
    let mut probability: Vec<f64> = odds.iter().map(|odds| (-shape * odds.ln_1p()).exp()).collect();
    let mut sums = vec![0.0; odds.len()];
    let last = odds.len() - 1;
    let (mut orders, mut stays, mut m) = (0.0, 1.0, 0.0);
    // Horizons before this one are done: shorter ones need fewer terms.
    let mut from = 0;
    loop {
        for _ in 0..TERMS_PER_LOOK {
            let factor = (shape + m) / (m + 1.0);
            orders += stays;
            stays *= (b + m) / (a + b + m);
            m += 1.0;
            let (z, probability, sums) = (&z[from..], &mut probability[from..], &mut sums[from..]);
            for ((p, sum), z) in probability.iter_mut().zip(sums).zip(z) {
                *p *= z * factor;
                *sum += *p * orders;
            }
        }
        let factor = ((shape + m - 1.0) / m).max(1.0);
        while is_done(probability[from] * orders, sums[from], z[from] * factor, m) {
            if from == last {
                return Some(sums);
            }
            from += 1;
        }
    }
}
