//! Interests: what each customer is likely to want next, as tags that fade.
//!
//! A tagging, not a segmentation: a customer may have none or many. Three passes over the facts: who
//! bought which categories, who bought which two of those that are told apart, and what each customer's
//! purchases weigh.

mod purchases;
mod related;
mod tagged;
mod weigh;
mod table;

use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::progress::Watch;
use crate::scan::{Customer, Need, Texts, visit_customers};
use model::calendar::{AsOf, Day};
use model::money::SCALE;
use model::parallel;
use related::{Buyers, Together};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use tagged::TaggedCustomers;
use weigh::Weigher;

/// Categories (or brands) that are told apart at most: those with the most buyers.
pub const CATEGORIES_MAX: usize = 1_000;

/// What interests are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    #[default]
    Category,
    Brand,
}

/// What is asked of every bucket: a plain value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub as_of: AsOf,
    pub of: Of,
    /// Days after which a purchase weighs half.
    pub half_life_days: f64,
    /// Weight from which a tag holds.
    pub threshold: f64,
    /// Whether tags come by relation too.
    pub related: bool,
    /// Categories that satisfy: no interest until so many days after a purchase.
    pub satisfied: BTreeMap<String, i32>,
    /// Tags set by hand, by customer and category: whether they hold, and the last day they do.
    pub by_hand: BTreeMap<String, Vec<HandTag>>,
}

/// A tag set by hand: it wins over what purchases say, until its day or its removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandTag {
    pub category: String,
    pub holds: bool,
    pub until: Option<Day>,
}

/// Why a tag holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Set by hand.
    Hand,
    /// By purchases of the category itself.
    Purchases,
    /// By purchases of another category that is bought by the same customers.
    Relation,
}

/// A tag of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Of a tag set by hand at least 1.
    pub weight: f64,
    /// Place in [`Interests::categories`]. Half a word, since a base has many tags.
    pub category: u32,
    /// The category it comes from by relation.
    pub from: Option<u32>,
    pub why: Why,
}

/// A category that the buyers of another one buy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    pub from: String,
    pub to: String,
    /// Buyers of both.
    pub both: u64,
    /// Share of the buyers of `from` who bought `to`, and its lower bound at 95 %.
    pub confidence: f64,
    pub bound: f64,
    /// How many times more often than everybody.
    pub lift: f64,
}

/// The tags of all customers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interests {
    /// By name.
    pub categories: Vec<String>,
    /// Categories left out because there were too many.
    pub left_out: usize,
    pub relations: Vec<Relation>,
    /// Customers with a tag, by id; their tags by category.
    pub customers: TaggedCustomers,
    /// Customers who have bought of a category lately enough to want no more of it, by category.
    pub satisfied: Vec<u64>,
}

/// The tags of one category, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Customers with the tag, by [`Why`].
    pub by_why: [u64; 3],
    /// Sum of the weights.
    pub weight: f64,
}

impl HandTag {
    /// Whether it still counts at a moment.
    pub fn counts(&self, as_of: AsOf) -> bool {
        self.until.is_none_or(|until| as_of.0 <= until)
    }
}

impl Question {
    /// The defaults of the method: half-life 180 days, tags from a weight of one half.
    pub fn new(as_of: AsOf) -> Question {
        Question {
            as_of,
            of: Of::Category,
            half_life_days: 180.0,
            threshold: 0.5,
            related: true,
            satisfied: BTreeMap::new(),
            by_hand: BTreeMap::new(),
        }
    }

    /// Takes over what products say: categories that satisfy, where the question says nothing of
    /// them.
    fn with_products(mut self, facts: &FactSet) -> Question {
        for (category, (kind, days)) in facts.products.interests() {
            if kind == Some("satisfied") {
                let days = days.and_then(|days| i32::try_from(days / SCALE).ok()).unwrap_or(i32::MAX);
                self.satisfied.entry(category.to_owned()).or_insert(days);
            }
        }
        self
    }

    /// What a pass reads: of categories deals speak as well.
    fn need(&self) -> Need {
        let category = self.of == Of::Category;
        Need { category, brand: self.of == Of::Brand, events: category, ..Need::default() }
    }

