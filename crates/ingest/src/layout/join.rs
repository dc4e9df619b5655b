//! Lines to pieces: one piece for each paragraph, heading, item or row.

use super::Line;
use super::cues::{
    bullet, ends_in_hyphen, follows, goes_on_inside, is_meeting, is_numeral, opens_preambular,
};
use super::line::ends_in_comma;
use super::measure::{FIRST_LINE, Measure};
use super::piece::{Piece, tidy};
use super::url::ends_in_url;
use crate::identity::{MastheadLine, classify, resolution_heading};
use crate::normal_form::LINE_HYPHEN;
use crate::structure::words::is_opening;
use crate::structure::{Label, LabelKind};

/// The longest heading, in characters; titles of agenda items reach 350.
const HEADING_CHARS: usize = 360;

/// Characters in which the words of a signature stand.
const SIGNED_CHARS: usize = 20;

/// Joins the lines of a document.
pub(super) fn pieces(lines: Vec<Line>, measure: &Measure, paged: bool) -> Vec<Piece> {
    let mut joiner = Joiner {
        paged,
        measure: *measure,
        in_head: true,
        in_preamble: false,
        out: Vec::new(),
        letters: Vec::new(),
        last: None,
        number: 0,
    };
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        joiner.line(at, line, lines.get(at + 1..).unwrap_or_default());
    }
    let mut pieces = joiner.out;
    for piece in &mut pieces {
        if !piece.table {
            tidy(piece);
        }
    }
    if !measure.wrapped {
        mark_headings(&mut pieces, &lines);
    }
    pieces
}

struct Joiner {
    /// Whether the source tells pages apart.
    paged: bool,
    measure: Measure,
    /// Whether no sentence has come yet: masthead and titles, whose lines stand by themselves.
    in_head: bool,
    /// Whether the opening line of a resolution has come and its first number has not.
    in_preamble: bool,
    out: Vec<Piece>,
    /// The last lettered label of the items that are open: `b)` at the start of a line is an item
    /// only where `a)` was one.
    letters: Vec<String>,
    last: Option<Line>,
    /// The last number that began a paragraph.
    number: u32,
}

impl Joiner {
    fn line(&mut self, at: usize, line: &Line, following: &[Line]) {
        let label = self.label(line);
        if line.row {
            self.row(at, line);
        } else if self.begins_piece(line, label.as_ref()) {
            self.begin(at, line, following, label);
        } else if let Some(piece) = self.out.last_mut() {
            // A compound broken at its hyphen: `seventy-` or, as some converters set it, `seventy -`.
            let hyphenated =
                line.text.starts_with(char::is_lowercase) && ends_in_hyphen(&piece.text);
            if hyphenated {
                let end = piece.text.trim_end_matches(['-', ' ']).len();
                piece.text.truncate(end);
                piece.text.push('-');
                piece.text.push(LINE_HYPHEN);
            }
            let glued = hyphenated || ends_in_url(&piece.text);
            if !glued {
                piece.text.push(' ');
            }
            piece.lines.push((piece.text.len(), at));
            piece.text.push_str(&line.text);
        }
        let opened = self.in_preamble
            && (is_opening(&line.text)
                || opens_preambular(&line.text)
                || ends_in_comma(&line.text));
        self.in_head &= !line.is_terminated() && !opened && unnumbered(self.out.last());
        self.in_preamble =
            (self.in_preamble || is_opening(&line.text) || self.in_head && self.in_title())
                && unnumbered(self.out.last());
        self.last = Some(line.clone());
    }

