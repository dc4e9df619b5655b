//! The words that name parts of documents, in the languages undex reads. They are those of the
//! UN's own templates; a language is added by adding to the rows.

use undex_document::ListName;

/// Folds for comparison: lower case, no accents, single spaces, no final punctuation or mark.
pub(crate) fn fold(text: &str) -> String {
    use unicode_normalization::char::{decompose_canonical, is_combining_mark};
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        // Nearly every character of nearly every line; lines are folded many times.
        if c.is_ascii() {
            push_folded(c.to_ascii_lowercase(), &mut folded);
            continue;
        }
        // The order of marks behind a letter is of no account, as all of them go.
        decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                part.to_lowercase().for_each(|c| push_folded(c, &mut folded));
            }
        });
    }
    let end = folded.trim_end().trim_end_matches(['.', ':', ',', '*', ' ']).len();
    folded.truncate(end);
    if folded.starts_with(' ') {
        folded.remove(0);
    }
    folded
}

/// Whether a text has more words than a form of words has, before it is folded for nothing: whole
/// paragraphs are held against forms of two or three words. Signs at its end are no words.
pub(crate) fn exceeds(text: &str, words: usize) -> bool {
    let mut all = text.split_whitespace();
    all.nth(words).is_some_and(|word| {
        std::iter::once(word).chain(all).any(|word| word.contains(char::is_alphanumeric))
    })
}

/// As many characters of a text, folded, as a form of words at its start needs.
pub(crate) fn fold_start(text: &str, characters: usize) -> String {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    fold(text.get(..end).unwrap_or_default())
}

/// Adds a character in lower case, white space as one space.
fn push_folded(c: char, folded: &mut String) {
    match c {
        '’' => folded.push('\''),
        c if !c.is_whitespace() => folded.push(c),
        _ if folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

/// What stands above a table of contents, folded.
const CONTENTS: [&str; 10] = [
    "contents",
    "table of contents",
    "indice",
    "contenido",
    "table des matieres",
    "sommaire",
    "содержание",
    "المحتويات",
    "目录",
    "目 录",
];

/// What stands above the summary of a report, folded.
const SUMMARY: [&str; 7] = ["summary", "resumen", "resume", "резюме", "موجز", "摘要", "摘 要"];

/// Words of the longest of these.
const RUBRIC_WORDS: usize = 3;

/// Whether a line stands above a table of contents.
pub(crate) fn heads_contents(line: &str) -> bool {
    !exceeds(line, RUBRIC_WORDS) && CONTENTS.contains(&fold(line).as_str())
}

/// Whether a line stands above the summary of a report.
pub(crate) fn heads_summary(line: &str) -> bool {
    !exceeds(line, RUBRIC_WORDS) && SUMMARY.contains(&fold(line).as_str())
}

/// What tables and figures are called above their titles, folded.
const CAPTIONS: [&str; 16] = [
    "table",
    "figure",
    "box",
    "chart",
    "map",
    "cuadro",
    "figura",
    "grafico",
    "recuadro",
    "mapa",
    "tableau",
    "graphique",
    "encadre",
    "carte",
    "таблица",
    "рисунок",
];

/// Characters of the longest number of a table, as in `Table A.III.12`.
const CAPTION_CHARS: usize = 8;

/// Whether a line is nothing but the number of a table or figure: `Table 12`, `Cuadro II.3`.
pub(crate) fn is_caption_number(line: &str) -> bool {
    if exceeds(line, 2) {
        return false;
    }
    let folded = fold(line);
    let Some((word, number)) = folded.split_once(' ') else { return false };
    let numeral = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_digit())
            || part.len() == 1
            || super::roman_value(&part.to_uppercase()).is_some()
    };
    CAPTIONS.contains(&word)
        && number.len() <= CAPTION_CHARS
        && number.split('.').all(|part| !part.is_empty() && numeral(part))
}

/// What a heading that opens an annex or appendix says after its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attachment {
    /// An annex, with its number.
    Annex(Option<String>),
    /// An appendix or enclosure.
    Appendix(Option<String>),
}

/// Whether a heading is just `Annex`, `Anexo II`, `Appendice`: the word and at most a number.
pub(crate) fn attachment(heading: &str) -> Option<Attachment> {
    if exceeds(heading, 2) {
        return None;
    }
    let folded = fold(heading);
    let mut words = folded.split(' ');
    let word = words.next()?;
    let label = words.next().map(str::to_uppercase);
    if words.next().is_some() {
        return None;
    }
    let labelled = label.as_deref().is_none_or(|label| {
        super::roman_value(label).is_some()
            || label.len() <= 2 && label.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if !labelled {
        return None;
    }
    match word {
        "annex" | "anexo" | "annexe" => Some(Attachment::Annex(label)),
        "appendix" | "apendice" | "appendice" | "enclosure" => Some(Attachment::Appendix(label)),
        _ => None,
    }
}

/// Where the title begins in a heading that has the word for an annex, at most a number, and a title:
/// `Anexo Declaración sobre la paz`.
pub(crate) fn titled_attachment(heading: &str) -> Option<usize> {
    if attachment(heading).is_some() {
        return None;
    }
    let ends = heading.match_indices(' ').map(|(at, _)| at).take(2);
    let (mut title, mut found) = (None, None);
    for end in ends {
        if attachment(heading.get(..end)?).is_none() {
            break;
        }
        (title, found) = (heading.get(end..), Some(end));
    }
    // Annex to the report, Anexo de la resolución.
    title?
        .trim_start()
        .starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '“' | '«'))
        .then_some(found?)
}

