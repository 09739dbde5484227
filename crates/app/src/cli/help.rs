//! What `--help` says below the options: examples, and the lists that the program itself works by.

use engine::contrast::TARGETS;
use engine::contrast::lookalike::COLUMNS;
use engine::deals::ABOUT as DEALS;
use engine::deals::tables::OPEN_COLUMNS;
use engine::features::FEATURES;
use engine::features::list::Unit;
use engine::prediction;
use engine::segmentations::{About, Parameter, SEGMENTATIONS};
use model::identity::SHARED_IDS_MAX;
use model::prediction::models::ORDER_MODELS;
use std::fmt::Write;

/// Heading of the options that every command has.
pub(super) const EVERYWHERE: &str = "Options of every command";

/// Examples: what is typed, and what for.
pub(super) fn examples(all: &[(&str, &str)]) -> String {
    let mut text = "Examples:".to_owned();
    for (typed, purpose) in all {
        let _ = write!(text, "\n  {purpose}:\n    {typed}");
    }
    text
}

pub(super) fn program() -> String {
    let examples = examples(&[
        ("dolka report orders.csv", "A report of an export, without keeping anything"),
        ("dolka demo", "A sample shop to play with: fills `dolka-base` and writes report.html"),
        ("dolka import orders.csv", "Keep orders in a base, and add to it later"),
        ("dolka segment rfm --out segments.xlsx", "One row per customer with the segment"),
    ]);
    format!(
        "{examples}\n\n\
         Results go to standard output, everything else to standard error.\n\n\
         Exit codes: 0 done; 1 failed or refused; 2 wrong usage; 3 done, with something to \
         look at: rejected rows, alerts."
    )
}

pub(super) fn interests() -> String {
    examples(&[
        ("dolka interests", "How many customers have each interest"),
        ("dolka interests --tell Toys", "Whom to tell of new toys"),
        (
            "dolka interests --brands --tell Lego --format csv",
            "Whom to tell of news of a brand, for a program",
        ),
        (
            "dolka interests --satisfied kitchens=3650 --out interests.xlsx",
            "Who has a new kitchen wants none",
        ),
    ])
}

pub(super) fn tag() -> String {
    examples(&[
        ("dolka tag anna@example.lv Toys --until 2027-06-30", "She said so herself"),
        ("dolka tag C-1024 Prams --off", "The children are grown"),
        ("dolka tag C-1024 Prams --forget", "Let purchases speak again"),
    ])
}

pub(super) fn identity() -> String {
    let examples = examples(&[
        ("dolka identity find", "Ids that share an e-mail or a phone, and those where it is not clear"),
        ("dolka identity link --found", "Link all of them"),
        ("dolka identity link 10017 crm-88", "Link two by hand; the first is the main id"),
        ("dolka identity unlink crm-88", "It is somebody else after all, and is not found again"),
        ("dolka identity history", "Everything that was said, step by step"),
        ("dolka identity undo 2", "Take back all that step 2 said"),
    ]);
    format!(
        "Ids are found by what they share to the letter, never by likeness. A contact of more than \
         {SHARED_IDS_MAX} ids, or of people with different birthdays, links nobody. Results then have one \
         row per person, under the main id: the one whose contacts came first. Files and imports stay as \
         they are, so everything can be taken back.\n\n{examples}"
    )
}

pub(super) fn conversations() -> String {
    let examples = examples(&[
        (
            "dolka conversations --words 'refund \"too expensive\" -joke'",
            "By words, a phrase, and a word that must not be there",
        ),
        ("dolka conversations --words 'deliver* late'", "By the beginning of a word"),
        ("dolka conversations --from 2026-11-01 --longer 600 --employee Anna", "Long calls of an employee"),
        ("dolka conversations --number +37120000000", "All with one number"),
        ("dolka conversations --topic price --out price.xlsx", "All about the price, with their texts"),
        ("dolka conversations topics", "What customers ask, like and dislike"),
        ("dolka conversations tag C-17 return late", "Say by hand what one is about"),
    ]);
    format!(
        "Letters are compared without case and without marks over them. Of every conversation the words \
         must all be there; found words stand in brackets.\n\n{examples}"
    )
}

pub(super) fn conversation_topics() -> String {
    examples(&[
        ("dolka conversations topics", "By the topics found at import"),
        ("dolka conversations topics --topics own.toml --from 2026-06-01", "By words of your own"),
    ])
}

pub(super) fn conversation_tag() -> String {
    examples(&[
        ("dolka conversations tag C-17 return late", "It is about a return, and about being late"),
        ("dolka conversations tag C-17 --forget", "Let its file or its words speak again"),
    ])
}

pub(super) fn contacts() -> String {
    examples(&[
        ("dolka import people.csv --kind contacts", "People with the company they belong to"),
        ("dolka contacts Acme", "Who is known inside a company, the most influential first"),
    ])
}

