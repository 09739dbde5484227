//! What each product or category brought.

use super::catalogue::Catalogue;
use super::{BEST_SELLERS, Seller};
use crate::scan::{Customer, Texts};
use arrow_array::Array;
use hashbrown::HashMap;
use model::money::Money;

/// Place of what nothing was sold of yet.
const NOWHERE: u32 = u32::MAX;

/// Everything sold under the texts of a column, by their numbers in a catalogue.
#[derive(Default)]
pub(crate) struct Sellers {
    /// By number, the place in `sold`.
    places: Vec<u32>,
    sold: Vec<Sold>,
    /// Orders and customers seen so far: each is counted once per text.
    orders: u64,
    customers: u64,
}

/// What was sold of one product or category.
struct Sold {
    number: u32,
    revenue: i64,
    orders: u64,
    customers: u64,
    quantity: Option<i64>,
    /// Numbers of the order and of the customer counted last.
    last_order: u64,
    last_customer: u64,
    /// The name that lines had lately, by number, and how many: most lines of a product have the same.
    lately: Option<(u32, u64)>,
    /// Lines by the name they had before.
    names: HashMap<u32, u64>,
}

impl Sellers {
    /// Adds a customer's lines, told apart by `ids` and, where a line has none, by `names`: the columns
    /// that the catalogue has been turned to.
    pub(crate) fn add(
        &mut self,
        catalogue: &mut Catalogue,
        customer: &Customer<'_>,
        ids: Option<&Texts>,
        names: Option<&Texts>,
    ) {
        if customer.rows.is_empty() || (ids.is_none() && names.is_none()) {
            return;
        }
        self.customers += 1;
        let amounts = customer.lines.amounts();
        let quantities = customer.lines.quantities.as_ref();
        for order in customer.orders {
            self.orders += 1;
            for row in order.rows.clone() {
                let id = ids.and_then(|ids| ids.key(row)).and_then(|key| catalogue.id(key));
                let name = names.and_then(|names| names.key(row)).and_then(|key| catalogue.name(key));
                let Some(number) = id.or(name) else { continue };
                let (now, buyer) = (self.orders, self.customers);
                let sold = self.of(number);
                if let Some(name) = name.filter(|_| id.is_some()) {
                    sold.call(name, 1);
                }
                sold.revenue += amounts[row];
                if let Some(quantities) = quantities.filter(|quantities| quantities.is_valid(row)) {
                    *sold.quantity.get_or_insert(0) += quantities.value(row);
                }
                if amounts[row] < 0 {
                    continue;
                }
                if sold.last_order != now {
                    sold.last_order = now;
                    sold.orders += 1;
                }
                if sold.last_customer != buyer && !customer.id.is_empty() {
                    sold.last_customer = buyer;
                    sold.customers += 1;
                }
            }
        }
    }

    /// What was sold under a number.
    fn of(&mut self, number: u32) -> &mut Sold {
        let at = number as usize;
        if at >= self.places.len() {
            self.places.resize(at + 1, NOWHERE);
        }
        if self.places[at] == NOWHERE {
            self.places[at] = self.sold.len() as u32;
            self.sold.push(Sold::of(number));
        }
        &mut self.sold[self.places[at] as usize]
    }

    /// Adds what was seen elsewhere, other orders and other customers, whose numbers are others here.
    pub(crate) fn merge(&mut self, other: &Sellers, number: impl Fn(u32) -> u32) {
        for theirs in &other.sold {
            let own = self.of(number(theirs.number));
            own.revenue += theirs.revenue;
            own.orders += theirs.orders;
            own.customers += theirs.customers;
            own.quantity = match (own.quantity, theirs.quantity) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
            theirs.called().for_each(|(name, lines)| own.call(number(name), lines));
        }
    }

    /// The best by money; ties by id. `texts` are those of the catalogue.
    pub(crate) fn best(&self, texts: &[&str]) -> Vec<Seller> {
        let mut all: Vec<(&str, &Sold)> =
            self.sold.iter().map(|sold| (texts[sold.number as usize], sold)).collect();
        all.sort_unstable_by(|a, b| b.1.revenue.cmp(&a.1.revenue).then_with(|| a.0.cmp(b.0)));
        all.truncate(BEST_SELLERS);
        let seller = |(id, sold): (&str, &Sold)| Seller {
            id: id.to_owned(),
            name: sold.usual_name(texts).filter(|name| *name != id).map(str::to_owned),
            revenue: Money(sold.revenue),
            orders: sold.orders,
            customers: sold.customers,
            quantity: sold.quantity,
        };
        all.into_iter().map(seller).collect()
    }
}

impl Sold {
    fn of(number: u32) -> Sold {
        Sold {
            number,
            revenue: 0,
            orders: 0,
            customers: 0,
            quantity: None,
            last_order: 0,
            last_customer: 0,
            lately: None,
            names: HashMap::new(),
        }
    }

    /// Counts lines that have a name.
    fn call(&mut self, name: u32, lines: u64) {
        match &mut self.lately {
            Some((known, count)) if *known == name => *count += lines,
            lately => {
                if let Some((before, count)) = lately.replace((name, lines)) {
                    *self.names.entry(before).or_default() += count;
                }
            }
        }
    }

    /// Lines by the name they have; a name may come twice.
    fn called(&self) -> impl Iterator<Item = (u32, u64)> {
        self.names.iter().map(|(&name, &lines)| (name, lines)).chain(self.lately)
    }

    /// The name that most lines have; of several the first by name.
    fn usual_name<'a>(&self, texts: &[&'a str]) -> Option<&'a str> {
        let mut lines: HashMap<u32, u64> = HashMap::new();
        self.called().for_each(|(name, count)| *lines.entry(name).or_default() += count);
        let names = lines.into_iter().map(|(name, count)| (count, texts[name as usize]));
        names.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, name)| name)
    }
}
