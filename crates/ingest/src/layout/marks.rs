//! Footnote marks in the text meet their notes.
//!
//! A raised mark is certain. In plain text a mark is just a number, glued to a word (`Estados5.`),
//! to a year (`20035`) or standing apart (`Abierta 22 , los`); which number it is follows from the
//! notes at the foot of its page, in their order.

use undex_document::{Note, Warning};

use super::footnotes::{Notes, RawNote};
use super::piece::Piece;
use crate::normal_form::{MARK_END, MARK_START, clean};
use crate::structure::{Block, Shape};

mod plain;

/// A place in the pieces: which piece, and bytes into its text.
type Place = (usize, usize);

/// Attaches every note to the block that carries its mark, and takes the marks out of the text.
pub(super) fn attach(
    pieces: Vec<(Shape, Piece)>,
    notes: Notes,
    warnings: &mut Vec<Warning>,
) -> Vec<Block> {
    let mut page = Page { pieces, attached: Vec::new() };
    let raised = raised(&mut page, &notes.notes);
    let lost = plain::attach(&mut page, &notes, &raised);
    if !lost.is_empty() {
        warnings.push(Warning {
            code: "note-text-lost".to_owned(),
            message: format!(
                "the text of {} {} is missing from the file; its mark stands in the text",
                if lost.len() == 1 { "note" } else { "notes" },
                lost.join(", ")
            ),
        });
    }
    page.asterisks(&notes.notes);
    page.orphans(&notes.notes, warnings);
    page.blocks()
}

struct Page {
    pieces: Vec<(Shape, Piece)>,
    /// Notes by the piece they belong to, with the place of their mark.
    attached: Vec<Attached>,
}

struct Attached {
    piece: usize,
    at: usize,
    note: Option<usize>,
    mark: String,
    text: String,
}

impl Page {
    fn text(&self, piece: usize) -> &str {
        self.pieces.get(piece).map_or("", |(_, piece)| piece.text.as_str())
    }

    /// The number of the line that a place is on.
    fn line(&self, (piece, at): Place) -> usize {
        let lines = self.pieces.get(piece).map_or(&[][..], |(_, piece)| piece.lines.as_slice());
        lines.iter().take_while(|(start, _)| *start <= at).last().map_or(0, |(_, number)| *number)
    }

    /// Removes bytes from a piece's text, with the space that stood before a mark.
    fn cut(&mut self, piece: usize, from: usize, to: usize) {
        let Some((_, piece)) = self.pieces.get_mut(piece) else { return };
        let before = piece.text.get(..from).unwrap_or_default();
        let after = piece.text.get(to..).unwrap_or_default();
        // `Abierta 22 , los`, `regional. 25`: the spaces around the mark go with it.
        let closing = after.trim_start().starts_with([',', '.', ';', ':', ')', '”', '»']);
        let from =
            if before.ends_with(' ') && (closing || after.is_empty() || after.starts_with(' ')) {
                from - 1
            } else {
                from
            };
        let spaces = if closing { after.len() - after.trim_start().len() } else { 0 };
        let to = to + spaces;
        if piece.text.is_char_boundary(from) && piece.text.is_char_boundary(to) {
            piece.text.replace_range(from..to, "");
            let removed = to - from;
            for (start, _) in &mut piece.lines {
                if *start >= to {
                    *start -= removed;
                } else if *start > from {
                    *start = from;
                }
            }
        }
    }

    fn add(&mut self, piece: usize, at: usize, mark: &str, note: Option<(usize, &RawNote)>) {
        self.attached.push(Attached {
            piece,
            at,
            note: note.map(|(index, _)| index),
            mark: mark.to_owned(),
            text: note.map(|(_, raw)| raw.text.clone()).unwrap_or_default(),
        });
    }

    fn is_attached(&self, note: usize) -> bool {
        self.attached.iter().any(|attached| attached.note == Some(note))
    }

