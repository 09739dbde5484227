//! What customers are likely to want next: tags by purchases, by relation, and by hand.

use super::explain::ids_of;
use super::segment::moment;
use crate::base::Base;
use crate::clock;
use anyhow::{Result, bail};
use engine::import::names::did_you_mean;
use engine::interests::{Interests, Of, Question, interests};
use engine::outputs::{CsvOptions, Format, Output};
use engine::progress::Watch;
use model::base::ContactField;
use model::calendar::{AsOf, Day};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::Tag;

/// What is asked for.
pub struct Wanted {
    pub as_of: Option<Day>,
    pub of: Of,
    pub half_life_days: f64,
    pub threshold: f64,
    pub related: bool,
    /// Categories that satisfy, with the days until they are replaced.
    pub satisfied: BTreeMap<String, i32>,
}

/// The tags of a base as of a moment.
pub struct Tagged {
    pub as_of: AsOf,
    pub interests: Interests,
    /// What is shown for customer ids that are digests.
    pub originals: BTreeMap<String, String>,
}

/// Works out the tags of all customers.
pub fn tagged(base: &Base, wanted: Wanted, threads: usize, watch: &dyn Watch) -> Result<Tagged> {
    let (facts, _) = base.facts()?;
    let as_of = moment(&facts, wanted.as_of)?;
    let by_hand = if wanted.of == Of::Category { base.tags_by_hand()? } else { BTreeMap::new() };
    let question = Question {
        of: wanted.of,
        half_life_days: wanted.half_life_days,
        threshold: wanted.threshold,
        related: wanted.related,
        satisfied: wanted.satisfied,
        by_hand,
        ..Question::new(as_of)
    };
    let interests = interests(&facts, &question, threads, watch)?;
    let digests = interests.customers.iter().map(|(id, _)| id.to_owned());
    let digests: Vec<String> = digests.filter(|id| engine::import::clean::is_digest(id)).collect();
    let originals = if digests.is_empty() {
        BTreeMap::new()
    } else {
        base.wait(base.store.values(ContactField::Key, &digests))?
    };
    Ok(Tagged { as_of, interests, originals })
}

impl Tagged {
    /// What is shown for a customer.
    pub fn shown<'a>(&'a self, id: &'a str) -> &'a str {
        self.originals.get(id).map_or(id, String::as_str)
    }

    /// The place of a category that a user named.
    pub fn place(&self, category: &str) -> Result<usize> {
        let known = || self.interests.categories.iter().map(String::as_str);
        match self.interests.place(category) {
            Some(place) => Ok(place),
            None => bail!("nobody has bought anything of `{category}`{}", did_you_mean(category, known())),
        }
    }

    /// Writes one row per customer with a tag, one column per category: the weight where the tag
    /// holds. Gives the number of rows.
    pub fn to_file(&self, path: &Path, format: Format, csv: &CsvOptions) -> Result<u64> {
        let batch = self.interests.table(&|id| self.shown(id).to_owned())?;
        let mut output = Output::to_file(path, format, batch.schema(), csv)?;
        output.write(&batch)?;
        Ok(output.finish()?)
    }
}

/// Says by hand that a customer has a tag, or has it not; or takes back what was said.
pub fn tag(base: &Base, customer: &str, tag: &str, said: Said) -> Result<String> {
    let links = base.links()?;
    let main = |id: String| links.main_of(&id).to_owned();
    let known: BTreeSet<String> = ids_of(base, customer)?.into_iter().map(main).collect();
    let (facts, _) = base.facts()?;
    let id = known.into_iter().find(|id| is_known(&facts, id));
    let Some(id) = id else { bail!("the base knows no customer `{customer}`") };
    match said {
        Said::Forget => forget(base, &links.person(&id), tag)?,
        Said::Holds { holds, until } => {
            let tag =
                Tag { customer_id: id.clone(), tag: tag.to_owned(), holds, until, set_at: clock::now() };
            base.wait(base.store.set_tag(&tag))?;
        }
    }
    Ok(id)
}

/// Takes back what was said of any id of a person.
fn forget(base: &Base, ids: &[&str], tag: &str) -> Result<()> {
    let mut missing = None;
    let mut forgotten = false;
    for id in ids {
        match base.wait(base.store.forget_tag(id, tag)) {
            Ok(()) => forgotten = true,
            Err(error) if matches!(error.downcast_ref(), Some(store::Error::NotFound { .. })) => {
                missing = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    missing.filter(|_| !forgotten).map_or(Ok(()), Err)
}

/// What is said of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Holds { holds: bool, until: Option<Day> },
    Forget,
}

/// Whether any fact of a base is of a customer.
pub(super) fn is_known(facts: &engine::facts::FactSet, id: &str) -> bool {
    let bucket = engine::facts::bucket::bucket_of(id);
    let newest = AsOf(Day(i32::MAX));
    let mut found = false;
    let visited = engine::scan::visit_customers(facts, bucket, newest, Default::default(), &mut |customer| {
        found |= customer.id == id;
    });
    found && visited.is_ok()
}
