//! What a comparison with simple rules comes to, for people.

use super::rules::Rule;
use super::{Comparison, RuleCheck, Verdict};

/// How a model stands beside simple rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing<'a> {
    /// Better than every rule; the one that came nearest.
    Better(Option<&'a RuleCheck>),
    /// It errs less than every rule, but beside this one that may be chance.
    MayBeChance(&'a RuleCheck),
    /// It errs as much as this rule.
    NoBetter(&'a RuleCheck),
    /// It errs more than this rule.
    Worse(&'a RuleCheck),
}

impl Comparison {
    /// How the model stands beside the rules.
    pub fn standing(&self) -> Standing<'_> {
        let nearest =
            || self.rules.iter().min_by(|one, other| one.accuracy.rmse.total_cmp(&other.accuracy.rmse));
        let of_rule = |rule: Rule| self.rules.iter().find(|check| check.rule == rule);
        match self.verdict {
            Verdict::Better => Standing::Better(nearest()),
            // Of the rules that are not beaten this one errs least: if it errs more, so do all.
            Verdict::NoBetterThan(rule) => match of_rule(rule) {
                None => Standing::Better(nearest()),
                Some(check) if check.gain > 0.0 => Standing::MayBeChance(check),
                Some(check) if check.gain < 0.0 => Standing::Worse(check),
                Some(check) => Standing::NoBetter(check),
            },
        }
    }
}
