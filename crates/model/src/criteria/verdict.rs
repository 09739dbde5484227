//! What the positives have in common, with what chance would have found in its place.

use super::bits::Bits;
use super::chance::{Asked, Chance, Method};
use super::conditions::{COVER_MIN, Condition, Conditions};
use super::hypergeometric::Margins;
use super::intervals::{Interval, odds_ratio, share};
use super::search::{Family, Places, Rule, search};
use super::settle::more_rows;
use super::{CRITERIA_MAX, CriteriaError, HYPOTHESES_BELOW, HYPOTHESES_MAX};
use serde::{Deserialize, Serialize};

/// How to search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Most conditions of a rule: 1 to 3, 2 unless asked. Rules of three are tried from 120 rows and only
    /// where they are not too many; they are so many that they cost what is found: in the simulation of
    /// 120 rows and 40 positives, a truth of one condition and weight 3 is seen 49 times in 100 instead
    /// of 58.
    pub depth: usize,
    /// Random labellings; 0 judges by Tarone's bound instead.
    pub permutations: usize,
    /// Seed of the random labellings.
    pub seed: u64,
    /// Largest chance of even one false finding.
    pub alpha: f64,
    /// Criteria that are returned at most.
    pub limit: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { depth: 2, permutations: 1000, seed: 1, alpha: 0.05, limit: 10 }
    }
}

/// A rule with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// All of them hold for the rows covered.
    pub conditions: Vec<Condition>,
    /// Other ways to say it: conditions that hold for the very same rows.
    pub synonyms: Vec<Vec<Condition>>,
    /// All rows.
    pub rows: u64,
    /// Positives among all rows.
    pub all_positives: u64,
    /// Rows covered.
    pub covered: u64,
    /// Positives among the rows covered.
    pub positives: u64,
    /// Share of positives among the rows covered, with Wilson's interval.
    pub precision: Interval,
    /// Weighted relative accuracy: `covered / rows × (precision − share of positives)`.
    pub wracc: f64,
    /// Precision over the share of positives.
    pub lift: f64,
    /// Odds of a positive among the rows covered over the odds among the others.
    pub odds_ratio: Interval,
    /// One-sided exact p-value of this rule alone.
    pub p: f64,
    /// The p-value adjusted for all rules that were tried.
    pub adjusted_p: f64,
    /// Whether the adjusted p-value is at most `alpha`.
    pub significant: bool,
}

/// A rule that is not to be relied on yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    pub criterion: Criterion,
    /// How many more rows would settle it (see [`more_rows`]): 0 where the p-value does already,
    /// `None` where ten times the rows would not.
    pub more_rows: Option<u64>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Significant criteria, best weighted relative accuracy first.
    Criteria(Vec<Criterion>),
    /// At least one rule is significant, but rows are fewer than 40: at most three, those that are
    /// significant first.
    Hypotheses(Vec<Hypothesis>),
    /// No rule does better than the best rule would by chance. At most three that came nearest in
    /// weighted relative accuracy.
    NothingBeatsChance(Vec<Hypothesis>),
}

/// What a search found, and over what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    pub rows: u64,
    pub positives: u64,
    /// Conditions that were tried.
    pub conditions: usize,
    /// Conditions that were left out because there were too many.
    pub conditions_left_out: usize,
    /// Most conditions of the rules that were tried.
    pub depth: usize,
    /// Rules that were tried: sets of rows that differ.
    pub rules: usize,
    pub method: Method,
    pub outcome: Outcome,
}

impl Findings {
    /// The significant criteria, be they called criteria or hypotheses.
    pub fn significant(&self) -> Vec<&Criterion> {
        match &self.outcome {
            Outcome::Criteria(criteria) => criteria.iter().collect(),
            Outcome::Hypotheses(hypotheses) => {
                hypotheses.iter().map(|hypothesis| &hypothesis.criterion).filter(|c| c.significant).collect()
            }
            Outcome::NothingBeatsChance(_) => Vec::new(),
        }
    }
}

