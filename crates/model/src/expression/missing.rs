//! What each operator makes of a value that is missing. The documentation prints this table.
//!
//! There is no third truth value: every condition holds or does not, so every customer gets a yes
//! or a no, `not` is plain negation, and a negative operator is exactly the negation of the positive
//! one. So a customer whose city nobody knows is among those for whom `city != "Riga"` holds; who is
//! to be left out says `city is set and city != "Riga"`.

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhenMissing {
    /// The operator as it is written.
    pub operator: &'static str,
    /// A condition with it, `missing` being a name that has no value and `nothing` a kind of facts
    /// that the customer has none of.
    pub example: &'static str,
    /// Whether the condition holds.
    pub holds: bool,
    /// The reason, in a sentence.
    pub meaning: &'static str,
}

const fn line(
    operator: &'static str,
    example: &'static str,
    holds: bool,
    meaning: &'static str,
) -> WhenMissing {
    WhenMissing { operator, example, holds, meaning }
}

const NOTHING_TO_COMPARE: &str = "What is missing compares with nothing.";
const NEGATION: &str = "It is the negation of the positive operator.";

/// Every operator and what it makes of a missing value, in the order of the documentation.
pub const WHEN_MISSING: &[WhenMissing] = &[
    line("is set", "missing is set", false, "It asks just that."),
    line("is not set", "missing is not set", true, "It asks just that."),
    line("=", "missing = \"Riga\"", false, NOTHING_TO_COMPARE),
    line("!=", "missing != \"Riga\"", true, NEGATION),
    line("<", "missing_number < 5", false, NOTHING_TO_COMPARE),
    line("<=", "missing_number <= 5", false, NOTHING_TO_COMPARE),
    line(">", "missing_number > 5", false, NOTHING_TO_COMPARE),
    line(">=", "missing_number >= 5", false, NOTHING_TO_COMPARE),
    line("between", "missing_number between 1 and 5", false, NOTHING_TO_COMPARE),
    line("not between", "missing_number not between 1 and 5", true, NEGATION),
    line("in", "missing in (\"Riga\", \"Vilnius\")", false, "It is none of the values."),
    line("not in", "missing not in (\"Riga\", \"Vilnius\")", true, NEGATION),
    line("contains", "missing contains \"a\"", false, "There is nothing that could contain it."),
    line("not contains", "missing not contains \"a\"", true, NEGATION),
    line("contains any of", "missing contains any of (\"a\")", false, "It contains none of them."),
    line("contains all of", "missing contains all of (\"a\")", false, "It contains none of them."),
    line("starts with", "missing starts with \"a\"", false, "There is nothing that could begin."),
    line("ends with", "missing ends with \"a\"", false, "There is nothing that could end."),
    line("in the last", "missing_day in the last 30 days", false, "It lies in no window."),
    line("not in the last", "missing_day not in the last 30 days", true, NEGATION),
    line("more than … ago", "missing_day more than 6 months ago", false, NOTHING_TO_COMPARE),
    line("anniversary", "anniversary of missing_day within 7 days", false, "It has no anniversary."),
    line("not", "not missing = \"Riga\"", true, "It holds exactly when the condition does not."),
    line("did", "did nothing", false, "There are no facts."),
    line("did not", "did not nothing", true, NEGATION),
    line("count", "did nothing count = 0", true, "The number of no facts is 0."),
    line(
        "sum",
        "did nothing sum(amount) <= 0",
        true,
        "Facts without the field add nothing; nothing adds up to 0.",
    ),
    line("distinct", "did nothing distinct(amount) = 0", true, "No value is no different value."),
    line("average", "did nothing average(amount) >= 0", false, "The average of nothing is missing."),
    line("average !=", "did nothing average(amount) != 0", true, "As `!=` does with any missing value."),
    line("min", "did nothing min(amount) <= 0", false, "The smallest of nothing is missing."),
    line("max", "did nothing max(amount) >= 0", false, "The largest of nothing is missing."),
    line("sequence", "sequence nothing then not nothing within 0 days", false, "The first step is missing."),
    line("stopped", "stopped nothing for 60 days", false, "Who never began has not stopped."),
    line("restarted", "restarted nothing after 60 days", false, "Who never began has not begun again."),
    line("regularly", "regularly nothing every 30 days times 1", false, "There are no facts."),
    line("has tag", "has tag \"none\"", false, "The tag is not there."),
    line(
        "has tag with",
        "has tag \"none\" with weight < 1",
        false,
        "The tag is not there, whatever its weight.",
    ),
    line("consent", "consent email", false, "What was not given is not there."),
];
