//! ABC–XYZ: who brings the money, and how evenly.

mod about;
mod classing;
mod notes;
mod rounds;

use super::NO_ORDERS;
use super::contract::{
    About, Codes, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::parse::{Reader, counted};
use crate::features::{Features, Measure, Question, Values};
use about::ABOUT;
use classing::{AbcCuts, NO_VARIATION, PERIODS_KNOWN_MIN, abc, xyz};
use model::calendar::{Period, PeriodWindow};
use model::money::{Money, SCALE};

/// Most periods of the window.
const PERIODS_MAX: u32 = 120;
/// Largest limit of variation, in percent.
const VARIATION_PERCENT_MAX: i64 = 10_000;

/// The code after those of the cells, A to C by X, Y, Z and N.
const NO_CELL: u16 = 12;

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

    /// Whether a customer is classed at all.
    #[inline]
    fn has_bought(&self, row: usize) -> bool {
        self.orders.get(row).is_some_and(|orders| orders > 0)
    }

    #[inline]
    fn money(&self, row: usize) -> i64 {
        self.money.get(row).unwrap_or(0)
    }

    /// Periods since the first purchase.
    #[inline]
    fn known(&self, row: usize) -> i64 {
        self.known.get(row).unwrap_or(0)
    }

    #[inline]
    fn variation(&self, row: usize) -> f64 {
        self.variation.get_or(row, NO_VARIATION)
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
        2
    }

    fn summarise(
        &self,
        round: usize,
        settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Summary {
        let plan = Plan::checked(settings);
        match round {
            0 => rounds::summarise(&plan, features),
            _ => rounds::summarise_within(fit, features),
        }
    }

    fn fit(&self, round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        let plan = Plan::checked(settings);
        match round {
            0 => rounds::fit(&plan, question, summary, fit),
            _ => rounds::fit_within(&plan, summary, fit),
        }
    }

    fn label(
        &self,
        _settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let (cuts, limits) = fitted(fit);
        let columns = Columns::new(features);
        let cell = |row| {
            let x = xyz(columns.variation(row), columns.known(row), limits);
            let cell = abc(columns.money(row), cuts) * 4 + x;
            if columns.has_bought(row) { cell as u16 } else { NO_CELL }
        };
        let cell_of_row: Codes = (0..features.len()).map(cell).collect();
        let a_of_cell: Vec<u16> = (0..=NO_CELL).map(|cell| cell / 4).collect();
        let x_of_cell: Vec<u16> = (0..NO_CELL).map(|cell| cell % 4).chain([4]).collect();
        let (a, x) = (cell_of_row.through(&a_of_cell), cell_of_row.through(&x_of_cell));
        let lists = [(about::cells(), cell_of_row), (letters("ABC"), a), (letters("XYZN"), x)];
        let named = ABOUT.columns.iter().zip(lists);
        named
            .map(|(&(name, _), (names, codes))| LabelColumn { name, labels: Labels::Names { names, codes } })
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
        let columns = Columns::new(features);
        if !columns.has_bought(row) {
            return vec![Reason {
                part: format!("abc_xyz = {NO_ORDERS}"),
                value: "0 orders".to_owned(),
                rule: format!("no order up to {}", question.as_of),
            }];
        }
        let plan = Plan::checked(settings);
        let (cuts, limits) = fitted(fit);
        let (money, known, variation) = (columns.money(row), columns.known(row), columns.variation(row));
        let (a, x) = (abc(money, cuts), xyz(variation, known, limits));
        let window = question.periods;
        let by = if plan.by == Measure::Margin { "margin" } else { "net revenue" };
        vec![
            Reason {
                part: format!("abc = {}", ["A", "B", "C"][a]),
                value: format!("{} {by} from {} to {}", Money(money), window.first_day(), window.last_day()),
                rule: abc_rule(a, cuts),
            },
            Reason {
                part: format!("xyz = {}", ["X", "Y", "Z", "N"][x]),
                value: match variation {
                    _ if x == 3 => format!("{} of history", counted(known, "period")),
                    NO_VARIATION => "nothing bought on balance in these periods".to_owned(),
                    variation => format!("variation {}", percent(variation)),
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
