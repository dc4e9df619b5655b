//! What is written reads back.

use undex_document::{DocumentType, IdentifiedBy, Note, Paragraph, Role};

use super::akn;
use crate::structure::{self, Block, Form, Shape};
use crate::{Catalogue, Context, Extraction, Extractor, Limits};
use undex_document::Document;

fn read(path: &str, text: &str) -> Result<Extraction, crate::ExtractError> {
    let extractor = Extractor::new(Catalogue::default(), Limits::default());
    extractor.extract_in_process(path, text.as_bytes(), Context::default())
}

/// A document of blocks, as if some reader had found them.
fn document(blocks: Vec<Block>, form: Form) -> Document {
    let mut document =
        read("x.txt", "The group looked at the maps of the region.").unwrap().document;
    document.paragraphs = structure::paragraphs(blocks, form);
    document.symbol = "UNDEX/EXPORT/1".parse().unwrap();
    document.symbols = vec![document.symbol.clone()];
    document.kind = DocumentType::Report;
    document.identified_by = IdentifiedBy::Metadata;
    let known = undex_citations::Known::of(document.symbols.clone(), document.date);
    undex_citations::annotate(
        &mut document.paragraphs,
        &known,
        &undex_citations::Nicknames::default(),
    );
    document
}

fn assert_survives(document: &Document, why: &str) {
    let xml = akn(document);
    let found = match read("x.xml", &xml) {
        Ok(extraction) => extraction.document,
        Err(error) => panic!("{why}: {error}\n{xml}"),
    };
    for (found, given) in found.paragraphs.iter().zip(&document.paragraphs) {
        assert_eq!(found, given, "{why}\n{xml}");
    }
    assert_eq!(found.paragraphs.len(), document.paragraphs.len(), "{why}\n{xml}");
    let mut ids: Vec<&str> =
        xml.split(" eId=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let repeated = ids.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(repeated, None, "{why}: an identifier stands twice\n{xml}");
    let facts = |document: &Document| {
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            document.symbols,
            document.language,
            document.title,
            document.date,
            document.kind,
            document.session,
            document.agenda_items
        )
    };
    assert_eq!(facts(&found), facts(document), "{why}");
}

fn block(shape: Shape, label: Option<&str>, text: &str) -> Block {
    Block { label: label.map(str::to_owned), ..Block::new(shape, text) }
}

