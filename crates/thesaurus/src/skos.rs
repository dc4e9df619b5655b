//! Thesauri in SKOS (W3C Recommendation of 18 August 2009), in the syntaxes of RDF; also those that describe
//! their labels in SKOS-XL (appendix B there).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read};
use std::path::Path;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::{NTriplesParser, TurtleParser};
use undex_document::Language;

use crate::guard::Guard;
use crate::{Concept, MAX_CONCEPTS, Thesaurus};

/// The length of a file in bytes: several times that of the largest thesauri in use.
pub const MAX_IMPORT_BYTES: u64 = 1 << 30;

/// Labels kept while a file is read, of all concepts together.
const MAX_LABELS: usize = 1_000_000;

/// Bytes of labels and of the addresses beside them kept while a file is read.
const MAX_KEPT_BYTES: usize = 256 << 20;

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SKOS_XL: &str = "http://www.w3.org/2008/05/skos-xl#";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// What has labels and is no concept.
const NO_CONCEPTS: [&str; 3] = ["ConceptScheme", "Collection", "OrderedCollection"];

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// RDF/XML: `.rdf`, `.xml`.
    RdfXml,
    /// Turtle: `.ttl`.
    Turtle,
    /// N-Triples: `.nt`.
    NTriples,
}

/// Why a thesaurus cannot be imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The name of the file tells no syntax that is read.
    #[error(
        "{path}: the name tells no syntax of RDF; name it .ttl, .rdf, .xml or .nt for what it is"
    )]
    Unknown {
        /// The file.
        path: String,
    },
    /// The file cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not what its name says, or damaged.
    #[error(
        "{path}: {place}not the syntax its name says: {reason}; name it .ttl, .rdf or .nt for what it is, or get the file again"
    )]
    Syntax {
        /// The file.
        path: String,
        /// The line, where the parser told it; ends with a colon and a space.
        place: String,
        /// What the parser found.
        reason: String,
    },
    /// A bound was met.
    #[error("{path}: {reason}; import a part of the file, or fewer languages")]
    Limit {
        /// The file.
        path: String,
        /// The bound.
        reason: String,
    },
}

/// What an import took and left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportSummary {
    /// Statements read.
    pub statements: u64,
    /// Concepts with two labels or more, which are taken.
    pub concepts: usize,
    /// Concepts with a single label in the languages wanted, which are of no use.
    pub single: usize,
    /// Labels left out because they are too long, have no letter, or are more than a concept may have.
    pub unfit: u64,
}

/// An import from a file in SKOS.
#[derive(Clone, Debug)]
pub struct Import<'a> {
    /// The languages whose labels are taken.
    pub languages: &'a [Language],
    /// The name of the file, for messages.
    pub path: &'a str,
}

/// The kinds of labels in the order in which they stand in a concept: the one preferred is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Preferred,
    Alternative,
    Hidden,
}

impl Kind {
    /// The kind that a property of SKOS gives, or its like in SKOS-XL.
    fn of(predicate: &str) -> Option<Self> {
        let name = predicate.strip_prefix(SKOS).or_else(|| predicate.strip_prefix(SKOS_XL));
        Some(match name? {
            "prefLabel" => Self::Preferred,
            "altLabel" => Self::Alternative,
            "hiddenLabel" => Self::Hidden,
            _ => return None,
        })
    }
}

/// What was read of a concept.
type Labels = Vec<(Language, Kind, String)>;

impl Syntax {
    /// The syntax that the name of a file tells.
    ///
    /// # Errors
    /// [`ImportError::Unknown`].
    pub fn of(path: &Path) -> Result<Self, ImportError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        Ok(match ending.to_ascii_lowercase().as_str() {
            "ttl" => Self::Turtle,
            "nt" => Self::NTriples,
            "rdf" | "xml" | "skos" => Self::RdfXml,
            _ => return Err(ImportError::Unknown { path: path.display().to_string() }),
        })
    }
}

