//! The place inside a document that a citation names.
//!
//! A pinpoint is the same in every language of a document; only its wording differs. Wordings
//! follow the UN editorial manual: `annex I, para. 26 (a)`, `anexo I, párr. 26 a)`,
//! `annexe I, par. 26 a)`. English is the wording of JSON and of the index.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Language;

mod parse;
mod wording;

/// A list that reports number afresh under each section, named as its heading names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ListName {
    /// `Recommended next steps`, in the reports of the second working group on ICT security.
    RecommendedNextStep,
    /// `Recommendations`.
    Recommendation,
    /// `Conclusions`.
    Conclusion,
    /// A list inside a paragraph or under a heading without a name of its own.
    Item,
}

/// One step from a document to a place in it, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// A resolution among several in one document: `resolution A`.
    Resolution(String),
    /// A decision among several in one document: `decision 1/CP.21`.
    Decision(String),
    /// An annex, with its number where there are several.
    Annex(Option<String>),
    /// An appendix of an annex.
    Appendix(Option<String>),
    /// A part, in documents bound of several.
    Part(String),
    /// A chapter.
    Chapter(String),
    /// A numbered or lettered section.
    Section(String),
    /// An article of a treaty or a statute.
    Article(String),
    /// A numbered paragraph.
    Paragraph(String),
    /// A preambular paragraph, counted from 1, the opening line not counted.
    Preambular(u32),
    /// An item of a list that numbers afresh.
    Item(ListName, String),
    /// A lettered or roman item, without its parentheses.
    Point(String),
    /// An item of an unnumbered list, counted from 1.
    Bullet(u32),
    /// A paragraph without number under the steps before, counted from 1.
    Unnumbered(u32),
    /// A heading without number, counted from 1.
    Heading(u32),
    /// A table, counted from 1.
    Table(u32),
    /// The title.
    Title,
    /// A line of the masthead, counted from 1.
    Masthead(u32),
    /// The line that opens a resolution, `The General Assembly,`.
    Opening,
    /// The lines that close a resolution, counted from 1.
    Closing(u32),
    /// The n-th place of that name, where the source repeats a number; counted from 2.
    Again(u32),
}

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pinpoint(Vec<Step>);

/// A text that names no place in a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{text:?} names no place in a document: write it as in `annex I, para. 26 (a)`")]
pub struct PinpointError {
    /// The part that could not be read.
    pub text: String,
}

/// A pinpoint in the wording of a language; made by [`Pinpoint::in_language`].
#[derive(Clone, Copy, Debug)]
pub struct PinpointIn<'p> {
    pinpoint: &'p Pinpoint,
    language: Language,
}

impl Pinpoint {
    /// A place from its steps, outermost first.
    pub fn new(steps: Vec<Step>) -> Self {
        Self(steps)
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// This place with one more step.
    pub fn child(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// Whether this place is `other` or lies inside it: `para. 3 (a)` lies inside `para. 3`.
    pub fn is_within(&self, other: &Pinpoint) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The wording of a language; English where undex has none.
    pub fn in_language(&self, language: Language) -> PinpointIn<'_> {
        PinpointIn { pinpoint: self, language }
    }
}

impl fmt::Display for PinpointIn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wording::write(f, self.pinpoint.steps(), self.language)
    }
}

impl fmt::Display for Pinpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_language(Language::English).fmt(f)
    }
}

impl FromStr for Pinpoint {
    type Err = PinpointError;

    /// Reads the wordings of every supported language, and a bare paragraph number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse::pinpoint(text)
    }
}

