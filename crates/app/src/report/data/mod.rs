//! What a report is made of: plain values, worked out by the engine, without a word of any
//! language. Shares and averages that follow from them are worked out where they are shown.

mod changes;
mod foresight;
mod groups;
mod judged;
mod market;
mod sales;

pub use changes::{Changes, CountedMove, Flow, FlowMove};
use engine::portraits::Portraits;
pub use foresight::{
    Error, FrequencyCheck, Interest, InterestPair, Interests, Prediction, PredictionCheck, Standing,
    WeekCheck,
};
pub use groups::{
    AttributeCut, AttributeValue, Attributes, Cluster, ClusterChoice, Clusters, Nest, RuleSegment, Usual,
};
pub use judged::{Dealt, Figure, HiddenNeed, Judged, Origin, Origins, ReachedBy, Targets, Worry};
pub use market::{CompetitorSeen, Market, MarketCriterion, MarketValue, WhiteSpot};
use model::base::{FactKind, ImportCounts};
use model::calendar::{Day, PeriodWindow};
use model::money::Money;
pub use sales::{
    Committee, DealClass, DealCriterion, DealSearch, DealVerdict, Deals, Effort, EffortChannel, EffortDrain,
    EffortSegment, Happened, Readiness, ReadinessStep,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that one report shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportData {
    /// Name of the shop, if the user gave one.
    pub name: Option<String>,
    /// The moment everything is as of: the end of this day.
    pub as_of: Day,
    /// IANA name of the zone in which days are counted.
    pub zone: String,
    /// ISO 4217 code of all money below; empty where the base has none.
    pub currency: String,
    pub totals: Totals,
    /// Calendar months from the first with an order or a return to the one of `as_of`, none left out.
    pub months: Vec<MonthTotals>,
    pub rfm: Option<Rfm>,
    pub abc_xyz: Option<AbcXyz>,
    pub ltv: Option<Ltv>,
    pub stages: Option<Stages>,
    /// Retail, small wholesale, wholesale; `None` where it was not asked for.
    pub volume: Option<Vec<VolumeGroup>>,
    /// Ascending by month; `None` where it was not asked for.
    pub cohorts: Option<Vec<Cohort>>,
    /// Categories with the most money, descending; empty where the files name none.
    pub categories: Vec<Goods>,
    /// Products with the most money, descending; empty where the files name none.
    pub products: Vec<Goods>,
    pub files: Vec<FileCounts>,
    pub notes: Vec<Note>,
    /// Deals, leads and touches.
    #[serde(default, skip_serializing_if = "Happened::is_empty")]
    pub happened: Happened,
    /// `None` where nothing has happened but orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Readiness>,
    /// `None` where nobody has ordered on a second day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prediction: Option<Prediction>,
    /// `None` where nothing names a category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interests: Option<Interests>,
    /// `None` where no attribute tells customers apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
    /// `None` where there are too few customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Clusters>,
    /// `None` where no deal is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deals: Option<Deals>,
    /// `None` where nobody's effort can be held against what they bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
    /// Segments by rules of one's own, in their order; empty where none were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleSegment>,
    /// `None` where there is too little history to look back on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
    /// Segmentations that were judged, in the order of the method; empty where none was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judged: Vec<Judged>,
    /// `None` where nobody orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Targets>,
    /// Segments of one segmentation each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub portraits: Vec<Portraits>,
    /// Attributes that people have put into groups, by name of the group.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, String>,
    /// What cards are made of, by segmentation and segment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cards: BTreeMap<String, BTreeMap<String, Dealt>>,
    /// What segments hardly buy, largest number of missing buyers first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<HiddenNeed>,
    /// The base beside every population it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub market: Vec<Market>,
    /// Notes on competitors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competitors: Vec<CompetitorSeen>,
    /// `None` where nothing says where customers come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origins: Option<Origins>,
    /// Settings of segmentations that differ from the defaults.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<OwnSetting>,
}

/// The base as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Customers of the base, those without an order too.
    pub customers: u64,
    /// Customers with an order.
    pub buyers: u64,
    /// Customers with two orders or more.
    pub repeat_buyers: u64,
    /// Orders, those without a customer too.
    pub orders: u64,
    /// Orders of which every line is negative.
    pub returns: u64,
    /// Net money, that without a customer too.
    pub revenue: Money,
    /// Part of `orders` that has no customer.
    pub anonymous_orders: u64,
    /// Part of `revenue` that has no customer.
    pub anonymous_revenue: Money,
    pub first_day: Option<Day>,
    pub last_day: Option<Day>,
}

/// One calendar month of the whole base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthTotals {
    /// First day of the month.
    pub month: Day,
    pub orders: u64,
    pub revenue: Money,
}

/// The base cut by recency, frequency and money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rfm {
    /// Groups per measure, 2 to 10. With 3 they are called A, B, C, otherwise 1, 2, …
    pub groups: u8,
    pub money: RfmMoney,
    /// Days back from `as_of` that count; `None` where all history counts.
    pub window_days: Option<u32>,
    /// Cells with customers, in any order.
    pub cells: Vec<RfmCell>,
    /// Named segments with customers, `no_orders` among them, in any order.
    pub names: Vec<RfmName>,
    /// What each group of each measure holds; an empty group has no cut. None at all where cuts are
    /// made per category.
    pub cuts: Vec<Cut>,
}

/// What M counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfmMoney {
    Total,
    AverageOrder,
}

/// One cell of R × F × M. Groups count from 1, the worst, to `groups`, the best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmCell {
    pub r: u8,
    pub f: u8,
    pub m: u8,
    pub customers: u64,
    pub orders: u64,
    pub revenue: Money,
}

