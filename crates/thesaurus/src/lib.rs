//! What the same thing is called: concepts with their labels in several languages.
//!
//! People ask for `brain drain`, and documents speak of the emigration of skilled personnel. A
//! [`Thesaurus`] holds such labels side by side, read from a TOML file that people write
//! ([`Thesaurus::parse`]) or imported from a thesaurus in SKOS (`Import`, with the feature `skos`). It
//! knows nothing of an index; how words of a query are recognised in labels is for `undex-query` to say.
//!
//! ```
//! use undex_document::Language;
//! use undex_thesaurus::Thesaurus;
//!
//! let file = r#"
//!     [[concept]]
//!     en = ["brain drain", "emigration of skilled personnel"]
//!     es = ["éxodo intelectual", "fuga de cerebros"]
//! "#;
//! let thesaurus = Thesaurus::parse("thesaurus.toml", file)?;
//! let labels = thesaurus.concepts()[0].labels();
//! assert_eq!(labels.count(), 4);
//!
//! // What is wrong is told with its line.
//! let error = Thesaurus::parse("thesaurus.toml", "[[concept]]\nen = ['alone']").unwrap_err();
//! assert!(error.to_string().starts_with("thesaurus.toml: line 1: the concept has one label"));
//! # Ok::<(), undex_thesaurus::ThesaurusError>(())
//! ```

mod concept;
mod file;
#[cfg(feature = "skos")]
mod guard;
#[cfg(feature = "skos")]
mod skos;
mod write;

pub use concept::{Concept, MAX_LABEL_BYTES, MAX_LABEL_WORDS, MAX_LABELS_OF_CONCEPT};
pub use file::{MAX_CONCEPTS, MAX_FILE_BYTES, Thesaurus, ThesaurusError};
#[cfg(feature = "skos")]
pub use skos::{Import, ImportError, ImportSummary, MAX_IMPORT_BYTES, Syntax};
pub use write::Addition;
