//! Marks that are plain numbers in the text.

use super::{Page, Place};
use crate::layout::footnotes::{Notes, RawNote};

/// What speaks for a number being a mark. Glued to a word is nearly certain; apart from one it
/// needs punctuation after it.
const GLUED_TO_WORD: u32 = 10;
const GLUED_TO_QUOTE: u32 = 10;
const GLUED_TO_STOP: u32 = 8;
const GLUED_TO_YEAR: u32 = 9;
const APART_BEFORE_STOP: u32 = 6;
const APART_AFTER_STOP: u32 = 5;
const APART: u32 = 3;
/// Beside a word that joins numbers, as in `paragraphs 8 and 9`.
const APART_BESIDE_JOINER: u32 = 1;

/// Candidates looked at for one note; a number that stands more often is no mark.
const MAX_CANDIDATES: usize = 200;

/// Words before a number that count or cite.
const COUNTED: [&str; 60] = [
    "para",
    "paras",
    "paragraph",
    "paragraphs",
    "párr",
    "párrs",
    "párrafo",
    "párrafos",
    "par",
    "paragraphe",
    "paragraphes",
    "article",
    "articles",
    "artículo",
    "artículos",
    "art",
    "arts",
    "no",
    "nos",
    "núm",
    "núms",
    "número",
    "resolution",
    "resolutions",
    "resolución",
    "resoluciones",
    "résolution",
    "résolutions",
    "decision",
    "decisión",
    "décision",
    "annex",
    "anexo",
    "annexe",
    "chapter",
    "capítulo",
    "chapitre",
    "chap",
    "cap",
    "section",
    "sección",
    "sect",
    "secc",
    "item",
    "items",
    "tema",
    "temas",
    "point",
    "points",
    "page",
    "pages",
    "pág",
    "págs",
    "vol",
    "supplement",
    "suplemento",
    "supplément",
    "goal",
    "objetivo",
    "objectif",
];

#[derive(Clone, Copy, Debug)]
struct Candidate {
    place: Place,
    end: usize,
    score: u32,
}

/// Attaches the notes whose marks are plain numbers. Answers the marks whose note's text is lost.
pub(super) fn attach(page: &mut Page, notes: &Notes, settled: &[bool]) -> Vec<String> {
    let open: Vec<(usize, u32, &RawNote)> = notes
        .notes
        .iter()
        .enumerate()
        .filter(|(at, note)| !note.raised && !settled.get(*at).copied().unwrap_or(false))
        .filter_map(|(at, note)| Some((at, note.mark.parse().ok()?, note)))
        .collect();
    let mut found: Vec<(Candidate, u32, Option<usize>)> = Vec::new();
    // Notes of one page stand together; their marks stand above them and below the page before.
    let mut first_line = 0;
    let mut at = 0;
    while let Some((_, _, first)) = open.get(at) {
        let group: Vec<_> =
            open.iter().skip(at).take_while(|(_, _, n)| n.after == first.after).copied().collect();
        let chosen = choose(page, &group, first_line, first.after);
        for ((index, number, _), candidate) in group.iter().zip(chosen) {
            if let Some(candidate) = candidate {
                found.push((candidate, *number, Some(*index)));
            }
        }
        first_line = first.after;
        at += group.len();
    }
    let lost = lost_notes(page, &open, &found, notes);
    let lost_marks = lost.iter().map(|(_, number, _)| number.to_string()).collect();
    found.extend(lost);
    // From the end, so that places before stay true.
    found.sort_by_key(|(candidate, ..)| std::cmp::Reverse(candidate.place));
    for (candidate, number, index) in found {
        let (piece, start) = candidate.place;
        page.cut(piece, start, candidate.end);
        let note = index.and_then(|index| notes.notes.get(index).map(|note| (index, note)));
        page.add(piece, start, &number.to_string(), note);
    }
    lost_marks
}