impl Import<'_> {
    /// Reads the concepts of a file, in the order of their labels, so that the same statements in any
    /// order and syntax give the same thesaurus.
    ///
    /// Taken are `skos:prefLabel`, `altLabel` and `hiddenLabel` with a language that is wanted, of subjects
    /// with an address, and the same of SKOS-XL. What is not needed is not kept; the memory of the rest is bounded.
    ///
    /// # Errors
    /// [`ImportError`] for what cannot be read, is no RDF of this syntax, or meets a bound.
    pub fn read(
        &self,
        syntax: Syntax,
        reader: impl Read,
    ) -> Result<(Thesaurus, ImportSummary), ImportError> {
        let mut state = State::default();
        // One byte more tells a file that is longer from one that ends there.
        let reader = reader.take(MAX_IMPORT_BYTES + 1);
        let counted = Counted { inner: reader, read: 0 };
        match syntax {
            Syntax::RdfXml => {
                for triple in RdfXmlParser::new().for_reader(Guard::new(counted)) {
                    let triple = triple.map_err(|error| match error {
                        oxrdfxml::RdfXmlParseError::Io(error) => self.unreadable(error),
                        oxrdfxml::RdfXmlParseError::Syntax(error) => self.malformed("", &error),
                    })?;
                    state.add(self, triple)?;
                }
            }
            Syntax::Turtle => {
                for triple in TurtleParser::new().for_reader(counted) {
                    let triple = triple.map_err(|error| self.turtle(error))?;
                    state.add(self, triple)?;
                }
            }
            Syntax::NTriples => {
                for triple in NTriplesParser::new().for_reader(counted) {
                    let triple = triple.map_err(|error| self.turtle(error))?;
                    state.add(self, triple)?;
                }
            }
        }
        Ok(state.finish())
    }

    fn turtle(&self, error: oxttl::TurtleParseError) -> ImportError {
        match error {
            oxttl::TurtleParseError::Io(error) => self.unreadable(error),
            oxttl::TurtleParseError::Syntax(error) => {
                let place = format!("line {}: ", error.location().start.line + 1);
                self.malformed(&place, &error.message())
            }
        }
    }

    fn malformed(&self, place: &str, reason: &impl ToString) -> ImportError {
        ImportError::Syntax {
            path: self.path.to_owned(),
            place: place.to_owned(),
            reason: reason.to_string(),
        }
    }

    fn unreadable(&self, source: io::Error) -> ImportError {
        let path = self.path.to_owned();
        match source.kind() {
            io::ErrorKind::InvalidData => self.malformed("", &source),
            io::ErrorKind::FileTooLarge => ImportError::Limit { path, reason: source.to_string() },
            _ => ImportError::Read { path, source },
        }
    }

    fn limit(&self, reason: String) -> ImportError {
        ImportError::Limit { path: self.path.to_owned(), reason }
    }
}

/// Fails behind [`MAX_IMPORT_BYTES`].
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        if self.read > MAX_IMPORT_BYTES {
            let reason = format!("longer than {MAX_IMPORT_BYTES} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(read)
    }
}

#[derive(Default)]
struct State {
    concepts: BTreeMap<String, Labels>,
    others: HashSet<String>,
    /// By the label of SKOS-XL, the concepts that it is a label of.
    labelled: HashMap<NamedOrBlankNode, Vec<(String, Kind)>>,
    /// What these labels are. Each is one; of several, the first by language and letters.
    forms: HashMap<NamedOrBlankNode, (Language, String)>,
    labels: usize,
    kept_bytes: usize,
    summary: ImportSummary,
}

