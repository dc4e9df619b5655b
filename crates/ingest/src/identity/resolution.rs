//! The headings of resolutions.

use jiff::civil::Date;

use super::first_date;
use crate::pattern::pattern;
use crate::structure::words::{fold, fold_start};

pattern! {
    /// `78/237. Title`, `217 A (III). Title`, `43/78 H. Title`, `Resolution 264 (1969) of 20 March 1969`.
    HEADING,
    r"^(?:(?:Resolution|Resolución|Résolution)\s+)?((?:(?:ES-|S-)?\d{1,4}/\d{1,4}|\d{1,4})(?:\s?[A-Z](?:[-–][A-Z])?)?(?:\s?\((?:S-|ES-)?(?:[IVXLC]+|\d{4})\))?)\s?(?:,?\s(?:of|de|du)\s\d{1,2}[^.;]{4,30}\b\d{4})?(\.|$)\s*(.*)$"
}

/// The number and title of a resolution's heading, or none if the line is no such heading.
pub(crate) fn heading(line: &str) -> Option<(String, String)> {
    let found = HEADING.captures(line.trim())?;
    let number = found.get(1)?.as_str().to_owned();
    let title = found.get(3).map_or("", |m| m.as_str());
    // A plain number needs its session or year, else every numbered paragraph would be one.
    let qualified = number.contains('/') || number.contains('(');
    let titled = title.chars().next().is_none_or(|c| c.is_uppercase() || !c.is_alphabetic());
    (qualified && titled).then(|| (number, title.to_owned()))
}

/// Characters in which the words of adoption stand, with room for accents that stand apart.
const ADOPTION_CHARS: usize = 60;

/// Whether a line says who adopted the resolution and when.
pub(crate) fn is_adoption_line(line: &str) -> bool {
    let folded = fold_start(line, ADOPTION_CHARS);
    [
        "resolution adopted by",
        "resolucion aprobada por",
        "resolution adoptee par",
        "resoluciones aprobadas por",
        "resolutions adopted",
    ]
    .iter()
    .any(|start| folded.starts_with(start))
}

/// How the symbols of the organ that such a line names begin.
pub(crate) fn adopting_organ(line: &str) -> Option<&'static str> {
    if !is_adoption_line(line) {
        return None;
    }
    let folded = fold(line);
    let names = [
        ("A/RES/", ["general assembly", "asamblea general", "assemblee generale"]),
        ("S/RES/", ["security council", "consejo de seguridad", "conseil de securite"]),
        (
            "A/HRC/RES/",
            [
                "human rights council",
                "consejo de derechos humanos",
                "conseil des droits de l'homme",
            ],
        ),
        (
            "E/RES/",
            [
                "economic and social council",
                "consejo economico y social",
                "conseil economique et social",
            ],
        ),
    ];
    names
        .into_iter()
        .find(|(_, names)| names.iter().any(|n| folded.contains(n)))
        .map(|(start, _)| start)
}

/// The date in such a line.
pub(crate) fn adoption_date(line: &str) -> Option<Date> {
    is_adoption_line(line).then(|| first_date(line)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        let table = [
            ("78/237. Avances en la esfera", Some(("78/237", "Avances en la esfera"))),
            ("43/78 H. Guidelines", Some(("43/78 H", "Guidelines"))),
            ("217 A (III). Title", Some(("217 A (III)", "Title"))),
            ("ES-11/4. Title", Some(("ES-11/4", "Title"))),
            ("Resolution 1325 (2000)", Some(("1325 (2000)", ""))),
            ("Resolution 264 (1969) of 20 March 1969", Some(("264 (1969)", ""))),
            ("Résolution 264 (1969) du 20 mars 1969", Some(("264 (1969)", ""))),
            ("Resolución 264 (1969), de 20 de marzo de 1969", Some(("264 (1969)", ""))),
            ("Resolution 264 (1969) of the Security Council", None),
            ("1. The group met", None),
            ("76/19 de la Asamblea General", None),
            ("2021. Los Estados", None),
        ];
        for (line, found) in table {
            let found = found.map(|(n, t): (&str, &str)| (n.to_owned(), t.to_owned()));
            assert_eq!(heading(line), found, "{line}");
        }
    }

    #[test]
    fn adoption() {
        let line = "Resolución aprobada por la Asamblea General el 22 de diciembre de 2023";
        assert_eq!(adoption_date(line).unwrap().to_string(), "2023-12-22");
        assert_eq!(adoption_date("Aprobada el 22 de diciembre de 2023"), None);
    }
}
