//! What segments add up to, gathered in one pass per bucket, buckets in parallel.
//!
//! Labels are places in a list of names, so sums stand in plain tables and no text is touched.

use super::Analysis;
use engine::features::Features;
use engine::segmentations::{LabelColumn, Labels};
use model::calendar::Day;
use model::money::Money;
use model::parallel;
use model::quantiles::ValueCounts;

/// What some customers add up to. Money in 1/10 000; of many customers it may pass an `i64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) customers: u64,
    pub(super) orders: u64,
    pub(super) revenue: i128,
    /// Net money in the periods of ABC–XYZ.
    pub(super) periods_revenue: i128,
}

/// The customers of a label column, by the place of their name.
#[derive(Clone, Debug, Default)]
pub(super) struct Segments {
    pub(super) names: Vec<String>,
    pub(super) sums: Vec<Sums>,
}

/// Everything counted over all customers. Segments of columns that are not there are empty.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) rfm: Segments,
    pub(super) rfm_name: Segments,
    /// Days since the last order, by place of the RFM name.
    pub(super) recency: Vec<ValueCounts>,
    pub(super) abc_xyz: Segments,
    pub(super) tiers: Segments,
    /// Lifetime values in 1/10 000, by place of the tier.
    pub(super) ltv: Vec<ValueCounts>,
    pub(super) provisional: u64,
    pub(super) stages: Segments,
    /// Customers asleep, by place of the stage.
    pub(super) asleep: Vec<u64>,
    pub(super) volume: Segments,
    pub(super) readiness: Segments,
    pub(super) clusters: Segments,
    pub(super) rules: Segments,
    /// Customers with a line of which the cost is known.
    pub(super) costed: u64,
    /// The first order of a known customer.
    pub(super) first_order: Option<Day>,
}

impl Counted {
    pub(super) fn of(analysis: &Analysis) -> Counted {
        let (features, labels) = (&analysis.features, &analysis.outcome.labels);
        let buckets = parallel::in_order(features.len(), analysis.threads, |bucket| {
            Counted::bucket(&features[bucket], &labels[bucket])
        });
        Counted::merge(&buckets)
    }

    fn bucket(features: &Features, columns: &[LabelColumn]) -> Counted {
        let find = |name: &str| columns.iter().find(|column| column.name == name).map(|found| &found.labels);
        let customers: Vec<Sums> = sums_of(features);
        let segments =
            |name: &str| find(name).map_or_else(Segments::default, |l| Segments::of(l, &customers));
        let rows = 0..features.len();
        let recency = features.counts("recency_days");
        let margin = features.exact("margin");
        let (rfm_name, tiers, stages) = (segments("rfm_name"), segments("ltv_tier"), segments("stage"));
        let mut asleep = vec![0; stages.names.len()];
        if let (Some(Labels::Names { codes, .. }), Some(Labels::Flags(flags))) =
            (find("stage"), find("asleep"))
        {
            for (code, flag) in codes.iter().zip(flags) {
                asleep[usize::from(code)] += u64::from(*flag == Some(true));
            }
        }
        let provisional = match find("ltv_provisional") {
            Some(Labels::Flags(flags)) => flags.iter().filter(|flag| **flag == Some(true)).count() as u64,
            _ => 0,
        };
        let ltv = match find("ltv") {
            Some(Labels::Money(values)) => by_segment(find("ltv_tier"), tiers.names.len(), |row| values[row]),
            _ => Vec::new(),
        };
        Counted {
            rfm: segments("rfm"),
            recency: by_segment(find("rfm_name"), rfm_name.names.len(), |row| recency.get(row)),
            rfm_name,
            abc_xyz: segments("abc_xyz"),
            tiers,
            ltv,
            provisional,
            stages,
            asleep,
            volume: segments("volume"),
            readiness: segments("readiness"),
            clusters: segments("cluster"),
            rules: segments("rules"),
            costed: rows.clone().filter(|&row| margin.get(row).is_some()).count() as u64,
            first_order: rows.filter_map(|row| features.day("first_order_at", row)).min(),
        }
    }

