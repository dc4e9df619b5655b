//! Annotation: the citations of a document, in its paragraphs.

use std::ops::Range;

use undex_document::{Citation, CitedIn, Date, Paragraph, Pinpoint, Step, Symbol};

use crate::prose::lexer;
use crate::prose::mention::{Mention, Named};
use crate::prose::nickname::Nicknames;
use crate::prose::organ::Organ;
use crate::prose::place;
use crate::prose::recognize;
use crate::prose::resolve::{self, Citing, Memory, Settled};

/// What is known of a text before it is read.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The symbols of the document that the text is of; its own numbers are no citations, and what it
    /// calls resolutions without naming an organ are of its organ. Empty for any other text.
    pub symbols: Vec<Symbol>,
    /// The year the document is of, where it is known: nothing it cites is later.
    pub year: Option<i16>,
}

impl Known {
    /// What is known of a document with these symbols and this date; without a date, the year that its
    /// symbol names counts.
    pub fn of(symbols: Vec<Symbol>, date: Option<Date>) -> Self {
        let named = || symbols.first().and_then(Symbol::year);
        let year = date.map(|date| date.year()).or_else(named);
        Self { symbols, year }
    }
}

/// Finds the citations of a document and attaches them to its paragraphs, in place of those there.
///
/// Numbers are settled over the document as a whole: what one paragraph says of `44/12` holds where
/// another names it without date and organ. `Ibid.` in a note follows the notes before it.
pub fn annotate(paragraphs: &mut [Paragraph], known: &Known, nicknames: &Nicknames) {
    let mut memory = Memory::default();
    let mut strings = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let mentions = mentions(&paragraph.text, nicknames);
        learn(&mut memory, &mentions);
        strings.push((at, CitedIn::Text, mentions));
        for note in &paragraph.notes {
            let mentions = self::mentions(&note.text, nicknames);
            learn(&mut memory, &mentions);
            strings.push((at, CitedIn::Note(note.mark.clone()), mentions));
        }
    }
    let settler = Settler::new(known, &memory);
    let mut in_text = Previous::default();
    let mut in_notes = Previous::default();
    let pinpoints: Vec<Pinpoint> = paragraphs.iter().map(|p| p.pinpoint.clone()).collect();
    for paragraph in paragraphs.iter_mut() {
        paragraph.citations.clear();
    }
    for (at, found_in, mentions) in strings {
        let Some(paragraph) = paragraphs.get_mut(at) else { continue };
        let (text, previous) = match &found_in {
            CitedIn::Text => (paragraph.text.as_str(), &mut in_text),
            CitedIn::Note(mark) => {
                let note = paragraph.notes.iter().find(|note| note.mark == *mark);
                (note.map_or("", |note| note.text.as_str()), &mut in_notes)
            }
        };
        let here = Here { own: Some(&paragraph.pinpoint), places: &pinpoints };
        let found = settler.citations(text, mentions, &found_in, previous, here);
        paragraph.citations.extend(found);
    }
}

/// The citations in a text by itself, in its order, with offsets from its start.
///
/// The text may be of any length and hold any number of paragraphs; an empty line ends a sentence.
pub fn citations(text: &str, known: &Known, nicknames: &Nicknames) -> Vec<Citation> {
    let mut memory = Memory::default();
    let mut found = Vec::new();
    // Block by block, so that no more than one is taken apart at a time.
    for block in blocks(text) {
        let mut mentions = mentions(text.get(block.clone()).unwrap_or_default(), nicknames);
        learn(&mut memory, &mentions);
        for mention in &mut mentions {
            mention.range.start += block.start;
            mention.range.end += block.start;
        }
        found.append(&mut mentions);
    }
    let here = Here { own: None, places: &[] };
    let mut previous = Previous::default();
    Settler::new(known, &memory).citations(text, found, &CitedIn::Text, &mut previous, here)
}

/// Bytes of a block at most; one without an empty line is divided at the end of a line, or wherever it
/// has to be.
const BLOCK_BYTES: usize = 1 << 20;

