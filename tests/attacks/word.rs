//! Word files whose parts nest, refer, count and grow as none should.

use super::bombs::deflate_of;
use super::word_file::{
    HERON, NAMESPACES, Word, document, list, paragraph, paragraph_with, relations, report,
};
use super::zip_file::{ENCRYPTED as ENCRYPTED_FLAG, Member, archive, archive_with, overlapping};
use super::{ANY, Attack, LIMIT, READ, READ_OR_LIMIT, READ_OR_REFUSED, REFUSED, attack};

const NUMBERED: &str = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";

/// A part that states less than it holds is refused at the limit, or for the lie.
const LIMIT_OR_LIE: &[&str] = &["limit", "malformed", "extracted"];

pub(crate) fn attacks() -> Vec<Attack> {
    let mut attacks = packages();
    attacks.extend(xml());
    attacks.extend(nesting());
    attacks.extend(relationships());
    attacks.extend(styles_and_lists());
    attacks.extend(content());
    attacks.push(attack("sound.docx", report(), READ));
    attacks
}

/// A part with good text that becomes 2 GiB of spaces before it ends.
fn bomb(open: &str, close: &str, stated: u32) -> impl Fn(&str) -> Member + use<> {
    let data = deflate_of(open.as_bytes(), b' ', 2048, close.as_bytes());
    move |name| Member::deflated(name, data.clone(), stated)
}

fn packages() -> Vec<Attack> {
    let open = format!("<w:document {NAMESPACES}><w:body>{}<w:p><w:r><w:t>", paragraph(HERON));
    let main = bomb(&open, "</w:t></w:r></w:p></w:body></w:document>", u32::MAX >> 1);
    let modest = bomb(&open, "</w:t></w:r></w:p></w:body></w:document>", 1000);
    let part = "word/document.xml";
    let styles = bomb(&format!("<w:styles {NAMESPACES}>"), "</w:styles>", 1000);
    let mut parts = Word::new("");
    for at in 0..10_001 {
        parts = parts.add(&format!("word/part{at}.xml"), "");
    }
    let shared = Member::stored("word/media/image.bin", &[0; 1 << 20]);
    let mut names = vec!["[Content_Types].xml".to_owned(), part.to_owned()];
    names.extend((0..9_000).map(|at| format!("word/media/{at}.bin")));
    let whole = report();
    vec![
        attack("part-of-2-gib.docx", Word::new("").member(part, main(part)).finish(), LIMIT),
        attack(
            "part-of-2-gib-modest.docx",
            Word::new("").member(part, modest(part)).finish(),
            LIMIT_OR_LIE,
        ),
        attack(
            "styles-of-2-gib.docx",
            Word::new("").member("word/styles.xml", styles("word/styles.xml")).finish(),
            LIMIT_OR_LIE,
        ),
        attack("parts-10001.docx", parts.finish(), LIMIT),
        attack("parts-on-one-spot.docx", overlapping(&shared, &names), ANY),
        attack(
            "parts-fewer-than-stated.docx",
            archive_with(Word::new("").members(), 0, 9_999),
            ANY,
        ),
        attack(
            "parts-encrypted.docx",
            archive_with(Word::new("").members(), ENCRYPTED_FLAG, 4),
            &["malformed", "encrypted"],
        ),
        attack(
            "parts-of-one-name.docx",
            Word::new("").add(part, &document("")).finish(),
            READ_OR_REFUSED,
        ),
        attack(
            "parts-that-climb.docx",
            Word::new("").add("../../../evil.xml", "<x/>").add("/etc/evil.xml", "<x/>").finish(),
            READ,
        ),
        attack(
            "no-document.docx",
            archive(&[Member::stored("[Content_Types].xml", b"<Types/>")]),
            REFUSED,
        ),
        attack("cut-in-half.docx", &whole[..whole.len() / 2], REFUSED),
        attack("cut-at-the-end.docx", &whole[..whole.len() - 4], REFUSED),
    ]
}

