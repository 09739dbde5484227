//! From facts to features: one pass per bucket, buckets in parallel.

use super::accumulate::{
    Accumulator, Asked, Dealings, Favourites, FirstOrder, MoneySums, Occasions, Online, OrderDays,
    OrderSizes, PeriodCalendar, Periods, Prospects, Readiness, Repeats, Shares, value,
};
use super::conditions::Conditions;
use super::frequency::CategoryFrequencies;
use super::ids::Ids;
use super::list::FEATURES;
use super::question::{Measure, Question};
use super::table::Features;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::progress::Watch;
use crate::scan::{Customer, Need, visit_customers};
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, StringArray};
use model::money::SCALE;
use model::parallel;
use model::quantiles::ValueCounts;
use model::variation::season_indexes;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A bucket is expected to have at most one in so many more customers than those before it.
const SPREAD: usize = 16;

/// The features of all customers known as of the question's moment, bucket by bucket, each sorted
/// by customer id. The same on any number of threads.
///
/// # Errors
/// A fact file cannot be read.
pub fn compute(
    facts: &FactSet,
    question: &Question,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Features>, FactError> {
    let done = AtomicUsize::new(0);
    facts.name_visitors(question.as_of, threads)?;
    let mut question = question.clone();
    if question.season_from_base && question.season.is_none() {
        question.season = Some(season_indexes(&period_totals(facts, &question, threads)?));
    }
    if question.features.iter().any(|name| name == "readiness_step") {
        let replacements = facts.products.interests().into_iter();
        let known = replacements
            .filter_map(|(category, (_, days))| Some((category, i32::try_from(days? / SCALE).ok()?)));
        known.for_each(|(category, days)| question.ladder.replaced_after(category, days));
    }
    // Customers are spread evenly: there will be about as many as there were in buckets before.
    let most = AtomicUsize::new(0);
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let customers = most.load(Ordering::Relaxed);
        let features = compute_bucket(facts, bucket, &question, customers + customers / SPREAD);
        most.fetch_max(features.as_ref().map_or(0, Features::len), Ordering::Relaxed);
        watch.advance("scan", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, BUCKETS as u64);
        features
    });
    let mut buckets = buckets.into_iter().collect::<Result<Vec<_>, _>>()?;
    if question.order_amounts {
        Features::pool_order_amounts(&mut buckets, threads);
    }
    Ok(buckets)
}

/// What XYZ measures, added up per period over all identified customers, in 1/10 000.
///
/// # Errors
/// A fact file cannot be read.
pub fn period_totals(facts: &FactSet, question: &Question, threads: usize) -> Result<Vec<i128>, FactError> {
    let measure = question.xyz_measure;
    let need =
        Need { cost: measure == Measure::Margin, quantity: measure == Measure::Quantity, ..Need::default() };
    let calendar = PeriodCalendar::new(question.periods);
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut totals = vec![0_i128; question.periods.count as usize];
        visit_customers(facts, bucket, question.as_of, need, &mut |customer| {
            for order in customer.orders {
                if let Some(position) = calendar.position(order.day) {
                    totals[position] += i128::from(value(customer, order, measure));
                }
            }
        })?;
        Ok(totals)
    });
    let mut all = vec![0; question.periods.count as usize];
    for totals in buckets {
        for (sum, total) in all.iter_mut().zip(totals?) {
            *sum += total;
        }
    }
    Ok(all)
}

/// The columns that a question reads.
pub fn need(question: &Question) -> Need {
    let own = Accumulators::new(&Asked { question, customers: 0 })
        .need()
        .and(CategoryFrequencies::new(question).need());
    let facts = conditions(question).ok().flatten();
    facts.map_or(own, |conditions| own.and(conditions.need()))
}

/// What gathers the conditions on facts, where any is asked for.
fn conditions(question: &Question) -> Result<Option<Conditions>, FactError> {
    Conditions::new(question).map_err(|error| FactError::Conditions(error.to_string()))
}

/// The features of one bucket's customers, of which there are likely to be `customers`; any number gives the
/// same.
///
/// # Errors
/// A fact file cannot be read.
pub fn compute_bucket(
    facts: &FactSet,
    bucket: usize,
    question: &Question,
    customers: usize,
) -> Result<Features, FactError> {
    let mut all = Accumulators::new(&Asked { question, customers });
    let mut conditions = conditions(question)?;
    let mut frequencies = CategoryFrequencies::new(question);
    let own = all.need().and(frequencies.need());
    let need = conditions.as_ref().map_or(own, |conditions| own.and(conditions.need()));
    let mut ids = Ids::new(customers);
    let mut order_amounts = Vec::new();
    visit_customers(facts, bucket, question.as_of, need, &mut |customer: &Customer<'_>| {
        ids.push(customer);
        all.add(customer);
        if !question.frequency_of.is_empty() {
            frequencies.add(customer);
        }
        if let Some(conditions) = &mut conditions {
            conditions.add(customer);
        }
        if question.order_amounts {
            let orders = customer.orders.iter().filter(|order| !order.is_return);
            order_amounts.extend(orders.map(|order| order.amount));
        }
    })?;
    let ids = ids.finish();
    let mut attributes = attributes(facts, bucket, question, &ids)?;
    attributes.extend(frequencies.finish());
    let facts = conditions.map(Conditions::finish).unwrap_or_default();
    let features = Features::new(ids, all.finish()).with_attributes(attributes).with_facts(facts);
    Ok(if question.order_amounts {
        features.with_order_amounts(ValueCounts::of(order_amounts))
    } else {
        features
    })
}

