//! The worker's side: one request in, one answer out, until the input ends.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::bounds;
use super::frame::{self, FrameError};
use super::message::{Answer, REQUEST_BYTES, Ready, Refused, Request, SETUP_BYTES, Setup, VERSION};
use crate::error::panic_words;
use crate::{Catalogue, ExtractError, Extractor, Limits};

/// Why a worker ends before its input does.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// It could not bound itself.
    #[error("the bounds of the worker cannot be set: {source}")]
    Bounds {
        /// What the system said.
        source: io::Error,
    },
    /// The input holds no requests.
    #[error("no request from an undex of version {VERSION}: {reason}")]
    Request {
        /// What is wrong with it.
        reason: String,
    },
    /// The answer could not be written.
    #[error("the answer cannot be written: {source}")]
    Answer {
        /// What the system said.
        source: io::Error,
    },
}

/// Turns the calling process into a worker: bounds its memory and processor time for good, then
/// reads requests and writes answers until the input ends.
///
/// A program offers itself as a worker by calling this, with its standard input and output, before it
/// does anything else, when it is started as its [`WorkerProgram`](super::WorkerProgram) says.
/// Nothing else may be written to the output. A panic while a document is read is answered as such;
/// the panic hook, if it writes, should write to standard error only.
///
/// # Errors
/// See [`ServeError`]. There is nothing left to do then but to end.
pub fn serve(input: &mut impl Read, output: &mut impl Write) -> Result<(), ServeError> {
    bounds::at_start().map_err(|source| ServeError::Bounds { source })?;
    let mut content = Vec::new();
    let mut out = Vec::new();
    if !next(input, SETUP_BYTES, &mut content)? {
        return Ok(());
    }
    let setup: Setup<'_> = frame::decode(&content).map_err(request_error)?;
    if setup.version != VERSION {
        let reason = format!("it has version {}", setup.version);
        return Err(ServeError::Request { reason });
    }
    let limits = setup.limits;
    bounds::set(&limits).map_err(|source| ServeError::Bounds { source })?;
    let catalogue = Catalogue::from_entries(setup.catalogue.into_owned());
    let extractor = Extractor::new(catalogue, limits);
    frame::encode(&Ready { version: Cow::Borrowed(VERSION) }, &mut out).map_err(request_error)?;
    write(output, &out)?;

    let mut bytes = Vec::new();
    while next(input, REQUEST_BYTES, &mut content)? {
        let request: Request<'_> = frame::decode(&content).map_err(request_error)?;
        frame::read(input, limits.file_bytes, &mut bytes).map_err(request_error)?;
        bounds::allow_document(&limits).map_err(|source| ServeError::Bounds { source })?;
        let answer = answer(&extractor, &request, &bytes);
        frame::encode(&answer, &mut out).map_err(request_error)?;
        let met = frame::content_bytes(&out) as u64;
        if met > limits.worker_answer_bytes {
            let refusal = too_long(&request.path, met, &limits);
            frame::encode(&Answer::Failure(Refused::new(refusal, &request.path)), &mut out)
                .map_err(request_error)?;
        }
        write(output, &out)?;
    }
    Ok(())
}

fn answer(extractor: &Extractor, request: &Request<'_>, bytes: &[u8]) -> Answer {
    let extract = || extractor.extract_in_process(&request.path, bytes, request.context());
    match catch_unwind(AssertUnwindSafe(extract)) {
        Ok(Ok(extraction)) => Answer::Extraction(Box::new(extraction)),
        Ok(Err(error)) => Answer::Failure(Refused::new(error, &request.path)),
        Err(panic) => Answer::Panic(panic_words(&*panic)),
    }
}

fn too_long(path: &str, met: u64, limits: &Limits) -> ExtractError {
    ExtractError::Limit {
        path: path.to_owned(),
        limit: "worker_answer_bytes",
        met,
        bound: limits.worker_answer_bytes,
    }
}

/// Reads the next frame; false when the input ends where one could begin.
fn next(input: &mut impl Read, bound: u64, content: &mut Vec<u8>) -> Result<bool, ServeError> {
    match frame::read(input, bound, content) {
        Ok(()) => Ok(true),
        Err(FrameError::Closed) => Ok(false),
        Err(error) => Err(request_error(error)),
    }
}

fn request_error(error: FrameError) -> ServeError {
    ServeError::Request { reason: error.to_string() }
}

fn write(output: &mut impl Write, frame: &[u8]) -> Result<(), ServeError> {
    let written = output.write_all(frame).and_then(|()| output.flush());
    written.map_err(|source| ServeError::Answer { source })
}
