//! Text painted twice to look bold, or with a shadow: kept once.

use rustc_hash::FxHashMap;

use super::super::font::Styles;
use super::super::page::Glyph;

/// How far apart, over the size, two paintings of one letter may be. Doubled letters of a word,
/// such as the `ll` of the narrowest face, are at least twice as far apart.
const SAME_PLACE: f32 = 0.1;
/// How much of the narrower of them they may be apart: what is drawn beside another is not drawn
/// on it, however narrow.
const SAME_WIDTH: f32 = 0.5;
/// The side, in points, of the cells in which glyphs look for each other.
const CELL: f32 = 4.0;

/// Leaves out glyphs that repeat another at the same place; the one that stays counts as bold.
pub(super) fn merge(glyphs: &mut Vec<Glyph>, styles: &mut Styles) {
    let mut cells: FxHashMap<u64, u32> =
        FxHashMap::with_capacity_and_hasher(glyphs.len(), Default::default());
    let mut doubled: Vec<(u32, u32)> = Vec::new();
    for (at, glyph) in (0_u32..).zip(glyphs.iter()) {
        if glyph.text.is_space() {
            continue;
        }
        let start = start(glyph);
        let reach = glyph.size * SAME_PLACE;
        let sideways = reach.min(glyph.width * SAME_WIDTH);
        let cell = |value: f32| (value / CELL) as i16;
        let mut twin = None;
        for x in cell(glyph.x - sideways)..=cell(glyph.x + sideways) {
            for y in cell(glyph.y - reach)..=cell(glyph.y + reach) {
                if twin.is_none() {
                    twin = cells.get(&key(x, y, start)).copied().filter(|&other| {
                        glyphs.get(other as usize).is_some_and(|other| {
                            other.text == glyph.text
                                && (other.x - glyph.x).abs() <= sideways
                                && (other.y - glyph.y).abs() <= reach
                                && (other.size - glyph.size).abs() <= reach
                        })
                    });
                }
            }
        }
        match twin {
            Some(twin) => doubled.push((twin, at)),
            None => {
                cells.insert(key(cell(glyph.x), cell(glyph.y), start), at);
            }
        }
    }
    if doubled.is_empty() {
        return;
    }
    for &(kept, dropped) in &doubled {
        let hidden = glyphs.get(dropped as usize).is_some_and(|glyph| glyph.hidden);
        if let Some(glyph) = glyphs.get_mut(kept as usize)
            && !hidden
            && !glyph.hidden
        {
            glyph.style = styles.bold(glyph.style);
        }
    }
    let mut dropped = doubled.iter().map(|&(_, at)| at).peekable();
    let mut at = 0_u32;
    glyphs.retain(|_| {
        let drop = dropped.next_if_eq(&at).is_some();
        at += 1;
        !drop
    });
}

/// A cell and the start of a text as one number.
fn key(x: i16, y: i16, start: u32) -> u64 {
    let [x, y] = [x, y].map(|cell| u64::from(cell.cast_unsigned()));
    x << 48 | y << 32 | u64::from(start)
}

/// The first bytes of a glyph's text.
fn start(glyph: &Glyph) -> u32 {
    glyph.text.as_bytes().iter().take(4).fold(0, |start, &byte| start << 8 | u32::from(byte))
}
