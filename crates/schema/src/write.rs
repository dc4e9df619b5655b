//! The engine's side of a generation that is still being written.

use tantivy::directory::Directory;
use tantivy::{Index, IndexSettings};

use crate::Fields;
use crate::fields::analyzers;

/// Makes an empty engine index in an empty folder.
///
/// # Errors
/// When the folder cannot be written or holds another index.
pub fn create_engine(
    folder: impl Into<Box<dyn Directory>>,
    fields: &Fields,
) -> tantivy::Result<Index> {
    Index::builder()
        .schema(fields.schema().clone())
        .settings(IndexSettings::default())
        .tokenizers(analyzers())
        .open_or_create(folder)
}

/// Opens the engine index in a folder to add and delete.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn open_engine(folder: impl Into<Box<dyn Directory>>) -> tantivy::Result<Index> {
    let mut index = Index::open(folder)?;
    index.set_tokenizers(analyzers());
    Ok(index)
}
