//! Names and words in the languages of our users: which field a header means when no preset knows
//! the file, and which words in cells mean cancelled, returned, a total.

use super::cells::Language;
use super::fields::{self, Field, Shape};
use super::names::words;
use model::base::FactKind;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// How surely a header names a field, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The field's own name.
    Exact,
    /// A listed synonym.
    Synonym,
    /// A name that says little by itself.
    Weak,
    /// Nearly a listed synonym.
    Near,
}

/// A field that a header may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub field: &'static Field,
    pub rank: Rank,
    /// `None` for the fields' own names and the weak ones.
    pub language: Option<Language>,
}

/// Likeness (Jaro–Winkler) from which a header is taken for a misspelt synonym.
const NEAR: f64 = 0.92;
/// Shorter names are too like one another to be taken for misspelt.
const NEAR_LETTERS_MIN: usize = 5;

/// What a header means in files of a kind; `None` if it is not known.
pub fn meaning(kind: FactKind, header: &str) -> Option<Meaning> {
    let dictionary = &DICTIONARIES[kind as usize];
    let split = words(header);
    let whole = words(&header.to_lowercase());
    if let Some(&found) = dictionary.get(&split).or_else(|| dictionary.get(&whole)) {
        return Some(found);
    }
    if split.chars().count() < NEAR_LETTERS_MIN {
        return None;
    }
    let is_ours = is_of_ours(header);
    let mut best: Option<(f64, &str, Meaning)> = None;
    for (name, &found) in dictionary {
        if found.rank == Rank::Weak || name.chars().count() < NEAR_LETTERS_MIN {
            continue;
        }
        // `Contact owner` is near to `contact name`, and somebody else.
        if is_ours && (found.field.shape == Shape::Contact || found.field.name == "customer_id") {
            continue;
        }
        let likeness = strsim::jaro_winkler(&split, name);
        // Ties go to the first name in the alphabet: the map's order must not decide.
        let better =
            best.is_none_or(|(most, first, _)| likeness > most || (likeness == most && **name < *first));
        if likeness >= NEAR && better {
            best = Some((likeness, name, found));
        }
    }
    best.map(|(_, _, found)| Meaning { rank: Rank::Near, ..found })
}

/// Words of cells that mean something by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Word {
    Cancelled,
    Refunded,
    Returned,
    Total,
    Subscribed,
    Unsubscribed,
    Won,
    Lost,
    Open,
    /// Words of headers that speak of our own people.
    Ours,
    /// Headers of titles, which hold people's names.
    Title,
}

/// Whether a cell is one of the words.
pub fn is_word(word: Word, cell: &str) -> bool {
    let set = &WORDS[word as usize];
    !cell.is_empty() && set.contains(&words(&cell.to_lowercase()))
}

/// Whether a header speaks of one of our own people: an owner, a manager, whoever is responsible.
/// Such a column never is the customer's.
pub fn is_of_ours(header: &str) -> bool {
    let ours = &WORDS[Word::Ours as usize];
    words(header).split(' ').any(|word| ours.contains(word))
}

/// Whether a cell begins with one of the words and ends there or goes on after a blank or colon,
/// as `Total`, `Итого:` and `Total (12 rows)` do.
pub fn begins_with_word(word: Word, cell: &str) -> bool {
    let folded = words(&cell.to_lowercase());
    let set = &WORDS[word as usize];
    let starts = |end: usize| set.contains(&folded[..end]);
    starts(folded.len()) || folded.match_indices(' ').any(|(at, _)| starts(at))
}

/// The kind of touch that a word of a cell means; `None` for words that are not listed.
pub fn touch_of(cell: &str) -> Option<&'static str> {
    TOUCHES.get(&words(&cell.to_lowercase())).copied()
}

