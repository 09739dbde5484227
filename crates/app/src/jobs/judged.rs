//! What a report says of its segments: whether they can be acted by, what they promise, who is in them and
//! where they come from.

use super::cards::Written;
use super::check::{Judgement, Judging, Remembered, judgement};
use super::targets::year_before;
use crate::report::data::{
    CompetitorSeen, Dealt, HiddenNeed, Judged, Market, Origin, Origins, ReachedBy, Targets,
};
use crate::report::{Analysis, Beside};
use anyhow::Result;
use engine::checks::{Drawing, Limits, Stabilities};
use engine::conversion::{Attribution, By, Mentions, Row, event_mentions, rows};
use engine::deals::Plan as DealPlan;
use engine::facts::FactSet;
use engine::import::cells::Zone;
use engine::interests::HandTag;
use engine::market::{bought, needs};
use engine::portraits::{Portraits, portraits};
use engine::profile::{Division, LEFT_OVER, Profile, profile};
use engine::progress::Watch;
use engine::targets::{Known as Measures, Plan, Reach, evaluate, measured, potentials, reached};
use model::base::FactKind;
use model::calendar::Day;
use model::comparison::P_MAX;
use model::money::{Money, divide_half_even};
use model::parallel;
use std::collections::BTreeMap;

/// How often customers are drawn anew to see which segments come back, and the seed of the draws.
const DRAWS: usize = 100;
const SEED: u64 = 1;
/// Segmentations whose segments are portrayed: the first that was asked for.
const PORTRAYED: [&str; 5] = ["rfm", "stage", "readiness", "clusters", "attributes"];
/// The knock-out criterion that a report leaves out.
const IDENTIFIABLE: &str = "identifiable";
/// Segmentations of which hidden needs are told.
const NEEDING: [&str; 4] = ["stage", "clusters", "attributes", RULES];
/// Segmentations by rules of one's own are portrayed beside.
const RULES: &str = "rules";
/// Segments that are portrayed at most: each is a page.
const PORTRAITS_MAX: usize = 20;
/// Differences of a segment that are kept, the largest; what chance may have brought is not.
const SPECIAL_MAX: usize = 60;
/// Things a segment buys that are kept.
const GOODS_MAX: usize = 10;
/// Sources that are shown, and below how many customers nothing is said of them.
const ORIGINS_MAX: usize = 20;
const ORIGINS_MIN: usize = 2;

/// Needs that are shown, those that most buyers are missing of.
const NEEDS_MAX: usize = 12;

/// What is to be known besides the facts.
pub struct Known {
    pub zone: Zone,
    /// How deals are classed.
    pub plan: DealPlan,
    /// Interests said by hand, by customer.
    pub by_hand: BTreeMap<String, Vec<HandTag>>,
    /// The day on which somebody asks.
    pub today: Day,
    /// The last reviews, and actions that people wrote on cards.
    pub remembered: Remembered,
    /// What people wrote on cards, by segmentation.
    pub written: BTreeMap<String, Written>,
    /// The base beside its populations, and what people typed of competitors.
    pub market: Vec<Market>,
    pub competitors: Vec<CompetitorSeen>,
    /// Attributes that people have put into groups.
    pub groups: BTreeMap<String, String>,
    /// What is shown of customers whose ids are digests.
    pub originals: BTreeMap<String, String>,
}

/// What was found.
pub(super) struct Found {
    judged: Vec<Judged>,
    targets: Option<Targets>,
    portraits: Vec<Portraits>,
    cards: BTreeMap<String, BTreeMap<String, Dealt>>,
    needs: Vec<HiddenNeed>,
    origins: Option<Origins>,
    weighing: Weighing,
}

/// Looks. Judging draws customers anew and needs no facts, so the passes over them go beside it.
///
/// # Errors
/// A fact file cannot be read.
pub(super) fn look(facts: &FactSet, analysis: &Analysis, known: &Known, watch: &dyn Watch) -> Result<Found> {
    let (judged, passes) = parallel::both(
        analysis.side_by_side(),
        || judged(facts, analysis, known, watch),
        || -> Result<_> {
            let targets = targets(facts, analysis, watch)?;
            let portraits = portrayed(facts, analysis, &known.zone, watch)?;
            Ok((targets, portraits, hidden(facts, analysis, watch)?, origins(facts, analysis)?))
        },
    );
    let (judged, stabilities) = judged?;
    let (targets, portraits, needs, origins) = passes?;
    let leads = leading(analysis);
    let weighing = Weighing {
        profile: leads.map(|division| profile(&division, analysis.threads)),
        cut_by: leads.map(|division| division.cut_by(&analysis.question)).unwrap_or_default(),
        stabilities,
    };
    let cards = cards(analysis, &portraits, &known.written);
    Ok(Found { judged, targets, portraits, cards, needs, origins, weighing })
}

