//! The pages on deals and criteria: made from the program's lists, with examples that are run on the
//! shipped data. `BLESS=1 cargo test -p dolka-app docs` writes them anew.

use crate::deals::crm;
use crate::docs::{check, code, table};
use crate::program::{Shop, shipped, text};
use engine::contrast::lookalike::COLUMNS;
use engine::contrast::{METHOD, TARGETS};
use engine::deals::ABOUT;
use engine::deals::tables::OPEN_COLUMNS;
use std::fmt::Write;

/// Lines of a long table that are shown.
const LINES_SHOWN: usize = 6;

/// A command with what it prints, as a block of the page.
fn example(shop: &Shop, typed: &str) -> String {
    let arguments: Vec<&str> = typed.split(' ').skip(1).collect();
    let printed = shop.ok(&arguments);
    let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
    format!("```text\n$ {typed}\n{}\n```\n", lines.join("\n").trim_end())
}

/// The first lines of a file that a command has written.
fn beginning(shop: &Shop, file: &str) -> String {
    let written = shop.read(file);
    let lines: Vec<&str> = written.lines().take(LINES_SHOWN).collect();
    format!("```text\n{}\n…\n```\n", lines.join("\n"))
}

fn columns(list: &[(&str, &str)]) -> String {
    table(["column", "meaning"], list.iter().map(|(name, meaning)| [code(name), (*meaning).to_owned()]))
}

#[test]
fn docs_of_deal_classes() {
    let shop = crm();
    let mut page = format!("# Deals\n\n**{}**\n\n{}\n", ABOUT.question, ABOUT.method.trim_end());
    let classes =
        ABOUT.segments.iter().map(|one| [code(one.name), one.meaning.to_owned(), one.action.to_owned()]);
    let _ = write!(page, "\n## Classes\n\n{}", table(["class", "what it is", "what to do"], classes));
    let settings =
        ABOUT.parameters.iter().map(|one| [code(one.name), code(one.default), one.meaning.to_owned()]);
    let _ = write!(
        page,
        "\n## Settings\n\nGiven as `--set SETTING=VALUE`; `--deals N` is short for `--set deals=N`. An empty \
         default means that the limit comes from the deals looked at.\n\n{}",
        table(["setting", "default", "what it does"], settings)
    );
    page.push_str(
        "\n## What A-deals have in common\n\nThe deals that have a class are searched for what sets class A \
         apart ([how](criteria.md)); `--target won` searches all deals looked at for what the won ones have \
         in common. Conditions are on what was known when a deal was opened: its product, category, \
         employee, channel, source, campaign, pipeline and amount, every other column of the file of deals, \
         and plain attributes of its customer (`customer.NAME` where the deal has one of that name too). \
         What makes the class (days to close, questions, discount, margin, effort, outcome, stage, reason \
         of the loss, terms) is no condition, nor are columns whose name says that they tell the outcome \
         (*probability*, *contract signed*), nor those that are known of won or of lost deals so much more \
         often that the outcome must have filled them in. An amount of 0 is not known. Features of the \
         customer are left out, since they tell of what the deal itself brought.\n\n\
         Open deals have points by what was found (`--open`); where nothing was, they have none.\n",
    );
    page.push_str(
        "\n## Example\n\nThe opportunities of a made-up company ([sample data](../data/README.md)). Which of \
         them are won is chance, and that is what the search says. `amount` is no condition here: every \
         lost opportunity has an amount of 0, filled in at the end.\n\n",
    );
    let _ = write!(
        page,
        "```text\n$ dolka import crm_sales_pipeline.csv.gz --zone UTC --currency USD\n\
         $ dolka import crm_accounts.csv --kind customers\n```\n\n{}\n\
         With `--out deals.csv` every deal has its class, the rule that gave it and the figures:\n\n",
        example(&shop, "dolka deals --deals 300 --target won")
    );
    shop.ok(&["deals", "--deals", "300", "--out", "deals.csv"]);
    let _ = write!(page, "{}\n{}", beginning(&shop, "deals.csv"), columns(ABOUT.columns));
    let _ =
        write!(page, "\nWith `--open` the file has the open deals instead:\n\n{}", columns(&OPEN_COLUMNS));
    check("deals.md", &page);
}

#[test]
fn docs_of_criteria() {
    let shop = Shop::new();
    shop.ok(&["import", text(&shipped("cdnow_sample.csv")), "--zone", "UTC", "--currency", "USD"]);
    let mut page = format!(
        "# Criteria\n\n**What sets some customers apart from others: what should the base be segmented \
         by?**\n\n{}\n",
        METHOD.trim_end()
    );
    let targets = TARGETS
        .iter()
        .map(|one| [code(one.name), one.who.to_owned(), one.others.to_owned(), one.known.to_owned()]);
    let _ = write!(
        page,
        "\n## Targets\n\n{}",
        table(["target", "who", "compared with", "known before, besides attributes"], targets)
    );
    let _ = write!(
        page,
        "\n## Example\n\nWho came back to an online music shop ([sample data](../data/README.md)): those whose \
         first order was larger, a little more often.\n\n\
         ```text\n$ dolka import cdnow_sample.csv --zone UTC --currency USD\n```\n\n{}\n\
         With `--out alike.csv` the customers outside the target come by their points, those who look most \
         like it first:\n\n",
        example(&shop, "dolka criteria --target repeat")
    );
    shop.ok(&["criteria", "--target", "repeat", "--out", "alike.csv"]);
    let _ = write!(page, "{}\n{}", beginning(&shop, "alike.csv"), columns(&COLUMNS));
    check("criteria.md", &page);
}
