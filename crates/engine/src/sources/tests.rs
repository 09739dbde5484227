//! Files as wholes: compression, emptiness, change, hostile bytes.

use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::testing::{drain, made, read, read_with, refused};
use super::{Format, InputFile, OpenOptions, open};

const TEXT: &str = "id,name\n1,Anna\n2,Berta\n";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(text).unwrap();
    writer.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    let mut writer = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    writer.include_checksum(true).unwrap();
    writer.write_all(text).unwrap();
    writer.finish().unwrap()
}

fn many_rows() -> String {
    let rows: String = (0..50_000).map(|row| format!("{row},name {}\n", row * 7919 % 1000)).collect();
    format!("id,name\n{rows}")
}

#[test]
fn compression_is_told_by_bytes() {
    // Names that lie change nothing.
    for (name, bytes, compression) in [
        ("a.csv.gz", gzip(TEXT.as_bytes()), Some("gzip")),
        ("a.csv", zstd(TEXT.as_bytes()), Some("zstd")),
        ("a.gz", TEXT.as_bytes().to_vec(), None),
    ] {
        let all = read(name, &bytes);
        assert_eq!(all.detected.compression, compression);
        assert_eq!(all.cells(), [["1", "Anna"], ["2", "Berta"]]);
        assert_eq!((all.file.name.as_str(), all.file.bytes), (name, bytes.len() as u64));
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(all.file.sha256, hash);
    }
    let twice = [gzip(TEXT.as_bytes()), gzip(b"3,Clara\n")].concat();
    assert_eq!(read("a.csv.gz", twice).rows.len(), 3);
}

#[test]
fn a_file_is_digested_unless_nobody_asks() {
    for bytes in [TEXT.as_bytes().to_vec(), gzip(TEXT.as_bytes())] {
        let digested = read("a.csv", &bytes);
        let options = OpenOptions { undigested: true, ..OpenOptions::default() };
        let undigested = read_with("a.csv", &bytes, &options).unwrap();
        assert_eq!(undigested.cells(), digested.cells());
        assert_eq!(digested.file.sha256.len(), 64);
        assert_eq!(undigested.file, InputFile { sha256: String::new(), ..digested.file });
    }
}

#[test]
fn truncated_and_altered_archives_are_refused() {
    let text = many_rows();
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        let cut = refused("a.csv", &packed[..packed.len() - 20]);
        assert_eq!(cut.code(), "E_DAMAGED");
        assert!(cut.to_string().contains("a.csv"), "{cut}");
        let mut altered = packed.clone();
        // Within the checksum, which stands at the end.
        let at = altered.len() - if packed[0] == 0x1f { 6 } else { 2 };
        altered[at] ^= 0x55;
        assert_eq!(refused("a.csv", altered).code(), "E_DAMAGED");
    }
}

#[test]
fn bombs_are_refused() {
    let mut bomb = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    bomb.write_all(b"id,name\n").unwrap();
    let zeros = "0,0\n".repeat(1 << 18);
    for _ in 0..100 {
        bomb.write_all(zeros.as_bytes()).unwrap();
    }
    assert_eq!(refused("a.csv.zst", bomb.finish().unwrap()).code(), "E_TOO_LARGE");
}

#[test]
fn empty_files_say_so() {
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\n\n  \r\n", b"\xff\xfe"] {
        let error = refused("a.csv", bytes);
        assert_eq!(error.code(), "E_EMPTY");
        assert!(
            error.to_string().starts_with("E_EMPTY: `") && error.to_string().contains("a.csv"),
            "{error}"
        );
    }
    assert_eq!(refused("a.csv.gz", gzip(b"")).code(), "E_EMPTY");
    // A header alone is a table without rows.
    assert!(read("a.csv", "id,name,sum\n").rows.is_empty());
}

#[test]
fn a_file_that_changes_is_refused() {
    let file = made("a.csv", many_rows());
    let table = open(&file.path, &OpenOptions::default()).unwrap();
    let mut writer = std::fs::OpenOptions::new().append(true).open(&file.path).unwrap();
    writer.write_all(b"9,late\n").unwrap();
    drop(writer);
    assert_eq!(drain(table).unwrap_err().code(), "E_CHANGED");

    let file = made("a.csv", many_rows());
    let table = open(&file.path, &OpenOptions::default()).unwrap();
    let writer = std::fs::OpenOptions::new().write(true).open(&file.path).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    writer.set_modified(long_ago).unwrap();
    drop(writer);
    assert_eq!(drain(table).unwrap_err().code(), "E_CHANGED");
}

#[test]
fn finishing_early_still_hashes_the_whole() {
    let file = made("a.csv", many_rows());
    let table = open(&file.path, &OpenOptions::default()).unwrap();
    assert!(table.read_bytes() <= table.total_bytes());
    let early = table.finish().unwrap();
    assert_eq!(early, drain(open(&file.path, &OpenOptions::default()).unwrap()).unwrap().file);
}

#[test]
fn missing_files_and_folders_are_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_owned(), folder.path().join("none.csv")] {
        let Err(error) = open(&path, &OpenOptions::default()) else { panic!("{path:?} was opened") };
        assert_eq!(error.code(), "E_UNREADABLE");
    }
}

#[test]
fn foreign_formats_are_named() {
    for (bytes, word) in [
        (&b"%PDF-1.7\n..."[..], "PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<?xml version=\"1.0\"?><a/>", "XML"),
    ] {
        let error = refused("a.xls", bytes);
        assert!(error.code() == "E_UNSUPPORTED" && error.to_string().contains(word), "{error}");
    }
}

#[test]
fn a_sample_is_at_most_a_thousand_rows() {
    let all = read("a.csv", many_rows());
    assert!(all.sampled <= 1_000 && all.sampled >= 990, "{}", all.sampled);
    assert_eq!(all.rows.len(), 50_000);
    assert_eq!(all.rows[49_999].0, 50_001);
}

/// Opens hostile bytes in every way and reads all that comes; the outcome does not matter.
fn provoke(name: &str, bytes: &[u8]) {
    let formats = [
        None,
        Some(Format::Delimited),
        Some(Format::JsonLines),
        Some(Format::Workbook),
        Some(Format::Parquet),
    ];
    for format in formats {
        for block_bytes in [0, 7] {
            let options =
                OpenOptions { format, block_bytes, tolerant_quotes: true, ..OpenOptions::default() };
            if let Err(error) = read_with(name, bytes, &options) {
                assert!(error.to_string().contains(name), "{error}");
            }
        }
    }
}

#[test]
fn the_corpus_of_hostile_files_panics_nowhere() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/sources");
    let mut files = 0;
    for entry in std::fs::read_dir(&corpus).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        provoke(&name, &std::fs::read(&path).unwrap());
        files += 1;
    }
    assert!(files >= 10, "only {files} files in the corpus");
}

#[test]
fn broken_starts_of_known_formats_are_refused() {
    for magic in
        [&b"PAR1"[..], b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], &[0x1f, 0x8b, 8]]
    {
        for tail in [0, 3, 600] {
            let bytes = [magic, &vec![0x41; tail]].concat();
            assert_eq!(refused("a.bin", bytes).code(), "E_DAMAGED");
        }
    }
}
