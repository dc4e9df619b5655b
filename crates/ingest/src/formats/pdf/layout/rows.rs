//! Glyphs to rows: what stands on one baseline, raised and lowered type with it, divided into
//! segments where wide space parts columns, a label from its text, or a cell from the next.

use super::super::Style;
use super::super::page::{Artifact, Glyph, Page};
use super::direction;
use crate::normal_form::{MARK_END, MARK_START};

/// Two baselines are one when they differ by less than this share of the type size: rounding and
/// type of several sizes on one line stay below it, the closest lines are 0.9 apart.
const SAME_BASELINE: f32 = 0.2;

/// Raised type is at most this share of the type beside it.
const RAISED_SIZE: f32 = 0.86;

/// Raised type stands this far above its neighbour's baseline, in shares of the neighbour's size;
/// Word raises by a third, Distiller files by up to a half.
const RAISED_BY: std::ops::Range<f32> = 0.08..0.75;

/// Lowered type stands at most this far below.
const LOWERED_BY: std::ops::Range<f32> = 0.04..0.35;

/// How near raised or lowered type is to what it belongs to, in shares of the size: in justified lines
/// the space before it is as wide as between words.
const TOUCHING: f32 = 1.1;

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

/// Dots one after the other that lead from a title to its page; an ellipsis has three or four.
const LEADER: usize = 5;

/// The longest footnote mark in digits; asterisks go up to four.
const MARK_DIGITS: usize = 3;

/// How far, as a share of it, the size of recognised text strays from what was printed.
const UNEVEN: f32 = 0.3;

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

/// One line on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Its baseline, in points from the top.
    pub y: f32,
    /// Size of most of its type.
    pub size: f32,
    /// At least one, from left to right.
    pub segments: Vec<Segment>,
    /// The number of segments before a line of dots that leads to a page number.
    pub leader: Option<usize>,
}

impl Row {
    /// Parts its segments where a wide space ends at the start of a column.
    pub(super) fn part(&mut self, starts: impl Fn(f32) -> bool) {
        let mut out: Vec<Segment> = Vec::with_capacity(self.segments.len());
        for mut segment in std::mem::take(&mut self.segments) {
            while let Some(at) = segment.gaps.iter().position(|(_, _, end)| starts(*end)) {
                let Some((bytes, x1, x0)) = segment.gaps.get(at).copied() else { break };
                let rest = segment.text.split_off(bytes.min(segment.text.len()));
                let gaps = segment.gaps.split_off(at);
                let shift = bytes + rest.len() - rest.trim_start().len();
                let next = Segment {
                    x0,
                    text: rest.trim_start().to_owned(),
                    gaps: gaps
                        .into_iter()
                        .skip(1)
                        .map(|(b, a, c)| (b.saturating_sub(shift), a, c))
                        .collect(),
                    raised: false,
                    ..segment.clone()
                };
                segment.x1 = x1;
                segment.text.truncate(segment.text.trim_end().len());
                out.push(std::mem::replace(&mut segment, next));
            }
            out.push(segment);
        }
        self.segments = out;
    }

    pub(super) fn x0(&self) -> f32 {
        self.segments.first().map_or(0.0, |segment| segment.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.segments.last().map_or(0.0, |segment| segment.x1)
    }

    /// Its text, segments parted by a space.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&segment.text);
        }
        text
    }
}

/// Glyphs on one baseline and of one size that follow one another.
#[derive(Clone, Debug)]
struct Run {
    y: f32,
    size: f32,
    x0: f32,
    x1: f32,
    glyphs: Vec<usize>,
}

/// The rows of a page, from top to bottom. Recognised text under a scan counts where nothing else is
/// written.
pub(super) fn rows(page: &Page, styles: &[Style]) -> Vec<Row> {
    let written = page.glyphs.iter().filter(|g| !g.hidden && !g.text.is_space()).count();
    let hidden = page.glyphs.iter().filter(|g| g.hidden && !g.text.is_space()).count();
    let scanned = hidden > written;
    let shown = |glyph: &Glyph| {
        glyph.upright
            && (scanned || !glyph.hidden)
            && glyph.size > 0.5
            && !styles.get(usize::from(glyph.style)).is_some_and(|style| style.barcode)
    };
    let lines = baselines(runs(page, shown));
    let mut rows: Vec<Row> = lines.iter().filter_map(|line| row(page, styles, line)).collect();
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    if scanned {
        even_sizes(&mut rows);
    }
    rows
}

/// Recognised text has a size of its own for every word: what differs a little from most is the same.
fn even_sizes(rows: &mut [Row]) {
    let mut sizes: Vec<f32> = rows.iter().map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    for row in rows {
        if (row.size - usual).abs() < UNEVEN * usual {
            row.size = usual;
        }
    }
}

