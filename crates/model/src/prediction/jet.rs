//! A number with its exact first and second derivatives in `N` variables.

/// A value, its gradient and its (symmetric) matrix of second derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet<const N: usize> {
    pub value: f64,
    pub gradient: [f64; N],
    pub hessian: [[f64; N]; N],
}

impl<const N: usize> Jet<N> {
    pub const ZERO: Jet<N> = Jet { value: 0.0, gradient: [0.0; N], hessian: [[0.0; N]; N] };

    /// Adds `weight` times another.
    pub fn add(&mut self, other: &Jet<N>, weight: f64) {
        self.value += weight * other.value;
        for i in 0..N {
            self.gradient[i] += weight * other.gradient[i];
            for j in 0..N {
                self.hessian[i][j] += weight * other.hessian[i][j];
            }
        }
    }

    /// ln(eᵃ + eᵇ), which neither overflows nor loses the smaller one's derivatives.
    pub fn ln_sum_exp(a: &Jet<N>, b: &Jet<N>) -> Jet<N> {
        let (high, low) = if a.value >= b.value { (a, b) } else { (b, a) };
        let ratio = (low.value - high.value).exp();
        let (of_high, of_low) = (1.0 / (1.0 + ratio), ratio / (1.0 + ratio));
        let mut sum = Jet::ZERO;
        sum.value = high.value + ratio.ln_1p();
        let apart: [f64; N] = std::array::from_fn(|i| high.gradient[i] - low.gradient[i]);
        for i in 0..N {
            sum.gradient[i] = of_high * high.gradient[i] + of_low * low.gradient[i];
        }
        // The mean of the second derivatives and the covariance of the first.
        for i in 0..N {
            for j in 0..N {
                sum.hessian[i][j] = of_high * high.hessian[i][j]
                    + of_low * low.hessian[i][j]
                    + of_high * of_low * apart[i] * apart[j];
            }
        }
        sum
    }
}
