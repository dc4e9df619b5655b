//! The fields of the index.
//!
//! There is one engine document per paragraph, and one per document: its record. A paragraph
//! carries the fields of its document again, because the engine joins nothing. The record holds
//! what is stored once and the words of the document.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use undex_document::Language;

use crate::analysis::{Form, FormTokenizer, analysed};

/// The languages with fields of their own. Documents in any other language share the last, which
/// folds and does not stem.
pub const FIELD_LANGUAGES: [Language; 4] =
    [Language::English, Language::French, Language::Spanish, Language::Undetermined];

/// The analyzer of unstemmed fields.
const EXACT: &str = "undex_exact";

/// One field per language of [`FIELD_LANGUAGES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PerLanguage([Field; 4]);

/// The fields, and what each is for. Cheap to copy; the same for every index of one
/// [format version](crate::FORMAT_VERSION).
#[derive(Clone, Debug)]
pub struct Fields {
    schema: Schema,
    text: PerLanguage,
    notes: PerLanguage,
    headings: PerLanguage,
    title: PerLanguage,
    verb: PerLanguage,
    vocabulary: PerLanguage,
    /// On paragraphs: text and notes unstemmed with positions, accents folded, in any language; for
    /// quotes and prefixes. Text and each note are values of their own, so no quote runs from one
    /// into the next.
    pub exact: Field,
    /// On paragraphs and records: the [key](crate::DocumentKey), as it is written. Stored on
    /// paragraphs, and a column, so that ties between hits are settled by key and ordinal without
    /// reading what is stored.
    pub document: Field,
    /// On records only: the key. Its terms in order are the list of documents.
    pub record: Field,
    /// On records only: every symbol the document goes by.
    pub record_symbol: Field,
    /// On paragraphs: every symbol the document goes by, canonical.
    pub symbol: Field,
    /// On paragraphs: every prefix of these symbols that ends on a segment's border.
    pub symbol_prefix: Field,
    /// On paragraphs: the organ and the body, `A` and `A/AC.290`.
    pub body: Field,
    /// On paragraphs: the language's code.
    pub language: Field,
    /// On paragraphs: the name of the document's type; also a column, to count by.
    pub kind: Field,
    /// On paragraphs: the name of the role.
    pub role: Field,
    /// On clauses of resolutions: the verb that opens them, see
    /// [`opening_verb`](undex_document::opening_verb); also a column, to count by.
    pub opening_verb: Field,
    /// On paragraphs: checksums of title and text, [`Likeness::text`](crate::Likeness::text).
    pub text_sum: Field,
    /// On paragraphs: what nearly equal ones are known by, [`Likeness::near`](crate::Likeness::near).
    pub likeness: Field,
    /// On paragraphs: the pinpoint in its English wording; also a column, by which one paragraph is
    /// known in every language.
    pub pinpoint: Field,
    /// On paragraphs: the documents it cites or may cite, in every form; see
    /// [`cited_forms`](crate::cited_forms). Citations of the paragraph's own document are in
    /// [`cites_own`](Self::cites_own) alone.
    pub cites: Field,
    /// On paragraphs: every prefix of these symbols that ends on a segment's border.
    pub cites_prefix: Field,
    /// On paragraphs: the places of these documents that it cites, each with the places around it.
    pub cites_place: Field,
    /// On paragraphs: the document's own symbols and places, where it cites itself.
    pub cites_own: Field,
    /// On records only: the documents that the document certainly cites; how often a term stands
    /// there is the number of paragraphs.
    pub record_cites: Field,
    /// On paragraphs of documents whose date or year is known: `yyyymmdd` as a number; see
    /// [`filing_date`](crate::filing_date).
    pub date: Field,
    /// On paragraphs: the position in the document.
    pub ordinal: Field,
    /// Stored: the paragraph or the record.
    pub stored: Field,
    /// Stored on records: what the document cites, apart from the record because most who
    /// read that do not want it.
    pub stored_cites: Field,
}

impl PerLanguage {
    fn add(
        builder: &mut SchemaBuilder,
        name: &str,
        options: impl Fn(Language) -> TextOptions,
    ) -> Self {
        Self(FIELD_LANGUAGES.map(|language| {
            builder.add_text_field(&format!("{name}_{}", language.code()), options(language))
        }))
    }

    fn get(&self, language: Language) -> Field {
        let [english, french, spanish, other] = self.0;
        match language {
            Language::English => english,
            Language::French => french,
            Language::Spanish => spanish,
            _ => other,
        }
    }
}

