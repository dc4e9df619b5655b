//! Files of Word 97 made in code, and what is read from them.

use std::io::{Cursor, Write};

use super::*;

/// Where the text begins in the main stream, behind the head.
const TEXT: usize = 1024;

/// A file in the making: text in parts, properties, tables.
#[derive(Default)]
struct Doc {
    /// Main text, footnotes, headers, macros, comments, endnotes, text boxes.
    parts: [String; 7],
    /// Changes of the paragraphs in the order of their marks; the last hold for the rest.
    paragraphs: Vec<Vec<u8>>,
    /// First character of a run, the one behind its last, its changes; without gaps.
    runs: Vec<(usize, usize, Vec<u8>)>,
    /// Places in the head and content of further tables.
    tables: Vec<(usize, Vec<u8>)>,
    flags: u16,
    version: u16,
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn longs(values: &[usize]) -> Vec<u8> {
    values.iter().flat_map(|value| (*value as u32).to_le_bytes()).collect()
}

/// A page of properties: places, entries of `entry` bytes, then the properties.
fn page(spans: &[(usize, usize, Vec<u8>)], entry: usize) -> Vec<u8> {
    let mut page = vec![0u8; 512];
    let mut places: Vec<usize> = spans.iter().map(|(from, ..)| *from).collect();
    places.extend(spans.last().map(|(_, to, _)| *to));
    page[..places.len() * 4].copy_from_slice(&longs(&places));
    let mut end = 510;
    for (at, (.., properties)) in spans.iter().enumerate() {
        end = (end - properties.len()) & !1;
        page[end..end + properties.len()].copy_from_slice(properties);
        page[4 * places.len() + entry * at] = (end / 2) as u8;
    }
    page[511] = spans.len() as u8;
    page
}

impl Doc {
    fn new(text: &str) -> Self {
        let parts = std::array::from_fn(|at| if at == 0 { text.to_owned() } else { String::new() });
        Self { parts, version: 0x00C1, ..Self::default() }
    }

    /// The file: the first half of the text in one byte for each character, the rest in two.
    fn bytes(&self) -> Vec<u8> {
        let text: Vec<u16> = self.parts.concat().encode_utf16().collect();
        let half = text.iter().position(|unit| *unit > 0xFF).unwrap_or(text.len() / 2);
        let mut main = vec![0u8; TEXT];
        main.extend(text[..half].iter().map(|unit| *unit as u8));
        main.resize(main.len() + main.len() % 2, 0);
        let second = main.len();
        main.extend(words(&text[half..]));
        let place = |at: usize| if at < half { TEXT + at } else { second + 2 * (at - half) };

        let mut table = Vec::new();
        let mut tables = self.tables.clone();
        let mut clx = vec![1, 2, 0, 9, 9, 2];
        clx.extend(longs(&[28]));
        clx.extend(longs(&[0, half, text.len()]));
        for place in [(TEXT * 2) | 1 << 30, second] {
            clx.extend([0, 0]);
            clx.extend(longs(&[place]));
            clx.extend([0, 0]);
        }
        tables.push((33, clx));

        let marks = text.iter().enumerate().filter(|(_, unit)| matches!(**unit, 7 | 12 | 13));
        let mut from = 0;
        let mut spans = Vec::new();
        for (number, (at, _)) in marks.enumerate() {
            let changes = self.paragraphs.get(number).or(self.paragraphs.last());
            let mut all = words(&[0]);
            all.extend(changes.cloned().unwrap_or_default());
            // The length in words, counting itself half.
            all.resize(all.len() + (all.len() + 1) % 2, 0);
            all.insert(0, all.len().div_ceil(2) as u8);
            spans.push((place(from), place(at) + if at < half { 1 } else { 2 }, all));
            from = at + 1;
        }
        let mut pages = |spans: &[(usize, usize, Vec<u8>)], entry: usize| {
            main.resize(main.len().next_multiple_of(512), 0);
            let number = main.len() / 512;
            main.extend(page(spans, entry));
            let mut plc = longs(&[0, usize::MAX & 0xFFFF_FFFF]);
            plc.extend(longs(&[number]));
            plc
        };
        if !self.paragraphs.is_empty() {
            tables.push((13, pages(&spans, 13)));
        }
        if !self.runs.is_empty() {
            let runs: Vec<(usize, usize, Vec<u8>)> = self
                .runs
                .iter()
                .map(|(from, to, changes)| {
                    let mut all = vec![changes.len() as u8];
                    all.extend(changes);
                    (place(*from), place(*to), all)
                })
                .collect();
            tables.push((12, pages(&runs, 1)));
        }
        for (number, content) in tables {
            main[154 + 8 * number..154 + 8 * number + 8]
                .copy_from_slice(&longs(&[table.len(), content.len()]));
            table.extend(content);
        }
        main[0..4].copy_from_slice(&words(&[0xA5EC, self.version]));
        main[10..12].copy_from_slice(&words(&[self.flags | 0x0200]));
        let lengths: Vec<usize> =
            self.parts.iter().map(|part| part.encode_utf16().count()).collect();
        main[76..76 + 28].copy_from_slice(&longs(&lengths));
        compound(&[("/WordDocument", &main), ("/1Table", &table)])
    }