type Names = BTreeMap<String, Vec<String>>;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    orders: BTreeMap<String, Names>,
    customers: BTreeMap<String, Names>,
    products: BTreeMap<String, Names>,
    deals: BTreeMap<String, Names>,
    leads: BTreeMap<String, Names>,
    touches: BTreeMap<String, Names>,
    contacts: BTreeMap<String, Names>,
    regions: BTreeMap<String, Names>,
    population: BTreeMap<String, Names>,
    people: BTreeMap<String, Names>,
    values: BTreeMap<String, Vec<String>>,
    kinds_of_touch: BTreeMap<String, Vec<String>>,
}

static LISTED: LazyLock<Listed> = LazyLock::new(|| {
    toml::from_str(include_str!("synonyms.toml")).expect("the shipped synonyms are tested to parse")
});

static DICTIONARIES: LazyLock<[HashMap<String, Meaning>; 9]> =
    LazyLock::new(|| FactKind::ALL.map(dictionary));

static WORDS: LazyLock<[HashSet<String>; 11]> = LazyLock::new(|| {
    let names = [
        "cancelled",
        "refunded",
        "returned",
        "total",
        "subscribed",
        "unsubscribed",
        "won",
        "lost",
        "open",
        "ours",
        "title",
    ];
    names.map(|name| {
        let listed = LISTED.values.get(name).map_or(&[][..], Vec::as_slice);
        listed.iter().map(|word| words(&word.to_lowercase())).collect()
    })
});

static TOUCHES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let listed = LISTED.kinds_of_touch.iter();
    let all = listed.flat_map(|(kind, said)| said.iter().chain([kind]).map(|word| (word, kind.as_str())));
    all.map(|(word, kind)| (words(&word.to_lowercase()), kind)).collect()
});

fn language(name: &str) -> Option<Language> {
    match name {
        "en" => Some(Language::En),
        "ru" => Some(Language::Ru),
        "ca" => Some(Language::Ca),
        "es" => Some(Language::Es),
        "lv" => Some(Language::Lv),
        _ => None,
    }
}

/// Kinds whose files speak of no customer as a person.
fn own_people(kind: FactKind) -> bool {
    matches!(kind, FactKind::Products | FactKind::Contacts)
}

