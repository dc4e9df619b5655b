//! A comparison for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::Compared;
use crate::score::{Count, Score, Scored, Unit, right, without};

/// Columns where nobody tells how wide the terminal is.
const WIDTH: usize = 160;
/// Characters of a paragraph that are shown; what differs later than that is rare, and a table in one
/// paragraph would bury everything else.
const SHOWN: usize = 1_000;

/// The figures, the worst documents, and what could not be read.
pub(crate) fn table(out: &mut impl Write, compared: &Compared, worst: usize) -> io::Result<()> {
    let total = &compared.total;
    writeln!(out, "{}", compared.name)?;
    writeln!(
        out,
        "  documents {}, not extracted {}, extracted beyond these {}",
        compared.documents.len(),
        compared.missing.len(),
        compared.beyond
    )?;
    if compared.documents.is_empty() {
        writeln!(out, "  nothing to compare with")?;
    } else {
        figures(out, total)?;
    }
    let wrong = |count: &Count| count.errors() > 0;
    let listed = compared
        .documents
        .iter()
        .filter(|(_, score)| wrong(&score.paragraphs) || wrong(&score.notes));
    for ((symbol, language), score) in listed.take(worst) {
        let (paragraphs, notes) = (score.paragraphs, score.notes);
        writeln!(
            out,
            "  {:>5} errors  {symbol} {language}  paragraphs {} of {}, found {}; footnotes {} of {}, found {}",
            paragraphs.errors() + notes.errors(),
            paragraphs.right,
            paragraphs.gold,
            paragraphs.found,
            notes.right,
            notes.gold,
            notes.found
        )?;
    }
    for (side, name) in [(&compared.gold, "expected"), (&compared.found, "found")] {
        for (symbol, language) in &side.repeated {
            writeln!(out, "  {symbol} {language} is {name} more than once; the last counts")?;
        }
        for failure in side.failures.iter().take(worst) {
            writeln!(out, "  not read: {}", failure.message)?;
        }
        if side.failures.len() > worst {
            writeln!(out, "  not read: {} more", side.failures.len() - worst)?;
        }
    }
    writeln!(out)
}

fn figures(out: &mut impl Write, total: &Score) -> io::Result<()> {
    writeln!(
        out,
        "  {:<11} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "", "precision", "recall", "F1", "right", "expected", "found"
    )?;
    for (name, count) in [("paragraphs", &total.paragraphs), ("footnotes", &total.notes)] {
        writeln!(
            out,
            "  {name:<11} {:>9.4} {:>9.4} {:>9.4} {:>9} {:>9} {:>9}",
            count.precision(),
            count.recall(),
            count.f1(),
            count.right,
            count.gold,
            count.found
        )?;
    }
    writeln!(
        out,
        "  of the right paragraphs: label {:.4}, role {:.4}, words {:.4}",
        total.share(total.label),
        total.share(total.role),
        total.share(total.words)
    )
}

/// The same as one line of JSON.
pub(crate) fn json(out: &mut impl Write, compared: &Compared, worst: usize) -> io::Result<()> {
    let total = &compared.total;
    let documents = compared.documents.iter().take(worst).map(|((symbol, language), score)| {
        json!({
            "symbol": symbol,
            "language": language,
            "paragraphs": score.paragraphs.json(),
            "footnotes": score.notes.json(),
        })
    });
    let sides = [&compared.gold, &compared.found];
    let failures = sides.iter().flat_map(|side| &side.failures).map(
        |failure| json!({"path": failure.path, "code": failure.code, "message": failure.message}),
    );
    let line = json!({
        "schema": 1,
        "name": compared.name,
        "documents": compared.documents.len(),
        "missing": compared.missing,
        "beyond": compared.beyond,
        "paragraphs": total.paragraphs.json(),
        "footnotes": total.notes.json(),
        "label": total.share(total.label),
        "role": total.share(total.role),
        "words": total.share(total.words),
        "worst": documents.collect::<Vec<Value>>(),
        "failures": failures.collect::<Vec<Value>>(),
    });
    writeln!(out, "{line}")
}

/// What differs in a document, expected on the left and found on the right.
pub(crate) fn side_by_side(
    out: &mut impl Write,
    compared: &Compared,
    symbol: &str,
) -> io::Result<()> {
    let columns = Columns::new();
    for (key, gold) in compared.gold.documents.iter().filter(|((s, _), _)| s == symbol) {
        writeln!(out, "{} {}: expected on the left, found on the right", key.0, key.1)?;
        match compared.found.documents.get(key) {
            Some(found) => document(out, &columns, gold, found)?,
            None => writeln!(out, "not extracted")?,
        }
    }
    Ok(())
}

fn document(
    out: &mut impl Write,
    columns: &Columns,
    gold: &Scored,
    found: &Scored,
) -> io::Result<()> {
    let pairs = right(&gold.units, &found.units);
    let ends = (gold.units.len(), found.units.len());
    let (mut left, mut beside) = (0, 0);
    for (at_gold, at_found) in pairs.into_iter().chain([ends]) {
        let mut missing = gold.units.get(left..at_gold).unwrap_or_default().iter();
        let mut extra = found.units.get(beside..at_found).unwrap_or_default().iter();
        loop {
            let row = (missing.next(), extra.next());
            if row.0.is_none() && row.1.is_none() {
                break;
            }
            columns.row(out, "wrong", &row.0.map_or_else(String::new, shown), &{
                row.1.map_or_else(String::new, shown)
            })?;
        }
        if let (Some(g), Some(f)) = (gold.units.get(at_gold), found.units.get(at_found)) {
            let differences = g.differences(f);
            if !differences.is_empty() {
                columns.row(out, &differences.join(" and "), &shown(g), &shown(f))?;
            }
        }
        (left, beside) = (at_gold + 1, at_found + 1);
    }
    for note in without(&gold.notes, &found.notes) {
        columns.row(out, "footnote", &note.text, "")?;
    }
    for note in without(&found.notes, &gold.notes) {
        columns.row(out, "footnote", "", &note.text)?;
    }
    Ok(())
}

fn shown(unit: &Unit) -> String {
    let text: String = unit.text.chars().take(SHOWN).collect();
    let cut = if text.len() < unit.text.len() { " ..." } else { "" };
    format!("{} [{}] {text}{cut}", unit.role, unit.printed_label)
}

/// Two columns of text.
struct Columns {
    /// Of each.
    width: usize,
}

impl Columns {
    fn new() -> Self {
        let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        // Two spaces before each column, and a bar between them.
        Self { width: (terminal.unwrap_or(WIDTH).saturating_sub(7) / 2).max(20) }
    }

    fn row(&self, out: &mut impl Write, name: &str, left: &str, right: &str) -> io::Result<()> {
        writeln!(out, "{name}")?;
        let (left, right) = (self.lines(left), self.lines(right));
        let width = self.width;
        for at in 0..left.len().max(right.len()) {
            let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            let row = format!("  {:width$} | {}", line(&left), line(&right));
            writeln!(out, "{}", row.trim_end())?;
        }
        Ok(())
    }

    /// The text in lines of the column's width; controls are shown and not obeyed.
    fn lines(&self, text: &str) -> Vec<String> {
        let control = |c: char| c.is_control() && c != '\n';
        let visible: String =
            text.chars().map(|c| if control(c) { '\u{FFFD}' } else { c }).collect();
        textwrap::wrap(&visible, self.width).into_iter().map(|line| line.into_owned()).collect()
    }
}
