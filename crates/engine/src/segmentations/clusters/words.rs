//! Clusters in words: how they came about, what they are, why a customer is in one.

use super::fitting::customers_min;
use super::plan::Plan;
use super::{Placed, name, rounded};
use crate::features::{Feature, Unit};
use crate::segmentations::centres::{Centre, Centres, ClusterRule, Scaled};
use crate::segmentations::contract::Reason;
use crate::segmentations::parse::counted;
use model::clustering::tree::{Condition, Feature as Column};
use model::clustering::{self, Choice, Measure, Spread, Verdict};

/// Things to tell of a fit.
pub(super) fn notes(plan: &Plan, centres: &Centres) -> Vec<String> {
    if centres.centres.is_empty() {
        let done = if plan.is_of_answers() { "answered" } else { "ordered" };
        return vec![format!("Nobody has {done}, so there is nobody to group.")];
    }
    let (features, answers) = centres.numbers.split_at(plan.features.len());
    let mut notes = Vec::new();
    notes.extend((!features.is_empty()).then(|| scaling(features)));
    notes.extend(missing(features, "median"));
    notes.extend(answered(answers));
    notes.extend(missing(answers, "mean"));
    if centres.looked_at < centres.customers {
        notes.push(format!(
            "Clusters were made from a sample of {} of {} customers; everybody is in the cluster whose \
             centre is nearest.",
            centres.looked_at, centres.customers
        ));
    }
    notes.push(number(plan, centres));
    if let Some(choice) = &centres.choice {
        notes.push(verdict(choice.verdict).to_owned());
    }
    notes.extend((0..centres.centres.len()).map(|cluster| described(plan, centres, cluster)));
    if centres.centres.len() > 1 {
        notes.push(format!(
            "The rules put {} % of the customers looked at into their own cluster.",
            percent(centres.accuracy)
        ));
    }
    notes
}

