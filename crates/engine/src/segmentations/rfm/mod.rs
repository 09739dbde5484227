//! RFM: how lately, how often and for how much a customer buys.

mod about;
mod naming;
mod notes;
mod plan;
mod rounds;
mod words;

pub use naming::{Cell, Third, action, cells, meaning, nine};
pub use plan::RfmMeasure;
pub use words::{CutWords, cut_words};

use super::NO_ORDERS;
use super::contract::{
    About, Codes, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::parse::counted;
use crate::features::{Features, Question, Values};
use about::ABOUT;
use model::calendar::Day;
use model::money::Money;
use model::quantiles::group_of;
use plan::Plan;
use std::collections::BTreeMap;

/// See the method's text.
pub struct Rfm;

/// The columns that scores come from. A customer has scores if it has an order in the window.
struct Scores<'a> {
    recency: Values<'a, i64>,
    orders: Values<'a, i64>,
    totals: Values<'a, i64>,
    average: bool,
}

impl<'a> Scores<'a> {
    fn new(plan: &Plan, features: &'a Features) -> Scores<'a> {
        Scores {
            recency: features.counts("recency_days"),
            orders: features.counts("window_orders"),
            totals: features.exact("window_revenue"),
            average: plan.average,
        }
    }

    /// R, F and M of a row, all ascending towards better.
    #[inline]
    fn of(&self, row: usize) -> Option<[i64; 3]> {
        let orders = self.orders.get(row).filter(|&orders| orders > 0)?;
        let recency = self.recency.get(row)?;
        let total = self.totals.get(row).unwrap_or(0);
        let money = if self.average { average(total, orders)? } else { total };
        Some([-recency, orders, money])
    }
}

/// Apart, so that where totals are asked for what is around it stays small and is put in place.
#[inline(never)]
fn average(total: i64, orders: i64) -> Option<i64> {
    Some(Money(total).divided_by(orders)?.0)
}

/// The name of a measure's cut: `r`, or `r:Toys` where cuts are made per category.
fn cut_name(measure: RfmMeasure, category: Option<&str>) -> String {
    match category {
        Some(category) => format!("{}:{category}", measure.letter()),
        None => measure.letter().to_owned(),
    }
}

/// The measure and the category that a cut of this name is for.
fn named(name: &str) -> Option<(RfmMeasure, Option<&str>)> {
    let (letter, category) =
        name.split_once(':').map_or((name, None), |(letter, category)| (letter, Some(category)));
    let measure = RfmMeasure::ALL.into_iter().find(|measure| measure.letter() == letter)?;
    Some((measure, category))
}

/// The category that a row's cuts are made in; customers without one are cut among themselves.
fn category<'a>(plan: &Plan, features: &'a Features, row: usize) -> Option<&'a str> {
    plan.by_category.then(|| features.text("favourite_category", row).unwrap_or_default())
}

/// The cuts of R, F and M of each category.
struct Cuts<'a> {
    whole: [&'a [i64]; 3],
    by_category: BTreeMap<&'a str, [&'a [i64]; 3]>,
}

