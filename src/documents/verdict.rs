//! Why a file cannot be imported.

use std::fmt;

use serde_json::{Value, json};

/// The stable code of a verdict; the text for a person goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is at the path.
    NotFound,
    /// The file system refused to read it.
    Unreadable,
    /// A pipe, a device or a socket.
    NotAFile,
    /// A folder without a Markdown file in it.
    NothingInFolder,
    /// The path itself is not UTF-8.
    PathNotUtf8,
    /// Folders nested deeper than [`super::walk::MAX_FOLDERS`], or quotes and lists deeper than
    /// [`crate::markdown::MAX_NESTING`].
    TooDeep,
    /// A symbolic link leads back to a folder that it lies in.
    SymlinkLoop,
    /// The same file was met before in this import, under this or another path.
    SamePath,
    /// Another file of this import has the same document name.
    SameName,
    /// Longer than [`super::read::MAX_BYTES`].
    TooLarge,
    Empty,
    NotUtf8,
    /// A zero byte: PostgreSQL's text cannot hold it.
    NulByte,
}

impl Reason {
    pub const fn code(self) -> &'static str {
        match self {
            Reason::NotFound => "not_found",
            Reason::Unreadable => "unreadable",
            Reason::NotAFile => "not_a_file",
            Reason::NothingInFolder => "nothing_in_folder",
            Reason::PathNotUtf8 => "path_not_utf8",
            Reason::TooDeep => "too_deep",
            Reason::SymlinkLoop => "symlink_loop",
            Reason::SamePath => "same_path",
            Reason::SameName => "same_name",
            Reason::TooLarge => "too_large",
            Reason::Empty => "empty",
            Reason::NotUtf8 => "not_utf8",
            Reason::NulByte => "nul_byte",
        }
    }
}

/// A file that cannot be imported: the reason, and one sentence that says what is wrong where.
#[derive(Clone, Debug)]
pub struct Refused {
    pub reason: Reason,
    pub message: String,
}

impl Refused {
    pub fn new(reason: Reason, message: impl fmt::Display) -> Self {
        Refused { reason, message: message.to_string() }
    }

    /// The element that an import gets in place of the document: `{path, error: {reason, message}}`.
    pub fn to_json(&self, name: &str) -> Value {
        json!({ "path": name, "error": { "reason": self.reason.code(), "message": self.message } })
    }
}
