//! Special functions and single customers against figures of high precision.

use crate::prediction::history::Past;
use crate::prediction::models::OrderProcess;
use crate::prediction::models::beta_geometric::BetaGeometric;
use crate::prediction::models::pareto_nbd::ParetoNbd;
use crate::prediction::special::{ln_beta, ln_gamma_with_derivatives, ln_rising, negative_binomial_tail};
use crate::prediction::spend::{GammaGamma, Spender};

/// z, ln Γ(z), ψ(z), ψ′(z) by mpmath with 60 digits.
const GAMMA: [(f64, f64, f64, f64); 12] = [
    (1e-6, 13.815509980749432, -1000000.57721402, 1000000000001.6449),
    (0.01, 4.599479878042022, -100.56088545786867, 10001.621213528313),
    (0.3, 1.0957979948180755, -3.502524222200133, 12.24536454610773),
    (1.0, 0.0, -0.5772156649015329, 1.6449340668482264),
    (1.5, -0.12078223763524522, 0.03648997397857652, 0.9348022005446793),
    (2.0, 0.0, 0.42278433509846714, 0.6449340668482264),
    (3.7, 1.4280723266653879, 1.1671535393615114, 0.31003785767003832),
    (9.999, 12.799575780077412, 2.2516474172057353, 0.10517738667672887),
    (10.0, 12.80182748008147, 2.251752589066721, 0.10516633568168575),
    (25.25, 55.58568604486943, 3.2088934898690553, 0.04039854695310401),
    (1000.0, 5905.220423209181, 6.907255195648812, 0.0010005001666666333),
    (1e7, 151180949.3694739, 16.11809560095832, 1.0000000500000017e-7),
];

/// shape, odds, k, probability of at least k, by mpmath's incomplete beta function.
const TAILS: [(f64, f64, u32, f64); 10] = [
    (0.5, 0.1, 1, 0.04653741075440769),
    (0.5, 3.0, 4, 0.14111328125),
    (20.0, 2.0, 30, 0.8317821224884452),
    (20.0, 2.0, 70, 0.0092619931671393),
    (300.0, 5.0, 1500, 0.4943925172969439),
    (300.0, 5.0, 1300, 0.9856292818665289),
    (0.2, 500.0, 50, 0.3250772312876303),
    (5000.0, 3.0, 14000, 0.9999842294233556),
    (4000.0, 1.0, 3, 1.0),
    (2.0, 1e-8, 2, 2.99999992e-16),
];

pub fn assert_close(found: f64, wanted: f64, relative: f64, of: &str) {
    let error = (found - wanted).abs();
    assert!(error <= relative * wanted.abs().max(1e-300), "{of}: {found:e} instead of {wanted:e}");
}

#[test]
fn gamma_functions() {
    for (z, value, first, second) in GAMMA {
        let found = ln_gamma_with_derivatives(z);
        // Near its zeros at 1 and 2 the logarithm has absolute precision.
        assert!(
            (found.value - value).abs() <= 1e-14 * value.abs().max(1.0),
            "ln gamma of {z}: {}",
            found.value
        );
        assert!(
            (found.first - first).abs() <= 1e-14 * first.abs().max(1.0),
            "digamma of {z}: {}",
            found.first
        );
        assert_close(found.second, second, 1e-14, "trigamma");
    }
    assert_close(ln_beta(2.0, 3.0), -(12.0_f64.ln()), 1e-14, "ln beta");
    let rising = ln_rising(0.3, 4)[4];
    assert_close(rising.value, (0.3 * 1.3 * 2.3 * 3.3_f64).ln(), 1e-14, "ln rising");
}

#[test]
fn negative_binomial_tails() {
    for (shape, odds, least, wanted) in TAILS {
        assert_close(
            negative_binomial_tail(shape, odds, least),
            wanted,
            1e-11,
            &format!("{shape} {odds} {least}"),
        );
    }
}

fn model(name: &str, parameters: &[f64]) -> Box<dyn OrderProcess> {
    let &[r, alpha, third, fourth] = parameters else { panic!("{parameters:?}") };
    if name.starts_with("pnbd") {
        return Box::new(ParetoNbd { r, alpha, s: third, beta: fourth });
    }
    let leaves_at_first = name.starts_with("mbg");
    Box::new(BetaGeometric { r, alpha, a: third, b: fourth, stages: 1, leaves_at_first })
}