/// The best places for the marks of one page's notes, in their order.
fn choose(
    page: &Page,
    group: &[(usize, u32, &RawNote)],
    first_line: usize,
    end_line: usize,
) -> Vec<Option<Candidate>> {
    let candidates: Vec<Vec<Candidate>> = group
        .iter()
        .map(|(_, number, _)| {
            let mut found = candidates(page, *number);
            found.retain(|c| (first_line..end_line).contains(&page.line(c.place)));
            if found.len() > MAX_CANDIDATES { Vec::new() } else { found }
        })
        .collect();
    // The best sum of scores over increasing places: for each note and each of its candidates, the
    // best way to end there. A way is (score, candidate, way before).
    let mut ways: Vec<(u32, Option<Place>, Option<usize>, usize, Option<Candidate>)> =
        vec![(0, None, None, 0, None)];
    let mut alive = vec![0usize];
    for (note, options) in candidates.iter().enumerate() {
        let mut next_alive = alive.clone();
        for candidate in options {
            let best = alive
                .iter()
                .copied()
                .filter(|way| {
                    ways.get(*way).is_some_and(|w| w.1.is_none_or(|place| place < candidate.place))
                })
                .max_by_key(|way| ways.get(*way).map_or(0, |w| w.0));
            if let Some(best) = best {
                let score = ways.get(best).map_or(0, |w| w.0) + candidate.score;
                ways.push((score, Some(candidate.place), Some(best), note, Some(*candidate)));
                next_alive.push(ways.len() - 1);
            }
        }
        alive = next_alive;
    }
    let mut chosen = vec![None; group.len()];
    let mut way = alive.into_iter().max_by_key(|way| {
        // Of equal sums the earlier way, which found its marks first.
        (ways.get(*way).map_or(0, |w| w.0), std::cmp::Reverse(*way))
    });
    while let Some((_, _, before, note, Some(candidate))) = way.and_then(|at| ways.get(at)) {
        if let Some(slot) = chosen.get_mut(*note) {
            *slot = Some(*candidate);
        }
        way = *before;
    }
    chosen
}

/// Marks whose notes the file has lost: numbers that are missing in the sequence of notes, or that
/// continue it where a rule stands with nothing under it.
fn lost_notes(
    page: &Page,
    open: &[(usize, u32, &RawNote)],
    found: &[(Candidate, u32, Option<usize>)],
    notes: &Notes,
) -> Vec<(Candidate, u32, Option<usize>)> {
    let Some(last) = open.iter().map(|(_, number, _)| *number).max() else { return Vec::new() };
    let place_of = |number: u32| found.iter().find(|f| f.1 == number).map(|f| f.0.place);
    let mut lost: Vec<(Candidate, u32, Option<usize>)> = Vec::new();
    let mut number = 1;
    // One number after another; the sequence of notes is short, and ends where nothing is found.
    while number <= last || !notes.empty_rules.is_empty() && number <= last + 200 {
        if open.iter().any(|(_, held, _)| *held == number) {
            number += 1;
            continue;
        }
        let after = lost
            .last()
            .map(|l| l.0.place)
            .into_iter()
            .chain((1..number).filter_map(place_of))
            .max();
        let before = (number + 1..=last).find_map(place_of);
        let candidate = candidates(page, number)
            .into_iter()
            .filter(|c| c.score >= GLUED_TO_STOP)
            .filter(|c| after.is_none_or(|place| c.place > place))
            .find(|c| before.is_none_or(|place| c.place < place));
        match candidate {
            Some(candidate) => lost.push((candidate, number, None)),
            None if number > last => break,
            None => {}
        }
        number += 1;
    }
    lost
}

/// Every place where a number may be a mark.
fn candidates(page: &Page, number: u32) -> Vec<Candidate> {
    let digits = number.to_string();
    let mut found = Vec::new();
    for (at, (shape, piece)) in page.pieces.iter().enumerate() {
        if *shape == crate::structure::Shape::Table {
            continue;
        }
        for (start, run) in digit_runs(&piece.text) {
            let end = start + run.len();
            let Some(start) = (if run == digits {
                Some(start)
            } else {
                // A year with the mark glued to it: `20035`.
                run.strip_suffix(digits.as_str())
                    .filter(|year| {
                        year.len() == 4 && (year.starts_with("19") || year.starts_with("20"))
                    })
                    .map(|year| start + year.len())
            }) else {
                continue;
            };
            if let Some(score) = score(&piece.text, start, end, run.len() > digits.len()) {
                found.push(Candidate { place: (at, start), end, score });
            }
        }
    }
    found
}

