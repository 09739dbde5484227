//! Compares the customers of a base with one another.

use super::rows::{Rows, Sides, Wanted, rows};
use super::target::{Kind, Target};
use crate::criteria::{LeftOut, Searched, Table, Why, search};
use crate::deals::{self, Class, Limits, Plan, gather, judge};
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::features::{Features, compute};
use crate::progress::Watch;
use crate::segmentations::{self, BASE_CYCLE_DAYS, Labels, run};
use model::calendar::AsOf;
use model::criteria::{CriteriaError, Settings};
use model::parallel;
use std::collections::BTreeMap;

/// What is asked.
#[derive(Clone)]
pub struct Asked {
    pub target: &'static Target,
    /// Attributes that shall be no condition.
    pub without: Vec<String>,
    pub search: Settings,
    /// How deals are classed, for `a_deals`.
    pub deals: Plan,
    /// How lifetime value is worked out, for `high_ltv`.
    pub ltv: run::Asked,
}

/// What came out.
pub struct Compared {
    /// Why there could be no search, where there was none.
    pub searched: Result<Searched, CriteriaError>,
    /// Customers in the target, and those they are compared with.
    pub counts: (u64, u64),
    /// Of `repeat`: customers who are not compared because they first ordered less than a repeat cycle
    /// ago, and that cycle in days.
    pub too_recent: Option<(u64, i32)>,
    /// What facts of one customer do not decide.
    pub(super) decided: Decided,
}

/// What the whole base decides of its customers' sides.
#[derive(Default)]
pub(super) struct Decided {
    /// Per bucket, whether each customer is in the highest tier.
    vip: Vec<Vec<bool>>,
    classes: BTreeMap<String, Class>,
    /// The base's repeat cycle.
    cycle_days: Option<i32>,
}

impl Decided {
    pub(super) fn sides<'a>(&'a self, bucket: usize, asked: &'a Asked, as_of: AsOf) -> Sides<'a> {
        let vip = self.vip.get(bucket).map_or(&[][..], Vec::as_slice);
        let (kind, classes) = (asked.target.kind, &self.classes);
        let came_by = self.cycle_days.map(|days| as_of.0.plus(-days));
        Sides { kind, as_of, vip, classes, came_by, without: &asked.without }
    }
}

/// Searches what sets the customers of a target apart from those they are compared with.
///
/// One pass over the facts; of each customer eight bytes per attribute are held, and one column at a
/// time beside the search's own bounded memory.
///
/// # Errors
/// A fact file cannot be read.
pub fn compare(
    facts: &FactSet,
    asked: &Asked,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Compared, FactError> {
    let decided = decide(facts, asked, as_of, threads, watch)?;
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        rows(facts, bucket, &decided.sides(bucket, asked, as_of), Wanted::Compared)
    });
    let (mut table, mut target) = (Table::default(), Vec::new());
    let mut named: BTreeMap<String, Why> = BTreeMap::new();
    let mut too_recent = 0;
    for bucket in buckets {
        let Rows { table: own, sides, left_out, too_recent: recent, .. } = bucket?;
        too_recent += recent;
        table.append(own);
        target.extend(sides.into_iter().map(|side| side == Some(true)));
        named.extend(left_out);
    }
    let positives = target.iter().filter(|&&is| is).count() as u64;
    let counts = (positives, target.len() as u64 - positives);
    let mut searched = search(table.rows(), table.into_columns(), &target, &target, &asked.search, threads);
    if let Ok(searched) = &mut searched {
        searched.left_out.extend(named.into_iter().map(|(attribute, why)| LeftOut { attribute, why }));
        searched.left_out.sort_by(|a, b| a.attribute.cmp(&b.attribute));
    }
    let too_recent = decided.cycle_days.map(|days| (too_recent, days)).filter(|&(count, _)| count > 0);
    Ok(Compared { searched, counts, too_recent, decided })
}

fn decide(
    facts: &FactSet,
    asked: &Asked,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Decided, FactError> {
    match asked.target.kind {
        Kind::HighLtv => {
            Ok(Decided { vip: vips(facts, asked, as_of, threads, watch)?, ..Decided::default() })
        }
        Kind::ADeals => {
            Ok(Decided { classes: classes(facts, &asked.deals, as_of, threads)?, ..Decided::default() })
        }
        Kind::Repeat => {
            Ok(Decided { cycle_days: cycle_days(facts, as_of, threads, watch)?, ..Decided::default() })
        }
        Kind::Buyers | Kind::Won => Ok(Decided::default()),
    }
}

/// The repeat cycle of the base in whole days, as `stage` finds it; `None` where nobody came back.
fn cycle_days(
    facts: &FactSet,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Option<i32>, FactError> {
    let stage = segmentations::find("stage").expect("it is in the list");
    let asked = [run::Asked::new(stage, []).expect("default settings are known")];
    let question = run::question(&asked, as_of).expect("default settings can be used");
    let features: Vec<Features> = compute(facts, &question, threads, watch)?;
    let fits = run::run(&asked, &question, &features, threads).fits;
    Ok(fits[0].number(BASE_CYCLE_DAYS).map(|days| days.ceil() as i32))
}

/// Whether each customer is in the highest tier of lifetime value, bucket by bucket in order of id:
/// the order in which customers are visited.
fn vips(
    facts: &FactSet,
    asked: &Asked,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Vec<bool>>, FactError> {
    let asked = [asked.ltv.clone()];
    let question = run::question(&asked, as_of).expect("settings are checked before they are asked for");
    let features: Vec<Features> = compute(facts, &question, threads, watch)?;
    let outcome = run::run(&asked, &question, &features, threads);
    let tier = |columns: &Vec<segmentations::LabelColumn>| {
        let tier = columns.iter().find(|column| column.name == "ltv_tier");
        let is_vip = |labels: &Labels| (0..labels.len()).map(|row| labels.name(row) == Some("vip")).collect();
        tier.map_or_else(Vec::new, |column| is_vip(&column.labels))
    };
    Ok(outcome.labels.iter().map(tier).collect())
}

/// The customers of the deals looked at with the best class of each.
fn classes(
    facts: &FactSet,
    plan: &Plan,
    as_of: AsOf,
    threads: usize,
) -> Result<BTreeMap<String, Class>, FactError> {
    let gathered = gather(facts, as_of, plan.deals, threads)?;
    let limits = Limits::of(&gathered.closed, plan);
    let mut best: BTreeMap<String, Class> = BTreeMap::new();
    for deal in gathered.closed {
        let judged: deals::Judged = judge::judge(deal, &limits);
        let Some(id) = judged.deal.customer_id else { continue };
        let class = best.entry(id).or_insert(judged.class);
        *class = judged.class.min(*class);
    }
    Ok(best)
}
