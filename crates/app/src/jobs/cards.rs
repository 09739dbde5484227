//! Strategy cards of segments: written, taken away, and shown with suggestions where nobody wrote.

use super::portrait::{self, Drawn};
use super::rules::contacts;
use super::segment::{cut, moment};
use super::targets::reach;
use crate::base::Base;
use crate::clock;
use crate::words::Words;
use crate::words::cards::{Card, NOTES, PARTS};
use crate::words::portraits::Teller;
use anyhow::{Context, Result, bail};
use engine::features::{Question, compute};
use engine::import::names::did_you_mean;
use engine::profile::Division;
use engine::progress::Watch;
use engine::segmentations::run::Asked;
use engine::targets::{Reached, reached};
use model::base::ContactField;
use std::collections::BTreeMap;

pub use crate::words::cards::ACTION;

/// Letters that a part of a card may have.
pub const LETTERS_MAX: usize = 4_000;

/// Texts by segment, then by the name of the part.
pub type Written = BTreeMap<String, BTreeMap<String, String>>;

/// Portraits with all that cards are made of.
pub struct Dealt {
    pub drawn: Drawn,
    /// By what the customers of each segment can be reached, in the order of the portraits.
    pub reached: Vec<Reached>,
    pub written: Written,
}

impl Dealt {
    /// The cards of the segments that were drawn, in their order.
    pub fn cards(&self, words: &Words, currency: &str) -> Vec<Card> {
        let teller = Teller { words, currency, groups: &self.drawn.groups };
        let of = &self.drawn.portraits;
        let none = BTreeMap::new();
        let each = of.portraits.iter().zip(&self.reached);
        each.map(|(one, reached)| {
            teller.card(of, one, Some(reached), self.written.get(&one.name).unwrap_or(&none))
        })
        .collect()
    }
}

/// Draws segments and gathers what their cards are made of.
///
/// # Errors
/// As [`portrait::portraits`].
pub fn deal(base: &Base, request: portrait::Request, watch: &dyn Watch) -> Result<Dealt> {
    let threads = request.threads;
    let drawn = portrait::portraits(base, request, watch)?;
    let cut = &drawn.cut;
    let of = drawn.portraits.of.as_str();
    let reach = reach(base)?;
    let (mut facts, _) = base.facts()?;
    let fields = reach.attributes().iter().filter_map(|name| ContactField::from_name(name));
    facts.hand(contacts(base, fields)?);
    let mut question = Question::new(cut.as_of);
    reach.attributes().iter().for_each(|name| question.need_attribute(name));
    let known =
        if reach.attributes().is_empty() { Vec::new() } else { compute(&facts, &question, threads, watch)? };
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let all = reached(&division, &known, &reach);
    let reached = drawn.portraits.portraits.iter().map(|one| all[one.place].clone()).collect();
    Ok(Dealt { reached, written: written(base, of)?, drawn })
}

/// What was written of the segments of a segmentation; a text of nothing is none.
///
/// # Errors
/// A state that cannot be read.
pub fn written(base: &Base, segmentation: &str) -> Result<Written> {
    let mut all = Written::new();
    for card in base.wait(base.store.cards(segmentation))? {
        if !card.text.trim().is_empty() {
            all.entry(card.segment).or_default().insert(card.part, card.text);
        }
    }
    Ok(all)
}

/// Writes and takes away parts of the card of a segment of the first segmentation asked for: all of it,
/// or nothing where anything of it cannot be.
///
/// # Errors
/// A segment that the segmentation does not have, a part that nobody wrote, a text that is too long.
pub fn write(
    base: &Base,
    asked: Vec<Asked>,
    segment: &str,
    texts: &[(&'static str, String)],
    forget: &[String],
    threads: usize,
    watch: &dyn Watch,
) -> Result<()> {
    let of = asked.first().context("no segmentation was asked for")?.segmentation.about().name;
    for (part, text) in texts {
        let letters = text.chars().count();
        if text.trim().is_empty() || letters > LETTERS_MAX {
            bail!(
                "`--{part}` should have 1 to {LETTERS_MAX} letters and has {letters}; to take a part away \
                 say `--forget {part}`"
            );
        }
    }
    let known = written(base, of)?.remove(segment).unwrap_or_default();
    for part in forget {
        known_part(part)?;
        if !known.contains_key(part) {
            bail!("nobody has written `{part}` of `{segment}`, so there is nothing to forget");
        }
    }
    // What was written of a segment that is gone can be taken away; new texts need one that is there.
    if !texts.is_empty() {
        has_segment(base, of, asked, segment, threads, watch)?;
    }
    for (part, text) in texts {
        let card = store::Card {
            segmentation: of.to_owned(),
            segment: segment.to_owned(),
            part: (*part).to_owned(),
            text: text.trim().to_owned(),
            changed_at: clock::now(),
        };
        base.wait(base.store.set_card(&card))?;
    }
    for part in forget {
        base.wait(base.store.forget_card(of, segment, part))?;
    }
    Ok(())
}

fn known_part(part: &str) -> Result<()> {
    let names = || PARTS.into_iter().chain(NOTES);
    if names().any(|name| name == part) {
        return Ok(());
    }
    let all: Vec<&str> = names().collect();
    bail!("a card has no part `{part}`; there are {}{}", all.join(", "), did_you_mean(part, names()))
}

/// Whether a segmentation names such a segment, with customers or without.
fn has_segment(
    base: &Base,
    of: &str,
    asked: Vec<Asked>,
    segment: &str,
    threads: usize,
    watch: &dyn Watch,
) -> Result<()> {
    let (mut facts, _) = base.facts()?;
    let as_of = moment(&facts, None)?;
    super::rules::prepare(base, &mut facts, &asked, as_of, threads, watch)?;
    let cut = cut(&facts, asked, &[], as_of, threads, watch)?;
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let names = division.names();
    if names.iter().any(|name| name == segment) {
        return Ok(());
    }
    let near = did_you_mean(segment, names.iter().map(String::as_str));
    bail!("`{of}` has no segment `{segment}`; there are {}{near}", names.join(", "))
}
