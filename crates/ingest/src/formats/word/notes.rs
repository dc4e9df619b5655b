//! Footnotes and endnotes: their numbers, which Word counts while it lays out the pages.

use std::collections::HashMap;

use super::content::Item;
use super::number_format;
use super::properties::NoteNumbering;

/// The notes of one kind, not yet taken by their marks.
#[derive(Debug, Default)]
pub(super) struct Notes {
    texts: HashMap<String, Vec<Item>>,
    /// How the document numbers them, and each section in order.
    document: NoteNumbering,
    sections: Vec<NoteNumbering>,
    format: &'static str,
    section: usize,
    next: Option<u32>,
}

impl Notes {
    /// Notes by their identifiers. `format` is that of a document that names none.
    pub(super) fn new(
        texts: HashMap<String, Vec<Item>>,
        document: NoteNumbering,
        sections: Vec<NoteNumbering>,
        format: &'static str,
    ) -> Self {
        Self { texts, document, sections, format, section: 0, next: None }
    }

    /// The mark and content of a note whose mark stands in the text. Nothing comes twice: Word knows
    /// no second mark of the same note.
    pub(super) fn take(&mut self, id: &str, custom: Option<&str>) -> Option<(String, Vec<Item>)> {
        let mark = match custom {
            Some(mark) => mark.trim().to_owned(),
            None => self.count(),
        };
        let content = self.texts.remove(id)?;
        (!mark.is_empty()).then_some((mark, content))
    }

    fn count(&mut self) -> String {
        let start = self.setting(|n| n.start).unwrap_or(1);
        let number = self.next.unwrap_or(start);
        self.next = Some(number.saturating_add(1));
        let format = self.setting(|n| n.format.clone());
        number_format::write(number, format.as_deref().unwrap_or(self.format))
    }

    fn setting<T>(&self, of: impl Fn(&NoteNumbering) -> Option<T>) -> Option<T> {
        self.sections.get(self.section).and_then(&of).or_else(|| of(&self.document))
    }

    /// A section ends.
    pub(super) fn end_section(&mut self) {
        self.section += 1;
        let restart = self.setting(|n| n.restart.clone());
        if restart.is_some_and(|restart| restart != "continuous") {
            self.next = None;
        }
    }

    /// A page ends, as far as Word has kept that.
    pub(super) fn end_page(&mut self) {
        if self.setting(|n| n.restart.clone()).is_some_and(|restart| restart == "eachPage") {
            self.next = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_notes() {
        let ids = ["a", "b", "c", "d", "e"];
        let texts = ids.iter().map(|id| ((*id).to_owned(), Vec::new())).collect();
        let by_section =
            NoteNumbering { restart: Some("eachSect".to_owned()), ..NoteNumbering::default() };
        let letters = NoteNumbering {
            format: Some("lowerLetter".to_owned()),
            start: Some(3),
            ..NoteNumbering::default()
        };
        let sections = vec![NoteNumbering::default(), letters];
        let mut notes = Notes::new(texts, by_section, sections, "decimal");
        let mut mark = |id: &str, custom: Option<&str>| notes.take(id, custom).map(|found| found.0);
        assert_eq!(mark("a", None).as_deref(), Some("1"));
        assert_eq!(mark("b", Some(" * ")).as_deref(), Some("*"));
        assert_eq!(mark("c", None).as_deref(), Some("2"));
        assert_eq!(mark("c", None), None, "a note has one mark");
        notes.end_section();
        let mut mark = |id: &str| notes.take(id, None).map(|found| found.0);
        assert_eq!(mark("d").as_deref(), Some("c"));
        assert_eq!(mark("e").as_deref(), Some("d"));
    }
}
