//! Word: `.docx` and its sisters (ISO/IEC 29500, transitional and strict), and the `.doc` of Word 97
//! to 2003.
//!
//! A `.docx` is an archive of XML parts that relationships link. Each part is read once, as a
//! stream, to paragraphs and tables; then styles, numbers and notes are worked out, and the lines go
//! to layout, which finds masthead, headings and notes as in any other format.

use std::collections::HashMap;

use undex_document::{Format, IdentifiedBy, Language, PrintedSymbol, Symbol, Warning};

use super::Draft;
use crate::identity::{MastheadLine, classify, detect_language};
use crate::layout::{self, Line};
use crate::{ExtractError, Limits};

mod content;
mod core;
pub(crate) mod doc;
mod headings;
mod lines;
mod notes;
mod number_format;
mod numbering;
mod package;
mod properties;
mod signs;
mod styles;
mod text;
mod xml;

#[cfg(test)]
mod tests;

use content::Content;
use package::{Package, Relationship};
use styles::Styles;

/// Lines at the head of a document among which its masthead stands.
const HEAD: usize = 12;

/// Lines of a masthead in that many or the header of the first page is none.
const MASTHEAD_LINES: usize = 2;

/// Reads a `.docx`.
pub(crate) fn read(path: &str, bytes: &[u8], limits: &Limits) -> Result<Draft, ExtractError> {
    let mut package = Package::open(path, bytes, limits)?;
    let main = main_part(path, &mut package)?;
    let links = package.relationships(&main)?;
    let mut parts = Parts { package, links, limits };
    let text = parts.package.part(&main)?.ok_or_else(|| missing(path, &main))?;
    let content =
        content::read(&text, limits).map_err(|error| parts.package.fault(&main, error))?;
    drop(text);

    let sources = lines::Sources {
        styles: parts.read("styles", |text| Styles::read(text, limits.xml_depth))?,
        numbering: parts
            .read("numbering", |text| numbering::Numbering::read(text, limits.xml_depth))?,
        footnotes: parts.read("footnotes", |text| content::notes(text, limits))?,
        endnotes: parts.read("endnotes", |text| content::notes(text, limits))?,
        settings: parts.read("settings", |text| core::settings(text, limits.xml_depth))?,
    };
    let headers = parts.headers(&content, &sources.styles)?;
    let core = parts.core()?;

    let mut warnings = Vec::new();
    if content.outside > 0 {
        warnings.push(Warning {
            code: "outside-content".to_owned(),
            message: format!(
                "{} parts of the text are in other files that this one only refers to; save it as one document in Word",
                content.outside
            ),
        });
    }
    let language = hint(&content, &sources.styles);
    Ok(finish(&content, sources, headers, core, language, warnings))
}

/// Puts together what was read.
fn finish(
    content: &Content,
    sources: lines::Sources,
    headers: Headers,
    core: core::Core,
    language: Option<Language>,
    mut warnings: Vec<Warning>,
) -> Draft {
    let mut all = lines::lines(content, sources, &mut warnings);
    if !has_masthead(&all) {
        all.splice(0..0, headers.masthead.into_iter().map(masthead_line));
    }
    let mut draft = layout::of_unpaged(all);
    draft.broken_words = false;
    draft.divided_words = false;
    draft.warnings.append(&mut warnings);
    identify(&mut draft, headers.running, core, language);
    draft
}

/// The part that holds the document, by the package's own word for it.
fn main_part(path: &str, package: &mut Package<'_>) -> Result<String, ExtractError> {
    let links = package.relationships("")?;
    let main = links.into_iter().find(|link| link.kind == "officeDocument").ok_or_else(|| {
        ExtractError::Malformed {
            path: path.to_owned(),
            format: Format::Docx,
            reason: "_rels/.rels names no document part; open it in Word and save it again"
                .to_owned(),
        }
    })?;
    let kind = package.content_type(&main.target)?.unwrap_or_default().to_ascii_lowercase();
    let other = [
        ("spreadsheetml", "an Excel workbook"),
        ("ms-excel", "an Excel workbook"),
        ("presentationml", "a PowerPoint presentation"),
        ("ms-powerpoint", "a PowerPoint presentation"),
        ("visio", "a Visio drawing"),
    ];
    if let Some((_, what)) = other.iter().find(|(word, _)| kind.contains(word)) {
        return Err(ExtractError::OtherOffice { path: path.to_owned(), what: (*what).into() });
    }
    Ok(main.target)
}

fn missing(path: &str, part: &str) -> ExtractError {
    ExtractError::Malformed {
        path: path.to_owned(),
        format: Format::Docx,
        reason: format!("{part}: missing from the archive"),
    }
}

/// The package with the links of its document.
struct Parts<'a> {
    package: Package<'a>,
    links: Vec<Relationship>,
    limits: &'a Limits,
}

