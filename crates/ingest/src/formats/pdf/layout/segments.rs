//! The segments of a row: text between wide gaps, divided into words where space is seen.

use super::super::Style;
use super::super::page::{Artifact, Glyph};
use super::baselines::Position;
use crate::normal_form::{MARK_END, MARK_START};

/// Visible space, in shares of the size, below which a space in the file is none: some files hold
/// spaces inside words that take no room.
const NO_SPACE: f32 = 0.06;

/// Visible space between glyphs without a space in the file that still parts words, as a share of
/// the width of the font's own space; justification stretches letters less than that.
const WORD_GAP: f32 = 0.62;

/// The same where a row holds spaces of its own, so that its words are parted by them already.
const WORD_GAP_SPACED: f32 = 0.85;

/// Visible space, in shares of the size, that parts segments. Justified lines have gaps of up to 1.2.
const SEGMENT_GAP: f32 = 1.5;

/// Visible space, in shares of the size, at which columns may part a segment when other rows show
/// that one begins there.
const WIDE: f32 = 0.7;

/// In rows with wide gaps throughout, how many times their median a gap has to be to part segments.
const SEGMENT_RATIO: f32 = 2.6;

/// The widest space between words, in shares of the size, that justification makes usual in a row.
const WIDEST_WORD_GAP: f32 = 1.2;

/// The longest footnote mark in digits; asterisks go up to four.
const MARK_DIGITS: usize = 3;

/// The share of a segment's letters that makes it bold or italic.
const STYLED_SHARE: f32 = 0.9;

/// Text between wide gaps on one baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Segment {
    /// Left and right edge, in points.
    pub x0: f32,
    pub x1: f32,
    /// Its text; footnote marks between their signs.
    pub text: String,
    /// Size of most of its type.
    pub size: f32,
    /// Whether nearly all its letters are bold, or italic.
    pub bold: bool,
    pub italic: bool,
    /// Wide spaces inside it: bytes of the text before each, and where it begins and ends. The
    /// columns of a table may stand closer than justified words.
    pub gaps: Vec<(usize, f32, f32)>,
    /// Whether nearly all its letters are one or the other.
    pub styled: bool,
    /// Whether raised type begins it.
    pub raised: bool,
    /// Whether the file itself says that it belongs to the page.
    pub artifact: bool,
}

/// A glyph in its place in the row.
#[derive(Clone, Copy)]
pub(super) struct Placed<'p> {
    pub glyph: &'p Glyph,
    pub position: Position,
}

/// Space before a glyph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    None,
    Word,
    Segment,
}

/// Divides the glyphs of a row into segments, and their text into words.
pub(super) fn segments(placed: &[Placed<'_>], styles: &[Style], size: f32) -> Vec<Segment> {
    let inked: Vec<(Placed<'_>, bool)> = with_spaces(placed);
    let gaps: Vec<f32> = inked
        .windows(2)
        .filter_map(|pair| match pair {
            [(a, _), (b, _)] => Some(b.glyph.x - (a.glyph.x + a.glyph.width)),
            _ => None,
        })
        .collect();
    let spaces = inked.iter().filter(|(_, space)| *space).count();
    let spaced = spaces * 14 >= inked.len() && spaces > 0;
    let usual = median_word_gap(&gaps, size);
    let widest = (SEGMENT_GAP * size).max(SEGMENT_RATIO * usual);
    let mut out: Vec<Writer> = Vec::new();
    for (at, (placed, space)) in inked.iter().enumerate() {
        let gap = at.checked_sub(1).and_then(|before| gaps.get(before)).copied();
        let before = match gap {
            None => Space::Segment,
            Some(gap) if gap > widest => Space::Segment,
            Some(gap) if *space && gap > NO_SPACE * size => Space::Word,
            Some(gap) => {
                let share = if spaced { WORD_GAP_SPACED } else { WORD_GAP };
                let own = placed.glyph.space_width.max(0.15 * size);
                if gap > share * own { Space::Word } else { Space::None }
            }
        };
        if before == Space::Segment {
            out.push(Writer::default());
        }
        if let Some(writer) = out.last_mut() {
            if let Some(gap) = gap.filter(|gap| before == Space::Word && *gap > WIDE * size) {
                writer.segment.gaps.push((
                    writer.segment.text.len(),
                    placed.glyph.x - gap,
                    placed.glyph.x,
                ));
            }
            writer.push(placed, before == Space::Word, styles);
        }
    }
    out.into_iter().filter_map(Writer::finish).collect()
}

/// The glyphs that are no spaces, each with whether the file has a space before it.
fn with_spaces<'p>(placed: &[Placed<'p>]) -> Vec<(Placed<'p>, bool)> {
    let mut out = Vec::with_capacity(placed.len());
    let mut space = false;
    for placed in placed {
        if placed.glyph.text.is_space() {
            space = true;
        } else {
            out.push((*placed, std::mem::take(&mut space)));
        }
    }
    out
}