fn dictionary(kind: FactKind) -> HashMap<String, Meaning> {
    let listed = &*LISTED;
    let own = match kind {
        FactKind::Orders => &listed.orders,
        FactKind::Customers => &listed.customers,
        FactKind::Products => &listed.products,
        FactKind::Deals => &listed.deals,
        FactKind::Leads => &listed.leads,
        FactKind::Touches => &listed.touches,
        FactKind::Contacts => &listed.contacts,
        FactKind::Regions => &listed.regions,
        FactKind::Population => &listed.population,
    };
    let people = (!own_people(kind)).then_some(&listed.people);
    let mut dictionary: HashMap<String, Meaning> = HashMap::new();
    let mut add = |name: &str, meaning: Meaning| {
        let known = dictionary.entry(words(name)).or_insert(meaning);
        if meaning.rank < known.rank {
            *known = meaning;
        }
    };
    for field in fields::fields(kind) {
        add(field.name, Meaning { field, rank: Rank::Exact, language: None });
    }
    for (name, by_language) in own.iter().chain(people.into_iter().flatten()) {
        let Some(field) = fields::field(kind, name) else { continue };
        for (tag, names) in by_language {
            let language = language(tag);
            let rank = if language.is_some() { Rank::Synonym } else { Rank::Weak };
            for name in names {
                add(name, Meaning { field, rank, language });
            }
        }
    }
    dictionary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::events::touch::TOUCH_KINDS;

    fn means(kind: FactKind, header: &str) -> Option<&'static str> {
        meaning(kind, header).map(|meaning| meaning.field.name)
    }

    #[test]
    fn every_listed_field_and_language_exists() {
        for (kind, section) in [
            (FactKind::Orders, &LISTED.orders),
            (FactKind::Customers, &LISTED.customers),
            (FactKind::Products, &LISTED.products),
            (FactKind::Deals, &LISTED.deals),
            (FactKind::Leads, &LISTED.leads),
            (FactKind::Touches, &LISTED.touches),
            (FactKind::Contacts, &LISTED.contacts),
            (FactKind::Regions, &LISTED.regions),
            (FactKind::Population, &LISTED.population),
            (FactKind::Orders, &LISTED.people),
            (FactKind::Customers, &LISTED.people),
        ] {
            for (name, by_language) in section {
                assert!(fields::field(kind, name).is_some(), "{name}");
                assert!(by_language.keys().all(|tag| tag == "weak" || language(tag).is_some()), "{name}");
            }
        }
        assert_eq!(LISTED.values.len(), WORDS.len());
        assert!(WORDS.iter().all(|set| !set.is_empty()));
    }

    #[test]
    fn every_listed_kind_of_touch_is_one() {
        let known: Vec<&str> = TOUCH_KINDS.iter().map(|kind| kind.name).collect();
        assert!(LISTED.kinds_of_touch.keys().eq({
            let mut sorted = known.clone();
            sorted.sort_unstable();
            sorted
        }));
        assert_eq!(touch_of("Звонок"), Some("call"));
        assert_eq!(touch_of("add_to_cart"), Some("cart"));
        assert_eq!(touch_of("sneeze"), None);
    }

    #[test]
    fn no_synonym_means_two_fields() {
        let all = [
            &LISTED.orders,
            &LISTED.customers,
            &LISTED.products,
            &LISTED.deals,
            &LISTED.leads,
            &LISTED.touches,
            &LISTED.contacts,
            &LISTED.regions,
            &LISTED.population,
        ];
        for (kind, own) in FactKind::ALL.into_iter().zip(all) {
            let mut seen: HashMap<String, &str> = HashMap::new();
            // In region tables their own words stand above those of people.
            let alone = own_people(kind) || kind == FactKind::Regions;
            let people = (!alone).then_some(&LISTED.people);
            for (field, by_language) in own.iter().chain(people.into_iter().flatten()) {
                for name in by_language.iter().filter(|(tag, _)| *tag != "weak").flat_map(|(_, names)| names)
                {
                    let other = seen.insert(words(name), field);
                    assert!(
                        other.is_none_or(|other| other == field),
                        "{kind:?} `{name}`: {field}, {other:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn five_languages_and_slips() {
        use FactKind::{Customers, Orders, Products};
        assert_eq!(means(Orders, "Дата заказа"), Some("ordered_at"));
        assert_eq!(means(Orders, "Pasūtījuma datums"), Some("ordered_at"));
        assert_eq!(means(Orders, "Numero de comanda"), Some("order_id"));
        assert_eq!(means(Orders, "Código promocional"), Some("promo_code"));
        assert_eq!(means(Orders, "Cutomer ID"), Some("customer_id"));
        assert_eq!(means(Orders, "InvoiceNo"), Some("order_id"));
        assert_eq!(means(Orders, "UnitPrice"), Some("price"));
        assert_eq!(means(Orders, "Weather"), None);
        assert_eq!(means(Customers, "Contact owner"), None);
        assert_eq!(means(Customers, "Contact nane"), Some("full_name"));
        assert_eq!(means(FactKind::Deals, "Deal owner"), Some("employee"));
        assert_eq!(means(Customers, "E-pasts"), Some("email"));
        assert_eq!(means(Customers, "Created At"), Some("created_at"));
        assert_eq!(means(Products, "Себестоимость"), Some("unit_cost"));
        assert_eq!(means(FactKind::Regions, "Country code"), Some("country_code"));
        assert_eq!(means(FactKind::Regions, "Население"), Some("population"));
    }

    #[test]
    fn words_of_cells() {
        assert!(is_word(Word::Cancelled, "Отменён") && is_word(Word::Cancelled, "CANCEL·LAT"));
        assert!(is_word(Word::Returned, "Refund") && !is_word(Word::Returned, "Payment"));
        assert!(begins_with_word(Word::Total, "Итого:") && begins_with_word(Word::Total, "Kopā"));
        assert!(
            begins_with_word(Word::Total, "Total (12 rows)") && !begins_with_word(Word::Total, "Totally")
        );
        assert!(!is_word(Word::Cancelled, ""));
    }
}