/// A named segment of RFM.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmName {
    /// Stable name, such as `champions`.
    pub name: String,
    pub customers: u64,
    pub orders: u64,
    pub revenue: Money,
    /// Median days since the last order; `None` for `no_orders`.
    pub median_recency_days: Option<f64>,
    /// Net money divided by orders; `None` for `no_orders`.
    pub average_order: Option<Money>,
    /// What settings say to do with it, in place of the usual.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<OwnAction>,
}

/// An action out of settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAction {
    /// The cells of the segment that it is for; none: all of them.
    pub cells: Vec<String>,
    pub action: String,
}

/// A setting that is not as usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSetting {
    pub segmentation: String,
    pub setting: String,
    pub value: String,
}

/// A measure of RFM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    Recency,
    Frequency,
    Money,
}

/// The smallest and the largest value that occur in one group of one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    pub measure: Measure,
    /// From 1, the worst.
    pub group: u8,
    /// Days, orders, or money in 1/10 000.
    pub from: i64,
    pub to: i64,
}

/// Customers by their money and by how evenly they buy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AbcXyz {
    pub window: PeriodWindow,
    /// Where A ends and where B ends, as shares of revenue: 0.8, 0.95.
    pub abc_limits: [f64; 2],
    /// Where X ends and where Y ends, as coefficients of variation: 0.10, 0.25.
    pub xyz_limits: [f64; 2],
    /// Cells with customers, in any order.
    pub cells: Vec<AbcXyzCell>,
    /// Points of the Pareto curve, ascending; at most about a hundred.
    pub pareto: Vec<ParetoPoint>,
}

/// One cell of ABC × XYZ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AbcXyzCell {
    /// `A`, `B` or `C`; A is best.
    pub abc: char,
    /// `X`, `Y`, `Z`, or `N`: too new to say.
    pub xyz: char,
    pub customers: u64,
    /// Net money in the window.
    pub revenue: Money,
}

/// The best `customers` customers bring `share` of the positive revenue of the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParetoPoint {
    pub customers: u64,
    /// From 0 to 1.
    pub share: f64,
}

/// What customers are worth over their lifetime.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ltv {
    pub basis: Basis,
    pub lifetime_months: f64,
    /// The values are those expected of the next 12 months, not the formula's.
    pub predicted: bool,
    /// Customers in their first 30 days, whose value is a first guess.
    pub provisional: u64,
    pub tiers: Vec<LtvTier>,
}

/// What lifetime value is counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Margin,
    Revenue,
}

/// A tier of lifetime value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LtvTier {
    /// `vip`, `standard`, `economy`, `no_orders`.
    pub name: String,
    pub customers: u64,
    pub median_ltv: Option<Money>,
    pub total_ltv: Money,
    /// What may be spent to win one such customer.
    pub acquisition_cap: Option<Money>,
}

/// How far customers have come on the way to regular buyers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stages {
    /// Repeat cycle of the base; `None` where nobody has bought on two days.
    pub cycle_days: Option<f64>,
    pub stages: Vec<Stage>,
}

/// One purchase stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// `no_contact`, `lead`, `choosing`, `refused`, `uninterested`, `one_time`, `returning`, `regular`.
    pub name: String,
    pub customers: u64,
    /// Part of `customers` that has been quiet for longer than a repeat cycle.
    pub asleep: u64,
    pub revenue: Money,
}

/// Customers by how much they take at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VolumeGroup {
    /// `retail`, `small_wholesale`, `wholesale`, `no_orders`.
    pub name: String,
    pub customers: u64,
    pub orders: u64,
    pub revenue: Money,
}

/// Customers whose first order fell in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// First day of the month.
    pub month: Day,
    pub customers: u64,
    /// By age in months; the first is the month of the first order itself.
    pub ages: Vec<CohortAge>,
}

/// One cohort in one month of its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortAge {
    /// Customers of the cohort with an order in that month.
    pub active: u64,
    pub revenue: Money,
}

/// A product or a category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goods {
    /// As the files say it.
    pub name: String,
    pub orders: u64,
    /// Known customers who have bought it.
    pub customers: u64,
    /// Net quantity in 1/10 000; `None` where the files have none.
    pub quantity: Option<i64>,
    pub revenue: Money,
}

/// How the rows of one file came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileCounts {
    pub name: String,
    pub kind: FactKind,
    pub counts: ImportCounts,
    /// Reason code and rows, the most frequent first.
    pub rejected_by: Vec<(String, u64)>,
    /// Rule and rows, the most frequent first.
    pub set_aside_by: Vec<(String, u64)>,
}

/// Something the reader must know to read the numbers right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// Under 100 buyers: cuts mean little.
    FewBuyers { buyers: u64 },
    /// Under 90 days of history: cuts mean little.
    ShortHistory { days: u64 },
    /// Equal values have left a group of a measure empty.
    EmptyGroup { measure: Measure, group: u8 },
    /// One letter of XYZ holds more than 95 % of those who can be classed.
    XyzOneLetter { letter: char, share: f64 },
    /// This share of revenue has no customer and is in no segment.
    AnonymousRevenue { share: f64 },
    /// No line has a cost: nothing can be said of margin.
    NoCosts,
    /// Costs are known for less than 95 % of revenue, so value is counted on revenue.
    CostsPartly { share: f64 },
    /// Nobody has bought on two days: the base has no repeat cycle.
    NoCycle,
    /// No whole period of ABC–XYZ has ended.
    NoWholePeriod,
    /// This share of all rows was rejected.
    ManyRejected { share: f64 },
}