/// The stretches of a text between empty lines.
fn blocks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let mut bound = rest.len().min(BLOCK_BYTES);
        while !rest.is_char_boundary(bound) {
            bound -= 1;
        }
        let within = rest.get(..bound)?;
        let empty_line = within.match_indices('\n').find_map(|(line, _)| {
            let next = within.get(line + 1..)?;
            let blank = next.len() - next.trim_start_matches([' ', '\t', '\r']).len();
            next.get(blank..)?.starts_with('\n').then_some(line + 1 + blank + 1)
        });
        let last_line = || within.rfind('\n').map(|line| line + 1);
        let length = match empty_line {
            Some(end) => end,
            None if bound == rest.len() => bound,
            None => last_line().unwrap_or(bound),
        };
        let block = at..at + length;
        at = block.end;
        Some(block)
    })
}

fn mentions(text: &str, nicknames: &Nicknames) -> Vec<Mention> {
    if !may_cite(text) && nicknames.is_empty() {
        return Vec::new();
    }
    recognize::mentions(&lexer::tokens(text), nicknames)
}

/// Pieces of the words without which a text that holds no digit cites nothing: `ibid.`, `annex I to the
/// present resolution`, `section II above`, in three languages.
const CITING_WORDS: [&str; 12] = [
    "bid",
    "nnex",
    "nexo",
    "ppendi",
    "péndice",
    "ectio",
    "cció",
    "hapit",
    "hapter",
    "pítulo",
    "paragraph",
    "partado",
];

/// Whether a text may cite anything. Most paragraphs do not, and need no closer look.
fn may_cite(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) || CITING_WORDS.iter().any(|word| text.contains(word))
}

fn learn(memory: &mut Memory, mentions: &[Mention]) {
    for mention in mentions {
        if let Named::Number(numbered) = &mention.named {
            memory.learn(numbered);
        }
    }
}

/// What was cited last, for `ibid.`
#[derive(Clone, Debug, Default)]
struct Previous(Option<(Symbol, Option<Pinpoint>)>);

/// Where a text stands in its document.
#[derive(Clone, Copy)]
struct Here<'h> {
    own: Option<&'h Pinpoint>,
    places: &'h [Pinpoint],
}

impl Here<'_> {
    /// The place of the document that steps name from here: `paragraph 2 above` in an annex is one of
    /// the annex.
    fn place(&self, steps: Vec<Step>) -> Pinpoint {
        let outer = self.own.map_or(&[][..], Pinpoint::steps);
        for length in (0..=outer.len()).rev() {
            let mut from_here = outer.get(..length).unwrap_or_default().to_vec();
            from_here.extend(steps.iter().cloned());
            let place = Pinpoint::new(from_here);
            if self.places.contains(&place) {
                return place;
            }
        }
        Pinpoint::new(steps)
    }
}

struct Settler<'s> {
    known: &'s Known,
    citing: Citing,
    memory: &'s Memory,
}

impl<'s> Settler<'s> {
    fn new(known: &'s Known, memory: &'s Memory) -> Self {
        let citing = Citing {
            organ: known.symbols.first().and_then(Organ::of),
            year: known.year.and_then(|year| u32::try_from(year).ok()),
        };
        Self { known, citing, memory }
    }

