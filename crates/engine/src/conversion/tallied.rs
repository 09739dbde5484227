//! What each source brought, added up exactly.

use super::mentions::Mentions;
use crate::features::{Features, Values};
use crate::segmentations::contract::{LabelColumn, Labels};
use model::criteria::{Interval, difference, share};
use std::collections::BTreeMap;

/// A customer in parts: whole in 1 to 16 even parts, so that shared customers add up exactly.
const WHOLE: i128 = 720_720;

/// A number of customers or a sum of money, of which customers that several sources share have parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part(i128);

impl Part {
    /// The number of customers, or the money in 1/10 000, as a number.
    pub fn value(self) -> f64 {
        self.0 as f64 / WHOLE as f64
    }

    /// The nearest whole number; half to even.
    pub fn whole(self) -> i128 {
        model::money::divide_half_even(self.0, WHOLE)
    }

    fn add(&mut self, whole: i128, among: usize) {
        self.0 += whole * (WHOLE / among as i128);
    }
}

/// What those of one source add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Everybody known.
    pub people: Part,
    /// With an order or a won deal.
    pub customers: Part,
    pub orders: Part,
    /// Money in 1/10 000.
    pub revenue: Part,
    pub margin: Part,
    /// Net money of the lines whose cost is known.
    pub costed_revenue: Part,
    /// Value over a lifetime, of those who have one.
    pub ltv: Part,
}

/// A source.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `None`: no source is known.
    pub name: Option<String>,
    pub sums: Whole,
    /// Customers among the people, with its interval; `None` where there are none.
    pub conversion: Option<Interval>,
    /// The conversion beside that of everybody, 100 where it is the same; `None` where nobody is a
    /// customer.
    pub index: Option<f64>,
    /// The conversion less that of all others, with Newcombe's interval; `None` where there are no
    /// others.
    pub difference: Option<Interval>,
}

/// One bucket's columns.
struct Columns<'a> {
    orders: Values<'a, i64>,
    won: Option<Values<'a, i64>>,
    money: [Option<Values<'a, i64>>; 3],
    ltv: Option<&'a [Option<i64>]>,
}

impl<'a> Columns<'a> {
    fn new(bucket: &'a Features, labels: &'a [LabelColumn]) -> Columns<'a> {
        let exact = |name| bucket.column(name).map(|_| bucket.exact(name));
        let ltv = labels.iter().find(|column| column.name == "ltv").and_then(|column| match &column.labels {
            Labels::Money(values) => Some(values.as_slice()),
            _ => None,
        });
        Columns {
            orders: bucket.counts("orders"),
            won: bucket.column("won_deals").map(|_| bucket.counts("won_deals")),
            money: ["revenue", "margin", "costed_revenue"].map(exact),
            ltv,
        }
    }
}

impl Whole {
    fn add(&mut self, columns: &Columns<'_>, row: usize, among: usize) {
        let orders = columns.orders.get(row).unwrap_or(0);
        let won = columns.won.and_then(|won| won.get(row)).unwrap_or(0);
        let [revenue, margin, costed] =
            columns.money.map(|column| i128::from(column.and_then(|column| column.get(row)).unwrap_or(0)));
        self.people.add(1, among);
        self.customers.add(i128::from(orders > 0 || won > 0), among);
        self.orders.add(i128::from(orders), among);
        self.revenue.add(revenue, among);
        self.margin.add(margin, among);
        self.costed_revenue.add(costed, among);
        let ltv = columns.ltv.and_then(|ltv| ltv[row]).unwrap_or(0);
        self.ltv.add(i128::from(ltv), among);
    }
}

/// Adds up what each source brought, of the customers of whom `within` holds (bucket, row). Features must
/// have been asked for `orders`, and `won_deals`, `revenue`, `margin` and `costed_revenue` where they are
/// to be added up; an LTV comes from the label column `ltv`.
///
/// Gives the sources, most people first, ties by name, who has none last; and everybody.
pub fn rows(
    mentions: &[Mentions],
    features: &[Features],
    labels: &[Vec<LabelColumn>],
    within: &dyn Fn(usize, usize) -> bool,
) -> (Vec<Row>, Whole) {
    let mut sums: BTreeMap<Option<&str>, Whole> = BTreeMap::new();
    let mut all = Whole::default();
    for (place, (bucket, mentions)) in features.iter().zip(mentions).enumerate() {
        let columns = Columns::new(bucket, labels.get(place).map_or(&[][..], Vec::as_slice));
        for row in (0..bucket.len()).filter(|&row| within(place, row)) {
            all.add(&columns, row, 1);
            let sources = mentions.of(row);
            if sources.is_empty() {
                sums.entry(None).or_default().add(&columns, row, 1);
            }
            for &source in sources {
                let name = mentions.names[source as usize].as_str();
                sums.entry(Some(name)).or_default().add(&columns, row, sources.len());
            }
        }
    }
    let mut rows: Vec<Row> = sums.into_iter().map(|(name, sums)| row(name, sums, &all)).collect();
    rows.sort_by(|a, b| {
        let known = a.name.is_none().cmp(&b.name.is_none());
        known.then(b.sums.people.cmp(&a.sums.people)).then_with(|| a.name.cmp(&b.name))
    });
    (rows, all)
}

fn row(name: Option<&str>, sums: Whole, all: &Whole) -> Row {
    // Intervals are of whole people; parts are rounded for them.
    let counted = |part: Part| u64::try_from(part.whole()).unwrap_or_default();
    let (came, became) = (counted(sums.people), counted(sums.customers).min(counted(sums.people)));
    let others = counted(all.people).saturating_sub(came);
    let others_became = counted(all.customers).saturating_sub(became).min(others);
    let usual = all.customers.value() / all.people.value().max(1.0);
    Row {
        name: name.map(str::to_owned),
        sums,
        conversion: (came > 0).then(|| share(became, came)),
        index: (usual > 0.0).then(|| sums.customers.value() / sums.people.value() / usual * 100.0),
        difference: (came > 0 && others > 0).then(|| difference(became, came, others_became, others)),
    }
}
