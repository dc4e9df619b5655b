//! Hits as a table for spreadsheets (RFC 4180).

use std::borrow::Cow;
use std::io::Write;

use undex_query::Hit;

use crate::exit::Failure;

/// The columns. They stay as they are, as fields of JSON do; new ones come behind them.
const COLUMNS: [&str; 18] = [
    "rank", "cite", "symbol", "language", "pinpoint", "title", "date", "type", "role", "headings",
    "page", "snippet", "text", "url", "path", "score", "more", "repeats",
];

pub(super) fn write(out: &mut impl Write, hits: &[Hit]) -> Result<(), Failure> {
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut *out);
    table.write_record(COLUMNS).map_err(failure)?;
    for hit in hits {
        let (document, paragraph) = (&hit.document, &hit.paragraph);
        let row: [String; COLUMNS.len()] = [
            hit.rank.to_string(),
            hit.cite(),
            document.symbol.to_string(),
            document.language.to_string(),
            paragraph.pinpoint.to_string(),
            document.title.clone().unwrap_or_default(),
            document.date.map(|date| date.to_string()).unwrap_or_default(),
            document.kind.to_string(),
            paragraph.role.to_string(),
            paragraph.headings.join(" › "),
            paragraph.page.map(|page| page.to_string()).unwrap_or_default(),
            hit.snippet.text.clone(),
            paragraph.text.clone(),
            hit.url().unwrap_or_default(),
            document.source.path.clone(),
            hit.score.to_string(),
            hit.more.map(|more| more.to_string()).unwrap_or_default(),
            hit.repeats.map(|repeats| repeats.to_string()).unwrap_or_default(),
        ];
        table.write_record(row.iter().map(|cell| text(cell).into_owned())).map_err(failure)?;
    }
    table.flush()?;
    Ok(())
}

/// A cell that a spreadsheet takes for text. One that begins as a formula does is evaluated by most of
/// them, quoted or not, and documents come from anybody; the apostrophe in front is what spreadsheets
/// themselves put before text. No number of ours begins so.
fn text(cell: &str) -> Cow<'_, str> {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let begins = |text: &str| text.starts_with(formula);
    if begins(cell) || begins(cell.trim_start()) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn failure(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => Failure::error("cannot write the table"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        // (cell, written, why)
        let table = [
            ("=HYPERLINK(\"http://a\")", "'=HYPERLINK(\"http://a\")", "a formula"),
            ("+1", "'+1", "also a formula"),
            ("-1+cmd", "'-1+cmd", "also a formula"),
            ("@SUM(A1)", "'@SUM(A1)", "also a formula"),
            ("\t=1", "'\t=1", "what some programs cut away"),
            ("  =1", "'  =1", "spaces that some programs cut away"),
            ("＝1", "'＝1", "full width"),
            ("A/RES/78/237", "A/RES/78/237", "a symbol"),
            ("a=1", "a=1", "not at the start"),
            ("", "", "nothing"),
        ];
        for (cell, written, why) in table {
            assert_eq!(text(cell), written, "{why}");
        }
    }
}
