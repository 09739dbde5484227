//! From facts to what a report shows: one analysis, and the plain values taken from it.

mod changes;
mod beside;
mod happened;
mod counted;
mod rfm;
mod sections;
mod foresight;
mod attributes;
mod groups;
mod sales;
mod notes;

use super::data::{Cohort, CohortAge, FileCounts, Goods, MonthTotals, OwnSetting, ReportData, Totals};
pub use beside::{Beside, Foretold};
pub use changes::Changed;
use counted::Counted;
use engine::facts::{FactError, FactSet};
use engine::features::{self, Features, Question};
use engine::overview::{self, Overview, Seller};
use engine::profile::Surveyed;
use engine::progress::Watch;
use engine::segmentations::{Asked, Fit, Outcome, SettingError, run, tally};
use engine::targets::Reach;
use model::calendar::AsOf;
use model::money::Money;
use model::parallel;
use model::variation::season_indexes;

/// Everything that one pass over a base gives.
pub struct Analysis {
    pub as_of: AsOf,
    /// What the features were computed for; a common season, if asked for, is filled in.
    pub question: Question,
    /// The segmentations, as `outcome` has them.
    pub asked: Vec<Asked>,
    /// One per bucket, parallel to the labels of `outcome`.
    pub features: Vec<Features>,
    pub outcome: Outcome,
    pub overview: Overview,
    /// What the files say of customers.
    pub surveyed: Surveyed,
    /// What shows that a customer can be reached.
    pub reach: Reach,
    /// What other methods found; nothing until it is put here.
    pub beside: Beside,
    /// How many threads worked, and may work on what is taken from the analysis.
    pub threads: usize,
}

/// Why a base cannot be analysed.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// A setting that cannot be used: the user has to change it.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The base cannot be read.
    #[error(transparent)]
    Facts(#[from] FactError),
}

impl Analysis {
    /// Whether what is looked at beside goes side by side.
    pub fn side_by_side(&self) -> bool {
        side_by_side(self.overview.customers, self.threads)
    }

    /// A segmentation that was asked for, with its fit.
    fn segmentation(&self, name: &str) -> Option<(&Asked, &Fit)> {
        let mut both = self.asked.iter().zip(&self.outcome.fits);
        both.find(|(asked, _)| asked.segmentation.about().name == name)
    }

    /// Gives up the features that no section shows: of a large base they fill most of the memory, and only
    /// cutting and judging needs them. Whoever judges does so before.
    pub fn keep_shown(&mut self) {
        let mut question = Question::new(self.as_of);
        tally::ask(&mut question);
        SHOWN.into_iter().for_each(|name| question.need(name));
        if let Some((asked, _)) = self.segmentation("effort")
            && asked.segmentation.ask(&asked.settings, &mut question).is_err()
        {
            // Settings that could not be used have ended the analysis before.
            return;
        }
        self.features.iter_mut().for_each(|bucket| bucket.keep(&question.features));
    }
}

/// The features that sections look at, besides those that are added up.
const SHOWN: [&str; 3] = ["first_order_at", "recency_days", "periods_revenue"];

/// Customers with an order from which on the report asks for clusters: ten of the least size that is
/// worth a segment.
const CLUSTERED_BUYERS_MIN: usize = 300;

/// Customers up to whom parts of a report go side by side. Each part of a larger base keeps all threads busy
/// by itself, and holds so much that the next has to wait for its memory.
const SIDE_BY_SIDE_CUSTOMERS_MAX: u64 = 100_000;

/// Whether parts of a report on so many customers go side by side.
fn side_by_side(customers: u64, threads: usize) -> bool {
    threads > 1 && customers <= SIDE_BY_SIDE_CUSTOMERS_MAX
}

