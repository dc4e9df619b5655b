//! Word files, as archives: the fuzzer finds its way through parts that are stored.

#![no_main]

mod shared;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        shared::extract("fuzz.docx", bytes);
    }
});