/// The attributes asked for of customers in order of id. They have no history: the newest word holds
/// at every moment.
fn attributes(
    facts: &FactSet,
    bucket: usize,
    question: &Question,
    ids: &StringArray,
) -> Result<Vec<(String, ArrayRef)>, FactError> {
    if question.attributes.is_empty() {
        return Ok(Vec::new());
    }
    let all = facts.attributes(bucket)?;
    let mut columns: Vec<StringDictionaryBuilder<Int32Type>> =
        question.attributes.iter().map(|_| StringDictionaryBuilder::new()).collect();
    let mut said: Vec<Option<&str>> = vec![None; columns.len()];
    let mut rows = all.iter().peekable();
    for id in ids.iter().flatten() {
        said.fill(None);
        while let Some(row) = rows.next_if(|row| row.customer_id <= id) {
            let asked = question.attributes.iter().position(|name| name == row.attribute);
            if let Some(place) = asked.filter(|_| row.customer_id == id) {
                said[place] = row.value;
            }
        }
        columns.iter_mut().zip(&said).for_each(|(column, value)| column.append_option(*value));
    }
    let arrays = columns.into_iter().map(|mut column| Arc::new(column.finish()) as ArrayRef);
    Ok(question.attributes.iter().cloned().zip(arrays).collect())
}

/// One of each kind that a question asks for.
struct Accumulators {
    orders: Option<OrderDays>,
    repeats: Option<Repeats>,
    money: Option<MoneySums>,
    sizes: Option<OrderSizes>,
    periods: Option<Periods>,
    shares: Option<Shares>,
    favourites: Option<Favourites>,
    first_order: Option<FirstOrder>,
    dealings: Option<Dealings>,
    readiness: Option<Readiness>,
    prospects: Option<Prospects>,
    occasions: Option<Occasions>,
    online: Option<Online>,
}

impl Accumulators {
    fn new(question: &Asked<'_>) -> Accumulators {
        Accumulators {
            orders: OrderDays::new(question),
            repeats: Repeats::new(question),
            money: MoneySums::new(question),
            sizes: OrderSizes::new(question),
            periods: Periods::new(question),
            shares: Shares::new(question),
            favourites: Favourites::new(question),
            first_order: FirstOrder::new(question),
            dealings: Dealings::new(question),
            readiness: Readiness::new(question),
            prospects: Prospects::new(question),
            occasions: Occasions::new(question),
            online: Online::new(question),
        }
    }

    fn need(&self) -> Need {
        [
            self.orders.as_ref().map(Accumulator::need),
            self.repeats.as_ref().map(Accumulator::need),
            self.money.as_ref().map(Accumulator::need),
            self.sizes.as_ref().map(Accumulator::need),
            self.periods.as_ref().map(Accumulator::need),
            self.shares.as_ref().map(Accumulator::need),
            self.favourites.as_ref().map(Accumulator::need),
            self.first_order.as_ref().map(Accumulator::need),
            self.dealings.as_ref().map(Accumulator::need),
            self.readiness.as_ref().map(Accumulator::need),
            self.prospects.as_ref().map(Accumulator::need),
            self.occasions.as_ref().map(Accumulator::need),
            self.online.as_ref().map(Accumulator::need),
        ]
        .into_iter()
        .flatten()
        .fold(Need::default(), Need::and)
    }

    fn add(&mut self, customer: &Customer<'_>) {
        add(&mut self.orders, customer);
        add(&mut self.repeats, customer);
        add(&mut self.money, customer);
        add(&mut self.sizes, customer);
        add(&mut self.periods, customer);
        add(&mut self.shares, customer);
        add(&mut self.favourites, customer);
        add(&mut self.first_order, customer);
        add(&mut self.dealings, customer);
        add(&mut self.readiness, customer);
        add(&mut self.prospects, customer);
        add(&mut self.occasions, customer);
        add(&mut self.online, customer);
    }

    /// The columns in the order of the list of features.
    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns: Vec<(&'static str, ArrayRef)> = Vec::new();
        columns.extend(self.orders.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.repeats.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.money.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.sizes.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.periods.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.shares.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.first_order.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.favourites.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.dealings.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.readiness.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.prospects.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.occasions.map(Accumulator::finish).into_iter().flatten());
        columns.extend(self.online.map(Accumulator::finish).into_iter().flatten());
        let place = |name: &str| FEATURES.iter().position(|feature| feature.name == name);
        columns.sort_by_key(|(name, _)| place(name));
        columns
    }
}

fn add<A: Accumulator>(accumulator: &mut Option<A>, customer: &Customer<'_>) {
    if let Some(accumulator) = accumulator {
        accumulator.add(customer);
    }
}
