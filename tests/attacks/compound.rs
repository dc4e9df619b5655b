//! Old Word files whose sectors lead in circles.

use super::{Attack, attack};

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;

/// Whether old Word files are read or refused by name, these are no documents.
const REFUSED: &[&str] = &["malformed", "empty", "limit", "not-yet", "unsupported", "encrypted"];

pub(crate) fn attacks() -> Vec<Attack> {
    let header = compound(&[], END, END);
    // Sector 0 is the table of sectors, sector 1 the directory.
    let directory = |next: u32, size: u32| {
        let mut table = sector_of(&[TABLE, next, 2, 3]);
        table.extend(entries(size));
        table
    };
    vec![
        attack("header-alone.doc", &header[..SECTOR], REFUSED),
        attack("directory-in-a-circle.doc", compound(&directory(1, 4096), 1, END), REFUSED),
        attack("stream-in-a-circle.doc", compound(&directory(END, u32::MAX), 1, END), REFUSED),
        attack("directory-nowhere.doc", compound(&directory(END, 9), 0x7FFF_FFFF, END), REFUSED),
        attack("tables-in-a-circle.doc", compound(&directory(END, 9), 1, 0), REFUSED),
        attack(
            "sectors-of-no-size.doc",
            with_shift(compound(&directory(END, 9), 1, END), 0),
            REFUSED,
        ),
        attack(
            "sectors-of-huge-size.doc",
            with_shift(compound(&directory(END, 9), 1, END), 0xFFFF),
            REFUSED,
        ),
    ]
}

/// A compound file with its first table in sector 0.
fn compound(sectors: &[u8], directory: u32, more_tables: u32) -> Vec<u8> {
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.extend([0; 16]);
    // Version 3, little-endian, sectors of 2^9 and small ones of 2^6 bytes.
    out.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    let count = if more_tables == END { 0 } else { u32::MAX };
    for number in [0, 1, directory, 0, 4096, END, 0, more_tables, count, 0] {
        out.extend(u32::to_le_bytes(number));
    }
    while out.len() < SECTOR {
        out.extend(FREE.to_le_bytes());
    }
    out.extend(sectors);
    out
}

fn with_shift(mut file: Vec<u8>, shift: u16) -> Vec<u8> {
    file[30..32].copy_from_slice(&shift.to_le_bytes());
    file
}

fn sector_of(numbers: &[u32]) -> Vec<u8> {
    let mut out: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    while out.len() < SECTOR {
        out.extend(FREE.to_le_bytes());
    }
    out
}

/// A directory: the root, and a document whose sectors begin with the third, which follows itself.
fn entries(size: u32) -> Vec<u8> {
    let mut out = entry("Root Entry", 5, 1, END, 0);
    // It is its own sibling, on both sides, and its own child.
    out.extend(entry("WordDocument", 2, 1, 2, size));
    out.resize(SECTOR, 0);
    out
}

fn entry(name: &str, kind: u8, relative: u32, start: u32, size: u32) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = out.len() as u16 + 2;
    out.resize(64, 0);
    out.extend(length.to_le_bytes());
    out.extend([kind, 1]);
    for number in [relative, relative, relative] {
        out.extend(number.to_le_bytes());
    }
    out.resize(116, 0);
    out.extend(start.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.resize(128, 0);
    out
}
