//! Symbols by the tables beside this file: what every spelling is read as, what is refused and
//! where, what running text names.
//!
//! In the tables a line that begins with `#` is a heading, and `\u{a0}` is the character of that
//! number, so that spaces can be seen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;

use undex_document::{Language, Symbol, SymbolParts};

/// Columns of `symbols.tsv` behind the spelling; `-` is none, `=` the canonical form.
const COLUMNS: [&str; 12] = [
    "canonical",
    "printed",
    "organ",
    "body",
    "session",
    "year",
    "series",
    "number",
    "letters",
    "qualifiers",
    "modifiers",
    "type",
];

/// The rows of a table: cells, their escapes read, and the line each stands on.
fn rows(table: &str) -> Vec<(usize, Vec<String>)> {
    let lines = table.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| (at, line.split('\t').map(unescaped).collect()))
        .collect()
}

fn unescaped(cell: &str) -> String {
    let mut pieces = cell.split("\\u{");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('}').expect("a brace that closes");
        out.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}

/// What the columns say of a symbol.
fn described(symbol: &Symbol) -> Vec<String> {
    let parts: SymbolParts<'_> = symbol.parts();
    let text = |part: Option<&str>| part.unwrap_or("-").to_owned();
    let list =
        |items: Vec<String>| if items.is_empty() { "-".to_owned() } else { items.join("; ") };
    let canonical = symbol.as_str().to_owned();
    let printed = symbol.to_string();
    let modifiers = parts.modifiers.iter().map(|modifier| {
        let mut text = format!("{:?}", modifier.kind);
        if let Some(number) = modifier.number {
            write!(text, " {number}").unwrap();
        }
        text
    });
    vec![
        canonical.clone(),
        if printed == canonical { "=".to_owned() } else { printed },
        parts.organ.to_owned(),
        parts.body.to_owned(),
        text(parts.session),
        parts.year.map_or_else(|| "-".to_owned(), |year| year.to_string()),
        text(parts.series),
        text(parts.number),
        text(parts.letters),
        list(parts.qualifiers.iter().map(|&q| q.to_owned()).collect()),
        list(modifiers.collect()),
        symbol.document_type().map_or("-", |kind| kind.name()).to_owned(),
    ]
}

