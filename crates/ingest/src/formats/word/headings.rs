//! Which paragraphs are headings, and of which level.
//!
//! The outline alone does not tell: templates of the UN give two sizes of headings the same level in
//! it. So the levels of a document are the pairs of outline and size that it uses, in their order.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::content::{Item, Paragraph, Piece};
use super::styles::{Style, Styles};
use crate::layout::terminated;
use crate::normal_form::clean_with_marks;
use crate::structure::{Label, LabelKind};

/// The level that says text, in the outline.
const TEXT: u8 = 9;

/// Characters from which a sentence is none that heads others.
const SENTENCE_CHARS: usize = 120;

/// The longest heading in characters; titles of agenda items reach 350.
const HEADING_CHARS: usize = 360;

/// A level as its paragraphs show it, outermost first: outline, size, whether it is not bold.
type Key = (u8, Reverse<u32>, bool);

/// The levels of headings that a document uses.
#[derive(Debug, Default)]
pub(super) struct Headings {
    keys: Vec<Key>,
}

impl Headings {
    /// Looks at all paragraphs of a document.
    pub(super) fn of(items: &[Item], styles: &Styles) -> Self {
        let mut keys = BTreeSet::new();
        collect(items, styles, &mut keys);
        Self { keys: keys.into_iter().collect() }
    }

    /// The level of a paragraph, 1 outermost, if it is a heading.
    pub(super) fn level(
        &self,
        paragraph: &Paragraph,
        style: &Style,
        styles: &Styles,
        text: &str,
    ) -> Option<u8> {
        let key = key(paragraph, style, styles)?;
        let text = clean_with_marks(text);
        let size = text.chars().count();
        let ended = terminated(&text) && !text.ends_with(':');
        let numbered = Label::at_start(&text)
            .is_some_and(|label| !matches!(label.kind, LabelKind::Capital(_)));
        // Styles of headings are used for numbered paragraphs, so that Word numbers them.
        if size > HEADING_CHARS || ended && (numbered || size > SENTENCE_CHARS) {
            return None;
        }
        let at = self.keys.iter().position(|other| *other == key)?;
        u8::try_from(at + 1).ok()
    }
}

fn collect(items: &[Item], styles: &Styles, keys: &mut BTreeSet<Key>) {
    for item in items {
        match item {
            Item::Paragraph(paragraph) => {
                let style = styles.of(paragraph.properties.style.as_deref());
                keys.extend(key(paragraph, style, styles));
                collect(&paragraph.boxes, styles, keys);
            }
            Item::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    collect(&cell.items, styles, keys);
                }
            }
        }
    }
}

fn key(paragraph: &Paragraph, style: &Style, styles: &Styles) -> Option<Key> {
    let outline = paragraph.properties.outline.or(style.paragraph.outline)?;
    let run = paragraph.runs.iter().find(
        |run| matches!(&run.piece, Piece::Text(text) if text.contains(char::is_alphanumeric)),
    )?;
    let bold = styles.look(style, &run.properties).bold;
    // Set back to plain type by hand: units under the heading of a table, in its style.
    if !bold && style.paragraph.mark.bold == Some(true) {
        return None;
    }
    (outline < TEXT).then(|| (outline, Reverse(styles.size(style, &run.properties)), !bold))
}
