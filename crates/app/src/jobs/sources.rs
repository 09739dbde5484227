//! Where customers come from: what each source brings, and what a customer from it costs.

use super::count::labels_of;
use super::rules;
use super::segment::{asked, cut_with, moment};
use crate::base::Base;
use anyhow::{Context, Result, anyhow, bail};
use engine::conversion::{Attribution, By, Mentions, Row, Whole, column_mentions, event_mentions, rows};
use engine::features::{FEATURES, Features, Question, Unit};
use engine::import::names::did_you_mean;
use engine::profile::survey;
use engine::progress::Watch;
use engine::segmentations::LabelColumn;
use engine::segmentations::rules::count::holds;
use engine::segmentations::rules::names::{self, Named, named};
use engine::sources::{OpenOptions, open};
use model::calendar::{AsOf, Day};
use model::money::Money;
use std::collections::BTreeMap;
use std::path::Path;

/// What stands for the sources that events name.
pub const SOURCE: &str = "source";
/// What stands for the channels that events name.
pub const CHANNEL: &str = "channel";
/// Headers of a file of costs.
const COST_HEADERS: [&str; 2] = ["source", "cost"];

/// What is asked.
pub struct Request<'a> {
    /// [`SOURCE`], [`CHANNEL`], or a column: a text feature, an attribute, the segments of a segmentation.
    pub by: &'a str,
    /// A condition for whom to look at.
    pub within: Option<&'a str>,
    pub attribution: Attribution,
    /// What sources have cost.
    pub costs: BTreeMap<String, Money>,
    pub settings: &'a [String],
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// What sources brought.
pub struct Sources {
    pub as_of: AsOf,
    /// What is to be known of the moment and the condition.
    pub notices: Vec<String>,
    pub rows: Vec<Row>,
    pub all: Whole,
    pub costs: BTreeMap<String, Money>,
}

/// Adds up what each source brought.
///
/// # Errors
/// A column or condition that cannot be used, a cost of a source that nobody names.
pub fn sources(base: &Base, request: Request<'_>, watch: &dyn Watch) -> Result<Sources> {
    let within = request.within.map(rules::condition).transpose()?;
    let (mut facts, _) = base.facts()?;
    let as_of = moment(&facts, request.as_of)?;
    let known = survey(&facts, request.threads)?.known;
    let mut needed = vec!["ltv".to_owned()];
    let by = named_by(request.by, &known, &mut needed)?;
    if let Some(parsed) = &within {
        let of: Vec<_> = labels_of(&parsed.expression, &[])?;
        needed.extend(of.iter().map(|one| one.segmentation.about().name.to_owned()));
    }
    let all = asked(&needed, request.settings)?;
    let mut notices = match &within {
        Some(parsed) => rules::prepare_one(base, &mut facts, parsed, &all, as_of, request.threads, watch)?,
        None => rules::prepare(base, &mut facts, &all, as_of, request.threads, watch)?,
    };
    let ask = |question: &mut Question| {
        ["orders", "won_deals", "revenue", "margin", "costed_revenue"]
            .iter()
            .for_each(|name| question.need(name));
        match by {
            Column::Feature => question.need(request.by),
            Column::Attribute => question.need_attribute(request.by),
            Column::Events(_) | Column::Label => {}
        }
        if let Some(parsed) = &within {
            names::need(&parsed.expression, question);
        }
    };
    let cut = cut_with(&facts, all, ask, as_of, request.threads, watch)?;
    notices.extend(cut.notice);
    let mentions = match by {
        Column::Events(by) => event_mentions(&facts, by, request.attribution, as_of, request.threads)?,
        _ => of_column(&cut.features, &cut.outcome.labels, request.by)?,
    };
    let mask = match &within {
        Some(parsed) => {
            let labels = &cut.outcome.labels;
            let found = holds(&parsed.expression, &cut.question, &cut.features, labels, request.threads);
            Some(found.map_err(|error| anyhow!(rules::WrongUsage(error.to_string())))?)
        }
        None => None,
    };
    let inside = |bucket: usize, row: usize| mask.as_ref().is_none_or(|mask| mask[bucket][row]);
    let (rows, all) = rows(&mentions, &cut.features, &cut.outcome.labels, &inside);
    if let Some(wrong) =
        request.costs.keys().find(|name| rows.iter().all(|row| row.name.as_ref() != Some(name)))
    {
        let names: Vec<&str> = rows.iter().filter_map(|row| row.name.as_deref()).collect();
        notices.push(format!(
            "nobody came from `{wrong}`, which has a cost{}",
            did_you_mean(wrong, names.iter().copied())
        ));
    }
    Ok(Sources { as_of, notices, rows, all, costs: request.costs })
}

