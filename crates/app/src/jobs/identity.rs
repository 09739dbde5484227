//! Who is one person under several ids: finding, linking, unlinking.

use super::explain::ids_of;
use super::interests::is_known;
use crate::base::Base;
use crate::clock;
use anyhow::{Result, bail};
use engine::identity::point_of;
use model::base::ContactField;
use model::identity::{Entry, Found, Links, NewEntry, Point, Why, find as find_points};
use std::collections::{BTreeMap, BTreeSet};
use store::Brought;

/// Contacts that are read at a time.
const PAGE_CONTACTS: i64 = 50_000;
/// Contacts that are compared with each other; each takes some hundred bytes.
const POINTS_MAX: usize = 20_000_000;
/// Contacts of a base up to which a look at all of them after an import is not felt.
const GLANCE_CONTACTS_MAX: i64 = 100_000;

/// What a search found.
pub struct Search {
    pub found: Found,
    /// What was linked before.
    pub links: Links,
    version: i64,
}

/// What was written down.
pub struct Done {
    /// Number of the step; `None` where there was nothing to say.
    pub step: Option<i64>,
    /// Ids that were linked or taken out.
    pub ids: usize,
    pub links: Links,
}

/// Looks for ids that share a contact.
pub fn find(base: &Base) -> Result<Search> {
    let version = base.wait(base.store.version())?;
    let links = base.links()?;
    let mut points = points(base)?;
    points.sort_unstable();
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for shared in points.chunk_by(|a, b| (a.kind, &a.value) == (b.kind, &b.value)) {
        if shared.iter().any(|point| point.customer_id != shared[0].customer_id) {
            ids.extend(shared.iter().flat_map(|point| links.person(&point.customer_id)));
        }
    }
    let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
    let birthdays: BTreeMap<String, String> = base.wait(base.store.values(ContactField::Birthday, &ids))?;
    Ok(Search { found: find_points(points, &birthdays, &links), links, version })
}

/// The same after an import, where the base is small enough for nobody to notice: how many ids would
/// be linked.
pub fn glance(base: &Base) -> Result<usize> {
    if !base.wait(base.store.has_few_contacts(GLANCE_CONTACTS_MAX))? {
        return Ok(0);
    }
    Ok(find(base)?.found.proposals.len())
}

/// The current contacts of all customers that can be compared.
fn points(base: &Base) -> Result<Vec<Point>> {
    let mut points = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = base.wait(base.store.contact_points(after.as_deref(), PAGE_CONTACTS))?;
        let Some(last) = page.last() else { return Ok(points) };
        after = Some(last.customer_id.clone());
        for of_field in page.chunk_by(|a, b| (&a.customer_id, a.field) == (&b.customer_id, b.field)) {
            points.extend(current(of_field));
        }
        if points.len() > POINTS_MAX {
            bail!("the base has more than {POINTS_MAX} e-mails and phones, too many to be compared");
        }
    }
}

/// The newest of a customer's values of a field, with the first import that brought it.
fn current(brought: &[Brought]) -> Option<Point> {
    let newest = brought.last()?;
    let first = brought.iter().find(|one| one.value == newest.value)?;
    let (kind, value) = point_of(&newest.customer_id, newest.field, &newest.value)?;
    Some(Point { kind, value, customer_id: newest.customer_id.clone(), import: first.import })
}

/// Links all ids that were found.
pub fn link_found(base: &Base) -> Result<Done> {
    let _lock = base.lock()?;
    let search = find(base)?;
    let said = search.found.proposals.into_iter().map(|proposal| proposal.link).collect();
    say(base, said, Some(search.version))
}

/// Links customers by hand, each named by id, e-mail or phone: the first is the main one.
pub fn link(base: &Base, customers: &[String]) -> Result<Done> {
    let _lock = base.lock()?;
    let ids = customers.iter().map(|customer| id_of(base, customer)).collect::<Result<Vec<_>>>()?;
    let Some((main, others)) = ids.split_first().filter(|(_, others)| !others.is_empty()) else {
        bail!("a link takes two customers or more, the main one first: `dolka identity link MAIN OTHER`");
    };
    let links = base.links()?;
    let mut said = Vec::new();
    for id in others.iter().filter(|id| links.main_of(id) != links.main_of(main)) {
        let main_id = Some(main.clone());
        said.push(NewEntry { customer_id: id.clone(), main_id, why: Why::Hand, rests_on: None });
    }
    say(base, said, None)
}

/// Takes customers out of their persons.
pub fn unlink(base: &Base, customers: &[String]) -> Result<Done> {
    let _lock = base.lock()?;
    let links = base.links()?;
    let mut said = Vec::new();
    for customer in customers {
        if links.person(customer).len() < 2 {
            bail!("`{customer}` is linked to nobody; `dolka identity` lists all links");
        }
        let customer_id = customer.clone();
        said.push(NewEntry { customer_id, main_id: None, why: Why::Hand, rests_on: None });
    }
    say(base, said, None)
}

/// Takes back all that a step said; how many ids that were.
pub fn undo(base: &Base, step: i64) -> Result<u64> {
    let _lock = base.lock()?;
    base.wait(base.store.undo_links(step, clock::now()))
}

/// All that was ever said, oldest first.
pub fn history(base: &Base) -> Result<Vec<Entry>> {
    base.wait(base.store.links())
}

fn say(base: &Base, said: Vec<NewEntry>, based_on: Option<i64>) -> Result<Done> {
    let step = match said.is_empty() {
        true => None,
        false => Some(base.wait(base.store.add_links(&said, based_on, clock::now()))?),
    };
    Ok(Done { step, ids: said.len(), links: base.links()? })
}

/// The one id that a person means.
fn id_of(base: &Base, customer: &str) -> Result<String> {
    let (facts, _) = base.facts_of_ids()?;
    let mut known: Vec<String> = Vec::new();
    for id in ids_of(base, customer)? {
        if is_known(&facts, &id) || !base.wait(base.store.contact(&id))?.is_empty() {
            if id == customer {
                return Ok(id);
            }
            known.push(id);
        }
    }
    known.sort_unstable();
    known.dedup();
    match &known[..] {
        [id] => Ok(id.clone()),
        [] => bail!("the base knows no customer `{customer}`; `dolka features orders` lists all"),
        several => bail!("`{customer}` is of several ids: {}; name them", several.join(", ")),
    }
}