    /// Notes marked by asterisks: on titles, headings and lines of the masthead.
    fn asterisks(&mut self, notes: &[RawNote]) {
        for (index, note) in notes.iter().enumerate() {
            if !note.mark.starts_with('*') || self.is_attached(index) {
                continue;
            }
            let stars = note.mark.as_str();
            let place = self.pieces.iter().enumerate().find_map(|(at, (_, piece))| {
                piece.text.match_indices(stars).find_map(|(start, _)| {
                    let before = piece.text.get(..start)?.chars().next_back()?;
                    let after = piece.text.get(start + stars.len()..)?.chars().next();
                    let whole = before != '*' && after != Some('*');
                    let carried =
                        before.is_alphanumeric() || matches!(before, ')' | '”' | '.' | ' ');
                    // The asterisk of a reissued document is part of its symbol.
                    let reissue =
                        undex_document::Symbol::scan(&piece.text).any(|(r, _)| r.end == start);
                    (whole && carried && !reissue).then_some((at, start))
                })
            });
            match place {
                Some((piece, start)) => {
                    self.cut(piece, start, start + stars.len());
                    self.add(piece, start, stars, Some((index, note)));
                }
                // It says why the document was issued again, or its mark stood on a title that the
                // file has lost: then it is the document's first block.
                None => {
                    let piece = self.reissued(stars).unwrap_or(0);
                    self.add(piece, 0, stars, Some((index, note)));
                }
            }
        }
    }

    /// The piece that is a symbol with these asterisks of a reissue.
    fn reissued(&self, stars: &str) -> Option<usize> {
        self.pieces.iter().position(|(_, piece)| {
            let symbol = piece.text.trim_end().strip_suffix(stars);
            symbol.is_some_and(|symbol| {
                !symbol.ends_with('*') && symbol.parse::<undex_document::Symbol>().is_ok()
            })
        })
    }

    /// Notes whose mark was not found stay with the text above them.
    fn orphans(&mut self, notes: &[RawNote], warnings: &mut Vec<Warning>) {
        let mut marks = Vec::new();
        for (index, note) in notes.iter().enumerate() {
            if self.is_attached(index) {
                continue;
            }
            let piece = (0..self.pieces.len())
                .rev()
                .find(|at| self.line((*at, 0)) < note.after)
                .unwrap_or(0);
            self.add(piece, usize::MAX, &note.mark, Some((index, note)));
            marks.push(note.mark.clone());
        }
        if !marks.is_empty() {
            warnings.push(Warning {
                code: "note-mark-lost".to_owned(),
                message: format!(
                    "no mark found in the text for note {}; kept with the paragraph above it",
                    marks.join(", ")
                ),
            });
        }
    }

    fn blocks(mut self) -> Vec<Block> {
        self.attached.sort_by_key(|attached| (attached.piece, attached.at));
        let mut blocks: Vec<Block> = self
            .pieces
            .into_iter()
            .map(|(shape, piece)| Block {
                shape,
                label: piece.label,
                // Rows keep their lines and tabs.
                text: if shape == Shape::Table { rows(&piece.text) } else { clean(&piece.text) },
                indent: piece.indent,
                page: piece.page,
                ..Block::default()
            })
            .collect();
        for attached in self.attached {
            if let Some(block) = blocks.get_mut(attached.piece) {
                block.notes.push(Note { mark: attached.mark, text: clean(&attached.text) });
            }
        }
        blocks.retain(|block| !block.text.is_empty() || !block.notes.is_empty());
        blocks
    }
}

fn rows(text: &str) -> String {
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(clean).collect();
        cells.join("\t")
    };
    text.lines().map(row).collect::<Vec<_>>().join("\n")
}

/// Raised marks. Answers which notes they settled.
fn raised(page: &mut Page, notes: &[RawNote]) -> Vec<bool> {
    let mut settled = vec![false; notes.len()];
    for piece in 0..page.pieces.len() {
        while let Some((from, to, mark)) = next_raised(page.text(piece)) {
            let line = page.line((piece, from));
            let with_mark = || notes.iter().enumerate().filter(|(_, note)| note.mark == mark);
            // The first note of that number at or after the mark; else the last before it.
            let note =
                with_mark().find(|(_, note)| note.after > line).or_else(|| with_mark().next_back());
            match note {
                Some((index, raw)) => {
                    page.cut(piece, from, to);
                    // A second reference to a note leaves just the text.
                    if let Some(done) = settled.get_mut(index).filter(|done| !**done) {
                        *done = true;
                        page.add(piece, from, &mark, Some((index, raw)));
                    }
                }
                // No note of that number: an exponent or ordinal that was raised in print.
                None => {
                    if let Some((_, piece)) = page.pieces.get_mut(piece) {
                        piece.text.replace_range(from..to, &mark);
                    }
                }
            }
        }
    }
    settled
}

/// The first raised mark of a text: its bytes and what it says.
fn next_raised(text: &str) -> Option<(usize, usize, String)> {
    let from = text.find(MARK_START)?;
    let rest = text.get(from..)?;
    let end = rest.find(MARK_END)?;
    let mark = rest.get(MARK_START.len_utf8()..end)?.to_owned();
    Some((from, from + end + MARK_END.len_utf8(), mark))
}