pub(super) fn committee() -> String {
    let examples = examples(&[
        ("dolka committee", "Companies with won deals beside those with open ones"),
        ("dolka committee --class A", "Of the last deals whose class is A"),
        ("dolka committee 'ltv_tier = \"VIP\"' --beside 'ltv_tier != \"VIP\"'", "Of the best customers"),
        ("dolka committee --by decision_part", "Who proposes, approves, signs"),
        ("dolka committee --story --lang ru", "Told as a story, in Russian"),
        ("dolka committee --missing 60", "Which open deals lack whom 60 % of the others have"),
    ]);
    format!(
        "Shares are of the companies in which people are known, with 95 % intervals. A seat is said to be \
         missing where the two intervals are apart. `dolka portrait` tells the committee of every segment in \
         which people are known.\n\n{examples}"
    )
}

pub(super) fn attributes() -> String {
    let examples = examples(&[
        ("dolka attributes", "All that is known, and what to import or ask for"),
        ("dolka attributes --companies", "What is missing of companies, nest by nest"),
        ("dolka attributes --group hobby=psychographic", "Say the group of an attribute, from now on"),
        ("dolka attributes --group hobby=", "Let its name tell again"),
    ]);
    format!(
        "Groups are Kotler's: geographic, demographic, behavioural, psychographic. Nests are Bonoma and \
         Shapiro's, from the outside in: firm, operation, purchasing approach, situation, \
         person.\n\n{examples}"
    )
}

pub(super) fn report() -> String {
    examples(&[
        ("dolka report orders.csv", "From an export to report.html"),
        ("dolka report orders.xlsx customers.xlsx --lang ru --name 'Tea shop'", "Two files, in Russian"),
        ("dolka report orders.csv --as-of 2026-06-30 -o june.html", "As it stood at the end of June"),
        ("dolka report orders.csv --set rfm.groups=5", "Another way to cut; `dolka help segment` lists all"),
        ("dolka report orders.csv --map customer_id=Buyer,amount=Paid", "Columns that are not recognised"),
        ("dolka report", "A report of the base"),
    ])
}

pub(super) fn demo() -> String {
    let examples = examples(&[
        ("dolka demo", "A base in `dolka-base` and report.html"),
        ("dolka demo --files shop", "Only the exports, to see what such files look like"),
        ("dolka demo --base big --customers 100000 --orders 1000000", "A large one"),
    ]);
    format!("The same seed, sizes and last day make the same shop, to the byte.\n\n{examples}")
}

pub(super) fn import() -> String {
    let examples = examples(&[
        ("dolka import orders.csv --dry-run", "See what is recognised, import nothing"),
        ("dolka import orders.csv", "Import; the same file again changes nothing"),
        ("dolka import orders.csv --map customer_id=Buyer,order_id=#3", "Name columns by header or number"),
        ("dolka import orders.csv --map ignore=Margin", "Leave a column out"),
        ("dolka import old.csv --encoding cp1251 --delimiter ';' --decimal ,", "Say how the text is written"),
        ("dolka import orders.csv --map customer_id=Buyer --save-preset till", "Keep the mapping by a name"),
        ("dolka import tomorrow.csv --preset till", "Use it again"),
        ("dolka import sales.csv --currency EUR --rates rates.csv", "Money in several currencies, as euros"),
        (
            "dolka import postgres://ann@db/shop --query 'SELECT * FROM orders'",
            "Rows of PostgreSQL, MySQL, SQLite",
        ),
        ("dolka import rejects.csv", "Import rejected rows after they were repaired"),
    ]);
    format!(
        "Format, compression, encoding, separator, header, columns and the way numbers and dates are written \
         are found out; what was found is shown. Bad rows are counted and kept with their reasons in a file \
         that can be repaired and imported again.\n\n{examples}"
    )
}

pub(super) fn imports() -> String {
    examples(&[("dolka imports", "The ledger of the base"), ("dolka undo 3", "Take one import back")])
}

pub(super) fn undo() -> String {
    "What the import had replaced stands again, and its entry stays in the ledger, marked. Any import can \
     be undone, not only the last; importing the file again brings it back."
        .to_owned()
}

pub(super) fn compact() -> String {
    let examples = examples(&[
        ("dolka compact", "After many imports: results come faster, any import can still be undone"),
        ("dolka compact --forget", "Free the disk too, for good"),
    ]);
    format!(
        "Every import writes files of its own, and every question merges them anew. This merges them \
         once; no result changes by it. The files that were merged stay on disk until `--forget`, so \
         `dolka undo` works as before: it puts them back, and the next `dolka compact` merges what is \
         left. `--forget` deletes them, and says which imports can no longer be undone.\n\n{examples}"
    )
}

