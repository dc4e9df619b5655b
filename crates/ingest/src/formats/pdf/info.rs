//! What a file says of itself.

use lopdf::{Dictionary, Object, decode_text_string};

use undex_document::{PrintedSymbol, Symbol};

use super::file::{File, as_dictionary};

/// The entries of the document information dictionary, decoded; empty ones count as missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct Info {
    pub title: Option<String>,
    pub subject: Option<String>,
    pub keywords: Option<String>,
}

impl Info {
    /// The symbol of the document, where an entry is nothing else: the templates of UN documents
    /// set the title or the subject to it.
    pub(in crate::formats) fn symbol(&self) -> Option<PrintedSymbol> {
        [&self.title, &self.subject, &self.keywords]
            .into_iter()
            .flatten()
            .find_map(|entry| Symbol::read_printed(entry).ok())
    }

    pub(super) fn of(file: &File<'_>) -> Self {
        let info = file.document.trailer.get(b"Info").ok().and_then(|info| file.resolve(info));
        let info = info.and_then(as_dictionary);
        let text = |dictionary: Option<&Dictionary>, key: &[u8]| {
            let object = file.get(dictionary?, key)?;
            let Object::String(..) = object else {
                return None;
            };
            let text = decode_text_string(object).ok()?;
            let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
            (!text.is_empty()).then(|| text.to_owned())
        };
        Self {
            title: text(info, b"Title"),
            subject: text(info, b"Subject"),
            keywords: text(info, b"Keywords"),
        }
    }
}
