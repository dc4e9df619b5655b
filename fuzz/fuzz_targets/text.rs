//! Plain text and Markdown, in any encoding.

#![no_main]

mod shared;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    shared::extract("fuzz.txt", bytes);
});
