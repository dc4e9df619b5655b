//! Word files made for tests.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The namespaces that parts are written with.
pub(super) const SPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'";

const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A Word file in the making.
pub(super) struct Word {
    body: String,
    /// Kind of the link, link, name and content of the other parts.
    parts: Vec<(String, String, String, String)>,
    main_type: String,
    core: String,
}

impl Word {
    /// A document with this content of its body.
    pub(super) fn new(body: &str) -> Self {
        Self {
            body: body.to_owned(),
            parts: Vec::new(),
            main_type: MAIN.to_owned(),
            core: String::new(),
        }
    }

    /// With a part that the document links to: `styles`, `numbering`, `footnotes`, `header`.
    pub(super) fn with(mut self, kind: &str, content: &str) -> Self {
        let root = match kind {
            "header" => "hdr",
            kind => kind,
        };
        let id = format!("rId{}", self.parts.len() + 1);
        let name = format!("{kind}{}.xml", self.parts.len() + 1);
        let content = format!("<w:{root} {SPACES}>{content}</w:{root}>");
        self.parts.push((kind.to_owned(), id, name, content));
        self
    }

    /// With a title and a language in the properties of the file.
    pub(super) fn titled(mut self, title: &str, language: &str) -> Self {
        self.core = format!(
            "<cp:coreProperties xmlns:cp='urn:cp' xmlns:dc='urn:dc'><dc:title>{title}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>"
        );
        self
    }

    /// Of another type than a document.
    pub(super) fn of_type(mut self, main_type: &str) -> Self {
        main_type.clone_into(&mut self.main_type);
        self
    }

    /// The file. Its parts stand where no reader expects them, but for the links.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let core = if self.core.is_empty() {
            String::new()
        } else {
            "<Relationship Id='c' Type='http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties' Target='props/core.xml'/>".to_owned()
        };
        let root = format!(
            "<Relationships><Relationship Id='a' Type='{KINDS}/officeDocument' Target='text/main.xml'/>{core}</Relationships>"
        );
        let links: String = self
            .parts
            .iter()
            .map(|(kind, id, name, _)| {
                format!("<Relationship Id='{id}' Type='{KINDS}/{kind}' Target='more/{name}'/>")
            })
            .collect();
        let types = format!(
            "<Types><Default Extension='xml' ContentType='application/xml'/><Override PartName='/text/main.xml' ContentType='{}'/></Types>",
            self.main_type
        );
        let main = format!(
            "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document {SPACES}><w:body>{}</w:body></w:document>",
            self.body
        );
        let mut members = vec![
            ("_rels/.rels".to_owned(), root),
            (
                "text/_rels/main.xml.rels".to_owned(),
                format!("<Relationships>{links}</Relationships>"),
            ),
            ("text/main.xml".to_owned(), main),
        ];
        for (.., name, content) in &self.parts {
            members.push((format!("text/more/{name}"), content.clone()));
        }
        if !self.core.is_empty() {
            members.push(("props/core.xml".to_owned(), self.core.clone()));
        }
        members.push(("[Content_Types].xml".to_owned(), types));
        archive(&members)
    }
}

/// An archive of parts.
pub(super) fn archive(members: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in members {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A paragraph of plain text, `|` in it a tab.
pub(super) fn p(text: &str) -> String {
    styled("", text)
}

/// A paragraph with properties, `|` in it a tab.
pub(super) fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(text))
}

/// A run of text, `|` in it a tab.
pub(super) fn r(text: &str) -> String {
    run("", text)
}

/// A run with properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    let text = text.replace('|', "</w:t><w:tab/><w:t xml:space='preserve'>");
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

/// A table; cells hold paragraphs.
pub(super) fn table(rows: &[&[String]]) -> String {
    let row = |cells: &&[String]| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}
