//! The type of a document whose symbol does not tell it.

use undex_document::{DocumentType, Paragraph, Role};

use crate::structure::words::fold;

/// Words that begin titles, by type; a report transmitted by a note is a report.
const WORDS: [(DocumentType, &[&str]); 6] = [
    (
        DocumentType::Report,
        &[
            "report of",
            "report on",
            "draft report",
            "reports of",
            "informe de",
            "informe sobre",
            "informe del",
            "proyecto de informe",
            "rapport d",
            "rapport sur",
            "projet de rapport",
            "group of governmental experts",
            "grupo de expertos gubernamentales",
            "groupe d'experts gouvernementaux",
            "progress report",
            "national report",
            "informe nacional",
            "rapport national",
            "rapport du",
        ],
    ),
    (
        DocumentType::DraftResolution,
        &["draft resolution", "proyecto de resolucion", "projet de resolution"],
    ),
    (DocumentType::Decision, &["decision ", "draft decision", "proyecto de decision"]),
    (
        DocumentType::Letter,
        &[
            "letter dated",
            "letters dated",
            "carta de fecha",
            "cartas de fecha",
            "lettre datee",
            "note verbale",
            "nota verbal",
            "identical letters",
            "cartas identicas",
        ],
    ),
    (
        DocumentType::WorkingPaper,
        &[
            "working paper",
            "documento de trabajo",
            "document de travail",
            "background paper",
            "initial background paper",
            "documento de antecedentes",
            "document d'information",
        ],
    ),
    (DocumentType::Note, &["note by", "nota del", "nota de la", "note du", "note de la"]),
];

/// The type that a title or the first headings name.
pub(crate) fn kind_by_title(title: Option<&str>, paragraphs: &[Paragraph]) -> DocumentType {
    let headings = paragraphs
        .iter()
        .filter(|p| matches!(p.role, Role::Title | Role::Heading))
        .take(4)
        .map(|p| p.text.as_str());
    let lines: Vec<String> = title.into_iter().chain(headings).map(fold).collect();
    WORDS
        .iter()
        .find(|(_, words)| lines.iter().any(|line| words.iter().any(|word| line.starts_with(word))))
        .map_or(DocumentType::Other, |(kind, _)| *kind)
}