fn digit_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(|c: char| c.is_ascii_digit())?;
        let run = text.get(start..)?;
        let length = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        rest = start + length;
        Some((start, run.get(..length)?))
    })
}

/// How likely the number at these bytes is a mark, or none if it cannot be.
fn score(text: &str, start: usize, end: usize, glued_to_year: bool) -> Option<u32> {
    let before = text.get(..start)?;
    let after = text.get(end..)?;
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    // Numbers with fractions, strokes, ranges, units and targets such as `9.C` are numbers.
    let clean_after = match first {
        None | Some(' ' | ')' | '”' | '»' | '"' | '’' | ']' | '?' | '!') => true,
        Some('.' | ',' | ';' | ':') => !second.is_some_and(char::is_alphanumeric),
        _ => false,
    };
    if !clean_after {
        return None;
    }
    let stop_after = after.trim_start().starts_with(['.', ',', ';', ':', ')', '”', '»'])
        || after.trim().is_empty();
    if glued_to_year {
        return Some(GLUED_TO_YEAR);
    }
    let last = before.chars().next_back()?;
    match last {
        c if c.is_alphabetic() => Some(GLUED_TO_WORD),
        '”' | '»' | '"' | '’' | ')' | ']' => Some(GLUED_TO_QUOTE),
        ',' | '.' | ';' | ':' => {
            let digit = before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
            (!digit && !(last == '.' && abbreviates(before))).then_some(GLUED_TO_STOP)
        }
        ' ' => {
            let word = before.trim_end().rsplit([' ', '(']).next().unwrap_or_default();
            let counted = word.trim_end_matches('.').to_lowercase();
            if COUNTED.contains(&counted.as_str()) || is_measured(after) {
                return None;
            }
            let stripped = before.trim_end();
            let stop = stripped.ends_with([',', '.', ';', ':', '”', '»', ')']);
            // `77/98, 14 which`: a number before the comma may be a list's.
            let listed =
                stripped.trim_end_matches([',', ';']).ends_with(|c: char| c.is_ascii_digit());
            let joiner = after.trim_start().split(' ').next().unwrap_or_default();
            let beside_number = joiner.starts_with(|c: char| c.is_ascii_digit());
            if beside_number && !stop {
                return None;
            }
            if beside_number || ["and", "y", "et", "a", "e", "to", "à"].contains(&joiner) {
                return Some(APART_BESIDE_JOINER);
            }
            if stop && !listed && !stop_after {
                return Some(APART_AFTER_STOP);
            }
            if stop_after || stop && after.trim().is_empty() {
                // Years and day numbers before a stop: `en 2021,` has four digits, notes do not.
                Some(if end - start <= 3 { APART_BEFORE_STOP } else { APART })
            } else {
                Some(APART)
            }
        }
        _ => None,
    }
}

/// Whether the full stop that ends a text is that of a modifier or series: `Add.`, `Corr.`, `L.`.
fn abbreviates(before: &str) -> bool {
    let token = before.rsplit([' ', '(', '“', '«']).next().unwrap_or_default();
    let word = token.rsplit('/').next().unwrap_or_default().trim_end_matches('.');
    let short = (1..=6).contains(&word.len()) && word.chars().all(char::is_alphabetic);
    token.contains('/') || short && word.starts_with(char::is_uppercase)
}

/// Whether a number is followed by what it counts: a date, a percentage, another number.
fn is_measured(after: &str) -> bool {
    let word = after.trim_start().split([' ', ',', '.', ';']).next().unwrap_or_default();
    let folded = crate::structure::words::fold(word);
    word == "%"
        || ["de", "of", "per", "por", "al", "del", "du", "des"].contains(&folded.as_str())
        || word.starts_with("a)")
        || crate::identity::first_date(&format!("1 {word} 2000")).is_some()
}
