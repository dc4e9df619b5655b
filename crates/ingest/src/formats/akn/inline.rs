//! Elements to text, with their footnotes beside it.

use undex_document::Note;

use super::tree::{Element, Node};
use crate::normal_form::clean;

/// The text of an element without its footnotes, which are returned in the order of their marks.
pub(super) fn flatten(element: &Element) -> (String, Vec<Note>) {
    let mut text = String::new();
    let mut notes = Vec::new();
    walk(element, &mut text, &mut notes);
    (clean(&text), notes)
}

/// The text of an element.
pub(super) fn plain(element: &Element) -> String {
    flatten(element).0
}

fn walk(element: &Element, text: &mut String, notes: &mut Vec<Note>) {
    for node in &element.children {
        match node {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(child) => match child.name.as_str() {
                "authorialNote" => note(child, notes),
                "sup" => superscript(child, text, notes),
                "eol" => text.push(' '),
                // Blocks inside blocks: their words must not run together.
                "p" | "item" | "listIntroduction" | "num" | "td" | "th" | "tr" | "blockList" => {
                    text.push(' ');
                    walk(child, text, notes);
                    text.push(' ');
                }
                _ => walk(child, text, notes),
            },
        }
    }
}

fn note(element: &Element, notes: &mut Vec<Note>) {
    let (text, _) = flatten(element);
    let mark = element.attribute("marker").unwrap_or_default().trim().to_owned();
    notes.push(Note { mark, text });
}

/// Superscripts: ordinals stay glued to their number (`25º`, `1er`); a number that is the mark of an
/// earlier note is a second reference to it and leaves the text; others are kept.
fn superscript(element: &Element, text: &mut String, notes: &[Note]) {
    let content = plain(element);
    // Markup that was set out in lines has them between a number and the ending of its ordinal.
    let (bare, ending) = (text.trim_end().len(), content.chars().all(char::is_alphabetic));
    let laid_out = text.get(bare..).is_some_and(|space| space.contains('\n'));
    if laid_out && ending && text.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        text.truncate(bare);
    }
    let after_digit = text.ends_with(|c: char| c.is_ascii_digit());
    let number = content.parse::<u32>().ok();
    if number.is_some() && !after_digit {
        let exponent = text.chars().rev().take_while(|c| c.is_alphabetic()).count() <= 2
            && text.ends_with(char::is_alphabetic)
            && !notes.iter().any(|note| note.mark == content);
        if !exponent {
            return;
        }
    }
    match content.as_str() {
        "o" if after_digit => text.push('º'),
        "a" if after_digit => text.push('ª'),
        other => text.push_str(other),
    }
    // The space that follows an ordinal is often inside the superscript.
    let last = element.children.last();
    if let Some(Node::Text(raw)) = last
        && raw.ends_with(char::is_whitespace)
    {
        text.push(' ');
    }
}
