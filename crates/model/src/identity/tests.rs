//! Links and finding against slow and plain versions of the same.

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const IDS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];
const VALUES: [&str; 6] = ["1@x.lv", "2@x.lv", "3@x.lv", "4@x.lv", "5@x.lv", "6@x.lv"];
const BIRTHDAYS: [&str; 2] = ["1990-05-17", "1991-06-18"];

fn link(id: usize, main: Option<usize>, why: Why) -> NewEntry {
    let main_id = main.map(|main| IDS[main].to_owned());
    NewEntry { customer_id: IDS[id].to_owned(), main_id, why, rests_on: None }
}

fn record(said: impl IntoIterator<Item = NewEntry>) -> Vec<Entry> {
    let entry = |(step, said)| Entry { step, at: step, said, undone_at: None, unfounded: false };
    (1..).zip(said).map(entry).collect()
}

fn said() -> impl Strategy<Value = Vec<NewEntry>> {
    let one = (0..IDS.len(), proptest::option::weighted(0.7, 0..IDS.len()), any::<bool>());
    let one = one.prop_map(|(id, main, hand)| link(id, main, if hand { Why::Hand } else { Why::Email }));
    proptest::collection::vec(one, 0..14)
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    let point = (0..IDS.len(), 0..VALUES.len(), any::<bool>(), 1..4_i64);
    let point = point.prop_map(|(id, value, phone, import)| Point {
        kind: if phone { PointKind::Phone } else { PointKind::Email },
        value: VALUES[value].to_owned(),
        customer_id: IDS[id].to_owned(),
        import,
    });
    proptest::collection::vec(point, 0..12)
}

fn birthdays() -> impl Strategy<Value = BTreeMap<String, String>> {
    let each = proptest::collection::vec(proptest::option::weighted(0.3, 0..BIRTHDAYS.len()), IDS.len());
    each.prop_map(|days| {
        let known = IDS.iter().zip(days).filter_map(|(id, day)| day.map(|day| (*id, BIRTHDAYS[day])));
        known.map(|(id, day)| (id.to_owned(), day.to_owned())).collect()
    })
}

/// Persons as a list of sets, the first of each its main; and pairs told apart.
fn slow_replay(entries: &[Entry]) -> (BTreeMap<String, String>, BTreeSet<(String, String)>) {
    let mut main: BTreeMap<String, String> = IDS.iter().map(|&id| (id.to_owned(), id.to_owned())).collect();
    let mut apart: BTreeSet<(String, String)> = BTreeSet::new();
    for entry in entries.iter().filter(|entry| entry.holds()) {
        let id = entry.said.customer_id.clone();
        let same = |main: &BTreeMap<String, String>, one: &str| -> Vec<String> {
            main.iter().filter(|(_, of)| **of == main[one]).map(|(id, _)| id.clone()).collect()
        };
        if let Some(to) = &entry.said.main_id {
            let (ones, others) = (same(&main, &id), same(&main, to));
            if main[&id] == main[to] {
                continue;
            }
            let into = main[to].clone();
            for one in &ones {
                main.insert(one.clone(), into.clone());
                for other in others.iter().filter(|_| entry.said.why == Why::Hand) {
                    apart.remove(&(one.clone(), other.clone()));
                    apart.remove(&(other.clone(), one.clone()));
                }
            }
        } else {
            let others: Vec<String> = same(&main, &id).into_iter().filter(|other| *other != id).collect();
            let stands = if main[&id] == id { others.first().cloned() } else { Some(main[&id].clone()) };
            for other in &others {
                apart.insert((id.clone(), other.clone()));
                apart.insert((other.clone(), id.clone()));
                main.insert(other.clone(), stands.clone().unwrap());
            }
            main.insert(id.clone(), id);
        }
    }
    (main, apart)
}

/// Ids that belong together: everything joined with everything until nothing changes.
fn slow_find(
    points: &[Point],
    birthdays: &BTreeMap<String, String>,
    links: &Links,
) -> BTreeSet<BTreeSet<String>> {
    let ids = || IDS.iter().map(|id| (*id).to_owned());
    let person = |id: &str| links.main_of(id).to_owned();
    let enemies = |one: &str, other: &str| {
        person(one) != person(other)
            && (links.are_apart(one, other)
                || matches!((birthdays.get(one), birthdays.get(other)), (Some(a), Some(b)) if a != b))
    };
    let whole = |set: &BTreeSet<String>| -> BTreeSet<String> {
        ids().filter(|id| set.iter().any(|one| person(one) == person(id))).collect()
    };
    let at_war = |set: &BTreeSet<String>| set.iter().any(|one| set.iter().any(|other| enemies(one, other)));
    let mut together: BTreeSet<BTreeSet<String>> = ids().map(|id| whole(&BTreeSet::from([id]))).collect();
    for kind in [PointKind::Email, PointKind::Phone] {
        for value in VALUES {
            let holders = points.iter().filter(|point| point.kind == kind && point.value == value);
            let holders: BTreeSet<String> = holders.map(|point| point.customer_id.clone()).collect();
            if holders.len() > SHARED_IDS_MAX || at_war(&whole(&holders)) {
                continue;
            }
            let (touched, others): (Vec<_>, Vec<_>) =
                together.into_iter().partition(|set| !set.is_disjoint(&holders));
            together = others.into_iter().collect();
            together.insert(touched.into_iter().flatten().collect());
        }
    }
    together.remove(&BTreeSet::new());
    let mut settled = BTreeSet::new();
    for set in together {
        if at_war(&set) {
            settled.extend(set.iter().map(|id| whole(&BTreeSet::from([id.clone()]))));
        } else {
            settled.insert(set);
        }
    }
    settled
}

