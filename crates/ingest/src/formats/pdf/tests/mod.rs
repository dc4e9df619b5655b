//! Tests of the interpreter, on files made in code.

mod builder;
mod encrypted;
mod fonts;
mod hostile;
mod marks;
mod mutations;
mod shapes;
mod text;

use self::builder::Builder;
use super::Pages;
use super::page::{Glyph, Page};
use crate::{ExtractError, Limits};

/// A font that every reader has, in the encoding of Windows.
const HELVETICA: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

fn read(builder: &Builder) -> Pages {
    try_read(&builder.build()).unwrap()
}

fn try_read(bytes: &[u8]) -> Result<Pages, ExtractError> {
    super::pages("test.pdf", bytes, &Limits::default())
}

/// A file of one page with the font `F`.
fn with_font(font: &str, content: &str) -> Builder {
    let mut builder = Builder::new();
    let font = builder.object(font);
    builder.page(&format!("/Resources << /Font << /F {font} 0 R >> >>"), content);
    builder
}

/// The only page of a file with Helvetica as `F`.
fn draw(content: &str) -> Page {
    only_page(read(&with_font(HELVETICA, content)))
}

fn only_page(pages: Pages) -> Page {
    assert_eq!(pages.pages.len(), 1);
    pages.pages.into_iter().next().unwrap()
}

fn text_of(page: &Page) -> String {
    page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
}

fn text(builder: &Builder) -> String {
    let pages = read(builder);
    let texts: Vec<String> = pages.pages.iter().map(text_of).collect();
    texts.join("|")
}

/// Asserts where glyphs start, to a hundredth of a point.
#[track_caller]
fn assert_places(glyphs: &[Glyph], expected: &[(&str, f32, f32)]) {
    let places: Vec<(&str, f32, f32)> =
        glyphs.iter().map(|glyph| (glyph.text.as_str(), glyph.x, glyph.y)).collect();
    let near = places.len() == expected.len()
        && places.iter().zip(expected).all(|(found, wanted)| {
            found.0 == wanted.0
                && (found.1 - wanted.1).abs() < 0.01
                && (found.2 - wanted.2).abs() < 0.01
        });
    assert!(near, "found {places:?}\nwanted {expected:?}");
}
