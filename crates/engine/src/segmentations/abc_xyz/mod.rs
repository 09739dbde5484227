//! ABC–XYZ: who brings the money, and how evenly.

mod about;
mod classing;

pub use classing::{AbcCuts, PERIODS_KNOWN_MIN, abc, abc_cuts, pareto, xyz};

use super::NO_ORDERS;
use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::parse::{Reader, counted};
use crate::features::{Features, Measure, Question, Values};
use about::ABOUT;
use classing::{key_variation, variation_key};
use model::calendar::{Period, PeriodWindow};
use model::money::{Money, SCALE};
use model::quantiles::ValueCounts;

/// Most points of the Pareto curve.
pub const PARETO_POINTS_MAX: usize = 200;
/// Most periods of the window.
const PERIODS_MAX: u32 = 120;
/// Largest limit of variation, in percent.
const VARIATION_PERCENT_MAX: i64 = 10_000;
/// Share of the classed in one letter above which the notes say so, in percent.
const ONE_LETTER_PERCENT: u64 = 95;

const MONEY: &str = "money";
const VARIATIONS: &str = "variations";
/// Customers per letter of XYZ, where the limits are known beforehand.
const LETTERS: [&str; 4] = ["x", "y", "z", "n"];
const BUYERS: &str = "buyers";
const NO_COST: &str = "no_cost";

/// See the method's text.
pub struct AbcXyz;

/// Everything ABC–XYZ is told.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    period: Period,
    periods: u32,
    by: Measure,
    of: Measure,
    /// In 1/10 000 of a percent.
    abc_limits: [i64; 2],
    xyz_limits: [f64; 2],
    season: bool,
    quantiles: bool,
}

impl Plan {
    fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let periods = [("month", Period::Month), ("week", Period::Week), ("quarter", Period::Quarter)];
        let abc_limits = reader.rising_pair("abc_limits")?;
        if abc_limits[0] == 0 || abc_limits[1] > 100 * SCALE {
            return Err(reader.refuse("abc_limits", "must lie above 0 and be at most 100 percent"));
        }
        let xyz_limits = reader.rising_pair("xyz_limits")?;
        if xyz_limits[1] > VARIATION_PERCENT_MAX * SCALE {
            return Err(
                reader.refuse("xyz_limits", format!("must be at most {VARIATION_PERCENT_MAX} percent"))
            );
        }
        let measures =
            [("revenue", Measure::Revenue), ("orders", Measure::Orders), ("quantity", Measure::Quantity)];
        Ok(Plan {
            period: reader.choice("period", &periods)?,
            periods: reader.whole("periods", PERIODS_KNOWN_MIN as u32..=PERIODS_MAX)?,
            by: reader.choice("by", &[("revenue", Measure::Revenue), ("margin", Measure::Margin)])?,
            of: reader.choice("xyz", &measures)?,
            abc_limits,
            xyz_limits: xyz_limits.map(|percent| percent as f64 / SCALE as f64 / 100.0),
            season: reader.choice("season", &[("off", false), ("on", true)])?,
            quantiles: reader.choice("mode", &[("limits", false), ("quantiles", true)])?,
        })
    }

    fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }
}

/// What a customer is classed by; `None` in place of it means no order ever.
#[derive(Clone, Copy)]
struct Classed {
    money: i64,
    known: i64,
    variation: Option<f64>,
}

/// The columns that customers are classed by.
struct Columns<'a> {
    orders: Values<'a, i64>,
    money: Values<'a, i64>,
    known: Values<'a, i64>,
    variation: Values<'a, f64>,
}

