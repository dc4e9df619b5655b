//! What of a catalogue decides about which documents.
//!
//! A catalogue grows with its corpus. Who keeps what was extracted need not extract every document again
//! for an entry that says nothing about it; these hashes tell.

use std::collections::HashMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use undex_document::Symbol;

use super::Catalogue;
use crate::extract::hex;

/// Hashes, in lower-case hexadecimal, of what a catalogue says.
#[derive(Clone, Debug, Default)]
pub struct CatalogueDigests {
    nicknames: String,
    everything: String,
    entries: HashMap<Symbol, String>,
}

impl Catalogue {
    /// What decides about which documents. While a hash is the same, extraction gives the same document.
    pub fn digests(&self) -> CatalogueDigests {
        let named = self.documents.iter().filter(|entry| !entry.nicknames.is_empty());
        let nicknames: Vec<_> = named.map(|entry| (&entry.symbol, &entry.nicknames)).collect();
        let mut entries = HashMap::new();
        for entry in &self.documents {
            // The first one counts, as when the document is looked up.
            entries.entry(entry.symbol.clone()).or_insert_with(|| {
                let facts = (&entry.title, entry.date, entry.kind);
                digest(&(facts, &entry.session, &entry.agenda_items))
            });
        }
        CatalogueDigests {
            nicknames: digest(&nicknames),
            everything: digest(&self.documents),
            entries,
        }
    }
}

impl CatalogueDigests {
    /// Of what decides about every document: the names that prose may call others by.
    pub fn of_nicknames(&self) -> &str {
        &self.nicknames
    }

    /// Of what decides about a document that gives this symbol itself; none where nothing does.
    pub fn of_symbol(&self, symbol: &Symbol) -> Option<&str> {
        self.entries.get(symbol).map(String::as_str)
    }

    /// Of what decides about a document that gives no symbol: the evidence of all entries, and what they
    /// say.
    pub fn of_everything(&self) -> &str {
        &self.everything
    }
}

fn digest(value: &impl Serialize) -> String {
    // What is read from TOML can be written.
    let bytes = postcard::to_stdvec(value).unwrap_or_default();
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digests(toml: &str) -> CatalogueDigests {
        Catalogue::parse("catalogue.toml", toml).unwrap().digests()
    }

    #[test]
    fn what_a_change_decides_about() {
        let known: Symbol = "UNDEX/C/1".parse().unwrap();
        let other: Symbol = "UNDEX/C/2".parse().unwrap();
        let entry = "[[document]]\nsymbol = \"UNDEX/C/1\"\ntitle.en = \"On tides\"\n";
        let before = digests(entry);
        // (what is added, whether it decides about the known one, about the other, about every one)
        let table = [
            ("", false, false, false),
            ("process = \"Tides\"\n", false, false, false),
            ("title.fr = \"Des marées\"\n", true, false, false),
            ("date = 2020-01-01\n", true, false, false),
            ("nicknames.en = [\"the tide report\"]\n", false, false, true),
            ("[[document.evidence]]\nall = [\"ebb\"]\n", false, false, false),
            ("[[document]]\nsymbol = \"UNDEX/C/2\"\ntype = \"note\"\n", false, true, false),
            ("[[document]]\nsymbol = \"UNDEX/C/1\"\ntype = \"note\"\n", false, false, false),
        ];
        for (added, decides, decides_other, decides_all) in table {
            let after = digests(&format!("{entry}{added}"));
            let changed = |symbol| before.of_symbol(symbol) != after.of_symbol(symbol);
            assert_eq!(changed(&known), decides, "{added}");
            assert_eq!(changed(&other), decides_other, "{added}");
            assert_eq!(before.of_nicknames() != after.of_nicknames(), decides_all, "{added}");
            let everything = before.of_everything() != after.of_everything();
            assert_eq!(everything, !added.is_empty(), "{added}");
        }
        assert_eq!(before.of_symbol(&other), None);
    }
}
