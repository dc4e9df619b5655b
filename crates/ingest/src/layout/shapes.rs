//! Pieces take their shapes: masthead, title, preamble, closing lines, table of contents.

use undex_document::{DocumentType, IdentifiedBy, Symbol};

use super::cues::{is_meeting, opens_preambular};
use super::line::terminated;
use super::piece::Piece;
use crate::identity::{self, Found, MastheadLine, classify};
use crate::normal_form::{LINE_HYPHEN, MARK_END, MARK_START};
use crate::pattern::pattern;
use crate::structure::words::{attachment, is_opening, opening_organ};
use crate::structure::{Form, Label, Shape};

/// Pieces at the start among which a masthead and a resolution's heading are looked for.
const HEAD: usize = 60;

/// Letters that the shortest title has.
const TITLE_LETTERS: usize = 3;

/// Pieces in which a recorded vote is told, at most.
const VOTE: usize = 24;

/// Lines of a masthead that may stand above the first one known.
const ABOVE: usize = 4;

pattern! {
    /// `New York, 8–12 July 2024`, `Nueva York, 8 a 12 de julio de 2024`, `Genève, 3 juin 2021`.
    PLACE,
    r"^\p{Lu}[\p{L} .’'-]{2,40},\s+\d{1,2}(?:er)?\b[^.;]{3,50}\b\d{4}$"
}

pattern! {
    /// `27 October–7 November 2014`, `16 de junio a 8 de julio de 2025`.
    DAYS,
    r"^\d{1,2}(?:er|º)?(?:\s+(?:de\s+)?\p{L}{3,12})?(?:\s+(?:de\s+)?\d{4})?\s*(?:[–—-]|to|a|al|au|y|and|et)\s*\d{1,2}(?:er|º)?\s+(?:de\s+)?\p{L}{3,12}\s+(?:del?\s+)?\d{4}$"
}

/// Whether a line says where or when a body met.
fn is_sitting(text: &str) -> bool {
    PLACE.is_match(text) || DAYS.is_match(text)
}

/// Pieces with their shapes, and what the head of the document says.
#[derive(Clone, Debug, Default)]
pub(super) struct Shaped {
    pub pieces: Vec<(Shape, Piece)>,
    pub found: Found,
    pub form: Option<Form>,
}

/// Gives every piece its shape.
pub(super) fn shape(pieces: Vec<Piece>) -> Shaped {
    let pieces = split_annexes(pieces);
    let opening = pieces.iter().take(HEAD).position(|piece| is_opening(&unmarked(&piece.text)));
    if let Some(opening) = opening {
        let organ = pieces.get(opening).and_then(|piece| opening_organ(&unmarked(&piece.text)));
        return resolution(pieces, Head { organ, opening: Some(opening), body: opening + 1 });
    }
    // A resolution printed without its opening line: adopted, and headed by its number.
    let title = pieces
        .iter()
        .take(HEAD)
        .position(|piece| identity::resolution_heading(&unmarked(&piece.text)).is_some());
    if let Some(title) = title {
        let organ =
            pieces.iter().take(title).find_map(|p| identity::adopting_organ(&unmarked(&p.text)));
        if organ.is_some() {
            return resolution(pieces, Head { organ, opening: None, body: title + 1 });
        }
    }
    let mut found = Found::default();
    let mut shapes: Vec<Shape> = pieces.iter().map(of_piece).collect();
    report_head(&pieces, &mut shapes, &mut found);
    close(&pieces, &mut shapes);
    Shaped { pieces: shapes.into_iter().zip(pieces).collect(), found, form: None }
}

fn of_piece(piece: &Piece) -> Shape {
    match piece.heading {
        _ if piece.table => Shape::Table,
        Some(level) => Shape::Heading(level),
        None if piece.bullet => Shape::Bullet,
        None if piece.label.is_none() && attachment(&piece.text).is_some() => Shape::Heading(None),
        None => Shape::Body,
    }
}

