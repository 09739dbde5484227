//! The places of customers against a look through all places one by one.

use super::{PlaceRow, Regions, Whereabouts, fold, fold_zip};
use proptest::prelude::*;
use std::collections::BTreeMap;

type Names = [Option<&'static str>; 6];
/// Whether a place is one that a step looks at.
type Step<'a> = Box<dyn Fn(&Names) -> bool + 'a>;

/// The definition, without any index: levels from the most specific, of each the one place that
/// nothing speaks against and most speaks for.
fn plainly<'a>(
    places: &'a [(Names, BTreeMap<String, String>)],
    at: &Whereabouts<'_>,
) -> BTreeMap<&'a str, &'a str> {
    let same = |name: Option<&str>, said: Option<&str>| {
        let (name, said) = (fold(name.unwrap_or_default()), fold(said.unwrap_or_default()));
        !name.is_empty() && name == said
    };
    let votes = |a: Option<&str>, b: Option<&str>, said: Option<&str>| {
        if said.is_none() || (a.is_none() && b.is_none()) {
            Some(0)
        } else {
            (same(a, said) || same(b, said)).then_some(1)
        }
    };
    let level = |names: &Names| match names {
        [Some(_), ..] => 0,
        [_, Some(_), ..] => 1,
        [_, _, None, None, ..] => 3,
        _ => 2,
    };
    let mut steps: Vec<Step<'_>> = vec![Box::new(move |names| {
        level(names) == 0 && at.zip.is_some_and(|zip| fold_zip(names[0].unwrap()) == fold_zip(zip))
    })];
    for letters in (1..=6).rev() {
        steps.push(Box::new(move |names| {
            let Some(beginning) = names[0].and_then(|zip| zip.strip_suffix('*')) else { return false };
            let (beginning, zip) = (fold_zip(beginning), fold_zip(at.zip.unwrap_or_default()));
            beginning.len() == letters && zip.starts_with(&beginning)
        }));
    }
    steps.push(Box::new(move |names| level(names) == 1 && same(names[1], at.city)));
    steps.push(Box::new(move |names| {
        level(names) == 2 && (same(names[2], at.region) || same(names[3], at.region))
    }));
    steps.push(Box::new(move |names| {
        level(names) == 3 && (same(names[4], at.country) || same(names[5], at.country))
    }));
    let mut found = BTreeMap::new();
    for step in steps {
        let fits = places.iter().filter(|(names, _)| step(names)).filter_map(|(names, attributes)| {
            let region = if level(names) == 1 { votes(names[2], names[3], at.region)? } else { 0 };
            Some((region + votes(names[4], names[5], at.country)?, attributes))
        });
        let fits: Vec<_> = fits.collect();
        let most = fits.iter().map(|(votes, _)| *votes).max();
        let best: Vec<_> = fits.iter().filter(|(votes, _)| Some(*votes) == most).collect();
        if let [(_, attributes)] = best[..] {
            for (name, value) in *attributes {
                found.entry(name.as_str()).or_insert(value.as_str());
            }
        }
    }
    found
}

fn some_of(names: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(names))
}

fn names() -> impl Strategy<Value = Names> {
    (
        prop::option::weighted(
            0.3,
            prop::sample::select(&["1010", "10*", "101*", "LV-1010", "lv10*", "2*"][..]),
        ),
        some_of(&["Riga", "Paris"]),
        some_of(&["North", "South"]),
        some_of(&["N", "S"]),
        some_of(&["Latvia", "France"]),
        some_of(&["LV", "FR"]),
    )
        .prop_map(|(zip, city, region, region_code, country, country_code)| {
            // Of a place by postal code only the country matters.
            let unless = |name: Option<&'static str>| name.filter(|_| zip.is_none());
            [zip, unless(city), unless(region), unless(region_code), country, country_code]
        })
        .prop_filter("a place has a name", |names| names.iter().any(Option::is_some))
}

proptest! {
    #[test]
    fn places_are_found_as_by_looking_at_each(
        rows in prop::collection::vec((names(), prop::collection::btree_map("[ab]", "[xyz]", 1..3)), 0..12),
        zip in some_of(&["1010", "LV 1010", "2000", "1"]),
        city in some_of(&["RIGA", " paris ", "Oslo"]),
        region in some_of(&["north", "s"]),
        country in some_of(&["latvia", "FR", "Norway"]),
    ) {
        let mut regions = Regions::default();
        // As the regions hold them: one place for each key, the newest word on each attribute.
        let mut held: BTreeMap<_, (Names, BTreeMap<String, String>)> = BTreeMap::new();
        for (names, attributes) in &rows {
            let said = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let row = PlaceRow { names: *names, attributes: said };
            regions.say(&row);
            let place = held.entry(super::PlaceKey::of(&row)).or_insert((*names, BTreeMap::new()));
            place.1.extend(attributes.clone());
        }
        regions.ready();
        let held: Vec<_> = held.into_values().collect();
        let at = Whereabouts { zip, city, region, country };
        prop_assert_eq!(regions.of(&at), plainly(&held, &at));
    }
}

#[test]
fn nothing_is_guessed() {
    let mut regions = Regions::default();
    let mut say = |names: Names, climate: &str| {
        regions.say(&PlaceRow { names, attributes: vec![("climate", climate)] });
    };
    say([None, Some("Paris"), Some("Texas"), Some("TX"), None, Some("US")], "hot");
    say([None, Some("Paris"), None, None, Some("France"), Some("FR")], "mild");
    say([None, Some("Paris"), Some("Ontario"), None, None, Some("CA")], "cold");
    say([None, Some("Tromsø"), None, None, Some("Norway"), None], "arctic");
    say([None, None, None, None, Some("Norway"), None], "cool");
    regions.ready();
    let climate = |city, region, country| {
        let at = Whereabouts { zip: None, city, region, country };
        regions.of(&at).get("climate").copied()
    };
    assert_eq!(climate(Some("PARIS"), None, None), None);
    assert_eq!(climate(Some("paris"), None, Some("france")), Some("mild"));
    assert_eq!(climate(Some("Paris"), Some("tx"), None), Some("hot"));
    assert_eq!(climate(Some("Paris"), None, Some("Norway")), Some("cool"));
    assert_eq!(climate(Some("Tromsø"), None, None), Some("arctic"));
    assert_eq!(climate(Some("Tromsø"), None, Some("Sweden")), None);
    assert_eq!(climate(Some("Troms"), None, None), None);
}
