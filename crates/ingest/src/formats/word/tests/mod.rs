//! Word files made in code, and what is read from them.

use undex_document::{IdentifiedBy, Language};

use super::*;

mod builder;
mod refused;

use builder::{Word, p, r, run, styled, table};

fn draft(word: &Word) -> Draft {
    read("letter.docx", &word.bytes(), &Limits::default()).unwrap()
}

/// Labels and texts of the blocks of a body.
fn blocks(word: &Word) -> Vec<String> {
    let draft = draft(word);
    let shown = draft.blocks.iter().map(|block| match &block.label {
        Some(label) => format!("[{label}] {}", block.text),
        None => block.text.clone(),
    });
    shown.collect()
}

fn body(content: &str) -> Vec<String> {
    blocks(&Word::new(content))
}

/// Marks and texts of all notes, with the text that carries them.
fn notes(word: &Word) -> Vec<(String, String, String)> {
    let draft = draft(word);
    let notes = draft.blocks.into_iter().flat_map(|block| {
        let host = block.text;
        block.notes.into_iter().map(move |note| (host.clone(), note.mark, note.text))
    });
    notes.collect()
}

const STYLES: &str = "<w:docDefaults/>
    <w:style w:type='paragraph' w:default='1' w:styleId='N'><w:rPr><w:sz w:val='20'/></w:rPr></w:style>
    <w:style w:type='paragraph' w:styleId='Large'><w:basedOn w:val='N'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:b/><w:sz w:val='28'/></w:rPr></w:style>
    <w:style w:type='paragraph' w:styleId='Small'><w:basedOn w:val='Large'/><w:rPr><w:sz w:val='24'/></w:rPr></w:style>
    <w:style w:type='paragraph' w:styleId='Points'><w:basedOn w:val='N'/><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr></w:style>
    <w:style w:type='character' w:styleId='Mark'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId='0'>
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/></w:lvl></w:abstractNum>
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>";

fn numbered(list: u8, level: u8) -> String {
    format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>")
}

#[test]
fn numbers_typed_and_automatic() {
    let content = [
        p("|1.|The group met."),
        styled(&numbered(1, 0), "It looked at maps:"),
        styled(&numbered(1, 0), "And at these:"),
        styled("<w:pStyle w:val='Points'/>", "Old ones;"),
        styled("<w:pStyle w:val='Points'/>", "New ones."),
        styled(&numbered(2, 0), "on paper"),
        styled(&format!("<w:pStyle w:val='Points'/>{}", numbered(0, 0)), "No number."),
        p("13.4|The section has numbers of its own."),
    ];
    let word = Word::new(&content.concat()).with("styles", STYLES).with("numbering", NUMBERING);
    assert_eq!(
        blocks(&word),
        [
            "[1] The group met.",
            "[1] It looked at maps:",
            "[2] And at these:",
            "[(a)] Old ones;",
            "[(b)] New ones.",
            "on paper",
            "No number.",
            "[13.4] The section has numbers of its own.",
        ]
    );
    let draft = draft(&word);
    assert_eq!(draft.blocks[5].shape, crate::structure::Shape::Bullet);
}

#[test]
fn headings_by_outline_and_size() {
    use crate::structure::Shape;
    let sentence = "This is a numbered paragraph whose style is that of a heading, as some authors do to have numbers without effort, and it ends as sentences do.";
    let content = [
        styled("<w:pStyle w:val='Large'/>", "|I.|Introduction"),
        styled("<w:pStyle w:val='Small'/>", "||Maps"),
        styled("<w:outlineLvl w:val='0'/>", "Roads"),
        styled("<w:pStyle w:val='Small'/>", sentence),
        format!("<w:p>{}</w:p>", run("<w:b/>", "Bold by hand")),
        format!("<w:p>{}{}</w:p>", run("<w:b/>", "Bold"), r(" in part")),
        p("Plain"),
        format!(
            "<w:p><w:pPr><w:pStyle w:val='Large'/></w:pPr>{}</w:p>",
            run("<w:b w:val='0'/>", "(Thousands of dollars)")
        ),
    ];
    let word = Word::new(&content.concat()).with("styles", STYLES);
    let shapes: Vec<Shape> = draft(&word).blocks.iter().map(|block| block.shape).collect();
    assert_eq!(
        shapes,
        [
            Shape::Heading(Some(1)),
            Shape::Heading(Some(2)),
            Shape::Heading(Some(3)),
            Shape::Body,
            Shape::Heading(None),
            Shape::Body,
            Shape::Body,
            Shape::Body,
        ]
    );
}

