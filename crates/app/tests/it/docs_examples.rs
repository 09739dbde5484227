//! Worked examples of pages that are written by hand: the files that a page shows are imported, its
//! commands are run, and what they print is what the page says.
//! `BLESS=1 cargo test -p dolka-app docs` writes the answers anew.

use crate::program::Shop;
use std::fmt::Write;
use std::path::Path;

const PAGES: [&str; 11] = [
    "cards",
    "companies",
    "conversations",
    "identity",
    "interests",
    "market",
    "moves",
    "populations",
    "regions",
    "sources",
    "targets",
];
/// What a block begins with that is a file, its name behind; what one begins with that has commands.
const FILE: &str = "```csv ";
const COMMANDS: &str = "```text\n$ ";
const END: &str = "\n```\n";

/// A page with its commands answered by the program, and how many there were.
fn answered(page: &str) -> (String, usize) {
    let shop = Shop::new();
    let (mut whole, mut rest, mut commands) = (String::new(), page, 0);
    loop {
        let block = [FILE, COMMANDS].iter().filter_map(|mark| rest.find(mark)).min();
        let Some(from) = block else { break };
        let to = from + rest[from..].find(END).expect("a block ends");
        let (before, block) = (&rest[..from], &rest[from..to]);
        whole.push_str(before);
        if let Some(file) = block.strip_prefix(FILE) {
            let (name, content) = file.split_once('\n').expect("a file has a name and rows");
            shop.write(name, format!("{content}\n"));
            whole.push_str(block);
        } else {
            whole.push_str("```text\n");
            for typed in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
                commands += 1;
                let _ = writeln!(whole, "$ {typed}\n{}", printed(&shop, typed));
            }
            whole.truncate(whole.trim_end().len());
        }
        whole.push_str(END);
        rest = &rest[to + END.len()..];
    }
    (whole + rest, commands)
}

fn printed(shop: &Shop, typed: &str) -> String {
    let mut arguments = vec!["--quiet".to_owned()];
    let mut quoted = typed.split('\'').enumerate();
    quoted.next().into_iter().chain(quoted).for_each(|(place, part)| match place % 2 {
        0 => arguments.extend(part.split_whitespace().map(str::to_owned)),
        _ => arguments.push(part.to_owned()),
    });
    assert_eq!(arguments.remove(1), "dolka", "{typed}");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let lines = shop.ok(&arguments);
    lines.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn docs_examples_are_what_is_printed() {
    for name in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/{name}.md"));
        let page = std::fs::read_to_string(&path).unwrap();
        let (answered, commands) = answered(&page);
        assert!(commands > 0, "docs/{name}.md has no example");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, answered).unwrap();
        } else {
            assert_eq!(page, answered, "`BLESS=1 cargo test -p dolka-app docs` writes docs/{name}.md anew");
        }
    }
}
