//! What an undex index holds: its fields, how text becomes terms, how it lies on disk, and the
//! version of all of these together.
//!
//! The crate that writes indexes and the crate that searches them meet here and nowhere else. It
//! owns the types of the search engine, which is re-exported so that both use the same.
//!
//! ```
//! use undex_document::Language;
//! use undex_schema::{Form, Layout};
//!
//! // Text becomes stems in its language, and folded words for quotes in any.
//! let stems: Vec<String> = Form::Stemmed(Language::French)
//!     .tokens("l’application de la résolution")
//!     .into_iter()
//!     .map(|token| token.text)
//!     .collect();
//! assert_eq!(stems, ["appliqu", "de", "la", "résolu"]);
//! assert_eq!(Form::Exact.tokens("Résolution")[0].text, "resolution");
//!
//! // An index that is not there says what to do.
//! let error = Layout::new("no/such/index").open().unwrap_err();
//! assert!(error.to_string().ends_with("run `undex index` to build one"));
//! ```

mod analysis;
mod citing;
mod dictionary;
mod digest;
mod encode;
mod error;
mod fields;
mod forms;
mod key;
mod layout;
mod likeness;
mod living;
mod record;
mod statistics;
mod write;

pub use analysis::{
    ChangedWords, Form, MAX_WORD_BYTES, QueryStem, Vocabulary, WordList, WordScanner, analysed,
    fold, lower, stem,
};
pub use citing::{CitedDocument, cited_documents};
pub use dictionary::{
    MatchingWord, WordMatcher, matching_terms, matching_words, vocabulary_size, words_that_begin,
};
pub use digest::{ContentDigest, document_digest, parts_digest};
pub use encode::{date_number, filing_date, words_of};
pub use error::{DecodeError, EncodeError, OpenError};
pub use fields::{FIELD_LANGUAGES, Fields};
pub use forms::{cited_forms, parts_of, without_letter};
pub use key::{DocumentKey, DocumentKeyError};
pub use layout::{
    ArchiveRecord, BLOCK_BYTES, CURRENT, Count, FORMAT_VERSION, FileRecord, FolderRecord,
    Generation, IndexedDocument, Layout, MANIFEST, MANIFEST_SUMS, Manifest, Outcome, SOURCES,
    SourceFile, SourceFiles, SourceHead, SourcePart, SourceRecord, SourceTable, WRITER_LOCK,
    ends_part, folder_of, generation_name, generation_number, hash_file, hex, is_source_file,
    manifest_sums,
};
pub use likeness::Likeness;
pub use living::{addresses, document_frequency, is_in_documents};
pub use record::DocumentRecord;
pub use statistics::{ExactStatistics, FieldStatistics, Statistics};
pub use tantivy;
pub use write::{create_engine, open_engine};
