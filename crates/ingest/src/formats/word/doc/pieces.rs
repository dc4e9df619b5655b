//! The text, put together from its pieces (MS-DOC 2.4.1).

use encoding_rs::WINDOWS_1252;

use super::bytes::{Plc, place_at, u8_at, u16_at, u32_at};

/// Marks a piece of one byte for each character.
const COMPRESSED: u32 = 1 << 30;

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its first character in the text.
    start: usize,
    /// Its first byte in the main stream, and bytes for each character.
    place: usize,
    width: usize,
}

/// The text of a document in the units its positions count.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub units: Vec<u16>,
    pieces: Vec<Piece>,
}

/// Why the text could not be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// There is no table of pieces, or it leads out of the file.
    Table,
    /// The pieces make more text than allowed: they overlap.
    TooLong(usize),
}

impl Text {
    /// Puts the text together. `table` is the structure that the head calls `Clx`.
    pub(super) fn read(main: &[u8], table: &[u8], bound: usize) -> Result<Self, Broken> {
        let plc = piece_table(table).ok_or(Broken::Table)?;
        let mut text = Self::default();
        for at in 0..plc.len() {
            let (Some(start), Some(end), Some(datum)) =
                (plc.position(at), plc.position(at + 1), plc.datum(at))
            else {
                return Err(Broken::Table);
            };
            let place = u32_at(datum, 2).ok_or(Broken::Table)?;
            let length = end.checked_sub(start).ok_or(Broken::Table)?;
            if text.units.len().saturating_add(length) > bound {
                return Err(Broken::TooLong(text.units.len().saturating_add(length)));
            }
            let compressed = place & COMPRESSED != 0;
            let offset = usize::try_from(place & !COMPRESSED).map_err(|_| Broken::Table)?;
            let (place, width) = if compressed { (offset / 2, 1) } else { (offset, 2) };
            text.pieces.push(Piece { start: text.units.len(), place, width });
            let bytes = length
                .checked_mul(width)
                .and_then(|length| main.get(place..place.checked_add(length)?))
                .ok_or(Broken::Table)?;
            if compressed {
                // One byte is one character, so each is decoded alone.
                let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
                text.units.extend(decoded.encode_utf16());
            } else {
                let unit = |pair: &[u8]| u16_at(pair, 0).unwrap_or(0);
                text.units.extend(bytes.chunks_exact(2).map(unit));
            }
        }
        Ok(text)
    }

    /// The byte in the main stream at which a character stands; formatting goes by it.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        let piece = self.pieces.get(after.checked_sub(1)?)?;
        Some(piece.place + (at - piece.start) * piece.width)
    }

    /// The character before which the piece that holds a character ends, and bytes for each.
    pub(super) fn piece_end(&self, at: usize) -> (usize, usize) {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        let width =
            after.checked_sub(1).and_then(|last| self.pieces.get(last)).map_or(1, |p| p.width);
        (self.pieces.get(after).map_or(self.units.len(), |piece| piece.start), width)
    }
}

/// The table of pieces behind the properties that pieces share.
fn piece_table(mut table: &[u8]) -> Option<Plc<'_>> {
    loop {
        match u8_at(table, 0)? {
            1 => table = table.get(3 + usize::from(u16_at(table, 1)?)..)?,
            2 => {
                let length = place_at(table, 1)?;
                return Some(Plc::new(table.get(5..5usize.checked_add(length)?)?, 8));
            }
            _ => return None,
        }
    }
}
