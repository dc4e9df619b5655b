//! Documents taken out of an archive in which a source publishes many.

use std::io::{Cursor, Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};
use undex_document::{Format, Symbol};
use undex_ingest::{Archive, Limits};

use crate::Trouble;
use crate::plan::PlannedPart;
use crate::recognise;
use crate::sources::{Kind, Set};
use crate::transfer::hex;

/// Files that an archive may state: the repository of the resolutions has 12,000.
const ENTRIES: usize = 1_000_000;
/// Bytes that all of them may become, of which one at a time is in memory.
const UNPACKED_BYTES: u64 = 64 << 30;

/// A document in an archive.
pub(crate) struct Taken {
    /// The name in the archive, without the folder that all of it lies in.
    pub(crate) member: String,
    /// The symbol it states.
    pub(crate) symbol: Option<Symbol>,
    /// What it is, or why it is not taken.
    pub(crate) content: Result<(Vec<u8>, Format), String>,
}

impl Taken {
    pub(crate) fn sha256(bytes: &[u8]) -> String {
        hex(&Sha256::digest(bytes))
    }
}

/// Gives the documents of one session and language to `take`, in the order of their names, until it has
/// enough; how many there were.
pub(crate) fn documents(
    path: &Path,
    set: &Set,
    part: PlannedPart,
    kind: Kind,
    take: &mut dyn FnMut(Taken) -> Result<(), Trouble>,
) -> Result<u64, Trouble> {
    let limits =
        Limits { archive_entries: ENTRIES, archive_bytes: UNPACKED_BYTES, ..Limits::default() };
    let trouble = |error: undex_ingest::ExtractError| Trouble::Archive(error.to_string());
    let mut archive = Archive::open(path, &limits).map_err(trouble)?;
    let language = set.languages.get(&part.language);
    let language = language.map_or_else(|| part.language.code(), String::as_str);
    let fill = |pattern: &str| {
        pattern.replace("{session}", &part.session.to_string()).replace("{language}", language)
    };
    let folder = format!("{}/", fill(set.folder.as_deref().unwrap_or_default()));
    let mut count = members(&mut archive, &folder, kind, take)?;
    if let Some(packed) = set.packed.as_deref().map(fill) {
        let inner =
            archive.members().iter().find(|member| without_root(&member.name, &packed).is_some());
        if let Some(inner) = inner.cloned() {
            let bytes = archive.read(&inner).map_err(trouble)?;
            let name = archive.member_path(&inner);
            let mut inner =
                Archive::from_reader(name, Cursor::new(bytes), &limits).map_err(trouble)?;
            count += members(&mut inner, "", kind, take)?;
        }
    }
    if count == 0 {
        return Err(Trouble::Archive(format!(
            "the archive has no documents in {folder}; the session may not be published yet, or not in this language"
        )));
    }
    Ok(count)
}

/// The documents in a folder of an archive.
fn members<R: Read + Seek>(
    archive: &mut Archive<R>,
    folder: &str,
    kind: Kind,
    take: &mut dyn FnMut(Taken) -> Result<(), Trouble>,
) -> Result<u64, Trouble> {
    let ending = format!(".{}", kind.word());
    let mut inside: Vec<_> = archive
        .members()
        .iter()
        .filter_map(|member| Some((without_root(&member.name, folder)?.to_owned(), member.clone())))
        .filter(|(name, _)| name.to_ascii_lowercase().ends_with(&ending))
        .collect();
    inside.sort_by(|one, other| one.0.cmp(&other.0));
    let count = inside.len() as u64;
    for (name, member) in inside {
        let content = archive.read(&member).map_err(|error| error.to_string()).and_then(|bytes| {
            let format = recognise::format(&bytes, kind);
            let format = format.map_err(|found| format!("{name}: is {found}; not taken"))?;
            Ok((bytes, format))
        });
        let symbol = content.as_ref().ok().and_then(|(bytes, _)| recognise::stated_symbol(bytes));
        take(Taken { member: name, symbol, content })?;
    }
    Ok(count)
}

/// The name of a member from the folder on, where it lies in it; the folder that an archive of a
/// repository has around everything does not count.
fn without_root<'n>(name: &'n str, folder: &str) -> Option<&'n str> {
    if name.starts_with(folder) {
        return Some(name);
    }
    name.split_once('/').map(|(_, rest)| rest).filter(|rest| rest.starts_with(folder))
}
