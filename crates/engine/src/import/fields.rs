//! The fields that columns can be mapped to, per kind of fact: the facts' own column names.

use model::base::{ContactField, FactKind};
use serde::Serialize;

/// What a field's cells are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Text that is compared exactly: ids, codes.
    Id,
    /// Text as it stands.
    Text,
    /// An exact number: money, quantities.
    Number,
    /// A date, with or without a time.
    Date,
    /// Personal, kept in the state and never in fact files.
    Contact,
    /// A free attribute of the customer.
    Attribute,
}

/// One field with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    /// Whether several columns may carry it.
    pub many: bool,
    pub meaning: &'static str,
}

/// The name that leaves a column out: `--map ignore=Header`.
pub const IGNORE: &str = "ignore";

const fn one(name: &'static str, shape: Shape, meaning: &'static str) -> Field {
    Field { name, shape, many: false, meaning }
}

const fn many(name: &'static str, shape: Shape, meaning: &'static str) -> Field {
    Field { name, shape, many: true, meaning }
}

/// Fields of order files.
const ORDERS: &[Field] = &[
    one("customer_id", Shape::Id, "who bought; without it the e-mail, the phone or the name is the key"),
    one("order_id", Shape::Id, "lines with the same id are one order; without it every row is an order"),
    one("ordered_at", Shape::Date, "when it was ordered"),
    one("ordered_time", Shape::Text, "time of day where it stands beside the date"),
    one("zone", Shape::Text, "time zone of the row's date and time"),
    one("document", Shape::Text, "order id and date in one text, as 1C writes them"),
    one("product_id", Shape::Id, "id or article of the goods"),
    one("product", Shape::Text, "name of the goods"),
    one("category", Shape::Text, "category of the goods"),
    one("brand", Shape::Text, "brand or vendor of the goods"),
    one("quantity", Shape::Number, "how many units"),
    one("price", Shape::Number, "price of one unit before discount"),
    one("amount", Shape::Number, "sum of the line, net of discount"),
    one("cost", Shape::Number, "what the goods of the line cost the seller"),
    one("unit_cost", Shape::Number, "what one unit costs the seller"),
    one("discount", Shape::Number, "what the buyer was let off on the line"),
    one("unit_discount", Shape::Number, "what the buyer was let off on one unit"),
    one("discount_percent", Shape::Number, "percent of the line's price that the buyer was let off"),
    one("order_total", Shape::Number, "sum of the whole order; counts where lines have no sums"),
    one("order_discount", Shape::Number, "let off on the whole order; spread on its lines"),
    one("subtotal", Shape::Number, "sum of the order's goods after discounts; checks the lines"),
    one("shipping", Shape::Number, "delivery; no part of revenue where lines are known"),
    one("tax", Shape::Number, "tax on top; no part of revenue where lines are known"),
    one("refunded", Shape::Number, "paid back on the whole order; becomes a negative line"),
    one("items_count", Shape::Number, "units in the whole order"),
    many("items", Shape::Text, "the order's goods in one cell per item"),
    one("channel", Shape::Text, "where it was sold"),
    one("promo_code", Shape::Text, "code the buyer used"),
    one("currency", Shape::Text, "currency of the row's money"),
    one("status", Shape::Text, "state of the order; cancelled orders are set aside"),
    one("cancelled_at", Shape::Text, "when it was cancelled; a filled cell sets the order aside"),
    one("type", Shape::Text, "sale or return; a return's positive sum is turned"),
    one("updated_at", Shape::Date, "when the row was last changed: the newest version of an order wins"),
];

/// Fields of customer files.
const CUSTOMERS: &[Field] = &[
    one("customer_id", Shape::Id, "the customer; without it the e-mail or the phone is the key"),
    one("created_at", Shape::Date, "when the customer became known"),
];

