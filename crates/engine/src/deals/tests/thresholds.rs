//! Each threshold, on both sides of it.

use super::{classes, judged, lost, plan, units, won};
use crate::deals::class::Class;
use crate::deals::costs::sums;
use crate::deals::gathered::Deal;
use crate::deals::limits::{Limit, Limits};
use crate::segmentations::Settings;
use model::calendar::Day;

/// A figure of a deal, and a deal that has it.
type Figured = fn(i64) -> Deal;

#[test]
fn at_the_median_is_still_good_and_one_beyond_is_not() {
    let figures: [Figured; 3] = [
        |value| Deal { opened: Some(Day(100 - value as i32)), ..won(0, 100) },
        |value| Deal { questions: units(value), ..won(0, 0) },
        |value| Deal { discount: units(value), ..won(0, 0) },
    ];
    for figure in figures {
        let deals = [1, 2, 3].map(figure);
        assert_eq!(classes(&deals, &[]), ["A", "A", "B"]);
        // Of an even number the mean of the two middle ones: 2.5.
        let deals = [1, 2, 3, 4].map(figure);
        assert_eq!(classes(&deals, &[]), ["A", "A", "B", "B"]);
    }
    let margins = [1, 2, 3].map(|value| Deal { margin: units(value), ..won(0, 0) });
    assert_eq!(classes(&margins, &[]), ["B", "A", "A"]);
    let margins = [1, 2, 3, 4].map(|value| Deal { margin: units(value), ..won(0, 0) });
    assert_eq!(classes(&margins, &[]), ["B", "B", "A", "A"]);
}

#[test]
fn effort_must_be_above_the_median() {
    let deals = [1, 2, 3].map(|value| Deal { effort: units(value), ..lost(0, 0) });
    assert_eq!(classes(&deals, &[]), ["unclear", "unclear", "C"]);
    assert_eq!(classes(&deals, &[("effort", "1")]), ["unclear", "C", "C"]);
    assert_eq!(classes(&deals, &[("effort", "3")]), ["unclear"; 3]);
    let refused = Deal { terms_refused: true, ..lost(0, 0) };
    assert_eq!(classes(&[refused], &[]), ["C"]);
}

#[test]
fn the_top_quarter_begins_at_a_rank_and_ties_are_in() {
    let with = |amounts: &[i64]| -> Vec<Deal> {
        let deal = |&amount: &i64| Deal { amount: units(amount), custom_terms: true, ..lost(0, 0) };
        amounts.iter().map(deal).collect()
    };
    // Of 8 the two largest; of 9 three, since 9 / 4 is rounded up; of 4 one.
    let large = |amounts: &[i64]| classes(&with(amounts), &[]).iter().filter(|&&class| class == "X").count();
    assert_eq!(large(&[1, 2, 3, 4, 5, 6, 7, 8]), 2);
    assert_eq!(large(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), 3);
    assert_eq!(large(&[1, 2, 3, 4]), 1);
    assert_eq!(large(&[1, 3, 3, 3]), 3);
    assert_eq!(large(&[0, 0, 0, 0]), 0, "a deal of nothing is not large");
    assert_eq!(large(&[5]), 1);
    let deals = with(&[4, 5, 6]);
    assert_eq!(classes(&deals, &[("large", "5")]), ["unclear", "X", "X"]);
    let plain = Deal { custom_terms: false, ..deals[2].clone() };
    assert_eq!(classes(&[plain], &[]), ["unclear"]);
    let taken = Deal { amount: units(9), custom_terms: true, ..won(0, 0) };
    assert_eq!(classes(&[taken], &[]), ["B"], "a won deal is no X");
}

#[test]
fn limits_that_are_set_stand_in_place_of_medians() {
    let deals = [1, 2, 3].map(|value| Deal { questions: units(value), ..won(0, 0) });
    assert_eq!(classes(&deals, &[("questions", "1")]), ["A", "B", "B"]);
    assert_eq!(classes(&deals, &[("questions", "3")]), ["A", "A", "A"]);
    let limits = Limits::of(&deals, &plan(&[("questions", "1.5"), ("margin", "-2")]));
    assert_eq!(limits.questions, Some(Limit { twice: 30_000, known: 3, set: true }));
    assert_eq!(limits.margin, Some(Limit { twice: -40_000, known: 0, set: true }));
    assert_eq!((limits.days, limits.discount, limits.effort, limits.large), (None, None, None, None));
}

#[test]
fn one_bad_figure_is_enough_and_unknown_ones_do_not_count() {
    let good = Deal { questions: units(1), discount: units(1), margin: units(9), ..won(0, 0) };
    let bad = Deal { discount: units(2), ..good.clone() };
    let other = Deal { margin: None, discount: None, ..good.clone() };
    let nothing = won(0, 0);
    assert_eq!(classes(&[good.clone(), bad, other, nothing, good], &[]), ["A", "B", "A", "B", "A"]);
}