/// Its English wording where people may read it, such as JSON; its steps in binary formats, where
/// what comes back must be exact and cost little.
impl Serialize for Pinpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return self.0.serialize(serializer);
        }
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pinpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(steps: &[Step]) -> Pinpoint {
        Pinpoint::new(steps.to_vec())
    }

    #[test]
    fn wordings_read_back_in_every_language() {
        use Step::*;
        let a = || Some("I".to_owned());
        // (steps, English, Spanish, French)
        let table = [
            (vec![Paragraph("29".into())], "para. 29", "párr. 29", "par. 29"),
            (
                vec![Annex(a()), Paragraph("26".into()), Point("a".into())],
                "annex I, para. 26 (a)",
                "anexo I, párr. 26 a)",
                "annexe I, par. 26 a)",
            ),
            (
                vec![Paragraph("8".into()), Point("a".into()), Point("ii".into())],
                "para. 8 (a) (ii)",
                "párr. 8 a) ii)",
                "par. 8 a) ii)",
            ),
            (
                vec![
                    Annex(None),
                    Section("E".into()),
                    Item(ListName::RecommendedNextStep, "2".into()),
                ],
                "annex, sect. E, recommended next step 2",
                "anexo, secc. E, próxima medida recomendada 2",
                "annexe, sect. E, prochaine étape recommandée 2",
            ),
            (
                vec![Paragraph("6".into()), Item(ListName::Item, "5".into()), Point("a".into())],
                "para. 6, item 5 (a)",
                "párr. 6, elemento 5 a)",
                "par. 6, élément 5 a)",
            ),
            (
                vec![Preambular(6)],
                "preambular para. 6",
                "párr. 6 del preámbulo",
                "par. 6 du préambule",
            ),
            (
                vec![Paragraph("7".into()), Bullet(3)],
                "para. 7, bullet 3",
                "párr. 7, viñeta 3",
                "par. 7, puce 3",
            ),
            (
                vec![Section("II".into()), Unnumbered(2)],
                "sect. II, unnumbered para. 2",
                "secc. II, párr. sin numerar 2",
                "sect. II, par. non numéroté 2",
            ),
            (
                vec![Resolution("A".into()), Paragraph("2".into())],
                "resolution A, para. 2",
                "resolución A, párr. 2",
                "résolution A, par. 2",
            ),
            (
                vec![Preambular(12), Point("b".into())],
                "preambular para. 12 (b)",
                "párr. 12 del preámbulo, b)",
                "par. 12 du préambule, b)",
            ),
            (vec![Annex(None), Table(1)], "annex, table 1", "anexo, cuadro 1", "annexe, tableau 1"),
            (
                vec![Part("II".into()), Chapter("V".into()), Section("A".into())],
                "part II, chap. V, sect. A",
                "parte II, cap. V, secc. A",
                "partie II, chap. V, sect. A",
            ),
            (
                vec![Annex(None), Section("(b)".into()), Unnumbered(1)],
                "annex, sect. (b), unnumbered para. 1",
                "anexo, secc. b), párr. sin numerar 1",
                "annexe, sect. b), par. non numéroté 1",
            ),
            (
                vec![Decision("1/CP.21".into()), Annex(None)],
                "decision 1/CP.21, annex",
                "decisión 1/CP.21, anexo",
                "décision 1/CP.21, annexe",
            ),
            (
                vec![Annex(None), Paragraph("13.1".into()), Point("a".into())],
                "annex, para. 13.1 (a)",
                "anexo, párr. 13.1 a)",
                "annexe, par. 13.1 a)",
            ),
            (
                vec![Annex(None), Article("3".into()), Paragraph("2".into())],
                "annex, art. 3, para. 2",
                "anexo, art. 3, párr. 2",
                "annexe, art. 3, par. 2",
            ),
            (vec![Point("l".into())], "(l)", "l)", "l)"),
            (vec![Heading(4)], "heading 4", "epígrafe 4", "intertitre 4"),
            (vec![Title], "title", "título", "titre"),
            (vec![Masthead(3)], "masthead 3", "cabecera 3", "en-tête 3"),
            (vec![Opening], "opening words", "encabezamiento", "formule d’introduction"),
            (vec![Closing(1)], "closing line 1", "línea final 1", "ligne finale 1"),
            (vec![Paragraph("5".into()), Again(2)], "para. 5 [2]", "párr. 5 [2]", "par. 5 [2]"),
            (
                vec![Annex(a()), Appendix(None), Paragraph("1".into())],
                "annex I, appendix, para. 1",
                "anexo I, apéndice, párr. 1",
                "annexe I, appendice, par. 1",
            ),
        ];
        for (steps, english, spanish, french) in table {
            let pinpoint = place(&steps);
            for (language, wording) in [
                (Language::English, english),
                (Language::Spanish, spanish),
                (Language::French, french),
            ] {
                assert_eq!(pinpoint.in_language(language).to_string(), wording);
                assert_eq!(wording.parse::<Pinpoint>().unwrap(), pinpoint, "{wording}");
            }
        }
    }

    #[test]
    fn looser_spellings_are_read() {
        // (text, English wording)
        let table = [
            ("5", "para. 5"),
            ("5 (a)", "para. 5 (a)"),
            ("paragraph 5", "para. 5"),
            ("PARA 5", "para. 5"),
            ("párrafo 16 a)", "para. 16 (a)"),
            ("parr. 5", "para. 5"),
            ("paragraphe 3", "para. 3"),
            ("anexo, parr 2", "annex, para. 2"),
            ("Annex II para. 3", "annex II, para. 3"),
            ("annex I, para.29", "annex I, para. 29"),
            ("para. 13.1.", "para. 13.1"),
            ("para. 14 d", "para. 14 (d)"),
            ("anexo párr 14 b", "annex, para. 14 (b)"),
            ("sect.II, para.3", "sect. II, para. 3"),
            ("decision XII/3, annex", "decision XII/3, annex"),
            ("decision IDB.47/Dec.7", "decision IDB.47/DEC.7"),
        ];
        for (text, wording) in table {
            assert_eq!(text.parse::<Pinpoint>().unwrap().to_string(), wording, "{text}");
        }
        for nonsense in ["", "hello", "para.", "annex I, banana 3", "para. 5 ("] {
            assert!(nonsense.parse::<Pinpoint>().is_err(), "{nonsense:?}");
        }
    }

    #[test]
    fn inside() {
        let outer: Pinpoint = "annex, para. 16".parse().unwrap();
        let inner: Pinpoint = "annex, para. 16 (a)".parse().unwrap();
        assert!(inner.is_within(&outer));
        assert!(!outer.is_within(&inner));
    }
}