fn mark(kind: &str, id: u8, more: &str) -> String {
    format!("<w:r><w:{kind}Reference w:id='{id}' {more}/></w:r>")
}

fn note(kind: &str, id: u8, text: &str) -> String {
    format!(
        "<w:{kind} w:id='{id}'><w:p><w:r><w:{kind}Ref/></w:r>{}</w:p></w:{kind}>",
        r(&format!("|{text}"))
    )
}

#[test]
fn notes_that_word_numbers() {
    let custom = "<w:r><w:footnoteReference w:id='3' w:customMarkFollows='1'/><w:t>*</w:t></w:r>";
    let content = [
        format!("<w:p>{}{}{}</w:p>", r("Maps"), mark("footnote", 1, ""), r(" are old.")),
        format!("<w:p>{}{custom}</w:p>", r("A title")),
        table(&[&[format!("<w:p>{}{}</w:p>", r("Cell"), mark("footnote", 2, "")), p("4")]]),
        format!("<w:p>{}{}</w:p>", r("It ends."), mark("endnote", 1, "")),
    ];
    let separator =
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>";
    let footnotes = [
        separator.to_owned(),
        note("footnote", 1, "See UNDEX/1."),
        note("footnote", 2, "In thousands."),
        "<w:footnote w:id='3'><w:p><w:r><w:t>* Reissued.</w:t></w:r></w:p><w:p><w:r><w:t>Twice.</w:t></w:r></w:p></w:footnote>".to_owned(),
    ];
    let word = Word::new(&content.concat())
        .with("footnotes", &footnotes.concat())
        .with("endnotes", &note("endnote", 1, "At the end."));
    let expected = [
        ("Maps are old.", "1", "See UNDEX/1."),
        ("A title", "*", "Reissued. Twice."),
        ("Cell\t4", "2", "In thousands."),
        ("It ends.", "i", "At the end."),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(notes(&word), expected);
}

#[test]
fn notes_typed_by_hand() {
    let raised = |text: &str| run("<w:rStyle w:val='Mark'/>", text);
    let content = [
        format!("<w:p>{}{}{}</w:p>", r("Maps"), raised("1"), r(" of 5 km")),
        format!("<w:p>{}{}</w:p>", r("An area of 5 km"), raised("2")),
        format!("<w:p>{}{}</w:p>", r("Resources"), raised("b")),
        format!("<w:p>{}{}</w:p>", raised("1"), r("|See UNDEX/1.")),
        format!("<w:p>{}{}</w:p>", raised("b"), r("|In thousands.")),
    ];
    let word = Word::new(&content.concat()).with("styles", STYLES);
    assert_eq!(
        notes(&word),
        [("Maps of 5 km".to_owned(), "1".to_owned(), "See UNDEX/1.".to_owned())]
    );
    assert_eq!(
        blocks(&word),
        ["Maps of 5 km", "An area of 5 km2", "Resources b", "b In thousands."]
    );
}

#[test]
fn what_is_text_and_what_is_not() {
    // (content of a paragraph, text, why)
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            r(result)
        )
    };
    let table = [
        (format!("<w:ins>{}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", r("kept")), "kept", "tracked changes"),
        (format!("<w:moveTo>{}</w:moveTo><w:moveFrom>{}</w:moveFrom>", r("here"), r("there")), "here", "moved text"),
        (format!("<w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag>", r("a "), r("b")), "a b", "links and tags"),
        (field("HYPERLINK \"x\"", "a link"), "a link", "the result of a field"),
        (format!("{}{}", r("x"), field(" PAGE ", "7")), "x", "a page number"),
        (format!("<w:fldSimple w:instr='REF a'>{}</w:fldSimple>", r("ref")), "ref", "a simple field"),
        (format!("{}{}", r("seen"), run("<w:vanish/>", "hidden")), "seen", "hidden text"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>self</w:t><w:softHyphen/><w:t>x</w:t></w:r>".to_owned(), "non-selfx", "hyphens"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:ptab/><w:t>c</w:t></w:r>".to_owned(), "a b c", "breaks and tabs"),
        ("<w:r><w:t>x </w:t><w:sym w:font='Symbol' w:char='F0A3'/><w:t> 5</w:t></w:r>".to_owned(), "x ≤ 5", "a sign of a font"),
        (format!("{}{}", r("x"), run("<w:rFonts w:ascii='Wingdings'/>", "\u{F0E0}")), "x→", "text in a font of signs"),
        ("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>".to_owned(), "a/b", "a formula"),
        (format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}", r("Click here"), r("text")), "text", "a prompt"),
        (format!("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", r("x"), r("base")), "base", "pronunciation"),
        (r("forged \u{E000}1\u{E001} mark"), "forged 1 mark", "characters for private use"),
        (format!("{}<w:commentRangeStart w:id='1'/>{}<w:r><w:commentReference w:id='1'/></w:r>", r("a"), r("b")), "ab", "a comment"),
    ];
    for (content, expected, why) in table {
        assert_eq!(body(&format!("<w:p>{content}</w:p>")), [expected], "{why}");
    }
}