impl Found {
    /// Puts it into the analysis; what the segments that lead are weighed by is left.
    pub(super) fn put(self, into: &mut Beside) -> Weighing {
        into.judged = self.judged;
        into.targets = self.targets;
        into.portraits = self.portraits;
        into.cards = self.cards;
        into.needs = self.needs;
        into.origins = self.origins;
        self.weighing
    }
}

/// What the segments that lead are weighed by, kept until it is known who is still there.
pub(super) struct Weighing {
    profile: Option<Profile>,
    stabilities: Option<Stabilities>,
    cut_by: Vec<String>,
}

/// Weighs the segments that lead by the usual criteria, and puts it into the analysis. Features that were
/// given up since are not needed.
pub(super) fn weigh(analysis: &mut Analysis, weighing: &Weighing) {
    let (Some(targets), Some(profile)) = (&analysis.beside.targets, &weighing.profile) else { return };
    let division = Division::new(&targets.of, &analysis.asked, &analysis.features, &analysis.outcome);
    let Ok(division) = division else { return };
    let told = analysis.beside.prediction.as_ref();
    let measures = Measures {
        division,
        profile,
        potentials: &targets.segments,
        reach: &analysis.reach,
        stabilities: weighing.stabilities.as_ref(),
        predicted: told.map_or(&[], |told| &told.outlook.alive),
        cut_by: &weighing.cut_by,
    };
    let mut plan = Plan::default();
    // Of one's own customers it is known who is in a segment, whatever else is known of them.
    plan.knock_out.without.insert(IDENTIFIABLE.to_owned());
    let evaluation = evaluate(&plan, &measured(&measures, &plan.knock_out)).ok();
    if let Some(targets) = &mut analysis.beside.targets {
        targets.evaluation = evaluation;
    }
}

/// Every segmentation judged, and how the segments of the one that leads come back.
fn judged(
    facts: &FactSet,
    analysis: &Analysis,
    known: &Known,
    watch: &dyn Watch,
) -> Result<(Vec<Judged>, Option<Stabilities>)> {
    let newest = facts.newest_day();
    let drawing = Drawing { draws: DRAWS, seed: SEED, threads: analysis.threads, watch };
    let judging = Judging {
        asked: &analysis.asked,
        question: &analysis.question,
        features: &analysis.features,
        outcome: &analysis.outcome,
    };
    let leads = leading(analysis).map(|division| division.name());
    let (mut all, mut drawn) = (Vec::new(), None);
    for name in analysis.asked.iter().map(|one| one.segmentation.about().name) {
        let actions = known.remembered.actions.get(name).cloned().unwrap_or_default();
        let limits = Limits { today: Some(known.today), newest, actions, ..Limits::default() };
        let mut of = judgement(judging, name, &limits, known.remembered.before.get(name), drawing)?;
        if leads == Some(name) {
            drawn = of.stabilities.take();
        }
        all.push(shown(&of));
    }
    Ok((all, drawn))
}

fn shown(of: &Judgement) -> Judged {
    let marks = of.segments.iter().filter_map(|one| one.stability);
    Judged {
        segmentation: of.segmentation.to_owned(),
        segments: of.segments.len() as u64,
        least_stable: if of.fixed { None } else { marks.min_by(f64::total_cmp) },
        worries: of.findings.iter().map(Into::into).collect(),
    }
}

/// The segmentation that the report is told by.
fn leading(analysis: &Analysis) -> Option<Division<'_>> {
    let division =
        |name: &&str| Division::new(name, &analysis.asked, &analysis.features, &analysis.outcome).ok();
    PORTRAYED.iter().find_map(division)
}

fn targets(facts: &FactSet, analysis: &Analysis, watch: &dyn Watch) -> Result<Option<Targets>> {
    let Some(division) = leading(analysis).filter(|_| analysis.overview.buyers > 0) else {
        return Ok(None);
    };
    let before = year_before(facts, analysis.as_of, analysis.threads, watch)?;
    let segments = potentials(&division, before.as_deref(), &analysis.reach);
    Ok(Some(Targets {
        of: division.name().to_owned(),
        evaluation: None,
        reach: match analysis.reach {
            Reach::Everybody => ReachedBy::Nothing,
            Reach::Contact(_) => ReachedBy::Contact,
            Reach::Consent(_) => ReachedBy::Consent,
        },
        segments: segments.into_iter().filter(|one| !division.is_left_over(&one.name)).collect(),
    }))
}

fn portrayed(facts: &FactSet, analysis: &Analysis, zone: &Zone, watch: &dyn Watch) -> Result<Vec<Portraits>> {
    let rules = Division::new(RULES, &analysis.asked, &analysis.features, &analysis.outcome).ok();
    let divisions = leading(analysis).into_iter().chain(rules);
    let (as_of, threads) = (analysis.as_of, analysis.threads);
    divisions
        .map(|division| {
            // The remainder of rules are customers like others.
            let wanted = |name: &str| !LEFT_OVER.contains(&name);
            let drawn = portraits(facts, &division, &wanted, as_of, zone, threads, watch)?;
            Ok(trimmed(drawn))
        })
        .collect()
}

