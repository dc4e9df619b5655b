//! The objects of a file, and its streams decoded under a bound.

use std::cell::Cell;

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, Stream};
use undex_document::Format;

use super::numbers;
use crate::{ExtractError, Limits};

/// Why a part of a file gives nothing.
#[derive(Debug)]
pub(super) enum Fault {
    /// A limit was met: the file is given up.
    Limit(ExtractError),
    /// The part is damaged: what is beside it stands.
    Broken(String),
}

/// A loaded file.
pub(super) struct File<'a> {
    path: &'a str,
    limits: &'a Limits,
    pub(super) document: Document,
    /// Bytes decoded so far.
    decoded: Cell<u64>,
}

impl<'a> File<'a> {
    /// Loads all objects; streams stay as they are.
    pub(super) fn load(
        path: &'a str,
        bytes: &[u8],
        limits: &'a Limits,
    ) -> Result<Self, ExtractError> {
        let options = LoadOptions {
            max_decompressed_size: Some(limits.pdf_stream_bytes),
            ..LoadOptions::default()
        };
        let bytes = numbers::made_to_fit(bytes);
        let document =
            Document::load_mem_with_options(&bytes, options).map_err(|error| match error {
                Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
                    stream_limit(path, limits)
                }
                Error::InvalidPassword
                | Error::Decryption(_)
                | Error::UnsupportedSecurityHandler(_) => {
                    ExtractError::Encrypted { path: path.to_owned() }
                }
                error => malformed(path, error.to_string()),
            })?;
        if document.trailer.has(b"Encrypt") && document.encryption_state.is_none() {
            return Err(ExtractError::Encrypted { path: path.to_owned() });
        }
        Ok(Self { path, limits, document, decoded: Cell::new(0) })
    }

    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// The object itself, over any references; null counts as nothing.
    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> Option<&'o Object> {
        match self.document.dereference(object).ok()?.1 {
            Object::Null => None,
            object => Some(object),
        }
    }

    /// A dictionary's entry.
    pub(super) fn get<'o>(&'o self, dictionary: &'o Dictionary, key: &[u8]) -> Option<&'o Object> {
        self.resolve(dictionary.get(key).ok()?)
    }

    /// An entry that is a dictionary, or the dictionary of a stream.
    pub(super) fn dictionary<'o>(
        &'o self,
        dictionary: &'o Dictionary,
        key: &[u8],
    ) -> Option<&'o Dictionary> {
        as_dictionary(self.get(dictionary, key)?)
    }

    pub(super) fn stream<'o>(
        &'o self,
        dictionary: &'o Dictionary,
        key: &[u8],
    ) -> Option<&'o Stream> {
        self.get(dictionary, key)?.as_stream().ok()
    }

    pub(super) fn array<'o>(
        &'o self,
        dictionary: &'o Dictionary,
        key: &[u8],
    ) -> Option<&'o [Object]> {
        self.get(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(super) fn name<'o>(&'o self, dictionary: &'o Dictionary, key: &[u8]) -> Option<&'o [u8]> {
        self.get(dictionary, key)?.as_name().ok()
    }

    pub(super) fn number(&self, dictionary: &Dictionary, key: &[u8]) -> Option<f32> {
        self.get(dictionary, key)?.as_float().ok()
    }

    pub(super) fn integer(&self, dictionary: &Dictionary, key: &[u8]) -> Option<i64> {
        match self.get(dictionary, key)? {
            Object::Integer(value) => Some(*value),
            // Some producers write whole numbers with a point.
            Object::Real(value) => Some(*value as i64),
            _ => None,
        }
    }

    /// An entry that is an array of `N` numbers.
    pub(super) fn numbers<const N: usize>(
        &self,
        dictionary: &Dictionary,
        key: &[u8],
    ) -> Option<[f32; N]> {
        let array = self.array(dictionary, key)?;
        let mut out = [0.0; N];
        for (at, out) in out.iter_mut().enumerate() {
            *out = self.resolve(array.get(at)?)?.as_float().ok()?;
        }
        Some(out)
    }

    /// The bytes of a stream, decoded. They count as often as they are asked for.
    pub(super) fn decode(&self, stream: &Stream) -> Result<Vec<u8>, Fault> {
        let total = self.limits.pdf_total_bytes;
        let left = usize::try_from(total.saturating_sub(self.decoded.get())).unwrap_or(usize::MAX);
        let bound = self.limits.pdf_stream_bytes.min(left);
        let decoded = if [b"Filter".as_slice(), b"DecodeParms"].iter().any(|key| {
            stream.dict.get(key).is_ok_and(|value| {
                matches!(value, Object::Reference(_))
                    || value.as_array().is_ok_and(|values| {
                        values.iter().any(|value| matches!(value, Object::Reference(_)))
                    })
            })
        }) {
            self.with_direct_filters(stream).get_plain_content_with_limit(bound)
        } else {
            stream.get_plain_content_with_limit(bound)
        };
        let bytes = decoded.map_err(|error| match error {
            Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
                Fault::Limit(if bound < self.limits.pdf_stream_bytes {
                    self.limit("pdf_total_bytes", total.saturating_add(1), total)
                } else {
                    stream_limit(self.path, self.limits)
                })
            }
            error => Fault::Broken(error.to_string()),
        })?;
        self.decoded.set(self.decoded.get().saturating_add(bytes.len() as u64));
        Ok(bytes)
    }

    /// The decoder looks at filters that stand in the dictionary only.
    fn with_direct_filters(&self, stream: &Stream) -> Stream {
        let mut copy = stream.clone();
        for key in [b"Filter".as_slice(), b"DecodeParms"] {
            let direct = match self.get(&stream.dict, key) {
                Some(Object::Array(values)) => Object::Array(
                    values
                        .iter()
                        .map(|value| self.resolve(value).cloned().unwrap_or(Object::Null))
                        .collect(),
                ),
                Some(value) => value.clone(),
                None => continue,
            };
            copy.dict.set(key, direct);
        }
        copy
    }

    pub(super) fn limit(&self, limit: &'static str, met: u64, bound: u64) -> ExtractError {
        ExtractError::Limit { path: self.path.to_owned(), limit, met, bound }
    }

    pub(super) fn malformed(&self, reason: String) -> ExtractError {
        malformed(self.path, reason)
    }
}

/// A dictionary, or that of a stream.
pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

fn malformed(path: &str, reason: String) -> ExtractError {
    ExtractError::Malformed { path: path.to_owned(), format: Format::Pdf, reason }
}

/// How far a stream would have gone is not known: decoding stops one byte above the bound.
fn stream_limit(path: &str, limits: &Limits) -> ExtractError {
    let bound = limits.pdf_stream_bytes as u64;
    ExtractError::Limit {
        path: path.to_owned(),
        limit: "pdf_stream_bytes",
        met: bound.saturating_add(1),
        bound,
    }
}
