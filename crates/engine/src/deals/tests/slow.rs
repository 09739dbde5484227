//! An independent classification, rule by rule as the words say it, over random deals.

use super::{classes, judged, lost, plan, won};
use crate::deals::Class;
use crate::deals::costs::sums;
use crate::deals::gathered::Deal;
use crate::facts::events::deal::Outcome;
use model::calendar::Day;
use proptest::prelude::*;

/// The median of numbers as schools teach it.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let n = numbers.len();
    match n {
        0 => None,
        n if n % 2 == 1 => Some(numbers[n / 2]),
        n => Some((numbers[n / 2 - 1] + numbers[n / 2]) / 2.0),
    }
}

fn known(deals: &[Deal], figure: impl Fn(&Deal) -> Option<i64>) -> Vec<f64> {
    deals.iter().filter_map(|deal| figure(deal).map(|number| number as f64)).collect()
}

fn days(deal: &Deal) -> Option<i64> {
    match (deal.opened, deal.closed) {
        (Some(from), Some(to)) if to >= from => Some(i64::from(to.0 - from.0)),
        _ => None,
    }
}

/// The class of each deal by the words of the method.
fn by_the_words(deals: &[Deal]) -> Vec<&'static str> {
    let fast = median(known(deals, days));
    let questions = median(known(deals, |deal| deal.questions));
    let discount = median(known(deals, |deal| deal.discount));
    let margin = median(known(deals, |deal| deal.margin));
    let effort = median(known(deals, |deal| deal.effort));
    let mut amounts = known(deals, |deal| deal.amount);
    amounts.sort_by(|a, b| b.total_cmp(a));
    // Rank ceil(n / 4) from the top.
    let large =
        amounts.get((amounts.len() as f64 / 4.0).ceil() as usize - usize::from(!amounts.is_empty())).copied();
    let above = |value: Option<i64>, limit: Option<f64>| {
        value.is_some_and(|value| limit.is_some_and(|limit| value as f64 > limit))
    };
    deals
        .iter()
        .map(|deal| {
            let lost = deal.outcome == Outcome::Lost;
            if let Some(typed @ ("A" | "B" | "C" | "D" | "X")) = deal.set_class.as_deref() {
                return ["A", "B", "C", "D", "X"].into_iter().find(|letter| *letter == typed).unwrap();
            }
            if lost && deal.loss_reason.as_deref() == Some("no money") {
                return "D";
            }
            let amount = deal.amount.unwrap_or(0) as f64;
            if lost && amount > 0.0 && large.is_some_and(|large| amount >= large) && deal.custom_terms {
                return "X";
            }
            if lost && (above(deal.effort, effort) || deal.terms_refused) {
                return "C";
            }
            if lost {
                return "unclear";
            }
            let figures = [days(deal), deal.questions, deal.discount, deal.margin];
            let slow = above(days(deal), fast) || above(deal.questions, questions);
            let cheap = deal.margin.is_some_and(|value| (value as f64) < margin.unwrap());
            if figures.iter().all(Option::is_none) || slow || above(deal.discount, discount) || cheap {
                "B"
            } else {
                "A"
            }
        })
        .collect()
}

fn any_deal() -> impl Strategy<Value = Deal> {
    let figure = || proptest::option::weighted(0.8, 0..6_i64);
    let numbers = (figure(), figure(), figure(), figure(), proptest::option::weighted(0.8, -1..6_i64));
    let days = (proptest::option::weighted(0.9, 0..20_i32), 0..30_i32);
    let said = (any::<bool>(), any::<bool>(), 0..8_usize, 0..12_usize);
    (any::<bool>(), numbers, days, said).prop_map(|(is_won, numbers, (opened, closed), said)| {
        let (questions, discount, margin, effort, amount) = numbers;
        let (custom_terms, terms_refused, reason, class) = said;
        let reasons = ["no money", "too expensive", "other"];
        let letters = ["A", "B", "C", "D", "X", "gold"];
        Deal {
            opened: opened.map(Day),
            questions,
            discount,
            margin,
            effort,
            amount,
            custom_terms,
            terms_refused,
            loss_reason: reasons.get(reason).map(|&reason| reason.to_owned()),
            set_class: letters
                .get(class)
                .filter(|_| class % 3 == 0 || class == 5)
                .map(|&letter| letter.to_owned()),
            ..if is_won { won(0, closed) } else { lost(0, closed) }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn classes_are_what_the_words_say(deals in proptest::collection::vec(any_deal(), 1..40)) {
        prop_assert_eq!(classes(&deals, &[]), by_the_words(&deals));
    }

    /// Parts add up to the whole.
    #[test]
    fn sums_of_classes_add_up(deals in proptest::collection::vec(any_deal(), 1..40)) {
        let plan = plan(&[("hour_cost", "20")]);
        let sums = sums(&judged(&deals, &[]), &plan);
        let (all, classes) = sums.split_last().unwrap();
        prop_assert_eq!(classes.len(), Class::ALL.len());
        prop_assert_eq!(classes.iter().map(|sum| sum.deals).sum::<u64>(), deals.len() as u64);
        prop_assert_eq!(all.deals, deals.len() as u64);
        let known = |sum: &crate::deals::costs::Sum| sum.effort_known;
        prop_assert_eq!(classes.iter().map(known).sum::<u64>(), known(all));
        let wins = deals.iter().filter(|deal| deal.outcome == Outcome::Won).count() as f64;
        prop_assert_eq!(all.conversion, Some(wins / deals.len() as f64));
        let share: f64 = classes.iter().map(|sum| sum.deals_share).sum();
        prop_assert!((share - 1.0).abs() < 1e-9);
    }
}