/// The text without footnote marks.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            MARK_START => inside = true,
            MARK_END => inside = false,
            LINE_HYPHEN => {}
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.trim().trim_end_matches('*').to_owned()
}

/// Converters run bold headings together: `Anexo**Lista de miembros****Alemania`.
fn split_annexes(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let first = piece.text.split("**").next().unwrap_or_default();
        if piece.text.contains("**") && attachment(first).is_some() && piece.label.is_none() {
            let parts = piece.text.split("**").map(str::trim).filter(|part| !part.is_empty());
            for (at, part) in parts.enumerate() {
                // The word and the annex's title; what else was bold is its first lines.
                let heading = (at < 2).then_some(piece.heading.unwrap_or(None));
                out.push(Piece {
                    text: part.to_owned(),
                    heading,
                    lines: piece.lines.clone(),
                    ..Piece::default()
                });
            }
        } else {
            out.push(piece);
        }
    }
    out
}

/// The head of anything but a resolution: masthead lines, agenda item, title.
fn report_head(pieces: &[Piece], shapes: &mut [Shape], found: &mut Found) {
    let mut lines = Vec::new();
    let mut after_agenda = false;
    // The level of the title of the first agenda item, and how many may still come at that level.
    let mut item_titles: (Option<u8>, usize) = (None, 0);
    let mut seen = false;
    let mut titled = false;
    let named_below = |at: usize| {
        let below = pieces.iter().skip(at + 1).take(ABOVE);
        below.filter(|piece| classify(&unmarked(&piece.text)).is_some()).count() >= 2
    };
    let session_below = |at: usize| {
        let mut below = pieces.iter().skip(at + 1).take(ABOVE);
        below.any(|piece| classify(&unmarked(&piece.text)) == Some(MastheadLine::Session))
    };
    for (at, (piece, shape)) in pieces.iter().zip(shapes.iter_mut()).take(HEAD).enumerate() {
        if piece.label.is_some() || piece.table || piece.bullet {
            break;
        }
        let text = unmarked(&piece.text);
        match classify(&text) {
            Some(line) => {
                if titled {
                    break;
                }
                after_agenda = line == MastheadLine::Agenda;
                if after_agenda {
                    item_titles = (None, identity::agenda_numbers(&text).len());
                }
                lines.push(text);
                seen = true;
                *shape = Shape::Masthead;
            }
            // An organ or body that no table names, above lines that every masthead has.
            None if !seen && at < ABOVE && !terminated(&text) && named_below(at) => {
                lines.push(String::new());
                *shape = Shape::Masthead;
            }
            None if !seen || terminated(&text) || Label::at_start(&text).is_some() => break,
            // A stray letter or sign is no title.
            None if !titled
                && text.chars().filter(|c| c.is_alphabetic()).count() < TITLE_LETTERS =>
            {
                lines.push(String::new());
                *shape = Shape::Masthead;
            }
            // The body whose session is named below it.
            None if !titled && session_below(at) => {
                lines.push(String::new());
                *shape = Shape::Masthead;
            }
            // Where and when it met.
            None if !titled && is_sitting(&text) => {
                lines.push(String::new());
                *shape = Shape::Masthead;
            }
            // The title of the agenda item stands under its number.
            None if after_agenda => {
                after_agenda = false;
                item_titles = (piece.heading.flatten(), item_titles.1.saturating_sub(1));
                lines.push(String::new());
                *shape = Shape::Masthead;
            }
            // Each of several items has its title, all set alike.
            None if !titled
                && item_titles.1 > 0
                && item_titles.0.is_some()
                && item_titles.0 == piece.heading.flatten() =>
            {
                item_titles.1 -= 1;
                lines.push(String::new());
                *shape = Shape::Masthead;
            }
            None if !titled => {
                titled = true;
                // A record is dated by its meeting.
                if is_meeting(&text) {
                    found.date = identity::first_date(&text);
                }
                found.title = Some(text);
                *shape = Shape::Title;
            }
            None => break,
        }
    }
    *found = identity::read_masthead(&lines).or(std::mem::take(found));
}

