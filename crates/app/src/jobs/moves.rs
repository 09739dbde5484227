//! Follows customers from one day to another, whatever days they are: all of it comes from facts.

use super::explain::{find, place_of, reasons_of};
use super::rules::{self, WrongUsage};
use super::segment::{self, Cut, originals_of};
use crate::base::Base;
use anyhow::{Context, Result, bail};
use engine::facts::FactSet;
use engine::import::names::did_you_mean;
use engine::moves::{Counted, Happening, Moves, NOT_YET_KNOWN, State, chain, happened, wanted};
use engine::outputs::{CsvOptions, Format, RecordBatch, write_file};
use engine::profile::Division;
use engine::progress::Watch;
use engine::segmentations::Reason;
use engine::segmentations::run::Asked;
use model::calendar::{AsOf, Day};
use std::path::Path;

/// Days between two moments of which only the later one was named: a quarter is long enough for most to
/// have had a reason to come back, and short enough to do something about what is seen.
pub const USUAL_DAYS: i32 = 90;

/// The days that are looked at, as typed.
#[derive(Clone, Debug, Default)]
pub struct Days {
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub also: Vec<Day>,
}

/// A base followed from day to day.
pub struct Followed {
    /// Oldest first, two or more.
    pub states: Vec<State>,
    /// From each state to the next.
    pub steps: Vec<Moves>,
    /// The moves that the method wants, and those it does not, of each step.
    pub wanted: Vec<Vec<Counted>>,
    /// What is to be known of the days and the method.
    pub notices: Vec<String>,
}

/// One customer on the way.
pub struct Way {
    pub customer: String,
    /// Day, segment and its reasons, oldest first.
    pub stands: Vec<Stand>,
    /// What happened after each stand and up to the next.
    pub between: Vec<Vec<Happening>>,
    pub notices: Vec<String>,
}

/// Where a customer stood at the end of a day.
pub struct Stand {
    pub day: Day,
    pub segment: String,
    /// None where the customer was not known yet.
    pub reasons: Vec<Reason>,
}

