//! One file from its address to a hidden file beside the corpus, whole or not at all; what broke off is
//! gone on with.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ureq::Body;
use ureq::http::{Response, header};
use url::Url;

use crate::client::{Client, Setback, host};
use crate::sources::Source;
use crate::{Progress, Trouble};

/// The folder of transfers under way, in the corpus; its name begins with a full stop, so that no index
/// looks into it.
const WORKSHOP: &str = ".fetching";

/// Bytes from which a transfer that broke off is kept for the next run.
const WORTH_KEEPING: u64 = 1 << 20;

/// Bytes read at once.
const PIECE: usize = 64 << 10;

/// What a server says of a state of a file, by which it can be asked whether there is another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Validators {
    #[serde(default)]
    pub(crate) etag: Option<String>,
    #[serde(default)]
    pub(crate) last_modified: Option<String>,
}

impl Validators {
    fn of(response: &Response<Body>) -> Self {
        let text = |name| {
            let value = response.headers().get(name)?.to_str().ok()?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        Self { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) }
    }

    /// What a part can be asked for by; a weak tag says too little (RFC 9110, 13.1.5).
    fn for_a_part(&self) -> Option<&str> {
        match &self.etag {
            Some(tag) if tag.starts_with('"') => Some(tag),
            Some(_) => None,
            None => self.last_modified.as_deref(),
        }
    }
}

/// A transfer that ended well.
pub(crate) enum Arrival {
    /// The file is as it was.
    Unchanged,
    /// A whole file.
    File(Whole),
}

/// A file that came whole, under its hidden name.
pub(crate) struct Whole {
    part: Part,
    pub(crate) bytes: u64,
    /// The hash of its bytes, in hexadecimal.
    pub(crate) sha256: String,
    pub(crate) validators: Validators,
    /// Whether the server said where it ends; otherwise the end may be that of the connection.
    pub(crate) end_is_known: bool,
}

impl Whole {
    pub(crate) fn path(&self) -> &Path {
        &self.part.path
    }

    /// Gives the file its name.
    pub(crate) fn keep(self, path: &Path) -> Result<(), Trouble> {
        fs::rename(&self.part.path, path).map_err(Trouble::io(path))
    }
}

/// A file under way; it goes away when it is dropped, unless it is worth going on with.
struct Part {
    path: PathBuf,
    notes: PathBuf,
    validators: Validators,
    received: u64,
    keep: bool,
}

impl Part {
    /// Begins, or goes on where an earlier run ended.
    fn open(corpus: &Path, address: &Url) -> Result<Self, Trouble> {
        let folder = corpus.join(WORKSHOP);
        fs::create_dir_all(&folder).map_err(Trouble::io(&folder))?;
        // A corpus may come from somebody else: through a link, files outside of it would be written.
        if !fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir()) {
            let error = io::Error::other("it is no plain folder; remove it");
            return Err(Trouble::io(&folder)(error));
        }
        let name = hex(&Sha256::digest(address.as_str()));
        let path = folder.join(format!("{name}.part"));
        let notes = folder.join(format!("{name}.json"));
        let received = plain_length(&path).unwrap_or(0);
        let noted = plain_length(&notes).and_then(|_| fs::read(&notes).ok());
        let noted = noted.and_then(|text| serde_json::from_slice(&text).ok());
        let validators: Validators = noted.unwrap_or_default();
        let mut part = Self { path, notes, validators, received, keep: false };
        if part.validators.for_a_part().is_none() {
            part.received = 0;
        }
        Ok(part)
    }

    /// Begins anew with what the server says of the file now. Notes on an earlier state go: with them, what
    /// comes now could be gone on with as if it were of that state.
    fn restart(&mut self, validators: Validators) -> Result<File, Trouble> {
        self.received = 0;
        self.validators = validators;
        remove(&self.notes).map_err(Trouble::io(&self.notes))?;
        create(&self.path).map_err(Trouble::io(&self.path))
    }

    fn go_on(&self) -> Result<File, Trouble> {
        OpenOptions::new().append(true).open(&self.path).map_err(Trouble::io(&self.path))
    }

    /// Keeps what came for the next run, if that can go on from there.
    fn leave(&mut self) {
        if self.received >= WORTH_KEEPING && self.validators.for_a_part().is_some() {
            let notes = serde_json::to_vec(&self.validators).unwrap_or_default();
            let written = create(&self.notes).and_then(|mut file| file.write_all(&notes));
            self.keep = written.is_ok();
        }
    }
}

/// The length of a plain file; what is a link or no file at all counts as absent.
fn plain_length(path: &Path) -> Option<u64> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len())
}

