//! The headings a paragraph stands under.

use undex_document::Step;

use super::super::block::{Block, Shape};
use super::super::labels::{Label, LabelKind, roman_value};
use super::super::words::{heads_contents, heads_summary, is_caption_number};
use super::number_of;

/// Ranks of headings, outermost first. Gaps leave room for headings that follow one another.
const ATTACHMENT: u32 = 1;
const ROMAN: u32 = 100;
const LETTER: u32 = 200;
const NUMBER: u32 = 300;
const PLAIN: u32 = 400;

/// Headings open at once. Outlines nest six, but a list of contents taken for headings nests as far as
/// it is long, and each paragraph under it carries them all.
pub(crate) const TRAIL_HEADINGS: usize = 64;

/// Characters of one heading in the trails of the paragraphs under it; the longest seen has 360.
const TRAIL_CHARS: usize = 1_000;

#[derive(Clone, Debug)]
struct Open {
    rank: u32,
    level: Option<u8>,
    text: String,
    section: Option<String>,
}

/// The headings that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct HeadingStack {
    open: Vec<Open>,
    /// Whether the block before was a heading: a plain heading after a heading stands under it.
    adjacent: bool,
    letter: Option<u32>,
}

impl HeadingStack {
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Text has come since the last heading.
    pub(super) fn content(&mut self) {
        self.adjacent = false;
    }

    /// Drops everything but the annex that an appendix belongs to.
    pub(super) fn keep_attachment(&mut self) {
        self.open.truncate(1);
        self.open.retain(|open| open.rank == ATTACHMENT);
        self.adjacent = false;
    }

    /// Opens an annex or appendix. Its level in markup is that of its title, which it is above.
    pub(super) fn push_attachment(&mut self, block: &Block) {
        let rank = self.open.last().map_or(ATTACHMENT, |open| open.rank + 1);
        self.open.truncate(TRAIL_HEADINGS - 1);
        self.open.push(Open { rank, level: None, text: cut(&block.text), section: None });
        self.adjacent = true;
        self.letter = None;
    }

    pub(super) fn push(&mut self, block: &Block, level: Option<u8>) {
        let numeral = bare_numeral(&block.text).map(str::to_owned);
        let label = block.label.clone().or(numeral);
        let rank = self.rank(label.as_deref());
        let numbered = label.is_some();
        self.open.retain(|open| match (open.level, level) {
            // Numerals, letters and numbers tell more surely than markup which is the outer one.
            _ if numbered && open.section.is_some() && open.rank != rank => open.rank < rank,
            (Some(outer), Some(inner)) => outer < inner && open.rank <= rank,
            _ => open.rank < rank,
        });
        let text = heading_name(block.label.as_deref(), &block.text);
        self.open.truncate(TRAIL_HEADINGS - 1);
        self.open.push(Open { rank, level, text, section: label });
        self.adjacent = true;
    }

    /// Whether the heading before was a bare numeral, so that a heading now is its title.
    pub(super) fn awaits_title(&self) -> bool {
        self.adjacent
            && self.open.last().is_some_and(|open| {
                open.section.as_deref() == Some(open.text.trim_end_matches('.'))
            })
    }

    /// Gives the bare numeral before its title.
    pub(super) fn title(&mut self, title: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text = heading_name(Some(open.text.trim_end_matches('.')), title);
        }
    }

    fn rank(&mut self, label: Option<&str>) -> u32 {
        let Some(label) = label else {
            return match self.open.last() {
                Some(open) if self.adjacent && open.rank < ROMAN => open.rank + 1,
                Some(open) if self.adjacent && open.rank >= PLAIN => open.rank + 1,
                _ => PLAIN,
            };
        };
        if label.bytes().all(|b| b.is_ascii_digit()) {
            return NUMBER;
        }
        let letter = single_letter(label);
        // C, D, I, V, X are both; a letter that is due is a letter.
        let due = letter.is_some() && letter == self.letter.map_or(Some(1), |last| Some(last + 1));
        let roman = roman_value(label).is_some();
        if letter.is_some() && (due || !roman) {
            self.letter = letter;
            return LETTER;
        }
        self.letter = None;
        ROMAN
    }

    /// The headings from the outermost in; without the last when it is the paragraph itself.
    pub(super) fn trail(&self, without_last: bool) -> Vec<String> {
        let end = self.open.len() - usize::from(without_last && !self.open.is_empty());
        self.open.iter().take(end).map(|open| open.text.clone()).collect()
    }

    /// The numbered sections that are open.
    pub(super) fn sections(&self) -> impl Iterator<Item = Step> + '_ {
        self.open.iter().filter_map(|open| open.section.as_deref().map(section))
    }

    /// The innermost heading without a number.
    pub(super) fn last_plain(&self) -> Option<&str> {
        self.open.last().filter(|open| open.section.is_none()).map(|open| open.text.as_str())
    }
}

/// The step of a heading's label. `a)` and `(a)` are one: a pinpoint is the same in every language.
fn section(label: &str) -> Step {
    let letter = label.strip_suffix(')').filter(|rest| !rest.starts_with('('));
    Step::Section(letter.map_or_else(|| label.to_owned(), |letter| format!("({letter})")))
}

/// A heading as the paragraphs under it name it: `IV. Title`. One longer than any real one is cut.
pub(crate) fn heading_name(label: Option<&str>, text: &str) -> String {
    match label {
        Some(label) if text.is_empty() => cut(&format!("{label}.")),
        Some(label) => cut(&format!("{label}. {text}")),
        None => cut(text),
    }
}

/// At most [`TRAIL_CHARS`] of a text, the last of them telling that there was more.
fn cut(text: &str) -> String {
    match text.char_indices().nth(TRAIL_CHARS) {
        None => text.to_owned(),
        Some(_) => text.chars().take(TRAIL_CHARS - 1).chain(['\u{2026}']).collect(),
    }
}

