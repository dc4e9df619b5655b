//! Which parts of the table of sources a build opens.
//!
//! A part stays closed, neither read nor written, where every source in it is as it was, gave its document
//! and left no word in doubt. That can be told without looking at the sources if they are members of an
//! archive that is as it was or, where the files that may have changed are named, in a folder that nothing
//! came into or went from. So the cost of an update goes by what changed and not by what there is.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use undex_schema::{ArchiveRecord, SourceHead, SourcePart, SourceTable, folder_of};

use crate::circumstances::known_before;
use crate::corpus::may_have_changed_since;
use crate::previous::Previous;
use crate::readings::Readings;
use crate::walk::{self, Listed, Listing, facts_beside};
use crate::{BuildError, BuildOptions};

/// Looks through the inputs, and reads what an earlier build knows of the sources in the parts that have to
/// be opened. What is in these and was not listed is in the listings as it was.
///
/// # Errors
/// As for [`walk::list`]; [`BuildError::Open`] when what is known cannot be read.
pub(crate) fn look(
    options: &BuildOptions,
    readings: &Readings,
    previous: &Previous,
) -> Result<(Vec<Listing>, SourceTable), BuildError> {
    // Some parts may stay closed if not every source is to be reported, and what every document depends on
    // beside its source is as it was.
    let head = &previous.head;
    let usable =
        Some(head).filter(|head| !options.report_settled && head.basis == readings.basis());
    let mut listings = walk::list(options, usable)?;
    let closed: HashSet<&str> = match usable {
        Some(head) => closed(head, &listings).map(|part| part.name.as_str()).collect(),
        None => HashSet::new(),
    };
    let is_opened = |part: &SourcePart| !closed.contains(part.name.as_str());
    let table = previous.generation.sources_in(head.clone(), is_opened)?;
    complete(&mut listings, &table, readings);
    Ok((listings, table))
}

/// The parts that stay closed.
fn closed<'h>(head: &'h SourceHead, listings: &[Listing]) -> impl Iterator<Item = &'h SourcePart> {
    let trusted = |modified: i64| !may_have_changed_since(modified, head.scanned_at);
    let folders: HashSet<&str> =
        listings.iter().flat_map(|listing| &listing.as_before).map(String::as_str).collect();
    let is_listed_as_before: Vec<bool> = match head.archives.is_empty() {
        true => Vec::new(),
        false => listed_as_before(&head.archives, listings),
    };
    let archives = head.archives.iter().enumerate().filter(|(place, archive)| {
        let listed = is_listed_as_before.get(*place).is_some_and(|is_so| *is_so);
        trusted(archive.modified) && (listed || folders.contains(folder_of(&archive.path)))
    });
    let archives: HashSet<&str> = archives.map(|(_, archive)| archive.path.as_str()).collect();
    let mut stays: Vec<bool> = head
        .parts
        .iter()
        .map(|part| {
            let is_as_before =
                |one: &String| folders.contains(one.as_str()) || archives.contains(one.as_str());
            part.settled
                && part.modified.is_none_or(trusted)
                && part.containers.iter().all(is_as_before)
        })
        .collect();
    if stays.contains(&true) {
        let listed = listings.iter().flat_map(|listing| &listing.files);
        let listed = listed.map(|listed| listed.path.to_string_lossy());
        let known = head.archives.iter().map(|archive| Cow::from(archive.path.as_str()));
        for path in listed.chain(known).filter(|path| !archives.contains(&**path)) {
            open_around(&head.parts, &path, &mut stays);
        }
    }
    head.parts.iter().zip(stays).filter(|(_, stays)| *stays).map(|(part, _)| part)
}

/// Which of the archives were listed, and have the size and time that they had.
fn listed_as_before(archives: &[ArchiveRecord], listings: &[Listing]) -> Vec<bool> {
    let mut is_so = vec![false; archives.len()];
    for listed in listings.iter().flat_map(|listing| &listing.files) {
        let path = listed.path.to_string_lossy();
        let Ok(place) = archives.binary_search_by(|known| (*known.path).cmp(&path)) else {
            continue;
        };
        let same = archives.get(place).is_some_and(|known| match &listed.look {
            None => true,
            Some(look) => *look == Ok((known.bytes, known.modified)),
        });
        if let Some(is_so) = is_so.get_mut(place) {
            *is_so = same;
        }
    }
    is_so
}

/// Opens the part that a file belongs in, and those that its members belong in if it is an archive.
fn open_around(parts: &[SourcePart], path: &str, stays: &mut [bool]) {
    let members = format!("{path}!");
    let place = |path: &str| parts.partition_point(|part| *part.first <= *path).saturating_sub(1);
    let opened = [place(path), place(&members)];
    let behind = (place(&members) + 1)
        ..parts.partition_point(|part| *part.first <= *members || part.first.starts_with(&members));
    for place in opened.into_iter().chain(behind) {
        if let Some(stays) = stays.get_mut(place) {
            *stays = false;
        }
    }
}

/// Adds to the listings what was not listed and is in parts that are opened, as it was.
fn complete(listings: &mut [Listing], table: &SourceTable, readings: &Readings) {
    let folders: HashSet<&str> = table.folders.iter().map(|folder| folder.path.as_str()).collect();
    let files = table.sources.iter().filter(|source| {
        // What is told of a folder that could not be read is told of no file.
        source.crc32.is_none() && !folders.contains(source.path.as_str())
    });
    let files = files.map(|source| (source.path.as_str(), known_before(&source.circumstances)));
    let archives = table.archives.iter().map(|archive| (archive.path.as_str(), ""));
    for (path, circumstances) in files.chain(archives) {
        let folder = folder_of(path);
        let listing = listings.iter_mut().find(|listing| listing.as_before.contains(folder));
        let Some(listing) = listing else { continue };
        let (_, base) = readings.of_input(&listing.input);
        if *base != *circumstances {
            listing.facts.insert(facts_beside(Path::new(path)));
        }
        listing.files.push(Listed { path: PathBuf::from(path), look: None });
    }
}