#[test]
fn the_first_rule_that_holds_wins() {
    let all = Deal {
        set_class: Some("b".to_owned()),
        loss_reason: Some("no money".to_owned()),
        amount: units(9),
        custom_terms: true,
        terms_refused: true,
        ..lost(0, 0)
    };
    let poor = Deal { set_class: None, ..all.clone() };
    let large = Deal { loss_reason: None, ..poor.clone() };
    let refused = Deal { custom_terms: false, ..large.clone() };
    let rules = judged(&[all, poor, large, refused], &[]);
    let rules: Vec<_> = rules.iter().map(|one| (one.class.name(), one.rule.name())).collect();
    let expected =
        [("B", "set_by_hand"), ("D", "no_money"), ("X", "large_on_own_terms"), ("C", "terms_refused")];
    assert_eq!(rules, expected);
    let want = Deal { loss_reason: Some("no money".to_owned()), ..won(0, 0) };
    assert_eq!(classes(&[want], &[]), ["B"], "a won deal was not lost for want of money");
}

#[test]
fn reasons_have_the_figures_and_their_limits() {
    let deals = [1, 2, 4].map(|value| Deal { questions: units(value), effort: units(value), ..won(0, 0) });
    let reasons: Vec<String> = judged(&deals, &[]).into_iter().map(|one| one.reason).collect();
    assert_eq!(reasons[1], "won: questions 2 (median 2)");
    assert_eq!(reasons[2], "won, but questions 4 (median 2)");
    let set = judged(&deals[..2], &[("questions", "1.5")]);
    assert_eq!(set[1].reason, "won, but questions 2 (limit 1.50)");
    let much = [1, 3].map(|value| Deal { effort: units(value), ..lost(0, 0) });
    assert_eq!(judged(&much, &[])[1].reason, "lost with effort 3 (median 2)");
    assert_eq!(judged(&much, &[])[0].reason, "lost: no reason, effort 1 (median 2)");
}

#[test]
fn effort_costs_by_the_hour() {
    let deals = [
        Deal {
            effort: units(4),
            questions: units(1),
            amount: units(100),
            opened: Some(Day(0)),
            ..won(0, 10)
        },
        Deal {
            effort: units(6),
            questions: units(2),
            amount: units(200),
            opened: Some(Day(0)),
            ..won(0, 20)
        },
        Deal { effort: units(10), terms_refused: true, amount: units(0), ..lost(0, 30) },
    ];
    let judged = judged(&deals, &[]);
    let at = |given: &[(&str, &str)], class: Option<Class>| {
        sums(&judged, &plan(given)).into_iter().find(|sum| sum.class == class).unwrap()
    };
    let all = at(&[("hour_cost", "20")], None);
    // 20 points at half an hour, 20 an hour.
    assert_eq!((all.hours, all.cost, all.cost_per_deal), (units(10), units(200), Some(666_667)));
    assert_eq!((all.average_deal, all.cycle_days), (units(150), Some(15.0)));
    let c = at(&[("hour_cost", "20")], Some(Class::C));
    assert_eq!((c.deals, c.hours_share, c.cost, c.conversion), (1, Some(0.5), units(100), Some(0.0)));
    assert_eq!((c.average_deal, c.cycle_days), (None, None));
    assert_eq!(at(&[], None).cost, None);
    assert_eq!(at(&[("effort_in", "hours")], None).hours, units(20));
    assert_eq!(at(&[("hours_per_point", "2")], None).hours, units(40));
    assert_eq!(at(&[], Some(Class::X)).hours, None);
}

#[test]
fn settings_that_cannot_be_used_say_why() {
    let refused = |name: &str, value: &str| {
        let settings = Settings::new(&crate::deals::ABOUT, [(name, value)]).unwrap();
        crate::deals::Plan::read(&settings).unwrap_err().to_string()
    };
    assert!(refused("deals", "5").contains("from 6 to"));
    assert_eq!(plan(&[("deals", "6")]).deals, 6);
    assert_eq!(plan(&[]).deals, 30);
    for wrong in ["much", "1e3", "1.23456", "", " ", "-", "--1"].iter().filter(|text| !text.trim().is_empty())
    {
        assert!(refused("days", wrong).contains("must be a number"), "{wrong}");
    }
    assert!(refused("effort_in", "days").contains("points, hours"));
    assert!(refused("hour_cost", "0").contains("above 0"));
    let unknown = Settings::new(&crate::deals::ABOUT, [("dais", "3")]).unwrap_err().to_string();
    assert!(unknown.contains("did you mean `days`?"), "{unknown}");
}
