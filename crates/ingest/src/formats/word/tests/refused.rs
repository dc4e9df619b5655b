//! Files that are refused, and how.

use super::builder::{SPACES, Word, archive, p};
use crate::Limits;

fn error(bytes: &[u8], limits: &Limits) -> crate::ExtractError {
    match super::read("bad.docx", bytes, limits) {
        Ok(_) => panic!("read"),
        Err(error) => error,
    }
}

#[test]
fn other_office_files() {
    let excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let found = error(&Word::new("").of_type(excel).bytes(), &Limits::default());
    assert_eq!(
        found.to_string(),
        "bad.docx: an Excel workbook, which undex does not read; save it as a Word document or as text"
    );
    assert!(found.is_skipped());
    // Documents with macros and templates are documents.
    for kind in [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ] {
        let word = Word::new(&p("Maps.")).of_type(kind);
        super::read("letter.dotx", &word.bytes(), &Limits::default()).unwrap();
    }
}

#[test]
fn malformed_parts_are_named() {
    let part = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    let rels = "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='doc.xml'/></Relationships>";
    // (parts, what the message says, why)
    let table = [
        (vec![part("[Content_Types].xml", "<Types/>")], "names no document part", "no links"),
        (vec![part("_rels/.rels", rels)], "doc.xml: missing", "a link to nothing"),
        (
            vec![
                part("_rels/.rels", rels),
                part("doc.xml", &format!("<w:document {SPACES}><w:body>")),
            ],
            "doc.xml: the end of the part",
            "cut",
        ),
        (
            vec![
                part("_rels/.rels", rels),
                part("doc.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            ],
            "doc.xml: a document type declaration",
            "entities",
        ),
        (
            vec![
                part("_rels/.rels", rels),
                part(
                    "doc.xml",
                    &format!(
                        "<w:document {SPACES}><w:body><w:p><w:r><w:t>&nbsp;</w:t></w:r></w:p></w:body></w:document>"
                    ),
                ),
            ],
            "unknown entity &nbsp;",
            "an entity of HTML",
        ),
    ];
    for (parts, expected, why) in table {
        let found = error(&archive(&parts), &Limits::default()).to_string();
        assert!(found.contains("malformed docx") && found.contains(expected), "{why}: {found}");
    }
}

#[test]
fn limits_are_named() {
    let word = Word::new(&p(&"maps ".repeat(300_000))).bytes();
    let deep = Word::new(&format!(
        "{}{}",
        "<w:sdt><w:sdtContent>".repeat(200),
        "</w:sdtContent></w:sdt>".repeat(200)
    ))
    .bytes();
    let many = Word::new(&p("x").repeat(20)).bytes();
    let limits = Limits::default();
    // (file, limits, the one that is met)
    let table = [
        (&word, Limits { archive_ratio: 1, ..limits }, "archive_ratio"),
        (
            &word,
            Limits { archive_ratio: 10_000, word_part_bytes: 1000, ..limits },
            "word_part_bytes",
        ),
        (&word, Limits { archive_ratio: 10_000, word_bytes: 5000, ..limits }, "word_bytes"),
        (&word, Limits { archive_entries: 2, ..limits }, "archive_entries"),
        (&deep, limits, "xml_depth"),
        (&many, Limits { paragraphs: 10, ..limits }, "paragraphs"),
    ];
    for (bytes, limits, name) in table {
        let found = error(bytes, &limits);
        assert!(found.is_limit(), "{found}");
        assert!(found.to_string().contains(&format!("{name} is ")), "{name}: {found}");
    }
}

#[test]
fn hostile_structures_end() {
    // Styles and lists that refer to themselves, notes inside their own text, fields without end.
    let styles = "<w:style w:type='paragraph' w:styleId='a'><w:basedOn w:val='b'/></w:style><w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='s'/><w:styleLink w:val='s'/></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let itself = "<w:footnote w:id='1'><w:p><w:r><w:footnoteReference w:id='1'/><w:t>again</w:t></w:r></w:p></w:footnote>";
    let body = "<w:p><w:pPr><w:pStyle w:val='a'/><w:numPr><w:ilvl w:val='99'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Maps</w:t><w:footnoteReference w:id='1'/><w:footnoteReference w:id='1'/><w:fldChar w:fldCharType='begin'/></w:r></w:p><w:p><w:r><w:t>End.</w:t></w:r></w:p>";
    let word = Word::new(body)
        .with("styles", styles)
        .with("numbering", numbering)
        .with("footnotes", itself);
    let draft = super::draft(&word);
    let texts: Vec<&str> = draft.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["Maps", "End."]);
    assert_eq!(draft.blocks[0].notes.len(), 1);
    assert_eq!(draft.warnings[0].code, "note-text-lost");
}

#[test]
fn damage_is_survived() {
    let body = format!(
        "{}<w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Cell</w:t><w:footnoteReference w:id='1'/></w:r></w:p></w:tc></w:tr></w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>x</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p></w:sdtContent></w:sdt>",
        p("1.|The group met.")
    );
    let tokens: Vec<&str> = body.split_inclusive('>').collect();
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='1'><w:lvlText w:val='%2.%9'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let notes = "<w:footnote w:id='1'><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote>";
    let mut state = 11u64;
    let mut next = |below: usize| {
        // Knuth's generator: the same damage in every run.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut read = 0;
    for _ in 0..500 {
        let mut tokens = tokens.clone();
        for _ in 0..=next(2) {
            let (from, to) = (next(tokens.len()), next(tokens.len()));
            match next(3) {
                0 => tokens.swap(from, to),
                1 => drop(tokens.remove(from)),
                _ => tokens.insert(to, tokens[from]),
            }
        }
        let word =
            Word::new(&tokens.concat()).with("numbering", numbering).with("footnotes", notes);
        let mut bytes = word.bytes();
        if next(5) == 0 {
            let at = next(bytes.len());
            bytes[at] ^= 1 << next(8);
        }
        read += usize::from(super::read("damaged.docx", &bytes, &Limits::default()).is_ok());
    }
    assert!(read > 20, "only {read} were read at all");
}
