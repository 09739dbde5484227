//! libFuzzer's way into `dolka_fuzz::cells`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dolka_fuzz::cells(bytes));
