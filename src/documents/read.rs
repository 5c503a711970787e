//! One file: its text and marks, or why not.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::verdict::{Reason, Refused};
use super::walk::cannot_read;
use crate::hex::hex;
use crate::markdown;

/// The largest file that is read. The database has a limit of its own (setting `iu.import.max_bytes`).
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The document in the file at `path`, called `name`, as an element of an import:
/// `{path, body, digest, bytes, marks}`.
pub fn read(path: &Path, name: &str) -> Result<Value, Refused> {
    parse(name, text(contents(path)?)?)
}

/// The document with this text, as an element of an import.
pub fn parse(name: &str, text: String) -> Result<Value, Refused> {
    let marks = markdown::marks(&text).map_err(|deep| {
        let message = format!("line {} is inside more than {} quotes and lists", deep.line, markdown::MAX_NESTING);
        Refused::new(Reason::TooDeep, message)
    })?;
    let digest = Sha256::digest(text.as_bytes());
    Ok(json!({ "path": name, "bytes": text.len(), "digest": hex(&digest), "marks": marks, "body": text }))
}

fn contents(path: &Path) -> Result<Vec<u8>, Refused> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, or that grows while it is read.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(path, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refused::new(Reason::TooLarge, format!("larger than {} MB", MAX_BYTES / 1024 / 1024)));
    }
    if bytes.is_empty() {
        return Err(Refused::new(Reason::Empty, "the file is empty"));
    }
    Ok(bytes)
}

fn text(bytes: Vec<u8>) -> Result<String, Refused> {
    let line = |at: usize, bytes: &[u8]| 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let message = format!("byte {at} (line {}) is zero: this is not a text", line(at, &bytes));
        return Err(Refused::new(Reason::NulByte, message));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("byte {at} (line {}) is not UTF-8", line(at, error.as_bytes()));
        Refused::new(Reason::NotUtf8, message)
    })
}
