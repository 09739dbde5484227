//! The verbs of the user, each one job that any door can call. A job decides and does; how its
//! result looks is the door's matter.

pub mod import;
pub mod query;
pub mod ledger;
pub mod compact;
pub mod regions;
pub mod population;
pub mod rules;
pub mod segment;
pub mod count;
pub mod around;
pub mod portrait;
pub mod targets;
pub mod cards;
pub mod review;
pub mod check;
pub mod sources;
pub mod explain;
pub mod moves;
pub mod cohorts;
pub mod interests;
pub mod identity;
pub mod conversations;
pub mod attributes;
pub mod deals;
pub mod committee;
pub mod criteria;
pub mod predict;
pub mod effort;
pub mod evaluation;
pub mod priority;
pub mod beside;
pub mod report;
pub mod demo;