/// Whether a sentence is named and numbered as parts of declarations are: `Action 6. We will invest.`
pub(crate) fn is_named_sentence(text: &str) -> bool {
    let mut words = text.splitn(3, [' ', '\u{a0}']);
    let (Some(name), Some(number), Some(rest)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let named = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    let digits = number.strip_suffix(['.', ':']).unwrap_or_default();
    let numbered = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    named && numbered && rest.trim_start().starts_with(char::is_uppercase) && rest.ends_with('.')
}

/// The name of a list that numbers afresh under its heading.
pub(crate) fn list_name(heading: &str) -> ListName {
    let folded = fold(heading);
    match folded.as_str() {
        "recommended next steps"
        | "proximas medidas recomendadas"
        | "proximos pasos recomendados"
        | "prochaines etapes recommandees"
        | "mesures recommandees pour la suite" => ListName::RecommendedNextStep,
        "recommendations" | "recomendaciones" | "recommandations" => ListName::Recommendation,
        "conclusions" | "conclusiones" => ListName::Conclusion,
        _ => ListName::Item,
    }
}

/// The most words of a line that names an organ: `Le Conseil des droits de l’homme`.
const OPENING_WORDS: usize = 6;

/// The organ or body that a resolution's opening line names, as the start of its symbols.
pub(crate) fn opening_organ(line: &str) -> Option<&'static str> {
    if exceeds(line, OPENING_WORDS) {
        return None;
    }
    let folded = fold(line);
    Some(match folded.as_str() {
        "the general assembly" | "la asamblea general" | "l'assemblee generale" => "A/RES/",
        "the security council" | "el consejo de seguridad" | "le conseil de securite" => "S/RES/",
        "the economic and social council"
        | "el consejo economico y social"
        | "le conseil economique et social" => "E/RES/",
        "the human rights council"
        | "el consejo de derechos humanos"
        | "le conseil des droits de l'homme" => "A/HRC/RES/",
        _ => return None,
    })
}

/// Whether a line is one that opens a resolution.
pub(crate) fn is_opening(line: &str) -> bool {
    opening_organ(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_tables_and_figures() {
        for line in
            ["Table 12", "Cuadro II.3", "Tableau A.1", "Figure 1.", "Gráfico IV", "Encadré 2"]
        {
            assert!(is_caption_number(line), "{line}");
        }
        for line in [
            "Table",
            "Table of contents",
            "Figure skating",
            "Tables 1",
            "Table 1 Maps",
            "Map .",
            "Box a.b.c.d.e",
        ] {
            assert!(!is_caption_number(line), "{line}");
        }
    }

    #[test]
    fn folded() {
        // (text, folded, why)
        let table = [
            ("  The\tGeneral\u{a0} Assembly, ", "the general assembly", "space and comma"),
            ("L’ASSEMBLÉE GÉNÉRALE :", "l'assemblee generale", "accents and sign"),
            ("Ape\u{301}ndice*", "apendice", "a mark of its own"),
            ("o\u{323}\u{302}", "o", "two marks"),
            ("İstanbul", "istanbul", "a dot of its own above a capital"),
            ("* . ", "", "nothing but signs"),
            (" ", "", "nothing but space"),
        ];
        for (text, expected, why) in table {
            assert_eq!(fold(text), expected, "{why}");
        }
    }

    #[test]
    fn words_are_counted_without_signs_at_the_end() {
        assert!(!exceeds("Annex II * .", 2) && exceeds("Annex to II", 2) && exceeds("a * b", 2));
        assert_eq!(fold_start("Résolution adoptée", 5), "resol");
    }

    #[test]
    fn attachments() {
        // (heading, found)
        let table = [
            ("Anexo*", Some(Attachment::Annex(None))),
            ("ANNEX", Some(Attachment::Annex(None))),
            ("Annexe II", Some(Attachment::Annex(Some("II".into())))),
            ("Apéndice", Some(Attachment::Appendix(None))),
            ("Annex to the report", None),
            ("Annex B", Some(Attachment::Annex(Some("B".into())))),
        ];
        for (heading, found) in table {
            assert_eq!(attachment(heading), found, "{heading}");
        }
    }

    #[test]
    fn attachments_with_their_title() {
        // (heading, title)
        let table = [
            ("Anexo Declaración sobre la paz", Some(" Declaración sobre la paz")),
            ("Annex II Statute of the Board", Some(" Statute of the Board")),
            ("Annexe", None),
            ("Annex II", None),
            ("Annex to the report", None),
            ("Statute Annex", None),
        ];
        for (heading, title) in table {
            assert_eq!(titled_attachment(heading).map(|at| &heading[at..]), title, "{heading}");
        }
    }

    #[test]
    fn named_sentences() {
        // (text, is one)
        let table = [
            ("Action 6. We will invest in people.", true),
            ("Medida 12: Protegeremos el mar.", true),
            ("Action 6. We will invest", false),
            ("The Committee recommends 3. It also trusts.", false),
            ("Resolution 1540. it says.", false),
            ("Table 3", false),
        ];
        for (text, is) in table {
            assert_eq!(is_named_sentence(text), is, "{text}");
        }
    }

    #[test]
    fn openings() {
        assert_eq!(opening_organ("La Asamblea General,"), Some("A/RES/"));
        assert_eq!(opening_organ("L’Assemblée générale,"), Some("A/RES/"));
        assert_eq!(opening_organ("The General Assembly decides"), None);
    }
}
