//! One paragraph in an answer.

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use undex_document::{Paragraph, SCHEMA};
use undex_schema::DocumentRecord;

use crate::{Explanation, Snippet};

/// One paragraph in an answer, with its document.
///
/// Its JSON is the line that `undex search --json` writes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// Its rank among all matches, from 1; among documents where each is one hit.
    pub rank: u64,
    /// Its score: comparable within one answer, and the same for the same content of the index. 0
    /// when the query holds conditions only. Of paragraphs that are one hit, it is that of the best.
    pub score: f32,
    /// Whether it does not match, and is near to paragraphs that do; see
    /// [`Answer::related`](crate::Answer::related). Such scores compare among themselves only.
    pub related: bool,
    /// The labels of the thesaurus that it has instead of words of the query, where it does not have
    /// all of these and was found by them; see [`Answer::synonymous`](crate::Answer::synonymous). Such scores compare among
    /// themselves only.
    pub synonyms: Vec<String>,
    /// The document, without its paragraphs.
    pub document: Arc<DocumentRecord>,
    /// The paragraph, whole.
    pub paragraph: Paragraph,
    /// The stretch of it that matches best.
    pub snippet: Snippet,
    /// What matched in the paragraph's text, first and end place of each, in Unicode scalar values.
    pub highlights: Vec<(u32, u32)>,
    /// The same for each of its notes, in their order.
    pub note_highlights: Vec<Vec<(u32, u32)>>,
    /// How many more paragraphs of its document match; told where each document is one hit.
    pub more: Option<u64>,
    /// How many more matching paragraphs are like it; told where these are one hit.
    pub repeats: Option<u64>,
    /// Where its score comes from; told where it is asked for.
    pub explanation: Option<Explanation>,
}

impl Hit {
    /// How to cite it in the language of its document: `A/RES/78/237, párr. 3`.
    pub fn cite(&self) -> String {
        let place = self.paragraph.pinpoint.in_language(self.document.language);
        format!("{}, {place}", self.document.symbol)
    }

    /// The address of the document at undocs.org; none where the UN has no such document.
    pub fn url(&self) -> Option<String> {
        self.document.symbol.undocs_url(self.document.language)
    }
}

impl Serialize for Hit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (document, paragraph) = (&*self.document, &self.paragraph);
        let length = 17
            + usize::from(self.more.is_some())
            + usize::from(self.repeats.is_some())
            + usize::from(self.explanation.is_some())
            + usize::from(self.related)
            + usize::from(!self.synonyms.is_empty());
        let mut fields = serializer.serialize_struct("Hit", length)?;
        fields.serialize_field("schema", &SCHEMA)?;
        fields.serialize_field("rank", &self.rank)?;
        fields.serialize_field("score", &self.score)?;
        fields.serialize_field("symbol", &document.symbol)?;
        fields.serialize_field("language", &document.language)?;
        fields.serialize_field("pinpoint", &paragraph.pinpoint)?;
        fields.serialize_field("cite", &self.cite())?;
        fields.serialize_field("title", &document.title)?;
        fields.serialize_field("date", &document.date)?;
        fields.serialize_field("type", &document.kind)?;
        fields.serialize_field("role", &paragraph.role)?;
        fields.serialize_field("headings", &paragraph.headings)?;
        fields.serialize_field("page", &paragraph.page)?;
        fields.serialize_field("text", &paragraph.text)?;
        fields.serialize_field("snippet", &self.snippet)?;
        fields.serialize_field("url", &self.url())?;
        fields.serialize_field("path", &document.source.path)?;
        // Nobody who asked for matches alone, or for single paragraphs, gets a field more.
        if !self.synonyms.is_empty() {
            fields.serialize_field("synonyms", &self.synonyms)?;
        }
        if self.related {
            fields.serialize_field("related", &true)?;
        }
        if let Some(more) = self.more {
            fields.serialize_field("more", &more)?;
        }
        if let Some(repeats) = self.repeats {
            fields.serialize_field("repeats", &repeats)?;
        }
        if let Some(explanation) = &self.explanation {
            fields.serialize_field("explanation", explanation)?;
        }
        fields.end()
    }
}
