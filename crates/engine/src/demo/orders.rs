//! The orders of one customer or of one day's walk-ins, line by line.

use super::categories::CATEGORIES;
use super::chance::{Chance, Stream, scramble};
use super::goods::in_season;
use super::habits::{Habits, Kind};
use super::line::{Channel, DAY_SECONDS, ShopLine};
use super::season::{ShopDay, day_at};
use super::shop::{COMEBACK, Shop, WELCOME};

/// Lines of orders in time order, with room that is used again for the next customer.
#[derive(Debug, Default)]
pub struct Lines {
    lines: Vec<ShopLine>,
    moments: Vec<Moment>,
    positions: Vec<u64>,
}

impl Lines {
    pub fn as_slice(&self) -> &[ShopLine] {
        &self.lines
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    at: i64,
    day: usize,
    channel: u8,
}

/// Who orders, as far as it matters for what is in the order.
struct Buyer<'a> {
    customer: Option<u32>,
    habits: Option<&'a Habits>,
    /// Day on which each category was last bought, plus one; 0 for never.
    bought: [u16; CATEGORIES.len()],
    /// Mixed into the choice of favourite brands.
    taste: u64,
}

/// What is let off in one order.
#[derive(Clone, Copy)]
struct Offer {
    percent: u32,
    code: u8,
}

/// Orders with one, two … lines, in per cent.
const LINES_PER_ORDER: [u32; 5] = [58, 25, 11, 4, 2];
/// Of what comes back, the share that is booked in its order, in per mille.
const REFUND_IN_ORDER: u32 = 500;
/// Sales by hour of the day and channel.
const HOURS: [[u32; 24]; 4] = [
    [6, 3, 2, 1, 1, 2, 6, 14, 24, 34, 40, 42, 44, 42, 38, 38, 42, 46, 54, 64, 72, 70, 48, 20],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 22, 42, 60, 74, 64, 56, 56, 64, 76, 58, 24, 0, 0, 0, 0],
    [9, 5, 3, 2, 2, 3, 7, 13, 21, 28, 34, 37, 40, 38, 35, 35, 38, 43, 52, 62, 72, 76, 60, 30],
    [0, 0, 0, 0, 0, 0, 0, 0, 10, 60, 80, 70, 40, 50, 70, 70, 50, 20, 0, 0, 0, 0, 0, 0],
];

impl Shop {
    /// Replaces `lines` by all lines of customer `number` (from 0), in time order.
    pub fn lines_of(&self, number: u32, lines: &mut Lines) {
        let place = number as usize;
        let (first, end) = (self.before_customer[place], self.before_customer[place + 1]);
        lines.lines.clear();
        if first == end {
            return;
        }
        let habits = self.habits(number);
        let mut chance = Chance::of(self.seed, Stream::Orders, u64::from(number));
        self.customer_moments(&habits, end - first, &mut chance, lines);
        let taste = scramble(u64::from(number) ^ self.seed.rotate_left(32));
        let mut buyer =
            Buyer { customer: Some(number), habits: Some(&habits), bought: [0; CATEGORIES.len()], taste };
        for index in 0..lines.moments.len() {
            let moment = lines.moments[index];
            let day = &self.season.days[moment.day];
            let gap = index.checked_sub(1).map(|before| moment.day - lines.moments[before].day);
            let offer = offer(&habits, gap, day, &mut chance);
            self.order(first + index as u64, moment, offer, &mut buyer, &mut chance, &mut lines.lines);
        }
        lines.lines.sort_unstable_by_key(ShopLine::time_key);
    }

    /// Replaces `lines` by the sales to people unknown of day `number` (from 0), with what of them
    /// came back later.
    pub fn walk_in_lines(&self, number: u32, lines: &mut Lines) {
        let place = number as usize;
        let (first, end) = (self.before_day[place], self.before_day[place + 1]);
        let day = &self.season.days[place];
        lines.lines.clear();
        let mut chance = Chance::of(self.seed, Stream::WalkIn, u64::from(number));
        for order in first..end {
            // At a marketplace, some buyers stay hidden.
            let channel = if chance.happens(160) { Channel::Marketplace } else { Channel::Shop };
            let moment = moment(day, place, channel, &mut chance);
            let takes_part = day.sale.filter(|sale| chance.happens(sale.takers()));
            let percent = takes_part.map_or(0, |sale| sale.percent());
            let taste = chance.bits();
            let mut buyer = Buyer { customer: None, habits: None, bought: [0; CATEGORIES.len()], taste };
            let number = self.known_orders() + order;
            self.order(number, moment, Offer { percent, code: 0 }, &mut buyer, &mut chance, &mut lines.lines);
        }
        lines.lines.sort_unstable_by_key(ShopLine::time_key);
    }

    /// When the customer's `count` orders are made: within their days, more on busy days.
    fn customer_moments(&self, habits: &Habits, count: u64, chance: &mut Chance, lines: &mut Lines) {
        let demand = &self.season.demand;
        let (low, high) = (demand[habits.first_day], demand[habits.last_day + 1]);
        lines.positions.clear();
        for number in 0..count {
            let position = if number == 0 && !habits.known_before {
                low
            } else if habits.steady {
                // One order in each of `count` equal parts, less than half a part off its middle.
                let part = (high - low) / count;
                low + number * part + part / 5 + chance.below_wide((part * 3 / 5).max(1))
            } else {
                low + chance.below_wide(high - low)
            };
            lines.positions.push(position);
        }
        lines.moments.clear();
        for &position in &lines.positions {
            let place = day_at(demand, position);
            let day = &self.season.days[place];
            let channel = if chance.happens(780) {
                habits.channel
            } else {
                Channel::ALL[chance.weighted(&[60, 22, 12, 6])]
            };
            lines.moments.push(moment(day, place, channel, chance));
        }
        lines.moments.sort_unstable();
    }

