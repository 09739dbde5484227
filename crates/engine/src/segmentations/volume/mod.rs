//! Volume: retail, small wholesale or wholesale, by the size of the usual order.

mod about;

use super::NO_ORDERS;
use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::parse::Reader;
use crate::features::{Features, Question};
use about::ABOUT;
use model::money::{Money, SCALE};
use model::quantiles::ValueCounts;

/// Largest limit of units or multiple.
const LIMIT_MAX: i64 = 1_000_000_000;
/// Volumes from the smallest; their places are label codes.
const VOLUMES: [&str; 4] = ["retail", "small_wholesale", "wholesale", NO_ORDERS];

const AMOUNTS: &str = "order_amounts";
const BY_AMOUNT: &str = "by_amount";
/// Exact number of a fit: twice the base's median order amount, so that it stays whole.
const TWICE_MEDIAN: &str = "median_order_twice";

/// See the method's text.
pub struct Volume;

/// Limits in 1/10 000 from which a customer is small wholesale and wholesale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    units: [i64; 2],
    multiples: [i64; 2],
}

impl Plan {
    fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let pair = |name| {
            let pair = reader.rising_pair(name)?;
            if pair[0] == 0 || pair[1] > LIMIT_MAX * SCALE {
                return Err(reader.refuse(name, format!("must lie above 0 and be at most {LIMIT_MAX}")));
            }
            Ok(pair)
        };
        Ok(Plan { units: pair("units")?, multiples: pair("multiples")? })
    }

    fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }
}

/// What a customer's orders are usually like.
#[derive(Clone, Copy)]
enum Usual {
    /// Units in 1/10 000.
    Quantity(i64),
    /// Money in 1/10 000; `None` where not even that is known.
    Amount(Option<i64>),
}

/// The usual order of each customer of a bucket; `None` without an order.
fn usual_orders(features: &Features) -> impl Iterator<Item = Option<Usual>> {
    let orders = features.counts("orders");
    let (quantity, amount) = (features.exact("median_quantity"), features.exact("median_order"));
    (0..features.len()).map(move |row| {
        orders.get(row).filter(|&orders| orders > 0)?;
        Some(match quantity.get(row) {
            Some(quantity) => Usual::Quantity(quantity),
            None => Usual::Amount(amount.get(row)),
        })
    })
}

/// The volume of a customer: its place in [`VOLUMES`].
fn volume(plan: &Plan, fit: &Fit, usual: Usual) -> usize {
    let reached =
        |reach: &dyn Fn(i64) -> bool, limits: [i64; 2]| limits.into_iter().filter(|&l| reach(l)).count();
    match usual {
        Usual::Quantity(quantity) => reached(&|limit| quantity >= limit, plan.units),
        Usual::Amount(amount) => match (amount, fit.exact(TWICE_MEDIAN)) {
            (Some(amount), Some(twice)) if twice > 0 => {
                let amount = i128::from(amount) * 2 * i128::from(SCALE);
                reached(&|multiple| amount >= i128::from(multiple) * i128::from(twice), plan.multiples)
            }
            _ => 0,
        },
    }
}

impl Segmentation for Volume {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        Plan::read(settings)?;
        for name in ["orders", "median_quantity", "median_order"] {
            question.need(name);
        }
        question.order_amounts = true;
        Ok(())
    }

    fn rounds(&self) -> usize {
        1
    }

    fn summarise(
        &self,
        _round: usize,
        _settings: &Settings,
        _fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Summary {
        let mut summary = Summary::default();
        summary.counts.insert(AMOUNTS.to_owned(), features.order_amounts().clone());
        let count = usual_orders(features).filter(|usual| matches!(usual, Some(Usual::Amount(_)))).count();
        summary.totals.insert(BY_AMOUNT.to_owned(), count as i128);
        summary
    }

    fn fit(
        &self,
        _round: usize,
        _settings: &Settings,
        _question: &Question,
        summary: &Summary,
        fit: &mut Fit,
    ) {
        let twice = twice_median(summary.set(AMOUNTS));
        if let Some(twice) = twice {
            fit.exact.insert(TWICE_MEDIAN.to_owned(), twice);
        }
        let by_amount = summary.total(BY_AMOUNT);
        fit.exact.insert(BY_AMOUNT.to_owned(), i64::try_from(by_amount).unwrap_or(i64::MAX));
        match twice {
            _ if by_amount == 0 => {}
            Some(twice) if twice > 0 => fit.notes.push(format!(
                "Customers without quantities: {by_amount}. They are judged by the amount of their \
                 orders, against the base's median order of {}.",
                half(twice)
            )),
            _ => fit.notes.push(format!(
                "Customers without quantities: {by_amount}. They count as retail, since the base's \
                 median order is no amount to compare with."
            )),
        }
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let plan = Plan::checked(settings);
        let code = |usual: Option<Usual>| usual.map_or(3, |usual| volume(&plan, fit, usual)) as u16;
        let codes = usual_orders(features).map(code).collect();
        let names = VOLUMES.map(str::to_owned).to_vec();
        vec![LabelColumn { name: ABOUT.columns[0].0, labels: Labels::Names { names, codes } }]
    }

    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        let plan = Plan::checked(settings);
        let usual = usual_orders(features).nth(row).flatten();
        let place = usual.map_or(3, |usual| volume(&plan, fit, usual));
        let times = |multiple: i64| plain(multiple) + " times";
        let (value, rule) = match usual {
            None => ("0 orders".to_owned(), format!("no order up to {}", question.as_of)),
            Some(Usual::Quantity(quantity)) => (
                format!("usually {} units per order", plain(quantity)),
                range(place, plan.units.map(|units| plain(units) + " units")),
            ),
            Some(Usual::Amount(amount)) => {
                let median = half(fit.exact(TWICE_MEDIAN).unwrap_or(0));
                let known = amount.map_or("an unknown amount".to_owned(), |amount| Money(amount).to_string());
                (
                    format!("usually {known} per order, no quantities"),
                    format!(
                        "{} the base's median order of {median}",
                        range(place, plan.multiples.map(times))
                    ),
                )
            }
        };
        vec![Reason { part: format!("volume = {}", VOLUMES[place]), value, rule }]
    }
}

/// Twice the median of all order amounts, which is a whole number.
fn twice_median(amounts: &ValueCounts) -> Option<i64> {
    let total = amounts.total();
    amounts.at_rank(total.div_ceil(2))?.checked_add(amounts.at_rank(total / 2 + 1)?)
}

/// Half of twice a median, to show.
fn half(twice: i64) -> Money {
    Money(twice).divided_by(2).unwrap_or_default()
}

/// A quantity or multiple without needless decimals.
fn plain(value: i64) -> String {
    let text = Money(value).to_string();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

fn range(place: usize, limits: [String; 2]) -> String {
    let [small, large] = limits;
    match place {
        0 => format!("retail: below {small}"),
        1 => format!("small_wholesale: from {small}, below {large}"),
        _ => format!("wholesale: from {large}"),
    }
}