    fn merge(buckets: &[Counted]) -> Counted {
        let segments = |pick: fn(&Counted) -> &Segments| {
            let mut all = Segments::default();
            buckets.iter().for_each(|bucket| all.add(pick(bucket)));
            all
        };
        let mut all = Counted {
            rfm: segments(|bucket| &bucket.rfm),
            rfm_name: segments(|bucket| &bucket.rfm_name),
            abc_xyz: segments(|bucket| &bucket.abc_xyz),
            tiers: segments(|bucket| &bucket.tiers),
            stages: segments(|bucket| &bucket.stages),
            volume: segments(|bucket| &bucket.volume),
            readiness: segments(|bucket| &bucket.readiness),
            clusters: segments(|bucket| &bucket.clusters),
            rules: segments(|bucket| &bucket.rules),
            provisional: buckets.iter().map(|bucket| bucket.provisional).sum(),
            costed: buckets.iter().map(|bucket| bucket.costed).sum(),
            first_order: buckets.iter().filter_map(|bucket| bucket.first_order).min(),
            ..Counted::default()
        };
        all.asleep = vec![0; all.stages.names.len()];
        for bucket in buckets {
            for (own, asleep) in all.asleep.iter_mut().zip(&bucket.asleep) {
                *own += asleep;
            }
        }
        let sets = |names: usize, pick: fn(&Counted) -> &Vec<ValueCounts>| {
            let of = |place: usize| {
                let parts: Vec<_> = buckets.iter().filter_map(|bucket| pick(bucket).get(place)).collect();
                ValueCounts::merge_all(&parts)
            };
            (0..names).map(of).collect::<Vec<_>>()
        };
        all.recency = sets(all.rfm_name.names.len(), |bucket| &bucket.recency);
        all.ltv = sets(all.tiers.names.len(), |bucket| &bucket.ltv);
        all
    }
}

impl Segments {
    fn of(labels: &Labels, customers: &[Sums]) -> Segments {
        let Labels::Names { names, codes } = labels else { return Segments::default() };
        let mut sums = vec![Sums::default(); names.len()];
        for (code, customer) in codes.iter().zip(customers) {
            sums[usize::from(code)].add(customer);
        }
        Segments { names: names.clone(), sums }
    }

    fn add(&mut self, other: &Segments) {
        if self.names.is_empty() {
            *self = other.clone();
            return;
        }
        for (own, sums) in self.sums.iter_mut().zip(&other.sums) {
            own.add(sums);
        }
    }

    /// Place, name and sums of every segment that has customers.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str, &Sums)> {
        let all = self.names.iter().zip(&self.sums).enumerate();
        all.map(|(place, (name, sums))| (place, name.as_str(), sums)).filter(|(.., sums)| sums.customers > 0)
    }
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.customers += other.customers;
        self.orders += other.orders;
        self.revenue += other.revenue;
        self.periods_revenue += other.periods_revenue;
    }

    pub(super) fn revenue(&self) -> Money {
        money(self.revenue)
    }
}

/// A sum as money; one that is too large stops at the end.
pub(super) fn money(sum: i128) -> Money {
    Money(i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX }))
}

/// Every customer of a bucket as a sum of one.
fn sums_of(features: &Features) -> Vec<Sums> {
    let orders = features.counts("orders");
    let (revenue, periods) = (features.exact("revenue"), features.exact("periods_revenue"));
    let one = |row: usize| Sums {
        customers: 1,
        orders: u64::try_from(orders.get(row).unwrap_or(0)).unwrap_or(0),
        revenue: i128::from(revenue.get(row).unwrap_or(0)),
        periods_revenue: i128::from(periods.get(row).unwrap_or(0)),
    };
    (0..features.len()).map(one).collect()
}

/// How often each value occurs in each segment of a label column.
fn by_segment(
    labels: Option<&Labels>,
    names: usize,
    value: impl Fn(usize) -> Option<i64>,
) -> Vec<ValueCounts> {
    let mut lists = vec![Vec::new(); names];
    if let Some(Labels::Names { codes, .. }) = labels {
        for (row, code) in codes.iter().enumerate() {
            lists[usize::from(code)].extend(value(row));
        }
    }
    lists.into_iter().map(ValueCounts::of).collect()
}