/// What the headers of a document say.
#[derive(Debug, Default)]
struct Headers {
    /// The lines of the first page's, if they are a masthead.
    masthead: Vec<String>,
    /// The symbol on every page.
    running: Option<PrintedSymbol>,
}

impl Headers {
    /// Takes what a header says; only that of the first page may be the masthead.
    fn take(&mut self, lines: Vec<String>, first: bool) {
        let known = lines.iter().filter(|line| classify(line).is_some()).count();
        let mut symbols = lines.iter().filter(|line| classify(line) == Some(MastheadLine::Symbol));
        let symbol = symbols.find_map(|line| Symbol::read_printed(line.trim()).ok());
        self.running = self.running.take().or(symbol);
        if first && known >= MASTHEAD_LINES {
            self.masthead = lines;
        }
    }
}

impl Parts<'_> {
    /// Reads the part that the document links to by this kind, if there is one.
    fn read<T: Default>(
        &mut self,
        kind: &str,
        read: impl FnOnce(&str) -> Result<T, xml::PartError>,
    ) -> Result<T, ExtractError> {
        let link = self.links.iter().find(|link| link.kind == kind);
        let Some(target) = link.map(|link| link.target.clone()) else { return Ok(T::default()) };
        let Some(text) = self.package.part(&target)? else { return Ok(T::default()) };
        read(&text).map_err(|error| self.package.fault(&target, error))
    }

    /// Reads the headers of the first section that has any.
    fn headers(&mut self, content: &Content, styles: &Styles) -> Result<Headers, ExtractError> {
        let mut found = Headers::default();
        let sections = lines::sections(content);
        let Some(section) = sections.into_iter().find(|section| !section.headers.is_empty()) else {
            return Ok(found);
        };
        // A header said to be of the first page is its only where that page is set apart.
        let first = if section.title_page { "first" } else { "default" };
        for (kind, id) in &section.headers {
            let link = self.links.iter().find(|link| link.id == *id);
            let Some(target) = link.map(|link| link.target.clone()) else { continue };
            let Some(text) = self.package.part(&target)? else { continue };
            let header = content::read(&text, self.limits)
                .map_err(|error| self.package.fault(&target, error))?;
            found.take(lines::header(&header, styles), kind == first);
        }
        Ok(found)
    }

    /// What the properties of the file say.
    fn core(&mut self) -> Result<core::Core, ExtractError> {
        let links = self.package.relationships("")?;
        let link = links.into_iter().find(|link| link.kind == "core-properties");
        let Some(target) = link.map(|link| link.target) else { return Ok(core::Core::default()) };
        let Some(text) = self.package.part(&target)? else { return Ok(core::Core::default()) };
        core::read(&text, self.limits.xml_depth).map_err(|error| self.package.fault(&target, error))
    }
}

fn has_masthead(lines: &[Line]) -> bool {
    let known = lines.iter().take(HEAD).filter_map(|line| classify(&line.text));
    known.filter(|line| matches!(line, MastheadLine::Furniture | MastheadLine::Symbol)).count()
        >= MASTHEAD_LINES
}

fn masthead_line(text: String) -> Line {
    Line { text, whole: true, exact: true, ..Line::default() }
}

/// The language that most of the text states for itself, or else its styles.
fn hint(content: &Content, styles: &Styles) -> Option<Language> {
    let mut counts: HashMap<Language, usize> = HashMap::new();
    for (code, count) in &content.languages {
        if let Some(language) = language_of(code) {
            *counts.entry(language).or_insert(0) += count;
        }
    }
    let most = counts.into_iter().max_by_key(|(language, count)| (*count, language.code()));
    most.map(|(language, _)| language).or_else(|| language_of(styles.language()?))
}

/// The language of a code such as `en-GB`.
fn language_of(code: &str) -> Option<Language> {
    Language::from_code(code.split(['-', '_']).next()?)
}

/// Fills in what the text itself does not say.
fn identify(
    draft: &mut Draft,
    running: Option<PrintedSymbol>,
    core: core::Core,
    hint: Option<Language>,
) {
    let found = &mut draft.found;
    if let (true, Some(symbol)) = (found.symbols.is_empty(), running) {
        found.symbols.extend(symbol.symbols().cloned());
        found.identified_by = Some(IdentifiedBy::Runninghead);
    }
    // The title in a file's properties is often its symbol.
    match Symbol::read_printed(&core.title) {
        Ok(symbol) if found.symbols.is_empty() => {
            found.symbols.extend(symbol.symbols().cloned());
            found.identified_by = Some(IdentifiedBy::Metadata);
        }
        Ok(_) => {}
        Err(_) if !core.title.is_empty() && found.title.is_none() => found.title = Some(core.title),
        Err(_) => {}
    }
    if found.language.is_none() {
        let text: Vec<&str> = draft.blocks.iter().map(|block| block.text.as_str()).collect();
        if detect_language(&text.join("\n")).is_none() {
            found.language = language_of(&core.language).or(hint);
        }
    }
}