/// What a page has room for, without the id of anybody.
fn trimmed(mut drawn: Portraits) -> Portraits {
    drawn.portraits.sort_by_key(|one| std::cmp::Reverse(one.sums.customers));
    drawn.portraits.truncate(PORTRAITS_MAX);
    drawn.portraits.sort_by_key(|one| one.place);
    for habits in drawn.portraits.iter_mut().map(|one| &mut one.habits).chain([&mut drawn.habits]) {
        habits.categories.truncate(GOODS_MAX);
        habits.products.truncate(GOODS_MAX);
        habits.channels.truncate(GOODS_MAX);
    }
    for one in &mut drawn.portraits {
        one.special.retain(|special| special.p < P_MAX);
        one.special.truncate(SPECIAL_MAX);
        one.typical.customer_id = None;
    }
    drawn
}

/// What cards of the segments that are portrayed are made of.
fn cards(
    analysis: &Analysis,
    portraits: &[Portraits],
    written: &BTreeMap<String, Written>,
) -> BTreeMap<String, BTreeMap<String, Dealt>> {
    let mut all = BTreeMap::new();
    for of in portraits {
        let division = Division::new(&of.of, &analysis.asked, &analysis.features, &analysis.outcome);
        let Ok(division) = division else { continue };
        let reached = reached(&division, &analysis.features, &analysis.reach);
        let texts = written.get(&of.of);
        let dealt = of.portraits.iter().map(|one| {
            let written = texts.and_then(|texts| texts.get(&one.name)).cloned().unwrap_or_default();
            (one.name.clone(), Dealt { reached: reached.get(one.place).cloned(), written })
        });
        all.insert(of.of.clone(), dealt.collect());
    }
    all
}

/// What segments that are not cut by money hardly buy: of those that are, money says that much already.
fn hidden(facts: &FactSet, analysis: &Analysis, watch: &dyn Watch) -> Result<Vec<HiddenNeed>> {
    let mut found = Vec::new();
    for name in NEEDING {
        let division = Division::new(name, &analysis.asked, &analysis.features, &analysis.outcome);
        let Ok(division) = division else { continue };
        let bought = bought(facts, &division, analysis.as_of, analysis.threads, watch)?;
        let places: Vec<usize> = division.groups().into_iter().map(|segment| segment.place).collect();
        found.extend(needs(&bought, &places).found.into_iter().map(|need| HiddenNeed {
            of: name.to_owned(),
            segment: division.names()[need.segment].clone(),
            customers: need.customers,
            buyers: need.buyers,
            expected: need.expected,
            category: need.category,
        }));
    }
    let missing = |need: &HiddenNeed| need.expected - need.buyers as f64;
    found.sort_by(|a, b| missing(b).total_cmp(&missing(a)));
    found.truncate(NEEDS_MAX);
    Ok(found)
}

/// Sources where events name any, else channels where there is more than one.
fn origins(facts: &FactSet, analysis: &Analysis) -> Result<Option<Origins>> {
    let mut ways = Vec::new();
    if FactKind::EVENTS.into_iter().any(|kind| facts.has_events(kind)) {
        ways.push(("source", By::Source));
    }
    ways.push(("channel", By::Channel));
    for (name, by) in ways {
        let mentions = event_mentions(facts, by, Attribution::First, analysis.as_of, analysis.threads)?;
        let origins = origins_of(name, analysis, &mentions);
        if origins.rows.iter().filter(|row| row.name.is_some()).count() >= ORIGINS_MIN {
            return Ok(Some(origins));
        }
    }
    Ok(None)
}

fn origins_of(by: &str, analysis: &Analysis, mentions: &[Mentions]) -> Origins {
    let (all, whole) = rows(mentions, &analysis.features, &analysis.outcome.labels, &|_, _| true);
    let row = |row: &Row| {
        let customers = row.sums.customers.whole();
        let ltv = (customers > 0).then(|| divide_half_even(row.sums.ltv.whole(), customers));
        Origin {
            name: row.name.clone(),
            people: row.sums.people.value(),
            customers: row.sums.customers.value(),
            conversion: row.conversion.map(|of| [of.low, of.value, of.high]),
            index: row.index,
            difference: row.difference.map(|of| [of.low, of.high]),
            revenue: money(row.sums.revenue.whole()),
            average_ltv: ltv.filter(|&ltv| ltv != 0).map(money),
        }
    };
    let unknown = all.iter().filter(|one| one.name.is_none());
    let named = all.iter().filter(|one| one.name.is_some()).take(ORIGINS_MAX);
    Origins {
        by: by.to_owned(),
        people: whole.people.value(),
        customers: whole.customers.value(),
        rows: named.chain(unknown).map(row).collect(),
    }
}

fn money(units: i128) -> Money {
    Money(i64::try_from(units).unwrap_or(if units < 0 { i64::MIN } else { i64::MAX }))
}
