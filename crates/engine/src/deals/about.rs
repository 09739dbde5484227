//! What deal classes say of themselves.

use crate::segmentations::{About, Parameter, SegmentAbout, Speaks};

const fn class(name: &'static str, meaning: &'static str, action: &'static str) -> SegmentAbout {
    SegmentAbout { name, meaning, action }
}

const fn parameter(name: &'static str, default: &'static str, meaning: &'static str) -> Parameter {
    Parameter { name, default, meaning }
}

/// Help and docs come from here.
pub static ABOUT: About = About {
    name: "deals",
    question: "Which deals are worth more like them, which cost more than they bring, and what do the best \
               have in common?",
    method: include_str!("method.md"),
    speaks: Speaks::ByName,
    parameters: &[
        parameter(
            "deals",
            "30",
            "How many of the last closed deals are looked at, 6 or more; 20 to 30 are advised.",
        ),
        parameter("days", "", "Days to close up to which a deal is fast; empty: the median."),
        parameter("questions", "", "Questions up to which a customer asks little; empty: the median."),
        parameter("discount", "", "Discount up to which it is small; empty: the median."),
        parameter("margin", "", "Margin from which it is good; empty: the median."),
        parameter("effort", "", "Effort above which it is much; empty: the median."),
        parameter("large", "", "Amount from which a deal is large; empty: that of the top quarter."),
        parameter("effort_in", "points", "What effort is given in: `points` from 1 to 10, or `hours`."),
        parameter("hours_per_point", "0.5", "Hours of work that a point of effort stands for."),
        parameter("hour_cost", "", "What an hour of work costs; with it each class has its costs."),
    ],
    columns: &[
        ("deal_id", "The deal."),
        ("customer_id", "Whose it is; empty where nobody is known."),
        ("outcome", "`won` or `lost`; `open` of interviews."),
        ("closed_at", "Day on which it was won or lost."),
        ("deal_class", "The class, as above."),
        ("rule", "The rule that gave the class: the first that held."),
        ("reason", "The figures that the rule looked at, beside their limits."),
        ("days_to_close", "Days from opening to closing."),
        ("questions", "Questions that the customer asked."),
        ("discount", "What the customer was let off."),
        ("margin", "Amount less cost."),
        ("effort_hours", "Effort in hours."),
        ("amount", "What it is worth."),
    ],
    named_by: "deal_class",
    segments: &[
        class(
            "A",
            "Won fast, with few questions and little discount, at a good margin.",
            "Look for more customers like these: see what they have in common.",
        ),
        class(
            "B",
            "Won, but slower, with more questions or discount, or at less margin.",
            "Look at what made it dearer; serve them with less effort.",
        ),
        class(
            "C",
            "Lost with much effort, or over terms that were refused.",
            "Find out sooner: ask for the terms first, and stop earlier.",
        ),
        class(
            "D",
            "Lost because there was no money.",
            "Ask for the budget first; come back when there is one.",
        ),
        class(
            "X",
            "A large deal on terms of its own that was lost.",
            "Decide at the top whether such deals are wanted, and price them so.",
        ),
        class(
            "unclear",
            "Lost, and nothing says why.",
            "Note the reason and the effort of lost deals; these are left out of the search.",
        ),
    ],
    moves: &[],
};
