//! From a [`Document`] to text of other formats, wherever it was read from.
//!
//! ```
//! use undex_ingest::export::Export;
//! use undex_ingest::{Catalogue, Context, Extractor, Limits};
//!
//! let text = "Report of the group on maps\n\n1. The group looked at the maps of the region.\n";
//! let extractor = Extractor::new(Catalogue::default(), Limits::default());
//! let read = |path, bytes: &[u8]| extractor.extract_in_process(path, bytes, Context::default());
//! let document = read("maps.txt", text.as_bytes())?.document;
//!
//! let xml = Export::Akn.write(&document);
//! assert_eq!(read("maps.xml", xml.as_bytes())?.document.paragraphs, document.paragraphs);
//! # Ok::<(), undex_ingest::ExtractError>(())
//! ```

use undex_document::{Document, Language};

mod akn;
mod file_name;
mod markdown;
mod text;

pub use akn::akn;
pub use file_name::{file_name, name_of};
pub use markdown::{inline as markdown_inline, markdown, opening as markdown_opening};
pub use text::text;

/// A format that documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Export {
    /// Akoma Ntoso XML in the profile of the United Nations; see [`akn`].
    Akn,
    /// Markdown for people; see [`markdown`].
    Markdown,
    /// Plain text for people; see [`text`].
    Text,
}

impl Export {
    /// The document in this format, ending with a line end. Text from outside is not made safe for a
    /// terminal: whoever prints it does that.
    pub fn write(self, document: &Document) -> String {
        match self {
            Self::Akn => akn(document),
            Self::Markdown => markdown(document),
            Self::Text => text(document),
        }
    }

    /// What names of files in this format end with, without full stop.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Akn => "xml",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }
}

/// What people read in place of a note whose text the source has lost.
pub fn lost_note(language: Language) -> &'static str {
    match language {
        Language::Spanish => "(el texto de esta nota falta en el archivo)",
        Language::French => "(le texte de cette note manque dans le fichier)",
        _ => "(the text of this note is missing from the file)",
    }
}