impl<'a> Columns<'a> {
    fn new(features: &'a Features) -> Columns<'a> {
        Columns {
            orders: features.counts("orders"),
            money: features.exact("periods_measure"),
            known: features.counts("periods_known"),
            variation: features.numbers("revenue_cv"),
        }
    }

    fn classed(&self, row: usize) -> Option<Classed> {
        self.orders.get(row).filter(|&orders| orders > 0)?;
        Some(Classed {
            money: self.money.get(row).unwrap_or(0),
            known: self.known.get(row).unwrap_or(0),
            variation: self.variation.get(row),
        })
    }
}

/// The fitted cuts of both axes.
fn fitted(fit: &Fit) -> (Option<AbcCuts>, [f64; 2]) {
    let cuts = fit.exact("a_from").zip(fit.exact("b_from"));
    let limit = |name| fit.number(name).unwrap_or_default();
    (cuts.map(|(a_from, b_from)| AbcCuts { a_from, b_from }), [limit("x_limit"), limit("y_limit")])
}

impl Segmentation for AbcXyz {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        let plan = Plan::read(settings)?;
        for name in ["orders", "periods_measure", "periods_known", "revenue_cv"] {
            question.need(name);
        }
        question.periods = PeriodWindow::ending(question.as_of, plan.period, plan.periods);
        question.abc_measure = plan.by;
        question.xyz_measure = plan.of;
        question.season_from_base = plan.season;
        Ok(())
    }

    fn rounds(&self) -> usize {
        1
    }

    fn summarise(
        &self,
        _round: usize,
        settings: &Settings,
        _fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Summary {
        let plan = Plan::checked(settings);
        let (mut money, mut variations) = (Vec::with_capacity(features.len()), Vec::new());
        let (mut letters, mut buyers, mut no_cost) = ([0; 4], 0, 0);
        let columns = Columns::new(features);
        for row in 0..features.len() {
            let Some(customer) = columns.classed(row) else { continue };
            buyers += 1;
            money.push(customer.money);
            no_cost += i128::from(columns.money.get(row).is_none());
            match customer.variation {
                // Only cuts that are yet to be found need the variations themselves.
                Some(variation) if plan.quantiles && customer.known >= PERIODS_KNOWN_MIN => {
                    variations.push(variation_key(variation));
                }
                variation => letters[xyz(variation, customer.known, plan.xyz_limits)] += 1,
            }
        }
        let mut summary = Summary::default();
        summary.counts.insert(MONEY.to_owned(), ValueCounts::of(money));
        summary.counts.insert(VARIATIONS.to_owned(), ValueCounts::of(variations));
        let totals = LETTERS.into_iter().zip(letters).chain([(BUYERS, buyers), (NO_COST, no_cost)]);
        summary.totals.extend(totals.map(|(name, total)| (name.to_owned(), total)));
        summary
    }

    fn fit(&self, _round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        let plan = Plan::checked(settings);
        let money = summary.set(MONEY);
        if let Some(cuts) = abc_cuts(money, plan.abc_limits) {
            fit.exact.insert("a_from".to_owned(), cuts.a_from);
            fit.exact.insert("b_from".to_owned(), cuts.b_from);
        }
        fit.curves.insert("pareto".to_owned(), pareto(money, PARETO_POINTS_MAX));
        let variations = summary.set(VARIATIONS);
        let limits = match variations.cuts(3).as_slice() {
            &[x, y] if plan.quantiles => [key_variation(x), key_variation(y)],
            _ => plan.xyz_limits,
        };
        fit.numbers.insert("x_limit".to_owned(), limits[0]);
        fit.numbers.insert("y_limit".to_owned(), limits[1]);
        let mut letters = ["x", "y", "z"].map(|letter| summary.total(letter) as u64);
        for (key, count) in variations.iter() {
            letters[xyz(Some(key_variation(key)), PERIODS_KNOWN_MIN, limits)] += count;
        }
        note(&plan, question, summary, letters, fit);
    }

    fn label(
        &self,
        _settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let (cuts, limits) = fitted(fit);
        let mut codes: [Vec<u16>; 3] = std::array::from_fn(|_| Vec::with_capacity(features.len()));
        let columns = Columns::new(features);
        for row in 0..features.len() {
            let labels = columns.classed(row).map_or([12, 3, 4], |customer| {
                let (a, x) = (abc(customer.money, cuts), xyz(customer.variation, customer.known, limits));
                [a * 4 + x, a, x]
            });
            for (column, label) in codes.iter_mut().zip(labels) {
                column.push(label as u16);
            }
        }
        let lists = [about::cells(), letters("ABC"), letters("XYZN")];
        let columns = ABOUT.columns.iter().zip(lists).zip(codes);
        columns
            .map(|((&(name, _), names), codes)| LabelColumn { name, labels: Labels::Names { names, codes } })
            .collect()
    }

    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        let Some(customer) = Columns::new(features).classed(row) else {
            return vec![Reason {
                part: format!("abc_xyz = {NO_ORDERS}"),
                value: "0 orders".to_owned(),
                rule: format!("no order up to {}", question.as_of),
            }];
        };
        let plan = Plan::checked(settings);
        let (cuts, limits) = fitted(fit);
        let a = abc(customer.money, cuts);
        let x = xyz(customer.variation, customer.known, limits);
        let window = question.periods;
        let by = if plan.by == Measure::Margin { "margin" } else { "net revenue" };
        vec![
            Reason {
                part: format!("abc = {}", ["A", "B", "C"][a]),
                value: format!(
                    "{} {by} from {} to {}",
                    Money(customer.money),
                    window.first_day(),
                    window.last_day()
                ),
                rule: abc_rule(a, cuts),
            },
            Reason {
                part: format!("xyz = {}", ["X", "Y", "Z", "N"][x]),
                value: match customer.variation {
                    _ if x == 3 => format!("{} of history", counted(customer.known, "period")),
                    Some(variation) => format!("variation {}", percent(variation)),
                    None => "nothing bought on balance in these periods".to_owned(),
                },
                rule: match x {
                    0 => format!("X: at most {}", percent(limits[0])),
                    1 => format!("Y: above {}, at most {}", percent(limits[0]), percent(limits[1])),
                    2 => format!("Z: above {}, or nothing to vary", percent(limits[1])),
                    _ => format!("N: fewer than {PERIODS_KNOWN_MIN} periods since the first purchase"),
                },
            },
        ]
    }
}

