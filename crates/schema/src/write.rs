//! The engine's side of a generation that is still being written.

use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexSettings};

use crate::Fields;
use crate::fields::analyzers;

/// Makes an empty engine index in an empty folder.
///
/// # Errors
/// When the folder cannot be written or holds an index already.
pub fn create_engine(folder: &Path, fields: &Fields) -> tantivy::Result<Index> {
    Index::builder()
        .schema(fields.schema().clone())
        .settings(IndexSettings::default())
        .tokenizers(analyzers())
        .create_in_dir(folder)
}

/// Opens the engine index in a folder to add and delete.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn open_engine(folder: &Path) -> tantivy::Result<Index> {
    let mut index = Index::open(MmapDirectory::open(folder)?)?;
    index.set_tokenizers(analyzers());
    Ok(index)
}
