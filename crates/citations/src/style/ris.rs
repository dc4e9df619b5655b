//! RIS records.
//!
//! The type is `RPRT` for every document. It is among the types of the original specification (RIS
//! Format Specifications, Research Information Systems), which programs share, and has a number, a
//! kind and an institution. What looks closer to a resolution loses them on the way: Zotero takes
//! `LEGAL` for a court case, and `STAT` and `BILL` for laws without an institution.
//!
//! The symbol is in `SN` and the kind in `M3`, which is where Zotero keeps a report's number and type.
//! The place is in `N1`: `SP` would make pages of it.

use undex_document::{Language, Pinpoint};

use super::names::{Wording, genre, issuers, united_nations};
use super::work::{Work, one_line, place};

/// What parts the lines of a record: "carriage return/line feed" in the specification.
const LINE_END: &str = "\r\n";

pub(super) fn write(work: &Work, pinpoint: Option<&Pinpoint>, language: Language) -> String {
    let wording = Wording::of(language);
    let mut record = Record::default();
    record.line("TY", "RPRT");
    // A comma parts family and given name in `AU`, so the issuers are joined as library catalogues
    // join them. A body whose own name has one is left out.
    let issuers: Vec<&str> =
        issuers(work.symbol, wording).into_iter().filter(|name| !name.contains(',')).collect();
    if !issuers.is_empty() {
        record.line("AU", &issuers.join(". "));
        record.line("PB", united_nations(wording));
    }
    record.line("TI", &work.title_or_name(language));
    record.line("M3", genre(work.kind, wording));
    if let Some(number) = work.number() {
        record.line("SN", &number);
    }
    if let Some(year) = work.year() {
        record.line("PY", &format!("{year:04}"));
    }
    if let Some(date) = work.date {
        // The fourth part would be a season or the like.
        let (year, month, day) = (date.year(), date.month(), date.day());
        record.line("DA", &format!("{year:04}/{month:02}/{day:02}/"));
    }
    if let Some(code) = work.language_code() {
        record.line("LA", code);
    }
    if let Some(url) = work.url() {
        record.line("UR", &url);
    }
    if let Some(place) = place(pinpoint, language) {
        record.line("N1", &place);
    }
    record.text.push_str("ER  - ");
    record.text.push_str(LINE_END);
    record.text
}

/// A record as it grows, a tag a line.
#[derive(Default)]
struct Record {
    text: String,
}

impl Record {
    /// Adds a tag, its value on one line: a tag counts at the start of a line only, so that no value
    /// can hold one.
    fn line(&mut self, tag: &str, value: &str) {
        let Some(value) = one_line(value) else { return };
        self.text.push_str(&format!("{tag}  - {value}{LINE_END}"));
    }
}

#[cfg(test)]
mod tests {
    use undex_document::Date;

    use super::*;

    #[test]
    fn a_resolution_in_three_languages() {
        let symbol = "S/RES/1325 (2000)".parse().unwrap();
        let place = "para. 2".parse().unwrap();
        let mut work = Work::new(&symbol, Language::English);
        work.date = Some(Date::constant(2000, 10, 31));
        assert_eq!(
            write(&work, Some(&place), Language::English),
            "TY  - RPRT\r\n\
             AU  - United Nations. Security Council\r\n\
             PB  - United Nations\r\n\
             TI  - Security Council resolution 1325 (2000)\r\n\
             M3  - Resolution\r\n\
             SN  - S/RES/1325 (2000)\r\n\
             PY  - 2000\r\n\
             DA  - 2000/10/31/\r\n\
             LA  - en\r\n\
             UR  - https://undocs.org/en/S/RES/1325(2000)\r\n\
             N1  - para. 2\r\n\
             ER  - \r\n"
        );
        work.language = Language::Spanish;
        work.date = None;
        assert_eq!(
            write(&work, Some(&place), Language::Spanish),
            "TY  - RPRT\r\n\
             AU  - Naciones Unidas. Consejo de Seguridad\r\n\
             PB  - Naciones Unidas\r\n\
             TI  - Resolución 1325\u{a0}(2000) del Consejo de Seguridad\r\n\
             M3  - Resolución\r\n\
             SN  - S/RES/1325 (2000)\r\n\
             PY  - 2000\r\n\
             LA  - es\r\n\
             UR  - https://undocs.org/es/S/RES/1325(2000)\r\n\
             N1  - párr. 2\r\n\
             ER  - \r\n"
        );
        work.language = Language::French;
        work.title = Some("Un titre à nous");
        assert_eq!(
            write(&work, None, Language::French),
            "TY  - RPRT\r\n\
             AU  - Nations Unies. Conseil de sécurité\r\n\
             PB  - Nations Unies\r\n\
             TI  - Un titre à nous\r\n\
             M3  - Résolution\r\n\
             SN  - S/RES/1325 (2000)\r\n\
             PY  - 2000\r\n\
             LA  - fr\r\n\
             UR  - https://undocs.org/fr/S/RES/1325(2000)\r\n\
             ER  - \r\n"
        );
    }

    #[test]
    fn no_comma_in_a_name() {
        let symbol = "E/C.12/GC/25".parse().unwrap();
        let record = write(&Work::new(&symbol, Language::English), None, Language::English);
        assert!(record.contains("AU  - United Nations\r\n"), "{record}");
    }

    #[test]
    fn hostile_titles_begin_no_line() {
        let symbol = "A/77/275".parse().unwrap();
        let mut work = Work::new(&symbol, Language::English);
        let tags = |record: &str| -> Vec<String> {
            record
                .split(['\r', '\n'])
                .filter(|l| !l.is_empty())
                .map(|l| l[..6].to_owned())
                .collect()
        };
        let expected = tags(&write(&work, None, Language::English));
        for title in [
            "a\r\nER  - \r\nTY  - BOOK",
            "a\rAU  - Somebody",
            "a\nER  - ",
            "ER  - ",
            "a\u{2028}ER  - \u{2029}TY  - JOUR",
            "a\u{b}ER  - \u{c}b\u{85}c",
            "\u{0}",
        ] {
            work.title = Some(title);
            let record = write(&work, None, Language::English);
            assert_eq!(tags(&record), expected, "{title:?}");
            let inner = record.trim_end_matches("\r\n").replace("\r\n", "");
            assert!(!inner.contains(|c: char| c.is_control() || c == '\u{2028}'), "{title:?}");
        }
    }
}
