//! Document symbols: the addresses of UN documents.
//!
//! The grammar is that of the UN's guide to document symbols: a root that names the organ, then
//! segments parted by strokes, qualifiers in parentheses, and modifiers such as `Add.1`. Symbols
//! look like paths and are never used as one.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{DocumentType, Language};

mod canonical;
mod letters;
mod parts;
mod printed;
mod qualifier;
mod read;
mod scan;
mod words;

pub use parts::{Modifier, ModifierKind, SymbolParts};
pub use printed::PrintedSymbol;
use read::PROVISIONAL_ROOT;
pub use scan::SymbolScan;

/// The root of the symbols this project gives to documents of its own.
const OWN_ROOT: &str = "UNDEX";

/// A document symbol in its canonical form, the form that identity, look-up and links go by:
/// case folded, spaces and a reissue's asterisks dropped, letters upper case but for the words that
/// print otherwise (`A/68/98/Add.1`, `UNEP/OzL.Pro.28/12`). It is displayed, and written to JSON, with the spaces
/// of print: `S/RES/1325 (2000)`, `A/RES/78/183 A`.
///
/// Symbols are ordered by their parts with numbers as numbers: `A/RES/9/1` before `A/RES/10/1`. Copies share
/// one text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Symbol(Arc<str>);

/// A text that is no document symbol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{text:?} is no document symbol: {expected} expected at character {position}")]
pub struct SymbolError {
    /// The text given, cut to the longest length a symbol may have.
    pub text: String,
    /// Where it goes wrong, in Unicode scalar values from 1.
    pub position: usize,
    /// What should stand there.
    pub expected: &'static str,
}

impl Symbol {
    /// The key of a document that could not be identified: stable for the same content.
    ///
    /// `content_hash` is the lower-case hexadecimal hash of the document's text; twelve digits of
    /// it are used.
    pub fn provisional(content_hash: &str) -> Self {
        let digits: String =
            content_hash.chars().filter(char::is_ascii_hexdigit).take(12).collect();
        Self(format!("{PROVISIONAL_ROOT}/{}", digits.to_ascii_uppercase()).into())
    }

    /// Whether this is the key of a document that could not be identified.
    pub fn is_provisional(&self) -> bool {
        self.root() == PROVISIONAL_ROOT
    }

    /// The canonical form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between strokes. A stroke in parentheses, as in `LC/L.4056(CE.14/3)`, parts nothing.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        canonical::segments(&self.0)
    }

    /// The components: organ, session, series, number and the rest, each once and by its name.
    pub fn parts(&self) -> SymbolParts<'_> {
        SymbolParts::of(&self.0)
    }

    /// Reads what a document prints as its symbol: one symbol, or two joined by a hyphen or dash,
    /// with the asterisks of a reissue. Spaces, case and dashes may be those of any print or link.
    ///
    /// ```
    /// use undex_document::Symbol;
    ///
    /// let printed = Symbol::read_printed("A/75/982–S/2021/669*")?;
    /// let symbols: Vec<&str> = printed.symbols().map(Symbol::as_str).collect();
    /// assert_eq!(symbols, ["A/75/982", "S/2021/669"]);
    /// assert_eq!(printed.reissues, 1);
    /// # Ok::<(), undex_document::SymbolError>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is anything else, with the first character that cannot be.
    pub fn read_printed(text: &str) -> Result<PrintedSymbol, SymbolError> {
        PrintedSymbol::read(text)
    }

    /// The first segment: the organ, or the acronym of a body outside the six organs.
    pub fn root(&self) -> &str {
        self.segments().next().unwrap_or_default()
    }

    /// The organ and, where the second segment names one, its committee, commission or council:
    /// `A/AC.290`, `A/HRC`, `E/CN.4`; just `A` for `A/RES/78/237`.
    pub fn body(&self) -> &str {
        parts::body(&self.0)
    }

    /// Every prefix that ends on a segment's border, shortest first, the symbol itself last. These
    /// are what `symbol:A/AC.290/*` matches.
    pub fn prefixes(&self) -> impl Iterator<Item = &str> {
        words::strokes(&self.0).chain([self.0.len()]).filter_map(|end| self.0.get(..end))
    }

    /// The session of the body, as its number stands in the symbol: `78`, `S-13`, `ES-11`, `XXI`.
    pub fn session(&self) -> Option<&str> {
        self.parts().session
    }

    /// The year that the symbol names: a segment or parenthesis of four digits that is not the
    /// document's own number, or the year in which a session of the General Assembly began.
    pub fn year(&self) -> Option<i16> {
        self.parts().year
    }

    /// The type of document that the series in the symbol names, if it names one.
    pub fn document_type(&self) -> Option<DocumentType> {
        let parts = self.parts();
        Some(match parts.series?.to_ascii_uppercase().as_str() {
            "RES" => DocumentType::Resolution,
            "DEC" => DocumentType::Decision,
            "PRST" => DocumentType::Statement,
            "PV" | "SR" => DocumentType::Record,
            // Limited documents of the plenaries, the main committees and the Human Rights Council
            // are draft resolutions; those of working groups are mostly draft reports.
            "L" if matches!(parts.body, "A" | "E" | OWN_ROOT)
                || parts.body == "A/HRC"
                || parts.body.contains("/C.") =>
            {
                DocumentType::DraftResolution
            }
            "WP" | "CRP" => DocumentType::WorkingPaper,
            "INF" => DocumentType::Information,
            "REP" => DocumentType::Report,
            "HANDBOOK" => DocumentType::Guide,
            _ => return None,
        })
    }

    /// The address of the document at undocs.org in a language; none for keys that are not the
    /// UN's own.
    pub fn undocs_url(&self, language: Language) -> Option<String> {
        if matches!(self.root(), PROVISIONAL_ROOT | OWN_ROOT) {
            return None;
        }
        Some(match language {
            Language::Undetermined => format!("https://undocs.org/{}", self.0),
            language => format!("https://undocs.org/{}/{}", language.code(), self.0),
        })
    }

    /// Finds the symbols in running text, from left to right, with their place. Linear in the
    /// length of the text.
    pub fn scan(text: &str) -> SymbolScan<'_> {
        SymbolScan::new(text)
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let printed = PrintedSymbol::read(text)?;
        if printed.joint.is_none() {
            return Ok(printed.symbol);
        }
        // The dash that joins two symbols follows a whole one, where the first reading stopped.
        let first = read::read(text, read::Mode::Alone).map_or(0, |reading| reading.end);
        let dash = text.get(first..).and_then(|rest| rest.find(words::is_dash)).unwrap_or_default();
        Err(refusal(text, first + dash, "the end (each of two joint symbols stands by itself)"))
    }
}