fn median_word_gap(gaps: &[f32], size: f32) -> f32 {
    let mut words: Vec<f32> = gaps.iter().copied().filter(|gap| *gap > 0.12 * size).collect();
    if words.len() < 4 {
        return 0.0;
    }
    words.sort_by(f32::total_cmp);
    // The gaps between the cells of a table are no gaps between words.
    words.get(words.len() / 2).copied().filter(|gap| *gap < WIDEST_WORD_GAP * size).unwrap_or(0.0)
}

/// Whether a text ends in a unit of length, whose raised 2 or 3 makes an area or a volume of it.
fn ends_in_unit(text: &str) -> bool {
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["m", "km", "cm", "mm", "dm", "ft"].contains(&word)
}

/// A segment in the making.
#[derive(Default)]
struct Writer {
    segment: Segment,
    started: bool,
    /// Raised glyphs that may be a mark.
    raised: String,
    letters: f32,
    /// Letters without asterisks.
    shaped: f32,
    bold: f32,
    italic: f32,
    styled: f32,
    artifact: f32,
    sizes: Vec<f32>,
}

impl Writer {
    fn push(&mut self, placed: &Placed<'_>, space: bool, styles: &[Style]) {
        let glyph = placed.glyph;
        if !self.started {
            self.started = true;
            self.segment.x0 = glyph.x;
            self.segment.raised = placed.position == Position::Raised;
        }
        self.segment.x1 = self.segment.x1.max(glyph.x + glyph.width);
        if placed.position == Position::Raised {
            if space {
                self.raised.push(' ');
            }
            self.raised.push_str(glyph.text.as_str());
            return;
        }
        self.flush_raised();
        if space && !self.segment.text.is_empty() {
            self.segment.text.push(' ');
        }
        // Private-use characters would be taken for the signs around marks.
        let text = glyph.text.as_str();
        self.segment.text.extend(text.chars().filter_map(|c| match c {
            // The bullets of symbol fonts.
            '\u{F0B7}' | '\u{F0A7}' | '\u{F06C}' => Some('•'),
            '\u{E000}'..='\u{F8FF}' => None,
            c => Some(c),
        }));
        self.artifact += f32::from(u8::from(glyph.artifact == Artifact::Pagination));
        self.letters += 1.0;
        self.sizes.push(glyph.size);
        // The asterisk of a note is set in its own way.
        if text == "*" {
            return;
        }
        let style = styles.get(usize::from(glyph.style));
        self.shaped += 1.0;
        self.bold += f32::from(u8::from(style.is_some_and(|style| style.bold)));
        self.italic += f32::from(u8::from(style.is_some_and(|style| style.italic)));
        self.styled += f32::from(u8::from(style.is_some_and(|style| style.bold || style.italic)));
    }

    /// Raised digits and asterisks are marks, one for each number; raised letters are text.
    fn flush_raised(&mut self) {
        let raised = std::mem::take(&mut self.raised);
        if raised.is_empty() {
            return;
        }
        let token = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        let tokens: Vec<&str> = raised.split(token).filter(|t| !t.is_empty()).collect();
        let mark = |t: &&str| {
            t.bytes().all(|b| b.is_ascii_digit()) && t.len() <= MARK_DIGITS
                || t.bytes().all(|b| b == b'*')
        };
        let power = matches!(tokens.as_slice(), ["2" | "3"]) && ends_in_unit(&self.segment.text);
        if !tokens.is_empty() && !power && tokens.iter().all(mark) {
            for token in tokens {
                self.segment.text.push(MARK_START);
                self.segment.text.push_str(token);
                self.segment.text.push(MARK_END);
            }
            if raised.ends_with(char::is_whitespace) {
                self.segment.text.push(' ');
            }
        } else {
            self.segment.text.push_str(&raised);
        }
    }

    fn finish(mut self) -> Option<Segment> {
        self.flush_raised();
        let text = self.segment.text.trim();
        if text.is_empty() {
            return None;
        }
        self.segment.text = text.to_owned();
        let nearly_all = |styled: f32| self.shaped > 0.0 && styled >= STYLED_SHARE * self.shaped;
        self.segment.bold = nearly_all(self.bold);
        self.segment.italic = nearly_all(self.italic);
        self.segment.styled = nearly_all(self.styled);
        self.segment.artifact = self.letters > 0.0 && self.artifact >= self.letters;
        self.sizes.sort_by(f32::total_cmp);
        self.segment.size = self.sizes.get(self.sizes.len() / 2).copied().unwrap_or(0.0);
        Some(self.segment)
    }
}
