//! The text of a migration file: UTF-8 that a server can take.

use std::fs;
use std::path::Path;

use super::statements::Lines;
use crate::failure::{At, Failure, Kind, Result};

/// Reads a file; what is wrong with its bytes is named by line and offset.
pub fn read(path: &Path) -> Result<String> {
    // One that somebody would have to write first would be waited for.
    if !fs::metadata(path).at(|| format!("cannot read {}", path.display()))?.is_file() {
        return Err(Failure::new(Kind::Invalid, format!("{} is not a regular file", path.display())));
    }
    let bytes = fs::read(path).at(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let (valid, _) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let hint = format!("Save it as UTF-8: iconv -f LATIN1 -t UTF-8 {}", path.display());
        broken(path, &String::from_utf8_lossy(valid), "is not UTF-8").hint(hint)
    })?;
    match text.find('\0') {
        None => Ok(text),
        Some(at) => Err(broken(path, &text[..at], "is a zero byte, which no SQL text may hold")),
    }
}

/// What comes right after `before` is wrong.
fn broken(path: &Path, before: &str, what: &str) -> Failure {
    let line = Lines::new(before).of(before.len());
    Failure::new(Kind::Invalid, format!("{}:{line}: the byte at offset {} {what}", path.display(), before.len()))
}