fn xml() -> Vec<Attack> {
    let whole = document(&paragraph(HERON));
    let laughs: String = (1..10)
        .map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10)))
        .collect();
    let laughs = format!("<!DOCTYPE w:document [<!ENTITY l0 \"ha\">{laughs}]>");
    let outside = "<!DOCTYPE w:document [<!ENTITY secret SYSTEM \"file:///etc/hostname\"><!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]>";
    let with = |doctype: &str, text: &str| {
        Word::of(&format!("{doctype}{}", document(&paragraph(text)))).finish()
    };
    let attributes: String = (0..300_000).map(|at| format!(" a{at}=\"\"")).collect();
    let prefixes: String = (0..100_000).map(|at| format!(" xmlns:p{at}=\"u\"")).collect();
    vec![
        attack("entities-laugh.docx", with(&laughs, "&l9;"), READ_OR_REFUSED),
        attack("entities-from-outside.docx", with(outside, "&secret;"), READ_OR_REFUSED),
        attack("entity-unknown.docx", with("", "&nobody;"), READ_OR_REFUSED),
        attack("letter-unknown.docx", with("", "&#x110000; &#0; &#xD800;"), READ_OR_REFUSED),
        attack("document-cut.docx", Word::of(&whole[..whole.len() - 30]).finish(), READ_OR_REFUSED),
        attack("document-empty.docx", Word::of("").finish(), REFUSED),
        attack("document-other.docx", Word::of("<html><p>x</p></html>").finish(), REFUSED),
        attack(
            "attributes-300000.docx",
            Word::new(&format!("<w:p{attributes}/>")).finish(),
            READ_OR_LIMIT,
        ),
        attack("prefixes-100000.docx", Word::new(&format!("<w:p{prefixes}/>")).finish(), ANY),
        attack(
            "name-of-a-megabyte.docx",
            Word::new(&format!("<w:{0}/>", "a".repeat(1 << 20))).finish(),
            READ_OR_LIMIT,
        ),
        attack(
            "comment-never-ends.docx",
            Word::new(&format!("<!-- {}", "- ".repeat(1 << 20))).finish(),
            READ_OR_REFUSED,
        ),
    ]
}

fn nesting() -> Vec<Attack> {
    let nested = |depth: usize, open: &str, close: &str| {
        let body = format!("{}{}{}", open.repeat(depth), paragraph("deep"), close.repeat(depth));
        Word::new(&body).finish()
    };
    vec![
        attack(
            "tables-50000-deep.docx",
            nested(50_000, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            LIMIT,
        ),
        attack(
            "tables-60-deep.docx",
            nested(60, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            READ_OR_LIMIT,
        ),
        attack("elements-50000-deep.docx", nested(50_000, "<w:sdt>", "</w:sdt>"), LIMIT),
        attack(
            "boxes-50000-deep.docx",
            nested(
                50_000,
                "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>",
                "</w:txbxContent></wps:txbx></mc:Choice></mc:AlternateContent></w:r></w:p>",
            ),
            LIMIT,
        ),
        attack(
            "fields-50000-deep.docx",
            Word::new(&format!(
                "<w:p>{}<w:r><w:t>deep</w:t></w:r></w:p>",
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>"
                    .repeat(50_000)
            ))
            .finish(),
            READ_OR_LIMIT,
        ),
        attack(
            "elements-that-never-close.docx",
            Word::new(&"<w:p><w:r>".repeat(100_000)).finish(),
            &["limit", "malformed"],
        ),
    ]
}

fn relationships() -> Vec<Attack> {
    let main = |rows: &[(&str, &str, &str)]| {
        let note = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
        Word::new(note).part("word/_rels/document.xml.rels", &relations(rows)).finish()
    };
    let package =
        |rows: &[(&str, &str, &str)]| Word::new("").part("_rels/.rels", &relations(rows)).finish();
    let many: Vec<(&str, &str, &str)> = vec![("rId1", "styles", "styles.xml"); 100_000];
    vec![
        attack(
            "relations-to-itself.docx",
            main(&[
                ("rId1", "footnotes", "document.xml"),
                ("rId2", "styles", "document.xml"),
                ("rId3", "numbering", "_rels/document.xml.rels"),
            ]),
            READ_OR_REFUSED,
        ),
        attack(
            "relations-outside.docx",
            package(&[("rId1", "officeDocument", "../../../../etc/hostname")]),
            READ_OR_REFUSED,
        ),
        attack(
            "relations-absolute.docx",
            package(&[("rId1", "officeDocument", "/etc/hostname")]),
            READ_OR_REFUSED,
        ),
        attack(
            "relations-to-the-net.docx",
            package(&[("rId1", "officeDocument", "http://127.0.0.1:9/document.xml")]),
            READ_OR_REFUSED,
        ),
        attack(
            "relations-to-nothing.docx",
            main(&[("rId1", "footnotes", "nothing.xml"), ("rId2", "styles", "")]),
            READ_OR_REFUSED,
        ),
        attack("relations-100000.docx", main(&many), READ_OR_LIMIT),
    ]
}

fn styles_and_lists() -> Vec<Attack> {
    let style = |id: &str, based: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:basedOn w:val=\"{based}\"/><w:link w:val=\"{based}\"/><w:next w:val=\"{id}\"/></w:style>"
        )
    };
    let styled = |styles: &str| {
        let body = paragraph_with("<w:pStyle w:val=\"S0\"/>", "In style.");
        Word::new(&body.repeat(100)).styles(styles).finish()
    };
    let chain: String =
        (0..50_000).map(|at| style(&format!("S{at}"), &format!("S{}", at + 1))).collect();
    let listed = |level: &str, paragraphs: usize| {
        let body = paragraph_with(NUMBERED, "An item.").repeat(paragraphs);
        Word::new(&body).numbering(&list(level)).finish()
    };
    let numbered = |format: &str, start: &str| {
        listed(
            &format!(
                "<w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"%1\"/>"
            ),
            3,
        )
    };
    let levels: String = (0..100_000)
        .map(|at| format!("<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"{at}\"/><w:lvlText w:val=\"%{at}\"/></w:lvl>"))
        .collect();
    let levels = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}<w:lvl w:ilvl=\"4294967295\"/><w:lvl w:ilvl=\"-1\"/></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let far = paragraph_with(
        "<w:numPr><w:ilvl w:val=\"2147483647\"/><w:numId w:val=\"1\"/></w:numPr>",
        "Far in.",
    );
    let linked = "<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"L1\"/></w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"L1\"/><w:numStyleLink w:val=\"L1\"/></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let by_style = "<w:style w:type=\"numbering\" w:styleId=\"L1\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let long = format!(
        "<w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"{}\"/>",
        "%1.".repeat(100_000)
    );
    vec![
        attack("style-based-on-itself.docx", styled(&style("S0", "S0")), READ),
        attack(
            "styles-based-on-each-other.docx",
            styled(&format!("{}{}", style("S0", "S1"), style("S1", "S0"))),
            READ,
        ),
        attack("styles-50000-deep.docx", styled(&chain), READ_OR_LIMIT),
        attack(
            "list-levels-100000.docx",
            Word::new(&far).numbering(&levels).finish(),
            READ_OR_LIMIT,
        ),
        attack(
            "list-of-itself.docx",
            Word::new(&paragraph_with(NUMBERED, "An item."))
                .numbering(linked)
                .styles(by_style)
                .finish(),
            READ,
        ),
        attack(
            "list-of-nobody.docx",
            Word::new(&paragraph_with(NUMBERED, "An item.")).finish(),
            READ,
        ),
        attack("list-roman-billions.docx", numbered("lowerRoman", "4294967295"), READ),
        attack("list-letters-billions.docx", numbered("upperLetter", "4294967295"), READ),
        attack("list-number-too-large.docx", numbered("decimal", "9223372036854775807"), READ),
        attack(
            "list-number-beyond-numbers.docx",
            numbered("decimal", "99999999999999999999999"),
            READ,
        ),
        attack("list-number-negative.docx", numbered("lowerLetter", "-2147483648"), READ),
        attack("list-text-of-300-kb.docx", listed(&long, 10_000), ANY),
    ]
}

