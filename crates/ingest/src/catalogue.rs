//! Facts about documents whose files do not name themselves. (under construction)

/// Facts and evidence.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {}

/// Facts about one file, from `FILE.meta.toml`.
#[derive(Clone, Debug, Default)]
pub struct Facts {}

/// Why a catalogue could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct CatalogueError {
    /// The file.
    pub path: String,
    /// What is wrong and where.
    pub reason: String,
}

impl Catalogue {
    /// Reads a catalogue from TOML; `path` is for messages.
    ///
    /// # Errors
    /// When the text is not TOML of the right shape.
    pub fn parse(_path: &str, _toml: &str) -> Result<Self, CatalogueError> {
        Ok(Self::default())
    }
}

impl Facts {
    /// Reads `FILE.meta.toml`; `path` is for messages.
    ///
    /// # Errors
    /// When the text is not TOML of the right shape.
    pub fn parse(_path: &str, _toml: &str) -> Result<Self, CatalogueError> {
        Ok(Self::default())
    }
}