/// Fields of product files.
const PRODUCTS: &[Field] = &[
    one("product_id", Shape::Id, "id or article of the goods"),
    one("product", Shape::Text, "name of the goods"),
    one("category", Shape::Text, "category of the goods"),
    one("brand", Shape::Text, "brand or vendor of the goods"),
    one("unit_cost", Shape::Number, "what one unit costs the seller"),
    one(
        "interest_kind",
        Shape::Text,
        "interest after a purchase: lasting (goes on) or satisfied (none until replaced)",
    ),
    one("replacement_days", Shape::Number, "days after which such goods are replaced"),
];

/// What somebody came by, in files of deals, leads and touches alike.
const CAME_BY: [Field; 4] = [
    one("channel", Shape::Text, "through which channel"),
    many("lead_source", Shape::Text, "where the customer learnt of us; the first filled cell counts"),
    one("medium", Shape::Text, "kind of advertising: cpc, email, social"),
    one("campaign", Shape::Text, "advertising campaign"),
];

/// Fields of deal files.
const DEALS: &[Field] = &[
    one(
        "customer_id",
        Shape::Id,
        "whose deal: a company or a person; without it the e-mail or the phone is the key",
    ),
    one("deal_id", Shape::Id, "the deal; a later row of the same id is a newer version of it"),
    one("opened_at", Shape::Date, "when it was opened; without it the deal was always there"),
    one("time", Shape::Text, "time of day where it stands beside the date"),
    one("closed_at", Shape::Date, "when it was won or lost; of open deals it is left out"),
    one("pipeline", Shape::Text, "which pipeline"),
    one("stage", Shape::Text, "stage of the sale"),
    one("outcome", Shape::Text, "won, lost or open; without it the stage says so"),
    one("loss_reason", Shape::Text, "why it was lost"),
    one("amount", Shape::Number, "what it is worth"),
    one("margin", Shape::Number, "amount less cost"),
    one("cost", Shape::Number, "cost, where the margin is not given"),
    one("discount", Shape::Number, "what the customer was let off"),
    one("currency", Shape::Text, "currency of the row's money"),
    one("effort", Shape::Number, "effort it took: hours, or points from 1 to 10"),
    one("questions", Shape::Number, "how many questions the customer asked"),
    one("custom_terms", Shape::Text, "whether the customer wanted terms of their own"),
    one("terms_refused", Shape::Text, "whether the terms were refused"),
    one("deal_class", Shape::Text, "class set by hand: A, B, C, D or X"),
    one("product", Shape::Text, "what is sold"),
    one("category", Shape::Text, "category of what is sold"),
    one("employee", Shape::Text, "who sells"),
    CAME_BY[0],
    CAME_BY[1],
    CAME_BY[2],
    CAME_BY[3],
    one("updated_at", Shape::Date, "when the row was last changed: the newest version wins"),
];

/// Fields of lead files.
const LEADS: &[Field] = &[
    one("customer_id", Shape::Id, "who is interested; without it the e-mail or the phone is the key"),
    one("lead_id", Shape::Id, "the lead; a later row of the same id is a newer version of it"),
    one("created_at", Shape::Date, "when it came in; without it the lead was always there"),
    one("time", Shape::Text, "time of day where it stands beside the date"),
    one("status", Shape::Text, "where the lead stands"),
    one("loss_reason", Shape::Text, "why it came to nothing"),
    one("amount", Shape::Number, "what it may be worth"),
    one("product", Shape::Text, "what they are interested in"),
    one("category", Shape::Text, "category of what they are interested in"),
    one("employee", Shape::Text, "who looks after it"),
    CAME_BY[0],
    CAME_BY[1],
    CAME_BY[2],
    CAME_BY[3],
    one("updated_at", Shape::Date, "when the row was last changed: the newest version wins"),
];

