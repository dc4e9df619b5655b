//! What a reader yields.

use undex_document::Warning;

use crate::identity::Found;
use crate::structure::{Block, Form, Place};

/// A document on its way: blocks in order, and what the format itself says of its identity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// The blocks in reading order, without page furniture.
    pub blocks: Vec<Block>,
    /// What the format's metadata, masthead or headings say.
    pub found: Found,
    /// Whether it is a resolution, where the format says so.
    pub form: Option<Form>,
    /// What the reader noticed.
    pub warnings: Vec<Warning>,
    /// What each block is and where it stands, where the markup itself states it; one for each block.
    pub places: Option<Vec<Place>>,
    /// Whether a converter may have broken words in it.
    pub broken_words: bool,
    /// Whether words may be divided at the ends of lines.
    pub divided_words: bool,
}
