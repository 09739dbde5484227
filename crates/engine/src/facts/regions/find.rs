//! The places of a customer.

use super::{PlaceKey, Regions, fold, fold_zip};
use std::collections::BTreeMap;

/// Where a customer is, as the customer's attributes say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts<'a> {
    pub zip: Option<&'a str>,
    pub city: Option<&'a str>,
    pub region: Option<&'a str>,
    pub country: Option<&'a str>,
}

impl Whereabouts<'_> {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Whereabouts::default()
    }

    /// In words: the city, the region and the country, or else the postal code.
    pub fn said(&self) -> String {
        let names: Vec<&str> = [self.city, self.region, self.country].into_iter().flatten().collect();
        if names.is_empty() { self.zip.unwrap_or_default().to_owned() } else { names.join(", ") }
    }
}

/// What a customer says, folded.
struct Folded {
    zip: String,
    city: String,
    region: String,
    country: String,
}

impl Regions {
    /// What is known of a customer's places, by attribute: of each the word of the most specific
    /// place that says it. A place by postal code comes first, then the longest beginning of one, city,
    /// region, country.
    ///
    /// Of several places of one name those that disagree with the customer on the region or the country
    /// are none of them; of the rest the one that agrees on the most; where that are two, none.
    pub fn of(&self, at: &Whereabouts<'_>) -> BTreeMap<&str, &str> {
        let text = |text: Option<&str>| fold(text.unwrap_or_default());
        let said = Folded {
            zip: fold_zip(at.zip.unwrap_or_default()),
            city: text(at.city),
            region: text(at.region),
            country: text(at.country),
        };
        let mut known = BTreeMap::new();
        let index = &self.index;
        let mut see = |places: Option<&Vec<usize>>, with_region: bool| {
            let places = places.map_or(&[][..], Vec::as_slice);
            let Some(key) = one_of(places.iter().map(|&place| &index.keys[place]), &said, with_region) else {
                return;
            };
            for (name, value) in self.places.get(key).into_iter().flat_map(|place| &place.attributes) {
                known.entry(name.as_str()).or_insert(value.as_str());
            }
        };
        if !said.zip.is_empty() {
            see(index.zips.get(&said.zip), false);
            let ends: Vec<usize> =
                said.zip.char_indices().map(|(at, _)| at).skip(1).chain([said.zip.len()]).collect();
            let (least, most) = index.beginnings.unwrap_or((1, 0));
            for letters in (least.max(1)..=most.min(ends.len())).rev() {
                see(index.zips.get(&format!("{}*", &said.zip[..ends[letters - 1]])), false);
            }
        }
        if !said.city.is_empty() {
            see(index.cities.get(&said.city), true);
        }
        if !said.region.is_empty() {
            see(index.regions.get(&said.region), false);
        }
        if !said.country.is_empty() {
            see(index.countries.get(&said.country), false);
        }
        known
    }
}

/// The place among those of one name that is the customer's.
fn one_of<'a>(
    places: impl Iterator<Item = &'a PlaceKey>,
    said: &Folded,
    with_region: bool,
) -> Option<&'a PlaceKey> {
    let mut best: Option<(u32, &PlaceKey)> = None;
    let mut tied = false;
    for key in places {
        let country = agreement(&said.country, [&key.country, &key.country_code]);
        let region =
            if with_region { agreement(&said.region, [&key.region, &key.region_code]) } else { Some(0) };
        let (Some(country), Some(region)) = (country, region) else { continue };
        let agreed = country + region;
        match best {
            Some((most, _)) if agreed < most => {}
            Some((most, _)) if agreed == most => tied = true,
            _ => (best, tied) = (Some((agreed, key)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, key)| key)
}

/// 1 where both say the same, 0 where one says nothing, `None` where they disagree.
fn agreement(said: &str, names: [&String; 2]) -> Option<u32> {
    let silent = said.is_empty() || names.iter().all(|name| name.is_empty());
    if silent {
        return Some(0);
    }
    names.iter().any(|name| *name == said).then_some(1)
}