/// Makes a file in place of what has its name, and never through a link.
fn create(path: &Path) -> io::Result<File> {
    remove(path)?;
    OpenOptions::new().write(true).create_new(true).open(path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_file(&self.path);
            let _ = fs::remove_file(&self.notes);
        }
        // Only the last one out succeeds.
        if let Some(folder) = self.path.parent() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Fetches a file. With validators of the state that is held, it may turn out to be unchanged.
pub(crate) fn download(
    client: &mut Client,
    source: &Source,
    address: &Url,
    held: Option<&Validators>,
    corpus: &Path,
    progress: &dyn Progress,
) -> Result<Arrival, Trouble> {
    let mut part = Part::open(corpus, address)?;
    for attempt in 1.. {
        let (trouble, asked) = match once(client, source, address, held, &mut part, progress) {
            Ok(Some(end_is_known)) => {
                let (sha256, bytes) = hash(&part.path)?;
                let validators = part.validators.clone();
                let whole = Whole { part, bytes, sha256, validators, end_is_known };
                return Ok(Arrival::File(whole));
            }
            Ok(None) => return Ok(Arrival::Unchanged),
            Err(Setback::Final(trouble)) => {
                client.close(&trouble);
                if matches!(trouble, Trouble::Interrupted) {
                    part.leave();
                }
                return Err(trouble);
            }
            Err(Setback::Again(trouble, asked)) => (trouble, asked),
        };
        let wait = asked.unwrap_or_else(|| source.manners.backoff(attempt));
        if attempt >= source.manners.attempts || wait > source.manners.longest_wait() {
            client.close(&trouble);
            part.leave();
            return Err(trouble);
        }
        progress.waiting(&host(address), wait);
        if let Err(trouble) = client.wait(wait) {
            part.leave();
            return Err(trouble);
        }
    }
    // The loop has no other end.
    Err(Trouble::Interrupted)
}

/// One attempt: of a file that came to its end, whether the server said where that is; none when it is
/// unchanged.
fn once(
    client: &mut Client,
    source: &Source,
    address: &Url,
    held: Option<&Validators>,
    part: &mut Part,
    progress: &dyn Progress,
) -> Result<Option<bool>, Setback> {
    let range = format!("bytes={}-", part.received);
    let validators = part.validators.clone();
    let mut headers = Vec::new();
    match validators.for_a_part().filter(|_| part.received > 0) {
        Some(validator) => {
            headers.push((header::RANGE, range.as_str()));
            headers.push((header::IF_RANGE, validator));
        }
        None => {
            let held = held.map(|held| (held.etag.as_deref(), held.last_modified.as_deref()));
            let (etag, last_modified) = held.unwrap_or_default();
            headers.extend(etag.map(|tag| (header::IF_NONE_MATCH, tag)));
            headers.extend(last_modified.map(|date| (header::IF_MODIFIED_SINCE, date)));
        }
    }
    let response = client.request(source, address, &headers, false)?;
    let status = response.status().as_u16();
    let mut file = match status {
        200 => part.restart(Validators::of(&response)).map_err(Setback::Final)?,
        206 if is_at(&response, part.received) && part.received > 0 => {
            part.go_on().map_err(Setback::Final)?
        }
        304 if held.is_some() => return Ok(None),
        204 => return Err(Setback::Final(Trouble::NotPublished)),
        // The part is none of the file there is now: from the beginning.
        206 | 416 if part.received > 0 => {
            part.restart(Validators::default()).map_err(Setback::Final)?;
            let reason = "the file changed meanwhile".to_owned();
            return Err(Setback::Again(Trouble::Broken { host: host(address), reason }, None));
        }
        404 | 410 => return Err(Setback::Final(Trouble::NotPublished)),
        _ => return Err(Setback::Final(Trouble::Refused { host: host(address), status })),
    };
    let end_is_known = receive(client, source, address, response, part, &mut file, progress)?;
    client.done_with(address);
    if part.received == 0 {
        // What documents.un.org answers for a symbol that it has not.
        return Err(Setback::Final(Trouble::NotPublished));
    }
    Ok(Some(end_is_known))
}

/// Writes a body behind what is there. Whether the server said where the file ends is returned.
fn receive(
    client: &Client,
    source: &Source,
    address: &Url,
    response: Response<Body>,
    part: &mut Part,
    file: &mut File,
    progress: &dyn Progress,
) -> Result<bool, Setback> {
    let bound = source.manners.largest;
    let too_large =
        || Setback::Final(Trouble::TooLarge { bound, source_name: source.name.clone() });
    let length = response.body().content_length();
    let to_come = length.map(|length| part.received.saturating_add(length));
    // A server may send less than what is left of a file.
    let (whole, end_is_known) = match response.status().as_u16() {
        206 => match range(&response).and_then(|(_, total)| total) {
            Some(total) => (Some(total), true),
            None => (to_come, false),
        },
        _ => (to_come, to_come.is_some() || is_chunked(&response)),
    };
    if whole.is_some_and(|whole| whole > bound) {
        return Err(too_large());
    }
    let broken =
        |reason: String| Setback::Again(Trouble::Broken { host: host(address), reason }, None);
    let mut body = response.into_body().into_with_config().limit(u64::MAX).reader();
    let mut piece = vec![0; PIECE];
    loop {
        if client.is_stopped() {
            return Err(Setback::Final(Trouble::Interrupted));
        }
        let read = match body.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(broken(error.to_string())),
        };
        part.received = part.received.saturating_add(read as u64);
        if part.received > bound {
            return Err(too_large());
        }
        let bytes = piece.get(..read).unwrap_or_default();
        let written = file.write_all(bytes);
        written.map_err(|error| Setback::Final(Trouble::io(&part.path)(error)))?;
        progress.received(read as u64);
    }
    match whole {
        Some(whole) if whole != part.received => {
            Err(broken(format!("{} of {whole} bytes came", part.received)))
        }
        _ => Ok(end_is_known),
    }
}