impl Fields {
    /// The fields, in the order in which every index of this format version holds them.
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let term = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("raw")
                    .set_fieldnorms(false)
                    .set_index_option(IndexRecordOption::Basic),
            )
        };
        let counted = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::WithFreqs),
        );
        let stemmed = |language: Language, option: IndexRecordOption| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(&analyzer_name(language))
                    .set_index_option(option),
            )
        };
        // Quotes in the text are answered by `exact`. The short fields carry their own positions.
        let long = |language| stemmed(language, IndexRecordOption::WithFreqs);
        let short = |language| stemmed(language, IndexRecordOption::WithFreqsAndPositions);
        let exact = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(EXACT)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let text = PerLanguage::add(&mut builder, "text", long);
        let notes = PerLanguage::add(&mut builder, "notes", short);
        let headings = PerLanguage::add(&mut builder, "headings", short);
        let title = PerLanguage::add(&mut builder, "title", short);
        let verb = PerLanguage::add(&mut builder, "verb", short);
        let vocabulary = PerLanguage::add(&mut builder, "vocabulary", |_| term());
        Self {
            text,
            notes,
            headings,
            title,
            verb,
            vocabulary,
            exact: builder.add_text_field("exact", exact),
            document: builder.add_text_field("document", term().set_stored().set_fast("raw")),
            record: builder.add_text_field("record", term()),
            record_symbol: builder.add_text_field("record_symbol", term()),
            symbol: builder.add_text_field("symbol", term()),
            symbol_prefix: builder.add_text_field("symbol_prefix", term()),
            body: builder.add_text_field("body", term()),
            language: builder.add_text_field("lang", term()),
            kind: builder.add_text_field("type", term().set_fast("raw")),
            role: builder.add_text_field("role", term()),
            opening_verb: builder.add_text_field("opening_verb", term().set_fast("raw")),
            text_sum: builder.add_u64_field("text_sum", FAST),
            likeness: builder.add_u64_field("likeness", FAST),
            pinpoint: builder.add_text_field("pinpoint", term().set_fast("raw")),
            cites: builder.add_text_field("cites", term()),
            cites_prefix: builder.add_text_field("cites_prefix", term()),
            cites_place: builder.add_text_field("cites_place", term()),
            cites_own: builder.add_text_field("cites_own", term()),
            record_cites: builder.add_text_field("record_cites", counted),
            date: builder.add_u64_field("date", INDEXED | FAST),
            ordinal: builder.add_u64_field("ordinal", FAST),
            stored: builder.add_bytes_field("stored", STORED),
            stored_cites: builder.add_bytes_field("stored_cites", STORED),
            schema: builder.build(),
        }
    }

    /// The schema of the engine.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Stemmed text of paragraphs in a language, with frequencies.
    pub fn text(&self, language: Language) -> Field {
        self.text.get(language)
    }

    /// Stemmed notes, with positions. They have a field of their own because they are mostly references: in the
    /// text's field they would make a paragraph count as long and its words as common.
    pub fn notes(&self, language: Language) -> Field {
        self.notes.get(language)
    }

    /// Stemmed headings that a paragraph stands under, with positions.
    pub fn headings(&self, language: Language) -> Field {
        self.headings.get(language)
    }

    /// The stemmed title of the document, with positions.
    pub fn title(&self, language: Language) -> Field {
        self.title.get(language)
    }

    /// The stemmed verb that opens a clause of a resolution and what belongs to it, with positions.
    pub fn verb(&self, language: Language) -> Field {
        self.verb.get(language)
    }

    /// On records: the words of the document, for [`Vocabulary`](crate::Vocabulary).
    pub fn vocabulary(&self, language: Language) -> Field {
        self.vocabulary.get(language)
    }

    /// The fields of [`Fields::vocabulary`], each once.
    pub(crate) fn vocabularies(&self) -> [Field; 4] {
        self.vocabulary.0
    }

    /// The fields whose matches are scored, with the name each has in the schema.
    pub fn scored(&self) -> impl Iterator<Item = (Field, &str)> {
        [self.text, self.notes, self.headings, self.title, self.verb]
            .into_iter()
            .flat_map(|fields| fields.0)
            .chain([self.exact])
            .map(|field| (field, self.schema.get_field_name(field)))
    }
}

impl Default for Fields {
    fn default() -> Self {
        Self::new()
    }
}

fn analyzer_name(language: Language) -> String {
    format!("undex_{}", analysed(language).code())
}

/// The analyzers that the fields name, to be given to an index that is written.
pub(crate) fn analyzers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    let register = |name: &str, form| {
        manager.register(name, TextAnalyzer::from(FormTokenizer { form }));
    };
    register(EXACT, Form::Exact);
    for language in FIELD_LANGUAGES {
        register(&analyzer_name(language), Form::Stemmed(language));
    }
    manager
}