fn persons(links: &Links) -> BTreeSet<BTreeSet<String>> {
    IDS.iter().map(|id| links.person(id).into_iter().map(str::to_owned).collect()).collect()
}

proptest! {
    #[test]
    fn the_record_says_who_is_whom(said in said()) {
        let entries = record(said);
        let links = Links::replay(&entries);
        let (mains, apart) = slow_replay(&entries);
        for id in IDS {
            prop_assert_eq!(links.main_of(id), &mains[id]);
            let person = links.person(id);
            prop_assert_eq!(person[0], links.main_of(id));
            prop_assert_eq!(person.len(), mains.values().filter(|main| **main == mains[id]).count());
            for other in IDS.iter().filter(|other| **other != id) {
                prop_assert_eq!(links.are_apart(id, other), apart.contains(&(id.into(), (*other).into())));
            }
        }
        prop_assert_eq!(links.pairs().count(), IDS.iter().filter(|id| links.main_of(id) != **id).count());
    }

    #[test]
    fn a_step_undone_never_was(said in said(), undone in 0..14_usize) {
        let mut with = record(said);
        let mut without = with.clone();
        if undone < with.len() {
            with[undone].undone_at = Some(9);
            without.remove(undone);
        }
        prop_assert_eq!(Links::replay(&with), Links::replay(&without));
    }

    #[test]
    fn found_is_what_shares_a_contact(
        points in points(),
        birthdays in birthdays(),
        said in said(),
        seed: u64,
    ) {
        let entries = record(said);
        let links = Links::replay(&entries);
        let found = find(points.clone(), &birthdays, &links);
        let mut mixed = points.clone();
        mixed.sort_by_key(|point| {
            let text = format!("{point:?}{seed}");
            text.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)))
        });
        prop_assert_eq!(&find(mixed, &birthdays, &links), &found, "the order of points is nothing");

        let proposed = found.proposals.iter().map(|proposal| proposal.link.clone());
        let all = record(entries.into_iter().map(|entry| entry.said).chain(proposed));
        let linked = Links::replay(&all);
        prop_assert_eq!(persons(&linked), slow_find(&points, &birthdays, &links));
        for proposal in &found.proposals {
            prop_assert_eq!(linked.main_of(&proposal.link.customer_id), &proposal.main_id);
        }
        let again = find(points, &birthdays, &linked);
        prop_assert_eq!(again.proposals, vec![], "what is linked is not found again");
    }
}

fn point(id: &str, value: &str, import: i64) -> Point {
    Point { kind: PointKind::Email, value: value.to_owned(), customer_id: id.to_owned(), import }
}

#[test]
fn the_earliest_id_stands_for_the_person() {
    let points = vec![point("b", "1@x.lv", 1), point("a", "1@x.lv", 2), point("c", "1@x.lv", 1)];
    let found = find(points, &BTreeMap::new(), &Links::default());
    let pairs: Vec<_> = found.proposals.iter().map(|one| (&*one.link.customer_id, &*one.main_id)).collect();
    assert_eq!(pairs, [("a", "b"), ("c", "b")]);
    assert_eq!(found.proposals[0].link.rests_on, Some((2, 1)));
}

#[test]
fn a_switchboard_joins_nobody() {
    let mut points: Vec<Point> = (0..6).map(|n| point(&format!("id{n}"), "office@x.lv", 1)).collect();
    points.push(point("id0", "me@x.lv", 1));
    points.push(point("id1", "me@x.lv", 1));
    let found = find(points, &BTreeMap::new(), &Links::default());
    assert_eq!(found.shared, [(PointKind::Email, "office@x.lv".to_owned(), 6)]);
    assert_eq!(found.proposals.len(), 1);
}

#[test]
fn a_chain_of_contacts_is_no_person() {
    let chain = |count: usize| -> Vec<Point> {
        let pair = |n: usize| [n, n + 1].map(|id| point(&format!("{id:02}"), &format!("{n:02}@x.lv"), 1));
        (0..count).flat_map(pair).collect()
    };
    let whole = find(chain(GROUP_IDS_MAX - 1), &BTreeMap::new(), &Links::default());
    assert_eq!((whole.proposals.len(), whole.conflicts.len()), (GROUP_IDS_MAX - 1, 0));
    let long = find(chain(GROUP_IDS_MAX), &BTreeMap::new(), &Links::default());
    assert_eq!((long.proposals.len(), long.conflicts[0].doubt), (0, Doubt::TooMany));
}