fn single_letter(label: &str) -> Option<u32> {
    let mut bytes = label.bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b), None) if b.is_ascii_uppercase() => Some(u32::from(b - b'A') + 1),
        _ => None,
    }
}

/// Makes headings of lines that templates of the UN set in the type of the text: those above the contents and the
/// summary of a report, and the number of a table or figure above its title.
pub(super) fn with_rubrics(mut blocks: Vec<Block>) -> Vec<Block> {
    for at in 0..blocks.len() {
        let Some([block, below @ ..]) = blocks.get_mut(at..) else { break };
        if block.shape != Shape::Body || block.label.is_some() {
            continue;
        }
        let text = block.text.as_str();
        let titled = below.first().is_some_and(|below| matches!(below.shape, Shape::Heading(_)));
        if heads_contents(text) || heads_summary(text) || titled && is_caption_number(text) {
            block.shape = Shape::Heading(None);
        }
    }
    blocks
}

/// Gives headings their labels: `IV. Title` and `IV Title`.
pub(super) fn with_labels(mut blocks: Vec<Block>) -> Vec<Block> {
    part_letters(&mut blocks);
    let mut last_roman = 0;
    for block in blocks.iter_mut().filter(|block| matches!(block.shape, Shape::Heading(_))) {
        if block.label.is_none() {
            label_heading(block, last_roman);
        }
        let numeral = block.label.as_deref().or_else(|| bare_numeral(&block.text));
        if let Some(value) = numeral.and_then(roman_value) {
            last_roman = value;
        }
    }
    blocks
}

/// Characters of a heading that begins with a small letter; a point without full stop may be as long.
const LETTERED_CHARS: usize = 150;

/// Makes headings of lettered lines between numbered paragraphs: `(b) Training` below the end of paragraph 26
/// and above paragraph 27. A point stands below a colon or another point, and ends with a sign of punctuation.
pub(super) fn with_lettered(mut blocks: Vec<Block>) -> Vec<Block> {
    for at in 1..blocks.len() {
        let (before, rest) = blocks.split_at_mut(at);
        let ([.., before], [block, next, ..]) = (before, rest) else { break };
        let label = block.label.as_deref().filter(|_| block.shape == Shape::Body);
        let kind = label.and_then(Label::from_printed).map(|label| label.kind);
        let parted = match before.shape {
            Shape::Heading(_) => true,
            Shape::Body => ends_sentence(&before.text),
            _ => false,
        };
        let titled = block.text.chars().count() <= LETTERED_CHARS
            && block.text.starts_with(char::is_uppercase)
            && block.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '”' | '»'));
        let between = matches!(kind, Some(LabelKind::Point(_))) && number_of(next).is_some();
        if parted && titled && between {
            block.shape = Shape::Heading(None);
            if let Some(label) = block.label.take() {
                block.text = format!("{label} {}", block.text);
            }
        }
    }
    blocks
}

/// Whether a paragraph is at its end, quotation marks and parentheses aside.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '»', ')', ' ', '\u{a0}']).ends_with(['.', '!', '?'])
}

/// Takes letters without full stop off headings, where they follow one another: `A Scale of pay`, then
/// `B Pensions`. One alone may be a word.
fn part_letters(blocks: &mut [Block]) {
    let lettered = |block: &Block| -> Option<u8> {
        let heads = matches!(block.shape, Shape::Heading(_)) && block.label.is_none();
        let (letter, title) = block.text.split_once(' ').filter(|_| heads)?;
        let &[letter] = letter.as_bytes() else { return None };
        let titled = title.trim_start().starts_with(char::is_uppercase);
        (letter.is_ascii_uppercase() && titled).then_some(letter)
    };
    let letters: Vec<(usize, u8)> =
        blocks.iter().enumerate().filter_map(|(at, block)| Some((at, lettered(block)?))).collect();
    let mut due = None;
    for (number, (at, letter)) in letters.iter().enumerate() {
        let next = letters.get(number + 1).map(|(_, next)| *next);
        let begins = *letter == b'A' && next == Some(b'B');
        if !begins && due != Some(*letter) {
            continue;
        }
        due = letter.checked_add(1);
        if let Some(block) = blocks.get_mut(*at) {
            block.label = Some(char::from(*letter).to_string());
            block.text = block.text.get(2..).unwrap_or_default().trim_start().to_owned();
        }
    }
}

/// The numeral or letter of a heading that is nothing else: its title stands on the next line.
pub(super) fn bare_numeral(text: &str) -> Option<&str> {
    let bare = text.trim().trim_end_matches('.');
    let alone = !bare.is_empty()
        && bare.bytes().all(|b| b.is_ascii_uppercase())
        && (roman_value(bare).is_some() || bare.len() == 1);
    alone.then_some(bare)
}

fn label_heading(block: &mut Block, last_roman: u32) {
    let text = block.text.trim();
    if let Some(label) = Label::at_start(text) {
        if !matches!(label.kind, LabelKind::Point(_)) {
            block.label = Some(label.printed);
            block.text = text.get(label.length..).unwrap_or_default().to_owned();
        }
        return;
    }
    // `IV Title` without a full stop: only where that numeral is due.
    if let Some((word, rest)) = text.split_once([' ', '\t']) {
        let due = word.bytes().all(|b| b.is_ascii_uppercase())
            && roman_value(word).is_some_and(|value| value == last_roman + 1);
        if due && rest.trim_start().starts_with(char::is_uppercase) {
            block.label = Some(word.to_owned());
            block.text = rest.trim_start().to_owned();
        }
    }
}
