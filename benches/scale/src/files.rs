//! The peer of a run with nothing changed: size and time of every file, which no program that goes by
//! them can be below.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::measure::Outcome;

/// The size of all files in a folder, and the latest change of any.
pub(crate) fn look(folder: &Path) -> Outcome<(u64, Option<SystemTime>)> {
    let (mut bytes, mut latest) = (0, None);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (more, time) = match entry.file_type()?.is_dir() {
            true => look(&entry.path())?,
            false => {
                let metadata = entry.metadata()?;
                (metadata.len(), Some(metadata.modified()?))
            }
        };
        bytes += more;
        latest = latest.max(time);
    }
    Ok((bytes, latest))
}
