//! What is cited: a document and what bibliographies want of it.

use undex_document::{Date, DocumentType, Language, Pinpoint, Symbol};

use super::adopted::name;
use super::names::{Wording, issuers};
use super::un;

/// What is known of a document that is cited, borrowed from wherever it is held.
///
/// Only the symbol is needed. [`Work::new`] takes from it what it tells; the other fields are set
/// where they are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work<'w> {
    /// Its symbol.
    pub symbol: &'w Symbol,
    /// The language it is written in, to which its title and its address belong.
    pub language: Language,
    /// Its title, without number. It may come from an untrusted file: every style makes it harmless.
    pub title: Option<&'w str>,
    /// Date of adoption for a resolution, otherwise of issue.
    pub date: Option<Date>,
    /// What kind of document it is.
    pub kind: DocumentType,
}

impl<'w> Work<'w> {
    /// A document of which nothing is known but its symbol and language.
    pub fn new(symbol: &'w Symbol, language: Language) -> Self {
        let kind = symbol.document_type().unwrap_or(DocumentType::Other);
        Self { symbol, language, title: None, date: None, kind }
    }

    /// Its title on one line, or else its name in prose with a capital: resolutions of the Security
    /// Council bear no title (UN Editorial Manual, "Resolutions", II.B).
    pub(super) fn title_or_name(&self, language: Language) -> String {
        self.title
            .and_then(one_line)
            .unwrap_or_else(|| un::capitalised(name(self.symbol, language)))
    }

    /// Its year, where it is certain: of the date, or named by a symbol without session. Documents of
    /// a session bear dates of at least two years.
    pub(super) fn year(&self) -> Option<i16> {
        let named = || self.symbol.year().filter(|_| self.symbol.session().is_none());
        self.date.map(Date::year).or_else(named)
    }

    /// Its issuers as one name, `United Nations, General Assembly`.
    pub(super) fn issuer(&self, wording: Wording) -> Option<String> {
        Some(issuers(self.symbol, wording).join(", ")).filter(|issuer| !issuer.is_empty())
    }

    /// Its number in print; none for one that could not be identified.
    pub(super) fn number(&self) -> Option<String> {
        (!self.symbol.is_provisional()).then(|| self.symbol.to_string())
    }

    /// Its address; none for keys that are not the UN's own.
    pub(super) fn url(&self) -> Option<String> {
        self.symbol.undocs_url(self.language)
    }

    /// The code of its language, where it is known.
    pub(super) fn language_code(&self) -> Option<&'static str> {
        (self.language != Language::Undetermined).then(|| self.language.code())
    }

    /// A key of ASCII letters, digits, `_`, `-` and `.`, the same at every run, different for
    /// documents, languages and places: `A_RES_78_237-es-para.3`.
    ///
    /// Strokes become underscores, as in the names of the files that the UN offers. Nothing else in
    /// reference lists is as sure to be a cite key, a file name and an identifier at once.
    pub(super) fn key(&self, pinpoint: Option<&Pinpoint>) -> String {
        let mut key = String::new();
        for c in self.symbol.as_str().chars() {
            match c {
                '/' => key.push('_'),
                '(' | '&' | ',' => key.push('-'),
                c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') => key.push(c),
                _ => {}
            }
        }
        if let Some(code) = self.language_code() {
            key.push('-');
            key.push_str(code);
        }
        let place = pinpoint.map(Pinpoint::to_string).unwrap_or_default();
        let mut between = '-';
        for word in place.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
            key.push(between);
            key.push_str(word);
            between = '.';
        }
        key
    }
}

/// The words of a place in the wording of a language, on one line.
pub(super) fn place(pinpoint: Option<&Pinpoint>, language: Language) -> Option<String> {
    one_line(&pinpoint?.in_language(language).to_string())
}

/// Text on one line: runs of white space, controls and line separators become one space. None if
/// nothing is left.
pub(super) fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        // Unicode's white space includes its line and paragraph separators.
        .split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    Some(words.join(" ")).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        // (symbol, language, place, key, why)
        let table = [
            (
                "A/RES/78/237",
                Language::English,
                "para. 3",
                "A_RES_78_237-en-para.3",
                "as the UN's files",
            ),
            ("A/RES/78/237", Language::Spanish, "", "A_RES_78_237-es", "the document, no place"),
            (
                "S/RES/1325 (2000)",
                Language::Undetermined,
                "2",
                "S_RES_1325-2000-para.2",
                "no language",
            ),
            ("A/RES/217 A (III)", Language::French, "", "A_RES_217A-III-fr", "an old number"),
            (
                "A/77/275",
                Language::English,
                "annex, para. 16 (a)",
                "A_77_275-en-annex.para.16.a",
                "steps and points",
            ),
        ];
        for (symbol, language, place, key, why) in table {
            let symbol = symbol.parse().unwrap();
            let pinpoint = place.parse().ok();
            assert_eq!(Work::new(&symbol, language).key(pinpoint.as_ref()), key, "{why}");
        }
    }

    #[test]
    fn years_only_where_they_are_certain() {
        // (symbol, year, why)
        let table = [
            ("S/RES/1325 (2000)", Some(2000), "in parentheses"),
            ("E/RES/1996/31", Some(1996), "a segment"),
            ("A/RES/78/237", None, "the session lasted from 2023 to 2024"),
            ("CD/2229", None, "a number that looks like no year"),
        ];
        for (symbol, year, why) in table {
            let symbol = symbol.parse().unwrap();
            assert_eq!(Work::new(&symbol, Language::English).year(), year, "{why}");
        }
    }

    #[test]
    fn lines() {
        // (text, line, why)
        let table = [
            ("a\r\nER  - \tb", Some("a ER - b"), "no second line, no two spaces of a tag"),
            ("a\u{2028}b\u{85}c\u{b}d", Some("a b c d"), "other line ends"),
            ("a\u{0}\u{1b}b", Some("a b"), "controls"),
            ("1325\u{a0}(2000)", Some("1325\u{a0}(2000)"), "a no-break space is kept"),
            (" \n", None, "nothing left"),
        ];
        for (text, line, why) in table {
            assert_eq!(one_line(text).as_deref(), line, "{why}");
        }
    }
}
