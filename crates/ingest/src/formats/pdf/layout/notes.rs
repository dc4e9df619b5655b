//! Footnotes leave the page: the block under the short rule, or in small type at the foot.

use std::collections::BTreeSet;

use super::flow::join_text;
use super::measure::Measure;
use super::rows::Row;
use super::sheet::Sheet;
use crate::layout::{is_rule, terminated};
use crate::normal_form::{MARK_END, MARK_START};
use crate::pattern::pattern;

/// The length of the rule above notes, in shares of the page's width.
const SEPARATOR: std::ops::Range<f32> = 0.06..0.45;

/// How far from the margin the rule may begin, in points.
const SEPARATOR_INDENT: f32 = 60.0;

/// Notes are not in larger type than this share of the text's.
const NOTE_SIZE: f32 = 1.02;

/// Without a rule, notes are told by type smaller than this share of the text's.
const SMALL: f32 = 0.93;

/// Notes do not begin above this share of the page.
const HIGHEST: f32 = 0.15;

pattern! {
    /// Marks as typed before there was raised type: `2/  See`, and `a/  See` for lettered ones.
    SLASHED,
    r"^(\d{1,3}|[a-z])/\s+(\S.*)$"
}

/// A note and the page it stands on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    pub page: u32,
    pub mark: String,
    pub text: String,
}

/// How a row begins a note.
struct Start {
    mark: String,
    text: String,
    slashed: bool,
}

/// Takes the notes out of the pages, in order.
pub(super) fn lift(sheets: &mut [Sheet], measure: &Measure) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let mut slashed: BTreeSet<String> = BTreeSet::new();
    for sheet in sheets {
        let Some(from) = block(sheet, measure, notes.last()) else {
            raise_slashed(sheet, &slashed);
            continue;
        };
        let rows = sheet.rows.split_off(from);
        for row in rows.into_iter().filter(|row| !is_rule(&row.text())) {
            let due = notes.last().and_then(|note| note.mark.parse::<u32>().ok()).map(|n| n + 1);
            match start(&row, due) {
                Some(start) => {
                    if start.slashed {
                        slashed.insert(start.mark.clone());
                    }
                    notes.push(Note { page: sheet.number, mark: start.mark, text: start.text });
                }
                None => match notes.last_mut() {
                    Some(note) => join_text(&mut note.text, &row.text()),
                    // Nothing to continue: it is text after all.
                    None => sheet.rows.push(row),
                },
            }
        }
        raise_slashed(sheet, &slashed);
    }
    notes
}

/// The first row of the notes of a page.
fn block(sheet: &Sheet, measure: &Measure, open: Option<&Note>) -> Option<usize> {
    let size = measure.size;
    let notes_from = |from: usize| -> bool {
        let rows = sheet.rows.get(from..).unwrap_or_default();
        let mut below = rows.iter().filter(|row| !is_rule(&row.text()));
        let Some(first) = below.next() else { return false };
        let fits = first.size <= NOTE_SIZE * size;
        // What goes on here from the page before: a sentence, or the notes that others follow.
        let marked = || rows.iter().any(|row| row.text().starts_with(MARK_START));
        let continues = first.size < SMALL * size
            && open.is_some_and(|note| {
                note.page + 1 == sheet.number && (!terminated(&note.text) || marked())
            });
        fits && (start(first, None).is_some() || continues)
    };
    // A typed rule.
    let typed = sheet.rows.iter().rposition(|row| is_rule(&row.text()) && is_low(row.y, sheet));
    if let Some(at) = typed.filter(|at| notes_from(*at)) {
        return Some(at);
    }
    // A drawn one; the lowest, since tables have rules too.
    let (left, _) = measure.margins_of(sheet.number);
    let drawn = sheet.rules.iter().rev().filter(|rule| {
        SEPARATOR.contains(&(rule.width() / sheet.width))
            && is_low(rule.y, sheet)
            && rule.x0 < left + SEPARATOR_INDENT
    });
    for rule in drawn {
        let from = sheet.rows.iter().position(|row| row.y > rule.y)?;
        let small = sheet
            .rows
            .get(from..)
            .unwrap_or_default()
            .iter()
            .all(|row| row.size <= NOTE_SIZE * size);
        if small && notes_from(from) {
            return Some(from);
        }
    }
    // No rule: the small type at the foot that begins with a mark.
    let small = sheet.rows.iter().rev().take_while(|row| row.size < SMALL * size).count();
    let from = sheet.rows.len() - small;
    let rows = sheet.rows.iter().enumerate().skip(from);
    let mut marked = rows.filter(|(_, row)| row.text().starts_with(MARK_START));
    marked.next().map(|(at, _)| at).filter(|at| *at > 0)
}

fn is_low(y: f32, sheet: &Sheet) -> bool {
    y > HIGHEST * sheet.height
}

/// The mark that begins a row, and the text after it. A number that is not raised begins a note
/// only as the one that is due, set apart from its text.
fn start(row: &Row, due: Option<u32>) -> Option<Start> {
    let text = row.text();
    if let Some(inner) = text.strip_prefix(MARK_START) {
        let (mark, rest) = inner.split_once(MARK_END)?;
        let (mark, rest) = (mark.to_owned(), rest.trim().to_owned());
        return Some(Start { mark, text: rest, slashed: false });
    }
    if let Some(found) = SLASHED.captures(&text) {
        let part = |n| found.get(n).map_or("", |m: regex::Match<'_>| m.as_str()).to_owned();
        return Some(Start { mark: part(1), text: part(2), slashed: true });
    }
    let stars = text.bytes().take_while(|b| *b == b'*').count();
    if (1..=4).contains(&stars) {
        let (mark, rest) = text.split_at(stars);
        let body = rest.trim();
        return (!body.is_empty()).then(|| Start {
            mark: mark.to_owned(),
            text: body.to_owned(),
            slashed: false,
        });
    }
    let (mark, rest) = text.split_once(' ')?;
    let number: u32 = mark.parse().ok()?;
    let apart = row.segments.len() > 1;
    (mark.len() <= 3 && (due == Some(number) || due.is_none() && apart && number > 0))
        .then(|| Start { mark: mark.to_owned(), text: rest.trim().to_owned(), slashed: false })
}

/// Marks typed as `2/` in the text of a page; a note is referred to again on later pages.
fn raise_slashed(sheet: &mut Sheet, marks: &BTreeSet<String>) {
    for mark in marks {
        let typed = format!("{mark}/");
        let segments = sheet.rows.iter_mut().flat_map(|row| &mut row.segments);
        for segment in segments {
            let Some(at) = standing_alone(&segment.text, &typed) else { continue };
            let (before, after) = (segment.text.get(..at), segment.text.get(at + typed.len()..));
            let (Some(before), Some(after)) = (before, after) else { continue };
            segment.text = format!("{}{MARK_START}{mark}{MARK_END}{after}", before.trim_end());
        }
    }
}

/// Where a word stands by itself in a text; punctuation may follow it.
fn standing_alone(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + word.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(char::is_whitespace))
            && (after.is_empty() || after.starts_with([' ', '.', ',', ';', ':', ')']))
    })
}
