//! The corpora of the fuzz targets, replayed: what was once found stays mended.

use crate::provoke::{cells, mapping, rejects, sources};
use std::path::Path;

fn replay(target: &str, provoke: fn(&[u8]), least: usize) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files = 0;
    for entry in std::fs::read_dir(&corpus).unwrap() {
        let path = entry.unwrap().path();
        eprintln!("{}", path.display());
        provoke(&std::fs::read(&path).unwrap());
        files += 1;
    }
    assert!(files >= least, "only {files} files in the corpus of `{target}`");
}

#[test]
fn sources_of_the_corpus() {
    replay("sources", sources, 10);
}

#[test]
fn cells_of_the_corpus() {
    replay("cells", cells, 5);
}

#[test]
fn mappings_of_the_corpus() {
    replay("mapping", mapping, 5);
}

#[test]
fn rejects_of_the_corpus() {
    replay("rejects", rejects, 3);
}
