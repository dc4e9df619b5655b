//! The peer SQLite: its full-text search FTS5 on the same paragraphs, at its defaults.
//!
//! A row is a paragraph, with the columns in which undex searches and those by which it names a hit.
//! The tokenizer folds case and accents and does not stem, so that it does less than undex does. All
//! documents are one transaction; SQLite's journal and its promises about power failure are as they come.

use std::path::Path;

use rusqlite::{Connection, Transaction, params};
use undex_document::Document;

use crate::kept::{self, Reader};
use crate::measure::Outcome;

/// A build: documents into a new database.
pub(crate) fn build(documents: &Path, database: &Path) -> Outcome<()> {
    let mut connection = Connection::open(database)?;
    connection.execute_batch(
        "CREATE VIRTUAL TABLE paragraphs USING fts5(
             text, notes, headings, title,
             symbol UNINDEXED, language UNINDEXED, pinpoint UNINDEXED,
             tokenize = 'unicode61 remove_diacritics 2')",
    )?;
    add(&mut connection, documents)
}

/// An update: documents into a database that is there.
pub(crate) fn insert(documents: &Path, database: &Path) -> Outcome<()> {
    add(&mut Connection::open(database)?, documents)
}

/// A search, as a whole process: ten hits, each with a snippet and what to cite.
pub(crate) fn search(database: &Path, query: &str) -> Outcome<Vec<String>> {
    let connection = Connection::open(database)?;
    let mut statement = connection.prepare(
        "SELECT symbol, language, pinpoint, title, headings, snippet(paragraphs, 0, '', '', '…', 32)
         FROM paragraphs WHERE paragraphs MATCH ?1 ORDER BY rank LIMIT 10",
    )?;
    let hits = statement.query_map(params![query], |row| {
        let columns: Result<Vec<String>, _> = (0..6).map(|column| row.get(column)).collect();
        Ok(columns?.join("\n"))
    })?;
    Ok(hits.collect::<Result<_, _>>()?)
}

fn add(connection: &mut Connection, documents: &Path) -> Outcome<()> {
    let mut reader = Reader::open(documents)?;
    let transaction = connection.transaction()?;
    while let Some(bytes) = reader.next()? {
        add_document(&transaction, &kept::document(&bytes)?)?;
    }
    Ok(transaction.commit()?)
}

fn add_document(transaction: &Transaction<'_>, document: &Document) -> Outcome<()> {
    let mut statement =
        transaction.prepare_cached("INSERT INTO paragraphs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for paragraph in &document.paragraphs {
        let notes: Vec<&str> = paragraph.notes.iter().map(|note| note.text.as_str()).collect();
        statement.execute(params![
            paragraph.text,
            notes.join("\n"),
            paragraph.headings.join("\n"),
            document.title.as_deref().unwrap_or_default(),
            document.symbol.as_str(),
            document.language.code(),
            paragraph.pinpoint.to_string(),
        ])?;
    }
    Ok(())
}
