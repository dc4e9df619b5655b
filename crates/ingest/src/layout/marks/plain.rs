//! Marks that are plain numbers in the text.

use std::collections::{BTreeMap, HashMap};

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

/// Digits of a year.
const YEAR: usize = 4;

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
    let numbers = Numbers::of(page);
    let mut found: Vec<(Candidate, u32, Option<usize>)> = Vec::new();
    // Notes of one page stand together; their marks stand above them and below the page before.
    let mut first_line = 0;
    let mut at = 0;
    while let Some((_, _, first)) = open.get(at) {
        let group: Vec<_> =
            open.iter().skip(at).take_while(|(_, _, n)| n.after == first.after).copied().collect();
        let chosen = choose(page, &numbers, &group, first_line, first.after);
        for ((index, number, _), candidate) in group.iter().zip(chosen) {
            if let Some(candidate) = candidate {
                found.push((candidate, *number, Some(*index)));
            }
        }
        first_line = first.after;
        at += group.len();
    }
    let lost = lost_notes(&numbers, &open, &found, notes);
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
    numbers: &Numbers,
    group: &[(usize, u32, &RawNote)],
    first_line: usize,
    end_line: usize,
) -> Vec<Option<Candidate>> {
    let candidates: Vec<Vec<Candidate>> = group
        .iter()
        .map(|(_, number, _)| {
            let on_page = |c: &&Candidate| (first_line..end_line).contains(&page.line(c.place));
            let found: Vec<Candidate> =
                numbers.get(*number).iter().filter(on_page).copied().collect();
            if found.len() > MAX_CANDIDATES { Vec::new() } else { found }
        })
        .collect();
    // The best sum of scores over increasing places. A way ends at a candidate; of two ways, one that
    // ends earlier is kept only if its score is not beaten there, so that the scores of those kept
    // grow with their places and the best way before a candidate is the last one before it.
    let mut ways: Vec<Way> = Vec::new();
    let mut best: BTreeMap<Place, usize> = BTreeMap::new();
    for (note, options) in candidates.iter().enumerate() {
        let mut new = Vec::with_capacity(options.len());
        for candidate in options {
            let before = best.range(..candidate.place).next_back().map(|(_, way)| *way);
            let score = before.and_then(|way| ways.get(way)).map_or(0, |way| way.score);
            new.push(Way { score: score + candidate.score, before, note, candidate: *candidate });
        }
        // Not before all of this note's are known: no way holds two marks of one note.
        for way in new {
            keep(&mut best, &mut ways, way);
        }
    }
    let mut chosen = vec![None; group.len()];
    let mut way = best.last_key_value().map(|(_, way)| *way);
    while let Some(at) = way.and_then(|at| ways.get(at)) {
        if let Some(slot) = chosen.get_mut(at.note) {
            *slot = Some(at.candidate);
        }
        way = at.before;
    }
    chosen
}

/// A choice of marks that ends with one candidate.
struct Way {
    score: u32,
    before: Option<usize>,
    note: usize,
    candidate: Candidate,
}

/// Keeps a way unless one that ends no later is as good, and drops those it beats.
fn keep(best: &mut BTreeMap<Place, usize>, ways: &mut Vec<Way>, way: Way) {
    let place = way.candidate.place;
    let score = |at: &usize, ways: &[Way]| ways.get(*at).map_or(0, |way| way.score);
    if best.range(..=place).next_back().is_some_and(|(_, at)| score(at, ways) >= way.score) {
        return;
    }
    let beaten: Vec<Place> = best
        .range(place..)
        .take_while(|(_, at)| score(at, ways) <= way.score)
        .map(|(place, _)| *place)
        .collect();
    for place in beaten {
        best.remove(&place);
    }
    best.insert(place, ways.len());
    ways.push(way);
}

/// Marks whose notes the file has lost: numbers that are missing in the sequence of notes, or that
/// continue it where a rule stands with nothing under it.
fn lost_notes(
    numbers: &Numbers,
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
        let candidate = numbers
            .get(number)
            .iter()
            .copied()
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

/// Every place where a number may be a mark, by the number. Made once for a document.
struct Numbers(HashMap<String, Vec<Candidate>>);

impl Numbers {
    fn of(page: &Page) -> Self {
        let mut numbers: HashMap<String, Vec<Candidate>> = HashMap::new();
        for (at, (shape, piece)) in page.pieces.iter().enumerate() {
            if *shape == crate::structure::Shape::Table {
                continue;
            }
            for (start, run) in digit_runs(&piece.text) {
                let end = start + run.len();
                // A year with the mark glued to it: `20035`.
                let year = run.get(..YEAR).filter(|y| y.starts_with("19") || y.starts_with("20"));
                let (mark, start, glued) = match (run.len(), year) {
                    (1..=3, _) => (run, start, false),
                    (5..=7, Some(_)) => (run.get(YEAR..).unwrap_or_default(), start + YEAR, true),
                    _ => continue,
                };
                if let Some(score) = score(&piece.text, start, end, glued) {
                    let candidate = Candidate { place: (at, start), end, score };
                    numbers.entry(mark.to_owned()).or_default().push(candidate);
                }
            }
        }
        Self(numbers)
    }

    fn get(&self, number: u32) -> &[Candidate] {
        self.0.get(&number.to_string()).map_or(&[], Vec::as_slice)
    }
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
            let modifier = last == '.' && abbreviates(before);
            (!digit && !modifier).then_some(GLUED_TO_STOP)
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