    /// The label that begins a line, if it is one here and not a number at the start of a line.
    fn label(&mut self, line: &Line) -> Option<Label> {
        if line.row || line.bullet {
            return None;
        }
        let dotted = || {
            let begins = line.whole && !self.measure.wrapped && line.heading.is_none();
            begins.then(|| Label::dotted_at_start(&line.text)).flatten()
        };
        let label = Label::at_start(&line.text).or_else(dotted)?;
        let open =
            self.last.as_ref().is_some_and(|last| !last.is_terminated() && !self.in_heading());
        match &label.kind {
            LabelKind::Number(value) => {
                // In the middle of a sentence only the number that is due begins a paragraph.
                let due = *value == self.number + 1 || *value == 1;
                if open && self.measure.wrapped && !due {
                    return None;
                }
                self.letters.clear();
                self.number = *value;
            }
            LabelKind::Dotted => self.letters.clear(),
            LabelKind::Point(letters) => {
                let first = matches!(letters.as_str(), "a" | "i");
                let follows = first
                    || self.letters.iter().any(|last| follows(last, letters))
                    || !self.measure.wrapped;
                let inside =
                    |piece: &Piece| goes_on_inside(piece.label.as_deref(), &piece.text, letters);
                if !follows || self.measure.wrapped && self.out.last().is_some_and(inside) {
                    return None;
                }
                self.letters.push(letters.clone());
            }
            LabelKind::Capital(_) => {
                let heading = line.heading.is_some()
                    || self.stands_apart(line)
                    || !self.measure.wrapped
                    || !open && line.indent > 0;
                if !heading {
                    return None;
                }
            }
        }
        Some(label)
    }

    /// Whether more than the usual space stands before a line.
    fn stands_apart(&self, line: &Line) -> bool {
        line.gap > self.measure.gap || line.page_start || self.last.is_none()
    }

    /// Whether the piece that is open is a heading.
    fn in_heading(&self) -> bool {
        self.out.last().is_some_and(|piece| piece.heading.is_some())
    }

    fn begins_piece(&self, line: &Line, label: Option<&Label>) -> bool {
        let Some(last) = &self.last else { return true };
        if label.is_some() || line.bullet || bullet(&line.text).is_some() || line.heading.is_some()
        {
            return true;
        }
        if last.row || last.heading.is_some() {
            return true;
        }
        let lower = line.text.starts_with(|c: char| c.is_lowercase());
        if is_opening(&last.text) || is_opening(&line.text) || is_meeting(&line.text) {
            return true;
        }
        if self.measure.wrapped && (is_numeral(&line.text) || is_numeral(&last.text)) {
            return true;
        }
        if self.measure.wrapped && self.in_head {
            return self.stands_in_head(last, line);
        }
        if self.in_heading() {
            // A heading goes over lines that follow without a gap.
            return self.stands_apart(line) || !self.measure.wrapped;
        }
        let ended = last.is_terminated();
        if !self.measure.wrapped || line.whole {
            // A paragraph that a page broke in two.
            let broken =
                !line.exact && !ended && lower && !last.bold && last.text.chars().count() > 40;
            return !broken;
        }
        // Preambular paragraphs end in commas, and each begins with a verb.
        let ended = ended || self.in_preamble && ends_in_comma(&last.text);
        if self.measure.indented && line.gap <= self.measure.gap {
            return FIRST_LINE.contains(&line.indent) && ended && !lower;
        }
        if line.page_start {
            return ended
                && !lower
                && (self.measure.is_short(last)
                    || last.trailing && self.measure.trailing_ends
                    || self.in_preamble && opens_preambular(&line.text));
        }
        if line.gap > self.measure.gap {
            return ended || !lower;
        }
        ended
            && !lower
            && (self.had_room(last, line) || self.in_preamble && opens_preambular(&line.text))
    }

    /// Whether a line of the head stands by itself: what mastheads say is said in a line.
    fn stands_in_head(&self, last: &Line, line: &Line) -> bool {
        let lower = line.text.starts_with(char::is_lowercase);
        match (classify(&last.text), classify(&line.text)) {
            (_, Some(_)) => true,
            // `Resolution adopted by the General Assembly` / `on 7 December 2023`.
            (Some(MastheadLine::Adoption), None) => !lower,
            (Some(_), None) => true,
            (None, None) if resolution_heading(&line.text).is_some() => true,
            // The title of a resolution goes on until its preamble begins.
            (None, None) if self.in_title() => {
                self.stands_apart(line) || opens_preambular(&line.text)
            }
            (None, None) => self.stands_apart(line) || !lower && self.had_room(last, line),
        }
    }

    /// Whether the piece that is open is the heading of a resolution.
    fn in_title(&self) -> bool {
        self.out.last().is_some_and(|piece| resolution_heading(&piece.text).is_some())
    }

