//! The runs of a paragraph: text, signs, breaks, notes, formulas.

use std::rc::Rc;

use super::{Paragraph, PartError, Piece, RunProperties, Space, Story, Tag, properties, signs};

impl Story<'_, '_> {
    /// Reads a run to its end.
    pub(super) fn run(&mut self, paragraph: &mut Paragraph) -> Result<(), PartError> {
        let mut properties = Rc::new(RunProperties::default());
        // The place of a note whose mark the author types behind it.
        let mut custom: Option<usize> = None;
        self.run_content(paragraph, &mut properties, &mut custom)
    }

    fn run_content(
        &mut self,
        paragraph: &mut Paragraph,
        properties: &mut Rc<RunProperties>,
        custom: &mut Option<usize>,
    ) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            if tag.space == Space::Compatibility && tag.name() == "AlternateContent" {
                self.alternatives(|story| {
                    let before = paragraph.runs.len() + paragraph.boxes.len();
                    story.run_content(paragraph, properties, custom)?;
                    Ok(paragraph.runs.len() + paragraph.boxes.len() > before)
                })?;
                continue;
            }
            let text = match tag.word() {
                Some("rPr") => {
                    *properties = Rc::new(properties::run(self.xml)?);
                    continue;
                }
                Some("t") => {
                    let text = self.xml.text()?;
                    self.text(paragraph, properties, &text, custom);
                    continue;
                }
                Some("instrText") => {
                    let text = self.xml.text()?;
                    self.fields.instruct(&text);
                    continue;
                }
                Some("drawing" | "pict" | "object") => {
                    let mut boxes = Vec::new();
                    self.drawing(&mut boxes)?;
                    paragraph.boxes.append(&mut boxes);
                    continue;
                }
                Some("ruby") => {
                    self.ruby(paragraph)?;
                    continue;
                }
                Some("footnoteReference" | "endnoteReference") => {
                    *custom = self.note(paragraph, properties, &tag);
                    None
                }
                Some("fldChar") => {
                    match tag.attribute("fldCharType").as_deref() {
                        Some("begin") => self.fields.begin(),
                        Some("separate") => self.fields.separate(),
                        Some("end") => self.fields.end(),
                        _ => {}
                    }
                    None
                }
                Some("tab" | "ptab") => Some('\t'),
                Some("br") => match tag.attribute("type").as_deref() {
                    Some("page") => {
                        self.push(paragraph, properties, Piece::Page);
                        Some('\n')
                    }
                    _ => Some('\n'),
                },
                Some("cr") => Some('\n'),
                Some("noBreakHyphen") => Some('-'),
                Some("lastRenderedPageBreak") => {
                    self.push(paragraph, properties, Piece::Page);
                    None
                }
                Some("sym") => {
                    if let Some(c) = sign(&tag) {
                        self.shown(paragraph, properties, c.to_string(), custom);
                    }
                    None
                }
                _ => None,
            };
            self.xml.skip()?;
            if let Some(c) = text {
                self.push(paragraph, properties, Piece::Text(c.to_string()));
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        paragraph: &mut Paragraph,
        properties: &Rc<RunProperties>,
        text: &str,
        custom: &mut Option<usize>,
    ) {
        // Characters for private use are letters of a font of signs, or nothing; the marks that
        // this crate sets among them cannot be forged.
        let shown: String = match &properties.signs {
            Some(font) => text.chars().filter_map(|c| signs::character(font, c.into())).collect(),
            None => text.chars().collect(),
        };
        let shown: String =
            shown.chars().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}')).collect();
        self.shown(paragraph, properties, shown, custom);
    }

    fn shown(
        &mut self,
        paragraph: &mut Paragraph,
        properties: &Rc<RunProperties>,
        shown: String,
        custom: &mut Option<usize>,
    ) {
        if shown.trim().is_empty() && custom.is_some() {
            return;
        }
        let note = custom.take().and_then(|at| paragraph.runs.get_mut(at));
        if let Some(super::Run { piece: Piece::Note { custom: mark, .. }, .. }) = note {
            *mark = Some(shown.trim().to_owned());
            return;
        }
        if !shown.is_empty() {
            self.push(paragraph, properties, Piece::Text(shown));
        }
    }

    /// Takes the mark of a note; tells its place when the mark itself is still to come.
    fn note(
        &mut self,
        paragraph: &mut Paragraph,
        properties: &Rc<RunProperties>,
        tag: &Tag<'_>,
    ) -> Option<usize> {
        let id = tag.attribute("id")?;
        let typed = tag.attribute("customMarkFollows");
        let typed = typed.is_some_and(|on| !matches!(on.as_str(), "0" | "false" | "off"));
        let endnote = tag.name() == "endnoteReference";
        let before = paragraph.runs.len();
        let custom = typed.then(String::new);
        self.push(paragraph, properties, Piece::Note { endnote, id, custom });
        (typed && paragraph.runs.len() > before).then_some(before)
    }

    /// Words with their pronunciation above them: only the words.
    fn ruby(&mut self, paragraph: &mut Paragraph) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            if tag.word() == Some("rubyBase") {
                self.inline(paragraph)?;
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    /// Reads a formula as the text in it, in its order.
    pub(super) fn math(&mut self, paragraph: &mut Paragraph) -> Result<(), PartError> {
        while let Some(tag) = self.xml.child()? {
            match (tag.space, tag.name()) {
                (Space::Math, "t") => {
                    let text = self.xml.text()?;
                    self.text(paragraph, &Rc::default(), &text, &mut None);
                }
                // What stands under the line of a fraction.
                (Space::Math, "den") => {
                    self.push(paragraph, &Rc::default(), Piece::Text("/".to_owned()));
                    self.math(paragraph)?;
                }
                (Space::Word, "r") => self.run(paragraph)?,
                (Space::Word, "del" | "moveFrom") => self.xml.skip()?,
                (Space::Math, _) | (Space::Word, "ins" | "moveTo" | "sdtContent" | "sdt") => {
                    self.math(paragraph)?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }
}

/// The character of `w:sym`.
fn sign(tag: &Tag<'_>) -> Option<char> {
    let code = u32::from_str_radix(&tag.attribute("char")?, 16).ok()?;
    let font = tag.attribute("font").unwrap_or_default();
    if signs::is_font(&font) {
        return signs::character(&font, code);
    }
    char::from_u32(code).filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}'))
}
