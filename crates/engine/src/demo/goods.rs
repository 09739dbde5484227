//! The shelf: products with names, brands and the prices of each year.

use super::categories::{BRANDS, CATEGORIES, Category, NOUNS};
use super::chance::{Chance, Stream};

/// Products of one category: every brand makes every kind of thing.
pub(super) const PER_CATEGORY: usize = BRANDS * NOUNS;
/// Slots of a table from which a category is drawn in proportion to its demand.
const SLOTS: usize = 1024;
/// Names of models, one per brand and kind.
const MODELS: [&str; PER_CATEGORY] = [
    "Ridge", "Fjord", "Harbour", "Summit", "Willow", "Ember", "Tarn", "Bracken", "Skerry", "Heath", "Cairn",
    "Aurora", "Meadow", "Gale", "Pine", "Moor", "Glen", "Lark", "Thistle", "Drift", "Beacon", "Orchard",
    "Haven", "Fell",
];

/// The shelf: everything the shop sells, at the prices of each year.
#[derive(Debug)]
pub(super) struct Catalogue {
    pub(super) products: Vec<Product>,
    /// For each month, the category at each slot.
    slots: Vec<u8>,
}

/// One product.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) category: &'static Category,
    pub(super) brand: &'static str,
    /// Price and cost of a unit in cents, for each year of the shop.
    by_year: Vec<(u32, u32)>,
}

impl Product {
    /// Price and cost of one unit in cents in a year of the shop, from 0.
    pub(super) fn price_and_cost(&self, year: usize) -> (u32, u32) {
        self.by_year[year.min(self.by_year.len() - 1)]
    }
}

impl Catalogue {
    /// The shelf of the shop of `seed`, whose prices rise through `years` calendar years.
    pub(super) fn new(seed: u64, years: usize) -> Catalogue {
        let mut products = Vec::with_capacity(CATEGORIES.len() * PER_CATEGORY);
        for (place, category) in CATEGORIES.iter().enumerate() {
            let mut chance = Chance::of(seed, Stream::Catalogue, place as u64);
            for item in 0..PER_CATEGORY {
                products.push(product(category, item, years, &mut chance));
            }
        }
        Catalogue { products, slots: (0..12).flat_map(slots_of_month).collect() }
    }

    /// A category as anybody may want it in a month (January is 0).
    pub(super) fn any_category(&self, month: usize, chance: &mut Chance) -> usize {
        usize::from(self.slots[month * SLOTS + chance.below(SLOTS as u32) as usize])
    }

    /// A product of a category: of the brand at `brand`, or of any; some sell better than others.
    pub(super) fn any_product(&self, category: usize, brand: Option<usize>, chance: &mut Chance) -> usize {
        let brand = brand.unwrap_or_else(|| chance.below(BRANDS as u32) as usize) % BRANDS;
        let kinds = NOUNS as u32;
        let kind = chance.below(kinds).min(chance.below(kinds));
        category * PER_CATEGORY + brand * NOUNS + kind as usize
    }
}

/// Whether somebody who wants a category wants it in this month too.
pub(super) fn in_season(category: usize, month: usize, chance: &mut Chance) -> bool {
    let demand = CATEGORIES[category].demand.by_month()[month];
    demand >= 100 || chance.below(100) < demand
}

fn product(category: &'static Category, item: usize, years: usize, chance: &mut Chance) -> Product {
    let (brand, kind) = (item / NOUNS, item % NOUNS);
    let (low, high) = category.price;
    // Kinds of one category cost alike with every brand; dearer brands stand later in the list.
    let step = (high - low) / NOUNS as u32;
    let plain = low + step * kind as u32 + chance.below(step);
    let newest = plain * (88 + 8 * brand as u32) / 100;
    let margin = category.margin + chance.below(9) - 4;
    let by_year = (0..years)
        .map(|year| {
            // Three per cent a year, down to a price that ends in nine.
            let price = newest * 100 / (100 + 3 * (years - 1 - year) as u32) / 10 * 10 + 9;
            (price, price * (100 - margin) / 100)
        })
        .collect();
    Product {
        id: format!("{}-{:03}", category.code, 101 + item),
        name: format!(
            "{} {} {}",
            category.brands[brand],
            MODELS[(item * 7) % PER_CATEGORY],
            category.nouns[kind]
        ),
        category,
        brand: category.brands[brand],
        by_year,
    }
}

fn slots_of_month(month: usize) -> Vec<u8> {
    let weights: Vec<u32> =
        CATEGORIES.iter().map(|category| category.popularity * category.demand.by_month()[month]).collect();
    let total: u32 = weights.iter().sum();
    let mut slots = Vec::with_capacity(SLOTS);
    let mut upto = 0;
    for (category, weight) in weights.iter().enumerate() {
        upto += weight;
        let end = (u64::from(upto) * SLOTS as u64 / u64::from(total)) as usize;
        slots.resize(end, category as u8);
    }
    slots
}
