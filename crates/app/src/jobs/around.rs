//! What is around a condition or a rule: how many customers and how much money each part costs, and what
//! a step tighter or looser would change.

use super::count::labels_of;
use super::rules::{self, WrongUsage};
use super::segment::{self, cut_with, moment};
use crate::base::Base;
use anyhow::{Context, Result, anyhow, bail};
use engine::import::names::did_you_mean;
use engine::progress::Watch;
use engine::segmentations::rules::around::{Varied, around as vary, deciles};
use engine::segmentations::rules::count::count;
use engine::segmentations::rules::names;
use engine::segmentations::tally::Sums;
use model::calendar::{AsOf, Day};
use model::expression::tree::Expression;

/// What is looked around.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// A condition.
    Condition(&'a str),
    /// A rule of a file, which wins where none before it holds.
    Rule { file: &'a str, name: &'a str },
}

/// A condition with what is around it.
pub struct Around {
    pub as_of: AsOf,
    /// What is to be known of the moment and of the condition.
    pub notices: Vec<String>,
    /// The whole base.
    pub whole: Sums,
    /// The condition as it was understood, and those for whom it holds.
    pub found: (Expression, Sums),
    /// With one part changed at a time.
    pub varied: Vec<(Varied, Sums)>,
}

/// Counts a condition as it is and with each part changed. `settings` are of segmentations whose labels it
/// looks at.
///
/// # Errors
/// A condition that cannot be used is wrong usage; a rule that is not there, a base that cannot be read.
pub fn around(
    base: &Base,
    whose: Whose<'_>,
    settings: &[String],
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Around> {
    let (mut facts, _) = base.facts()?;
    let moment = moment(&facts, as_of)?;
    let (own, earlier, asked, mut notices) = match whose {
        Whose::Condition(text) => {
            let parsed = rules::condition(text)?;
            let asked = labels_of(&parsed.expression, settings)?;
            let odd = rules::prepare_one(base, &mut facts, &parsed, &asked, moment, threads, watch)?;
            (parsed.expression, Vec::new(), asked, odd)
        }
        Whose::Rule { file, name } => {
            let all = rules::rules(file)?;
            let Some(place) = all.rules.iter().position(|rule| rule.name == name) else {
                let near = did_you_mean(name, all.names());
                bail!("there is no rule `{name}`; there are {}{near}", all.names().join(", "));
            };
            let settings = [settings, &[format!("rules.rules={file}")]].concat();
            let asked = segment::asked(&["rules".to_owned()], &settings)?;
            let odd = rules::prepare(base, &mut facts, &asked, moment, threads, watch)?;
            let expression = |place: usize| all.rules[place].when.expression.clone();
            (expression(place), (0..place).map(expression).collect(), asked, odd)
        }
    };
    let needed = wins(&own, &earlier);
    let cut = cut_with(&facts, asked, |question| names::need(&needed, question), moment, threads, watch)?;
    notices.extend(cut.notice);
    let labels = &cut.outcome.labels;
    let wrong = |error: model::expression::plan::PlanError| anyhow!(WrongUsage(error.to_string()));
    let steps = deciles(&own, &cut.question, &cut.features, labels, threads).map_err(wrong)?;
    let varied = vary(&own, &steps);
    let each = std::iter::once(&own).chain(varied.iter().map(|one| &one.expression));
    let expressions: Vec<Expression> = each.map(|one| wins(one, &earlier)).collect();
    let (sums, whole) = count(&expressions, &cut.question, &cut.features, labels, threads).map_err(wrong)?;
    let mut sums = sums.into_iter();
    let found = (own, sums.next().context("a condition is counted")?);
    Ok(Around { as_of: moment, notices, whole, found, varied: varied.into_iter().zip(sums).collect() })
}

/// A condition of a rule that wins where none of the earlier ones holds.
fn wins(own: &Expression, earlier: &[Expression]) -> Expression {
    if earlier.is_empty() {
        return own.clone();
    }
    let none = Expression::Not(Box::new(Expression::Or(earlier.to_vec())));
    Expression::And(vec![none, own.clone()])
}
