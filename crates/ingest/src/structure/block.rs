//! What every reader yields: blocks of text in reading order, already without page furniture.

use undex_document::Note;

/// One block of a document, before its place in the whole is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    /// What the reader knows of it.
    pub shape: Shape,
    /// The number as printed, with its full stop or parentheses taken off on the outside only where
    /// the document prints none of them: `29`, `(a)`, `a)`, `IV`.
    pub label: Option<String>,
    /// The text without label and marks.
    pub text: String,
    /// The footnotes whose marks it carries.
    pub notes: Vec<Note>,
    /// Its page, from 1.
    pub page: Option<u32>,
    /// Spaces before it in the source: tells a nested list from its surroundings.
    pub indent: usize,
}

/// What a reader knows of a block from markup or layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A line of the masthead.
    Masthead,
    /// The title, or the heading that names a resolution.
    Title,
    /// The letter or title of one resolution among several in a document.
    ResolutionPart,
    /// The line that opens a resolution.
    Opening,
    /// A paragraph before the operative ones.
    Preambular,
    /// A heading; the level where the markup has one, 1 outermost.
    Heading(Option<u8>),
    /// A paragraph; its label tells numbered, lettered and plain ones apart.
    #[default]
    Body,
    /// An item of a list without numbers.
    Bullet,
    /// A table: rows as lines, cells parted by tabs.
    Table,
    /// The lines that close a resolution.
    Closing,
}

impl Block {
    /// A block of a shape with its text.
    pub(crate) fn new(shape: Shape, text: impl Into<String>) -> Self {
        Self { shape, text: text.into(), ..Self::default() }
    }
}
