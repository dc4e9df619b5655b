//! PDF files; an input without the header gets one, so that none is taken for text.

#![no_main]

mod shared;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"%PDF-") {
        shared::extract("fuzz.pdf", bytes);
    } else {
        shared::extract("fuzz.pdf", &[b"%PDF-1.7\n", bytes].concat());
    }
});
