//! Symbols and pinpoints: what parses prints as itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use undex_document::{Pinpoint, Symbol};

fuzz_target!(|text: &str| {
    if let Ok(symbol) = text.parse::<Symbol>() {
        assert_eq!(symbol.as_str().parse().as_ref(), Ok(&symbol), "{symbol} is not itself");
    }
    if let Ok(place) = text.parse::<Pinpoint>() {
        let printed = place.to_string();
        let again: Pinpoint = printed.parse().unwrap_or_else(|_| panic!("{printed} does not parse"));
        assert_eq!(again.to_string(), printed);
    }
    let mut end = 0;
    for (place, symbol) in Symbol::scan(text) {
        assert!(place.start >= end && place.start < place.end, "{symbol} overlaps another");
        assert!(text.get(place.clone()).is_some(), "{symbol} ends within a letter");
        end = place.end;
    }
});
