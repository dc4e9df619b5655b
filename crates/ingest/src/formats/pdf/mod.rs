//! PDF: from bytes to pages of placed glyphs.
//!
//! The objects of a file, its cross-references and its encryption are read by `lopdf`; what they
//! draw is found out here. Nothing here knows of words or lines.

mod cmap;
mod draw;
mod encoding;
mod file;
mod font;
mod info;
mod layout;
mod lexer;
mod matrix;
mod names;
mod numbers;
mod page;
mod standard;
mod tree;

#[cfg(test)]
mod tests;

use undex_document::Warning;

use self::draw::Painter;
use self::file::File;
use self::info::Info;
use self::page::{Page, Style};
use super::Draft;
use crate::{ExtractError, Limits};

/// So many characters that cannot be told may be signs on pictures; more are a text.
const SIGNS: u64 = 100;

/// A file as drawn.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub pages: Vec<Page>,
    pub styles: Vec<Style>,
    pub info: Info,
    /// What is damaged or not known.
    pub warnings: Vec<Warning>,
}

/// Reads a PDF file.
pub(crate) fn read(path: &str, bytes: &[u8], limits: &Limits) -> Result<Draft, ExtractError> {
    layout::draft(path, pages(path, bytes, limits)?)
}

/// Draws all pages. One that is damaged gives what stands of it, and a warning.
pub(super) fn pages(path: &str, bytes: &[u8], limits: &Limits) -> Result<Pages, ExtractError> {
    let file = File::load(path, bytes, limits)?;
    let leaves = tree::leaves(&file)?;
    if leaves.is_empty() {
        return Err(file.malformed("it has no page that can be found".to_owned()));
    }
    let mut warnings = Vec::new();
    if file.document.xref_recovery.is_some() {
        warnings.push(warning(
            "rebuilt",
            "its table of objects is damaged and was rebuilt; text may be missing or out of date",
        ));
    }
    let mut painter = Painter::new(&file);
    let mut pages = Vec::with_capacity(leaves.len());
    let mut drawn = 0_u64;
    for (number, leaf) in (1..).zip(&leaves) {
        let (page, trouble) = painter.page(number, leaf)?;
        drawn += page.glyphs.len() as u64;
        if let Some(trouble) = trouble {
            let message = format!("page {number} is damaged and some of it is missing: {trouble}");
            warnings.push(warning("damaged-page", &message));
        }
        pages.push(page);
    }
    if painter.unmapped > drawn.max(SIGNS) {
        return Err(file.malformed(format!(
            "{} of {} characters are drawn by fonts that are missing or do not say what they are; get the file anew, or have its text recognised (OCR)",
            painter.unmapped,
            drawn.saturating_add(painter.unmapped)
        )));
    }
    if painter.unmapped > 0 {
        let (unmapped, all) = (painter.unmapped, drawn.saturating_add(painter.unmapped));
        let message = format!(
            "{unmapped} of {all} characters are drawn by fonts that do not say what they are; they are missing"
        );
        warnings.push(warning("unmapped-characters", &message));
    }
    let info = Info::of(&file);
    Ok(Pages { pages, styles: std::mem::take(&mut painter.styles.all), info, warnings })
}

fn warning(code: &str, message: &str) -> Warning {
    Warning { code: code.to_owned(), message: message.to_owned() }
}