/// Fields of touch files.
const TOUCHES: &[Field] = &[
    one("customer_id", Shape::Id, "who it was; without it the e-mail or the phone is the key"),
    one("touch_id", Shape::Id, "the touch; without it a row is known by what it says"),
    one("visitor", Shape::Text, "id of the browser or device"),
    one("caller", Shape::Contact, "number that called; the customer's, unless it is one of ours"),
    one("called", Shape::Contact, "number that was called; the customer's where we called"),
    one("caller_extension", Shape::Text, "extension of ours that called; empty where the customer did"),
    one("answered_at", Shape::Date, "when a call was answered; empty or 0: it was missed"),
    one("ended_at", Shape::Date, "when it ended; says how long it took where no column does"),
    one("happened_at", Shape::Date, "when it happened"),
    one("time", Shape::Text, "time of day where it stands beside the date"),
    one("touch", Shape::Text, "what happened: visit, product_view, cart, call, message_in, survey, …"),
    CAME_BY[0],
    CAME_BY[1],
    CAME_BY[2],
    CAME_BY[3],
    one("product_id", Shape::Id, "id or article of the goods it was about"),
    one("product", Shape::Text, "name of the goods it was about"),
    one("category", Shape::Text, "category it was about"),
    one("brand", Shape::Text, "brand it was about"),
    one("duration", Shape::Number, "how long it took, in seconds"),
    one("employee", Shape::Text, "who of ours took part"),
    one("topic", Shape::Text, "what it was about"),
    one("result", Shape::Text, "what came of it: answered, missed, opened"),
    one("value", Shape::Text, "answer of a survey, mark, words of a search"),
    many("text", Shape::Contact, "what was said or written: transcript, message, comment, free answer"),
    one("number", Shape::Contact, "number of the other side, where it does not tell who it was"),
    one("device", Shape::Text, "device: desktop, mobile, tablet"),
    one("browser", Shape::Text, "browser"),
    one("page", Shape::Text, "page or screen"),
    one("effort", Shape::Number, "effort it took us: hours, or points from 1 to 10"),
    one("updated_at", Shape::Date, "when the row was last changed: the newest version wins"),
];

/// Fields of region files. The first ones say which place a row is about: the most specific that is
/// filled names it, and those less specific must agree with what a customer says.
const REGIONS: &[Field] = &[
    one("zip", Shape::Id, "postal code; with a `*` at its end every code that begins so"),
    one("zip_prefix", Shape::Id, "how postal codes begin"),
    one("city", Shape::Text, "city or town"),
    one("region", Shape::Text, "region, province or state"),
    one("region_code", Shape::Text, "another way to write the region, such as a code"),
    one("country", Shape::Text, "country"),
    one("country_code", Shape::Text, "another way to write the country, such as a code"),
    one("population", Shape::Number, "how many people live there"),
    one("density", Shape::Number, "how many people live on a square kilometre"),
    one("climate", Shape::Attribute, "climate"),
];

/// Fields of populations: people who are not ours, one a row or counted.
const POPULATION: &[Field] = &[
    one(
        "population_name",
        Shape::Text,
        "name of the population; one for the whole file with `--population NAME`",
    ),
    one("attribute", Shape::Text, "attribute that the row counts, where each row counts one value of one"),
    one("value", Shape::Text, "value of that attribute"),
    one("count", Shape::Number, "how many people; without it every row is one"),
    one("person_id", Shape::Id, "the person; it is not kept"),
];

/// Fields of files of people inside companies.
const COMPANY_CONTACTS: &[Field] = &[
    one("customer_id", Shape::Id, "the company they belong to"),
    one("contact_id", Shape::Id, "the person; without it the e-mail, the phone or the name is the key"),
    one("created_at", Shape::Date, "when they became known; without it they were always known"),
    one("time", Shape::Text, "time of day where it stands beside the date"),
    many("name", Shape::Contact, "name, in one cell or several"),
    many("email", Shape::Contact, "e-mail address"),
    many("phone", Shape::Contact, "phone number"),
    one("role", Shape::Text, "role in buying: decides, influences, buys, uses, pays, guards"),
    one("position", Shape::Text, "position in the company"),
    one("influence", Shape::Number, "influence on the decision: a number, such as 1 to 10"),
    one("work_motives", Shape::Text, "what they want of the deal at work; several with commas"),
    one("personal_motives", Shape::Text, "what they want of the deal for themselves; several with commas"),
    one("interest", Shape::Text, "what interests them in the deal; several with commas"),
    one("decision_part", Shape::Text, "their part in the decision: proposes, approves, signs, may veto"),
    one("attitude", Shape::Text, "how they stand to us: for, neutral, against"),
    one("updated_at", Shape::Date, "when the row was last changed: the newest version wins"),
];