/// Drawn one after the other, glyphs on one baseline are one run.
fn runs(page: &Page, shown: impl Fn(&Glyph) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, glyph) in page.glyphs.iter().enumerate() {
        if !shown(glyph) {
            continue;
        }
        let blank = glyph.text.is_space();
        let open = runs.last_mut().filter(|run| {
            (run.y - glyph.y).abs() < 0.05 * run.size
                && ((run.size - glyph.size).abs() < 0.05 * run.size || blank)
                && glyph.x >= run.x1 - 0.5 * run.size
                && glyph.x <= run.x1 + 40.0 * run.size
        });
        match open {
            Some(run) => {
                run.glyphs.push(at);
                run.x1 = run.x1.max(glyph.x + glyph.width);
            }
            // Space before anything else says nothing.
            None if blank => {}
            None => runs.push(Run {
                y: glyph.y,
                size: glyph.size,
                x0: glyph.x,
                x1: glyph.x + glyph.width,
                glyphs: vec![at],
            }),
        }
    }
    runs
}

/// What stands on one baseline: a main line, and raised or lowered runs that touch it.
#[derive(Clone, Debug, Default)]
struct Baseline {
    y: f32,
    size: f32,
    runs: Vec<(Run, Position)>,
}

/// Where a run stands to its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    On,
    Raised,
    Lowered,
}

fn baselines(mut runs: Vec<Run>) -> Vec<Baseline> {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Baseline> = Vec::new();
    for run in runs {
        let found = lines.iter_mut().rev().take(6).find(|line| {
            (line.y - run.y).abs() <= SAME_BASELINE * line.size.min(run.size)
                && !raised_beside(&run, line)
        });
        match found {
            Some(line) => {
                // The line's size is that of its longest run.
                let length = |run: &Run| run.x1 - run.x0;
                let longest = line.runs.iter().map(|(run, _)| length(run)).fold(0.0, f32::max);
                if length(&run) > longest {
                    line.size = run.size;
                    line.y = run.y;
                }
                line.runs.push((run, Position::On));
            }
            None => {
                lines.push(Baseline { y: run.y, size: run.size, runs: vec![(run, Position::On)] });
            }
        }
    }
    gather_raised(lines)
}

/// Whether a run that is nearly on a line is small type raised a little.
fn raised_beside(run: &Run, line: &Baseline) -> bool {
    run.size <= RAISED_SIZE * line.size && line.y - run.y > RAISED_BY.start * line.size
}

/// Moves raised and lowered runs to the line they touch.
fn gather_raised(mut lines: Vec<Baseline>) -> Vec<Baseline> {
    let mut moves: Vec<(usize, usize, usize, Position)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (number, (run, _)) in line.runs.iter().enumerate() {
            let near = at.saturating_sub(4)..(at + 5).min(lines.len());
            let host = near.filter(|other| *other != at).find_map(|other| {
                let host = lines.get(other)?;
                let position = position(run, host)?;
                touches(run, host).then_some((other, position))
            });
            if let Some((other, position)) = host {
                moves.push((at, number, other, position));
            }
        }
    }
    let mut taken: Vec<(usize, Run, Position)> = Vec::new();
    for (from, number, to, position) in moves.into_iter().rev() {
        if let Some(line) = lines.get_mut(from).filter(|line| number < line.runs.len()) {
            let (run, _) = line.runs.remove(number);
            taken.push((to, run, position));
        }
    }
    for (to, run, position) in taken {
        if let Some(line) = lines.get_mut(to) {
            line.runs.push((run, position));
        }
    }
    lines.retain(|line| !line.runs.is_empty());
    lines
}

fn position(run: &Run, host: &Baseline) -> Option<Position> {
    if run.size > RAISED_SIZE * host.size {
        return None;
    }
    let up = (host.y - run.y) / host.size;
    if RAISED_BY.contains(&up) {
        Some(Position::Raised)
    } else if LOWERED_BY.contains(&-up) {
        Some(Position::Lowered)
    } else {
        None
    }
}

fn touches(run: &Run, host: &Baseline) -> bool {
    let reach = TOUCHING * host.size;
    host.runs.iter().any(|(other, position)| {
        *position == Position::On
            && other.size > run.size
            && run.x0 <= other.x1 + reach
            && run.x1 >= other.x0 - reach
    })
}

/// A glyph in its place in the row.
#[derive(Clone, Copy)]
struct Placed<'p> {
    glyph: &'p Glyph,
    position: Position,
}