/// Looks for what rows with `target` have in common that the others have not.
///
/// The same rows in another order give the same findings, and so does any number of threads.
pub fn find(
    conditions: &Conditions,
    target: &[bool],
    settings: &Settings,
    threads: usize,
) -> Result<Findings, CriteriaError> {
    let rows = conditions.rows();
    if target.len() != rows {
        let column = "target".to_owned();
        return Err(CriteriaError::Length { column, rows: target.len(), expected: rows });
    }
    let needed = 2 * COVER_MIN as usize;
    if rows < needed {
        return Err(CriteriaError::TooFewRows { rows, needed });
    }
    let target = Bits::of(rows, |row| target[row]);
    if [0, rows as u64].contains(&target.count()) {
        return Err(CriteriaError::OneClass);
    }
    let family = search(conditions, &target, settings.depth, threads);
    let &Settings { permutations, seed, alpha, .. } = settings;
    let chance = Chance::of(&family, conditions, &Asked { permutations, seed, alpha, threads });
    let look = Look { family: &family, conditions, target: &target, chance: &chance, alpha };
    Ok(Findings {
        rows: family.rows,
        positives: family.positives,
        conditions: conditions.list().len(),
        conditions_left_out: conditions.left_out(),
        depth: family.depth,
        rules: family.rules.len(),
        method: chance.method(),
        outcome: look.outcome(settings.limit.clamp(1, CRITERIA_MAX)),
    })
}

/// All that a verdict looks at.
struct Look<'a> {
    family: &'a Family,
    conditions: &'a Conditions,
    target: &'a Bits,
    chance: &'a Chance,
    alpha: f64,
}

impl Look<'_> {
    fn outcome(&self, limit: usize) -> Outcome {
        let few = self.family.rows < HYPOTHESES_BELOW as u64;
        let limit = if few { HYPOTHESES_MAX } else { limit };
        let (mut proven, mut open) = (Vec::new(), Vec::new());
        for at in self.family.ranked() {
            let rule = &self.family.rules[at];
            if proven.len() == limit || self.family.gain(rule.covered, rule.positives) <= 0 {
                break;
            }
            let p = self.p(rule.covered, rule.positives);
            let list = if self.proves(p) { &mut proven } else { &mut open };
            if list.len() < limit.max(HYPOTHESES_MAX) && self.refines(rule, p) {
                list.push(self.criterion(rule, p));
            }
        }
        match (proven.is_empty(), few) {
            (true, _) => Outcome::NothingBeatsChance(self.hypotheses(open)),
            (false, true) => {
                proven.append(&mut open);
                Outcome::Hypotheses(self.hypotheses(proven))
            }
            (false, false) => Outcome::Criteria(proven),
        }
    }

    /// The one-sided exact p-value of a rule alone.
    fn p(&self, covered: u64, positives: u64) -> f64 {
        let Family { rows, positives: all, .. } = *self.family;
        Margins { rows, positives: all, covered }.at_least(positives)
    }

    fn proves(&self, p: f64) -> bool {
        self.chance.adjusted(p) <= self.alpha
    }

    /// Whether a rule says more than those of one condition less: it is better than each of them, or
    /// it is proven and none of them is.
    fn refines(&self, rule: &Rule, p: f64) -> bool {
        let parents = self.family.parents(rule, self.conditions, self.target);
        let own = self.family.gain(rule.covered, rule.positives);
        parents.iter().all(|&(covered, positives)| own > self.family.gain(covered, positives))
            || (self.proves(p)
                && parents.iter().all(|&(covered, positives)| !self.proves(self.p(covered, positives))))
    }

    fn criterion(&self, rule: &Rule, p: f64) -> Criterion {
        let &Family { rows, positives: all, .. } = self.family;
        let &Rule { covered, positives, .. } = rule;
        let (others, missed) = (covered - positives, all - positives);
        let precision = share(positives, covered);
        let adjusted_p = self.chance.adjusted(p);
        let spoken = |places: &Places| {
            places.iter().map(|place| self.conditions.list()[place].condition.clone()).collect()
        };
        Criterion {
            conditions: spoken(&rule.places),
            synonyms: rule.synonyms.iter().map(spoken).collect(),
            rows,
            all_positives: all,
            covered,
            positives,
            precision,
            wracc: self.family.gain(covered, positives) as f64 / (rows as f64 * rows as f64),
            lift: precision.value * rows as f64 / all as f64,
            odds_ratio: odds_ratio([positives, others, missed, rows - all - others]),
            p,
            adjusted_p,
            significant: self.proves(p),
        }
    }

    fn hypotheses(&self, criteria: Vec<Criterion>) -> Vec<Hypothesis> {
        let critical = self.chance.critical(self.alpha);
        let settled = |criterion: Criterion| {
            let Criterion { rows, all_positives, covered, positives, significant, .. } = criterion;
            let seen = Margins { rows, positives: all_positives, covered };
            let more_rows = if significant { Some(0) } else { more_rows(seen, positives, critical) };
            Hypothesis { criterion, more_rows }
        };
        criteria.into_iter().take(HYPOTHESES_MAX).map(settled).collect()
    }
}
