//! The head of the main stream, which says where everything else is (MS-DOC 2.5).

use super::bytes::{place_at, u16_at};

/// The first word of a document of Word 6 and later.
const MAGIC: [u16; 2] = [0xA5EC, 0xA5DC];

/// The version that Word 97 writes, the first with Unicode and this layout.
const WORD_97: u16 = 0x00C1;

const ENCRYPTED: u16 = 0x0100;
const FIRST_TABLE: u16 = 0x0200;

/// Where the lengths of the parts of the text begin, and the places of tables.
const LENGTHS: usize = 76;
const TABLES: usize = 154;

/// Tables by their number in the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Styles = 1,
    FootnoteMarks = 2,
    FootnoteTexts = 3,
    Headers = 11,
    Runs = 12,
    Paragraphs = 13,
    Pieces = 33,
    EndnoteMarks = 46,
    EndnoteTexts = 47,
    Lists = 73,
    ListOverrides = 74,
}

/// Why a file is no document that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    NotWord,
    Old,
    Encrypted,
}

/// The head of the main stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fib<'a> {
    main: &'a [u8],
    pub first_table: bool,
}

impl<'a> Fib<'a> {
    pub(super) fn read(main: &'a [u8]) -> Result<Self, Refused> {
        let word = |at| u16_at(main, at).ok_or(Refused::NotWord);
        if !MAGIC.contains(&word(0)?) {
            return Err(Refused::NotWord);
        }
        let flags = word(10)?;
        if flags & ENCRYPTED != 0 {
            return Err(Refused::Encrypted);
        }
        if word(2)? < WORD_97 {
            return Err(Refused::Old);
        }
        Ok(Self { main, first_table: flags & FIRST_TABLE != 0 })
    }

    /// Characters of the parts of the text in their order: main text, footnotes, headers, macros,
    /// comments, endnotes, text boxes.
    pub(super) fn lengths(&self) -> [usize; 7] {
        std::array::from_fn(|at| place_at(self.main, LENGTHS + 4 * at).unwrap_or(0))
    }

    /// The bytes of a table in the table stream; none where there is no such table.
    pub(super) fn table<'t>(&self, table: Table, stream: &'t [u8]) -> &'t [u8] {
        let at = TABLES + 8 * table as usize;
        let range = || {
            let start = place_at(self.main, at)?;
            let length = place_at(self.main, at + 4)?;
            stream.get(start..start.checked_add(length)?)
        };
        range().unwrap_or_default()
    }

    /// As [`Fib::table`], to the end of the stream: some tables are followed by what belongs to them.
    pub(super) fn table_on<'t>(&self, table: Table, stream: &'t [u8]) -> &'t [u8] {
        let at = TABLES + 8 * table as usize;
        let present = place_at(self.main, at + 4).is_some_and(|length| length > 0);
        let start = place_at(self.main, at).filter(|_| present);
        start.and_then(|start| stream.get(start..)).unwrap_or_default()
    }
}
