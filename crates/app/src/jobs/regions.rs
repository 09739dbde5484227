//! How many customers are in a place that the region table knows.

use anyhow::Result;
use engine::facts::FactSet;
use engine::facts::bucket::BUCKETS;
use std::collections::{BTreeMap, BTreeSet};

/// What the region table knows of customers.
pub struct Coverage {
    pub places: usize,
    /// Names of attributes that customers have by place.
    pub attributes: Vec<String>,
    /// Customers who say where they are.
    pub customers: u64,
    /// Those of them in a place that is known.
    pub covered: u64,
    /// Where the others are, the commonest first.
    pub without: Vec<(String, u64)>,
}

/// Looks at all customers.
pub fn coverage(facts: &FactSet) -> Result<Coverage> {
    let names: BTreeSet<&str> =
        facts.regions.rows().flat_map(|place| place.attributes).map(|(name, _)| name).collect();
    let attributes = names.into_iter().map(|name| format!("{}{name}", engine::facts::regions::PREFIX));
    let (mut customers, mut covered) = (0, 0);
    let mut without: BTreeMap<String, u64> = BTreeMap::new();
    for bucket in 0..BUCKETS {
        let rows = facts.own_attributes(bucket)?;
        for (_, at, _) in facts.places(bucket, &rows) {
            customers += 1;
            if facts.regions.of(&at).is_empty() {
                *without.entry(at.said()).or_default() += 1;
            } else {
                covered += 1;
            }
        }
    }
    let mut without: Vec<(String, u64)> = without.into_iter().collect();
    without.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(Coverage {
        places: facts.regions.len(),
        attributes: attributes.collect(),
        customers,
        covered,
        without,
    })
}

impl Coverage {
    /// In a sentence: `87 % of 1200 customers who say where they are have a region`.
    pub fn sentence(&self) -> String {
        /// Places that a sentence names.
        const NAMED: usize = 5;
        if self.customers == 0 {
            return "no customer says a postal code, city, region or country, so none has a region"
                .to_owned();
        }
        // Rounded down: not all is never 100 %.
        let percent = self.covered as u128 * 100 / u128::from(self.customers);
        let mut said =
            format!("{percent} % of {} customers who say where they are have a region", self.customers);
        if !self.without.is_empty() {
            let named: Vec<String> = self
                .without
                .iter()
                .take(NAMED)
                .map(|(place, count)| format!("`{place}` ({count})"))
                .collect();
            said.push_str("; the commonest places without one: ");
            said.push_str(&named.join(", "));
        }
        said
    }
}