#[test]
fn structures_survive() {
    use Shape::*;
    let heading = |text| block(Heading(None), None, text);
    let level = |level, text| block(Heading(Some(level)), None, text);
    let body = |label, text| block(Body, Some(label), text);
    let plain = |text| block(Body, None, text);
    let note = |mark: &str, text: &str| Note { mark: mark.to_owned(), text: text.to_owned() };
    // (why, blocks)
    let table: Vec<(&str, Vec<Block>)> = vec![
        (
            "several resolutions with annexes",
            vec![
                block(Masthead, None, "United Nations"),
                block(Title, None, "999/2. Bells and lights"),
                block(ResolutionPart, Some("A"), "Bells"),
                block(Opening, None, "The General Assembly,"),
                block(Preambular, None, "Recalling:"),
                body("(a)", "One thing;"),
                body("(i)", "Inside it;"),
                plain("And a word,"),
                body("(b)", "Another,"),
                body("1", "Decides:"),
                body("(a)", "To ring:"),
                body("(i)", "At noon;"),
                block(Bullet, None, "loudly;"),
                body("(b)", "To rest."),
                block(Closing, None, "12th plenary meeting"),
                heading("Annex"),
                heading("Of bells"),
                body("1", "A bell."),
                heading("Appendix"),
                body("1", "A rope."),
                block(ResolutionPart, Some("B"), "Lights"),
                block(Opening, None, "The General Assembly,"),
                body("1", "Decides."),
                heading("Annex II"),
                plain("A light."),
                block(Closing, None, "13th plenary meeting"),
            ],
        ),
        (
            "text before the first of several resolutions",
            vec![
                plain("These are two."),
                block(Closing, None, "Closing early"),
                plain("And on."),
                block(ResolutionPart, Some("A"), "Bells"),
                body("1", "Decides."),
            ],
        ),
        (
            "a numeral whose title stands on the next line",
            vec![heading("I"), heading("Bells"), body("1", "A."), heading("II"), body("1", "B.")],
        ),
        (
            "levels that cross",
            vec![
                level(1, "One"),
                level(3, "Three"),
                heading("None"),
                level(2, "Two"),
                plain("Under one, none and two."),
                heading("Again"),
                heading("And again"),
                plain("Deep."),
            ],
        ),
        (
            "a heading inside a list",
            vec![
                body("5", "These:"),
                block(Bullet, None, "one"),
                heading("Others"),
                block(Bullet, None, "two"),
            ],
        ),
        (
            "numbers repeated and labels of all kinds",
            vec![
                body("1", "A."),
                body("1", "A again."),
                body("12 bis", "B."),
                body("a)", "C."),
                body("ii)", "D."),
                block(Heading(None), Some("IV"), "Title."),
                block(Heading(None), Some("IV"), ""),
                plain("E."),
            ],
        ),
        (
            "tables with tabs, empty cells and notes, and notes everywhere",
            vec![
                Block { notes: vec![note("*", "Late.")], ..block(Masthead, None, "Report") },
                Block { notes: vec![note("**", "")], ..block(Title, None, "Maps & <towers> ]]>") },
                Block { notes: vec![note("1", "Under \"it\".")], ..heading("Of maps") },
                Block {
                    notes: vec![note("a", "First."), note("a", "Second.")],
                    ..block(Table, None, "Tower\tHours\t\n\t\nNorth\t24\t7 < 8")
                },
                Block { notes: vec![note("1", "Once more.")], ..plain("Text.") },
            ],
        ),
        (
            "other scripts",
            vec![
                plain("تقرير فريق الخرائط عن المنطقة والأبراج والساعات العامة"),
                body("1", "Доклад группы о картах региона и о часах на башнях."),
                plain("关于该区域地图和钟楼的报告。"),
                plain("e\u{301}tude nfc: étude"),
            ],
        ),
    ];
    for (why, blocks) in table {
        for form in [Form::Resolution, Form::Report] {
            let blocks: Vec<Block> = blocks
                .iter()
                .map(|block| Block { text: crate_clean(block), ..block.clone() })
                .collect();
            assert_survives(&document(blocks, form), why);
        }
    }
}

/// Texts leave the readers clean; cells of tables are clean each.
fn crate_clean(block: &Block) -> String {
    let clean = crate::normal_form::clean;
    let row = |row: &str| row.split('\t').map(clean).collect::<Vec<_>>().join("\t");
    match block.shape {
        Shape::Table => block.text.split('\n').map(row).collect::<Vec<_>>().join("\n"),
        _ => clean(&block.text),
    }
}

#[test]
fn headings_without_end_are_not_nested_without_end() {
    let mut blocks: Vec<Block> = (0..300)
        .map(|n| block(Shape::Heading(None), None, &format!("Heading {n} of a list of contents")))
        .collect();
    blocks.push(block(Shape::Body, Some("1"), "The text."));
    blocks.push(block(Shape::Body, Some("2"), "More text."));
    let document = document(blocks, Form::Report);
    // More than elements may be nested, if not all of them.
    assert!(document.paragraphs.last().unwrap().headings.len() > 50);
    assert_survives(&document, "deep headings");
}

#[test]
fn pages_survive() {
    let mut document = document(
        vec![
            block(Shape::Title, None, "A report"),
            block(Shape::Body, Some("1"), "One."),
            block(Shape::Table, None, "a\tb"),
            block(Shape::Body, Some("2"), "Two."),
            block(Shape::Body, Some("3"), "Three."),
        ],
        Form::Report,
    );
    for (paragraph, page) in
        document.paragraphs.iter_mut().zip([Some(1), Some(1), Some(3), None, Some(4)])
    {
        paragraph.page = page;
    }
    assert_survives(&document, "pages");
}

