//! The wording of the UN Editorial Manual.
//!
//! Sources: its "Footnotes and other references", III.A (documents go by their symbol, exact titles
//! in quotation marks), its instructions for the preparation of documents (paragraphs are cited, not
//! pages), and its "Resolutions and other formal decisions", I (how they are numbered, parts of
//! composite ones). What these leave open is as counted in the footnotes of General Assembly
//! resolutions of the seventy-eighth session in the three languages: a capital at the start, organ and
//! number, no date, a no-break space before the year in Spanish and French.
//!
//! The full stop that ends a footnote is left to its author: a footnote may hold several references,
//! parted by semicolons.

use undex_document::{Language, Pinpoint};

use super::adopted::{Adopted, NO_BREAK_SPACE};
use super::names::Wording;
use super::work::{Work, one_line, place};

/// A document and a place in it, as a footnote opens: with a capital.
pub(super) fn write(work: &Work, pinpoint: Option<&Pinpoint>, language: Language) -> String {
    let wording = Wording::of(language);
    let mut rest = None;
    let named = match Adopted::of(work.symbol) {
        Some(mut adopted) => {
            // Resolution A of 77/264 is resolution 77/264 A.
            if let Some(after) = pinpoint.and_then(|pinpoint| adopted.take_letter(pinpoint)) {
                rest = Some(after);
            }
            adopted.in_words(wording)
        }
        // The key of an unidentified document means nothing to a reader. An exact title stands in
        // quotation marks (III.A).
        None if work.symbol.is_provisional() => match work.title.and_then(one_line) {
            Some(title) => wording.pick(
                format!("“{title}”"),
                format!("“{title}”"),
                format!("«{NO_BREAK_SPACE}{title}{NO_BREAK_SPACE}»"),
            ),
            None => work.symbol.to_string(),
        },
        None => work.symbol.to_string(),
    };
    let mut citation = capitalised(named);
    if let Some(place) = place(rest.as_ref().or(pinpoint), language) {
        citation.push_str(", ");
        citation.push_str(&place);
    }
    citation
}

/// Text with its first letter a capital.
pub(super) fn capitalised(text: String) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use undex_document::Symbol;

    use super::*;

    #[test]
    fn footnotes() {
        use Language::{Arabic, English, French, Spanish};
        // (symbol, place, language, citation, why)
        let table = [
            (
                "A/RES/78/237",
                "3",
                English,
                "General Assembly resolution 78/237, para. 3",
                "English",
            ),
            (
                "A/RES/78/237",
                "3",
                Spanish,
                "Resolución 78/237 de la Asamblea General, párr. 3",
                "a capital",
            ),
            (
                "A/RES/78/237",
                "3",
                French,
                "Résolution 78/237 de l’Assemblée générale, par. 3",
                "accented",
            ),
            (
                "A/RES/78/237",
                "3",
                Arabic,
                "General Assembly resolution 78/237, para. 3",
                "no wording",
            ),
            (
                "A/RES/48/134",
                "annex",
                Spanish,
                "Resolución 48/134 de la Asamblea General, anexo",
                "an annex as a whole",
            ),
            (
                "A/77/275",
                "annex, 16 (a)",
                English,
                "A/77/275, annex, para. 16 (a)",
                "by its symbol",
            ),
            (
                "A/77/275",
                "annex, 16 (a)",
                Spanish,
                "A/77/275, anexo, párr. 16 a)",
                "one parenthesis",
            ),
            (
                "A/77/275",
                "annex, 16 (a)",
                French,
                "A/77/275, annexe, par. 16 a)",
                "one parenthesis",
            ),
            ("A/77/275", "", French, "A/77/275", "the whole document"),
            (
                "A/RES/77/264",
                "resolution A, para. 2",
                English,
                "General Assembly resolution 77/264 A, para. 2",
                "a letter belongs to the number",
            ),
            (
                "A/RES/77/264 A-C",
                "resolution B",
                French,
                "Résolution 77/264 B de l’Assemblée générale",
                "one of several",
            ),
            (
                "A/RES/77/264 A",
                "resolution B",
                English,
                "General Assembly resolution 77/264 A, resolution B",
                "another letter is not hidden",
            ),
            (
                "A/RES/2200 (XXI)",
                "resolution A, annex",
                English,
                "General Assembly resolution 2200 A (XXI), annex",
                "the letter stands before the session",
            ),
        ];
        for (symbol, place, language, citation, why) in table {
            let symbol = symbol.parse().unwrap();
            let pinpoint = place.parse().ok();
            assert_eq!(pinpoint.is_none(), place.is_empty(), "{place}");
            let work = Work::new(&symbol, language);
            assert_eq!(write(&work, pinpoint.as_ref(), language), citation, "{why}");
        }
    }

    #[test]
    fn an_unidentified_document_goes_by_its_title() {
        let symbol = Symbol::provisional("03a4bc0011223344");
        let mut work = Work::new(&symbol, Language::English);
        assert_eq!(write(&work, None, Language::English), "PROVISIONAL/03A4BC001122");
        work.title = Some("A plan\nof work");
        assert_eq!(write(&work, None, Language::English), "“A plan of work”");
        assert_eq!(write(&work, None, Language::French), "«\u{a0}A plan of work\u{a0}»");
    }
}
