//! Who a customer is and how they buy: all of it follows from the seed and the customer's number.

use super::categories::CATEGORIES;
use super::chance::{Chance, Stream};
use super::line::Channel;
use super::season::{Season, day_at};

/// How a customer behaves over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Signed up and never bought.
    NeverBought,
    /// Bought once, for whatever reason.
    OneTime,
    /// Comes back at their own rate until they go away.
    Repeat,
    /// Came often and has been quiet for months: could be woken.
    Asleep,
    /// A company that buys in bulk.
    Wholesale,
}

/// What is known of one customer before the first order is made up.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    pub(super) kind: Kind,
    /// First and last day of buying, as numbers of the shop's days.
    pub(super) first_day: usize,
    pub(super) last_day: usize,
    /// Was a customer before the shop's first day: the first order seen is not their first.
    pub(super) known_before: bool,
    /// Buys at even gaps rather than at random.
    pub(super) steady: bool,
    /// Orders they cannot do without, and their share in the rest of the shop's orders.
    pub(super) orders: u64,
    pub(super) weight: u64,
    /// Categories they like, best first.
    pub(super) favourites: [u8; 3],
    pub(super) channel: Channel,
    pub(super) loyalty_card: bool,
    /// Places in the lists of [`super::rows`].
    pub(super) city: usize,
    pub(super) woman: bool,
    pub(super) age: usize,
    pub(super) source: usize,
}

/// Attribute values with how many have them.
pub(super) const CITIES: [(&str, u32); 12] = [
    ("London", 24),
    ("Manchester", 12),
    ("Birmingham", 11),
    ("Leeds", 9),
    ("Glasgow", 8),
    ("Bristol", 8),
    ("Edinburgh", 7),
    ("Sheffield", 7),
    ("Cardiff", 5),
    ("Inverness", 3),
    ("Keswick", 3),
    ("York", 3),
];
pub(super) const AGES: [(&str, u32); 6] =
    [("18-24", 12), ("25-34", 25), ("35-44", 24), ("45-54", 18), ("55-64", 13), ("65+", 8)];
pub(super) const SOURCES: [(&str, u32); 6] =
    [("search", 30), ("ads", 22), ("social", 18), ("marketplace", 12), ("friends", 12), ("passing by", 6)];
/// How much likelier than others the customers of a source are to buy only once, in per mille.
const ONE_TIME_BY_SOURCE: [i32; 6] = [0, 60, 20, 110, -160, -60];
const MARKETPLACE: usize = 3;
/// The shop has its own doors in the first cities of the list.
const CITIES_WITH_DOORS: usize = 4;

/// Customers in per mille who never bought, are asleep, and buy wholesale.
const NEVER_BOUGHT: u32 = 60;
const ASLEEP: u32 = 40;
const WHOLESALE: u32 = 6;

impl Habits {
    /// The habits of customer `number`, where `one_time` per mille of the buyers buy once.
    pub(super) fn of(seed: u64, number: u32, one_time: u32, season: &Season) -> Habits {
        let mut chance = Chance::of(seed, Stream::Habits, u64::from(number));
        let source = pick(&SOURCES, &mut chance);
        let kind = kind(source, one_time, &mut chance);
        let (city, age) = (pick(&CITIES, &mut chance), pick(&AGES, &mut chance));
        let woman = chance.happens(560);
        let favourites = favourites(woman, &mut chance);
        let (first_day, last_day, known_before) = life(kind, season, &mut chance);
        let steady = kind == Kind::Asleep || chance.happens(350);
        let pace: u32 =
            favourites.iter().map(|&category| CATEGORIES[usize::from(category)].pace).sum::<u32>();
        let days = (last_day - first_day + 30) as f64;
        let rate = match kind {
            Kind::NeverBought | Kind::OneTime => 0.0,
            Kind::Repeat => 0.15 + chance.gamma_half(),
            Kind::Asleep => 1.2 + chance.gamma_half(),
            Kind::Wholesale => 1.5 + 2.0 * chance.gamma_half(),
        };
        Habits {
            kind,
            first_day,
            last_day,
            known_before,
            steady,
            orders: match kind {
                Kind::NeverBought => 0,
                Kind::OneTime => 1,
                Kind::Repeat | Kind::Wholesale => 2,
                Kind::Asleep => 4,
            },
            weight: (rate * days * f64::from(pace)) as u64,
            favourites,
            channel: channel(kind, source, city, age, &mut chance),
            loyalty_card: chance.happens(if kind == Kind::OneTime { 90 } else { 480 }),
            city,
            woman,
            age,
            source,
        }
    }
}

