//! Word files put together part by part.

use super::zip_file::{Member, archive};

/// What good text beside a trap says.
pub(crate) const HERON: &str = "A heron stands in the reeds and waits.";

const MAIN: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
pub(crate) const NAMESPACES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ",
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" ",
    "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
);

/// Parts in the order in which they are written.
#[derive(Clone)]
pub(crate) struct Word {
    parts: Vec<Member>,
    names: Vec<String>,
}

impl Word {
    /// A document with this body, and a good paragraph before it.
    pub(crate) fn new(body: &str) -> Self {
        Self::of(&document(&format!("{}{body}", paragraph(HERON))))
    }

    /// A document of this XML.
    pub(crate) fn of(xml: &str) -> Self {
        let types = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{MAIN}\"/></Types>"
        );
        Self { parts: Vec::new(), names: Vec::new() }
            .part("[Content_Types].xml", &types)
            .part("_rels/.rels", &relations(&[("rId1", "officeDocument", "word/document.xml")]))
            .part(
                "word/_rels/document.xml.rels",
                &relations(&[
                    ("rId1", "styles", "styles.xml"),
                    ("rId2", "numbering", "numbering.xml"),
                    ("rId3", "footnotes", "footnotes.xml"),
                ]),
            )
            .part("word/document.xml", xml)
    }

    /// Adds a part, or puts another in its place.
    pub(crate) fn part(self, name: &str, content: &str) -> Self {
        self.member(name, Member::stored(name, content.as_bytes()))
    }

    /// The same for a part that lies.
    pub(crate) fn member(mut self, name: &str, member: Member) -> Self {
        match self.names.iter().position(|other| other == name) {
            Some(at) => self.parts[at] = member,
            None => {
                self.names.push(name.to_owned());
                self.parts.push(member);
            }
        }
        self
    }

    /// Adds a part without looking whether there is one of that name.
    pub(crate) fn add(mut self, name: &str, content: &str) -> Self {
        self.names.push(name.to_owned());
        self.parts.push(Member::stored(name, content.as_bytes()));
        self
    }

    pub(crate) fn styles(self, styles: &str) -> Self {
        self.part("word/styles.xml", &format!("<w:styles {NAMESPACES}>{styles}</w:styles>"))
    }

    pub(crate) fn numbering(self, numbering: &str) -> Self {
        self.part(
            "word/numbering.xml",
            &format!("<w:numbering {NAMESPACES}>{numbering}</w:numbering>"),
        )
    }

    pub(crate) fn footnotes(self, footnotes: &str) -> Self {
        self.part(
            "word/footnotes.xml",
            &format!("<w:footnotes {NAMESPACES}>{footnotes}</w:footnotes>"),
        )
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.parts
    }

    /// The file.
    pub(crate) fn finish(&self) -> Vec<u8> {
        archive(&self.parts)
    }
}

/// The main part with this body.
pub(crate) fn document(body: &str) -> String {
    format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
}

/// A paragraph of this text.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph with properties.
pub(crate) fn paragraph_with(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A relationships part: identifier, kind, target.
pub(crate) fn relations(rows: &[(&str, &str, &str)]) -> String {
    let rows: String = rows
        .iter()
        .map(|(id, kind, target)| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{rows}</Relationships>")
}

/// A report of two paragraphs with its masthead, a list and a note.
pub(crate) fn report() -> Vec<u8> {
    let body = [
        paragraph("United Nations"),
        paragraph("UNDEX/HOSTILE/11"),
        paragraph("3 May 2021"),
        paragraph_with("<w:pStyle w:val=\"H1\"/>", "Report of the group on herons"),
        paragraph_with(
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
            "The group looked at the herons of the lake and counted them twice.",
        ),
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>It decided to count them again</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:t xml:space=\"preserve\"> in the year after.</w:t></w:r></w:p>".to_owned(),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Herons</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
    ];
    Word::of(&document(&body.concat()))
        .styles("<w:style w:type=\"paragraph\" w:styleId=\"H1\"><w:name w:val=\"_ H_1\"/><w:rPr><w:b/></w:rPr></w:style>")
        .numbering(&list("<w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/>"))
        .footnotes("<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> See UNDEX/HOSTILE/10.</w:t></w:r></w:p></w:footnote>")
        .finish()
}

/// List 1, its first level described by this.
pub(crate) fn list(level: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">{level}</w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    )
}
