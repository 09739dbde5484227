//! A world in which it is known what is true, to see how often the search claims to have found
//! something. The test and the example `criteria_simulation` share it.
//!
//! Fifteen yes-or-no attributes with their negations. Attribute 1 holds for 40 % of rows, the others
//! for shares drawn evenly between 20 % and 80 %. Positives are drawn one by one without putting
//! back, a row for which attribute 1 holds being `weight` times as likely as another; weight 1 is
//! noise.

use super::{Asked, Bits, Chance, Column, Conditions, Family, Margins, Random, Values, search, testable};

/// Random labellings of one verdict.
const PERMUTATIONS: usize = 300;
const ATTRIBUTES: usize = 15;
/// Level of error, and the false discovery rate of the two procedures that control it.
const ALPHA: f64 = 0.05;
const DISCOVERY: f64 = 0.1;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub rows: usize,
    pub positives: usize,
    pub depth: usize,
    pub weight: f64,
}

impl World {
    /// Whether a rule is claimed in one run: by its raw p-value, Bonferroni, Benjamini and Hochberg,
    /// Benjamini and Yekutieli, Tarone, min-P.
    pub fn claims(&self, run: u64) -> [bool; 6] {
        let mut random = Random::new(run.wrapping_mul(0x9e37_79b9).wrapping_add(self.rows as u64));
        let (conditions, target) = self.draw(&mut random);
        let family = search(&conditions, &target, self.depth, 1);
        let asked = Asked { permutations: PERMUTATIONS, seed: run, alpha: ALPHA, threads: 1 };
        let chance = Chance::of(&family, &conditions, &asked);
        let p = sorted_p(&family);
        let rules = p.len() as f64;
        let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
        let steps = |rate: f64| p.iter().zip(1..).any(|(p, i)| *p <= rate * f64::from(i) / rules);
        [
            p[0] < ALPHA,
            p[0] * rules <= ALPHA,
            steps(DISCOVERY),
            steps(DISCOVERY / harmonic),
            p[0] * testable(&family, ALPHA) as f64 <= ALPHA,
            chance.adjusted(p[0]) <= ALPHA,
        ]
    }

    fn draw(&self, random: &mut Random) -> (Conditions, Bits) {
        let shares: Vec<f64> =
            (0..ATTRIBUTES).map(|at| if at == 0 { 0.4 } else { 0.2 + 0.6 * random.unit() }).collect();
        let mut conditions = Conditions::new(self.rows, true);
        let mut weights = Vec::new();
        for (at, share) in shares.into_iter().enumerate() {
            let flags: Vec<bool> = (0..self.rows).map(|_| random.unit() < share).collect();
            if at == 0 {
                weights = flags.iter().map(|&holds| if holds { self.weight } else { 1.0 }).collect();
            }
            let values = Values::Flag(flags.into_iter().map(Some).collect());
            let column = Column { name: format!("attribute {}", at + 1), values, ask_unknown: false };
            conditions.add(&column).expect("columns are of the same rows");
        }
        (conditions, drawn(weights, self.positives, random))
    }
}

/// So many rows by weight, without putting back.
fn drawn(mut weights: Vec<f64>, positives: usize, random: &mut Random) -> Bits {
    let mut target = vec![false; weights.len()];
    for _ in 0..positives {
        let mut left = random.unit() * weights.iter().sum::<f64>();
        let mut chosen = weights.iter().rposition(|&weight| weight > 0.0).expect("rows are left");
        for (row, &weight) in weights.iter().enumerate() {
            if left < weight {
                chosen = row;
                break;
            }
            left -= weight;
        }
        target[chosen] = true;
        weights[chosen] = 0.0;
    }
    Bits::of(target.len(), |row| target[row])
}

fn sorted_p(family: &Family) -> Vec<f64> {
    let margins = |covered| Margins { rows: family.rows, positives: family.positives, covered };
    let mut p: Vec<f64> =
        family.rules.iter().map(|rule| margins(rule.covered).at_least(rule.positives)).collect();
    p.sort_unstable_by(f64::total_cmp);
    p
}