#[test]
fn text_boxes_come_once() {
    let text = format!("<w:txbxContent>{}</w:txbxContent>", p("In a box"));
    let content = format!(
        "<w:p><w:r><w:t>Host</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{text}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{text}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(body(&content), ["Host", "In a box"]);
    // Only the older form says something.
    let content = format!(
        "<w:p><mc:AlternateContent><mc:Choice Requires='x'><w:r/></mc:Choice><mc:Fallback><w:r><w:pict><v:textbox>{text}</v:textbox></w:pict></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    );
    assert_eq!(body(&content), ["In a box"]);
}

#[test]
fn paragraphs_that_run_on() {
    let deleted = "<w:rPr><w:del/></w:rPr>";
    let content = [styled(deleted, "One "), p("paragraph."), p("where it"), p("is said")].concat();
    assert_eq!(body(&content), ["One paragraph.", "where it", "is said"]);
}

#[test]
fn tables_and_frames() {
    let nested = table(&[&[p("a"), p("b")]]);
    let rows = table(&[
        &[p("Kind"), format!("{}{}", p("Count"), p("2024"))],
        &[p("Old"), p("")],
        &[p("New"), format!("{}{nested}", p("3"))],
        &[format!("{}{}", p("Source: the group."), p("Note"))],
    ]);
    let frame = table(&[&[p("Summary")], &[p("The report is short.")]]);
    assert_eq!(
        body(&format!("{rows}{frame}")),
        [
            "Kind\tCount 2024\nOld\nNew\t3\na\tb",
            "Source: the group.",
            "Note",
            "Summary",
            "The report is short.",
        ]
    );
    let deleted = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(body(&format!("{deleted}{}", p("Left."))), ["Left."]);
}

#[test]
fn tables_of_contents_are_rows() {
    let typed = [
        p("Contents"),
        p("I.|Introduction|3"),
        p("II.|Maps |1–5|4"),
        p("III.|Roads|12"),
        p("The text begins."),
    ];
    assert_eq!(
        body(&typed.concat()),
        ["Contents", "I. Introduction\t3\nII. Maps 1–5\t4\nIII. Roads\t12", "The text begins."]
    );
    let field = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>{}{}</w:sdtContent></w:sdt>{}",
        p("Contents"),
        p("Introduction|3"),
        p("The text begins.")
    );
    assert_eq!(body(&field), ["Contents", "Introduction\t3", "The text begins."]);
}

const SECTION: &str = "<w:sectPr><w:headerReference w:type='first' r:id='rId1'/><w:headerReference w:type='default' r:id='rId2'/><w:titlePg/></w:sectPr>";

/// A masthead as a table of a header.
fn masthead() -> String {
    table(&[
        &[p("United Nations"), p("UNDEX/80/5")],
        &[
            p("General Assembly"),
            "<w:p><w:r><w:t>Distr.: General</w:t><w:br/><w:t>12 December 2025</w:t><w:br/><w:t>Original: English</w:t></w:r></w:p>".to_owned(),
        ],
    ])
}

fn report() -> String {
    [
        p("Eightieth session"),
        p("Agenda item 12"),
        p("Maps of the region"),
        p("Report of the group on maps"),
        p("1.|The group met and looked at the maps of the region, and found that they were old."),
    ]
    .concat()
}

#[test]
fn the_masthead_in_the_header() {
    let word = Word::new(&format!("{}{SECTION}", report()))
        .with("header", &masthead())
        .with("header", &p("UNDEX/80/5"));
    let found = draft(&word).found;
    assert_eq!(found.symbols[0].to_string(), "UNDEX/80/5");
    assert_eq!(found.identified_by, Some(IdentifiedBy::Masthead));
    assert_eq!(found.date.unwrap().to_string(), "2025-12-12");
    assert_eq!(found.session.as_deref(), Some("80"));
    assert_eq!(found.agenda_items, ["12"]);
    assert_eq!(found.title.as_deref(), Some("Report of the group on maps"));
    let head: Vec<String> = blocks(&word).into_iter().take(6).collect();
    assert_eq!(
        head,
        [
            "United Nations",
            "UNDEX/80/5",
            "General Assembly",
            "Distr.: General",
            "12 December 2025",
            "Original: English"
        ]
    );
    // The same as a table of the text; then the header's is one too many.
    let word = Word::new(&format!("{}{}{SECTION}", masthead(), report()))
        .with("header", &masthead())
        .with("header", &p("UNDEX/80/5"));
    assert_eq!(draft(&word).found.title.as_deref(), Some("Report of the group on maps"));
    assert_eq!(blocks(&word).iter().filter(|text| *text == "United Nations").count(), 1);
}

#[test]
fn identity_from_elsewhere() {
    let section = SECTION.replace("<w:titlePg/>", "");
    let headed = Word::new(&format!("{}{section}", p("The group met.")))
        .with("header", &p("nothing"))
        .with("header", &p("UNDEX/80/6*"));
    let found = draft(&headed).found;
    assert_eq!(found.symbols[0].to_string(), "UNDEX/80/6");
    assert_eq!(found.identified_by, Some(IdentifiedBy::Runninghead));
    let found = draft(&Word::new(&p("Mapas.")).titled("UNDEX/80/7", "es-ES")).found;
    assert_eq!(found.symbols[0].to_string(), "UNDEX/80/7");
    assert_eq!(found.identified_by, Some(IdentifiedBy::Metadata));
    assert_eq!(found.language, Some(Language::Spanish));
    let found = draft(&Word::new(&p("Maps.")).titled("Report on maps", "")).found;
    assert_eq!(found.title.as_deref(), Some("Report on maps"));
    // The text decides where it is long enough, whatever the speller was set to.
    let spanish = "Los miembros del grupo se reunieron por la mañana y examinaron los mapas.";
    let word = Word::new(&format!("<w:p>{}</w:p>", run("<w:lang w:val='fr-FR'/>", spanish)));
    assert_eq!(draft(&word).found.language, None);
    let word = Word::new(&format!("<w:p>{}</w:p>", run("<w:lang w:val='fr-FR'/>", "Cartes")));
    assert_eq!(draft(&word).found.language, Some(Language::French));
}

#[test]
fn content_kept_elsewhere_is_told() {
    let draft = draft(&Word::new(&format!("{}<w:altChunk r:id='x'/>", p("Maps."))));
    assert_eq!(draft.warnings[0].code, "outside-content");
}