pub(super) fn segment() -> String {
    let examples = examples(&[
        ("dolka segment", "How many customers and how much money are in each segment, all segmentations"),
        ("dolka segment rfm ltv --out segments.xlsx", "One row per customer, with labels and features"),
        ("dolka segment rfm --set rfm.groups=5 --set rfm.window=12m", "Five groups over the last year"),
        ("dolka segment rfm --set 'rfm.cuts=R 30, 90; F 2, 5; M 1000, 5000'", "Your own thresholds"),
        ("dolka segment --as-of 2026-06-30", "As it stood at the end of that day"),
        ("dolka segment --of products", "ABC–XYZ of the goods"),
        ("dolka segment rules --rules rules.toml", "By conditions of your own"),
        ("dolka segment rfm --format csv --csv-delimiter ';' --csv-decimal , --csv-bom", "For Excel"),
    ]);
    let mut text = format!("{examples}\n\nSegmentations, with their settings (`--set NAME.SETTING=VALUE`):");
    for segmentation in SEGMENTATIONS {
        text.push_str("\n\n");
        about(segmentation.about(), &mut text);
    }
    text
}

/// A segmentation: its question, its settings, its columns.
fn about(about: &About, text: &mut String) {
    let _ = write!(text, "  {}: {}", about.name, about.question);
    settings(about.parameters, &format!("  {}.", about.name), text);
    let columns: Vec<&str> = about.columns.iter().map(|(name, _)| *name).collect();
    let _ = write!(text, "\n    columns: {}", columns.join(", "));
}

/// Settings with their defaults, `before` in front of each name.
fn settings(parameters: &[Parameter], before: &str, text: &mut String) {
    let indent = " ".repeat(before.len() - before.trim_start().len());
    for setting in parameters {
        let default = if setting.default.is_empty() { "empty" } else { setting.default };
        let _ = write!(
            text,
            "\n  {before}{} [default: {default}]\n  {indent}    {}",
            setting.name, setting.meaning
        );
    }
}

pub(super) fn regions() -> String {
    examples(&[
        ("dolka import cities.csv --kind regions", "A table of places: city, country, population, climate"),
        ("dolka regions", "How many customers it reaches, and where the others are"),
        ("dolka segment attributes --set attributes.by=region.climate", "Cut the base by it"),
        ("dolka count 'region.population < 50000'", "Or ask for it in a rule"),
    ])
}

pub(super) fn population() -> String {
    let examples = examples(&[
        ("dolka import market.csv --kind population --population market", "People, one a row or counted"),
        ("dolka population market", "Shares of each value there and here"),
    ]);
    format!(
        "`points` is the share among customers less that in the population, in percent points, with its \
         95 % interval (Newcombe); `index` is 100 where both are the same. Names and values are equal \
         whatever their capitals.\n\n{examples}"
    )
}

pub(super) fn count() -> String {
    let examples = examples(&[
        ("dolka count 'orders >= 2 and recency_days <= 30'", "Who has bought twice and lately"),
        (
            "dolka count 'did order where category = \"Toys\" in the last 90 days'",
            "Who has bought some goods",
        ),
        ("dolka count 'rfm_name = \"champions\" and consent email'", "Of a segment, who may be written to"),
        ("dolka count 'stopped order for 60 days' --as-of 2026-06-30", "As it stood at the end of that day"),
        ("dolka count 'revenue >= 500 and recency_days <= 90' --around", "Would other limits do better?"),
        ("dolka count regulars --rules mine.toml --around", "The same of a rule of your own"),
    ]);
    format!(
        "Of several conditions joined by `and`, each is left out in turn to show what it costs. With \
         `--around`, each limit on a number of the customer is moved to the next decile of that number among \
         the customers who have it, tighter (fewer customers) and looser (more). `more_…` is the difference \
         from the condition as asked.\n\n{examples}"
    )
}

pub(super) fn features() -> String {
    let examples = examples(&[
        ("dolka features --out features.parquet", "Every feature of every customer"),
        ("dolka features recency_days orders revenue --format csv", "Some of them"),
    ]);
    let mut text = format!("{examples}\n\nFeatures:");
    for feature in FEATURES {
        let _ = write!(text, "\n  {} ({})\n      {}", feature.name, unit(feature.unit), feature.meaning);
    }
    text
}

/// What kind of value a feature is, in a word or two.
fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "whole number",
        Unit::Day => "day",
        Unit::Money => "money",
        Unit::Quantity => "quantity",
        Unit::Number => "number",
        Unit::Text => "text",
    }
}