/// Cut off, not rounded, so that only all of them are 100 %.
pub(super) fn percent(share: f64) -> f64 {
    (share * 1_000.0).floor() / 10.0
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Which values count as 1, and which attributes are no answers.
fn answered(answers: &[Scaled]) -> Option<String> {
    let said =
        answers.iter().filter_map(|column| Some(format!("{} {}", column.feature, column.yes.as_ref()?)));
    let said: Vec<String> = said.collect();
    let others = answers.iter().filter(|column| column.yes.is_none());
    let others: Vec<&str> = others.map(|column| column.feature.as_str()).collect();
    let ones = (!said.is_empty()).then(|| {
        let names: Vec<&str> = said.iter().map(String::as_str).collect();
        format!("Answers are 0 and 1, as they are; 1 is {}.", listed(&names))
    });
    let not = (!others.is_empty())
        .then(|| format!("Of no use as answers, since they have not two values: {}.", listed(&others)));
    (!answers.is_empty()).then(|| ones.into_iter().chain(not).collect::<Vec<_>>().join(" "))
}

fn scaling(features: &[Scaled]) -> String {
    let of = |wanted: &dyn Fn(&Scaled) -> bool| {
        let names = features.iter().filter(|column| wanted(column));
        listed(&names.map(|column| column.feature.as_str()).collect::<Vec<_>>())
    };
    let mut text = "Scales: each feature less its median, divided by its interquartile range, so that none \
                    counts for more by its unit alone"
        .to_owned();
    let logarithms = of(&|column| column.scaling.measure != Measure::Plain);
    if !logarithms.is_empty() {
        text.push_str(&format!(
            "; of {logarithms} the logarithm, since from 1 to 2 is as far as from 10 to 20"
        ));
    }
    let deviations = of(&|column| column.scaling.reason == Spread::Deviation);
    if !deviations.is_empty() {
        text.push_str(&format!("; {deviations} by the standard deviation, since the quartiles are equal"));
    }
    let constant = of(&|column| column.scaling.reason == Spread::Constant);
    if !constant.is_empty() {
        text.push_str(&format!("; nobody is told apart by {constant}"));
    }
    text + "."
}

fn missing(columns: &[Scaled], usual: &str) -> Option<String> {
    let of = columns.iter().filter(|column| column.missing > 0);
    let list: Vec<String> = of.map(|column| format!("{} ({})", column.feature, column.missing)).collect();
    let names: Vec<&str> = list.iter().map(String::as_str).collect();
    (!list.is_empty())
        .then(|| format!("Not known of some customers, and taken for the {usual}: {}.", listed(&names)))
}

/// How many clusters there are, and why.
fn number(plan: &Plan, centres: &Centres) -> String {
    let made = centres.centres.len();
    match (&centres.choice, plan.clusters) {
        (Some(choice), _) => chosen(plan, choice),
        (None, Some(asked)) if made < asked => {
            format!("k = {made}: no more customers differ, and {asked} were asked for.")
        }
        (None, Some(_)) => format!("k = {made}, as asked for; with `auto` it is chosen by stability."),
        (None, None) if centres.customers < customers_min() => format!(
            "k = 1: below {} customers with an {} there are no two groups worth having; set `k` to group \
             them all the same.",
            customers_min(),
            if plan.is_of_answers() { "answer" } else { "order" }
        ),
        (None, None) => "k = 1: all customers are alike in these features.".to_owned(),
    }
}

fn chosen(plan: &Plan, choice: &Choice) -> String {
    let clusters = choice.clusters;
    let Some(found) = choice.candidates.iter().find(|candidate| candidate.clusters == clusters) else {
        return format!("k = {clusters}.");
    };
    let why = match choice.reason {
        clustering::Reason::FarthestApart => "these clusters lie apart, and come back",
        clustering::Reason::MostThatAreStable => "the most clusters that all come back",
        clustering::Reason::LeastUnstable => {
            "no number of clusters is stable, this one is the least unstable"
        }
        clustering::Reason::NoneLargeEnough => {
            "no number gives clusters that are all large enough, this one is the least unstable"
        }
    };
    let silhouette = found.silhouette.map_or(String::new(), |width| format!(", silhouette {width:.2}"));
    format!(
        "k = {clusters}, out of {} to {}: {why} when customers are redrawn {} times ({} looked at; weakest \
         cluster {:.2}, agreement {:.2}{silhouette}).",
        choice.candidates.first().map_or(clusters, |first| first.clusters),
        choice.candidates.last().map_or(clusters, |last| last.clusters),
        plan.bootstraps,
        choice.rows_looked_at,
        found.least_jaccard,
        found.mean_stability,
    )
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Natural => "Natural: there are groups among the customers, and these are they.",
        Verdict::Reproducible => {
            "Reproducible: no groups lie apart, but other customers of the same kind would be cut in the \
             same way."
        }
        Verdict::Constructive => {
            "Constructive: the clusters are made, not found: other customers of the same kind would be cut \
             otherwise. Use them as a convenience, not as a fact."
        }
    }
}

/// A cluster by its centre and its main rule.
fn described(plan: &Plan, centres: &Centres, cluster: usize) -> String {
    let of = &centres.centres[cluster];
    let mut rules = centres.rules.iter().filter(|rule| rule.cluster == cluster);
    let rule = match rules.next() {
        None => "no short rule tells it apart".to_owned(),
        Some(rule) => {
            let more = rules.count();
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            format!("rule `{}`{more}", rule.text)
        }
    };
    format!(
        "{}: {}; centre {}; {rule}.",
        name(cluster),
        counted(of.customers as i64, "customer"),
        centre(plan, centres, of)
    )
}

/// A number of a feature, for people.
fn number_of(feature: &Feature, value: f64) -> String {
    match feature.unit {
        Unit::Money => format!("{:.2}", value + 0.0),
        Unit::Count => format!("{}", (value * 10.0).round() / 10.0 + 0.0),
        _ => format!("{}", (value * 100.0).round() / 100.0 + 0.0),
    }
}

