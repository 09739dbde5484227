//! What methods found that look at the facts themselves, beside the segmentations.

use super::changes::Changed;
use crate::report::data::{
    Committee, CompetitorSeen, Dealt, Happened, HiddenNeed, Judged, Market, Origins, Targets,
};
use engine::deals;
use engine::interests::Interests;
use engine::portraits::Portraits;
use engine::prediction::{Fitted, HoldoutReport, Outlook};
use engine::segmentations::effort::{Channels, Served};
use model::prediction::models::OrderModel;
use std::collections::BTreeMap;

/// All of it; what there is nothing to say of is empty.
#[derive(Default)]
pub struct Beside {
    pub prediction: Option<Foretold>,
    pub interests: Option<Interests>,
    pub deals: Option<deals::Analysis>,
    /// Who takes part in buying where deals were won, beside where they are open.
    pub committee: Option<Committee>,
    /// Customers who cost more than they bring, as they are shown, the largest loss first.
    pub drains: Vec<(String, Served)>,
    pub channels: Channels,
    pub happened: Happened,
    pub changed: Changed,
    pub judged: Vec<Judged>,
    pub targets: Option<Targets>,
    pub portraits: Vec<Portraits>,
    /// Attributes that people have put into groups.
    pub groups: BTreeMap<String, String>,
    pub cards: BTreeMap<String, BTreeMap<String, Dealt>>,
    pub needs: Vec<HiddenNeed>,
    pub market: Vec<Market>,
    pub competitors: Vec<CompetitorSeen>,
    pub origins: Option<Origins>,
}

/// What is predicted of the base, and how the same did before.
pub struct Foretold {
    pub fitted: Fitted,
    /// Every model with Akaike's criterion.
    pub compared: Vec<(OrderModel, f64)>,
    pub days: u32,
    pub outlook: Outlook,
    /// The best model as of an earlier moment, with its check.
    pub checked: Option<(OrderModel, HoldoutReport)>,
}