/// Small, and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "the",
            "maps:",
            "<p>",
            "&amp;",
            "]]>",
            "--",
            "\u{1}",
            "\u{85}",
            "e\u{301}",
            "العربية",
            "\u{202e}x",
            "中文",
            "карта",
            "\"q\"",
            "'",
            "A/68/98",
            "1.",
            "(a)",
            "\u{ad}",
            "\u{a0}",
            "IV.",
            "_x_",
            "\u{FFFE}",
            "😀",
        ];
        let length = 1 + self.below(8);
        let words: Vec<&str> = (0..length).map(|_| self.of(&PIECES)).collect();
        words.join(" ")
    }

    fn block(&mut self) -> Block {
        let shape = match self.below(30) {
            0 => Shape::Masthead,
            1 => Shape::Title,
            2 => Shape::ResolutionPart,
            3 => Shape::Opening,
            4 | 5 => Shape::Preambular,
            6..=8 => Shape::Heading(None),
            9 | 10 => Shape::Heading(Some(u8::try_from(1 + self.below(5)).unwrap())),
            11 => Shape::Table,
            12 => Shape::Closing,
            13 | 14 => Shape::Bullet,
            _ => Shape::Body,
        };
        let text = match shape {
            Shape::Table => format!("{}\t{}\n{}\t", self.text(), self.text(), self.text()),
            Shape::Heading(_) => match self.below(5) {
                0 => "Annex".to_owned(),
                1 => "Appendix I".to_owned(),
                2 => "II".to_owned(),
                _ => self.text(),
            },
            _ => self.text(),
        };
        let label = match shape {
            Shape::Body | Shape::Heading(_) | Shape::ResolutionPart if self.below(4) > 0 => {
                Some(self.of(&[
                    "1", "2", "3", "4", "(a)", "(b)", "b)", "(i)", "ii)", "A", "IV", "7 bis",
                ]))
            }
            _ => None,
        };
        let notes = (0..self.below(8).saturating_sub(5))
            .map(|_| Note {
                mark: self.of(&["1", "2", "*", "a"]).to_owned(),
                text: if self.below(5) == 0 {
                    String::new()
                } else {
                    crate::normal_form::clean(&self.text())
                },
            })
            .collect();
        let block = Block { notes, ..block(shape, label, &text) };
        Block { text: crate_clean(&block), ..block }
    }
}

#[test]
fn random_documents_survive() {
    for seed in 0..400 {
        let mut random = Random(seed);
        let mut blocks: Vec<Block> = (0..1 + random.below(40)).map(|_| random.block()).collect();
        blocks.push(block(Shape::Body, None, "A last word."));
        let form = random.of(&[Form::Resolution, Form::Report]);
        let mut document = document(blocks, form);
        document.kind = random.of(&DocumentType::ALL);
        document.language = random.of(&undex_document::Language::OFFICIAL);
        document.title = random.of(&[None, Some("A <title> & \"more\"".to_owned())]);
        document.date = random.of(&[None, Some(jiff::civil::date(2023, 12, 22))]);
        document.session = random.of(&[None, Some("S-13".to_owned())]);
        document.agenda_items = random.of(&[vec![], vec!["94".to_owned(), "18 (b)".to_owned()]]);
        assert_survives(&document, &format!("seed {seed}"));
    }
}

/// The roles are not needed by a reader that does not know them: the elements say enough.
#[test]
fn elements_alone_say_most() {
    let document = document(
        vec![
            block(Shape::Heading(None), Some("I"), "Maps"),
            block(Shape::Body, Some("1"), "The group met:"),
            block(Shape::Body, Some("(a)"), "To draw maps;"),
            block(Shape::Body, Some("(b)"), "To read them."),
            block(Shape::Body, None, "And so it did."),
            block(Shape::Heading(None), None, "Annex"),
            block(Shape::Body, Some("1"), "A map."),
        ],
        Form::Report,
    );
    let xml = akn(&document).replace(crate::formats::akn::vocabulary::ROLE_CONCEPT, "/elsewhere/");
    let found = read("x.xml", &xml).unwrap().document.paragraphs;
    let shown = |paragraphs: &[Paragraph]| -> Vec<String> {
        paragraphs
            .iter()
            .map(|p| format!("{} {:?} {} {}", p.role, p.label, p.pinpoint, p.text))
            .collect()
    };
    assert_eq!(shown(&found), shown(&document.paragraphs));
    assert!(found.iter().any(|paragraph| paragraph.role == Role::Point));
}
