//! Slips of print and of markup that the order of the paragraphs corrects.

use super::super::block::{Block, Shape};
use super::{Form, number_of, opens_scope};

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

/// Takes the number off a paragraph that prints it without a full stop, `43 Invites` or `43, Invites`, where
/// that number is due: between 42 and 44, or behind 42 where no number comes.
pub(super) fn with_due_numbers(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut last = 0;
    for at in 0..blocks.len() {
        let Some((block, rest)) = blocks.get_mut(at..).and_then(<[Block]>::split_first_mut) else {
            break;
        };
        if opens_scope(block) {
            last = 0;
            continue;
        }
        if let Some(number) = number_of(block) {
            last = number;
            continue;
        }
        if last == 0 || block.shape != Shape::Body || block.label.is_some() {
            continue;
        }
        let due = (last + 1).to_string();
        let Some(text) = behind_number(&block.text, &due) else { continue };
        let mut scope = rest.iter().take_while(|block| !opens_scope(block));
        let next = scope.find_map(|block| {
            number_of(block).or_else(|| {
                let plain = block.shape == Shape::Body && block.label.is_none();
                let slip = (last + 2).to_string();
                behind_number(&block.text, &slip).filter(|_| plain).map(|_| last + 2)
            })
        });
        if next.is_none_or(|next| next == last + 2) {
            block.text = text.to_owned();
            block.label = Some(due);
            last += 1;
        }
    }
    blocks
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