/// Personal fields, in order files and customer files alike.
const CONTACTS: &[Field] = &[
    many("email", Shape::Contact, "e-mail address"),
    many("phone", Shape::Contact, "phone number"),
    one("full_name", Shape::Contact, "name in one cell"),
    one("first_name", Shape::Contact, "given name"),
    one("last_name", Shape::Contact, "family name"),
    many("address", Shape::Contact, "street and house"),
    one("zip", Shape::Contact, "postal code"),
    one("birthday", Shape::Contact, "date of birth"),
    one("tax_id", Shape::Contact, "tax number"),
    one("note", Shape::Contact, "note on the customer"),
    one("consent_email", Shape::Contact, "may be written to by e-mail"),
    one("consent_sms", Shape::Contact, "may be written to by SMS"),
    one("consent_messenger", Shape::Contact, "may be written to by messenger"),
];

/// Attributes that have a name of their own, so that they are the same from every system.
const ATTRIBUTES: &[Field] = &[
    one("city", Shape::Attribute, "city or town"),
    one("region", Shape::Attribute, "region, province or state"),
    one("country", Shape::Attribute, "country"),
    one("company", Shape::Attribute, "company"),
    one("group", Shape::Attribute, "customer group"),
    one("tags", Shape::Attribute, "tags set in the system it comes from"),
    one("lang", Shape::Attribute, "language"),
    one("orders_count", Shape::Attribute, "orders as the other system counts them"),
    one("total_spent", Shape::Attribute, "money as the other system counts it"),
    one("last_seen_at", Shape::Attribute, "last seen in the other system"),
    one("loyalty_card", Shape::Attribute, "number of the loyalty card"),
    one("loyalty_tier", Shape::Attribute, "tier of the loyalty programme"),
    one("loyalty_points", Shape::Attribute, "points on the loyalty card"),
];

/// The fields of a kind of fact, in the order in which help shows them.
pub fn fields(kind: FactKind) -> impl Iterator<Item = &'static Field> {
    let (own, personal): (&[Field], bool) = match kind {
        FactKind::Orders => (ORDERS, true),
        FactKind::Customers => (CUSTOMERS, true),
        FactKind::Products => (PRODUCTS, false),
        FactKind::Deals => (DEALS, true),
        FactKind::Leads => (LEADS, true),
        FactKind::Touches => (TOUCHES, true),
        FactKind::Regions => (REGIONS, false),
        // Known so that nothing personal becomes an attribute; none of it is kept.
        FactKind::Population => (POPULATION, true),
        FactKind::Contacts => (COMPANY_CONTACTS, false),
    };
    let shared: &[&[Field]] = if personal { &[CONTACTS, ATTRIBUTES] } else { &[] };
    own.iter().chain(shared.iter().copied().flatten())
}

/// The field with this name.
pub fn field(kind: FactKind, name: &str) -> Option<&'static Field> {
    fields(kind).find(|field| field.name == name)
}

/// The contact that a field is, where it is one.
pub fn contact_of(name: &str) -> Option<ContactField> {
    ContactField::from_name(name).filter(|&contact| contact != ContactField::Key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contact_has_a_field() {
        for contact in ContactField::ALL.into_iter().filter(|&contact| contact != ContactField::Key) {
            let field = field(FactKind::Customers, contact.name()).unwrap();
            assert_eq!(field.shape, Shape::Contact);
        }
    }

    #[test]
    fn names_are_unique_within_a_kind() {
        for kind in FactKind::ALL {
            let mut names: Vec<_> = fields(kind).map(|field| field.name).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all);
        }
    }
}
