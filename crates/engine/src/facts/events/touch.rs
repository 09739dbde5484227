//! The kinds of touch, and how far along each shows a customer to be.

/// A kind of touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TouchKind {
    pub name: &'static str,
    /// Step of the ladder of readiness that it shows, 1 to 5.
    pub step: u8,
    pub meaning: &'static str,
}

const fn kind(name: &'static str, step: u8, meaning: &'static str) -> TouchKind {
    TouchKind { name, step, meaning }
}

/// The kinds that are known. Files may bring others: they stay under their own names.
pub const TOUCH_KINDS: &[TouchKind] = &[
    kind("visit", 2, "a visit to the site or the shop"),
    kind("article", 2, "an article read"),
    kind("list_view", 2, "a list of goods or a category viewed"),
    kind("product_view", 3, "a product viewed"),
    kind("search", 3, "a search"),
    kind("comparison", 3, "goods compared"),
    kind("cart", 4, "something put into the cart"),
    kind("price_request", 4, "a price or an offer asked for"),
    kind("call", 2, "a call"),
    kind("message_in", 2, "a message from the customer"),
    kind("message_out", 1, "a message to the customer"),
    kind("conversation", 2, "a conversation, a chat, a meeting"),
    kind("form", 2, "a form sent"),
    kind("survey", 2, "an answer in a survey"),
    kind("ticket", 2, "a request to support"),
    kind("mail_open", 2, "a mail opened"),
    kind("mail_click", 2, "a link in a mail followed"),
    kind("social", 2, "a reaction in a social network"),
    kind("note", 1, "a note of a sales person"),
    kind("purchase", 2, "a purchase as web analytics saw it; orders themselves are other facts"),
    kind("mistake", 1, "a contact by mistake, spam"),
];

/// Step of a kind that is not listed.
pub const STEP_OF_OTHERS: u8 = 2;

/// The kinds that show that somebody is choosing.
pub const CHOOSING: [&str; 3] = ["cart", "price_request", "conversation"];
/// The kinds that we make: they say nothing of the customer unless answered.
pub const OURS: [&str; 2] = ["message_out", "note"];
