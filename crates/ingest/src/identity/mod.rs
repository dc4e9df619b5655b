//! Which document a file is: symbol, language, date, session, agenda items, title, type.

use jiff::civil::Date;
use undex_document::{DocumentType, IdentifiedBy, Language, Symbol};

mod dates;
mod kind;
mod language;
mod masthead;
mod ordinals;
mod resolution;

pub(crate) use dates::first_date;
pub(crate) use kind::kind_by_title;
pub(crate) use language::detect as detect_language;
pub(crate) use masthead::{Line as MastheadLine, agenda_numbers, classify, read as read_masthead};
pub(crate) use resolution::{
    adopting_organ, adoption_date, heading as resolution_heading, is_adoption_line,
};

/// What has been found out about a document so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// Its symbols, the one that names it first.
    pub symbols: Vec<Symbol>,
    /// How the first was found.
    pub identified_by: Option<IdentifiedBy>,
    /// Its language.
    pub language: Option<Language>,
    /// Its title without number.
    pub title: Option<String>,
    /// Date of adoption or issue.
    pub date: Option<Date>,
    /// Its type.
    pub kind: Option<DocumentType>,
    /// The session of its body.
    pub session: Option<String>,
    /// Numbers of its agenda items.
    pub agenda_items: Vec<String>,
}

impl Found {
    /// Fills what is missing here from another finding.
    pub(crate) fn or(mut self, other: Found) -> Found {
        if self.symbols.is_empty() {
            self.symbols = other.symbols;
            self.identified_by = other.identified_by;
        }
        self.language = self.language.or(other.language);
        self.title = self.title.or(other.title);
        self.date = self.date.or(other.date);
        self.kind = self.kind.or(other.kind);
        self.session = self.session.or(other.session);
        if self.agenda_items.is_empty() {
            self.agenda_items = other.agenda_items;
        }
        self
    }
}
