//! libFuzzer's way into `dolka_fuzz::mapping_once`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dolka_fuzz::mapping_once(bytes));
