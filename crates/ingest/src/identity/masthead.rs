//! The lines above a document's title.

use undex_document::{DocumentType, IdentifiedBy, Language, Symbol};

use super::{Found, adoption_date, first_date, is_adoption_line, ordinals};
use crate::pattern::pattern;
use crate::structure::words::fold;

/// Names of organs and bodies as mastheads print them, without accents.
const BODIES: [&str; 39] = [
    "united nations",
    "naciones unidas",
    "nations unies",
    "general assembly",
    "asamblea general",
    "assemblee generale",
    "security council",
    "consejo de seguridad",
    "conseil de securite",
    "economic and social council",
    "consejo economico y social",
    "conseil economique et social",
    "human rights council",
    "consejo de derechos humanos",
    "conseil des droits de l'homme",
    "first committee",
    "primera comision",
    "premiere commission",
    "second committee",
    "segunda comision",
    "deuxieme commission",
    "third committee",
    "tercera comision",
    "troisieme commission",
    "fourth committee",
    "cuarta comision",
    "fifth committee",
    "quinta comision",
    "sixth committee",
    "sexta comision",
    "sixieme commission",
    "official records",
    "documentos oficiales",
    "documents officiels",
    "организация объединенных нации",
    "генеральная ассамблея",
    "совет безопасности",
    "экономическии и социальныи совет",
    "совет по правам человека",
];

/// Languages by the names mastheads use.
const LANGUAGES: [(&str, Language); 18] = [
    ("english", Language::English),
    ("french", Language::French),
    ("spanish", Language::Spanish),
    ("arabic", Language::Arabic),
    ("chinese", Language::Chinese),
    ("russian", Language::Russian),
    ("ingles", Language::English),
    ("frances", Language::French),
    ("espanol", Language::Spanish),
    ("arabe", Language::Arabic),
    ("chino", Language::Chinese),
    ("ruso", Language::Russian),
    ("anglais", Language::English),
    ("francais", Language::French),
    ("espagnol", Language::Spanish),
    ("chinois", Language::Chinese),
    ("russe", Language::Russian),
    ("spanish only", Language::Spanish),
];

/// What a line of a masthead says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The document's symbol alone.
    Symbol,
    /// An organ, `Distr.`, `Original:`, a language, a page label.
    Furniture,
    /// The language this copy is in.
    Language(Language),
    /// The date of issue.
    Date,
    /// The session.
    Session,
    /// Agenda items.
    Agenda,
    /// Who adopted it and when, or on whose report.
    Adoption,
}

/// How titles that name a session begin, folded.
const TITLES: [&str; 18] = [
    "report",
    "informe",
    "rapport",
    "decision",
    "draft",
    "proyecto",
    "projet",
    "resolution",
    "resolucion",
    "note ",
    "nota ",
    "summary",
    "resumen",
    "compte rendu",
    "provisional ",
    "programa ",
    "ordre du jour",
    "annotated",
];

pattern! {
    ONLY_DATE,
    r"^\d{1,2}(?:er|º)?\s+(?:de\s+)?\p{L}{3,10}\s+(?:del?\s+)?\d{4}$"
}

pattern! {
    /// `94`, `75 (a)`, `75 a)` after the words for agenda item.
    ITEM,
    r"\b(\d{1,3})(?:\s?\(?([a-z]{1,3})\))?"
}

/// What a line says, or none if it is no line of a masthead.
pub(crate) fn classify(line: &str) -> Option<Line> {
    let text = line.trim().trim_end_matches('*').trim();
    let folded = fold(text);
    if Symbol::read_printed(text).is_ok() && text.contains('/') {
        return Some(Line::Symbol);
    }
    if let Some((_, language)) = LANGUAGES.iter().find(|(name, _)| *name == folded) {
        return Some(Line::Language(*language));
    }
    if BODIES.contains(&folded.as_str())
        || folded.starts_with("distr")
        || folded.starts_with("original")
        || folded == "page"
    {
        return Some(Line::Furniture);
    }
    if ordinals::year(text) {
        return Some(Line::Furniture);
    }
    if ONLY_DATE.is_match(text) {
        return Some(Line::Date);
    }
    if is_adoption_line(text) || is_basis_line(&folded) {
        return Some(Line::Adoption);
    }
    if !agenda_words(&folded).is_empty() {
        return Some(Line::Agenda);
    }
    // `Report of the Council on its tenth session` is a title.
    let reported = TITLES.iter().any(|word| folded.starts_with(word));
    let short = text.chars().count() < 90 && !text.contains('.');
    if short && !reported && ordinals::session(text).is_some() {
        return Some(Line::Session);
    }
    None
}

/// `[on the report of the First Committee (A/78/404, para. 14)]`
fn is_basis_line(folded: &str) -> bool {
    folded.starts_with('[')
        && [
            "report of",
            "without reference",
            "informe de",
            "sin remision",
            "rapport de",
            "sans renvoi",
            "base del",
        ]
        .iter()
        .any(|words| folded.contains(words))
}

