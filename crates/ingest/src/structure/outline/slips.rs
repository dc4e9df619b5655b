//! Slips of print and of markup that the text of the paragraphs or their order corrects.

use super::super::block::{Block, Shape};
use super::super::labels::BULLETS;
use super::{Form, number_of, opens_scope};

/// Makes items of a list of paragraphs whose bullet is part of their text.
pub(super) fn with_bullets(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        let is_plain = block.shape == Shape::Body && block.label.is_none();
        let text = block.text.strip_prefix(BULLETS).filter(|_| is_plain).map(str::trim_start);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            block.text = text.to_owned();
            block.shape = Shape::Bullet;
        }
    }
    blocks
}

/// Takes the number off a text that prints the number it has in the markup once more.
pub(super) fn with_labels_once(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        let Some(label) = block.label.as_deref() else { continue };
        if let Some(text) = behind_label(&block.text, label) {
            block.text = text.to_owned();
        }
    }
    blocks
}

/// The text behind a number with its full stop, or with the parenthesis that it has in the markup too: without
/// either `A` may be a word, and `(1)` behind `1` begins a list inside the paragraph.
fn behind_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(label)?;
    let rest = if label.ends_with(['.', ')']) { rest } else { rest.strip_prefix('.')? };
    let behind = rest.trim_start();
    (behind.len() < rest.len() && !behind.is_empty()).then_some(behind)
}

/// Gives a resolution's preamble the paragraphs at its end that the markup has behind it: they end with a comma,
/// as operative paragraphs do not. The last of a section is operative however it ends.
pub(super) fn with_whole_preamble(mut blocks: Vec<Block>, form: Form) -> Vec<Block> {
    let mut in_preamble = false;
    if form != Form::Resolution {
        return blocks;
    }
    for at in 0..blocks.len() {
        let Some([block, rest @ ..]) = blocks.get_mut(at..) else { break };
        let is_plain = block.shape == Shape::Body && block.label.is_none();
        let goes_on = |next: &Block| matches!(next.shape, Shape::Body | Shape::Preambular);
        let is_last = !rest.first().is_some_and(goes_on);
        if in_preamble && is_plain && !is_last && block.text.ends_with(',') {
            block.shape = Shape::Preambular;
        }
        in_preamble = match block.shape {
            Shape::Opening => true,
            // What comes behind a colon is part of it.
            Shape::Preambular => !block.text.ends_with(':'),
            _ => false,
        };
    }
    blocks
}

/// Numbers in a row that may lack their full stop.
const MISSING: u32 = 3;

/// Takes the number off a paragraph that prints it without a full stop, `43 Invites` or `43, Invites`, where
/// that number is due: before 44, or behind 42 where no number comes.
pub(super) fn with_due_numbers(mut blocks: Vec<Block>) -> Vec<Block> {
    let following = following_numbers(&blocks);
    let mut last = 0;
    for (block, next) in blocks.iter_mut().zip(following) {
        if opens_scope(block) {
            last = 0;
            continue;
        }
        if let Some(number) = number_of(block) {
            last = number;
            continue;
        }
        if block.shape != Shape::Body || block.label.is_some() {
            continue;
        }
        let due = last + 1;
        let is_due = next.map_or(last > 0, |next| (due + 1..=due + MISSING).contains(&next));
        let printed = due.to_string();
        if let Some(text) = behind_number(&block.text, &printed).filter(|_| is_due) {
            block.text = text.to_owned();
            block.label = Some(printed);
            last = due;
        }
    }
    blocks
}

/// The number that comes next behind each block, before an annex or another resolution begins.
fn following_numbers(blocks: &[Block]) -> Vec<Option<u32>> {
    let mut next = None;
    let mut following: Vec<Option<u32>> = blocks
        .iter()
        .rev()
        .map(|block| {
            let behind = next;
            next = if opens_scope(block) { None } else { number_of(block).or(next) };
            behind
        })
        .collect();
    following.reverse();
    following
}

/// The text of a paragraph behind a number without full stop. It begins with a capital, and ends as
/// paragraphs do: a date does neither.
fn behind_number<'t>(text: &'t str, number: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(number)?;
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let behind = rest.trim_start();
    let parted = behind.len() < rest.len();
    let whole = text.ends_with(['.', ';', ':', ',']);
    (parted && whole && behind.starts_with(char::is_uppercase)).then_some(behind)
}