fn abc_rule(letter: usize, cuts: Option<AbcCuts>) -> String {
    match (letter, cuts) {
        (0, Some(cuts)) => format!("A: {} or more", Money(cuts.a_from)),
        (1, Some(cuts)) => format!("B: {} or more, below {}", Money(cuts.b_from), Money(cuts.a_from)),
        (_, Some(cuts)) => format!("C: below {}", Money(cuts.b_from)),
        (_, None) => "C: nobody brought money in these periods".to_owned(),
    }
}

/// A share as a percentage with two decimals at most.
fn percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

fn letters(list: &str) -> Vec<String> {
    list.chars().map(String::from).chain([NO_ORDERS.to_owned()]).collect()
}

/// What may tell customers apart that nearly all have one letter.
fn offers(plan: &Plan, letter: &str) -> Vec<&'static str> {
    let mut offers = Vec::new();
    if plan.period != Period::Quarter {
        offers.push("quarters (`period = quarter`)");
    }
    if letter == "Z" && !plan.quantiles && plan.xyz_limits[0] < 0.25 {
        offers.push("wider limits (`xyz_limits = 25, 50`)");
    }
    if letter == "X" && !plan.quantiles {
        offers.push("narrower limits (`xyz_limits`)");
    }
    if !plan.quantiles {
        offers.push("equal thirds (`mode = quantiles`)");
    }
    if offers.is_empty() {
        offers.push("another measure (`xyz = orders`)");
    }
    offers
}

/// Says what the letters can and cannot tell.
fn note(plan: &Plan, question: &Question, summary: &Summary, letters: [u64; 3], fit: &mut Fit) {
    let classed: u64 = letters.iter().sum();
    for (letter, count) in ["X", "Y", "Z"].into_iter().zip(letters) {
        if count * 100 > ONE_LETTER_PERCENT * classed {
            fit.notes.push(format!(
                "{count} of the {classed} customers that can be classed are {letter}, so the letter hardly \
                 tells them apart; try {}, or look at the variation of gaps between orders.",
                offers(plan, letter).join(", or ")
            ));
        }
    }
    let no_cost = summary.total(NO_COST);
    if plan.by == Measure::Margin && no_cost > 0 {
        fit.notes.push(format!(
            "{no_cost} of {} customers have no line with a known cost and count as zero margin.",
            summary.total(BUYERS)
        ));
    }
    if plan.season && question.season.is_none() {
        fit.notes.push("The common season could not be removed: its indexes are unknown.".to_owned());
    }
    if fit.exact("a_from").is_none() {
        fit.notes.push(format!(
            "Nobody brought money from {} to {}, so everybody is C.",
            question.periods.first_day(),
            question.periods.last_day()
        ));
    }
}