/// Where the text of a resolution begins.
struct Head {
    /// How the symbols of its organ's resolutions begin.
    organ: Option<&'static str>,
    /// The piece that opens it.
    opening: Option<usize>,
    /// The first piece of its preamble.
    body: usize,
}

/// A resolution: everything above its heading is masthead, and what follows the opening line is its
/// preamble up to the first number.
fn resolution(pieces: Vec<Piece>, head: Head) -> Shaped {
    let mut shapes: Vec<Shape> = pieces.iter().map(of_piece).collect();
    let heading = (0..head.body).rev().find_map(|at| {
        let piece = pieces.get(at)?;
        let line = match &piece.label {
            Some(label) => format!("{label} {}", piece.text),
            None => piece.text.clone(),
        };
        identity::resolution_heading(&unmarked(&line)).map(|named| (at, named))
    });
    // A draft has no number yet: its title is the last line above its opening.
    let drafted = head.opening.filter(|_| heading.is_none()).and_then(|opening| {
        let at = opening.checked_sub(1)?;
        let text = unmarked(&pieces.get(at)?.text);
        let title = classify(&text).is_none() && !terminated(&text) && !text.starts_with('[');
        title.then_some((at, text))
    });
    let mut lines = Vec::new();
    for at in 0..head.opening.unwrap_or(head.body) {
        let (Some(piece), Some(shape)) = (pieces.get(at), shapes.get_mut(at)) else { continue };
        *shape = match &heading {
            Some((title, _)) if at == *title => Shape::Title,
            Some((title, _)) if at > *title => Shape::Heading(None),
            None if drafted.as_ref().is_some_and(|(title, _)| at == *title) => Shape::Title,
            _ => {
                lines.push(unmarked(&piece.text));
                Shape::Masthead
            }
        };
    }
    let mut found = identity::read_masthead(&lines);
    found.title = found.title.or(drafted.map(|(_, title)| title));
    if let Some((_, (number, title))) = heading {
        // The number with its organ is the symbol; a symbol in the masthead says the same.
        let symbol = head.organ.and_then(|organ| format!("{organ}{number}").parse().ok());
        if let (true, Some(symbol)) = (found.symbols.is_empty(), symbol) {
            found.symbols.push(symbol);
            found.identified_by = Some(IdentifiedBy::Heading);
        }
        if !title.is_empty() {
            found.title = Some(title);
        }
        let by_symbol = found.symbols.first().and_then(Symbol::document_type);
        found.kind = Some(by_symbol.unwrap_or(DocumentType::Resolution));
    } else if let (Some(symbol), Some(title)) = (found.symbols.first(), &found.title) {
        // `14/105 Title`, without a full stop.
        let number = symbol.as_str().rsplit('/').take(2).collect::<Vec<_>>();
        if let [number, session] = number.as_slice()
            && let Some(title) = title.strip_prefix(&format!("{session}/{number} "))
        {
            found.title = Some(title.trim_start().to_owned());
        }
    }
    let mut shaped = preamble(pieces, shapes, &head);
    let (mut new_shapes, new_pieces): (Vec<Shape>, Vec<Piece>) = shaped.drain(..).unzip();
    close(&new_pieces, &mut new_shapes);
    let pieces = merge_closing(new_shapes.into_iter().zip(new_pieces).collect());
    // It was adopted at the meeting; the masthead may give the day it was issued.
    let adopted = pieces
        .iter()
        .filter(|(shape, _)| *shape == Shape::Closing)
        .find_map(|(_, piece)| identity::first_date(&piece.text));
    found.date = adopted.or(found.date);
    Shaped { pieces, found, form: Some(Form::Resolution) }
}

