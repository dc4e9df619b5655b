//! The zip archive of a Word file: its parts, found through relationships (ECMA-376 part 2).

use std::collections::HashMap;
use std::io::{Cursor, Read};

use undex_document::Format;
use zip::ZipArchive;

use super::xml::{PartError, Xml};
use crate::formats::encoding;
use crate::{ExtractError, Limits};

/// Decompressed bytes of a part that the ratio does not bound: small parts compress to nothing.
const FREE_BYTES: u64 = 1 << 20;

/// The parts of a Word file.
pub(super) struct Package<'a> {
    path: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Places in the archive by the part's name in lower case; part names do not tell case apart.
    parts: HashMap<String, usize>,
    limits: &'a Limits,
    /// Bytes decompressed so far.
    read: u64,
}

/// A link from one part to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relationship {
    pub id: String,
    /// The last segment of its type: `officeDocument`, `footnotes`.
    pub kind: String,
    /// The name of the part it leads to.
    pub target: String,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub(super) fn open(
        path: &'a str,
        bytes: &'a [u8],
        limits: &'a Limits,
    ) -> Result<Self, ExtractError> {
        let malformed = |reason: String| ExtractError::Malformed {
            path: path.to_owned(),
            format: Format::Docx,
            reason,
        };
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(error.to_string()))?;
        if zip.len() > limits.archive_entries {
            return Err(ExtractError::Limit {
                path: path.to_owned(),
                limit: "archive_entries",
                met: zip.len() as u64,
                bound: limits.archive_entries as u64,
            });
        }
        let parts = zip
            .file_names()
            .enumerate()
            .filter_map(|(index, name)| {
                let name = name.ok()?;
                Some((name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase(), index))
            })
            .collect();
        Ok(Self { path, zip, parts, limits, read: 0 })
    }

    /// The text of a part, if the archive has one of that name. What the directory says of its size
    /// is not trusted: reading stops at the limits.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ExtractError> {
        let Some(index) = self.parts.get(&name.to_ascii_lowercase()).copied() else {
            return Ok(None);
        };
        let path = self.path;
        let malformed = |reason: String| ExtractError::Malformed {
            path: path.to_owned(),
            format: Format::Docx,
            reason: format!("{name}: {reason}"),
        };
        let entry = self.zip.by_index(index).map_err(|error| malformed(error.to_string()))?;
        if entry.encrypted() {
            return Err(malformed("encrypted; save it without its password first".to_owned()));
        }
        let by_ratio = entry
            .compressed_size()
            .saturating_mul(self.limits.archive_ratio)
            .saturating_add(FREE_BYTES);
        let left = self.limits.word_bytes.saturating_sub(self.read);
        let bounds = [
            ("archive_ratio", by_ratio, by_ratio),
            ("word_part_bytes", self.limits.word_part_bytes, self.limits.word_part_bytes),
            ("word_bytes", left, self.limits.word_bytes),
        ];
        let (limit, bound, stated) = bounds
            .into_iter()
            .min_by_key(|(_, bound, _)| *bound)
            .unwrap_or(("word_bytes", left, self.limits.word_bytes));
        let mut bytes = Vec::new();
        entry
            .take(bound.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| malformed(error.to_string()))?;
        let met = bytes.len() as u64;
        if met > bound {
            return Err(ExtractError::Limit {
                path: format!("{path}!{name}"),
                limit,
                met: met.saturating_add(stated - bound),
                bound: stated,
            });
        }
        self.read = self.read.saturating_add(met);
        Ok(Some(encoding::decode(&bytes).0))
    }

    /// What a part links to, itself included when `part` is empty: the links of the whole file.
    pub(super) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ExtractError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(text) = self.part(&name)? else { return Ok(Vec::new()) };
        relationships(&text, folder, self.limits.xml_depth)
            .map_err(|error| self.fault(&name, error))
    }

    /// The type that the file states for the content of a part.
    pub(super) fn content_type(&mut self, part: &str) -> Result<Option<String>, ExtractError> {
        const NAME: &str = "[Content_Types].xml";
        let Some(text) = self.part(NAME)? else { return Ok(None) };
        content_type(&text, part, self.limits.xml_depth).map_err(|error| self.fault(NAME, error))
    }

    fn limit(&self, part: &str, limit: &'static str, met: usize, bound: usize) -> ExtractError {
        let path = format!("{}!{part}", self.path);
        ExtractError::Limit { path, limit, met: met as u64, bound: bound as u64 }
    }

    /// A part's error as that of the file.
    pub(super) fn fault(&self, part: &str, error: PartError) -> ExtractError {
        match error {
            PartError::Malformed(reason) => ExtractError::Malformed {
                path: self.path.to_owned(),
                format: Format::Docx,
                reason: format!("{part}: {reason}"),
            },
            PartError::Depth(met) => self.limit(part, "xml_depth", met, self.limits.xml_depth),
            PartError::Paragraphs(met) => {
                self.limit(part, "paragraphs", met, self.limits.paragraphs)
            }
        }
    }
}

fn relationships(text: &str, folder: &str, depth: usize) -> Result<Vec<Relationship>, PartError> {
    let mut xml = Xml::new(text, depth);
    xml.root()?;
    let mut found = Vec::new();
    while let Some(tag) = xml.child()? {
        let external = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
        if let (false, Some(id), Some(kind), Some(target)) =
            (external, tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relationship { id, kind, target: resolve(folder, &target) });
        }
        xml.skip()?;
    }
    Ok(found)
}

/// The name of a part from a reference to it. It is only ever looked up in the archive.
fn resolve(folder: &str, target: &str) -> String {
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut segments: Vec<&str> = base.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

fn content_type(text: &str, part: &str, depth: usize) -> Result<Option<String>, PartError> {
    let mut xml = Xml::new(text, depth);
    xml.root()?;
    let extension = part.rsplit('.').next().unwrap_or_default();
    let (mut named, mut default) = (None, None);
    while let Some(tag) = xml.child()? {
        let kind = tag.attribute("ContentType");
        let is_part = |name: String| name.trim_start_matches('/').eq_ignore_ascii_case(part);
        if tag.attribute("PartName").is_some_and(is_part) {
            named = kind;
        } else if tag.attribute("Extension").is_some_and(|e| e.eq_ignore_ascii_case(extension)) {
            default = kind;
        }
        xml.skip()?;
    }
    Ok(named.or(default))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        // (folder, target, name)
        let table = [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../docProps/core.xml", "docProps/core.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("a", "../../../etc/x", "etc/x"),
        ];
        for (folder, target, name) in table {
            assert_eq!(resolve(folder, target), name);
        }
    }
}