#[test]
fn single_customers() {
    let table = include_str!("golden.csv");
    let mut rows = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |i: usize| cells[i].parse::<f64>().expect("a number");
        let parameters: Vec<f64> = cells[1].split(' ').map(|cell| cell.parse().expect("a number")).collect();
        let model = model(cells[0], &parameters);
        let past = Past { repeats: number(2) as u32, last: number(3), age: number(4) };
        let weeks = number(5);
        let likelihood = model.log_likelihood(&past);
        assert!((likelihood - number(6)).abs() < 1e-10 * number(6).abs().max(1.0), "{line}: {likelihood}");
        assert_close(model.alive(&past), number(7), 1e-10, line);
        assert_close(model.orders(&past, weeks), number(8), 1e-10, line);
        assert_close(model.any_order(&past, weeks), number(9), 1e-10, line);
        let together = model.orders_if_active_at(&past, &[0.5 * weeks, weeks]);
        assert_close(together[1] * model.alive(&past), number(8), 1e-10, line);
        if cells[10] != "-" {
            let forever = model.discounted_forever(&past, 0.0027).expect("Pareto/NBD has it");
            assert_close(forever, number(10), 1e-10, line);
        }
        rows += 1;
    }
    assert_eq!(rows, 52);
}

#[test]
fn new_customers() {
    // Published parameters of the CDNOW sample; figures by mpmath with 40 digits.
    let bg = model("bg", &[0.243, 4.414, 0.793, 2.426]);
    let pareto = model("pnbd", &[0.553, 10.578, 0.606, 11.669]);
    let expected = [
        (1.0, 0.0532678911716583, 0.050979843245991),
        (39.0, 1.19672319332082, 1.21300284428102),
        (52.0, 1.4460505953964, 1.47299680337511),
        (78.0, 1.86051905794277, 1.90939812931369),
    ];
    for (weeks, of_bg, of_pareto) in expected {
        assert_close(bg.orders(&Past::NEW, weeks), of_bg, 1e-12, "BG/NBD");
        assert_close(pareto.orders(&Past::NEW, weeks), of_pareto, 1e-12, "Pareto/NBD");
    }
    let counts = [
        0.573786352096009,
        0.199395280835911,
        0.0854297595390608,
        0.0458603538479997,
        0.0276714493357822,
        0.017965493866579,
        0.0122689767155545,
        0.00869542880415526,
    ];
    for (count, wanted) in (0..).zip(counts) {
        assert_close(bg.repeats_probability(count, 39.0).expect("closed form"), wanted, 1e-11, "count");
    }
}

#[test]
fn counts_are_a_distribution_with_the_expected_mean() {
    for (stages, leaves_at_first) in [(1, false), (1, true), (3, true), (4, false)] {
        let model = BetaGeometric { r: 1.5, alpha: 4.0, a: 2.0, b: 5.0, stages, leaves_at_first };
        let (mut total, mut mean) = (0.0, 0.0);
        for count in 0..400 {
            let probability = model.repeats_probability(count, 30.0).expect("closed form");
            total += probability;
            mean += f64::from(count) * probability;
        }
        assert_close(total, 1.0, 1e-9, "total");
        assert_close(model.orders(&Past::NEW, 30.0), mean, 1e-7, "mean");
    }
}

#[test]
fn spend() {
    let model = GammaGamma { p: 6.25, q: 3.74, gamma: 15.44 };
    let wanted = [
        (0, 0.0, 35.2189781021898),
        (1, 10.0, 17.686318131257),
        (2, 22.35, 24.6637139107612),
        (3, 35.0, 35.0279199627734),
        (20, 35.0, 35.0046970408643),
    ];
    for (repeats, mean, value) in wanted {
        assert_close(model.expected_value(repeats, mean).expect("finite"), value, 1e-13, "value");
    }
    assert_eq!(GammaGamma { p: 1.0, q: 0.9, gamma: 1.0 }.expected_value(0, 0.0), None);
    // The density of the mean of two orders integrates to one.
    let density = |mean: f64| model.log_likelihood(&Spender { repeats: 2, mean }).exp();
    let step = 0.001;
    let total: f64 =
        (0..12_000).map(|i| (-2.0 + step * f64::from(i)).exp()).map(|m| density(m) * m * step).sum();
    assert_close(total, 1.0, 1e-6, "total");
}