    fn blocks(&self) -> Vec<String> {
        let draft = read("old.doc", &self.bytes(), &Limits::default()).unwrap();
        let shown = draft.blocks.iter().map(|block| {
            let notes: String =
                block.notes.iter().map(|note| format!(" <{} {}>", note.mark, note.text)).collect();
            match &block.label {
                Some(label) => format!("[{label}] {}{notes}", block.text),
                None => format!("{}{notes}", block.text),
            }
        });
        shown.collect()
    }
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn text_in_pieces() {
    let doc = Doc::new(
        "1.\tThe caf\u{E9} met.\rNon\u{1E}stop \u{13}PAGE\u{14}7\u{15}\u{13} REF x \u{14}here\u{15}.\r«Карта»\u{B}two\u{1F}fold\r",
    );
    assert_eq!(doc.blocks(), ["[1] The café met.", "Non-stop here.", "«Карта» twofold"]);
}

#[test]
fn notes_and_headers() {
    let mut doc = Doc::new("Maps\u{2} are old.\rA title*\r");
    doc.parts[1] = "\u{2}\tSee UNDEX/1.\r*\tReissued.\r\r".to_owned();
    let mut marks = longs(&[4, 22, 25]);
    marks.extend(words(&[1, 0]));
    doc.tables = vec![(2, marks), (3, longs(&[0, 15, 27, 28]))];
    assert_eq!(doc.parts[0].find('*'), Some(22));
    assert_eq!(doc.blocks(), ["Maps are old. <1 See UNDEX/1.>", "A title <* Reissued.>"]);

    let header = "United Nations\rUNDEX/80/5\rDistr.: General\r3 May 2004\r";
    let mut doc = Doc::new("Eightieth session\rReport on maps\r1.\tThe group met.\r");
    doc.parts[2] = header.to_owned();
    let mut stories = vec![0; 11];
    stories.extend([header.len(), header.len(), header.len() + 2]);
    doc.tables = vec![(11, longs(&stories))];
    let found = read("old.doc", &doc.bytes(), &Limits::default()).unwrap().found;
    assert_eq!(found.symbols[0].to_string(), "UNDEX/80/5");
    assert_eq!(found.date.unwrap().to_string(), "2004-05-03");
    assert_eq!(found.title.as_deref(), Some("Report on maps"));
}

#[test]
fn tables_by_their_properties_and_without() {
    let in_table = vec![0x16, 0x24, 1];
    let ends_row = vec![0x16, 0x24, 1, 0x17, 0x24, 1];
    let mut doc = Doc::new("Kind\u{7}Count\r2024\u{7}\u{7}Old\u{7}\u{7}\u{7}After.\r");
    doc.paragraphs = [0, 0, 0, 1, 0, 0, 1]
        .map(|last| if last == 1 { ends_row.clone() } else { in_table.clone() })
        .to_vec();
    doc.paragraphs.push(Vec::new());
    assert_eq!(doc.blocks(), ["Kind\tCount 2024\nOld", "After."]);
    let doc = Doc::new("Kind\u{7}Count\u{7}\u{7}Old\u{7}3\u{7}\u{7}After.\r");
    assert_eq!(doc.blocks(), ["Kind\tCount\nOld\t3", "After."]);
}

/// One list: decimal numbers on the first level, letters on the second.
fn lists() -> Vec<(usize, Vec<u8>)> {
    let mut lists = words(&[1]);
    lists.extend(longs(&[77, 0]));
    lists.extend([0; 20]);
    for level in 0..9u16 {
        let (format, text): (u8, Vec<u16>) =
            if level == 1 { (4, vec![40, 1, 41]) } else { (0, vec![level, 46]) };
        lists.extend(longs(&[1]));
        lists.push(format);
        lists.extend([0; 23]);
        lists.extend(words(&[text.len() as u16]));
        lists.extend(words(&text));
    }
    // Two references; the second begins at 5.
    let mut overrides = longs(&[2]);
    for changed in [0, 1] {
        overrides.extend(longs(&[77, 0, 0]));
        overrides.extend([changed, 0, 0, 0]);
    }
    overrides.extend(longs(&[usize::MAX & 0xFFFF_FFFF, usize::MAX & 0xFFFF_FFFF, 5, 0x10]));
    vec![(73, lists), (74, overrides)]
}

#[test]
fn automatic_numbers() {
    let numbered = |list: u8, level: u8| vec![0x0B, 0x46, list, 0, 0x0A, 0x26, level];
    let mut doc = Doc::new("It met:\rOld;\rNew.\rIt left.\rAgain.\rPlain.\r");
    doc.tables = lists();
    doc.paragraphs = vec![
        numbered(1, 0),
        numbered(1, 1),
        numbered(1, 1),
        numbered(1, 0),
        numbered(2, 0),
        numbered(0, 0),
    ];
    assert_eq!(
        doc.blocks(),
        ["[1] It met:", "[(a)] Old;", "[(b)] New.", "[2] It left.", "[5] Again.", "Plain."]
    );
}

#[test]
fn headings_and_runs() {
    use crate::structure::Shape;
    let mut doc = Doc::new("Maps\rgone Kept\u{B2} and hidden.\rBold\r");
    doc.paragraphs = vec![vec![0x40, 0x26, 0], Vec::new(), Vec::new()];
    let (plain, deleted) = (Vec::new(), vec![0x00, 0x08, 1]);
    let (hidden, bold) = (vec![0x3C, 0x08, 1], vec![0x35, 0x08, 1]);
    doc.runs = vec![
        (0, 5, plain.clone()),
        (5, 10, deleted),
        (10, 15, plain.clone()),
        (15, 26, hidden),
        (26, 28, plain),
        (28, 33, bold),
    ];
    let draft = read("old.doc", &doc.bytes(), &Limits::default()).unwrap();
    let found: Vec<(Shape, &str)> =
        draft.blocks.iter().map(|block| (block.shape, block.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (Shape::Heading(Some(1)), "Maps"),
            (Shape::Body, "Kept²."),
            (Shape::Heading(None), "Bold"),
        ]
    );
}

#[test]
fn styles_make_headings() {
    let style = |built_in: u16, base: u16, changes: &[u8]| {
        let mut bytes = words(&[built_in, base << 4 | 1, 2, 0, 0, 1, u16::from(b'x'), 0]);
        bytes.extend(words(&[2 + changes.len() as u16, 0]));
        bytes.extend(changes);
        bytes
    };
    let all = [style(0, 0x0FFF, &[]), style(2, 0, &[]), style(0x0FFE, 1, &[0x0B, 0x46, 3, 0])];
    let mut table = words(&[4, 4, 10]);
    for style in &all {
        table.extend(words(&[style.len() as u16]));
        table.extend(style);
        table.resize(table.len() + table.len() % 2, 0);
    }
    table.extend(words(&[0]));
    let styles = styles::Styles::read(&table);
    assert_eq!(styles.of(0).paragraph.outline, None);
    assert_eq!(styles.of(1).paragraph.outline, Some(1));
    let own = styles.of(2).paragraph;
    assert_eq!((own.outline, own.list), (Some(1), Some(3)));
    assert_eq!(styles.of(99).paragraph, formatting::Paragraph::default());
}

#[test]
fn refused_by_name() {
    let error =
        |bytes: &[u8]| read("old.doc", bytes, &Limits::default()).err().unwrap().to_string();
    let doc = Doc::new("Maps.\r");
    let old = Doc { version: 0x0068, ..Doc::new("Maps.\r") };
    let locked = Doc { flags: 0x0100, ..Doc::new("Maps.\r") };
    let whole = doc.bytes();
    // (file, what the message says, why)
    let table: [(Vec<u8>, &str, &str); 6] = [
        (old.bytes(), "Word 95 or older", "an old version"),
        (locked.bytes(), "encrypted; save it without its password", "a password"),
        (
            compound(&[("/EncryptedPackage", b"x")]),
            "malformed docx: encrypted",
            "a new one under a password",
        ),
        (compound(&[("/Workbook", b"x")]), "other than a Word document", "a table"),
        (whole[..700].to_vec(), "no compound file", "cut"),
        (
            compound(&[("/WordDocument", &words(&[0xA5EC, 0xC1, 0, 0, 0, 0x200]))]),
            "1Table is missing",
            "half a file",
        ),
    ];
    for (bytes, expected, why) in table {
        let found = error(&bytes);
        assert!(found.contains(expected), "{why}: {found}");
    }
    let limits = Limits { word_part_bytes: 500, ..Limits::default() };
    assert!(read("old.doc", &whole, &limits).err().unwrap().is_limit());
}

#[test]
fn overlapping_pieces_meet_the_limit() {
    let mut doc = Doc::new("Maps.\r");
    let mut clx = vec![2];
    let pieces = 100;
    clx.extend(longs(&[4 + 12 * pieces]));
    clx.extend(longs(&(0..=pieces).map(|at| at * 400).collect::<Vec<_>>()));
    for _ in 0..pieces {
        clx.extend([0, 0]);
        clx.extend(longs(&[1 << 30]));
        clx.extend([0, 0]);
    }
    doc.tables = vec![(33, clx.clone())];
    let fits = Text::read(&vec![b'x'; 1000], &clx, 40_000).unwrap();
    assert_eq!(fits.units.len(), 40_000);
    assert_eq!(Text::read(&vec![b'x'; 1000], &clx, 1000).err(), Some(Broken::TooLong(1200)));
    assert_eq!(Text::read(b"short", &clx, 40_000).err(), Some(Broken::Table));
}

#[test]
fn damage_is_survived() {
    let numbered = |list: u8, level: u8| vec![0x0B, 0x46, list, 0, 0x0A, 0x26, level];
    let mut doc = Doc::new("It met:\rOld\u{2};\rKind\u{7}Count\u{7}\u{7}It left.\rAgain.\r");
    doc.parts[1] = "\u{2}\tSee UNDEX/1.\r\r".to_owned();
    doc.tables = lists();
    let mut marks = longs(&[11, 40]);
    marks.extend(words(&[1]));
    doc.tables.extend([(2, marks), (3, longs(&[0, 15, 16]))]);
    doc.paragraphs = vec![numbered(1, 0), numbered(1, 1), vec![0x16, 0x24, 1]];
    doc.runs = vec![(0, 5, vec![0x35, 0x08, 1]), (5, 30, vec![0x43, 0x4A, 20, 0])];
    let whole = doc.bytes();
    let mut state = 7u64;
    let mut next = |below: usize| {
        // Knuth's generator: the same damage in every run.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..1000 {
        let mut bytes = whole.clone();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            bytes[at] = [0, 1, 0x7F, 0xFF, next(256) as u8][next(5)];
        }
        if next(4) == 0 {
            bytes.truncate(next(bytes.len()));
        }
        // Whatever comes of it, it comes.
        let _ = read("damaged.doc", &bytes, &Limits::default());
    }
}