/// Where the part in an answer begins, and how long the file is if that is known, as `Content-Range: bytes
/// 500-999/1000` says.
fn range(response: &Response<Body>) -> Option<(u64, Option<u64>)> {
    let range = response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (start, rest) = range.trim().strip_prefix("bytes ")?.split_once('-')?;
    let total = rest.split_once('/').and_then(|(_, total)| total.trim().parse().ok());
    Some((start.trim().parse().ok()?, total))
}

fn is_at(response: &Response<Body>, received: u64) -> bool {
    range(response).is_some_and(|(start, _)| start == received)
}

/// Whether a body says itself where it ends.
fn is_chunked(response: &Response<Body>) -> bool {
    let coding = response.headers().get(header::TRANSFER_ENCODING);
    let coding = coding.and_then(|coding| coding.to_str().ok()).unwrap_or_default();
    coding.to_ascii_lowercase().contains("chunked")
}

/// The size that a server states without sending the file, if it does. One that refuses to is asked no more:
/// sizes can be done without.
pub(crate) fn size(client: &mut Client, source: &Source, address: &Url) -> Option<u64> {
    let response = match client.request(source, address, &[], true) {
        Ok(response) => response,
        Err(Setback::Again(trouble, _) | Setback::Final(trouble)) => {
            client.spare(&trouble);
            return None;
        }
    };
    let status = response.status().as_u16();
    if matches!(status, 401 | 403 | 405 | 407 | 501) {
        client.spare(&Trouble::Refused { host: host(address), status });
    }
    if !response.status().is_success() {
        return None;
    }
    response.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// The hash and size of a file.
fn hash(path: &Path) -> Result<(String, u64), Trouble> {
    let mut file = File::open(path).map_err(Trouble::io(path))?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut piece).map_err(Trouble::io(path))?;
        if read == 0 {
            return Ok((hex(&hasher.finalize()), bytes));
        }
        hasher.update(piece.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Url {
        Url::parse("https://papers.example/1").unwrap()
    }

    fn tagged(tag: &str) -> Validators {
        Validators { etag: Some(tag.to_owned()), last_modified: None }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_links() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let outside = folder.path().join("outside");
        fs::write(&outside, "mine").unwrap();
        let corpus = folder.path().join("corpus");
        let part = Part::open(&corpus, &address()).unwrap();
        let (path, notes) = (part.path.clone(), part.notes.clone());
        drop(part);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        for link in [&path, &notes] {
            symlink(&outside, link).unwrap();
        }
        let mut part = Part::open(&corpus, &address()).unwrap();
        assert_eq!(part.received, 0);
        let mut file = part.restart(tagged("\"1\"")).unwrap();
        file.write_all(b"theirs").unwrap();
        part.received = WORTH_KEEPING;
        part.leave();
        assert!(part.keep);
        drop(part);
        assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
        assert!(fs::symlink_metadata(&path).unwrap().is_file());
        assert!(fs::symlink_metadata(&notes).unwrap().is_file());

        fs::remove_dir_all(path.parent().unwrap()).unwrap();
        fs::create_dir(folder.path().join("elsewhere")).unwrap();
        symlink(folder.path().join("elsewhere"), path.parent().unwrap()).unwrap();
        let error = Part::open(&corpus, &address()).err().unwrap().to_string();
        assert!(error.contains("no plain folder"), "{error}");
    }

    #[test]
    fn notes_do_not_outlive_the_state_they_are_of() {
        let corpus = tempfile::tempdir().unwrap();
        let mut part = Part::open(corpus.path(), &address()).unwrap();
        drop(part.restart(tagged("\"old\"")).unwrap());
        part.received = WORTH_KEEPING;
        part.leave();
        drop(part);
        let mut part = Part::open(corpus.path(), &address()).unwrap();
        assert_eq!(part.validators, tagged("\"old\""));
        drop(part.restart(tagged("\"new\"")).unwrap());
        // The program is killed here.
        let notes = part.notes.clone();
        part.keep = true;
        drop(part);
        assert!(!notes.exists());
    }
}
