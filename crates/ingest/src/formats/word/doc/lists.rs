//! Lists (MS-DOC 2.9.131, 2.9.147), as the numbering that a `.docx` states in its own part.

use super::super::numbering::{Level, Numbering};
use super::bytes::{place_at, u8_at, u16_at, u32_at};

/// Bytes of a list, of a level without its text, of an override.
const LIST: usize = 28;
const LEVEL: usize = 28;
const OVERRIDE: usize = 16;

/// Levels of a list.
const LEVELS: usize = 9;

/// Reads the lists and what paragraphs refer to. A list that cannot be read leaves those after it
/// unread: their paragraphs have no numbers then.
pub(super) fn read(lists: &[u8], overrides: &[u8]) -> Numbering {
    let mut numbering = Numbering::default();
    let read = read_lists(lists, &mut numbering);
    if read.is_some() {
        read_overrides(overrides, &mut numbering);
    }
    numbering
}

fn read_lists(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    let count = usize::from(u16_at(bytes, 0)?);
    let mut levels = bytes.get(2 + count * LIST..)?;
    for at in 0..count {
        let list = bytes.get(2 + at * LIST..2 + (at + 1) * LIST)?;
        let id = u32_at(list, 0)?;
        let simple = u8_at(list, 26)? & 1 != 0;
        let mut found = Vec::new();
        for _ in 0..if simple { 1 } else { LEVELS } {
            let (level, rest) = level(levels)?;
            found.push(level);
            levels = rest;
        }
        numbering.define(id.to_string(), found);
    }
    Some(())
}

/// One level, and the bytes behind it.
fn level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    /// Numbers of formats that have names, by their place.
    const FORMATS: [&str; 6] =
        ["decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"];
    const ZERO: u8 = 22;
    const BULLET: u8 = 23;
    const NONE: u8 = 255;

    let start = u32_at(bytes, 0)?;
    let number = u8_at(bytes, 4)?;
    let flags = u8_at(bytes, 5)?;
    let run = usize::from(u8_at(bytes, 24)?);
    let paragraph = usize::from(u8_at(bytes, 25)?);
    let restart = u8_at(bytes, 26)?;
    let text = bytes.get(LEVEL + run + paragraph..)?;
    let length = usize::from(u16_at(text, 0)?);
    let end = 2 + 2 * length;
    let units: Vec<u16> = text.get(2..end)?.chunks_exact(2).filter_map(|c| u16_at(c, 0)).collect();
    // A character below nine stands for the number of that level.
    let written: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .map(|c| match u32::from(c) {
            level @ 0..=8 => format!("%{}", level + 1),
            _ => c.to_string(),
        })
        .collect();
    let format = match number {
        ZERO => "decimalZero",
        BULLET => "bullet",
        NONE => "none",
        number => FORMATS.get(usize::from(number)).copied().unwrap_or("decimal"),
    };
    let level = Level {
        start,
        format: format.to_owned(),
        text: written,
        // The bit says that the level does not begin again after every one above it.
        restart: (flags & 0x08 != 0).then_some(usize::from(restart)),
        legal: flags & 0x04 != 0,
        style: None,
    };
    Some((level, text.get(end..)?))
}

fn read_overrides(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    let count = place_at(bytes, 0)?;
    let mut data = bytes.get(4usize.checked_add(count.checked_mul(OVERRIDE)?)?..)?;
    for at in 0..count {
        let entry = bytes.get(4 + at * OVERRIDE..4 + (at + 1) * OVERRIDE)?;
        let id = u32_at(entry, 0)?;
        let changed = u8_at(entry, 12)?;
        let mut starts = Vec::new();
        let mut own = Vec::new();
        // Four bytes without meaning stand before the changes of each.
        let mut rest = data.get(4..);
        for _ in 0..changed {
            let Some(bytes) = rest else { break };
            let (Some(start), Some(flags)) = (u32_at(bytes, 0), u32_at(bytes, 4)) else { break };
            let level_number = usize::try_from(flags & 0xF).unwrap_or(0);
            rest = bytes.get(8..);
            if flags & 0x20 != 0 {
                let Some((read, after)) = rest.and_then(level) else { break };
                own.push((level_number, read));
                rest = Some(after);
            } else if flags & 0x10 != 0 {
                starts.push((level_number, start));
            }
        }
        numbering.refer((at + 1).to_string(), id.to_string(), starts, own);
        data = rest.unwrap_or_default();
    }
    Some(())
}