    /// Whether the first word of a line would have fitted on the line before, so that the break was
    /// meant. Indented paragraphs are narrower than others: their own lines are the measure.
    fn had_room(&self, last: &Line, line: &Line) -> bool {
        let own = self.out.last().filter(|piece| piece.lines.len() >= 3).map(|piece| {
            let starts: Vec<usize> = piece.lines.iter().map(|(start, _)| *start).collect();
            let line_of = |pair: &[usize]| match pair {
                [from, to] => piece.text.get(*from..*to).map_or(0, |t| t.trim().chars().count()),
                _ => 0,
            };
            starts.windows(2).map(line_of).max().unwrap_or(0)
        });
        let width = own.unwrap_or(self.measure.width);
        let word = line.text.split(' ').next().map_or(0, |word| word.chars().count());
        // A ragged margin leaves a little.
        last.text.chars().count() + 1 + word + 2 <= width
    }

    fn begin(&mut self, at: usize, line: &Line, following: &[Line], label: Option<Label>) {
        let heading = self.heading(line, following, label.as_ref());
        let mut text = line.text.as_str();
        let mut piece = Piece {
            indent: line.indent,
            heading,
            bullet: line.bullet,
            page: self.page(line),
            ..Piece::default()
        };
        if let Some(label) = label {
            // A heading keeps its number in the text for now; it is read there with its neighbours.
            if piece.heading.is_none() && !matches!(label.kind, LabelKind::Capital(_)) {
                text = text.get(label.length..).unwrap_or_default();
                piece.label = Some(label.printed);
            }
        } else if let Some(rest) = bullet(text) {
            piece.bullet = true;
            text = rest;
        }
        piece.lines.push((0, at));
        piece.text = text.to_owned();
        self.out.push(piece);
    }

    fn page(&self, line: &Line) -> Option<u32> {
        self.paged.then(|| u32::try_from(line.page + 1).unwrap_or(u32::MAX))
    }

    fn row(&mut self, at: usize, line: &Line) {
        match self.out.last_mut().filter(|piece| piece.table) {
            Some(piece) => {
                piece.text.push('\n');
                piece.lines.push((piece.text.len(), at));
                piece.text.push_str(&line.text);
            }
            None => self.out.push(Piece {
                text: line.text.clone(),
                table: true,
                page: self.page(line),
                lines: vec![(0, at)],
                ..Piece::default()
            }),
        }
    }

    /// Whether a line and the few that follow it without a gap are a title set apart from below: none
    /// of them ends a sentence.
    fn heads_cluster(&self, following: &[Line]) -> bool {
        const LINES: usize = 3;
        let more = following
            .iter()
            .take_while(|line| {
                line.gap <= self.measure.gap && Label::at_start(&line.text).is_none()
            })
            .count();
        more <= LINES
            && following.get(more).is_some_and(|below| below.gap > self.measure.gap)
            && following.iter().take(more).all(|line| !line.is_terminated())
    }

    /// Whether a line begins a heading.
    fn heading(
        &self,
        line: &Line,
        following: &[Line],
        label: Option<&Label>,
    ) -> Option<Option<u8>> {
        if let Some(level) = line.heading {
            return Some(Some(level));
        }
        let next = following.first();
        let text = line.text.as_str();
        let size = text.chars().count();
        let capital = matches!(label.map(|l| &l.kind), Some(LabelKind::Capital(_)));
        if size > HEADING_CHARS || (label.is_some() && !capital) || line.bullet {
            return None;
        }
        // A numeral on a line of its own, and the title below it.
        let below_numeral = self.last.as_ref().is_some_and(|last| is_numeral(&last.text));
        if self.measure.wrapped && (is_numeral(text) || below_numeral && !line.is_terminated()) {
            return Some(None);
        }
        if self.in_preamble && self.measure.wrapped && !self.in_head {
            return None;
        }
        let titled = text.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '“' | '«'));
        let ended = line.is_terminated() && !text.ends_with(':');
        if !titled || ended || text.ends_with(',') {
            return None;
        }
        if line.bold {
            return Some(None);
        }
        if !self.measure.wrapped {
            return capital.then_some(None);
        }
        // At the top of a page no space stands above a heading: the end of a sentence does, and
        // space below, or the number that is due.
        let spaced_below = next.is_some_and(|next| next.gap > self.measure.gap);
        let numbered_below = next.is_some_and(|next| Label::at_start(&next.text).is_some());
        let after_sentence = self.last.as_ref().is_some_and(Line::is_terminated);
        let top = after_sentence && line.indent > 0 && (spaced_below || capital && numbered_below);
        if self.in_head
            && line.indent > 1
            && !self.measure.indented
            && self.heads_cluster(following)
        {
            return Some(None);
        }
        if !self.stands_apart(line) && !top {
            return None;
        }
        // Space on both sides, over at most a few lines.
        let after = next.is_none_or(|next| {
            next.gap > self.measure.gap
                || next.heading.is_some()
                || (self.measure.is_short(line) && Label::at_start(&next.text).is_some())
                || (self.measure.is_short(line) || capital)
                    && next.text.chars().count() < self.measure.width
                    && !capital_start_sentence(next)
        });
        // Two headings, one below the other.
        let after = after || capital && after_sentence && self.measure.is_short(line);
        let announces = text.ends_with(':') && size > self.measure.width;
        // After an open sentence a short line is its end, unless it is spaced like a heading.
        let open = self.last.as_ref().is_some_and(|last| !last.is_terminated());
        let in_text = open && line.page_start && line.gap <= self.measure.gap && !capital;
        (after && !announces && !in_text).then_some(None)
    }
}

