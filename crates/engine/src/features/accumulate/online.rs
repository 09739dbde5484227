//! How much of what a customer does is done online.

use super::{Accumulator, Asked, Column, asks_any, opening};
use crate::import::names::words;
use crate::import::topics::List;
use crate::scan::{Customer, Need};
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef};
use hashbrown::HashMap;

/// Kinds of touch that happen online whatever their channel.
const ONLINE_TOUCHES: &[&str] = &[
    "visit",
    "article",
    "list_view",
    "product_view",
    "search",
    "comparison",
    "cart",
    "mail_open",
    "mail_click",
    "social",
    "form",
];

pub struct Online {
    share: Column<Float64Type>,
    channels: HashMap<String, bool>,
}

impl Accumulator for Online {
    const FEATURES: &'static [&'static str] = &["online_share"];

    fn new(question: &Asked<'_>) -> Option<Online> {
        asks_any(question, Self::FEATURES)
            .then(|| Online { share: Column::new(question, "online_share"), channels: HashMap::new() })
    }

    fn need(&self) -> Need {
        Need { channel: true, events: true, ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let (mut online, mut all) = (0_u64, 0_u64);
        let channels = customer.lines.channels.as_ref();
        for order in customer.orders.iter().filter(|order| !order.is_return) {
            let Some(channel) = opening(channels, order) else { continue };
            all += 1;
            online += u64::from(self.is_online(channel));
        }
        if let Some((touches, rows)) = &customer.events.touches {
            let (kinds, channels) = (touches.texts("touch"), touches.texts("channel"));
            for row in rows.clone() {
                let by_kind = kinds.is_valid(row) && ONLINE_TOUCHES.contains(&kinds.value(row));
                let by_channel = channels.is_valid(row).then(|| self.is_online(channels.value(row)));
                all += u64::from(by_kind || by_channel.is_some());
                online += u64::from(by_kind || by_channel == Some(true));
            }
        }
        self.share.push((all > 0).then(|| online as f64 / all as f64));
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        self.share.end().into_iter().collect()
    }
}

impl Online {
    fn is_online(&mut self, channel: &str) -> bool {
        if let Some(&known) = self.channels.get(channel) {
            return known;
        }
        let said = words(&channel.to_lowercase());
        let mut listed = List::Online.words().iter();
        let online = listed.any(|start| said.starts_with(start) || said.contains(&format!(" {start}")));
        self.channels.insert(channel.to_owned(), online);
        online
    }
}
