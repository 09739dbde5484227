//! Values of a population's attribute as a condition for customers, in the language of rules.

use super::cut::{Range, shown};
use super::sides::{AGE, Aspect, BORN, are_of_birth};
use crate::criteria::text::{name, quoted};
use crate::facts::regions::fold;
use crate::features::list::{self, Unit};
use model::bands::number;
use model::money::SCALE;
use std::collections::BTreeSet;

impl Aspect {
    /// The condition that holds for the customers of some groups, in the language of rules. `None` where
    /// the base has no such attribute, or the groups have nothing that a rule can ask for.
    pub fn rule(&self, groups: &[usize]) -> Option<String> {
        if are_of_birth(&self.columns) && fold(&self.attribute) == AGE {
            return self.born(groups);
        }
        let column = name(self.columns.first()?);
        let all = groups.iter().map(|&group| &self.groups[group]);
        // Customers may have bands as texts themselves: no rule can compare these with a number.
        let mut written = self.groups.iter().flat_map(|group| group.spellings.values());
        let are_numbers = written.all(|value| number(value).is_some());
        let ranges = all.clone().filter_map(|group| group.range).filter(|_| are_numbers);
        let ranges: Vec<String> = ranges.filter_map(|range| in_range(&column, range)).collect();
        if !ranges.is_empty() {
            return Some(any_of(&ranges));
        }
        if list::find(self.columns.first()?).is_some_and(|feature| feature.unit != Unit::Text) {
            // A few different numbers stand as they are.
            let written =
                all.flat_map(|group| group.spellings.values().map(|value| format!("{column} = {value}")));
            let each: Vec<String> = written.collect();
            return (!each.is_empty()).then(|| any_of(&each));
        }
        let of_column = |column: &String| {
            let values: BTreeSet<String> = all
                .clone()
                .flat_map(|group| group.spellings.values().map(|value| quoted(value, '"')))
                .collect();
            let values: Vec<String> = values.into_iter().collect();
            match &values[..] {
                [] => None,
                [one] => Some(format!("{} = {one}", name(column))),
                several => Some(format!("{} in ({})", name(column), several.join(", "))),
            }
        };
        let each: Vec<String> = self.columns.iter().filter_map(of_column).collect();
        (!each.is_empty()).then(|| any_of(&each))
    }

    /// The condition on the day or year of birth that some ages come to, on the day that is looked at;
    /// `None` where both columns are known: which of them counts differs from customer to customer.
    fn born(&self, groups: &[usize]) -> Option<String> {
        let [column] = &self.columns[..] else { return None };
        let today = self.as_of.0.date();
        // Who is `years` old was born on this day so many years ago, or before it.
        let born = |years: i64| -> Option<String> {
            let year = today.year().checked_sub(i16::try_from(years).ok()?)?;
            if column == BORN[1] {
                return Some(year.to_string());
            }
            let in_year = |day: i8| jiff::civil::Date::new(year, today.month(), day).ok();
            Some(in_year(today.day()).or_else(|| in_year(today.day() - 1))?.to_string())
        };
        // Ages are whole: the first one that an end lets in.
        let first = |end: i64| (end + SCALE - 1).div_euclid(SCALE);
        let one = |group: usize| -> Option<String> {
            let (from, below) = match self.groups[group].range {
                Some(Range::Band(band)) => (band.from.map(first), band.below.map(first)),
                Some(Range::Between { above, at_most }) => {
                    (above.map(|end| first(end + 1)), at_most.map(|end| first(end + 1)))
                }
                None => {
                    let age = self.groups[group].name.trim().parse::<i64>().ok()?;
                    (Some(age), Some(age + 1))
                }
            };
            let ends = [from.map(|years| ("<=", years)), below.map(|years| (">", years))];
            let ends: Option<Vec<String>> = ends
                .into_iter()
                .flatten()
                .map(|(sign, years)| Some(format!("{column} {sign} {}", born(years)?)))
                .collect();
            match &ends?[..] {
                [] => None,
                [end] => Some(end.clone()),
                both => Some(format!("({})", both.join(" and "))),
            }
        };
        let each: Option<Vec<String>> = groups.iter().map(|&group| one(group)).collect();
        each.filter(|each| !each.is_empty()).map(|each| any_of(&each))
    }
}

fn any_of(conditions: &[String]) -> String {
    if conditions.len() == 1 { conditions[0].clone() } else { format!("({})", conditions.join(" or ")) }
}

/// The condition of a range; `None` for one that holds any number.
fn in_range(column: &str, range: Range) -> Option<String> {
    let ends = match range {
        Range::Band(band) => [band.from.map(|from| (">=", from)), band.below.map(|below| ("<", below))],
        Range::Between { above, at_most } => [above.map(|a| (">", a)), at_most.map(|most| ("<=", most))],
    };
    let ends: Vec<String> =
        ends.into_iter().flatten().map(|(sign, end)| format!("{column} {sign} {}", shown(end))).collect();
    match &ends[..] {
        [] => None,
        [one] => Some(one.clone()),
        both => Some(format!("({})", both.join(" and "))),
    }
}