impl<'a> Cuts<'a> {
    fn new(fit: &'a Fit) -> Cuts<'a> {
        let mut all = Cuts { whole: [&[]; 3], by_category: BTreeMap::new() };
        for (name, cuts) in &fit.cuts {
            if let Some((measure, category)) = named(name) {
                let own = match category {
                    Some(category) => all.by_category.entry(category).or_default(),
                    None => &mut all.whole,
                };
                own[measure as usize] = cuts;
            }
        }
        all
    }

    #[inline]
    fn groups(&self, category: Option<&str>, scored: &[i64; 3]) -> [usize; 3] {
        let cuts = match category {
            Some(category) => self.by_category.get(category).copied().unwrap_or_default(),
            None => self.whole,
        };
        std::array::from_fn(|place| group_of(scored[place], cuts[place]))
    }
}

impl Segmentation for Rfm {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        let plan = Plan::read(settings)?;
        for name in ["first_order_at", "recency_days", "window_orders", "window_revenue"] {
            question.need(name);
        }
        if plan.by_category {
            question.need("favourite_category");
        }
        question.window_from = plan.window.first_day(question.as_of);
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
            _ => rounds::summarise_within(&plan, fit, features),
        }
    }

    fn fit(&self, round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        let plan = Plan::checked(settings);
        match round {
            0 => rounds::fit(&plan, summary, fit),
            _ => rounds::fit_within(&plan, question, summary, fit),
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
        let cuts = Cuts::new(fit);
        let n = plan.groups;
        let scores = Scores::new(&plan, features);
        let cell = |row| match scores.of(row) {
            Some(scored) => {
                let [r, f, m] = cuts.groups(category(&plan, features, row), &scored);
                ((r * n + f) * n + m) as u16
            }
            None => (n * n * n) as u16,
        };
        let cell_of_row: Codes = (0..features.len()).map(cell).collect();
        let with_none = |list: Vec<String>| list.into_iter().chain([NO_ORDERS.to_owned()]).collect();
        let cells = with_none(plan.cells().map(|groups| plan.code(groups)).collect());
        let mut columns = vec![(cells, cell_of_row.clone())];
        for place in 0..3 {
            let letters = with_none((0..n).map(|group| plan.letter(group)).collect());
            let of_cell: Vec<u16> =
                plan.cells().map(|groups| groups[place] as u16).chain([n as u16]).collect();
            columns.push((letters, cell_of_row.through(&of_cell)));
        }
        let (names, name_of_cell) = naming::names(&plan);
        columns.push((names, cell_of_row.through(&name_of_cell)));
        let named = ABOUT.columns.iter().zip(columns);
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
        let plan = Plan::checked(settings);
        let Some(scored) = Scores::new(&plan, features).of(row) else {
            let rule = match question.window_from {
                Some(day) => format!("no order from {day} to {}", question.as_of),
                None => format!("no order up to {}", question.as_of),
            };
            return vec![Reason { part: format!("rfm = {NO_ORDERS}"), value: "0 orders".to_owned(), rule }];
        };
        let category = category(&plan, features, row);
        let groups = Cuts::new(fit).groups(category, &scored);
        let mut reasons = Vec::new();
        for (place, measure) in RfmMeasure::ALL.into_iter().enumerate() {
            let spans = &fit.spans[&cut_name(measure, category)];
            let group = groups[place];
            let words = words::group_words(&plan, measure, category, spans, group);
            let among = category.map_or(String::new(), |name| match name {
                "" => " (among those without a favourite category)".to_owned(),
                name => format!(" (among those who mostly buy {name})"),
            });
            let letter = plan.letter(group);
            reasons.push(Reason {
                part: format!("rfm_{} = {letter}", measure.letter()),
                value: value_words(&plan, question, measure, scored[place]),
                rule: format!("{letter}: {}{among}", words.text()),
            });
        }
        let code = plan.code(groups);
        let cell = cells(settings).into_iter().find(|cell| cell.code == code);
        if let Some(cell) = cell {
            let [r, f, m] = groups.map(|group| plan.letter(group));
            reasons.push(Reason {
                part: format!("rfm_name = {}", cell.name),
                value: format!("R {r}, F {f}, M {m}"),
                rule: cell.meaning,
            });
        }
        reasons
    }
}

/// A measure's value of one customer, in words.
fn value_words(plan: &Plan, question: &Question, measure: RfmMeasure, value: i64) -> String {
    match measure {
        RfmMeasure::Recency => {
            let last: Day = question.as_of.0.plus(i32::try_from(value).unwrap_or(i32::MIN));
            format!("{} since the last order on {last}", counted(-value, "day"))
        }
        RfmMeasure::Frequency => counted(value, "order"),
        RfmMeasure::Money if plan.average => format!("{} per order", Money(value)),
        RfmMeasure::Money => format!("{} in all", Money(value)),
    }
}
