//! Akoma Ntoso XML.

#![no_main]

mod shared;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    shared::extract("fuzz.xml", &[b"<akomaNtoso>", bytes].concat());
    shared::extract("fuzz.xml", bytes);
});
