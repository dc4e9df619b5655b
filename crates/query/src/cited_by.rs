//! What cites a document.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use undex_document::{Citation, Date, DocumentType, Language, Paragraph, Pinpoint, SCHEMA, Symbol};
use undex_schema::tantivy::Term;
use undex_schema::{DecodeError, DocumentKey, DocumentRecord, cited_forms};

use crate::holdings::Holdings;
use crate::{SearchError, Searcher, Snippet};

mod counts;
mod found;
mod sentence;

pub use counts::{CountBy, CountKey};
pub(crate) use found::{Found, find};

/// The order in which languages are shown when nothing else is preferred: those with most readers of
/// this index first.
const USUAL: [Language; 3] = [Language::English, Language::French, Language::Spanish];

/// Which citations of which document are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedByRequest {
    /// The document cited. It need not be held.
    pub symbol: Symbol,
    /// Only citations of this place in it, or of one inside it.
    pub place: Option<Pinpoint>,
    /// Only paragraphs in these languages; empty for all. A paragraph is shown in the first of them
    /// that it stands in.
    pub languages: Vec<Language>,
    /// Where `languages` is empty, the languages to show paragraphs in, best first. Others follow:
    /// English, French, Spanish, then as they come.
    pub preferred: Vec<Language>,
    /// The first day that citing documents may bear.
    pub from: Option<Date>,
    /// The last day that citing documents may bear.
    pub to: Option<Date>,
    /// The types of citing documents; empty for all.
    pub types: Vec<DocumentType>,
    /// Whether citations count by which the document refers to itself, such as `paragraph 2 above`.
    pub own: bool,
    /// Paragraphs wanted. Only these are read, and nothing else bounds their number.
    pub limit: usize,
    /// Paragraphs to skip first.
    pub offset: usize,
}

impl CitedByRequest {
    /// What cites a document, anywhere, the newest twenty paragraphs.
    pub fn new(symbol: Symbol) -> Self {
        Self {
            symbol,
            place: None,
            languages: Vec::new(),
            preferred: Vec::new(),
            from: None,
            to: None,
            types: Vec::new(),
            own: false,
            limit: 20,
            offset: 0,
        }
    }

    /// Every language, in the order in which they are shown.
    pub(crate) fn order(&self) -> Vec<Language> {
        let asked = if self.languages.is_empty() { &self.preferred } else { &self.languages };
        let others = Language::OFFICIAL.iter().chain(&[Language::Undetermined]);
        let mut order: Vec<Language> = Vec::new();
        for language in asked.iter().chain(&USUAL).chain(others) {
            if !order.contains(language) {
                order.push(*language);
            }
        }
        order
    }
}

/// A paragraph that cites a document, shown in one of its languages.
///
/// Its JSON is the line that `undex cited-by --json` writes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CitingParagraph {
    /// Its document, without the paragraphs.
    pub document: Arc<DocumentRecord>,
    /// The paragraph, whole.
    pub paragraph: Paragraph,
    /// The languages it stands in and cites the document in.
    pub languages: Vec<Language>,
    /// Those of its citations that name the document, and the place where one was asked for.
    pub citations: Vec<Citation>,
    /// The sentence with the first of them, and all of them that are in it marked.
    pub sentence: Snippet,
}

/// What cites a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CitedBy {
    /// The paragraphs wanted, newest first: by the date of the document, those without last, then by
    /// symbol and place in the document.
    pub citing: Vec<CitingParagraph>,
    /// Number of paragraphs that cite it. A paragraph counts once, whatever the languages it
    /// stands in.
    pub total: u64,
    /// Number of documents they are in; a document counts once, whatever its languages.
    pub documents: u64,
}

impl CitingParagraph {
    /// How to cite it in the language it is shown in.
    pub fn cite(&self) -> String {
        let place = self.paragraph.pinpoint.in_language(self.document.language);
        format!("{}, {place}", self.document.symbol)
    }

    /// The address of its document at undocs.org.
    pub fn url(&self) -> Option<String> {
        self.document.symbol.undocs_url(self.document.language)
    }
}

