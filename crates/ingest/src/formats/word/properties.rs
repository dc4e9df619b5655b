//! Properties of runs, paragraphs and sections, as styles and paragraphs state them.

use super::xml::{PartError, Xml};

/// What a run or a style says of characters; nothing where it leaves it to what it is based on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RunProperties {
    pub style: Option<String>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub underlined: Option<bool>,
    pub hidden: Option<bool>,
    /// Raised above the line.
    pub raised: Option<bool>,
    /// Size in half points.
    pub size: Option<u32>,
    /// The font, where it is one of signs instead of letters.
    pub signs: Option<String>,
    /// The language that spelling is checked in.
    pub language: Option<String>,
    /// Whether the run, or the mark that ends a paragraph, is deleted or moved away.
    pub deleted: bool,
}

impl RunProperties {
    /// These, and where they leave something open, those of `base`.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            style: self.style.or_else(|| base.style.clone()),
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underlined: self.underlined.or(base.underlined),
            hidden: self.hidden.or(base.hidden),
            raised: self.raised.or(base.raised),
            size: self.size.or(base.size),
            signs: self.signs.or_else(|| base.signs.clone()),
            language: self.language.or_else(|| base.language.clone()),
            deleted: self.deleted,
        }
    }
}

/// A reference to automatic numbering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The list; `0` takes a paragraph out of the one its style names.
    pub list: Option<String>,
    /// The level from 0.
    pub level: Option<usize>,
}

/// What a paragraph or a style says of paragraphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    /// The level in the outline from 0; 9 is text.
    pub outline: Option<u8>,
    pub numbered: Option<Numbered>,
    pub centred: Option<bool>,
    /// Properties of the mark that ends the paragraph; in a style, of its text.
    pub mark: RunProperties,
    /// The section that ends with it.
    pub section: Option<Section>,
}

/// How the notes of a section are numbered; nothing where it is left to the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NoteNumbering {
    pub format: Option<String>,
    pub start: Option<u32>,
    /// `continuous`, `eachSect`, `eachPage`.
    pub restart: Option<String>,
}

/// A section: its headers and how its notes are numbered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// Whether its first page has a header of its own.
    pub title_page: bool,
    /// The kinds of its headers (`default`, `first`, `even`) and the links to their parts.
    pub headers: Vec<(String, String)>,
    pub footnotes: NoteNumbering,
    pub endnotes: NoteNumbering,
}

/// Reads `w:rPr` to its end.
pub(super) fn run(xml: &mut Xml<'_>) -> Result<RunProperties, PartError> {
    let mut found = RunProperties::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("rStyle") => found.style = tag.value(),
            Some("b") => found.bold = Some(tag.is_on()),
            Some("i") => found.italic = Some(tag.is_on()),
            Some("u") => found.underlined = Some(tag.value().is_some_and(|line| line != "none")),
            Some("vanish" | "specVanish") => found.hidden = Some(tag.is_on()),
            Some("vertAlign") => {
                found.raised = Some(tag.value().is_some_and(|place| place == "superscript"));
            }
            Some("sz") => found.size = tag.value().and_then(|size| size.parse().ok()),
            Some("rFonts") => {
                let font = ["ascii", "hAnsi", "cs"].iter().find_map(|name| tag.attribute(name));
                found.signs = font.filter(|font| super::signs::is_font(font));
            }
            Some("lang") => found.language = tag.value(),
            Some("del" | "moveFrom") => found.deleted = true,
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

/// Reads `w:pPr` to its end.
pub(super) fn paragraph(xml: &mut Xml<'_>) -> Result<ParagraphProperties, PartError> {
    let mut found = ParagraphProperties::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("pStyle") => found.style = tag.value(),
            Some("outlineLvl") => found.outline = tag.value().and_then(|level| level.parse().ok()),
            Some("jc") => found.centred = Some(tag.value().is_some_and(|side| side == "center")),
            Some("numPr") => {
                found.numbered = Some(numbered(xml)?);
                continue;
            }
            Some("rPr") => {
                found.mark = run(xml)?;
                continue;
            }
            Some("sectPr") => {
                found.section = Some(section(xml)?);
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn numbered(xml: &mut Xml<'_>) -> Result<Numbered, PartError> {
    let mut found = Numbered::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("numId") => found.list = tag.value(),
            Some("ilvl") => found.level = tag.value().and_then(|level| level.parse().ok()),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

/// Reads `w:sectPr` to its end.
pub(super) fn section(xml: &mut Xml<'_>) -> Result<Section, PartError> {
    let mut found = Section::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("titlePg") => found.title_page = tag.is_on(),
            Some("headerReference") => {
                let kind = tag.attribute("type").unwrap_or_else(|| "default".to_owned());
                found.headers.extend(tag.attribute("id").map(|id| (kind, id)));
            }
            Some("footnotePr") => {
                found.footnotes = note_numbering(xml)?;
                continue;
            }
            Some("endnotePr") => {
                found.endnotes = note_numbering(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

/// Reads `w:footnotePr` or `w:endnotePr` to its end.
pub(super) fn note_numbering(xml: &mut Xml<'_>) -> Result<NoteNumbering, PartError> {
    let mut found = NoteNumbering::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("numFmt") => found.format = tag.value(),
            Some("numStart") => found.start = tag.value().and_then(|start| start.parse().ok()),
            Some("numRestart") => found.restart = tag.value(),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}
