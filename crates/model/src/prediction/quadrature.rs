//! Integrals of products of two power laws, which is what dropout at any time leads to.

/// Gauss–Legendre with twelve nodes on (−1, 1): positive nodes with their weights.
const NODES: [(f64, f64); 6] = [
    (0.125_233_408_511_468_9, 0.249_147_045_813_402_8),
    (0.367_831_498_998_180_2, 0.233_492_536_538_354_8),
    (0.587_317_954_286_617_4, 0.203_167_426_723_065_92),
    (0.769_902_674_194_304_7, 0.160_078_328_543_346_22),
    (0.904_117_256_370_474_9, 0.106_939_325_995_318_43),
    (0.981_560_634_246_719_4, 0.047_175_336_386_511_83),
];
/// The longest panel in logarithmic time: nearest singularities are π away.
const PANEL_MAX: f64 = 2.0;
/// How far the logarithm of the integrand may fall in the first panel; later panels, which weigh
/// less, may fall further by this share of what has fallen already.
const FALL_FIRST: f64 = 6.0;
const FALL_SHARE: f64 = 0.75;
/// Where the integrand has fallen this far, the rest is below the last digit.
const FALL_END: f64 = 42.0;

/// (1 + v/a)⁻ᵖ (1 + v/b)⁻ᵠ for v from 0 to `length`; a, b > 0, p, q ≥ 0.
#[derive(Clone, Copy, Debug)]
pub struct PowerLaws {
    pub a: f64,
    pub p: f64,
    pub b: f64,
    pub q: f64,
    pub length: f64,
}

/// A place where the integrand is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// ln(1 + v/a).
    pub ln_a: f64,
    /// ln(1 + v/b).
    pub ln_b: f64,
    /// Share of the integral: quadrature weight times integrand.
    pub weight: f64,
}

impl PowerLaws {
    /// The integral.
    pub fn integral(&self) -> f64 {
        let mut sum = 0.0;
        self.nodes(|node| sum += node.weight);
        sum
    }

    /// Visits the nodes of a rule whose weights sum up to the integral, to about 12 digits.
    ///
    /// With m the smaller of a and b and w = ln(1 + v/m), the integrand is close to exponential in
    /// w and analytic within π of the real line; panels follow its fall, however steep.
    pub fn nodes(&self, mut visit: impl FnMut(Node)) {
        let m = self.a.min(self.b);
        let end = (self.length / m).ln_1p();
        let mut from = 0.0;
        while from < end && self.fall(m, from) < FALL_END {
            let to = self.panel_end(m, from, end);
            let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
            for (node, weight) in NODES {
                for w in [middle - half * node, middle + half * node] {
                    let v = m * w.exp_m1();
                    let (ln_a, ln_b) = self.logs(m, w, v);
                    let integrand = (w - self.p * ln_a - self.q * ln_b).exp();
                    visit(Node { ln_a, ln_b, weight: half * weight * m * integrand });
                }
            }
            from = to;
        }
    }

    /// (ln(1 + v/a), ln(1 + v/b)), one of which is w itself.
    fn logs(&self, m: f64, w: f64, v: f64) -> (f64, f64) {
        if self.a == m { (w, (v / self.b).ln_1p()) } else { ((v / self.a).ln_1p(), w) }
    }

    /// How far the logarithm of the integrand over w lies below its start.
    fn fall(&self, m: f64, w: f64) -> f64 {
        let (ln_a, ln_b) = self.logs(m, w, m * w.exp_m1());
        self.p * ln_a + self.q * ln_b - w
    }

    fn panel_end(&self, m: f64, from: f64, end: f64) -> f64 {
        let allowed = FALL_FIRST + FALL_SHARE * self.fall(m, from).max(0.0);
        // The fall is convex in w, so its slope at the end of a step bounds the step's fall.
        let step = |slope: f64| if slope * PANEL_MAX > allowed { allowed / slope } else { PANEL_MAX };
        let mut length = step(self.slope(m, from)).min(end - from);
        for _ in 0..3 {
            length = step(self.slope(m, from + length)).min(length);
        }
        // What is left over joins the last panel rather than becoming a sliver.
        if end - from < 1.1 * length { end } else { from + length }
    }

    fn slope(&self, m: f64, w: f64) -> f64 {
        let reach = m * w.exp();
        self.p * reach / (self.a - m + reach) + self.q * reach / (self.b - m + reach) - 1.0
    }
}

/// B·∫₀^∞ e^(−c·v) (1 + v)⁻ˢ dv with B = 1, c > 0: the discounted length of a Pareto lifetime.
pub fn discounted_pareto(c: f64, s: f64) -> f64 {
    // Over w = ln(1 + v) the integrand falls doubly exponentially.
    let exponent = |w: f64| -c * w.exp_m1() - (s - 1.0) * w;
    let (mut sum, mut from) = (0.0, 0.0);
    let mut largest = f64::NEG_INFINITY;
    loop {
        let slope = |w: f64| (c * w.exp() + s - 1.0).abs();
        let mut length: f64 = 1.0;
        for _ in 0..4 {
            length = length.min(FALL_FIRST / slope(from + length).max(FALL_FIRST));
        }
        let half = 0.5 * length;
        for (node, weight) in NODES {
            for w in [from + half - half * node, from + half + half * node] {
                sum += half * weight * exponent(w).exp();
                largest = largest.max(exponent(w));
            }
        }
        from += length;
        if exponent(from) < largest - FALL_END && c * from.exp() + s > 1.0 {
            return sum;
        }
    }
}
