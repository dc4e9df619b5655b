//! What a document cites.

use std::collections::HashMap;

use undex_document::{Citation, Language, Paragraph, Symbol};
use undex_schema::{DocumentKey, DocumentRecord};

use crate::holdings::Holdings;
use crate::{SearchError, Searcher};

/// What a document cites, in its order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cites {
    /// The document, without its paragraphs.
    pub document: DocumentRecord,
    /// Its paragraphs that cite something, in order.
    pub paragraphs: Vec<Paragraph>,
    /// What they cite, in order.
    pub citations: Vec<OutgoingCitation>,
}

/// One citation in a document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutgoingCitation {
    /// The place of its paragraph among [`Cites::paragraphs`].
    pub paragraph: usize,
    /// The citation.
    pub citation: Citation,
    /// The document named, as it is held: its symbol there, which may be another form of the one
    /// cited, and its languages. `None` when it is not held.
    pub held: Option<(Symbol, Vec<Language>)>,
    /// Whether it names a place of the document itself.
    pub own: bool,
}

impl Searcher {
    /// What a document cites in one of its languages. The symbol is looked up as by
    /// [`Searcher::holding`]; `None` when the document is not held in the language.
    ///
    /// # Errors
    /// [`SearchError::Damaged`].
    pub fn cites(&self, symbol: &Symbol, language: Language) -> Result<Option<Cites>, SearchError> {
        let holdings = Holdings::open(&self.generation)?;
        let Some((symbol, _)) = holdings.resolve(symbol)? else { return Ok(None) };
        let key = DocumentKey::new(symbol, language);
        let Some(document) = self.record(&key)? else { return Ok(None) };
        let mut paragraphs = self.paragraphs(&key)?;
        paragraphs.retain(|paragraph| !paragraph.citations.is_empty());
        let mut known: HashMap<Symbol, Option<(Symbol, Vec<Language>)>> = HashMap::new();
        let mut citations = Vec::new();
        for (at, paragraph) in paragraphs.iter().enumerate() {
            for citation in &paragraph.citations {
                let held = match known.get(&citation.symbol) {
                    Some(held) => held.clone(),
                    None => {
                        let held = holdings.resolve(&citation.symbol)?;
                        known.entry(citation.symbol.clone()).or_insert(held).clone()
                    }
                };
                let own = document.symbols.contains(&citation.symbol);
                citations.push(OutgoingCitation {
                    paragraph: at,
                    citation: citation.clone(),
                    held,
                    own,
                });
            }
        }
        Ok(Some(Cites { document, paragraphs, citations }))
    }
}
