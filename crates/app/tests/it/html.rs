//! Reads a page strictly enough to prove its structure: every tag closed, in order.

use std::collections::BTreeMap;

/// Elements of HTML that have no end.
const VOID: [&str; 3] = ["meta", "br", "link"];

/// An opened element with its attributes and the names of the elements around it.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Position in the list of the element around it.
    pub(crate) parent: Option<usize>,
    /// Text inside, that of inner elements too.
    pub(crate) text: String,
}

/// Every element of a page in order.
///
/// # Panics
/// Where a tag is not closed, is closed out of order, or an attribute stands twice.
pub(crate) fn elements(page: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = page.strip_prefix("<!doctype html>").expect("a page starts with its doctype");
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        assert!(!text.contains('>'), "a stray > in {text:?}");
        open.iter().for_each(|&around| elements[around].text.push_str(text));
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let closed = open.pop().map(|position| elements[position].name.clone());
            assert_eq!(
                closed.as_deref(),
                Some(name),
                "before {:?}",
                &rest.chars().take(80).collect::<String>()
            );
            continue;
        }
        let (name, attributes) = parse_tag(tag);
        elements.push(Element {
            name: name.clone(),
            attributes,
            parent: open.last().copied(),
            text: String::new(),
        });
        if name == "style" {
            let end = rest.find("</style>").expect("a style ends");
            elements.last_mut().expect("just pushed").text.push_str(&rest[..end]);
            rest = &rest[end + "</style>".len()..];
        } else if !VOID.contains(&name.as_str()) {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty(), "never closed: {:?}", elements[*open.last().unwrap()]);
    assert!(rest.trim().is_empty());
    elements
}

fn parse_tag(tag: &str) -> (String, BTreeMap<String, String>) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(!name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric()), "<{tag}>");
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (key, after) = rest.trim_start().split_once("=\"").unwrap_or_else(|| panic!("<{tag}>"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("<{tag}>"));
        assert!(attributes.insert(key.to_owned(), value.to_owned()).is_none(), "{key} stands twice: <{tag}>");
        rest = after;
    }
    (name.to_owned(), attributes)
}