impl Serialize for CitingParagraph {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (document, paragraph) = (&*self.document, &self.paragraph);
        let mut fields = serializer.serialize_struct("CitingParagraph", 17)?;
        fields.serialize_field("schema", &SCHEMA)?;
        fields.serialize_field("symbol", &document.symbol)?;
        fields.serialize_field("language", &document.language)?;
        fields.serialize_field("languages", &self.languages)?;
        fields.serialize_field("pinpoint", &paragraph.pinpoint)?;
        fields.serialize_field("cite", &self.cite())?;
        fields.serialize_field("title", &document.title)?;
        fields.serialize_field("date", &document.date)?;
        fields.serialize_field("type", &document.kind)?;
        fields.serialize_field("role", &paragraph.role)?;
        fields.serialize_field("headings", &paragraph.headings)?;
        fields.serialize_field("page", &paragraph.page)?;
        fields.serialize_field("text", &paragraph.text)?;
        fields.serialize_field("citations", &self.citations)?;
        fields.serialize_field("sentence", &self.sentence)?;
        fields.serialize_field("url", &self.url())?;
        fields.serialize_field("path", &document.source.path)?;
        fields.end()
    }
}

impl Searcher {
    /// The paragraphs that cite a document, newest first.
    ///
    /// The order depends on the content of the index and on the request alone. Only the paragraphs
    /// wanted are read; what the others are is told by columns.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn cited_by(&self, request: &CitedByRequest) -> Result<CitedBy, SearchError> {
        let names = Holdings::open(&self.generation)?.names(&request.symbol)?;
        let found = find(&self.generation, &self.terms(&names, request), request)?;
        let works: HashSet<u32> = found.groups.iter().map(|group| group.work).collect();
        let mut reader = Reader { searcher: self, names: &names, request, records: HashMap::new() };
        let wanted = found.groups.iter().skip(request.offset).take(request.limit);
        let citing = wanted.map(|group| reader.read(&found, group));
        Ok(CitedBy {
            citing: citing.collect::<Result<_, _>>()?,
            total: found.groups.len() as u64,
            documents: works.len() as u64,
        })
    }

    /// How many paragraphs cite a document, in groups. The groups of years are in their order, those
    /// of years without citations between them included; all others are largest first.
    ///
    /// By language, a paragraph counts in each it stands in.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn count_cited_by(
        &self,
        request: &CitedByRequest,
        by: CountBy,
    ) -> Result<Vec<(CountKey, u64)>, SearchError> {
        let names = Holdings::open(&self.generation)?.names(&request.symbol)?;
        let found = find(&self.generation, &self.terms(&names, request), request)?;
        Ok(counts::count(&found, by))
    }

    /// The terms of paragraphs that a request asks for.
    fn terms(&self, names: &[Symbol], request: &CitedByRequest) -> Vec<Term> {
        let fields = self.generation.fields();
        let mut terms = Vec::new();
        for name in names {
            terms.push(match &request.place {
                Some(place) => fields.cites_place_term(name, place),
                None => fields.cites_term(name),
            });
            if request.own {
                terms.push(fields.cites_own_term(name, request.place.as_ref()));
            }
        }
        terms
    }
}

/// Reads paragraphs that were found.
struct Reader<'a> {
    searcher: &'a Searcher,
    names: &'a [Symbol],
    request: &'a CitedByRequest,
    records: HashMap<DocumentKey, Arc<DocumentRecord>>,
}

impl Reader<'_> {
    fn read(
        &mut self,
        found: &Found,
        group: &found::Group,
    ) -> Result<CitingParagraph, SearchError> {
        let standings = found.standings(group);
        let standing = standings.first().ok_or_else(|| DecodeError {
            reason: "a paragraph that cites stands in no language".to_owned(),
        })?;
        let generation = &self.searcher.generation;
        let (key, paragraph) =
            generation.fields().paragraph(generation.searcher(), standing.address)?;
        let document = match self.records.get(&key) {
            Some(known) => known.clone(),
            None => {
                let record = self.searcher.record(&key)?.ok_or_else(|| DecodeError {
                    reason: format!("a paragraph of {key}, which has no record"),
                })?;
                self.records.entry(key).or_insert(Arc::new(record)).clone()
            }
        };
        let citations: Vec<Citation> =
            paragraph.citations.iter().filter(|one| self.is_wanted(one)).cloned().collect();
        let mut languages: Vec<Language> =
            standings.iter().map(|standing| standing.language).collect();
        languages.sort_unstable();
        let sentence = sentence::of(&paragraph, &citations);
        Ok(CitingParagraph { document, paragraph, languages, citations, sentence })
    }

    /// Whether a citation names the document asked for, and the place.
    fn is_wanted(&self, citation: &Citation) -> bool {
        let here = match &self.request.place {
            Some(place) => citation.pinpoint.as_ref().is_some_and(|cited| cited.is_within(place)),
            None => true,
        };
        here && std::iter::once(&citation.symbol)
            .chain(&citation.candidates)
            .flat_map(cited_forms)
            .any(|form| self.names.contains(&form))
    }
}