/// What follows the words for agenda item at the start of a line, or nothing.
fn agenda_words(folded: &str) -> &str {
    for start in [
        "agenda items ",
        "agenda item ",
        "items ",
        "item ",
        "temas ",
        "tema ",
        "points ",
        "point ",
        "provisional agenda item ",
    ] {
        if let Some(rest) = folded.strip_prefix(start) {
            let named = start.contains("agenda")
                || [
                    "agenda",
                    "programa",
                    "ordre du jour",
                    "preliminary list",
                    "lista preliminar",
                    "liste preliminaire",
                ]
                .iter()
                .any(|word| rest.contains(word));
            if named && rest.starts_with(|c: char| c.is_ascii_digit()) {
                return rest;
            }
        }
    }
    ""
}

/// The numbers in a line such as `Agenda items 13 and 75 (a)`, as `13`, `75 (a)`.
pub(crate) fn agenda_numbers(line: &str) -> Vec<String> {
    let folded = fold(line);
    ITEM.captures_iter(agenda_words(&folded))
        .filter_map(|found| {
            let number = found.get(1)?.as_str();
            Some(match found.get(2) {
                Some(letter) => format!("{number} ({})", letter.as_str()),
                None => number.to_owned(),
            })
        })
        .collect()
}

/// What the lines of a masthead say together.
pub(crate) fn read(lines: &[String]) -> Found {
    let mut found = Found::default();
    for line in lines {
        match classify(line) {
            Some(Line::Symbol) => {
                if let (true, Ok(printed)) =
                    (found.symbols.is_empty(), Symbol::read_printed(line.trim()))
                {
                    found.symbols.extend(printed.symbols().cloned());
                    found.identified_by = Some(IdentifiedBy::Masthead);
                }
            }
            Some(Line::Language(language)) => found.language = found.language.or(Some(language)),
            Some(Line::Date) => found.date = found.date.or_else(|| first_date(line)),
            Some(Line::Session) => {
                found.session = found.session.take().or_else(|| ordinals::session(line));
            }
            Some(Line::Agenda) => {
                if found.agenda_items.is_empty() {
                    found.agenda_items = agenda_numbers(line);
                }
            }
            Some(Line::Adoption) => {
                if let Some(date) = adoption_date(line) {
                    found.date = Some(date);
                    found.kind = Some(DocumentType::Resolution);
                }
            }
            Some(Line::Furniture) | None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let table = [
            ("A/RES/78/237", Some(Line::Symbol)),
            ("A/81/6 (Sect. 13)/Part A*", Some(Line::Symbol)),
            ("A/68/98. The group met", None),
            ("Asamblea General", Some(Line::Furniture)),
            ("Distr.: General", Some(Line::Furniture)),
            ("Original: inglés", Some(Line::Furniture)),
            ("Español", Some(Line::Language(Language::Spanish))),
            ("24 de junio de 2013", Some(Line::Date)),
            ("Septuagésimo octavo período de sesiones", Some(Line::Session)),
            ("Eightieth year", Some(Line::Furniture)),
            ("Quatre-vingtième année", Some(Line::Furniture)),
            ("Fiscal year", None),
            ("Tema 94 del programa provisional**", Some(Line::Agenda)),
            ("Agenda item 94", Some(Line::Agenda)),
            ("Items 138 and 139 of the preliminary list**", Some(Line::Agenda)),
            ("Points 138 et 139 de la liste préliminaire", Some(Line::Agenda)),
            ("Point 94 de l’ordre du jour", Some(Line::Agenda)),
            (
                "Resolution adopted by the General Assembly on 22 December 2023",
                Some(Line::Adoption),
            ),
            ("[on the report of the First Committee (A/78/404, para. 14)]", Some(Line::Adoption)),
            ("Report of the Committee on its tenth session", None),
            ("Informe del Comité sobre su décimo período de sesiones", None),
            ("Rapport du Comité sur ses dixième et onzième sessions", None),
            ("Decisions of the Committee at its tenth session", None),
            ("Nota del Secretario General", None),
            ("Avances en la esfera de la información", None),
            ("1. The group met on 3 May 2021.", None),
        ];
        for (line, found) in table {
            assert_eq!(classify(line), found, "{line}");
        }
    }

    #[test]
    fn agenda() {
        let table = [
            ("Agenda items 13 and 75 (a)", vec!["13", "75 (a)"]),
            ("Temas 20 y 78 a) del programa", vec!["20", "78 (a)"]),
            ("Point 71 b) de l’ordre du jour", vec!["71 (b)"]),
            ("Item 3", vec![]),
        ];
        for (line, numbers) in table {
            assert_eq!(agenda_numbers(line), numbers, "{line}");
        }
    }
}