/// Whether a piece has no number; letters may stand in a preamble too.
fn unnumbered(piece: Option<&Piece>) -> bool {
    piece.and_then(|piece| piece.label.as_deref()).is_none_or(|label| label.ends_with(')'))
}

/// Whether a line is the full beginning of a sentence rather than the second line of a heading.
fn capital_start_sentence(line: &Line) -> bool {
    line.text.starts_with(char::is_uppercase)
}

/// Headings where every paragraph is a line: no sentence, and something follows that is one.
fn mark_headings(pieces: &mut [Piece], lines: &[Line]) {
    let sentence = |piece: &Piece| {
        piece.label.is_some()
            || (super::line::terminated(&piece.text) && piece.text.chars().count() > 60)
    };
    // Markup names its headings.
    if lines.iter().any(|line| line.heading.is_some() || line.whole) {
        return;
    }
    for at in (0..pieces.len()).rev() {
        // A letter's date stands between its heading and its text.
        let dated = |piece: &Piece| {
            crate::identity::classify(&piece.text) == Some(crate::identity::MastheadLine::Date)
        };
        let follows = pieces.get(at + 1).is_some_and(|next| {
            sentence(next)
                || next.heading.is_some()
                || next.bullet
                || next.table
                || dated(next) && pieces.get(at + 2).is_some_and(sentence)
        });
        // Under a signature stands the signer's office.
        let signed = at > 0
            && pieces.get(at - 1).is_some_and(|before| {
                let folded = crate::structure::words::fold_start(&before.text, SIGNED_CHARS);
                ["(signed", "(firmado", "(signe"].iter().any(|word| folded.starts_with(word))
            });
        let Some(piece) = pieces.get_mut(at) else { continue };
        let plain =
            piece.heading.is_none() && piece.label.is_none() && !piece.bullet && !piece.table;
        let size = piece.text.chars().count();
        let titled = piece.text.starts_with(char::is_uppercase);
        let ended = super::line::terminated(&piece.text) || piece.text.ends_with(',');
        if plain
            && !signed
            && follows
            && titled
            && !ended
            && (3..=HEADING_CHARS).contains(&size)
            && !piece.text.starts_with('(')
            && crate::identity::classify(&piece.text).is_none()
        {
            piece.heading = Some(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_in_the_middle_of_a_paragraph_begin_none() {
        let lines = [
            "1. The keepers shall look at maps of all kinds, of the roads as well as of the rivers:",
            "(a) Maps:",
            "(i) Old ones;",
            "(ii) New ones;",
            "(b) Charts of the sea, of which those are meant: (i) that show the depth; (ii) that",
            "are folded, once or twice, as told in the list of the keepers of all of the charts;",
            "(iii) that are not folded;",
            "(c) Plans, as in paragraph 8 (a), (b) and (c) of the list of the keepers of charts;",
            "(d) Globes.",
        ];
        let lines: Vec<Line> = lines.into_iter().map(|line| Line::plain(line, 0)).collect();
        let measure = Measure { wrapped: true, ..Measure::of(&lines) };
        let found = pieces(lines, &measure, false);
        let labels: Vec<&str> = found.iter().filter_map(|piece| piece.label.as_deref()).collect();
        assert_eq!(labels, ["1", "(a)", "(i)", "(ii)", "(b)", "(c)", "(d)"], "{found:?}");
        assert_eq!(found.len(), labels.len());
    }
}
