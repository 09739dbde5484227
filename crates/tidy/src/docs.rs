//! The papers: each is found from the first page, and says what there is.

use crate::files::File;

/// Lines of `ARCHITECTURE.md`.
const MAP_LINES_MAX: usize = 200;
/// Files of the segmentations' folder that are none.
const NO_SEGMENTATIONS: [&str; 2] = ["mod", "contract"];

fn text_of<'a>(files: &'a [File], path: &str) -> &'a str {
    files.iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

pub fn linked(files: &[File]) -> Vec<String> {
    let (first, index) = (text_of(files, "README.md"), text_of(files, "docs/README.md"));
    let pages = files.iter().filter(|file| file.path != "docs/README.md");
    let lost = pages.filter(|file| {
        let Some(inside) = file.path.strip_prefix("docs/") else { return false };
        // A picture may be shown on the page beside it.
        let shown = || files.iter().any(|page| page.path.ends_with(".md") && page.text.contains(inside));
        let page = inside.ends_with(".md") || inside.ends_with(".html");
        let link =
            |text: &str, to: &str| text.contains(&format!("({to}")) || text.contains(&format!("\"{to}"));
        !(link(first, &file.path) || link(index, inside) || (!page && shown()))
    });
    lost.map(|file| file.path.clone()).collect()
}

pub fn short_map(files: &[File]) -> Vec<String> {
    let maps = files.iter().filter(|file| file.path.ends_with("ARCHITECTURE.md"));
    let lines = maps.map(|file| (file, file.text.lines().count()));
    lines
        .filter(|(_, lines)| *lines > MAP_LINES_MAX)
        .map(|(file, lines)| format!("{}: {lines}", file.path))
        .collect()
}

/// A file of the segmentations' folder with an `About` in it is a segmentation of that name.
pub fn segmentations(files: &[File]) -> Vec<String> {
    let pages: Vec<&File> = files.iter().filter(|file| file.path.starts_with("docs/")).collect();
    let mut found = Vec::new();
    for file in files.iter().filter(|_| !pages.is_empty()) {
        let Some(inside) = file.path.strip_prefix("crates/engine/src/segmentations/") else { continue };
        let name = inside.trim_end_matches(".rs").trim_end_matches("/mod");
        let is_one = file.text.contains("impl Segmentation for") && !NO_SEGMENTATIONS.contains(&name);
        if is_one && !pages.iter().any(|page| page.text.contains(&format!("`{name}`"))) {
            found.push(format!("{}: no page names `{name}`", file.path));
        }
    }
    found
}
