//! What a part says: paragraphs and tables in reading order, before styles and numbers are applied.

use std::collections::HashMap;
use std::rc::Rc;

use super::properties::{self, ParagraphProperties, RunProperties, Section};
use super::signs;
use super::xml::{PartError, Space, Tag, Xml};
use crate::Limits;

mod fields;
mod runs;

pub(super) use fields::Fields;

/// A part of the text.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Paragraph(Box<Paragraph>),
    Table(Table),
}

/// A paragraph as Word keeps it.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub properties: ParagraphProperties,
    pub runs: Vec<Run>,
    /// Text boxes anchored in it.
    pub boxes: Vec<Item>,
    /// Whether it belongs to a table of contents that Word has made.
    pub contents: bool,
}

/// A stretch of a paragraph with the same properties.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub properties: Rc<RunProperties>,
    pub piece: Piece,
}

/// What a run holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text; a line break is `\n`.
    Text(String),
    /// The mark of a note.
    Note {
        endnote: bool,
        id: String,
        /// The mark that the author has typed in place of a number.
        custom: Option<String>,
    },
    /// A new page begins, as far as Word has kept that.
    Page,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub items: Vec<Item>,
}

/// A part that was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub items: Vec<Item>,
    /// The last section, which no paragraph ends.
    pub section: Option<Section>,
    /// Characters by the language that the text states for them.
    pub languages: HashMap<String, usize>,
    /// Documents that the part only refers to.
    pub outside: usize,
}

/// Reads the text of a part: the document, or a header.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Content, PartError> {
    let mut xml = Xml::new(text, limits.xml_depth);
    let root = xml.root()?;
    let mut story = Story::new(&mut xml, limits.paragraphs);
    let mut items = Vec::new();
    if root.word() == Some("document") {
        while let Some(tag) = story.xml.child()? {
            if tag.word() == Some("body") {
                story.items(&mut items)?;
            } else {
                story.xml.skip()?;
            }
        }
    } else {
        story.items(&mut items)?;
    }
    Ok(story.finish(items))
}