/// Works out features, segments and totals of a base as of a moment; the same on any number of
/// threads. The features are those that the segmentations, their tallies and the report need.
///
/// # Errors
/// A setting that cannot be used, or a fact file that cannot be read.
pub fn analyse(
    facts: &FactSet,
    asked: Vec<Asked>,
    reach: Reach,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Analysis, AnalysisError> {
    let (clusters, others): (Vec<Asked>, Vec<Asked>) = asked.into_iter().partition(are_offered_clusters);
    let mut asked = run::worth_asking(others, facts);
    asked.extend(clusters);
    let mut question = run::question(&asked, as_of)?;
    tally::ask(&mut question);
    let surveyed = engine::profile::survey(facts, threads)?;
    surveyed.telling.iter().take(attributes::ATTRIBUTES_MAX).for_each(|name| question.need_attribute(name));
    engine::profile::ask(facts, surveyed.compared(), &mut question);
    question.need("orders_365");
    reach.attributes().iter().for_each(|name| question.need_attribute(name));
    SHOWN.into_iter().for_each(|name| question.need(name));
    if question.season_from_base && question.season.is_none() {
        // Fits and labels must know the season that the features were computed with.
        let totals = features::period_totals(facts, &question, threads)?;
        question.season = Some(season_indexes(&totals));
    }
    let features = features::compute(facts, &question, threads, watch)?;
    if buyers(&features) < CLUSTERED_BUYERS_MIN {
        asked.retain(|one| !are_offered_clusters(one));
    }
    let customers = features.iter().map(|bucket| bucket.len() as u64).sum();
    let (outcome, totals) = parallel::both(
        side_by_side(customers, threads),
        || run::run_watched(&asked, &question, &features, threads, watch),
        || -> Result<_, FactError> {
            let overview = overview::overview(facts, as_of, threads, watch)?;
            Ok((overview, happened::happened(facts, as_of, threads)?))
        },
    );
    let (overview, happened) = totals?;
    let beside = Beside { happened, ..Beside::default() };
    Ok(Analysis { as_of, question, asked, features, outcome, overview, surveyed, reach, beside, threads })
}

/// Clusters that nobody named: the report asks for them where there are customers enough.
fn are_offered_clusters(asked: &Asked) -> bool {
    !asked.by_name && asked.segmentation.about().name == "clusters"
}

/// Customers with an order.
fn buyers(features: &[Features]) -> usize {
    let of = |bucket: &Features| {
        let orders = bucket.counts("orders");
        (0..bucket.len()).filter(|&row| orders.get(row).is_some_and(|orders| orders > 0)).count()
    };
    features.iter().map(of).sum()
}

/// What a report on an analysis shows. Sections of segmentations that were not asked for, or that
/// would mean nothing, are left out.
pub fn report_data(
    analysis: &Analysis,
    name: Option<String>,
    zone: &str,
    currency: Option<&str>,
    files: Vec<FileCounts>,
) -> ReportData {
    let counted = Counted::of(analysis);
    let overview = &analysis.overview;
    let mut data = ReportData {
        name,
        as_of: analysis.as_of.0,
        zone: zone.to_owned(),
        currency: currency.unwrap_or_default().to_owned(),
        totals: totals(overview),
        months: months(overview),
        rfm: rfm::rfm(analysis, &counted),
        abc_xyz: sections::abc_xyz(analysis, &counted),
        ltv: sections::ltv(analysis, &counted),
        stages: sections::stages(analysis, &counted),
        volume: sections::volume(analysis, &counted),
        cohorts: cohorts(overview),
        categories: overview.categories.iter().map(goods).collect(),
        products: overview.products.iter().map(goods).collect(),
        files,
        notes: Vec::new(),
        happened: analysis.beside.happened.clone(),
        readiness: sales::readiness(analysis, &counted),
        prediction: foresight::prediction(analysis, &counted),
        interests: foresight::interests(analysis),
        attributes: attributes::attributes(analysis),
        clusters: groups::clusters(analysis, &counted),
        deals: sales::deals(analysis),
        effort: sales::effort(analysis),
        rules: groups::rules(analysis, &counted),
        changes: changes::changes(analysis),
        judged: analysis.beside.judged.clone(),
        targets: analysis.beside.targets.clone(),
        portraits: analysis.beside.portraits.clone(),
        groups: analysis.beside.groups.clone(),
        cards: analysis.beside.cards.clone(),
        needs: analysis.beside.needs.clone(),
        market: analysis.beside.market.clone(),
        competitors: analysis.beside.competitors.clone(),
        origins: analysis.beside.origins.clone(),
        settings: analysis.asked.iter().flat_map(own_settings).collect(),
    };
    data.notes = notes::notes(analysis, &counted, &data);
    data
}

fn own_settings(asked: &Asked) -> impl Iterator<Item = OwnSetting> {
    let about = asked.segmentation.about();
    let differ = about.parameters.iter().filter(|one| asked.settings.text(one.name) != one.default);
    differ.map(|one| OwnSetting {
        segmentation: about.name.to_owned(),
        setting: one.name.to_owned(),
        value: asked.settings.text(one.name).to_owned(),
    })
}

fn totals(overview: &Overview) -> Totals {
    Totals {
        customers: overview.customers,
        buyers: overview.buyers,
        repeat_buyers: overview.repeat_buyers,
        orders: overview.orders + overview.anonymous_orders,
        returns: overview.returns + overview.anonymous_returns,
        revenue: Money(overview.revenue.0 + overview.anonymous_revenue.0),
        anonymous_orders: overview.anonymous_orders,
        anonymous_revenue: overview.anonymous_revenue,
        first_day: overview.days.map(|(first, _)| first),
        last_day: overview.days.map(|(_, last)| last),
    }
}

fn months(overview: &Overview) -> Vec<MonthTotals> {
    let months = overview.months.iter();
    months
        .map(|month| MonthTotals { month: month.first_day, orders: month.orders, revenue: month.revenue })
        .collect()
}

fn cohorts(overview: &Overview) -> Option<Vec<Cohort>> {
    let age = |&(active, revenue): &(u64, Money)| CohortAge { active, revenue };
    let cohorts = overview.cohorts.iter().map(|cohort| Cohort {
        month: cohort.first_day,
        customers: cohort.customers,
        ages: cohort.ages.iter().map(age).collect(),
    });
    (overview.buyers > 0).then(|| cohorts.collect())
}

fn goods(seller: &Seller) -> Goods {
    Goods {
        name: seller.name.clone().unwrap_or_else(|| seller.id.clone()),
        orders: seller.orders,
        customers: seller.customers,
        quantity: seller.quantity,
        revenue: seller.revenue,
    }
}