/// What is grouped by.
#[derive(Clone, Copy)]
enum Column {
    Events(By),
    Feature,
    Attribute,
    Label,
}

fn named_by(name: &str, attributes: &BTreeMap<String, u64>, needed: &mut Vec<String>) -> Result<Column> {
    match name {
        SOURCE => return Ok(Column::Events(By::Source)),
        CHANNEL => return Ok(Column::Events(By::Channel)),
        _ => {}
    }
    match named(name) {
        Named::Feature(Unit::Text) => Ok(Column::Feature),
        Named::Feature(_) => bail!(
            "`{name}` is a number; cut it into ranges with `dolka segment attributes --set \
             attributes.by=\"{name} quantiles 4\"`, and name that column: `--by attributes`"
        ),
        Named::Label(of) => {
            needed.push(of.to_owned());
            Ok(Column::Label)
        }
        _ if attributes.contains_key(name) => Ok(Column::Attribute),
        _ => {
            let texts = FEATURES.iter().filter(|feature| feature.unit == Unit::Text).map(|one| one.name);
            let all: Vec<&str> = [SOURCE, CHANNEL]
                .into_iter()
                .chain(texts)
                .chain(attributes.keys().map(String::as_str))
                .collect();
            bail!(
                "there is no column `{name}`; there are {}{}",
                all.join(", "),
                did_you_mean(name, all.iter().copied())
            )
        }
    }
}

fn of_column(features: &[Features], labels: &[Vec<LabelColumn>], name: &str) -> Result<Vec<Mentions>> {
    column_mentions(features, labels, name).ok_or_else(|| {
        anyhow!("`{name}` holds numbers, not names; name a column of segments such as `rfm_name`")
    })
}

/// Costs as `NAME=MONEY` texts say, and as a file with the columns `source` and `cost` does; of a source
/// that stands several times the sum.
///
/// # Errors
/// A text or row that cannot be meant.
pub fn costs(texts: &[String], file: Option<&Path>) -> Result<BTreeMap<String, Money>> {
    let mut costs: BTreeMap<String, Money> = BTreeMap::new();
    let mut add = |name: &str, cost: Money| {
        let sum = costs.entry(name.trim().to_owned()).or_default();
        sum.0 = sum.0.saturating_add(cost.0);
    };
    for text in texts {
        let read = text.rsplit_once('=').and_then(|(name, cost)| Some((name, Money::parse(cost)?)));
        let Some((name, cost)) = read else {
            bail!("`--cost {text}` should read SOURCE=MONEY, such as \"Yandex Direct=1200\"");
        };
        add(name, cost);
    }
    let Some(path) = file else { return Ok(costs) };
    let shown = path.display();
    let mut table = open(path, &OpenOptions::default())?;
    let place = |wanted: &str| {
        let place = table.header().iter().position(|name| name.trim().eq_ignore_ascii_case(wanted));
        place.with_context(|| {
            format!("{shown}: there is no column `{wanted}`; costs have {}", COST_HEADERS.join(" and "))
        })
    };
    let (name, cost) = (place(COST_HEADERS[0])?, place(COST_HEADERS[1])?);
    while let Some(block) = table.next_block()? {
        for row in block.rows().iter() {
            let (line, name, cost) = (row.line(), row.cell(name), row.cell(cost));
            let Some(money) = Money::parse(&cost.replace(',', ".").replace(['\u{a0}', ' '], "")) else {
                bail!("{shown}, line {line}: the cost `{cost}` is no sum; write it like 1200.50");
            };
            add(name, money);
        }
    }
    Ok(costs)
}
