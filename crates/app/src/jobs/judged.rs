//! What a report says of its segments: whether they can be acted by, what they promise, who is in them and
//! where they come from.

use super::check::{Judgement, Judging, judgement};
use super::targets::year_before;
use crate::report::Analysis;
use crate::report::data::{Judged, Origin, Origins, ReachedBy, Targets};
use anyhow::Result;
use engine::checks::{Drawing, Limits};
use engine::conversion::{Attribution, By, Mentions, Row, event_mentions, rows};
use engine::facts::FactSet;
use engine::import::cells::Zone;
use engine::portraits::{Portraits, portraits};
use engine::profile::{Division, LEFT_OVER};
use engine::progress::Watch;
use engine::targets::{Reach, potentials};
use model::base::FactKind;
use model::calendar::Day;
use model::comparison::P_MAX;
use model::money::{Money, divide_half_even};

/// How often customers are drawn anew to see which segments come back, and the seed of the draws.
const DRAWS: usize = 100;
const SEED: u64 = 1;
/// Segmentations whose segments are portrayed: the first that was asked for.
const PORTRAYED: [&str; 5] = ["rfm", "stage", "readiness", "clusters", "attributes"];
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

/// Looks, and puts what was found into the analysis.
///
/// # Errors
/// A fact file cannot be read.
pub(super) fn look(
    facts: &FactSet,
    analysis: &mut Analysis,
    zone: &Zone,
    today: Day,
    watch: &dyn Watch,
) -> Result<()> {
    analysis.beside.judged = judged(facts, analysis, today, watch)?;
    analysis.beside.targets = targets(facts, analysis, watch)?;
    analysis.beside.portraits = portrayed(facts, analysis, zone, watch)?;
    analysis.beside.origins = origins(facts, analysis)?;
    Ok(())
}

fn judged(facts: &FactSet, analysis: &Analysis, today: Day, watch: &dyn Watch) -> Result<Vec<Judged>> {
    let limits = Limits { today: Some(today), newest: facts.newest_day(), ..Limits::default() };
    let drawing = Drawing { draws: DRAWS, seed: SEED, threads: analysis.threads, watch };
    let judging = Judging {
        asked: &analysis.asked,
        question: &analysis.question,
        features: &analysis.features,
        outcome: &analysis.outcome,
    };
    let names = analysis.asked.iter().map(|one| one.segmentation.about().name);
    names.map(|name| Ok(shown(&judgement(judging, name, &limits, None, drawing)?))).collect()
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