impl State {
    fn add(&mut self, import: &Import<'_>, triple: Triple) -> Result<(), ImportError> {
        self.summary.statements += 1;
        let predicate = triple.predicate.as_str();
        let kind = Kind::of(predicate);
        let subject_bytes = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().len(),
            NamedOrBlankNode::BlankNode(node) => node.as_str().len(),
        };
        match (triple.subject, triple.object) {
            (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object))
                if predicate == RDF_TYPE =>
            {
                let kind = object.as_str().strip_prefix(SKOS).unwrap_or_default();
                if NO_CONCEPTS.contains(&kind) {
                    self.kept_bytes += subject_bytes;
                    self.others.insert(subject.into_string());
                }
            }
            (subject, Term::Literal(label)) => {
                let is_form = predicate.strip_prefix(SKOS_XL) == Some("literalForm");
                let language = label.language().and_then(Language::from_code);
                let Some(language) = language.filter(|l| import.languages.contains(l)) else {
                    return Ok(());
                };
                if kind.is_none() && !is_form {
                    return Ok(());
                }
                // Too long for a label in any case; the bound is on what is kept until the end.
                if label.value().len() > crate::MAX_LABEL_BYTES {
                    self.summary.unfit += 1;
                    return Ok(());
                }
                let label = label.value().to_owned();
                self.kept_bytes += subject_bytes + label.len();
                match (kind, subject) {
                    (Some(kind), NamedOrBlankNode::NamedNode(subject)) => {
                        let labels = self.concepts.entry(subject.into_string()).or_default();
                        labels.push((language, kind, label));
                    }
                    (Some(_), _) => return Ok(()),
                    (None, node) => {
                        let form = (language, label);
                        let known = self.forms.entry(node).or_insert_with(|| form.clone());
                        if form < *known {
                            *known = form;
                        }
                    }
                }
                self.labels += 1;
            }
            (NamedOrBlankNode::NamedNode(subject), object) => {
                let label = match object {
                    Term::NamedNode(node) => NamedOrBlankNode::NamedNode(node),
                    Term::BlankNode(node) => NamedOrBlankNode::BlankNode(node),
                    _ => return Ok(()),
                };
                let Some(kind) = kind else { return Ok(()) };
                // A concept, whatever its labels are called.
                self.concepts.entry(subject.as_str().to_owned()).or_default();
                self.kept_bytes += 3 * subject_bytes;
                self.labelled.entry(label).or_default().push((subject.into_string(), kind));
                self.labels += 1;
            }
            _ => {}
        }
        if self.labels > MAX_LABELS {
            return Err(import.limit(format!("more than {MAX_LABELS} labels")));
        }
        if self.kept_bytes > MAX_KEPT_BYTES {
            return Err(import.limit(format!("more than {MAX_KEPT_BYTES} bytes of labels")));
        }
        if self.concepts.len() + self.others.len() > MAX_CONCEPTS {
            return Err(import.limit(format!("more than {MAX_CONCEPTS} concepts")));
        }
        Ok(())
    }

    fn finish(mut self) -> (Thesaurus, ImportSummary) {
        for (node, concepts) in self.labelled {
            let Some((language, label)) = self.forms.get(&node) else { continue };
            for (concept, kind) in concepts {
                self.concepts.entry(concept).or_default().push((*language, kind, label.clone()));
            }
        }
        let mut concepts = Vec::new();
        for (source, mut labels) in self.concepts {
            if self.others.contains(&source) {
                continue;
            }
            labels.sort_unstable_by(|a, b| (a.1, &a.2, a.0).cmp(&(b.1, &b.2, b.0)));
            let mut concept = Concept::new(Some(source));
            for (language, _, label) in labels {
                self.summary.unfit += u64::from(concept.add(language, &label).is_err());
            }
            if concept.labels().len() < 2 {
                self.summary.single += 1;
            } else {
                concepts.push(concept);
            }
        }
        concepts.sort_by_cached_key(|concept| {
            let first = concept.labels().next().map(|(_, label)| label.to_lowercase());
            let english = concept.labels_in(Language::English).next().map(str::to_lowercase);
            (english.or(first), concept.source.clone())
        });
        self.summary.concepts = concepts.len();
        (Thesaurus { concepts }, self.summary)
    }
}
