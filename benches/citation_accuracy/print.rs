//! A comparison for people and for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;
use undex_document::Symbol;

use crate::Comparison;
use crate::links::{Compared, Difference, Kind};
use crate::score::Count;
use crate::visible::visible;

const KINDS: [(Kind, &str); 2] =
    [(Kind::Found, "found and not linked"), (Kind::Linked, "linked and not found")];

/// The figures of each language, and what could not be read.
pub(crate) fn table(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    writeln!(
        out,
        "citations found in text, against the links in its markup; distinct per document"
    )?;
    for (language, figures) in &comparison.languages {
        writeln!(
            out,
            "{language}: {} documents, {} links to no symbol",
            figures.documents, figures.elsewhere
        )?;
        writeln!(
            out,
            "  {:<28} {:>7} {:>7} {:>7} {:>9} {:>7} {:>7}",
            "", "links", "found", "right", "precision", "recall", "F1"
        )?;
        row(out, "resolutions A/RES/NN/NNN", &figures.assembly)?;
        row(out, "  by the bare pattern NN/NNN", &figures.bare)?;
        row(out, "all symbols", &figures.all)?;
    }
    for failure in &comparison.failures {
        writeln!(out, "not read: {}", visible(&failure.message))?;
    }
    Ok(())
}

fn row(out: &mut impl Write, name: &str, count: &Count) -> io::Result<()> {
    writeln!(
        out,
        "  {name:<28} {:>7} {:>7} {:>7} {:>9.4} {:>7.4} {:>7.4}",
        count.gold,
        count.found,
        count.right,
        count.precision(),
        count.recall(),
        count.f1()
    )
}

/// The symbols that most documents differ in, each with its first example.
pub(crate) fn differences(
    out: &mut impl Write,
    comparison: &Comparison,
    most: usize,
) -> io::Result<()> {
    let mut all: BTreeMap<(Kind, &str), Vec<(&Compared, &Difference)>> = BTreeMap::new();
    for document in &comparison.documents {
        for difference in &document.differences {
            let key = (difference.kind, difference.symbol.as_str());
            all.entry(key).or_default().push((document, difference));
        }
    }
    for (kind, name) in KINDS {
        let mut listed: Vec<_> = all.iter().filter(|((of, _), _)| *of == kind).collect();
        // Those with the same number stay in the order of their symbols.
        listed.sort_by_key(|(_, documents)| std::cmp::Reverse(documents.len()));
        let total: usize = listed.iter().map(|(_, documents)| documents.len()).sum();
        writeln!(out, "\n{name}: {total} times, {} symbols", listed.len())?;
        for ((_, symbol), documents) in listed.into_iter().take(most) {
            let Some((document, difference)) = documents.first() else { continue };
            writeln!(out, "{:>5}  {}", documents.len(), visible(symbol))?;
            write!(out, "       {} {}, ", visible(&document.symbol), document.language)?;
            example(out, difference)?;
        }
    }
    Ok(())
}

/// All differences of a document, in every language it was compared in.
pub(crate) fn document(
    out: &mut impl Write,
    comparison: &Comparison,
    symbol: &Symbol,
) -> io::Result<()> {
    let printed = symbol.to_string();
    let documents: Vec<&Compared> =
        comparison.documents.iter().filter(|document| document.symbol == printed).collect();
    if documents.is_empty() {
        return writeln!(out, "{printed} is not among the documents compared");
    }
    for document in documents {
        let all = &document.figures.all;
        writeln!(
            out,
            "{printed} {}: {} links, {} found, {} right",
            document.language, all.gold, all.found, all.right
        )?;
        for (kind, name) in KINDS {
            for difference in document.differences.iter().filter(|d| d.kind == kind) {
                write!(out, "  {name}: {}, ", visible(&difference.symbol))?;
                example(out, difference)?;
            }
        }
    }
    Ok(())
}

fn example(out: &mut impl Write, difference: &Difference) -> io::Result<()> {
    let [before, named, after] = &difference.context;
    let text = format!("{}: {before}[[{named}]]{after}", difference.place);
    writeln!(out, "{}", visible(&text))
}

/// One line for each language.
pub(crate) fn json(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    for (language, figures) in &comparison.languages {
        let line = json!({
            "schema": 1,
            "language": language,
            "documents": figures.documents,
            "links_elsewhere": figures.elsewhere,
            "assembly": figures.assembly.json(),
            "bare_pattern": figures.bare.json(),
            "all": figures.all.json(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