    /// The texts that interests are in.
    fn texts<'a>(&self, customer: &Customer<'a>) -> Option<&'a Texts> {
        match self.of {
            Of::Category => customer.lines.categories.as_ref(),
            Of::Brand => customer.lines.brands.as_ref(),
        }
    }
}

/// Works out the tags of all customers as of the question's moment: the same on any number of
/// threads.
///
/// # Errors
/// A fact file cannot be read.
pub fn interests(
    facts: &FactSet,
    question: &Question,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Interests, FactError> {
    let question = &question.clone().with_products(facts);
    let buyers = buyers(facts, question, threads, watch)?;
    let names = question.by_hand.values().flatten().map(|tag| tag.category.as_str());
    let (categories, left_out) = buyers.categories(names);
    let relations = match question.related {
        true => together(facts, question, &categories, threads, watch)?.relations(&categories, &buyers),
        false => Vec::new(),
    };
    let weighed = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut weigher = Weigher::new(question, &categories, &relations);
        each(facts, bucket, question, &mut |customer| weigher.add(customer))?;
        watch.advance("weigh", bucket as u64 + 1, BUCKETS as u64);
        Ok(weigher.finish())
    });
    let (mut buckets, mut satisfied) = (Vec::new(), vec![0; categories.len()]);
    for bucket in weighed {
        let (tagged, waiting) = bucket?;
        buckets.push(tagged);
        satisfied.iter_mut().zip(waiting).for_each(|(all, own)| *all += own);
    }
    let customers = TaggedCustomers::of(buckets);
    Ok(Interests { categories, left_out, relations, customers, satisfied })
}

/// Counts the buyers of each category.
fn buyers(
    facts: &FactSet,
    question: &Question,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Buyers, FactError> {
    let counted = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut buyers = Buyers::default();
        each(facts, bucket, question, &mut |customer| buyers.add(question, customer))?;
        watch.advance("count", bucket as u64 + 1, BUCKETS as u64);
        Ok(buyers)
    });
    counted.into_iter().try_fold(Buyers::default(), |mut all, bucket| {
        all.join(bucket?);
        Ok(all)
    })
}

/// Counts the buyers of each two categories.
fn together(
    facts: &FactSet,
    question: &Question,
    categories: &[String],
    threads: usize,
    watch: &dyn Watch,
) -> Result<Together, FactError> {
    let places = categories.iter().zip(0..).map(|(name, place)| (name.as_str(), place)).collect();
    let counted = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut together = Together::default();
        each(facts, bucket, question, &mut |customer| together.add(question, &places, customer))?;
        watch.advance("relate", bucket as u64 + 1, BUCKETS as u64);
        Ok(together)
    });
    counted.into_iter().try_fold(Together::default(), |mut all, bucket| {
        all.join(bucket?);
        Ok(all)
    })
}

fn each(
    facts: &FactSet,
    bucket: usize,
    question: &Question,
    visit: &mut dyn FnMut(&Customer<'_>),
) -> Result<(), FactError> {
    visit_customers(facts, bucket, question.as_of, question.need(), visit)
}

impl Interests {
    /// Place of a category by its name.
    pub fn place(&self, category: &str) -> Option<usize> {
        self.categories.iter().position(|known| known == category)
    }

    /// How many customers have each tag, and what it weighs in all, by category.
    pub fn counts(&self) -> Vec<Count> {
        let mut counts = vec![Count::default(); self.categories.len()];
        for tag in self.customers.iter().flat_map(|(_, tags)| tags) {
            let count = &mut counts[tag.category as usize];
            count.by_why[tag.why as usize] += 1;
            count.weight += tag.weight;
        }
        counts
    }

    /// Whom to tell of something new in a category: customers whose tag holds, the strongest first;
    /// of equal ones in order of id.
    pub fn whom_to_tell(&self, category: usize) -> Vec<(&str, &Tag)> {
        let tagged = self.customers.iter().filter_map(|(id, tags)| {
            let tag = tags.iter().find(|tag| tag.category as usize == category)?;
            Some((id, tag))
        });
        let mut whom: Vec<(&str, &Tag)> = tagged.collect();
        whom.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| a.0.cmp(b.0)));
        whom
    }
}