fn centre(plan: &Plan, centres: &Centres, centre: &Centre) -> String {
    let numbers = centres.numbers.iter().zip(&centre.means).enumerate().map(|(place, (column, &mean))| {
        let value = column.scaling.original(mean);
        let name = &column.feature;
        match (plan.features.get(place), &column.yes) {
            (Some(feature), _) => format!("{name} {}", number_of(feature, value)),
            (None, Some(yes)) => format!("{name} {yes} {} %", percent(value)),
            (None, None) => format!("{name} unknown"),
        }
    });
    let codes = centres.categories.iter().zip(&centre.modes);
    let modes =
        codes.map(|(categories, &code)| format!("{} {}", categories.attribute, categories.name(code)));
    numbers.chain(modes).collect::<Vec<_>>().join(", ")
}

/// Why a customer is in a cluster.
pub(super) fn reasons(plan: &Plan, centres: &Centres, placed: &Placed) -> Vec<Reason> {
    let cluster = placed.cluster();
    let own = placed.distances[cluster];
    let part = format!("cluster = {}", name(cluster));
    let numbers = centres.numbers.iter().zip(&placed.values).enumerate().map(|(place, (column, value))| {
        let shown = match (value, plan.features.get(place), &column.yes) {
            (None, ..) => "unknown".to_owned(),
            (Some(value), Some(feature), _) => number_of(feature, *value),
            (Some(value), None, Some(yes)) if *value > 0.0 => yes.clone(),
            (Some(_), None, Some(yes)) => format!("not {yes}"),
            (Some(_), None, None) => "unknown".to_owned(),
        };
        format!("{} {shown}", column.feature)
    });
    let codes = centres.categories.iter().zip(&placed.codes);
    let codes =
        codes.map(|(categories, &code)| format!("{} {}", categories.attribute, categories.name(code)));
    let mut reasons = vec![Reason {
        part: part.clone(),
        value: numbers.chain(codes).collect::<Vec<_>>().join(", "),
        rule: format!("nearest centre: {}", centre(plan, centres, &centres.centres[cluster])),
    }];
    if let Some(rule) = rule_of(centres, placed).filter(|_| centres.centres.len() > 1) {
        let says = match rule.cluster == cluster {
            true => "a rule that says the same".to_owned(),
            false => format!("a rule that says {}: the customer lies near the border", name(rule.cluster)),
        };
        reasons.push(Reason {
            part,
            value: says,
            rule: format!("{} ({} of {} are in it)", rule.text, rule.correct, rule.customers),
        });
    }
    let others = (0..placed.distances.len()).filter(|&other| other != cluster);
    let second = others.min_by(|&a, &b| placed.distances[a].total_cmp(&placed.distances[b]));
    reasons.push(Reason {
        part: format!("cluster_distance = {}", rounded(own)),
        value: "distance from the centre in scaled units".to_owned(),
        rule: second.map_or("there is no other cluster".to_owned(), |second| {
            format!("next nearest: {} at {}", name(second), rounded(placed.distances[second]))
        }),
    });
    reasons
}

/// The rule that holds for a customer.
pub(super) fn rule_of<'a>(centres: &'a Centres, placed: &Placed) -> Option<&'a ClusterRule> {
    let numbers: Vec<[f64; 1]> = placed
        .values
        .iter()
        .zip(&centres.numbers)
        .map(|(value, column)| [value.unwrap_or_else(|| column.scaling.original(0.0))])
        .collect();
    let codes: Vec<[u32; 1]> = placed
        .codes
        .iter()
        .zip(&centres.categories)
        .map(|(&code, categories)| [code.min(categories.values.len() as u32 + 1)])
        .collect();
    let columns: Vec<Column<'_>> = numbers
        .iter()
        .map(|value| Column::Number(value))
        .chain(codes.iter().map(|code| Column::Category(code)))
        .collect();
    let holds = |condition: &Condition| condition.holds(&columns, 0);
    centres.rules.iter().find(|rule| rule.conditions.iter().all(holds))
}