/// Reads the notes of a part by their identifiers; separators are left out.
pub(super) fn notes(text: &str, limits: &Limits) -> Result<HashMap<String, Vec<Item>>, PartError> {
    let mut xml = Xml::new(text, limits.xml_depth);
    xml.root()?;
    let mut found = HashMap::new();
    let mut left = limits.paragraphs;
    while let Some(tag) = xml.child()? {
        let ordinary = tag.attribute("type").is_none_or(|kind| kind == "normal");
        match (tag.word(), tag.attribute("id")) {
            (Some("footnote" | "endnote"), Some(id)) if ordinary => {
                let mut items = Vec::new();
                let mut story = Story::new(&mut xml, limits.paragraphs);
                story.left = left;
                story.items(&mut items)?;
                left = story.left;
                found.insert(id, items);
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

/// The reader of one flow of text.
struct Story<'x, 'a> {
    xml: &'x mut Xml<'a>,
    fields: Fields,
    section: Option<Section>,
    languages: HashMap<String, usize>,
    outside: usize,
    /// Whether the text is inside a content control that holds a table of contents.
    in_contents: bool,
    /// Paragraphs that may still come, of how many.
    left: usize,
    bound: usize,
}

impl<'x, 'a> Story<'x, 'a> {
    fn new(xml: &'x mut Xml<'a>, bound: usize) -> Self {
        Self {
            left: bound,
            bound,
            xml,
            fields: Fields::default(),
            section: None,
            languages: HashMap::new(),
            outside: 0,
            in_contents: false,
        }
    }

    fn finish(self, items: Vec<Item>) -> Content {
        Content {
            items: joined(items),
            section: self.section,
            languages: self.languages,
            outside: self.outside,
        }
    }

    /// Reads paragraphs and tables to the end of the element that is open.
    fn items(&mut self, out: &mut Vec<Item>) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            match (tag.space, tag.name()) {
                (Space::Word, "p") => {
                    let paragraph = self.paragraph()?;
                    out.push(Item::Paragraph(Box::new(paragraph)));
                }
                (Space::Word, "tbl") => {
                    let table = self.table()?;
                    out.push(Item::Table(table));
                }
                (Space::Word, "sdt") => self.control(|story| story.items(out))?,
                (Space::Word, "sectPr") => self.section = Some(properties::section(self.xml)?),
                (Space::Word, "ins" | "moveTo" | "customXml" | "smartTag" | "sdtContent") => {
                    self.items(out)?;
                }
                (Space::Word, "altChunk" | "subDoc") => self.refer_outside()?,
                (Space::Math, "oMathPara" | "oMath") => {
                    let mut paragraph = Paragraph::default();
                    self.math(&mut paragraph)?;
                    out.push(Item::Paragraph(Box::new(paragraph)));
                }
                (Space::Compatibility, "AlternateContent") => {
                    self.alternatives(|story| {
                        let before = out.len();
                        story.items(out)?;
                        Ok(out.len() > before)
                    })?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn refer_outside(&mut self) -> Result<(), PartError> {
        self.outside += 1;
        self.xml.skip()
    }

    /// Reads one of several versions of the same content: the first that yields anything.
    fn alternatives(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<bool, PartError>,
    ) -> Result<(), PartError> {
        let mut found = false;
        while let Some(tag) = self.xml.child()? {
            let version =
                tag.space == Space::Compatibility && matches!(tag.name(), "Choice" | "Fallback");
            if version && !found {
                found = read(self)?;
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    /// Reads a content control; the prompt of one that nobody filled in is no text.
    fn control(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<(), PartError>,
    ) -> Result<(), PartError> {
        let outer = self.in_contents;
        let mut prompt = false;
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("sdtPr") => {
                    while let Some(property) = self.xml.child()? {
                        match property.word() {
                            Some("showingPlcHdr") => prompt = property.is_on(),
                            Some("docPartObj") => {
                                self.in_contents |= self.is_contents_gallery()?;
                                continue;
                            }
                            _ => {}
                        }
                        self.xml.skip()?;
                    }
                }
                Some("sdtContent") if !prompt => read(self)?,
                _ => self.xml.skip()?,
            }
        }
        self.in_contents = outer;
        Ok(())
    }

    fn is_contents_gallery(&mut self) -> Result<bool, PartError> {
        let mut found = false;
        while let Some(tag) = self.xml.child()? {
            found |= tag.word() == Some("docPartGallery")
                && tag.value().is_some_and(|gallery| gallery == "Table of Contents");
            self.xml.skip()?;
        }
        Ok(found)
    }

    fn table(&mut self) -> Result<Table, PartError> {
        let mut table = Table::default();
        self.rows(&mut table)?;
        Ok(table)
    }

    fn rows(&mut self, table: &mut Table) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("tr") => {
                    let mut row = Vec::new();
                    let kept = self.cells(&mut row)?;
                    if kept {
                        table.rows.push(row);
                    }
                }
                Some("sdt") => self.control(|story| story.rows(table))?,
                Some("ins" | "moveTo" | "customXml" | "sdtContent") => self.rows(table)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads the cells of a row; tells whether the row is kept, which one that was deleted is not.
    fn cells(&mut self, row: &mut Vec<Cell>) -> Result<bool, PartError> {
        let mut kept = true;
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("tc") => {
                    let mut cell = Cell::default();
                    self.items(&mut cell.items)?;
                    cell.items = joined(cell.items);
                    row.push(cell);
                }
                Some("trPr") => {
                    while let Some(property) = self.xml.child()? {
                        kept &= !matches!(property.word(), Some("del" | "moveFrom"));
                        self.xml.skip()?;
                    }
                }
                Some("sdt") => self.control(|story| story.cells(row).map(drop))?,
                Some("ins" | "moveTo" | "customXml" | "sdtContent") => kept &= self.cells(row)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(kept)
    }

    fn paragraph(&mut self) -> Result<Paragraph, PartError> {
        // Counted while reading: what a paragraph takes in memory is many times its size in the file.
        self.left = self.left.checked_sub(1).ok_or(PartError::Paragraphs(self.bound + 1))?;
        let mut paragraph = Paragraph::default();
        self.inline(&mut paragraph)?;
        self.fields.end_paragraph();
        if let Some(section) = paragraph.properties.section.clone() {
            self.section = Some(section);
        }
        Ok(paragraph)
    }

    /// Reads what stands in a paragraph, to the end of the element that is open.
    fn inline(&mut self, paragraph: &mut Paragraph) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            match (tag.space, tag.name()) {
                (Space::Word, "pPr") => paragraph.properties = properties::paragraph(self.xml)?,
                (Space::Word, "r") => self.run(paragraph)?,
                (
                    Space::Word,
                    "hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "sdtContent"
                    | "dir" | "bdo",
                ) => self.inline(paragraph)?,
                (Space::Word, "sdt") => self.control(|story| story.inline(paragraph))?,
                (Space::Word, "fldSimple") => {
                    self.fields.simple(&tag.attribute("instr").unwrap_or_default());
                    self.inline(paragraph)?;
                    self.fields.end();
                }
                (Space::Word, "altChunk" | "subDoc") => self.refer_outside()?,
                (Space::Math, "oMathPara" | "oMath") => self.math(paragraph)?,
                (Space::Compatibility, "AlternateContent") => {
                    self.alternatives(|story| {
                        let before = paragraph.runs.len() + paragraph.boxes.len();
                        story.inline(paragraph)?;
                        Ok(paragraph.runs.len() + paragraph.boxes.len() > before)
                    })?;
                }
                // `del` and `moveFrom` among them: text that is gone.
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// Looks for text boxes inside a drawing, to the end of the element that is open.
    fn drawing(&mut self, boxes: &mut Vec<Item>) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            match (tag.space, tag.name()) {
                (Space::Word, "txbxContent") => {
                    // A field that is open around the drawing does not reach into it.
                    let outer = std::mem::take(&mut self.fields);
                    self.items(boxes)?;
                    self.fields = outer;
                }
                (Space::Compatibility, "AlternateContent") => {
                    self.alternatives(|story| {
                        let before = boxes.len();
                        story.drawing(boxes)?;
                        Ok(boxes.len() > before)
                    })?;
                }
                _ => self.drawing(boxes)?,
            }
        }
        Ok(())
    }

    fn push(&mut self, paragraph: &mut Paragraph, properties: &Rc<RunProperties>, piece: Piece) {
        if !self.fields.is_shown() || properties.deleted {
            return;
        }
        paragraph.contents |= self.in_contents || self.fields.in_contents();
        if let (Piece::Text(text), Some(language)) = (&piece, &properties.language) {
            *self.languages.entry(language.clone()).or_insert(0) += text.len();
        }
        if let (Piece::Text(text), Some(Run { piece: Piece::Text(last), properties: before })) =
            (&piece, paragraph.runs.last_mut())
            && (Rc::ptr_eq(before, properties) || before == properties)
        {
            last.push_str(text);
            return;
        }
        paragraph.runs.push(Run { properties: Rc::clone(properties), piece });
    }
}

/// Joins paragraphs whose end was deleted, or hidden so that the next runs on, with what follows.
fn joined(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut open = false;
    for item in items {
        match item {
            Item::Paragraph(mut paragraph) => {
                let mark = &paragraph.properties.mark;
                let runs_on = mark.deleted || mark.hidden == Some(true);
                if let (true, Some(Item::Paragraph(last))) = (open, out.last_mut()) {
                    last.runs.append(&mut paragraph.runs);
                    last.boxes.append(&mut paragraph.boxes);
                    last.contents |= paragraph.contents;
                    let section = last.properties.section.take();
                    last.properties = paragraph.properties;
                    last.properties.section = last.properties.section.take().or(section);
                } else {
                    out.push(Item::Paragraph(paragraph));
                }
                open = runs_on;
            }
            table => {
                out.push(table);
                open = false;
            }
        }
    }
    out
}