fn pick(values: &[(&str, u32)], chance: &mut Chance) -> usize {
    let mut left = chance.below(values.iter().map(|value| value.1).sum());
    values
        .iter()
        .position(|value| {
            let here = left < value.1;
            left = left.wrapping_sub(value.1);
            here
        })
        .unwrap_or(0)
}

fn kind(source: usize, one_time: u32, chance: &mut Chance) -> Kind {
    if chance.happens(NEVER_BOUGHT) {
        return Kind::NeverBought;
    }
    let once = (one_time as i32 + ONE_TIME_BY_SOURCE[source]).clamp(0, 1000) as u32;
    if chance.happens(once) {
        Kind::OneTime
    } else if chance.happens(ASLEEP * 1000 / (1001 - one_time.min(1000))) {
        Kind::Asleep
    } else if chance.happens(WHOLESALE * 1000 / (1001 - one_time.min(1000))) {
        Kind::Wholesale
    } else {
        Kind::Repeat
    }
}

/// Three categories by their popularity and by who likes them; one may come twice.
fn favourites(woman: bool, chance: &mut Chance) -> [u8; 3] {
    let weights: [u32; CATEGORIES.len()] = std::array::from_fn(|place| {
        let category = &CATEGORIES[place];
        category.popularity * if woman { category.women } else { 100 }
    });
    std::array::from_fn(|_| chance.weighted(&weights) as u8)
}

/// First and last day of buying, and whether the customer is older than the shop's records.
fn life(kind: Kind, season: &Season, chance: &mut Chance) -> (usize, usize, bool) {
    let newest = season.days.len() - 1;
    let arrival =
        |chance: &mut Chance| day_at(&season.arrivals, chance.below_wide(season.arrivals[season.days.len()]));
    match kind {
        Kind::NeverBought | Kind::OneTime => {
            let day = arrival(chance);
            (day, day, false)
        }
        Kind::Asleep => {
            let quiet = chance.between(70, 240) as usize;
            let last = newest.saturating_sub(quiet);
            (chance.below(last as u32 / 2 + 1) as usize, last, false)
        }
        Kind::Repeat | Kind::Wholesale => {
            let known_before = chance.happens(220);
            let first = if known_before { 0 } else { arrival(chance) };
            // Somewhat under half stay; the others go away after a year or so.
            let stays = chance.happens(450);
            let days = 30 + (chance.exponential() * 420.0) as usize;
            (first, if stays { newest } else { newest.min(first + days) }, known_before)
        }
    }
}

fn channel(kind: Kind, source: usize, city: usize, age: usize, chance: &mut Chance) -> Channel {
    if source == MARKETPLACE && chance.happens(800) {
        return Channel::Marketplace;
    }
    let doors = if city < CITIES_WITH_DOORS { 40 } else { 8 };
    let weights = match (kind, age) {
        (Kind::Wholesale, _) => [35, 5, 0, 60],
        (_, 0 | 1) => [80, doors / 2, 14, 1],
        (_, 2 | 3) => [68, doors, 10, 3],
        _ => [45, doors * 3 / 2, 5, 14],
    };
    Channel::ALL[chance.weighted(&weights)]
}