    /// Adds the lines of one order and of what comes back of it.
    fn order(
        &self,
        order: u64,
        moment: Moment,
        offer: Offer,
        buyer: &mut Buyer<'_>,
        chance: &mut Chance,
        out: &mut Vec<ShopLine>,
    ) {
        let start = out.len();
        let count = chance.weighted(&LINES_PER_ORDER) + 1;
        for place in 0..count {
            let category = self.category(moment.day, buyer, chance);
            let units = units(category, buyer.habits, chance);
            let product = self.product_of(category, buyer.taste, chance);
            let year = self.season.days[moment.day].year;
            let (price, unit_cost) = self.catalogue.products[product].price_and_cost(year);
            out.push(ShopLine {
                at: moment.at,
                order,
                customer: buyer.customer,
                product: product as u16,
                channel: Channel::ALL[usize::from(moment.channel)],
                code: offer.code,
                separate_return: false,
                place: place as u8,
                quantity: units as i32,
                price,
                off: price * offer.percent / 100,
                unit_cost,
            });
        }
        let back = start + chance.below(count as u32) as usize;
        let category = CATEGORIES[usize::from(out[back].product) / super::goods::PER_CATEGORY].refunds;
        if chance.happens(category) {
            self.refund(out[back], count, chance, out);
        }
    }

    /// Adds what came back of `line`: in its order, or as a return of its own some days later.
    fn refund(&self, line: ShopLine, count: usize, chance: &mut Chance, out: &mut Vec<ShopLine>) {
        let separate = !chance.happens(REFUND_IN_ORDER);
        let mut at = line.at;
        if separate {
            at += i64::from(chance.between(2, 24)) * DAY_SECONDS;
            at = at.div_euclid(DAY_SECONDS) * DAY_SECONDS + i64::from(chance.between(9, 18)) * 3600;
            at += i64::from(chance.below(3600));
            if at.div_euclid(DAY_SECONDS) > i64::from(self.last_day().0) {
                return;
            }
        }
        let units = if chance.happens(700) { line.quantity } else { 1 };
        out.push(ShopLine {
            at,
            separate_return: separate,
            place: count as u8,
            quantity: -units,
            price: line.price - line.off,
            off: 0,
            code: 0,
            ..line
        });
    }

    fn category(&self, day: usize, buyer: &mut Buyer<'_>, chance: &mut Chance) -> usize {
        let month = self.season.days[day].month;
        let mut category = None;
        if let Some(habits) = buyer.habits
            && chance.happens(680)
        {
            let favourite = usize::from(habits.favourites[chance.weighted(&[50, 30, 20])]);
            category = in_season(favourite, month, chance).then_some(favourite);
        }
        let mut category = category.unwrap_or_else(|| self.catalogue.any_category(month, chance));
        // Who has just bought a tent wants something else; two tries are enough to show.
        for _ in 0..2 {
            let (bought, lasts) = (usize::from(buyer.bought[category]), CATEGORIES[category].lasts);
            if bought == 0 || day + 1 - bought >= usize::from(lasts) {
                break;
            }
            category = self.catalogue.any_category(month, chance);
        }
        buyer.bought[category] = (day + 1) as u16;
        category
    }

    fn product_of(&self, category: usize, taste: u64, chance: &mut Chance) -> usize {
        let favourite = scramble(taste.wrapping_add(category as u64)) as usize % 4;
        let brand = chance.happens(600).then_some(favourite);
        self.catalogue.any_product(category, brand, chance)
    }
}

fn moment(day: &ShopDay, place: usize, mut channel: Channel, chance: &mut Chance) -> Moment {
    if day.sunday && matches!(channel, Channel::Phone) {
        channel = Channel::Web;
    }
    let hour = chance.weighted(&HOURS[channel as usize]) as i64;
    let at = i64::from(day.day.0) * DAY_SECONDS + hour * 3600 + i64::from(chance.below(3600));
    Moment { at, day: place, channel: channel as u8 }
}

fn units(category: usize, habits: Option<&Habits>, chance: &mut Chance) -> u32 {
    if habits.is_some_and(|habits| habits.kind == Kind::Wholesale) {
        // By the pallet what is cheap, by the dozen what is dear.
        return match CATEGORIES[category].most {
            1 | 2 => chance.between(2, 12),
            3 | 4 => chance.between(3, 20) * 5,
            _ => chance.between(3, 30) * 10,
        };
    }
    let most = CATEGORIES[category].most;
    chance.between(1, most).min(chance.between(1, most))
}

fn offer(habits: &Habits, gap: Option<usize>, day: &ShopDay, chance: &mut Chance) -> Offer {
    if habits.kind == Kind::Wholesale {
        return Offer { percent: 18, code: 0 };
    }
    if let Some(sale) = day.sale
        && chance.happens(sale.takers())
    {
        // Most type the code in; some find the price cut already.
        let code = if chance.happens(650) { Shop::sale_code(sale, day.year) } else { 0 };
        return Offer { percent: sale.percent(), code };
    }
    match gap {
        None if !habits.known_before && chance.happens(180) => Offer { percent: 10, code: WELCOME },
        Some(150..) if chance.happens(260) => Offer { percent: 15, code: COMEBACK },
        _ if habits.loyalty_card && chance.happens(500) => Offer { percent: 5, code: 0 },
        _ => Offer { percent: 0, code: 0 },
    }
}