/// Shapes the preamble; its lettered items stay in their paragraph.
fn preamble(pieces: Vec<Piece>, mut shapes: Vec<Shape>, head: &Head) -> Vec<(Shape, Piece)> {
    if let Some(shape) = head.opening.and_then(|opening| shapes.get_mut(opening)) {
        *shape = Shape::Opening;
    }
    let numbered = |piece: &Piece| {
        piece.label.as_deref().is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()))
    };
    // A resolution that only adopts its annex has no number before its meeting.
    let ends = |piece: &Piece| {
        piece.label.is_none() && (is_meeting(&piece.text) || attachment(&piece.text).is_some())
    };
    let end = pieces.iter().skip(head.body).position(ends).map(|at| at + head.body);
    let first = pieces
        .iter()
        .position(numbered)
        .filter(|at| *at >= head.body && end.is_none_or(|end| *at < end))
        .unwrap_or_else(|| {
            // No number: preambular paragraphs end in commas, the operative one in a full stop.
            let goes_on = |piece: &&Piece| {
                let text = unmarked(&piece.text);
                let listed = text.ends_with(';') && opens_preambular(&text);
                text.ends_with(',') || listed || piece.label.is_some()
            };
            head.body + pieces.iter().skip(head.body).take_while(goes_on).count()
        });
    let first = adopting(&pieces, head.body, first).unwrap_or(first);
    let mut out: Vec<(Shape, Piece)> = Vec::with_capacity(pieces.len());
    for (at, (piece, shape)) in pieces.into_iter().zip(shapes).enumerate() {
        if at < head.body || at >= first || matches!(shape, Shape::Table) {
            out.push((shape, piece));
            continue;
        }
        // `Decides that:` stands before the first number and belongs to what follows.
        let announces = at + 1 == first && piece.text.ends_with(':');
        if announces || matches!(shape, Shape::Heading(_)) {
            out.push((shape, piece));
        } else if let (Some(label), Some((Shape::Preambular, last))) =
            (&piece.label, out.last_mut())
        {
            last.text.push(' ');
            let start = last.text.len();
            last.text.push_str(&format!("{label} {}", piece.text));
            let shift = label.len() + 1;
            last.lines.extend(piece.lines.iter().map(|(at, n)| (start + shift + at, *n)));
        } else {
            out.push((Shape::Preambular, piece));
        }
    }
    out
}

/// The operative paragraph without number among what stands before the first number, such as `Adopts the
/// following declaration:`, whose paragraphs are numbered. A preambular one ends in a comma.
fn adopting(pieces: &[Piece], body: usize, first: usize) -> Option<usize> {
    let before = pieces.get(body..first)?;
    let plain = |piece: &Piece| piece.label.is_none() && piece.heading.is_none() && !piece.table;
    let at = before.iter().position(|piece| {
        let text = unmarked(&piece.text);
        plain(piece) && text.ends_with([':', '.']) && !opens_preambular(&text)
    })?;
    let mut behind = before.iter().skip(at + 1);
    let preamble_goes_on = behind.any(|piece| {
        let text = unmarked(&piece.text);
        plain(piece) && text.ends_with(',') && opens_preambular(&text)
    });
    (!preamble_goes_on).then_some(body + at)
}

/// The lines that close a resolution: meeting and date.
fn close(pieces: &[Piece], shapes: &mut [Shape]) {
    let (mut after_meeting, mut closed) = (false, false);
    // Up to where the vote goes that is told in brackets.
    let mut vote_ends = 0;
    for (at, (piece, shape)) in pieces.iter().zip(shapes.iter_mut()).enumerate() {
        let open = matches!(shape, Shape::Body | Shape::Heading(_)) && piece.label.is_none();
        let text = unmarked(&piece.text);
        let meeting = open && is_meeting(&text);
        let date = after_meeting && open && classify(&text) == Some(MastheadLine::Date);
        // `[Adopted without a vote.]`, `[Adopted by a recorded vote of ...`, `In favour:`, ...
        if closed && open && text.starts_with('[') {
            let mut behind = pieces.iter().skip(at).take(VOTE);
            let length = behind.position(|piece| unmarked(&piece.text).ends_with(']'));
            vote_ends = length.map_or(0, |length| at + length + 1);
        }
        let vote = open && at < vote_ends;
        if meeting || date || vote {
            *shape = Shape::Closing;
        }
        closed = meeting || date || vote;
        after_meeting = meeting;
    }
}