/// The days that were named, oldest first, and those that were not.
///
/// # Errors
/// Days without facts, or in the wrong order.
pub fn days(facts: &FactSet, asked: &Days) -> Result<Vec<Day>> {
    let to = segment::moment(facts, asked.to)?.0;
    let first = facts.first_day().unwrap_or(to);
    let half = to.since(first) / 2;
    let from = segment::moment(facts, Some(asked.from.unwrap_or(to.plus(-USUAL_DAYS.min(half)))))?.0;
    if from >= to {
        bail!(WrongUsage(format!("`--from {from}` is not before `--to {to}`: nothing can have moved")));
    }
    if let Some(outside) = asked.also.iter().find(|&&day| day <= from || day >= to) {
        bail!(WrongUsage(format!("`--also {outside}` should lie between {from} and {to}")));
    }
    let mut days: Vec<Day> = asked.also.iter().copied().chain([from, to]).collect();
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// Follows all customers.
///
/// # Errors
/// As [`days`]; a base that cannot be read; rules that cannot be used.
pub fn follow(
    base: &Base,
    name: &str,
    asked: &[Asked],
    wanted_days: &Days,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Followed> {
    let (mut facts, _) = base.facts()?;
    let days = days(&facts, wanted_days)?;
    let mut notices = Vec::new();
    let mut states = Vec::with_capacity(days.len());
    for &day in &days {
        let (cut, odd) = cut_at(base, &mut facts, asked, day, threads, watch)?;
        states.push(state_of(&cut, name)?);
        notices = odd.into_iter().chain(cut.notice).collect();
    }
    let about = asked.iter().map(|one| one.segmentation.about()).find(|about| about.name == name);
    let steps = chain(&states, threads)?;
    let wanted = steps.iter().map(|step| about.map_or_else(Vec::new, |about| wanted(about, step))).collect();
    notices.extend(anew(name));
    Ok(Followed { states, steps, wanted, notices })
}

/// The base cut as of a day, with what is odd about rules.
fn cut_at(
    base: &Base,
    facts: &mut FactSet,
    asked: &[Asked],
    day: Day,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Cut, Vec<String>)> {
    // Tags are of a moment, so every day is handed its own.
    facts.hand_nothing();
    let odd = rules::prepare(base, facts, asked, AsOf(day), threads, watch)?;
    Ok((segment::cut(facts, asked.to_vec(), &[], AsOf(day), threads, watch)?, odd))
}

/// What is kept of a base that was cut.
///
/// # Errors
/// A method without named segments.
pub fn state_of(cut: &Cut, name: &str) -> Result<State> {
    let division = Division::new(name, &cut.asked, &cut.features, &cut.outcome)?;
    Ok(State::of(&division, cut.as_of.0))
}

/// What is to be known of a method that finds its segments anew every time.
fn anew(name: &str) -> Option<String> {
    (name == "clusters").then(|| {
        "clusters are found anew as of every day: what has the same number need not be the same group"
            .to_owned()
    })
}

/// Follows one customer, named by id, e-mail or phone.
///
/// # Errors
/// A customer that the base does not know; as [`follow`].
pub fn way(
    base: &Base,
    customer: &str,
    name: &str,
    asked: &[Asked],
    wanted_days: &Days,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Way> {
    let (mut facts, _) = base.facts()?;
    let days = days(&facts, wanted_days)?;
    let (mut stands, mut notices) = (Vec::new(), Vec::new());
    let mut id: Option<String> = None;
    // The newest day first: the customer is known by then if at all.
    for &day in days.iter().rev() {
        let (cut, odd) = cut_at(base, &mut facts, asked, day, threads, watch)?;
        let place = match &id {
            None => Some(find(base, customer, &cut)?),
            Some(id) => place_of(&cut, &[id.as_str()]),
        };
        let Some((bucket, row)) = place else {
            stands.push(Stand { day, segment: NOT_YET_KNOWN.to_owned(), reasons: Vec::new() });
            continue;
        };
        if id.is_none() {
            notices = odd.into_iter().chain(cut.notice.clone()).collect();
            id = Some(cut.features[bucket].customer_ids().value(row).to_owned());
        }
        let division = Division::new(name, &cut.asked, &cut.features, &cut.outcome)?;
        let segment = division.names()[usize::from(division.codes(bucket).get(row))].clone();
        let explained = reasons_of(&facts, &cut, (bucket, row))?.into_iter();
        let reasons = explained.filter(|one| one.segmentation == name).flat_map(|one| one.reasons).collect();
        stands.push(Stand { day, segment, reasons });
    }
    stands.reverse();
    notices.extend(anew(name));
    let customer = id.with_context(|| format!("the base knows no customer `{customer}`"))?;
    let between = days.windows(2).map(|pair| happened(&facts, &customer, pair[0], pair[1]));
    let between = between.collect::<Result<_, _>>()?;
    Ok(Way { customer, stands, between, notices })
}

impl Followed {
    /// One row per customer with the segment at every day, of those who went from one segment to another.
    ///
    /// # Errors
    /// A segment that does not exist.
    pub fn customers(&self, base: &Base, from: Option<&str>, to: Option<&str>) -> Result<RecordBatch> {
        let (Some(first), Some(last)) = (self.states.first(), self.states.last()) else {
            bail!("there is no day to look at");
        };
        let before = || first.names.iter().map(String::as_str).chain([NOT_YET_KNOWN]);
        known("--moved-from", from, before().collect())?;
        known("--moved-to", to, last.names.iter().map(String::as_str).collect())?;
        let chosen = engine::moves::Chosen { from, to };
        let originals = originals_of(base, last.customer_ids().collect())?;
        Ok(engine::moves::table(&self.states, chosen, &originals)?)
    }
}

/// Whether a segment that was typed exists.
fn known(option: &str, typed: Option<&str>, names: Vec<&str>) -> Result<()> {
    match typed {
        Some(wrong) if !names.contains(&wrong) => bail!(WrongUsage(format!(
            "`{option} {wrong}`: there is no such segment; there are {}{}",
            names.join(", "),
            did_you_mean(wrong, names.iter().copied())
        ))),
        _ => Ok(()),
    }
}

/// Writes customers to a file; gives the number of rows.
pub fn to_file(rows: RecordBatch, path: &Path, options: &CsvOptions) -> Result<u64> {
    let schema = rows.schema();
    Ok(write_file(path, Format::from_path(path)?, &schema, [rows], options)?)
}