    fn citations(
        &self,
        text: &str,
        mentions: Vec<Mention>,
        found_in: &CitedIn,
        previous: &mut Previous,
        here: Here<'_>,
    ) -> Vec<Citation> {
        let mut out = Vec::new();
        let mut count = Characters::new(text);
        // A note without a citation parts an `ibid.` from those before it.
        let before = std::mem::take(previous);
        let mut last = before.0;
        let mut cited = false;
        for mention in mentions {
            let (start, end) = (count.at(mention.range.start), count.at(mention.range.end));
            let mut candidates = Vec::new();
            let mut places: Vec<Option<Pinpoint>> =
                mention.places.iter().cloned().map(Pinpoint::new).map(Some).collect();
            let symbol = match mention.named {
                Named::Symbol(symbol) | Named::Nickname(symbol) => resolve::corrected(symbol),
                Named::Number(numbered) => {
                    match resolve::settle(&numbered, &self.citing, self.memory) {
                        Settled::Document(symbol) => symbol,
                        Settled::OneOf(symbols) => {
                            let Some(first) = symbols.first().cloned() else { continue };
                            candidates = symbols;
                            first
                        }
                        Settled::NoSymbol => continue,
                    }
                }
                Named::Ibid => {
                    let Some((symbol, place)) = last.clone() else { continue };
                    if places.is_empty() {
                        places.push(place);
                    } else if let Some(place) = place {
                        let kept = place::kept_by_ibid(place.steps());
                        for new in places.iter_mut().flatten() {
                            if !new.steps().starts_with(&kept) && !kept_again(new) {
                                *new = Pinpoint::new([&kept, new.steps()].concat());
                            }
                        }
                    }
                    symbol
                }
                Named::Own { said } => {
                    let Some(own) = self.known.symbols.first() else { continue };
                    let named = mention.places.into_iter().map(|place| here.place(place));
                    places = named
                        .filter(|place| said || here.places.contains(place))
                        .map(Some)
                        .collect();
                    own.clone()
                }
            };
            let own = self.known.symbols.contains(&symbol);
            if own && places.is_empty() {
                // The document's own number leads nowhere.
                continue;
            }
            if places.is_empty() {
                places.push(None);
            }
            if !own {
                last = Some((symbol.clone(), places.last().cloned().flatten()));
                cited = true;
            }
            for pinpoint in places {
                if let Some((symbol, pinpoint)) = council_act(&symbol, pinpoint.as_ref()) {
                    let found_in = found_in.clone();
                    let candidates = Vec::new();
                    out.push(Citation { symbol, pinpoint, start, end, found_in, candidates });
                }
                out.push(Citation {
                    symbol: symbol.clone(),
                    pinpoint,
                    start,
                    end,
                    found_in: found_in.clone(),
                    candidates: candidates.clone(),
                });
            }
        }
        let keeps = cited || *found_in == CitedIn::Text;
        *previous = Previous(last.filter(|_| keeps));
        out
    }
}

/// The act of the Human Rights Council that is cited by its place in the Council's report to the General
/// Assembly, which is supplement No. 53 of each session: `A/73/53, chap. IV, sect. A, resolution 37/17`.
fn council_act(report: &Symbol, place: Option<&Pinpoint>) -> Option<(Symbol, Option<Pinpoint>)> {
    let mut segments = report.segments().skip(2);
    if report.root() != "A" || segments.next() != Some("53") {
        return None;
    }
    let steps = place?.steps();
    let at = steps.iter().position(|s| matches!(s, Step::Resolution(_) | Step::Decision(_)))?;
    let text = match steps.get(at)? {
        Step::Resolution(number) => format!("A/HRC/RES/{number}"),
        Step::Decision(number) => format!("A/HRC/DEC/{number}"),
        _ => return None,
    };
    let inner = steps.get(at + 1..).filter(|steps| !steps.is_empty());
    Some((text.parse().ok()?, inner.map(|steps| Pinpoint::new(steps.to_vec()))))
}

/// Whether a place begins with an annex or the like of its own.
fn kept_again(place: &Pinpoint) -> bool {
    !place::kept_by_ibid(place.steps()).is_empty()
}

/// Counts characters up to bytes, in one walk while the bytes do not go back.
struct Characters<'t> {
    text: &'t str,
    bytes: usize,
    characters: u32,
}

impl<'t> Characters<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, bytes: 0, characters: 0 }
    }

    fn at(&mut self, to: usize) -> u32 {
        if to < self.bytes {
            (self.bytes, self.characters) = (0, 0);
        }
        let step = self.text.get(self.bytes..to).map_or(0, |piece| piece.chars().count());
        self.bytes = to;
        self.characters = self.characters.saturating_add(u32::try_from(step).unwrap_or(u32::MAX));
        self.characters
    }
}
