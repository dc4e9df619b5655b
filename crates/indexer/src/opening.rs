//! Which parts of the table of sources a build opens.
//!
//! Sources that gave no document, or one with a word in doubt, have parts of their own, which every build
//! opens. Another part stays closed, neither read nor written, where every source in it is as it was. That can
//! be told without looking at the sources if they are members of an archive that is as it was or, where the
//! files that may have changed are named, in a folder that nothing came into or went from. So the cost of an
//! update goes by what changed and what is not settled, and not by what there is.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use undex_schema::{SourceHead, SourcePart, SourceTable, folder_of};

use crate::corpus::{Corpus, may_have_changed_since};
use crate::previous::Previous;
use crate::readings::Readings;
use crate::walk::{self, Listed, Listing};
use crate::{BuildError, BuildOptions};

/// Looks through the inputs, and reads what an earlier build knows of the sources in the parts that have to
/// be opened. What is in these and was not listed is in the listings as it was.
///
/// Where `opened` says so, every part is opened.
///
/// # Errors
/// As for [`walk::list`]; [`BuildError::Open`] when what is known cannot be read.
pub(crate) fn look(
    options: &BuildOptions,
    readings: &Readings,
    previous: &Previous,
    opened: bool,
) -> Result<(Vec<Listing>, SourceTable), BuildError> {
    // Some parts may stay closed if not every source is to be reported, and what every document depends on
    // beside its source is as it was.
    let head = &previous.head;
    let usable = !opened && !options.report_settled && head.basis == readings.basis();
    let usable = usable.then_some(head);
    let mut listings = walk::list(options, usable)?;
    let closed: HashSet<&str> = match usable {
        Some(head) => closed(head, &listings).map(|part| part.name.as_str()).collect(),
        None => HashSet::new(),
    };
    let is_opened = |part: &SourcePart| !closed.contains(part.name.as_str());
    let table = previous.generation.sources_in(head.clone(), is_opened)?;
    complete(&mut listings, &table);
    Ok((listings, table))
}

/// The parts that stay closed.
fn closed<'h>(head: &'h SourceHead, listings: &[Listing]) -> impl Iterator<Item = &'h SourcePart> {
    let folders: HashSet<&str> =
        listings.iter().flat_map(|listing| &listing.as_before).map(String::as_str).collect();
    let archives = archives_as_before(head, listings, &folders);
    let trusted = |modified: i64| !may_have_changed_since(modified, head.scanned_at);
    let is_as_before =
        |container: &String| folders.contains(&**container) || archives.contains(&**container);
    let stays = head
        .settled
        .iter()
        .map(|part| part.modified.is_none_or(trusted) && part.containers.iter().all(is_as_before));
    let mut stays: Vec<bool> = stays.collect();
    if stays.contains(&true) {
        let listed = listings.iter().flat_map(|listing| &listing.files);
        let listed = listed.map(|listed| listed.path.to_string_lossy());
        let known = head.archives.iter().map(|archive| Cow::from(archive.path.as_str()));
        for path in listed.chain(known).filter(|path| !archives.contains(&**path)) {
            open_around(&head.settled, &path, &mut stays);
        }
    }
    head.settled.iter().zip(stays).filter(|(_, stays)| *stays).map(|(part, _)| part)
}

/// The paths of the archives that are as they were: those that were looked at have the size and time that they
/// had, and the others are in folders that were not listed.
fn archives_as_before<'h>(
    head: &'h SourceHead,
    listings: &[Listing],
    folders: &HashSet<&str>,
) -> HashSet<&'h str> {
    let known = &head.archives;
    // Of those that were listed, whether they are the same wherever they were.
    let mut same: Vec<Option<bool>> = vec![None; known.len()];
    let listed = listings.iter().flat_map(|listing| &listing.files);
    for listed in listed.take_while(|_| !known.is_empty()) {
        let path = listed.path.to_string_lossy();
        let Ok(place) = known.binary_search_by(|known| (*known.path).cmp(&path)) else { continue };
        if let (Some(known), Some(same)) = (known.get(place), same.get_mut(place)) {
            let as_now = match &listed.look {
                None => true,
                Some(look) => *look == Ok((known.bytes, known.modified)),
            };
            *same = Some(as_now && *same != Some(false));
        }
    }
    let as_before = known.iter().zip(same).filter(|(archive, same)| {
        !may_have_changed_since(archive.modified, head.scanned_at)
            && same.unwrap_or_else(|| folders.contains(folder_of(&archive.path)))
    });
    as_before.map(|(archive, _)| archive.path.as_str()).collect()
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
fn complete(listings: &mut [Listing], table: &SourceTable) {
    // The first listing that a folder is in has it, as when it is listed.
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, listing) in listings.iter().enumerate() {
        for folder in &listing.as_before {
            places.entry(folder.clone()).or_insert(place);
        }
    }
    if places.is_empty() {
        return;
    }
    let folders: HashSet<&str> = table.folders.iter().map(|folder| folder.path.as_str()).collect();
    let files = table.sources.iter().filter(|source| {
        // What is told of a folder that could not be read is told of no file.
        source.crc32.is_none() && !folders.contains(source.path.as_str())
    });
    let files = files.map(|source| &source.path);
    let archives = table.archives.iter().map(|archive| &archive.path);
    for path in files.chain(archives) {
        let place = places.get(folder_of(path));
        let Some(listing) = place.and_then(|place| listings.get_mut(*place)) else { continue };
        listing.files.push(Listed { path: PathBuf::from(path), look: None, is_known: true });
    }
}

/// Whether no source of which nothing is known is where a closed part has its own.
pub(crate) fn are_apart(corpus: &Corpus<'_>, closed: &[SourcePart]) -> bool {
    let mut new = corpus.sources.iter().filter(|found| found.before.is_none());
    closed.is_empty() || new.all(|found| part_around(closed, &found.path).is_none())
}

/// The place of the part that spans a path.
pub(crate) fn part_around(parts: &[SourcePart], path: &str) -> Option<usize> {
    let place = parts.partition_point(|part| *part.first <= *path).checked_sub(1)?;
    parts.get(place).filter(|part| part.spans(path)).map(|_| place)
}