/// Meeting and date are one closing block, as they are one in print.
fn merge_closing(pieces: Vec<(Shape, Piece)>) -> Vec<(Shape, Piece)> {
    let mut out: Vec<(Shape, Piece)> = Vec::with_capacity(pieces.len());
    for (shape, piece) in pieces {
        match out.last_mut() {
            Some((Shape::Closing, last)) if shape == Shape::Closing => {
                last.text.push(' ');
                last.text.push_str(&piece.text);
            }
            _ => out.push((shape, piece)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of the given texts; `1. ...` is numbered.
    fn pieces(texts: &[&str]) -> Vec<Piece> {
        let piece = |text: &&str| {
            let label = Label::at_start(text);
            let length = label.as_ref().map_or(0, |label| label.length);
            let label = label.map(|label| label.printed);
            Piece { text: text[length..].to_owned(), label, ..Piece::default() }
        };
        texts.iter().map(piece).collect()
    }

    fn names(shaped: &Shaped) -> Vec<&'static str> {
        let name = |(shape, _): &(Shape, Piece)| match shape {
            Shape::Masthead => "masthead",
            Shape::Title => "title",
            Shape::Opening => "opening",
            Shape::Preambular => "preambular",
            Shape::Closing => "closing",
            Shape::Body => "body",
            _ => "other",
        };
        shaped.pieces.iter().map(name).collect()
    }

    #[test]
    fn a_declaration_is_adopted_by_a_paragraph_without_number() {
        let head = ["99/3. Declaration on lamps", "The General Assembly,"];
        let rest = ["Adopts the following declaration:", "We, the keepers, met.", "1. We resolve."];
        let shaped = shape(pieces(&[&head[..], &["Recalling its lamps,"], &rest].concat()));
        assert_eq!(names(&shaped), ["title", "opening", "preambular", "body", "body", "body"]);
        // What a preambular paragraph lists belongs to it.
        for listing in ["Ayant à l’esprit :", "Convencido de que:", "Bearing in mind that:"] {
            let texts = [&head[..], &[listing, "Recalling its lamps,", "1. Decides."]].concat();
            let expected = ["title", "opening", "preambular", "preambular", "body"];
            assert_eq!(names(&shape(pieces(&texts))), expected, "{listing}");
        }
    }

    #[test]
    fn decisions_of_councils() {
        let shaped = shape(pieces(&[
            "A/HRC/DEC/99/105",
            "Decision adopted by the Human Rights Council",
            "99/105 Lamps",
            "The Human Rights Council,",
            "Acting on its lamps;",
            "Adopts the outcome.",
            "22nd meeting",
            "9 June 2110",
            "[Adopted by a recorded vote of 2 to 1, as follows:",
            "In favour: Harbour, Quay",
            "Against: Pier]",
            "A note.",
        ]));
        let expected =
            ["masthead", "masthead", "title", "opening", "preambular", "body", "closing", "body"];
        assert_eq!(names(&shaped), expected);
        assert_eq!(shaped.found.title.as_deref(), Some("Lamps"));
    }

    #[test]
    fn days_of_a_session() {
        let table = [
            ("27 October–7 November 2014", true),
            ("16 de junio a 8 de julio de 2025", true),
            ("1er-5 juillet 2024", true),
            ("16 juin au 8 juillet 2025", true),
            ("New York, 8–12 July 2024", true),
            ("50 years of the Declaration adopted on 18 December 1972", false),
            ("10 years of lamps and 20 of bells", false),
        ];
        for (line, sitting) in table {
            assert_eq!(is_sitting(line), sitting, "{line}");
        }
    }
}