#[test]
fn every_spelling_has_its_canonical_form_and_components() {
    let mut faults = String::new();
    let mut reasons: Vec<String> = Vec::new();
    let rows = rows(include_str!("symbols.tsv"));
    for (line, cells) in &rows {
        let [spelling, expected @ .., reason] = cells.as_slice() else { panic!("line {line}") };
        assert_eq!(expected.len(), COLUMNS.len(), "columns of line {line}");
        reasons.push(reason.clone());
        let symbol = match spelling.parse::<Symbol>() {
            Ok(symbol) => symbol,
            Err(error) => {
                writeln!(faults, "line {line}, {reason}: {error}").unwrap();
                continue;
            }
        };
        for ((column, expected), found) in COLUMNS.iter().zip(expected).zip(described(&symbol)) {
            if *expected != found {
                writeln!(
                    faults,
                    "line {line}, {spelling:?}, {column}: expected {expected:?}, found {found:?} ({reason})"
                )
                .unwrap();
            }
        }
        for form in [symbol.to_string(), symbol.as_str().to_owned()] {
            if form.parse().as_ref() != Ok(&symbol) {
                writeln!(faults, "line {line}: {form:?} does not read back").unwrap();
            }
        }
        if (symbol.session(), symbol.year()) != (symbol.parts().session, symbol.parts().year) {
            writeln!(faults, "line {line}: session or year is told twice").unwrap();
        }
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(rows.len() >= 300, "{} rows", rows.len());
    reasons.sort();
    let count = reasons.len();
    reasons.dedup();
    assert_eq!(reasons.len(), count, "every row has a reason of its own");
}

#[test]
fn addresses_name_the_canonical_form_without_spaces() {
    for (line, cells) in rows(include_str!("symbols.tsv")) {
        let symbol: Symbol = cells[0].parse().unwrap();
        let own = matches!(symbol.root(), "UNDEX" | "PROVISIONAL");
        for language in Language::OFFICIAL {
            let expected = format!("https://undocs.org/{}/{}", language.code(), cells[1]);
            let found = symbol.undocs_url(language);
            assert_eq!(found, (!own).then_some(expected), "line {line}");
            let plain = |c: char| c.is_ascii_alphanumeric() || "/:.-(),".contains(c);
            assert!(found.unwrap_or_default().chars().all(plain), "line {line}");
        }
        let expected = format!("https://undocs.org/{}", cells[1]);
        assert_eq!(symbol.undocs_url(Language::Undetermined), (!own).then_some(expected));
    }
}

#[test]
fn what_is_no_symbol_is_refused_at_its_place() {
    let mut faults = String::new();
    for (line, cells) in rows(include_str!("symbols-refused.tsv")) {
        let [text, position, reason] = cells.as_slice() else { panic!("line {line}") };
        let found = match text.parse::<Symbol>() {
            Ok(symbol) => format!("read as {symbol}"),
            Err(error) if error.position.to_string() == *position => {
                assert!(!error.expected.is_empty(), "line {line}");
                continue;
            }
            Err(error) => error.to_string(),
        };
        writeln!(faults, "line {line}, {text:?}: expected {position}, {found} ({reason})").unwrap();
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn running_text_names_these_symbols() {
    let mut faults = String::new();
    for (line, cells) in rows(include_str!("symbols-in-text.tsv")) {
        let [text, expected, reason] = cells.as_slice() else { panic!("line {line}") };
        let mut found = Vec::new();
        for (range, symbol) in Symbol::scan(text) {
            let written = &text[range];
            assert_eq!(written.parse().as_ref(), Ok(&symbol), "line {line}: {written}");
            found.push(written);
        }
        let found = if found.is_empty() { "-".to_owned() } else { found.join("; ") };
        if found != *expected {
            writeln!(
                faults,
                "line {line}, {text:?}: expected {expected:?}, found {found:?} ({reason})"
            )
            .unwrap();
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn print_adds_asterisks_and_a_second_symbol() {
    // (printed, symbols, reissues, why)
    let table: [(&str, &[&str], usize, &str); 12] = [
        ("A/77/275", &["A/77/275"], 0, "one symbol"),
        ("A/68/98*", &["A/68/98"], 1, "reissued"),
        ("A/68/98 **", &["A/68/98"], 2, "reissued twice, after a space"),
        ("A/68/98*.", &["A/68/98"], 1, "at the end of a sentence"),
        ("A/81/6 (Sect. 13)/Part A*", &["A/81/6(Sect.13)/PartA"], 1, "behind a part"),
        ("A/61/472-S/2006/780", &["A/61/472", "S/2006/780"], 0, "joined by a hyphen"),
        ("A/75/982–S/2021/669", &["A/75/982", "S/2021/669"], 0, "joined by an en dash"),
        ("A/75/982 – S/2021/669*", &["A/75/982", "S/2021/669"], 1, "with spaces, reissued"),
        ("A/75/982*-S/2021/669*", &["A/75/982", "S/2021/669"], 1, "an asterisk for each half"),
        ("a/47/277-s/24111", &["A/47/277", "S/24111"], 0, "small letters"),
        ("A/76/84/Add.1-E/2022/5/Add.1", &["A/76/84/Add.1", "E/2022/5/Add.1"], 0, "addenda"),
        ("CEDAW/C/CHE/CO/4-5", &["CEDAW/C/CHE/CO/4-5"], 0, "a range is no joint symbol"),
    ];
    for (text, symbols, reissues, why) in table {
        let printed = Symbol::read_printed(text).unwrap_or_else(|error| panic!("{why}: {error}"));
        let found: Vec<&str> = printed.symbols().map(Symbol::as_str).collect();
        assert_eq!(found, symbols, "{why}");
        assert_eq!(printed.reissues, reissues, "{why}");
    }
    let error = Symbol::read_printed("A/1/1-S/2/2-E/3/3").unwrap_err();
    assert_eq!(error.position, 12, "three symbols: {error}");
}

#[test]
fn the_refusal_of_a_joint_symbol_says_what_to_do() {
    let error = "A/61/472-S/2006/780".parse::<Symbol>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "\"A/61/472-S/2006/780\" is no document symbol: the end (each of two joint symbols stands \
         by itself) expected at character 9"
    );
}

#[test]
fn symbols_are_ordered_by_their_parts() {
    let ordered = [
        "A/C.1/80/L.9",
        "A/C.1/80/L.20",
        "A/RES/9/1",
        "A/RES/10/1",
        "A/RES/10/1/Corr.1",
        "A/RES/10/2",
        "A/RES/78/183",
        "A/RES/78/183 A",
        "A/RES/78/183 B",
        "A/RES/217 (III)",
        "A/RES/217 A (III)",
        "E/2022/9",
        "E/2022/55",
        "S/PV.999",
        "S/PV.7813",
        "S/RES/9 (1946)",
        "S/RES/1325 (2000)",
    ];
    let ordered = ordered.map(|text| text.parse::<Symbol>().unwrap());
    let mut sorted = ordered.to_vec();
    sorted.reverse();
    sorted.sort();
    assert_eq!(sorted, ordered);
}

/// Numbers at random, the same in every run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Pieces of symbols and of sentences, put together at random.
const PIECES: [&str; 62] = [
    "A",
    "S",
    "E",
    "/",
    "/",
    "/",
    "/",
    "RES",
    "DEC",
    "HRC",
    "C.1",
    "AC.290",
    "CONF.",
    "78",
    "237",
    "1325",
    "(",
    ")",
    "(2000)",
    " (XXI)",
    "(S-VI)",
    "(Part I)",
    " (Vol. I)",
    "(Sect. 29A)",
    "(h)",
    "(Parts I and II)",
    "(CE.14/3)",
    "COP(14)",
    "A-B",
    " A and B",
    " A",
    "b",
    "AA",
    " a à C",
    "/Add.1",
    "/corr. 2",
    "/Rev",
    "Part",
    "/Part A",
    "SR.1-28",
    "-",
    "–",
    "*",
    ".",
    ",",
    " ",
    "\u{a0}",
    "\u{202f}",
    "é",
    "PROVISIONAL/",
    "UNEP(DTIE)",
    "GC.18",
    "OzL.Pro",
    "undocs.org/",
    "S-13",
    "&",
    "Add2",
    "L22",
    ".Rev.",
    " y ",
    "\u{200b}",
    "4.2",
];

#[test]
fn whatever_is_read_prints_and_reads_back() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut found) = (0, 0);
    for _ in 0..100_000 {
        let count = 1 + random.below(9);
        let mut text = if random.below(2) == 0 { "A/RES/".to_owned() } else { String::new() };
        text.extend((0..count).map(|_| PIECES[random.below(PIECES.len())]));
        if let Ok(symbol) = text.parse::<Symbol>() {
            read += 1;
            assert_eq!(symbol.as_str().parse().as_ref(), Ok(&symbol), "canonical of {text:?}");
            assert_eq!(symbol.to_string().parse().as_ref(), Ok(&symbol), "printed of {text:?}");
            assert!(!symbol.as_str().contains(char::is_whitespace), "{text:?}");
        }
        let mut end = 0;
        for (range, symbol) in Symbol::scan(&text) {
            assert!(range.start >= end && range.start < range.end, "{text:?}");
            assert_eq!(text[range.clone()].parse().as_ref(), Ok(&symbol), "{text:?}");
            end = range.end;
            found += 1;
        }
    }
    assert!(read > 2_500 && found > 2_500, "{read} read and {found} found");
}

#[test]
fn lengths_are_bounded() {
    let long = |count: usize| format!("A{}/1", "/AC".repeat(count));
    assert!(long(38).parse::<Symbol>().is_ok());
    assert!(long(40).parse::<Symbol>().is_err());
    assert!(long(100_000).parse::<Symbol>().is_err());
    assert!(Symbol::read_printed(&format!("A/1{}", "*".repeat(100_000))).is_err());
    assert_eq!(Symbol::scan(&long(100_000)).count(), 0);
}