/// The error for a text that goes wrong at a byte.
fn refusal(text: &str, at: usize, expected: &'static str) -> SymbolError {
    SymbolError {
        text: text.chars().take(read::MAX_BYTES).collect(),
        position: text.get(..at).unwrap_or(text).chars().count() + 1,
        expected,
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&canonical::printed(&self.0))
    }
}

impl Ord for Symbol {
    fn cmp(&self, other: &Self) -> Ordering {
        canonical::compare(&self.0, &other.0)
    }
}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Symbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str) -> Symbol {
        text.parse().unwrap()
    }

    #[test]
    fn canonical_forms() {
        // (printed, canonical, why)
        let table = [
            ("A/RES/78/237", "A/RES/78/237", "as printed"),
            ("a/res/70/1", "A/RES/70/1", "the UN's own links vary in case"),
            ("A/hrc/RES/49/1", "A/HRC/RES/49/1", "case inside"),
            ("S/RES/1325 (2000)", "S/RES/1325(2000)", "spaces are dropped"),
            ("S/RES/1325\u{a0}(2000)", "S/RES/1325(2000)", "no-break space"),
            ("A/RES/217 A (III)", "A/RES/217A(III)", "letter before the session"),
            ("A/RES/1874(s-iv)", "A/RES/1874(S-IV)", "roman numerals upper case"),
            ("A/68/98*", "A/68/98", "reissued for technical reasons"),
            ("A/68/98**", "A/68/98", "twice"),
            ("A/77/5/Add.15", "A/77/5/Add.15", "modifier in title case"),
            ("a/77/5/add.15/corr.2", "A/77/5/Add.15/Corr.2", "modifiers folded"),
            ("NPT/CONF.2010/50 (Vol. I)", "NPT/CONF.2010/50(Vol.I)", "volume"),
            ("A/CONF.157/24 (Part I)", "A/CONF.157/24(PartI)", "part"),
            ("A/81/6 (Sect. 13)", "A/81/6(Sect.13)", "budget section"),
            ("A/81/6 (Sect. 13)/Part A*", "A/81/6(Sect.13)/PartA", "part of a budget section"),
            ("ICCD/COP(14)/23/Add.1", "ICCD/COP(14)/23/Add.1", "parentheses inside"),
            ("A/RES/75/290b", "A/RES/75/290B", "small letter in a link"),
            ("A/RES/76/84 A-B", "A/RES/76/84A-B", "lettered together"),
            ("CD/2229", "CD/2229", "two segments"),
            ("ISBA/26/A/18", "ISBA/26/A/18", "acronym root"),
            ("A/RES/ES-11/4", "A/RES/ES-11/4", "emergency session"),
            ("A/AC.290/2021/L.2.", "A/AC.290/2021/L.2", "final full stop of a sentence"),
            ("UNDEX/HANDBOOK/1", "UNDEX/HANDBOOK/1", "our own"),
        ];
        for (printed, canonical, why) in table {
            assert_eq!(printed.parse::<Symbol>().unwrap().as_str(), canonical, "{why}");
        }
    }

    #[test]
    fn printed_forms() {
        // (canonical, printed)
        let table = [
            ("A/RES/78/237", "A/RES/78/237"),
            ("A/RES/78/183A", "A/RES/78/183 A"),
            ("A/RES/76/84A-B", "A/RES/76/84 A-B"),
            ("A/RES/217A(III)", "A/RES/217 A (III)"),
            ("S/RES/1325(2000)", "S/RES/1325 (2000)"),
            ("A/81/6(Sect.13)", "A/81/6 (Sect. 13)"),
            ("A/CONF.157/24(PartI)", "A/CONF.157/24 (Part I)"),
            ("A/81/6(Sect.13)/PartA", "A/81/6 (Sect. 13)/Part A"),
            ("NPT/CONF.2010/50(Vol.I)", "NPT/CONF.2010/50 (Vol. I)"),
            ("ICCD/COP(14)/23/Add.1", "ICCD/COP(14)/23/Add.1"),
            ("PROVISIONAL/03A4BC001122", "PROVISIONAL/03A4BC001122"),
        ];
        for (canonical, printed) in table {
            let symbol = symbol(canonical);
            assert_eq!(symbol.to_string(), printed);
            assert_eq!(printed.parse::<Symbol>().unwrap(), symbol);
        }
    }

    #[test]
    fn nonsense_is_refused_with_its_place() {
        // (text, position)
        let table = [
            ("", 1),
            ("A", 2),
            ("hello", 1),
            ("A/", 3),
            ("A//1", 3),
            ("../../etc/passwd", 1),
            ("A/RES/78/237/../1", 14),
            ("A/RES", 6),
            ("A/68/98(", 9),
            ("A/RES/78\u{0}", 9),
            ("GENERAL A/RES/48/161", 9),
            ("A/RES/48/161 21 January 1994", 14),
            ("A/68/98/Part one", 14),
        ];
        for (text, position) in table {
            let error = text.parse::<Symbol>().unwrap_err();
            assert_eq!(error.position, position, "{text:?}: {error}");
        }
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let mut symbols: Vec<Symbol> = [
            "A/RES/10/1",
            "A/RES/9/10",
            "A/RES/9/1",
            "A/RES/9/2",
            "A/AC.290/2021/L.2",
            "S/RES/9(1946)",
        ]
        .into_iter()
        .map(symbol)
        .collect();
        symbols.sort();
        let ordered: Vec<&str> = symbols.iter().map(Symbol::as_str).collect();
        assert_eq!(
            ordered,
            [
                "A/AC.290/2021/L.2",
                "A/RES/9/1",
                "A/RES/9/2",
                "A/RES/9/10",
                "A/RES/10/1",
                "S/RES/9(1946)"
            ]
        );
    }

    #[test]
    fn components() {
        // (symbol, body, session, type)
        let table = [
            ("A/RES/78/237", "A", Some("78"), Some(DocumentType::Resolution)),
            ("A/AC.290/2021/L.2", "A/AC.290", None, None),
            ("A/AC.292/2024/3", "A/AC.292", None, None),
            ("A/C.1/80/L.20", "A/C.1", Some("80"), Some(DocumentType::DraftResolution)),
            ("A/77/275", "A", Some("77"), None),
            ("A/HRC/RES/49/1", "A/HRC", Some("49"), Some(DocumentType::Resolution)),
            ("S/RES/1325(2000)", "S", None, Some(DocumentType::Resolution)),
            ("A/RES/217A(III)", "A", Some("III"), Some(DocumentType::Resolution)),
            ("A/RES/S-24/2", "A", Some("S-24"), Some(DocumentType::Resolution)),
            ("A/79/PV.64", "A", Some("79"), Some(DocumentType::Record)),
            ("E/CN.4/1998/53/Add.2", "E/CN.4", None, None),
        ];
        for (text, body, session, kind) in table {
            let symbol = symbol(text);
            assert_eq!(symbol.body(), body, "{text}");
            assert_eq!(symbol.session(), session, "{text}");
            assert_eq!(symbol.document_type(), kind, "{text}");
        }
    }

    #[test]
    fn years() {
        let table = [
            ("A/AC.290/2021/L.2", Some(2021)),
            ("S/RES/1325(2000)", Some(2000)),
            ("A/77/275", Some(2022)),
            ("A/RES/78/237", Some(2023)),
            ("A/HRC/49/21", None),
            ("CD/2229", None),
        ];
        for (text, year) in table {
            assert_eq!(symbol(text).year(), year, "{text}");
        }
    }

    #[test]
    fn prefixes_end_on_borders() {
        let symbol = symbol("A/AC.290/2021/L.2");
        let prefixes: Vec<&str> = symbol.prefixes().collect();
        assert_eq!(prefixes, ["A", "A/AC.290", "A/AC.290/2021", "A/AC.290/2021/L.2"]);
    }

    #[test]
    fn provisional_keys_are_stable_and_have_no_address() {
        let key = Symbol::provisional("03a4bc0011223344");
        assert_eq!(key.as_str(), "PROVISIONAL/03A4BC001122");
        assert!(key.is_provisional());
        assert_eq!(key.undocs_url(Language::English), None);
        assert_eq!(key.as_str().parse::<Symbol>().unwrap(), key);
    }
}
