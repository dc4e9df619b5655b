//! Citations as people write them in footnotes and keep them in bibliographies.

use std::fmt;
use std::str::FromStr;

use undex_document::{Language, Pinpoint};

mod adopted;
mod bibtex;
mod csl;
mod names;
mod ris;
mod un;
mod work;

pub use adopted::name;
pub use work::Work;

/// A way to write a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// The wording of the UN Editorial Manual's footnotes, without final full stop:
    /// `General Assembly resolution 78/237, para. 3`.
    Un,
    /// A BibTeX entry.
    Bibtex,
    /// An RIS record, its lines ended as the format demands by carriage return and line feed.
    Ris,
    /// An array of one item of CSL-JSON.
    CslJson,
}

/// A word that names no style.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown citation style {given:?}: use one of {known}", given = .0, known = Style::ALL.map(Style::name).join(", "))]
pub struct UnknownStyle(pub String);

impl Style {
    /// Every style, in the order above.
    pub const ALL: [Style; 4] = [Self::Un, Self::Bibtex, Self::Ris, Self::CslJson];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Un => "un",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Style {
    type Err = UnknownStyle;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|style| style.name() == wanted)
            .ok_or_else(|| UnknownStyle(text.to_owned()))
    }
}

/// Writes the citation of a document, or of a place in it.
///
/// `language` is that of the wording: of organs, kinds and places. English, Spanish and French have
/// one; the others get the English. Titles and addresses stay in the document's own language.
///
/// [`Style::Un`] gives a phrase without line end. The others give whole records that end their last
/// line, so that BibTeX entries and RIS records written one after the other make a file. Whatever
/// stands in a title, it stays in its field and on its line.
///
/// ```
/// use undex_citations::{Style, Work, write};
/// use undex_document::{Language, Symbol};
///
/// let symbol: Symbol = "A/RES/78/237".parse()?;
/// let work = Work::new(&symbol, Language::Spanish);
/// let place = "para. 3".parse()?;
/// assert_eq!(
///     write(&work, Some(&place), Style::Un, Language::Spanish),
///     "Resolución 78/237 de la Asamblea General, párr. 3"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(work: &Work, pinpoint: Option<&Pinpoint>, style: Style, language: Language) -> String {
    match style {
        Style::Un => un::write(work, pinpoint, language),
        Style::Bibtex => bibtex::write(work, pinpoint, language),
        Style::Ris => ris::write(work, pinpoint, language),
        Style::CslJson => csl::write(std::iter::once((work, pinpoint, language))),
    }
}

/// Writes the citations of several documents or places as one text: entries and records one after the
/// other, CSL-JSON as one array, footnotes each on a line. Each is worded in the language of its document.
pub fn write_all(cited: &[(Work<'_>, Option<&Pinpoint>)], style: Style) -> String {
    match style {
        Style::CslJson => {
            csl::write(cited.iter().map(|(work, pinpoint)| (work, *pinpoint, work.language)))
        }
        _ => {
            let mut out = String::new();
            for (work, pinpoint) in cited {
                out.push_str(&write(work, *pinpoint, style, work.language));
                if style == Style::Un {
                    out.push('\n');
                }
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_by_their_names() {
        for style in Style::ALL {
            assert_eq!(style.to_string().parse(), Ok(style));
        }
        assert_eq!(" RIS ".parse(), Ok(Style::Ris));
        assert_eq!(
            "apa".parse::<Style>().unwrap_err().to_string(),
            "unknown citation style \"apa\": use one of un, bibtex, ris, csl-json"
        );
    }

    #[test]
    fn several_make_one_text() {
        let symbols = ["A/77/275".parse().unwrap(), "A/RES/78/237".parse().unwrap()];
        let place = "para. 3".parse().unwrap();
        let [one, two] = [&symbols[0], &symbols[1]].map(|one| Work::new(one, Language::Spanish));
        let cited = [(one, None), (two, Some(&place))];
        for style in [Style::Bibtex, Style::Ris] {
            let apart = write(&one, None, style, Language::Spanish)
                + &write(&two, Some(&place), style, Language::Spanish);
            assert_eq!(write_all(&cited, style), apart);
        }
        let array: serde_json::Value =
            serde_json::from_str(&write_all(&cited, Style::CslJson)).unwrap();
        assert_eq!(array.as_array().map(Vec::len), Some(2));
        assert_eq!(array[1]["note"], "párr. 3");
        let none: serde_json::Value =
            serde_json::from_str(&write_all(&[], Style::CslJson)).unwrap();
        assert_eq!(none, serde_json::json!([]));
        assert_eq!(write_all(&cited, Style::Un).lines().count(), 2);
    }

    #[test]
    fn only_records_end_their_line() {
        let symbol = "A/77/275".parse().unwrap();
        let work = Work::new(&symbol, Language::English);
        for style in Style::ALL {
            let text = write(&work, None, style, Language::English);
            assert_eq!(text.ends_with('\n'), style != Style::Un, "{style}");
        }
    }
}
