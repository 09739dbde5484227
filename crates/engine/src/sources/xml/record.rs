//! A record as an element with what is in it, and as rows.

use super::super::records::{Again, Cells, Place, Record, say};

/// Elements whose children of the name are lines of the record.
const LINES: (&str, &str) = ("Товары", "Товар");
/// Children that name a value, and children that are the value: `ЗначениеРеквизита`, `Контакт`,
/// `АдресноеПоле`.
const NAMES: [&str; 3] = ["Наименование", "Тип", "Вид"];
const VALUES: [&str; 1] = ["Значение"];
/// Children that a named value has at most: a comment may stand beside it.
const NAMED_CHILDREN_MAX: usize = 3;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub name: String,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub(super) fn new(name: &str) -> Node {
        Node { name: name.to_owned(), ..Node::default() }
    }

    /// The record's rows by their paths, which begin with its own name.
    pub(super) fn record(&self, place: &mut Place<'_>) -> Record {
        let mut record = Record::default();
        for child in &self.children {
            if child.name == LINES.0 {
                let path = format!("{}/{}/{}", self.name, LINES.0, LINES.1);
                for line in child.children.iter().filter(|line| line.name == LINES.1) {
                    let mut cells = Cells::new();
                    line.children.iter().for_each(|child| child.say(&path, &mut cells, place));
                    record.lines.push(cells);
                }
            } else {
                child.say(&self.name, &mut record.own, place);
            }
        }
        record
    }

    /// Says what the element holds under its path, or under the name it gives its value.
    fn say(&self, above: &str, cells: &mut Cells, place: &mut Place<'_>) {
        if let Some((name, value)) = self.named() {
            // The path is that of the list: `ЗначенияРеквизитов/Статус заказа`.
            if let Some(column) = place(&format!("{above}/{name}")) {
                say(cells, column, value, Again::First);
            }
            return;
        }
        let path = format!("{above}/{}", self.name);
        if self.children.is_empty() {
            let text = self.text.trim();
            if !text.is_empty()
                && let Some(column) = place(&path)
            {
                say(cells, column, text, Again::First);
            }
            return;
        }
        self.children.iter().for_each(|child| child.say(&path, cells, place));
    }

    /// Name and value, where the element is nothing else.
    fn named(&self) -> Option<(&str, &str)> {
        let few = self.children.len() <= NAMED_CHILDREN_MAX;
        if !few || self.children.iter().any(|child| !child.children.is_empty()) {
            return None;
        }
        let child = |names: &[&str]| self.children.iter().find(|child| names.contains(&child.name.as_str()));
        Some((child(&NAMES)?.text.trim(), child(&VALUES)?.text.trim()))
    }
}