pub(super) fn predict() -> String {
    let examples = examples(&[
        ("dolka predict --out customers.csv", "Who will buy in the next year, and for how much"),
        ("dolka predict --holdout 2026-06-30", "How good predictions of that day were, beside simple rules"),
        ("dolka predict --model bg_nbd,pareto_nbd --horizon 39w", "Two models, 39 weeks ahead"),
        ("dolka predict --format json", "Parameters with standard errors, one line of JSON per model"),
        ("dolka predict --format csv", "One row per customer on standard output"),
    ]);
    let mut text = format!("{examples}\n\nModels:");
    for model in ORDER_MODELS {
        let _ = write!(text, "\n  {} ({})", model.name(), model.parameter_names().join(", "));
    }
    text.push_str("\n\nColumns of a customer:");
    for (name, meaning) in prediction::COLUMNS {
        let _ = write!(text, "\n  {name}\n      {meaning}");
    }
    text
}

pub(super) fn effort() -> String {
    let examples = examples(&[
        ("dolka effort --set effort.hour_cost=25", "Customers who cost more than they bring"),
        ("dolka effort --by rfm_name --set effort.hour_cost=25", "What the segments of RFM repay"),
        ("dolka effort --by channel --set effort.hour_cost=25", "What calls, chats and visits repay"),
    ]);
    format!(
        "Effort comes with deals and touches, as points or hours; `dolka help segment` lists the settings. \
         Money, hours and ROI are of the last 365 days, and of customers whose effort is known. By channel \
         a customer's money is shared out as the effort is; `cheapest_cost` and `cheapest_roi` say what it \
         would be if every contact took as long as in the cheapest channel.\n\n{examples}"
    )
}

pub(super) fn priority() -> String {
    let examples =
        examples(&[("dolka priority 10017 anna@example.com", "Two customers wait: who is first?")]);
    format!(
        "First is who is expected to bring more in the next 12 months; of equals, who has more influence \
         (followers and referrals).\n\n{examples}"
    )
}

pub(super) fn explain() -> String {
    examples(&[
        ("dolka explain 10017", "Everything about one customer"),
        ("dolka explain anna@example.com rfm", "By e-mail, one segmentation"),
        ("dolka explain 10017 --as-of 2026-06-30", "As it stood at the end of that day"),
        ("dolka explain 10017 rules --rules rules.toml", "Which rule holds, condition by condition"),
        ("dolka explain 10017 --rule 'orders >= 2 and revenue > 100'", "A single condition"),
    ])
}

pub(super) fn deals() -> String {
    let examples = examples(&[
        ("dolka deals", "The last 30 closed deals: classes, and what A-deals have in common"),
        ("dolka deals --deals 200 --set hour_cost=20", "More of them, with what the classes cost"),
        ("dolka deals --out deals.xlsx", "One row per deal with its class, the rule and the figures"),
        ("dolka deals --open --out open.csv", "Open deals with their points by what was found"),
        ("dolka deals --target won", "What won deals have in common"),
        ("dolka deals --set days=14 --set large=5000", "Limits of your own in place of the medians"),
    ]);
    let mut text = format!("{examples}\n\nClasses (here A is best):");
    for class in DEALS.segments {
        let _ = write!(text, "\n  {}: {}\n      {}", class.name, class.meaning, class.action);
    }
    text.push_str("\n\nSettings (`--set SETTING=VALUE`):");
    settings(DEALS.parameters, "", &mut text);
    let columns: Vec<&str> = DEALS.columns.iter().map(|(name, _)| *name).collect();
    let open: Vec<&str> = OPEN_COLUMNS.iter().map(|(name, _)| *name).collect();
    let _ = write!(text, "\n\nColumns of `--out`: {}", columns.join(", "));
    let _ = write!(text, "\nColumns with `--open`: {}", open.join(", "));
    text
}

pub(super) fn criteria() -> String {
    let examples = examples(&[
        ("dolka criteria --target repeat", "What sets customers who came back apart from one-time buyers"),
        ("dolka criteria --target buyers --without city", "Leads who bought, without one attribute"),
        ("dolka criteria --target high_ltv --out alike.csv", "Who looks like the best, by points"),
        ("dolka criteria --target a_deals --set deals.deals=60", "Customers with a deal of class A"),
    ]);
    let mut text = format!("{examples}\n\nTargets:");
    for target in TARGETS {
        let _ = write!(
            text,
            "\n  {}: {}\n      compared with {}\n      known before: attributes, {}",
            target.name, target.who, target.others, target.known
        );
    }
    let columns: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let _ = write!(text, "\n\nColumns of `--out`: {}", columns.join(", "));
    text
}

pub(super) fn fields() -> String {
    "In customer files every other column becomes an attribute of the customer under its own header. \
     `--map ignore=HEADER` leaves a column out."
        .to_owned()
}

pub(super) fn presets() -> String {
    "A file of a known system is recognised by its headers; `--preset NAME` says it outright. \
     `dolka import FILE --save-preset NAME` adds your own, which the base keeps."
        .to_owned()
}
