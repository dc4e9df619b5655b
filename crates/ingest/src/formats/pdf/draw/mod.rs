//! Runs the content of pages: operators move the state, text operators give glyphs.

mod image;
mod layers;
mod marks;
mod overprint;
mod path;
mod state;
mod text;

use std::collections::HashSet;

use lopdf::{Dictionary, Object, Stream};
use rustc_hash::FxHashMap;

use self::layers::Layers;
use self::marks::Marks;
use self::path::Path;
use self::state::{Graphics, TextMatrices};
use super::file::{Fault, File};
use super::font::{Font, Styles};
use super::lexer::{Lexer, Token};
use super::matrix::{Matrix, Rect};
use super::page::Page;
use super::tree::Leaf;
use crate::ExtractError;

/// States that may be saved at once: producers nest a few dozen, the format promises 28.
const SAVED_STATES: usize = 1024;
/// Operands of one operator. The longest are arrays of text of a few thousand; what is beyond is
/// dropped.
const OPERANDS: usize = 1 << 18;
/// What drawing a form counts among the operators: finding and decoding it takes as long as that many.
const FORM_OPERATORS: u64 = 250;

/// Draws the pages of a file, one after another; fonts are kept from page to page.
pub(super) struct Painter<'a> {
    file: &'a File<'a>,
    layers: Layers,
    pub styles: Styles,
    fonts: Vec<Font>,
    /// The fonts by the place of their dictionaries, which stay where they are while the file is
    /// held; nothing for those that cannot be read.
    font_of: FxHashMap<*const Dictionary, Option<usize>>,
    operators: u64,
    glyphs: u64,
    /// Rules kept so far.
    rules: usize,
    /// Glyphs of which nobody knows what they stand for.
    pub unmapped: u64,

    page: Page,
    state: Graphics,
    saved: Vec<Graphics>,
    text: TextMatrices,
    path: Path,
    marks: Marks,
    /// Forms being drawn.
    open_forms: HashSet<*const Stream>,
    image_area: f32,
    /// What went wrong on this page, the first of it.
    trouble: Option<String>,
    scratch: Vec<u8>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(file: &'a File<'a>) -> Self {
        Self {
            file,
            layers: Layers::of(file),
            styles: Styles::default(),
            fonts: Vec::new(),
            font_of: FxHashMap::default(),
            operators: 0,
            glyphs: 0,
            rules: 0,
            unmapped: 0,
            page: Page::default(),
            state: Graphics::new(Matrix::IDENTITY, Rect::EMPTY),
            saved: Vec::new(),
            text: TextMatrices::default(),
            path: Path::default(),
            marks: Marks::default(),
            open_forms: HashSet::new(),
            image_area: 0.0,
            trouble: None,
            scratch: Vec::new(),
        }
    }

    /// Draws a page. What is damaged on it is told beside what could be drawn.
    pub(super) fn page(
        &mut self,
        number: u32,
        leaf: &Leaf<'a>,
    ) -> Result<(Page, Option<String>), ExtractError> {
        let (width, height, matrix) = leaf.geometry(self.file);
        self.page = Page { number, width, height, ..Page::default() };
        self.state = Graphics::new(matrix, Rect { x0: 0.0, y0: 0.0, x1: width, y1: height });
        self.saved.clear();
        self.marks = Marks::default();
        self.path = Path::default();
        self.image_area = 0.0;
        self.trouble = None;

        let content = self.content(leaf.dictionary)?;
        self.run(&content, leaf.resources)?;
        self.close_marks(0);
        overprint::merge(&mut self.page.glyphs, &mut self.styles);
        let area = width * height;
        self.page.image_share =
            if area > 0.0 { (self.image_area / area).clamp(0.0, 1.0) } else { 0.0 };
        Ok((std::mem::take(&mut self.page), self.trouble.take()))
    }

    /// The streams of a page as one, bounded as one: an operator may begin in one and end in the next.
    fn content(&mut self, page: &'a Dictionary) -> Result<Vec<u8>, ExtractError> {
        let file = self.file;
        let bound = file.limits().pdf_stream_bytes;
        let mut content = Vec::new();
        match file.get(page, b"Contents") {
            Some(Object::Stream(stream)) => return Ok(self.decode(stream)?.unwrap_or_default()),
            Some(Object::Array(parts)) => {
                for part in parts {
                    if let Some(Object::Stream(stream)) = file.resolve(part)
                        && let Some(part) = self.decode(stream)?
                    {
                        let met = content.len().saturating_add(part.len());
                        if met > bound {
                            return Err(file.limit("pdf_stream_bytes", met as u64, bound as u64));
                        }
                        content.extend_from_slice(&part);
                        content.push(b'\n');
                    }
                }
            }
            _ => {}
        }
        Ok(content)
    }

    /// Decodes a stream of the page; a damaged one is noted and left out.
    fn decode(&mut self, stream: &Stream) -> Result<Option<Vec<u8>>, ExtractError> {
        match self.file.decode(stream) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Fault::Broken(reason)) => {
                self.note(reason);
                Ok(None)
            }
            Err(Fault::Limit(error)) => Err(error),
        }
    }

    fn note(&mut self, trouble: String) {
        self.trouble.get_or_insert(trouble);
    }

    /// Runs content to its end.
    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), ExtractError> {
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<Token<'_>> = Vec::with_capacity(64);
        while let Some(token) = lexer.next() {
            let Token::Word(operator) = token else {
                if operands.len() < OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            if matches!(operator, b"true" | b"false" | b"null") {
                operands.push(token);
                continue;
            }
            self.count(1)?;
            if operator == b"BI" {
                self.inline_image(&mut lexer);
            } else {
                self.operate(operator, &operands, resources)?;
            }
            operands.clear();
        }
        Ok(())
    }

    /// Counts operators, or what takes as long.
    fn count(&mut self, operators: u64) -> Result<(), ExtractError> {
        let bound = self.file.limits().pdf_operators;
        self.operators = self.operators.saturating_add(operators);
        if self.operators > bound {
            return Err(self.file.limit("pdf_operators", self.operators, bound));
        }
        Ok(())
    }

    fn operate(
        &mut self,
        operator: &[u8],
        operands: &[Token<'_>],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), ExtractError> {
        match operator {
            b"Tj" => self.show_string(operands)?,
            b"TJ" => self.show_array(operands)?,
            b"'" => {
                self.next_line();
                self.show_string(operands)?;
            }
            b"\"" => {
                if let [Token::Number(word), Token::Number(character), ..] = operands {
                    self.state.word_space = *word;
                    self.state.char_space = *character;
                }
                self.next_line();
                self.show_string(operands)?;
            }
            b"Td" => {
                if let Some([x, y]) = numbers(operands) {
                    self.text.shift(x, y);
                }
            }
            b"TD" => {
                if let Some([x, y]) = numbers(operands) {
                    self.state.leading = -y;
                    self.text.shift(x, y);
                }
            }
            b"Tm" => {
                if let Some(matrix) = numbers(operands).map(Matrix::new) {
                    self.text.set(matrix);
                }
            }
            b"T*" => self.next_line(),
            b"BT" => self.text = TextMatrices::default(),
            b"Tf" => self.set_font(operands, resources)?,
            b"Tc" => self.state.char_space = number(operands).unwrap_or(0.0),
            b"Tw" => self.state.word_space = number(operands).unwrap_or(0.0),
            b"Tz" => self.state.stretch = number(operands).unwrap_or(100.0) / 100.0,
            b"TL" => self.state.leading = number(operands).unwrap_or(0.0),
            b"Ts" => self.state.rise = number(operands).unwrap_or(0.0),
            b"Tr" => self.state.mode = number(operands).unwrap_or(0.0).clamp(0.0, 7.0) as u8,
            b"q" => self.save(),
            b"Q" => self.restore(),
            b"cm" => {
                if let Some(matrix) = numbers(operands).map(Matrix::new) {
                    let matrix = matrix.then(&self.state.matrix);
                    if matrix.is_finite() {
                        self.state.matrix = matrix;
                    }
                }
            }
            b"gs" => self.set_parameters(operands, resources)?,
            b"Do" => self.draw_object(operands, resources)?,
            b"BDC" | b"BMC" => self.open_mark(operands, resources),
            b"EMC" => self.close_mark(),
            b"w" => self.state.line_width = number(operands).unwrap_or(1.0),
            _ => self.operate_path(operator, operands),
        }
        Ok(())
    }

    fn save(&mut self) {
        if self.saved.len() < SAVED_STATES {
            self.saved.push(self.state);
        }
    }

    fn restore(&mut self) {
        // A form may not take back what its caller saved.
        if self.saved.len() > self.marks.saved_floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    /// The entry of a category of resources.
    fn resource(
        &self,
        resources: Option<&'a Dictionary>,
        category: &[u8],
        name: &[u8],
    ) -> Option<&'a Object> {
        let file = self.file;
        file.get(file.dictionary(resources?, category)?, &super::lexer::unescape(name))
    }

    fn draw_object(
        &mut self,
        operands: &[Token<'_>],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), ExtractError> {
        let Some(Token::Name(name)) = operands.last() else {
            return Ok(());
        };
        let Some(Object::Stream(stream)) = self.resource(resources, b"XObject", name) else {
            return Ok(());
        };
        if self.layers.hides(self.file, stream.dict.get(b"OC").ok()) {
            return Ok(());
        }
        match self.file.name(&stream.dict, b"Subtype") {
            Some(b"Image") => self.image(),
            Some(b"Form") => self.form(stream, resources)?,
            _ => {}
        }
        Ok(())
    }

    fn form(
        &mut self,
        stream: &'a Stream,
        resources: Option<&'a Dictionary>,
    ) -> Result<(), ExtractError> {
        self.count(FORM_OPERATORS)?;
        if self.open_forms.len() >= self.file.limits().pdf_forms {
            self.note("forms are nested too deeply; the innermost are left out".to_owned());
            return Ok(());
        }
        if !self.open_forms.insert(std::ptr::from_ref(stream)) {
            self.note("a form draws itself; the inner one is left out".to_owned());
            return Ok(());
        }
        let outer = (self.state, self.text, self.marks.floor, self.marks.saved_floor);
        if let Some(matrix) = self.file.numbers(&stream.dict, b"Matrix").map(Matrix::new) {
            let matrix = matrix.then(&self.state.matrix);
            if matrix.is_finite() {
                self.state.matrix = matrix;
            }
        }
        if let Some(sides) = self.file.numbers(&stream.dict, b"BBox") {
            let bounds = Rect::new(sides).under(&self.state.matrix);
            self.state.clip = self.state.clip.intersection(&bounds);
        }
        self.marks.floor = self.marks.len();
        self.marks.saved_floor = self.saved.len();
        // A form that is clipped away altogether need not be decoded.
        let result = if self.state.clip.width() > 0.0 && self.state.clip.height() > 0.0 {
            match self.decode(stream)? {
                Some(content) => {
                    let own = self.file.dictionary(&stream.dict, b"Resources");
                    self.run(&content, own.or(resources))
                }
                None => Ok(()),
            }
        } else {
            Ok(())
        };
        self.close_marks(self.marks.floor);
        self.saved.truncate(self.marks.saved_floor);
        (self.state, self.text, self.marks.floor, self.marks.saved_floor) = outer;
        self.open_forms.remove(&std::ptr::from_ref(stream));
        result
    }
}

/// The last operand, as a number.
fn number(operands: &[Token<'_>]) -> Option<f32> {
    match operands.last() {
        Some(Token::Number(number)) => Some(*number),
        _ => None,
    }
}

/// The last `N` operands, as numbers.
fn numbers<const N: usize>(operands: &[Token<'_>]) -> Option<[f32; N]> {
    let operands = operands.last_chunk::<N>()?;
    let mut out = [0.0; N];
    for (out, operand) in out.iter_mut().zip(operands) {
        match operand {
            Token::Number(number) => *out = *number,
            _ => return None,
        }
    }
    Some(out)
}
