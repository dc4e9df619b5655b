//! How documents under each input are read: with which catalogue, limits and version of extraction.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use undex_ingest::{Catalogue, CatalogueDigests, EXTRACTION_VERSION, Limits};
use undex_schema::parts_digest;

use crate::corpus::Found;
use crate::extract::Extract;
use crate::walk::CATALOGUE;
use crate::{BuildError, BuildOptions};

/// Makes what extracts from a catalogue and limits; replaced in tests.
pub(crate) type MakeExtract<'m> = &'m dyn Fn(Catalogue, Limits) -> Box<dyn Extract>;

/// One per catalogue; sources name theirs by its place.
pub(crate) struct Readings {
    all: Vec<Reading>,
    /// Place of the one for each input.
    by_input: HashMap<PathBuf, usize>,
    basis: String,
}

/// How documents are extracted with one catalogue.
pub(crate) struct Reading {
    pub(crate) extractor: Box<dyn Extract>,
    /// Hash of what every document depends on: the version of extraction, limits and the names of the
    /// catalogue.
    pub(crate) base: Arc<str>,
    /// What the catalogue decides about which documents.
    pub(crate) digests: CatalogueDigests,
}

impl Readings {
    /// Reads the catalogues.
    ///
    /// # Errors
    /// [`BuildError::Input`] and [`BuildError::Catalogue`] for one that cannot be read or understood.
    pub(crate) fn of(options: &BuildOptions, make: MakeExtract<'_>) -> Result<Self, BuildError> {
        let (all, by_input) = (Vec::new(), HashMap::new());
        let mut readings = Self { all, by_input, basis: String::new() };
        let mut catalogues: Vec<String> = Vec::new();
        // Another version of undex may take other files for documents.
        let mut basis: Vec<Vec<u8>> = vec![env!("CARGO_PKG_VERSION").into()];
        for input in options.sorted_inputs() {
            let (catalogue, text) = read_catalogue(options, &input)?;
            let known = catalogues.iter().position(|known| *known == text);
            let place = known.unwrap_or_else(|| {
                catalogues.push(text);
                readings.all.push(Reading::new(options, catalogue, make));
                readings.all.len() - 1
            });
            basis.push(input.as_os_str().as_encoded_bytes().to_owned());
            if let Some(reading) = readings.all.get(place) {
                basis.push(reading.base.as_bytes().to_owned());
                basis.push(reading.digests.of_everything().as_bytes().to_owned());
            }
            readings.by_input.insert(input, place);
        }
        readings.basis = parts_digest(basis.iter().map(Vec::as_slice));
        Ok(readings)
    }

    /// Hash of the inputs and of how documents in them are read.
    pub(crate) fn basis(&self) -> &str {
        &self.basis
    }

    /// The place of how documents under an input are read, and the hash of what each depends on.
    pub(crate) fn of_input(&self, input: &Path) -> (usize, Arc<str>) {
        let place = self.by_input.get(input).copied().unwrap_or_default();
        (place, self.get(place).map(|reading| reading.base.clone()).unwrap_or_default())
    }

    pub(crate) fn get(&self, place: usize) -> Option<&Reading> {
        self.all.get(place)
    }
}

impl Reading {
    fn new(options: &BuildOptions, catalogue: Catalogue, make: MakeExtract<'_>) -> Self {
        let digests = catalogue.digests();
        let version = EXTRACTION_VERSION.to_le_bytes();
        let limits = format!("{:?}", options.limits);
        let names = digests.of_nicknames().as_bytes();
        let base = Arc::from(parts_digest([&version[..], limits.as_bytes(), names]));
        Self { extractor: make(catalogue, options.limits), base, digests }
    }

    /// Hash of what every document depends on.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Hash of what the document of a source depends on beside its bytes, as far as that is known before it
    /// is read.
    pub(crate) fn circumstances<'r>(&'r self, found: &'r Found<'_>) -> &'r Arc<str> {
        found.facts.as_ref().map_or(&self.base, |beside| &beside.circumstances)
    }
}

/// The catalogue for an input, and its text.
fn read_catalogue(options: &BuildOptions, input: &Path) -> Result<(Catalogue, String), BuildError> {
    let beside = input.join(CATALOGUE);
    let path = match &options.catalogue {
        Some(path) => path,
        None if input.is_dir() => &beside,
        None => return Ok((Catalogue::default(), String::new())),
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && options.catalogue.is_none() => {
            return Ok((Catalogue::default(), String::new()));
        }
        Err(source) => return Err(BuildError::Input { path: path.clone(), source }),
    };
    let catalogue = Catalogue::parse(&path.display().to_string(), &text)?;
    Ok((catalogue, text))
}
