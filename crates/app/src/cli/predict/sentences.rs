//! What there is to say of fits and checks, in plain sentences.

use crate::jobs::predict::{Outcome, Told};
use model::prediction::holdout::rules::Rule;
use model::prediction::holdout::standing::Standing;
use model::prediction::holdout::{Comparison, HoldoutCheck, RuleCheck};

/// Everything there is to say, model by model.
pub(super) fn of(outcome: &Outcome, asked_for_one: bool) -> Vec<String> {
    let mut said = Vec::new();
    if !asked_for_one {
        let best = outcome.models[outcome.best].fitted.orders.asked.name();
        let others: Vec<&str> =
            outcome.compared.iter().map(|(model, _)| model.name()).filter(|&name| name != best).collect();
        said.push(format!("{best}: predicts, as the best by AIC of {best}, {}", others.join(", ")));
    }
    for told in &outcome.models {
        let name = told.fitted.orders.asked.name();
        let of_model = told.fitted.notes().into_iter().chain(verdicts(told));
        said.extend(of_model.map(|sentence| format!("{name}: {sentence}")));
    }
    if outcome.models.iter().all(|told| told.holdout.is_none()) {
        said.push(
            "not checked: `--holdout DATE` fits on what was known that day and compares with what came then"
                .to_owned(),
        );
    }
    said
}

/// How a model did in its holdout, of orders and of money.
pub(super) fn verdicts(told: &Told) -> Vec<String> {
    let Some(holdout) = &told.holdout else { return Vec::new() };
    let HoldoutCheck { model, rules, verdict, .. } = &holdout.orders;
    let orders = Comparison { model: *model, rules: rules.clone(), verdict: *verdict };
    let days = holdout.days;
    vec![verdict_of("orders", days, &orders), verdict_of("money", days, &holdout.money)]
}

fn verdict_of(what: &str, days: u32, compared: &Comparison) -> String {
    let own = compared.model.rmse;
    let figures = |check: &RuleCheck| {
        format!("{} (RMSE {own:.4}, the rule {:.4})", words(check.rule), check.accuracy.rmse)
    };
    let begins = format!("On the {what} of {days} days held out, the model");
    match compared.standing() {
        Standing::Better(nearest) => {
            let nearest = nearest.map_or(String::new(), |check| {
                format!(" (RMSE {own:.4}, the best rule, {}, {:.4})", words(check.rule), check.accuracy.rmse)
            });
            format!("{begins} is better than every simple rule{nearest}.")
        }
        Standing::MayBeChance(check) => format!(
            "{begins} errs less than every simple rule, but beside {} that may be chance: a few customers \
             decide it.",
            figures(check)
        ),
        Standing::NoBetter(check) => {
            format!("{begins} is no better than a simple rule, {}: use the rule.", figures(check))
        }
        Standing::Worse(check) => {
            format!("{begins} is worse than a simple rule, {}: use the rule.", figures(check))
        }
    }
}

fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::LastHalfYear => "the last half-year scaled",
        Rule::PastRate => "the rate so far",
        Rule::AllPast => "as much as in all the past",
        Rule::Nothing => "nothing at all",
    }
}
