//! Styles: what a paragraph or run inherits.

use std::collections::HashMap;

use super::properties::{self, ParagraphProperties, RunProperties};
use super::xml::{PartError, Xml};

/// Styles that one may be based on, one on the other; Word itself stops far below.
const MAX_BASES: usize = 64;

/// Styles read; Word itself allows 4,079.
const MAX_STYLES: usize = 20_000;

/// A style, what it is based on already in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    pub paragraph: ParagraphProperties,
}

/// The styles of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Style,
    /// What the document says of every character.
    document: RunProperties,
}

/// What counts of a run once styles are applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
    pub hidden: bool,
    pub raised: bool,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read(text: &str, depth: usize) -> Result<Self, PartError> {
        let mut xml = Xml::new(text, depth);
        xml.root()?;
        let mut read: HashMap<String, Style> = HashMap::new();
        let mut default = None;
        let mut document = RunProperties::default();
        while let Some(tag) = xml.child()? {
            match tag.word() {
                Some("style") => {
                    let id = tag.attribute("styleId").unwrap_or_default();
                    let is_paragraph = tag.attribute("type").is_none_or(|t| t == "paragraph");
                    let on = tag.attribute("default").is_some_and(|d| d != "0" && d != "false");
                    if is_paragraph && on {
                        default = Some(id.clone());
                    }
                    let style = style(&mut xml)?;
                    if read.len() < MAX_STYLES {
                        read.insert(id, style);
                    }
                }
                Some("docDefaults") => document = defaults(&mut xml)?,
                _ => xml.skip()?,
            }
        }
        let styles: HashMap<String, Style> =
            read.keys().map(|id| (id.clone(), resolve(&read, id))).collect();
        let default = default.and_then(|id| styles.get(&id).cloned()).unwrap_or_default();
        Ok(Self { styles, default, document })
    }

    /// The style of a paragraph.
    pub(super) fn of(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.styles.get(id)).unwrap_or(&self.default)
    }

    /// The language of text that does not name its own.
    pub(super) fn language(&self) -> Option<&str> {
        let style = self.default.paragraph.mark.language.as_deref();
        style.or(self.document.language.as_deref())
    }

    /// How a run looks in a paragraph of a style.
    pub(super) fn look(&self, paragraph: &Style, run: &RunProperties) -> Look {
        let text = &paragraph.paragraph.mark;
        let character = run.style.as_deref().and_then(|id| self.styles.get(id));
        let character = character.map(|style| &style.paragraph.mark);
        // Bold in a bold heading is a way to say not bold (ISO/IEC 29500-1, 17.7.3).
        let toggled = |of: fn(&RunProperties) -> Option<bool>| {
            of(run).unwrap_or_else(|| {
                let styled = of(text).unwrap_or(false) != character.and_then(of).unwrap_or(false);
                styled || of(&self.document).unwrap_or(false)
            })
        };
        let plain = |of: fn(&RunProperties) -> Option<bool>| {
            of(run).or(character.and_then(of)).or(of(text)).unwrap_or(false)
        };
        Look {
            bold: toggled(|r| r.bold),
            italic: toggled(|r| r.italic),
            hidden: toggled(|r| r.hidden),
            underlined: plain(|r| r.underlined),
            raised: plain(|r| r.raised),
        }
    }

    /// The size of a run in half points.
    pub(super) fn size(&self, paragraph: &Style, run: &RunProperties) -> u32 {
        /// What Word takes where nobody says.
        const SIZE: u32 = 20;
        let character = run.style.as_deref().and_then(|id| self.styles.get(id));
        run.size
            .or(character.and_then(|style| style.paragraph.mark.size))
            .or(paragraph.paragraph.mark.size)
            .or(self.document.size)
            .unwrap_or(SIZE)
    }
}

fn defaults(xml: &mut Xml<'_>) -> Result<RunProperties, PartError> {
    let mut found = RunProperties::default();
    while let Some(tag) = xml.child()? {
        if tag.word() == Some("rPrDefault") {
            while let Some(inner) = xml.child()? {
                if inner.word() == Some("rPr") {
                    found = properties::run(xml)?;
                } else {
                    xml.skip()?;
                }
            }
        } else {
            xml.skip()?;
        }
    }
    Ok(found)
}

fn style(xml: &mut Xml<'_>) -> Result<Style, PartError> {
    let mut found = Style::default();
    let mut text = RunProperties::default();
    let mut titles = false;
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("basedOn") => found.based_on = tag.value(),
            // The built-in title has no level in the outline; its name is the same in all languages.
            Some("name") => titles = tag.value().is_some_and(|name| name == "Title"),
            Some("pPr") => {
                found.paragraph = properties::paragraph(xml)?;
                continue;
            }
            Some("rPr") => {
                text = properties::run(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    found.paragraph.mark = text;
    if titles && found.paragraph.outline.is_none() {
        found.paragraph.outline = Some(0);
    }
    Ok(found)
}

/// A style with what it is based on.
fn resolve(read: &HashMap<String, Style>, id: &str) -> Style {
    let mut found = read.get(id).cloned().unwrap_or_default();
    let mut base = found.based_on.clone();
    // Numbering by style goes by the name of the style that states it.
    found.paragraph.style = found.paragraph.numbered.is_some().then(|| id.to_owned());
    for _ in 0..MAX_BASES {
        let Some((id, style)) = base.as_deref().and_then(|id| read.get_key_value(id)) else {
            break;
        };
        let own = &mut found.paragraph;
        let other = &style.paragraph;
        own.outline = own.outline.or(other.outline);
        own.centred = own.centred.or(other.centred);
        if let (None, Some(numbered)) = (&own.numbered, &other.numbered) {
            own.numbered = Some(numbered.clone());
            own.style = Some(id.clone());
        } else if let (Some(own), Some(other)) = (&mut own.numbered, &other.numbered) {
            own.list = own.list.take().or_else(|| other.list.clone());
        }
        own.mark = std::mem::take(&mut own.mark).over(&other.mark);
        base.clone_from(&style.based_on);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<w:styles xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>";

    #[test]
    fn what_styles_inherit() {
        let text = format!(
            "{HEAD}
            <w:style w:type='paragraph' w:default='1' w:styleId='N'><w:rPr><w:sz w:val='20'/></w:rPr></w:style>
            <w:style w:type='paragraph' w:styleId='H1'><w:basedOn w:val='N'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type='paragraph' w:styleId='H2'><w:basedOn w:val='H1'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>
            <w:style w:type='character' w:styleId='Strong'><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type='paragraph' w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>
            </w:styles>"
        );
        let styles = Styles::read(&text, 64).unwrap();
        let heading = styles.of(Some("H2"));
        assert_eq!(heading.paragraph.outline, Some(1));
        let plain = RunProperties::default();
        assert!(styles.look(heading, &plain).bold);
        assert_eq!(styles.size(heading, &plain), 20);
        let strong = RunProperties { style: Some("Strong".to_owned()), ..plain.clone() };
        assert!(styles.look(styles.of(None), &strong).bold);
        assert!(!styles.look(heading, &strong).bold);
        let off = RunProperties { bold: Some(false), ..plain.clone() };
        assert!(!styles.look(heading, &off).bold);
        assert!(!styles.look(styles.of(Some("Loop")), &plain).bold);
    }
}
