//! RFM: how lately, how often and for how much a customer buys.

mod about;
mod naming;
mod notes;
mod plan;
mod words;

pub use naming::{Cell, Third, action, cells, meaning, nine};
pub use plan::RfmMeasure;
pub use words::{CutWords, cut_words};

use super::NO_ORDERS;
use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Span, Summary,
};
use super::parse::counted;
use crate::features::{Features, Question, Values};
use about::ABOUT;
use model::calendar::Day;
use model::money::Money;
use model::quantiles::{ValueCounts, group_of};
use notes::{note_empty, note_size};
use plan::Plan;
use std::collections::BTreeMap;

/// Set of a summary with the first order day of each bucket.
const FIRST_DAYS: &str = "first_days";

/// See the method's text.
pub struct Rfm;

/// What a customer is scored by, all ascending towards better.
struct Scored {
    values: [i64; 3],
}

/// The columns that scores come from.
struct Scores<'a> {
    recency: Values<'a, i64>,
    orders: Values<'a, i64>,
    money: Values<'a, i64>,
    average: bool,
}

impl<'a> Scores<'a> {
    fn new(plan: &Plan, features: &'a Features) -> Scores<'a> {
        Scores {
            recency: features.counts("recency_days"),
            orders: features.counts("window_orders"),
            money: features.exact("window_revenue"),
            average: plan.average,
        }
    }

    /// R, F and M of a row; `None` without an order in the window.
    fn of(&self, row: usize) -> Option<Scored> {
        let orders = self.orders.get(row).filter(|&orders| orders > 0)?;
        let recency = self.recency.get(row)?;
        let total = self.money.get(row).unwrap_or(0);
        let money = if self.average { Money(total).divided_by(orders)?.0 } else { total };
        Some(Scored { values: [-recency, orders, money] })
    }
}

/// The name of a measure's cut: `r`, or `r:Toys` where cuts are made per category.
fn cut_name(measure: RfmMeasure, category: Option<&str>) -> String {
    match category {
        Some(category) => format!("{}:{category}", measure.letter()),
        None => measure.letter().to_owned(),
    }
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
            let (letter, category) =
                name.split_once(':').map_or((name.as_str(), None), |(letter, rest)| (letter, Some(rest)));
            if let Some(place) = RfmMeasure::ALL.iter().position(|measure| measure.letter() == letter) {
                let own = match category {
                    Some(category) => all.by_category.entry(category).or_default(),
                    None => &mut all.whole,
                };
                own[place] = cuts;
            }
        }
        all
    }

    fn groups(&self, category: Option<&str>, scored: &Scored) -> [usize; 3] {
        let cuts = match category {
            Some(category) => self.by_category.get(category).copied().unwrap_or_default(),
            None => self.whole,
        };
        std::array::from_fn(|place| group_of(scored.values[place], cuts[place]))
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
        let mut sets: BTreeMap<Option<&str>, [Vec<i64>; 3]> = BTreeMap::new();
        let room = if plan.by_category { 0 } else { features.len() };
        let mut whole: [Vec<i64>; 3] = std::array::from_fn(|_| Vec::with_capacity(room));
        let scores = Scores::new(&plan, features);
        for row in 0..features.len() {
            let Some(scored) = scores.of(row) else { continue };
            let lists = match category(&plan, features, row) {
                Some(category) => sets.entry(Some(category)).or_default(),
                None => &mut whole,
            };
            for (list, value) in lists.iter_mut().zip(scored.values) {
                list.push(value);
            }
        }
        if !whole[0].is_empty() {
            sets.insert(None, whole);
        }
        let mut summary = Summary::default();
        for (category, lists) in sets {
            for (measure, list) in RfmMeasure::ALL.into_iter().zip(lists) {
                summary.counts.insert(cut_name(measure, category), ValueCounts::of(list));
            }
        }
        let first = features.days("first_order_at").iter().flatten().min();
        let first = ValueCounts::of(first.into_iter().map(i64::from).collect());
        summary.counts.insert(FIRST_DAYS.to_owned(), first);
        summary
    }

    fn fit(&self, _round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        let plan = Plan::checked(settings);
        let mut buyers = 0;
        for (place, measure) in RfmMeasure::ALL.into_iter().enumerate() {
            let mut empty = Vec::new();
            for (name, set) in &summary.counts {
                let is_whole = name == measure.letter();
                let category = name.strip_prefix(measure.letter()).and_then(|rest| rest.strip_prefix(':'));
                if !is_whole && category.is_none() {
                    continue;
                }
                if place == 0 {
                    buyers += set.total();
                }
                let cuts = plan.thresholds[place].clone().unwrap_or_else(|| set.cuts(plan.groups as u32));
                let spans = spans(set, &cuts);
                let gone = (0..plan.groups).filter(|&group| spans[group].is_none());
                let letters = gone.map(|group| plan.letter(group)).collect();
                empty.push(notes::Empty { category, buyers: set.total(), letters });
                fit.spans.insert(name.clone(), spans);
                fit.cuts.insert(name.clone(), cuts);
            }
            note_empty(&plan, measure, &empty, fit);
        }
        fit.exact.insert("buyers".to_owned(), i64::try_from(buyers).unwrap_or(i64::MAX));
        note_size(&plan, question, buyers, summary, fit);
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
        let (names, places) = naming::names(&plan);
        let mut codes: [Vec<u16>; 5] = std::array::from_fn(|_| Vec::with_capacity(features.len()));
        let scores = Scores::new(&plan, features);
        for row in 0..features.len() {
            let labels = match scores.of(row) {
                Some(scored) => {
                    let [r, f, m] = cuts.groups(category(&plan, features, row), &scored);
                    let cell = (r * n + f) * n + m;
                    [cell, r, f, m, usize::from(places[cell])]
                }
                None => [n * n * n, n, n, n, names.len() - 1],
            };
            for (column, label) in codes.iter_mut().zip(labels) {
                column.push(label as u16);
            }
        }
        let with_none = |mut list: Vec<String>| {
            list.push(NO_ORDERS.to_owned());
            list
        };
        let cells = with_none(plan.cells().map(|groups| plan.code(groups)).collect());
        let letters = with_none((0..n).map(|group| plan.letter(group)).collect());
        let lists = [cells, letters.clone(), letters.clone(), letters, names];
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
                value: value_words(&plan, question, measure, scored.values[place]),
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

/// What occurs in each group.
fn spans(set: &ValueCounts, cuts: &[i64]) -> Vec<Option<Span>> {
    let mut spans: Vec<Option<Span>> = vec![None; cuts.len() + 1];
    let mut group = 0;
    for (value, count) in set.iter() {
        while cuts.get(group).is_some_and(|&cut| cut < value) {
            group += 1;
        }
        let span = spans[group].get_or_insert(Span { low: value, high: value, customers: 0 });
        span.high = value;
        span.customers += count;
    }
    spans
}