fn row(page: &Page, styles: &[Style], line: &Baseline) -> Option<Row> {
    let mut placed: Vec<Placed<'_>> = Vec::new();
    for (run, position) in &line.runs {
        for at in &run.glyphs {
            placed.extend(page.glyphs.get(*at).map(|glyph| Placed { glyph, position: *position }));
        }
    }
    // Kept in drawing order where glyphs share a place.
    placed.sort_by(|a, b| a.glyph.x.total_cmp(&b.glyph.x));
    drop_underscores(&mut placed);
    let size = line.size;
    if direction::runs_leftward(placed.iter().map(|p| p.glyph)) {
        return leftward(&placed, styles, line);
    }
    let leader = take_leader(&mut placed);
    let mut row = Row { y: line.y, size, segments: Vec::new(), leader: None };
    let split = leader.unwrap_or(0).min(placed.len());
    let (before, after) = placed.split_at(split);
    if leader.is_some() {
        row.segments = segments(before, styles, size);
        row.leader = Some(row.segments.len());
    }
    row.segments.extend(segments(after, styles, size));
    (!row.segments.is_empty()).then_some(row)
}

/// A row that is read from right to left.
fn leftward(placed: &[Placed<'_>], styles: &[Style], line: &Baseline) -> Option<Row> {
    let mirrored: Vec<(Glyph, Position)> =
        placed.iter().map(|p| (direction::mirrored(p.glyph), p.position)).collect();
    let mut placed: Vec<Placed<'_>> =
        mirrored.iter().map(|(glyph, position)| Placed { glyph, position: *position }).collect();
    placed.sort_by(|a, b| a.glyph.x.total_cmp(&b.glyph.x));
    let segments = segments(&placed, styles, line.size);
    let segments: Vec<Segment> = segments.into_iter().rev().map(direction::turned).collect();
    (!segments.is_empty()).then_some(Row { y: line.y, size: line.size, segments, leader: None })
}

/// Takes out a line of dots; answers where it stood among the glyphs.
fn take_leader(placed: &mut Vec<Placed<'_>>) -> Option<usize> {
    let is_dot = |p: &Placed<'_>| {
        let text = p.glyph.text.as_bytes();
        matches!(text, b"." | b"_") || text == "…".as_bytes()
    };
    let (mut best, mut start, mut dots) = (None, 0, 0);
    for (at, p) in placed.iter().enumerate() {
        if is_dot(p) {
            if dots == 0 {
                start = at;
            }
            dots += 1;
            if dots >= LEADER {
                best = Some((start, at + 1));
            }
        } else if !p.glyph.text.is_space() {
            dots = 0;
        }
    }
    // A line of nothing else is a rule.
    let (from, to) = best?;
    let text = |p: &Placed<'_>| !is_dot(p) && !p.glyph.text.is_space();
    placed.iter().any(text).then(|| {
        placed.drain(from..to);
        from
    })
}

/// Underlining was once typed: an underscore in the place of another glyph.
fn drop_underscores(placed: &mut Vec<Placed<'_>>) {
    if !placed.iter().any(|p| p.glyph.text.as_bytes() == b"_") {
        return;
    }
    let letters: Vec<(f32, f32)> = placed
        .iter()
        .filter(|p| p.glyph.text.as_bytes() != b"_" && !p.glyph.text.is_space())
        .map(|p| (p.glyph.x, p.glyph.x + p.glyph.width))
        .collect();
    placed.retain(|p| {
        let (x0, x1) = (p.glyph.x, p.glyph.x + p.glyph.width);
        let middle = (x0 + x1) / 2.0;
        p.glyph.text.as_bytes() != b"_" || !letters.iter().any(|(a, b)| *a < middle && middle < *b)
    });
}

/// Space before a glyph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    None,
    Word,
    Segment,
}

fn segments(placed: &[Placed<'_>], styles: &[Style], size: f32) -> Vec<Segment> {
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
        let style = styles.get(usize::from(glyph.style));
        self.letters += 1.0;
        self.bold += f32::from(u8::from(style.is_some_and(|style| style.bold)));
        self.italic += f32::from(u8::from(style.is_some_and(|style| style.italic)));
        self.styled += f32::from(u8::from(style.is_some_and(|style| style.bold || style.italic)));
        self.artifact += f32::from(u8::from(glyph.artifact == Artifact::Pagination));
        self.sizes.push(glyph.size);
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
        self.segment.bold = self.letters > 0.0 && self.bold >= STYLED_SHARE * self.letters;
        self.segment.italic = self.letters > 0.0 && self.italic >= STYLED_SHARE * self.letters;
        self.segment.styled = self.letters > 0.0 && self.styled >= STYLED_SHARE * self.letters;
        self.segment.artifact = self.letters > 0.0 && self.artifact >= self.letters;
        self.sizes.sort_by(f32::total_cmp);
        self.segment.size = self.sizes.get(self.sizes.len() / 2).copied().unwrap_or(0.0);
        Some(self.segment)
    }
}
