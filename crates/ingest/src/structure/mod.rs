//! Blocks to paragraphs: roles, labels, heading trails and pinpoints.

mod block;
mod labels;
mod numbering;
mod outline;
mod place;
pub(crate) mod words;

pub(crate) use block::{Block, Shape};
pub(crate) use labels::{BULLETS, Label, LabelKind, letter_value, roman_value};
pub(crate) use outline::{Form, TRAIL_HEADINGS, heading_name, paragraphs};
pub(crate) use place::{Place, placed};