fn content() -> Vec<Attack> {
    let note = |id: &str, text: &str| format!("<w:footnote w:id=\"{id}\">{text}</w:footnote>");
    let refers = "<w:p><w:r><w:t>see</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let long_note = note("2", &paragraph(&"heron ".repeat(20_000)));
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>";
    vec![
        attack(
            "notes-that-note-themselves.docx",
            Word::new(refers).footnotes(&note("2", refers)).finish(),
            READ,
        ),
        attack("note-of-nobody.docx", Word::new(refers).footnotes("").finish(), READ),
        attack(
            "note-cited-20000-times.docx",
            Word::new(&refers.repeat(20_000)).footnotes(&long_note).finish(),
            ANY,
        ),
        attack(
            "paragraphs-million.docx",
            Word::new(&"<w:p/>".repeat(1_000_000)).finish(),
            READ_OR_LIMIT,
        ),
        attack(
            "paragraphs-300000.docx",
            Word::new(&paragraph("x").repeat(300_000)).finish(),
            LIMIT,
        ),
        attack(
            "paragraph-too-long.docx",
            Word::new(&paragraph(&"heron ".repeat(60_000))).finish(),
            LIMIT,
        ),
        attack(
            "runs-million.docx",
            Word::new(&format!("<w:p>{}</w:p>", "<w:r><w:t>a</w:t></w:r>".repeat(500_000)))
                .finish(),
            READ_OR_LIMIT,
        ),
        attack(
            "cells-100000-and-wide.docx",
            Word::new(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell.repeat(100_000))).finish(),
            READ_OR_LIMIT,
        ),
        attack(
            "tabs-and-breaks-million.docx",
            Word::new(&format!("<w:p><w:r>{}</w:r></w:p>", "<w:tab/><w:br/>".repeat(500_000)))
                .finish(),
            READ_OR_LIMIT,
        ),
    ]
}
