//! What each product or category brought, by places that texts are looked up for once per batch.

use super::{BEST_SELLERS, Seller};
use crate::scan::{Customer, Texts};
use arrow_array::Array;
use hashbrown::HashMap;
use model::money::Money;

/// Place of a key that was not looked up yet.
const UNKNOWN: usize = usize::MAX;

/// Everything sold under the texts of a column.
#[derive(Default)]
pub(crate) struct Sellers {
    places: HashMap<String, usize>,
    sold: Vec<Sold>,
    /// Orders and customers seen so far: each is counted once per text.
    orders: u64,
    customers: u64,
    ids: Keys,
    names: Keys,
    /// Per key of an id the name that lines had with it lately, as its key, and how many.
    lately: Vec<(usize, u64)>,
}

/// What was sold of one product or category.
#[derive(Clone, Default)]
struct Sold {
    revenue: i64,
    orders: u64,
    customers: u64,
    quantity: Option<i64>,
    /// Numbers of the order and of the customer counted last.
    last_order: u64,
    last_customer: u64,
    /// Lines by the name they have.
    names: HashMap<String, u64>,
}

/// The places of the keys of the column at hand.
#[derive(Default)]
struct Keys {
    texts: Option<Texts>,
    places: Vec<usize>,
}

impl Keys {
    /// Whether the column is the one at hand.
    fn are_of(&self, texts: Option<&Texts>) -> bool {
        match (&self.texts, texts) {
            (Some(known), Some(texts)) => known.same_keys(texts),
            (known, texts) => known.is_none() && texts.is_none(),
        }
    }

    fn turn_to(&mut self, texts: Option<&Texts>) {
        self.texts = texts.cloned();
        self.places.clear();
        self.places.resize(texts.map_or(0, |texts| texts.values().len()), UNKNOWN);
    }
}

impl Sellers {
    /// Adds a customer's lines, told apart by `ids` and, where a line has none, by `names`.
    pub(crate) fn add(&mut self, customer: &Customer<'_>, ids: Option<&Texts>, names: Option<&Texts>) {
        if customer.rows.is_empty() || (ids.is_none() && names.is_none()) {
            return;
        }
        self.customers += 1;
        if !self.ids.are_of(ids) || !self.names.are_of(names) {
            self.keep_names();
            self.ids.turn_to(ids);
            self.names.turn_to(names);
            self.lately.resize(self.ids.places.len(), (UNKNOWN, 0));
        }
        let amounts = customer.lines.amounts();
        let quantities = customer.lines.quantities.as_ref();
        for order in customer.orders {
            self.orders += 1;
            for row in order.rows.clone() {
                let id = ids.and_then(|ids| ids.key(row));
                let name = names.and_then(|names| names.key(row));
                let Some(place) = self.place(id, name) else { continue };
                let sold = &mut self.sold[place];
                sold.revenue += amounts[row];
                if let Some(quantities) = quantities.filter(|quantities| quantities.is_valid(row)) {
                    *sold.quantity.get_or_insert(0) += quantities.value(row);
                }
                if amounts[row] < 0 {
                    continue;
                }
                if sold.last_order != self.orders {
                    sold.last_order = self.orders;
                    sold.orders += 1;
                }
                if sold.last_customer != self.customers && !customer.id.is_empty() {
                    sold.last_customer = self.customers;
                    sold.customers += 1;
                }
            }
        }
    }

    /// The place of a line's product; its name is counted. `None` where the line names none.
    fn place(&mut self, id: Option<usize>, name: Option<usize>) -> Option<usize> {
        let Some(id) = id else {
            return look_up(&mut self.names, name?, &mut self.places, &mut self.sold);
        };
        let place = look_up(&mut self.ids, id, &mut self.places, &mut self.sold)?;
        if let Some(name) = name {
            let lately = &mut self.lately[id];
            if lately.0 == name {
                lately.1 += 1;
            } else {
                let before = std::mem::replace(lately, (name, 1));
                self.keep_name(place, before);
            }
        }
        Some(place)
    }

    /// Adds names counted lately to their product.
    fn keep_name(&mut self, place: usize, (name, lines): (usize, u64)) {
        if let Some(texts) = self.names.texts.as_ref().filter(|_| lines > 0) {
            *self.sold[place].names.entry_ref(texts.values().value(name)).or_default() += lines;
        }
    }

    /// Adds all names counted lately: the keys at hand are about to mean something else.
    fn keep_names(&mut self) {
        for (id, lately) in std::mem::take(&mut self.lately).into_iter().enumerate() {
            if lately.1 > 0 {
                self.keep_name(self.ids.places[id], lately);
            }
        }
    }

    /// Adds what another thread has seen: other orders and other customers.
    pub(crate) fn merge(&mut self, mut other: Sellers) {
        other.keep_names();
        for (text, place) in other.places {
            let theirs = std::mem::take(&mut other.sold[place]);
            let own = match self.places.get(&text) {
                Some(&own) => own,
                None => new_place(text, &mut self.places, &mut self.sold),
            };
            let own = &mut self.sold[own];
            own.revenue += theirs.revenue;
            own.orders += theirs.orders;
            own.customers += theirs.customers;
            own.quantity = match (own.quantity, theirs.quantity) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
            for (name, lines) in theirs.names {
                *own.names.entry(name).or_default() += lines;
            }
        }
    }

    /// The best by money; ties by id. Those seen lately must have been merged.
    pub(crate) fn best(&self) -> Vec<Seller> {
        let mut all: Vec<(&str, &Sold)> =
            self.places.iter().map(|(text, &place)| (text.as_str(), &self.sold[place])).collect();
        all.sort_unstable_by(|a, b| b.1.revenue.cmp(&a.1.revenue).then_with(|| a.0.cmp(b.0)));
        all.truncate(BEST_SELLERS);
        let seller = |(id, sold): (&str, &Sold)| Seller {
            id: id.to_owned(),
            name: sold.usual_name().filter(|name| *name != id).map(str::to_owned),
            revenue: Money(sold.revenue),
            orders: sold.orders,
            customers: sold.customers,
            quantity: sold.quantity,
        };
        all.into_iter().map(seller).collect()
    }
}

impl Sold {
    /// The name that most lines have; of several the first by name.
    fn usual_name(&self) -> Option<&str> {
        let names = self.names.iter().map(|(name, &lines)| (lines, name.as_str()));
        names.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, name)| name)
    }
}

fn look_up(
    keys: &mut Keys,
    key: usize,
    places: &mut HashMap<String, usize>,
    sold: &mut Vec<Sold>,
) -> Option<usize> {
    if keys.places[key] == UNKNOWN {
        let text = keys.texts.as_ref()?.values().value(key);
        keys.places[key] = match places.get(text) {
            Some(&place) => place,
            None => new_place(text.to_owned(), places, sold),
        };
    }
    Some(keys.places[key])
}

fn new_place(text: String, places: &mut HashMap<String, usize>, sold: &mut Vec<Sold>) -> usize {
    places.insert(text, sold.len());
    sold.push(Sold::default());
    sold.len() - 1
}
