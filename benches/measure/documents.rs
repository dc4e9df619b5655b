//! The documents that are measured, and where they are found.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{extract, repository};

/// The documents to index.
pub(crate) struct Documents {
    /// For the head of the figures.
    pub(crate) name: String,
    /// Folders.
    pub(crate) inputs: Vec<PathBuf>,
}

impl Documents {
    /// Real documents where there are some: `corpus/akn4un` and `corpus/seeds`, or else all of
    /// `corpus`, in the folder that `UNDEX_SHARED` names or in `shared` beside the repository.
    /// Otherwise the documents that the repository ships with.
    pub(crate) fn find() -> Self {
        let corpus = shared().join("corpus");
        let mut inputs: Vec<PathBuf> =
            ["akn4un", "seeds"].map(|name| corpus.join(name)).into_iter().collect();
        inputs.retain(|folder| folder.is_dir());
        if !inputs.is_empty() {
            return Self { name: "real documents, akn4un and seeds".to_owned(), inputs };
        }
        if corpus.is_dir() {
            return Self { name: "real documents".to_owned(), inputs: vec![corpus] };
        }
        Self {
            name: "the handbook alone, since UNDEX_SHARED names no documents".to_owned(),
            inputs: vec![repository().join("corpus")],
        }
    }

    /// Everything in the folder of real documents, in every format, where there are some.
    pub(crate) fn all() -> Self {
        let corpus = shared().join("corpus");
        match corpus.is_dir() {
            true => Self { name: "all real documents".to_owned(), inputs: vec![corpus] },
            false => Self::find(),
        }
    }

    /// The arguments of `undex index` for these documents and an index folder.
    pub(crate) fn index_arguments(&self, index: &Path) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["index".into()];
        arguments.extend(self.inputs.iter().map(|input| input.clone().into_os_string()));
        arguments.push("--catalogue".into());
        arguments.push(catalogue().into_os_string());
        arguments.push("--index".into());
        arguments.push(index.as_os_str().to_owned());
        arguments
    }
}

/// Every file of the documents, archives as they are.
pub(crate) fn files(documents: &Documents) -> Vec<PathBuf> {
    extract::files(&documents.inputs)
}

/// The folder that real documents are in, where there are some.
pub(crate) fn shared() -> PathBuf {
    match std::env::var_os("UNDEX_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => repository().join("../shared"),
    }
}

/// The catalogue of the repository: it knows the real documents that do not name themselves.
pub(crate) fn catalogue() -> PathBuf {
    repository().join("corpus/catalogue.toml")
}
