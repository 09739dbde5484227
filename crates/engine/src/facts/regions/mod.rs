//! What is known of places, put together from all imports, and the places of customers.
//!
//! A place is known by a postal code (or how codes begin), a city, a region or a country, whichever is
//! the most specific that its row says; what less specific things the row says besides must agree with
//! what a customer says. Names are equal after folding capitals and blanks, never by likeness.

mod find;
#[cfg(test)]
mod tests;

pub use find::Whereabouts;

use super::lines::PlaceRow;
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use std::collections::{BTreeMap, HashMap};

/// Places held at most: they are all in memory where customers are read, about 1 KiB each.
pub const PLACES_MAX: usize = 1_000_000;
/// How the names of attributes begin that a customer has by place.
pub const PREFIX: &str = "region.";

/// What a place is known by, folded; empty where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceKey {
    /// Ends with `*` where it is how codes begin.
    pub zip: String,
    pub city: String,
    pub region: String,
    pub region_code: String,
    pub country: String,
    pub country_code: String,
}

/// One place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its names as they were written, in the order of [`PlaceKey`].
    pub names: [Option<String>; 6],
    pub attributes: BTreeMap<String, String>,
}

/// Places by key; of several imports the newest word counts, attribute by attribute.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    places: BTreeMap<PlaceKey, Place>,
    index: Index,
}

/// Where places of each level stand in order of key.
#[derive(Clone, Debug, Default)]
struct Index {
    keys: Vec<PlaceKey>,
    zips: HashMap<String, Vec<usize>>,
    /// Letters of the shortest and the longest beginning of a code.
    beginnings: Option<(usize, usize)>,
    cities: HashMap<String, Vec<usize>>,
    regions: HashMap<String, Vec<usize>>,
    countries: HashMap<String, Vec<usize>>,
}

/// A name as it is compared.
pub fn fold(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A postal code as it is compared: blanks and dashes in it mean nothing.
pub fn fold_zip(zip: &str) -> String {
    zip.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

impl PlaceKey {
    /// The key of a row. Of a place with a postal code only the country matters besides.
    pub fn of(row: &PlaceRow<'_>) -> PlaceKey {
        let [zip, city, region, region_code, country, country_code] =
            row.names.map(|name| fold(name.unwrap_or_default()));
        let zip = fold_zip(&zip);
        let by_zip = !zip.is_empty();
        let unless = |left_out: bool, text: String| if left_out { String::new() } else { text };
        PlaceKey {
            zip,
            city: unless(by_zip, city),
            region: unless(by_zip, region),
            region_code: unless(by_zip, region_code),
            country,
            country_code,
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == PlaceKey::default()
    }
}

impl Regions {
    /// Adds the places of one file; of several files the newest must come last.
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        let text = |column: usize, row: usize| {
            let texts = batch.column(column).as_string::<i32>();
            texts.is_valid(row).then(|| texts.value(row))
        };
        for row in 0..batch.num_rows() {
            let names = [0, 1, 2, 3, 4, 5].map(|column| text(column, row));
            let (Some(name), Some(value)) = (text(6, row), text(7, row)) else { continue };
            self.say(&PlaceRow { names, attributes: vec![(name, value)] });
        }
    }

    /// Adds what a row says. [`Regions::ready`] must follow before customers are looked up.
    pub fn say(&mut self, row: &PlaceRow<'_>) {
        let place = self.places.entry(PlaceKey::of(row)).or_default();
        place.names = row.names.map(|name| name.map(str::to_owned));
        for (name, value) in &row.attributes {
            place.attributes.insert((*name).to_owned(), (*value).to_owned());
        }
    }

    /// Makes places ready to be looked up.
    pub fn ready(&mut self) {
        self.index = Index { keys: self.places.keys().cloned().collect(), ..Index::default() };
        let Index { keys, zips, beginnings, cities, regions, countries } = &mut self.index;
        for (at, key) in keys.iter().enumerate() {
            let put = |names: &mut HashMap<String, Vec<usize>>, name: &str| {
                if name.is_empty() {
                    return;
                }
                let places = names.entry(name.to_owned()).or_default();
                // A region whose name is its code stands there once.
                if places.last() != Some(&at) {
                    places.push(at);
                }
            };
            if !key.zip.is_empty() {
                put(zips, &key.zip);
                if let Some(beginning) = key.zip.strip_suffix('*') {
                    let letters = beginning.chars().count();
                    let (least, most) = beginnings.unwrap_or((letters, letters));
                    *beginnings = Some((least.min(letters), most.max(letters)));
                }
            } else if !key.city.is_empty() {
                put(cities, &key.city);
            } else if !key.region.is_empty() || !key.region_code.is_empty() {
                put(regions, &key.region);
                put(regions, &key.region_code);
            } else {
                put(countries, &key.country);
                put(countries, &key.country_code);
            }
        }
    }

    pub fn get(&self, key: &PlaceKey) -> Option<&Place> {
        self.places.get(key)
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether some place is known by its postal code.
    pub fn has_zips(&self) -> bool {
        !self.index.zips.is_empty()
    }

    /// Every place in order of key, as a row.
    pub fn rows(&self) -> impl Iterator<Item = PlaceRow<'_>> {
        self.places.values().map(|place| PlaceRow {
            names: place.names.each_ref().map(Option::as_deref),
            attributes: place
                .attributes
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
        })
    }
}
